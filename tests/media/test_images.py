"""The size of an image is read from its header."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from builder.course.media.images import size

DRAW = """async ([type, width, height]) => {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  canvas.getContext("2d").fillRect(0, 0, 9, 9);
  const blob = await new Promise((done) => canvas.toBlob(done, type, 0.5));
  return [...new Uint8Array(await blob.arrayBuffer())];
}"""
SCAN = b"\xff\xc0\x00\x0b\x08\x00\x05\x00\x07\x01\x01\x11\x00"
"""A JPEG's frame: 7 wide, 5 high."""


def sized(data: bytes) -> tuple[int, int] | None:
    return size(BytesIO(data))


@pytest.fixture(scope="module")
def drawn(browser: Browser) -> dict[str, bytes]:
    """The same drawing in every format that a browser writes."""
    page = browser.new_page()
    types = ("image/png", "image/jpeg", "image/webp")
    made = {kind: bytes(page.evaluate(DRAW, [kind, 300, 70])) for kind in types}
    page.close()
    return made


def test_what_a_browser_draws(drawn: dict[str, bytes]) -> None:
    assert {kind: sized(data) for kind, data in drawn.items()} == {
        "image/png": (300, 70),
        "image/jpeg": (300, 70),
        "image/webp": (300, 70),
    }


def exif(order: str, orientation: int) -> bytes:
    end = "little" if order == "II" else "big"

    def number(value: int, count: int) -> bytes:
        return value.to_bytes(count, end)  # type: ignore[arg-type]

    entry = number(0x0112, 2) + number(3, 2) + number(1, 4) + number(orientation, 2) + b"\0\0"
    tiff = order.encode() + number(42, 2) + number(8, 4) + number(1, 2) + entry
    segment = b"Exif\0\0" + tiff
    return b"\xff\xe1" + (len(segment) + 2).to_bytes(2, "big") + segment


@pytest.mark.parametrize("order", ["II", "MM"])
def test_a_photo_that_lies_on_its_side_is_shown_upright(order: str) -> None:
    assert sized(b"\xff\xd8" + exif(order, 1) + SCAN) == (7, 5)
    assert sized(b"\xff\xd8" + exif(order, 6) + b"\xff" + SCAN) == (5, 7)


@pytest.mark.parametrize(
    ("data", "pixels"),
    [
        (b"GIF89a\x07\x00\x05\x01" + bytes(20), (7, 261)),
        (b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + b"\x06\0\0\x04\x01\0", (7, 261)),
        (b"RIFF\0\0\0\0WEBPVP8L" + bytes(5) + b"\x06\x00\x41\x00" + bytes(9), (7, 261)),
        (b"RIFF\0\0\0\0WEBPALPH" + bytes(20), None),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"GIF89a\0\0\0\0" + bytes(20), None),
        (b"\xff\xd8\xff\xda\x00\x02", None),
        (b"\xff\xd8\xff\xe0\x00\x01", None),
        (b"<svg/>", None),
        (b"", None),
    ],
)
def test_other_headers(data: bytes, pixels: tuple[int, int] | None) -> None:
    assert sized(data) == pixels


STARTS = (b"", b"\xff\xd8", b"\xff\xd8" + exif("II", 6)[:20], b"GIF89a", b"RIFF....WEBPVP8 ")


@given(st.sampled_from(STARTS), st.binary(max_size=80))
def test_any_file_is_looked_at(start: bytes, data: bytes) -> None:
    found = sized(start + data)
    assert found is None or (found[0] > 0 and found[1] > 0)
