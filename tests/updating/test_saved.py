"""A saved state in words, whatever it is."""

from dataclasses import replace

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import updating
from builder.cli.report import saved
from builder.course import markdown
from builder.course.keys import former, key
from builder.course.questions import Item
from builder.course.state import CheckState, QuizState, RecordState, State, encode
from builder.updating.answers import describe
from tests.player.states import states
from tests.support.courses import COURSE, course, item, page, question
from tests.updating.outlines import outline

OUTLINE = outline(COURSE)
FIRST, SECOND, QUIZ, RECORD = COURSE.pages
QUOTED, SEVERAL = QUIZ.quiz
ONE, TWO = RECORD.record
STATE = State(
    "x7Qp-_0Z",
    saves=43,
    status="incomplete",
    bookmark=SECOND.key,
    score=73_50,
    edition=OUTLINE.edition,
    visited=frozenset([FIRST.key, SECOND.key, "gone"]),
    checks={QUOTED.key: CheckState(7, False, "b"), "gone": CheckState(1, True, "a")},
    quizzes={QUIZ.key: QuizState(2, 73_50, True, {SEVERAL.key: "ad", "gone": "a"})},
    records={ONE.key: RecordState("2026-11-03", "Ask \x1b[31mSam\u202e.\nThen Ann.")},
    interactions=3,
    late=frozenset([QUOTED.key]),
)
RECORDS = "the record answers"
LATE = "which answers still have to be reported to the LMS"
DAY = "the date on which the course was finished"


def output(text: str, show_text: bool = False) -> str:
    return saved.text(updating.explain(OUTLINE, text, show_text))


def test_everything_in_words() -> None:
    assert (
        output(encode(STATE))
        == """\
A saved state of “First aid”, version 1.2.0

  Format      version 1
  Attempt     x7Qp-_0Z
  Saved       43 times
  Status      incomplete: not finished yet
  Score       73.5%
  Reported    3 answers, 1 not reported yet; status and score not confirmed by the LMS
  Stopped at  “Second”
  Course      not changed since the last visit
  Length      159 of 4,096 characters

Pages: 4 of 4 started or done
  Visited         First
  Visited         Second
  In progress     Quiz
  In progress     Record

Practice answers: 1
  quoted, on “First”: 7 or more tries, the first not right
      Prompt of quoted?
      Answer: Option b

Quiz “Quiz”: 2 attempts started, score 73.5%, an attempt is unfinished
  several
      Prompt of several?
      Answer: Option a; “d” (not in this course)

Record answers: 1
  one, on “Record”: 2026-11-03
      What about one?
      The trainee's own text, about 37 characters: --show-text prints it

Not in this package: 1 page, 1 practice answer, 1 quiz answer.
  Kept from an earlier or later version of the course while there is room."""
    )


@pytest.mark.parametrize(
    ("status", "finished", "words"),
    [
        ("passed", "2026-11-25", "2026-11-25"),
        ("passed", "", "on an unknown date"),
        ("incomplete", "", "not yet"),
    ],
)
def test_the_day_of_the_certificate(status: str, finished: str, words: str) -> None:
    text = encode(replace(STATE, status=status, finished=finished))
    assert f"  Finished    {words}\n" in output(text)
    assert "Finished" not in output(encode(STATE))


def test_the_chosen_language_and_that_of_a_typed_answer() -> None:
    text = encode(replace(STATE, language="pl"))
    assert "  Language    Polish (pl) was chosen, which this package does not have\n" in output(
        text
    )
    assert "Language" not in output(encode(STATE))
    typed = replace(OUTLINE.questions[0], type="fill-in")
    assert describe(typed, "ogień\npl") == "ogień (pl)"
    assert describe(typed, "fire") == "fire"


