"""Messages for platforms without buttons and cards: text, numbered choices, pieces that fit."""

from __future__ import annotations

from collections.abc import Sequence

from channels.wording import Wording
from identity.store.transcript import Entry


def plain_text(entries: Sequence[Entry], wording: Wording) -> str:
    """Returns the messages as one text; the last message's buttons become a numbered list.

    A card needs nothing here: a message's text says all that its card shows.
    """
    parts = [str(entry.body.get("text") or "") for entry in entries]
    titles = [button["title"] for entry in entries for button in entry.body.get("buttons") or []]
    if titles:
        lines = [
            wording.menu.line.format(number=number, title=title)
            for number, title in enumerate(titles, start=1)
        ]
        parts.append("\n".join([*lines, wording.menu.hint]))
    return "\n\n".join(part for part in parts if part)


def pieces(text: str, most_bytes: int) -> list[str]:
    """Cuts a text into pieces of at most ``most_bytes`` in UTF-8, at line ends where possible."""
    found: list[str] = []
    rest = text
    while len(rest.encode("utf-8")) > most_bytes:
        window = rest.encode("utf-8")[:most_bytes].decode("utf-8", errors="ignore")
        cut = max(window.rfind("\n"), window.rfind("。") + 1, 0)
        # A cut in the first half would make many small pieces; rather cut inside a line.
        cut = cut if cut > len(window) // 2 else len(window)
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip("\n")
    return [*found, rest] if rest else found
