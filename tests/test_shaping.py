"""What authors write in YAML, in the shape of its keys: texts become numbers, days, yes and no."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, Literal

import pytest

from builder.course.shaping import (
    After,
    Before,
    Limits,
    Pattern,
    Shape,
    ShapeError,
    fields,
    read,
    written,
)

Name = Annotated[str, Pattern(r"^[a-z]+$")]


class Inner(Shape):
    name: Name


class Everything(Shape):
    needed: Name
    seen: Annotated[str, Pattern(r"[^\s\u00ad]", strip=True, filled=True)] | None = None
    address: Annotated[str, Pattern(r"^/[^\s/]+\S*$", lower=True)] | None = None
    whole: Annotated[int, Limits(ge=0, le=1000)] = 3
    share: Annotated[float, Limits(ge=0.01, le=100, multiple_of=0.01)] = 1
    sure: bool = False
    on: date | None = None
    word: Literal["best", "last"] = "best"
    names: Annotated[tuple[Name, ...], Limits(min_length=2, max_length=3)] = ()
    one: Annotated[Inner | None, Before(lambda v: {"name": v} if isinstance(v, str) else v)] = None
    loud: Annotated[Name, After(str.upper)] | None = None
    more: Mapping[Name, Inner] = MappingProxyType({})


def made(**given: Any) -> Everything:
    return read(Everything, {"needed": "a", **given})


def violations(**given: Any) -> list[tuple[Any, ...]]:
    with pytest.raises(ShapeError) as raised:
        made(**given)
    return [(wrong.rule, *wrong.at) for wrong in raised.value.violations]


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("seen", "\u2003 a b\u0085", "a b"),
        # Not white space for Unicode, whatever Python says.
        ("seen", "\x1ca", "\x1ca"),
        ("address", "/A\x1cb", "/a\x1cb"),
        *(("whole", text, 80) for text in ("80", "+80", " 80\t", "080", "80.00", "8_0")),
        ("whole", "1_000", 1000),
        ("whole", "-0", 0),
        *(("share", text, 0.07) for text in ("0.07", ".07", "7e-2", "0.0_7", "\u00a00.07")),
        ("share", "33.33", 33.33),
        ("share", "100.", 100.0),
        *(("sure", text, True) for text in ("yes", "Y", "true", "T", "ON", "1")),
        *(("sure", text, False) for text in ("no", "N", "False", "f", "off", "0")),
        ("on", "2026-02-28", date(2026, 2, 28)),
        ("word", "last", "last"),
        ("names", ["a", "b"], ("a", "b")),
        ("loud", "abc", "ABC"),
    ],
)
def test_what_a_text_stands_for(key: str, text: Any, value: object) -> None:
    found = getattr(made(**{key: text}), key)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("key", "text", "rule"),
    [
        ("seen", ["a"], "text"),
        ("seen", " \u2028", "empty"),
        ("seen", "\u00ad", "pattern"),
        ("seen", "a\ud800", "letters"),
        ("loud", "a\n", "pattern"),
        ("address", "/a\u0085b", "pattern"),
        *(
            ("whole", text, "whole")
            for text in ("", "x", "1.5", "1__0", "_1", "1e3", "٣", "- 1", {})
        ),
        ("whole", "9" * 5000, "whole"),
        ("whole", "-1", "too-little"),
        ("whole", "1001", "too-much"),
        *(("share", text, "number") for text in ("", "x", "1__0", "0x1", "٣", "1e", [])),
        ("share", "0.005", "decimals"),
        ("share", "0", "too-little"),
        ("share", "nan", "too-much"),
        *(("share", text, "too-much") for text in ("100.01", "inf", "1e400")),
        *(("sure", text, "yes-or-no") for text in ("2", " yes", "maybe", ["yes"])),
        *(("on", text, "day") for text in ("2026-02-30", "2026-1-1", "20260131", "٢٠٢٦-01-31")),
        ("word", "first", "word"),
        ("word", ["best"], "word"),
        ("names", "a", "list"),
        ("names", ["a"], "too-few"),
        ("names", ["a"] * 4, "too-many"),
        ("one", ["a"], "keys"),
        ("more", "a", "keys"),
    ],
)
def test_what_cannot_stand_at_a_key(key: str, text: Any, rule: str) -> None:
    assert violations(**{key: text}) == [(rule, key)]


def test_all_problems_are_reported_in_the_order_of_the_keys() -> None:
    given = {
        **{"names": ["a", "B", None], "other": "x", "needed": None},
        **{"more": {"A": {"name": "a"}, "b": {}}, "one": "A", "void": None},
    }
    assert violations(**given) == [
        ("missing", "needed"),
        ("pattern", "names", 1),
        ("text", "names", 2),
        ("pattern", "one", "name"),
        ("key", "more", "A"),
        ("missing", "more", "b", "name"),
        ("unknown", "other"),
        ("unknown", "void"),
    ]


def test_a_key_without_a_value_counts_as_not_written() -> None:
    shape = made(whole=None, sure="no")
    assert (shape.whole, shape.sure, written(shape)) == (3, False, {"needed", "sure"})
    assert written(Everything(needed="a", whole=5)) == set()


def test_keys_of_a_base_come_first() -> None:
    class Longer(Inner):
        last: bool = True

    assert [(name, field.needed) for name, field in fields(Longer).items()] == [
        ("name", True),
        ("last", False),
    ]
    assert vars(Longer(name="a"))["last"] is True


def test_a_long_number_takes_no_longer_than_reading_it() -> None:
    assert violations(share=f"{'1' * 200_000}x", whole=f"{'1_' * 100_000}x") == [
        ("whole", "whole"),
        ("number", "share"),
    ]
