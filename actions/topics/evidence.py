"""The details and the sources of the answer before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import AccountState
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.cards import clause_words, quote_card, sources_card
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.signing_in import sign_in_first
from actions.conversation.topic import TopicAction
from actions.conversation.turn import Turn
from actions.knowledge.clauses import clauses_of_topic, read_clause
from actions.renderer.renderer import About
from actions.topics.amount import amount_due
from actions.topics.supposition import newest_terms

Json = dict[str, Any]

_LINES_SHOWN = 40
_CLAUSES_IN_WORDS = 4  # more of them are named in the text, and read in the card


class ActionEvidence(TopicAction):
    """ask_details, ask_source."""

    topic = "evidence"


@answers("ask_source")
def source(turn: Turn, desk: Desk) -> Reply:
    """Facts and clauses behind the last answer."""
    memory = turn.remembered()
    facts = desk.facts.find(memory.get("facts") or ())
    clauses = tuple(memory.get("clauses") or ()) or _of_the_topic(turn, desk)
    if not facts and not clauses:
        return Reply("evidence.nothing")
    terms = _terms_rows(clauses, desk)
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
        {"facts": rows, "clauses": terms, "in_words": len(terms) <= _CLAUSES_IN_WORDS},
        card=sources_card([*rows, *(_card_row(row) for row in terms if row["source"])]),
        details=memory.get("details"),
        clauses=clauses,
        keep_facts=tuple(memory.get("facts") or ()),
    )


def _of_the_topic(turn: Turn, desk: Desk) -> tuple[str, ...]:
    """The clauses behind the topic of the last answer: of the product it was about, else one's own.

    A product that the borrower has is read from the contract, any other from its newest terms.
    """
    memory = turn.remembered()
    topic = str(memory.get("topic") or "")
    named = tuple(map(str, memory.get("products") or ()))
    held: tuple[AccountState, ...] = ()
    if turn.borrower_id is not None:
        held = desk.engine.state(turn.borrower_id).accounts
    own = [one.terms for one in held]
    if not named:
        return clauses_of_topic(topic, own)
    found = [one for one in own if one.product_id.removesuffix("_like") in named]
    newest = (newest_terms(product, desk) for product in named)
    return clauses_of_topic(topic, found or [one for one in newest if one is not None])


def _terms_rows(clauses: Iterable[str], desk: Desk) -> list[Json]:
    """Clauses in the borrower's words, each name once."""
    found: dict[str, Json] = {}
    for clause in clauses:
        read = read_clause(clause, desk.engine.products)
        name = clause_words(clause, desk.renderer.labels, "clause")
        found.setdefault(
            name,
            {"name": name, "text": read.text, "source": read.source, "confidence": read.confidence},
        )
    return list(found.values())


def _card_row(row: Json) -> Json:
    """A clause as a row of the card of sources."""
    statement = f"{row['name']}：{row['text']}" if row["text"] else row["name"]
    return {
        "statement": statement,
        "source": row["source"],
        "confidence": row["confidence"],
        "valid_from": None,
        "review_on": None,
    }


def further(turn: Turn, desk: Desk) -> Reply | None:
    """What stands behind the last answer and was not said in it; None where nothing is kept."""
    kept = tuple(turn.remembered().get("facts") or ())
    if not kept:
        return None
    said = [fact.said_on(turn.today) for fact in desk.facts.find(kept)]
    unsaid = [one for one in said if one not in turn.last_bot_text]
    if not unsaid:
        return Reply("details.all_said", keep_facts=kept)
    return Reply("details.further", {"statements": unsaid}, keep_facts=kept)


@answers("ask_details", "ask_itemised")
def details(turn: Turn, desk: Desk) -> Reply:
    """The itemised lines behind the last figure, as they are today; else the rule at length."""
    memory = turn.remembered()
    if memory.get("more"):
        named = frozenset(map(str, memory.get("products") or ()))
        return Reply(str(memory["more"]), {"about": About(named)})
    if turn.borrower_id is None:
        return further(turn, desk) or sign_in_first(desk)
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
