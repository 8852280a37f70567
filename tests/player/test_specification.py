"""Every example of docs/state.md is true, and its names of things are those of the codec."""

import json
import re
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest

from builder.course import keys, letters, state
from builder.course.state.bits import ALPHABET, BitReader, BitWriter, checksum, number, read_keys
from builder.course.state.bits import write_keys as write
from tests.player.conftest import Player
from tests.player.states import from_python, pairs, to_python

PAGE = Path(__file__).parents[2].joinpath("docs/state.md").read_text("utf-8")
CELL = re.compile(r"(?<!\\)\|")


def cells(line: str) -> list[str]:
    return [one.strip(" ").removeprefix("`").removesuffix("`") for one in CELL.split(line)[1:-1]]


def tables(*head: str) -> list[list[list[str]]]:
    """The rows of every table with these headings."""
    found = []
    for is_table, lines in groupby(PAGE.splitlines(), key=lambda line: line.startswith("|")):
        if is_table:
            first, _, *rows = map(cells, lines)
            if first == list(head):
                found.append(rows)
    assert found, f"no table of {head}"
    return found


def table(*head: str) -> list[list[str]]:
    (rows,) = tables(*head)
    return rows


def fenced(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)\n```$", PAGE, re.DOTALL | re.MULTILINE)


def bits_of(text: str) -> str:
    return "".join(f"{ALPHABET.index(one):06b}" for one in text)


def test_keys() -> None:
    for named, key, value in table("Named", "Key", "Its number"):
        kind, identifier, revision = re.fullmatch(r"(\w+):(.+)@(\d+)", named).groups()
        assert keys.key(kind, identifier, int(revision)) == key
        assert str(number(key)) == value


def test_editions() -> None:
    for row, edition in table("Keys", "Edition"):
        assert keys.edition(row.split()) == edition


def test_checksums() -> None:
    for characters, check in table("Characters", "Checksum"):
        assert checksum(characters) == check


def test_sets_of_keys() -> None:
    for row, text in table("Keys", "Set"):
        bits = BitWriter()
        write(bits, row.split())
        assert bits.text() == text
        assert set(read_keys(BitReader(text))) == set(row.split())


def test_letters() -> None:
    for words, units in table("Text", "Letters"):
        numbers = [int(one) for one in units.split(", ")]
        text = words.replace("\\n", "\n")
        assert letters.letters(text) == numbers
        assert letters.text(numbers) == text


def test_the_tables_of_letters() -> None:
    assert f"the characters `{letters.PLAIN}` in" in PAGE
    second = next(one for one in fenced("text") if one.startswith("\\n"))
    assert second.replace("\\n", "\n") == letters.SECOND
    rows = table("Letter", "Alphabet")
    assert [int(first) for first, _ in rows] == list(range(50, 50 + len(letters.ALPHABETS)))
    listed = re.search(r"`(.*)`?$", rows[0][1])[1].split()
    assert "".join(chr(int(one, 16)) for one in listed) == letters.ALPHABETS[0]
    for (_, words), alphabet in zip(rows[1:], letters.ALPHABETS[1:], strict=True):
        first = int(re.search(r"from U\+([0-9A-F]+), 60 characters", words)[1], 16)
        assert "".join(chr(first + place) for place in range(60)) == alphabet


def strings() -> list[str]:
    return [one for one in fenced("text") if one.startswith("1")]


def test_a_new_state() -> None:
    head, whole, *_ = strings()
    new = state.State("AAAAAAAA", 0, "incomplete", "")
    assert whole == state.encode(new)
    assert head == whole[:26]
    assert state.decode(whole) == new


def test_a_state_taken_apart() -> None:
    parts = table("Part", "Characters", "Says")
    text = "".join(characters for _, characters, _ in parts)
    assert text in strings()
    by_part = {part: characters for part, characters, _ in parts}
    fields, key_set = tables("Field", "Bits", "Value")
    head = by_part["saves, status, score, reported, interactions, bookmark is set"]
    assert "".join(bits for _, bits, _ in fields) == bits_of(head)
    for _, bits, value in fields:
        assert int(bits, 2) == int(value.split(",")[0])
    found = state.decode(text)
    assert found is not None
    home, _, question, plan = (key for _, key, _ in table("Named", "Key", "Its number"))
    assert found == state.State(
        by_part["attempt id"],
        saves=12,
        status="incomplete",
        bookmark=home,
        score=80_00,
        edition=table("Keys", "Edition")[1][1],
        visited=frozenset([home]),
        checks={question: state.CheckState(2, False, "ac")},
        quizzes={keys.key("page", "quiz"): state.QuizState(1, 80_00, False, {question: "b"})},
        records={plan: state.RecordState("2026-11-25", "Ask Sam.")},
        interactions=3,
        late=frozenset([question]),
    )
    two, text = re.search(r"A set of two keys, (.+), is `(.+?)`", PAGE).groups()
    first, second = re.findall(r"`(.{4})`", two)
    assert set(read_keys(BitReader(text))) == {first, second}
    assert "".join(bits for _, bits, _ in key_set) == bits_of(text)
    values = [(int(bits, 2), int(value)) for _, bits, value in key_set if _ == "remainder"]
    assert all(bits == value for bits, value in values)
    distance = number(second) - number(first) - 1
    assert (
        f" is {number(second)} \N{MINUS SIGN} {number(first)} \N{MINUS SIGN} 1 = {distance},"
        in PAGE
    )


def test_whole_states_in_both_languages(player: Player) -> None:
    examples = re.findall(r"```json\n(.*?)\n```\n\n```text\n(.*?)\n```", PAGE, re.DOTALL)
    assert len(examples) == 5
    for written, text in examples:
        given = json.loads(written)
        assert state.encode(to_python(given)) == text
        assert state.decode(text) == to_python(given)
        assert player("encode", pairs(given)) == text
        assert player("decode", text) == pairs(given)


def test_days() -> None:
    none, *days = table("Day", "Payload")
    new = state.State("AAAAAAAA", 0, "incomplete", "")
    before = len(state.encode(new)) + 5

    def payload(finished: str) -> str:
        return state.encode(replace(new, finished=finished))[before:][2:-3]

    assert payload("") == none[1]
    for words, written in days:
        day, month, year = words.replace("of the year 1", "0001").split(" ")
        assert payload(f"{year}-{MONTHS[month]}-{int(day):02}") == written
    assert "The day of completion takes 14 more" in PAGE
    assert state.day_size() == 14


MONTHS = {"January": "01", "November": "11", "December": "12"}


@pytest.mark.parametrize(
    ("text", "lost"),
    [row[1:] for row in table("Damage", "String", "Lost")],
    ids=[row[0] for row in table("Damage", "String", "Lost")],
)
def test_damage(text: str, lost: str, player: Player) -> None:
    found = state.decode(text)
    in_player = player("decode", text)
    if lost == "everything":
        assert found is None
        assert in_player is None
    else:
        assert found is not None
        assert (", ".join(found.lost) or "nothing") == lost
        assert in_player == pairs(from_python(found))


def test_room() -> None:
    assert "1,048,575" in PAGE and state.SAVES_LIMIT == 1_048_575  # noqa: PT018
    assert "26 for version, head and checksum, 5 for each of the four" in PAGE
    assert len(state.encode(state.State("AAAAAAAA", 0, "incomplete", ""))) == 26 + 5 * 4
