"""What ``diff`` and ``rehearse`` say of an edit is what the player makes of it."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder import updating
from builder.course.state import CheckState, QuizState, RecordState, State
from builder.package.artifacts import OUTLINE
from builder.package.outline import Page
from builder.updating import Comparison, Outline, Outlook, Stage, rehearse
from builder.updating.stages import response
from tests.edits.authoring import EDITS, Json, Package, build, draft, edited
from tests.player.conftest import Player
from tests.player.states import from_python, pairs

pytestmark = pytest.mark.whole

EDITED = st.tuples(
    st.integers(0, 1 << 30), st.lists(st.sampled_from(sorted(EDITS)), min_size=1, max_size=3)
)


def outline_of(package: Package) -> Outline:
    [member] = [one for one in package.members if one.name == OUTLINE]
    return updating.parse(member.read())


@dataclass(frozen=True)
class Deed:
    """One thing that a trainee of the old course has done, and the ids that ``diff`` has it by."""

    state: State
    names: tuple[tuple[str, str], ...]


def state(**fields: object) -> State:
    return State("AAAAAAAA", 1, "incomplete", "", **fields)  # type: ignore[arg-type]


def deeds(old: Outline) -> Iterator[Deed]:
    """Each thing that can be done in a course, done alone."""
    for page in old.pages:
        own = ("page", page.id)
        if page.kind == "page":
            yield Deed(state(visited=frozenset({page.key})), (own,))
        for name in page.checks:
            check = CheckState(1, True, response(old.question(name)))
            yield Deed(state(checks={old.question(name).key: check}), (("question", name),))
        if page.quiz:
            yield Deed(state(quizzes={page.key: QuizState(1, 80_00, False, {})}), (own,))
        for name in page.quiz:
            yield Deed(attempt(old, page, [name]), (own, ("question", name)))
        for item in page.record:
            kept = {item.key: RecordState("2026-11-25", "Mine.")}
            yield Deed(state(records=kept), (("record", item.id),))


def attempt(old: Outline, page: Page, names: Sequence[str]) -> State:
    """An attempt under way, with answers to these questions."""
    answers = {one.key: response(one) for one in map(old.question, names)}
    return state(quizzes={page.key: QuizState(1, None, True, answers)})


def counting(player: Player, package: Package, old: Outline, kept: State) -> list[str]:
    """The keys of everything that counts in a course, by the player's own modules."""
    given = pairs(from_python(kept))
    carried = player("rules", package.outline, package.tracking, given, "")["carryOver"]
    visited = set(carried["visited"])
    checks, quizzes, records = (dict(carried[name]) for name in ("checks", "quizzes", "records"))
    read = {page.key for page in old.pages if page.kind == "page"}
    found: list[str] = []
    for page in outline_of(package).pages:
        was_read = page.key in read or not read.isdisjoint(page.former.same)
        if page.key in visited and (page.kind == "page" or not was_read):
            found.append(page.key)
        questions = package.data[page.id]["questions"]
        found += [key for name in page.checks if (key := questions[name]["key"]) in checks]
        found += [item.key for item in page.record if item.key in records]
        if page.quiz and page.key in quizzes:
            answered = answers(player, package, page, quizzes[page.key], carried)
            found += [page.key] if answered is None else answered
    return found


def answers(
    player: Player, package: Package, page: Page, kept: Json, carried: Json
) -> list[str] | None:
    """The answers that count in an attempt under way; ``None`` where none was given."""
    given = dict(kept["answers"])
    if not given:
        return None
    data = package.data[page.id]
    ids = [name for name, one in data["questions"].items() if one["key"] in given]
    seeds = player("seedsOf", {"key": page.key}, data["quiz"], carried)
    asked = player("attemptOf", data["quiz"], seeds, ids)
    return [data["questions"][name]["key"] for name in asked if name in ids]


def lost(found: Comparison) -> set[tuple[str, str]]:
    """What is lost, by the ids of the old course."""
    return {(one.kind, one.was or one.id) for one in found.changes if one.lost}


def outlook(old: Outline, new: Outline, kept: State) -> Outlook:
    [found] = rehearse(old, new, [Stage("a trainee", kept)]).trainees
    return found


def drafts(chosen: tuple[int, Sequence[str]]) -> tuple[Package, Package]:
    seed, names = chosen
    chance = random.Random(seed)
    first = made = draft(chance)
    for name in names:
        made = edited(made, name, chance)
    return build(first), build(made)


@settings(max_examples=30)
@given(EDITED)
def test_what_is_lost_is_what_the_player_does_not_count(
    player: Player, chosen: tuple[int, Sequence[str]]
) -> None:
    before, after = drafts(chosen)
    old, new = outline_of(before), outline_of(after)
    found = updating.compare(old, new)
    for deed in deeds(old):
        counts = bool(counting(player, after, old, deed.state))
        assert outlook(old, new, deed.state).loses == (not counts), deed.names
        assert lost(found).isdisjoint(deed.names) == counts, deed.names


@settings(max_examples=30)
@given(EDITED, st.randoms(use_true_random=False))
def test_an_open_attempt_keeps_the_questions_the_player_asks(
    player: Player, chosen: tuple[int, Sequence[str]], chance: random.Random
) -> None:
    before, after = drafts(chosen)
    old, new = outline_of(before), outline_of(after)
    for page in old.pages:
        if not page.rules or not page.quiz:
            continue
        drawn = [chance.sample(one.questions, one.count) for one in page.rules.draws]
        asked = [*page.rules.fixed, *(name for some in drawn for name in some)]
        kept = attempt(old, page, chance.sample(asked, len(asked) - 1))
        told = outlook(old, new, kept)
        if all(one.kind == "answer" for one in (*told.again, *told.gone)):
            counted = counting(player, after, old, kept)
            assert told.kept - 1 == len(counted)
        assert not told.loses or updating.compare(old, new).lost
