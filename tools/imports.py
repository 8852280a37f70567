"""Compares the time of an import of a large Word file with that of mammoth, which only converts it
to HTML. Prints both times and the ratio without pictures, with pictures, and for the pictures
alone."""

from __future__ import annotations

import random
import struct
import sys
import tempfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from tests.importing.word import files as word

PAGES, PICTURES = 300, 100
MOST = 3
"""Maximum ratio of the time of an import to that of mammoth."""
REPEATS = 3
MAMMOTH = """
import sys, mammoth
with open(sys.argv[1], "rb") as file, open(sys.argv[2], "w", encoding="utf-8") as page:
    page.write(mammoth.convert_to_html(file).value)
"""
IMPORT = """
import shutil, sys
from builder import cli
shutil.rmtree(sys.argv[2], ignore_errors=True)
cli.main(["import", sys.argv[1], "-o", sys.argv[2]])
"""
_WORDS = """
    children young people training concern share lead record listen quietly notice pattern support
    family school worker report early change trust time place question answer team local board
""".split()  # noqa: SIM905 — a list of single words is hard to read
_SIDE = 160
"""Width and height of a picture in pixels; the pixels are random."""


class Timed(Protocol):
    """The times of a process."""

    @property
    def processor(self) -> float:
        """CPU time in seconds, on which other programs have little effect."""


Best = Callable[[list[list[str]], int], Sequence[Timed]]
"""A function that runs each command several times, and returns the times of the best run."""


def measure(best: Best, output: Path) -> bool:
    """Measure imports and print the results; returns whether they are fast enough (``MOST``).

    ``output`` is a folder for the files.
    """
    print(f"\n{'Word file':<24}{'import':>9}{'mammoth':>10}{'ratio':>8}")
    rows = []
    for name, pictures in ((f"{PAGES} pages", 0), (f"with {PICTURES} pictures", PICTURES)):
        file = output / f"handbook-{pictures}.docx"
        file.write_bytes(handbook(PAGES, pictures))
        course, page = str(output / "imported"), str(output / "page.html")
        commands = [
            [sys.executable, "-c", IMPORT, str(file), course],
            [sys.executable, "-c", MAMMOTH, str(file), page],
        ]
        rows.append([run.processor for run in best(commands, REPEATS)])
        _print(name, *rows[-1])
    _print("its pictures alone", *(max(b - a, 0.001) for a, b in zip(*rows, strict=True)))
    print(f"an import may take {MOST} × what mammoth takes, which counts and judges nothing")
    return all(own <= MOST * alone for own, alone in rows)


def _print(name: str, own: float, alone: float) -> None:
    print(f"{name:<24}{own:>7.2f} s{alone:>8.2f} s{own / alone:>7.1f}×")


def handbook(pages: int, pictures: int) -> bytes:
    """A Word file of ``pages`` pages of about 350 words, with lists, tables and questions, and
    ``pictures`` pictures."""
    choose = random.Random(pages)
    body = "".join(_page(number, choose, pages, pictures) for number in range(pages))
    related = [
        (f"rId{number}", "image", f"media/image{number}.png")
        for number in range(100, 100 + pictures)
    ]
    media = {f"word__media__image{at}_dot_png": _noise(choose) for at in range(100, 100 + pictures)}
    levels = word.level(0, "bullet", "•")
    styles = "".join(
        word.style(
            f"Heading{at}", f"heading {at}", f'<w:pPr><w:outlineLvl w:val="{at - 1}"/></w:pPr>'
        )
        for at in (1, 2)
    )
    return word.docx(
        body, *related, styles=styles, numbering=word.numbering(levels, levels), **media
    )


def _page(number: int, choose: random.Random, pages: int, pictures: int) -> str:
    parts = [word.p(_said(choose, 4), style="Heading2" if number % 5 else "Heading1")]
    for _ in range(4):
        parts.append(
            word.p(
                word.r(f"{_said(choose, 30)} "),
                word.r(_said(choose, 5), "<w:b/>"),
                word.r(f" {_said(choose, 30)}"),
            )
        )
    parts += [word.item(_said(choose, 9)) for _ in range(4)]
    if number % 2:
        rows = [word.row(*(_said(choose, 3) for _ in range(3))) for _ in range(4)]
        parts.append(word.table(*rows))
    if number % 5 == 4:
        parts.append(word.p(f"{number // 5 + 1}. What is the {_said(choose, 3)}?"))
        parts += [word.p(f"{'*' if one == 'b' else ''}{one}) {_said(choose, 4)}") for one in "abc"]
    if pictures and number % (pages // pictures) == 0:
        at = 100 + number // (pages // pictures)
        parts.append(word.p(word.picture(f'r:embed="rId{at}"', 'descr="Two people at a desk"')))
    return "".join(parts)


def _said(choose: random.Random, words: int) -> str:
    return " ".join(choose.choices(_WORDS, k=words)).capitalize()


def _noise(choose: random.Random) -> bytes:
    """A PNG file (W3C PNG, 11) with random pixels of three bytes each."""
    rows = b"".join(b"\0" + choose.randbytes(3 * _SIDE) for _ in range(_SIDE))
    header = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


if __name__ == "__main__":
    from tools.bench import best as of_several

    with tempfile.TemporaryDirectory() as folder:
        sys.exit(0 if measure(of_several, Path(folder)) else 1)
