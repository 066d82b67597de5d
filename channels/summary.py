"""What a person who takes over should read first."""

from __future__ import annotations

from channels.wording import Wording
from identity.handoff import Handoff


def handoff_summary(handoff: Handoff, wording: Wording) -> str:
    """Returns the case, the reason and the dialogue's summary, a line each."""
    texts = wording.handoff_summary
    facts = {"case_number": handoff.case_number, "reason": handoff.reason, **handoff.summary}
    lines = [
        texts.line.format(name=texts.names.get(name, name), value=_shown(value))
        for name, value in facts.items()
    ]
    return "\n".join([texts.title, *lines])


def _shown(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return "；".join(str(one) for one in value)
    return str(value)
