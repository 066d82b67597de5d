"""What stands in the books of an account: what a debt is made of, its instalments, its payments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from account_engine.domain.money import Money
from account_engine.domain.quote import Component, Quote, QuoteKind
from account_engine.domain.state import AccountState, RowOrigin, RowState, ScheduleRow
from account_engine.domain.terms import ProductKind
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.rates import a_day, a_year
from actions.conversation.reply import Reply
from actions.conversation.signing_in import signed_in
from actions.conversation.topic import about_what_there_is, asked_as
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
from actions.topics.tomorrow import tomorrow
from nlu.entities.numerals import read_count

_INSTALMENTS = frozenset({RowOrigin.LOAN, RowOrigin.BILL_INSTALMENT})
_OF_THE_CONTRACT = _INSTALMENTS | {RowOrigin.BILL}
_STILL_TO_COME = frozenset({RowState.UPCOMING, RowState.BILLED, RowState.REVOLVED})


@answers("ask_parts")
@signed_in
def parts(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """Principal, interest, fees and penalty of what is not paid yet, and of what is due."""
    chosen, ids = _meant(turn, desk, borrower_id)
    everything = desk.engine.quote(borrower_id, QuoteKind.PAYOFF_ALL, account_ids=ids)
    if everything.total.fen <= 0:
        return Reply("amount.nothing", {"name": turn.display_name})
    due = desk.engine.quote(borrower_id, QuoteKind.DUE_NOW, account_ids=ids)
    values = {
        "accounts": tuple(one for one in chosen if everything.by_account()[one.account_id].fen),
        "all": _by_component(everything),
        "total": everything.by_account(),
        "due_parts": _by_component(due),
        "due": due.by_account(),
    }
    told = Reply("ledger.parts", values, details="quote:payoff_all")
    return about_what_there_is(turn, desk, told)


@answers("ask_rows")
@signed_in
def rows(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """How many instalments there are, which are late, in a plan, or still to come."""
    chosen, _ = _meant(turn, desk, borrower_id)
    values = {
        "accounts": chosen,
        "all": {one.account_id: _instalments(one) for one in chosen},
        "paid": {one.account_id: _in_state(one, {RowState.PAID}, _INSTALMENTS) for one in chosen},
        "late": {one.account_id: _late(one) for one in chosen},
        "called_in": {one.account_id: _in_state(one, {RowState.RECALLED}) for one in chosen},
        "in_plan": {one.account_id: _in_state(one, {RowState.MOVED_TO_PLAN}) for one in chosen},
        "to_come": {
            one.account_id: _in_state(one, _STILL_TO_COME, _OF_THE_CONTRACT) for one in chosen
        },
    }
    told = Reply("ledger.rows", values, details="quote:payoff_all")
    return about_what_there_is(turn, desk, told)


@answers("ask_one_row")
@signed_in
def one_row(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "十月那期还差多少", "第七期是几号": that instalment; all, where it is none of these."""
    chosen, _ = _meant(turn, desk, borrower_id)
    if accounts.missing(turn, desk.engine.state(borrower_id)):
        return asked_as("query_due_date")(turn, desk)  # no row of another product stands in
    found = tuple((one, row) for one in chosen for row in _named_rows(turn, one))
    if not found:
        return rows(turn, desk)
    told = Reply("ledger.row", {"found": found}, details="quote:payoff_all")
    return about_what_there_is(turn, desk, told)


def _named_rows(turn: Turn, account: AccountState) -> tuple[ScheduleRow, ...]:
    """The instalment of that number, or the last; else the rows that fell due in that month."""
    contract = [one for one in account.schedule if one.origin in _OF_THE_CONTRACT]
    words = figure_words()
    if words.last_row.search(turn.text):
        return tuple(one for one in contract if one.origin in _INSTALMENTS)[-1:]
    number, month = words.row_number.search(turn.text), words.row_month.search(turn.text)
    if number:
        wanted = read_count(number[1])
        return tuple(one for one in contract if one.number == wanted and one.origin in _INSTALMENTS)
    if (on := turn.coming_date()) is not None:
        return tuple(one for one in contract if one.original_due == on)
    wanted = read_count(month[1]) if month else None
    return tuple(one for one in contract if one.original_due.month == wanted)


