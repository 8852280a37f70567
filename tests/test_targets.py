"""What styles name: found wherever it stands, in time that grows with their length alone."""

import pytest

from builder.course import targets
from tests.support.growth import linear


def named(styles: str) -> list[str]:
    return [target.name for _, target in targets.in_styles(styles, "media/brand.css")]


def test_every_way_to_write_a_file() -> None:
    styles = """a { src: url(a.png) } /* url(no.png) */ b { src: url( "b (1).png" ) URL('c.png') }
/* never closed url(no.png)"""
    assert named(styles) == ["media/a.png", "media/b (1).png", "media/c.png"]


def test_quoted_css_file_counts_only_where_it_loads() -> None:
    styles = (
        """@import "no.css"; a { content: "no.png"; b: image-set("a.png" 1x, url(b.png) 2x) }"""
    )
    assert named(styles) == ["media/a.png", "media/b.png"]


def test_only_file_names_in_styles_are_replaced() -> None:
    styles = """/* url(a.png) */
a { b: image-set("a.png" 1x, url( 'a.\\70 ng#x y' ) 2x); content: "a.png" }
c { d: url(b.png) }"""
    names = {"media/a.png": "a-1.png"}
    assert (
        targets.replace_files(styles, "media/brand.css", names)
        == """/* url(a.png) */
a { b: image-set("a-1.png" 1x, url( 'a-1.png#x%20y' ) 2x); content: "a.png" }
c { d: url(b.png) }"""
    )


@pytest.mark.parametrize("part", ["url(", "url(a ", "url( ", 'url("', "/*a", " ", "url(a.png) "])
def test_many_files_take_no_longer(part: str) -> None:
    linear(
        lambda styles: targets.replace_files(styles, "media/brand.css", {"media/a.png": "b.png"}),
        lambda n: f"url({part * (n // len(part))}",
        5_000,
    )
