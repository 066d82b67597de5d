"""What a product's terms must fulfil beyond their shape."""

from __future__ import annotations

from decimal import Decimal

from account_engine.domain.amortisation import split
from account_engine.domain.errors import InvalidTerms
from account_engine.domain.irr import annual_rate_by_irr
from account_engine.domain.money import Money
from account_engine.domain.payloads import RecallTrigger
from account_engine.domain.terms import (
    Compounding,
    Contract,
    PenaltyBase,
    PenaltyMethod,
    ProductTerms,
)

PARAMETERS = (
    "day_count",
    "rounding",
    "statement",
    "grace",
    "minimum",
    "interest",
    "penalty",
    "cap",
    "methods",
    "terms_offered",
    "bill_instalments",
    "prepayment",
    "allocation",
    "recall",
    "facility",
    "linkage",
    "classification",
    "credit_report",
    "plan",
    "special",
)
_COUNTED = (
    RecallTrigger.DPD,
    RecallTrigger.MISSED_INSTALMENTS,
    RecallTrigger.CROSS_DEFAULT,
    RecallTrigger.SCORE,
)
_DAY_END = "24:00"
_SAMPLE = Money.yuan(10000)


def check_product(terms: ProductTerms) -> None:
    """Refuse terms that no contract may have. Raises InvalidTerms with the field."""
    _check_rates(terms)
    _check_days(terms)
    _check_instalments(terms)
    _check_provenance(terms)


def check_contract(contract: Contract) -> None:
    """Refuse what its product's terms do not allow. Raises InvalidTerms with the field."""
    rule, rate = contract.terms.interest, contract.annual_rate
    if rate is not None and not rule.min_annual_rate <= rate <= rule.max_annual_rate:
        raise InvalidTerms(
            "annual_rate", f"lies between {rule.min_annual_rate} and {rule.max_annual_rate}"
        )
    _check_own_penalty(contract)
    if contract.due_day is not None and not 1 <= contract.due_day <= 31:
        raise InvalidTerms("due_day", "is a day of the month, 1 to 31")
    if contract.credit_limit is not None and contract.credit_limit.fen < 0:
        raise InvalidTerms("credit_limit", "must not be negative")


def _check_own_penalty(contract: Contract) -> None:
    rule, rate = contract.terms.penalty, contract.penalty_daily_rate
    if rate is None:
        return
    if rule.min_daily_rate is None or rule.max_daily_rate is None:
        raise InvalidTerms(
            "penalty_daily_rate",
            "its terms set one rate for every contract; penalty.min_daily_rate and max_daily_rate "
            "say what a contract may have of its own",
        )
    if not rule.min_daily_rate <= rate <= rule.max_daily_rate:
        raise InvalidTerms(
            "penalty_daily_rate", f"lies between {rule.min_daily_rate} and {rule.max_daily_rate}"
        )


def _check_rates(terms: ProductTerms) -> None:
    for field, rate in (
        ("interest.annual_rate", terms.interest.annual_rate),
        ("interest.min_annual_rate", terms.interest.min_annual_rate),
        ("penalty.daily_rate", terms.penalty.daily_rate),
        ("penalty.multiple", terms.penalty.multiple),
    ):
        if rate < 0:
            raise InvalidTerms(field, "must not be negative")
    if terms.interest.min_annual_rate > terms.interest.max_annual_rate:
        raise InvalidTerms("interest.max_annual_rate", "is below the least rate")
    cap = terms.cap.annual
    if cap is not None and terms.interest.annual_rate > cap:
        raise InvalidTerms("interest.annual_rate", "is above the cap")
    if terms.penalty.method is PenaltyMethod.FIXED_DAILY and not terms.penalty.daily_rate:
        raise InvalidTerms("penalty.daily_rate", "a fixed daily penalty needs a rate")
    _check_penalty_bounds(terms)
    _check_compounding(terms)
    if terms.minimum is not None and not 0 < terms.minimum.ratio <= 1:
        raise InvalidTerms("minimum.ratio", "lies between 0 and 1")
    if terms.minimum is not None and terms.minimum.floor.fen < 1:
        raise InvalidTerms("minimum.floor", "is at least 0.01")


def _check_penalty_bounds(terms: ProductTerms) -> None:
    """Bounds of a contract's own daily rate come together, around the rate of all others."""
    rule = terms.penalty
    least, most = rule.min_daily_rate, rule.max_daily_rate
    if least is None and most is None:
        return
    if least is None or most is None:
        missing = "min_daily_rate" if least is None else "max_daily_rate"
        raise InvalidTerms(f"penalty.{missing}", "both bounds are named, or none")
    if rule.method is not PenaltyMethod.FIXED_DAILY:
        raise InvalidTerms("penalty.min_daily_rate", "is for a fixed daily penalty")
    if not 0 < least <= rule.daily_rate:
        raise InvalidTerms("penalty.min_daily_rate", "lies between 0 and daily_rate")
    if most < rule.daily_rate:
        raise InvalidTerms("penalty.max_daily_rate", "is below daily_rate")


