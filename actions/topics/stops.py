"""What ends a full recall, as the engine says: arrears of the product that it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from account_engine.domain.money import Money
from account_engine.domain.state import AccountState, BorrowerState
from actions.conversation import accounts
from actions.conversation.desk import Desk


@dataclass(frozen=True, slots=True)
class Stop:
    """A payment on one product that ends the recall of another.

    Attributes:
        source: the product whose arrears the recall comes from.
        amount: those arrears today.
        then: the recalled account after such a payment, due by instalments again.
    """

    source: AccountState
    amount: Money
    then: AccountState


def stops(
    desk: Desk,
    borrower_id: str,
    state: BorrowerState,
    found: Iterable[AccountState],
    arrears: Mapping[str, Money],
) -> dict[str, Stop]:
    """By id of the recalled account, where paying today's arrears of its source ends the recall."""
    by_id = accounts.by_id(state.accounts)
    ended: dict[str, Stop] = {}
    for account in found:
        source = by_id.get(account.recall.source_account or "")
        if source is None or arrears[source.account_id].fen <= 0:
            continue
        amount = arrears[source.account_id]
        paid = desk.engine.what_if_payment(borrower_id, amount, desk.today(), source.account_id)
        then = accounts.by_id(paid.after.accounts)[account.account_id]
        if not accounts.recalled((then,)):
            ended[account.account_id] = Stop(source, amount, then)
    return ended
