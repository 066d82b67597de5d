"""Sums of the offers: one that is to be confirmed, what they add to today's debt, until when."""

from __future__ import annotations

from dataclasses import dataclass

from account_engine.domain.money import Money
from account_engine.domain.negotiation.option import Option, ReasonCode
from actions.conversation import memory
from actions.conversation.answering import answers, by_intent, the_answer
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.signing_in import signed_in
from actions.conversation.turn import Turn
from actions.knowledge.conduct import dialogue
from actions.negotiation.offers import AT_ANY_TIME, find, proposal_for, titles
from actions.negotiation.relative import all_months_named, months_named, terms_wished
from actions.negotiation.which_offer import LAST, offer_named
from actions.negotiation.wishes import to_engine

_PAIR = 2
# Wishes that a number of terms takes the place of.
_HOW_MUCH = frozenset(
    {"monthly", "settlement", "principal_only", "extension_days", "income", "living_costs"}
)


@answers("confirm_offer_sum")
def confirm_offer_sum(turn: Turn, desk: Desk) -> Reply:
    """ "到时候还2194.59对吧": whether an offer has that figure; if none has, theirs."""
    if turn.borrower_id is None:
        return by_intent(turn, desk, "choose.nothing")
    proposal = proposal_for(desk, turn.borrower_id, turn.wishes)
    chosen = find(proposal, turn.slots.get(memory.CHOSEN))
    named = list(zip(titles(proposal, desk), proposal.options, strict=True))
    meant = [named[chosen[0] - 1]] if chosen else named
    said = turn.amount_fen()
    fitting = [(title, one) for title, one in meant if said in _sums(one)]
    values = {"right": bool(fitting), "named": fitting or meant, "said": said}
    return Reply("choose.confirm_sum" if meant and said else "choose.nothing", values)


def _sums(option: Option) -> set[int]:
    """Every figure of an offer that a borrower may hold in their hand, in fen."""
    rows = {row.amount.fen for row in option.schedule}
    return rows | {option.total.fen, option.instalment.fen, option.total_cost.fen}


@answers("ask_offer_extra")
@signed_in
def offer_extra(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "加起来比现在多多少": what each offer comes to beside paying the same debt today."""
    if (terms := terms_wished(turn) or months_named(turn)) is not None:  # "12个月的总共多花多少"
        plan = _of_terms(turn, desk, borrower_id, terms)
        if plan is None:
            return Reply("offers.no_such_terms", {"missing": [terms]})
        return Reply("offers.extra", {"named": [_BesideToday.of("", plan)]})
    meant = _in_question(turn, desk, borrower_id)
    arranged = [pair for pair in meant if pair[1].tool not in AT_ANY_TIME]
    if not meant:
        return Reply("choose.nothing")
    beside = [_BesideToday.of(title, one) for title, one in arranged]
    return Reply("offers.extra" if beside else "offers.no_extra", {"named": beside})


@dataclass(frozen=True, slots=True)
class _BesideToday:
    """An offer, what the debt that it covers comes to today, and what is paid beyond that."""

    title: str
    option: Option
    today: Money
    more: Money
    less: Money

    @classmethod
    def of(cls, title: str, option: Option) -> _BesideToday:
        today = option.reaged + option.waived_total
        difference = option.total - today
        more, less = max(difference, Money.zero), max(Money.zero - difference, Money.zero)
        return cls(title, option, today, more, less)


@answers("ask_until_when")
@signed_in
def until_when(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "那要还多久": the last payment of the offer in question, else of each."""
    said = turn.entity("terms")
    plan = _of_terms(turn, desk, borrower_id, int(said)) if said and said.isdigit() else None
    if plan is not None:  # "24期的最后一期是哪天"
        return Reply("offers.until_when", {"named": [("", plan)]})
    named = _in_question(turn, desk, borrower_id)
    return Reply("offers.until_when" if named else "choose.nothing", {"named": named})


@answers("ask_dearest_month")
@signed_in
def dearest_month(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "哪个月要还的最多": the most of any month, what is not late yet included."""
    named = _in_question(turn, desk, borrower_id)
    spread = [pair for pair in named if len(pair[1].schedule) > 1]
    return Reply(
        "offers.dearest_month" if spread else "offers.no_months", {"named": spread or named}
    )


@answers("compare_terms")
@signed_in
def compare_terms(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "12期和24期差多少利息": two plans by their number of instalments, on the table or not."""
    said = {int(one) for one in turn.values("terms") if one.isdigit()} or all_months_named(turn)
    found = {terms: _of_terms(turn, desk, borrower_id, terms) for terms in sorted(said)}
    plans = [one for one in found.values() if one is not None]
    if len(said) != _PAIR:
        return the_answer("compare_offers")(turn, desk)
    if not plans:
        return Reply("offers.no_such_terms", {"missing": sorted(said)})
    first, last = plans[0], plans[-1]
    values = {
        "plans": plans,
        "missing": [terms for terms, one in found.items() if one is None],
        "dearer": max(last.total_cost - first.total_cost, Money.zero),
        "lighter": max(first.instalment - last.instalment, Money.zero),
    }
    return Reply("offers.by_terms", values)


def _of_terms(turn: Turn, desk: Desk, borrower_id: str, terms: int) -> Option | None:
    """The plan of so many instalments under the wishes so far; None where policy has none."""
    kept = {name: value for name, value in turn.wishes.items() if name not in _HOW_MUCH}
    asked = to_engine(kept | {"terms": terms})
    found = desk.engine.negotiation.preview(borrower_id, asked, turn.today).options
    return next((one for one in found if one.terms == terms and len(one.schedule) > 1), None)


@answers("ask_why_no_parts")
@signed_in
def why_no_parts(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "为什么不能分期": the reason that policy gives; that it can be done, where it can."""
    kept = {name: value for name, value in turn.wishes.items() if name not in _HOW_MUCH}
    proposal = proposal_for(desk, borrower_id, kept | {"terms": dialogue().terms_tried})
    if any(len(one.schedule) > 1 for one in proposal.options):
        return the_answer("explain_offers")(turn, desk)
    why = [one for one in proposal.reasons if one.code is ReasonCode.TOOL_NOT_OFFERED]
    wanted = any(one.code is ReasonCode.HARDSHIP_WANTED for one in proposal.reasons)
    buttons = ("lost_job", "less_income", "ill") if wanted else ("person",)
    values = {"reasons": why, "hint": wanted, "proposal": proposal}
    return Reply("offers.no_parts", values, buttons=buttons)


def _in_question(turn: Turn, desk: Desk, borrower_id: str) -> list[tuple[str, Option]]:
    """The offer that is named or was chosen; else all that are on the table."""
    proposal = proposal_for(desk, borrower_id, turn.wishes)
    named = list(zip(titles(proposal, desk), proposal.options, strict=True))
    number = offer_named(turn.text)
    number = len(named) if number == LAST else number
    if number is not None and 1 <= number <= len(named):
        return [named[number - 1]]
    chosen = find(proposal, turn.slots.get(memory.CHOSEN))
    return [named[chosen[0] - 1]] if chosen else named
