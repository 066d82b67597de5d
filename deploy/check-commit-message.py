"""Refuses a commit message whose first line is not a Conventional Commit."""

import re
import sys
from pathlib import Path

PATTERN = re.compile(
    r"^(feat|fix|docs|style|refactor|perf|test|build|ci|chore|data)(\([a-z-]+\))?!?: .{3,90}$"
)

first = Path(sys.argv[1]).read_text(encoding="utf-8").split("\n", 1)[0]
if not PATTERN.match(first):
    sys.exit(f"Not a Conventional Commit (type(scope): what it does): {first!r}")
