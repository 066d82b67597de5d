"""A rate that somebody names, beside the most that all charges together may come to."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from account_engine.domain.terms import ProductKind, ProductTerms
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.named_rate import NamedRate, named_rate
from actions.conversation.reply import Reply
from actions.conversation.topic import asked_as, with_own_line
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
from actions.topics.supposition import newest_terms


def with_a_word_on_the_rate(reply: Reply, turn: Turn, desk: Desk) -> Reply:
    """`reply` after a word on a rate that is named and is above the cap; else as it is."""
    named = named_rate(turn)
    values = _compared(named, newest_terms(turn.entity("product"), desk))
    if not values.get("above") or reply.lead is not None:
        return reply
    return reply.changed(lead="interest.above_cap", values={**reply.values, **values})


@answers("ask_rate_allowed")
def rate_allowed(turn: Turn, desk: Desk) -> Reply:
    """ "日息万分之八合法吗", "说一天收百分之一，真的吗": by the year, and beside the cap."""
    return _beside_the_cap(turn, desk) or asked_as("ask_interest_rate")(turn, desk)


def above_the_cap(turn: Turn, desk: Desk) -> Reply | None:
    """The same of a rate that is above it, with which nothing is reckoned; None for others."""
    found = _beside_the_cap(turn, desk)
    return found if found is not None and found.values["above"] else None


def _beside_the_cap(turn: Turn, desk: Desk) -> Reply | None:
    named, terms = named_rate(turn), newest_terms(turn.entity("product"), desk)
    values = _compared(named, terms)
    if named is None or terms is None or not values:
        return None
    asks_penalty = named.of_penalty or bool(figure_words().being_late.search(turn.text))
    usual = _penalty_a_day(terms) if asks_penalty else None
    told = Reply("interest.allowed", {**values, "product": terms.display_name, "usual": usual})
    return with_own_line(told, turn, desk)


def _compared(named: NamedRate | None, terms: ProductTerms | None) -> dict[str, Any]:
    """Both rates by the year; nothing where none is named or the terms have no cap."""
    if named is None or terms is None or terms.cap.annual is None:
        return {}
    return {
        "per": figure_words().unit_of[named.times],
        "rate": named.share,
        "yearly": named.yearly,
        "most": terms.cap.annual,
        "above": named.yearly > terms.cap.annual,
    }


def _penalty_a_day(terms: ProductTerms) -> Decimal | None:
    """The daily penalty rate where the terms fix one; None where the contract's price decides."""
    return terms.penalty.daily_rate if terms.kind is ProductKind.REVOLVING else None
