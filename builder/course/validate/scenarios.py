"""Rules for scenarios: scenes, choices and endings are complete, and every path ends."""

from __future__ import annotations

import posixpath
from bisect import bisect_left
from collections.abc import Callable, Iterator

from builder.course import markdown, targets
from builder.course.markdown import Directive, Prose
from builder.course.scenarios.costs import FULL, Costs
from builder.course.scenarios.model import Scenario
from builder.course.scenarios.reading import ENDING
from builder.course.sources import Place
from builder.course.targets import Kind
from builder.course.validate.material import Material, PageItem
from builder.course.validate.structure import check_former_ids
from builder.diagnostics.codes import did_you_mean, problem
from builder.diagnostics.diagnostic import Diagnostic, Position

SCENARIO_KEYS = ("start", "complete", "weight")
"""The keys that only scenarios use; another rule reports them on other pages."""
SCENES = 100
"""Maximum number of scenes of a scenario."""


def faults(material: Material) -> Iterator[Diagnostic]:
    """Report the faults in the scenes, choices and endings of each scenario."""
    for page in _scenarios(material):
        for fault in page.read_scenes.faults:
            yield problem(fault.code, page.at(fault.line, fault.column), **fault.words)
        if page.read_scenes.notes:
            line = page.read_scenes.notes[0].tokens[0].meta["line"]
            yield problem("scenario-notes", page.at(line, 1))
        if not page.read_scenes.scenes and page.whole:
            yield problem("scenario-empty", page.front("kind").key)


def misplaced(material: Material) -> Iterator[Diagnostic]:
    """Report marks of choices, earlier ids of headings and endings on other pages, and endings
    inside other blocks."""
    for page in material.pages.values():
        found = list(_misplaced(page))
        if page.shape.kind == "scenario" or len(found) == 1:
            yield from found
        elif found and page.whole and not any(getattr(page.shape, key) for key in SCENARIO_KEYS):
            # The page lacks “kind: scenario”, so each of its choices would be reported.
            words = {"kind": page.shape.kind, "problem": "has no choices and endings"}
            fix = "Write “kind: scenario” between the lines ---, below the title."
            at = page.at(found[0].position.line, found[0].position.column)
            yield problem("page-kind", at, **words, fix=fix)


def _misplaced(page: PageItem) -> Iterator[Diagnostic]:
    scenario = page.shape.kind == "scenario"
    for block in page.document.walk():
        if isinstance(block, Directive):
            top = scenario and any(block is one for one in page.document.blocks)
            if block.name == ENDING and not top:
                yield problem("ending-misplaced", page.at(block.line, block.column))
        elif scenario:
            yield from _marks_inside(page, block)
        else:
            yield from _marks(page, block)


def _marks(page: PageItem, block: Prose) -> Iterator[Diagnostic]:
    for link in block.links:
        if link.choice:
            where = f"on a page of kind “{page.shape.kind}”"
            yield problem("choice-misplaced", page.at(link.line, link.column), where=where)
    for heading in block.headings:
        if heading.was:
            text = f"was={','.join(heading.was)}"
            yield problem("attribute-unknown", page.at(heading.line, 1), text=text)


def _marks_inside(page: PageItem, block: Prose) -> Iterator[Diagnostic]:
    """Report marks of choices in the feedback of choices, in endings and in other blocks."""
    marked = [link for link in block.links if link.choice]
    if not marked:
        return
    faults = page.read_scenes.faults
    known = choice_places(page) | {(one.line, one.column) for one in faults}
    unlinked = {one.line for one in faults if one.code == "choice-unlinked"}
    for link in marked:
        if (link.line, link.column) not in known and link.line not in unlinked:
            where = "inside other text: it must start an item in the list of choices of its scene"
            yield problem("choice-misplaced", page.at(link.line, link.column), where=where)


def ids(material: Material) -> Iterator[Diagnostic]:
    """Require that earlier ids of scenes are not in use, that no practice question of the page has
    the id of a scene, and that no two keys in the saved state are equal."""
    keys = {item.question.key: (item.shape.id, item.place.at) for item in material.questions}
    for page in _scenarios(material):
        asked = {check.argument for check in page.checks()}
        named = []
        for scene in page.scenario.scenes if page.scenario else ():
            at = page.at(scene.heading.line, 1)
            named.append((scene.id, scene.heading.was, Place(at, at)))
            if scene.id in asked:
                yield problem("scene-question", at, id=scene.id)
            other, first = keys.setdefault(scene.key, (scene.id, at))
            if first != at:
                yield problem("id-collision", at, id=scene.id, other=other, first=first)
        yield from check_former_ids(named)


def links(material: Material) -> Iterator[Diagnostic]:
    """Report links to scenes that are not choices."""
    scenes = {
        page.path: {scene.id for scene in page.read_scenes.scenes} for page in _scenarios(material)
    }
    if not scenes:
        return
    for text in material.texts:
        choices = choice_places(text.page)
        for link in text.prose.links:
            target = targets.read(link.target, text.page.path)
            is_scene = target.kind is Kind.PAGE and target.heading in scenes.get(target.name, ())
            if is_scene and not link.choice and (link.line, link.column) not in choices:
                name = posixpath.basename(target.name)
                yield problem("scene-link", text.at(link.line, link.column), page=name)


