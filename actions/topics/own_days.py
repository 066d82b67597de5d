"""What days of being late cost on the borrower's own debt, and what a part paid takes off them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from account_engine.domain.money import Money
from account_engine.domain.quote import Component, Quote, QuoteItem, QuoteKind
from account_engine.domain.state import AccountState, RowState
from account_engine.services.supposition import InvalidSupposition
from actions.conversation import accounts
from actions.conversation.answering import answers, the_answer
from actions.conversation.desk import Desk
from actions.conversation.periods import days_of
from actions.conversation.reply import Reply
from actions.conversation.spans import days_ahead
from actions.conversation.supposed import Supposed
from actions.conversation.topic import about_what_there_is
from actions.conversation.turn import Turn
from actions.knowledge.conduct import asked_figures
from actions.knowledge.figure_words import figure_words
from actions.topics.after_part import After
from actions.topics.sum_to_pay import sum_to_pay
from actions.topics.supposition import next_principal, own_rate

_CHARGES = frozenset({Component.PENALTY, Component.CAP})


def own_days(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """The penalty of so many days on what is late, else on the next bills; "三天的罚息是多少".

    None where no time is named, an amount is, or the product is none of the borrower's.
    """
    days = days_of(turn.entity("duration"))
    state = desk.engine.state(borrower_id)
    if not days or turn.entity("amount") is not None or accounts.missing(turn, state):
        return None
    chosen = accounts.asked(turn, state)
    late = accounts.overdue(chosen)
    if late and figure_words().more_days.search(turn.text):
        return _days_from_now(desk, borrower_id, late, days)
    lines = _penalty_of(desk, late or chosen, days)
    if not lines:
        return None
    values = {
        "days": days,
        "late": late,
        "lines": lines,
        "total": _charged(item for _, item in lines),
        "so_far": _charged(_overdue_today(desk, borrower_id, late).items),
    }
    clauses = tuple(dict.fromkeys(item.clause for _, item in lines))
    return Reply("penalty.own_days", values, details="quote:overdue", clauses=clauses)


def _days_from_now(
    desk: Desk, borrower_id: str, late: tuple[AccountState, ...], days: int
) -> Reply | None:
    """ "再拖三天罚息多少": the penalty of that day, if nothing is paid before."""
    if days > asked_figures().farthest_days_ahead:
        return None
    ids = tuple(one.account_id for one in late)
    on = desk.today() + timedelta(days=days)
    found = desk.engine.compare(borrower_id, QuoteKind.OVERDUE, on, account_ids=ids)
    values = {
        "days": days,
        "on": on,
        "so_far": _charged(found.before.items),
        "then": _charged(found.after.items),
    }
    return Reply("penalty.days_from_now", values, details="quote:overdue")


@answers("ask_penalty_by")
def penalty_by(turn: Turn, desk: Desk) -> Reply:
    """ "到月底的罚息一共多少": all the penalty of that day, if nothing is paid before."""
    on = turn.coming_date()
    month = days_ahead(turn) if on is None else None
    on = month.last if month is not None else on
    if turn.borrower_id is None or on is None or on <= turn.today:
        return the_answer("ask_penalty_rule")(turn, desk)
    chosen = accounts.asked(turn, desk.engine.state(turn.borrower_id))
    late, days = accounts.overdue(chosen), (on - turn.today).days
    if late:
        found = _days_from_now(desk, turn.borrower_id, late, days)
    else:
        found = _once_late(desk, turn.borrower_id, chosen, on)
    return found or the_answer("ask_penalty_rule")(turn, desk)


def _once_late(
    desk: Desk, borrower_id: str, chosen: Iterable[AccountState], on: date
) -> Reply | None:
    """ "29号才回来，要多给多少": what bills that fall due before that day cost by then.

    None where nothing would be late yet, or the day is too far.
    """
    if (on - desk.today()).days > asked_figures().farthest_days_ahead:
        return None
    ids = tuple(one.account_id for one in chosen)
    items = desk.engine.quote(borrower_id, QuoteKind.OVERDUE, on, ids).items
    lines = tuple(one for one in items if one.component in _CHARGES)
    if not lines:
        return None
    names = accounts.names(desk.engine.state(borrower_id))
    values = {"on": on, "lines": lines, "names": names, "total": _charged(lines)}
    return Reply("penalty.once_late", values, details="quote:overdue")


@answers("ask_part_saves")
def part_saves(turn: Turn, desk: Desk) -> Reply:
    """ "还一万少多少罚息": what a day costs before and after that payment.

    Without an amount it is asked for; with nothing late, interest is what can be saved.
    """
    fen = sum_to_pay(turn) or _amount_before(turn)
    if turn.borrower_id is None or not fen:
        return the_answer("ask_part")(turn, desk)
    state = desk.engine.state(turn.borrower_id)
    late = accounts.overdue(accounts.asked(turn, state))
    if not late:
        return the_answer("ask_early_saving")(turn, desk)
    only = late[0].account_id if len(late) == 1 else None
    after = After(desk, turn.borrower_id, Supposed(fen, turn.today, only, turn.turns))
    before, then = after.a_day(paid=False), after.a_day()
    values = {
        "amount": fen,
        "before": before,
        "after": then,
        "less": before - then,
        "still_late": accounts.overdue(after.on().after.accounts),
    }
    return about_what_there_is(turn, desk, Reply("partial.saves", values, details="quote:overdue"))


@answers("ask_penalty_of_rest")
def penalty_of_rest(turn: Turn, desk: Desk) -> Reply:
    """ "还了五百还要不要交罚金": yes on what is left; what a day costs then, where it is known."""
    if turn.borrower_id is None or not sum_to_pay(turn):
        return Reply("partial.still_penalty")
    told = part_saves(turn, desk)
    if told.key != "partial.saves":
        return Reply("partial.early_interest")  # nothing is late
    goes_on = told.values["after"].fen > 0 and told.lead is None
    return told.changed(lead="partial.still") if goes_on else told


def _amount_before(turn: Turn) -> int | None:
    """The payment that was supposed a moment ago."""
    supposed = Supposed.of(turn)
    return supposed.fen if supposed is not None else None


def _penalty_of(
    desk: Desk, found: Iterable[AccountState], days: int
) -> tuple[tuple[AccountState, QuoteItem], ...]:
    """What each account is charged for so many days on what is late, else on what comes next."""
    lines: list[tuple[AccountState, QuoteItem]] = []
    for account in found:
        principal = _late_principal(account) if account.dpd else next_principal(account)
        if principal is None or principal.fen <= 0:
            continue
        try:
            quote = desk.engine.hypothetical_penalty(
                account.product_id, principal, days, own_rate(account)
            )
        except InvalidSupposition:
            return ()
        lines.extend((account, item) for item in quote.items if item.component in _CHARGES)
    return tuple(lines)


def _late_principal(account: AccountState) -> Money:
    """What penalty runs on; what was called in is one overdue row of its own."""
    rows = (row for row in account.schedule if row.state is RowState.OVERDUE)
    return sum((row.principal - row.paid_principal for row in rows), Money.zero)


def _overdue_today(desk: Desk, borrower_id: str, late: tuple[AccountState, ...]) -> Quote:
    ids = tuple(one.account_id for one in late)
    return desk.engine.quote(borrower_id, QuoteKind.OVERDUE, account_ids=ids)


def _charged(items: Iterable[QuoteItem]) -> Money:
    """Penalty, less what the yearly cap takes off it."""
    return sum((one.amount for one in items if one.component in _CHARGES), Money.zero)
