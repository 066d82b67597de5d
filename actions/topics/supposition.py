"""Penalty on figures that somebody names: worked out by the engine from a product's demo terms."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from account_engine.domain.money import Money
from account_engine.domain.quote import Component
from account_engine.domain.state import AccountState, RowState
from account_engine.domain.terms import ProductKind, ProductTerms
from account_engine.services.supposition import InvalidSupposition
from actions.conversation import accounts
from actions.conversation.asked import Asked
from actions.conversation.desk import Desk
from actions.conversation.last_question import LastQuestion, with_the_case_before
from actions.conversation.named_rate import named_rate
from actions.conversation.periods import days_of
from actions.conversation.rates import a_day, within_the_cap
from actions.conversation.reply import Reply
from actions.conversation.turn import Entity, Turn
from actions.knowledge.conduct import dialogue
from actions.knowledge.figure_words import figure_words
from nlu.entities.numerals import read_count

_DEFAULT_PRODUCT = "huabei_like"
_MONTH = "P1M"
_AHEAD = frozenset({RowState.UPCOMING, RowState.BILLED})
_ABOUT_BEING_LATE = frozenset(
    {"ask_penalty", "ask_overdue_consequences", "ask_grace_period", "overdue"}
    | {"query_overdue_status"}
)
_RULES = {"huabei_like": "penalty.huabei", "jiebei_like": "penalty.jiebei"}


def supposed(turn: Turn, desk: Desk) -> Reply | None:
    """Base × rate × days on the figures of the message; None where they make no sum.

    A figure that is missing is taken as an example: a thousand yuan, one day. A borrower who has
    something overdue and names no amount asks about that, and gets None.
    """
    turn = _with_a_bare_sum(_with_what_was_said(_with_the_sum_asked_about(turn)))
    own = _next_principal(turn, desk)
    principal = _value(
        turn.entity("amount"), turn.amount_fen(), own.fen if own else dialogue().example_bill_fen
    )
    until = _days_from_today(turn)
    month = None if until or _longest(turn) else _a_month(turn)
    days = _longest(turn) or until or month or _value(turn.entity("duration"), None, 1)
    named = turn.entity("amount") is not None
    if not principal or not days or not _asks_for_a_sum(turn, desk):
        return None
    wanted = turn.entity("product") or _only_product(turn, desk)
    terms = newest_terms(wanted, desk)
    if terms is None:
        return None  # another lender's product
    named_rate = _named_rate(turn, terms)
    own_rate = None if named_rate else contract_rate(turn, desk, terms)
    rate = named_rate or own_rate
    try:
        quote = desk.engine.hypothetical_penalty(terms.product_id, Money(principal), days, rate)
    except InvalidSupposition:
        return None
    sums = quote.by_component()
    line = next((one for one in quote.items if one.component is Component.PENALTY), None)
    if line is None or line.rate is None:
        return None  # terms that charge something else than penalty by the day
    values = {
        "product": terms.display_name,
        "assumed": wanted is None,
        "without_amount": not named,
        "own_bill": own if not named else None,
        "without_days": _longest(turn) is None and not until and not month,
        "by_month": month is not None,
        "from_today": until is not None and _longest(turn) is None,
        "together": principal if figure_words().together.search(turn.text) else None,
        "line": line,
        "cap": sums.get(Component.CAP),
        "penalty": sums[Component.PENALTY] + sums.get(Component.CAP, Money.zero),
        "contract_rate": a_day(rate, terms) if rate else _contract_rate(terms),
        "named_rate": named_rate is not None,
        "cut": named_rate is not None and named_rate == terms.cap.annual,
        "own_rate": own_rate is not None,
        "rule": _RULES.get(terms.product_id),
    }
    return Reply("penalty.supposed", values, clauses=(line.clause,))


def _longest(turn: Turn) -> int | None:
    """ "一天万分之五，逾期二十三天": the day belongs to the rate."""
    found = (days_of(one) for one in turn.values("duration"))
    return max((days for days in found if days), default=None) or _nth_day(turn)


def _a_month(turn: Turn) -> int | None:
    """ "这个月罚多少", where no days are said: a month of them."""
    return days_of(_MONTH) if figure_words().of_this_month.search(turn.text) else None


def _days_from_today(turn: Turn) -> int | None:
    """ "拖到下个月底罚多少": to the day that is named, where none is said since which."""
    on = turn.coming_date()
    return (on - turn.today).days if on is not None and on > turn.today else None


def _nth_day(turn: Turn) -> int | None:
    """ "逾期第4天": so many days, the day of the payment not counted."""
    place = figure_words().nth_day.search(turn.text)
    return read_count(place[1]) if place else None


def _with_what_was_said(turn: Turn) -> Turn:
    """A visitor's "罚多少" is about the sum and the days that were said a moment ago."""
    last = LastQuestion.of(turn)
    if turn.known or last is None or last.answer not in _ABOUT_BEING_LATE:
        return turn
    return with_the_case_before(_later_than_said(turn, last), last)


