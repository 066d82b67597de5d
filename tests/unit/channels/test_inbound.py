"""What reaches Rasa of what a person types."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.inbound import TypedKind, read_typed


@pytest.mark.parametrize(
    ("typed", "for_rasa"),
    [
        ("我现在一共要还多少", "我现在一共要还多少"),
        ("/restart", "／restart"),
        ('  /choose{"offer_id": "x"}', '／choose{"offer_id": "x"}'),
        ("\u200b/restart", "／restart"),  # a zero-width space in front hides nothing
        ("\u200d/restart", "／restart"),
        ("\x00\x1b/restart", "／restart"),
        ("30/60天", "30/60天"),  # a slash inside is a slash
        ("第一行\r\n第二行", "第一行\n第二行"),
        ("é", "é"),  # e + combining accent becomes one letter
        ("\u202e反过来", "反过来"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
    ],
)
def test_texts(typed: str, for_rasa: str) -> None:
    assert read_typed(typed).for_rasa == for_rasa


def test_the_transcript_keeps_what_was_typed() -> None:
    assert read_typed("/restart").shown == "/restart"


@pytest.mark.parametrize("typed", ["", " ", "\n\n", "\u200b", "\x00\x07", "\ud83d"])
def test_nothing_is_empty(typed: str) -> None:
    assert read_typed(typed).kind is TypedKind.EMPTY


def test_a_thousand_characters_are_the_most() -> None:
    assert read_typed("字" * 1000).kind is TypedKind.TEXT
    too_long = read_typed("字" * 1001)
    assert (too_long.kind, too_long.for_rasa) == (TypedKind.TOO_LONG, "")


def test_a_pasted_token_is_understood_but_not_kept() -> None:
    token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ6aGFuZyJ9.c2lnbmF0dXJlLXNpZ25hdHVyZQ"
    typed = read_typed(f"登录 {token}")
    assert typed.for_rasa == f"登录 {token}"
    assert typed.shown == "登录 ***"


@given(st.text())
def test_no_text_becomes_a_command_or_cannot_be_stored(text: str) -> None:
    typed = read_typed(text)
    assert not typed.for_rasa.strip().startswith("/")
    assert "\x00" not in typed.shown
    typed.shown.encode("utf-8")
