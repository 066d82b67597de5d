"""Where keys come from."""

from __future__ import annotations

import stat
from pathlib import Path

from identity.keys import load_ring


def test_a_key_is_made_once_and_readable_by_nobody_else(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    first = load_ring("NONE_SET", "session.key", folder, {})
    second = load_ring("NONE_SET", "session.key", folder, {})
    assert first == second
    assert stat.S_IMODE((folder / "session.key").stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == ["session.key"]


def test_the_environment_comes_first_and_names_the_previous_key(tmp_path: Path) -> None:
    ring = load_ring("KEY", "k", tmp_path, {"KEY": "n" * 32, "KEY_PREVIOUS": "p" * 32})
    assert [key.material for key in ring.keys] == ["n" * 32, "p" * 32]
    assert list(tmp_path.iterdir()) == []


def test_a_value_with_an_at_sign_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "public.pem").write_text("-----BEGIN PUBLIC KEY-----\nabc\n")
    ring = load_ring("KEY", "k", tmp_path, {"KEY": f"@{tmp_path / 'public.pem'}"})
    assert ring.current.algorithm == "RS256"


def test_digests_stay_the_same_while_a_rotation_lasts(tmp_path: Path) -> None:
    before = load_ring("KEY", "k", tmp_path, {"KEY": "p" * 32})
    during = load_ring("KEY", "k", tmp_path, {"KEY": "n" * 32, "KEY_PREVIOUS": "p" * 32})
    assert before.digest("phone", "1") == during.digest("phone", "1")
    assert before.digest("phone", "1") != before.digest("code", "1")
