"""Three versions of a text as one: no edit of the author's is lost, and none of the source's is
silent."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from builder.importing.merging import three_way
from builder.importing.merging import units as cutting
from builder.importing.merging.three_way import Unit

paragraphs = st.sampled_from([f"{name} one two three" for name in "abcdef"])
texts = st.lists(paragraphs, max_size=7)


@st.composite
def edited(draw: st.DrawFn, base: list[str], by: str) -> list[str]:
    """Some paragraphs changed, deleted, moved, and others between them."""
    found = []
    for number, one in enumerate(base):
        what = draw(st.sampled_from(("kept", "kept", "kept", "changed", "gone", "new")))
        if what == "new":
            found.append(f"new {number} by {by}")
        if what != "gone":
            found.append(f"{one} {by} {number}" if what == "changed" else one)
    if len(found) > 1 and draw(st.booleans()):
        found.append(found.pop(draw(st.integers(0, len(found) - 1))))
    return found


@st.composite
def versions(draw: st.DrawFn) -> tuple[list[str], list[str], list[str]]:
    """What was imported, and what author and source have made of it."""
    base = draw(texts)
    return base, draw(edited(base, "author")), draw(edited(base, "source"))


def units(texts: list[str]) -> list[Unit]:
    return [Unit(text) for text in texts]


def merged(base: list[str], ours: list[str], theirs: list[str]) -> three_way.Merge:
    return three_way.merge(units(base), units(ours), units(theirs))


def said(result: three_way.Merge) -> list[str]:
    return [unit.text for unit in result.units]


@given(versions())
def test_no_edit_of_the_author_is_lost(found: tuple[list[str], list[str], list[str]]) -> None:
    base, ours, theirs = found
    result = Counter(said(merged(*found)))
    own = Counter(ours) - Counter(base)
    assert not own - result
    # What the author has deleted does not come back.
    assert not {one for one in base if one not in ours and one not in theirs} & set(result)


@given(versions())
def test_nothing_of_the_source_is_silent(found: tuple[list[str], list[str], list[str]]) -> None:
    base, ours, theirs = found
    result = merged(*found)
    told = [event.theirs for event in result.events]
    for one in Counter(theirs) - Counter(base):
        assert one in said(result) or one in told
    there = Counter(base) & Counter(ours)
    for one in there - Counter(theirs):
        # Of paragraphs that are the same, any one may have gone.
        assert (
            base.count(one) > 1
            or one not in said(result)
            or one in [event.ours for event in result.events]
        )


@given(versions())
def test_a_side_without_changes_takes_the_other_side(
    found: tuple[list[str], list[str], list[str]],
) -> None:
    base, ours, theirs = found
    same = merged(base, ours, base)
    assert (said(same), same.events) == (ours, [])
    assert said(merged(base, theirs, theirs)) == theirs
    assert not Counter(theirs) - Counter(said(merged(base, base, theirs)))


def test_paragraph_moves_with_source_unless_author_changed_it() -> None:
    base = ["one", "two", "three", "four"]
    moved = ["two", "three", "four", "one"]
    result = merged(base, ["one", "two", "mine", "three", "four"], moved)
    assert said(result) == ["two", "mine", "three", "four", "one"]
    assert [(event.what, event.at) for event in result.events] == [("moved", 4)]
    result = merged(base, ["one, changed", "two", "three", "four"], moved)
    assert said(result) == ["one, changed", "two", "three", "four"]
    assert [event.what for event in result.events] == ["both"]


def test_list_edits_conflict_only_on_the_same_line() -> None:
    base = [Unit("- one\n- two\n- three\n- four", inside=cutting.line_units)]
    ours = [Unit("- one, mine\n- two\n- three\n- four")]
    theirs = [Unit("- one\n- two\n- three\n- four, theirs")]
    result = three_way.merge(base, ours, theirs)
    assert said(result) == ["- one, mine\n- two\n- three\n- four, theirs"]
    assert [event.what for event in result.events] == ["changed"]
    theirs = [Unit("- one, theirs\n- two\n- three\n- four")]
    result = three_way.merge(base, ours, theirs)
    assert [unit.text for unit in result.units] == [unit.text for unit in ours]
    assert [(event.what, event.theirs) for event in result.events] == [("both", theirs[0].text)]


LINES = st.lists(
    st.sampled_from(
        ("", " ", "a", "- b", "  c", "::: callout", ":::", "::: check d", "---", "id: e", "  - f")
    ),
    max_size=12,
)


@given(LINES)
def test_every_text_is_the_sum_of_its_units(lines: list[str]) -> None:
    text = "\n".join(lines)
    for cut in (
        cutting.page_units,
        cutting.settings_units,
        cutting.question_units,
        cutting.line_units,
    ):
        assert three_way.join_units(cut(text)) == text


def test_a_page_is_cut_into_entries_paragraphs_and_blocks() -> None:
    text = (
        "---\nid: a\nrecord:\n  - id: b\n---\nOne\nand more\n\n\n:::: callout A\nIn it\n\n- b\n"
        "::::\nBehind\n\n::: check c\nLast\n"
    )
    assert [unit.text for unit in cutting.page_units(text)] == [
        *("---", "id: a", "record:\n  - id: b", "---", "One\nand more"),
        *(":::: callout A\nIn it\n\n- b\n::::", "Behind", "::: check c", "Last"),
    ]
