"""Every inbound endpoint, fed with the wrong things: never a 500, never a leak.

The document is the list of endpoints, so a route that it forgets fails a test of its own.
"""

from __future__ import annotations

import json
import re
import secrets
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from sanic import Sanic

from channels.signatures import sign
from channels.signed_webhook import SignedWebhookInput
from channels.signed_webhook.settings import SignedWebhookSettings
from channels.web import WebInput
from channels.web.settings import WebSettings
from identity.service import IdentityService
from identity.settings import IdentitySettings
from identity.store import migrate
from tests.integration.channels.serving import LEAKS, json_values, served
from tests.unit.channels.conftest import BORROWERS, Channel, PretendedRasa

ROOT = Path(__file__).resolve().parents[3]
SECRET = "a shared secret of at least thirty-two bytes"
PRIVATE = "只有张先生知道的话"
PER_OPERATION = 40
# A command, a borrower, a button, a menu's number, an offer, a code, a link to sign in.
LOOKS_REAL = ["/restart", "zhang", "b-" + "0" * 32, "１", "offer-" + "0" * 20, "482 913", "A" * 32]


@cache
def document() -> dict[str, Any]:
    text = (ROOT / "docs" / "openapi.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = YAML(typ="safe").load(text)
    return loaded


def operations() -> list[tuple[str, str]]:
    return [(path, method) for path, item in document()["paths"].items() for method in item]


@dataclass
class World:
    """Both channels, really served, with a borrower who has said something private."""

    app: Sanic
    identity: IdentityService
    client: httpx.Client
    token: str = ""

    def service_token(self, scope: str) -> str:
        return Channel(self.app, PretendedRasa(), self.identity).service_token(scope)


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    folder = Path(tempfile.mkdtemp())
    (folder / "borrowers.yml").write_text(BORROWERS, encoding="utf-8")
    configured = IdentitySettings(
        database_url=f"sqlite:///{folder / 'sessions.db'}",
        secrets_dir=folder / "secrets",
        demo=True,
        demo_borrowers=folder / "borrowers.yml",
    )
    migrate(configured.database_url)
    identity = IdentityService.from_environment(configured)
    (folder / "dist").mkdir()
    (folder / "dist" / "index.html").write_text("<!doctype html>", encoding="utf-8")
    rasa = PretendedRasa()
    streams = {"stream_seconds": 0.01, "look_seconds": 0.01}
    web = WebInput(
        WebSettings.read({"dist": str(folder / "dist"), "limits": False, **streams}), identity
    )
    signed = SignedWebhookInput(SignedWebhookSettings.read({"secret": SECRET}), identity)
    app = Sanic(f"fuzz-{uuid.uuid4().hex}")
    for connector in (web, signed):
        app.blueprint(connector.blueprint(rasa), url_prefix=f"/webhooks/{connector.name()}")
    host_token = Channel(app, rasa, identity).host_token("zhang")
    with served(app) as address, httpx.Client(base_url=f"{address}/webhooks", timeout=20) as client:
        victim = wait_for_session(client, {"host_token": host_token})
        said = client.post(
            "/web/messages",
            json={"id": "m1", "text": PRIVATE},
            headers={"Authorization": f"Bearer {victim}"},
        )
        assert said.status_code == 200
        yield World(app, identity, client, wait_for_session(client, {}))


def wait_for_session(client: httpx.Client, body: dict[str, str]) -> str:
    for _ in range(100):
        try:
            return str(client.post("/web/session", json=body).json()["token"])
        except httpx.ConnectError:
            time.sleep(0.05)
    raise AssertionError("the server never answered")


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        target: Any = document()
        for part in schema["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        schema = target
    return schema


def fields_of(operation: dict[str, Any]) -> dict[str, Any]:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    return dict(resolved(content.get("schema", {})).get("properties", {}))


def nearly_right(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Mostly a value of the field's kind, now and then anything."""
    schema = resolved(schema)
    if "enum" in schema:
        right: st.SearchStrategy[Any] = st.sampled_from(schema["enum"])
    elif "pattern" in schema:
        right = st.from_regex(schema["pattern"], fullmatch=True)
    elif schema.get("type") == "integer":
        right = st.integers(0, 10)
    elif schema.get("type") == "boolean":
        right = st.booleans()
    else:
        right = st.text(max_size=60) | st.sampled_from(LOOKS_REAL)
    return st.one_of(right, right, right, json_values)


def bodies(operation: dict[str, Any]) -> st.SearchStrategy[bytes]:
    fields = {name: nearly_right(schema) for name, schema in fields_of(operation).items()}
    shaped = st.fixed_dictionaries({}, optional=fields) | st.fixed_dictionaries(fields)
    as_json = (shaped | json_values).map(lambda value: json.dumps(value).encode())
    return as_json | st.binary(max_size=60)


numbers = st.integers().map(str) | st.text(
    st.characters(blacklist_categories=["Cs", "Cc"]), max_size=8
)
path_parts = st.text("abcXYZ0129-_.~%é中", min_size=1, max_size=12)


@pytest.mark.parametrize(("path", "method"), operations(), ids=lambda part: str(part))
def test_no_failure_and_no_leak(world: World, path: str, method: str) -> None:
    operation = document()["paths"][path][method]

    @settings(
        max_examples=PER_OPERATION,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    @given(
        body=bodies(operation),
        after=st.none() | numbers,
        part=path_parts,
        authorised=st.sampled_from([True, True, True, False]),
    )
    def attempt(body: bytes, after: str | None, part: str, authorised: bool) -> None:
        check(world, path, method, body, after, part, authorised=authorised)

    attempt()


def check(
    world: World,
    path: str,
    method: str,
    body: bytes,
    after: str | None,
    part: str,
    *,
    authorised: bool,
) -> None:
    operation = document()["paths"][path][method]
    if path == "/web/session" and method == "delete":
        authorised = False  # or the visitor is gone for the next example
    headers = headers_for(world, path, operation, body) if authorised else {}
    answer = world.client.request(
        method.upper(),
        re.sub(r"\{\w+\}", quote(part, safe="%"), path),
        content=body if method == "post" else None,
        params={"after": after} if after is not None else None,
        headers=headers,
    )
    status = answer.status_code
    assert status != 500, answer.text
    documented = operation["responses"]
    assert str(status) in {*documented, "404", "405"}, (status, answer.text)
    for leak in (*LEAKS, PRIVATE, SECRET):
        assert leak not in answer.text
    validate(answer, documented.get(str(status)))
    renew_visitor(world, path, answer)


def headers_for(world: World, path: str, operation: dict[str, Any], body: bytes) -> dict[str, str]:
    (scheme,) = operation.get("security", [{"none": []}])[0]
    if scheme == "session":
        return {"Authorization": f"Bearer {world.token}"}
    if scheme == "service":
        scope = "push" if path.endswith("/push") else "desk"
        return {"Authorization": f"Bearer {world.service_token(scope)}"}
    if scheme == "signature":
        stamp, nonce = str(int(time.time())), secrets.token_hex(8)
        signed = sign(SECRET, f"{stamp}.{nonce}.".encode() + body)
        return {
            "X-Yuqi-Timestamp": stamp,
            "X-Yuqi-Nonce": nonce,
            "X-Yuqi-Signature": signed,
        }
    return {}


def validate(answer: Any, response: dict[str, Any] | None) -> None:
    """Checks a JSON answer against the document."""
    if response is None or not answer.headers.get("content-type", "").startswith(
        "application/json"
    ):
        return
    schema = resolved(response).get("content", {}).get("application/json", {}).get("schema")
    if schema is not None:
        jsonschema.validate(answer.json(), as_json_schema(schema))


def as_json_schema(schema: Any) -> Any:
    """OpenAPI 3.0's ``nullable`` in the words of JSON Schema, with references filled in."""
    if isinstance(schema, list):
        return [as_json_schema(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    schema = resolved(schema)
    inner = {
        name: as_json_schema(value)
        for name, value in schema.items()
        if name not in ("nullable", "example")
    }
    return {"anyOf": [inner, {"type": "null"}]} if schema.get("nullable") is True else inner


def renew_visitor(world: World, path: str, answer: Any) -> None:
    if answer.status_code == 200 and path in ("/web/demo/sign-in", "/web/verify/finish"):
        world.token = answer.json()["token"]


def test_the_document_lists_every_route_and_no_other(world: World) -> None:
    served = set()
    for route in world.app.router.routes:
        address = "/" + re.sub(r"<(\w+)[^>]*>", r"{\1}", route.path).rstrip("/")
        for method in route.methods:
            if "{rest}" not in address:  # the answer to everything else
                served.add((address.removeprefix("/webhooks"), method.lower()))
    assert served == {(path.rstrip("/"), method) for path, method in operations()}


def test_the_document_is_valid_openapi_as_far_as_references_go() -> None:
    found = re.findall(r"#/[\w/]+", json.dumps(document()))
    assert found
    for reference in set(found):
        assert resolved({"$ref": reference})
