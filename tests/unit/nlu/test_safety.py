"""Danger is heard however it is worded; idioms are not danger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel, Extra
from ruamel.yaml import YAML

from nlu.lexicon.files import LexiconError
from nlu.lexicon.homophones import load_homophones
from nlu.safety.rules import load_safety_rules
from nlu.text.normalise import normalise

WORDS = Path(__file__).parent / "safety_words.yml"


class Group(BaseModel):
    """Words of one kind of danger, or of none.

    Attributes:
        heard: signals of which at least one is read.
        alone: whether nothing else is read.
        unheard: a part of the name of signals that are not read.
    """

    heard: frozenset[str] = frozenset()
    alone: bool = False
    unheard: str | None = None
    said: tuple[str, ...]

    class Config:
        extra = Extra.forbid


def said() -> Iterator[tuple[Group, str]]:
    for content in YAML(typ="safe").load(WORDS.read_text("utf-8")).values():
        group = Group.parse_obj(content)
        yield from ((group, text) for text in group.said)


def signals(text: str) -> set[str]:
    read = normalise(text, load_homophones()).text
    return {signal.value for signal in load_safety_rules().read(read)}


@pytest.mark.parametrize(("group", "text"), said())
def test_danger_is_heard_and_idioms_are_none(group: Group, text: str) -> None:
    found = signals(text)
    assert not group.heard or found & group.heard
    assert not group.alone or found == group.heard
    assert group.unheard is None or not {one for one in found if group.unheard in one}


def test_a_past_fraud_is_a_softer_sign() -> None:
    assert "fraud:soft" in signals("我花呗被盗刷了")


def test_a_broken_rule_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "safety.yml"
    broken.write_text(
        "idioms: [a]\ngoing_on: [a]\nsignals:\n  - {kind: other, tier: soft, patterns: [b]}\n"
    )
    with pytest.raises(LexiconError, match=r"safety.yml: signals/0/kind"):
        load_safety_rules(broken)
