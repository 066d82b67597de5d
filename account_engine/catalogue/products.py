"""Product terms from `data/products/*.yml`.

A file has the shape of `ProductTerms`, field by field; what is left out has the default of that
class. A wrong file is refused with its name, the line and the field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from account_engine.catalogue.product_checks import check_product
from account_engine.domain.codec import from_json
from account_engine.domain.errors import InvalidEvent, InvalidTerms
from account_engine.domain.terms import ProductTerms
from account_engine.errors import EngineError


class InvalidProduct(EngineError):
    """A product file that cannot be used. `line` counts from 1; 0 where no line is known."""

    code = "invalid_product"

    def __init__(self, file: str, line: int, field: str, reason: str) -> None:
        super().__init__(f"{file}, line {line}: {field}: {reason}", field)
        self.file = file
        self.line = line
        self.reason = reason


class UnknownProduct(EngineError):
    """No terms with this product id (and version)."""

    code = "unknown_product"


@dataclass(frozen=True, slots=True)
class Products:
    """Every version of every product's terms."""

    by_version: Mapping[tuple[str, int], ProductTerms]

    @staticmethod
    def load(folder: Path) -> Products:
        """Read every ``*.yml`` in a folder. Raises InvalidProduct."""
        found: dict[tuple[str, int], ProductTerms] = {}
        for path in sorted(folder.glob("*.yml")):
            terms = _unchanged(path, path.stat().st_mtime_ns)
            key = (terms.product_id, terms.version)
            if key in found:
                raise InvalidProduct(path.name, 0, "version", "another file has this version")
            found[key] = terms
        return Products(found)

    def terms(self, product_id: str, version: int) -> ProductTerms:
        """One version. Raises UnknownProduct."""
        try:
            return self.by_version[product_id, int(version)]
        except KeyError:
            raise UnknownProduct("no terms have this product id and version", "product") from None

    def latest(self, product_id: str) -> ProductTerms:
        """The newest version of a product. Raises UnknownProduct."""
        versions = [version for known, version in self.by_version if known == product_id]
        if not versions:
            raise UnknownProduct("no terms have this product id", "product")
        return self.by_version[product_id, max(versions)]

    def product_ids(self) -> tuple[str, ...]:
        """Every product, in order of id."""
        return tuple(sorted({product_id for product_id, _ in self.by_version}))


@lru_cache(maxsize=64)
def _unchanged(path: Path, _modified_ns: int) -> ProductTerms:
    """Read a file once for as long as it is not modified: parsing costs a tenth of a second."""
    return load_product(path)


def load_product(path: Path) -> ProductTerms:
    """Read one file. Raises InvalidProduct with file, line and field."""
    try:
        data = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else 0
        raise InvalidProduct(path.name, line, "", str(error.problem)) from error
    try:
        terms = terms_from_mapping(data)
    except (InvalidEvent, InvalidTerms) as error:
        field = error.field or ""
        raise InvalidProduct(path.name, line_of(data, field), field, error.reason) from error
    if not path.name.startswith(terms.product_id):
        raise InvalidProduct(path.name, 1, "product_id", "does not match the file's name")
    return terms


def terms_from_mapping(data: Mapping[str, Any]) -> ProductTerms:
    """Terms from plain data, e.g. a scenario's own. Raises InvalidEvent or InvalidTerms."""
    terms = from_json(ProductTerms, data)
    check_product(terms)
    return terms


def line_of(data: Any, field: str) -> int:
    """The line of a dotted field, or of the nearest thing around it that is there."""
    line = 1
    for part in field.replace("[", ".").replace("]", "").split("."):
        marks = getattr(data, "lc", None)
        if marks is None:
            break
        try:
            if isinstance(data, Mapping):
                key: Any = part if part in data else int(part)
                line = int(marks.key(key)[0]) + 1
                data = data[key]
            else:
                line = int(marks.item(int(part))[0]) + 1
                data = data[int(part)]
        except (KeyError, IndexError, TypeError, ValueError):
            break
    return line
