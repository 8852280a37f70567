"""A returned review document as evidence: what it confirms is recorded, and what somebody wrote in
it is never lost. The name comes from ``--by``; nothing in the document is read as a signature."""

import hashlib
import json
import re
import shutil
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from builder import cli
from builder.course import judging
from builder.course.load import yaml
from builder.exporting.review import Reviewed, compose
from tests.exporting.reviewed_course import sent, written
from tests.exporting.reviewer import Reviewer, W, text
from tests.support.golden import TODAY

pytestmark = pytest.mark.whole

FILE = "review.docx"
HOW, WET, PAGE = "question/how", "question/wet", "page/rain"
EARLIER = Path(__file__).with_name("sent-with-sheet.docx")
PARTS = 10
"""Number of parts of the course that can be approved."""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    sent(written(tmp_path / "course"), FILE)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, arguments, catch_exceptions=False)


def read(*more: str) -> Result:
    return run("review", "course", "--read", FILE, *more)


def approve(*more: str, file: str = FILE) -> Result:
    return run("approve", "course", "--document", file, "--by", "Ann Lee", *more)


def approved() -> dict[str, dict[str, object]]:
    """The entries of approvals.yaml by part."""
    file = Path("course/approvals.yaml")
    if not file.exists():
        return {}
    parsed, problems = yaml.read(file.read_text("utf-8"), file.name)
    assert parsed
    assert not problems
    assert isinstance(parsed.value, list)
    return {one["part"]: one for one in parsed.value}


def remarks() -> list[dict[str, str]]:
    listed: list[dict[str, str]] = json.loads(
        run("review", "course", "--remarks", "--json").stdout
    )["remarks"]
    return listed


def edit(name: str, old: str, new: str) -> None:
    path = Path("course", name)
    said = path.read_text("utf-8")
    assert old in said
    path.write_text(said.replace(old, new), "utf-8")


def sign(*written_: str, tracked: bool = True) -> None:
    with Reviewer(Path(FILE)) as reviewer:
        reviewer.sign(*written_, tracked=tracked)


@pytest.mark.parametrize("tracked", [True, False])
def test_name_and_date_are_shown_and_are_no_remark(tracked: bool) -> None:
    sign("Ann Lee", "Friday, 5 June", tracked=tracked)
    result = read()
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "No remarks in review.docx\n\n"
        "Signed: Ann Lee, Friday, 5 June\n"
        "To record what the document confirms, with the person's name instead of NAME:\n"
        '      scorm-builder approve course --document review.docx --by "NAME"\n'
    )
    assert json.loads(read("--json").stdout)["signed"] == "Ann Lee, Friday, 5 June"
    assert approved() == {}


def test_document_is_kept_with_each_approval() -> None:
    sign("Ann Lee", "20.1.2026")
    result = approve("--on", "2026-01-20")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "Signed: Ann Lee, 20.1.2026\n\n"
        "course, 3 pages, 2 questions, 1 record, 1 quiz with its rules, 1 value and 1 address, "
        "as they are now,\napproved by Ann Lee on 2026-01-20 with review.docx.\n"
        f"Recorded in {Path('course/approvals.yaml')}.\n"
    )
    digest = hashlib.sha256(Path(FILE).read_bytes()).hexdigest()
    entries = approved()
    assert len(entries) == PARTS
    for entry in entries.values():
        assert (entry["by"], entry["on"]) == ("Ann Lee", "2026-01-20")
        assert entry["evidence"] == {"file": FILE, "sha256": digest}
    before = Path("course/approvals.yaml").read_bytes()
    again = approve()
    assert (again.exit_code, again.stderr) == (0, "")
    assert again.stdout.endswith("Nothing to record: every part is approved as it is now.\n")
    assert Path("course/approvals.yaml").read_bytes() == before


def test_document_without_a_name_counts_by_option() -> None:
    assert approve().exit_code == 0
    assert {entry["by"] for entry in approved().values()} == {"Ann Lee"}