def choice_places(page: PageItem) -> frozenset[tuple[int, int]]:
    """The lines and columns of the links that are choices on a page, also of those with faults."""
    if page.shape.kind != "scenario":
        return frozenset()
    return frozenset(
        (choice.line, choice.column)
        for scene in page.read_scenes.scenes
        for choice in scene.choices
    )


def start(material: Material) -> Iterator[Diagnostic]:
    """Require that the scene under ``start:`` exists, and limit the number of scenes."""
    for page in _scenarios(material):
        known = [scene.id for scene in page.read_scenes.scenes]
        named = page.shape.start
        if named and known and named not in known:
            near = did_you_mean(named, known)
            words = {"id": named, "did_you_mean": near, "known": ", ".join(known)}
            yield problem("scenario-start", page.front("start").at, **words)
        if len(known) > SCENES:
            at = page.front("kind").key
            yield problem("scenes-too-many", at, count=len(known), limit=SCENES)


def paths(material: Material) -> Iterator[Diagnostic]:
    """Require that every scene can be reached and that every path ends, in scenarios without other
    faults."""
    for page in _scenarios(material):
        if page.scenario and not page.read_scenes.faults and not page.document.faults:
            yield from _paths(page, page.scenario)


def _paths(page: PageItem, scenario: Scenario) -> Iterator[Diagnostic]:
    proof = page.proof
    at = {scene.id: page.at(scene.heading.line, 1) for scene in scenario.scenes}
    if scenario.start not in at or not proof:
        return
    for scene in proof.unreachable:
        words = {"id": scene, "start": scenario.start, "example": f"#{scene}"}
        yield problem("scene-unreachable", at[scene], **words)
    for scene in proof.endless:
        yield problem("scene-endless", at[scene], id=scene, scenes=", ".join(proof.endless))
    if scenario.complete == "good" and not proof.good:
        yield problem("scenario-good", page.front("complete").at)


def unused(material: Material) -> Iterator[Diagnostic]:
    """Report rules of the score that change nothing: those of a scenario that is practice, and a
    number of attempts where the first way counts."""
    for page in _scenarios(material):
        shape = page.shape
        for key in ("attempts", "keep"):
            if getattr(shape, key) is None:
                continue
            if shape.weight is None:
                reason = "a scenario without “weight:” is practice"
                fix = f"Add “weight: 1”, or delete “{key}:”."
            elif key == "attempts" and shape.attempts != 1 and shape.keep == "first":
                reason = "with “keep: first” one way counts"
                fix = "Delete “attempts:”, or write “keep: best”."
            else:
                continue
            yield problem(
                "scenario-rule-unused", page.front(key).key, key=key, reason=reason, fix=fix
            )


def decisive(material: Material) -> Iterator[Diagnostic]:
    """Report scenarios in which one decision can fail a trainee who does everything else right."""
    for page in _scenarios(material):
        scenario, proof = page.scenario, page.proof
        if not scenario or scenario.weight is None or not proof:
            continue
        if page.read_scenes.faults or page.document.faults or proof.unreachable or proof.endless:
            continue
        if scenario.keep == "first":
            key, fix = "keep", "Delete “keep: first”, so that the best way counts"
        elif scenario.attempts == 1:
            key, fix = "attempts", "Delete “attempts: 1”, so that further ways count"
        elif scenario.attempts and scenario.keep == "last":
            key, fix = "keep", "Delete “keep: last”, so that the best way counts"
        else:
            continue
        yield from _decisive(page, scenario, material, page.front(key).key, fix)


def _decisive(
    page: PageItem, scenario: Scenario, material: Material, at: Position, fix: str
) -> Iterator[Diagnostic]:
    mark = material.course.tracking.pass_mark
    possible = sum(_weights(material))

    def result(score: int) -> int:
        """The result of the course in hundredths of a percent, with this score in the scenario and
        full marks in everything that is judged with it."""
        earned = possible * FULL - _hundredths(scenario.weight or 0) * (FULL - score)
        return (2 * earned + possible) // (2 * possible)

    costs = Costs(scenario)
    found = costs.below(bisect_left(range(FULL + 1), mark * 100, key=result))
    if not found:
        return
    scene, choice = found[0]
    others = "1 other choice" if len(found) == 2 else f"{len(found) - 1} other choices"
    yield problem(
        "scenario-decisive",
        at,
        choice=markdown.plain(choice.words, {}),
        scene=scene.heading.text,
        line=choice.line,
        best=f"{result(costs.best(scene, choice)) / 100:g}",
        mark=mark,
        more=f"; the same is true of {others}" if len(found) > 1 else "",
        fix=fix,
    )


def _weights(material: Material) -> Iterator[int]:
    """The weights of everything that is judged by the pass mark of the course, in hundredths."""
    for page in material.pages.values():
        quiz = page.shape.quiz
        if page.shape.kind == "quiz" and (quiz is None or quiz.pass_mark is None):
            yield _hundredths(quiz.weight if quiz else 1)
        elif page.shape.kind == "scenario" and page.shape.weight is not None:
            yield _hundredths(page.shape.weight)


def _hundredths(weight: float) -> int:
    return int(weight * 100 + 0.5)


def _scenarios(material: Material) -> Iterator[PageItem]:
    return (page for page in material.pages.values() if page.shape.kind == "scenario")


RULES: tuple[Callable[[Material], Iterator[Diagnostic]], ...] = (
    faults,
    misplaced,
    ids,
    links,
    start,
    paths,
    unused,
    decisive,
)
