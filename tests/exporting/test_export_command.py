"""The command ``export``: what it writes and where, what it says, how it ends."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from builder import cli
from tests.conftest import ROOT
from tests.exporting.banked import TODAY
from tests.importing.banks import second_readers
from tests.support.golden import GOLDEN

pytestmark = pytest.mark.whole

SHOWCASE = ROOT / "tests/showcase"
Export = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Export:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "_today", lambda: TODAY)

    def exported(*arguments: str, course: Path = SHOWCASE) -> Result:
        return CliRunner().invoke(
            cli.main, ["export", str(course), *arguments], catch_exceptions=False
        )

    return exported


FILES = {
    "gift": "showcase-1.0.0.gift",
    "moodle-xml": "showcase-1.0.0.xml",
    "xlsx": "showcase-1.0.0.xlsx",
    "html": "showcase-1.0.0.html",
}


@pytest.mark.parametrize("to", FILES)
def test_export_is_written_beside_packages_and_reproducible(to: str, run: Export) -> None:
    for output in ((), ("-o", f"again{Path(FILES[to]).suffix}")):
        result = run("--to", to, *output)
        assert (result.exit_code, result.stderr) == (0, "")
    first, again = Path("dist", FILES[to]), Path(output[1])
    assert str(again) in result.stdout
    assert first.read_bytes() == again.read_bytes()


@pytest.mark.parametrize("to", ["gift", "moodle-xml"])
def test_the_bank_of_the_showcase(to: str, run: Export, request: pytest.FixtureRequest) -> None:
    golden = GOLDEN / "exported" / FILES[to]
    assert run("--to", to).exit_code == 0
    written = Path("dist", FILES[to]).read_text("utf-8")
    if request.config.getoption("--regenerate"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(written, "utf-8", newline="\n")
    assert written == golden.read_text("utf-8")


def test_moodle_export_contains_pictures_of_the_course(run: Export) -> None:
    run("--to", "moodle-xml")
    root = etree.parse(Path("dist", FILES["moodle-xml"]).as_posix())
    files = {file.get("name"): base64.b64decode(file.text or "") for file in root.iter("file")}
    media = ("window-plan.svg", "leaf.svg")
    assert files == {name: (SHOWCASE / "media" / name).read_bytes() for name in media}
    shown = re.findall(r'src="@@PLUGINFILE@@/([^"]*)"', "".join(root.getroot().itertext()))
    assert sorted(shown) == sorted(files)


@pytest.mark.parametrize("to", ["gift", "moodle-xml", "xlsx"])
def test_export_report_counts_match_an_independent_reader(to: str, run: Export) -> None:
    result = run("--to", to, "--json")
    told = json.loads(result.stdout)
    path = Path(told["path"])
    counts = second_readers.count(path).kinds
    kinds = told["kinds"]
    asked = [kinds[name]["file"] for name in ASKED if name in kinds]
    assert counts["questions"] == sum(asked)
    assert sum(kinds[name]["course"] for name in ASKED if name in kinds) == told["questions"]
    assert counts.get("pictures", 0) == kinds["pictures"]["file"]
    assert all(one["line"] and Path(SHOWCASE, one["file"]).exists() for one in told["left"])


ASKED = (
    *("true-false", "choice", "fill-in", "numeric", "likert", "matching", "sequencing"),
    *("performance", "reflection"),
)


def test_only_gift_gives_essays_a_mark(run: Export) -> None:
    assert "Moodle gives an essay the mark 1" not in run("--to", "moodle-xml").stdout


def test_unsupported_content_of_bank_is_listed_with_place(run: Export) -> None:
    result = run("--to", "gift")
    lines = [line.strip() for line in result.stdout.split("\n")]
    place = f"{SHOWCASE / 'questions/choice.yaml'}:72 quiz-likes-shade “2”"
    assert lines[lines.index("weight: GIFT has none: each question counts 1") + 1] == place
    mark = next(at for at, line in enumerate(lines) if line.startswith("mark"))
    assert "Moodle gives an essay the mark 1" in lines[mark]
    assert lines[mark + 1].startswith(f"{SHOWCASE / 'questions'}")
    head = lines.index("hint, 4 times: GIFT has none")
    assert lines[head + 1].endswith("near-a-window “Walk through the office and look.”")
    assert "sequencing                              2       0" in lines
    assert "texts in the place of questions         0       8" in lines


def test_a_course_with_an_error_makes_no_file(run: Export, tmp_path: Path) -> None:
    course = ROOT / "tests/golden/diagnostics"
    result = run("--to", "gift", course=course)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "course.yaml" in result.stderr
    assert not Path("dist").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--to", "gift", "-o", "bank.xml"), "“bank.xml” must end with .gift or .txt."),
        (("--to", "gift", "--answers"), "gift always has the answers"),
        ((), "--to"),
    ],
)
def test_a_wrong_command_says_what_is_wrong(
    arguments: tuple[str, ...], says: str, run: Export
) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr


@pytest.mark.parametrize("command", [("export", "--to", "html"), ("review",)])
@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("course/media/leaflet.html", "is a file of the course"),
        ("course/media/new.html", "would be a file of the course"),
        ("link.html", "is a file of the course"),
    ],
)
def test_nothing_is_written_over_the_course_itself(
    command: tuple[str, ...],
    output: str,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(GOLDEN / "course", "course")
    Path("course/media/leaflet.html").write_text("mine", "utf-8")
    Path("link.html").symlink_to("course/pages/start.md")
    before = {path: path.read_bytes() for path in Path("course").rglob("*") if path.is_file()}
    name, *options = command
    result = CliRunner().invoke(cli.main, [name, "course", *options, "-o", output])
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"“{output}” {said}. Choose a place outside" in " ".join(result.stderr.split())
    after = {path: path.read_bytes() for path in Path("course").rglob("*") if path.is_file()}
    assert before == after
    beside = CliRunner().invoke(cli.main, [name, "course", *options, "-o", "course/out.html"])
    assert beside.exit_code == 0, beside.stderr


def test_unwritable_export_folder_is_reported(run: Export) -> None:
    Path("taken").write_text("A file, and no folder.\n")
    result = run("--to", "html", "-o", "taken/page.html")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "error output-unwritable" in result.stderr


def test_export_follows_symlink_and_refuses_pipe(run: Export) -> None:
    Path("elsewhere").mkdir()
    Path("elsewhere/page.html").write_text("before", "utf-8")
    Path("page.html").symlink_to("elsewhere/page.html")
    assert run("--to", "html", "-o", "page.html").exit_code == 0
    assert Path("page.html").is_symlink()
    assert "<!doctype html>" in Path("elsewhere/page.html").read_text("utf-8")
    os.mkfifo("pipe.html")
    result = run("--to", "html", "-o", "pipe.html")
    assert (result.exit_code, result.stdout, Path("pipe.html").is_fifo()) == (1, "", True)
    assert result.stderr.startswith(
        "pipe.html: error output-unwritable Nothing can be written here: it is a folder, a device "
        "or a pipe."
    )
    assert {path.name for path in Path().iterdir()} == {"elsewhere", "page.html", "pipe.html"}


def test_no_cell_of_the_sheet_is_a_formula(run: Export, tmp_path: Path) -> None:
    course = tmp_path / "course"
    (course / "pages").mkdir(parents=True)
    (course / "questions").mkdir()
    (course / "course.yaml").write_text(
        'id: sums\ntitle: Sums\nversion: "1"\nlanguage: en\npages: [sums.md]\n'
    )
    (course / "pages/sums.md").write_text("---\nid: sums\ntitle: Sums\n---\n\n::: check sum\n")
    (course / "questions/all.yaml").write_text(
        '- id: sum\n  type: choice\n  prompt: "=1+1"\n  options:\n'
        '    - {id: a, text: "+2", correct: yes}\n    - {id: b, text: "-2"}\n'
        '    - {id: c, text: "@two"}\n'
    )
    assert run("--to", "xlsx", "-o", "sums.xlsx", course=course).exit_code == 0
    with zipfile.ZipFile("sums.xlsx") as workbook:
        sheets = [workbook.read(name) for name in workbook.namelist() if "worksheets/" in name]
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
    assert b">=1+1<" in b"".join(sheets)
    imported = CliRunner().invoke(cli.main, ["import", "sums.xlsx", "-o", "again"])
    assert imported.exit_code == 0
    written = Path("again/questions/questions.yaml").read_text("utf-8")
    for words in ('"=1+1"', '"+2"', '"-2"', '"@two"'):
        assert f": {words}" in written


LOCAL = """\
- id: whom
  type: choice
  prompt: Do you call {{ desk }} or see [the desk](desk.md)?
  options:
    - {id: a, text: Call, correct: yes}
    - {id: b, text: See}
