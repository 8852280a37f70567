"""What is judged of a visit. A rule is a row in the module of its subject and a pure function of
what was played in one LMS: no browser is needed to try it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePath

from builder.audit.finding import ANYWHERE, Finding
from builder.audit.rules.rule import Fault, Rule
from builder.audit.systems import SYSTEMS
from builder.audit.visit.record import Play
from builder.audit.visit.rules import completion, saving, surroundings, values
from builder.audit.visit.rules.seen import Plays, Seen, Shown
from builder.diagnostics import Position

SEEN: tuple[Seen, ...] = (
    *completion.RULES,
    *saving.RULES,
    *values.RULES,
    *surroundings.RULES,
)
RULES: tuple[Rule, ...] = tuple(one.rule for one in SEEN)
"""Their rows, for ``explain``."""

_ALONE = (
    "visit-no-initialize",
    "visit-script-error",
    "visit-console-error",
    "visit-elsewhere",
    "visit-pointer-only",
    "visit-barrier",
)
"""Rules that have something to say where the course never talks to the LMS."""


def shown(plays: Plays) -> Iterator[tuple[Seen, Shown]]:
    """What was found in one LMS."""
    silent = any(SEEN[0].judge(plays))
    for seen in SEEN:
        if silent and seen.rule.code not in _ALONE:
            continue
        for one in seen.judge(plays):
            yield seen, one


def findings(name: str, played: Mapping[str, Plays], flags: str = "") -> Iterator[Finding]:
    """What was found of the package ``name``, by LMS: what several LMSs show alike is one finding
    that matters in all of these. ``flags`` are those of the command that repeats it."""
    alike: dict[tuple[object, ...], list[tuple[str, Shown]]] = defaultdict(list)
    by_code = {seen.rule.code: seen for seen in SEEN}
    for lms, plays in played.items():
        for seen, one in shown(plays):
            told = seen.rule.message.format(**{key: str(word) for key, word in one.words.items()})
            alike[seen.rule.code, told, one.own_to_lms].append((lms, one))
    for (code, _, own), some in alike.items():
        lms, first = some[0]
        fault = Fault(
            Position(PurePath(name).name),
            first.words,
            first.evidence,
            frozenset((ANYWHERE, *(where for where, _ in some))),
        )
        repeat = f"scorm-builder audit {_quoted(name)} --lms {lms} --only {first.scenario}{flags}"
        found = by_code[str(code)].rule.finding(fault)
        yield replace(found, own_to_lms=bool(own), repeat=repeat)


def not_reached(played: Mapping[str, Plays]) -> tuple[str, ...]:
    """What the trainee could not do, in a sentence each."""
    everywhere: dict[str, list[str]] = defaultdict(list)
    for lms, plays in played.items():
        for missed in dict.fromkeys(_missed(plays.values())):
            everywhere[missed].append(SYSTEMS[lms].name)
    return tuple(f"Not reached in {', '.join(lmss)}: {what}." for what, lmss in everywhere.items())


def _missed(plays: Iterable[Play]) -> Iterator[str]:
    for play in plays:
        yield from play.missed
        if play.scenario == "whole" and completion.passing_unknown(play):
            yield "a pass, since the trainee does not know the right answers"


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name
