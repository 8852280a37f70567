"""Which files of a package nothing in it names."""

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
"""Letters of a word that counts."""
_LETTERS = bytes(byte if 97 <= byte <= 122 or byte >= 128 else 32 for byte in range(256))
"""Small letters as they are, and spaces for all other bytes."""
_WORDS_LIMIT = 300_000
"""Different words of a package; beyond that nothing is said of unused files."""
_MEDIA = frozenset(
    (
        *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp", ".ico", ".cur", ".tif"),
        *(".tiff", ".svgz", ".mp3", ".m4a", ".ogg", ".oga", ".wav", ".aac", ".flac", ".mp4"),
        *(".m4v", ".webm", ".ogv", ".mov", ".avi", ".wmv", ".flv", ".f4v", ".mpg", ".mpeg"),
        *(".woff", ".woff2", ".ttf", ".otf", ".eot", ".pdf", ".doc", ".docx", ".ppt", ".pptx"),
        *(".xls", ".xlsx", ".rtf", ".psd", ".ai", ".zip", ".map", ".scss", ".less"),
    )
)
"""Endings of files that name no other file of a course. What has another one may name any."""
_PACKED = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
"""What may be Base64."""
_ESCAPED = re.compile(
    rb"\\\\?(?:u(?P<hex>[0-9a-fA-F]{4})|x(?P<short>[0-9a-fA-F]{2}))"
    rb"|&#(?:x(?P<entity>[0-9a-fA-F]{2,4})|(?P<number>\d{2,5}));"
)
_UNPACKED_LIMIT = 64 << 20
"""Bytes that are decoded; beyond that nothing is said of unused files."""
_READABLE = bytes((9, 10, 13, *range(32, 127), *range(160, 256)))
_DEPTH = 3
"""How often data may be encoded within other data."""
_BASE_NAME = re.compile(rb"[^\s\"'<>()/\\\\?#&=,;:|*\[\]{}]{1,120}\.[a-z0-9]{1,5}\b")


class _TooMuchError(Exception):
    """There are more words than are kept, or more data than are decoded."""


def unnamed(package: Package) -> Iterator[str]:
    """Pictures, sounds, films and documents whose names stand in no text but the manifest, nor in
    data that a text encodes: percent signs, escapes of scripts, Base64, deflate.

    A name that a script may put together, such as ``slide12.png``, counts as named where the words
    of it stand anywhere; so does one without words. Where a file of a kind that is not known is in
    the package, each file may be named in it.
    """
    others = [name for name in package.files if name not in package.texts]
    if any(PurePosixPath(name).suffix.lower() not in _MEDIA for name in others):
        return
    left = {name: _words(PurePosixPath(name).stem.encode("utf-8", "replace")) for name in others}
    said: set[bytes] = set()
    with suppress(_TooMuchError):
        for texts in (_texts, _decoded_texts):
            # Decoding takes long: only where plain texts leave a file without a name.
            if any(words and not words <= said for words in left.values()):
                _take(said, texts(package))
        yield from (name for name, words in left.items() if words and not words <= said)


def _take(said: set[bytes], contents: Iterable[bytes]) -> None:
    for content in contents:
        said |= _words(content)
        if len(said) > _WORDS_LIMIT:
            raise _TooMuchError


def named_files(package: Package) -> frozenset[str]:
    """The names of files, without folders and in lower case, that texts other than the manifest
    have in them."""
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
        for data in _decoded(content, _DEPTH):
            left -= len(data)
            if left < 0:
                raise _TooMuchError
            yield data


def _decoded(content: bytes, depth: int) -> Iterator[bytes]:
    """What a text has in it in an encoded form, and what that has in it again."""
    if not depth:
        return
    if b"%" in content and (plain := unquote_to_bytes(content)) != content:
        yield plain
    if _ESCAPED.search(content):
        yield _ESCAPED.sub(_unescaped, content)
    for found in _PACKED.finditer(content):
        data = _inflated(_from_base64(found[0]))
        if _is_text(data):
            yield data
            yield from _decoded(data, depth - 1)


def _unescaped(found: re.Match[bytes]) -> bytes:
    hexadecimal, decimal = found["hex"] or found["short"] or found["entity"], found["number"]
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(number).encode("utf-8", "replace")


def _from_base64(written: bytes) -> bytes:
    plain = written.rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
    with suppress(binascii.Error):
        return base64.b64decode(plain + b"=" * (-len(plain) % 4))
    return b""


def _inflated(data: bytes) -> bytes:
    """What zlib, gzip or plain deflate has packed; other data as they are."""
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
