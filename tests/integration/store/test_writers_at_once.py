"""Many processes write to one borrower: nothing is lost, nothing doubled, the chain holds."""

from __future__ import annotations

from account_engine.services.verification import verify
from tests.integration.store.engines import demo_engine, finish, start

WRITERS, EACH = 4, 15


def test_four_processes_append_to_one_borrower(migrated: str) -> None:
    with demo_engine(migrated) as engine:
        before = len(engine.history("wang").events)
        script = "tests/integration/store/append_many.py"
        # Two of the four send the same events, as a source does that is not sure it was heard.
        names = ["a", "b", "c", "c"]
        writers = [start(migrated, script, name, str(EACH)) for name in names]
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
        for writer in writers:
            assert writer.stdin is not None
            writer.stdin.write("go\n")
            writer.stdin.flush()
        for writer in writers:
            finish(writer)
        events = engine.history("wang").events
        assert len(events) == before + 3 * EACH
        assert len({event.event_id for event in events}) == len(events)
        assert verify(engine.store).problems == ()
