"""Quizzes with a known truth: how people of each ability answer each question, which faults were
planted, and the report of people who answered."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from builder.course.keys import NO_FORMER
from builder.course.model import Tracking
from builder.package.outline import FORMAT, Draw, Identifiers, Outline, Page, Question, Rules
from builder.results.model import Answer, Attempt, Report
from builder.results.packages import Package

__all__ = ["ABILITIES", "Draw", "Item", "Quizzed", "package", "quiz", "report"]

ABILITIES = [one / 5 for one in range(-20, 21)]
_DENSITY = [math.exp(-one * one / 2) for one in ABILITIES]
SHARES = [one / sum(_DENSITY) for one in _DENSITY]


@dataclass
class Item:
    """A question: ``known`` is the option that those who know choose, ``key`` the one that the
    course calls right, ``wrong`` the shares of the other options among wrong answers."""

    name: str
    options: str
    known: str
    key: str
    wrong: dict[str, float]
    slope: float
    difficulty: tuple[float, ...]
    fault: str = ""
    dead: str = ""
    only: int | None = None
    """The version that alone has the question, so that rows show their version."""

    def chances(self, ability: float, version: int) -> dict[str, float]:
        knows = 1 / (1 + math.exp(-self.slope * (ability - self.difficulty[version])))
        return {
            one: knows if one == self.known else (1 - knows) * self.wrong[one]
            for one in self.options
        }

    def share(self, option: str, version: int) -> float:
        """The share of all people who choose an option."""
        return sum(
            share * self.chances(ability, version)[option]
            for ability, share in zip(ABILITIES, SHARES, strict=True)
        )


@dataclass
class Quizzed:
    """A quiz with one or two versions, and the people who answered each."""

    items: list[Item]
    people: tuple[int, ...]
    packages: list[Package] = field(default_factory=list)

    def asked(self, version: int) -> list[Item]:
        return [one for one in self.items if one.only in (None, version)]

    def discrimination(self, item: Item, version: int) -> float:
        """The true correlation of a question's score with the rest of the quiz."""
        asked = self.asked(version)
        rows = [[one.chances(ability, version)[one.key] for one in asked] for ability in ABILITIES]
        at = asked.index(item)
        mine = [row[at] for row in rows]
        rest = [sum(row) - row[at] for row in rows]
        mean, whole = _expect(mine), _expect(rest)
        covariance = _expect([(a - mean) * (b - whole) for a, b in zip(mine, rest, strict=True)])
        noise = [sum(p * (1 - p) for k, p in enumerate(row) if k != at) for row in rows]
        variance = _expect([(b - whole) ** 2 for b in rest]) + _expect(noise)
        return covariance / math.sqrt(mean * (1 - mean) * variance)


def _expect(values: list[float]) -> float:
    return sum(share * value for share, value in zip(SHARES, values, strict=True))


def quiz(seed: int) -> Quizzed:
    """A random quiz of 8 to 16 questions with about one fault in five questions, and 30 to 250
    people for each of one or two versions."""
    random = Random(seed)
    versions = random.choice((1, 2))
    people = tuple(random.choice((30, 45, 80, 150, 250)) for _ in range(versions))
    items = [_item(random, at, versions) for at in range(random.randrange(8, 17))]
    for version in range(versions):
        only = _item(random, len(items), versions)
        only.name, only.only = f"only{version}", version
        items.append(only)
    found = Quizzed(items, people)
    found.packages = [package(found.asked(at), at) for at in range(versions)]
    return found


def _item(random: Random, at: int, versions: int) -> Item:
    options = "abcde"[: random.randrange(3, 6)]
    known = random.choice(options)
    others = [one for one in options if one != known]
    weights = [random.uniform(0.15, 1) for _ in others]
    wrong = {one: weight / sum(weights) for one, weight in zip(others, weights, strict=True)}
    difficulty = [random.gauss(-0.7, 0.8)] * versions
    made = Item(f"q{at}", options, known, known, wrong, random.uniform(1, 2.2), tuple(difficulty))
    fault = random.choice(("", "", "", "", "key", "dead", "drop", "hard", "easy"))
    if fault == "key":
        made.key = random.choice(others)
        made.difficulty = (random.uniform(-1.2, -0.3),) * versions
        made.slope = random.uniform(1.6, 2.4)
    elif fault == "dead" and len(others) > 1:
        made.dead = random.choice(others)
        left = 1 - wrong.pop(made.dead)
        made.wrong = {one: share / left for one, share in wrong.items()} | {made.dead: 0.0}
        made.difficulty = (random.uniform(-0.8, 0.5),) * versions
    elif fault == "drop" and versions == 2:
        made.difficulty = (random.uniform(-2.5, -1.8), random.uniform(1.2, 2))
    elif fault == "hard":
        made.difficulty = (random.uniform(2.8, 3.5),) * versions
    elif fault == "easy":
        made.difficulty = (random.uniform(-6, -5),) * versions
    else:
        fault = ""
    made.fault = fault
    return made


def package(items: list[Item], version: int) -> Package:
    names = tuple(one.name for one in items)
    rules = Rules(0, 80, True, "best", 1, names, (), False, False, "at-end", "all")
    page = Page(
        "quiz",
        "AAAA",
        NO_FORMER,
        1,
        "Quiz",
        "quiz",
        5,
        "pages/quiz.md",
        "x",
        (),
        names,
        (),
        {},
        rules,
    )
    return Package(
        Path(f"{version}.zip"),
        Outline(
            FORMAT,
            "d",
            "simulated",
            Identifiers("m", "o", "i", "r"),
            "Simulated",
            f"1.{version}.0",
            "en",
            False,
            100,
            Tracking("all", "passed-failed", 80, 0),
            (),
            (page,),
            "AA",
            tuple(map(_question, items)),
        ),
        f"1.{version}.0",
    )


def _question(item: Item) -> Question:
    return Question(
        id=item.name,
        key="AAAA",
        former=NO_FORMER,
        revision=1,
        interaction="choice",
        retired=(),
        prompt=f"Question {item.name}?",
        texts={one: f"Option {one}" for one in item.options},
        right=item.key,
        room=1,
        type="choice",
        options=tuple(item.options),
        items=(),
        patterns=(item.key,),
        answer={"right": [item.key], "multiple": False, "credit": "all"},
        scored=True,
        weight=1,
        fingerprint="x",
        wording="x",
    )


def report(quizzed: Quizzed, seed: int) -> list[Report]:
    """The reports of the people who answered, one for each version, with the months in which they
    did."""
    random = Random(seed)
    reports = []
    for version, count in enumerate(quizzed.people):
        attempts = []
        for at in range(count):
            ability = random.gauss(0, 1)
            answers = tuple(_answers(random, quizzed, ability, version))
            person = (f"Person {version} {at}",)
            attempts.append(
                Attempt(person, version, at + 2, 1, f"2026-{version + 1:02d}", 5, answers)
            )
        title = quizzed.packages[version].outline.title
        reports.append(Report(f"{version}.txt", (title,), attempts))
    return reports


def _answers(random: Random, quizzed: Quizzed, ability: float, version: int) -> Iterator[Answer]:
    for item in quizzed.asked(version):
        chances = item.chances(ability, version)
        [response] = random.choices(list(chances), list(chances.values()))
        yield Answer(f"quiz--{item.name}", response, item.key, float(response == item.key))
