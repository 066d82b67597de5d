"""A really running assistant for tests: free ports, databases of its own, borrowers of its own."""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import uuid
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ruamel.yaml import YAML

from account_engine.catalogue.products import Products
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.ports import StoreWriter
from account_engine.services.decisions import Decision
from account_engine.services.demo import load_demo
from account_engine.services.engine import AccountEngine
from account_engine.services.offers import AcceptanceStatus
from account_engine.services.settings import Settings as EngineSettings
from account_engine.store.codec import ContractCodec
from account_engine.store.sql_store import SqlStore
from launcher import databases, model
from launcher.assistant import Assistant
from launcher.processes import Service
from launcher.settings import ROOT, Settings
from tests.conversations.runner.desk import PersonAtTheDesk

BUSINESS_DATE = "2026-11-21"
# One of each role in data/policy/approvers.yml.
_STAFF = {
    "officer": "officer_lin",
    "supervisor": "supervisor_wang",
    "committee": "committee_zhou",
}


def free_port() -> int:
    """A port on 127.0.0.1 that nobody used a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class RunningAssistant:
    """The servers, and what tests need to make borrowers and look into the database."""

    settings: Settings
    processes: Assistant | None
    first_day: str = BUSINESS_DATE

    @classmethod
    def start(cls, folder: Path) -> RunningAssistant:
        """Trains if needed (models/ is shared with `make run`), migrates, starts, waits."""
        settings = Settings(
            var=folder,
            rasa_port=free_port(),
            actions_port=free_port(),
            business_date=BUSINESS_DATE,
            # Many conversations from one address are what a test is; the limits have own tests.
            extra={"YUQI_RATE_LIMITS": "off"},
        )
        databases.prepare(settings)
        processes = Assistant.prepare(settings, model.ensure_model(settings))
        processes.start(report=lambda _line: None)
        return cls(settings, processes)

    @classmethod
    def attached(cls, address: str) -> RunningAssistant:
        """One that is running already at `address`, with YUQI_VAR_DIR as its folder."""
        port = int(address.split(":")[2].split("/")[0])
        var = Path(os.environ["YUQI_VAR_DIR"])
        return cls(Settings(var=var, rasa_port=port, business_date=BUSINESS_DATE), None)

    @property
    def base(self) -> str:
        return self.settings.address.rstrip("/")

    def stop(self) -> None:
        if self.processes is not None:
            self.processes.stop()

    def new_borrower(self, like: str) -> str:
        """Stores a borrower with a demo borrower's history and an own id; returns the id."""
        borrower = f"{like}-{uuid.uuid4().hex[:10]}"
        store_copy(self.engine_settings, like, borrower)
        return borrower

    def event_kinds(self, borrower: str) -> Counter[str]:
        """How many events of each kind the borrower's history holds now."""
        engine = AccountEngine.from_settings(self.engine_settings)
        try:
            return Counter(event.kind.value for event in engine.history(borrower).events)
        finally:
            engine.close()

    def agree(self, borrower: str, on: date, wishes: Wishes) -> None:
        """Lets the borrower have accepted the first offer for these wishes on an earlier day."""
        engine = AccountEngine.from_settings(replace(self.engine_settings, business_date=on))
        try:
            proposal = engine.propose(borrower, wishes)
            result = engine.accept(borrower, proposal.options[0].offer_id)
        finally:
            engine.close()
        assert result.status is AcceptanceStatus.ACCEPTED, result.status

    def decide(self, borrower: str, decision: Decision) -> None:
        """Lets a person of the role that is asked decide on the borrower's waiting request."""
        engine = AccountEngine.from_settings(self.engine_settings)
        try:
            (waiting,) = (one for one in engine.approvals() if one.borrower_id == borrower)
            role = str(waiting.content["role"])
            engine.decide(waiting.item_id, decision, _STAFF[role], "decided in a test")
        finally:
            engine.close()

    def outreach_holds(self, borrower: str) -> list[str]:
        """Why nobody may contact the borrower first; empty when everybody may."""
        engine = AccountEngine.from_settings(self.engine_settings)
        try:
            return [hold.reason.value for hold in engine.outreach.in_force(borrower)]
        finally:
            engine.close()

    @property
    def engine_settings(self) -> EngineSettings:
        return EngineSettings.from_env(self.settings.environment())

    @property
    def desk(self) -> PersonAtTheDesk:
        """Somebody at the desk of this assistant."""
        return PersonAtTheDesk(f"{self.base}", self.settings.var / "secrets")

    def work_on(self, day: str) -> None:
        """Makes `day` the business date: both servers start again where it is another one."""
        if self.settings.business_date == day:
            return
        assert self.processes is not None, "an attached assistant has its own business date"
        self.settings = replace(self.settings, business_date=day)
        for service in (self.processes.actions, self.processes.rasa):
            service.stop()
            service.environment = {**service.environment, "YUQI_BUSINESS_DATE": day}
            service.start()
        for service in (self.processes.actions, self.processes.rasa):
            service.wait_ready(180)

    def kill(self, name: str) -> None:
        """Ends `actions` or `rasa` as a crash would."""
        self._service(name).kill()

    def restart(self, name: str) -> None:
        """Starts it again and waits until it answers."""
        service = self._service(name)
        service.start()
        service.wait_ready(120)

    def _service(self, name: str) -> Service:
        assert self.processes is not None, "an attached assistant is not ours to kill"
        return {"actions": self.processes.actions, "rasa": self.processes.rasa}[name]

    def host_token(self, borrower: str) -> str:
        """A token as the lender's own server makes it."""
        made = subprocess.run(
            [sys.executable, "-m", "identity.token", borrower],
            cwd=ROOT,
            env=self.settings.environment(),
            check=True,
            capture_output=True,
            text=True,
        )
        return made.stdout.strip()


def store_copy(settings: EngineSettings, like: str, borrower: str) -> None:
    """Stores the demo borrower `like` under another id, account ids and event ids included."""
    document = YAML(typ="safe").load((settings.data_dir / "demo" / "borrowers.yml").read_text())
    entry = next(one for one in document["borrowers"] if one["id"] == like)
    renamed = json.loads(json.dumps(entry, default=str).replace(f'"{like}', f'"{borrower}'))
    renamed["phone"] = f"139{random.randrange(10**8):08d}"
    products = Products.load(settings.data_dir / "products")
    with tempfile.NamedTemporaryFile("w", suffix=".yml", encoding="utf-8") as file:
        json.dump({"borrowers": [renamed]}, file, ensure_ascii=False)  # JSON is YAML
        file.flush()
        assert settings.business_date is not None
        (copy,) = load_demo(Path(file.name), settings.business_date, products)
    store = SqlStore(settings.database_url, ContractCodec(products.terms))

    def add(writer: StoreWriter) -> None:
        writer.add_borrower(copy.profile)
        for contract in copy.contracts:
            writer.add_contract(contract)
        writer.append(borrower, copy.events)

    try:
        store.retrying(add)
    finally:
        store.close()
