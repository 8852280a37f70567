"""Lines of a list that miss the words of today: what they may mean."""

from __future__ import annotations

from collections.abc import Mapping

from builder.approving.standing import Standing
from builder.codes import Known, problem
from builder.diagnostics import Diagnostic, Position

_NAMED = 5
"""Parts that a message names."""


def unknown_part(
    at: Position, part: str, code: str, standings: Mapping[str, Standing]
) -> Diagnostic:
    """Of a line whose part the course has not: the one that has these words now, or a name that is
    near, or else what there is of its kind."""
    known = Known(standings)
    has = _has(code, standings)
    alike = has == known.near(part)
    near = known.did_you_mean(part) if alike or not has else _is_of(code, has)
    return problem("sheet-part", at, part=part, did_you_mean=near or _there(part, standings))


def other_words(
    at: Position, one: Standing, code: str, standings: Mapping[str, Standing]
) -> Diagnostic:
    """Of a line whose code is not that of its part: the code of today, and what has its own."""
    words = {"part": one.part.id, "written": code, "today": one.part.code or "none"}
    return problem("sheet-code", at, **words, did_you_mean=_is_of(code, _has(code, standings)))


def _has(code: str, standings: Mapping[str, Standing]) -> str:
    """The part that alone has the words of a code today."""
    found = [name for name, one in standings.items() if code and one.part.code == code]
    return found[0] if len(found) == 1 else ""


def _is_of(code: str, part: str) -> str:
    return f" {code} is that of “{part}”." if part else ""


def _there(part: str, standings: Mapping[str, Standing]) -> str:
    kind = part.partition("/")[0]
    alike = [name for name in standings if name.partition("/")[0] == kind] or [*standings]
    more = len(alike) - _NAMED
    listed = [*alike[:_NAMED], *([f"{more} more"] if more > 0 else [])]
    return f" There are: {', '.join(listed)}." if listed else ""
