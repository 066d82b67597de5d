"""What a question about the use of a product is after (`data/wording/access.yml`)."""

from __future__ import annotations

from functools import lru_cache

from actions.knowledge.words import PatternFile, Regex
from actions.knowledge.yaml_files import Entry


class Form(Entry):
    """Words of a question, and the reply that begins with its answer."""

    asks: Regex
    reply: str


class AccessWords(PatternFile):
    """The content of the file, where each entry is explained."""

    name = "access.yml"

    forms: tuple[Form, ...]
    supposed: Regex
    says_paid: Regex
    says_on_time: Regex
    tells_standing: Regex
    appeals: Regex
    about_use: Regex
    both: Regex
    speaks_of_late: Regex
    says_late: Regex
    finds_it: Regex
    about_limit: Regex
    for_others: Regex
    says_stopped: Regex
    says_limit_gone: Regex

    def form(self, text: str) -> str | None:
        """The reply of the first form found in the words, or None."""
        return next((one.reply for one in self.forms if one.asks.search(text)), None)

    def claim(self, text: str) -> str:
        """ "paid" or "on_time" where the words say so as a fact, else ""."""
        if self.says_on_time.search(text):
            return "on_time"
        if self.supposed.search(text):
            return ""
        return "paid" if self.says_paid.search(text) else ""


@lru_cache(maxsize=1)
def access_words() -> AccessWords:
    """The words of this process."""
    return AccessWords.shipped()
