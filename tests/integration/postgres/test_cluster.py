"""The private server is a real one, and a machine without PostgreSQL is told what to run."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, text

from tests.integration.postgres import cluster
from tests.integration.postgres.cluster import private_cluster


def test_it_is_postgresql_and_gone_afterwards() -> None:
    with private_cluster() as url:
        engine = create_engine(url, future=True)
        with engine.connect() as connection:
            assert "PostgreSQL" in connection.execute(text("SELECT version()")).scalar_one()
            assert connection.execute(text("SHOW fsync")).scalar_one() == "on"
        engine.dispose()
    with pytest.raises(Exception, match="refused"), engine.connect():
        pass


def test_a_missing_server_fails_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    class Nothing:
        def __init__(self, *_: object) -> None: ...

        def glob(self, _pattern: str) -> list[object]:
            return []

    monkeypatch.setattr(cluster, "Path", Nothing)
    monkeypatch.setattr(cluster.shutil, "which", lambda _name: None)
    with pytest.raises(RuntimeError, match=r"deploy/install-system-packages\.sh"):
        cluster._find_binaries()
