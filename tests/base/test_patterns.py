"""A pattern that is compiled on first use behaves like a pattern."""

import re

import pytest

from builder.base.patterns import late


def test_late_pattern_behaves_like_compiled_pattern() -> None:
    one, other = late("(?P<x>A)(b*)", re.IGNORECASE), re.compile("(?P<x>A)(b*)", re.IGNORECASE)
    assert (one.pattern, one.flags, one.groupindex) == (other.pattern, other.flags, {"x": 1})
    for _ in range(2):
        assert one.sub("-", "xabbA") == "x--"
        assert [found["x"] for found in one.finditer("aBA")] == ["a", "A"]
        assert (bool(one.fullmatch("abb")), one.match("ba")) == (True, None)


def test_invalid_late_pattern_raises_error_when_used() -> None:
    broken = late("(")
    with pytest.raises(re.error):
        broken.search("a")
