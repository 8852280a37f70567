"""Matches the scenes of two outlines, and says what happens to each and to its first decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from builder.course.keys import Former
from builder.course.scenarios.model import Keep
from builder.package.outline import Outline, Page, Scenario, Scene
from builder.updating.changes import Change, Note, Pair, fate_of, former_id, pairs, true_notes
from builder.updating.settings import Setting


@dataclass(frozen=True, slots=True)
class PageScene:
    """A scene with its page; its id is that of its page, a slash, and its own."""

    page: str
    scene: Scene

    @property
    def id(self) -> str:
        """The id of the scene in the whole course."""
        return f"{self.page}/{self.scene.id}"

    @property
    def key(self) -> str:
        """The key of the scene in the saved state."""
        return self.scene.key

    @property
    def former(self) -> Former:
        """The earlier keys of the scene."""
        return self.scene.former

    @property
    def text(self) -> str:
        """The words of its heading."""
        return self.scene.title


def match_scenes(old: Outline, new: Outline) -> tuple[Pair[PageScene], ...]:
    """Match every scene of two outlines with its counterpart."""
    return pairs(_scenes(old), _scenes(new))


def _scenes(outline: Outline) -> list[PageScene]:
    return [
        PageScene(page.id, scene)
        for page in outline.pages
        if page.scenario
        for scene in page.scenario.scenes
    ]


def scene_changes(old: Outline, new: Outline, pages: Sequence[Pair[Page]]) -> Iterator[Change]:
    """What happens to each scene. A scene of a page that is gone, or must be done again as a whole,
    is left out."""
    matched = match_scenes(old, new)
    counterparts = {pair.old.id: pair.new.id for pair in matched if pair.old and pair.new}
    kept = {one.id for pair in pages if pair.counts for one in (pair.old, pair.new) if one}
    for pair in matched:
        one = pair.new or pair.old
        assert one
        if pair.old and one.page not in kept:
            continue
        fate, why = fate_of(pair)
        notes = _notes(pair.old, pair.new, counterparts) if pair.old and pair.new else {}
        yield Change(
            *("scene", one.id, one.scene.title, fate, (one.page,), former_id(pair), why),
            notes=true_notes(notes),
        )


def _notes(old: PageScene, new: PageScene, counterparts: Mapping[str, str]) -> dict[Note, object]:
    before = {choice.id: choice for choice in old.scene.choices}
    after = {choice.id: choice for choice in new.scene.choices}
    both = [(before[name], after[name]) for name in before if name in after]
    return {
        "retitled": old.scene.title != new.scene.title,
        "reworded": old.scene.wording != new.scene.wording
        or any(was.wording != now.wording for was, now in both),
        "options-added": after.keys() - before.keys(),
        "options-removed": before.keys() - after.keys(),
        "rewired": any(
            counterparts.get(f"{old.page}/{was.to}") != f"{new.page}/{now.to}" for was, now in both
        ),
        "quality": old.scene.ending != new.scene.ending
        or any(was.quality != now.quality for was, now in both),
    }


def scenario_settings(pages: Sequence[Pair[Page]]) -> Iterator[Setting]:
    """Every rule of a scenario that differs between its two versions."""
    for pair in pages:
        old, new = (one and one.scenario for one in (pair.old, pair.new))
        if not (pair.new and old and new):
            continue
        rows = (
            ("start", old.start, new.start, "New walks start there.", False),
            ("complete", old.complete, new.complete, _completion(new), new.complete == "good"),
            ("weight", _weight(old), _weight(new), "The score of the course changes.", True),
            *(_counting(old, new) if new.weight else ()),
        )
        for name, was, now, meaning, costs in rows:
            if was != now:
                yield Setting(pair.new.id, name, was, now, meaning, costs)


def _completion(scenario: Scenario) -> str:
    if scenario.complete == "good":
        return "Trainees who have reached only other endings have to find a good one."
    return "Trainees who have reached any ending are done."


def _counting(old: Scenario, new: Scenario) -> Iterator[tuple[str, str, str, str, bool]]:
    """The rules by which walks count: name, old and new value, meaning, and whether somebody loses
    something. What was practice had neither a limit nor a choice."""
    before = old.attempts if old.weight else 0
    fewer = bool(new.attempts) and (not before or new.attempts < before)
    yield (
        *("attempts", f"{before or 'no limit'}", f"{new.attempts or 'no limit'}"),
        f"Ways begun before count: trainees who have begun {new.attempts} or more have none left "
        "that counts. They keep their score, and fail if it does not pass."
        if fewer
        else "Trainees who have not passed can try further ways that count.",
        fewer,
    )
    if old.weight and old.keep != new.keep:
        yield "keep", old.keep, new.keep, _KEPT[new.keep], new.keep == "first"


_KEPT: Mapping[Keep, str] = {
    "best": "Scores stay, and a better way raises them. Trainees who have failed can still pass "
    "where the LMS records what they do.",
    "last": "Scores stay until the next way, whose score replaces them.",
    "first": "Trainees who have reached an ending keep their score: no further way raises it, and "
    "they fail if it does not pass.",
}


def _weight(scenario: Scenario) -> str:
    return "none" if scenario.weight is None else f"{scenario.weight:g}"
