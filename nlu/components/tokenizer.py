"""jieba with the domain dictionary; an edited dictionary makes Rasa train again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.jieba_tokenizer import JiebaTokenizer

from nlu.lexicon.files import fingerprint
from nlu.text.words import add_dictionaries


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class DomainTokenizer(JiebaTokenizer):
    """Rasa's jieba tokenizer, plus a fingerprint of the dictionary folder.

    Without it an edited dictionary would be ignored until ``rasa train --force``.
    """

    @staticmethod
    def _load_custom_dictionary(path: str) -> None:
        """Add the domain's words to the compact dictionary."""
        add_dictionaries(Path(path))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Digest of the dictionary files named by ``dictionary_path``."""
        folder = config.get("dictionary_path")
        return fingerprint(Path(folder)) if folder else None
