"""The two codecs of cmi.suspend_data agree, and nothing damaged is read as progress."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.course import letters
from builder.course import state as codec
from builder.course.state.bits import ALPHABET
from tests.player.conftest import Player
from tests.player.states import EMPTY, TEXTS, from_python, pairs, states, to_python

VECTORS = json.loads((Path(__file__).parent / "vectors/state.json").read_text("utf-8"))
WHOLE = [vector["text"] for vector in VECTORS]


def read_alike(player: Player, text: str) -> dict[str, Any] | None:
    """What both codecs read in a text."""
    read: dict[str, Any] | None = player("decode", text)
    state = codec.decode(text)
    assert read == (None if state is None else pairs(from_python(state)))
    return read


@pytest.mark.parametrize("vector", VECTORS, ids=range(len(VECTORS)))
def test_vector_is_written_and_read_by_both(player: Player, vector: dict[str, Any]) -> None:
    assert player("encode", pairs(vector["state"])) == vector["text"]
    assert player("decode", vector["text"]) == pairs(vector["state"])
    assert codec.encode(to_python(vector["state"])) == vector["text"]
    assert codec.decode(vector["text"]) == to_python(vector["state"])


@pytest.mark.whole
@settings(max_examples=200)
@given(states())
def test_any_state_is_written_alike_and_read_alike(player: Player, state: codec.State) -> None:
    text = codec.encode(state)
    assert player("encode", pairs(from_python(state))) == text
    assert read_alike(player, text) == pairs(from_python(state))


@pytest.mark.parametrize("text", WHOLE, ids=range(len(WHOLE)))
def test_a_text_that_is_cut_anywhere_is_read_alike(player: Player, text: str) -> None:
    for size in range(len(text)):
        read_alike(player, text[:size])


@pytest.mark.whole
@pytest.mark.parametrize("text", WHOLE, ids=range(len(WHOLE)))
def test_single_damaged_characters_decode_alike_in_player(player: Player, text: str) -> None:
    """The builder's codec notices every other change as well (tests/state/test_codec.py)."""
    damaged = [
        text[:at] + other + text[at + 1 :]
        for at, character in enumerate(text)
        for other in (*one_bit_away(character), "!", "é", " ", "\0")
    ]
    assert_what_is_left_is_as_it_was(player, text, damaged)


def one_bit_away(character: str) -> list[str]:
    return [ALPHABET[ALPHABET.index(character) ^ 1 << bit] for bit in range(6)]


def assert_what_is_left_is_as_it_was(player: Player, text: str, damaged: list[str]) -> None:
    """Both codecs read damaged texts alike, notice each, and keep whole sections as they were."""
    whole = pairs(EMPTY) | player("decode", text)
    for one, read in zip(damaged, player("decodeAll", damaged), strict=True):
        state = codec.decode(one)
        assert read == (None if state is None else pairs(from_python(state)))
        if read is None:
            continue
        lost = read["lost"]
        assert lost == FIELDS[FIELDS.index(lost[0]) :]
        empty = {name: pairs(EMPTY)[name] for name in lost}
        if "language" in lost and "finished" not in lost and whole["finished"] is None:
            # Only the lost section says that the empty day before it stands for none.
            empty["finished"] = ""
        assert read == whole | empty | {"lost": lost}


FIELDS = ["visited", "checks", "quizzes", "records", "late", "finished", "language"]


@pytest.mark.whole
@settings(max_examples=20)
@given(st.sampled_from(WHOLE), st.randoms(use_true_random=False))
def test_whatever_happens_to_a_text_is_noticed(player: Player, text: str, chance: Any) -> None:
    damages = [twice_changed, doubled, cut_out, swapped, other_case, joined]
    damaged = [chance.choice(damages)(text, chance) for _ in range(100)]
    # Text after the last section is ignored. A text without its last sections may be whole.
    assert_what_is_left_is_as_it_was(
        player,
        text,
        [one for one in damaged if not one.startswith(text) and not text.startswith(one)],
    )


def twice_changed(text: str, chance: Any) -> str:
    for _ in range(2):
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice(ALPHABET) + text[at + 1 :]
    return text


def doubled(text: str, chance: Any) -> str:
    first, last = sorted(chance.randrange(len(text) + 1) for _ in range(2))
    return text[:last] + text[first:]


def cut_out(text: str, chance: Any) -> str:
    first, last = sorted(chance.randrange(len(text) + 1) for _ in range(2))
    return text[:first] + text[last:]


