"""Words by which a visitor tells of an own debt (`data/wording/own_case.yml`)."""

from __future__ import annotations

from functools import lru_cache

from actions.knowledge.words import PatternFile, Regex


class CaseWords(PatternFile):
    """The content of the file, where each entry is explained."""

    name = "own_case.yml"

    clause_ends: Regex
    owes: Regex
    owes_not: Regex
    to_be_split: Regex
    thought_of: Regex
    late: Regex
    time_of_else: Regex
    surely_late: Regex
    late_not_before: Regex
    late_not_after: Regex
    was_due: Regex
    missed: Regex
    to_come: Regex
    paid_then: Regex
    not_late: Regex
    pays_early: Regex
    time_left: Regex
    denied: Regex
    corrects: Regex
    another: Regex
    asks: Regex
    whose: Regex
    only_told: Regex
    more_than_told: Regex
    each: Regex
    each_left: Regex
    instalment: Regex
    missed_some: Regex
    missed_not: Regex
    left_some: Regex
    wishes: Regex
    asks_rate: Regex
    rate_before: Regex
    due_then: Regex
    falls_due: Regex
    surely_owes: Regex
    unpaid: Regex
    falls_due_on: Regex
    at_hand: Regex
    of_all: Regex
    each_of_them: Regex
    several_lenders: Regex
    elsewhere: Regex
    paid_of_else: Regex
    was_over: Regex
    paid_minimum: Regex
    minimum_before: Regex
    least_of_bill: Regex
    rest_told: Regex
    rest_is: Regex
    bare_number: Regex
    sum_before: Regex
    loan_partly_paid: Regex
    one_by_one: Regex
    paid_first: Regex
    due_day: Regex
    all_of_it: Regex
    to_be_paid: Regex
    presses: Regex
    either_or: Regex
    asks_a_day: Regex


@lru_cache(maxsize=1)
def case_words() -> CaseWords:
    """The words of this process."""
    return CaseWords.shipped()
