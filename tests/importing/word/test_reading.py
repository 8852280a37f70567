"""What is read of Word files of all kinds: ``tests/golden/word.txt`` shows each as lines of text,
with what was not imported. ``pytest tests/importing/word --regenerate`` writes it again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from builder.importing.document.form import Mark, Text
from builder.importing.recognise.inlines import trimmed
from builder.importing.word.story import Line
from tests.importing.word.documents import DOCUMENTS
from tests.importing.word.files import read
from tests.importing.word.told import told
from tests.support import cases

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "word.txt"


def shown(content: bytes, folder: Path) -> str:
    document = read(content, folder)
    facts = {
        "title": document.title,
        "author": document.author,
        "language": document.language,
        "right to left": "yes" if document.right_to_left else "",
    }
    head = [f"{name}: {said}" for name, said in facts.items() if said]
    left = [
        f"{one.kind} at {one.place.part} {one.place.paragraph} ({one.place.begins}): {one.words}"
        for one in document.rest
    ]
    return "\n".join([*head, told(document), *(["--", *left] if left else []), ""])


@pytest.mark.whole
@pytest.mark.parametrize("make", DOCUMENTS, ids=lambda make: make.__name__)
def test_what_is_read(
    make: Callable[[], bytes], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    lines = shown(make(), tmp_path)
    if request.config.getoption("--regenerate"):
        cases.write(GOLDEN, make.__name__, lines)
    assert lines == cases.read(GOLDEN)[make.__name__]


def test_every_golden_case_has_its_document() -> None:
    assert set(cases.read(GOLDEN)) == {make.__name__ for make in DOCUMENTS}


def test_white_space_in_code_and_before_it_stays() -> None:
    code: frozenset[Mark] = frozenset({"code"})
    line = Line()
    line.add_text(" a ", frozenset(), "")
    line.add_text("\u00a0\u00a0return\u00a0x ", code, "")
    assert line.inlines() == (Text("a ", frozenset()), Text("\u00a0\u00a0return\u00a0x", code))
    alone = Line()
    alone.add_text("\u00a0\u00a0return x", code, "")
    assert alone.inlines() == (Text("\u00a0\u00a0return x", code),)
    assert trimmed(alone.inlines()) == alone.inlines()
