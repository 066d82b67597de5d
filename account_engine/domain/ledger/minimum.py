"""The minimum payment (最低还款) of a row."""

from __future__ import annotations

from account_engine.domain.ledger.row import Row
from account_engine.domain.ledger.rules import Rules


def minimum_open(rules: Rules, row: Row, running: int = 0) -> int:
    """What is missing to a row's minimum payment, without penalty.

    Args:
        rules: those of the account.
        row: a row that owes something.
        running: fen of interest that is running and not on the row yet.
    """
    interest, fee = row.open_interest + running, row.open_fee
    rest = row.open_principal + interest + fee
    if rules.minimum is None or not row.takes_minimum:
        return rest
    if row.minimum_met:
        return 0
    missing = _share(rules, row) - row.cycle_principal
    if rules.minimum_interest:
        missing += interest
    if rules.minimum_fees:
        missing += fee
    if missing <= 0:
        return 0
    return missing if missing < rest else rest


def note_minimum_met(rules: Rules, row: Row, running: int) -> None:
    """Remember a minimum that is met, so that interest posted later this month cannot undo it.

    Args:
        rules: those of the account.
        row: a carried rest that is not late.
        running: fen of interest that is running and not on the row yet.
    """
    row.minimum_met = not minimum_open(rules, row, running)


def principal_to_minimum(rules: Rules, row: Row) -> int:
    """What is missing to a row's minimum payment once its interest and fees are paid."""
    return min(row.open_principal, max(0, _share(rules, row) - row.cycle_principal))


def _share(rules: Rules, row: Row) -> int:
    """The part of the principal that belongs to the minimum payment."""
    numerator, denominator = rules.minimum_ratio
    base = row.open_principal + row.cycle_principal
    share = (2 * base * numerator + denominator) // (2 * denominator)
    floor = rules.minimum_floor
    return share if share >= floor else min(base, floor)
