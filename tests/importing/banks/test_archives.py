"""Questions within archives of other systems: Moodle's backups of courses, and H5P packages."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from builder import importing
from builder.importing import formats
from builder.importing.banks import moodle_backup
from tests.importing.banks.told import told
from tests.importing.documents import PNG
from tests.importing.source import TODAY


def question(number: int, kind: str, words: str, own: str = "", parent: int = 0) -> str:
    return (
        f"<question id='{number}'><parent>{parent}</parent><name>Name {number}</name>"
        f"<questiontext>{words}</questiontext><questiontextformat>1</questiontextformat>"
        "<generalfeedback>$@NULL@$</generalfeedback><defaultmark>2.0000000</defaultmark>"
        f"<penalty>0.0000000</penalty><qtype>{kind}</qtype><hidden>0</hidden>"
        f"<plugin_qtype_{kind}_question>{own}</plugin_qtype_{kind}_question></question>"
    )


def answer(number: int, words: str, share: str, feedback: str = "") -> str:
    return (
        f"<answer id='{number}'><answertext>{words}</answertext><answerformat>1</answerformat>"
        f"<fraction>{share}</fraction><feedback>{feedback}</feedback></answer>"
    )


def entry(number: int, idnumber: str, *versions: str) -> str:
    each = "".join(
        f"<question_versions id='{number}{at}'><version>{at}</version><status>ready</status>"
        f"<questions>{one}</questions></question_versions>"
        for at, one in enumerate(versions, start=1)
    )
    return (
        f"<question_bank_entry id='{number}'><idnumber>{idnumber}</idnumber><question_version>"
        f"{each}</question_version></question_bank_entry>"
    )


CHOICE = (
    f"<answers>{answer(1, 'Left', '1.0', 'Yes')}{answer(2, 'Right', '0.0')}</answers>"
    "<multichoice id='1'><single>1</single><shuffleanswers>0</shuffleanswers></multichoice>"
)
TRUTH = (
    f"<answers>{answer(3, 'Wahr', '0.0')}{answer(4, 'Falsch', '1.0')}</answers>"
    "<truefalse id='1'><trueanswer>3</trueanswer></truefalse>"
)
NUMBER = (
    f"<answers>{answer(5, '7', '1.0')}</answers><numerical_records><numerical_record id='1'>"
    "<answer>5</answer><tolerance>0.5</tolerance></numerical_record></numerical_records>"
)
PAIRS = (
    "<matches><match id='1'><questiontext>ice</questiontext><questiontextformat>1"
    "</questiontextformat><answertext>cold</answertext></match><match id='2'><questiontext>tea"
    "</questiontext><questiontextformat>1</questiontextformat><answertext>hot</answertext></match>"
    "</matches>"
)
ORDER = (
    f"<answers>{answer(6, 'Ring', '1.0')}{answer(7, 'Leave', '2.0')}</answers>"
    "<ordering id='1'><gradingtype>0</gradingtype></ordering>"
)
BACKUP = (
    "<question_categories><question_category id='1'><name>top</name><parent>0</parent>"
    "<questions/></question_category><question_category id='2'><name>Fire</name><parent>1</parent>"
    "<idnumber>$@NULL@$</idnumber><question_bank_entries>"
    + entry(
        1,
        "FIRE-1",
        question(1, "truefalse", "Old wording?"),
        question(2, "multichoice", "Where &amp;amp; how?", CHOICE),
    )
    + entry(2, "$@NULL@$", question(3, "truefalse", "&lt;p&gt;Is it?&lt;/p&gt;", TRUTH))
    + entry(3, "$@NULL@$", question(4, "numerical", "How many?", NUMBER))
    + entry(4, "$@NULL@$", question(5, "match", "Pair.", PAIRS))
    + entry(5, "$@NULL@$", question(6, "ordering", "Order.", ORDER))
    + entry(
        6,
        "$@NULL@$",
        question(
            7,
            "multianswer",
            "The exit is {#1}.",
            "<multianswer id='1'><sequence>8</sequence></multianswer>",
        ),
    )
    + entry(7, "$@NULL@$", question(8, "shortanswer", "{1:SHORTANSWER:=green}", parent=7))
    + "</question_bank_entries></question_category></question_categories>"
)
READ = """Moodle backup
questions: 6
choice: 1
options: 2
questions with tags: 5
true or false: 1
number: 1
matching: 1
sequencing: 1
fill-in: 1
--
# Fire
[choice at 1, name FIRE-1, tags Fire, weight 2, shuffle no]
    Where & how?
  *  Left # Yes
  -  Right
