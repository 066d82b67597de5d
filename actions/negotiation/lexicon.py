"""The words that give a value its meaning in a negotiation (`data/wording/hearing.yml`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, Extra, validator

from account_engine.domain.negotiation.codes import Character
from account_engine.domain.payloads import HardshipKind
from actions.conversation.desk import data_folder
from actions.knowledge.yaml_files import read_checked


class HearingFile(BaseModel):
    """The content of the file; every text is a regular expression."""

    amount_roles: dict[str, str]
    whole_costs: str
    correction: str
    unsure: str
    agrees: str
    reserved: str
    declines: str
    waiver: str
    principal_only: str
    principal_cut: str
    cannot_pay: str
    more_terms: str
    fewer_terms: str
    only_days: str
    beyond_me: str
    wrong_size: str
    asks_how_long: str
    pays: str
    earns: str
    each_month: str
    asks_if: str
    nothing_each_month: str
    another: str
    best: dict[Character, str]
    chooses: str
    offers_amount: str
    offers_amount_with: frozenset[str]
    plan_wish: str
    plan_wish_alone: frozenset[str]
    plan_wish_never: frozenset[str]
    hardship: dict[HardshipKind, str]
    form_answers: frozenset[str]
    form_answers_with_amount: frozenset[str]
    filler: str
    ordinals: dict[str, int]
    choice: str
    names_offer: str
    which_payday: str
    due_then: str
    able: str
    pays_a_sum: str
    put_aside: str
    next_month: str
    starts: str
    vague_day: str
    last_choice: str
    middle_choice: str

    class Config:
        extra = Extra.forbid

    @validator("ordinals", pre=True)
    def keys_are_text(cls, value: dict[object, int]) -> dict[str, int]:  # noqa: N805 (pydantic 1)
        return {str(key): number for key, number in value.items()}


@dataclass(frozen=True)
class Lexicon:
    """The compiled patterns."""

    amount_roles: tuple[tuple[str, re.Pattern[str]], ...]
    hardship: tuple[tuple[HardshipKind, re.Pattern[str]], ...]
    whole_costs: re.Pattern[str]
    correction: re.Pattern[str]
    unsure: re.Pattern[str]
    agrees: re.Pattern[str]
    reserved: re.Pattern[str]
    declines: re.Pattern[str]
    waiver: re.Pattern[str]
    principal_only: re.Pattern[str]
    principal_cut: re.Pattern[str]
    cannot_pay: re.Pattern[str]
    more_terms: re.Pattern[str]
    fewer_terms: re.Pattern[str]
    only_days: re.Pattern[str]
    beyond_me: re.Pattern[str]
    wrong_size: re.Pattern[str]
    asks_how_long: re.Pattern[str]
    pays: re.Pattern[str]
    earns: re.Pattern[str]
    each_month: re.Pattern[str]
    asks_if: re.Pattern[str]
    another: re.Pattern[str]
    best: tuple[tuple[Character, re.Pattern[str]], ...]
    chooses: re.Pattern[str]
    offers_amount: re.Pattern[str]
    offers_amount_with: frozenset[str]
    plan_wish: re.Pattern[str]
    plan_wish_alone: frozenset[str]
    plan_wish_never: frozenset[str]
    nothing_each_month: re.Pattern[str]
    filler: re.Pattern[str]
    choice: re.Pattern[str]
    names_offer: re.Pattern[str]
    which_payday: re.Pattern[str]
    due_then: re.Pattern[str]
    able: re.Pattern[str]
    pays_a_sum: re.Pattern[str]
    put_aside: re.Pattern[str]
    next_month: re.Pattern[str]
    starts: re.Pattern[str]
    vague_day: re.Pattern[str]
    last_choice: re.Pattern[str]
    middle_choice: re.Pattern[str]
    ordinals: dict[str, int]
    form_answers: frozenset[str]
    form_answers_with_amount: frozenset[str]

    @classmethod
    def load(cls, path: Path) -> Lexicon:
        """Raises DataError with file, line and field; re.error for a broken pattern."""
        file = read_checked(path, HearingFile)
        return cls(
            amount_roles=tuple((role, re.compile(p)) for role, p in file.amount_roles.items()),
            hardship=tuple((kind, re.compile(p)) for kind, p in file.hardship.items()),
            whole_costs=re.compile(file.whole_costs),
            correction=re.compile(file.correction),
            unsure=re.compile(file.unsure),
            agrees=re.compile(file.agrees, re.IGNORECASE),
            reserved=re.compile(file.reserved),
            declines=re.compile(file.declines),
            waiver=re.compile(file.waiver),
            principal_only=re.compile(file.principal_only),
            principal_cut=re.compile(file.principal_cut),
            cannot_pay=re.compile(file.cannot_pay),
            more_terms=re.compile(file.more_terms),
            fewer_terms=re.compile(file.fewer_terms),
            only_days=re.compile(file.only_days),
            beyond_me=re.compile(file.beyond_me),
            wrong_size=re.compile(file.wrong_size),
            asks_how_long=re.compile(file.asks_how_long),
            pays=re.compile(file.pays),
            earns=re.compile(file.earns),
            each_month=re.compile(file.each_month),
            asks_if=re.compile(file.asks_if),
            another=re.compile(file.another),
            best=tuple((one, re.compile(p)) for one, p in file.best.items()),
            chooses=re.compile(file.chooses),
            offers_amount=re.compile(file.offers_amount),
            offers_amount_with=file.offers_amount_with,
            plan_wish=re.compile(file.plan_wish),
            plan_wish_alone=file.plan_wish_alone,
            plan_wish_never=file.plan_wish_never,
            nothing_each_month=re.compile(file.nothing_each_month),
            filler=re.compile(file.filler),
            choice=re.compile(file.choice, re.IGNORECASE),
            names_offer=re.compile(file.names_offer, re.IGNORECASE),
            which_payday=re.compile(file.which_payday),
            due_then=re.compile(file.due_then),
            able=re.compile(file.able),
            pays_a_sum=re.compile(file.pays_a_sum),
            put_aside=re.compile(file.put_aside),
            next_month=re.compile(file.next_month),
            starts=re.compile(file.starts),
            vague_day=re.compile(file.vague_day),
            last_choice=re.compile(file.last_choice),
            middle_choice=re.compile(file.middle_choice),
            ordinals=file.ordinals,
            form_answers=file.form_answers,
            form_answers_with_amount=file.form_answers_with_amount,
        )


@lru_cache(maxsize=1)
def hearing_lexicon() -> Lexicon:
    """The lexicon of this process."""
    return Lexicon.load(data_folder() / "wording" / "hearing.yml")
