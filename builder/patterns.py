"""Regular expressions that few builds need."""

from __future__ import annotations

import re
from typing import Any, cast


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that is compiled when it is first used, for those that most builds do not use:
    compiling one takes as long as reading a page. It is no pattern for the functions of ``re``,
    which take the text of one."""
    return cast("re.Pattern[str]", _Late(pattern, flags))


class _Late:
    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        # Asked for once: then it is there.
        found = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, found)
        return found
