"""Several files make one course, and one of them is imported again without the others."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder import cli
from builder.cli import import_
from tests.importing import source
from tests.importing.word import files as word

pytestmark = pytest.mark.whole
FIRE = """\
$CATEGORY: Fire

What do you do first?{=Leave#Right. ~Stay}

$CATEGORY: Water

Is it wet?{T}
"""
MORE = """\
$CATEGORY: Fire

What do you do first?{=Call somebody ~Run}

$CATEGORY: Air

Is it thin?{F}
"""
TITLED = """\
Questions of the second day

Where do you wait?
A) Inside
B) Outside
ANSWER: B
"""
PAGES = {
    "fire.md": ("Fire", "what-do-you-do-first", "what-do-you-do-first-2"),
    "water.md": ("Water", "is-it-wet"),
    "air.md": ("Air", "is-it-thin"),
}

Import = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Import:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "_today", lambda: source.TODAY)
    Path("fire.gift").write_text(FIRE, "utf-8")
    Path("more.gift").write_text(MORE, "utf-8")
    Path("day.txt").write_text(TITLED, "utf-8")
    body = (
        word.p("Hand-out", style="Title"),
        word.p("Welcome", style="Heading1"),
        word.p("Hello. ", word.picture('r:embed="rId9"', 'descr="Two people"')),
    )
    Path("guide.docx").write_bytes(
        word.docx(
            "".join(body),
            ("rId9", "image", "media/image1.png"),
            styles=word.style("Title", "Title")
            + word.style("Heading1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'),
            word__media__image1_dot_png=word.PNG,
        )
    )

    def imported(*arguments: str, typed: str = "") -> Result:
        command = ["import", *arguments]
        return CliRunner().invoke(cli.main, command, typed, catch_exceptions=False)

    return imported


def quiz(title: str, *names: str) -> bytes:
    asked = "".join(f"  - {name}\n" for name in names)
    head = f'---\nid: {title.lower()}\ntitle: "{title}"\nkind: quiz\nquestions:\n'
    return f"{head}{asked}---\n".encode()


def test_pages_follow_file_order_and_categories_are_joined(run: Import) -> None:
    result = run("fire.gift", "day.txt", "more.gift", "-o", "course")
    assert (result.exit_code, result.stderr) == (0, "")
    files = source.files(Path("course"))
    listed = "pages:\n  - fire.md\n  - water.md\n  - day.md\n  - air.md\n"
    assert listed in files["course.yaml"].decode()
    for name, (title, *asked) in PAGES.items():
        assert files[f"pages/{name}"] == quiz(title, *asked)
    assert files["pages/day.md"].endswith(
        b"questions:\n  - where-do-you-wait\n---\nQuestions of the second day\n"
    )


def test_import_reports_each_file_and_a_total(run: Import) -> None:
    text = run("fire.gift", "day.txt", "-o", "course").stdout
    assert "Made the course “fire” in course from fire.gift, day.txt" in text
    assert (
        "fire.gift\n"
        "  13 of 14 words imported, 1 only states what is right or how to read the file: no "
        "word is missing.\n"
        "Questions                      file    course\n"
        "  questions                       2         2\n"
        "    choice                        1         1\n"
        "    true or false                 1         1\n"
        "  options                         2         2\n"
        "  questions with feedback         1         1\n"
        "  questions with tags             2         2\n"
    ) in text
    assert "All 2 files\nQuestions                      file    course\n" in text
    told = json.loads(run("fire.gift", "day.txt", "--dry-run", "--json").stdout)
    assert [(one["source"], one["bank"]) for one in told["files"]] == [
        *(("fire.gift", True), ("day.txt", True)),
    ]
    kinds = [one["kinds"]["document"]["questions"] for one in told["files"]]
    assert (kinds, told["kinds"]["document"]["questions"]) == ([2, 1], 3)


def test_reimporting_one_file_changes_only_its_own_parts(run: Import) -> None:
    run("guide.docx", "fire.gift", "more.gift", "-o", "course")
    before = source.files(Path("course"))
    assert run("fire.gift", "--into", "course").exit_code == 0
    assert source.files(Path("course")) == before

    Path("more.gift").write_text(MORE.replace("Is it thin?{F}", "Is it cold?{T}"), "utf-8")
    result = run("more.gift", "--into", "course")
    assert result.exit_code == 0
    after = source.files(Path("course"))
    changed = {path for path in after if after[path] != before.get(path)}
    assert changed == {"pages/air.md", "questions/questions.yaml", ".import.json"}
    assert run("guide.docx", "fire.gift", "more.gift", "--into", "course").exit_code == 0
    assert source.files(Path("course")) == after


def test_a_picture_is_remembered_by_its_file(run: Import) -> None:
    run("guide.docx", "fire.gift", "-o", "course")
    (picture,) = Path("course/media").iterdir()
    assert f"](media/{picture.name})" in Path("course/pages/welcome.md").read_text("utf-8")
    kept = Path("course/.import.json").read_text("utf-8")
    assert len(kept) < 8000
    Path("fire.gift").write_text(FIRE.replace("wet", "deep"), "utf-8")
    result = run("fire.gift", "--into", "course")
    assert result.exit_code == 0
    assert "pages/welcome.md" not in result.stdout


def test_a_file_is_known_by_its_name(run: Import) -> None:
    run("fire.gift", "more.gift", "-o", "course")
    Path("other.docx").write_bytes(Path("guide.docx").read_bytes())
    result = run("other.docx", "--into", "course")
    assert result.exit_code == 2
    assert (
        "“other.docx” is not one of the files from which this course was made: “fire.gift”, "
        "“more.gift”."
    ) in " ".join(result.stderr.split())
    # All are named: this one is new.
    assert run("fire.gift", "more.gift", "other.docx", "--into", "course").exit_code == 0
    assert "  - welcome.md\n" in Path("course/course.yaml").read_text("utf-8")
    # One is missing, and one is not known: it has another name now.
    Path("more.gift").rename("more-2.gift")
    result = run("fire.gift", "other.docx", "more-2.gift", "--into", "course")
    assert (result.exit_code, "the course was not changed" in result.stdout) == (0, True)
    assert run("more-2.gift", "--into", "course").exit_code == 0


def test_reimport_from_renamed_file_keeps_page_titles(run: Import) -> None:
    assert run("day.txt", "-o", "course").exit_code == 0
    titled = [re.search("title: .*", path.read_text("utf-8")) for path in _titled()]
    before = "day.txt"
    for name in ("day-2.txt", "day of june.txt"):
        Path(name).write_text(TITLED.replace("Inside", "In a room"), "utf-8")
        result = run(name, "--into", "course")
        assert result.exit_code == 0
        # Whoever has named a wrong file sees it at once.
        assert result.stdout.split("\n")[1] == (
            f"  The last import had a file “{before}”: “{name}” was used as its later version."
        )
        assert "Last time" not in run(name, "--into", "course").stdout
        before = name
        now = [re.search("title: .*", path.read_text("utf-8")) for path in _titled()]
        assert [one and one[0] for one in now] == [one and one[0] for one in titled]
        assert titled[0]
        assert titled[0][0] == 'title: "day"'


def _titled() -> list[Path]:
    return [Path("course/course.yaml"), *sorted(Path("course/pages").iterdir())]


def test_two_files_with_same_name_are_refused(run: Import) -> None:
    Path("other").mkdir()
    Path("other/fire.gift").write_text(MORE, "utf-8")
    result = run("fire.gift", "other/fire.gift")
    assert result.exit_code == 2
    assert "Two files are called “fire.gift”." in result.stderr


def test_a_file_that_cannot_be_read_stops_all(run: Import) -> None:
    Path("bad.xml").write_text("<?xml version='1.0'?>\n<quiz>\n<question>\n</quiz>\n", "utf-8")
    result = run("fire.gift", "bad.xml", "-o", "course")
    assert result.exit_code == 1
    assert "bad.xml:4:8: error bank-damaged" in result.stderr
    assert not Path("course").exists()


def test_damaged_import_record_is_reported(run: Import) -> None:
    run("fire.gift", "more.gift", "-o", "course")
    kept = Path("course/.import.json")
    whole = kept.read_text("utf-8")
    for wrong in ('\\"is\\":\\"Text\\"', '\\"kind\\":\\"choice\\"'):
        assert wrong in whole
        kept.write_text(whole.replace(wrong, '\\"is\\":\\"Nothing\\"'), "utf-8")
        result = run("fire.gift", "--into", "course")
        assert (result.exit_code, "cannot be read. Without it" in result.stderr) == (2, True)


def test_a_format_can_be_named(run: Import) -> None:
    # By the line with “ANSWER:” it is Aiken.
    lines = "Which of these is first?\nA) x\nB) y\nANSWER: A\n\nAnd one more: {=a}\n"
    Path("notes.dat").write_text(lines, "utf-8")
    for named, kind in (((), "choice"), (("--from", "gift"), "fill-in")):
        assert run("notes.dat", "-o", kind, *named).exit_code == 0
        written = Path(kind, "questions/questions.yaml").read_text("utf-8")
        assert re.findall("type: (.+)", written) == [kind]


def test_a_wrong_format_is_told(run: Import) -> None:
    result = run("fire.gift", "--from", "word-perfect")
    assert result.exit_code == 2
    assert "“word-perfect” is not a format that can be imported. Write one of: word, aiken, " in (
        " ".join(result.stderr.split())
    )
    result = run("fire.gift", "--from", "aiken")
    assert result.exit_code == 1
    assert result.stderr.startswith(
        "fire.gift: error bank-format This is a file without any question in Aiken. It cannot be "
        "read as a question bank.\n"
        "    Leave out “--from”: the content shows that it is GIFT; then import that file.\n"
    )
    assert not Path("fire").exists()


OTHER = "What is this?{=A ladder ~A hose}\n\nWhy do you ask?{}\n"


@pytest.mark.parametrize("before", [("fire.gift",), ("more.gift", "fire.gift")])
def test_another_bank_is_no_later_version(run: Import, before: tuple[str, ...]) -> None:
    run(*before, "-o", "course")
    Path("fire.gift").write_text(OTHER, "utf-8")
    course = source.files(Path("course"))
    for dry in ((), ("--dry-run",)):
        result = run("fire.gift", "--into", "course", *dry)
        assert (result.exit_code, source.files(Path("course"))) == (2, course)
        assert (
            "“fire.gift” has no question in common with the “fire.gift” that was imported before, "
            "so it looks like another bank. Nothing was changed. To add it to the course, give it "
            "another name: scorm-builder import fire-2.gift --into course; to make a "
            "course from it alone: scorm-builder import fire.gift -o fire-2"
        ) in " ".join(result.stderr.split())


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 2), ("\n", 2)])
def test_terminal_asks_if_bank_is_a_later_version(
    answer: str, code: int, run: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("fire.gift", "-o", "course")
    course = source.files(Path("course"))
    Path("fire.gift").write_text(OTHER, "utf-8")
    monkeypatch.setattr(import_, "can_ask", lambda: True)
    result = run("fire.gift", "--into", "course", typed=answer)
    assert "Is it a later version anyway?" in result.stderr
    assert result.exit_code == code
    assert (source.files(Path("course")) == course) == (code == 2)


def test_sheet_source_links_questions_to_pages(run: Import) -> None:
    Path("asked.csv").write_text(
        "Question,Right answer,Source\nIs it so?,true,Welcome\nIs it now?,true,welcome\n"
        "Is it here?,true,nowhere\n",
        "utf-8",
    )
    result = run("guide.docx", "asked.csv", "-o", "course")
    assert "source, line 4 “nowhere”: the course has no such page" in result.stdout
    questions = Path("course/questions/questions.yaml").read_text("utf-8")
    sources = re.findall("- id: (.*)|  source: (.*)", questions)
    assert sources == [
        ("is-it-so", ""),
        ("", "welcome"),
        ("is-it-now", ""),
        ("", "welcome"),
        ("is-it-here", ""),
    ]
    before = source.files(Path("course"))
    assert run("asked.csv", "--into", "course").exit_code == 0
    assert source.files(Path("course")) == before