def swapped(text: str, chance: Any) -> str:
    at = chance.randrange(len(text) - 1)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def other_case(text: str, chance: Any) -> str:
    return chance.choice([text.lower(), text.upper(), text.replace("-", " "), text.strip("_-")])


def joined(text: str, chance: Any) -> str:
    at = chance.randrange(1, len(text))
    return text[:at] + chance.choice(["\n", "\r\n", " ", "+", "&amp;"]) + text[at:]


@pytest.mark.whole
@settings(max_examples=50)
@given(st.lists(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")), min_size=40))
def test_random_bytes_are_read_as_nothing(player: Player, texts: list[str]) -> None:
    assert player("decodeAll", texts) == [None] * len(texts)
    assert [codec.decode(text) for text in texts] == [None] * len(texts)


def sealed(payloads: list[str]) -> str:
    """A text whose checksums are right, whatever the sections hold."""
    from builder.course.state import codec as inside

    text = codec.encode(to_python(EMPTY))[:26]
    return text + "".join(inside._write_section(index, one) for index, one in enumerate(payloads))


@pytest.mark.whole
@settings(max_examples=300)
@given(st.lists(st.text(ALPHABET, max_size=30), min_size=5, max_size=6))
def test_generated_sections_decode_alike(player: Player, payloads: list[str]) -> None:
    read_alike(player, sealed(payloads))


@pytest.mark.whole
@settings(max_examples=200)
@given(st.text() | st.text(ALPHABET).map("1".__add__))
def test_any_text_is_read_alike(player: Player, text: str) -> None:
    assert read_alike(player, text) is None


@settings(max_examples=200)
@given(TEXTS)
def test_free_text_takes_the_same_room_in_both(player: Player, text: str) -> None:
    assert player("roomOf", text) == letters.room(text)


def test_half_surrogate_pair_takes_room_of_question_mark(player: Player) -> None:
    assert player("roomOf", "a\ud83d") == letters.room("a\ud83d") == 3


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


def test_leftovers_of_removed_content_are_dropped_before_scores(player: Player) -> None:
    check = {"tries": 3, "first": True, "response": "a long answer"}
    closed = {"attempts": 2, "best": 9000, "open": False, "answers": {"one1": "ac", "two2": "b"}}
    under_way = closed | {"open": True}
    record = {"date": "2026-11-25", "text": "mine"}
    state = EMPTY | {
        "visited": ["page"],
        "checks": {"chk1": check},
        "quizzes": {"quiz": closed, "open": under_way},
        "records": {"rec1": record},
    }
    no_review = state | {"quizzes": {"quiz": closed | {"answers": {}}, "open": under_way}}
    scores = no_review | {"checks": {"chk1": check | {"response": ""}}}
    known = ["visited page", "checks chk1", "records rec1", "quizzes quiz", "quizzes open"]
    known += ["answers one1", "answers two2"]
    for more, less in ((state, no_review), (no_review, scores)):
        limit = len(player("encode", pairs(more))) - 1
        assert player("encodeWithin", pairs(state), limit, known) == player("encode", pairs(less))
    limit = len(player("encode", pairs(scores))) - 1
    assert player("encodeWithin", pairs(state), limit, known) is None


def test_more_than_the_format_can_count_goes_as_well(player: Player) -> None:
    state = EMPTY | {"visited": [codec.key("page", str(n)) for n in range(4100)]}
    text = player("encodeWithin", pairs(state), 4096, [])
    assert player("decode", text) == pairs(EMPTY)


def test_an_open_quiz_of_which_every_question_was_replaced_fits(player: Player) -> None:
    pages = [{"key": "quiz", "kind": "quiz", "needs": {"quiz": ["new0", "new1"]}}]
    known = [
        f"{section} {key}"
        for section in ("visited", "checks", "quizzes", "answers", "records")
        for key in ("quiz", "new0", "old0")
        if player("knownKeys", {"pages": pages}, section, key)
    ]
    assert known == ["visited quiz", "quizzes quiz", "answers new0"]
    old = {codec.key("question", str(n)): "a" for n in range(1200)}
    quiz = {"attempts": 1, "best": None, "open": True, "answers": old | {"new0": "a"}}
    text = player("encodeWithin", pairs(EMPTY | {"quizzes": {"quiz": quiz}}), 4096, known)
    assert player("decode", text)["quizzes"][0][1]["answers"] == [["new0", "a"]]


def test_attempt_ids_are_random(player: Player) -> None:
    made = {player("newAttempt") for _ in range(20)}
    assert len(made) == 20
    assert all(codec.decode(codec.encode(codec.State(one, 0, "incomplete", ""))) for one in made)