[true-false at 1, name Name 3, tags Fire, weight 2]
    Is it?
  = false
[numeric at 1, name Name 4, tags Fire, weight 2]
    How many?
  = 7 ± 0.5
[matching at 1, name Name 5, tags Fire, weight 2, partial yes]
    Pair.
  ice -> cold
  tea -> hot
[sequencing at 1, name Name 6, tags Fire, weight 2, partial yes]
    Order.
  = Ring
  = Leave
[fill-in at 1, name Name 7, tags Fire]
    The exit is _____.
  = green
"""


def packed(folder: Path, files: dict[str, bytes], name: str = "course.mbz") -> Path:
    path = folder / name
    with tarfile.open(path, "w:gz") as archive:
        for member, content in files.items():
            about = tarfile.TarInfo(member)
            about.size = len(content)
            archive.addfile(about, io.BytesIO(content))
    return path


def zipped(folder: Path, files: dict[str, bytes], name: str) -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        for member, content in files.items():
            archive.writestr(member, content)
    return path


def test_moodle_backup_questions_are_read_in_last_version(tmp_path: Path) -> None:
    files = {"moodle_backup.xml": b"<x/>", "files/a": b"x" * 99, "questions.xml": BACKUP.encode()}
    path = packed(tmp_path, files)
    assert told(path) == READ
    assert told(zipped(tmp_path, files, "old.mbz")) == READ
    made, _ = importing.run(importing.Request(path, tmp_path / "made", None, TODAY))
    assert made is not None
    assert (made.words.share, [one for one in made.problems if one.severity == "error"]) == (1, [])


def refused(path: Path) -> str:
    form = formats.format_of(path)
    assert form is not None
    document, (problem,) = form.read(path)
    assert document is None
    return f"{problem.code}: {problem.message}"


def test_a_backup_without_questions_is_told(tmp_path: Path) -> None:
    assert refused(packed(tmp_path, {"moodle_backup.xml": b"<x/>"})) == (
        "bank-format: This is a backup without questions. It cannot be read as a question bank."
    )


@pytest.mark.parametrize("cut", [20, 60, -30])
def test_a_backup_that_breaks_off_is_told(cut: int, tmp_path: Path) -> None:
    path = packed(tmp_path, {"questions.xml": BACKUP.encode()})
    path.write_bytes(path.read_bytes()[:cut])
    assert refused(path).startswith("bank-damaged: This question bank cannot be read: ")


def test_oversized_moodle_backup_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moodle_backup, "_MOST", 1 << 20)
    path = packed(tmp_path, {"files/a": bytes(3 << 20), "questions.xml": BACKUP.encode()})
    assert refused(path) == (
        "bank-damaged: This question bank cannot be read: it unpacks to more than 0 GiB."
    )


def test_entities_of_a_backup_are_not_read(tmp_path: Path) -> None:
    bomb = b"<!DOCTYPE x [<!ENTITY a 'b'>]><question_categories>&a;</question_categories>"
    assert refused(packed(tmp_path, {"questions.xml": bomb})).startswith("bank-damaged")


def test_packed_file_without_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.mbz"
    path.write_bytes(gzip.compress(b"notes"))
    assert refused(path).startswith("bank-damaged: This question bank cannot be read: it cannot be")


def piece(kind: str, title: str, **params: Any) -> dict[str, Any]:
    return {"library": f"H5P.{kind} 1.16", "params": params, "metadata": {"title": title}}


SET = {
    "introPage": {"introduction": "<p>Hello</p>"},
    "questions": [
        piece(
            "MultiChoice",
            "Ways out",
            question="<p>Which are ways out?</p>",
            answers=[
                {"text": "<div>Stairs</div>", "correct": True, "tipsAndFeedback": {"tip": "Look"}},
                {"text": "Lift", "tipsAndFeedback": {"chosenFeedback": "<p>It stops.</p>"}},
                {"text": "Door", "correct": True},
            ],
            behaviour={"singlePoint": False, "randomAnswers": False},
            media={"type": {"params": {"file": {"path": "images/a.png"}, "alt": "A plan"}}},
            overallFeedback=[{"from": 0, "to": 100, "feedback": "Well done"}],
        ),
        piece("TrueFalse", "", question="Is it?", correct="false"),
        piece("SingleChoiceSet", "", choices=[{"question": "One?", "answers": ["Yes", "No"]}]),
        piece("Column", "", content=[{"content": piece("AdvancedText", "", text="<p>Read.</p>")}]),
        piece(
            "Blanks", "Gaps", text="<p>Fill.</p>", questions=["<p>It is *green/lit:a hint*.</p>"]
        ),
        piece("DragText", "", taskDescription="Drag.", textField="Ice is *cold*, tea *hot*."),
        piece("Essay", "", taskDescription="<p>Why?</p>", keywords=[{"keyword": "smoke"}]),
        piece("Summary", "Sum", intro="Choose"),
    ],
}
TOLD = """H5P
questions: 7
choice: 4
options: 9
questions with feedback: 1
true or false: 1
fill-in: 1
reflection: 1
--
[choice at 2, name Ways out, partial yes, several yes, shuffle no]
    [png, 70 bytes, 'A plan']
    Which are ways out?
  *  Stairs
  -  Lift # It stops.
  *  Door
