"""One kind of deal beside another: a later day against parts, each at its cheapest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from account_engine.domain.money import Money
from account_engine.domain.negotiation.option import Option
from account_engine.domain.negotiation.policy import Tool
from account_engine.domain.state import AccountState
from actions.conversation import accounts
from actions.conversation.answering import answers, by_intent
from actions.conversation.desk import Desk
from actions.conversation.periods import days_of
from actions.conversation.reply import Reply
from actions.conversation.signing_in import signed_in
from actions.conversation.turn import Turn
from actions.negotiation.lexicon import hearing_lexicon
from actions.negotiation.offers import proposal_for
from actions.negotiation.relative import offered_terms
from actions.negotiation.wishes import EXTENSION_FROM
from actions.topics.tomorrow import tomorrow

_WHATEVER_THE_DEAL = frozenset({"scope", "hardship"})
_ONLY_IN_PARTS = frozenset({"monthly", "terms", "down_payment", "first_date", "day_of_month"})
_A_WEEK = 7


@answers("compare_deals")
@signed_in
def compare_deals(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "和延期比哪个便宜": what each adds to the debt, or that it is not to be had."""
    wishes = turn.wishes
    later = _later(turn, desk, borrower_id, wishes)
    parts = _parts(turn, desk, borrower_id, wishes)
    both = [one for one in (later, parts) if one is not None]
    values = {
        "later": later,
        "parts": parts,
        "cheaper": min(both, key=lambda one: one.total_cost.fen) if len(both) > 1 else None,
        "same": len({one.total_cost for one in both}) == 1,
    }
    return Reply("offers.two_deals", values, buttons=())


@answers("ask_later_price")
def later_price(turn: Turn, desk: Desk) -> Reply:
    """ "推了要不要钱": what the later day adds; how to get one, where there is none."""
    if turn.borrower_id is None:
        return by_intent(replace(turn, intent=None), desk, "extension.cost")
    each = _each_later(turn, desk, turn.borrower_id)
    if len(each) > 1 and hearing_lexicon().all_of_them.search(turn.text):
        together = Money.total(one.total_cost for _, one in each)
        return Reply("extension.price_each", {"each": each, "together": together})
    late = accounts.overdue(accounts.asked(turn, desk.engine.state(turn.borrower_id)))
    values = {
        "later": _later(turn, desk, turn.borrower_id, turn.wishes),
        "a_day": tomorrow(desk, turn.borrower_id, late).more,
    }
    return Reply("extension.price", values)


def _each_later(turn: Turn, desk: Desk, borrower_id: str) -> list[tuple[AccountState, Option]]:
    """The later day of every account that may have one, each by itself."""
    wishes = {name: turn.wishes[name] for name in turn.wishes if name == "hardship"}
    found = []
    for account in desk.engine.state(borrower_id).accounts:
        alone = {**wishes, "scope": [account.account_id], **_until(turn, account)}
        if (later := _later(turn, desk, borrower_id, alone)) is not None:
            found.append((account, later))
    return found


def _until(turn: Turn, account: AccountState) -> dict[str, Any]:
    """ "两个都延到30号": so many days after what falls due on that account."""
    on = turn.coming_date()
    days = (on - account.next_due).days if on and account.next_due else 0
    return {"extension_days": days} if days > 0 else {}


def _later(turn: Turn, desk: Desk, borrower_id: str, wishes: Mapping[str, Any]) -> Option | None:
    kept = {name: wishes[name] for name in wishes if name in _WHATEVER_THE_DEAL}
    said = days_of(turn.entity("duration")) or wishes.get("extension_days") or _A_WEEK
    if EXTENSION_FROM in wishes:
        kept[EXTENSION_FROM] = wishes[EXTENSION_FROM]
    found = proposal_for(desk, borrower_id, {**kept, "extension_days": said}).options
    return next((one for one in found if one.tool is Tool.EXTENSION), None)  # nearest the wish


def _parts(turn: Turn, desk: Desk, borrower_id: str, wishes: Mapping[str, Any]) -> Option | None:
    asked = {name: wishes[name] for name in wishes if name in _WHATEVER_THE_DEAL | _ONLY_IN_PARTS}
    said = turn.entity("terms")
    if said and said.isdigit():
        asked = {**asked, "terms": int(said)}
        asked.pop("monthly", None)
    if not asked.keys() & {"terms", "monthly"}:
        proposal = proposal_for(desk, borrower_id, asked)
        offered = offered_terms(desk.engine.negotiation.policy, proposal)
        asked |= {"terms": offered[len(offered) // 2]} if offered else {}
    found = proposal_for(desk, borrower_id, asked).options
    return _cheapest(one for one in found if len(one.schedule) > 1)


def _cheapest(found: Iterable[Option]) -> Option | None:
    return min(found, key=lambda one: one.total_cost.fen, default=None)
