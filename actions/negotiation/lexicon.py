"""The words that give a value its meaning in a negotiation (`data/wording/hearing.yml`)."""

from __future__ import annotations

from functools import lru_cache

from pydantic import validator

from account_engine.domain.negotiation.codes import Character
from account_engine.domain.payloads import HardshipKind
from actions.knowledge.words import PatternFile, Regex


class Lexicon(PatternFile):
    """The content of the file, where each entry is explained; what has an order keeps it."""

    name = "hearing.yml"

    amount_roles: dict[str, Regex]
    whole_costs: Regex
    correction: Regex
    unsure: Regex
    agrees: Regex
    reserved: Regex
    declines: Regex
    asks_which: Regex
    consent_yes: Regex
    consent_no: Regex
    waiver: Regex
    principal_only: Regex
    principal_cut: Regex
    cannot_pay: Regex
    more_terms: Regex
    fewer_terms: Regex
    only_days: Regex
    asks_the_sum: Regex
    beyond_me: Regex
    wrong_size: Regex
    terms_owed: Regex
    share_first: Regex
    share_asked_about: Regex
    one_part_of: Regex
    spread_over: Regex
    spreads: Regex
    spread_in: Regex
    each_week: Regex
    each_day: Regex
    terms_spoken_of: Regex
    terms_proposed: Regex
    that_many: Regex
    how_much_each: Regex
    no_offer_before: Regex
    due_each_before: Regex
    rest_of_debt: Regex
    goes_elsewhere: Regex
    is_to_be_split: Regex
    in_reach: Regex
    in_hand_and_to_come: Regex
    spoken_of_it: Regex
    payday_told: Regex
    with_the_next: Regex
    gone_before: Regex
    gone_behind: Regex
    due_day_before: Regex
    all_at_once: Regex
    that_day: Regex
    only_then: Regex
    paid_on: Regex
    no_money_then: Regex
    at_once: Regex
    pays_first: Regex
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
    form_answers_with_a_day: frozenset[str]
    form_answers_with_amount: frozenset[str]
    small_talk: frozenset[str]
    asks_of_the_books: Regex
    never_beyond_the_form: frozenset[str]
    filler: Regex
    ordinals: dict[str, int]
    choice: Regex
    names_offer: Regex
    refused_offer: Regex
    weeks_later_at_once: Regex
    wants_offers: Regex
    why_not: Regex
    splits_instead: Regex
    later_instead: Regex
    takes_it: Regex
    with_the_first_part: Regex
    with_the_sum: Regex
    asked_best: dict[Character, Regex]
    least_upfront: Regex
    longest_choice: Regex
    another_day: Regex
    rest_in_parts: Regex
    which_payday: Regex
    due_then: Regex
    able: Regex
    pays_a_sum: Regex
    put_aside: Regex
    this_one_too: Regex
    all_of_them: Regex
    some_day: Regex
    if_approved: Regex
    that_one: Regex
    first_part_of: Regex
    size_said: Regex
    size_refused: Regex
    smaller_sum: Regex
    next_month: Regex
    starts: Regex
    rows_begin: Regex
    vague_day: Regex
    last_choice: Regex
    middle_choice: Regex
    bare_sum: Regex
    sum_by_its_place: Regex
    pays_less: Regex
    goes_on: Regex
    of_before: Regex
    put_off_to: Regex
    put_off_to_month: Regex
    of_a_month: Regex
    month_named: Regex
    waits_for: Regex
    pays_so_often: Regex
    asks_each: Regex
    which_debt_first: Regex
    later_of_two: Regex
    no_first_part: Regex
    asks_what_it_makes: Regex
    by_then: Regex
    of_next_month: Regex

    @validator("ordinals", pre=True)
    def keys_are_text(cls, value: dict[object, int]) -> dict[str, int]:  # noqa: N805 (pydantic 1)
        return {str(key): number for key, number in value.items()}


@lru_cache(maxsize=1)
def hearing_lexicon() -> Lexicon:
    """The lexicon of this process."""
    return Lexicon.shipped()
