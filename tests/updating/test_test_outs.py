"""What an edit of a test-out means for trainees who have begun."""

from dataclasses import replace

from builder.course import model
from builder.course.keys import key
from builder.course.state import QuizState, State, encode
from builder.updating import compare, explain, rehearse, stages, trainees
from tests.support.courses import course, page, question
from tests.updating.edited import outline

ONE, TWO, THREE = (page(name) for name in ("one", "two", "three"))
POOL = tuple(question(f"q{at}", "a") for at in range(4))


def made(**fields: object) -> model.Course:
    """A course whose only module has a test-out, with these fields."""
    test = model.TestOut((model.Draw(2, POOL),), 80, 3, ("three",))
    module = model.Module("Plants", (ONE, TWO, THREE), id="plants", test_out=test)
    whole = course(ONE, TWO, THREE)
    if fields.get("without"):
        return replace(whole, modules=(replace(module, test_out=None),))
    test = replace(test, **fields)  # type: ignore[arg-type]
    return replace(whole, modules=(replace(module, test_out=test),), questions=POOL)


WITH, WITHOUT = outline(made()), outline(made(without=True))
TEST = WITH.pages[0]


def state(**fields: object) -> str:
    shown = frozenset(key("shown", name) for name in ("one", "two"))
    taken = {TEST.key: QuizState(1, 10_000, False, {POOL[0].key: "a"})}
    values = {"visited": shown, "quizzes": taken} | fields
    return encode(State("AAAAAAAA", 3, "incomplete", "", **values))  # type: ignore[arg-type]


def test_the_outline_names_what_it_replaces() -> None:
    assert (TEST.id, TEST.kind, TEST.covers) == ("test-out_plants", "test-out", ("one", "two"))
    assert [one.shown for one in WITH.pages] == ["", key("shown", "one"), key("shown", "two"), ""]


def test_a_new_test_out_takes_nothing_away() -> None:
    found = compare(WITHOUT, WITH)
    assert not found.lost
    title = "“Show that you know it: Plants”"
    assert trainees(found)["half_way"] == (
        "Everything that they did still counts.",
        f"They can take {title} instead of reading. Pages that they have read stay done.",
    )
    assert trainees(found)["failed"] == ("There are none: the course had no quiz.",)


def test_without_it_what_it_has_shown_must_be_read() -> None:
    found = compare(WITH, WITHOUT)
    assert found.lost
    title = "“Show that you know it: Plants”"
    told = f"{title} is removed: they have to read the pages that only this test has shown."
    assert told in trainees(found)["half_way"]


def test_a_page_that_it_no_longer_replaces_must_be_read() -> None:
    found = compare(WITH, outline(made(always=("two", "three"))))
    [setting] = found.settings
    assert (setting.name, setting.old, setting.new, setting.costs) == (
        *("replaces", "one, two", "one"),
        True,
    )


def test_its_pass_mark_and_attempts_apply_from_the_next_attempt() -> None:
    found = compare(WITH, outline(made(pass_mark=90, attempts=1)))
    assert [(one.name, one.costs, one.meaning) for one in found.settings] == [
        (
            "pass_mark",
            False,
            "It applies from the next attempt. Pages that were shown by a test stay done.",
        ),
        (
            "attempts",
            True,
            "Earlier attempts count: trainees who have used that many must read the pages.",
        ),
    ]


def test_the_state_command_lists_pages_that_were_shown() -> None:
    explained = explain(WITH, state(), False)
    assert [(one.id, one.word) for one in explained.pages] == [
        *(("one", "shown"), ("two", "shown"), ("three", "not_started")),
    ]
    [taken] = explained.quizzes
    assert (taken.id, taken.word, taken.attempts_left) == (TEST.id, "quiz_passed", 2)
    assert explained.unknown.pages == 0


def test_a_rehearsal_has_trainees_in_every_stage_of_it() -> None:
    names = [stage.name for stage in stages(WITH)]
    title = "“Show that you know it: Plants”"
    assert names == [
        f"started but did not finish {title}",
        f"did not pass {title} in every attempt",
        f"passed {title}",
        *(f"read “{name}”" for name in ("One", "Two")),
        "finished everything",
    ]
    [passed] = [stage.state for stage in stages(WITH) if stage.name == f"passed {title}"]
    assert passed.visited == {TEST.key, *(key("shown", name) for name in ("one", "two"))}


def test_a_rehearsal_says_what_must_be_read_again() -> None:
    after = outline(made(always=("two", "three")))
    [passed] = [one for one in stages(WITH) if one.name.startswith("passed")]
    [outlook] = rehearse(WITH, after, [passed]).trainees
    words = {one.id: one.word for one in outlook.pages}
    assert (words["one"], words["two"]) == ("shown", "not_started")