[true-false at 3]
    Is it?
  = false
[choice at 4]
    One?
  *  Yes
  -  No
Read.
[fill-in at 7, name Gaps, forgive ('spaces',)]
    Fill.
    It is _____.
  = green
  = lit
[choice at 8]
    Drag.
    Ice is _____, tea […].
  *  cold
  -  hot
[choice at 8]
    Drag.
    Ice is […], tea _____.
  *  hot
  -  cold
[reflection at 9]
    Why?
--
tip at 2: Look (an option has feedback, and no more)
feedback of a quiz at 2: Well done (a course has no feedback for a share of the marks)
tip at 7: a hint (a gap has feedback, and no more)
keyword at 9: smoke (nobody marks a reflection in a course)
question at 10: Sum (a course has no questions of H5P’s type “Summary”: write it as another one)
"""


def h5p(folder: Path, content: object, main: str = "QuestionSet") -> Path:
    files = {
        "h5p.json": json.dumps({"mainLibrary": f"H5P.{main}", "title": "All"}).encode(),
        "content/content.json": json.dumps(content).encode(),
        "content/images/a.png": PNG,
    }
    return zipped(folder, files, "set.h5p")


def test_the_questions_of_a_question_set_are_read(tmp_path: Path) -> None:
    path = h5p(tmp_path, SET)
    assert told(path) == TOLD
    made, _ = importing.run(importing.Request(path, tmp_path / "made", None, TODAY))
    assert made is not None
    assert (made.words.share, [one for one in made.problems if one.severity == "error"]) == (1, [])


def test_a_package_that_asks_nothing_is_told(tmp_path: Path) -> None:
    assert refused(h5p(tmp_path, {"greeting": "Hi"}, "GreetingCard")) == (
        "bank-format: This is H5P content of the type “GreetingCard”, without a question that a "
        "course can ask. It cannot be read as a question bank."
    )


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"h5p.json": b"{}"}, "it has no “content/content.json”"),
        ({"h5p.json": b"{", "content/content.json": b"{}"}, "its content is no JSON"),
        ({"h5p.json": b"{}", "content/content.json": b"[" * 99999}, "its content is no JSON"),
        ({"h5p.json": b"{}", "content/content.json": b" " * 9_000_000}, "is larger than 8 MB"),
    ],
)
def test_a_damaged_package_is_told(files: dict[str, bytes], why: str, tmp_path: Path) -> None:
    said = refused(zipped(tmp_path, files, "set.h5p"))
    assert said.startswith("bank-damaged: This question bank cannot be read: ")
    assert why in said
