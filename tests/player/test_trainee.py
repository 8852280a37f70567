"""What a state means in a course: Python's word for it is the player's own."""

import dataclasses
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from builder import updating
from builder.course.keys import former, key
from builder.course.model import Course, Lock, Module, Question, QuizRules, Tracking
from builder.course.state import CheckState, QuizState, RecordState, State
from builder.package.plan import plan
from builder.package.render.outline import course_json, outline
from builder.updating.trainee import Course as Compared
from builder.updating.trainee import Trainee, carry_over
from builder.updating.trainee.progress import page_status
from builder.updating.trainee.tracking import tells_score
from tests.player.conftest import Player
from tests.player.states import from_python, pairs
from tests.support.courses import course, item, page, question

EDITION = "x9"
Visits = tuple[Course, list[tuple[State, str]]]
"""A course, and trainees who come to it: the state that was saved, and the LMS's location."""


def reflection(name: str, kept: bool) -> Question:
    """A question of which words are kept, or not any more."""
    answer = {"limit": 500, "kept": kept}
    fields: dict = {"type": "reflection", "options": (), "patterns": (), "interaction": None}
    return replace(question(name), scored=False, answer=answer, typed=kept, **fields)


def reflections(name: str) -> list[Question]:
    return [reflection(name, kept) for kept in (True, False)]


@st.composite
def courses(draw: st.DrawFn) -> Course:
    """Courses of up to six pages of every kind, with revisions, former ids and locks."""

    def edited(one, kind: str):
        revision = draw(st.integers(1, 3))
        was = draw(st.lists(st.just(f"old-{one.id}"), max_size=1))
        return replace(
            one,
            revision=revision,
            key=key(kind, one.id, revision),
            former=former(kind, one.id, revision, was),
        )

    def renamed(one):
        return replace(one, former=former("record", one.id, 1, [f"old-{one.id}"]))

    pages = []
    for at in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from(["page", "quiz", "quiz", "record"]))
        if not at:
            kind = "page"
        name = f"p{at}"
        fields: dict = {}
        if kind == "page":
            made = st.sampled_from([question(f"c{at}"), *reflections(f"c{at}")])
            asked = [edited(draw(made), "question")] if draw(st.booleans()) else []
            fields["checks"] = tuple(asked)
        elif kind == "quiz":
            made = st.sampled_from([question(f"q{at}1"), *reflections(f"q{at}1")])
            asked = [question(f"q{at}0"), draw(made)]
            fields["quiz"] = tuple(edited(one, "question") for one in asked)
            fields["rules"] = QuizRules(
                attempts=draw(st.sampled_from([None, 0, 1, 3])),
                pass_mark=draw(st.sampled_from([None, 0, 50, 100])),
                keep=draw(st.sampled_from([None, "best", "last"])),
                weight=draw(st.sampled_from([1, 0.5, 2.25])),
            )
        else:
            fields["record"] = tuple(renamed(item(f"r{at}{n}")) for n in range(2))
        body = "".join(f"::: check {one.id}\n" for one in fields.get("checks", ()))
        pages.append(edited(page(name, body, kind=kind, **fields), "page"))
    for at, one in enumerate(pages[1:], 1):
        if draw(st.booleans()):
            first = draw(st.sampled_from([page for page in pages[:at] if page.quiz] or pages[:at]))
            passed = bool(first.quiz) and draw(st.integers(0, 3)) > 0
            lock = Lock(passed=(first.id,)) if passed else Lock(pages=(first.id,))
            pages[at] = replace(one, lock=lock)
    made = course(
        *pages,
        tracking=Tracking(
            draw(st.sampled_from(["all", "all", "none"])),
            draw(st.sampled_from(["passed-failed", "completed"])),
            draw(st.sampled_from([0, 50, 80])),
            draw(st.sampled_from([0, 2])),
            score=draw(st.sampled_from([True, True, False])),
            mastery=draw(st.sampled_from([None, None, 80])),
            failed=draw(st.sampled_from(["after-last-attempt", "never"])),
        ),
    )
    cut = draw(st.integers(0, len(pages) - 1))
    if cut:
        lock = Lock(modules=("Basics",)) if draw(st.booleans()) else None
        modules = (Module("Basics", tuple(pages[:cut])), Module("More", tuple(pages[cut:]), lock))
        made = replace(made, modules=modules)
    return made


def keys_of(*things) -> list[str]:
    return [key for one in things for key in (one.key, *one.former.same, *one.former.changed)]


