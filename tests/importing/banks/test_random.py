"""Banks of nobody's making: no word of them is lost, both readers find as much, and ids stay when
they are imported again."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.importing import formats, making
from builder.importing.again import matching, memory
from builder.importing.document import tally
from builder.importing.document.form import Document
from builder.importing.document.question_types import COUNT_NAMES
from builder.importing.document.tally import Counts, split
from builder.importing.writing import Names, WrittenCourse, write
from tests.importing.banks import second_readers
from tests.importing.banks.writers import BANKS, WRITERS, Asked

FORMATS = sorted(WRITERS)
COUNTED = (
    *("questions", *COUNT_NAMES),
    *("options", "questions with feedback", "questions with tags"),
)


def read(bank: list[Asked], form: str) -> tuple[Document, Counts]:
    writer, name = WRITERS[form]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_text(writer(bank), "utf-8", newline="\n")
        row = formats.format_of(path)
        assert row is not None
        document, problems = row.read(path)
        assert (problems, document is not None) == ((), True)
        assert document is not None
        return document, second_readers.count(path)


def made(document: Document, names: Names | None = None) -> WrittenCourse:
    return write(document, "bank", "auto", lambda _: "", names)


@pytest.mark.whole
@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=30, deadline=None)
@given(bank=BANKS)
def test_no_word_is_lost(form: str, bank: list[Asked]) -> None:
    document, counts = read(bank, form)
    course = made(document)
    words = making.compare_words(counts, document, course)
    written = Counter(
        word for one in bank for text in (one.prompt, *one.answers) for word in split(text)
    )
    came = Counter(word for text in course.words for word in split(text))
    assert not written - came
    assert words.share == 1.0
    first = tally.count_bank(document)
    assert {kind: counts.kinds.get(kind, 0) for kind in COUNTED} == {
        kind: first.kinds.get(kind, 0) for kind in COUNTED
    }
    inside = Counter(word for text in counts.words for word in split(text))
    assert not inside - Counter(first.words)
    assert making.compare_words(first, document, course).share == 1.0
    assert len(course.questions) == counts.kinds["questions"] == len(bank)
    assert course.kinds["options"] == counts.kinds["options"]


@pytest.mark.whole
@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=20, deadline=None)
@given(bank=BANKS, data=st.data())
def test_ids_stay_whatever_comes_and_goes(
    form: str, bank: list[Asked], data: st.DataObject
) -> None:
    first = made(read(bank, form)[0])
    before = memory.remember(first)
    changed = data.draw(st.permutations(bank))[: data.draw(st.integers(1, len(bank)))]
    document, _ = read(changed, form)
    known = matching.known_ids(before, made(document))
    second = made(document, Names(known, matching.taken_ids(before)))
    ids = {one.prompt: (one.id, one.letters) for one in first.questions}
    assert {one.prompt: (one.id, one.letters) for one in second.questions} == {
        one.prompt: ids[one.prompt] for one in second.questions
    }
    assert len(second.questions) == len(changed)
