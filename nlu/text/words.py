"""One segmentation for every stage: jieba with its common words and the domain's own.

jieba's whole dictionary costs 126 MB of memory. Its common words cost a fifth of that, and
what borrowers say of their debts stands in ``data/dictionary`` anyway.
"""

from __future__ import annotations

import io
from pathlib import Path

import jieba

COMMON = 20
"""Words that jieba counted fewer times than this are left out."""


def _use_common_words() -> None:
    """Give jieba, which is global to the process, the compact dictionary."""
    common = io.BytesIO()
    # Line by line: the whole text as strings would cost the memory that is to be saved.
    with (Path(jieba.__file__).parent / "dict.txt").open("rb") as dictionary:
        common.writelines(line for line in dictionary if int(line.split(b" ")[1]) >= COMMON)
    common.seek(0)
    jieba.dt.FREQ, jieba.dt.total = jieba.dt.gen_pfdict(common)
    jieba.dt.initialized = True


# On import, since a later change would drop the domain's words that were added in between.
if not jieba.dt.initialized:
    _use_common_words()


def add_dictionaries(folder: Path) -> None:
    """Add every dictionary of a folder to jieba."""
    for dictionary in sorted(folder.glob("*.txt")):
        jieba.load_userdict(str(dictionary))


def segment(text: str) -> list[str]:
    """Words of a normalised text, in order."""
    words: list[str] = jieba.lcut(text)
    return words