def test_damaged_date_is_reported_only_where_needed() -> None:
    text = encode(replace(STATE, finished="2026-11-25"))[:-1]
    bare = replace(
        OUTLINE, pages=tuple(replace(page, kind="page", record=()) for page in OUTLINE.pages)
    )
    assert updating.explain(bare, text, show_text=False).damage is None
    found = updating.explain(OUTLINE, text, show_text=False).damage
    assert found is not None
    assert found.lost == (DAY,)
    assert "within the date on which the course was finished" in found.problem


def test_trainees_text_is_shown_escaped_and_only_on_request() -> None:
    text = output(encode(STATE), show_text=True)
    assert "Answer: Ask \\x1b[31mSam\\u202e. / Then Ann." in text
    found = updating.explain(OUTLINE, encode(STATE), show_text=False)
    assert "Sam" not in saved.as_json(found)


def test_a_trainee_who_has_not_begun() -> None:
    text = output(encode(State("AAAAAAAA", 0, "incomplete", "")))
    assert "Stopped at  no page of this course" in text
    assert "Score       none" in text
    assert "Pages: 0 of 4 started or done" in text
    assert "Practice" not in text


def test_another_edition_is_reported() -> None:
    text = output(encode(replace(STATE, edition="x9")))
    assert "changed since the last visit" in text


@pytest.mark.parametrize(
    ("change", "problem", "lost"),
    [
        (lambda _: "", "It is empty", ("everything",)),
        (lambda text: "2" + text[1:], "It has version 2 of the format", ("everything",)),
        (lambda _: '{"page": 3}', "It does not begin with “1”", ("everything",)),
        (lambda text: text[:20], "It ends after 20 of the 26 characters", ("everything",)),
        (lambda text: text[:9] + "é" + text[10:], "Character 10 is “é”", ("everything",)),
        (lambda text: text[:9] + "_" + text[10:], "Its first 26 characters", ("everything",)),
        (lambda text: text[:26], "cut short after 26 characters, within the pages", None),
        (lambda text: text[:-13], "within the record answers.", (RECORDS, LATE, DAY)),
        (
            lambda text: text[:-13] + "!" + text[-12:],
            f"Character {len(encode(STATE)) - 12} is “!”",
            (RECORDS, LATE, DAY),
        ),
        (lambda text: text[:-1], f"within {LATE}.", (LATE, DAY)),
        (lambda text: text[:30] + "_" + text[31:], "The part with the pages visited", None),
    ],
)
def test_damage_is_described(change, problem: str, lost: tuple[str, ...] | None) -> None:
    found = updating.explain(OUTLINE, change(encode(STATE)), show_text=False)
    assert found.damage is not None
    assert problem in found.damage.problem
    everything = ("the pages visited", "the practice answers", "the quizzes", RECORDS, LATE, DAY)
    assert found.damage.lost == (lost or everything)
    assert problem in saved.text(found)
    # As the player does (tests/browser/test_player_resume.py).
    told = "asks the trainee to check the pages" in saved.text(found)
    assert told == (bool(found.damage.kept) and RECORDS in found.damage.lost)


def test_a_string_cut_by_the_lms_names_the_limit() -> None:
    long = encode(replace(STATE, records={ONE.key: RecordState("", "a" * 3990)}))
    assert len(long) > 4096
    assert "SCORM 1.2 saves at most 4096" in output(long[:4096])


def test_white_space_and_quotes_of_a_report_do_no_harm() -> None:
    text = encode(STATE)
    assert output(f' "{text[:40]}\n {text[40:]}"\n') == output(text)


TYPES = {
    "true-false": ("t", "Yes"),
    "matching": ("1a2z", "Ivy – Yes; “2” (not in this course) – “z” (retired)"),
    "sequencing": ("ta", "1. Yes; 2. Yes"),
    "numeric": ("12.5", "12.5 kg"),
    "performance": ("at", "Yes; Yes"),
}


