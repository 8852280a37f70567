"""Places in texts of a package."""

from __future__ import annotations

import re
from itertools import islice

from builder.audit.package import Text
from builder.diagnostics import Position


def place(text: Text, offset: int) -> Position:
    """The place of a byte; its column is left out, since lines of scripts can have a million."""
    return Position(text.name, text.content.count(b"\n", 0, max(0, offset)) + 1)


def place_in(text: Text, offset: int) -> Position:
    """The place of a character of the decoded text."""
    return Position(text.name, text.decoded.count("\n", 0, offset) + 1)


_MINIFIED = 1_000
"""Bytes of a line in front of a place from which on nobody has written it by hand."""
_REMARKS = 50
"""Matches that are looked at: a text of nothing else shall not take for ever."""
_REMARK = re.compile(rb"(?:^|[^:\"'/])//")


def written(pattern: re.Pattern[bytes], text: Text) -> re.Match[bytes] | None:
    """The first match of a pattern that is no remark of a script: lines that are left out with
    ``//``, or pieces between ``/*`` and ``*/``."""
    for found in islice(pattern.finditer(text.content), _REMARKS):
        if not _is_remark(text.content, found.start()):
            return found
    return None


def _is_remark(content: bytes, offset: int) -> bool:
    start = content.rfind(b"\n", 0, offset) + 1
    if offset - start < _MINIFIED and _REMARK.search(content[start:offset]):
        return True
    near = max(0, offset - 20 * _MINIFIED)
    return content.rfind(b"/*", near, offset) > content.rfind(b"*/", near, offset)
