"""Names of the dialogue slots. None of them holds identity or a figure that is owed."""

from __future__ import annotations

LAST_ANSWER = "last_answer"
TROUBLE = "trouble_count"
PAUSED = "paused_for_safety"
WISHES = "wishes"
MONTHLY = "wish_monthly"
START = "wish_start"
OFFERS = "offers"
CHOSEN = "chosen_offer"
AGREEMENT = "agreement"
INVALID = "invalid_answers"
NOTE = "form_note"
SHOWN = "shown_offer"

NEGOTIATION = (MONTHLY, START, WISHES, OFFERS, CHOSEN, AGREEMENT, INVALID, NOTE, SHOWN)
FORGOTTEN_ON_STOP = (*NEGOTIATION, TROUBLE)
