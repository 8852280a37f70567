"""A small course with faulty questions, and Moodle's report of a hundred people who answered them:
the example of docs/results.md."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from builder.results.versions import label_of
from builder.updating import read
from tests.results import moodle
from tests.results.moodle import Given, Row

TITLE = "Fire safety"
PEOPLE = 104
_QUIZ = "check"
_SETTINGS = f"""\
id: fire-safety
title: {TITLE}
version: "1.0.0"
pages: [in-a-fire.md, {_QUIZ}.md]
"""
_PAGE = """\
---
title: In a fire
---
If you see a fire, raise the alarm first. Leave by the stairs, close the doors behind you, and go to
the meeting point. Put out a fire only if it is small, your way out is free, and you have the right
extinguisher: carbon dioxide for anything electrical.

::: check raise-the-alarm
"""
_CHECK = """\
---
title: Check what you know
kind: quiz
questions: [first-thing, lift, computer, doors, meeting-point, extinguish]
---
"""
_QUESTIONS = """\
- id: raise-the-alarm
  type: true-false
  prompt: You see a small fire. You raise the alarm before you do anything else.
  answer: true
  source: in-a-fire

- id: first-thing
  type: choice
  prompt: There is smoke in the corridor. What do you do first?
  options:
    - {id: a, text: I raise the alarm., correct: yes}
    - {id: b, text: I look where it comes from.}
    - {id: c, text: I tell my manager.}
  source: in-a-fire

- id: lift
  type: true-false
  prompt: You may use the lift if nobody else is waiting for it.
  answer: false
  source: in-a-fire

- id: computer
  type: choice
  prompt: A computer is on fire. Which extinguisher do you take?
  options:
    - {id: a, text: Water}
    - {id: b, text: Foam, correct: yes}
    - {id: c, text: Carbon dioxide}
  source: in-a-fire

- id: doors
  type: choice
  prompt: You are the last to leave the room. What do you do with the door?
  options:
    - {id: a, text: "I close it, and do not lock it.", correct: yes}
    - {id: b, text: I lock it.}
    - {id: c, text: I leave it open.}
    - {id: d, text: I take it with me.}
  source: in-a-fire

- id: meeting-point
  type: choice
  prompt: You are out of the building. When do you leave the meeting point?
  options:
    - {id: a, text: When the person in charge says so, correct: yes}
    - {id: b, text: When the alarm stops}
    - {id: c, text: When the fire brigade arrives}
  source: in-a-fire

- id: extinguish
  type: true-false
  prompt: You put out a small fire only if your way out is free.
  answer: true
  source: in-a-fire
"""


@dataclass(frozen=True, slots=True)
class _Asked:
    """How people answer a question: those who know choose ``known``, the others one of ``wrong``,
    which has a weight for each option. ``key`` is the right answer of the course; ``difficulty`` is
    the ability at which half of the people know."""

    known: str
    key: str
    wrong: Mapping[str, float]
    difficulty: float


_ASKED = {
    "first-thing": _Asked("a", "a", {"b": 3, "c": 2}, -0.7),
    "lift": _Asked("f", "f", {"t": 1}, -1.3),
    "computer": _Asked("c", "b", {"a": 2, "b": 1}, -0.9),
    "doors": _Asked("a", "a", {"b": 2, "c": 3, "d": 0}, 0.1),
    "meeting-point": _Asked("a", "a", {"b": 3, "c": 1}, 1.4),
    "extinguish": _Asked("t", "t", {"f": 1}, -0.4),
}
_SLOPE = 1.8


def write_course(folder: Path) -> None:
    """Write the course into a new folder."""
    for name in ("pages", "questions"):
        (folder / name).mkdir(parents=True)
    (folder / "course.yaml").write_text(_SETTINGS, "utf-8")
    (folder / "pages/in-a-fire.md").write_text(_PAGE, "utf-8")
    (folder / f"pages/{_QUIZ}.md").write_text(_CHECK, "utf-8")
    (folder / "questions/fire.yaml").write_text(_QUESTIONS, "utf-8")


def write_report(path: Path, package: Path) -> None:
    """Write the report of the course's package as Moodle's text format has it."""
    outline, _ = read(package)
    assert outline
    version = label_of(outline)
    random = Random(4)
    rows = [
        Row(
            f"Person {at}",
            (("version-0", version, "neutral"), *_answers(random)),
            started=f"Monday, {1 + at % 28} February 2027, 9:{10 + at % 40} AM",
            ended=f"Monday, {1 + at % 28} February 2027, 9:{17 + at % 40} AM",
        )
        for at in range(PEOPLE)
    ]
    moodle.write(path, moodle.table([*rows, Row("Person", attempt=0)], TITLE))


def _answers(random: Random) -> Iterator[Given]:
    ability = random.gauss(0, 1)
    yield "in-a-fire--raise-the-alarm", "t", "correct"
    for name, asked in _ASKED.items():
        knows = random.random() < 1 / (1 + math.exp(-_SLOPE * (ability - asked.difficulty)))
        [wrong] = random.choices(list(asked.wrong), list(asked.wrong.values()))
        response = asked.known if knows else wrong
        yield f"{_QUIZ}--{name}", response, "correct" if response == asked.key else "wrong"
