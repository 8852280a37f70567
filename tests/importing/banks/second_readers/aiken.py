"""What a file in Aiken holds, counted from its bytes by a second reader: it knows no questions,
only lines."""

from __future__ import annotations

import codecs
import re
from itertools import pairwise
from pathlib import Path

from builder.importing.document.tally import Counts

_OFFER = re.compile(r"(?m)^[ \t\f\v\ufeff]*[A-Za-z](?:\)|\.(?=[ \t\r\n]|\Z))")


def count(path: Path) -> Counts:
    """Count what a file holds that its reader reads. A question begins where answers begin."""
    content = path.read_bytes()
    if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        content = content.decode("utf-16", "replace").encode()
    try:
        words = content.decode()
    except UnicodeDecodeError:
        words = content.decode("cp1252", "replace")
    words = words.replace("\r", "\n")
    questions = _begun(words)
    kinds = {"questions": questions, "choice": questions, "options": len(_OFFER.findall(words))}
    return Counts(kinds, tuple(words.split()))


def _begun(words: str) -> int:
    """How often an answer `A` stands below a line that is neither empty nor an answer."""
    lines = [line for line in words.split("\n") if line.strip()]
    return sum(
        line.lstrip(" \t\f\v\ufeff")[:1] in "Aa" and bool(_OFFER.match(line))
        for above, line in pairwise(lines)
        if not _OFFER.match(above)
    )
