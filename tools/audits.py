"""Compares the time of an audit of a package with that of only reading and inflating it.

The package has 30 MB and 300 files. ``make bench`` prints the ratio.
"""

from __future__ import annotations

import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from builder.audit import audit

FILES = 300
SIZE = 30_000_000
MOST = 2
"""Maximum ratio of the time of an audit to that of reading and inflating its package."""
REPEATS = 5
_PAGES, _SCRIPTS = 60, 12
_WORDS = ("children", "people", "training", "concern", "share", "record", "listen", "notice")

_MEDIA = bytes(byte if byte < 240 else byte - 240 for byte in range(256))
"""Translation table that makes random bytes a little less random, like those of pictures and films:
deflate makes them slightly smaller, so that inflating them takes time."""


def package(path: Path) -> Path:
    """Write a package of the usual size of an export to ``path``: 60 pages of 20 KB, 12 scripts of
    150 KB, and media files; returns the path."""
    source = random.Random(1)
    pages = [f"page-{at}.html" for at in range(_PAGES)]
    scripts = [f"lib/part-{at}.js" for at in range(_SCRIPTS)]
    media = [f"media/picture-{at}.jpg" for at in range(FILES - _PAGES - _SCRIPTS - 1)]
    rest = (SIZE - _PAGES * 20_000 - _SCRIPTS * 150_000) // len(media)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", _manifest([*pages, *scripts, *media]))
        for at, name in enumerate(pages):
            archive.writestr(name, _page(source, at, media))
        for name in scripts:
            archive.writestr(name, _script(source))
        for name in media:
            archive.writestr(name, source.randbytes(rest).translate(_MEDIA))
    return path


def _manifest(names: list[str]) -> str:
    files = "".join(f'<file href="{name}"/>\n' for name in names)
    return (
        '<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" identifier="size-check" '
        'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"><metadata><schema>ADL SCORM'
        "</schema><schemaversion>1.2</schemaversion></metadata>"
        '<organizations default="O"><organization identifier="O"><title>Size</title>'
        '<item identifier="I" identifierref="R"><title>Size</title></item></organization>'
        '</organizations><resources><resource identifier="R" type="webcontent" '
        f'href="page-0.html" adlcp:scormtype="sco">{files}</resource></resources></manifest>'
    )


def _page(source: random.Random, at: int, media: list[str]) -> str:
    scripts = "".join(f'<script src="lib/part-{part}.js"></script>\n' for part in range(_SCRIPTS))
    shown = media[at * 3 : at * 3 + 3]
    pictures = "".join(f'<figure><img src="{name}" alt=""></figure>\n' for name in shown)
    words = "".join(f"<p>{' '.join(source.choices(_WORDS, k=40))}.</p>\n" for _ in range(60))
    on = f'<p><a href="page-{at + 1}.html">Next</a></p>' if at + 1 < _PAGES else ""
    return f"<!doctype html><title>{at}</title>\n{scripts}{pictures}{words}{on}"


def _script(source: random.Random) -> str:
    """A script as bundlers write it: a few calls of the API among much other code."""
    lines = ['var api=parent.API;api.LMSInitialize("");addEventListener("pagehide",function(){});']
    while sum(map(len, lines)) < 150_000:
        first, second = source.choices(_WORDS, k=2)
        number = source.randrange(1000)
        lines.append(f'function {first}{number}(a,b){{return a.{second}("{first}-{number}",b)}}')
    return "\n".join(lines)


def inflate(path: Path) -> None:
    """Read and inflate every file of a zip, which is the least that an audit must do."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            with archive.open(name) as member:
                while member.read(1 << 20):
                    pass


def _best(work: Callable[[], object]) -> float:
    """The CPU seconds that ``work`` takes, as the minimum of several runs."""
    spent = []
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)


def measure(folder: Path) -> bool:
    """Measure an audit and print the result; returns whether it is fast enough (``MOST``).

    ``folder`` is for the package.
    """
    path = package(folder / "size.zip")
    alone, audited = _best(lambda: inflate(path)), _best(lambda: audit(path))
    ratio = audited / alone
    print(f"\n{'package, 30 MB':<24}{'audit':>9}{'inflate':>10}{'ratio':>8}")
    print(f"{f'{FILES} files':<24}{audited:>8.2f}s{alone:>9.2f}s{ratio:>8.1f}")
    return ratio <= MOST
