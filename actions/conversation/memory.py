"""Names of the dialogue slots. None of them holds identity or a figure that is owed."""

from __future__ import annotations

LAST_ANSWER = "last_answer"
LAST_QUESTION = "last_question"
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
SEEN = "options_seen"
CONSENT = "hardship_consent"
PENDING = "pending_question"
DIGRESSIONS = "digressions"

# The answer about a sensitive fact is kept: nobody is asked twice in one conversation.
NEGOTIATION = (
    *(MONTHLY, START, WISHES, OFFERS, CHOSEN, AGREEMENT, INVALID, NOTE, SHOWN, SEEN),
    DIGRESSIONS,
)
FORGOTTEN_ON_STOP = (*NEGOTIATION, TROUBLE)
