"""Whose accounts a command is about: a stored borrower, or a scenario file."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from account_engine.domain.events import Event
from account_engine.domain.fold import fold
from account_engine.domain.money import Money
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.domain.state import BorrowerState
from account_engine.domain.terms import Contract
from account_engine.errors import EngineError, UnknownAccount
from account_engine.services.clock import BusinessClock
from account_engine.services.engine import AccountEngine
from account_engine.services.scenario import load_scenario
from account_engine.services.settings import Settings


class NoCase(EngineError):
    """Neither a borrower nor a scenario was named, or both."""

    code = "no_case"


@dataclass(frozen=True, slots=True)
class Case:
    """A history and the day to look at it."""

    borrower_id: str
    contracts: tuple[Contract, ...]
    events: tuple[Event, ...]
    as_of: date
    wishes: Wishes | None = None

    def only(self, account_ids: Sequence[str] | None) -> tuple[str, ...] | None:
        """Return the accounts a command was asked for, None for all. Raises UnknownAccount."""
        known = [contract.account_id for contract in self.contracts]
        for account_id in account_ids or ():
            if account_id not in known:
                raise UnknownAccount(
                    f"{self.borrower_id} has no account {account_id}, only {', '.join(known)}",
                    "account_id",
                )
        return tuple(account_ids) if account_ids else None

    def state(self, on: date | None = None) -> BorrowerState:
        """Return the state on `on`, by default the case's own day."""
        return fold(self.contracts, self.events, on or self.as_of)


def add_case_arguments(parser: argparse.ArgumentParser) -> None:
    """Let a command name a borrower or a scenario."""
    parser.add_argument("borrower", nargs="?", help="id of a stored borrower, such as zhang")
    parser.add_argument("--scenario", type=Path, metavar="FILE", help="YAML or JSON file instead")
    parser.add_argument("--as-of", type=iso_date, metavar="DATE", help="default: the business date")
    add_store_arguments(parser)


def add_store_arguments(parser: argparse.ArgumentParser) -> None:
    """Let a command say where the database is."""
    parser.add_argument("--database", metavar="URL", help="default: YUQI_DATABASE_URL")


def settings_of(options: argparse.Namespace) -> Settings:
    """Return the settings from the environment, with what the command line overrides."""
    settings = Settings.from_env()
    if getattr(options, "database", None):
        settings = replace(settings, database_url=options.database)
    return settings


def load_case(options: argparse.Namespace) -> Case:
    """Return the case that the options name. Raises EngineError."""
    settings = settings_of(options)
    if (options.borrower is None) == (options.scenario is None):
        raise NoCase("name either a borrower or --scenario FILE")
    if options.scenario is not None:
        scenario = load_scenario(options.scenario, settings.data_dir)
        as_of = options.as_of or scenario.as_of
        return Case(
            scenario.borrower_id, scenario.contracts, scenario.events, as_of, scenario.wishes
        )
    engine = AccountEngine.from_settings(settings)
    try:
        stream = engine.history(options.borrower)
    finally:
        engine.close()
    as_of = options.as_of or BusinessClock(settings.business_date).today()
    return Case(stream.borrower_id, stream.contracts, stream.events, as_of)


def iso_date(text: str) -> date:
    """Read a date for argparse."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a date such as 2026-11-21") from None


def count(text: str) -> int:
    """Read a number of days or months for argparse; none or fewer ask for nothing."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text} is not a number such as 30")
    return int(text)


def payment(text: str) -> Money:
    """Read an amount that is paid for argparse."""
    amount = yuan(text)
    if amount.fen <= 0:
        raise argparse.ArgumentTypeError(f"{text} pays nothing: give an amount above 0.00")
    return amount


def yuan(text: str) -> Money:
    """Read an amount for argparse."""
    try:
        return Money.yuan(text)
    except EngineError:
        raise argparse.ArgumentTypeError(
            f'{text} is not an amount in yuan such as "800.00"'
        ) from None
