"""Which of the amounts in a message is the one that would be paid."""

from __future__ import annotations

from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
from actions.negotiation.lexicon import hearing_lexicon

_BEFORE = 3  # letters: 先还, 先还个


def sum_to_pay(turn: Turn) -> int | None:
    """In fen: "二十万先还十万" is the second, "那四万五先还一半" half of it; None without one.

    Of several amounts it is the first that a word of paying stands before, else the first of all.
    """
    named = [one for one in turn.entities if one.kind == "amount" and one.value.isdigit()]
    if not named:
        return None
    words = figure_words()
    if len(named) > 1 and hearing_lexicon().correction.search(turn.text):
        return int(named[-1].value)  # "不是五百 八百"
    reach = hearing_lexicon().in_reach
    within = [one for one in named if reach.search(turn.text[: one.start])]
    if len(named) > 1 and len(within) == 1:
        return int(within[0].value)  # "要补六千多，我只能拿出五千"
    paid = (
        one
        for one in named
        if words.pays.search(turn.text[max(0, one.start - _BEFORE) : one.start])
    )
    first = named[0]
    told_before = not turn.text[first.start : first.end].strip()  # in the other of two questions
    chosen = next(paid, named[-1] if told_before else first) if len(named) > 1 else first
    of_it = words.half.search(turn.text, first.end) if len(named) == 1 else None
    return int(chosen.value) // 2 if of_it else int(chosen.value)
