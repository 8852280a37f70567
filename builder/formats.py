"""The kinds of recording that browsers play: how their files' names end, and how they begin."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

CAPTIONS = ".vtt"
"""How the name of a file of captions ends (WebVTT)."""
BEGINNING = 16
"""Bytes of a file that ``Recording.begins`` looks at."""


@dataclass(frozen=True, slots=True)
class Recording:
    """``kind`` is the block that plays it, ``mime`` what a page calls it, ``begins`` a pattern for
    the first bytes of every such file."""

    kind: Literal["video", "audio"]
    mime: str
    begins: re.Pattern[bytes]


_MPEG_4 = re.compile(rb".{4}ftyp", re.DOTALL)
_MATROSKA = re.compile(rb"\x1a\x45\xdf\xa3")
_OGG = re.compile(rb"OggS")

RECORDINGS: Mapping[str, Recording] = {
    ".mp4": Recording("video", "video/mp4", _MPEG_4),
    ".webm": Recording("video", "video/webm", _MATROSKA),
    ".mp3": Recording("audio", "audio/mpeg", re.compile(rb"ID3|\xff[\xe0-\xff]")),
    ".m4a": Recording("audio", "audio/mp4", _MPEG_4),
    ".ogg": Recording("audio", "audio/ogg", _OGG),
    ".opus": Recording("audio", "audio/ogg", _OGG),
    ".wav": Recording("audio", "audio/wav", re.compile(rb"RIFF.{4}WAVE", re.DOTALL)),
}
"""By the ending of the file's name."""


def endings(kind: str) -> tuple[str, ...]:
    """How the names of all recordings of a kind end, without the dot."""
    return tuple(ending[1:] for ending, one in RECORDINGS.items() if one.kind == kind)