@pytest.mark.parametrize("kind", TYPES)
def test_answers_of_every_type_in_words(kind: str) -> None:
    response, words = TYPES[kind]
    asked = question("asked")
    texts = {"t": "Yes", "a": "Yes", "1": "Ivy"}
    made = outline(course(page("first", checks=(asked,))))
    [known] = made.questions
    known = replace(known, type=kind, texts=texts, retired=("z",), answer={"unit": "kg"})
    made = replace(made, questions=(known,))
    state = replace(STATE, checks={asked.key: CheckState(1, True, response)})
    [check] = updating.explain(made, encode(state), show_text=False).checks
    assert check.answer.text == words


def test_ratings_are_shown_with_their_statements() -> None:
    apart = Item("1", markdown.inline("Plants"), None, None)
    several = replace(question("some"), type="likert", items=(apart,), scored=False)
    one = replace(question("one"), type="likert", scored=False)
    made = outline(course(page("first", checks=(several, one))))
    checks = {several.key: CheckState(1, True, "1a"), one.key: CheckState(1, True, "b")}
    found = updating.explain(made, encode(replace(STATE, checks=checks)), show_text=False)
    assert [check.answer.text for check in found.checks] == ["Plants – Option a", "Option b"]


@pytest.mark.parametrize(
    ("kind", "answer"),
    [("fill-in", {"accepted": ["calm"]}), ("reflection", {"limit": 500, "kept": True})],
)
def test_free_text_of_a_question_is_the_trainees_own(kind: str, answer: dict) -> None:
    asked = replace(question("asked"), type=kind, answer=answer)
    made = outline(course(page("first", checks=(asked,))))
    text = encode(replace(STATE, checks={asked.key: CheckState(1, True, "Secret.")}))
    [check] = updating.explain(made, text, show_text=False).checks
    assert (check.answer.text, check.answer.letters) == (None, 8)
    [check] = updating.explain(made, text, show_text=True).checks
    assert check.answer.text == "Secret."


def test_unstored_reflection_is_described_without_text() -> None:
    asked = replace(question("asked"), type="reflection", answer={"kept": False, "limit": 9})
    made = outline(course(page("first", checks=(asked,))))
    text = encode(replace(STATE, checks={asked.key: CheckState(1, True, "x")}))
    [check] = updating.explain(made, text, show_text=False).checks
    assert check.answer.text == "an answer whose text is not kept"


def test_state_under_former_ids_is_recognised() -> None:
    renamed = replace(page("other"), former=former("page", "other", 1, ["first"]))
    revised = replace(
        page("again"), key=key("page", "again", 2), former=former("page", "again", 2, [])
    )
    made = outline(course(renamed, revised))
    state = replace(STATE, visited=frozenset([FIRST.key, key("page", "again")]), bookmark=FIRST.key)
    found = updating.explain(made, encode(state), show_text=False)
    assert [one.word for one in found.pages] == ["visited", "changed"]
    assert found.head.bookmark == "Other"
    assert found.unknown.pages == 1


KNOWN = st.sampled_from([STATE, replace(STATE, score=None), State("AAAAAAAA", 0, "failed", "")])


@pytest.mark.whole
@given(KNOWN | states(), st.integers(0, 400), st.characters(), st.booleans())
def test_no_string_is_too_damaged_to_be_explained(
    state: State, at: int, character: str, cut: bool
) -> None:
    text = encode(state)
    text = text[:at] if cut else text[:at] + character + text[at + 1 :]
    found = updating.explain(OUTLINE, text, show_text=True)
    assert not set(click.unstyle(saved.text(found))) & {"\x00", "\x1b", "\x7f", "\x9b", "\u202e"}
    assert saved.as_json(found)


def test_room_of_items_that_were_never_filled_in() -> None:
    made = outline(course(page("record", kind="record", record=(item("one"),))))
    text = encode(replace(STATE, records={ONE.key: RecordState("2026-11-03", "")}))
    [record] = updating.explain(made, text, show_text=False).records
    assert record.answer.text == ""
    assert "No answer" in saved.text(updating.explain(made, text, show_text=False))
