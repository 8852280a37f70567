"""What the README shows is what happens."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder import cli
from builder.validate.shapes import QuizShape
from tests.conftest import ROOT
from tools.updating import compose

README = (ROOT / "README.md").read_text("utf-8")


def samples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def build(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli.main, ["build", *arguments], catch_exceptions=False)
    return result.exit_code, result.output


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "_today", lambda: date(2026, 11, 25))


@pytest.fixture
def my_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The course that the samples make together."""
    monkeypatch.chdir(tmp_path)
    course = tmp_path / "my-course"
    page, quiz, record = samples("markdown")
    settings, question, _ = samples("yaml")
    for name, text in {
        "course.yaml": settings,
        "pages/if-i-am-worried.md": page,
        "pages/further-information.md": "---\ntitle: Further information\n---\nMore.\n",
        "pages/check.md": quiz,
        "pages/record.md": record,
        "questions/all.yaml": question,
        "media/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"/>\n',
        "media/brand.css": "h1 { letter-spacing: 0 }\n",
    }.items():
        path = course / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return course


def test_the_sample_of_locks_stands_for_the_list_of_pages(my_course: Path) -> None:
    settings = my_course / "course.yaml"
    *_, locks = samples("yaml")
    pages = re.compile(r"^pages:.*?(?=^tracking:)", re.DOTALL | re.MULTILINE)
    settings.write_text(pages.sub(locks, settings.read_text("utf-8")).replace("help: [", "# ["))
    assert build("my-course")[0] == 0


def test_the_samples_make_the_draft_that_the_readme_names(my_course: Path) -> None:
    code, output = build("my-course")
    assert code == 0
    assert re.findall(r"^\S+: (warning|error) (\S+)", output, re.MULTILINE) == [
        ("warning", "variable-unset")
    ]
    assert Path("dist/my-course-1.0.0-draft.zip").exists()


def test_with_its_value_filled_in_it_is_a_release(my_course: Path) -> None:
    path = my_course / "course.yaml"
    filled = path.read_text("utf-8").replace("    value:  ", "    value: Sam Lee # ")
    path.write_text(
        filled.replace("confirmed_by:", "confirmed_by: Sam").replace(
            "confirmed_on:", "confirmed_on: 2026-11-01"
        ),
        "utf-8",
    )
    code, output = build("my-course", "--release", "--strict")
    assert (code, "draft" in output) == (0, False)
    assert Path("dist/my-course-1.0.0.zip").exists()


def test_the_mistake_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "course", "course")
    page = Path("course/pages/definition.md")
    text = page.read_text("utf-8")
    page.write_text(text.replace("check form-of-child-abuse", "check form-of-abuse"), "utf-8")
    code, output = build()
    shown = re.search(r"```\n(course/pages/definition\.md:.*?)```", README, re.DOTALL)
    assert shown
    assert code == 1
    assert shown[1] in output


def test_every_rule_of_a_quiz_is_told() -> None:
    table = README[README.index("**Quizzes.**") : README.index("**Reports.**")]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert {key for row in rows for key in re.findall("`(.*?)`", row)} == set(
        QuizShape.model_fields
    )


def test_what_it_shows_of_three_edits_is_what_the_commands_say() -> None:
    """After a change of what they say: ``make updating``."""
    assert compose(README) == README
    shown = re.findall(r"^\$ scorm-builder (\w+)", README, re.MULTILINE)
    assert shown == ["diff", "rehearse"] * 3
