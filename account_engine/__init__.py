"""The account state engine: what a borrower owes and why, on any day, from events."""

from account_engine import compiled as _compiled

_compiled.use()
