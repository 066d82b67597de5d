"""Words that are only about offers: to see them, another kind of deal, one just spoken of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from account_engine.domain.negotiation.codes import Character
from account_engine.domain.negotiation.option import Option, Proposal
from account_engine.domain.negotiation.policy import Tool
from actions.conversation import memory
from actions.conversation.desk import Desk
from actions.conversation.turn import Turn
from actions.knowledge.conduct import dialogue
from actions.knowledge.figure_words import figure_words
from actions.negotiation.earned import CLAUSE_END
from actions.negotiation.heard import ANY
from actions.negotiation.lexicon import hearing_lexicon
from actions.negotiation.relative import few_days
from actions.negotiation.values import VALUES

_NAMES_ANOTHER = VALUES - {"option_number"}
# What a plan in parts has no use for.
_OTHER_DEALS = frozenset({"extension_days", "extension_from", "settlement", "principal_only"})
# What is asked about offers that are on the table; before that it asks for them.
_ABOUT_OFFERS = frozenset(
    {"compare_offers", "compare_two", "compare_terms", "compare_deals", "explain_offers"}
    | {"ask_named_offer", "ask_offer_cost", "ask_offer_extra", "ask_until_when"}
    | {"ask_first_payment", "ask_less"}
)
_STEPS = (1_000_000, 100_000, 10_000, 1_000, 100)  # fen: 两万, 三千, 一千四, 一千四百五, 737
_SHORTEST_CHOICE = 3  # letters: "行 就第二个" begins with no choice
_NO_OFFERS_YET = "follow_up.no_offers_yet"
_SAYS_HOW = frozenset({"monthly", "terms", "income"}) | _OTHER_DEALS


def wants_offers(turn: Turn, desk: Desk) -> bool:
    """ "每月多少", "这几个哪个压力小" while the form still asks: the offers are what is wanted."""
    asking = turn.requested_slot in (memory.MONTHLY, memory.START)
    if not asking or turn.slots.get(memory.OFFERS):
        return False
    named = turn.slots.get(memory.MONTHLY) not in (None, ANY)
    if _says(turn, "wants_offers") or (named and _says(turn, "why_not")):
        return True
    return desk.meaning(turn) is None and _would_ask_of_offers(turn, desk)


def _would_ask_of_offers(turn: Turn, desk: Desk) -> bool:
    """Whether the words would be about the offers, were there any."""
    if _says(turn, "which_debt_first"):
        return False
    at_the_table = replace(turn, requested_slot=memory.CHOSEN)
    leaning = desk.follow_ups.read(turn)
    if leaning is not None and leaning.reply == _NO_OFFERS_YET and not _says(turn, "why_not"):
        then = desk.follow_ups.read(at_the_table)
        return then is not None and then.answer in _ABOUT_OFFERS
    return desk.situations.meaning(at_the_table) in _ABOUT_OFFERS


def another_deal(turn: Turn) -> bool:
    """ "还是分期吧", "那就延期" with offers on the table."""
    if turn.requested_slot not in (memory.CHOSEN, memory.AGREEMENT):
        return False
    return _says(turn, "splits_instead") or _says(turn, "later_instead")


def splits(turn: Turn) -> bool:
    """ "还是分期吧": a plan in parts, whatever was wished for before."""
    return _says(turn, "splits_instead")


def _says(turn: Turn, entry: str) -> bool:
    return bool(getattr(hearing_lexicon(), entry).search(turn.text))


def taken(turn: Turn, proposal: Proposal) -> int | None:
    """The offer that "就延期吧" takes: the only one on the table of that kind."""
    if (meant := _by_its_sum(turn, proposal)) is not None:
        return meant
    if not _says(turn, "takes_it"):
        return None
    if _the_same_days(turn, proposal):
        return 1
    if (first := _by_its_first_part(turn, proposal)) is not None:
        return first
    if any(one.kind in _NAMES_ANOTHER for one in turn.entities):
        return None  # "就晚五天吧", "那就3期": not what is on the table
    later = _says(turn, "later_instead")
    if not (later or splits(turn)):
        return None  # "那还是留着吧" names no kind of deal
    kind = [number for number, one in enumerate(proposal.options, 1) if _puts_off(one) == later]
    kind = [number for number in kind if later or len(proposal.options[number - 1].schedule) > 1]
    return kind[0] if len(kind) == 1 else None


def takes_it(turn: Turn) -> bool:
    """ "那就3期": what is named is taken, and nothing is asked or left open."""
    return _says(turn, "takes_it") and not _says(turn, "reserved")


def chosen_and_asked(turn: Turn, desk: Desk) -> Turn:
    """ "那就分3期吧 第一期什么时候扣": the choice alone; the confirmation answers the rest."""
    if turn.requested_slot != memory.CHOSEN or not _says(turn, "takes_it"):
        return turn
    end = CLAUSE_END.search(turn.text)
    if end is None or end.start() < _SHORTEST_CHOICE:
        return turn
    choice, rest = turn.text[: end.start()], turn.text[end.end() :]
    if desk.situations.meaning(replace(turn, text=rest)) not in _ABOUT_OFFERS:
        return turn
    kept = tuple(one for one in turn.entities if one.end <= end.start())
    return replace(turn, text=choice, entities=kept, intent="choose_option")


def said_at_once(turn: Turn, wishes: Mapping[str, Any], *, wanted: bool) -> dict[str, Any] | None:
    """The slots that such words set by themselves; None for all others.

    `wanted`: the offers are what the message asks for.
    """
    if (slots := in_parts(turn, wishes)) is not None:
        return slots
    if splits(turn) and turn.slots.get(memory.OFFERS):
        return {memory.INVALID: 0, memory.NOTE: {"key": "note.which_one"}}
    if not wanted:
        return None
    found = {name: turn.slots.get(name) or ANY for name in (memory.MONTHLY, memory.START)}
    return {memory.INVALID: 0, memory.WISHES: dict(wishes), **found}


def _by_its_first_part(turn: Turn, proposal: Proposal) -> int | None:
    """ "就按先付三百的来", "选还最低的那个": the offer that begins so."""
    if _says(turn, "reserved"):
        return None
    least = figure_words().least.search(turn.text) is not None
    said = turn.amount_fen() if _says(turn, "with_the_first_part") else None
    for number, one in enumerate(proposal.options, 1):
        if (least and one.tool is Tool.PAY_MINIMUM) or (said and one.down_payment.fen == said):
            return number
    return None


def _by_its_sum(turn: Turn, proposal: Proposal) -> int | None:
    """ "选一千四那个": the only one whose instalment begins with that sum."""
    said = turn.amount_fen() if _says(turn, "with_the_sum") else None
    if not said or _says(turn, "reserved") or _says(turn, "with_the_first_part"):
        return None
    width = next((step for step in _STEPS if said % step == 0), 1)
    fitting = [
        number
        for number, one in enumerate(proposal.options, 1)
        if 0 <= one.instalment.fen - said < width
    ]
    return fitting[0] if len(fitting) == 1 else None


def _the_same_days(turn: Turn, proposal: Proposal) -> bool:
    """ "那就15天" where that is what the only offer is for."""
    days = few_days(turn, hearing_lexicon())
    wished = turn.wishes.get("extension_days")
    only = len(proposal.options) == 1 and _puts_off(proposal.options[0])
    return only and days is not None and days == wished


def in_parts(turn: Turn, wishes: Mapping[str, Any]) -> dict[str, Any] | None:
    """The slots for a plan in parts instead; None where that is what is wished for already."""
    if not _says(turn, "splits_instead") or not wishes.keys() & _OTHER_DEALS:
        return None
    kept = {name: value for name, value in wishes.items() if name not in _OTHER_DEALS}
    return {
        memory.WISHES: kept,
        memory.OFFERS: None,
        memory.CHOSEN: None,
        memory.AGREEMENT: None,
        memory.INVALID: 0,
        memory.MONTHLY: str(kept.get("monthly") or ANY),
        memory.START: str(kept.get("first_date") or kept.get("day_of_month") or ANY),
    }


def why_no_parts(
    turn: Turn, slots: dict[str, Any], proposal: Proposal, offered: Sequence[int]
) -> dict[str, Any]:
    """ "能改成分期吗" where no parts are on the table: the engine is asked, and says why."""
    spread = any(len(one.schedule) > 1 for one in proposal.options)
    if spread or not splits(turn):
        return slots
    terms = offered[len(offered) // 2] if offered else dialogue().terms_tried
    wishes = {**turn.wishes, "terms": terms}
    closed = dict.fromkeys((memory.OFFERS, memory.CHOSEN, memory.AGREEMENT))
    return {memory.INVALID: 0, memory.WISHES: wishes, **closed}


def with_terms(
    turn: Turn, slots: dict[str, Any], offered: Sequence[int], *, wanted: bool
) -> dict[str, Any]:
    """A plan in parts of which nothing is known needs a number of terms: one in the middle."""
    in_question = wanted or _says(turn, "splits_instead")
    before = slots.get(memory.WISHES)
    if before is None or not in_question or not offered or before.keys() & _SAYS_HOW:
        return slots
    return {**slots, memory.WISHES: {**before, "terms": offered[len(offered) // 2]}}


def _puts_off(option: Option) -> bool:
    return option.tool is Tool.EXTENSION


def best_asked_for(text: str) -> Character | None:
    """ "哪个便宜": the quality that a question about the offers was after."""
    named = hearing_lexicon().asked_best
    return next((one for one, words in named.items() if words.search(text)), None)


def longest(turn: Turn, proposal: Proposal) -> int | None:
    """ "期数最长的", "分得最久的那个": of the plans in parts the one with the most of them."""
    if not _says(turn, "longest_choice"):
        return None
    spread = [pair for pair in enumerate(proposal.options, 1) if len(pair[1].schedule) > 1]
    return max(spread, key=lambda pair: pair[1].terms, default=(None,))[0]


def by_terms(turn: Turn, proposal: Proposal, terms: int | None) -> int | None:
    """ "36期那个": the only one on the table with so many terms."""
    if terms is None or not _says(turn, "that_one") or _says(turn, "reserved"):
        return None
    fit = [number for number, one in enumerate(proposal.options, 1) if one.terms == terms]
    return fit[0] if len(fit) == 1 else None


def least_at_once(turn: Turn, proposal: Proposal) -> int | None:
    """ "首付少的那个": of the plans in parts the one that wants the least at once."""
    if not _says(turn, "least_upfront"):
        return None
    spread = [pair for pair in enumerate(proposal.options, 1) if len(pair[1].schedule) > 1]
    if _says(turn, "no_first_part"):  # "不用先付的那个": none of those that want some
        spread = [pair for pair in spread if not pair[1].down_payment.fen]
    return min(spread, key=lambda pair: pair[1].down_payment.fen, default=(None,))[0]