@pytest.mark.parametrize("tracked", [True, False])
@pytest.mark.parametrize(
    "said", ["Thank you, looks great!", "NOT APPROVED. The dose is wrong.", "No"]
)
def test_exception_is_a_remark_until_closed(said: str, tracked: bool) -> None:
    sign("Ann Lee", "", said, tracked=tracked)
    told = read().stdout
    assert told.startswith("1 change in review.docx\n")
    assert f"new: “{said}”" in told
    [remark] = remarks()
    assert (remark["added"], remark["state"]) == (said, "open")
    assert run("build", "course", "--release").exit_code == 1
    held = approve()
    assert (held.exit_code, approved()) == (1, {})
    first = held.stderr.split("\n")[0]
    assert first == (
        "review.docx: error approval-held The document does not confirm any part as it is now: "
        f"the remark {remark['id']} is open: new: “{said}”."
    )
    assert run("review", "course", "--resolve", remark["id"]).exit_code == 0
    assert (approve().exit_code, len(approved())) == (0, PARTS)


@pytest.mark.parametrize(
    ("name", "date"), [("Rejected", ""), ("see comments", "20.1.2026"), ("Joan Lee", "20.1.2026")]
)
def test_other_words_than_the_name_confirm_nothing(name: str, date: str) -> None:
    sign(name, date)
    said = f"Signed: {', '.join(filter(None, (name, date)))}\n"
    assert said in read().stdout
    result = approve()
    assert (result.exit_code, approved()) == (1, {})
    assert said in result.stdout
    assert f"the name in it is “{name}”, not “Ann Lee”" in result.stderr


def test_name_may_be_written_in_other_letter_case() -> None:
    sign("ann LEE", "20.1.2026")
    assert (approve().exit_code, len(approved())) == (0, PARTS)


def test_word_in_place_of_the_date_is_a_remark() -> None:
    sign("Ann Lee", "never")
    assert "new: “never”" in " ".join(read().stdout.split())
    assert (approve().exit_code, approved()) == (1, {})


def test_sentence_in_place_of_a_name_is_a_remark() -> None:
    sentence = "I do not confirm this, because the doses on the second page are wrong."
    sign(sentence)
    assert f"new: “{sentence}”" in " ".join(read().stdout.split())
    assert (approve().exit_code, approved()) == (1, {})


def test_second_line_below_a_name_is_a_remark() -> None:
    sign("Ann Lee")
    with Reviewer(Path(FILE)) as reviewer:
        signed = [one for one in reviewer.paragraphs() if text(one) == "Ann Lee"][-1]
        second = reviewer.root.makeelement(f"{W}p")
        second.append(reviewer._run("But not page 3."))
        signed.addnext(second)
    assert "new: “But not page 3.”" in read().stdout
    assert (approve().exit_code, approved()) == (1, {})


def test_row_added_below_a_name_is_a_remark() -> None:
    with Reviewer(Path(FILE)) as reviewer:
        table = list(reviewer.root.iter(f"{W}tbl"))[-1]
        row = reviewer.root.makeelement(f"{W}tr")
        cell = reviewer.root.makeelement(f"{W}tc")
        cell.append(reviewer.root.makeelement(f"{W}p"))
        row.append(cell)
        table.append(row)
        reviewer.write(cell, "Not yet.", tracked=False)
    assert "new: “Not yet.”" in read().stdout
    assert (approve().exit_code, approved()) == (1, {})


def test_changed_part_is_held_with_the_exact_difference() -> None:
    sign("Ann Lee")
    edit("questions/all.yaml", "What do you take?", "What do you wear?")
    result = approve()
    assert result.exit_code == 1
    assert result.stderr == (
        f"review.docx: error approval-held The document does not confirm “{HOW}” as it is now: the "
        "document says “What do you take?”, the course says “What do you wear?”.\n"
        "    Close open remarks. Once the person has read the current text, record it, with their "
        f'name instead of NAME: scorm-builder approve course --by "NAME" {HOW}\n'
    )
    assert len(approved()) == PARTS - 1
    assert HOW not in approved()


def test_reviewers_own_change_holds_its_part() -> None:
    with Reviewer(Path(FILE)) as reviewer:
        reviewer.replace("What do you take?", "What do you wear?")
        reviewer.sign("Ann Lee", "20.1.2026")
    assert approve().exit_code == 1
    assert HOW not in approved()
    # Also once it is declined: the reviewer has confirmed other words.
    [remark] = remarks()
    assert run("review", "course", "--decline", remark["id"], "--reason", "No.").exit_code == 0
    assert approve().exit_code == 1
    assert HOW not in approved()


