"""Requests that wait for a person, and a person's decision on one."""

from __future__ import annotations

import argparse
from typing import Any

from account_engine.cli.case import add_store_arguments, settings_of
from account_engine.cli.output import Output
from account_engine.domain.codec import to_json
from account_engine.ports import QueueItem
from account_engine.services.decisions import Decision
from account_engine.services.engine import AccountEngine


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    decision = parser.add_mutually_exclusive_group()
    decision.add_argument("--approve", metavar="REQUEST", help="book what was asked for")
    decision.add_argument("--decline", metavar="REQUEST", help="say no")
    parser.add_argument("--by", default="", metavar="STAFF", help="staff id of approvers.yml")
    parser.add_argument("--reason", default="", metavar="TEXT", help="why; kept on record")
    add_store_arguments(parser)


def run(options: argparse.Namespace, output: Output) -> int:
    """List the requests that wait, or decide on one.

    Whoever may run this command is trusted to be the staff member they name.
    """
    engine = AccountEngine.from_settings(settings_of(options))
    try:
        request = options.approve or options.decline
        if not request:
            _list(engine.approvals(), output)
            return 0
        decision = Decision.APPROVE if options.approve else Decision.DECLINE
        answer = engine.decide(request, decision, options.by, options.reason)
    finally:
        engine.close()
    if output.as_json:
        output.json({"status": answer.status.value, "offer_id": answer.offer_id})
    else:
        output.line(f"{request}: {answer.status.value}")
    return 0


def _list(waiting: tuple[QueueItem, ...], output: Output) -> None:
    if output.as_json:
        output.json([_plain(item) for item in waiting])
        return
    columns = ("request", "borrower", "who decides", "because", "until")
    rows = [
        (
            item.item_id,
            item.borrower_id,
            str(item.content.get("role")),
            ", ".join(item.content.get("causes", ())),
            str(item.content.get("decide_by")),
        )
        for item in waiting
    ]
    output.table("waiting for a person", columns, rows)


def _plain(item: QueueItem) -> dict[str, Any]:
    names = ("role", "causes", "asked_by", "decide_by")
    return {
        "request_id": item.item_id,
        "borrower_id": item.borrower_id,
        "offer_id": item.subject,
        "asked_at": to_json(item.created_at),
        **{name: item.content.get(name) for name in names},
    }
