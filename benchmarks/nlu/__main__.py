"""Speed and size of the trained model: milliseconds a message, memory, megabytes."""

from __future__ import annotations

import asyncio
import logging
import resource
import statistics
import time
import warnings
from collections.abc import Callable

from nlu.evaluation.questions import OWN_QUESTIONS, SHARED_QUESTIONS, read_questions
from nlu.evaluation.reading import newest_model

_WARM_UP = 50


def main() -> None:
    """Parse real questions one after the other, as the server does."""
    import sanic  # noqa: F401 - its import turns notices of deprecation on
    import structlog

    warnings.simplefilter("ignore")
    from rasa.core.agent import Agent

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    model = newest_model()
    path = SHARED_QUESTIONS if SHARED_QUESTIONS.exists() else OWN_QUESTIONS
    texts = [q.text for q in read_questions(path)]
    agent = Agent.load(str(model))

    async def parse(clock: Callable[[], float]) -> list[float]:
        spent = []
        for text in [*texts[:_WARM_UP], *texts, "还款" * 2500]:
            started = clock()
            await agent.parse_message(text)
            spent.append((clock() - started) * 1000)
        return spent

    async def both() -> tuple[list[float], list[float]]:
        return await parse(time.perf_counter), await parse(time.process_time)

    wall, processor = asyncio.run(both())
    print(f"model {model.name}: {model.stat().st_size / 1e6:.1f} MB")
    # Processor time too: on a shared machine the clock on the wall measures the neighbours.
    for name, spent in (("wall clock", wall), ("processor", processor)):
        warm = sorted(spent[_WARM_UP:-1])
        print(
            f"{len(warm)} messages, {name}: median {statistics.median(warm):.2f} ms, "
            f"95th percentile {warm[int(len(warm) * 0.95)]:.2f} ms, "
            f"5,000 characters {spent[-1]:.2f} ms"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory of this process at its peak: {peak:.0f} MB")


if __name__ == "__main__":
    main()
