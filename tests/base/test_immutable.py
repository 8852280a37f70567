"""Immutable classes behave like frozen dataclasses, except that only mypy freezes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from functools import cached_property

import pytest

from builder.base.immutable import immutable, unfolding


@immutable
class Value:
    name: str
    number: int = 1
    told: str = field(compare=False, default="a")
    more: Mapping[str, int] = field(repr=False, hash=False, default_factory=dict)


@dataclass(frozen=True, slots=True)
class Frozen:
    name: str
    number: int = 1
    told: str = field(compare=False, default="a")
    more: Mapping[str, int] = field(repr=False, hash=False, default_factory=dict)


@unfolding
class Unfolding:
    name: str

    @cached_property
    def loud(self) -> str:
        return self.name.upper()


@immutable
class Named(Value):
    last: bool = False

    def __repr__(self) -> str:
        return self.name


@immutable
class Nothing:
    pass


@pytest.mark.parametrize("kind", [Value, Frozen])
def test_values_are_compared_by_their_fields(kind: type[Value]) -> None:
    one = kind("x", 2, more={"a": 1})
    assert one == kind("x", 2, "b", {"a": 1})
    assert hash(one) == hash(kind("x", 2, "b"))
    assert len({one, kind("x", 2, more={"a": 1}), kind("x", 3), kind("y", 2)}) == 3
    assert one not in (kind("x", 2), ("x", 2, {"a": 1}), Named("x", 2, more={"a": 1}))
    assert repr(one) == f"{kind.__name__}(name='x', number=2, told='a')"


@pytest.mark.parametrize("kind", [Value, Frozen])
def test_a_value_is_a_dataclass_with_slots(kind: type[Value]) -> None:
    one = replace(kind("x"), number=5)
    assert asdict(one) == {"name": "x", "number": 5, "told": "a", "more": {}}
    assert [each.name for each in fields(kind)] == ["name", "number", "told", "more"]
    assert not hasattr(one, "__dict__")


def test_what_a_class_says_of_itself_holds() -> None:
    assert repr(Named("x", last=True)) == "x"
    assert Named("x", last=True) != Named("x")
    assert Nothing() == Nothing()
    assert hash(Nothing()) == hash(Nothing())


def test_a_value_can_find_out_more_of_itself() -> None:
    one = Unfolding("a")
    assert (one.loud, one == Unfolding("a"), hash(one) == hash(Unfolding("a"))) == ("A", True, True)
