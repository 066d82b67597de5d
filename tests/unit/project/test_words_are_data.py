"""What a borrower reads or types is data: no Chinese word stands in the Python of the dialogue."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[3]
PACKAGES = ("account_engine", "actions", "channels", "identity", "launcher")
HAN = re.compile(r"[\u4e00-\u9fff]")
# The grammar of numbers and dates in `nlu/entities` is code. These are no wording either:
NO_WORDING = {
    "account_engine/cli/commands/explain_command.py": "an article of a law in an English line",
    "account_engine/cli/main.py": "the reservation of the demo terms, in an English help text",
    "account_engine/portfolio/people.py": "invented family names",
    "actions/renderer/filters.py": "how a date and a sum are written",
    "actions/renderer/provenance.py": "figures in Chinese numerals",
    "actions/renderer/renderer.py": "how an article of a law is cited",
    "channels/web/health.py": "one message that warms the model up",
}


def literals(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Texts of a module without its docstrings."""
    alone = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.lineno, node.value


def places_of_chinese() -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for path in (path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        if lines := [line for line, text in literals(tree) if HAN.search(text)]:
            found[path.relative_to(ROOT).as_posix()] = lines
    return found


def test_chinese_words_stand_in_data_and_not_in_code() -> None:
    found = places_of_chinese()
    strays = {path: lines for path, lines in found.items() if path not in NO_WORDING}
    assert strays == {}, "move these words or patterns to data/wording"
    assert set(NO_WORDING) == set(found), "these need no exception any more"
