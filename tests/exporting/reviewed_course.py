"""A small course that is sent out for review, with all the ways in which a text can be written."""

from __future__ import annotations

from pathlib import Path

from builder.exporting import reviewing
from builder.exporting.review import Remark, Review
from builder.exporting.reviewing import ReadBack
from tests.support.golden import TODAY

FILES = {
    "course.yaml": """\
# Ours. Keep this line.
id: small
title: A small course
version: "1.0"
language: en
description: >
  What to do
  when it rains.
owner: The team
reviewed_on: 2025-11-30
review_by: 2026-11-30
pages:
  - module: Weather   # the first of many
    pages: [rain.md]
  - quiz.md
  - diary.md
variables:
  lead:
    label: who knows
    value: Sam Lee
""",
    "pages/rain.md": """\
---
title: 'Rain, and what''s next'
---
## When it rains

Take an **umbrella** with you, ask {{ lead }}, and *do not* run:
it is slippery & wet. See [the tables](https://www.example.org/a_b) \\*today\\*.

- Boots
- A coat

| What | Where |
| ---- | ----- |
| Coat | hall  |
| Hat  | hall  |

::: callout Mind the step
The step is wet.
:::

::: check wet
""",
    "pages/quiz.md": "---\ntitle: Quiz\nkind: quiz\nquestions: [how]\n---\nTake your time.\n",
    "pages/diary.md": """\
---
title: Diary
kind: record
record:
  - id: days
    question: How many *wet* days were there?
---
Write it down.
""",
    "questions/all.yaml": """\
- id: wet
  type: true-false
  prompt: "Rain is \\"wet\\",\\
    \\ always."
  answer: true   # obviously
  explanation: 'It''s water
    from above.'

# The second one.
- id: how
  type: choice
  prompt: What do you take?
  material: |
    Look out of the window.

    It rains *a lot*.
  options:
    - id: a
      text: An umbrella
      correct: yes
    - {id: b, text: A fan, feedback: It blows.}
""",
}


def written(folder: Path) -> Path:
    """The course in a new folder."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder


_SENT: dict[object, bytes] = {}
"""Review documents by the files of their course, for the many tests that begin with the same."""


def sent(course: Path, name: str = "review.docx") -> Path:
    """The review document of a course, beside it."""
    file = course.parent / name
    files = (one for one in sorted(course.rglob("*")) if one.is_file())
    key = name, *((one.relative_to(course), one.read_bytes()) for one in files)
    if key not in _SENT:
        made = reviewing.review(course, file, TODAY)
        assert made.made, made.diagnostics
        _SENT[key] = file.read_bytes()
    file.write_bytes(_SENT[key])
    return file


def back(course: Path, file: Path) -> Review:
    """What the document says that came back."""
    result = reviewing.read_review(course, file, TODAY, None)
    assert result.review, result.diagnostics
    return result.review


def applied(course: Path, file: Path, *numbers: int) -> ReadBack:
    """The same, with these changes applied, or all that are sure."""
    return reviewing.read_review(course, file, TODAY, numbers or None, not numbers)


def texts(course: Path) -> dict[str, str]:
    """What the files of the course say now that is not what they said."""
    return {
        name: text
        for name in FILES
        if (text := (course / name).read_bytes().decode()) != FILES[name]
    }


def place(remark: Remark) -> str:
    """Where a remark belongs."""
    return str(remark.position)
