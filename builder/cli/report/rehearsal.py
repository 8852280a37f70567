"""Reports what trainees who started an old package see in a new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict

import click

from builder.base.printing import escape_controls, format_count, json_text
from builder.cli.report.comparison import versions
from builder.cli.report.saved import WORDS, percent
from builder.course import interface
from builder.updating import Outlook, Rehearsal, Thing
from builder.updating.rehearsal import ScenarioOutlook

_FINISHED = ("completed", "passed")
_AGAIN_PHRASES = {
    "page": "Read again",
    "practice": "Answer again",
    "quiz": "Take again",
    "answer": "Answer again in an unfinished attempt",
    "record": "Fill in again",
    "walk": "Begin again",
    "decision": "Decide again",
}
_GONE_PHRASES = {
    "page": "Page",
    "practice": "Practice question",
    "quiz": "Quiz",
    "answer": "Quiz question",
    "record": "Record answer",
    "walk": "Scenario",
    "decision": "Decision",
}


def text(rehearsal: Rehearsal, details: bool) -> str:
    """Format a rehearsal as text: a summary, preceded by what each trainee sees if ``details`` is
    set."""
    parts = ["\n".join(_editions(rehearsal))]
    if details:
        parts += [_details(trainee) for trainee in rehearsal.trainees]
    parts.append("\n".join(_summary(rehearsal)))
    return "\n\n".join(parts)


def _editions(rehearsal: Rehearsal) -> Iterator[str]:
    yield escape_controls(rehearsal.new.title)
    yield f"{versions(rehearsal.old.version, rehearsal.new.version, rehearsal.changed)}."


def as_json(rehearsal: Rehearsal) -> str:
    """Format a rehearsal, with what each trainee sees, as JSON."""
    trainees = [asdict(trainee) | {"loses": trainee.loses} for trainee in rehearsal.trainees]
    return json_text(asdict(rehearsal) | {"trainees": trainees, "whole": rehearsal.whole})


def _summary(rehearsal: Rehearsal) -> Iterator[str]:
    if rehearsal.other_course:
        yield click.style(
            "The ids of the two courses differ. An LMS treats the new package as another course, "
            "and every trainee starts again.",
            fg="red",
            bold=True,
        )
    groups: dict[str, list[Outlook]] = {fate: [] for fate in _GROUPS}
    for trainee in rehearsal.trainees:
        groups[_group_of(trainee)].append(trainee)
    # Each trainee is in one group, so that the groups add up to the total.
    yield _heading(rehearsal)
    for fate, (one, more, always) in _GROUPS.items():
        if groups[fate] or always:
            yield _count(len(groups[fate]), one, more)
    readable = [trainee for trainee in rehearsal.trainees if trainee.begun and trainee.pages]
    yield from _finished(readable)
    yield from _things(_AGAIN_PHRASES, (thing for trainee in readable for thing in trainee.again))
    yield from _things(
        {kind: f"{name} no longer there" for kind, name in _GONE_PHRASES.items()},
        (thing for trainee in readable for thing in trainee.gone),
    )
    chosen = Counter(trainee.language for trainee in readable if trainee.language)
    for language, number in chosen.items():
        yield (
            f"Chose {interface.name_of(language)}, which was removed, and continue in the "
            f"language of the course ({_trainees(number)})"
        )
    new = Counter(title for trainee in readable for title in trainee.new)
    for title, number in new.items():
        yield f"New and not read yet: “{escape_controls(title)}” ({_trainees(number)})"


_GROUPS = {
    "afresh": ("has not started", "have not started", False),
    "whole": ("keeps everything", "keep everything", True),
    "again": ("has something to do again", "have something to do again", True),
    "gone": (
        "did something that the course no longer has, and keeps the rest",
        "did something that the course no longer has, and keep the rest",
        True,
    ),
    "damaged": (
        "has a saved state that is wholly or partly unreadable: see --details",
        "have saved states that are wholly or partly unreadable: see --details",
        False,
    ),
}
"""Groups of trainees by outcome: the phrase for one trainee, the phrase for several, and whether
the summary shows the group even if it is empty."""


def _group_of(trainee: Outlook) -> str:
    """The group of a trainee, by the most important outcome; the keys are those of ``_GROUPS``."""
    if not trainee.begun:
        return "afresh"
    if trainee.problem or not trainee.pages:
        return "damaged"
    if trainee.again:
        return "again"
    return "gone" if trainee.gone else "whole"


def _heading(rehearsal: Rehearsal) -> str:
    number = len(rehearsal.trainees)
    if not rehearsal.generated:
        return f"{_trainees(number)}:"
    stages = "1 stage" if number == 1 else f"{number} stages"
    return f"{stages} of progress through the old version, with one generated trainee at each:"


def _finished(readable: list[Outlook]) -> Iterator[str]:
    """Yield how many of these trainees had finished and stay finished, how many no longer count as
    finished, how many finish because of the edit, and what further ways through scenarios can do
    for the others; nothing if all are zero."""
    finished = [trainee for trainee in readable if trainee.before[0] in _FINISHED]
    stay = sum(trainee.after[0] in _FINISHED for trainee in finished)
    lost = len(finished) - stay
    by_edit = sum(trainee.after[0] in _FINISHED for trainee in readable) - stay
    others = [trainee for trainee in readable if trainee.after[0] not in _FINISHED]
    failed = [trainee for trainee in others if trainee.before[0] == "failed"]
    rescued = sum(
        any(one.result and one.result[0] in _FINISHED for one in trainee.scenarios)
        for trainee in failed
    )
    spent = sum(any(one.left == 0 for one in trainee.scenarios) for trainee in others)
    lines = [
        _count(stay, "had finished and stays finished", "had finished and stay finished"),
        _count(
            lost,
            "had finished, but no longer counts as finished",
            "had finished, but no longer count as finished",
        ),
        _count(by_edit, "finishes because of this edit", "finish because of this edit"),
        _count(
            rescued,
            "had failed, and can pass with a further way through a scenario",
            "had failed, and can pass with a further way through a scenario",
        ),
        _count(
            spent,
            "has no way left that counts through a scenario",
            "have no way left that counts through a scenario",
        ),
    ]
    numbers = (stay, lost, by_edit, rescued, spent)
    nonzero = [line for line, number in zip(lines, numbers, strict=True) if number]
    if nonzero:
        yield "Among them:"
        yield from nonzero


def _things(words: dict[str, str], things: Iterable[Thing]) -> Iterator[str]:
    for thing, number in Counter(things).items():
        yield f"{words[thing.kind]}: “{escape_controls(thing.title)}” ({_trainees(number)})"


def _trainees(number: int) -> str:
    return "1 trainee" if number == 1 else f"{number:,} trainees"


def _count(number: int, singular: str, plural: str) -> str:
    return f"  {number:>5,}  {singular if number == 1 else plural}"


def _details(trainee: Outlook) -> str:
    lines = [click.style(escape_controls(trainee.learner), bold=True)]
    if trainee.problem:
        lines.append(f"  Problem     {escape_controls(trainee.problem)}")
    if not trainee.begun:
        lines.append("  Has not started; starts with the new package.")
    if not trainee.pages:
        return "\n".join(lines)
    lines += [f"  {name:<12}{escape_controls(value)}" for name, value in _rows(trainee)]
    return "\n".join([*lines, "  Contents", *(f"    {line}" for line in _contents(trainee))])


def _rows(trainee: Outlook) -> Iterator[tuple[str, str]]:
    yield "Status", _change(trainee.before[0], trainee.after[0])
    yield "Score", _change(percent(trainee.before[1]), percent(trainee.after[1]))
    if trainee.certificate is not None:
        yield (
            "Certificate",
            _CERTIFICATE_DAYS.get(trainee.certificate, f"finished on {trainee.certificate}"),
        )
    yield "Resumes", f"at “{trainee.resume}”" if trainee.resume else "at the beginning"
    if trainee.notice is None:
        yield "Notice", "none"
    else:
        listed = "; ".join(f"“{title}”" for title in trainee.notice)
        notice = "the course has changed"
        yield "Notice", f"{notice}; new, changed or not read yet: {listed}" if listed else notice
    yield "Kept", f"{trainee.kept}"
    for thing in trainee.again:
        yield "Again", f"{_AGAIN_PHRASES[thing.kind].lower()}: “{thing.title}”"
    for thing in trainee.gone:
        yield "Gone", f"{_GONE_PHRASES[thing.kind].lower()} “{thing.title}”"
    for quiz in trainee.quizzes:
        left = "any number" if quiz.attempts_left is None else f"{quiz.attempts_left}"
        way = ", one unfinished" if quiz.open else ""
        attempts = f"{quiz.attempts} started{way}, {left} left"
        yield "Quiz", f"“{quiz.title}”: {attempts}, score {percent(quiz.score)}"
    for one in trainee.scenarios:
        yield "Scenario", f"“{one.title}”: {_scenario(one)}"
    for walk in trainee.walks:
        where = _change(f"“{walk.before}”", f"“{walk.after}”")
        yield "Scenario", f"“{walk.title}”: in the scene {where}"


def _scenario(one: ScenarioOutlook) -> str:
    more = {None: "further ways count", 0: "no further way counts", 1: "1 more counts"}
    left = more.get(one.left, f"{one.left} more count")
    words = f"score {percent(one.score)}, {format_count(one.walks, 'way')} begun, {left}"
    if one.result is None:
        return words
    status, score = one.result
    return f"{words}; a good way gives {percent(one.better)}, and then “{status}”, {percent(score)}"


_CERTIFICATE_DAYS = {
    "": "says that the date is not known",
    "today": "finished on the date of the next visit",
}


def _contents(trainee: Outlook) -> Iterator[str]:
    for page in trainee.pages:
        yield f"{WORDS[page.word]:<16}{escape_controls(page.title)}"


def _change(before: str, after: str) -> str:
    return before if before == after else f"{before} → {after}"