def test_remark_of_another_document_holds_its_part() -> None:
    other = Path("other.docx")
    other.write_bytes(Path(FILE).read_bytes())
    with Reviewer(other) as reviewer:
        reviewer.comment("Boots", "Which?")
    assert run("review", "course", "--read", str(other)).exit_code == 0
    result = approve()
    assert (result.exit_code, PAGE in approved(), WET in approved()) == (1, False, True)
    [remark] = remarks()
    assert f"the remark {remark['id']} is open: “Which?”." in result.stderr


def test_remarks_are_saved_when_a_document_is_recorded() -> None:
    with Reviewer(Path(FILE)) as reviewer:
        reviewer.comment("Boots", "Which?")
    result = approve()
    assert f"Saved 1 new remark in {Path('course/remarks.yaml')}.\n" in result.stdout
    assert [one["text"] for one in remarks()] == ["Which?"]


def test_parts_can_be_chosen() -> None:
    assert approve(WET, "pages").exit_code == 0
    assert sorted(approved()) == ["course", "page/diary", "page/quiz", PAGE, WET]


def test_undecided_question_is_held_and_others_recorded() -> None:
    edit("questions/all.yaml", "  answer: true   # obviously\n", "  unsure: Is it?\n")
    sent(Path("course").absolute(), FILE)
    result = approve()
    assert (result.exit_code, WET in approved(), HOW in approved()) == (1, False, True)
    assert "error approval-undecided" in result.stderr


def test_document_of_another_course_confirms_nothing() -> None:
    edit("course.yaml", "id: small", "id: other")
    result = approve()
    assert (result.exit_code, approved()) == (1, {})
    assert "error remark-foreign" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--document", FILE), "--document needs --by."),
        (
            ("--document", FILE, "--all", "--by", "Ann Lee"),
            "--document selects the parts itself: leave out --all.",
        ),
        (("--document", FILE, "--by", "?"), "--by needs the name of a person"),
        (("--document", "none.docx", "--by", "Ann Lee"), "none.docx"),
    ],
)
def test_wrong_use_of_a_document_is_refused(arguments: tuple[str, ...], message: str) -> None:
    result = run("approve", "course", *arguments)
    assert (result.exit_code, approved()) == (2, {})
    assert message in result.stderr


@pytest.mark.parametrize("content", [b"part,code\n", b"<!doctype html>\n", b"", b"%PDF-1.4\n"])
def test_file_that_is_no_word_document_confirms_nothing(content: bytes) -> None:
    Path("list.csv").write_bytes(content)
    result = approve(file="list.csv")
    assert (result.exit_code, approved()) == (1, {})
    assert "error remark-file" in result.stderr


def test_json_has_what_was_recorded_and_held() -> None:
    edit("questions/all.yaml", "What do you take?", "What do you wear?")
    result = approve("--json")
    assert result.exit_code == 1
    made = json.loads(result.stdout)
    assert [one["code"] for one in made["diagnostics"]] == ["approval-held"]
    assert len(made["approved"]) == PARTS - 1
    assert {one["evidence"]["file"] for one in made["approved"]} == {FILE}


def test_document_of_other_words_is_not_called_unchanged() -> None:
    assert read().stdout == "No comments and no changes in review.docx\n"
    edit("questions/all.yaml", "What do you take?", "What do you wear?")
    told = read().stdout
    assert told.startswith("No remarks in review.docx\nThe course has changed since this document")
    assert "No comments and no changes" not in told


def test_sheet_of_an_earlier_version_is_read_as_remarks() -> None:
    """This document has a row for each part; in two of them, somebody has written."""
    shutil.copy(EARLIER, FILE)
    read()
    assert [one["added"] for one in remarks()] == ["Ann Lee", "2026-01-20", "REJECTED"]
    assert (approve().exit_code, approved()) == (1, {})
    run("review", "course", "--resolve", ",".join(one["id"] for one in remarks()))
    approve()
    # The heading of the column that is gone may belong to the values.
    assert len(approved()) == PARTS - 1
    assert "value/lead" not in approved()


def shown() -> str:
    word = docx.Document(FILE)
    return "\n".join(text(one) for one in word.element.body.iter(f"{W}p"))


def changed() -> Result:
    """A course that is approved, changed in a question and a page, and sent again."""
    run("approve", "course", "--all", "--by", "Bo Ray")
    edit("questions/all.yaml", "What do you take?", "What do you wear?")
    edit("pages/diary.md", "Write it down", "Note it")
    return run("review", "course", "-o", FILE)


