"""What is read of banks of each format: a folder of ``tests/golden/banks/`` has a bank, or the
folder of one that is a zip, and what both readers make of it. ``pytest tests/importing/banks
--regenerate`` writes it again.

Those of a third hand are what others' programs have made of questions of ours: text2qti 0.8.0 and
qti-package-maker 26.7.14 (its pool of Blackboard, and its package of QTI 2.1)."""

from pathlib import Path

import pytest

from builder.importing import formats
from builder.importing.banks import html
from builder.importing.document import tally
from builder.importing.document.form import Image, Paragraph, Place
from builder.importing.document.question_types import COUNT_NAMES
from builder.importing.writing import write
from tests.importing.banks import second_readers
from tests.importing.banks.told import told
from tests.importing.banks.zipped import zipped

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "banks"
CASES = sorted(path for path in GOLDEN.iterdir() if path.is_dir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_read(case: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    (bank,) = (path for path in case.iterdir() if path.stem == "bank")
    lines = told(zipped(bank, tmp_path) if bank.is_dir() else bank)
    if request.config.getoption("--regenerate"):
        (case / "expected.txt").write_text(lines, "utf-8", newline="\n")
    assert lines == (case / "expected.txt").read_text("utf-8")


COUNTED = (*COUNT_NAMES, "options", "questions with feedback", "questions with tags")
KEPT = {
    "aiken": {"choice": 1, "options": 1},
    "gift": {"choice": 2, "options": 2, "questions with tags": 2},
    # What is said of an answer that is not right is for the author to decide.
    "qti-1": {"questions with feedback": 1},
    "sheet": {
        **{"choice": 1, "options": 1, "matching": 1, "sequencing": 1},
        "questions with feedback": 1,
    },
}
"""How many more the file has of what the report counts, since it cannot be asked as it stands."""


@pytest.mark.whole
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_second_reader_counts_match_import_and_course(case: Path, tmp_path: Path) -> None:
    (bank,) = (path for path in case.iterdir() if path.stem == "bank")
    path = zipped(bank, tmp_path) if bank.is_dir() else bank
    form = formats.format_of(path)
    assert form is not None
    document, _ = form.read(path)
    assert document is not None
    inside = second_readers.count(path).kinds
    read = tally.count_bank(document).kinds
    for found in (read, write(document, "bank", "auto", lambda _: "").kinds):
        more = {kind: inside.get(kind, 0) - found.get(kind, 0) for kind in COUNTED}
        assert {kind: many for kind, many in more.items() if many} == KEPT.get(case.name, {})
    asked = sum(read.get(kind, 0) for kind in COUNT_NAMES)
    listed = sum(one.kind == "question" for one in document.rest)
    assert (read["questions"], read.get("questions not asked", 0)) == (asked + listed, listed)


def nothing_seen(address: str, alternative: str | None, place: Place) -> Image:
    pytest.fail(f"there is no picture: {address} {alternative}")


@pytest.mark.parametrize(
    "words",
    [
        "Where?",
        " \t two  words\n",
        "",
        "\u00a0x\u00a0",
        "a\x0bb\x00",
        "a > b",
        "1\r\n2",
        "\ufeff\u2028",
    ],
)
def test_bare_text_reads_like_text_among_elements(words: str) -> None:
    def read(markup: str) -> object:
        found = html.blocks(
            markup, Place("lines", 1), nothing_seen, lambda *told: pytest.fail(f"{told}")
        )
        return tuple(one.inlines for one in found if isinstance(one, Paragraph))

    among = read(f"<div><p>{words}</p></div>")
    assert (read(words), read(f"<p>{words}</p>"), read(f"<p>{words}")) == (among, among, among)


AIKEN = "Café: wie heißt das?\r\nA) Kaffeehaus – „hier“\r\nB) Tee\r\nANSWER: A\r\n"
OLD = (
    "warning bank-encoding This file is not UTF-8: it was read as Windows-1252, which older "
    "Windows programs write."
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_are_read_however_they_are_written(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "bank.txt"
    path.write_bytes(AIKEN.encode(encoding))
    warned = f"--\nbank.txt: {OLD}\n" if encoding == "cp1252" else ""
    assert told(path) == (
        "Aiken\nquestions: 1\nchoice: 1\noptions: 2\n--\n[choice at 1]\n"
        "    Café: wie heißt das?\n  * A) Kaffeehaus – „hier“\n  - B) Tee\n" + warned
    )
