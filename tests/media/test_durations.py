"""The duration of a recording is read from its headers; what they do not say is not guessed."""

import base64
import struct
import wave
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from builder.course.media.durations import seconds
from tests.support.growth import linear

SHOWCASE = Path(__file__).parent.parent / "showcase/media"


def found(data: bytes) -> int | None:
    return seconds(BytesIO(data))


@pytest.mark.parametrize(
    ("name", "duration"), [("watering.mp4", 4), ("watering.webm", 4), ("doorbell.wav", 2)]
)
def test_the_recordings_of_the_showcase(name: str, duration: int) -> None:
    assert found((SHOWCASE / name).read_bytes()) == duration


def test_a_browser_measures_the_same(browser: Browser) -> None:
    page = browser.new_page()
    for name, kind in (("watering.webm", "video/webm"), ("doorbell.wav", "audio/wav")):
        data = (SHOWCASE / name).read_bytes()
        measured = page.evaluate(
            """(src) => new Promise((done) => {
              const video = document.createElement("video");
              video.onloadedmetadata = () => done(video.duration);
              video.src = src;
            })""",
            f"data:{kind};base64,{base64.b64encode(data).decode()}",
        )
        assert found(data) == round(measured), name
    page.close()


def box(kind: bytes, content: bytes = b"", length: int | None = None) -> bytes:
    return struct.pack(">I", 8 + len(content) if length is None else length) + kind + content


def header(scale: int, length: int, *, wide: bool = False) -> bytes:
    """The box with the duration, in version 1 if ``wide``."""
    fields = struct.pack(">QQIQ" if wide else ">IIII", 0, 0, scale, length)
    return box(b"mvhd", bytes([wide, 0, 0, 0]) + fields + bytes(80))


FTYP = box(b"ftyp", b"isom\0\0\2\0")
MDAT = box(b"mdat", b"abcd")


def movie(scale: int, length: int, *, wide: bool = False) -> bytes:
    return box(b"moov", box(b"free") + header(scale, length, wide=wide))


@pytest.mark.parametrize(
    ("data", "duration"),
    [
        (FTYP + movie(1000, 150_000) + MDAT, 150),
        (FTYP + MDAT + movie(1000, 150_000), 150),
        (FTYP + movie(90_000, 90_000 * 3600, wide=True), 3600),
        (FTYP + box(b"mdat", struct.pack(">Q", 20) + b"abcd", 1) + movie(1, 7), 7),
        (FTYP + movie(1, 7) + box(b"mdat", b"to the end", 0), 7),
        (FTYP + movie(1000, 1499), 1),
        (FTYP + movie(1000, 1500), 2),
        (FTYP + movie(1000, 1), 1),
        (FTYP + movie(1, 86_400), 86_400),
        (FTYP + movie(1, 86_401), None),
        (FTYP + movie(1000, 0), None),
        (FTYP + movie(0, 1000), None),
        (FTYP + movie(1_000_000, 2**32 - 1), None),
        (FTYP + movie(2**32 - 1, 2**64 - 1, wide=True), None),
        (FTYP + MDAT, None),
        (FTYP + box(b"moov", box(b"trak")), None),
        (FTYP + box(b"moov", box(b"mvhd", bytes(10))), None),
        (FTYP + movie(1, 7) + box(b"mdat", b"", 9), None),
        (FTYP + movie(1, 7) + box(b"mdat", b"", 7), None),
        (FTYP + movie(1, 7) + box(b"mdat", bytes(8), 1), None),
        (FTYP + movie(1, 7) + b"\0\0\0", None),
        (FTYP + box(b"moov", header(1, 7)[:-1]), None),
    ],
)
def test_mpeg_4(data: bytes, duration: int | None) -> None:
    assert found(data) == duration


def wav(frames: int, channels: int, wide: int, rate: int) -> bytes:
    made = BytesIO()
    with wave.open(made, "wb") as writer:
        writer.setnchannels(channels)
        writer.setsampwidth(wide)
        writer.setframerate(rate)
        writer.writeframes(bytes(frames * channels * wide))
    return made.getvalue()


@pytest.mark.parametrize(
    ("frames", "channels", "wide", "rate", "duration"),
    [(8000, 1, 1, 8000, 1), (66_000, 2, 2, 600, 110), (601, 2, 3, 40, 15), (0, 1, 1, 8000, None)],
)
def test_wav(frames: int, channels: int, wide: int, rate: int, duration: int | None) -> None:
    assert found(wav(frames, channels, wide, rate)) == duration


SOUND = wav(6000, 2, 2, 1000)
"""6 seconds."""


@pytest.mark.parametrize(
    ("data", "duration"),
    [
        (SOUND, 6),
        (SOUND[:12] + b"LIST\3\0\0\0abc\0" + SOUND[12:] + b"id3 more", 6),
        (SOUND[:20] + b"\xfe\xff" + SOUND[22:], 6),
        # Compressed.
        (SOUND[:20] + b"\x11\0" + SOUND[22:], None),
        # Streamed: the length of the data was not known.
        (SOUND[:40] + b"\xff\xff\xff\xff" + SOUND[44:], None),
        (SOUND[:40] + bytes(4) + SOUND[44:], None),
        (SOUND[:-1], None),
        (SOUND[:24] + bytes(4) + SOUND[28:], None),
        (SOUND[:32] + bytes(2) + SOUND[34:], None),
        (SOUND[:12] + SOUND[36:], None),
        (SOUND[:36], None),
    ],
)
def test_unusual_and_damaged_wav(data: bytes, duration: int | None) -> None:
    assert found(data) == duration


