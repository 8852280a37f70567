"""Truncated pictures are detected at any length, and whole ones are accepted."""

import base64
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from builder.course.media.pictures import CUT, NO_SIZE, find_damage
from tests.support.growth import linear

GOLDEN = Path(__file__).parent.parent / "golden/course/media/map.png"
GIF = (
    b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0"
    b"\x02\x02D\x01\0;"
)
AVIF = b"\0\0\0\x14ftypavif\0\0\0\0avif\0\0\0\x0cmeta\0\0\0\0\0\0\0\x01mdat\0\0\0\0\0\0\0\x14abcd"
JPEG = b"\xff\xd8\xff\xc0\x00\x0b\x08\x00\x05\x00\x07\x01\x01\x11\x00\xff\xda\x00\x03\x00ab\xff\xd9"


def found(data: bytes) -> str:
    return find_damage(BytesIO(data))


def cut_anywhere(data: bytes) -> None:
    assert found(data) == ""
    for length in range(16, len(data)):
        assert found(data[:length]) == CUT, length


def test_a_picture_that_is_cut_short_anywhere() -> None:
    for data in (GOLDEN.read_bytes(), GIF, JPEG):
        cut_anywhere(data)
    # An AVIF is whole wherever one of its boxes ends.
    assert [n for n in range(16, len(AVIF)) if not found(AVIF[:n])] == [32]
    assert found(AVIF) == ""


def test_truncated_browser_picture_is_detected_at_any_length(browser: Browser) -> None:
    page = browser.new_page()
    for kind in ("png", "jpeg", "webp"):
        address = page.evaluate(
            """(kind) => {
              const canvas = document.createElement("canvas");
              canvas.getContext("2d").fillRect(1, 1, 3, 3);
              return canvas.toDataURL(`image/${kind}`);
            }""",
            kind,
        )
        cut_anywhere(base64.b64decode(address.partition(",")[2]))
    page.close()


@pytest.mark.parametrize(
    "data",
    [
        GIF.replace(b"GIF89a\x01\0", b"GIF89a\0\0"),
        JPEG.replace(b"\x00\x05\x00\x07", b"\x00\x05\x00\x00"),
        JPEG.replace(b"\x00\x05\x00\x07", b"\x00\x00\x00\x07"),
        GOLDEN.read_bytes()[:16] + bytes(4) + GOLDEN.read_bytes()[20:],
        b"RIFF\x16\0\0\0WEBPVP8 " + bytes(14),
    ],
)
def test_a_picture_of_no_size(data: bytes) -> None:
    assert found(data) == NO_SIZE


def test_what_follows_a_picture_does_no_harm() -> None:
    for data in (GOLDEN.read_bytes(), GIF, JPEG):
        assert found(data + b"trailing bytes") == ""
    assert found(b"<svg/>") == found(b"") == found(b"OggS" + bytes(40)) == ""


BEGINS = (
    b"\x89PNG\r\n\x1a\n",
    b"GIF89a\x01\0\x01\0\0\0\0",
    b"\xff\xd8",
    b"RIFF\xff\0\0\0WEBP",
    AVIF,
)


@given(st.sampled_from(BEGINS), st.binary(max_size=60))
def test_any_file_is_looked_at(begin: bytes, rest: bytes) -> None:
    assert found(begin + rest) in ("", CUT, NO_SIZE)


@pytest.mark.sampled
@pytest.mark.parametrize("begin", BEGINS)
@pytest.mark.parametrize("part", [b"\0", b"\xff", b"\xff\xd0\0\2", b"!\0\1a\0", b"\0\0\0\x08free"])
def test_many_parts_take_no_longer(begin: bytes, part: bytes) -> None:
    linear(found, lambda n: begin + part * (n // len(part)), 20_000)
