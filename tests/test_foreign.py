"""What reads foreign bytes has an answer to all of them, and the two judges of styles agree."""

from io import BytesIO
from itertools import chain
from pathlib import Path

from builder.base import css
from builder.course import targets
from builder.course.load import text
from builder.course.media import captions, images, pictures
from builder.package.verify import addresses, content
from tests.support.foreign import drawings, mutated, styles

SHOWCASE = Path(__file__).parent / "showcase/media"
LONGEST = 120
"""Bytes of what is changed and cut short: beyond it nothing new begins."""


def test_an_author_is_warned_of_whatever_verify_finds_in_styles() -> None:
    for sheet in styles(3_000):
        told = any(isinstance(one, css.Import) or one.outside for one in css.read(sheet))
        assert told or not list(addresses.in_styles(sheet)), sheet


def test_a_style_sheet_with_other_names_has_as_many_files() -> None:
    for sheet in styles(2_000):
        found = [target.name for _, target in targets.in_styles(sheet, "media/a.css")]
        named = targets.replace_files(sheet, "media/a.css", dict.fromkeys(found, "media/b.png"))
        assert len(list(css.addresses(named))) == len(list(css.addresses(sheet))), sheet


def test_no_drawing_that_can_be_packed_is_read_otherwise() -> None:
    accepted = 0
    for drawing in chain(drawings(2_000), mutated((SHOWCASE / "leaf.svg").read_bytes(), 1_000)):
        found = content.judge("a.svg", drawing)
        accepted += not found
        assert found or not text.not_utf_8(drawing, "a.svg"), drawing
    assert accepted > 100


def test_any_captions_are_judged() -> None:
    good = (SHOWCASE / "watering.en.vtt").read_bytes()
    styled = good.replace(b"WEBVTT", b"WEBVTT\n\nSTYLE\n::cue{background:url(a.png)}", 1)
    for given in mutated(styled, 2_000):
        decoded, _ = text.decode(given, "a.vtt")
        content.judge("a.vtt", given)
        for fault in captions.judge(decoded or ""):
            assert 1 <= fault.line <= (decoded or "").count("\n") + 1


def test_any_picture_is_looked_at() -> None:
    for name in ("watering.webp", "watering.mp4"):
        for given in mutated((SHOWCASE / name).read_bytes()[:LONGEST], 500):
            pictures.find_damage(BytesIO(given))
            images.size(BytesIO(given))
