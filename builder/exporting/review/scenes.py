"""Composes scenarios as nodes of the review document: their map, and their scenes like a book in
which readers choose."""

from __future__ import annotations

from collections.abc import Iterator

from builder.course import interface, markdown
from builder.course.markdown import Texts
from builder.course.model import Page
from builder.course.scenarios.drawing import Label, draw
from builder.course.scenarios.model import Choice, Scenario, Scene
from builder.course.scenarios.proof import Proof, prove
from builder.exporting.review.blocks import PageComposer
from builder.exporting.review.prose import Source
from builder.exporting.review.tree import Box, Drawing, Heading, Line, Listing, Node, Run, plain


class ScenarioComposer:
    """Composes one scenario; ``level`` is the level of the headings of scenes.

    ``judged`` is whether the quality of each choice is shown.
    """

    def __init__(
        self, pages: PageComposer, page: Page, scenario: Scenario, level: int, judged: bool
    ) -> None:
        self.pages = pages
        self.say = pages.say
        self.page = page
        self.scenario = scenario
        self.level = level
        self.judged = judged
        self.source = Source("body", page.path, (), Texts(page.document), page.path)
        self.titles = {
            scene.id: f"{scenario.numbers[scene.id]}. {markdown.plain(scene.words, pages.values)}"
            for scene in scenario.scenes
        }

    def nodes(self) -> Iterator[Node]:
        """Compose the introduction and the scenes, the start first."""
        yield from self.pages.texts.nodes(self.source, self.scenario.introduction, self.level)
        for scene in self.scenario.in_print:
            yield from self._scene(scene)

    def map(self) -> Iterator[Node]:
        """Compose the map of the scenes, and the same as a nested list, which says everything."""
        proof = prove(self.scenario)
        yield Line((plain(self.say("review.map")),), "label")
        yield Line((plain(self._proof(proof)),), "facts")
        direction = interface.spoken(self.pages.course.language).direction
        yield Drawing(draw(self.scenario, proof, self._labels(), direction))
        listed = (tuple(self._listed(scene)) for scene in self.scenario.in_print)
        yield Listing(False, tuple(listed))

    def _proof(self, proof: Proof) -> str:
        words = self.say(
            "review.scenes-proof",
            scenes=proof.scenes,
            paths=proof.paths,
            least=proof.length.least,
            most=proof.length.most,
        )
        return words if proof.exact else f"{words} {self.say('review.scenes-more')}"

    def _labels(self) -> dict[str, Label]:
        return {
            scene.id: Label(
                markdown.plain(scene.words, self.pages.values),
                self.say(f"page.ending-{scene.ending.quality}") if scene.ending else "",
            )
            for scene in self.scenario.scenes
        }

    def _listed(self, scene: Scene) -> Iterator[Node]:
        end = f" – {self.say(f'page.ending-{scene.ending.quality}')}" if scene.ending else ""
        yield Line((self._link(scene.id, self.titles[scene.id]), plain(end)))
        if scene.choices:
            items = (
                (Line((plain(f"{one.id} → "), self._link(one.to, self.titles[one.to]))),)
                for one in scene.choices
            )
            yield Listing(False, tuple(items))

    def _link(self, scene: str, words: str) -> Run:
        return Run(words, anchor=self._anchor(scene))

    def _anchor(self, scene: str) -> str:
        return f"p:{self.page.id}/scene-{scene}"

    def _scene(self, scene: Scene) -> Iterator[Node]:
        number = plain(f"{self.scenario.numbers[scene.id]}. ")
        words = self.pages.texts.text(self.source, scene.words)
        yield Heading(self.level, Line((number, *words)), self._anchor(scene.id))
        yield from self.pages.texts.nodes(self.source, scene.blocks, self.level + 1)
        if scene.choices:
            yield Listing(False, tuple(tuple(self._choice(one)) for one in scene.choices))
        if scene.ending:
            label = plain(self.say(f"page.ending-{scene.ending.quality}"))
            texts = self.pages.texts.nodes(self.source, scene.ending.blocks, self.level + 1)
            yield Box("ending", (Line((label,), "label"), *texts))

    def _choice(self, choice: Choice) -> Iterator[Node]:
        number = self.scenario.numbers[choice.to]
        go = self._link(choice.to, self.say("page.scene-go-to", number=number))
        runs = (*self.pages.texts.text(self.source, choice.words), plain(" → "), go)
        if self.judged:
            quality = self.say(f"review.choice-{choice.quality}")
            runs = (*runs, plain(f" ({choice.id}: {quality})", "quiet"))
        yield Line(runs)
        if choice.feedback:
            yield from self.pages.texts.nodes(self.source, (choice.feedback,), self.level + 1)
