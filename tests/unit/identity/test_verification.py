"""One-time codes: the way in, and the limits on asking and trying."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from identity.errors import ChallengeUnknown, CodeWrong, VerificationLocked
from identity.service import IdentityService
from identity.verification import PhoneInvalid, Started, Verification


class Outbox:
    """A sender that keeps what it was given."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, int]] = []

    def send(self, phone: str, code: str, minutes: int) -> None:
        self.sent.append((phone, code, minutes))


@pytest.fixture
def outbox() -> Outbox:
    return Outbox()


@pytest.fixture
def verification(service: IdentityService, outbox: Outbox) -> Verification:
    return Verification(service.database, service.session_ring, service.directory, outbox)


def wrong(started: Started) -> str:
    return "000000" if started.code != "000000" else "000001"


def test_the_right_code_proves_the_borrower_once(
    verification: Verification, outbox: Outbox, now: datetime
) -> None:
    started = verification.start("web-1", "138-0000-0001", now)
    verification.deliver(started)
    ((phone, code, minutes),) = outbox.sent
    assert (phone, minutes) == ("13800000001", 5)
    claim = verification.finish("web-1", started.challenge, code, now)
    assert (claim.borrower_id, claim.display_name) == ("zhang", "张先生")
    with pytest.raises(ChallengeUnknown):
        verification.finish("web-1", started.challenge, code, now)


def test_a_code_is_good_for_five_minutes(verification: Verification, now: datetime) -> None:
    started = verification.start("web-1", "13800000001", now)
    with pytest.raises(ChallengeUnknown):
        verification.finish(
            "web-1", started.challenge, str(started.code), now + timedelta(minutes=5)
        )


def test_another_conversation_cannot_use_the_challenge(
    verification: Verification, now: datetime
) -> None:
    started = verification.start("web-1", "13800000001", now)
    with pytest.raises(ChallengeUnknown):
        verification.finish("web-2", started.challenge, str(started.code), now)


def test_five_wrong_codes_lock_the_phone_for_a_quarter_of_an_hour(
    verification: Verification, now: datetime
) -> None:
    started = verification.start("web-1", "13800000001", now)
    left = []
    for _ in range(4):
        with pytest.raises(CodeWrong) as refused:
            verification.finish("web-1", started.challenge, wrong(started), now)
        left.append(refused.value.tries_left)
    assert left == [4, 3, 2, 1]
    with pytest.raises(VerificationLocked) as locked:
        verification.finish("web-1", started.challenge, wrong(started), now)
    assert locked.value.until == now + timedelta(minutes=15)
    # The right code comes too late, and from another conversation there is no way around.
    with pytest.raises(ChallengeUnknown):
        verification.finish("web-1", started.challenge, str(started.code), now)
    with pytest.raises(VerificationLocked):
        verification.start("web-2", "13800000001", now + timedelta(minutes=14))
    assert verification.start("web-2", "13800000001", now + timedelta(minutes=15)).code


def test_wrong_codes_count_over_several_challenges(
    verification: Verification, now: datetime
) -> None:
    # Asking for a new code after two wrong ones does not give five fresh tries: 2 + 3 = 5.
    first = verification.start("web-1", "13800000001", now)
    for _ in range(2):
        with pytest.raises(CodeWrong):
            verification.finish("web-1", first.challenge, wrong(first), now)
    second = verification.start("web-1", "13800000001", now)
    for _ in range(3):
        with pytest.raises(CodeWrong):
            verification.finish("web-1", second.challenge, wrong(second), now)
    with pytest.raises(VerificationLocked):
        verification.finish("web-1", second.challenge, str(second.code), now)


def test_five_codes_an_hour_and_no_more(verification: Verification, now: datetime) -> None:
    for number in range(5):
        verification.start("web-1", f"1380000010{number}", now)
    with pytest.raises(VerificationLocked) as locked:
        verification.start("web-1", "13800000109", now + timedelta(minutes=30))
    assert locked.value.until == now + timedelta(hours=1)


def test_a_phone_that_nobody_has_is_answered_alike(
    verification: Verification, outbox: Outbox, now: datetime
) -> None:
    started = verification.start("web-1", "13999999999", now)
    verification.deliver(started)
    assert outbox.sent == []
    assert started.code is None
    assert started.challenge
    with pytest.raises(CodeWrong) as refused:
        verification.finish("web-1", started.challenge, "123456", now)
    assert refused.value.tries_left == 4


@pytest.mark.parametrize("phone", ["", "12345", "23800000001", "138000000011", "手机号"])
def test_not_a_phone(verification: Verification, now: datetime, phone: str) -> None:
    with pytest.raises(PhoneInvalid):
        verification.start("web-1", phone, now)


def test_full_width_digits_are_digits(verification: Verification, now: datetime) -> None:
    started = verification.start("web-1", "１３８０００００００１", now)
    with pytest.raises(ChallengeUnknown):
        verification.finish("web-2", started.challenge, str(started.code), now)
    typed = str(started.code).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert verification.finish("web-1", started.challenge, typed, now).borrower_id == "zhang"


def test_the_database_knows_neither_phone_nor_code(
    service: IdentityService, verification: Verification, now: datetime
) -> None:
    started = verification.start("web-1", "13800000001", now)
    with service.database.read() as connection:
        rows = connection.exec_driver_sql("select * from verification_challenges").all()
    assert "13800000001" not in str(rows)
    assert str(started.code) not in str([row.code_digest for row in rows])
