"""Which accounts of a borrower an answer is about. Nothing here computes a figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from account_engine.domain.state import AccountState, BorrowerState, RecallStage
from actions.conversation.turn import Turn
from actions.knowledge.conduct import dialogue
from actions.knowledge.figure_words import figure_words

OPEN_RECALL = frozenset({RecallStage.WARNED, RecallStage.NOTICED, RecallStage.EFFECTIVE})


def by_id(found: Iterable[AccountState]) -> Mapping[str, AccountState]:
    """Accounts by their id."""
    return {one.account_id: one for one in found}


def called_in_by(found: Iterable[AccountState], on: date) -> tuple[tuple[AccountState, date], ...]:
    """Accounts of which all is demanded on that day unless paid up, with the last day for it."""
    return tuple(
        (one, one.recall.effective_on - timedelta(days=1))
        for one in found
        if one.recall.stage is RecallStage.NOTICED
        and one.recall.effective_on is not None
        and one.recall.effective_on <= on
    )


def names(state: BorrowerState) -> Mapping[str, str]:
    """Display name by account id; with the lender where two accounts share a name."""
    shown = [account.display_name for account in state.accounts]
    return {
        account.account_id: (
            account.display_name
            if shown.count(account.display_name) == 1
            else f"{account.display_name}（{account.lender_name}）"
        )
        for account in state.accounts
    }


def asked(turn: Turn, state: BorrowerState) -> tuple[AccountState, ...]:
    """The accounts of the product named in the message, or all of them."""
    wanted, left_out = _named(turn)
    found = tuple(account for account in state.accounts if _is_one_of(account, wanted))
    others = tuple(one for one in state.accounts if not _is_one_of(one, left_out))
    return found or others or state.accounts


def _named(turn: Turn) -> tuple[frozenset[str], frozenset[str]]:
    """The products asked about, and those left out: "先不管花呗，把借呗的弄完要多少"."""
    named = [one for one in turn.entities if one.kind == "product"]
    words = figure_words().left_out
    behind = figure_words().left_for_now
    left_out = {
        one.value
        for one in named
        if words.search(turn.text[: one.start]) or (one.end and behind.match(turn.text, one.end))
    }
    return frozenset(one.value for one in named) - left_out, frozenset(left_out)


def missing(turn: Turn, state: BorrowerState) -> tuple[str, ...]:
    """Products named in the message (NLU ids), when the borrower has an account of none of them."""
    wanted = tuple(dict.fromkeys(turn.values("product")))
    held = any(_is_one_of(account, wanted) for account in state.accounts)
    return () if held else absent(turn, state)


def late_and_held(turn: Turn, state: BorrowerState) -> tuple[AccountState, ...]:
    """What is late of that which was asked about; nothing where a product named is not held."""
    return () if missing(turn, state) else overdue(asked(turn, state))


def of_another_lender(turn: Turn, state: BorrowerState) -> bool:
    """Whether a product is named that is not in the books, and that another lender offers."""
    named = missing(turn, state)
    return bool(named) and dialogue().lenders_elsewhere.issuperset(named)


def absent(turn: Turn, state: BorrowerState) -> tuple[str, ...]:
    """Each product named in the message (NLU ids) that the borrower has no account of."""
    return tuple(
        value
        for value in dict.fromkeys(turn.values("product"))
        if value in dialogue().products_kept
        and not any(_is_one_of(account, (value,)) for account in state.accounts)
    )


def products(state: BorrowerState) -> frozenset[str]:
    """NLU ids of the products that the borrower has."""
    return frozenset(account.product_id.removesuffix("_like") for account in state.accounts)


def _is_one_of(account: AccountState, wanted: Iterable[str]) -> bool:
    labels = {account.display_name, account.brand, account.product_id}
    labels.add(account.product_id.removesuffix("_like"))
    return any(value in labels for value in wanted)


def overdue(accounts: Iterable[AccountState]) -> tuple[AccountState, ...]:
    return tuple(account for account in accounts if account.dpd > 0)


def recalled(accounts: Iterable[AccountState]) -> tuple[AccountState, ...]:
    """Accounts that were warned, noticed or demanded in full."""
    return tuple(account for account in accounts if account.recall.stage in OPEN_RECALL)
