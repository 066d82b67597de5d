"""The words that give a value its meaning in a negotiation (`data/wording/hearing.yml`)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, Extra, validator

from account_engine.domain.negotiation.codes import Character
from account_engine.domain.payloads import HardshipKind
from actions.knowledge.folder import data_folder
from actions.knowledge.words import Regex, Words
from actions.knowledge.yaml_files import read_checked


class Lexicon(BaseModel):
    """The content of the file, where each entry is explained; what has an order keeps it."""

    amount_roles: dict[str, Regex]
    whole_costs: Regex
    correction: Regex
    unsure: Regex
    agrees: Regex
    reserved: Regex
    declines: Regex
    waiver: Regex
    principal_only: Regex
    principal_cut: Regex
    cannot_pay: Regex
    more_terms: Regex
    fewer_terms: Regex
    only_days: Regex
    beyond_me: Regex
    wrong_size: Regex
    terms_owed: Regex
    terms_spoken_of: Regex
    how_much_each: Regex
    no_offer_before: Regex
    due_day_before: Regex
    all_at_once: Regex
    that_day: Regex
    only_then: Regex
    paid_on: Regex
    no_money_then: Regex
    at_once: Regex
    asks_how_long: Regex
    pays: Regex
    earns: Regex
    each_month: Regex
    asks_if: Regex
    another: Regex
    best: dict[Character, Regex]
    chooses: Regex
    offers_amount: Regex
    offers_amount_with: frozenset[str]
    plan_wish: Regex
    plan_wish_alone: frozenset[str]
    plan_wish_never: frozenset[str]
    hardship: dict[HardshipKind, Regex]
    form_answers: frozenset[str]
    form_answers_with_amount: frozenset[str]
    filler: Regex
    ordinals: dict[str, int]
    choice: Regex
    names_offer: Regex
    wants_offers: Regex
    why_not: Regex
    splits_instead: Regex
    later_instead: Regex
    takes_it: Regex
    asked_best: dict[Character, Regex]
    least_upfront: Regex
    another_day: Regex
    which_payday: Regex
    due_then: Regex
    able: Regex
    pays_a_sum: Regex
    put_aside: Regex
    next_month: Regex
    starts: Regex
    vague_day: Regex
    last_choice: Regex
    middle_choice: Regex

    class Config:
        extra = Extra.forbid
        allow_mutation = False

    @validator("ordinals", pre=True)
    def keys_are_text(cls, value: dict[object, int]) -> dict[str, int]:  # noqa: N805 (pydantic 1)
        return {str(key): number for key, number in value.items()}

    @classmethod
    def load(cls, path: Path, words: Words) -> Lexicon:
        """Raises DataError with file, line and field."""
        return read_checked(path, cls, words.spelled_out)


@lru_cache(maxsize=1)
def hearing_lexicon() -> Lexicon:
    """The lexicon of this process."""
    wording = data_folder() / "wording"
    return Lexicon.load(wording / "hearing.yml", Words.load(wording / "words.yml"))
