"""The data for the Map tab of the author's window: the scenes and choices of each scenario."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from builder.course.markdown import plain
from builder.course.scenarios.drawing import Label, draw
from builder.course.scenarios.model import Scene
from builder.course.scenarios.proof import Proof, Proved, describe
from builder.diagnostics.diagnostic import Position
from builder.preview import desk
from builder.preview.stage import Stage

Json = dict[str, Any]


def maps(stage: Stage) -> list[Json]:
    """The map of each scenario as JSON, also of one with errors, in the order of the course."""
    return [_map(stage, one) for one in stage.now.scenarios]


def _map(stage: Stage, one: Proved) -> Json:
    scenario, proof = one.scenario, one.proof
    course = stage.now.course
    variables = {name: f"{{{{ {name} }}}}" for name in course.variables} if course else {}
    labels = {
        scene.id: Label(scene.heading.text, "; ".join(_notes(scene, proof)))
        for scene in scenario.scenes
    }
    return {
        "page": one.page,
        "title": one.title,
        "words": describe(proof),
        "drawing": draw(scenario, proof, labels, "ltr"),
        "scenes": [
            {
                "id": scene.id,
                "title": scene.heading.text,
                "notes": [*_notes(scene, proof)],
                "choices": [
                    {
                        "id": choice.id,
                        "words": plain(choice.words, variables),
                        "quality": choice.quality,
                        "to": scenario.numbers.get(choice.to),
                        "title": choice.to,
                    }
                    for choice in scene.choices
                ],
                "place": _place(stage, f"{one.page}/{scene.id}"),
            }
            for scene in scenario.in_print
        ],
    }


def _notes(scene: Scene, proof: Proof) -> Iterator[str]:
    """What to know about a scene: the quality of its ending, and what is wrong with it."""
    if scene.ending:
        yield f"{scene.ending.quality} ending"
    if scene.id in proof.unreachable:
        yield "cannot be reached"
    if scene.id in proof.endless:
        yield "leads to no ending"


def _place(stage: Stage, scene: str) -> Json:
    position = stage.now.places.get(("scene", scene), Position(""))
    return desk.position_data(stage.course, position)
