"""The approval sheet at the end of a review document: filled in, read back, written down."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder import cli
from tests.conftest import ROOT
from tests.exporting.reviewed_course import sent, written
from tests.exporting.reviewer import Reviewer, W, text

pytestmark = pytest.mark.whole

FILE = "review.docx"
HOW, WET, PAGE = "question/how", "question/wet", "page/rain"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    sent(written(tmp_path / "course"), FILE)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, arguments, catch_exceptions=False)


def read(*more: str) -> Result:
    return run("review", "course", "--read", FILE, *more)


def approve(*more: str, file: str = FILE) -> Result:
    return run("approve", "course", "--file", file, *more)


def approved() -> list[tuple[str, ...]]:
    file = Path("course/approvals.yaml")
    text = file.read_text("utf-8") if file.exists() else ""
    return re.findall(r"part: (.*)\n  by: (.*)\n  on: (.*)\n", text)


def code(part: str) -> str:
    [one] = json.loads(run("approve", "course", part, "--json").stdout)["parts"]
    return str(one["code"])


def fill(*rows: tuple[str, ...], tracked: bool = True) -> None:
    with Reviewer(Path(FILE)) as reviewer:
        for row in rows:
            reviewer.fill(*row, tracked=tracked)


def edit(name: str, old: str, new: str) -> None:
    path = Path("course", name)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize("tracked", [True, False])
def test_filled_sheet_rows_are_listed_with_recording_command(
    tracked: bool,
) -> None:
    fill((WET, "Ann Lee", "2026-01-20"), (PAGE, "Bo Ray", ""), tracked=tracked)
    result = read()
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "No comments and no changes in review.docx\n\n"
        "In the approval sheet, 2 rows are filled in:\n"
        f"   page/rain  {code(PAGE)}  Bo Ray\n"
        "      Can be recorded, with the date 2026-01-31.\n"
        f"   question/wet  {code(WET)}  Ann Lee, 2026-01-20\n"
        "      Can be recorded.\n\n"
        "To record them: scorm-builder approve course --file review.docx\n"
    )
    assert approved() == []


def test_approval_sheet_is_recorded_only_once() -> None:
    fill((WET, "Ann Lee", "2026-01-20"), (PAGE, "Bo Ray", "20.1.2026"))
    result = approve()
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith(
        "2 parts approved by Bo Ray, Ann Lee on 2026-01-20: written to "
        f"{Path('course/approvals.yaml')}.\n"
    )
    assert approved() == [(PAGE, "Bo Ray", "2026-01-20"), (WET, "Ann Lee", "2026-01-20")]
    assert "nothing is new (2 rows are already in approvals.yaml)." in read().stdout
    again = approve()
    assert (again.exit_code, again.stderr) == (0, "")
    assert again.stdout == (
        "Nothing to record: approvals.yaml already has the approvals in review.docx (2 rows).\n"
    )


def test_changed_row_is_rejected_and_unchanged_rows_recorded() -> None:
    fill((WET, "Ann Lee", "2026-01-20"), (HOW, "Ann Lee", "2026-01-20"))
    old = code(HOW)
    edit("questions/all.yaml", "What do you take?", "What do you wear?")
    told = " ".join(read().stdout.split())
    assert (
        f"Not recorded: The text of “{HOW}” has changed: the list has the code {old}, and the "
        f"current text has {code(HOW)}."
    ) in told
    assert "To record the row that can be: scorm-builder approve course --file review.docx" in told
    result = approve()
    assert result.exit_code == 1
    assert result.stderr.startswith(
        f"review.docx: error sheet-code The text of “{HOW}” has changed"
    )
    assert approved() == [(WET, "Ann Lee", "2026-01-20")]
    assert approve().exit_code == 1
    assert approved() == [(WET, "Ann Lee", "2026-01-20")]


def test_signature_under_reviewers_own_change_is_rejected() -> None:
    fill((WET, "Ann Lee", "2026-01-20"), (HOW, "Ann Lee", "2026-01-20"))
    with Reviewer(Path(FILE)) as reviewer:
        reviewer.replace("What do you take?", "What do you wear?")
    rows = {row["part"]: row for row in json.loads(read("--json").stdout)["sheet"]}
    assert {part: row["overtaken"] for part, row in rows.items()} == {WET: False, HOW: True}
    assert rows[HOW]["state"] == "wrong"
    assert (
        f"{HOW} {code(HOW)} Ann Lee, 2026-01-20 Not recorded: The document in which “{HOW}” was "
        "signed differs from the course: the document says “What do you wear?”, the course says "
        "“What do you take?”. Ask Ann Lee to read and sign a new document: scorm-builder review "
        "course"
    ) in " ".join(read().stdout.split())

    told = " ".join(read("--apply", "all").stdout.split())
    again = (
        "Ask Ann Lee to read and sign a new document: scorm-builder review course Or, if they "
        f'have approved the current text, record it: scorm-builder approve course {HOW} --by "Ann '
        'Lee"'
    )
    assert told == (
        "Applied 1 change in course/questions/all.yaml course/remarks.yaml already has all of "
        "these remarks. No remark of this document is open. These texts have changed since they "
        f"were signed in this document, so they must be approved again: {HOW} {again}"
    )
    assert f"and the current text has {code(HOW)}. {again}" in " ".join(read().stdout.split())
    assert read("--json").exit_code == 0
    assert approve().exit_code == 1
    assert approved() == [(WET, "Ann Lee", "2026-01-20")]


def test_unsafe_name_is_not_inserted_into_suggested_command() -> None:
    fill((HOW, 'Ann"; ls; "', "2026-01-20"))
    edit("questions/all.yaml", "What do you take?", "What do you wear?")
    told = read().stdout
    assert f'\n         scorm-builder approve course {HOW} --by "NAME"\n' in f"{told}\n"
    assert "Ask the person to read and sign a new document:" in told


ROWS = [
    (("", "2026-01-20"), "it has no name"),
    (("", "", "Ann Lee"), "it has no name"),
    (("Ann Lee", "2026-02-01"), "2026-02-01 is in the future"),
    (("Ann Lee", "3/4/2025"), "“3/4/2025” can be two days: write it like 2026-01-31"),
    (("Ann Lee", "20/1/26"), "“20/1/26” has no year of four digits: write it like 2026-01-31"),
    (("Ann Lee", "0026-01-20"), "“0026-01-20” is too long ago for any course"),
    (("Ann Lee", "soon"), "“soon” is not a day such as 2026-01-31"),
    (("Ann Lee", "2026-02-30"), "“2026-02-30” is not a day such as 2026-01-31"),
]


@pytest.mark.parametrize(("row", "said"), ROWS)
def test_a_row_that_cannot_be_recorded_says_why(row: tuple[str, ...], said: str) -> None:
    fill((WET, *row))
    assert said in " ".join(read().stdout.split())
    result = approve()
    assert (result.exit_code, result.stdout) == (1, "")
    head = "review.docx: error sheet-row The row of “question/wet” in the approval sheet cannot be "
    assert result.stderr.startswith(f"{head}recorded: ")
    assert said in result.stderr
    assert '--by "NAME" --on DATE' in result.stderr
    assert "\u202e" not in result.stderr
    assert approved() == []


@pytest.mark.parametrize("name", ["\u202eeeL nnA", "n" * 201])
def test_unsafe_name_in_approval_sheet_is_refused(name: str) -> None:
    fill((WET, name, "2026-01-20"))
    result = approve()
    assert (result.exit_code, result.stdout, approved()) == (1, "", [])
    assert "does not look like the name of a person" in result.stderr
    assert "\u202e" not in result.stderr


DAYS = [
    ("2026-01-20", "2026-01-20"),
    ("2026\u201101\u201120", "2026-01-20"),
    ("20.01.2026", "2026-01-20"),
    ("20/1/2026", "2026-01-20"),
    ("1/20/2026", "2026-01-20"),
    ("5/5/2025", "2025-05-05"),
    ("20 January 2026", "2026-01-20"),
    ("20th Jan. 2026", "2026-01-20"),
    ("Tuesday, January 20, 2026", "2026-01-20"),
    ("1 Sept 2025", "2025-09-01"),
    ("\u200f\u0662\u0660\u0662\u0666-\u0660\u0661-\u0662\u0660", "2026-01-20"),
]


@pytest.mark.parametrize(("day", "meant"), DAYS)
def test_days_are_read_as_people_write_them(day: str, meant: str) -> None:
    fill((WET, "Ann Lee", day))
    assert approve().exit_code == 0
    assert approved() == [(WET, "Ann Lee", meant)]


def test_command_options_supply_missing_name_and_date() -> None:
    fill((WET, "", "", "signed by hand"))
    assert approve("--by", "Cy Dee", "--on", "2026-01-02").exit_code == 0
    assert approved() == [(WET, "Cy Dee", "2026-01-02")]


def test_approvals_that_the_sheet_was_printed_with_are_no_news() -> None:
    run("approve", "course", WET, "--by", "Old One", "--on", "2026-01-01")
    sent(Path("course").absolute(), FILE)
    edit("questions/all.yaml", "always", "often")
    assert "nothing is new (1 row is already in approvals.yaml)." in read().stdout
    run("approve", "course", WET, "--by", "New One")
    assert "nothing is new (1 row is already in approvals.yaml)." in read().stdout
    assert approve().exit_code == 0
    assert approved() == [(WET, "New One", "2026-01-31")]


def test_empty_or_missing_approval_sheet_is_an_error() -> None:
    empty = approve()
    assert empty.exit_code == 2
    assert "Nobody has filled in a row of the approval sheet in “review.docx”." in empty.stderr
    with Reviewer(Path(FILE)) as reviewer:
        for table in list(reviewer.root.iter(f"{W}tbl")):
            table.getparent().remove(table)
    without = approve()
    assert without.exit_code == 2
    assert "“review.docx” has no approval sheet" in without.stderr


def test_the_sheet_of_another_course_approves_nothing() -> None:
    sent(ROOT / "tests/golden/course", str(Path("other.docx").absolute()))
    with Reviewer(Path("other.docx")) as reviewer:
        reviewer.fill("quiz/quiz", "Ann Lee", "2026-01-20")
    result = approve(file="other.docx")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("other.docx: error remark-foreign ")
    with Reviewer(Path("other.docx")) as reviewer:
        reviewer.forget("docProps/custom.xml")
        for node in list(reviewer.root.iter(f"{W}t")):
            node.text = re.sub(r"\[f:[^\]]*\]", "", node.text or "")
    result = approve(file="other.docx")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("other.docx: error remark-foreign ")
    assert approved() == []


def test_sheet_row_for_removed_part_is_reported() -> None:
    fill((WET, "Ann Lee", "2026-01-20"), (HOW, "Ann Lee", "2026-01-20"))
    edit("questions/all.yaml", "- id: how", "- id: how-now")
    edit("pages/quiz.md", "questions: [how]", "questions: [how-now]")
    result = approve()
    assert result.exit_code == 1
    assert "error sheet-part The course has no “question/how” to approve." in result.stderr
    assert approved() == [(WET, "Ann Lee", "2026-01-20")]


def test_nobody_signs_what_is_not_decided() -> None:
    fill((HOW, "Ann Lee", "2026-01-20"))
    edit("questions/all.yaml", "  type: choice\n", "  type: choice\n  unsure: Is it a?\n")
    result = approve()
    assert (result.exit_code, result.stdout) == (1, "")
    place = Path("course/questions/all.yaml")
    assert result.stderr.startswith(f"{place}:12:11: error approval-undecided “question/how” ")
    sent(Path("course").absolute(), FILE)
    with Reviewer(Path(FILE)) as reviewer:
        [row] = [one for one in reviewer.root.iter(f"{W}tr") if "question/how" in text(one)]
        assert text(row) == "Question: What do you take? question/howNot decided yet"


@pytest.mark.parametrize(
    ("name", "content", "exit_code", "said"),
    [
        ("a.docx", b"no zip", 1, "a.docx: error remark-file This file cannot be read: "),
        ("a.xlsx", b"PK\x03\x04 broken", 1, "a.xlsx: error remark-file This file cannot be read: "),
        (
            "a.doc",
            b"\xd0\xcf\x11\xe0",
            2,
            "it is from an older version of Office: save it as .docx",
        ),
        ("a.html", b"<!doctype html>\n<p>", 2, "it is a web page: use a list"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(
    name: str, content: bytes, exit_code: int, said: str
) -> None:
    Path(name).write_bytes(content)
    result = approve("--by", "Ann", file=name)
    assert (result.exit_code, result.stdout) == (exit_code, "")
    assert said in result.stderr


def test_typed_signature_is_not_reported_as_change() -> None:
    fill((WET, "Ann Lee", "2026-01-20", "A. L."))
    with Reviewer(Path(FILE)) as reviewer:
        reviewer.replace("A fan", "A hat")
    said = json.loads(read("--json").stdout)
    assert [one["kind"] for one in said["remarks"]] == ["change"]
    assert said["sheet"] == [
        {
            "part": WET,
            "code": code(WET),
            "name": "Ann Lee",
            "date": "2026-01-20",
            "state": "new",
            "on": "2026-01-20",
            "reason": None,
            "overtaken": False,
        }
    ]


def test_json_says_what_was_left() -> None:
    fill((WET, "Ann Lee", "2026-01-20"), (PAGE, "Ann Lee", "soon"))
    result = approve("--json")
    assert result.exit_code == 1
    said = json.loads(result.stdout)
    assert [one["part"] for one in said["approved"]] == [WET]
    assert [one["code"] for one in said["diagnostics"]] == ["sheet-row"]
