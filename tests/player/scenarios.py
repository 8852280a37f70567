"""Scenarios as the player's rules get them, and the rules of docs/state.md once more.

The rules here keep the story of a trainee, the player's derive it from the saved state.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]

PAGE: Json = {"id": "call", "key": "call", "kind": "scenario", "title": "A call"}
WORTH = {"good": Fraction(1), "fair": Fraction(1, 2), "poor": Fraction(0)}
QUALITIES = st.sampled_from(sorted(WORTH))


def scene(name: str, *choices: str, ending: str | None = None) -> Json:
    """A scene; a choice is written ``a good next``: its id, its quality, where it leads."""
    rows = [
        {"id": one, "quality": quality, "to": to, "text": f"Words of {one}"}
        for one, quality, to in (choice.split() for choice in choices)
    ]
    title = name.capitalize()
    return {"id": name, "key": f"{name:_<4}"[:4], "title": title, "choices": rows, "ending": ending}


CALL: Json = {
    "start": "call",
    "scenes": [
        scene("call", "a poor keep", "b good tell"),
        scene("keep", "a fair call", "b poor lost"),
        scene("tell", "a good safe", "b fair lost"),
        scene("safe", ending="good"),
        scene("lost", ending="poor"),
    ],
}
"""Two decisions to an ending; a choice leads back to the beginning."""


@st.composite
def scenarios(draw: st.DrawFn) -> Json:
    """Scenarios of any form: choices lead anywhere, also back and to their own scene."""
    count = draw(st.integers(1, 6))
    ends = draw(st.integers(1, 3))
    names = [f"s{number}" for number in range(count)]
    endings = [f"e{number}" for number in range(ends)]
    scenes = []
    for name in names:
        to = st.sampled_from([*names, *endings])
        targets = draw(st.lists(to, min_size=1, max_size=4))
        rows = [f"{'abcd'[at]} {draw(QUALITIES)} {one}" for at, one in enumerate(targets)]
        scenes.append(scene(name, *rows))
    scenes += [scene(name, ending=draw(QUALITIES)) for name in endings]
    return {"start": "s0", "scenes": draw(st.permutations(scenes))}


@dataclass
class Story:
    """What a trainee did in a scenario."""

    data: Json
    path: list[tuple[str, str]] = field(default_factory=list)
    trail: list[tuple[str, str]] = field(default_factory=list)
    first: dict[str, str] = field(default_factory=dict)
    reached: set[str] = field(default_factory=set)
    walks: int = 0
    score: int | None = None
    open: bool = False
    keep: str = "best"
    limit: int = 0

    def __post_init__(self) -> None:
        self.scenes = {one["id"]: one for one in self.data["scenes"]}
        self.at = self.data["start"]

    def act(self, name: str) -> None:
        """Make a choice by its id, or start ``again``."""
        if name == "again":
            self.walks += 1
            self.path, self.trail = [], []
            self.at, self.open = self.data["start"], True
            return
        self.walks = self.walks or 1
        self.open = True
        here = self.at
        self.first.setdefault(here, name)
        self.path.append((here, name))
        self.trail.append((here, name))
        self.at = next(one["to"] for one in self.scenes[here]["choices"] if one["id"] == name)
        passed = [scene for scene, _ in self.path]
        if self.at in passed:
            del self.path[passed.index(self.at) :]
        if self.scenes[self.at]["ending"]:
            self._end()

    def _end(self) -> None:
        self.open = False
        self.reached.add(self.at)
        if self.score is not None and self.limit and self.walks > self.limit:
            return
        if self.keep == "first":
            self.score = self._mean(self.first.items()) if self.score is None else self.score
        elif self.keep == "last" or self.score is None:
            self.score = self._mean(self.path)
        else:
            self.score = max(self.score, self._mean(self.path))

    def _mean(self, decisions: Iterable[tuple[str, str]]) -> int:
        worth = [WORTH[self._quality(scene, one)] for scene, one in decisions]
        # Halves up.
        return int(sum(worth) / len(worth) * 10_000 + Fraction(1, 2)) if worth else 0

    def _quality(self, scene: str, name: str) -> str:
        rows = self.scenes[scene]["choices"]
        return next(str(one["quality"]) for one in rows if one["id"] == name)

    def state(self) -> Json:
        """What the saved state has of it: ``checks`` and the entry of ``quizzes``."""
        key = {name: one["key"] for name, one in self.scenes.items()}
        checks = {
            key[scene]: {
                "tries": 1,
                "first": self._quality(scene, name) == "good",
                "response": name,
            }
            for scene, name in self.first.items()
        }
        checks |= {
            key[name]: {"tries": 1, "first": self.scenes[name]["ending"] == "good", "response": ""}
            for name in self.reached
        }
        quiz = {
            "attempts": self.walks,
            "best": self.score,
            "open": self.open,
            "answers": {key[scene]: name for scene, name in self.path},
        }
        return {"checks": checks, "quizzes": {PAGE["key"]: quiz} if self.walks else {}}
