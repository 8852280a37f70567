"""A trainee's walks through scenarios, from the saved state (docs/state.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from heapq import heappop, heappush

from builder.course.scenarios.model import CREDIT, QUALITIES, Quality
from builder.course.state import ATTEMPTS_LIMIT, BEST_LIMIT, CheckState, QuizState, State
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

    ``walks`` is the number of walks begun. ``score`` is the one that counts, in hundredths of a
    percent, ``None`` until the first ending. ``at`` is the title of the scene in which the present
    walk is, or empty if no walk is under way. ``endings`` are the titles of the endings reached.
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
    return follow(page.scenario, kept.answers if kept else {})[1]


def follow(
    scenario: Scenario, answers: Mapping[str, str]
) -> tuple[list[tuple[Scene, Choice]], Scene]:
    """The decisions of a walk, and the scene that they lead to. A way back to a scene of the walk
    takes the decisions from there on with it."""
    scenes = {scene.id: scene for scene in scenario.scenes}
    steps: list[tuple[Scene, Choice]] = []
    here = scenes[scenario.start]
    while True:
        chosen = answers.get(here.key)
        choice = next((one for one in here.choices if one.id == chosen), None)
        if choice is None:
            return steps, here
        steps.append((here, choice))
        here = scenes[choice.to]
        passed = [scene.id for scene, _ in steps]
        if here.id in passed:
            return steps[: passed.index(here.id)], here


def mean(qualities: Iterable[Quality]) -> int:
    """The score of decisions of these qualities, in hundredths of a percent, halves rounded up; 0
    without decisions."""
    worth = [int(CREDIT[quality] * BEST_LIMIT) for quality in qualities]
    return (2 * sum(worth) + len(worth)) // (2 * len(worth)) if worth else 0


def further_walk(page: Page, state: State) -> State:
    """The state of a trainee after one more walk through the scenario of a page, on the best way
    (the player's ``state/scenario.ts``). The same state if there is nothing to decide."""
    scenario = page.scenario
    assert scenario
    way = best_way(scenario)
    if not way:
        return state
    ending = next(one for one in scenario.scenes if one.id == way[-1][1].to)
    decided = {
        scene.key: CheckState(1, choice.quality == "good", choice.id) for scene, choice in way
    }
    decided[ending.key] = CheckState(1, ending.ending == "good", "")
    checks = decided | state.checks
    kept = state.quizzes.get(page.key, QuizState(0, None, False, {}))
    walks = min(kept.attempts + 1, ATTEMPTS_LIMIT)
    best = kept.best
    if best is None or not scenario.limit or walks <= scenario.limit:
        if scenario.keep == "first":
            # Each scene decided in counts, with its first decision.
            best = mean(
                choice.quality
                for scene in scenario.scenes
                for choice in scene.choices
                if scene.key in checks and checks[scene.key].response == choice.id
            )
        else:
            score = mean(choice.quality for _, choice in way)
            best = score if scenario.keep == "last" or best is None else max(best, score)
    answers = {scene.key: choice.id for scene, choice in way}
    walk = QuizState(walks, best, False, answers)
    return replace(state, checks=checks, quizzes={**state.quizzes, page.key: walk})


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
