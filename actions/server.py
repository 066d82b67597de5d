"""The action server: `python -m actions.server`, on 127.0.0.1 only.

It opens the desk (engine, identity, wording) before it says it is ready, so that a data mistake
stops the start and the first borrower does not wait. `/health` answers once it is warm.
"""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

from rasa_sdk.endpoint import create_app
from sanic.response import json as json_response

from actions.conversation.desk import open_desk

if TYPE_CHECKING:
    from sanic import Sanic
    from sanic.request import Request
    from sanic.response import HTTPResponse

HOST = "127.0.0.1"
DEFAULT_PORT = 5055
logger = logging.getLogger(__name__)


def build() -> Sanic:
    """The app with every action registered and the desk open."""
    open_desk()
    app: Sanic = create_app("actions", cors_origins=[])
    # rasa_sdk's own handler answers with the exception's text and the whole request.
    app.error_handler.add(Exception, _hidden)
    return app


def _hidden(request: Request, error: Exception) -> HTTPResponse:
    logger.error("action call failed", exc_info=error)
    return json_response({"error": "internal", "action_name": None}, status=500)


def main() -> None:
    """Serves until stopped; `YUQI_ACTIONS_PORT` names the port."""
    logging.basicConfig(level=os.environ.get("YUQI_LOG_LEVEL", "INFO"))
    port = int(os.environ.get("YUQI_ACTIONS_PORT", DEFAULT_PORT))
    build().run(HOST, port, workers=1, access_log=False)


if __name__ == "__main__":
    main()
