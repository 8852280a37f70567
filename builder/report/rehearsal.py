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


def text(found: Rehearsal, details: bool) -> str:
    """The summary; with ``details`` what each trainee sees before it."""
    parts = ["\n".join(_editions(found))]
    if details:
        parts += [_details(one) for one in found.trainees]
    parts.append("\n".join(_summary(found)))
    return "\n\n".join(parts)


def _editions(found: Rehearsal) -> Iterator[str]:
    yield shown(found.new.title)
    yield f"From version {shown(found.old.version)} to {shown(found.new.version)}."


def as_json(found: Rehearsal) -> str:
    """Everything, for a machine."""
    trainees = [asdict(one) | {"loses": one.loses} for one in found.trainees]
    return json_text(asdict(found) | {"trainees": trainees, "whole": found.whole})


def _summary(found: Rehearsal) -> Iterator[str]:
    if found.other_course:
        yield click.style(
            "The ids of the two courses differ. An LMS takes the new package for another course,"
            " and every trainee begins afresh.",
            fg="red",
            bold=True,
        )
    begun = [one for one in found.trainees if one.begun]
    readable = [one for one in begun if one.pages]
    if found.generated:
        stages = "1 stage" if len(begun) == 1 else f"{len(begun)} stages"
        yield f"{stages} of a trainee's way through the old package, one trainee at each:"
    else:
        yield f"{_trainees(len(found.trainees))}, of whom {len(begun)} have begun:"
    keep = [one for one in readable if not one.loses]
    yield _count(len(keep), "keeps everything", "keep everything")
    yield _count(
        sum(bool(one.again) for one in readable),
        "has something to do again",
        "have something to do again",
    )
    yield _count(
        sum(bool(one.gone) for one in readable),
        "did something that is no longer in the course",
        "did something that is no longer in the course",
    )
    finished = [one for one in readable if one.before[0] in _FINISHED]
    stay = sum(one.after[0] in _FINISHED for one in finished)
    yield _count(stay, "had finished and stays finished", "had finished and stay finished")
    if news := sum(
        one.after[0] in _FINISHED and one.before[0] not in _FINISHED for one in readable
    ):
        yield _count(news, "finishes by this edit", "finish by this edit")
    if damaged := [one for one in begun if one.problem]:
        yield _count(
            len(damaged),
            "has a saved state that is not readable, or not all of it: see --details",
            "have saved states that are not readable, or not all of them: see --details",
        )
    yield from _things(_KINDS, (thing for one in readable for thing in one.again))
    yield from _things(
        {kind: f"{name} no longer there" for kind, name in _GONE.items()},
        (thing for one in readable for thing in one.gone),
    )
    new = Counter(title for one in readable for title in one.new)
    for title, number in new.items():
        yield f"New, and not read yet: “{shown(title)}” ({_trainees(number)})"


def _things(words: dict[str, str], things: Iterable[Thing]) -> Iterator[str]:
    for thing, number in Counter(things).items():
        yield f"{words[thing.kind]}: “{shown(thing.title)}” ({_trainees(number)})"


def _trainees(number: int) -> str:
    return "1 trainee" if number == 1 else f"{number:,} trainees"


def _count(number: int, one: str, more: str) -> str:
    return f"  {number:>5,}  {one if number == 1 else more}"


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
