"""Links to sign in: both ends are needed, each for a short time, each once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from identity.errors import CodeWrong, VerificationLocked
from identity.limits import Rate
from identity.links import LinkRule, LinkUnknown, SignInLinks, SignInNeeded, TooManyLinks
from identity.model import NOBODY, BorrowerClaim, Identity, SignInMethod
from identity.service import IdentityService
from identity.store.tables import sign_in_links

ZHANG = BorrowerClaim("zhang", "张先生", SignInMethod.ONE_TIME_CODE)
LI = BorrowerClaim("li", "李先生", SignInMethod.ONE_TIME_CODE)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def links(service: IdentityService) -> SignInLinks:
    """With the rule of the product: links for 15 minutes, codes for 10."""
    return SignInLinks(service)


def asking(service: IdentityService, now: datetime, user: str = "follower") -> str:
    return service.ensure_external_session("wechat_mp", user, now).sender_id


def proven(service: IdentityService, claim: BorrowerClaim, now: datetime) -> Identity:
    return service.sign_in(service.open_session("web", now), claim, now).identity(now)


def other(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_the_code_of_the_page_signs_in_the_conversation_that_asked(
    links: SignInLinks, service: IdentityService, now: datetime
) -> None:
    sender = asking(service, now)
    link = links.make(sender, now)
    assert links.look(link, now).channel == "wechat_mp"
    assert not links.awaits_code(sender, now)  # nobody was proven on the page yet
    shown = links.confirm(link, proven(service, ZHANG, now), now)
    assert links.awaits_code(sender, now)
    claim = links.redeem(sender, shown.code, now)
    assert (claim.borrower_id, claim.display_name, claim.method.value) == (
        "zhang",
        "张先生",
        "link",
    )
    assert service.bind(sender, claim, now).identity(now).signed_in


def test_link_and_code_work_once(
    links: SignInLinks, service: IdentityService, now: datetime
) -> None:
    sender = asking(service, now)
    link = links.make(sender, now)
    shown = links.confirm(link, proven(service, ZHANG, now), now)
    links.redeem(sender, shown.code, now)
    with pytest.raises(CodeWrong):
        links.redeem(sender, shown.code, now)
    with pytest.raises(LinkUnknown):
        links.look(link, now)
    with pytest.raises(LinkUnknown):
        links.confirm(link, proven(service, ZHANG, now), now)


def test_a_code_is_worth_nothing_in_another_conversation(
    links: SignInLinks, service: IdentityService, now: datetime
) -> None:
    victim, thief = asking(service, now), asking(service, now, "thief")
    links.confirm(links.make(thief, now), proven(service, LI, now), now)
    shown = links.confirm(links.make(victim, now), proven(service, ZHANG, now), now)
    with pytest.raises(CodeWrong):
        links.redeem(thief, shown.code, now)


def test_whoever_is_talked_into_opening_a_strangers_link_gives_nothing_away_by_it(
    links: SignInLinks, service: IdentityService, now: datetime
) -> None:
    thief = asking(service, now, "thief")
    shown = links.confirm(links.make(thief, now), proven(service, ZHANG, now), now)
    for _ in range(5):  # the thief has the conversation, but the code is on the victim's page
        with pytest.raises(CodeWrong):
            links.redeem(thief, other(shown.code), now)
    with pytest.raises(VerificationLocked):
        links.redeem(thief, shown.code, now)
    assert not service.current(thief, now).signed_in


def test_nobody_confirms_a_link_without_being_proven(
    links: SignInLinks, service: IdentityService, now: datetime
) -> None:
    link = links.make(asking(service, now), now)
    signed_in = proven(service, ZHANG, now)
    with pytest.raises(SignInNeeded):
        links.confirm(link, NOBODY, now)
    with pytest.raises(SignInNeeded):  # a proof that ended names nobody
        links.confirm(link, replace(signed_in, borrower_id=None), now)
    with pytest.raises(LinkUnknown):
        links.confirm("made up", signed_in, now)


def test_links_end_after_fifteen_minutes_and_codes_after_ten(
    links: SignInLinks, service: IdentityService, now: datetime
) -> None:
    sender = asking(service, now)
    link = links.make(sender, now)
    signed_in = proven(service, ZHANG, now)
    late = now + 14 * MINUTE
    shown = links.confirm(link, signed_in, late)
    assert shown.expires_at == now + 24 * MINUTE
    with pytest.raises(LinkUnknown):
        links.look(link, now + 15 * MINUTE)
    with pytest.raises(CodeWrong):
        links.redeem(sender, shown.code, now + 24 * MINUTE)
    assert links.redeem(sender, shown.code, now + 24 * MINUTE - timedelta(seconds=1))


def test_a_new_code_ends_the_one_before(
    links: SignInLinks, service: IdentityService, now: datetime
) -> None:
    sender = asking(service, now)
    link = links.make(sender, now)
    signed_in = proven(service, ZHANG, now)
    first = links.confirm(link, signed_in, now)
    second = links.confirm(link, signed_in, now)
    if first.code != second.code:  # one in a million
        with pytest.raises(CodeWrong):
            links.redeem(sender, first.code, now)
    assert links.redeem(sender, second.code, now).borrower_id == "zhang"


def test_links_cannot_be_asked_for_without_end(service: IdentityService, now: datetime) -> None:
    links = SignInLinks(service, LinkRule(making=Rate(burst=2, per_minute=1)))
    sender = asking(service, now)
    for _ in range(2):
        links.make(sender, now)
    with pytest.raises(TooManyLinks):
        links.make(sender, now)
    assert links.make(sender, now + MINUTE)


def test_neither_link_nor_code_is_stored(
    links: SignInLinks, service: IdentityService, now: datetime
) -> None:
    link = links.make(asking(service, now), now)
    shown = links.confirm(link, proven(service, ZHANG, now), now)
    with service.database.read() as connection:
        (row,) = connection.execute(sign_in_links.select()).all()
    assert link not in str(row)
    assert shown.code not in (row.link_digest, row.code_digest)
