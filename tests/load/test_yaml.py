"""YAML: values stay text, everything knows its place, and nothing an author writes raises."""

import time
from typing import Any

import pytest
import yaml as reference
from hypothesis import given
from hypothesis import strategies as st

from builder.course.load import yaml
from builder.course.load.text import decode
from builder.course.sources import Place


def value(text: str) -> Any:
    file, found = yaml.read(text, "x.yaml")
    assert found == ()
    assert file is not None
    return file.value


def place(text: str, *steps: str | int) -> Place:
    file, _ = yaml.read(text, "x.yaml")
    assert file is not None
    return file.place.find(steps)


def where(text: str, *steps: str | int) -> tuple[str, str]:
    found = place(text, *steps)
    return str(found.key), str(found.at)


def test_every_scalar_is_what_the_author_wrote() -> None:
    text = "a: No\nb: 1.10\nc: 2026-01-01\nd: ~\ne: 0x1F\nf: 'yes'\ng:\nh: ''\n"
    assert value(text) == {
        "a": "No",
        "b": "1.10",
        "c": "2026-01-01",
        "d": "~",
        "e": "0x1F",
        "f": "yes",
        "g": None,
        "h": "",
    }


def test_a_file_of_comments_is_empty() -> None:
    assert value("# nothing yet\n") is None
    assert value("") is None


def test_a_merge_key_is_a_key_like_any_other() -> None:
    assert value("a:\n  <<: b\n") == {"a": {"<<": "b"}}


def test_keys_values_and_entries_know_their_places() -> None:
    text = "# top\ntitle: One\nlist:\n  - a\n  - key: value\nempty:\nflow: [x, {y: z}]\n"
    assert where(text) == ("x.yaml:2:1", "x.yaml:2:1")
    assert where(text, "title") == ("x.yaml:2:1", "x.yaml:2:8")
    assert where(text, "list") == ("x.yaml:3:1", "x.yaml:4:3")
    assert where(text, "list", 0) == ("x.yaml:4:5", "x.yaml:4:5")
    assert where(text, "list", 1, "key") == ("x.yaml:5:5", "x.yaml:5:10")
    assert where(text, "empty")[0] == "x.yaml:6:1"
    assert where(text, "flow", 1, "y") == ("x.yaml:7:12", "x.yaml:7:15")


def test_missing_yaml_key_points_to_its_parent() -> None:
    assert where("a:\n  b: c\n", "a", "z", "y") == ("x.yaml:1:1", "x.yaml:2:3")


def test_text_in_quotes_starts_behind_the_quotation_mark() -> None:
    assert where('a: "b"\n', "a") == ("x.yaml:1:1", "x.yaml:1:5")
    assert where("é: 'b'\n", "é") == ("x.yaml:1:1", "x.yaml:1:5")


def test_text_on_lines_of_its_own_starts_there() -> None:
    text = "a: >-\n\n    one\n    two\nb: |\n  one\nc: one\n  two\nd: 'one'\n"
    found = {key: place(text, key) for key in "abcd"}
    assert {key: (str(one.at), one.one_line) for key, one in found.items()} == {
        "a": ("x.yaml:3:5", False),
        "b": ("x.yaml:6:3", True),
        "c": ("x.yaml:7:4", False),
        "d": ("x.yaml:9:5", True),
    }


def test_duplicate_key_keeps_first_value_and_is_reported() -> None:
    file, found = yaml.read("a: 1\nb: 2\na: 3\na: 4\n", "x.yaml")
    assert file is not None
    assert file.value == {"a": "1", "b": "2"}
    assert [str(one) for one in found] == [
        f"x.yaml:{line}:1: error duplicate-key “a” is written twice; first on line 1."
        for line in (3, 4)
    ]


def test_all_yaml_aliases_are_reported_and_rejected() -> None:
    file, found = yaml.read("a: &x [1]\nb: *x\nc:\n  *x: 1\n", "x.yaml")
    assert file is None
    assert [str(one.position) for one in found] == ["x.yaml:1:4", "x.yaml:2:4", "x.yaml:4:3"]
    assert {one.code for one in found} == {"yaml-alias"}


