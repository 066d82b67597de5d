"""The codes an answer is made of. Their wording is data."""

from __future__ import annotations

from enum import Enum


class Verdict(str, Enum):
    """The answer to a request in one word."""

    AGREED = "agreed"
    NEAREST = "nearest"
    HUMAN_ONLY = "human_only"
    NOTHING_DUE = "nothing_due"
    REFUSED = "refused"


class ReasonCode(str, Enum):
    """Why the answer is what it is. The values that go with each are named in the docs."""

    MONTHLY_TOO_LOW = "monthly_too_low"
    TERMS_NOT_OFFERED = "terms_not_offered"
    FIRST_DATE_TOO_EARLY = "first_date_too_early"
    FIRST_DATE_TOO_LATE = "first_date_too_late"
    DAY_OF_MONTH_NOT_POSSIBLE = "day_of_month_not_possible"
    DOWN_PAYMENT_TOO_LOW = "down_payment_too_low"
    DOWN_PAYMENT_NEEDED = "down_payment_needed"
    DOWN_PAYMENT_COVERS_ALL = "down_payment_covers_all"
    COMBINATION_NOT_POSSIBLE = "combination_not_possible"
    EXTENSION_TOO_LONG = "extension_too_long"
    EXTENSION_USED = "extension_used"
    TOOL_NOT_OFFERED = "tool_not_offered"
    WAIVER_NOT_OFFERED = "waiver_not_offered"
    WAIVER_USED = "waiver_used"
    PRINCIPAL_ONLY_NOT_OFFERED = "principal_only_not_offered"
    SETTLEMENT_TOO_LOW = "settlement_too_low"
    SETTLEMENT_ABOVE_DEBT = "settlement_above_debt"
    NOT_AFFORDABLE = "not_affordable"
    NOTHING_LEFT_TO_LIVE_ON = "nothing_left_to_live_on"
    BELOW_SMALLEST_INSTALMENT = "below_smallest_instalment"
    NOTHING_OVERDUE = "nothing_overdue"
    NOTHING_OWED = "nothing_owed"
    HARDSHIP_WANTED = "hardship_wanted"
    ACCELERATED = "accelerated"
    LONG_OVERDUE = "long_overdue"
    VULNERABLE = "vulnerable"
    DISPUTED = "disputed"
    DECEASED = "deceased"
    TRANSFERRED = "transferred"
    PLAN_RUNNING = "plan_running"
    EXTENSION_RUNNING = "extension_running"
    PLANS_BROKEN = "plans_broken"


class ApprovalCause(str, Enum):
    """Why a person has to decide on an option."""

    PRINCIPAL_CUT = "principal_cut"
    LONG_PLAN = "long_plan"
    LONG_OVERDUE = "long_overdue"
    ACCELERATED = "accelerated"
    VULNERABLE = "vulnerable"
    DISPUTED = "disputed"
    PLANS_BROKEN = "plans_broken"
    TIER = "tier"
    SETTLEMENT_AUTHORITY = "settlement_authority"


class Character(str, Enum):
    """What an option is best at; the same option may be best at several things."""

    CLOSEST = "closest"
    LEAST_MONTHLY = "least_monthly"
    LEAST_COST = "least_cost"
    SOONEST_DONE = "soonest_done"
    LEAST_UPFRONT = "least_upfront"
    BALANCED = "balanced"
    LESS_A_MONTH_WITH_DOWN_PAYMENT = "less_a_month_with_down_payment"
    PAID_AT_ONCE = "paid_at_once"


class Scope(str, Enum):
    """What a plan covers of an account."""

    ARREARS = "arrears"
    WHOLE_BALANCE = "whole_balance"
    NEXT_BILL = "next_bill"
