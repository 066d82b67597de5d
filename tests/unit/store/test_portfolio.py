"""An invented portfolio: the same for the same seed, foldable, and quiet where it says so."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

import pytest

from account_engine.catalogue.products import Products
from account_engine.domain.events import BillIssued, Event, EventKind, Payment, ScoreReported
from account_engine.domain.fold import fold
from account_engine.domain.money import Money
from account_engine.domain.state import Ageing
from account_engine.portfolio.cluster import at_once
from account_engine.portfolio.labels import changes, dump_labels, labels_of, load_labels
from account_engine.portfolio.notices import NoticeRule, messages
from account_engine.portfolio.ordinary import quiet_after
from account_engine.portfolio.people import Person, people
from account_engine.portfolio.quiet import FOREVER, quiet_until
from account_engine.services.settings import DEFAULT_DATA_DIR
from account_engine.store.state_codec import dump_state, load_state
from tests.unit.engine.histories import bill, contract, pay

TODAY = date(2026, 11, 21)
RULE = NoticeRule()


@lru_cache(maxsize=1)
def portfolio() -> tuple[Person, ...]:
    products = Products.load(DEFAULT_DATA_DIR / "products")
    bills, loans = products.latest("huabei_like"), products.latest("jiebei_like")
    return tuple(people(600, 3, TODAY, bills, loans))


def test_the_same_seed_gives_the_same_people() -> None:
    products = Products.load(DEFAULT_DATA_DIR / "products")
    bills, loans = products.latest("huabei_like"), products.latest("jiebei_like")
    assert tuple(people(50, 3, TODAY, bills, loans)) == portfolio()[:50]
    assert tuple(people(50, 4, TODAY, bills, loans)) != portfolio()[:50]


def test_it_looks_like_a_portfolio() -> None:
    # Most people pay; some are overdue, in several buckets.
    ageings = Counter(
        account.ageing
        for one in portfolio()
        for account in fold(one.contracts, one.events, TODAY).accounts
    )
    assert ageings[Ageing.CURRENT] > 0.75 * ageings.total()
    assert {Ageing.M1, Ageing.M2} <= set(ageings)
    assert all(event.value_date <= TODAY for one in portfolio() for event in one.events)


def test_nothing_happens_to_the_quiet_before_their_day() -> None:
    # The claim on which a sweep passes somebody over: on every day before `quiet_until`, folding
    # gives the same labels and calls for no message that was not told on the first day.
    quiet = overdue = 0
    for one in portfolio():
        state = fold(one.contracts, one.events, TODAY)
        until = quiet_until(state, RULE)
        if until is None:
            continue
        quiet += 1
        overdue += any(account.dpd for account in state.accounts)
        labels = labels_of(state)
        told = {one.message_id for one in messages(state, labels, labels, RULE)}
        for days in range(1, min(45, (until - TODAY).days)):
            later = fold(one.contracts, one.events, TODAY + timedelta(days=days))
            assert labels_of(later) == labels
            assert {one.message_id for one in messages(later, labels, labels, RULE)} <= told
    assert quiet > 200
    assert overdue > 10


def test_ordinary_news_changes_nothing_before_the_day_that_is_kept() -> None:
    # Swept on 10-30, then a week with the bills of the 1st: where that is said to need no fold,
    # folding gives the same labels, and no message, on each day until the new end of quiet.
    swept, night = TODAY - timedelta(days=22), TODAY - timedelta(days=15)
    ordinary = 0
    for one in portfolio():
        before = [event for event in one.events if event.value_date <= swept]
        state = fold(one.contracts, before, swept)
        labels, until = labels_of(state), quiet_until(state, RULE)
        news = [event for event in one.events if swept < event.value_date <= night]
        if until is None or until <= night or not news:
            continue
        after = quiet_after(until, dump_labels(labels), news, night, RULE)
        if after is None:
            continue
        ordinary += 1
        assert after <= until
        for days in range(min(40, (after - night).days)):
            later = fold(one.contracts, [*before, *news], night + timedelta(days=days))
            assert labels_of(later) == labels
            assert list(messages(later, labels, labels, RULE)) == []
    assert ordinary > 20


def _news(kind: EventKind, payload: BillIssued | Payment | ScoreReported) -> Event:
    booked = datetime(2026, 11, 20, tzinfo=timezone.utc)
    return Event(f"{kind.value}-1", "b", "a", kind, date(2026, 11, 20), booked, payload)


def test_what_is_ordinary_news() -> None:
    good = '{"a":["current","normal","normal","none","none","none","none","none"]}'
    late = '{"a":["m1","special_mention","frozen","none","none","reminder","none","none"]}'
    due = date(2026, 12, 10)
    issued = BillIssued("bill", date(2026, 11, 20), due, Money(100))
    bill = _news(EventKind.BILL_ISSUED, issued)
    paid = _news(EventKind.PAYMENT, Payment(Money(100)))
    score = _news(EventKind.SCORE_REPORTED, ScoreReported(500))
    # Quiet until three days before the new bill is due, or until what was there before.
    assert quiet_after(FOREVER, good, [bill, paid], TODAY, RULE) == date(2026, 12, 7)
    assert quiet_after(date(2026, 12, 1), good, [bill], TODAY, RULE) == date(2026, 12, 1)
    assert quiet_after(FOREVER, good, [paid], TODAY, RULE) == FOREVER
    # A score may allow a recall; whoever is late may be so no more; and soon is soon.
    assert quiet_after(FOREVER, good, [paid, score], TODAY, RULE) is None
    assert quiet_after(FOREVER, late, [paid], TODAY, RULE) is None
    assert quiet_after(FOREVER, good, [bill], date(2026, 12, 6), RULE) is None


def test_whoever_owes_nothing_is_quiet_for_good() -> None:
    ends = {quiet_until(fold(p.contracts, p.events, TODAY), RULE) for p in portfolio()[:300]}
    assert FOREVER in ends
    assert None in ends


def test_a_due_date_itself_changes_nothing_unless_another_follows_within_days() -> None:
    # Looked at on 11-23. Alone, the bill due on the 25th changes something on the 26th, when it is
    # late. With another due on the 26th, whoever has paid the first by the 25th must be told of the
    # second that night, the last before its day.
    account = contract("huabei_like")
    first = bill("500", "2026-11-25", "2026-11-01")
    second = bill("300", "2026-11-26", "2026-11-02", bill_id="second")
    night = date(2026, 11, 23)
    assert quiet_until(fold([account], [first], night), RULE) == date(2026, 11, 26)
    assert quiet_until(fold([account], [first, second], night), RULE) == date(2026, 11, 25)
    # 530.00 pay the minimum of both, a tenth each, and with the rest the first: 270.00 are left.
    paid = pay("530", "2026-11-24")
    state = fold([account], [first, second, paid], date(2026, 11, 25))
    labels = labels_of(state)
    (told,) = messages(state, labels, labels, RULE)
    assert told.content == '{"amount":"270.00","due":"2026-11-26"}'


def test_labels_come_back_as_they_were_stored() -> None:
    for one in portfolio()[:50]:
        labels = labels_of(fold(one.contracts, one.events, TODAY))
        assert load_labels(dump_labels(labels)) == labels


def test_the_text_of_labels_and_of_what_changed() -> None:
    # Keys in order, no blanks: what `json.dumps(sort_keys=True)` would give, written out.
    late = ("m1", "special_mention", "frozen", "none", "none", "early", "none", "none")
    later = ("m1", "special_mention", "frozen", "none", "none", "middle", "none", "none")
    assert dump_labels({"b": late, 'a"花呗': later}) == (
        '{"a\\"花呗":["m1","special_mention","frozen","none","none","middle","none","none"],'
        '"b":["m1","special_mention","frozen","none","none","early","none","none"]}'
    )
    (change,) = changes({"a": late}, {"a": later})
    assert change.text == '{"after":{"collection":"middle"},"before":{"collection":"early"}}'
    (entered,) = changes(None, {"a": late})
    assert entered.text == (
        '{"after":{"ageing":"m1","collection":"early","dispute":"none","facility":"frozen",'
        '"plan":"none","recall":"none","recall_allowed":"none","risk_class":"special_mention"},'
        '"before":null}'
    )
    assert list(changes({"a": late}, {"a": late})) == []


@pytest.mark.parametrize("days", [0, 40])
def test_a_state_comes_back_from_its_snapshot(days: int) -> None:
    for one in portfolio()[:300]:
        state = fold(one.contracts, one.events, TODAY + timedelta(days=days))
        assert load_state(dump_state(state), one.contracts) == state


def test_batches_go_to_workers_a_few_at_a_time_and_one_by_one_at_the_end() -> None:
    # Two workers with two messages each on their way: four. A hundred batches go out in fours while
    # 32 and more are left, in threes from 28, in twos from 22, and the last fourteen alone.
    sizes, left = [], 100
    while left:
        sizes.append(at_once(left, room=4))
        left -= sizes[-1]
    assert sizes == [4] * 18 + [3, 3] + [2, 2, 2, 2] + [1] * 14
    assert sum(sizes) == 100
