"""What trainees see in a new package, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict

import click

from builder.compare import Outlook, Rehearsal, Thing
from builder.printing import json_text, shown
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
    """The summary; with ``details`` what each trainee sees before it."""
    parts = ["\n".join(_editions(rehearsal))]
    if details:
        parts += [_details(trainee) for trainee in rehearsal.trainees]
    parts.append("\n".join(_summary(rehearsal)))
    return "\n\n".join(parts)


def _editions(rehearsal: Rehearsal) -> Iterator[str]:
    yield shown(rehearsal.new.title)
    yield f"From version {shown(rehearsal.old.version)} to {shown(rehearsal.new.version)}."


def as_json(rehearsal: Rehearsal) -> str:
    """Everything, for a machine."""
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
    begun = [trainee for trainee in rehearsal.trainees if trainee.begun]
    readable = [trainee for trainee in begun if trainee.pages]
    if rehearsal.generated:
        stages = "1 stage" if len(begun) == 1 else f"{len(begun)} stages"
        yield f"{stages} of a trainee's way through the old package, one trainee at each:"
    else:
        yield f"{_trainees(len(rehearsal.trainees))}, of whom {len(begun)} have begun:"
    keep = [trainee for trainee in readable if not trainee.loses]
    yield _count(len(keep), "keeps everything", "keep everything")
    yield _count(
        sum(bool(trainee.again) for trainee in readable),
        "has something to do again",
        "have something to do again",
    )
    yield _count(
        sum(bool(trainee.gone) for trainee in readable),
        "did something that is no longer in the course",
        "did something that is no longer in the course",
    )
    finished = [trainee for trainee in readable if trainee.before[0] in _FINISHED]
    stay = sum(trainee.after[0] in _FINISHED for trainee in finished)
    yield _count(stay, "had finished and stays finished", "had finished and stay finished")
    if news := sum(
        trainee.after[0] in _FINISHED and trainee.before[0] not in _FINISHED for trainee in readable
    ):
        yield _count(news, "finishes by this edit", "finish by this edit")
    if damaged := [trainee for trainee in begun if trainee.problem]:
        yield _count(
            len(damaged),
            "has a saved state that is not readable, or not all of it: see --details",
            "have saved states that are not readable, or not all of them: see --details",
        )
    yield from _things(_KINDS, (thing for trainee in readable for thing in trainee.again))
    yield from _things(
        {kind: f"{name} no longer there" for kind, name in _GONE.items()},
        (thing for trainee in readable for thing in trainee.gone),
    )
    new = Counter(title for trainee in readable for title in trainee.new)
    for title, number in new.items():
        yield f"New, and not read yet: “{shown(title)}” ({_trainees(number)})"


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


def _contents(fate: Outlook) -> Iterator[str]:
    for page in fate.pages:
        yield f"{WORDS[page.word]:<16}{shown(page.title)}"


def _change(before: str, after: str) -> str:
    return before if before == after else f"{before} → {after}"
