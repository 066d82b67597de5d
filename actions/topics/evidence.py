"""The details and the sources of the answer before."""

from __future__ import annotations

from datetime import date

from account_engine.domain.quote import QuoteKind
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.cards import clause_words, quote_card, sources_card
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import TopicAction
from actions.conversation.turn import Turn
from actions.renderer.renderer import About
from actions.topics.amount import amount_due, sign_in_first

_LINES_SHOWN = 40


class ActionEvidence(TopicAction):
    """ask_details, ask_source."""

    topic = "evidence"


@answers("ask_source")
def source(turn: Turn, desk: Desk) -> Reply:
    """Facts and clauses behind the last answer."""
    memory = turn.remembered()
    facts = desk.facts.find(memory.get("facts") or ())
    clauses = [
        clause_words(clause, desk.renderer.labels, "clause")
        for clause in memory.get("clauses") or ()
    ]
    if not facts and not clauses:
        return Reply("evidence.nothing")
    rows = [
        {
            "statement": fact.said_on(turn.today),
            "source": fact.source,
            "confidence": fact.confidence.value,
            "valid_from": fact.valid_from.isoformat() if fact.valid_from else None,
            "review_on": fact.review_on.isoformat(),
        }
        for fact in facts
    ]
    return Reply(
        "evidence.sources",
        {"facts": rows, "clauses": tuple(dict.fromkeys(clauses))},
        card=sources_card(rows),
        details=memory.get("details"),
        clauses=tuple(memory.get("clauses") or ()),
        keep_facts=tuple(memory.get("facts") or ()),
    )


@answers("ask_details")
def details(turn: Turn, desk: Desk) -> Reply:
    """The itemised lines behind the last figure, as they are today; else the rule at length."""
    memory = turn.remembered()
    if memory.get("more"):
        named = frozenset(map(str, memory.get("products") or ()))
        return Reply(str(memory["more"]), {"about": About(named)})
    if turn.borrower_id is None:
        return sign_in_first(desk)
    wanted = str(memory.get("details") or "quote:due_now")
    what, _, rest = wanted.partition(":")
    if what != "quote":
        return amount_due(turn, desk)
    kind, _, day = rest.partition(":")
    as_of = date.fromisoformat(day) if day else None
    quote = desk.engine.quote(turn.borrower_id, QuoteKind(kind), as_of)
    if not quote.items:
        return amount_due(turn, desk)
    names, labels = accounts.names(desk.engine.state(turn.borrower_id)), desk.renderer.labels
    return Reply(
        "details.quote",
        {"quote": quote, "items": quote.items[:_LINES_SHOWN], "names": names},
        card=quote_card(quote, names, labels, labels["card"]["amount_due"]),
        details=wanted,
        clauses=tuple(dict.fromkeys(item.clause for item in quote.items)),
    )
