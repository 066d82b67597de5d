"""The terms behind an answer: what a clause says, where it comes from and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from account_engine.catalogue.products import Products, UnknownProduct
from account_engine.domain.terms import ProductTerms

# The clauses that a topic of replies rests on, where the answer itself names none.
_OF_A_TOPIC: Mapping[str, tuple[str, ...]] = {
    "penalty": ("penalty", "compounding", "cap", "cap_total"),
    "minimum": ("minimum",),
    "interest": ("interest",),
    "instalment_fee": ("fee",),
    "early": ("prepayment",),
    "partial": ("allocation", "designation"),
    "priority": ("allocation", "designation"),
    "credit": ("credit_report", "no_report"),
    "repair": ("credit_report", "no_report"),
    "recall": ("recall",),
}


@dataclass(frozen=True, slots=True)
class TermsClause:
    """A clause of the terms that a contract was signed under.

    Attributes:
        clause: its id, `huabei_like@1#penalty`.
        text: its wording, without a final stop; None where the terms have none.
        source, confidence: of the parameter that it puts into words; None for what is no parameter.
    """

    clause: str
    text: str | None
    source: str | None
    confidence: str | None


def clauses_of_topic(topic: str, terms: Iterable[ProductTerms]) -> tuple[str, ...]:
    """The clauses behind a topic in some contracts, as far as these have wording for them."""
    rules = _OF_A_TOPIC.get(topic, ())
    found = [one.clause(rule) for one in terms for rule in rules if one.clause_text(rule)]
    return tuple(dict.fromkeys(found))


def read_clause(clause: str, products: Products) -> TermsClause:
    """What a clause says; only its id where its terms are no longer there."""
    product, _, rule = clause.partition("#")
    name, _, version = product.partition("@")
    try:
        terms = products.terms(name, int(version))
    except (UnknownProduct, ValueError):
        return TermsClause(clause, None, None, None)
    text, found = terms.clause_text(rule), terms.source_of_clause(rule)
    return TermsClause(
        clause,
        text.rstrip("。") if text else None,
        _with_note(found.source, found.note) if found else None,
        found.confidence.value if found else None,
    )


def _with_note(source: str, note: str) -> str:
    return f"{source}；{note}" if note else source
