"""Audit rules about files: the manifest's list compared with the package, and unused files."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import PurePosixPath
from urllib.parse import unquote_to_bytes

from builder.audit.findings import ANYWHERE, Cost
from builder.audit.manifest import Manifest, local
from builder.audit.markup import candidates, references
from builder.audit.package import Package, Text, is_leftover
from builder.audit.rules.rule import ERROR, WARNING, Fault, Rule, some
from builder.audit.texts import position
from builder.diagnostics.diagnostic import Position

_LEAST = 3
"""Minimum length of a word in the search for unused files, in letters; shorter words are
ignored."""
_LETTERS = bytes(byte if 97 <= byte <= 122 or byte >= 128 else 32 for byte in range(256))
"""Translation table: lower-case letters stay, all other bytes become spaces."""
_WORDS_LIMIT = 300_000
"""Maximum number of different words in a package; with more, unused files are not reported."""
_MEDIA = frozenset(
    (
        *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp", ".ico", ".cur", ".tif"),
        *(".tiff", ".svgz", ".mp3", ".m4a", ".ogg", ".oga", ".wav", ".aac", ".flac", ".mp4"),
        *(".m4v", ".webm", ".ogv", ".mov", ".avi", ".wmv", ".flv", ".f4v", ".mpg", ".mpeg"),
        *(".woff", ".woff2", ".ttf", ".otf", ".eot", ".pdf", ".doc", ".docx", ".ppt", ".pptx"),
        *(".xls", ".xlsx", ".rtf", ".psd", ".ai", ".zip", ".map", ".scss", ".less"),
    )
)
"""Endings of files that never refer to other files. A file with another ending that is not read as
text may refer to any file."""
_PACKED = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
"""Matches text that may be Base64."""
_ESCAPED = re.compile(
    rb"\\\\?(?:u(?P<hex>[0-9a-fA-F]{4})|x(?P<short>[0-9a-fA-F]{2}))"
    rb"|&#(?:x(?P<entity>[0-9a-fA-F]{2,4})|(?P<number>\d{2,5}));"
)
_UNPACKED_LIMIT = 64 << 20
"""Maximum number of bytes decoded from all texts; with more, unused files are not reported."""
_READABLE = bytes((9, 10, 13, *range(32, 127), *range(160, 256)))
_DEPTH = 3
"""Maximum depth of encoded data within encoded data."""
_BASE_NAME = re.compile(rb"[^\s\"'<>()/\\\\?#&=,;:|*\[\]{}]{1,120}\.[a-z0-9]{1,5}\b")


class _TooMuchError(Exception):
    """Raised if a package exceeds the limit on words or decoded bytes."""


def unnamed(package: Package) -> Iterator[str]:
    """The paths of media files and documents whose name occurs in no text except the manifest.

    Names are also searched for in encoded data: percent signs, escapes in scripts, Base64, deflate.
    A script may assemble a name such as ``slide12.png``, so a name occurs if all its words occur,
    or if it has no words. There are no paths if the package has a file of an unknown kind, which
    may contain any name.
    """
    others = [name for name in package.files if name not in package.texts]
    if any(PurePosixPath(name).suffix.lower() not in _MEDIA for name in others):
        return
    left = {name: _words(PurePosixPath(name).stem.encode("utf-8", "replace")) for name in others}
    words_found: set[bytes] = set()
    with suppress(_TooMuchError):
        for texts in (_texts, _decoded_texts):
            # Decoding is slow, so only if the plain texts leave a file unnamed.
            if any(words and not words <= words_found for words in left.values()):
                _add_words(words_found, texts(package))
        yield from (name for name, words in left.items() if words and not words <= words_found)


def _add_words(words_found: set[bytes], contents: Iterable[bytes]) -> None:
    for content in contents:
        words_found |= _words(content)
        if len(words_found) > _WORDS_LIMIT:
            raise _TooMuchError


def named_files(package: Package) -> frozenset[str]:
    """The file names, without folders and in lower case, that occur in any text except the
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
    """The data that a text contains in encoded form, and the data in that, up to ``depth``."""
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


_STRICT = frozenset(("strict",))
_MISREAD_BACKSLASH = frozenset((ANYWHERE, "strict"))
"""The LMSs whose effect applies to a resource's address with a backslash: all except scormhost,
which converts backslashes."""


