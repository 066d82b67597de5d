"""Hears which of the offers is meant: by its number, its place or what it is best at."""

from __future__ import annotations

from dataclasses import replace

from account_engine.domain.negotiation.codes import Character
from actions.conversation.turn import Turn
from actions.negotiation.lexicon import Lexicon, hearing_lexicon
from actions.negotiation.values import VALUES

LAST = -1  # the last of the offers, however many there are


def choice_in(turn: Turn, lexicon: Lexicon) -> int | None:
    """Which of the offers, counted from one; -1 for the last."""
    turn = _without_the_refused(turn, lexicon)
    if lexicon.another.search(turn.text):
        return None
    number = turn.entity("option_number")
    if number and number.lstrip("-").isdigit():
        return int(number)
    if turn.intent not in ("choose_option", "inform", "affirm", None) and len(turn.text) > 6:
        return None
    if lexicon.last_choice.search(turn.text):
        return LAST
    if lexicon.middle_choice.search(turn.text):
        return 2
    if any(entity.kind in VALUES for entity in turn.entities):
        return None
    found = lexicon.choice.search(turn.text)
    return lexicon.ordinals.get(found.group(1).lower()) if found else None


def _without_the_refused(turn: Turn, lexicon: Lexicon) -> Turn:
    """ "不要第二个了，第一个吧": the words without the offer that is turned down."""
    refused = lexicon.refused_offer.search(turn.text)
    if refused is None:
        return turn
    kept = tuple(
        one for one in turn.entities if one.end <= refused.start() or one.start >= refused.end()
    )
    blank = " " * (refused.end() - refused.start())
    text = turn.text[: refused.start()] + blank + turn.text[refused.end() :]
    return replace(turn, text=text, entities=kept)


def offers_named(text: str) -> tuple[int, ...]:
    """The numbers of all offers that words of any kind name, each once."""
    lexicon = hearing_lexicon()
    said = (lexicon.ordinals.get(word.lower()) for word in lexicon.names_offer.findall(text))
    return tuple(dict.fromkeys(number for number in said if number is not None))


def offer_named(text: str) -> int | None:
    """The number of the offer that words of any kind name; `LAST` for the last one."""
    lexicon = hearing_lexicon()
    if lexicon.last_choice.search(text):
        return LAST
    found = lexicon.names_offer.search(text)
    return lexicon.ordinals.get(found.group(1).lower()) if found else None


def best_in(text: str, lexicon: Lexicon) -> Character | None:
    """ "选最便宜的": which quality the borrower chooses by."""
    if not lexicon.chooses.search(text):
        return None
    return next((one for one, words in lexicon.best.items() if words.search(text)), None)
