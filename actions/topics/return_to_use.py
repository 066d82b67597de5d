"""What opens a stopped product again, tried on the engine: who has to be paid, and what then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from account_engine.domain.money import Money
from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import (
    AccountState,
    BorrowerState,
    FacilityState,
    FacilityStatus,
    ReturnCondition,
)
from actions.conversation import accounts
from actions.conversation.desk import Desk
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
from actions.topics.stops import stops

_STILL_TO_PAY = frozenset(
    {
        ReturnCondition.PAY_OVERDUE,
        ReturnCondition.SETTLE_RECALL,
        ReturnCondition.LINKED_ACCOUNT_PAID,
        ReturnCondition.LINKED_ACCOUNT_SETTLED,
    }
)


@dataclass(frozen=True, slots=True)
class Way:
    """The smallest payment of whole arrears after which nothing of it stands against the use.

    Attributes:
        pays: the account whose arrears are paid; None when the arrears of all have to be.
        amount: what that is today.
        then: how the stopped account could be used after it.
        least: the minimum payment, where that opens it as well.
    """

    pays: AccountState | None
    amount: Money
    then: FacilityState
    least: Money | None = None

    @property
    def at_once(self) -> bool:
        """Whether no time of waiting follows."""
        return self.then.status is FacilityStatus.NORMAL


def ways(
    desk: Desk,
    borrower_id: str,
    state: BorrowerState,
    stopped: Iterable[AccountState],
    arrears: Mapping[str, Money],
) -> dict[str, Way]:
    """The way of each stopped account, by its id; none for those with nothing to pay."""
    asked = tuple(stopped)
    recalls = stops(desk, borrower_id, state, accounts.recalled(asked), arrears)
    late = accounts.overdue(state.accounts)
    found: dict[str, Way] = {}
    for one in asked:
        source = recalls[one.account_id].source if one.account_id in recalls else one
        tried = [source, None] if source.dpd else [*late, None]
        for paid in tried if late else []:
            way = _paying(desk, borrower_id, one, paid, arrears)
            if paid is None or not _STILL_TO_PAY & set(way.then.return_conditions):
                found[one.account_id] = _with_the_minimum(desk, borrower_id, one, way)
                break
    return found


def _paying(
    desk: Desk,
    borrower_id: str,
    stopped: AccountState,
    paid: AccountState | None,
    arrears: Mapping[str, Money],
) -> Way:
    only = paid.account_id if paid is not None else None
    amount = arrears[only] if only else desk.engine.quote(borrower_id, QuoteKind.OVERDUE).total
    after = desk.engine.what_if_payment(borrower_id, amount, desk.today(), only).after
    return Way(paid, amount, accounts.by_id(after.accounts)[stopped.account_id].facility)


def _with_the_minimum(desk: Desk, borrower_id: str, stopped: AccountState, way: Way) -> Way:
    """`way`, with the minimum payment where that alone ends the waiting too."""
    if not way.at_once or way.pays is None or way.pays.account_id != stopped.account_id:
        return way
    only = stopped.account_id
    least = desk.engine.quote(borrower_id, QuoteKind.MINIMUM, account_ids=(only,)).total
    if not 0 < least.fen < way.amount.fen:
        return way
    after = desk.engine.what_if_payment(borrower_id, least, desk.today(), only).after
    opened = accounts.by_id(after.accounts)[only].facility.status is FacilityStatus.NORMAL
    return replace(way, least=least) if opened else way


@dataclass(frozen=True, slots=True)
class Part:
    """A payment of less than all arrears, and what it does for the use of the account paid on.

    Attributes:
        amount: what is paid.
        minimum: whether it is the minimum payment of the bill.
        left: what is overdue on the account after it.
        then: how the account could be used after it.
    """

    amount: Money
    minimum: bool
    left: Money
    then: FacilityState

    @property
    def enough(self) -> bool:
        """Whether it opens the account like all arrears would."""
        return not _STILL_TO_PAY & set(self.then.return_conditions)


def part(turn: Turn, desk: Desk, borrower_id: str, late: AccountState, owed: Money) -> Part | None:
    """The part that the words mean: a sum, half of it, or the minimum; None where there is none."""
    only = late.account_id
    least = desk.engine.quote(borrower_id, QuoteKind.MINIMUM, account_ids=(only,)).total
    said = turn.amount_fen()
    if said is None and figure_words().half.search(turn.text):
        said = owed.fen // 2
    amount = Money(said) if said else least
    if not 0 < amount.fen < owed.fen:
        return None
    paid = desk.engine.what_if_payment(borrower_id, amount, desk.today(), only)
    left = paid.after_quotes[QuoteKind.OVERDUE].by_account().get(only, Money.zero)
    return Part(amount, said is None, left, accounts.by_id(paid.after.accounts)[only].facility)
