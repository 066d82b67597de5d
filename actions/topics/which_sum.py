"""Which figure of ours a borrower asks about by naming it, and how a first payment comes about."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from account_engine.domain.quote import Component, QuoteKind
from actions.conversation import accounts
from actions.conversation.answering import answers, by_intent, the_answer
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.signing_in import signed_in
from actions.conversation.topic import about_what_there_is, asked_as
from actions.conversation.turn import Entity, Turn
from actions.knowledge.figure_words import figure_words
from actions.negotiation.offers import proposal_for
from actions.topics.named_figures import is_known

_FEN = Decimal(100)
_SEVERAL = 2
_AS_NAMED = Decimal("0.1")  # "三万四千多" means 34,211.23


@answers("ask_why_sum")
@signed_in
def why_sum(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "34211怎么算出来的": what that figure is made of; what is due, where it is none of ours."""
    turn = _about_its_account(turn, desk, borrower_id)
    named = _nearest(turn, _figures(turn, desk, borrower_id))
    told, said = the_answer(named or "explain_amount")(turn, desk), _said(turn)
    if named or not said or told.lead is not None:
        return told
    if is_known(turn, desk, borrower_id):
        return the_answer("ask_named_figures")(turn, desk)
    return told.changed(values={**told.values, "said": said}, lead="amount.no_such")


def _about_its_account(turn: Turn, desk: Desk, borrower_id: str) -> Turn:
    """The turn about the one account that owes what was named, where no product was."""
    if len(set(turn.values("product"))) == 1:
        return turn
    turn = replace(turn, entities=tuple(o for o in turn.entities if o.kind != "product"))
    due = desk.engine.quote(borrower_id, QuoteKind.DUE_NOW).by_account()
    named = _nearest(turn, {name: amount.fen for name, amount in due.items()})
    held = desk.engine.state(borrower_id).accounts
    found = next((one for one in held if one.account_id == named), None)
    if found is None or len(due) < _SEVERAL:
        return turn
    product = Entity("product", found.product_id.removesuffix("_like"))
    return replace(turn, entities=(*turn.entities, product))


def _figures(turn: Turn, desk: Desk, borrower_id: str) -> dict[str, int]:
    """The figures that a borrower is told, in fen, by the answer that takes each of them apart."""
    state = desk.engine.state(borrower_id)
    ids = tuple(one.account_id for one in accounts.asked(turn, state))
    due = desk.engine.quote(borrower_id, QuoteKind.DUE_NOW, account_ids=ids)
    everything = desk.engine.quote(borrower_id, QuoteKind.PAYOFF_ALL, account_ids=ids)
    penalty = due.by_component().get(Component.PENALTY)
    return {
        "explain_amount": due.total.fen,
        "ask_own_penalty": penalty.fen if penalty else 0,
        "ask_parts": everything.total.fen,
        "ask_interest_share": desk.engine.quote(
            borrower_id, QuoteKind.NEXT_BILL, account_ids=ids
        ).total.fen,
    }


def _nearest(turn: Turn, figures: dict[str, int]) -> str | None:
    """The figure that comes nearest to what was named; None where none is near."""
    said = _said(turn)
    if not said:
        return None
    away = {name: abs(Decimal(fen - said)) for name, fen in figures.items() if fen > 0}
    nearest = min(away, key=lambda name: away[name], default=None)
    if nearest is None or away[nearest] <= said * _AS_NAMED:
        return nearest
    return nearest if said <= figures[nearest] < said + _left_open(turn, said) else None


def _left_open(turn: Turn, said: int) -> int:
    """How far a sum reaches that is said roughly: "三万多" is anything below forty thousand."""
    named = turn.first("amount")
    around = turn.text[named.start : named.end + 1] if named is not None else ""
    rough = figure_words().roughly.search(around)
    return 10 ** (len(str(said)) - 1) if rough else 0


def _said(turn: Turn) -> int | None:
    """The figure named, in fen."""
    return turn.amount_fen() or _bare(turn)


def _bare(turn: Turn) -> int | None:
    """A number without its unit, in fen."""
    found = figure_words().bare_sum.search(turn.text)
    return int(Decimal(found[0]) * _FEN) if found else None


@answers("ask_said_bill")
def said_bill(turn: Turn, desk: Desk) -> Reply:
    """ "账单2100，我该还多少": what that bill asks of a visitor; a borrower is told their own."""
    fen = _of_the_bill(turn)
    if turn.borrower_id is not None or not fen:
        return by_intent(turn, desk, "amount.how")
    return Reply("amount.said_bill", {"bill": fen})


def _of_the_bill(turn: Turn) -> int | None:
    """The amount said behind "账单", in fen; the limit and what was spent are others."""
    bill = figure_words().the_bill.search(turn.text)
    if bill is None:
        return None
    behind = (one for one in turn.entities if one.kind == "amount" and one.start >= bill.end())
    value = next((one.value for one in behind), "")
    return int(value) if value.isdigit() else None


@answers("ask_told_late")
def told_late(turn: Turn, desk: Desk) -> Reply:
    """ "借呗显示我逾期": what that means; who is signed in hears which it is."""
    if turn.borrower_id is None:
        return Reply("status.told_late")
    told = asked_as("query_overdue_status")(turn, desk)
    return told.changed(values={**told.values, "shown_late": True})


@answers("ask_down_payment")
def first_payment(turn: Turn, desk: Desk) -> Reply:
    """ "首付最少多少": the least that any offer in instalments asks for first."""
    rule = Reply("negotiation.down_payment")
    if turn.borrower_id is None:
        return rule
    proposal = proposal_for(desk, turn.borrower_id, {})
    spread = [one for one in proposal.options if len(one.schedule) > 1]
    if not spread:
        return about_what_there_is(turn, desk, Reply("negotiation.no_first_payment"))
    least = min(spread, key=lambda one: (one.down_payment.fen, one.instalment.fen))
    told = Reply("negotiation.first_payment", {"least": least})
    return about_what_there_is(turn, desk, told)
