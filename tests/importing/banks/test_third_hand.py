"""Banks that others have written, and what another parser makes of ours.

``amc2moodle`` brings exports of Moodle and of its own with its tests; ``gift-pegjs`` is a parser of
GIFT with an example in its README. No package that was found carries Aiken.
"""

from __future__ import annotations

import json
import re
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from builder.importing import formats, making
from builder.importing.banks.gift_syntax import Record, records
from builder.importing.document.form import Box, Document, Paragraph, Question
from builder.importing.document.question_types import COUNT_NAMES
from builder.importing.document.tally import Counts
from builder.importing.writing import WrittenCourse, write
from tests.importing.banks import second_readers
from tests.support.node import node

ROOT = Path(__file__).resolve().parents[3]
PEGJS = ROOT / "node_modules" / "gift-pegjs"
KINDS = {
    "MC": "choice",
    "TF": "true-false",
    "Short": "fill-in",
    "Matching": "matching",
    "Numerical": "numeric",
    "Essay": "reflection",
    "Description": "",
}
"""By the types of gift-pegjs, ours."""


def moodle_banks() -> list[Path]:
    """The banks of ``amc2moodle``, which is not run."""
    spec = find_spec("amc2moodle")
    assert spec is not None
    assert spec.submodule_search_locations
    (folder,) = spec.submodule_search_locations
    return sorted(Path(folder).parent.glob("amc2moodle/tests/payload_*/*.xml"))


def come_in(path: Path) -> tuple[Document, Counts, WrittenCourse]:
    form = formats.format_of(path)
    assert form is not None
    document, problems = form.read(path)
    assert problems == ()
    assert document is not None
    return document, second_readers.count(path), write(document, "bank", "auto", lambda _: "")


NAMES = {path.name for path in moodle_banks()}


def test_all_of_their_banks_are_there() -> None:
    assert {
        *("QCM.xml", "QCM_wo-tikz.xml", "cleaning.xml", "numerical.xml"),
        "moodle-bank-exemple.xml",
    } == NAMES


@pytest.mark.parametrize("path", moodle_banks(), ids=lambda path: path.name)
def test_every_question_of_theirs_comes_in(path: Path) -> None:
    document, counts, made = come_in(path)
    boxes = [block for block in document.blocks if isinstance(block, Box)]
    # Counted once more, by their text alone.
    written = re.findall(r"<question type=\"(?!category|description)", path.read_text("utf-8"))
    assert counts.kinds["questions"] == len(written) == made.kinds["questions"] + len(boxes)
    listed = [rest for rest in document.rest if rest.kind == "question"]
    assert [rest.place.paragraph for rest in listed] == [box.place.paragraph for box in boxes]
    assert making.compare_words(counts, document, made).share == 1.0
    # Each type has as many as the second reader finds, but for what is kept in its words.
    for name in COUNT_NAMES:
        kept = sum("fewer than two" in box.undecided for box in boxes) if name == "choice" else 0
        assert made.kinds.get(name, 0) == counts.kinds.get(name, 0) - kept, name
    assert made.kinds.get("pictures", 0) == counts.kinds.get("pictures", 0)


@pytest.mark.parametrize("path", moodle_banks(), ids=lambda path: path.name)
def test_theirs_cut_short_is_told_with_its_line(path: Path, tmp_path: Path) -> None:
    cut = tmp_path / path.name
    words = path.read_text("utf-8")
    cut.write_text(words[: words.rindex("</question>")], "utf-8")
    form = formats.format_of(cut)
    assert form is not None
    document, (found,) = form.read(cut)
    assert (document, found.code) == (None, "bank-damaged")
    assert found.position.line >= words[: words.rindex("</question>")].count("\n")


def by_pegjs(texts: list[str]) -> list[list[str] | None]:
    """The types of questions by gift-pegjs; ``None`` for what it does not read."""
    found = subprocess.run(
        [node(), str(Path(__file__).with_name("gift_pegjs.mjs"))],
        input=json.dumps(texts),
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return [json.loads(line) for line in found.stdout.splitlines()]


def kinds_of(words: str, folder: Path) -> list[str]:
    """The kinds of the questions of a bank as ours reads it; empty for mere text."""
    path = folder / "bank.gift"
    path.write_text(words, "utf-8")
    form = formats.format_by_name("gift", path)
    assert form is not None
    document, _ = form.read(path, named=True)
    assert document is not None
    kinds = [
        block.kind if isinstance(block, Question) else "" if isinstance(block, Paragraph) else "?"
        for block in document.blocks
    ]
    return list(dict.fromkeys(kinds)) if set(kinds) == {""} else kinds


def test_the_example_of_another_parser_comes_in(tmp_path: Path) -> None:
    readme = (PEGJS / "README.md").read_text("utf-8")
    (example,) = re.findall(r"let sampleQuestion = `\n(.*?)`;", readme, re.DOTALL)
    wanted = ["true-false", "choice", "choice", "numeric"]
    assert kinds_of(example, tmp_path) == wanted
    assert [KINDS[kind] for kind in by_pegjs([example])[0] or ()] == wanted


def test_another_parser_takes_ours_for_the_same(tmp_path: Path) -> None:
    bank = ROOT / "tests" / "golden" / "banks" / "gift" / "bank.gift"
    texts = [
        part.text
        for part in records(bank.read_text("utf-8").replace("\r\n", "\n"))
        if isinstance(part, Record)
    ]
    theirs = by_pegjs(texts)
    read = [(text, found[0]) for text, found in zip(texts, theirs, strict=True) if found]
    # What it does not read has letters unescaped that ours takes for what they are.
    assert len(read) == 21
    different = {}
    for text, kind in read:
        (own,) = kinds_of(text, tmp_path)
        if own != KINDS[kind]:
            different[text] = (own, KINDS[kind])
    # A choice of one answer is no question of a course.
    assert different == {"Only one {~%100%This}": ("?", "choice")}
