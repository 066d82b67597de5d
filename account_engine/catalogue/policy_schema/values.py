"""What the fields of a policy file are made of.

Rates, shares and amounts are quoted text, because a bare 0.24 in YAML is a binary fraction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, Extra

from account_engine.domain.errors import InvalidMoney
from account_engine.domain.money import Money
from account_engine.domain.terms import Confidence

_MOST_DECIMALS = 6


class Share(Decimal):
    """A fraction of one between 0 and 1, written as quoted text with at most six decimals."""

    @classmethod
    def __get_validators__(cls) -> Iterator[Callable[[Any], Decimal]]:
        yield cls._read

    @classmethod
    def __modify_schema__(cls, field_schema: dict[str, Any]) -> None:
        field_schema.update(type="string", pattern=r"^(0(\.\d{1,6})?|1(\.0{1,6})?)$")

    @classmethod
    def _read(cls, value: Any) -> Decimal:
        if not isinstance(value, str) or not value.replace(".", "", 1).isdigit():
            raise ValueError('a share is quoted text such as "0.24"')
        share = Decimal(value)
        if share > 1 or len(value.partition(".")[2]) > _MOST_DECIMALS:
            raise ValueError("a share lies between 0 and 1 and has at most six decimals")
        return share


class Amount(str):
    """An amount in yuan as quoted text with at most two decimals, not below zero."""

    @classmethod
    def __get_validators__(cls) -> Iterator[Callable[[Any], Money]]:
        yield cls._read

    @classmethod
    def __modify_schema__(cls, field_schema: dict[str, Any]) -> None:
        field_schema.update(type="string", pattern=r"^\d+(\.\d{1,2})?$")

    @classmethod
    def _read(cls, value: Any) -> Money:
        if not isinstance(value, str):
            raise ValueError('an amount is quoted text such as "50.00"')
        try:
            amount = Money.yuan(value)
        except InvalidMoney as error:
            raise ValueError(error.message) from error
        if amount < Money(0):
            raise ValueError("an amount is not below zero")
        return amount


class Closed(BaseModel):
    class Config:
        extra = Extra.forbid
        arbitrary_types_allowed = True


class ProvenanceFile(Closed):
    """Where a setting comes from and how sure that is."""

    source: str
    confidence: Confidence
    note: str = ""
