"""Any course takes a question bank: its questions get a file of their own, and what the course
already asks is listed, not doubled."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder import cli
from tests.importing import source
from tests.importing.word import files as word

pytestmark = pytest.mark.whole
BANK = """\
$CATEGORY: Fire

What do you do first?{=Leave#Right. ~Stay}

$CATEGORY: Water

Is it wet?{T}
"""
OWN = """\
- id: my-own
  type: choice
  prompt: What do you do *first*?
  options:
    - {id: x, text: "stay"}
    - {id: y, text: "Leave", correct: yes}

- id: is-it-wet
  type: choice
  prompt: Is something else wet?
  options:
    - {id: a, text: "Yes", correct: yes}
    - {id: b, text: "No"}
"""
Command = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "_today", lambda: source.TODAY)
    Path("bank.gift").write_text(BANK, "utf-8")

    def invoked(*arguments: str) -> Result:
        return CliRunner().invoke(cli.main, arguments, catch_exceptions=False)

    assert invoked("new", "course", "--title", "Fire and water").exit_code == 0
    return invoked


def added(before: dict[str, bytes]) -> dict[str, str]:
    """The files of the course that are new or changed; none is ever gone."""
    after = source.files(Path("course"))
    assert not before.keys() - after.keys()
    return {path: text.decode() for path, text in after.items() if before.get(path) != text}


def test_course_that_new_made_takes_a_bank(run: Command) -> None:
    before = source.files(Path("course"))
    result = run("import", "bank.gift", "--into", "course")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Imported bank.gift into the course “Fire and water” in course\n" in result.stdout
    assert "in course.yaml\n    - fire.md\n    - water.md\n" in result.stdout
    now = added(before)
    assert now.keys() == {
        *(".import.json", "pages/fire.md", "pages/water.md", "questions/bank.yaml"),
    }
    assert now["pages/water.md"] == (
        '---\nid: water\ntitle: "Water"\nkind: quiz\nquestions:\n  - is-it-wet\n---\n'
    )
    assert "- id: what-do-you-do-first\n" in now["questions/bank.yaml"]
    # With the lines that the report gives, the course asks them.
    settings = Path("course/course.yaml")
    text = settings.read_text("utf-8")
    listed = text.replace("  - check.md\n", "  - check.md\n  - fire.md\n  - water.md\n")
    settings.write_text(listed, "utf-8")
    told = json.loads(run("build", "course", "--json").stdout)
    codes = {one["code"] for one in told["diagnostics"]}
    assert not codes & {"page-unlisted", "question-unused"}
    assert told["package"]["draft"]


def test_dry_run_adds_no_bank(run: Command) -> None:
    before = source.files(Path("course"))
    told = json.loads(run("import", "bank.gift", "--into", "course", "--dry-run", "--json").stdout)
    assert told["updated"]["files"] == ["questions/bank.yaml"]
    assert [one["lines"] for one in told["updated"]["pages"]] == [["  - fire.md"], ["  - water.md"]]
    assert added(before) == {}


def test_questions_of_the_course_are_listed_and_not_doubled(run: Command) -> None:
    Path("course/questions/own.yaml").write_text(OWN.replace("*", ""), "utf-8")
    before = source.files(Path("course"))
    result = run("import", "bank.gift", "--into", "course")
    assert result.exit_code == 0
    assert "no word is missing" in result.stdout
    assert (
        "repeated question, line 3 “What do you do first? Leave Right. Stay”: the course already "
        "has it as “my-own” in questions/own.yaml, line 1\n"
    ) in result.stdout
    now = added(before)
    assert now.keys() == {".import.json", "pages/water.md", "questions/bank.yaml"}
    # The id stands for another question of the course.
    assert now["questions/bank.yaml"].startswith("- id: is-it-wet-2\n")


@pytest.mark.parametrize(
    ("own", "asked"),
    [
        ("What is 2 + 2?{=4 ~0}", "What is 2 - 2?{=0 ~4}"),
        ("Which one?{=This ~That}", "Which one?{=This ~That ~Both}"),
        ("Is it so?{T}", "Is it so?{=Yes ~No}"),
    ],
    ids=["another sign", "another option", "another type"],
)
def test_question_that_only_looks_like_another_is_added(own: str, asked: str, run: Command) -> None:
    Path("own.gift").write_text(own, "utf-8")
    Path("bank.gift").write_text(asked, "utf-8")
    run("import", "own.gift", "--into", "course")
    before = source.files(Path("course"))
    result = run("import", "bank.gift", "--into", "course")
    assert "repeated question" not in result.stdout
    assert "questions/bank.yaml" in added(before)


def test_repeated_question_with_another_right_answer_is_named(run: Command) -> None:
    own = OWN.replace("*", "").replace('"Leave", correct: yes', '"Leave"')
    own = own.replace('"stay"', '"Stay", correct: yes')
    Path("course/questions/own.yaml").write_text(own, "utf-8")
    result = run("import", "bank.gift", "--into", "course")
    assert "line 1, with another right answer: compare the two\n" in result.stdout


def test_bank_that_the_course_has_already_adds_nothing(run: Command) -> None:
    run("import", "bank.gift", "--into", "course")
    Path("copy.gift").write_text(BANK, "utf-8")
    before = source.files(Path("course"))
    result = run("import", "copy.gift", "--into", "course")
    assert result.exit_code == 0
    assert "Nothing is new, so the course was not changed." in result.stdout
    assert added(before).keys() <= {".import.json"}


def test_added_bank_is_rewritten_when_it_has_changed(run: Command) -> None:
    run("import", "bank.gift", "--into", "course")
    before = source.files(Path("course"))
    assert run("import", "bank.gift", "--into", "course").exit_code == 0
    assert added(before) == {}
    Path("bank.gift").write_text(BANK.replace("~Stay", "~Stay ~Call"), "utf-8")
    assert run("import", "bank.gift", "--into", "course").exit_code == 0
    now = added(before)
    assert now.keys() == {".import.json", "questions/bank.yaml"}
    assert '    - id: c\n      text: "Call"' in now["questions/bank.yaml"]
    # Once its author has changed it, it stays.
    file = Path("course/questions/bank.yaml")
    file.write_text(file.read_text("utf-8").replace('"Call"', '"Call us"'), "utf-8")
    before = source.files(Path("course"))
    Path("bank.gift").write_text(BANK.replace("~Stay", "~Stay ~Shout"), "utf-8")
    assert run("import", "bank.gift", "--into", "course").exit_code == 1
    assert added(before).keys() == {".import.json", "questions/bank.yaml.new"}


def test_course_from_a_document_takes_a_bank(run: Command) -> None:
    style = word.style("Heading1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')
    body = word.p("Welcome", style="Heading1") + word.p("Hello.")
    Path("guide.docx").write_bytes(word.docx(body, styles=style))
    run("import", "guide.docx", "-o", "guide")
    assert run("import", "bank.gift", "--into", "guide").exit_code == 0
    before = source.files(Path("guide"))
    assert "- fire.md" not in before["course.yaml"].decode()
    assert run("import", "guide.docx", "bank.gift", "--into", "guide").exit_code == 0
    assert source.files(Path("guide")) == before
    Path("guide.docx").write_bytes(word.docx(body + word.p("Bye."), styles=style))
    assert run("import", "guide.docx", "--into", "guide").exit_code == 0
    after = source.files(Path("guide"))
    changed = {path for path in after if after[path] != before.get(path)}
    assert changed == {".import.json", "pages/welcome.md"}


def test_another_bank_of_the_same_name_is_refused(run: Command) -> None:
    run("import", "bank.gift", "--into", "course")
    Path("bank.gift").write_text("Why do you ask?{=So ~Or}\n", "utf-8")
    before = source.files(Path("course"))
    result = run("import", "bank.gift", "--into", "course")
    assert result.exit_code == 2
    assert "scorm-builder import bank-2.gift --into course" in " ".join(result.stderr.split())
    assert added(before) == {}


def test_bank_that_shares_some_questions_is_no_later_version(run: Command) -> None:
    run("import", "bank.gift", "-o", "made")
    before = source.files(Path("made"))
    Path("more.gift").write_text("Is it wet?{T}\n\nIs it cold?{F}\n", "utf-8")
    result = run("import", "more.gift", "--into", "made")
    assert "repeated question, line 1" in result.stdout
    after = source.files(Path("made"))
    assert {path: after[path] for path in before if path != ".import.json"} == {
        path: text for path, text in before.items() if path != ".import.json"
    }
    assert after["questions/more.yaml"].startswith(b"- id: is-it-cold\n")
