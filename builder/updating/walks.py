"""A trainee's walks through scenarios, from the saved state (docs/state.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush

from builder.course.scenarios.model import CREDIT, QUALITIES, Quality
from builder.course.state import State
from builder.package.outline import Choice, Outline, Page, Scenario, Scene


@dataclass(frozen=True, slots=True)
class Decision:
    """A trainee's first decision in a scene.

    ``scene`` and ``title`` are the scene's id and title, ``choice`` is the id of the choice.
    ``text`` and ``quality`` are ``None`` if the package no longer has the choice.
    """

    scene: str
    title: str
    choice: str
    text: str | None
    quality: Quality | None


@dataclass(frozen=True, slots=True)
class WalkLine:
    """A scenario that the trainee has begun.

    ``walks`` is the number of walks begun. ``score`` is that of the first walk, in hundredths of a
    percent, ``None`` until its ending. ``at`` is the title of the scene in which the present walk
    is, or empty if no walk is under way. ``endings`` are the titles of the endings reached.
    """

    id: str
    title: str
    walks: int
    score: int | None
    at: str
    decisions: tuple[Decision, ...]
    endings: tuple[str, ...]


def walk_lines(outline: Outline, state: State) -> Iterator[WalkLine]:
    """Yield what a trainee has done in each scenario of a course."""
    for page in outline.pages:
        kept = state.quizzes.get(page.key)
        scenes = page.scenario.scenes if page.scenario else ()
        met = [scene for scene in scenes if scene.key in state.checks]
        if page.scenario and (kept or met):
            yield WalkLine(
                id=page.id,
                title=page.title,
                walks=kept.attempts if kept else 0,
                score=kept.best if kept else None,
                at=scene_of_walk(page, state).title if kept and kept.open else "",
                decisions=tuple(
                    _decision(scene, state.checks[scene.key].response)
                    for scene in met
                    if scene.choices
                ),
                endings=tuple(scene.title for scene in met if scene.ending),
            )


def _decision(scene: Scene, choice: str) -> Decision:
    found = next((one for one in scene.choices if one.id == choice), None)
    text, quality = (found.text, found.quality) if found else (None, None)
    return Decision(scene.id, scene.title, choice, text, quality)


def scene_of_walk(page: Page, state: State) -> Scene:
    """The current scene of a trainee's walk through the scenario of a page.

    Follows the choices from the start, until there is no choice or a scene would repeat.
    """
    assert page.scenario
    kept = state.quizzes.get(page.key)
    return _follow(page.scenario, kept.answers if kept else {})


def _follow(scenario: Scenario, answers: Mapping[str, str]) -> Scene:
    scenes = {scene.id: scene for scene in scenario.scenes}
    here, seen = scenes[scenario.start], {scenario.start}
    while True:
        chosen = answers.get(here.key)
        to = next((one.to for one in here.choices if one.id == chosen), None)
        if to is None:
            return here
        here = scenes[to]
        if to in seen:
            return here
        seen.add(to)


def best_way(scenario: Scenario) -> list[tuple[Scene, Choice]]:
    """The decisions that lead from the start to the best ending, with the lowest cost: 1 for a poor
    decision, 0.5 for a fair one. Empty if no ending can be reached."""
    scenes = {scene.id: scene for scene in scenario.scenes}
    endings = [QUALITIES.index(scene.ending) for scene in scenario.scenes if scene.ending]
    todo: list[tuple[float, int, str, list[tuple[Scene, Choice]]]] = [(0, 0, scenario.start, [])]
    seen: set[str] = set()
    while todo:
        cost, _, name, way = heappop(todo)
        if name in seen:
            continue
        seen.add(name)
        scene = scenes[name]
        if scene.ending and QUALITIES.index(scene.ending) == min(endings):
            return way
        for choice in scene.choices:
            more = cost + 1 - CREDIT[choice.quality]
            # Numbers make steps with the same cost comparable.
            heappush(todo, (more, len(seen) + len(todo), choice.to, [*way, (scene, choice)]))
    return []
