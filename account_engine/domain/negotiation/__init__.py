"""Negotiation: what may be agreed with a borrower who cannot pay as the contract says.

`propose` answers a request; everything it returns is codes and exact figures. `DebtPosition` is
what it works on, `Policy` what it may grant. See `docs/negotiation.md`.
"""

from account_engine.domain.negotiation.errors import Fault, InvalidWish
from account_engine.domain.negotiation.option import (
    ApprovalCause,
    Character,
    Option,
    PlanRow,
    Proposal,
    Reason,
    ReasonCode,
    Verdict,
)
from account_engine.domain.negotiation.policy import Policy, Tool
from account_engine.domain.negotiation.position import AccountPosition, DebtPosition, Upcoming
from account_engine.domain.negotiation.proposal import propose
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.domain.payloads import HardshipKind

__all__ = [
    "AccountPosition",
    "ApprovalCause",
    "Character",
    "DebtPosition",
    "Fault",
    "HardshipKind",
    "InvalidWish",
    "Option",
    "PlanRow",
    "Policy",
    "Proposal",
    "Reason",
    "ReasonCode",
    "Tool",
    "Upcoming",
    "Verdict",
    "Wishes",
    "propose",
]
