"""A list read entry by entry says what it says when it is read as a whole."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.base.cache import MemoryCache
from builder.course.load import yaml
from builder.course.sources import Place
from tests.validate.courses import GOOD

LINES = (
    *(
        "- id: a",
        "  type: choice",
        "  prompt: What",
        "  options:",
        "    - id: a",
        "      text: One",
    ),
    *("- {id: a, text: [b, c]}", "- |", "  text", "", "   ", "- >-", "  prompt: |+", "    more"),
    *(
        "- plain",
        "  goes on",
        "# comment",
        "  # comment",
        "  text: one # two",
        "- 'single",
        "  two'",
    ),
    *(
        '- "double',
        '  two"',
        "- [a,",
        "  b]",
        "- - nested",
        "  - again",
        "-",
        "---",
        "...",
        "key: x",
    ),
    *("- id: b", "  id: b", "\t- a", "- &a b", "- !x y", "- a: b: c", " - odd", "-x", "%YAML 1.1"),
)


def flat(place: Place) -> object:
    parts = [(step, flat(part)) for step, part in place.parts.items()]
    return place.at, place.key, place.one_line, place.literal, parts


def same(text: str, cache: MemoryCache) -> None:
    cache.start_pass()
    whole, found = yaml.read(text, "questions/all.yaml")
    file, told = yaml.read_list(text, "questions/all.yaml", cache)
    assert [(one, one.hint) for one in told] == [(one, one.hint) for one in found]
    assert (file is None) == (whole is None)
    if file and whole:
        assert (file.path, file.value, flat(file.place)) == (
            whole.path,
            whole.value,
            flat(whole.place),
        )


@pytest.mark.whole
@given(st.lists(st.lists(st.sampled_from(LINES), max_size=12), min_size=1, max_size=3))
@settings(max_examples=400)
def test_any_list_is_what_it_is_as_a_whole(texts: list[list[str]]) -> None:
    cache = MemoryCache()
    for lines in texts:
        same("\n".join(lines), cache)
        same("\n".join(["- id: first", *lines, ""]), cache)


def test_what_stands_further_down_is_not_read_again() -> None:
    cache = MemoryCache()
    text = Path(GOOD, "questions", "all.yaml").read_text("utf-8")
    before, _ = yaml.read_list(text, "questions/all.yaml", cache)
    cache.start_pass()
    after, _ = yaml.read_list(f"# More\n\n{text}", "questions/all.yaml", cache)
    assert before
    assert after
    assert isinstance(before.value, list)
    assert isinstance(after.value, list)
    assert [id(one) for one in after.value] == [id(one) for one in before.value]
    assert after.place.find([1, "prompt"]).at.line == before.place.find([1, "prompt"]).at.line + 2
