"""Delays the compilation of regular expressions until they are used."""

from __future__ import annotations

import re
from typing import Any, cast


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression that is compiled on first use, for those that most builds do not need.

    Compiling one takes as long as reading a page. Call the result's methods, such as ``match``: it
    cannot be passed to functions of ``re``.
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
