"""The `account-engine` command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from account_engine.cli.output import Output
from account_engine.errors import EngineError

EXIT_OK = 0
EXIT_REFUSED = 3

COMMANDS = (
    "quote",
    "explain",
    "state",
    "simulate",
    "propose",
    "import",
    "export",
    "sweep",
    "requests",
    "outreach",
    "verify",
    "schema",
    "generate",
    "migrate",
    "demo",
)

_EPILOGUE = """\
exit codes: 0 done; 1 done, but something is wrong (rejected rows, failed verification);
2 wrong usage; 3 refused: a file, a setting or the database is not as it must be.
Every figure of the demonstration products is a default, not a lender's word: 以合同及系统账单为准.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = sys.argv[1:] if argv is None else list(argv)
    options = _parser(words).parse_args(words)
    output = Output(as_json=options.json)
    try:
        code: int = options.run(options, output)
    except EngineError as error:
        output.error(error)
        return EXIT_REFUSED
    except FileNotFoundError as error:
        output.problem("file_not_found", f"{error.filename}: there is no such file", "")
        return EXIT_REFUSED
    except BrokenPipeError:
        # The reader (`| head`) has seen enough.
        sys.stderr.close()
        return EXIT_OK
    return code


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="account-engine",
        description="Every yuan, date and state of a borrower's accounts, explained.",
        epilog=_EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    # Only help needs every command; a quote should not wait for the others to be imported.
    wanted = [name for name in COMMANDS if words and words[0] == name] or COMMANDS
    for name in wanted:
        module = import_module(f"account_engine.cli.commands.{name}_command")
        summary = (module.__doc__ or name).strip().splitlines()[0]
        command = commands.add_parser(name, help=summary, description=summary)
        command.add_argument("--json", action="store_true", help="print JSON; money is text")
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return parser
