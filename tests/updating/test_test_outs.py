"""What an edit of a test-out means for trainees who have begun."""

from dataclasses import replace
from typing import Any

from builder.course import model
from builder.course.keys import former, key
from builder.course.state import QuizState, State, encode
from builder.updating import Row, Thing, compare, explain, rehearse, stages, trainees
from tests.support.courses import course, page, question
from tests.updating.edited import outline

ONE, TWO, THREE = (page(name) for name in ("one", "two", "three"))
POOL = tuple(question(f"q{at}", "a") for at in range(6))


def made(**fields: Any) -> model.Course:
    """A course whose only module has these ``pages``, and a test-out with the other fields."""
    test = model.TestOut((model.Draw(2, POOL),), 80, 3, ("three",))
    pages = fields.pop("pages", (ONE, TWO, THREE))
    module = model.Module("Plants", pages, id="plants", test_out=test)
    whole = course(*pages)
    if fields.get("without"):
        return replace(whole, modules=(replace(module, test_out=None),))
    test = replace(test, **fields)
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


def test_removed_test_out_requires_reading_its_pages() -> None:
    found = compare(WITH, WITHOUT)
    assert found.lost
    title = "“Show that you know it: Plants”"
    told = f"{title} is removed: they have to read the pages that only this test has shown."
    assert told in trainees(found)["half_way"]


def test_page_no_longer_covered_by_test_must_be_read() -> None:
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


def test_rehearsal_covers_every_stage_of_test_out() -> None:
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


def test_rehearsal_lists_pages_to_read_again() -> None:
    after = outline(made(always=("two", "three")))
    [passed] = [one for one in stages(WITH) if one.name.startswith("passed")]
    [outlook] = rehearse(WITH, after, [passed]).trainees
    words = {one.id: one.word for one in outlook.pages}
    assert (words["one"], words["two"]) == ("shown", "not_started")
    assert outlook.again == (Thing("page", "two", "Two"),)
    assert outlook.loses


def test_rehearsal_lists_pages_shown_only_by_removed_test_out() -> None:
    read = Row("Ann", state(visited=frozenset({key("shown", "one"), key("page", "two")})))
    [outlook] = rehearse(WITH, WITHOUT, [read]).trainees
    assert (outlook.again, outlook.kept) == ((Thing("page", "one", "One"),), 1)


def test_a_rehearsal_lists_a_shown_page_with_a_raised_revision() -> None:
    again = replace(TWO, revision=2, key=key("page", "two", 2), former=former("page", "two", 2, ()))
    raised = outline(made(pages=(ONE, again, THREE)))
    [outlook] = rehearse(WITH, raised, [Row("Ann", state())]).trainees
    # The other page, and the test-out.
    assert (outlook.again, outlook.kept) == ((Thing("page", "two", "Two"),), 2)


def test_rehearsal_keeps_skipped_page_under_new_id() -> None:
    uno = replace(page("uno"), was=("one",), former=former("page", "uno", 1, ["one"]))
    renamed = outline(made(pages=(uno, TWO, THREE)))
    [outlook] = rehearse(WITH, renamed, [Row("Ann", state())]).trainees
    assert (outlook.again, outlook.gone, outlook.kept) == ((), (), 3)


def test_a_shown_page_that_is_removed_is_gone() -> None:
    shorter = outline(made(pages=(ONE, THREE)))
    [outlook] = rehearse(WITH, shorter, [Row("Ann", state())]).trainees
    assert (outlook.again, outlook.gone) == ((), (Thing("page", "two", "Two"),))
