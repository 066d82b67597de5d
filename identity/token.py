"""``python -m identity.token zhang``: prints a host token for a demo borrower."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

from identity.directory import FileDirectory
from identity.keys import load_ring
from identity.settings import IdentitySettings
from identity.tokens import make_host_token


def main(arguments: Sequence[str] | None = None) -> int:
    """Signs a token as the lender's own server would. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m identity.token", description=__doc__)
    parser.add_argument("borrower", help="borrower id, for example zhang")
    parser.add_argument("--minutes", type=int, default=15, help="life of the token (at most 15)")
    options = parser.parse_args(arguments)
    settings = IdentitySettings.from_environment()
    directory = FileDirectory(settings.demo_borrowers)
    known = [one.borrower_id for one in directory.all()]
    if known and options.borrower not in known:
        # Only a hint: a lender's own borrowers are in no list of ours.
        print(f"not a demo borrower; those are: {', '.join(known)}", file=sys.stderr)
    ring = load_ring("YUQI_HOST_TOKEN_KEY", "host.key", settings.secrets_dir)
    if ring.current.algorithm != "HS256":
        print("the host key is a public key: tokens are signed by its owner", file=sys.stderr)
        return 2
    token = make_host_token(
        options.borrower,
        ring,
        audience=settings.host_audience,
        issuer=settings.host_issuer,
        life=timedelta(minutes=options.minutes),
        now=datetime.now(timezone.utc),
        display_name=directory.display_name(options.borrower),
    )
    print(token)
    return 0


if __name__ == "__main__":
    sys.exit(main())