@answers("ask_own_rate")
@signed_in
def own_rate(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """The contract's price and the penalty's, beside the highest that is charged together."""
    chosen, _ = _meant(turn, desk, borrower_id)
    values = {
        "accounts": chosen,
        "daily": {one.account_id: a_day(one.annual_rate, one.terms) for one in chosen},
        "penalty_a_year": {
            one.account_id: a_year(one.penalty_daily_rate, one.terms) for one in chosen
        },
        "loans": {one.account_id for one in chosen if one.terms.kind is not ProductKind.REVOLVING},
    }
    return about_what_there_is(turn, desk, Reply("ledger.rates", values))


@answers("ask_payments")
@signed_in
def payments(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """The payment asked about, else the last one: when it came and what it paid."""
    chosen, _ = _meant(turn, desk, borrower_id)
    wanted = turn.amount_fen()
    values = {
        "accounts": chosen,
        "asked": wanted,
        "found": {
            one.account_id: tuple(each for each in one.payments if each.amount.fen == wanted)
            for one in chosen
        },
        "borrowed": {one.account_id: _borrowed(one) for one in chosen},
        "sums": {one.account_id: _paid_so_far(one) for one in chosen},
        "owed": desk.engine.quote(borrower_id, QuoteKind.OVERDUE).by_account(),
    }
    return about_what_there_is(turn, desk, Reply("ledger.payments", values))


@answers("ask_where_paid")
def where_paid(turn: Turn, desk: Desk) -> Reply:
    """ "我还的钱去哪了": what the last payment paid; for visitors the order in which one does."""
    if turn.borrower_id is None:
        return Reply("priority.allocation")
    return payments(turn, desk)


@answers("ask_who_debited")
def who_debited(turn: Turn, desk: Desk) -> Reply:
    """ "是你们扣的吗": what came in here; for visitors where it can be seen."""
    return Reply("autodebit.by_us") if turn.borrower_id is None else payments(turn, desk)


@answers("ask_products", "ask_opened_check")
def products(turn: Turn, desk: Desk) -> Reply:
    """Which products there are in the borrower's name here; for visitors, where one looks."""
    if turn.borrower_id is None:
        return Reply("out_of_scope.opened_check")
    state = desk.engine.state(turn.borrower_id)
    values = {"accounts": state.accounts, "absent": accounts.absent(turn, state)}
    return Reply("ledger.products", values)


@answers("confirm_amount")
@signed_in
def confirm_amount(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "请确认我只欠八千": what the record says; no figure of anybody else's is confirmed."""
    chosen, ids = _meant(turn, desk, borrower_id)
    due = desk.engine.quote(borrower_id, QuoteKind.DUE_NOW, account_ids=ids)
    everything = desk.engine.quote(borrower_id, QuoteKind.PAYOFF_ALL, account_ids=ids)
    said = turn.amount_fen()
    values = {
        "due": due,
        "all": everything,
        "said": said,
        "agrees": said in (due.total.fen, everything.total.fen),
        "accounts": chosen,
    }
    return Reply("ledger.confirmed", values, details="quote:due_now")


@answers("confirm_penalty")
@signed_in
def confirm_penalty(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "每天罚息三块对吧": the penalty so far and what a day adds, as the record has them."""
    chosen, ids = _meant(turn, desk, borrower_id)
    overdue = desk.engine.quote(borrower_id, QuoteKind.OVERDUE, account_ids=ids)
    penalty = overdue.by_component().get(Component.PENALTY, Money.zero)
    more = tomorrow(desk, borrower_id, accounts.overdue(chosen)).more
    said = turn.amount_fen()
    values = {
        "penalty": penalty,
        "more": more,
        "said": said,
        "known_figure": said in (penalty.fen, more.fen),
    }
    return Reply("ledger.confirmed_penalty", values, details="quote:overdue")


answers("confirm_days")(asked_as("query_overdue_status"))


def _meant(
    turn: Turn, desk: Desk, borrower_id: str
) -> tuple[tuple[AccountState, ...], tuple[str, ...]]:
    chosen = accounts.asked(turn, desk.engine.state(borrower_id))
    return chosen, tuple(one.account_id for one in chosen)


def _by_component(quote: Quote) -> Mapping[str, Mapping[Component, Money]]:
    sums: dict[str, dict[Component, int]] = defaultdict(lambda: defaultdict(int))
    for item in quote.items:
        sums[item.account_id][item.component] += item.amount.fen
    return {
        account_id: {component: Money(fen) for component, fen in found.items() if fen}
        for account_id, found in sums.items()
    }


def _in_state(
    account: AccountState,
    states: frozenset[RowState] | set[RowState],
    origins: frozenset[RowOrigin] = frozenset(RowOrigin),
) -> tuple[ScheduleRow, ...]:
    return tuple(one for one in account.schedule if one.state in states and one.origin in origins)


def _instalments(account: AccountState) -> int:
    return sum(one.origin in _INSTALMENTS for one in account.schedule)


def _late(account: AccountState) -> tuple[ScheduleRow, ...]:
    """Bills and instalments past their due date; rows of a plan or of a recall are none of them."""
    return _in_state(account, {RowState.OVERDUE}, _OF_THE_CONTRACT)


def _borrowed(account: AccountState) -> Money:
    """The principal of all loans of the account, as they were paid out."""
    loans = (row for row in account.schedule if row.origin is RowOrigin.LOAN)
    return sum((row.principal for row in loans), Money.zero)


def _paid_so_far(account: AccountState) -> Mapping[str, Money]:
    found = account.payments
    return {
        "all": sum((one.amount for one in found), Money.zero),
        "principal": sum((one.principal for one in found), Money.zero),
        "interest": sum((one.interest for one in found), Money.zero),
        "fee": sum((one.fee for one in found), Money.zero),
        "penalty": sum((one.penalty for one in found), Money.zero),
    }
