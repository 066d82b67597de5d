"""Which ways out of a debt there are, asked of the engine before any of them is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from account_engine.domain.money import Money
from account_engine.domain.negotiation.option import Option, ReasonCode
from account_engine.domain.negotiation.policy import Tool
from account_engine.domain.quote import QuoteKind
from actions.conversation.desk import Desk
from actions.knowledge.conduct import dialogue
from actions.negotiation.offers import proposal_for

_INSTALMENTS = frozenset({Tool.ARREARS_INSTALMENT, Tool.REAGE, Tool.BILL_INSTALMENT})
_ABOUT_THE_CASE = ("scope", "hardship")


@dataclass(frozen=True, slots=True)
class Ways:
    """What policy has for a borrower today.

    Attributes:
        instalments: in so many rows, whoever has to approve it.
        approval: a person decides on every such offer.
        later: the whole on one later day.
        least: what keeps the account from being late, where a minimum does; zero elsewhere.
        hardship_wanted: a hardship that was not told may open more.
    """

    instalments: bool
    approval: bool
    later: bool
    least: Money
    hardship_wanted: bool


def _asked() -> tuple[Mapping[str, Any], ...]:
    """Wishes that each ask for one kind of way, so that it is offered wherever policy has it."""
    tried = dialogue()
    return {}, {"extension_days": tried.extension_days_tried}, {"terms": tried.terms_tried}


def ways(desk: Desk, borrower_id: str, wishes: Mapping[str, Any], ids: Iterable[str]) -> Ways:
    """The ways on these accounts, given the hardship and the scope among the wishes."""
    case = {name: wishes[name] for name in _ABOUT_THE_CASE if name in wishes}
    proposals = [proposal_for(desk, borrower_id, {**case, **one}) for one in _asked()]
    options: list[Option] = [option for one in proposals for option in one.options]
    instalments = [option for option in options if option.tool in _INSTALMENTS]
    least = Money.zero
    if any(option.tool is Tool.PAY_MINIMUM for option in options):
        least = desk.engine.quote(borrower_id, QuoteKind.MINIMUM, account_ids=tuple(ids)).total
    return Ways(
        instalments=bool(instalments),
        approval=all(option.needs_approval for option in instalments),
        later=any(option.tool is Tool.EXTENSION for option in options),
        least=least,
        hardship_wanted=any(
            reason.code is ReasonCode.HARDSHIP_WANTED for one in proposals for reason in one.reasons
        ),
    )


def only_for_a_reason(desk: Desk, borrower_id: str, wishes: Mapping[str, Any]) -> bool:
    """Whether there are no instalments as things stand, and a hardship that was told may help."""
    case = {name: wishes[name] for name in _ABOUT_THE_CASE if name in wishes}
    proposal = proposal_for(desk, borrower_id, {**case, "terms": dialogue().terms_tried})
    wanted = any(reason.code is ReasonCode.HARDSHIP_WANTED for reason in proposal.reasons)
    return wanted and not any(option.tool in _INSTALMENTS for option in proposal.options)