def test_second_document_has_only_what_has_changed() -> None:
    assert "  Shown     2 parts are new or changed since an approval" in changed().stdout
    words = shown()
    assert "What do you wear?" in words
    assert "Note it." in words
    assert "“Diary Write it down.” → “Diary Note it.”" in words
    for approved_ in ("Boots", "Take your time.", "Rain is", "who knows", "umbrella with you"):
        assert approved_ not in words
    assert read().stdout == "No comments and no changes in review.docx\n"
    assert approve().exit_code == 0
    assert run("approve", "course").stdout.startswith(f"{PARTS} parts: {PARTS} approved")


def test_words_that_are_new_since_an_approval_are_marked() -> None:
    changed()
    with Reviewer(Path(FILE)) as reviewer:
        marked = [one.getparent().getparent() for one in reviewer.root.iter(f"{W}u")]
    assert [text(run) for run in marked] == ["What do you wear?", "Note it."]
    assert run("review", "course", "-o", "review.html").exit_code == 0
    page = Path("review.html").read_text("utf-8")
    assert re.findall("<mark>(.*?)</mark>", page) == ["What do you wear?", "Note it."]


def test_second_document_can_have_everything() -> None:
    changed()
    made = json.loads(run("review", "course", "-o", FILE, "--whole", "--json").stdout)
    assert made["parts"] is None
    assert "umbrella with you" in shown()
    run("approve", "course", "--all", "--by", "Bo Ray")
    # Nothing has changed since the approval: the document has everything, too.
    assert json.loads(run("review", "course", "-o", FILE, "--json").stdout)["parts"] is None


def test_changes_in_a_second_document_are_found() -> None:
    changed()
    with Reviewer(Path(FILE)) as reviewer:
        reviewer.replace("Note it", "Remember it")
        reviewer.overwrite("A fan", "A scarf")
    told = read().stdout
    assert told.startswith("2 changes in review.docx\n2 changes can be applied")
    assert (approve().exit_code, HOW in approved()) == (1, True)
    assert approved()[HOW]["by"] == "Bo Ray"


def test_second_document_confirms_only_what_it_shows() -> None:
    changed()
    # The label of this value is not in the document, although a page has its value.
    edit("course.yaml", "label: who knows", "label: who does not know")
    edit("pages/rain.md", "Boots", "Shoes")
    result = approve()
    assert result.exit_code == 1
    for part in ("value/lead", PAGE):
        told = f"does not confirm “{part}” as it is now: the document does not show it."
        assert told in result.stderr
    assert {part for part, one in approved().items() if "evidence" in one} == {HOW, "page/diary"}


def test_deleted_question_is_missed_in_a_second_document() -> None:
    changed()
    with Reviewer(Path(FILE)) as reviewer:
        paragraph = reviewer.paragraph("What do you wear?")
        paragraph.getparent().remove(paragraph)
    assert "struck out: “What do you wear?”" in read().stdout
    approve()
    assert "evidence" not in approved()[HOW]


def test_whole_needs_a_document_to_write() -> None:
    assert read("--whole").exit_code == 2


def test_links_of_a_second_document_lead_to_what_it_has() -> None:
    edit("pages/diary.md", "Write it down.", "Write [it](rain.md) down. See [the quiz](quiz.md).")
    run("approve", "course", "--all", "--by", "Bo Ray")
    edit("pages/diary.md", "See", "Look at")
    edit("pages/quiz.md", "Take your time.", "Take all your time.")
    assert run("review", "course", "-o", FILE).exit_code == 0
    with Reviewer(Path(FILE)) as reviewer:
        marks = {one.get(f"{W}name") for one in reviewer.root.iter(f"{W}bookmarkStart")}
        links = {one.get(f"{W}anchor") for one in reviewer.root.iter(f"{W}hyperlink")}
    assert links - {None}
    assert links - {None} <= marks
    assert read().stdout == "No comments and no changes in review.docx\n"


def test_document_of_parts_without_words_has_everything() -> None:
    course, sources, problems = judging.judge_with_sources(Path("course"), TODAY)
    assert course
    assert sources
    whole = compose(Reviewed(course, sources, problems))
    assert compose(Reviewed(course, sources, problems, frozenset({"look"}))) == whole
    one = compose(Reviewed(course, sources, problems, frozenset({WET})))
    assert (one.parts, len(one.nodes) < len(whole.nodes)) == ((WET,), True)
