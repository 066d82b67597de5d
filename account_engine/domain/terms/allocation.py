"""Where a payment goes."""

from __future__ import annotations

from dataclasses import dataclass

from account_engine.domain.terms.choices import AllocationPart, Sweep, Timing

_LAW_ORDER = (
    AllocationPart.FEE,
    AllocationPart.PENALTY,
    AllocationPart.INTEREST,
    AllocationPart.PRINCIPAL,
)


@dataclass(frozen=True, slots=True)
class AllocationStep:
    """One group of cells: debts of one timing, their parts in order."""

    timing: Timing
    components: tuple[AllocationPart, ...]
    sweep: Sweep = Sweep.BY_COMPONENT


@dataclass(frozen=True, slots=True)
class AllocationRule:
    """Where a payment goes, in order. `late_steps` replace `steps` from a DPD on.

    `debtor_designation`: whether a payment may name the debt it is for (民法典560). Agreed
    otherwise, what a payment names is kept in its event and the order of the steps applies.
    """

    steps: tuple[AllocationStep, ...] = (
        AllocationStep(Timing.PAST_DUE, _LAW_ORDER),
        AllocationStep(Timing.DUE, _LAW_ORDER),
        AllocationStep(Timing.IN_ADVANCE, _LAW_ORDER, Sweep.BY_ROW),
    )
    late_from_dpd: int | None = None
    late_steps: tuple[AllocationStep, ...] = ()
    debtor_designation: bool = True
