"""Pictures come without what their makers, cameras and places left in them, and look the same."""

import io
import struct
import zlib

from builder.course.media import images, pictures
from builder.importing.writing.pictures import without_metadata

TELLING = b"Jane Doe, 51.5N 0.1W"


def segment(mark: int, body: bytes) -> bytes:
    return bytes((0xFF, mark)) + struct.pack(">H", len(body) + 2) + body


def exif(turn: int) -> bytes:
    entry = struct.pack("<HHII", 0x0112, 3, 1, turn)
    camera = struct.pack("<HHII", 0x010F, 2, len(TELLING), 38)
    return b"Exif\0\0II*\0" + struct.pack("<IH", 8, 2) + camera + entry + bytes(4) + TELLING


def jpeg(turn: int) -> bytes:
    frame = struct.pack(">BHHB", 8, 20, 10, 1) + bytes(3)
    parts = (
        *(segment(0xE0, b"JFIF\0" + bytes(9)), segment(0xE1, exif(turn))),
        *(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + TELLING), segment(0xED, TELLING)),
        *(segment(0xFE, TELLING), segment(0xE2, b"ICC_PROFILE\0"), segment(0xC0, frame)),
        segment(0xDA, bytes(6)),
    )
    return b"\xff\xd8" + b"".join(parts) + b"pixels\xff\xd9"


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def test_a_photograph_keeps_its_turn_and_its_colours_alone() -> None:
    for turn, size in ((1, (10, 20)), (6, (20, 10))):
        cleaned = without_metadata(jpeg(turn), ".jpg")
        assert TELLING not in cleaned
        assert b"ICC_PROFILE" in cleaned
        assert images.size(io.BytesIO(cleaned)) == size == images.size(io.BytesIO(jpeg(turn)))
        assert pictures.find_damage(io.BytesIO(cleaned)) == ""
        assert without_metadata(cleaned, ".jpg") == cleaned


def test_a_drawing_of_pixels_loses_its_notes() -> None:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    notes = b"".join(chunk(kind, TELLING) for kind in (b"tEXt", b"iTXt", b"eXIf", b"tIME"))
    pixels = chunk(b"IDAT", zlib.compress(bytes(4)))
    plain = b"\x89PNG\r\n\x1a\n" + head + pixels + chunk(b"IEND", b"")
    noted = b"\x89PNG\r\n\x1a\n" + head + notes + pixels + chunk(b"IEND", b"") + TELLING
    assert without_metadata(noted, ".png") == plain


def test_webp_metadata_is_removed_and_flags_updated() -> None:
    def part(kind: bytes, body: bytes) -> bytes:
        return kind + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)

    flags = part(b"VP8X", bytes((0x2C, 0, 0, 0, 9, 0, 0, 19, 0, 0)))
    pixels = part(b"VP8L", b"\x2f" + bytes(9))
    body = b"WEBP" + flags + pixels + part(b"EXIF", TELLING) + part(b"XMP ", TELLING + b".")
    cleaned = without_metadata(b"RIFF" + struct.pack("<I", len(body)) + body, ".webp")
    assert TELLING not in cleaned
    assert cleaned[20] == 0x20
    assert struct.unpack("<I", cleaned[4:8])[0] == len(cleaned) - 8
    assert images.size(io.BytesIO(cleaned)) == (10, 20)


def test_truncated_image_metadata_never_raises_an_error() -> None:
    for whole in (
        jpeg(6),
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13)),
        b"RIFF\0\0\0\0WEBPVP8X",
    ):
        for end in range(len(whole)):
            without_metadata(whole[:end], "")