- id: open
  type: true-false
  prompt: Is it open?
  unsure: Ask Ann.
- id: why
  type: reflection
  prompt: Why?
  limit: 80
- id: who
  type: fill-in
  prompt: Who?
  answers: Ann
  limit: 20
"""


@pytest.mark.parametrize(("to", "name"), [("gift", "bank.gift"), ("xlsx", "bank.xlsx")])
def test_course_only_content_is_exported_as_text(
    to: str, name: str, run: Export, tmp_path: Path
) -> None:
    course = tmp_path / "course"
    (course / "pages").mkdir(parents=True)
    (course / "questions").mkdir()
    (course / "course.yaml").write_text(
        'id: desk\ntitle: Desk\nversion: "1"\nlanguage: en\npages: [desk.md]\n'
        'variables:\n  desk: {label: The desk, value: "123 & 4"}\n'
    )
    page = "---\nid: desk\ntitle: Desk\n---\n\n::: check whom\n\n::: check open\n"
    page += "\n::: check why\n\n::: check who\n"
    (course / "pages/desk.md").write_text(page)
    (course / "questions/all.yaml").write_text(LOCAL)
    told = json.loads(run("--to", to, "-o", name, "--json", course=course).stdout)
    left = {(one["question"], one["what"], one["words"]) for one in told["left"]}
    assert {("whom", "local value", "desk"), ("whom", "link", "desk.md")} <= left
    for one in (("open", "unsure", "Ask Ann."), ("why", "limit", "80"), ("who", "limit", "20")):
        assert (one in left) == (to == "gift")
    imported = CliRunner().invoke(cli.main, ["import", name, "-o", "again"])
    assert imported.exit_code == 0
    written = Path("again/questions/questions.yaml").read_text("utf-8")
    assert 'prompt: "Do you call 123 & 4 or see the desk?"' in written
    # Nobody has decided the other one: GIFT has its words, a sheet says so.
    pages = "".join(path.read_text("utf-8") for path in Path("again/pages").iterdir())
    assert ("Is it open?" in pages) == (to == "gift")
    assert ("Ask Ann." in written) == (to == "xlsx")
