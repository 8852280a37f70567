"""The rules of a visit, one module for each subject. A rule checks only the recorded plays in one
LMS, so its tests need no browser."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from types import MappingProxyType
from urllib.parse import urlsplit

from builder.audit.findings import ANYWHERE, Finding
from builder.audit.rules.rule import Fault, Rule
from builder.audit.systems import SYSTEMS
from builder.audit.visit.record import FINAL, Play, Plays, VisitFault
from builder.audit.visit.rules import completion, saving, surroundings, values
from builder.audit.visit.visiting import SCENARIOS, Stuck
from builder.diagnostics.diagnostic import Position

RULES: tuple[Rule, ...] = (
    *completion.RULES,
    *saving.RULES,
    *values.RULES,
    *surroundings.RULES,
)
_BY_CODE = {rule.code: rule for rule in RULES}


def visit_faults(plays: Plays) -> Iterator[tuple[Rule, VisitFault]]:
    """The faults that the plays in one LMS show, each with its rule."""
    silent = any(_faults(_BY_CODE["visit-no-initialize"], plays))
    for rule in RULES:
        if rule.without_api or not silent:
            yield from ((rule, one) for one in _faults(rule, plays))


def _faults(rule: Rule, plays: Plays) -> Iterable[VisitFault]:
    return rule.judge_visit(plays) if rule.judge_visit else ()


def findings(
    name: str,
    played: Mapping[str, Plays],
    flags: str = "",
    parts: Mapping[str, Sequence[Play]] = MappingProxyType({}),
) -> Iterator[Finding]:
    """The findings of a visit to the package at ``name``, its path. The same fault in several LMSs
    or SCOs is one finding.

    ``played`` has the plays by LMS and scenario, ``parts`` the plays of the second and further SCOs
    by LMS. ``flags`` are options for the command that repeats a finding.
    """
    alike: dict[tuple[object, ...], list[tuple[str, VisitFault]]] = defaultdict(list)
    for lms, sco, plays in _by_sco(played, parts):
        for rule, one in visit_faults(plays):
            if sco and rule.once_a_package:
                continue
            message = rule.message.format(**{key: str(word) for key, word in one.words.items()})
            place = f"SCO “{sco}”: " if sco and one.evidence else ""
            first = replace(
                one, evidence=(*(f"{place}{line}" for line in one.evidence[:1]), *one.evidence[1:])
            )
            alike[rule.code, message, one.own_to_lms].append((lms, first))
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
        found = _BY_CODE[str(code)].finding(fault)
        repeat = _repeat(name, lms, first.scenario, flags)
        yield replace(found, own_to_lms=bool(own), repeat=repeat, count=len(scos))


def _by_sco(
    played: Mapping[str, Plays], parts: Mapping[str, Sequence[Play]]
) -> Iterator[tuple[str, str, Plays]]:
    for lms, plays in played.items():
        yield lms, next((one.sco for one in plays.values()), ""), plays
        for play in parts.get(lms, ()):
            yield lms, play.sco, {play.scenario: play}


def stuck(name: str, some: Iterable[Stuck], flags: str = "") -> Iterator[Finding]:
    """The finding that the course of the package at ``name`` stopped responding, for the first of
    ``some``; nothing if the list is empty. ``flags`` are options for the command that repeats the
    finding."""
    for one in list(some)[:1]:
        rule = _BY_CODE["visit-not-ready" if one.opening else "visit-hangs"]
        lines = (f"in {SYSTEMS[one.lms].name}, when {one.at}: {one.why}",)
        fault = Fault(Position(PurePath(name).name), {"why": one.why}, lines)
        yield replace(rule.finding(fault), repeat=_repeat(name, one.lms, one.scenario, flags))


def _repeat(name: str, lms: str, scenario: str, flags: str) -> str:
    return f"scorm-builder audit {_quote(name)} --lms {lms} --only {scenario}{flags}"


def not_reached(
    played: Mapping[str, Plays],
    parts: Mapping[str, Sequence[Play]] = MappingProxyType({}),
    scos: int = 1,
) -> tuple[str, ...]:
    """Sentences on what the trainee did not reach, and what could not be judged.

    ``played`` and ``parts`` are as in ``findings``, and ``scos`` is the number of SCOs.
    """
    everywhere: dict[str, list[str]] = defaultdict(list)
    for lms, plays in played.items():
        every = (*plays.values(), *parts.get(lms, ()))
        for missed in dict.fromkeys((*_end_unknown(every, scos), *_limits_of(every))):
            everywhere[missed].append(SYSTEMS[lms].name)
    return tuple(
        text.replace("|", f" in {', '.join(lmss)}", 1) for text, lmss in everywhere.items()
    )


def _end_unknown(plays: Sequence[Play], scos: int) -> Iterator[str]:
    """A sentence on how far the trainee got, if that does not show whether the course completes.
    The character ``|`` is the place for the names of the LMSs."""
    wholes = [one for one in plays if one.scenario == "whole"]
    ended = [one for one in wholes if completion.reached_end(one) or _is_final(one)]
    if not wholes or len(ended) >= scos:
        return
    actions = sum(one.actions for one in wholes)
    counted = "1 action" if actions == 1 else f"{actions} actions"
    reached = (
        f"reached the end of {len(ended)} of {scos} SCOs"
        if scos > 1
        else ("it is not certain that the end was reached")
    )
    yield f"Whether it completes|: {reached}, {counted}: no verdict."


def _is_final(play: Play) -> bool:
    end = play.at("finished")
    return bool(end and end.held.status in FINAL)


def _limits_of(plays: Iterable[Play]) -> Iterator[str]:
    blocked: list[str] = []
    for play in plays:
        blocked += [urlsplit(one).hostname or one for one in play.blocked]
        yield from (f"Not reached|: {one}." for one in play.missed)
        if play.limited:
            yield f"Not played to its end|: {SCENARIOS[play.scenario]} ({play.limited} ran out)."
        if play.scenario == "whole" and completion.passing_unknown(play):
            yield (
                "Not reached|: a pass, because the simulated trainee does not know the right "
                "answers."
            )
    if blocked:
        hosts = ", ".join(dict.fromkeys(blocked))
        yield (
            f"Not judged|: parts that may need {hosts}, because the visit blocks requests to "
            "other sites."
        )


def _quote(name: str) -> str:
    return f'"{name}"' if " " in name else name
