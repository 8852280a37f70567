"""Regular expressions that are compiled on first use."""

from __future__ import annotations

import re
from typing import Any, cast


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that is compiled on first use, for patterns that most builds do not need.

    Compiling a pattern takes as long as reading a page. The result cannot be passed to the
    functions of ``re``.
    """
    return cast("re.Pattern[str]", _Late(pattern, flags))


class _Late:
    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        # Called once per attribute, which is then stored.
        found = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, found)
        return found
