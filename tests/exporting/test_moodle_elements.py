"""Every type has the elements that Moodle's own exporter writes, in Moodle's order: its import
reads some of them without asking whether they are there (facts/question-banks.md#moodle-xml)."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from builder import importing
from builder.exporting import export
from tests.exporting import banked
from tests.exporting.banked import TODAY
from tests.support.golden import GOLDEN

_COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
_HEAD = (
    *("name", "questiontext", "generalfeedback", "defaultgrade", "penalty", "hidden"),
    "idnumber",
)
_SHOWN_TO_ALL = ("single", "shuffleanswers", "answernumbering", "showstandardinstruction")
_ORDER = ("layouttype", "selecttype", "selectcount", "gradingtype", "showgrading", "numberingstyle")
_UNITS = ("unitgradingtype", "unitpenalty", "showunits", "unitsleft")
_ESSAY = (
    *("responseformat", "responserequired", "responsefieldlines", "minwordlimit", "maxwordlimit"),
    *("attachments", "attachmentsrequired", "maxbytes", "filetypeslist", "graderinfo"),
    "responsetemplate",
)
WRITTEN = {
    "category": ("category", "info", "idnumber"),
    "description": _HEAD,
    "truefalse": (*_HEAD, "answer"),
    "multichoice": (*_HEAD, *_SHOWN_TO_ALL, *_COMBINED, "answer"),
    "shortanswer": (*_HEAD, "usecase", "answer"),
    "numerical": (*_HEAD, "answer", *_UNITS),
    "matching": (*_HEAD, "shuffleanswers", *_COMBINED, "subquestion"),
    "ordering": (*_HEAD, *_ORDER, *_COMBINED, "shownumcorrect", "answer"),
    "essay": (*_HEAD, *_ESSAY),
}
"""By Moodle's types, the elements of a question, each once."""
_ANSWERS = {"numerical": ["text", "feedback", "tolerance"], "ordering": ["text"]}


def showcase() -> etree._Element:
    return etree.parse(str(GOLDEN / "exported" / "showcase-1.0.0.xml")).getroot()


@pytest.mark.parametrize("kind", WRITTEN)
def test_a_question_has_the_elements_of_moodles_own_export(kind: str) -> None:
    questions = showcase().xpath(f"question[@type='{kind}']")
    assert questions
    for question in questions:
        names = dict.fromkeys(child.tag for child in question)
        assert [name for name in names if name not in ("hint", "tags")] == [*WRITTEN[kind]]
        for answer in question.iterchildren("answer"):
            inside = [child.tag for child in answer if child.tag != "file"]
            assert inside == _ANSWERS.get(kind, ["text", "feedback"])


def test_exported_ordering_question_sets_shownumcorrect() -> None:
    """Without it, Moodle stops with “Error writing to database”."""
    assert {one.text for one in showcase().iter("shownumcorrect")} == {"1"}


def test_no_element_is_of_an_unknown_type() -> None:
    assert {one.get("type") for one in showcase().iterchildren("question")} == set(WRITTEN)


@pytest.mark.parametrize(("form", "name"), [("gift", "bank.gift"), ("moodle-xml", "bank.xml")])
def test_open_doubt_survives_export_and_import(form: str, name: str, tmp_path: Path) -> None:
    question = {
        "id": "exit",
        "type": "choice",
        "prompt": "Where?",
        "options": [{"id": "a", "text": "Left"}, {"id": "b", "text": "Right"}],
        "unsure": ["Which way -- ask the warden."],
    }
    course = banked.written(tmp_path / "course", [question])
    bank = tmp_path / name
    made = export.export(export.Export(course, form, bank, False, TODAY))  # type: ignore[arg-type]
    assert made.diagnostics == ()
    again, _ = importing.run(importing.Request(bank, tmp_path / "again", None, TODAY))
    assert again is not None
    pages = "".join(page.read_text("utf-8") for page in (tmp_path / "again/pages").iterdir())
    dash = "––" if form == "moodle-xml" else "--"
    assert f'unsure:\n  - "Which way {dash} ask the warden."' in pages
    assert again.words.share == 1.0
    assert [one for one in again.made.listed if one.rest.kind == "comment"] == []
