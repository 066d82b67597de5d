"""Hardships that are sensitive personal data need a consent of their own (个人信息保护法 29)."""

from __future__ import annotations

from datetime import date

import pytest

from account_engine.domain.events import EventKind
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.domain.payloads import HardshipKind, ProofState
from account_engine.services.consent import ConsentIncomplete, ConsentNeeded, UnknownConsent
from account_engine.services.negotiation import Negotiation
from account_engine.services.offers import wishes_of
from tests.unit.negotiation.debts import demo_policy
from tests.unit.negotiation.late_loan import BORROWER, NOON, at, kinds, late_loan, state_of
from tests.unit.negotiation.memory_store import MemoryStore

TODAY = NOON.date()
ILLNESS = HardshipKind.ILLNESS


@pytest.fixture
def store() -> MemoryStore:
    return late_loan()


@pytest.fixture
def desk(store: MemoryStore) -> Negotiation:
    return Negotiation(store, demo_policy())


def consent(desk: Negotiation, hardship: HardshipKind = ILLNESS) -> str:
    event = desk.give_consent(BORROWER, hardship, "sensitive_hardship@1", "message/42", NOON)
    return event.event_id


def test_an_ordinary_hardship_is_recorded_and_proof_asked_for(
    desk: Negotiation, store: MemoryStore
) -> None:
    receipt = desk.declare_hardship(BORROWER, HardshipKind.UNEMPLOYMENT, NOON)
    assert not receipt.sensitive
    assert receipt.proof_due == date(2026, 12, 6)  # fifteen days
    assert [paper.code for paper in receipt.documents] == list(receipt.proofs)
    assert receipt.documents[1].label == "失业登记证明（失业证明）"
    (hardship,) = state_of(store, TODAY).hardships
    assert (hardship.hardship, hardship.proof) == (HardshipKind.UNEMPLOYMENT, ProofState.ASKED)


@pytest.mark.parametrize(
    "hardship",
    [ILLNESS, HardshipKind.DISABILITY, HardshipKind.BEREAVEMENT, HardshipKind.IMPRISONMENT],
)
def test_a_sensitive_hardship_is_not_recorded_without_a_consent(
    desk: Negotiation, store: MemoryStore, hardship: HardshipKind
) -> None:
    with pytest.raises(ConsentNeeded) as error:
        desk.declare_hardship(BORROWER, hardship, NOON)
    assert error.value.field == "consent"
    with pytest.raises(ConsentNeeded):
        desk.declare_hardship(BORROWER, hardship, NOON, consent="consent-made-up")
    assert EventKind.HARDSHIP_DECLARED not in kinds(store)


def test_with_a_consent_it_is_and_names_it(desk: Negotiation, store: MemoryStore) -> None:
    consent_id = consent(desk)
    receipt = desk.declare_hardship(BORROWER, ILLNESS, NOON, consent=consent_id)
    assert receipt.event.payload.consent_id == consent_id
    assert (receipt.sensitive, receipt.proof_due) == (True, date(2026, 12, 21))  # thirty days
    (hardship,) = state_of(store, TODAY).hardships
    assert hardship.hardship is ILLNESS


def test_a_consent_is_for_one_kind_only(desk: Negotiation) -> None:
    consent_id = consent(desk)
    with pytest.raises(ConsentNeeded):
        desk.declare_hardship(BORROWER, HardshipKind.DISABILITY, NOON, consent=consent_id)


def test_saying_yes_twice_is_one_consent(desk: Negotiation, store: MemoryStore) -> None:
    assert consent(desk) == consent(desk)
    assert kinds(store).count(EventKind.CONSENT_GIVEN) == 1


def test_a_consent_taken_back_no_longer_counts(desk: Negotiation, store: MemoryStore) -> None:
    first = consent(desk)
    desk.withdraw_consent(BORROWER, first, at(TODAY, 13))
    with pytest.raises(ConsentNeeded):
        desk.declare_hardship(BORROWER, ILLNESS, NOON, consent=first)
    with pytest.raises(UnknownConsent):
        desk.withdraw_consent(BORROWER, first, at(TODAY, 13))
    again = consent(desk)
    assert again != first
    desk.declare_hardship(BORROWER, ILLNESS, at(TODAY, 14), consent=again)


@pytest.mark.parametrize(
    ("statement", "evidence", "field"), [(" ", "message/42", "statement"), ("s@1", "", "evidence")]
)
def test_a_consent_has_evidence(
    desk: Negotiation, statement: str, evidence: str, field: str
) -> None:
    with pytest.raises(ConsentIncomplete) as error:
        desk.give_consent(BORROWER, ILLNESS, statement, evidence, NOON)
    assert error.value.field == field


def test_an_offer_keeps_nothing_sensitive_without_a_consent(
    desk: Negotiation, store: MemoryStore
) -> None:
    wishes = Wishes(terms=3, first_date=date(2026, 12, 1), hardship=ILLNESS)
    proposal = desk.propose(BORROWER, wishes, NOON)
    # The hardship opens the same offers as any other.
    other = Wishes(terms=3, first_date=date(2026, 12, 1), hardship=HardshipKind.OTHER)
    assert proposal == desk.propose(BORROWER, other, NOON)
    kept = {wishes_of(offer).hardship for offer in store.tables.offers.values()}
    assert kept == {HardshipKind.OTHER}
    consent(desk)
    named = desk.propose(BORROWER, wishes, NOON).options[0]
    assert wishes_of(store.tables.offers[named.offer_id]).hardship is ILLNESS
