"""Reports what trainees see in a new package."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict

import click

from builder.compare import Outlook, Rehearsal, Thing
from builder.printing import json_text, shown
from builder.report.comparison import versions
from builder.report.saved import WORDS, percent

_FINISHED = ("completed", "passed")
_KINDS = {
    "page": "Read again",
    "practice": "Answer again",
    "quiz": "Take again",
    "answer": "Answer again in an attempt under way",
    "record": "Fill in again",
}
_GONE = {
    "page": "Page",
    "practice": "Practice question",
    "quiz": "Quiz",
    "answer": "Quiz question",
    "record": "Record answer",
}


def text(rehearsal: Rehearsal, details: bool) -> str:
    """Format the summary; with ``details``, first what each trainee sees."""
    parts = ["\n".join(_editions(rehearsal))]
    if details:
        parts += [_details(trainee) for trainee in rehearsal.trainees]
    parts.append("\n".join(_summary(rehearsal)))
    return "\n\n".join(parts)


def _editions(rehearsal: Rehearsal) -> Iterator[str]:
    yield shown(rehearsal.new.title)
    yield f"{versions(rehearsal.old.version, rehearsal.new.version, rehearsal.changed)}."


def as_json(rehearsal: Rehearsal) -> str:
    """Format everything as JSON."""
    trainees = [asdict(trainee) | {"loses": trainee.loses} for trainee in rehearsal.trainees]
    return json_text(asdict(rehearsal) | {"trainees": trainees, "whole": rehearsal.whole})


def _summary(rehearsal: Rehearsal) -> Iterator[str]:
    if rehearsal.other_course:
        yield click.style(
            "The ids of the two courses differ. An LMS takes the new package for another course,"
            " and every trainee begins afresh.",
            fg="red",
            bold=True,
        )
    groups: dict[str, list[Outlook]] = {fate: [] for fate in _FATES}
    for trainee in rehearsal.trainees:
        groups[_fate(trainee)].append(trainee)
    # Each trainee is in one group, so that the groups add up to the total.
    yield _heading(rehearsal)
    for fate, (one, more, always) in _FATES.items():
        if groups[fate] or always:
            yield _count(len(groups[fate]), one, more)
    readable = [trainee for trainee in rehearsal.trainees if trainee.begun and trainee.pages]
    yield from _finished(readable)
    yield from _things(_KINDS, (thing for trainee in readable for thing in trainee.again))
    yield from _things(
        {kind: f"{name} no longer there" for kind, name in _GONE.items()},
        (thing for trainee in readable for thing in trainee.gone),
    )
    new = Counter(title for trainee in readable for title in trainee.new)
    for title, number in new.items():
        yield f"New, and not read yet: “{shown(title)}” ({_trainees(number)})"


_FATES = {
    "afresh": ("has not begun", "have not begun", False),
    "whole": ("keeps everything", "keep everything", True),
    "again": ("has something to do again", "have something to do again", True),
    "gone": (
        "did something that is no longer in the course, and keeps the rest",
        "did something that is no longer in the course, and keep the rest",
        True,
    ),
    "damaged": (
        "has a saved state that is not readable, or not all of it: see --details",
        "have saved states that are not readable, or not all of them: see --details",
        False,
    ),
}
"""Groups of trainees: phrase for one, for several, and whether to show the group if empty."""


def _fate(trainee: Outlook) -> str:
    """The group of a trainee: the most important outcome."""
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
    return f"{stages} of a trainee's way through the old version, one trainee at each:"


def _finished(readable: list[Outlook]) -> Iterator[str]:
    """Of these trainees, those who have finished; empty if there are none."""
    finished = [trainee for trainee in readable if trainee.before[0] in _FINISHED]
    stay = sum(trainee.after[0] in _FINISHED for trainee in finished)
    lost = len(finished) - stay
    by_edit = sum(trainee.after[0] in _FINISHED for trainee in readable) - stay
    lines = [
        _count(stay, "had finished and stays finished", "had finished and stay finished"),
        _count(lost, "had finished, and has not any more", "had finished, and have not any more"),
        _count(by_edit, "finishes by this edit", "finish by this edit"),
    ]
    told = [line for line, number in zip(lines, (stay, lost, by_edit), strict=True) if number]
    if told:
        yield "Among them:"
        yield from told


def _things(words: dict[str, str], things: Iterable[Thing]) -> Iterator[str]:
    for thing, number in Counter(things).items():
        yield f"{words[thing.kind]}: “{shown(thing.title)}” ({_trainees(number)})"


def _trainees(number: int) -> str:
    return "1 trainee" if number == 1 else f"{number:,} trainees"


def _count(number: int, singular: str, plural: str) -> str:
    return f"  {number:>5,}  {singular if number == 1 else plural}"


def _details(fate: Outlook) -> str:
    lines = [click.style(shown(fate.learner), bold=True)]
    if fate.problem:
        lines.append(f"  Problem     {shown(fate.problem)}")
    if not fate.begun:
        lines.append("  Has not begun, and begins with the new package.")
    if not fate.pages:
        return "\n".join(lines)
    lines += [f"  {name:<12}{shown(value)}" for name, value in _rows(fate)]
    return "\n".join([*lines, "  Contents", *(f"    {line}" for line in _contents(fate))])


def _rows(fate: Outlook) -> Iterator[tuple[str, str]]:
    yield "Status", _change(fate.before[0], fate.after[0])
    yield "Score", _change(percent(fate.before[1]), percent(fate.after[1]))
    if fate.certificate is not None:
        yield "Certificate", _CERTIFIED.get(fate.certificate, f"finished on {fate.certificate}")
    yield "Resumes", f"at “{fate.resume}”" if fate.resume else "at the beginning"
    if fate.notice is None:
        yield "Notice", "none"
    else:
        listed = "; ".join(f"“{title}”" for title in fate.notice)
        told = "the course has changed"
        yield "Notice", f"{told}; new, changed or not read yet: {listed}" if listed else told
    yield "Kept", f"{fate.kept}"
    for thing in fate.again:
        yield "Again", f"{_KINDS[thing.kind].lower()}: “{thing.title}”"
    for thing in fate.gone:
        yield "Gone", f"{_GONE[thing.kind].lower()} “{thing.title}”"
    for quiz in fate.quizzes:
        left = "any number" if quiz.attempts_left is None else f"{quiz.attempts_left}"
        way = ", one under way" if quiz.open else ""
        begun = f"{quiz.attempts} begun{way}, {left} left"
        yield "Quiz", f"“{quiz.title}”: {begun}, score {percent(quiz.score)}"


_CERTIFIED = {
    "": "says that the day is not known",
    "today": "finished on the day of the next visit",
}


def _contents(fate: Outlook) -> Iterator[str]:
    for page in fate.pages:
        yield f"{WORDS[page.word]:<16}{shown(page.title)}"


def _change(before: str, after: str) -> str:
    return before if before == after else f"{before} → {after}"
