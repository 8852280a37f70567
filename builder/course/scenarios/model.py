"""The model of a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal, get_args

from builder.base.immutable import immutable, unfolding
from builder.course.keys import NO_FORMER, Former
from builder.course.markdown import Directive, Heading, Prose

Quality = Literal["good", "fair", "poor"]
QUALITIES: tuple[Quality, ...] = get_args(Quality)
"""The qualities of choices and endings, the best first."""
CREDIT: Mapping[Quality, float] = {"good": 1, "fair": 0.5, "poor": 0}
"""The share of the score that a decision gives in a scenario with a weight."""
Keep = Literal["best", "last", "first"]
"""Which walk through a scenario counts; ``first``: the first decision in each scene before the
first ending."""
CHOICE_IDS = "abcdefghijklmnopqrstuvwxyz0123456789"
"""The possible ids of choices, in the order in which they are given."""


@immutable
class Choice:
    """A choice of a scene: its id, the id of the scene that it leads to, and its quality.

    ``words`` are the text of its link, ``feedback`` is what trainees read before the next scene,
    with paragraphs, or ``None``. ``line`` and ``column`` are its place in the page's file.
    """

    id: str
    to: str
    quality: Quality
    words: Prose
    feedback: Prose | None
    line: int
    column: int


@immutable
class Ending:
    """The end of a path: its quality, and what trainees read."""

    quality: Quality
    blocks: tuple[Prose | Directive, ...]


@immutable
class Scene:
    """A scene: a heading, blocks, and either choices or an ending.

    ``key`` names it in the saved state: its first decision, or that its ending was reached;
    ``former`` are its earlier keys. ``words`` are the text of the heading.
    """

    id: str
    heading: Heading
    words: Prose
    blocks: tuple[Prose | Directive, ...]
    choices: tuple[Choice, ...]
    ending: Ending | None
    key: str = ""
    former: Former = NO_FORMER


@unfolding
class Scenario:
    """The scenes of a page in the order of its file.

    - ``start``: the id of the first scene of every walk.
    - ``complete``: whether a walk must reach any ending, or a good one.
    - ``weight``: its weight in the score of the course; ``None`` for practice.
    - ``attempts``: how many walks count, 0 for no limit; ``keep``: which of them.
    - ``reveal``: whether a decision shows at once how good it is.
    - ``introduction``: what the page shows above the scenes; ``notes``: its footnotes.
    """

    start: str
    complete: Literal["ending", "good"]
    weight: float | None
    attempts: int
    keep: Keep
    reveal: bool
    introduction: tuple[Prose | Directive, ...]
    scenes: tuple[Scene, ...]
    notes: tuple[Prose, ...] = ()

    @cached_property
    def in_print(self) -> tuple[Scene, ...]:
        """The scenes in the order of print: the start, then the others in the order of the file."""
        return tuple(sorted(self.scenes, key=lambda scene: scene.id != self.start))

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The numbers of the scenes in print, by id; the start is 1."""
        return {scene.id: number for number, scene in enumerate(self.in_print, start=1)}

    def completes(self, scene: Scene) -> bool:
        """Whether a walk that ends in this scene completes the scenario."""
        return scene.ending is not None and self.complete in ("ending", scene.ending.quality)
