"""What styles name: found wherever it stands, in time that grows with their length alone."""

import pytest

from builder import targets


def named(styles: str) -> list[str]:
    return [target.name for _, target in targets.in_styles(styles, "media/brand.css")]


def test_every_way_to_write_a_file() -> None:
    styles = """a { src: url(a.png) } /* url(no.png) */ b { src: url( "b (1).png" ) URL('c.png') }
/* never closed url(no.png)"""
    assert named(styles) == ["media/a.png", "media/b (1).png", "media/c.png"]


@pytest.mark.parametrize("part", ["url(", "url(a ", "url( ", 'url("', "/*a", " "])
def test_styles_that_are_broken_all_through_take_no_longer(part: str) -> None:
    # By the square of the length, this would take hours.
    assert named("url(" + part * 500_000) == []