def _check_compounding(terms: ProductTerms) -> None:
    if terms.penalty.compounding is Compounding.OFF:
        return
    if terms.penalty.method is PenaltyMethod.NONE:
        raise InvalidTerms("penalty.compounding", "no penalty is charged that interest could bear")
    if terms.penalty.base in (PenaltyBase.PRINCIPAL_FEE_INTEREST, PenaltyBase.INTEREST):
        raise InvalidTerms("penalty.compounding", "the base has interest in it already; choose one")


def check_wording(terms: ProductTerms) -> None:
    """A choice that costs the borrower something, or a right, is told in the words of a clause.

    Raises:
        InvalidTerms: with the clause that has no wording.
    """
    for clause, chosen in (
        ("compounding", terms.penalty.compounding is not Compounding.OFF),
        ("designation", not terms.allocation.debtor_designation),
        ("no_report", terms.credit_report.promise_no_report_days > 0),
    ):
        if chosen and not terms.clauses.get(clause):
            raise InvalidTerms(f"clauses.{clause}", "what was chosen needs the wording of a clause")


def _check_days(terms: ProductTerms) -> None:
    if terms.statement.cutoff != _DAY_END:
        raise InvalidTerms(
            "statement.cutoff",
            f"is {_DAY_END}, because value dates are whole days: what comes in later than an "
            "earlier hour is booked with the next day's value date",
        )
    for field, day in (
        ("statement.statement_day", terms.statement.statement_day),
        ("statement.due_day", terms.statement.due_day),
        ("credit_report.reporting_day", terms.credit_report.reporting_day),
    ):
        if not 1 <= day <= 31:
            raise InvalidTerms(field, "is a day of the month, 1 to 31")
    if terms.grace.days < 0:
        raise InvalidTerms("grace.days", "must not be negative")
    if terms.recall.notice_days < 1:
        raise InvalidTerms("recall.notice_days", "nothing takes effect without its notice")
    _check_thresholds(terms)
    rule = terms.classification
    order = (rule.special_mention, rule.substandard, rule.doubtful, rule.loss)
    if list(order) != sorted(set(order)):
        raise InvalidTerms("classification", "thresholds rise from label to label")


def _check_thresholds(terms: ProductTerms) -> None:
    """A reason that is a number names it: left out, it must not come to mean the first day."""
    for index, trigger in enumerate(terms.recall.triggers):
        if trigger.trigger in _COUNTED and (trigger.threshold or 0) < 1:
            raise InvalidTerms(f"recall.triggers[{index}].threshold", "is 1 or more")
    for index, link in enumerate(terms.linkage):
        if link.threshold < 1:
            raise InvalidTerms(f"linkage[{index}].threshold", "is 1 or more")
    for field, days in (
        ("facility.freeze_after_days", terms.facility.freeze_after_days),
        ("facility.observation_days", terms.facility.observation_days),
        ("facility.short_overdue_days", terms.facility.short_overdue_days),
        ("facility.short_observation_days", terms.facility.short_observation_days),
        ("plan.cure_days", terms.plan.cure_days),
        ("credit_report.record_years", terms.credit_report.record_years),
        (
            "credit_report.promise_no_report_days",
            terms.credit_report.promise_no_report_days,
        ),
    ):
        if days < 0:
            raise InvalidTerms(field, "must not be negative")


def _check_instalments(terms: ProductTerms) -> None:
    cap = terms.cap.annual
    for count, rate in terms.bill_instalments.items():
        if count < 1:
            raise InvalidTerms("bill_instalments", "a number of instalments is at least one")
        if cap is not None and instalment_annual_rate(rate, count) > cap:
            raise InvalidTerms(f"bill_instalments.{count}", "costs more a year than the cap")


def instalment_annual_rate(fee_rate: Decimal, count: int) -> Decimal:
    """The yearly rate by IRR of a flat fee over a number of months."""
    principals = split(_SAMPLE.fen, count)
    fees = split(_SAMPLE.apply(fee_rate).fen, count)
    amounts = [Money(p + f) for p, f in zip(principals, fees, strict=True)]
    return annual_rate_by_irr(_SAMPLE, amounts)


def _check_provenance(terms: ProductTerms) -> None:
    if not terms.provenance:
        return
    for name in PARAMETERS:
        if terms.provenance_of(name) is None:
            covered = [path for path in terms.provenance if path.startswith(f"{name}.")]
            if not covered:
                raise InvalidTerms("provenance", f"{name} has no source and confidence mark")
