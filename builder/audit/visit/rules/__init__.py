"""What is judged of a visit. A rule is a row in the module of its subject and a pure function of
what was played in one LMS: no browser is needed to try it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from types import MappingProxyType
from urllib.parse import urlsplit

from builder.audit.finding import ANYWHERE, Finding
from builder.audit.rules.rule import Fault, Rule
from builder.audit.systems import SYSTEMS
from builder.audit.visit.record import FINAL, Play
from builder.audit.visit.rules import completion, saving, surroundings, values
from builder.audit.visit.rules.seen import Plays, Seen, Shown
from builder.audit.visit.visiting import SCENARIOS, Stuck
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
    "visit-not-ready",
    "visit-file-missing",
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


def findings(
    name: str,
    played: Mapping[str, Plays],
    flags: str = "",
    parts: Mapping[str, Sequence[Play]] = MappingProxyType({}),
) -> Iterator[Finding]:
    """What was found of the package ``name``, by LMS: what several LMSs or SCOs show alike is one
    finding, with the LMSs in which it matters. ``parts`` are the plays of further SCOs. ``flags``
    are those of the command that repeats it."""
    alike: dict[tuple[object, ...], list[tuple[str, Shown]]] = defaultdict(list)
    by_code = {seen.rule.code: seen for seen in SEEN}
    for lms, sco, plays in _by_sco(played, parts):
        for seen, one in shown(plays):
            if sco and seen.rule.code in _OF_PACKAGE:
                continue
            told = seen.rule.message.format(**{key: str(word) for key, word in one.words.items()})
            place = f"SCO “{sco}”: " if sco and one.evidence else ""
            first = replace(
                one, evidence=(*(f"{place}{line}" for line in one.evidence[:1]), *one.evidence[1:])
            )
            alike[seen.rule.code, told, one.own_to_lms].append((lms, first))
    for (code, _, own), some in alike.items():
        lms, first = some[0]
        scos = [one for where, one in some if where == lms]
        others = tuple(one.evidence[0] for one in scos[1:9] if one.evidence)
        fault = Fault(
            Position(PurePath(name).name),
            first.words,
            (*first.evidence, *others),
            frozenset((ANYWHERE, *(where for where, _ in some))),
            severity=first.severity,
        )
        found = by_code[str(code)].rule.finding(fault)
        repeat = _repeat(name, lms, first.scenario, flags)
        yield replace(found, own_to_lms=bool(own), repeat=repeat, count=len(scos))


_OF_PACKAGE = ("visit-mastery-overrides", "visit-elsewhere", "visit-barrier")
"""Rules that say nothing of a further SCO: the simulated LMS has the mastery score of the first,
and the rest is the same in all."""


def _by_sco(
    played: Mapping[str, Plays], parts: Mapping[str, Sequence[Play]]
) -> Iterator[tuple[str, str, Plays]]:
    for lms, plays in played.items():
        yield lms, next((one.sco for one in plays.values()), ""), plays
        for play in parts.get(lms, ()):
            yield lms, play.sco, {play.scenario: play}


def stuck(name: str, some: Iterable[Stuck], flags: str = "") -> Iterator[Finding]:
    """Where a course did not respond any more."""
    for one in list(some)[:1]:
        rule = surroundings.UNREADY if one.opening else surroundings.HANGS
        lines = (f"in {SYSTEMS[one.lms].name}, when {one.at}: {one.why}",)
        fault = Fault(Position(PurePath(name).name), {"why": one.why}, lines)
        yield replace(rule.finding(fault), repeat=_repeat(name, one.lms, one.scenario, flags))


def _repeat(name: str, lms: str, scenario: str, flags: str) -> str:
    return f"scorm-builder audit {_quoted(name)} --lms {lms} --only {scenario}{flags}"


def not_reached(
    played: Mapping[str, Plays],
    parts: Mapping[str, Sequence[Play]] = MappingProxyType({}),
    scos: int = 1,
) -> tuple[str, ...]:
    """What the trainee could not do, and what was not judged, in a sentence each."""
    everywhere: dict[str, list[str]] = defaultdict(list)
    for lms, plays in played.items():
        every = (*plays.values(), *parts.get(lms, ()))
        for missed in dict.fromkeys((*_finishing(every, scos), *_missed(every))):
            everywhere[missed].append(SYSTEMS[lms].name)
    return tuple(
        text.replace("|", f" in {', '.join(lmss)}", 1) for text, lmss in everywhere.items()
    )


def _finishing(plays: Sequence[Play], scos: int) -> Iterator[str]:
    """How far the trainee came, where that shows nothing of whether the course completes."""
    wholes = [one for one in plays if one.scenario == "whole"]
    ended = [one for one in wholes if completion.reached_end(one) or _is_final(one)]
    if not wholes or len(ended) >= scos:
        return
    actions = sum(one.actions for one in wholes)
    counted = "1 action" if actions == 1 else f"{actions} actions"
    reached = (
        f"reached {len(ended)} of {scos} SCOs to their end"
        if scos > 1
        else ("the end was not reached for certain")
    )
    yield f"Whether it completes|: {reached}, {counted}: no verdict."


def _is_final(play: Play) -> bool:
    end = play.at("finished")
    return bool(end and end.held.status in FINAL)


def _missed(plays: Iterable[Play]) -> Iterator[str]:
    blocked: list[str] = []
    for play in plays:
        blocked += [urlsplit(one).hostname or one for one in play.blocked]
        yield from (f"Not reached|: {one}." for one in play.missed)
        if play.limited:
            yield f"Not played to its end|: {SCENARIOS[play.scenario]} ({play.limited} was over)."
        if play.scenario == "whole" and completion.passing_unknown(play):
            yield "Not reached|: a pass, since the trainee does not know the right answers."
    if blocked:
        hosts = ", ".join(dict.fromkeys(blocked))
        yield (f"Not judged|: what may depend on {hosts}, to which the visit lets no request out.")


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name
