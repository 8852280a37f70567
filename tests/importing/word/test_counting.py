"""The second reader finds in every file what the reader gives: nothing is lost without a word."""

from collections import Counter
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from builder.importing import word
from builder.importing.document.tally import split, tally, words
from tests.importing.word.documents import DOCUMENTS
from tests.importing.word.files import docx, item, p, r, read, row, table, written

EQUAL = (
    *("headings", "tables", "rows", "cells", "links", "notes", "comments", "equations"),
    *("text boxes", "headers and footers", "embedded files"),
)
"""Kinds that both count alike; the others differ where a picture is not there, an item has no
label, or a change has no words."""
OTHERWISE = {"list items": {"lists"}, "pictures": {"pictures"}, "deletions": {"tables"}}


@pytest.mark.whole
@pytest.mark.parametrize("make", DOCUMENTS, ids=lambda make: make.__name__)
def test_all_that_is_in_a_file_is_read_or_listed(make: Callable[[], bytes], tmp_path: Path) -> None:
    path = written(make(), tmp_path)
    counted = word.counts(path)
    document, _ = word.read(path)
    assert document is not None
    given = [*words(document.blocks), *(w for one in document.notes.values() for w in words(one))]
    left = [w for one in document.rest for w in split(one.words)]
    missing, moved = _differences(list(counted.words), given)
    # A caption is told with its table, wherever it stands.
    assert Counter(missing) <= Counter(moved)
    assert not Counter(counted.words) - Counter(given) - Counter(left)
    found = tally(document)
    assert {kind: counted.kinds.get(kind, 0) for kind in EQUAL} == {
        kind: found.get(kind, 0) for kind in EQUAL
    }
    for kind, names in OTHERWISE.items():
        if make.__name__ not in names:
            assert counted.kinds.get(kind, 0) == found.get(kind, 0), kind


def _differences(wanted: list[str], given: list[str]) -> tuple[list[str], list[str]]:
    """The words that do not come in their order, and those that come instead."""
    matcher = SequenceMatcher(None, wanted, given, autojunk=False)
    changed = [one for one in matcher.get_opcodes() if one[0] != "equal"]
    return (
        [word for _, first, last, _, _ in changed for word in wanted[first:last]],
        [word for _, _, _, first, last in changed for word in given[first:last]],
    )


def test_kinds_and_words_are_counted(tmp_path: Path) -> None:
    content = docx(
        p("A head", properties='<w:outlineLvl w:val="0"/>')
        + p(
            "Seen ",
            r("hidden", "<w:vanish/>"),
            " and ",
            "<w:del><w:r><w:t>gone</w:t></w:r></w:del>",
        )
        + item("listed")
        + table(row("a", "b"))
    )
    counted = word.counts(written(content, tmp_path))
    assert counted.words == ("A", "head", "Seen", "and", "listed", "a", "b")
    assert dict(counted.kinds) == {
        **{"words": 7, "headings": 1, "list items": 1, "tables": 1, "rows": 1, "cells": 2},
        "deletions": 1,
    }


def test_a_file_that_cannot_be_read_has_nothing_to_count(tmp_path: Path) -> None:
    for name, content in (("a.docx", b"no zip"), ("b.docx", docx("<w:p>"))):
        counted = word.counts(written(content, tmp_path, name))
        assert (dict(counted.kinds), counted.words) == ({}, ())


def test_words_of_a_document_are_given_back_in_order(tmp_path: Path) -> None:
    document = read(docx(p("one-two", r(" thr"), r("ee")) + table(row("four", "five"))), tmp_path)
    assert words(document.blocks) == ["one", "two", "three", "four", "five"]
