"""Checks that the media shown by a page of our packages exists.

The manifest may list every file of a zip, and a page still refer to one that is in neither.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from builder.base.zips import printable_name
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, FileName, Position

_MEDIA_REFERENCE = re.compile(rb'\b(?:src|href|poster)=\\?"(media/[^"\\#?]+)')
"""Matches in HTML, and in HTML within the JSON of a chunk."""


def judge(name: str, content: bytes, names: Collection[str]) -> Iterator[Diagnostic]:
    """Report every file of ``media/`` that a page or chunk shows and that is not in ``names``."""
    # A text search is many times faster than a pattern, and most pages refer to no file.
    if not name.endswith((".html", ".js")) or b'"media/' not in content:
        return
    for named in dict.fromkeys(_MEDIA_REFERENCE.findall(content)):
        file = named.decode("utf-8", "replace")
        if file not in names:
            words = ("show “", FileName(printable_name(file)), "”, which is not in the package")
            page = FileName(printable_name(name))
            yield problem("package-content", Position(page), name=page, problem=words)
