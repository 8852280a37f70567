"""Addresses in styles: found wherever they stand, in time that grows with the styles alone."""

import pytest

from builder.package.verify import addresses


def found(styles: str) -> list[str]:
    return [address for _, address in addresses.in_styles(styles)]


def test_spaces_and_comments_hide_no_address() -> None:
    styles = "@import /* a */\n/* b */ ' //a.example/b' ; a { src: url(  http://c.example/d) }"
    assert found(styles) == ["//a.example/b", "http://c.example/d"]


@pytest.mark.sampled
@pytest.mark.parametrize("start", ["@import", "url(", "image-set("])
@pytest.mark.parametrize("part", [" ", "/**/", "/*", "url(", "h\t"])
def test_styles_that_are_broken_all_through_take_no_longer(start: str, part: str) -> None:
    # By the square of the length, this would take hours.
    assert found(start + part * 200_000) == []
