"""The two codecs of cmi.suspend_data agree, and nothing damaged is read as progress."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder import state as codec
from builder.typed import encode_text
from tests.player.conftest import Player
from tests.player.states import EMPTY, from_python, pairs, to_python

VECTORS = json.loads((Path(__file__).parent / "vectors/state.json").read_text("utf-8"))
TEXTS = [vector["text"] for vector in VECTORS]

keys = st.text("ABCabc019_-", min_size=4, max_size=4)
responses = st.text("abc019", max_size=5)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
python_states = st.builds(
    codec.State,
    attempt=st.text("Az09_-", min_size=8, max_size=8),
    saves=st.integers(0, 36**7 - 1),
    status=st.sampled_from(["incomplete", "completed", "passed", "failed"]),
    bookmark=st.just("") | keys,
    visited=st.lists(keys, unique=True, max_size=5).map(tuple),
    checks=st.dictionaries(
        keys, st.builds(codec.CheckState, st.integers(0, 63), st.booleans(), responses), max_size=4
    ),
    quizzes=st.dictionaries(
        keys,
        st.builds(
            codec.QuizState,
            st.integers(0, codec.ATTEMPTS_LIMIT),
            st.none() | st.integers(0, codec.BEST_LIMIT),
            st.booleans(),
            st.dictionaries(keys, responses, max_size=4),
        ),
        max_size=3,
    ),
    records=st.dictionaries(
        keys,
        st.builds(codec.RecordState, st.just("") | st.dates().map(str), texts),
        max_size=3,
    ),
)


@pytest.mark.parametrize("vector", VECTORS, ids=range(len(VECTORS)))
def test_vector_is_written_and_read_by_both(player: Player, vector: dict[str, Any]) -> None:
    assert player("encode", pairs(vector["state"])) == vector["text"]
    assert player("decode", vector["text"]) == pairs(vector["state"])
    assert codec.encode(to_python(vector["state"])) == vector["text"]
    assert codec.decode(vector["text"]) == to_python(vector["state"])


@settings(max_examples=150, deadline=None)
@given(python_states)
def test_any_state_is_written_alike_and_read_alike(player: Player, state: codec.State) -> None:
    text = codec.encode(state)
    assert player("encode", pairs(from_python(state))) == text
    assert player("decode", text) == pairs(from_python(state))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(TEXTS), st.data())
def test_a_damaged_text_is_no_state(player: Player, text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text) - 1))
    damage = data.draw(st.sampled_from(["cut", "drop", "swap", "double"]))
    damaged = {
        "cut": text[:at],
        "drop": text[:at] + text[at + 1 :],
        "swap": text[:at] + ("b" if text[at] == "a" else "a") + text[at + 1 :],
        "double": text[:at] + text[at] + text[at:],
    }[damage]
    if damaged != text:
        assert player("decode", damaged) is None
        assert codec.decode(damaged) is None


def sealed(body: str) -> str:
    """A text whose checksum is right."""
    import zlib

    return f"{body}!{zlib.crc32(body.encode()):08x}"


@pytest.mark.parametrize(
    "body",
    [
        "2!AAAAAAAA.0.i.!!!!",
        "1!AAAAAAA.0.i.!!!!",
        "1!AAAAAAAA.0.x.!!!!",
        "1!AAAAAAAA.0.i.!abc!!!",
        "1!AAAAAAAA.0.i.!!aaaaBxa.!!",
        "1!AAAAAAAA.0.i.!!aaaaBra!!",
        "1!AAAAAAAA.0.i.!!!quiz,1,7pt,0,!",
        "1!AAAAAAAA.0.i.!!!quiz,1,,2,!",
        "1!AAAAAAAA.0.i.!!!quiz,1,,0!",
        "1!AAAAAAAA.0.i.!!!!rec1,20250229,",
        "1!AAAAAAAA.0.i.!!!!rec1,00000101,",
        "1!AAAAAAAA.0.i.!!!!rec1,,%FF",
        "1!AAAAAAAA.0.i.!!!!rec1,,%ED%A0%80",
        "1!AAAAAAAA.0.i.!!!!rec1,,a b",
        "1!AAAAAAAA.0.i.!!!!;",
        "1!AAAAAAAA.0.i.!!!!!",
        "1!AAAAAAAA.0.i.!!!",
        "",
    ],
)
def test_a_malformed_text_is_no_state_even_with_its_checksum(player: Player, body: str) -> None:
    assert player("decode", sealed(body)) is None
    assert codec.decode(sealed(body)) is None


@pytest.mark.parametrize("text", ["", "!", "page-3", "{}", "é", "1!é!!!!!00000000"])
def test_what_other_courses_leave_is_no_state(player: Player, text: str) -> None:
    assert player("decode", text) is None


@settings(max_examples=150, deadline=None)
@given(texts)
def test_free_text_takes_the_same_room_in_both(player: Player, text: str) -> None:
    assert player("encodeText", text) == encode_text(text)


def test_half_a_surrogate_pair_becomes_a_question_mark(player: Player) -> None:
    assert player("encodeText", "a\ud83d") == "a%3F"
    assert encode_text("a\ud83d") == "a%3F"


def test_keys_the_course_lost_are_kept_while_there_is_room(player: Player) -> None:
    state = EMPTY | {"visited": ["old1", "new1"]}
    whole = player("encode", pairs(state))
    assert player("encodeWithin", pairs(state), len(whole), ["visited new1"]) == whole


def test_keys_the_course_lost_go_first_when_room_runs_out(player: Player) -> None:
    check = {"tries": 1, "first": True, "response": "a"}
    quiz = {"attempts": 1, "best": 5000, "open": True, "answers": {"old5": "a", "new5": "b"}}
    record = {"date": "", "text": "mine"}
    state = EMPTY | {
        "visited": ["old1", "new1"],
        "checks": {"old2": check, "new2": check},
        "quizzes": {"old3": quiz, "new3": quiz},
        "records": {"old4": record, "new4": record},
    }
    kept = EMPTY | {
        "visited": ["new1"],
        "checks": {"new2": check},
        "quizzes": {"new3": quiz | {"answers": {"new5": "b"}}},
        "records": {"new4": record},
    }
    known = ["visited new1", "checks new2", "quizzes new3", "answers new5", "records new4"]
    limit = len(player("encode", pairs(state))) - 1
    shorter = player("encodeWithin", pairs(state), limit, known)
    assert shorter == player("encode", pairs(kept))
    assert player("encodeWithin", pairs(state), len(shorter) - 1, known) is None


def test_an_open_quiz_of_which_every_question_was_replaced_fits(player: Player) -> None:
    pages = [{"key": "quiz", "kind": "quiz", "needs": {"quiz": ["new0", "new1"]}}]
    known = [
        f"{section} {key}"
        for section in ("visited", "checks", "quizzes", "answers", "records")
        for key in ("quiz", "new0", "old0")
        if player("knownKeys", {"pages": pages}, section, key)
    ]
    assert known == ["visited quiz", "quizzes quiz", "answers new0"]
    old = {f"o{number:03}": "a" for number in range(800)}
    quiz = {"attempts": 1, "best": None, "open": True, "answers": old | {"new0": "a"}}
    text = player("encodeWithin", pairs(EMPTY | {"quizzes": {"quiz": quiz}}), 4096, known)
    assert player("decode", text)["quizzes"][0][1]["answers"] == [["new0", "a"]]


def test_attempt_ids_are_random(player: Player) -> None:
    made = {player("newAttempt") for _ in range(20)}
    assert len(made) == 20
    assert all(codec.decode(sealed(f"1!{attempt}.0.i.!!!!")) for attempt in made)
