"""Whether the media that a page of our packages shows is there.

The manifest may list every file of a zip, and a page still name one that is in neither.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from builder.codes import problem
from builder.diagnostics import Diagnostic, FileName, Position
from builder.zips import shown

_NAMED = re.compile(rb'\b(?:src|href|poster)=\\?"(media/[^"\\#?]+)')
"""In HTML, and in HTML within the JSON of a chunk."""


def judge(name: str, content: bytes, names: Collection[str]) -> Iterator[Diagnostic]:
    """Every file of ``media/`` that a page at the root, or a chunk, shows and ``names`` lack."""
    # Looking for a text is many times faster than for a pattern, and most pages name no file.
    if not name.endswith((".html", ".js")) or b'"media/' not in content:
        return
    for named in dict.fromkeys(_NAMED.findall(content)):
        file = named.decode("utf-8", "replace")
        if file not in names:
            words = ("show “", FileName(shown(file)), "”, which is not in the package")
            page = FileName(shown(name))
            yield problem("package-content", Position(page), name=page, problem=words)
