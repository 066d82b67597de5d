"""Two questions in one message: "逾期了会上征信吗 还能不能分期"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.intents.model import IntentModel

_BREAKS = re.compile(
    r"[,，.。;；!！?？\s、…~～]+|(?=另外|顺便|以及|而且我?想|还想(?:问|知道)|再问)"
    r"|(?<=.{4})(?=还有(?!多少|几[天期个笔]|欠|钱|没|额度|账|逾期|机会|剩|办法|救|什么办法|[吗嘛么]))"
)
# What makes a clause a question or a request: a question word, A-not-A, a final 不 or 没.
_ASKS = re.compile(
    r"[吗嗎嘛么麼呢谁啥]|什么|怎|咋|如何|多少|好多|几[天期号点个年次块钱]|哪|能|可以|会不|是否|要不要"
    r"|为何|有没有|我想|我要|帮我|申请|需要|(.)不\1|[不没]有?[呀啊]?$|是真|还是|划算|请|麻烦|给我|转人工|找人"
    r"|别再?(?:打|联系)"
)
_SHORTEST = 3
_NEVER_SECOND = frozenset(
    {
        "affirm", "bot_challenge", "choose_option", "correct", "deny", "express_anger",
        "goodbye", "greet", "inform", "out_of_scope", "sign_in", "stop", "thank",
    }
)  # fmt: skip


@dataclass(frozen=True)
class SecondQuestion:
    """A further question; ``start`` and ``end`` are offsets in the original message."""

    intent: str
    confidence: float
    start: int
    end: int


def clauses(text: str) -> list[tuple[int, int]]:
    """Half-open spans of the clauses that ask something, in order."""
    spans, start = [], 0
    for found in _BREAKS.finditer(text):
        spans.append((start, found.start()))
        start = found.end()
    spans.append((start, len(text)))
    return [(a, b) for a, b in spans if b - a >= _SHORTEST and _ASKS.search(text[a:b])]


def find_second_question(
    model: IntentModel, text: str, first: str, confidence: float
) -> SecondQuestion | None:
    """The surest other question in a message, or None.

    Args:
        model: a trained model.
        text: the message as typed.
        first: the intent of the whole message.
        confidence: what both clauses must reach.
    """
    spans = clauses(text[:400])
    if len(spans) < 2 or len(spans) > 6:
        return None
    rows = model.probabilities([text[a:b] for a, b in spans])
    found = [
        (model.labels[row.argmax()], float(row.max()), *span)
        for row, span in zip(rows, spans, strict=True)
    ]
    sure = [f for f in found if f[1] >= confidence and f[0] not in _NEVER_SECOND]
    others = [f for f in sure if f[0] != first]
    if not others or not any(f[0] == first for f in sure):
        return None
    return SecondQuestion(*max(others, key=lambda f: f[1]))
