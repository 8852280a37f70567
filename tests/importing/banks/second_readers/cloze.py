"""What a text of Moodle's cloze holds, counted by a second reader that goes from brace to brace."""

from __future__ import annotations

import html
import re
from collections import Counter
from pathlib import Path

from builder.importing.document.tally import Counts

_BEGINS = re.compile(r"\{\d*:([A-Z_]+):")
_KINDS = {"M": "choice", "N": "number", "S": "fill-in"}
"""By the first letter of a gap's word, what it is counted as; MW is a fill-in, too."""


def count(path: Path) -> Counts:
    """Count what a file holds that its reader reads."""
    content = path.read_bytes()
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = content.decode("utf-16", "replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", "replace")
    kinds, words = counted(text)
    return Counts({kind: number for kind, number in kinds.items() if number}, tuple(words))


def _offered(inside: str) -> int:
    return sum(bool(one.strip(" =\n")) for one in inside.split("~"))


def counted(text: str) -> tuple[Counter[str], list[str]]:
    """The questions and options of a text with gaps, and its words."""
    kinds: Counter[str] = Counter({"questions": 0, "options": 0})
    for found in _BEGINS.finditer(text):
        word = found[1]
        kind = "fill-in" if word.startswith("MW") else _KINDS.get(word[0], "fill-in")
        inside = re.sub(r"\\.", "", text[found.end() :]).partition("}")[0]
        kinds["questions"] += 1
        kinds[kind] += 1
        kinds["options"] += _offered(inside) if kind == "choice" else 0
        kinds["questions with feedback"] += "#" in inside.replace("&#", "")
    shown = re.sub(r"\\(.)", r"\1", re.sub(r"<[^<>]*>", " ", text))
    return kinds, html.unescape(shown).split()
