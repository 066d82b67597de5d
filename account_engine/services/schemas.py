"""The JSON Schemas that this package publishes (`account-engine schema`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from account_engine.catalogue import policy
from account_engine.domain.events import PAYLOADS, Event, EventKind
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.domain.terms import ProductTerms
from account_engine.services.json_schema import Schema, object_schema
from account_engine.services.scenario import AccountEntry, EventEntry, ScenarioFile

_DIALECT = "http://json-schema.org/draft-07/schema#"


def scenario_schema() -> Schema:
    """Return the schema of a scenario file."""
    account = object_schema(AccountEntry, without=("terms",))
    account["properties"]["terms"] = {"$ref": "#/definitions/terms"}
    event = object_schema(EventEntry, without=("payload",))
    event["properties"]["payload"] = {"type": "object"}
    event["allOf"] = _payload_by_kind()
    root = object_schema(ScenarioFile, without=("accounts", "events", "wishes"))
    root["properties"]["accounts"] = {"type": "array", "minItems": 1, "items": account}
    root["properties"]["events"] = {"type": "array", "items": event}
    root["properties"]["wishes"] = object_schema(Wishes, partial=True)
    root["required"] = ["as_of", "accounts"]
    root["definitions"] = {"terms": object_schema(ProductTerms, partial=True)}
    return {"$schema": _DIALECT, "title": "account-engine scenario", **root}


def event_schema() -> Schema:
    """Return the schema of one event, as JSON lines hold it."""
    event = object_schema(Event, without=("payload", "account_id"))
    event["properties"]["account_id"] = {"type": ["string", "null"]}
    event["properties"]["payload"] = {"type": "object"}
    event["required"] = [*event["required"], "payload"]
    event["allOf"] = _payload_by_kind()
    return {"$schema": _DIALECT, "title": "account-engine event", **event}


def terms_schema() -> Schema:
    """Return the schema of a product's terms, every parameter of them."""
    return {"$schema": _DIALECT, "title": "account-engine terms", **object_schema(ProductTerms)}


def policy_schema() -> Schema:
    """Return the schema of the files of a negotiation policy."""
    return {"$schema": _DIALECT, "title": "account-engine policy", **policy.policy_schema()}


SCHEMAS: Mapping[str, Callable[[], Schema]] = {
    "scenario": scenario_schema,
    "event": event_schema,
    "terms": terms_schema,
    "policy": policy_schema,
}


def _payload_by_kind() -> list[Schema]:
    return [
        {
            "if": {"properties": {"kind": {"const": kind.value}}, "required": ["kind"]},
            "then": {"properties": {"payload": object_schema(PAYLOADS[kind])}},
        }
        for kind in EventKind
    ]
