"""A visit: a simulated trainee uses the package in simulated LMSs.

The trainee goes through scenarios, such as doing the whole course. Playing one scenario in one LMS
is a play (``record.Play``).

``jail`` runs a browser in which the package's code reaches only our server. ``trainee`` decides the
next action from what is visible, and ``driver`` performs it. ``scenarios`` plays the scenarios, and
``observers`` checks pages for accessibility barriers and asks which data the LMS stores for the
trainee. ``record`` defines what is recorded, and ``rules`` makes findings from it. ``visiting``
runs the browser part in a separate process, ``worker``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from builder.audit.findings import Audited, Kind, weight
from builder.audit.limit import Limit
from builder.audit.manifest import MANIFEST
from builder.audit.systems import SYSTEMS
from builder.base.zips import DamagedError

if TYPE_CHECKING:
    from builder.audit.visit.visiting import Browser, Visited

USUAL = ("moodle", "strict")
"""The ids of the LMSs that are visited by default."""
_TOO_LARGE = "It was not visited: it is larger than a gigabyte when unpacked."
_NO_PLACE = "It was not visited: its files cannot be unpacked here ({why})."
_NO_SCO = "It was not visited: it has nothing that a SCORM 1.2 learning system can launch."
_NO_TIME = "It was not visited: there was no time left."
_FEW = "It was visited only in {names}. To visit it in others, use --lms: {others}."
_ONLY = "The visit ran only the scenario {names}. Without --only, it runs all."
_NONE = "It was not visited: {names} cannot be simulated."
_UNKNOWN = "It was not visited in {names}, which cannot be simulated."


def simulated(systems: Collection[str]) -> tuple[str, ...]:
    """The ids among ``systems`` of LMSs that can be simulated."""
    return tuple(name for name in systems if SYSTEMS[name].simulated)


def visited(
    path: Path,
    audited: Audited,
    browser: Path | None,
    *,
    sandbox: bool = True,
    systems: Collection[str] = USUAL,
    only: Collection[str] = (),
    limit: Limit | None = None,
) -> Audited:
    """Visit the package at ``path``, and add the results to ``audited``, the audit of its files.

    The visit uses ``browser`` and the LMSs ``systems``, and plays all scenarios or ``only`` these
    (keys of ``visiting.SCENARIOS``). If no visit is possible, ``not_reached`` of the result says
    why. The browser runs in a separate process. If ``limit`` ends the visit early, the result has
    what was found until then. Never raises because of a package.
    """
    from builder.audit.visit import visiting
    from builder.audit.visit.unpacking import TooLargeError, unpacked

    limit = limit or Limit()
    if limit.over:
        return replace(_without_visit(audited, _NO_TIME), stopped=audited.stopped or limit.reason)
    if audited.facts.kind is Kind.UNREADABLE:
        return audited
    if not simulated(systems):
        return _without_visit(audited, _NONE.format(names=_names(systems)))
    if audited.facts.kind is not Kind.SCORM_12 or not audited.facts.launch:
        return _without_visit(audited, _NO_SCO)
    try:
        with unpacked(path) as folder:
            if not (folder / MANIFEST).is_file():
                return _without_visit(audited, _NO_SCO)
            with_what = visiting.Browser(browser, sandbox)
            seen = visiting.visit(folder, simulated(systems), with_what, only, limit)
            judged = _judge(path, audited, seen, with_what, only, limit)
            return replace(judged, stopped=judged.stopped or limit.reason)
    except TooLargeError:
        return _without_visit(audited, _TOO_LARGE)
    except DamagedError as damaged:
        return _without_visit(audited, _NO_PLACE.format(why=damaged))
    except OSError as error:
        return _without_visit(audited, _NO_PLACE.format(why=error.strerror or "no room"))


def _judge(
    path: Path,
    audited: Audited,
    seen: Visited,
    browser: Browser,
    only: Collection[str],
    limit: Limit,
) -> Audited:
    from builder.audit.visit import rules, visiting

    if seen.refused:
        return _without_visit(audited, seen.refused)
    missed = (
        *rules.not_reached(seen.played, seen.parts, seen.scos),
        *seen.missed,
        *_unvisited_systems(audited.systems, seen.played),
        *([] if visiting.looks_for_barriers() else [visiting.NO_AXE]),
        *([_ONLY.format(names=" and ".join(only))] if only else []),
    )
    flag = "" if browser.sandbox else " --no-sandbox"
    plays = tuple(play for each in seen.played.values() for play in each.values())
    further = tuple(play for each in seen.parts.values() for play in each)
    found = (
        *rules.findings(str(path), seen.played, flag, seen.parts),
        *rules.stuck(str(path), seen.stuck, flag),
    )
    requested = {name for play in (*plays, *further) for name in play.requested}
    own = _without_requested_files(path, audited, requested, limit)
    return own.joined(found, missed, plays, seen.cut_short)


def _without_requested_files(
    path: Path, audited: Audited, requested: Collection[str], limit: Limit
) -> Audited:
    """Remove the files that the visit ``requested`` from the finding about unused files. If there
    is no time left to search again, remove that finding."""
    from builder.audit.package import open_package
    from builder.audit.rules import CATALOGUE, files

    rule = CATALOGUE["file-unused"]
    others = tuple(one for one in audited.findings if one.code != rule.code)
    if len(others) == len(audited.findings) or not requested:
        return audited
    if limit.over:
        return replace(audited, findings=others)
    with open_package(path) as package:
        again = tuple(map(rule.finding, files.unused_files(package, requested)))
    return replace(audited, findings=tuple(sorted((*others, *again), key=weight)))


def _unvisited_systems(systems: Collection[str], played: Collection[str]) -> Iterator[str]:
    """A sentence about the LMSs in ``systems`` that were not visited, if there are any."""
    others = [one for one in simulated(systems) if one not in played]
    unknown = [one for one in systems if not SYSTEMS[one].simulated]
    if others:
        yield _FEW.format(names=_names(played), others=", ".join(others))
    elif unknown:
        yield _UNKNOWN.format(names=_names(unknown))


def _names(systems: Collection[str]) -> str:
    return ", ".join(SYSTEMS[name].name for name in systems)


def _without_visit(audited: Audited, why: str) -> Audited:
    return replace(audited, not_reached=(*audited.not_reached, why))
