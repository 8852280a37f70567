"""Finds files of a package that nothing in the package names."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import PurePosixPath
from urllib.parse import unquote_to_bytes

from builder.audit.package import Package

_LEAST = 3
"""Minimum length of a word, in letters."""
_LETTERS = bytes(byte if 97 <= byte <= 122 or byte >= 128 else 32 for byte in range(256))
"""Translation table: lower-case letters stay, all other bytes become spaces."""
_WORDS_LIMIT = 300_000
"""Maximum number of different words; with more, unused files are not reported."""
_MEDIA = frozenset(
    (
        *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp", ".ico", ".cur", ".tif"),
        *(".tiff", ".svgz", ".mp3", ".m4a", ".ogg", ".oga", ".wav", ".aac", ".flac", ".mp4"),
        *(".m4v", ".webm", ".ogv", ".mov", ".avi", ".wmv", ".flv", ".f4v", ".mpg", ".mpeg"),
        *(".woff", ".woff2", ".ttf", ".otf", ".eot", ".pdf", ".doc", ".docx", ".ppt", ".pptx"),
        *(".xls", ".xlsx", ".rtf", ".psd", ".ai", ".zip", ".map", ".scss", ".less"),
    )
)
"""Endings of files that cannot name other files. A file of any other kind may name all."""
_PACKED = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
"""Text that may be Base64."""
_ESCAPED = re.compile(
    rb"\\\\?(?:u(?P<hex>[0-9a-fA-F]{4})|x(?P<short>[0-9a-fA-F]{2}))"
    rb"|&#(?:x(?P<entity>[0-9a-fA-F]{2,4})|(?P<number>\d{2,5}));"
)
_UNPACKED_LIMIT = 64 << 20
"""Maximum number of decoded bytes; with more, unused files are not reported."""
_READABLE = bytes((9, 10, 13, *range(32, 127), *range(160, 256)))
_DEPTH = 3
"""Maximum depth of encoded data within encoded data."""
_BASE_NAME = re.compile(rb"[^\s\"'<>()/\\\\?#&=,;:|*\[\]{}]{1,120}\.[a-z0-9]{1,5}\b")


class _TooMuchError(Exception):
    """A limit on words or decoded bytes was exceeded."""


def unnamed(package: Package) -> Iterator[str]:
    """Media files and documents that no text names, other than the manifest.

    Names are also looked for in encoded data: percent signs, escapes in scripts, Base64, deflate. A
    script may assemble a name such as ``slide12.png``, so a file counts as named if all words of
    its name occur, or if its name has no words. If the package has a file of an unknown kind, no
    file is reported.
    """
    others = [name for name in package.files if name not in package.texts]
    if any(PurePosixPath(name).suffix.lower() not in _MEDIA for name in others):
        return
    left = {name: _words(PurePosixPath(name).stem.encode("utf-8", "replace")) for name in others}
    said: set[bytes] = set()
    with suppress(_TooMuchError):
        for texts in (_texts, _decoded_texts):
            # Decoding is slow, so only if the plain texts leave a file unnamed.
            if any(words and not words <= said for words in left.values()):
                _add_words(said, texts(package))
        yield from (name for name, words in left.items() if words and not words <= said)


def _add_words(said: set[bytes], contents: Iterable[bytes]) -> None:
    for content in contents:
        said |= _words(content)
        if len(said) > _WORDS_LIMIT:
            raise _TooMuchError


def named_files(package: Package) -> frozenset[str]:
    """The file names, without folders and in lower case, that occur in texts other than the
    manifest."""
    return frozenset(
        name.decode("utf-8", "replace")
        for content in _texts(package)
        for name in _BASE_NAME.findall(unquote_to_bytes(content.lower()))
    )


def _texts(package: Package) -> Iterator[bytes]:
    own = package.manifest.path if package.manifest else ""
    return (text.content for name, text in package.texts.items() if name != own)


def _decoded_texts(package: Package) -> Iterator[bytes]:
    left = _UNPACKED_LIMIT
    for content in _texts(package):
        for data in _decode(content, _DEPTH):
            left -= len(data)
            if left < 0:
                raise _TooMuchError
            yield data


def _decode(content: bytes, depth: int) -> Iterator[bytes]:
    """The data that a text encodes, recursively."""
    if not depth:
        return
    if b"%" in content and (plain := unquote_to_bytes(content)) != content:
        yield plain
    if _ESCAPED.search(content):
        yield _ESCAPED.sub(_unescape, content)
    for found in _PACKED.finditer(content):
        data = _inflate(_from_base64(found[0]))
        if _is_text(data):
            yield data
            yield from _decode(data, depth - 1)


def _unescape(found: re.Match[bytes]) -> bytes:
    hexadecimal, decimal = found["hex"] or found["short"] or found["entity"], found["number"]
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(number).encode("utf-8", "replace")


def _from_base64(written: bytes) -> bytes:
    plain = written.rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
    with suppress(binascii.Error):
        return base64.b64decode(plain + b"=" * (-len(plain) % 4))
    return b""


def _inflate(data: bytes) -> bytes:
    """Data inflated from zlib, gzip or raw deflate; other data unchanged."""
    for bits in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):
        with suppress(zlib.error):
            inflating = zlib.decompressobj(bits)
            found = inflating.decompress(data, _UNPACKED_LIMIT)
            if found and inflating.eof:
                return found
    return data


def _is_text(data: bytes) -> bool:
    start = data[:2_000]
    odd = len(start.translate(None, _READABLE))
    return len(start) >= _LEAST and odd * 20 <= len(start)


def _words(text: bytes) -> set[bytes]:
    words = set(text.lower().translate(_LETTERS).split())
    return {one for one in words if len(one) >= _LEAST}
