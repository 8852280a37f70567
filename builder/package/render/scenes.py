"""Describes a scenario for the player and for ``course.json``."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator

from builder.course.markdown import Prose, walk
from builder.course.model import Page
from builder.course.scenarios.model import Choice, Scenario, Scene
from builder.package.outline import Choice as OutlineChoice
from builder.package.outline import Scenario as OutlineScenario
from builder.package.outline import Scene as OutlineScene
from builder.package.render.templates import Json

Words = Callable[[Prose], str]
"""A function that returns the words of a text without markup."""


def scenario_data(page: Page, words: Words) -> Json:
    """The scenario of a page for the player: its scenes in the order of the file. Empty for a page
    of another kind."""
    whole = page.scenario
    if not whole:
        return {}
    scenes = [
        {
            "id": scene.id,
            "key": scene.key,
            "title": words(scene.words),
            "choices": [
                {
                    "id": choice.id,
                    "to": choice.to,
                    "quality": choice.quality,
                    "text": words(choice.words),
                }
                for choice in scene.choices
            ],
            "ending": scene.ending.quality if scene.ending else None,
        }
        for scene in whole.scenes
    ]
    reveal = {"reveal": True} if whole.reveal else {}
    return {"scenario": {"start": whole.start, "scenes": scenes, **reveal}}


def scenario_rules(whole: Scenario) -> Json:
    """How a scenario counts, for the player's outline: the keys of the scenes whose ending
    completes it, and if it counts, its weight, how many walks count, and which of them."""
    ends = {"ends": [scene.key for scene in whole.scenes if whole.completes(scene)]}
    if whole.weight is None:
        return ends
    # Only the first walk can change a score that is kept for good.
    attempts = 1 if whole.keep == "first" else whole.attempts
    return ends | {"weight": whole.weight, "attempts": attempts, "keep": whole.keep}


def outline_scenario(page: Page, words: Words) -> OutlineScenario | None:
    """The scenario of a page for ``course.json``; ``None`` for a page of another kind."""
    whole = page.scenario
    if not whole:
        return None
    return OutlineScenario(
        start=whole.start,
        complete=whole.complete,
        weight=whole.weight,
        scenes=tuple(
            OutlineScene(
                id=scene.id,
                key=scene.key,
                former=scene.former,
                title=words(scene.words),
                choices=tuple(_choice(choice, words) for choice in scene.choices),
                ending=scene.ending.quality if scene.ending else None,
                wording=_digest(_texts(scene, words)),
            )
            for scene in whole.scenes
        ),
        attempts=whole.attempts,
        keep=whole.keep,
    )


def _choice(choice: Choice, words: Words) -> OutlineChoice:
    texts = (choice.words, *((choice.feedback,) if choice.feedback else ()))
    wording = _digest(map(words, texts))
    return OutlineChoice(choice.id, choice.to, choice.quality, words(choice.words), wording)


def _texts(scene: Scene, words: Words) -> Iterator[str]:
    """Yield the texts of a scene and the titles of its blocks, without the texts of its choices."""
    yield words(scene.words)
    ending = scene.ending.blocks if scene.ending else ()
    for block in walk((*scene.blocks, *ending)):
        yield words(block) if isinstance(block, Prose) else block.argument


def _digest(texts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