def test_a_hundred_thousand_brackets_are_refused_at_once() -> None:
    file, [one] = yaml.read("[" * 100_000, "x.yaml")
    assert file is None
    assert one.code == "yaml-syntax"
    assert one.message == "There are too many brackets or levels of indentation here."


def test_nesting_to_the_limit_is_read() -> None:
    text = "[" * yaml.DEPTH_LIMIT + "x" + "]" * yaml.DEPTH_LIMIT
    file, found = yaml.read(text, "x.yaml")
    assert file is not None
    assert found == ()
    assert yaml.read(f"[{text}]", "x.yaml")[0] is None


def said(text: str) -> list[str]:
    return [f"{one.position} {one.message}" for one in yaml.read(text, "x.yaml")[1]]


@pytest.mark.parametrize(
    ("escape", "number"),
    [
        *(("\\0", "U+0000"), ("\\a", "U+0007"), ("\\b", "U+0008"), ("\\v", "U+000B")),
        *(("\\f", "U+000C"), ("\\r", "U+000D"), ("\\e", "U+001B"), ("\\x1b", "U+001B")),
        *(("\\N", "U+0085"), ("\\L", "U+2028"), ("\\P", "U+2029"), ("\\uFFFE", "U+FFFE")),
        ("\\U0000007f", "U+007F"),
    ],
)
def test_escape_for_an_invisible_character_is_rejected(escape: str, number: str) -> None:
    file, [one] = yaml.read(f'a: "x{escape}"\n', "x.yaml")
    assert file is None
    assert str(one) == (
        f"x.yaml:1:6: error character-invisible Here “{escape}” stands for an invisible character "
        f"({number})."
    )
    assert one.hint == (
        f"Delete “{escape}”. If trainees should see “{escape}” itself, write single quotes (') "
        "around the text instead of the double ones."
    )


def test_escapes_for_visible_characters_are_read() -> None:
    assert value(r'a: "\"\\\t\n\u00e9\_\x41\U0001f600\\0"') == {
        "a": '"\\\t\n\u00e9\u00a0A\U0001f600\\0'
    }
    assert value("a: '\\0'") == {"a": "\\0"}


def test_escapes_in_keys_and_continuation_lines_are_reported() -> None:
    text = '"a\\0": "one\n  two \\b\n  \\e" # \\0\nb: "' + "\\0" * 10 + '"\n'
    lines = said(text)
    assert [line.partition(" ")[0] for line in lines] == [
        f"x.yaml:{place}" for place in ("1:3", "2:7", "3:3", "4:5", "4:7")
    ]
    assert lines[-1].endswith("(U+0000; this file has 8 more).")


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("prompt: Which are for # liquids?", 23),
        ("quote: one # 2", 12),
        ("prompt: Which are for #liquids?", 23),
        ("owner: Team  #1", 14),
    ],
)
def test_text_after_hash_is_reported_as_possible_comment(line: str, column: int) -> None:
    _, [one] = yaml.read(f"{line}\n", "x.yaml")
    assert (one.code, one.position.column) == ("yaml-comment", column)


@pytest.mark.parametrize(
    "line",
    [
        "prompt: Which are for  # liquids?",
        "prompt: Which are for\t# liquids?",
        "prompt: Which are for #",
        "prompt: Which are for ## liquids",
        "prompt: 'Which' # liquids",
        "value: # to be confirmed",
        "minutes: 5 # about",
        "options: [{id: a}] # both",
        "a:\n  - one # 2",
    ],
)
def test_what_is_a_comment_is_one(line: str) -> None:
    assert said(f"{line}\n") == []


def test_an_entry_of_a_list_of_texts_is_text() -> None:
    assert said("quote:\n  - one # 2\n  - two # 3\n") == [
        f"x.yaml:{line}:9 YAML reads “# {line}” as a comment and leaves it out." for line in (2, 3)
    ]


@pytest.mark.whole
@pytest.mark.parametrize(
    "text",
    [
        "a: b: c" + " " * 200_000 + "x\n",
        "a: b" + " " * 200_000 + "#x" + " " * 200_000 + "y\n",
        "a: [b] c" + " " * 200_000 + "x: y\n",
        "a: @" + " " * 200_000 + "x" + " " * 200_000 + "y\n",
        "[" + "a, " * 150_000 + "] #x\n",
    ],
)
def test_yaml_with_many_spaces_is_read_quickly(text: str) -> None:
    start = time.process_time()
    yaml.read(text, "x.yaml")
    # Looking at each space once for each other space would take minutes.
    assert time.process_time() - start < 3


