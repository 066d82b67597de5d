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

from account_engine.catalogue.product_checks import check_product, check_wording
from account_engine.catalogue.yaml_file import InvalidYaml, line_of, load_yaml
from account_engine.domain.codec import from_json
from account_engine.domain.errors import InvalidEvent, InvalidTerms
from account_engine.domain.terms import ProductTerms
from account_engine.errors import EngineError


class InvalidProduct(InvalidYaml):
    """A product file that cannot be used."""

    code = "invalid_product"


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
    data = load_yaml(path, InvalidProduct)
    try:
        terms = terms_from_mapping(data)
        check_wording(terms)
    except (InvalidEvent, InvalidTerms) as error:
        field = error.field or ""
        line = line_of(data, _path_of(field))
        raise InvalidProduct(path.name, line, field, error.reason) from error
    if not terms.provenance:
        raise InvalidProduct(path.name, 1, "provenance", "every parameter has a source and a mark")
    if not path.name.startswith(terms.product_id):
        raise InvalidProduct(path.name, 1, "product_id", "does not match the file's name")
    return terms


def terms_from_mapping(data: Mapping[str, Any]) -> ProductTerms:
    """Terms from plain data, e.g. a scenario's own. Raises InvalidEvent or InvalidTerms."""
    terms = from_json(ProductTerms, data)
    check_product(terms)
    return terms


def _path_of(field: str) -> list[str]:
    """The parts of a dotted field such as recall.triggers[0].threshold."""
    return field.replace("[", ".").replace("]", "").split(".")
