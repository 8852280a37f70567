"""What is written of a question into a sheet, of any type and with any words, is what is read."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.exporting.spreadsheet import (
    Entry,
    Option,
    columns,
    csv_of,
    needed_headings,
    row,
    workbook,
)
from builder.importing import formats
from builder.importing.document.form import Paragraph, Question, words_of
from tests.importing.banks import second_readers

_SIGNS = "abcxyzäß 0123456789=+-@;,|'\"\\→_<>&\n"
_WORDS = st.text(st.sampled_from(_SIGNS), min_size=1, max_size=24).map(
    lambda words: "w" + " ".join(words.split())
)
_LINE = st.one_of(_WORDS, st.sampled_from(["=1+1", "-5 and", "@x", "'=x", "a -> b", "_x0041_"]))
_SAID = st.one_of(st.just(""), _LINE)
_NUMBER = st.integers(-99999, 99999).map(str)


def _options(least: int, **parts: Any) -> st.SearchStrategy[tuple[Option, ...]]:
    one = st.builds(Option, text=_LINE, feedback=_SAID, **parts)
    return st.lists(one, min_size=least, max_size=6, unique_by=lambda one: one.text.casefold()).map(
        tuple
    )


def _entry(type_: str, **parts: Any) -> st.SearchStrategy[Entry]:
    common = dict.fromkeys(("explanation", "hint", "right", "partly", "wrong"), _SAID)
    return st.builds(Entry, st.just(type_), _LINE, **(common | parts))


def _choice(entry: Entry) -> bool:
    return sum(option.right for option in entry.options) == 1


ENTRIES = st.one_of(
    _entry("choice", options=_options(2, right=st.booleans())).filter(_choice),
    _entry(
        "choice",
        options=_options(2, right=st.booleans()),
        several=st.just(True),
        partial=st.booleans(),
    ).filter(lambda entry: any(option.right for option in entry.options)),
    _entry("true-false", answers=st.sampled_from([("true",), ("false",)])),
    _entry("fill-in", answers=st.lists(_LINE, min_size=1, max_size=4).map(tuple)),
    _entry("numeric", answers=st.tuples(_NUMBER)),
    _entry("matching", options=_options(2, match=_LINE), partial=st.booleans()).filter(
        lambda entry: len({option.match for option in entry.options}) > 1
    ),
    _entry("sequencing", options=_options(2), partial=st.booleans()),
    _entry("likert", statements=st.lists(_LINE, max_size=4).map(tuple), options=_options(2)),
    _entry("performance", options=_options(1, right=st.booleans())),
    _entry("reflection"),
)


def read(bank: list[Entry], name: str) -> list[Question]:
    rows = [row(entry) for entry in bank]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(csv_of(rows) if name.endswith(".csv") else packed(rows))
        form = formats.format_of(path)
        assert form is not None
        document, problems = form.read(path)
        assert problems == ()
        assert document is not None
        assert second_readers.count(path).kinds["questions"] == len(bank)
        return [one for one in document.blocks if isinstance(one, Question)]


def packed(rows: list[dict[str, str]]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for part, words in workbook.parts(rows, needed_headings(rows)).items():
            archive.writestr(part, words)
    return content.getvalue()


def entry_of(one: Question) -> Entry:
    """A question that was read as the entry that it was written from."""
    (prompt,) = one.prompt
    assert isinstance(prompt, Paragraph)
    pairs = zip(one.pairs, one.remarks or ((),) * len(one.pairs), strict=True)
    return Entry(
        one.kind,
        words_of(prompt.inlines),
        several=one.several,
        options=(
            *(
                Option(words_of(each.inlines), each.right, words_of(each.feedback))
                for each in one.options
            ),
            *(
                Option(words_of(left), False, words_of(remark), words_of(right))
                for (left, right), remark in pairs
            ),
        ),
        answers=one.answers,
        statements=tuple(map(words_of, one.statements)),
        partial=one.partial,
        **{key: words_of(line) for key, line in one.feedback.items()},  # type: ignore[arg-type]
    )


@pytest.mark.whole
@pytest.mark.parametrize("name", ["bank.csv", "bank.xlsx"])
@settings(max_examples=25, deadline=None)
@given(bank=st.lists(ENTRIES, min_size=1, max_size=4))
def test_what_is_written_is_what_is_read(name: str, bank: list[Entry]) -> None:
    assert list(map(entry_of, read(bank, name))) == bank


def test_further_columns_come_back_as_settings() -> None:
    wanted = {
        columns.FORGIVE: ("accents, spaces", {"forgive": ("accents", "spaces")}),
        columns.LIMIT: ("200", {"limit": "200"}),
        columns.REVEAL: ("never", {"reveal": "never"}),
    }
    for column, (written, setting) in wanted.items():
        entry = Entry("fill-in", "What?", answers=("glass",), settings={column: written})
        (one,) = read([entry], "bank.csv")
        assert one.settings == setting
