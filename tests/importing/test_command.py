"""The command ``import``: what it makes, what it says, how it ends."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder import cli
from builder.importing.again import memory
from builder.importing.document.form import (
    POSSIBLE,
    Block,
    Contact,
    Contacts,
    Document,
    Doubt,
    Link,
    Reading,
    Record,
    RecordRow,
    Rest,
    Text,
)
from tests.importing import documents as doc
from tests.importing import source

pytestmark = pytest.mark.whole

WRITTEN: tuple[Block, ...] = (
    doc.said("First day", style="title"),
    doc.said("Welcome", level=1),
    doc.said("We are glad that you are here."),
    doc.said("", doc.picture()),
    doc.said("Who is who", level=1),
    Contacts((Contact((Text("Your manager"),), (("", "0123 456"),)),), doc.PLACE),
    Reading(((Link((Text("Help"),), "https://www.example.org/help"),),), doc.PLACE),
    doc.question("Whom do you ask first?", "Your manager", "Nobody"),
    doc.said("What I have read", level=1),
    Record((RecordRow((doc.said("Did you read it?"),), (), doc.PLACE),), ("Manager",), doc.PLACE),
)
BLOCKS = tuple(
    replace(block, place=replace(doc.PLACE, paragraph=number))
    for number, block in enumerate(WRITTEN, start=1)
)
HANDBOOK = Document(
    BLOCKS,
    language="en-GB",
    consumed=("Answers",),
    rest=(Rest("comment", replace(doc.PLACE, paragraph=3), "Really?", "comments stay outside"),),
)

Import = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Import:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "_today", lambda: source.TODAY)
    Path(source.NAME).touch()

    def imported(*arguments: str, document: Document = HANDBOOK) -> Result:
        with source.of(document):
            return CliRunner().invoke(
                cli.main, ["import", source.NAME, *arguments], catch_exceptions=False
            )

    return imported


def test_report_begins_with_possible_questions_that_were_not_read(run: Import) -> None:
    doubts = [
        Doubt(replace(doc.PLACE, paragraph=at, begins=words), "It may be a question.", POSSIBLE)
        for at, words in ((2, "Welcome"), (3, "We are glad"))
    ]
    report = run("--dry-run", document=replace(HANDBOOK, doubts=tuple(doubts))).stdout
    first, second, *others = report.split("\n")
    assert first.startswith("handbook.test would become the course")
    assert second.strip().startswith("2 possible questions were not read:")
    at = others.index("Not read as questions: their options or answers were not recognized")
    assert others[at + 1 : at + 3] == ["  paragraph 2: “Welcome”", "  paragraph 3: “We are glad”"]
    assert others[at + 6].split() == ["*b)", "silk"]
    assert at < others.index("Pages, at headings 1")


def test_content_left_out_for_one_reason_is_one_line(run: Import) -> None:
    places = [replace(doc.PLACE, paragraph=at) for at in range(1, 13)]
    rest = tuple(Rest("control", place, "Box", "Controls do not work.") for place in places)
    report = run("--dry-run", document=replace(HANDBOOK, rest=rest)).stdout
    where = "The first are in paragraph 1, paragraph 2, paragraph 3; --json lists all."
    assert f"  control, 12 times: Controls do not work. {where}\n" in report
    assert report.count("Controls do not work") == 1


def test_a_course_is_made_that_builds_as_a_draft(run: Import) -> None:
    result = run()
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Made the course “First day” in handbook" in result.stdout
    words = "35 of 36 words imported, 1 only states what is right or how to read the file"
    assert words in result.stdout
    assert "comment, paragraph 3 “Really?”: comments stay outside" in result.stdout
    assert f"{Path('handbook', 'pages', 'welcome.md')}:5" in result.stdout
    for code in ("alt-undescribed", "question-unsure", "variable-unconfirmed", "link-unchecked"):
        assert code in result.stdout
    built = CliRunner().invoke(cli.main, ["build", "handbook", "--json"], catch_exceptions=False)
    made = json.loads(built.stdout)
    assert (built.exit_code, made["package"]["draft"]) == (0, True)
    assert {one["severity"] for one in made["diagnostics"]} == {"warning"}


def test_imported_course_has_editor_files_like_new_course(run: Import) -> None:
    run("-o", "course")
    CliRunner().invoke(cli.main, ["new", "begun", "--title", "Begun"], catch_exceptions=False)
    ours, begun = (
        {
            path: content
            for path, content in source.files(Path(folder)).items()
            if path.startswith((".schemas/", ".vscode/"))
        }
        for folder in ("course", "begun")
    )
    assert ours == begun
    assert ".vscode/settings.json" in ours
    # Imported again, what the author has made of them stays.
    Path("course/.vscode/settings.json").write_text("{}", "utf-8")
    Path("course/.schemas/page.json").unlink()
    run("--into", "course")
    assert Path("course/.vscode/settings.json").read_text("utf-8") == "{}"
    assert not Path("course/.schemas/page.json").exists()


def test_the_files_of_the_course(run: Import) -> None:
    run("-o", "course")
    files = source.files(Path("course"))
    pictures = [path for path in files if path.startswith("media/")]
    editing = {path for path in files if path.startswith((".schemas/", ".vscode/"))}
    assert set(files) - set(pictures) - editing == {
        *("course.yaml", ".import.json", "questions/questions.yaml"),
        *("pages/welcome.md", "pages/who-is-who.md", "pages/what-i-have-read.md"),
    }
    assert [files[path] for path in pictures] == [doc.PNG]
    assert files["pages/who-is-who.md"].decode() == (
        '---\nid: who-is-who\ntitle: "Who is who"\n---\n'
        "::: contacts\n- Your manager: {{ your_manager }}\n:::\n\n"
        "::: further-reading\n- [Help](https://www.example.org/help)\n:::\n\n"
        "::: check whom-do-you-ask-first\n"
    )
    assert files["pages/what-i-have-read.md"].decode() == (
        '---\nid: what-i-have-read\ntitle: "What I have read"\nkind: record\n'
        'signature: "Manager"\nrecord:\n  - id: did-you-read-it\n'
        '    question: "Did you read it?"\n---\n'
    )
    assert files["questions/questions.yaml"].decode() == (
        '- id: whom-do-you-ask-first\n  type: choice\n  prompt: "Whom do you ask first?"\n'
        '  options:\n    - id: a\n      text: "Your manager"\n    - id: b\n'
        '      text: "Nobody"\n  unsure:\n    - "Nothing says which answer is right."\n'
    )


def test_dry_run_lists_pages_and_writes_nothing(run: Import) -> None:
    result = run("--dry-run")
    assert result.exit_code == 0
    assert "nothing was written" in result.stdout
    assert "  Welcome: 8 words" in result.stdout
    assert "  What I have read: 9 words, a record of 1 question" in result.stdout
    assert [path.name for path in Path().iterdir()] == [source.NAME]


def test_the_report_for_programs(run: Import) -> None:
    told = json.loads(run("--json").stdout)
    assert [page["file"] for page in told["pages"]] == [
        *("pages/welcome.md", "pages/who-is-who.md", "pages/what-i-have-read.md"),
    ]
    assert told["words"]["share"] >= 0.98
    assert (told["kinds"]["document"]["pictures"], told["kinds"]["course"]["pictures"]) == (1, 1)
    assert [(one["kind"], one["file"], one["line"]) for one in told["left"]] == [
        ("comment", "pages/welcome.md", 5)
    ]
    assert {one["draft"] for one in told["problems"]} == {True, False}


def test_nothing_is_overwritten(run: Import) -> None:
    assert run().exit_code == 0
    before = source.files(Path("handbook"))
    result = run()
    assert result.exit_code == 2
    assert (
        "“handbook” has a course already. To bring what has changed into it, or to add a question "
        f"bank: scorm-builder import {source.NAME} --into handbook"
    ) in " ".join(result.stderr.split())
    assert source.files(Path("handbook")) == before


def test_importing_again_needs_a_course_that_was_imported(run: Import) -> None:
    Path("other").mkdir()
    result = run("--into", "other")
    assert result.exit_code == 2
    assert "The course in “other” cannot be read" in result.stderr
    CliRunner().invoke(cli.main, ["new", "begun", "--title", "Begun"], catch_exceptions=False)
    before = source.files(Path("begun"))
    result = run("--into", "begun")
    assert (result.exit_code, source.files(Path("begun"))) == (2, before)
    assert "“begun” was not made from a document, so only question banks can be added to it." in (
        " ".join(result.stderr.split())
    )
    assert run("--into", "other", "-o", "more").exit_code == 2
    run("-o", "course")
    Path("course/.import.json").write_text('{"version": 1}')
    assert "cannot be read. Without it" in run("--into", "course").stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes")
def test_oversized_or_special_import_record_is_refused(
    run: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("-o", "course")
    kept = Path("course/.import.json")
    monkeypatch.setattr(memory, "MAX_SIZE", kept.stat().st_size - 1)
    assert "cannot be read. Without it" in run("--into", "course").stderr
    kept.unlink()
    os.mkfifo(kept)
    assert "cannot be read. Without it" in run("--into", "course").stderr


def test_circular_link_in_course_stops_the_import(run: Import) -> None:
    run("-o", "course")
    before = source.files(Path("course"))
    Path("course/round").symlink_to("..")
    result = run("--into", "course")
    assert result.exit_code == 2
    assert " ".join(result.stderr.split()).endswith(
        "Error: Nothing was changed in “course”: a file in it cannot be copied, or a link leads "
        "back into it."
    )
    Path("course/round").unlink()
    assert source.files(Path("course")) == before


def test_a_dry_run_ends_as_the_import_would(run: Import) -> None:
    run("-o", "course")
    assert run("--into", "course", "--dry-run").exit_code == 0
    page = Path("course/pages/welcome.md")
    page.write_text(page.read_text("utf-8").replace("here.", "here, Ann."), "utf-8")
    blocks = list(BLOCKS)
    blocks[2] = doc.said("We are glad that you came.")
    other = Document((*blocks,), language="en-GB")
    assert run("--into", "course", "--dry-run", document=other).exit_code == 1
    assert run("--into", "course", document=other).exit_code == 1


def test_importing_again_tells_what_has_changed(run: Import) -> None:
    run("-o", "course")
    page = Path("course/pages/welcome.md")
    page.write_text(page.read_text("utf-8").replace("here.", "here, Ann."), "utf-8")
    settings = Path("course/course.yaml")
    settings.write_text(settings.read_text("utf-8").replace('"1.0.0"', '"1.0.1"'), "utf-8")
    blocks = list(BLOCKS)
    blocks[2] = doc.said("We are glad that you came.")
    blocks[4] = doc.said("Who is who here", level=1)
    more = (doc.said("One more", level=1), doc.said("Page."))
    result = run("--into", "course", document=Document((*blocks[:-2], *more), language="en-GB"))
    assert result.exit_code == 1
    place = str(Path("course", "pages", "x"))[:-1]
    for text in (
        "Imported handbook.test into the course “First day” in course\n",
        f"changed these files\n  {place}who-is-who.md:3\n"
        '    - title: "Who is who"\n    + title: "Who is who here"\n',
        f"  {place}welcome.md.new:5\n"
        "    - We are glad that you are here.\n    + We are glad that you came.\n"
        f"    {place}welcome.md stays: you have changed it\n",
        f"New pages\n  {place}one-more.md: One more\n",
        "Add these lines to “pages:” in course.yaml\n    - one-more.md\n",
        f"  {place}what-i-have-read.md:1: What I have read\n",
    ):
        assert text in result.stdout
    told = json.loads(run("--into", "course", "--dry-run", "--json").stdout)["updated"]
    assert told["title"] == "First day"
    assert {"file": "pages/welcome.md", "line": 5} in [
        {"file": one["file"], "line": one["line"]} for one in told["edits"]
    ]


def test_what_an_import_left_open_holds_back_a_release(run: Import) -> None:
    def open_points() -> set[str]:
        command = ["build", "course", "--json"]
        made = json.loads(CliRunner().invoke(cli.main, command, catch_exceptions=False).stdout)
        assert made["package"]["draft"]
        found = (one for one in made["diagnostics"] if one["code"] == "file-beside")
        return {one["path"] for one in found if one["draft"]}

    run("-o", "course")
    assert open_points() == set()
    for path in ("pages/welcome.md", "course.yaml", "questions/questions.yaml"):
        Path(f"course/{path}.new").write_bytes(Path("course", path).read_bytes())
    names = {"pages/welcome.md.new", "course.yaml.new", "questions/questions.yaml.new"}
    assert open_points() == names


def test_what_has_no_words_is_no_course(run: Import) -> None:
    result = run(document=Document(()))
    assert result.exit_code == 1
    assert f"{source.NAME}: error import-empty" in result.stderr
    assert not Path("handbook").exists()


def test_unknown_import_format_is_a_usage_error(run: Import) -> None:
    Path("notes.pdf").touch()
    result = CliRunner().invoke(cli.main, ["import", "notes.pdf"])
    assert result.exit_code == 2
    assert (
        "The format of “notes.pdf” was not recognised. These formats can be imported: Word (.docx"
        in (result.stderr)
    )


def test_suggested_commands_quote_folder_with_space(run: Import) -> None:
    told = run("-o", "first day").stdout
    assert told.endswith(
        "Next\n"
        '    scorm-builder preview "first day"    shows the course while you continue writing\n'
        '    scorm-builder build "first day"      builds its package, which is a draft\n'
    )


def test_a_text_that_no_course_could_read_again_is_refused(tmp_path: Path) -> None:
    bank = tmp_path / "bank.gift"
    bank.write_text(f"::Long:: {'Why? ' * 10} {'y' * 5_000_000} {{ =Because ~Never }}\n", "utf-8")
    course = tmp_path / "course"
    refused = CliRunner().invoke(cli.main, ["import", str(bank), "-o", str(course)])
    assert refused.exit_code == 2
    assert "would have 5.0 MB" in refused.output
    assert "at most 4 MB. Divide the file that you import" in " ".join(refused.output.split())
    assert not course.exists()
