"""Who is behind a sender id, over the life of a session."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from identity.errors import (
    OtherBorrower,
    SessionExpired,
    SessionUnknown,
    TokenForged,
    TokenReplayed,
)
from identity.model import BorrowerClaim, IdentityState, SignInMethod
from identity.service import IdentityService
from identity.store.security import list_events
from identity.tokens import make_host_token

ZHANG = BorrowerClaim("zhang", "张先生", SignInMethod.DEMO_CHOICE)
LI = BorrowerClaim("li", "李先生", SignInMethod.DEMO_CHOICE)


def host_token(service: IdentityService, borrower: str, now: datetime) -> str:
    settings = service.settings
    return make_host_token(
        borrower,
        service._host_ring,
        audience=settings.host_audience,
        issuer=settings.host_issuer,
        life=timedelta(minutes=5),
        now=now,
    )


def test_an_unknown_sender_is_anonymous(service: IdentityService, now: datetime) -> None:
    identity = service.current("never-seen", now)
    assert identity.state is IdentityState.ANONYMOUS
    assert identity.borrower_id is None


def test_sender_ids_are_128_random_bits(service: IdentityService, now: datetime) -> None:
    ids = {service.open_session("web", now).sender_id for _ in range(20)}
    assert len(ids) == 20
    assert all(one.startswith("web-") and len(one) == len("web-") + 32 for one in ids)


def test_a_typed_token_signs_the_shell_in(service: IdentityService, now: datetime) -> None:
    identity = service.sign_in_with_token("shell-1", host_token(service, "zhang", now), now)
    assert identity.state is IdentityState.SIGNED_IN
    assert identity.borrower_id == "zhang"
    assert identity.display_name == "张先生"  # from the directory: the token carried no name
    assert service.current("shell-1", now) == identity
    assert service.current("shell-2", now).borrower_id is None


def test_a_token_works_once_and_its_second_use_is_logged(
    service: IdentityService, now: datetime
) -> None:
    token = host_token(service, "zhang", now)
    service.sign_in_with_token("shell-1", token, now)
    with pytest.raises(TokenReplayed):
        service.sign_in_with_token("shell-2", token, now)
    assert service.current("shell-2", now).borrower_id is None
    with service.database.read() as connection:
        (event,) = list_events(connection, now)
    assert (event.event, event.sender_id) == ("token_replayed", "shell-2")
    assert token not in str(event)


def test_a_forged_token_signs_nobody_in(service: IdentityService, now: datetime) -> None:
    token = host_token(service, "zhang", now)
    with pytest.raises(TokenForged):
        service.sign_in_with_token("shell-1", token[:-4] + "AAAA", now)
    assert service.current("shell-1", now).borrower_id is None


def test_an_expired_sign_in_names_nobody_but_is_told_apart(
    service: IdentityService, now: datetime
) -> None:
    # Default: two hours.
    session = service.bind(service.open_session("web", now).sender_id, ZHANG, now)
    just_before = service.current(session.sender_id, now + timedelta(minutes=119))
    after = service.current(session.sender_id, now + timedelta(minutes=120))
    assert just_before.borrower_id == "zhang"
    assert after.state is IdentityState.EXPIRED
    assert after.borrower_id is None
    assert after.display_name == "张先生"


def test_signing_out_ends_the_binding_and_the_token(
    service: IdentityService, now: datetime
) -> None:
    session = service.open_session("web", now)
    bound = service.sign_in(session, ZHANG, now)
    token = service.session_token(bound, now)
    service.sign_out(bound.sender_id, now)
    assert service.current(bound.sender_id, now).state is IdentityState.REVOKED
    with pytest.raises(SessionUnknown):
        service.authenticate(token, now)


def test_signing_in_ends_tokens_given_out_before(service: IdentityService, now: datetime) -> None:
    # Session fixation: who planted the anonymous token must not be carried into the account.
    session = service.open_session("web", now)
    planted = service.session_token(session, now)
    bound = service.sign_in(session, ZHANG, now)
    assert bound.sender_id == session.sender_id  # the conversation goes on
    with pytest.raises(SessionUnknown):
        service.authenticate(planted, now)
    assert service.authenticate(service.session_token(bound, now), now).borrower_id == "zhang"


def test_a_second_borrower_gets_a_conversation_of_their_own(
    service: IdentityService, now: datetime
) -> None:
    first = service.sign_in(service.open_session("web", now), ZHANG, now)
    second = service.sign_in(first, LI, now)
    assert second.sender_id != first.sender_id
    assert service.current(first.sender_id, now).state is IdentityState.REVOKED


def test_a_conversation_is_not_given_to_another_borrower_even_after_expiry(
    service: IdentityService, now: datetime
) -> None:
    service.sign_in_with_token("shell-1", host_token(service, "zhang", now), now)
    later = now + timedelta(hours=3)
    with pytest.raises(OtherBorrower):
        service.sign_in_with_token("shell-1", host_token(service, "li", later), later)
    # Having signed out on purpose, the shell may go on as somebody else.
    service.sign_out("shell-1", later)
    identity = service.sign_in_with_token("shell-1", host_token(service, "li", later), later)
    assert identity.borrower_id == "li"


def test_a_session_ends_and_can_be_renewed_before(service: IdentityService, now: datetime) -> None:
    # Default: twelve hours.
    session = service.open_session("web", now)
    token = service.session_token(session, now)
    with pytest.raises(SessionExpired):
        service.authenticate(token, now + timedelta(hours=12))
    renewed = service.renew(session, now + timedelta(hours=11))
    fresh = service.session_token(renewed, now + timedelta(hours=11))
    assert service.authenticate(fresh, now + timedelta(hours=22)).sender_id == session.sender_id


def test_a_platform_user_keeps_one_conversation_until_signing_out(
    service: IdentityService, now: datetime
) -> None:
    first = service.ensure_external_session("wechat_mp", "openid-1", now)
    assert service.ensure_external_session("wechat_mp", "openid-1", now) == first
    assert service.ensure_external_session("wecom_kf", "openid-1", now) != first
    assert "openid-1" not in first.sender_id
    service.sign_out(first.sender_id, now)
    assert service.ensure_external_session("wechat_mp", "openid-1", now) != first


def test_times_must_have_a_zone(service: IdentityService) -> None:
    naive = datetime(2026, 11, 21)  # noqa: DTZ001 - the mistake under test
    with pytest.raises(Exception, match="without a zone"):
        service.open_session("web", naive)


def test_times_come_back_as_they_went_in(service: IdentityService) -> None:
    shanghai = timezone(timedelta(hours=8))
    session = service.open_session("web", datetime(2026, 11, 21, 20, 0, tzinfo=shanghai))
    with service.database.read() as connection:
        from identity.store.sessions import find_session

        stored = find_session(connection, session.sender_id)
    assert stored is not None
    assert stored.created_at == datetime(2026, 11, 21, 12, 0, tzinfo=timezone.utc)
    assert replace(stored, created_at=session.created_at) == session


def test_a_renewal_that_comes_late_does_not_undo_a_sign_in(
    service: IdentityService, now: datetime
) -> None:
    before = service.open_session("web", now)  # what the renewal read
    bound = service.sign_in(before, ZHANG, now)
    with pytest.raises(SessionUnknown):
        service.renew(before, now)
    assert service.current(bound.sender_id, now).borrower_id == "zhang"
    with pytest.raises(SessionUnknown):
        service.authenticate(service.session_token(before, now), now)


def test_a_renewal_that_comes_late_does_not_undo_a_sign_out(
    service: IdentityService, now: datetime
) -> None:
    bound = service.sign_in(service.open_session("web", now), ZHANG, now)
    service.sign_out(bound.sender_id, now)
    with pytest.raises(SessionUnknown):
        service.renew(bound, now)
    assert service.current(bound.sender_id, now).state is IdentityState.REVOKED


def test_a_proof_that_was_checked_during_a_sign_out_binds_nobody(
    service: IdentityService, now: datetime
) -> None:
    session = service.open_session("web", now)
    service.sign_out(session.sender_id, now)
    with pytest.raises(SessionUnknown):
        service.sign_in(session, ZHANG, now)
    assert service.current(session.sender_id, now).borrower_id is None
