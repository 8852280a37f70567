"""A small course with a question of every type that has a right answer, sent out for review."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "course.yaml": """\
id: answers
title: Answers of all kinds
version: "1.0"
language: en
description: What is right.
owner: The team
reviewed_on: 2025-11-30
review_by: 2026-11-30
tracking:
  pass_mark: 80
  attempts: 2
pages:
  - first.md
  - quiz.md
variables:
  lead:
    label: who knows
    value: Sam Lee
  ward:
    label: the ward
""",
    "pages/first.md": """\
---
title: First page
---
Give ~~no~~ water at once, ask {{ lead }} on {{ ward }}.

Wait for ten minutes.

- Look
- Listen
""",
    "pages/quiz.md": """\
---
title: Quiz
kind: quiz
questions: [pick, wet, steps, pairs, dose, word, task]
---
Take your time.
""",
    "questions/all.yaml": """\
- id: pick
  type: choice
  prompt: What do you take?
  options:
    - id: a
      text: An umbrella
      correct: yes
    - {id: b, text: A fan, feedback: It blows.}
- id: wet
  type: true-false
  prompt: Rain is wet.
  answer: true   # obviously
- id: steps
  type: sequencing
  prompt: What comes first?
  items:
    - id: a
      text: Look
    - id: b
      text: Listen
    # The last one.
    - id: c
      text: Feel
- id: pairs
  type: matching
  prompt: What belongs together?
  items:
    - id: a
      text: Rain
      match: x
    - id: b
      text: Sun
      match: y
  options:
    - id: x
      text: Umbrella
    - id: y
      text: Hat
- id: dose
  type: numeric
  prompt: How many?
  answer: 10
  tolerance: 1
  unit: mg
- id: word
  type: fill-in
  prompt: What falls?
  answers: [rain, snow]
- id: task
  type: performance
  prompt: Do it.
  steps:
    - id: a
      text: Go out
      needed: yes
    - id: b
      text: Come in
""",
}


def written(folder: Path) -> Path:
    """The course in a new folder."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder
