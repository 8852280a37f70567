"""Every kind of edit is named, with what it does to those who have begun."""

import dataclasses
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.course.model import Tracking
from builder.package.outline import Draw
from builder.updating import Outline, announcement, compare, lms, rehearse, stages, trainees
from tests.support.courses import COURSE
from tests.support.courses import page as make_page
from tests.support.courses import question as make_question
from tests.updating.edited import (
    FIRST,
    OLD,
    QUIZ,
    QUOTED,
    RECORD,
    SECOND,
    SEVERAL,
    changed_items,
    named,
    odd,
    outline,
    page,
    pages,
    question,
    rules,
    tracking,
)

NEW = outline(
    replace(
        COURSE,
        modules=(replace(COURSE.modules[0], pages=(*COURSE.pages, make_page("third", "More."))),),
    )
).pages[-1]


def letters(**texts: str) -> Outline:
    return question(
        QUOTED, texts={**QUOTED.texts, **texts}, wording="another", options=tuple("abc")
    )


def test_a_course_and_itself_differ_in_nothing() -> None:
    found = compare(OLD, OLD)
    assert (changed_items(found), found.settings, odd(found)) == ([], (), [])
    assert (found.changed, found.lost, found.safe) == (False, False, True)
    assert announcement(found) == ()


FREE = {
    "retitled": (page(SECOND, title="Other"), [("second", "kept", "retitled")]),
    "reworded": (page(SECOND, fingerprint="other"), [("second", "kept", "reworded")]),
    "two pages changed places": (
        pages(SECOND, FIRST, QUIZ, RECORD),
        [("second", "kept", "moved")],
    ),
    "first to last": (pages(SECOND, QUIZ, RECORD, FIRST), [("first", "kept", "moved")]),
    "a new page": (pages(FIRST, NEW, SECOND, QUIZ, RECORD), [("third", "new")]),
    "page renamed": (
        page(SECOND, **named("page", "other", was=("second",))),
        [("other", "kept", "was second")],
    ),
    "question renamed": (
        replace(
            page(QUIZ, quiz=("quoted", "other")),
            questions=(QUOTED, replace(SEVERAL, **named("question", "other", was=("several",)))),
        ),
        [("other", "kept", "was several")],
    ),
    "prompt": (question(QUOTED, prompt="Now?", wording="other"), [("quoted", "kept", "reworded")]),
    "explanation": (question(QUOTED, wording="other"), [("quoted", "kept", "reworded")]),
    "options in another order": (
        question(QUOTED, options=("c", "b", "a")),
        [("quoted", "kept", "options-reordered")],
    ),
    "another option": (
        question(QUOTED, options=tuple("abcd"), texts={**QUOTED.texts, "d": "All of these"}),
        [("quoted", "kept", "options-added")],
    ),
    "an option less": (
        question(QUOTED, options=tuple("ab"), texts={"a": "Option a", "b": "Option b"}),
        [("quoted", "kept", "options-removed")],
    ),
    "a weight": (question(QUOTED, weight=2.0), [("quoted", "kept", "scoring")]),
    "asked on another page": (
        replace(
            page(FIRST, checks=()),
            pages=(replace(FIRST, checks=()), replace(SECOND, checks=("quoted",)), QUIZ, RECORD),
        ),
        [("quoted", "kept", "moved")],
    ),
    "room for longer answers": (
        page(RECORD, record=(replace(RECORD.record[0], limit=600), RECORD.record[1])),
        [("one", "kept", "limit-raised")],
    ),
}


@pytest.mark.parametrize(("new", "expected"), FREE.values(), ids=FREE.keys())
def test_what_costs_nobody_anything(new: Outline, expected: list[tuple[str, ...]]) -> None:
    found = compare(OLD, new)
    assert (changed_items(found), odd(found)) == (expected, [])
    assert (found.lost, found.safe, found.changed) == (False, True, True)
    assert trainees(found)["half_way"][0] == "Everything that they did still counts."


LOST = {
    "page revised": (
        page(SECOND, **named("page", "second", 2)),
        [("second", "redo", "revision")],
    ),
    "renamed and revised": (
        page(SECOND, **named("page", "other", 2, ("second",))),
        [("other", "redo", "revision", "was second")],
    ),
    "question revised": (
        question(SEVERAL, **named("question", "several", 2)),
        [("several", "redo", "revision")],
    ),
    "page gone": (pages(FIRST, QUIZ, RECORD), [("second", "gone")]),
    "question gone": (
        replace(page(QUIZ, quiz=("quoted",)), questions=(QUOTED,)),
        [("several", "gone")],
    ),
    "record item gone": (page(RECORD, record=RECORD.record[:1]), [("two", "gone")]),
    "from a quiz to practice": (
        replace(
            page(QUIZ, quiz=("quoted",)),
            pages=(FIRST, replace(SECOND, checks=("several",)), replace(QUIZ, quiz=("quoted",))),
            modules=(replace(OLD.modules[0], pages=("first", "second", "quiz")),),
        ),
        [
            ("several", "redo", "use", "moved"),
            ("record", "gone"),
            ("one", "gone"),
            ("two", "gone"),
        ],
    ),
}


@pytest.mark.parametrize(("new", "expected"), LOST.values(), ids=LOST.keys())
def test_edits_that_lose_work_are_listed(new: Outline, expected: list[tuple[str, ...]]) -> None:
    found = compare(OLD, new)
    assert sorted(changed_items(found)) == sorted(expected)
    assert odd(found) == []
    assert (found.lost, found.safe) == (True, False)


MISTAKES = {
    "the key": (
        question(QUOTED, right="b", patterns=("b",), answer={**QUOTED.answer, "right": ["b"]}),
        [("key", "quoted")],
        "The right answer was a (“Option a”) and is now b (“Option b”), with the same revision. "
        "Trainees who have answered are not asked again.",
    ),
    "letters swapped": (
        letters(a="Option b", b="Option a"),
        [("letter", "quoted"), ("letter", "quoted")],
        "The letter “a” was “Option a” and is now “Option b”: existing answers now mean the new "
        "text.",
    ),
    "a letter that means something else": (
        letters(c="Nobody at all, ever"),
        [("letter", "quoted")],
        "The letter “c” was “Option c” and is now “Nobody at all, ever”: existing answers now mean "
        "the new text.",
    ),
    "a type": (
        question(QUOTED, type="sequencing"),
        [("type", "quoted")],
        "Its type was “choice” and is now “sequencing”, with the same revision: existing answers "
        "do not fit the new type.",
    ),
    "renamed without was": (
        page(SECOND, **named("page", "part")),
        [("was", "part")],
        "“second” was removed, and the new “part” is similar to it.",
    ),
    "question renamed without was": (
        replace(
            page(QUIZ, quiz=("quoted", "other")),
            questions=(QUOTED, replace(SEVERAL, **named("question", "other"))),
        ),
        [("was", "other")],
        "“several” was removed, and the new “other” is similar to it.",
    ),
    "record item renamed without was": (
        page(
            RECORD,
            record=(replace(RECORD.record[0], **named("record", "mine")), RECORD.record[1]),
        ),
        [("was", "mine")],
        "“one” was removed, and the new “mine” is similar to it.",
    ),
    "another kind of page": (
        page(SECOND, kind="quiz", quiz=("quoted",), rules=QUIZ.rules),
        [("kind", "second")],
        "Its kind was “page” and is now “quiz”: progress on the old kind does not count for the "
        "new one.",
    ),
    "less room": (
        page(RECORD, record=(replace(RECORD.record[0], limit=60), RECORD.record[1])),
        [("limit", "one")],
        "Its limit was 500 and is now 60: trainees may have written more than that.",
    ),
    "language": (
        replace(OLD, language="fr"),
        [("language", "")],
        "The course's language was “en” and is now “fr”.",
    ),
    "version": (
        replace(OLD, version="0.9"),
        [("version-lowered", "")],
        f"The old package has version {OLD.version}, the new course 0.9.",
    ),
    "course id": (
        outline(replace(COURSE, id="other")),
        [("course-id", "")],
        "The course's id was “first-aid” and is now “other”: an LMS treats it as a new course.",
    ),
}


@pytest.mark.parametrize(("new", "expected", "message"), MISTAKES.values(), ids=MISTAKES.keys())
def test_what_looks_like_a_mistake(
    new: Outline, expected: list[tuple[str, str]], message: str
) -> None:
    found = compare(OLD, new)
    assert odd(found) == expected
    assert found.suspicions[0].message == message
    assert not found.safe


def test_a_revision_that_is_lowered() -> None:
    before = page(SECOND, **named("page", "second", 3))
    found = compare(before, OLD)
    assert changed_items(found) == [("second", "redo", "key")]
    assert odd(found) == [("revision-lowered", "second")]
    assert found.suspicions[0].hint == "Write “revision: 3”, or a higher number."


def test_a_retired_letter_that_comes_back() -> None:
    before = question(QUOTED, retired=("c",), options=tuple("ab"))
    assert odd(compare(before, OLD)) == [("letter-reused", "quoted")]


def test_raised_revision_may_change_key_and_letters() -> None:
    raised = named("question", "quoted", 2)
    texts = {"a": "Option b", "b": "Option a", "c": "Other"}
    new = question(QUOTED, right="b", answer={"right": ["b"]}, texts=texts, **raised)
    found = compare(OLD, new)
    assert odd(found) == []
    assert changed_items(found) == [("quoted", "redo", "revision", "reworded", "key", "scoring")]


@pytest.mark.parametrize(
    ("kind", "before", "after", "expected"),
    [
        ("fill-in", {"accepted": ["a"]}, {"accepted": ["b", "a"]}, "accepts-more"),
        ("fill-in", {"accepted": ["a", "b"]}, {"accepted": ["b", "a"]}, None),
        ("fill-in", {"accepted": ["a", "b"]}, {"accepted": ["a"]}, "key"),
        ("numeric", {"from": "9.5", "to": "10"}, {"from": "9", "to": "10.0"}, "accepts-more"),
        ("numeric", {"from": "10", "to": "10"}, {"from": "10.0", "to": "10.00"}, None),
        ("numeric", {"from": "1", "to": ""}, {"from": "1", "to": "5"}, "key"),
        ("choice", {"right": ["a", "c"]}, {"right": ["c", "a"]}, None),
        ("sequencing", {"right": ["a", "c"]}, {"right": ["c", "a"]}, "key"),
        ("performance", {"needed": ["a"]}, {"needed": ["a", "b"]}, "key"),
        ("matching", {"right": {"1": "a"}}, {"right": {"1": "b"}}, "key"),
        ("choice", {"credit": "all"}, {"credit": "partial"}, "scoring"),
    ],
)
def test_what_a_question_is_judged_by(
    kind: str, before: dict, after: dict, expected: str | None
) -> None:
    found = compare(
        question(QUOTED, type=kind, answer=before), question(QUOTED, type=kind, answer=after)
    )
    assert [one for _, _, *notes in changed_items(found) for one in notes] == [expected] * bool(
        expected
    )
    assert odd(found) == ([("key", "quoted")] if expected == "key" else [])


SETTINGS = {
    "every page": (tracking(pages="none"), ("tracking.pages", "all", "none", True)),
    "the word": (
        tracking(report="completed"),
        ("tracking.report", "passed-failed", "completed", False),
    ),
    "no score": (tracking(score=False), ("tracking.score", "yes", "no", False)),
    "the mark in the manifest": (tracking(mastery=80), ("tracking.mastery", "none", "80", True)),
    "never failed": (
        tracking(failed="never"),
        ("tracking.failed", "after-last-attempt", "never", False),
    ),
    "a higher mark": (rules(pass_mark=90), ("pass_mark", "80", "90", True)),
    "a lower mark": (rules(pass_mark=70), ("pass_mark", "80", "70", False)),
    "fewer attempts": (rules(attempts=2), ("attempts", "no limit", "2", True)),
    "which score": (rules(keep="last"), ("keep", "best", "last", False)),
    "a weight": (rules(weight=2), ("weight", "1", "2", False)),
    "judged together": (rules(alone=False), ("alone", "yes", "no", False)),
    "feedback": (rules(feedback="never"), ("feedback", "at-once", "never", False)),
    "retake": (rules(retake="wrong"), ("retake", "all", "wrong", False)),
    "shuffled": (rules(shuffle_options=True), ("shuffle_options", "no", "yes", False)),
    "a lock": (
        page(SECOND, lock={"pages": ("first",)}),
        ("locked", "open", "first", False),
    ),
    "the title": (replace(OLD, title="Aid"), ("title", "First aid", "Aid", False)),
    "a module": (
        replace(OLD, modules=(replace(OLD.modules[0], title="Part"),)),
        ("modules", "none", "Part", False),
    ),
}


@pytest.mark.parametrize(("new", "expected"), SETTINGS.values(), ids=SETTINGS.keys())
def test_what_changed_in_the_settings(new: Outline, expected: tuple[object, ...]) -> None:
    found = compare(OLD, new)
    [one] = found.settings
    assert (one.name, one.old, one.new, one.costs) == expected
    assert (changed_items(found), odd(found), found.lost) == ([], [], expected[-1])


def test_a_draw_from_other_questions_is_a_change() -> None:
    before, after = (rules(draws=(Draw(1, ids),)) for ids in (("a", "b"), ("a", "c")))
    [one] = compare(before, after).settings
    assert (one.old, one.new) == ("1 of 2", "1 of 2, from other questions")


@pytest.mark.parametrize(
    ("before", "after", "costs"), [(80, 90, True), (80, 70, False), (80, None, False)]
)
def test_a_mark_in_the_manifest_that_moves(before: int, after: int | None, costs: bool) -> None:
    [one] = compare(tracking(mastery=before), tracking(mastery=after)).settings
    assert (one.name, one.costs) == ("tracking.mastery", costs)


def test_packages_from_before_the_choices_are_as_they_were() -> None:
    given = dataclasses.asdict(OLD.tracking)
    kept = {name: given[name] for name in ("pages", "report", "pass_mark", "attempts", "keep")}
    assert Tracking(**kept) == OLD.tracking


def test_without_tracking_no_reading_is_lost() -> None:
    before = replace(pages(FIRST, SECOND), tracking=replace(OLD.tracking, pages="none"))
    after = replace(before, pages=(FIRST,), modules=(replace(OLD.modules[0], pages=("first",)),))
    found = compare(before, after)
    assert changed_items(found) == [("second", "gone")]
    assert not found.lost


def test_another_course_loses_everything_in_the_lms() -> None:
    found = compare(OLD, outline(replace(COURSE, id="other")))
    assert found.lost
    assert lms(found)[0] == (
        "The SCO has a new identifier. If you replace the package in the same activity, Moodle "
        "deletes everyone's tracks and grades."
    )


def test_the_same_bytes_do_nothing() -> None:
    packed = replace(OLD, digest="0" * 64)
    assert lms(compare(packed, packed, identical=True)) == (
        "The packages are the same, byte for byte: Moodle does nothing.",
    )


def test_only_the_files_tell_whether_they_have_the_same_bytes() -> None:
    packed = replace(OLD, digest="0" * 64)
    assert lms(compare(packed, packed))[0] == (
        "Both packages have the same build id but different bytes: one was changed or zipped "
        "again. Only their course.json files were compared."
    )


@pytest.mark.parametrize(
    ("fixed", "count", "pool", "costs"),
    [
        ((), 3, "abcd", False),
        ((), 2, "abcd", False),
        ((), 1, "abcd", True),
        (("e",), 2, "abcd", True),
        (("e",), 2, "abf", False),
    ],
)
def test_smaller_draw_loses_answers_only_if_too_many(
    fixed: tuple[str, ...], count: int, pool: str, costs: bool
) -> None:
    before = rules(fixed=fixed, draws=(Draw(3, tuple("abcd")),))
    after = rules(fixed=fixed, draws=(Draw(count, tuple(pool)),))
    assert compare(before, after).lost == costs


EDITS = [*FREE.values(), *LOST.values(), *((new, odd) for new, odd, _ in MISTAKES.values())]


@given(st.sampled_from([new for new, _ in EDITS]), st.sampled_from([new for new, _ in EDITS]))
def test_any_edit_after_any_other_is_reported(one: Outline, other: Outline) -> None:
    found = compare(one, other)
    ids = {kind: [c.id for c in found.changes if c.kind == kind] for kind in ("page", "record")}
    assert set(ids["page"]) >= {page.id for page in other.pages}
    assert all(len(set(each)) == len(each) for each in ids.values())
    assert all(sentences for sentences in trainees(found).values())
    assert found.safe == (not found.lost and not odd(found))
    again = compare(other, other)
    assert (changed_items(again), again.settings, odd(again)) == ([], (), [])


def test_every_question_is_reported_once() -> None:
    new = outline(
        replace(
            COURSE,
            modules=(
                replace(
                    COURSE.modules[0],
                    pages=(*COURSE.pages, make_page("extra", checks=(make_question("extra"),))),
                ),
            ),
            questions=(*COURSE.questions, make_question("extra")),
        )
    )
    assert changed_items(compare(OLD, new)) == [("extra", "new"), ("extra", "new")]


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        (pages(FIRST), "There are none: the course had no quiz."),
        (OLD, "There are none: attempts had no limit."),
        (
            replace(rules(attempts=3), tracking=replace(OLD.tracking, failed="never")),
            "There are none: the course never reported a failure.",
        ),
        (rules(attempts=3), "They stay failed until the LMS gives them a new attempt."),
    ],
)
def test_failed_trainees_are_mentioned_only_if_possible(before: Outline, sentence: str) -> None:
    assert trainees(compare(before, before))["failed"][0] == sentence


def test_renamed_quiz_answers_get_new_ids_in_reports() -> None:
    renamed = page(QUIZ, **named("page", "test", was=("quiz",)))
    assert lms(compare(OLD, renamed))[-1] == (
        "From now on, LMS reports list the answers to 2 questions under other ids, which are in "
        "the key beside the package."
    )
    assert "reports" not in " ".join(lms(compare(OLD, page(QUIZ, title="Test"))))


def test_pages_with_new_ids_are_matched_by_text() -> None:
    many = [
        replace(SECOND, **named("page", f"old-{number}"), title=f"Title {number}", file=f"{number}")
        for number in range(120)
    ]
    others = [
        replace(one, **named("page", f"new-{number}"), file=f"new {number}", fingerprint="new")
        for number, one in reversed([*enumerate(many)])
    ]
    found = compare(pages(*many), pages(*others))
    assert {(one.id, one.message.split("”")[0]) for one in found.suspicions} == {
        (f"new-{number}", f"“old-{number}") for number in range(120)
    }


@pytest.mark.parametrize("new", [new for new, _ in EDITS], ids=[*FREE, *LOST, *MISTAKES])
def test_lossless_edit_loses_nothing_at_any_stage(new: Outline) -> None:
    whole = rehearse(OLD, new, tuple(stages(OLD))).whole
    assert whole or compare(OLD, new).lost