@st.composite
def kept(draw: st.DrawFn, made: Course) -> State:
    """A state of a trainee of this course or of an earlier edition of it."""
    pages = keys_of(*made.pages)
    records = keys_of(*(one for page in made.pages for one in page.record))
    questions = keys_of(*(one for page in made.pages for one in page.quiz))
    best = st.sampled_from([None, 0, 49_99, 50_00, 80_00, 100_00])
    response = st.sampled_from(["a", "x", "My words."])
    answers = st.dictionaries(st.sampled_from(questions or ["none"]), response, max_size=3)
    checks = keys_of(*(one for page in made.pages for one in page.checks))
    practice = st.builds(CheckState, st.integers(0, 2), st.booleans(), response | st.just(""))
    quizzes = st.builds(QuizState, st.integers(1, 3), best, st.booleans(), answers)
    record = st.builds(
        RecordState, st.sampled_from(["", "2026-11-25"]), st.sampled_from(["", " \ufeff", "mine"])
    )
    return State(
        "AAAAAAAA",
        9,
        draw(st.sampled_from(["incomplete", "incomplete", "failed", "completed", "passed"])),
        draw(st.sampled_from(["", "none", *pages])),
        draw(best),
        draw(st.sampled_from(["", EDITION, "other"[:2]])),
        visited=draw(st.frozensets(st.sampled_from(["none", *pages]))),
        checks=draw(st.dictionaries(st.sampled_from(checks or ["none"]), practice)),
        quizzes=draw(st.dictionaries(st.sampled_from(pages), quizzes)),
        records=draw(st.dictionaries(st.sampled_from(records or ["none"]), record)),
    )


@st.composite
def visits(draw: st.DrawFn) -> Visits:
    made = draw(courses())
    locations = st.sampled_from(["", *(page.id for page in made.pages)])
    return made, draw(st.lists(st.tuples(kept(made), locations), min_size=1, max_size=12))


def players_word(player: Player, visits: Visits) -> list[dict[str, Any]]:
    """What the player makes of each trainee."""
    made, trainees = visits
    found: list[dict[str, Any]] = player(
        "trainees",
        outline(made, {page.id: None for page in made.pages}),
        dataclasses.asdict(made.tracking),
        [
            {"state": pairs(from_python(kept)), "location": location, "edition": EDITION}
            for kept, location in trainees
        ],
    )
    for one in found:
        one["checks"] = dict(one["checks"])
        one["answers"] = {quiz: dict(answers) for quiz, answers in one["answers"]}
    return found


def pythons_word(visits: Visits) -> Iterator[dict[str, Any]]:
    """The same by the rules in Python."""
    made, trainees = visits
    written = course_json(plan(made), [{page.id: "" for page in made.pages}])
    mine = Compared(replace(updating.parse(json.dumps(written).encode()), edition=EDITION))
    pages = mine.outline.pages
    for kept, location in trainees:
        trainee = Trainee(mine, carry_over(mine, kept))
        notice, resume = trainee.notice(), trainee.resume_page(location)
        opened = trainee.after_opening()
        state, progress = opened.state, opened.progress
        status, score = opened.reported_result()[0], opened.earned_result()[1]
        yield {
            "notice": None if notice is None else [page.id for page in notice],
            "resume": resume and resume.id,
            "status": status,
            "score": score,
            "tells": tells_score(status, score, mine.outline.tracking),
            "locked": [len(progress.missing(page)) for page in pages],
            "shut": [progress.page_shut(page) for page in pages],
            "words": [page_status(page, state) for page in pages],
            "checks": {name: dataclasses.asdict(check) for name, check in state.checks.items()},
            "answers": {name: dict(quiz.answers) for name, quiz in state.quizzes.items()},
        }


# A course whose gates are each met by a trainee for whom it is open, closed or shut for good.
SHUT = QuizRules(attempts=2, pass_mark=50)
GATED = course(
    page("start", "::: check mood\n", checks=(reflection("mood", kept=False),)),
    page("quiz", kind="quiz", quiz=(question("one"), question("two")), rules=SHUT),
    page("behind", "More.", lock=Lock(passed=("quiz",))),
    page("last", "Last.", lock=Lock(pages=("behind",))),
    page("after", "After it.", lock=Lock(pages=("quiz",))),
)
AT = {one.id: one.key for one in GATED.pages}


def taken(*more: str, attempts: int, best: int | None, under_way: bool = False) -> State:
    quiz = QuizState(attempts, best, under_way, {})
    visited = frozenset(AT[one] for one in ("start", "quiz", *more))
    mood = {key("question", "mood", 1): CheckState(1, True, "My words.")}
    return State(
        "AAAAAAAA",
        9,
        "incomplete",
        AT["quiz"],
        visited=visited,
        checks=mood,
        quizzes={AT["quiz"]: quiz},
    )


AT_THE_GATES: Visits = (
    GATED,
    [
        (taken(attempts=1, best=None, under_way=True), ""),
        (taken(attempts=1, best=49_99), ""),
        (taken(attempts=1, best=50_00), ""),
        (taken(attempts=2, best=49_99, under_way=True), ""),
        (taken(attempts=2, best=49_99), ""),
        (taken("after", attempts=2, best=49_99), ""),
        (replace(taken(attempts=2, best=0), status="passed"), ""),
    ],
)


@pytest.mark.whole
@settings(max_examples=60)
@example(AT_THE_GATES)
@given(visits())
def test_python_and_the_player_agree(player: Player, visits: Visits) -> None:
    assert players_word(player, visits) == list(pythons_word(visits))
