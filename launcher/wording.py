"""What the launcher says, from `data/wording/launcher.yml`."""

from __future__ import annotations

from typing import Any, cast

from ruamel.yaml import YAML

from launcher.settings import ROOT


def load() -> dict[str, Any]:
    """The texts by key."""
    path = ROOT / "data" / "wording" / "launcher.yml"
    return cast(dict[str, Any], YAML(typ="safe").load(path.read_text(encoding="utf-8")))


def ready(address: str) -> str:
    """The lines shown when the assistant answers: the address and three things to try."""
    texts = load()
    tries = "\n  ".join(f"· {line}" for line in texts["tries"]) + "\n"
    return str(texts["ready"]).format(address=address, tries=tries)


def shell(token: str) -> str:
    """The lines shown before `rasa shell` begins."""
    return str(load()["shell"]).format(token=token)
