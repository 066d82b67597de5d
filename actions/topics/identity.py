"""Signing in and out, and questions about somebody else."""

from __future__ import annotations

import re

from actions.conversation import memory
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Form, Reply
from actions.conversation.signing_in import ask_to_sign_in
from actions.conversation.topic import TopicAction, fixed
from actions.conversation.turn import Turn
from identity.errors import IdentityError

_TOKEN = re.compile(r"[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]{8,}")
_WORDED = frozenset({"token_malformed", "token_expired", "token_replayed", "other_borrower"})


class ActionIdentity(TopicAction):
    """sign_in, sign_in_with_token, sign_out, ask_third_party."""

    topic = "identity"


@answers("sign_in")
def sign_in(turn: Turn, desk: Desk) -> Reply:
    """How to sign in; a token in the message is used at once."""
    if _TOKEN.search(turn.text):
        return sign_in_with_token(turn, desk)
    if turn.known:
        return Reply("sign_in.already", {"name": turn.display_name})
    return ask_to_sign_in("sign_in.how", desk)


@answers("ask_without_sign_in", "ask_why_sign_in")
def without_signing_in(turn: Turn, desk: Desk) -> Reply:
    """What can be asked by anybody, and what signing in is for."""
    if turn.known:
        return Reply("sign_in.why_again", {"name": turn.display_name})
    why = desk.meaning(turn) == "ask_why_sign_in"
    return ask_to_sign_in("sign_in.why" if why else "sign_in.without", desk)


@answers("sign_in_with_token")
def sign_in_with_token(turn: Turn, desk: Desk) -> Reply:
    """Hands a typed token to the identity service, which alone decides."""
    found = _TOKEN.search(turn.text)
    if found is None:
        return sign_in(turn, desk)
    try:
        identity = desk.identity.sign_in_with_token(
            turn.sender_id, found.group(), desk.wall_clock()
        )
    except IdentityError as refused:
        code = refused.code if refused.code in _WORDED else "token_malformed"
        return Reply(f"sign_in.{code}")
    return Reply("sign_in.done", {"name": identity.display_name or ""})


@answers("sign_out")
def sign_out(turn: Turn, desk: Desk) -> Reply:
    """Ends the binding; what was being negotiated is closed and what was said is forgotten."""
    desk.identity.sign_out(turn.sender_id, desk.wall_clock())
    forgotten = (*memory.FORGOTTEN_ON_STOP, memory.LAST_QUESTION, memory.LAST_ANSWER)
    return Reply("sign_out.done", slots=dict.fromkeys(forgotten), form=Form.LEAVE)


@answers("not_the_borrower")
def not_the_borrower(turn: Turn, desk: Desk) -> Reply:
    """Who says they are somebody else hears no figure, and the session is theirs no longer.

    The relative of another person than the one signed in asks about a third party.
    """
    named = desk.situations.name_with_title(turn.text)
    if named is not None and named not in turn.display_name:
        return Reply("third_party.general")
    return sign_out(turn, desk).changed(key="third_party.signed_out")


answers("ask_third_party")(fixed("third_party.general"))
answers("ask_for_relative")(fixed("third_party.by_phone"))
answers("ask_cannot_read")(fixed("help.by_voice"))


@answers("leave_it")
def leave_it(turn: Turn, desk: Desk) -> Reply:
    """ "那查不了就算了": after a relative was spoken of, the way that relative has."""
    said = (text for who, text in turn.transcript if who == "user")
    spoken_of = any(desk.situations.names_somebody_else(text) for text in said)
    return Reply("third_party.left" if spoken_of else "third_party.left_open")
