"""What the assistant said in one turn, gathered as whole messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rasa.core.channels.channel import OutputChannel


@dataclass(frozen=True)
class BotButton:
    """A button as the dialogue made it; ``payload`` never leaves the server."""

    title: str
    payload: str
    style: str = "default"


@dataclass(frozen=True)
class BotOutput:
    """One message of the assistant: its words, and what goes with them."""

    text: str
    buttons: tuple[BotButton, ...] = ()
    card: dict[str, Any] | None = field(default=None, hash=False)


class GatheringOutput(OutputChannel):
    """Keeps each utterance in one piece.

    Rasa's own collector cuts an utterance into one message for its text, one for its buttons and
    one for its custom data, and the text at each empty line; a reader wants it as it was written.
    """

    def __init__(self, channel: str) -> None:
        self.outputs: list[BotOutput] = []
        self._channel = channel

    def name(self) -> str:
        """The channel that the conversation is on."""
        return self._channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:  # noqa: ARG002
        """Takes one utterance as a whole."""
        custom = message.get("custom") or {}
        card = custom.get("card") if isinstance(custom, dict) else None
        buttons = tuple(
            _button(one)
            for one in [*(message.get("buttons") or []), *(message.get("quick_replies") or [])]
        )
        text = "\n".join(
            part for part in (message.get("text"), message.get("image")) if part
        ).strip()
        if text or buttons or card:
            self.outputs.append(BotOutput(text, buttons, card))

    async def send_text_message(self, recipient_id: str, text: str, **_kwargs: Any) -> None:  # noqa: ARG002
        """Takes a bare text (Rasa sends some of its own notices this way)."""
        self.outputs.append(BotOutput(text.strip()))


def _button(raw: dict[str, Any]) -> BotButton:
    title = str(raw.get("title") or "")
    return BotButton(title, str(raw.get("payload") or title), str(raw.get("style") or "default"))
