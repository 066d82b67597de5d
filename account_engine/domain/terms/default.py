"""What follows from paying late: recall, linkage, labels, reports, broken plans."""

from __future__ import annotations

from dataclasses import dataclass

from account_engine.domain.payloads import RecallTrigger
from account_engine.domain.terms.choices import (
    Approval,
    Conduct,
    FeeOnRecall,
    LinkageCure,
    LinkageEffect,
    PenaltyOnRevocation,
    RecallCure,
    RecallEffect,
)


@dataclass(frozen=True, slots=True)
class TriggerRule:
    """One reason that allows a recall; `threshold` is days, a count or a score by trigger."""

    trigger: RecallTrigger
    threshold: int | None = None
    approval: Approval = Approval.NOT_NEEDED


@dataclass(frozen=True, slots=True)
class RecallRule:
    """Full recall (全额回收): when allowed, with how much notice, what it does, how it is cured."""

    triggers: tuple[TriggerRule, ...] = ()
    notice_days: int = 7
    effects: tuple[RecallEffect, ...] = (RecallEffect.ACCELERATE, RecallEffect.FREEZE_FACILITY)
    cure: RecallCure = RecallCure.PAY_ARREARS
    fees: FeeOnRecall = FeeOnRecall.DROP


@dataclass(frozen=True, slots=True)
class FacilityRule:
    """When new use stops and what has to be true before it may return; return is never promised."""

    freeze_after_days: int = 1
    observation_days: int = 30
    short_overdue_days: int = 3
    short_observation_days: int = 0


@dataclass(frozen=True, slots=True)
class LinkageRule:
    """A default on this product touches others. Empty `affects`: every other account."""

    trigger: RecallTrigger
    threshold: int
    effect: LinkageEffect
    affects: tuple[str, ...] = ()
    cure: LinkageCure = LinkageCure.SOURCE_PAID


@dataclass(frozen=True, slots=True)
class ClassificationRule:
    """From which DPD each label holds."""

    special_mention: int = 1
    substandard: int = 91
    doubtful: int = 271
    loss: int = 361
    m2: int = 31
    m3: int = 61
    m3_plus: int = 91
    collection_early: int = 4
    collection_middle: int = 31
    collection_late: int = 91
    buckets: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class CreditReportRule:
    """Monthly reporting to the credit register and how long a record stays.

    Attributes:
        promise_no_report_days: while an account is no more days past due than this on a reporting
            date, the contract has the lender report nothing overdue of it.
    """

    reporting_day: int = 31
    record_years: int = 5
    promise_no_report_days: int = 0


@dataclass(frozen=True, slots=True)
class PlanRule:
    """What breaking a plan does, unless the plan itself says otherwise."""

    cure_days: int = 7
    penalty_on_revocation: PenaltyOnRevocation = PenaltyOnRevocation.FROM_BREACH


@dataclass(frozen=True, slots=True)
class SpecialRule:
    """Penalty during a dispute over the whole account and after the borrower's death."""

    dispute: Conduct = Conduct.STOPS
    death: Conduct = Conduct.STOPS