def _href_odd(manifest: Manifest) -> Iterator[Fault]:
    for element in manifest.all("resource", "file"):
        href = element.get("href", "")
        problem = _href_problem(href)
        if problem and not manifest.is_outside(href):
            # LMSs open a resource by its address, but not a listed file.
            opened = local(element.tag) == "resource"
            only = _MISREAD_BACKSLASH if opened and "\\" in href else None if opened else _STRICT
            yield Fault(manifest.at(element), {"href": href, "problem": problem}, only=only)


def _href_problem(href: str) -> str:
    if "\\" in href:
        return "it is written with a backslash"
    if href.startswith("/"):
        return "it starts with a slash, which means the top of the LMS’s site"
    if ".." in href.partition("?")[0].split("/"):
        return "it points outside the package"
    return ""


def _file_missing(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None:
        return
    missing = {
        path: element
        for element in manifest.all("file")
        if (path := manifest.resolve(element.get("href", "").strip(), element))
        and path.lower() not in package.by_lower_name
    }
    # The rule launch-missing reports launched files.
    for launch in manifest.launches:
        missing.pop(str(launch.path), None)
    if not missing:
        return
    named = named_files(package)
    used = [path for path in missing if path.rpartition("/")[2].lower() in named]
    rest = [path for path in missing if path not in set(used)]
    for paths, only in ((used, None), (rest, _READ_FILE_LIST)):
        if paths:
            count = "1 file that is" if len(paths) == 1 else f"{len(paths)} files that are"
            words = {"count": count, "path": paths[0]}
            yield Fault(manifest.at(missing[paths[0]]), words, some(paths), only=only)


_READ_FILE_LIST = frozenset(("strict", "rustici"))
"""LMSs that require every listed file, whether or not the course uses it."""


def _file_unlisted(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None or manifest.root is None:
        return
    # The rule name-case reports paths with other capitals.
    listed = {path.lower() for path in _listed_paths(manifest)}
    unlisted = [
        one
        for one in package.files
        if one.lower() not in listed and not _needs_no_listing(one, manifest)
    ]
    if unlisted:
        count = "1 file" if len(unlisted) == 1 else f"{len(unlisted)} files"
        words = {"count": count, "path": unlisted[0]}
        yield Fault(Position(unlisted[0]), words, some(unlisted))


def _listed_paths(manifest: Manifest) -> Iterator[str]:
    for element in manifest.all("file", "resource"):
        path = manifest.resolve(element.get("href", "").strip(), element)
        if path:
            yield path
    for element in manifest.all("location"):
        path = manifest.resolve((element.text or "").strip(), element)
        if path:
            yield path


def _needs_no_listing(name: str, manifest: Manifest) -> bool:
    """Whether the manifest need not list a file: it is the manifest itself, a schema, or a leftover
    of an operating system or of Git."""
    return name == manifest.path or name.endswith((".xsd", ".dtd")) or is_leftover(name)


_LEAST_UNUSED = 1_000_000
"""Minimum size of all unused files together, in bytes, for a report."""


def _file_unused(package: Package) -> Iterator[Fault]:
    """The fault of files that no text names, unless these files are small together."""
    manifest = package.manifest
    if manifest is None or not package.is_whole:
        return
    unused = [name for name in unnamed(package) if not is_leftover(name)]
    size = sum(package.files[name] for name in unused)
    if size >= _LEAST_UNUSED:
        largest = sorted(unused, key=lambda name: -package.files[name])
        count = "1 file" if len(unused) == 1 else f"{len(unused)} files"
        words = {"count": count, "size": f"{size / 1_000_000:,.1f}", "path": largest[0]}
        yield Fault(Position(largest[0]), words, some(largest))


def _name_case(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is not None:
        for element in manifest.all("file", "resource"):
            path = manifest.resolve(element.get("href", "").strip(), element)
            other = _in_other_capitals(package, path)
            if path and other:
                words = {"who": "The manifest", "written": path, "name": other}
                yield Fault(manifest.at(element), words)


def _name_case_in_page(package: Package, page: Text) -> Iterator[Fault]:
    for reference in references(page):
        paths = candidates(package, page, reference.address)
        if paths and not any(path in package.files for path in paths):
            other = next(filter(None, (_in_other_capitals(package, path) for path in paths)), None)
            if other:
                words = {"who": "A page", "written": reference.address, "name": other}
                yield Fault(position(page, reference.offset), words)


def _in_other_capitals(package: Package, path: str | None) -> str | None:
    """The file whose path differs from ``path`` only in capitals; ``None`` if there is none, or if
    a file has exactly this path."""
    if not path or path in package.files:
        return None
    return package.by_lower_name.get(path.lower())


RULES = (
    Rule(
        "href-odd",
        WARNING,
        "The manifest names “{href}”: {problem}.",
        "Write the path from the top of the package, with forward slashes: folder/file.html.",
        "An address in a manifest is relative to the top of the package.",
        summary="An address in the manifest points outside the package, or is written for Windows.",
        effects={
            ANYWHERE: "LMSs read such an address in different ways, and some do not find the "
            "course",
            "scormhost": "such a launch is refused",
            "strict": "it is not an address in the package",
        },
        source="facts/scorm-1.2.md#files",
        wrong='href="\\pages\\one.html"',
        right='href="pages/one.html"',
        judge_manifest=_href_odd,
    ),
    Rule(
        "file-missing",
        WARNING,
        "The manifest lists {count} not in the package, such as “{path}”.",
        "Export again. If the file is not needed, delete it from the manifest.",
        "A strict LMS, or a client’s check, compares the list with the zip.",
        summary="The manifest lists files that are not in the package.",
        effects={
            ANYWHERE: (
                "a page or script uses the file: trainees see a gap there, or the course stops "
                "when it needs the file"
            ),
            "strict": "the package does not conform",
            "rustici": "the import log warns",
        },
        cost=Cost.CONTENT,
        source="facts/packages.md#manifest",
        wrong='<file href="old.png"/>, without old.png',
        right='<file href="new.png"/>, with new.png',
        judge_package=_file_missing,
    ),
    Rule(
        "file-unlisted",
        WARNING,
        "The manifest does not list {count} of the package, such as “{path}”.",
        "Nothing, for Moodle and the other LMSs named here. If a client requires conformance, "
        "export again into an empty folder, or add the files to the manifest.",
        "SCORM requires the manifest to list every file of the package. LMSs unpack unlisted files "
        "anyway.",
        summary="Files of the package are not in the manifest.",
        effects={"strict": "the package does not conform"},
        source="facts/scorm-1.2.md#files",
        wrong='<file href="index.html"/>, with style.css in the zip',
        right='<file href="index.html"/><file href="style.css"/>',
        judge_package=_file_unlisted,
    ),
    Rule(
        "file-unused",
        WARNING,
        "Nothing in the package uses {count}, {size} MB in all, such as “{path}”.",
        "Check whether they are left over from earlier versions. If so, delete them from the "
        "project and export again.",
        "A page, script or style sheet that uses a file has its name. A file that none of them "
        "names is usually left over, and trainees could still open it by its address.",
        summary="Nothing in the package uses some of its files.",
        effects={
            ANYWHERE: (
                "the package is larger than necessary, and content that was removed from the "
                "course can still be read"
            )
        },
        source="facts/packages.md#upload",
        wrong="media/old-version.mp4, named by no page",
        right="media/welcome.mp4, named by index.html",
        judge_package=_file_unused,
    ),
    Rule(
        "name-case",
        ERROR,
        "{who} uses “{written}”, but the file is called “{name}”.",
        "Make both the same: rename the file, or change the name where it is used.",
        "Windows and macOS ignore capitals in file names, so the course works on the author’s "
        "computer. Most LMSs run on Linux, which does not ignore them.",
        summary="A name is written with other capitals than the name of the file.",
        effects={ANYWHERE: "the file is not found on most servers, which do not ignore capitals"},
        cost=Cost.ACCESS,
        source="facts/packages.md#names",
        wrong='<img src="Images/Logo.PNG">, with images/logo.png',
        right='<img src="images/logo.png">',
        judge_package=_name_case,
        of_pages=True,
        judge_text=_name_case_in_page,
    ),
)
