"""What a state means in a course: Python's word for it is the player's own."""

import dataclasses
import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from builder import compare
from builder.compare.trainee import Course as Known
from builder.compare.trainee import Trainee, carried, tells
from builder.keys import former, key
from builder.model import Course, Lock, Module, QuizRules, Tracking
from builder.plan import plan
from builder.render.outline import course_json, outline
from builder.state import QuizState, RecordState, State
from tests.courses import course, item, page, question
from tests.player.conftest import Player
from tests.player.states import from_python, pairs

EDITION = "x9"


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
            asked = [edited(question(f"c{at}"), "question")] if draw(st.booleans()) else []
            fields["checks"] = tuple(asked)
        elif kind == "quiz":
            fields["quiz"] = tuple(edited(question(f"q{at}{n}"), "question") for n in range(2))
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
    answers = st.dictionaries(st.sampled_from(questions or ["none"]), st.just("a"), max_size=3)
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
        quizzes=draw(st.dictionaries(st.sampled_from(pages), quizzes)),
        records=draw(st.dictionaries(st.sampled_from(records or ["none"]), record)),
    )


@st.composite
def visits(draw: st.DrawFn) -> tuple[Course, list[tuple[State, str]]]:
    made = draw(courses())
    locations = st.sampled_from(["", *(page.id for page in made.pages)])
    return made, draw(st.lists(st.tuples(kept(made), locations), min_size=1, max_size=12))


def known(made: Course) -> Known:
    written = course_json(plan(made), {page.id: "" for page in made.pages})
    return Known(replace(compare.parse(json.dumps(written).encode()), edition=EDITION))


@settings(max_examples=60)
@given(visits())
def test_python_and_the_player_agree(
    player: Player, visits: tuple[Course, list[tuple[State, str]]]
) -> None:
    made, trainees = visits
    found = player(
        "trainees",
        outline(made, {page.id: None for page in made.pages}),
        dataclasses.asdict(made.tracking),
        [
            {"state": pairs(from_python(kept)), "location": location, "edition": EDITION}
            for kept, location in trainees
        ],
    )
    mine = known(made)
    for (kept, location), seen in zip(trainees, found, strict=True):
        trainee = Trainee(mine, carried(mine, kept))
        opened = trainee.opened()
        resume = trainee.resume_page(location)
        notice = [one.id for one in trainee.not_seen()] if trainee.notified else None
        assert seen == {
            "notice": notice,
            "resume": resume and resume.id,
            "status": opened.told()[0],
            "score": opened.earned()[1],
            "tells": tells(opened.told()[0], opened.earned()[1], mine.outline.tracking),
            "locked": [len(opened.missing(page)) for page in mine.outline.pages],
            "shut": [opened.shut(page) for page in mine.outline.pages],
            "words": [opened.word(page) for page in mine.outline.pages],
        }
