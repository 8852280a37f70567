"""YAML: values stay text, everything knows its place, and nothing an author writes raises."""

from typing import Any

import yaml as reference
from hypothesis import given
from hypothesis import strategies as st

from builder.load import yaml
from builder.load.text import decode
from builder.sources import Place


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


def test_a_part_that_the_file_does_not_have_is_its_parent() -> None:
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


def test_of_two_values_for_one_key_the_first_is_kept() -> None:
    file, found = yaml.read("a: 1\nb: 2\na: 3\na: 4\n", "x.yaml")
    assert file is not None
    assert file.value == {"a": "1", "b": "2"}
    assert [str(one) for one in found] == [
        f"x.yaml:{line}:1: error duplicate-key “a” is written twice; first on line 1."
        for line in (3, 4)
    ]


def test_all_aliases_of_a_file_are_shown_and_none_is_followed() -> None:
    file, found = yaml.read("a: &x [1]\nb: *x\nc:\n  *x: 1\n", "x.yaml")
    assert file is None
    assert [str(one.position) for one in found] == ["x.yaml:1:4", "x.yaml:2:4", "x.yaml:4:3"]
    assert {one.code for one in found} == {"yaml-alias"}


def test_a_hundred_thousand_brackets_are_refused_at_once() -> None:
    file, [one] = yaml.read("[" * 100_000, "x.yaml")
    assert file is None
    assert one.code == "yaml-syntax"
    assert one.message == "This is nested too deeply."


def test_nesting_to_the_limit_is_read() -> None:
    text = "[" * yaml.DEPTH_LIMIT + "x" + "]" * yaml.DEPTH_LIMIT
    file, found = yaml.read(text, "x.yaml")
    assert file is not None
    assert found == ()
    assert yaml.read(f"[{text}]", "x.yaml")[0] is None


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
