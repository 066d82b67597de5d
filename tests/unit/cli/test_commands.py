"""Every command: its figures, its JSON, its exit code, and what it says when something is wrong."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from account_engine.domain.money import Money
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.domain.payloads import HardshipKind
from account_engine.services.clock import BUSINESS_ZONE
from account_engine.services.engine import AccountEngine
from account_engine.services.outreach import HoldReason
from account_engine.services.settings import Settings
from tests.unit.cli.conftest import Cli


def test_demo_can_be_run_again(cli: Cli) -> None:
    assert cli("demo", "--json").json == {"added": ["zhang", "li", "wang", "zhao", "sun", "chen"]}
    assert cli("demo", "--json").json == {"added": []}


def test_quote_says_what_is_due(demo: Cli) -> None:
    # 王女士: 3,268.40 due 2026-11-19, two days late: 3268.40 × 0.0005 × 2 = 3.2684 → 3.27.
    (quote,) = demo("quote", "wang", "--kind", "due_now", "--json").json
    assert quote["total"] == "3271.67"
    assert quote["by_component"] == {"principal": "3268.40", "penalty": "3.27"}
    table = demo("quote", "wang", "--kind", "due_now")
    assert "3271.67" in table.out


def test_explain_shows_base_rate_and_days(demo: Cli) -> None:
    text = demo("explain", "wang", "--kind", "overdue").out
    assert "3268.40 × 0.0005 × 2" in text
    assert "huabei_like@1#penalty" in text
    items = demo("explain", "wang", "--kind", "overdue", "--json").json["items"]
    assert Money.total(Money.yuan(item["amount"]) for item in items) == Money.yuan("3271.67")


@pytest.mark.parametrize(
    "words",
    [
        ("quote", "wang"),
        ("explain", "wang"),
        ("simulate", "wang", "--pay", "100.00"),
        ("simulate", "wang", "--minimum-only", "3"),
        ("propose", "wang"),
    ],
)
def test_an_account_of_nobody_is_refused_with_those_there_are(
    demo: Cli, words: tuple[str, ...]
) -> None:
    refused = demo(*words, "--account", "nowhere")
    assert refused.code == 3
    assert "has no account nowhere, only wang-huabei" in " ".join(refused.err.split())


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--pay", "0.00"), "0.00 pays nothing"),
        (("--nothing", "0"), "0 is not a number such as 30"),
        (("--stress", "x"), "x is not a number such as 30"),
    ],
)
def test_a_supposition_of_nothing_is_wrong_usage(
    demo: Cli, words: tuple[str, ...], why: str
) -> None:
    refused = demo("simulate", "wang", *words)
    assert refused.code == 2
    assert why in refused.err


def test_a_payment_is_not_supposed_on_a_day_that_is_over(demo: Cli) -> None:
    refused = demo("simulate", "wang", "--pay", "100.00", "--on", "2026-11-20")
    assert refused.code == 3
    assert "--on 2026-11-20 is before 2026-11-21" in " ".join(refused.err.split())


def test_a_quote_for_another_day(demo: Cli) -> None:
    # Ten days later: 3268.40 × 0.0005 × 12 = 19.6104 → 19.61.
    (quote,) = demo("quote", "wang", "--kind", "overdue", "--as-of", "2026-12-01", "--json").json
    assert quote["total"] == "3288.01"


def test_state_shows_buckets_schedule_and_recall(demo: Cli) -> None:
    (account,) = demo("state", "li", "--json").json["accounts"]
    assert account["recall"]["stage"] == "effective"
    assert account["dpd"] == 47
    assert "overdue_instalment_principal" in account["buckets"]
    assert demo("state", "li").code == 0


def test_simulate_pays_nothing_away(demo: Cli) -> None:
    before = demo("quote", "wang", "--json").json
    found = demo("simulate", "wang", "--pay", "3271.67", "--json").json
    assert found["after"]["due_now"]["total"] == "0.00"
    assert demo("quote", "wang", "--json").json == before


@pytest.mark.parametrize(
    "words",
    [
        ("--nothing", "10"),
        ("--minimum-only", "3"),
        ("--order",),
        ("--stress", "40"),
        ("--pay", "100", "--on", "2026-11-25", "--account", "wang-huabei"),
    ],
)
def test_every_simulation_prints_a_table_and_json(demo: Cli, words: tuple[str, ...]) -> None:
    assert demo("simulate", "wang", *words).code == 0
    assert demo("simulate", "wang", *words, "--json").json


def test_stress_names_the_day_a_threshold_is_crossed(demo: Cli) -> None:
    # Due 2026-11-19; M2 begins on day 31, that is 2026-12-20.
    days = demo("simulate", "wang", "--stress", "40", "--json").json
    crossed = {
        (day["date"], found["code"], found["value"]) for day in days for found in day["thresholds"]
    }
    assert ("2026-12-20", "ageing", "m2") in crossed


def test_propose_answers_a_counter_offer(demo: Cli) -> None:
    found = demo("propose", "zhao", "--terms", "3", "--json").json
    assert found["verdict"] == "agreed"
    assert found["options"][0]["tool"] == "arrears_instalment"
    assert demo("propose", "zhao").code == 0


def test_export_and_import_give_the_same_history(demo: Cli, tmp_path: Path) -> None:
    events = tmp_path / "events.jsonl"
    assert demo("export", "zhang", "--to", events).code == 0
    assert "138" not in events.read_text(encoding="utf-8")
    again = demo("import", "events", events, "--json").json
    assert (again["stored"], again["duplicates"]) == (again["rows"] * 0, again["rows"])
    contracts = demo("export", "zhang", "--what", "contracts").out.splitlines()
    assert len(contracts) == 2


def test_import_reports_rows_and_exits_with_1(demo: Cli, tmp_path: Path) -> None:
    path = tmp_path / "payments.csv"
    path.write_text(
        "event_id,borrower_id,account_id,paid_on,amount\np1,wang,wang-huabei,2026-11-21,1.234\n",
        encoding="utf-8",
    )
    ran = demo("import", "payments", path)
    assert ran.code == 1
    assert "line 2, amount" in ran.out
    assert "--partial" in ran.out


def test_sweep_and_verify(demo: Cli) -> None:
    report = demo("sweep", "--workers", "0", "--json").json
    assert report["borrowers"] == 6
    found = demo("verify", "--json").json
    assert found["problems"] == []
    assert (found["borrowers"], found["snapshots"]) == (6, 0)  # no history is long enough for one
    assert demo("verify").code == 0


def test_generate(cli: Cli) -> None:
    assert cli("generate", "--borrowers", "30", "--json").json["events_added"] > 300
    assert cli("generate", "--borrowers", "30", "--json").json["events_added"] == 0


def test_an_unknown_borrower_is_told_with_the_way_out(demo: Cli) -> None:
    ran = demo("quote", "nobody")
    assert ran.code == 3
    assert "account-engine demo" in ran.err
    assert "nobody" not in ran.err


def test_a_database_without_tables_is_told_with_the_way_out(cli: Cli) -> None:
    ran = cli("quote", "wang", "--json")
    assert ran.code == 3
    assert "account-engine migrate" in ran.err


def test_wrong_usage(demo: Cli) -> None:
    assert demo("quote", "wang", "--kind", "everything").code == 2
    assert demo("simulate", "wang", "--pay", "1e5").code == 2
    assert demo("quote").code == 3
    assert demo("no-such-command").code == 2


def test_help_names_every_command(cli: Cli) -> None:
    from account_engine.cli.main import COMMANDS

    text = cli("--help").out
    assert all(f"    {name} " in text for name in COMMANDS)


def test_a_hold_on_contact_is_listed_and_lifted(demo: Cli) -> None:
    engine = AccountEngine.from_settings(Settings.from_env())
    now = datetime(2026, 11, 21, 21, 30, tzinfo=BUSINESS_ZONE)
    engine.outreach.hold("wang", HoldReason.WELLBEING, "conversation", now)
    engine.close()
    (hold,) = demo("outreach", "--json").json
    assert (hold["borrower_id"], hold["reason"]) == ("wang", "wellbeing")
    case = hold["case_id"]
    assert demo("outreach", "--lift", case, "--by", "lin").code == 3  # without a note: refused
    assert demo("outreach", "--lift", case, "--by", "lin", "--note", "spoke, safe").code == 0
    assert demo("outreach", "--json").json == []


def test_a_request_is_decided_by_whoever_may(demo: Cli) -> None:
    # 李先生 was recalled: any plan of his goes to a supervisor.
    engine = AccountEngine.from_settings(Settings.from_env())
    proposal = engine.propose("li", Wishes(terms=12, hardship=HardshipKind.UNEMPLOYMENT))
    option = next(one for one in proposal.options if one.needs_approval)
    assert option.approver == "supervisor"
    engine.accept("li", option.offer_id)
    engine.close()
    (request,) = demo("requests", "--json").json
    assert (request["borrower_id"], request["role"]) == ("li", "supervisor")
    assert request["asked_by"] == "li"
    wanted = ("requests", "--approve", request["request_id"], "--reason", "proof seen")
    refused = demo(*wanted, "--by", "officer_lin")
    assert refused.code == 3
    assert "wrong_role" in refused.err
    assert "approvers.yml" in refused.err
    assert demo(*wanted, "--by", "supervisor_wang").code == 0
    assert demo("requests", "--json").json == []
