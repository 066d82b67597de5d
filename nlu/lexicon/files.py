"""Find, read, check and fingerprint the lexicon files."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import jsonschema
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
LEXICON_FOLDER = ROOT / "data" / "lexicon"
DICTIONARY_FOLDER = ROOT / "data" / "dictionary"


class LexiconError(ValueError):
    """A lexicon file does not follow its schema; the message names the file and the field."""


def read_lexicon(path: Path, schema: dict[str, Any]) -> dict[str, Any]:
    """Read one YAML lexicon and check it.

    Args:
        path: the YAML file.
        schema: a JSON schema (draft 7) for its content.

    Raises:
        LexiconError: if the file does not follow the schema.
    """
    content: dict[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    errors = sorted(jsonschema.Draft7Validator(schema).iter_errors(content), key=str)
    if errors:
        where = "/".join(str(part) for part in errors[0].absolute_path) or "(top)"
        raise LexiconError(f"{path.name}: {where}: {errors[0].message}")
    return content


def fingerprint(*folders: Path) -> str:
    """Digest of every file in the folders, so that an edit makes Rasa train again."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(p for p in folder.glob("*") if p.is_file()):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
