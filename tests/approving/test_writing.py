"""``approvals.yaml`` as it is edited: the entries that are meant, and not a byte besides."""

from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from builder.approving import Entry, NotEditedError, update_text
from builder.course.approvals import Part
from builder.course.load.yaml import read

DAY = date(2026, 1, 31)
TEXT = """\
# Ours.

- part: page/a   # the first
  by: Sam
  on: 2025-12-01
  code: 2222-2222
  words: |-
    # no note
    Words of a.

# About b.
- part: page/b
  by: Sam
  on: 2025-12-01
  code: 3333-3333
# The end.
"""


def entry(name: str, words: str = "New words.", by: str = "Jo Lee") -> Entry:
    return Entry(Part(f"page/{name}", "page", name, words), by, DAY)


def edited(text: str, *entries: Entry) -> str:
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
    file, found = read(plain, "approvals.yaml")
    assert found == ()
    return update_text(text, file, entries)


def test_an_entry_takes_the_place_of_the_one_before() -> None:
    new = entry("a")
    assert edited(TEXT, new) == (
        "# Ours.\n\n"
        f"- part: page/a\n  by: Jo Lee\n  on: 2026-01-31\n  code: {new.part.code}\n"
        "  words: |-\n    New words.\n\n" + TEXT[TEXT.index("# About b.") :]
    )


def test_a_new_entry_stands_behind_the_others() -> None:
    new = entry("c", "One.\nTwo.")
    assert edited(TEXT, new) == TEXT + (
        f"\n- part: page/c\n  by: Jo Lee\n  on: 2026-01-31\n  code: {new.part.code}\n"
        "  words: |-\n    One.\n    Two.\n"
    )


def test_the_last_entry_goes_without_the_note_behind_it() -> None:
    message = edited(TEXT, entry("b"))
    assert message.startswith(TEXT[: TEXT.index("- part: page/b")])
    assert message.endswith("    New words.\n# The end.\n")


def test_the_first_one_makes_the_file() -> None:
    message = update_text(None, None, [entry("a"), entry("b")])
    assert message.startswith("# Who approved which words, and when.")
    assert [one["part"] for one in yaml.safe_load(message)] == ["page/a", "page/b"]


@pytest.mark.parametrize("nothing", ["", "# Nothing yet.\n", "[]\n", "# a\n[ ]"])
def test_a_file_without_entries_gets_its_first(nothing: str) -> None:
    message = edited(nothing, entry("a"))
    assert [one["part"] for one in yaml.safe_load(message)] == ["page/a"]
    assert all(line in message for line in nothing.split("\n") if line.startswith("#"))


def test_line_ends_the_byte_order_mark_and_the_indent_stay() -> None:
    text = "\ufeff" + "".join(f"  {line}\n" for line in TEXT.splitlines()).replace("\n", "\r\n")
    message = edited(text, entry("a"), entry("c"))
    assert message.startswith("\ufeff  # Ours.\r\n")
    assert message.count("\n") == message.count("\r\n")
    assert "\r\n  - part: page/a\r\n    by: Jo Lee\r\n" in message
    assert message.endswith("\r\n      New words.\r\n")


@pytest.mark.parametrize("text", ["[{part: page/a, by: S}]\n", "[\n  {part: page/a},\n]\n"])
def test_a_list_in_brackets_is_left_to_its_author(text: str) -> None:
    with pytest.raises(NotEditedError, match="cannot be edited"):
        edited(text, entry("a"))


@pytest.mark.parametrize(
    "by",
    ["Jo: Lee", "yes", "null", "# Jo", "“Jo”", "- Jo", "O'Hara", "李", "a  b", "Jo #1", "1.10"],
)
def test_a_name_is_read_back_as_it_was_given(by: str) -> None:
    [one] = yaml.safe_load(update_text(None, None, [entry("a", by=by)]))
    assert one["by"] == by


BLOCKS = st.sampled_from(
    [
        "- part: page/{0}\n  by: Sam\n  on: 2025-12-01\n  code: 2222-2222\n",
        "- by: Sam   # by letter\n  part: page/{0}\n  code: 2222-2222\n  on: 2025-12-01\n",
        "-\n  part: page/{0}\n  by: Sam\n",
        "- part: page/{0}\n  words: |\n    # Words\n\n    - part: z\n  # a note within\n  by: S\n",
        "- {{part: page/{0}, by: Sam}}\n",
        '-   part: "page/{0}"\n    by: Sam\n',
    ]
)
BETWEEN = st.sampled_from(["", "\n", "# A note.\n", "\n# One.\n\n# Two.\n", "\n\n"])


@given(
    st.lists(st.tuples(BETWEEN, BLOCKS), min_size=1, max_size=6),
    BETWEEN,
    st.sets(st.integers(0, 8), min_size=1, max_size=4),
    st.booleans(),
)
def test_what_is_not_meant_stays_as_it_is(
    blocks: list[tuple[str, str]], last: str, meant: set[int], windows: bool
) -> None:
    pieces = [(note, block.format(at)) for at, (note, block) in enumerate(blocks)]
    end = "\r\n" if windows else "\n"
    text = "".join(note + block for note, block in pieces) + last
    message = edited(text.replace("\n", end), *(entry(str(at)) for at in sorted(meant)))
    at = 0
    for number, (note, block) in enumerate(pieces):
        kept = note + ("" if number in meant else block)
        found = message.find(kept.replace("\n", end), at)
        assert found >= 0, (message, kept)
        at = found + len(kept.replace("\n", end))
    assert last.replace("\n", end) in message[at:]
    before, after = yaml.safe_load(text), yaml.safe_load(message)
    by_name = {one["part"]: one for one in after}
    assert len(by_name) == len(after) == len({*range(len(blocks)), *meant})
    for number, one in enumerate(before):
        assert (by_name[one["part"]] == one) == (number not in meant)
    assert all(by_name[f"page/{number}"]["by"] == "Jo Lee" for number in meant)
