"""What a person who takes over should read first."""

from __future__ import annotations

from collections.abc import Mapping

from channels.wording import SummaryWording, Wording
from identity.handoff import Handoff


def handoff_summary(handoff: Handoff, wording: Wording) -> str:
    """Returns the case, the reason and the dialogue's summary, a line each."""
    texts = wording.handoff_summary
    facts = {"case_number": handoff.case_number, "reason": handoff.reason, **handoff.summary}
    lines = [
        texts.line.format(name=texts.names.get(name, name), value=_shown(value, texts))
        for name, value in facts.items()
        if value not in (None, "", [], {})
    ]
    return "\n".join([texts.title, *lines])


def _shown(value: object, texts: SummaryWording) -> str:
    if isinstance(value, bool):
        return texts.when_true if value else texts.when_false
    if isinstance(value, Mapping):
        return "，".join(
            f"{texts.names.get(str(name), name)} {_shown(one, texts)}"
            for name, one in value.items()
            if one not in (None, "")
        )
    if isinstance(value, (list, tuple)):
        return "".join(f"\n· {_shown(one, texts)}" for one in value)
    return str(texts.names.get(str(value), value))
