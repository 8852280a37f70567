"""A trainee saves with one package and resumes with the next, through the real player."""

import os
import random
import re
from dataclasses import replace
from itertools import product
from typing import Any

from playwright.sync_api import Page

from builder.course import state
from builder.course.state import State
from tests.edits.authoring import EDITS, TYPES, Json, Package, build, draft, edited
from tests.edits.serving import Desk, desk
from tests.edits.sitting import sit
from tests.edits.trainee import acts, pairs, question
from tests.player.conftest import Player

NEW = {"cmi.suspend_data": state.encode(State("AAAAAAAA", 0, "incomplete", ""))}
"""What the LMS keeps of a trainee who has done nothing: of a known attempt, so that draws and
orders are known as well."""

SEEDS = (3, 7, 13, 15, 27, 28, 34, 52, 54, 58)
"""Together they make every edit, and answer each type of question on pages and in quizzes, before
edits and after them. Chosen from the first 60."""

MORE = int(os.environ.get("THOROUGH", "1"))
"""``THOROUGH`` in the environment adds sequences of other seeds, 60 for each one above 1."""

IN_PROGRESS = "In progress"
"""How the contents show a page that is on view for the first time."""

OF_THE_LINE: dict[str, Any] = {
    "saves": 0,
    "reported": False,
    "interactions": 0,
    "late": frozenset(),
}
"""What is kept of the way to the LMS, which the modules alone do not go."""


def some_acts(chance: random.Random, made: Json) -> list[list[Any]]:
    # Few visits with much to do cost less than many. To start again takes a dialogue of its own,
    # which test_player_resume.py has.
    several = [act for _ in range(3) for act in acts(chance, made)]
    return [act for act in several if act != ["again"]]


def in_form(one: Json, kept: str) -> str:
    """What the form of a question shows of a response that it may have got when it was another
    question."""
    kind = one["type"]
    if kind == "numeric":
        return kept if re.fullmatch(r"-?\d+", kept) else ""
    if kind in ("fill-in", "reflection"):
        return kept
    options = [each["id"] for each in one.get("options", one.get("steps", ()))] or ["f", "t"]
    if kind == "matching":
        given = pairs(kept)
        items = [item["id"] for item in one["items"]]
        return "".join(item + given[item] for item in items if given.get(item) in options)
    return "".join(sorted({*kept} & {*options}))


def compare(package: Package, edition: str, done: list[list[Any]], real: Json, pure: Json) -> None:
    """What the trainee saw, and what the LMS keeps, is what the modules of the player say."""
    assert real["refused"] == []
    statuses = [package.text[word] for word in pure["seen"]]
    if real["statuses"][real["at"]] == IN_PROGRESS:
        # A page is ticked once it is left, and counts for the LMS as soon as it is on view.
        # A record on view is in progress even without an entry.
        kind = package.outline["pages"][real["at"]]["kind"]
        assert pure["seen"][real["at"]] == ("not_started" if kind == "record" else "visited")
        statuses[real["at"]] = IN_PROGRESS
    assert real["statuses"] == statuses
    assert real["resumed"] == bool(pure["resumed"])
    if edition and edition != package.edition:
        titles = {page["id"]: page["title"] for page in package.outline["pages"]}
        assert real["listed"] == [titles[name] for name in pure["changed"]]
    for act, log, came in zip(done, pure["log"], real["came"], strict=True):
        if act[0] == "quiz":
            assert came == {"began": log["began"], "gave": log["gave"]}
        elif act[0] == "record":
            assert came == log["shown"]
        elif act[0] == "check":
            assert came in (None, in_form(question(package.draft, act[2]), log["shown"]))
    kept, expected = (state.decode(one["stored"]["cmi.suspend_data"]) for one in (real, pure))
    assert kept is not None
    assert expected is not None
    assert replace(kept, **OF_THE_LINE) == replace(expected, **OF_THE_LINE)
    for element in ("cmi.core.lesson_status", "cmi.core.score.raw", "cmi.core.lesson_location"):
        assert real["stored"].get(element) == pure["stored"].get(element)


def sequence(desk: Desk, player: Player, seed: int) -> set[tuple[Any, ...]]:
    """A visit, some edits and another visit; gives the edits that changed something, and the types
    of the questions that were answered."""
    chance = random.Random(seed)
    made = draft(chance)
    stored = NEW
    met: set[tuple[Any, ...]] = set()
    for visit, names in enumerate(([], chance.choices(sorted(EDITS), k=chance.randint(3, 6)))):
        for name in names:
            before_edit, made = made, edited(made, name, chance)
            if made != before_edit:
                met.add((name,))
        package = build(made)
        done = some_acts(chance, made)
        pure = sit(player, package, stored, done)
        real = desk.sit(package, stored, done)
        before = state.decode(stored["cmi.suspend_data"])
        assert before
        compare(package, before.edition, done, real, pure)
        stored = real["stored"]
        for act, log in zip(done, pure["log"], strict=True):
            answered = {"check": act[2:3], "quiz": log and log.get("gave", ())}.get(act[0], ())
            met |= {(act[0], question(made, name)["type"], visit) for name in answered}
    return met


def test_progress_is_kept_through_edits_in_the_real_player(page: Page, player: Player) -> None:
    with desk(page) as at:
        met = set().union(*(sequence(at, player, seed) for seed in SEEDS))
        for seed in range(60 * (MORE - 1)):
            sequence(at, player, seed)
    assert met >= {(name,) for name in EDITS}
    assert met >= set(product(("check", "quiz"), TYPES, (0, 1)))
