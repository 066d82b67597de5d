"""One question to Rasa, with its answer gathered and its failures caught."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from rasa.core.channels.channel import UserMessage

from channels.outbound import BotOutput, GatheringOutput

logger = logging.getLogger(__name__)
OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


@dataclass(frozen=True)
class TurnResult:
    """What came of it.

    Attributes:
        incident: number under which a failure was logged; None where all went well.
    """

    outputs: tuple[BotOutput, ...]
    incident: str | None = None


async def run_turn(
    on_new_message: OnNewMessage, *, sender_id: str, channel: str, text: str, message_id: str
) -> TurnResult:
    """Hands one text to Rasa and waits for all it says. Never raises; failures get a number."""
    output = GatheringOutput(channel)
    message = UserMessage(
        text=text,
        output_channel=output,
        sender_id=sender_id,
        input_channel=channel,
        message_id=message_id,
    )
    try:
        await on_new_message(message)
    except Exception:  # whatever broke inside, the borrower gets a sentence and we get the trace
        incident = _incident()
        logger.exception("channels.turn.failed incident=%s channel=%s", incident, channel)
        return TurnResult(tuple(output.outputs), incident)
    if not output.outputs:
        incident = _incident()
        logger.error("channels.turn.silent incident=%s channel=%s", incident, channel)
        return TurnResult((), incident)
    return TurnResult(tuple(output.outputs))


def _incident() -> str:
    return secrets.token_hex(4)
