"""Names and identifiers are the same in every build of a course."""

import dataclasses
from dataclasses import replace

import pytest

from builder.course.model import Stylesheet, Theme
from builder.package.outline import Identifiers
from builder.package.plan import plan
from tests.support.courses import COURSE, course, page, picture

OTHER = replace(COURSE, id="first-aid-2")


def test_identifiers_derive_from_the_course_id_alone() -> None:
    expected = Identifiers(
        manifest="sb-331ecd6b8f-first-aid",
        organization="org-331ecd6b8f-first-aid",
        item="sco-331ecd6b8f-first-aid",
        resource="res-331ecd6b8f-first-aid",
    )
    assert plan(COURSE).identifiers == expected
    other = replace(COURSE, title="Another title", version="2.0.0", draft=True)
    assert plan(other).identifiers == expected


def test_another_course_id_has_other_identifiers() -> None:
    one, other = (dataclasses.astuple(plan(each).identifiers) for each in (COURSE, OTHER))
    assert not set(one) & set(other)
    # SuccessFactors tells courses apart by this much (facts/scorm-1.2.md#identifiers).
    assert one[0][:15] != other[0][:15]


@pytest.mark.parametrize(
    ("draft", "name"), [(False, "first-aid-1.2.0.zip"), (True, "first-aid-1.2.0-draft.zip")]
)
def test_the_package_is_named_by_id_and_version(draft: bool, name: str) -> None:
    assert plan(replace(COURSE, draft=draft)).package_name == name


def test_only_media_that_a_page_uses_is_packed() -> None:
    used, unused = picture("media/map.png", b"map"), picture("media/old.png", b"old")
    made = plan(course(page("a", "![Map](../media/map.png)"), media=(used, unused)))
    assert made.media == {"media/map.png": f"media/map-{used.sha256[:10]}.png"}


def test_changed_image_renames_the_stylesheet_that_uses_it() -> None:
    css = "a { background: url(wave.png) } /* url(old.png) */ b { background: url(#clip) }"
    sheet = picture("media/brand.css", css.encode())
    theme = Theme(stylesheet=Stylesheet(sheet.path, css, ("media/wave.png",)))

    def made(content: bytes):
        media = (sheet, picture("media/wave.png", content))
        return plan(course(page("a"), media=media, theme=theme))

    one, other = made(b"one"), made(b"other")
    assert one.media["media/brand.css"] != other.media["media/brand.css"]
    assert one.styles == css.replace("url(wave.png)", f"url({one.media['media/wave.png'][6:]})")
