"""Two days of the month in one question: "9号到期10号还算逾期吗"."""

from __future__ import annotations

import re

from actions.conversation.reply import Reply
from actions.conversation.turn import Turn

_DAY = re.compile(r"(?<![\d月])(\d{1,2})[ ]*[号日](?!以前|之前)")
_DUE = re.compile(r"还款日|到期|该还|应还|要还|最后(?:还款)?|出账|截止")
_ANOTHER_DAY = re.compile(r"改|换|挪|推迟|推到|延到|调(?:到|成)|每个?月")
# What is asked is whether it is late, not whether it may be put off or which bill it belongs to.
_LATE = re.compile(r"逾期|预期|晚(?!上)|迟|超期|过期|来得及|还?算|不?行|可以")
_LAST = 31
_NEAR = 15  # days further apart may well be days of two months


def two_days(turn: Turn) -> Reply | None:
    """Whether paying on the second day named is late, the first being due; None for others.

    Only days within one month are compared; of "30号到期，2号还" nothing is said here.
    """
    found = list(_DAY.finditer(turn.text))
    if len(found) != 2 or not _DUE.search(turn.text) or not _LATE.search(turn.text):
        return None
    if _ANOTHER_DAY.search(turn.text):
        return None
    first, second = (int(one[1]) for one in found)
    due, paid = (first, second) if _due_is_first(turn.text, found) else (second, first)
    if not 1 <= due <= _LAST or not 1 <= paid <= _LAST or abs(due - paid) > _NEAR:
        return None
    return Reply("grace.two_days", {"due": due, "paid": paid, "late": paid > due})


def _due_is_first(text: str, found: list[re.Match[str]]) -> bool:
    """The day that stands nearer to a word of falling due; the first where both stand as near."""

    def far(day: re.Match[str]) -> int:
        return min(
            min(abs(word.start() - day.end()), abs(day.start() - word.end()))
            for word in _DUE.finditer(text)
        )

    return far(found[0]) <= far(found[1])