WORDS = st.text(alphabet=st.characters(categories=["L", "N"], max_codepoint=0x2000), min_size=1)
SCALARS = st.one_of(WORDS, st.text(alphabet="abc: #-'\"[]{}?&*!|>%@`,\\ é"))
DOCUMENTS = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(SCALARS, inner, max_size=4)
    ),
    max_leaves=12,
)


@given(DOCUMENTS, st.booleans())
def test_values_are_those_of_pyyaml(document: Any, flow: bool) -> None:
    text = reference.safe_dump(document, allow_unicode=True, default_flow_style=flow)
    file, found = yaml.read(text, "x.yaml")
    # Tags and depth apart, what PyYAML writes is read back.
    assert [one for one in found if one.code != "yaml-comment"] == []
    assert file is not None
    assert file.value == reference.load(text, reference.BaseLoader)


@given(DOCUMENTS)
def test_every_place_holds_the_start_of_its_value(document: Any) -> None:
    text = reference.safe_dump(document, allow_unicode=True, width=10_000)
    lines = text.split("\n")
    file, _ = yaml.read(text, "x.yaml")
    assert file is not None

    def check(part: Any, where: Place) -> None:
        if isinstance(part, dict | list):
            steps = part if isinstance(part, dict) else range(len(part))
            for step in steps:
                check(part[step], where.parts[step])
        elif part and where.one_line and part[0].isalnum():
            # PyYAML breaks lines within quotes where the text has a line end.
            assert lines[where.at.line - 1][where.at.column - 1] == part[0]

    check(file.value, file.place)


TRAPS = st.lists(
    st.sampled_from(
        [*"abé01:-#'\"[]{}?&*!|>%@`,\\ \t\n~=", ": ", "- ", "\n  ", "---\n", "<<", "{{"]
    )
).map("".join)


@given(st.one_of(TRAPS, st.text(alphabet=st.characters(codec="utf-8"))))
def test_no_text_raises_and_every_position_is_in_the_file(text: str) -> None:
    clean, _ = decode(text.encode(), "x.yaml")
    if clean is None:
        return
    file, found = yaml.read(clean, "x.yaml")
    assert file is not None or found
    lines = clean.split("\n")
    for one in found:
        assert 1 <= one.position.line <= len(lines)
        assert 1 <= one.position.column <= len(lines[one.position.line - 1]) + 1
        assert one.message
        assert one.hint


@given(TRAPS)
def test_line_ends_and_the_mark_change_neither_values_nor_places(text: str) -> None:
    raw = text.encode()
    readings = []
    for variant in (raw, raw.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + raw):
        clean, _ = decode(variant, "x.yaml")
        assert clean is not None
        readings.append(yaml.read(clean, "x.yaml"))
    assert readings[0] == readings[1] == readings[2]


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        (
            "a:\n  - x\n  – y\n  - z\n",
            "3:3",
            "An entry of a list starts with a hyphen and a space, not with “–”.",
            "Write “- y”.",
        ),
        (
            "a:\n  - x\n  -y.md\n  - z\n",
            "3:3",
            "A space is missing after the hyphen.",
            "Write “- y.md”.",
        ),
        (
            "- a: x\n\u00a0 b: y\n",
            "2:1",
            "This line is indented with a special space, as Word and web pages use.",
            "Delete everything before the line's first letter, and type the spaces again.",
        ),
        (
            "a: “Fire: what now”\n",
            "1:9",
            "This text contains a colon, so YAML reads the words before the colon as a key.",
            'Put quotes around it: a: "Fire: what now"',
        ),
    ],
)
def test_word_hyphens_spaces_and_quotes_are_reported(
    text: str, place: str, message: str, hint: str
) -> None:
    [one] = yaml.read(text, "x.yaml")[1]
    assert (str(one.position), one.message, one.hint) == (f"x.yaml:{place}", message, hint)
