"""Read messages with a trained model, as the running assistant does."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlu.lexicon.files import ROOT

MODELS = ROOT / "models"


@dataclass(frozen=True)
class Reading:
    """What the model made of one message; ``seconds`` is processor time."""

    intent: str
    confidence: float
    entities: tuple[dict[str, Any], ...]
    seconds: float


def newest_model(folder: Path = MODELS) -> Path:
    """The model trained last.

    Raises:
        FileNotFoundError: if there is none.
    """
    models = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        raise FileNotFoundError(f"no model in {folder}; run `make train` first")
    return models[-1]


def read_messages(model: Path, texts: Sequence[str]) -> list[Reading]:
    """Parse messages with a Rasa model file; the intents are Rasa's own names."""
    import structlog
    from rasa.core.agent import Agent

    # Rasa logs every message it parses; here that is a thousand lines nobody reads.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    agent = Agent.load(str(model))

    async def parse() -> list[Reading]:
        readings = []
        for text in texts:
            started = time.process_time()
            parsed = await agent.parse_message(text)
            readings.append(_reading(parsed, time.process_time() - started))
        return readings

    return asyncio.run(parse())


def _reading(parsed: dict[str, Any], seconds: float) -> Reading:
    intent = parsed.get("intent") or {}
    return Reading(
        str(intent.get("name") or ""),
        float(intent.get("confidence") or 0.0),
        tuple(parsed.get("entities") or ()),
        seconds,
    )
