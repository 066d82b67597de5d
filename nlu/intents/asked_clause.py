"""The one clause of a message that asks, where the others only tell what happened.

"公司欠我两个月工资，这期还不上了，你们会不会马上起诉我" is heard as a mixture of all its clauses;
what is asked stands in the last of them.
"""

from __future__ import annotations

from nlu.intents.model import IntentModel
from nlu.intents.second_question import Clause, clauses
from nlu.lexicon.second_question import SecondQuestionWords


def find_asked_clause(
    model: IntentModel, text: str, whole: str, sure: float, words: SecondQuestionWords
) -> Clause | None:
    """The clause that asks, with what it asks by itself.

    Args:
        model: a trained model.
        text: the message as typed.
        whole: the intent of the whole message.
        sure: the probability that the clause's own intent must reach.
        words: how clauses are told apart.

    Returns:
        None where the message is one clause, where none or several of them ask plainly, and where
        the clause by itself says too little to mean anything else than the whole ("严重吗").
    """
    text = text[: words.longest]
    spans = clauses(text, words)
    if not 1 < len(spans) <= words.most_clauses:
        return None
    asking = [span for span in spans if words.plainly_asks.search(text[slice(*span)])]
    if len(asking) != 1 or words.denied.search(text[slice(*asking[0])]):
        return None
    (start, end) = asking[0]
    row = model.probabilities([text[start:end]])[0]
    clause = Clause(start, end, model.labels[row.argmax()], float(row.max()), asks=True)
    if clause.confidence < sure or clause.intent in words.never_second:
        return None
    own = None if clause.intent == whole else words.own_words.get(clause.intent)
    return clause if own is None or own.search(text, start, end) else None
