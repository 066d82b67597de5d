"""Refusals. Each carries a code for machines and nothing that would help an attacker."""

# Refusals are named after what happened, as a log line would say it.

from __future__ import annotations

from datetime import datetime


class IdentityError(Exception):
    """A refused identity operation.

    Attributes:
        code: snake_case name, safe to show and to log; the wording for people is data.
    """

    code = "identity_refused"

    def __init__(self) -> None:
        super().__init__(self.code)


class TokenMalformed(IdentityError):
    """Not a token, or one without the claims that are required."""

    code = "token_malformed"


class TokenForged(IdentityError):
    """Signed by nobody we know, or with an algorithm that the key is not meant for."""

    code = "token_forged"


class TokenExpired(IdentityError):
    """Past its expiry, not valid yet, or made to live longer than allowed."""

    code = "token_expired"


class TokenReplayed(IdentityError):
    """A single-use token that was used before."""

    code = "token_replayed"


class WrongAudience(IdentityError):
    """A genuine token that was made for another service or by another issuer."""

    code = "wrong_audience"


class OtherBorrower(IdentityError):
    """The conversation belongs to another borrower; two never share one."""

    code = "other_borrower"


class SessionUnknown(IdentityError):
    """No such session, or its token was replaced or signed out."""

    code = "session_unknown"


class SessionExpired(IdentityError):
    """A genuine session that is past its end."""

    code = "session_expired"


class ChallengeUnknown(IdentityError):
    """No open one-time code for this session: never made, used, or past its time."""

    code = "challenge_unknown"


class CodeWrong(IdentityError):
    """A wrong one-time code.

    Attributes:
        tries_left: how many more codes this challenge accepts.
    """

    code = "code_wrong"

    def __init__(self, tries_left: int) -> None:
        super().__init__()
        self.tries_left = tries_left


class VerificationLocked(IdentityError):
    """Too many codes asked for or tried.

    Attributes:
        until: when trying again makes sense.
    """

    code = "locked"

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


class UnknownBorrower(IdentityError):
    """A demo borrower that is not in the list."""

    code = "borrower_unknown"
