"""Products with parameters set otherwise, and what to look at afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from account_engine.domain.events import Event
from account_engine.domain.quote import QuoteKind
from account_engine.domain.quotes import quote
from account_engine.domain.state import AccountState, BorrowerState
from account_engine.domain.terms import Contract
from account_engine.services.plain_values import override
from tests.unit.engine.histories import PRODUCTS, contract, state_of

Probe = Callable[[BorrowerState], str]


def total(kind: QuoteKind) -> Probe:
    """The total of a quote, in yuan."""
    return lambda state: quote(state, kind).total.yuan_text


def fact(read: Callable[[AccountState], object]) -> Probe:
    """Something of the only account."""
    return lambda state: str(read(state.accounts[0]))


Case = tuple[str, dict[str, Any], Sequence[Event], str, Probe, str, str]
"""Product, what is set otherwise, history, day, what to look at; as shipped, and otherwise."""


def set_otherwise(product: str, changes: dict[str, Any]) -> Contract:
    """A contract under the product's terms with changes, read as a scenario's are."""
    return contract(override(PRODUCTS.latest(product), changes, "terms"))


def found_before_and_after(case: Case) -> tuple[str, str]:
    """What there is to see under the product as shipped, and with the parameter set otherwise."""
    product, changes, events, as_of, probe, _, _ = case
    both = (contract(product), set_otherwise(product, changes))
    shipped, changed = (probe(state_of([one], events, as_of)) for one in both)
    return shipped, changed
