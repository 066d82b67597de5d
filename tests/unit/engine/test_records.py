"""Records that are made without a detour are the same frozen records."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from account_engine.domain.records import maker, quickly_made


@quickly_made
@dataclass(frozen=True, slots=True)
class Slotted:
    name: str
    days: int = 3


@quickly_made
@dataclass(frozen=True)
class Roomy:
    name: str
    days: int = 3


@pytest.mark.parametrize("cls", [Slotted, Roomy])
def test_a_record_is_the_same_however_it_is_made(cls: type[Slotted] | type[Roomy]) -> None:
    made = maker(cls)(name="a")
    assert made == cls("a") == cls(name="a", days=3) == replace(cls("b"), name="a")
    assert hash(made) == hash(cls("a", 3))
    assert (made.name, made.days) == ("a", 3)
    assert repr(made) == f"{cls.__name__}(name='a', days=3)"


@pytest.mark.parametrize("cls", [Slotted, Roomy])
def test_a_record_stays_frozen(cls: type[Slotted] | type[Roomy]) -> None:
    with pytest.raises(FrozenInstanceError):
        maker(cls)("a").days = 4  # type: ignore[misc]


def test_a_missing_or_unknown_field_is_refused() -> None:
    make = maker(Slotted)
    with pytest.raises(TypeError):
        make()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        make("a", weeks=1)  # type: ignore[call-arg]


def test_a_class_that_does_more_than_hold_its_fields_is_refused() -> None:
    @dataclass(frozen=True)
    class WithFactory:
        items: list[int] = field(default_factory=list)

    with pytest.raises(TypeError, match="does more"):
        quickly_made(WithFactory)
