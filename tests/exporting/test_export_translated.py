"""Exports of a translation: the one page and question banks."""

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html

from builder import cli
from builder.course import judging
from builder.exporting import export as exporting
from builder.exporting.export import Format
from tests.exporting.reviewed_course import written
from tests.support.golden import TODAY
from tests.support.translations import write_po

POLISH = {
    "A small course": "Mały kurs",
    "Rain, and what's next": "Deszcz i co dalej",
    "What do you take?": "Co *zabierasz*?",
    "An umbrella": "Parasol",
    "It rains *a lot*.": "Bardzo *pada*.",
    "Quiz": "Sprawdzian",
    "Boots": "Kalosze",
}


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = written(tmp_path / "course")
    write_po(folder, "pl", POLISH, fuzzy=("Boots",))
    return folder


def exported(course: Path, to: Format, language: str = "pl") -> Path:
    made = exporting.export(exporting.Export(course, to, None, True, TODAY, language))
    assert made.made, made.diagnostics
    return made.path


def test_exported_translation_marks_untranslated_text(course: Path) -> None:
    path = exported(course, "html")
    assert path == Path("dist/small-1.0-pl.html")
    page = html.fromstring(path.read_text("utf-8"))
    assert (page.get("lang"), page.findtext(".//h1")) == ("pl", "Mały kurs")
    headings = [one.text_content() for one in page.iter("h2", "h3", "h4")]
    assert "Deszcz i co dalej" in headings
    assert "Co zabierasz?" in headings
    foreign = {one.text_content() for one in page.xpath("//span[@lang='en' and @dir='ltr']")}
    # A text, a stale one, one in YAML, and a title: in the source language, and marked.
    assert {"A coat", "Boots", "A fan", "Diary"} <= foreign
    assert not foreign & {*POLISH.values()}


def test_translated_bank_keeps_ids_and_translates_text(course: Path) -> None:
    gift = exported(course, "gift").read_text("utf-8")
    assert "Co <em>zabierasz</em>?" in gift
    assert "=Parasol" in gift
    assert "A fan" in gift
    assert "What do you take?" not in gift
    assert exported(course, "gift", "").name == "small-1.0.gift"
    moodle = exported(course, "moodle-xml").read_text("utf-8")
    assert "Co <em>zabierasz</em>?" in moodle
    assert "<idnumber>how</idnumber>" in moodle
    assert "Bardzo <em>pada</em>." in moodle


def test_translated_sheet_contains_translation_with_markup(course: Path) -> None:
    with zipfile.ZipFile(exported(course, "xlsx")) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "Co *zabierasz*?" in sheet
    assert "It rains" not in sheet
    assert "What do you take?" not in sheet


def test_a_language_that_the_course_does_not_have_is_refused(course: Path) -> None:
    with pytest.raises(judging.NoSuchLanguageError) as error:
        exported(course, "html", "fr")
    assert error.value.languages == ("en", "pl")
    result = CliRunner().invoke(
        cli.main, ["export", "course", "--to", "gift", "--language", "fr"], catch_exceptions=False
    )
    assert result.exit_code == 2
    assert "It has en and pl." in result.stderr