def _with_the_sum_asked_about(turn: Turn) -> Turn:
    """ "手里不到三千，借呗逾期的8000一天多少": the sum of the clause that asks, and no other."""
    asked = Asked.of(turn)
    if asked is None or turn.known:
        return turn
    amounts = [one for one in turn.entities if one.kind == "amount"]
    within = [one for one in amounts if asked.start <= one.start < asked.end]
    bare = figure_words().bare_sum.search(turn.text, asked.start, asked.end)
    if within or bare is None:
        kept = within or amounts
    else:
        kept = [Entity("amount", str(Money.yuan(bare[0]).fen), *bare.span())]
    others = tuple(one for one in turn.entities if one.kind != "amount")
    return replace(turn, entities=(*others, *kept))


def _with_a_bare_sum(turn: Turn) -> Turn:
    """ "欠的那5000一天多少": a sum that is said to be owed needs no 元."""
    place = figure_words().owed_bare.search(turn.text)
    if turn.known or turn.entity("amount") is not None or place is None:
        return turn
    fen = Money.yuan(place[1]).fen
    owed = Entity("amount", str(fen), place.start(1), place.end(1))
    return replace(turn, entities=(*turn.entities, owed))


def _later_than_said(turn: Turn, last: LastQuestion) -> Turn:
    """ "逾期5天" … "那我下周一还呢", "再拖十天呢": so many days as there will be by then."""
    on, said = turn.coming_date(), next((o for o in last.entities if o.kind == "duration"), None)
    so_far = days_of(said.value) if said else None
    more = days_of(turn.entity("duration"))
    if more is not None and not figure_words().more_days.search(_as_typed(turn)):
        return turn
    if more is None and on is not None:
        more = (on - turn.today).days
    if not so_far or not more or more < 0:
        return turn
    others = tuple(one for one in turn.entities if one.kind != "duration")
    return replace(turn, entities=(*others, Entity("duration", f"P{so_far + more}D")))


def _as_typed(turn: Turn) -> str:
    """The message as it came in; a follow-up stands for other words."""
    said = (text for who, text in reversed(turn.transcript) if who == "user")
    return next(said, turn.text)


def contract_rate(turn: Turn, desk: Desk, terms: ProductTerms) -> Decimal | None:
    """The yearly price of the borrower's own loan of that product; None where there is none."""
    if turn.borrower_id is None or terms.kind is ProductKind.REVOLVING:
        return None
    held = desk.engine.state(turn.borrower_id).accounts
    rates = {one.annual_rate for one in held if one.product_id == terms.product_id}
    return rates.pop() if len(rates) == 1 else None


def _only_product(turn: Turn, desk: Desk) -> str | None:
    """The product of a borrower who has no other."""
    if turn.borrower_id is None:
        return None
    held = accounts.products(desk.engine.state(turn.borrower_id))
    return next(iter(held)) if len(held) == 1 else None


def _next_principal(turn: Turn, desk: Desk) -> Money | None:
    """What penalty would be reckoned on, were the borrower's next bill not paid in time.

    None where several products may be meant, where something is late already, and for visitors.
    """
    if turn.borrower_id is None:
        return None
    state = desk.engine.state(turn.borrower_id)
    chosen = accounts.asked(turn, state)
    if len(chosen) != 1 or chosen[0].dpd or accounts.missing(turn, state):
        return None
    return next_principal(chosen[0])


def next_principal(account: AccountState) -> Money | None:
    """The principal of the next bill or instalment; None where none is to come."""
    ahead = (row for row in account.schedule if row.state in _AHEAD)
    row = next(ahead, None)
    return row.principal - row.paid_principal if row is not None else None


def own_rate(account: AccountState) -> Decimal | None:
    """The yearly price of a loan, of which its penalty is a multiple; None for other products."""
    return None if account.terms.kind is ProductKind.REVOLVING else account.annual_rate


def _value(said: str | None, understood: int | None, example: int) -> int | None:
    """What was said, the example where nothing was; None where it made no sense."""
    return example if said is None else understood


def _asks_for_a_sum(turn: Turn, desk: Desk) -> bool:
    """An amount is named; or a time is, by somebody who has nothing overdue to be told instead."""
    if turn.entity("amount") is not None:
        return True
    if turn.entity("duration") is None:
        return False
    if turn.borrower_id is None:
        return True
    state = desk.engine.state(turn.borrower_id)
    chosen = accounts.asked(turn, state)
    if accounts.missing(turn, state):
        return True
    # Of several products on time each is told with its own next bill.
    return not accounts.overdue(chosen) and len(chosen) == 1


def newest_terms(wanted: str | None, desk: Desk) -> ProductTerms | None:
    """The newest terms of the product named, the default's when none was."""
    products = desk.engine.products
    if wanted is None:
        return products.latest(_DEFAULT_PRODUCT)
    found = (one for one in products.product_ids() if one.removesuffix("_like") == wanted)
    return next((products.latest(product_id) for product_id in found), None)


def _named_rate(turn: Turn, terms: ProductTerms) -> Decimal | None:
    """The yearly price of a loan that the message names, as a share, cut to the cap of the terms.

    None where it names none, or the price of being late.
    """
    named = named_rate(turn)
    if named is None or terms.kind is ProductKind.REVOLVING or not named.said or named.of_penalty:
        return None
    return within_the_cap(named.yearly, terms) if named.yearly > 0 else None


def _contract_rate(terms: ProductTerms) -> object:
    """The daily contract rate that a loan's penalty is a multiple of; None for other products."""
    if terms.kind is ProductKind.REVOLVING:
        return None
    return a_day(terms.interest.annual_rate, terms)
