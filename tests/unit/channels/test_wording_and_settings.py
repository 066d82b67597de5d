"""Data that people edit: mistakes are named, and every code that is used has its sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rasa.shared.exceptions import InvalidConfigException
from ruamel.yaml import YAML

from channels.chatwoot.settings import ChatwootSettings
from channels.limits import Rate, RateLimit
from channels.plain import pieces, plain_text
from channels.web.settings import WebSettings
from channels.wording import PATH, WordingError, load_wording
from identity.store.transcript import Entry, Role
from tests.unit.identity.conftest import NOW

ROOT = Path(__file__).resolve().parents[3]


def test_every_refusal_has_a_sentence() -> None:
    wording = load_wording()
    used = set()
    for folder in ("channels", "identity"):
        for file in (ROOT / folder).rglob("*.py"):
            text = file.read_text(encoding="utf-8")
            used |= set(re.findall(r'Refusal\(\s*"(\w+)"', text))
            used |= set(re.findall(r'^    code = "(\w+)"', text, flags=re.M))
    used -= {"identity_refused", "phone_invalid"}  # never shown: a base class, and `field_invalid`
    # Mistakes in a data file stop the start: whoever starts it reads file, line and field.
    used -= {"invalid_contact_hours", "invalid_retention"}
    assert used
    assert used <= set(wording.errors)


def test_a_mistake_in_the_wording_names_the_field(tmp_path: Path) -> None:
    document = YAML(typ="safe").load(PATH.read_text(encoding="utf-8"))
    document["replies"]["empty"] = ""
    document["replies"]["emtpy"] = "typo"
    broken = tmp_path / "channels.yml"
    YAML().dump(document, broken)
    with pytest.raises(WordingError, match=r"replies\.empty.*replies\.emtpy"):
        load_wording(broken)


def test_no_sentence_speaks_of_the_inside() -> None:
    text = PATH.read_text(encoding="utf-8")
    for word in ("Rasa", "异常", "Exception", "数据库", "服务器错误"):
        assert word not in text


@pytest.mark.parametrize(
    ("values", "field"),
    [({"frame_ancestor": []}, "frame_ancestor"), ({"turn_seconds": "soon"}, "turn_seconds")],
)
def test_a_mistake_in_the_credentials_names_the_field(
    values: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidConfigException, match=field):
        WebSettings.read(values)


def test_words_of_borrowers_are_not_sent_in_the_clear() -> None:
    values = {"account_id": 1, "bot_token": "x" * 24, "webhook_secret": "y" * 24}
    with pytest.raises(InvalidConfigException, match=r"base_url.*https"):
        ChatwootSettings.read({**values, "base_url": "http://chatwoot.example"})


def test_limits_can_be_switched_off_for_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUQI_RATE_LIMITS", "off")
    assert WebSettings.read({}).limits is False


def test_a_bucket_empties_and_fills() -> None:
    now = 0.0
    limit = RateLimit(Rate(burst=2, per_minute=6), clock=lambda: now)
    # Two at once, then one every ten seconds.
    assert [limit.wait_seconds("a") for _ in range(3)] == [0, 0, 10]
    assert limit.wait_seconds("b") == 0
    now = 10.0
    assert [limit.wait_seconds("a"), limit.wait_seconds("a")] == [0, 10]


def test_a_bucket_forgets_the_oldest_callers() -> None:
    limit = RateLimit(Rate(burst=1, per_minute=1), capacity=2, clock=lambda: 0.0)
    for key in ("a", "b", "c"):
        assert limit.wait_seconds(key) == 0
    assert limit.wait_seconds("a") == 0  # forgotten, so as new


def entry(text: str, *titles: str) -> Entry:
    buttons = [{"title": title, "value": "b-1", "style": "default"} for title in titles]
    return Entry(1, Role.BOT, {"text": text, "buttons": buttons, "card": None}, NOW)


def test_buttons_are_numbered_through_all_messages_of_an_answer() -> None:
    text = plain_text([entry("一", "甲"), entry("二", "乙")], load_wording())
    assert text.startswith("一\n\n二\n\n1. 甲\n2. 乙\n")


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("短", 10, ["短"]),
        ("", 10, []),
        # 3 bytes each: six characters are 18 bytes; 12 bytes hold four.
        ("一二三四五六", 12, ["一二三四", "五六"]),
        ("一二三\n四五六", 12, ["一二三", "四五六"]),
        ("一二。三四五", 12, ["一二。", "三四五"]),
        ("一\n二三四五", 12, ["一\n二三", "四五"]),
    ],
)
def test_pieces_fit_and_lose_nothing(text: str, most: int, expected: list[str]) -> None:
    found = pieces(text, most)
    assert found == expected
    assert all(len(piece.encode()) <= most for piece in found)