def element(name: str, content: bytes, size: bytes = b"") -> bytes:
    return bytes.fromhex(name) + (size or bytes([0x80 | len(content)])) + content


def webm(*parts: bytes, size: bytes = b"") -> bytes:
    content = b"".join(parts)
    long = size or (1 << 56 | len(content)).to_bytes(8, "big")
    return element("1a45dfa3", b"\x42\x82\x84webm") + element("18538067", content, long)


def info(*parts: bytes) -> bytes:
    return element("1549a966", b"".join(parts))


SCALE = element("2ad7b1", (1_000_000).to_bytes(3, "big"))
CLUSTER = element("1f43b675", b"abcd")
FLOAT = element("4489", struct.pack(">f", 62_400))
DOUBLE = element("4489", struct.pack(">d", 62_400))


@pytest.mark.parametrize(
    ("data", "duration"),
    [
        (webm(info(SCALE, FLOAT), CLUSTER), 62),
        (webm(element("ec", bytes(20)), info(DOUBLE, SCALE), CLUSTER), 62),
        (webm(info(FLOAT)), 62),
        (webm(info(element("2ad7b1", b"\x0f\x42\x40" + bytes(1)), FLOAT)), 15_974),
        (webm(info(SCALE, DOUBLE), CLUSTER, size=b"\xff"), 62),
        (webm(info(SCALE), CLUSTER), None),
        (webm(CLUSTER, info(SCALE, FLOAT)), None),
        (webm(info(SCALE, FLOAT), CLUSTER)[:-1], None),
        (webm(info(SCALE, element("4489", struct.pack(">d", float("nan"))))), None),
        (webm(info(SCALE, element("4489", struct.pack(">d", float("inf"))))), None),
        (webm(info(SCALE, element("4489", struct.pack(">d", -1000)))), None),
        (webm(info(SCALE, element("4489", struct.pack(">f", 0)))), None),
        (webm(info(SCALE, element("4489", b""))), None),
        (webm(info(SCALE, element("4489", bytes(3)))), None),
        (webm(info(element("2ad7b1", b"\xff" * 8), DOUBLE)), None),
        (webm(b"\0\0\0\0", info(SCALE, FLOAT)), None),
        (webm(b"\xec\0", info(SCALE, FLOAT)), None),
    ],
)
def test_webm(data: bytes, duration: int | None) -> None:
    assert found(data) == duration


@pytest.mark.parametrize(
    "data", [b"", b"RIFF", b"OggS" + bytes(60), b"ID3\4" + bytes(60), b"RIFF\0\0\0\0WEBPVP8 "]
)
def test_other_formats(data: bytes) -> None:
    assert found(data) is None


WHOLE = (
    FTYP + movie(1000, 3000) + MDAT,
    FTYP + MDAT + movie(1000, 3000, wide=True),
    wav(30, 1, 2, 10),
    webm(info(SCALE, element("4489", struct.pack(">f", 3000))), CLUSTER),
)


def test_truncated_recording_has_full_duration_or_none() -> None:
    for data in WHOLE:
        assert found(data) == 3
        known = {found(data[:length]) for length in range(len(data))}
        # An MPEG-4 file is whole wherever one of its boxes ends.
        assert known <= {3, None}


@given(st.sampled_from([data[:32] for data in WHOLE]), st.binary(max_size=120))
def test_random_bytes(start: bytes, rest: bytes) -> None:
    for data in (rest, start[:12] + rest, start + rest):
        assert found(data) is None or 0 < found(data) <= 86_400


@given(st.sampled_from(WHOLE), st.data())
def test_a_damaged_recording(whole: bytes, draw: st.DataObject) -> None:
    data = bytearray(whole)
    for _ in range(draw.draw(st.integers(1, 6))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    assert found(bytes(data)) is None or 0 < found(bytes(data)) <= 86_400


class Counting(BytesIO):
    """A stream that counts the bytes that are read from it."""

    count = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.count += len(data)
        return data


@pytest.mark.parametrize("start", [data[:12] for data in WHOLE])
@pytest.mark.parametrize("part", [b"\0", b"\xff", b"\0\0\0\x08free", b"fmt \0\0\0\0", b"\xec\x80"])
def test_a_hostile_recording_costs_neither_time_nor_memory(start: bytes, part: bytes) -> None:
    stream = Counting(start + part * (4_000_000 // len(part)))
    seconds(stream)
    assert stream.count < 400_000


@pytest.mark.sampled
@pytest.mark.parametrize("start", [data[:12] for data in WHOLE])
@pytest.mark.parametrize("part", [b"\0", b"\xff", b"\0\0\0\x08free", b"fmt \0\0\0\0", b"\xec\x80"])
def test_many_parts_take_no_longer(start: bytes, part: bytes) -> None:
    linear(found, lambda n: start + part * (n // len(part)), 20_000)
