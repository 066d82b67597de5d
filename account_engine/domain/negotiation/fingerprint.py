"""Ids that are made of content, so that the same request gets the same offers everywhere."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from account_engine.domain.codec import to_json
from account_engine.domain.negotiation.draft import Draft
from account_engine.domain.negotiation.policy import Policy
from account_engine.domain.negotiation.position import DebtPosition
from account_engine.domain.negotiation.wishes import Wishes

_SHORT = 20


def inputs_hash(position: DebtPosition, wishes: Wishes, policy: Policy) -> str:
    """SHA-256 over everything an answer depends on."""
    content = {
        "position": to_json(position),
        "wishes": to_json(wishes),
        "policy": [policy.policy_id, policy.version],
    }
    return _digest(content)


def offer_id(inputs: str, draft: Draft) -> str:
    """The id of one offer: of what it was worked out from and of every row it has."""
    content = {
        "inputs": inputs,
        "tool": draft.tool.value,
        "schedules": to_json(draft.schedules),
        "waived": to_json(draft.waived),
    }
    return f"offer-{_digest(content)[:_SHORT]}"


def _digest(content: Any) -> str:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
