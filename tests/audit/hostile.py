"""A hundred archives that nobody should have to open, made by a table: each is bytes, and the code
that an audit has to find in them."""

from __future__ import annotations

import io
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterator
from random import Random

from tests.audit.packages import MANIFEST, PAGE, SOUND

Row = tuple[str, bytes, str]
"""What it is, its bytes, and a code among those that are found; empty where none need be."""

REFUSED = "zip-refused"
MEGA = 1 << 20


def archives(slow: bool = False) -> Iterator[Row]:
    """Every archive; the ``slow`` ones only where they are asked for."""
    for make in (*_MAKERS, *(_SLOW if slow else ())):
        yield from make()


def zipped(files: dict[str, bytes] | None = None, **entries: object) -> bytes:
    """A zip of these files behind a sound package."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, content in (SOUND | (files or {})).items():
            archive.writestr(name, content)
    return out.getvalue()


def _entry(name: str, mode: int = 0) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = mode << 16
    return entry


def _with_entry(entry: zipfile.ZipInfo, content: bytes = b"x") -> bytes:
    out = io.BytesIO(zipped())
    with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(entry, content)
    return out.getvalue()


def _renamed(name: bytes) -> bytes:
    """A member of a name that no program would write, of as many bytes."""
    made = zipped({"x" * len(name): b"x"})
    return made.replace(b"x" * len(name), name)


def _names() -> Iterator[Row]:
    leaving = (
        *("../up.html", "a/../../up.html", "/etc/passwd", "//server/share", "a/b/../../../c"),
        *("..", "../", "./../up", "C:/up.html", "c:up.html"),
    )
    for name in leaving:
        yield f"name {name}", _with_entry(_entry(name)), REFUSED
    for written in (b"..\\up.html", b"\\up.html", b"C:\\up.html", b"a\\..\\..\\up", b"up\x00.html"):
        yield f"name {written!r}", _renamed(written), REFUSED
    odd = {
        "CON": "name-windows",
        "a/aux.txt": "name-windows",
        "stream.txt:evil.exe": "name-windows",
        "trailing.": "name-windows",
        "line\nend.txt": "name-windows",
        "escape\x1b[2J.txt": "name-windows",
        "turn\u202egnp.exe": "name-odd",
        "n" * 60_000: "name-long",
        "/".join("d" * 300): "name-long",
        "INDEX.HTML": "name-clash",
        ".htaccess": "server-file",
        "shell.php": "server-file",
        "inner.zip": "zip-inside",
    }
    for name, code in odd.items():
        yield f"name {name[:20]!r}", _with_entry(_entry(name)), code
    yield "bytes of no encoding", _renamed(b"\xff\xfe\xfd.txt"), ""


def _special() -> Iterator[Row]:
    kinds = {
        "link": stat.S_IFLNK,
        "pipe": stat.S_IFIFO,
        "device": stat.S_IFCHR,
        "disk": stat.S_IFBLK,
        "socket": stat.S_IFSOCK,
    }
    for name, kind in kinds.items():
        yield name, _with_entry(_entry("index2.html", kind | 0o777), b"/etc/passwd"), REFUSED
    link = _entry("imsmanifest.xml", stat.S_IFLNK | 0o777)
    yield "the manifest as a link", _with_entry(link, b"/etc/passwd"), REFUSED


def _bombs() -> Iterator[Row]:
    zeros = bytes(20 * MEGA)
    yield "zeros", zipped({"zeros.bin": zeros}), REFUSED
    yield "zeros as a page", zipped({"zeros.html": zeros}), REFUSED
    yield "zeros as the manifest", zipped({"imsmanifest.xml": zeros}), REFUSED
    inner = zipped({"zeros.bin": zeros})
    yield "a bomb in a zip", zipped({"inner.zip": inner}), "zip-inside"
    yield "declared as 3 GB", _declared(zipped(), 3 << 30), REFUSED
    yield "declared as 4 GB", _declared(zipped(), (4 << 30) - 2), REFUSED
    yield "declared as nothing", _declared(zipped(), 0), "zip-damaged"
    yield "declared as one byte", _declared(zipped(), 1), "zip-damaged"
    yield "declared as 100 KB", _declared(zipped(), 100_000), "zip-damaged"
    yield "packed as more than there is", _declared(zipped(), None, packed=1 << 30), REFUSED
    yield "files over each other", _overlapping(500), REFUSED
    yield "a directory of 200,000 files", _directory(200_000, 46), REFUSED
    yield "a directory that says it is 4 GB", _said_directory(0xFFFFFFFE), REFUSED
    yield "a directory that says it is nothing", _said_directory(0), ""
    yield "25,000 files", _directory(25_000, 46), REFUSED


def _declared(made: bytes, size: int | None, packed: int | None = None) -> bytes:
    """The size of index.html in the directory and before the member is another one."""
    found = bytearray(made)
    local = made.index(b"index.html") - 30
    central = made.index(b"index.html", made.index(b"PK\x01\x02")) - 46
    for value, places in ((packed, (local + 18, central + 20)), (size, (local + 22, central + 24))):
        for at in places if value is not None else ():
            struct.pack_into("<I", found, at, int(value or 0))
    return bytes(found)


def _overlapping(times: int) -> bytes:
    """The directory names one member many times, by other names."""
    made = zipped({"k.bin": Random(1).randbytes(10_000)})
    end = made.rindex(b"PK\x05\x06")
    central = made.index(b"k.bin", made.index(b"PK\x01\x02")) - 46
    row = made[central : central + 46 + 5]
    rows = b"".join(row[:46] + f"{at:05}".encode() for at in range(times))
    start, count = (
        struct.unpack_from("<I", made, end + 16)[0],
        struct.unpack_from("<H", made, end + 8)[0],
    )
    directory = made[start:end] + rows
    last = struct.pack(
        "<4sHHHHIIH", b"PK\x05\x06", 0, 0, count + times, count + times, len(directory), start, 0
    )
    return made[:start] + directory + last


def _directory(files: int, size: int) -> bytes:
    """A zip that is a directory only."""
    row = struct.pack("<4s", b"PK\x01\x02") + bytes(24) + struct.pack("<H", size - 45) + bytes(16)
    rows = b"".join(row[:46] + b"a" for _ in range(files))
    count = min(files, 0xFFFF)
    return rows + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(rows), 0, 0)


def _said_directory(size: int) -> bytes:
    found = bytearray(zipped())
    struct.pack_into("<I", found, found.rindex(b"PK\x05\x06") + 12, size)
    return bytes(found)


def _broken() -> Iterator[Row]:
    made = zipped({"plan.png": Random(2).randbytes(5_000)})
    for part in range(1, 11):
        yield f"cut at {part}/11", made[: len(made) * part // 11], REFUSED
    others = {
        "nothing": b"",
        "one byte": b"P",
        "text": b"hello",
        "a page": PAGE.encode(),
        "gzip": b"\x1f\x8b\x08" + bytes(100),
        "7z": b"7z\xbc\xaf\x27\x1c" + bytes(100),
        "rar": b"Rar!\x1a\x07\x01" + bytes(100),
        "tar": bytes(257) + b"ustar" + bytes(300),
        "an end alone, cut": b"PK\x05\x06" + bytes(10),
        "ends only": b"PK\x05\x06" * 20_000,
    }
    for name, content in others.items():
        yield name, content, REFUSED
    yield "an empty zip", b"PK\x05\x06" + bytes(18), "manifest-missing"
    yield "something before", b"MZ" + bytes(5_000) + made, "zip-late"
    yield "something behind", made + bytes(5_000), ""
    yield "another end in its comment", _commented(made), ""
    for seed in range(12):
        random = Random(seed)
        found = bytearray(made)
        for _ in range(20):
            found[random.randrange(len(found))] = random.randrange(256)
        yield f"bytes changed, {seed}", bytes(found), ""


def _commented(made: bytes) -> bytes:
    comment = b"PK\x05\x06" + bytes(18) + b"x" * 1000
    at = made.rindex(b"PK\x05\x06")
    return made[: at + 20] + struct.pack("<H", len(comment)) + comment


def _manifests() -> Iterator[Row]:
    laughs = "".join(
        f'<!ENTITY l{at} "{f"&l{at - 1};" * 10 if at else "ha" * 10}">' for at in range(10)
    )
    head, _, rest = MANIFEST.partition("\n")
    manifests = {
        "billion laughs": f"{head}\n<!DOCTYPE m [{laughs}]>\n{rest.replace('Part', '&l9;')}",
        "a file of the server": f'{head}\n<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n'
        + rest.replace("Part", "&x;"),
        "an address": f'{head}\n<!DOCTYPE m SYSTEM "http://127.0.0.1:9/x.dtd">\n{rest}',
        "deep": "<a>" * 50_000,
        "signs": "<" * MEGA,
        "ampersands": "&" * MEGA,
        "an attribute of a megabyte": MANIFEST.replace(
            'version="1.0">', f'version="{"v" * MEGA}">'
        ),
        "many items": MANIFEST.replace("</organization>", "<item/>" * 20_000 + "</organization>"),
        "no text": "\0" * 1000,
        "nothing": "",
    }
    codes = {
        "billion laughs": "",
        "a file of the server": "manifest-doctype",
        "an address": "manifest-doctype",
        "many items": "item-empty",
        "an attribute of a megabyte": "",
    }
    for name, text in manifests.items():
        code = codes.get(name, "manifest-malformed")
        yield f"manifest: {name}", zipped({"imsmanifest.xml": text.encode()}), code
    for encoding in ("utf-16", "utf-32", "utf-7"):
        text = MANIFEST.replace("UTF-8", encoding).encode(encoding)
        yield f"manifest: {encoding}", zipped({"imsmanifest.xml": text}), ""


def _pages() -> Iterator[Row]:
    repeated = (
        *('<a "', "<!--", "<script>", "<img src=", "<img src='a", "<video>", "<base ", '<a href="'),
        *("'cmi.core.exit',", "document.write('<script ", '.open("POST",', "onunload =", "&#x41;"),
        *("<img src=a>", "<a b='\"", "http://", "<style", "\u0130<!--"),
    )
    for piece in repeated:
        page = f"{PAGE}{piece * (600_000 // len(piece))}".encode()
        # Packed as it is: a page of one word is tighter than any honest one.
        yield f"page of {piece}", _stored({"index.html": page}), ""


def _stored(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in (SOUND | files).items():
            archive.writestr(name, content)
    return out.getvalue()


def _large() -> Iterator[Row]:
    """What takes a second each to make or to read."""
    yield "a directory of 130,000 files", _directory(130_000, 46), REFUSED
    noise = Random(3).randbytes(60 * MEGA)
    yield "600 MB of noise", _stored({f"{at}.bin": noise for at in range(10)}), ""
    words = (b"<img src=a><!-- x -->" * (7 * MEGA // 21)) + b"end"
    yield "eight large pages", _stored({f"{at}.html": words for at in range(8)}), ""


_MAKERS: tuple[Callable[[], Iterator[Row]], ...] = (
    *(_names, _special, _bombs, _broken, _manifests, _pages),
)
_SLOW = (_large,)
