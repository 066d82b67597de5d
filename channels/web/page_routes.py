"""What the handlers that a page in the browser calls have in common."""

from __future__ import annotations

from channels.conversation import Conversations
from channels.push import PushDelivery
from channels.web.gate import Gate
from channels.web.settings import WebSettings


class PageRoutes:
    """The parts of the server that handlers for the page work with."""

    def __init__(
        self,
        settings: WebSettings,
        conversations: Conversations,
        gate: Gate,
        push: PushDelivery,
    ) -> None:
        self._settings = settings
        self._conversations = conversations
        self._identity = conversations.identity
        self._database = conversations.identity.database
        self._gate = gate
        self._push = push
