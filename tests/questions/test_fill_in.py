"""Fill-in: which answers are the same, what the LMS is told, what authors cannot write."""

from typing import Any

import pytest

from builder.course.questions.fill_in import FILL_IN, normalize_answer
from builder.course.questions.question_type import Answering, Fault
from builder.course.shaping import ShapeError, read


def written(*answers: str, **more: Any) -> dict[str, Any]:
    return {"id": "q", "type": "fill-in", "prompt": "Look beyond the …", "answers": answers} | more


def faults(*answers: str, **more: Any) -> list[Fault]:
    return list(FILL_IN.faults(read(FILL_IN.shape, written(*answers, **more))))


def answering(*answers: str, **more: Any) -> Answering:
    return FILL_IN.answering(read(FILL_IN.shape, written(*answers, **more)), {})


@pytest.mark.parametrize(
    ("one", "other", "forgive"),
    [
        ("first aid", "  first aid ", ()),
        ("cafe\u0301", "café", ()),
        ("don’t", "don't", ()),
        ("well–known", "well-known", ()),
        ("soft\u00adhyphen", "softhyphen", ()),
        ("\u202bقلق\u202c", "قلق", ()),
        ("Problem", "pROBLEM", ("case",)),
        ("Straße", "STRASSE", ("case",)),
        ("STRAẞE", "straße", ("case",)),
        ("ΟΔΟΣ", "οδος", ("case",)),
        ("first  aid", "firstaid", ("spaces",)),
        ("first\u00a0aid", "first aid", ("spaces",)),
        ("tŷ", "ty", ("accents",)),
        ("Ŵyn", "wyn", ("accents", "case")),
        ("قَلَق", "قلق", ("accents",)),
    ],
)
def test_what_is_forgiven(one: str, other: str, forgive: tuple[str, ...]) -> None:
    assert normalize_answer(one, forgive) == normalize_answer(other, forgive)
    if forgive:
        assert normalize_answer(one, ()) != normalize_answer(other, ())


@pytest.mark.parametrize(
    ("one", "other"),
    [("problem", "problems"), ("tŷ", "ty"), ("1", "11"), ("it is", "it's"), ("कि", "क")],
)
def test_what_is_not_forgiven(one: str, other: str) -> None:
    assert normalize_answer(one, ("case", "spaces")) != normalize_answer(other, ("case", "spaces"))


def test_vowels_of_other_scripts_are_no_accents() -> None:
    assert normalize_answer("कि", ("accents",)) != normalize_answer("क", ("accents",))


def test_every_answer_is_a_pattern_and_shown_to_people() -> None:
    made = answering("problem", "problem behaviour")
    assert made.patterns == ("problem", "problem behaviour")
    assert made.right == "problem; problem behaviour"
    assert made.answer["forgive"] == ("case", "spaces")


def test_one_answer_needs_no_list_and_nothing_need_be_forgiven() -> None:
    question = written() | {"answers": "problem", "forgive": []}
    made = FILL_IN.answering(read(FILL_IN.shape, question), {})
    assert made.answer == {"accepted": ("problem",), "forgive": (), "room": 60}


@pytest.mark.parametrize(
    ("answer", "limit", "room"),
    [("problem", None, 60), ("a" * 40, None, 80), ("قلق " * 20, None, 162), ("problem", "10", 10)],
)
def test_the_room_that_a_response_has(answer: str, limit: str | None, room: int) -> None:
    assert FILL_IN.room(answering(answer, limit=limit).extent) == room


def test_answers_that_are_the_same_are_pointed_out() -> None:
    fault = Fault(
        "answer-repeated",
        ("answers", 1),
        {"question": "q", "answer": "First  Aid", "first": "first aid"},
    )
    assert faults("first aid", "First  Aid") == [fault]
    assert faults("first aid", "First  Aid", forgive=[]) == []


@pytest.mark.parametrize(
    ("answer", "limit", "told"),
    [
        ("a" * 256, None, ("256", "255", "the LMS")),
        ("🙂" * 128, None, ("256", "255", "the LMS")),
        ("Tŷ newydd iawn", "12", ("15", "12", "the saved state")),
    ],
)
def test_answers_that_nobody_could_give(
    answer: str, limit: str | None, told: tuple[str, str, str]
) -> None:
    (fault,) = faults(answer, limit=limit)
    assert fault.code == "answer-too-long"
    assert (fault.words["size"], fault.words["limit"], fault.words["where"]) == told
    assert faults("a" * 255) == faults("Tŷ newydd", limit="14") == []


@pytest.mark.parametrize(
    "question",
    [
        written(""),
        written("\u200b"),
        written("a", forgive="spelling"),
        written("a", limit="9"),
        written("a", limit="766"),
    ],
)
def test_shapes_that_are_refused(question: dict[str, Any]) -> None:
    with pytest.raises(ShapeError):
        read(FILL_IN.shape, question)
