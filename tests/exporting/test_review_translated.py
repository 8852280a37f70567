"""The review document of a translation: source and translation side by side, and the way back."""

import re
from pathlib import Path

import polib
import pytest
from click.testing import CliRunner, Result
from lxml import etree, html

from builder import cli
from builder.course import judging
from builder.exporting import reviewing
from builder.exporting.review import Remark
from tests.exporting.reviewed_course import FILES, applied, back, place, texts, written
from tests.exporting.reviewer import Reviewer, text
from tests.support.golden import TODAY
from tests.support.translations import write_po

POLISH = {
    "A small course": "Mały kurs",
    "Weather": "Pogoda",
    "Rain, and what's next": "Deszcz i co dalej",
    "Take an **umbrella** with you, ask {{ lead }}, and *do not* run: it is slippery & wet. See "
    "[the tables](https://www.example.org/a_b) \\*today\\*.": "Weź **parasol**, spytaj {{ lead }} "
    'i *nie* biegnij: jest "ślisko". Zobacz [tabele](https://www.example.org/a_b) \\*dziś\\*.',
    "A coat": "Płaszcz",
    'Rain is "wet", always.': 'Deszcz jest "mokry", zawsze.',
    "An umbrella": "Parasol",
    "A fan": "Wachlarz",
    "It blows.": "Wieje.",
    "Mind the step": "Uważaj na stopień",
    "How many *wet* days were there?": "Ile było *mokrych* dni?",
    "who knows": "kto wie",
    "It's water from above.": "To woda z góry.",
}
FIXED = (
    "it is in the source language: change it in the course, or in the review document of the "
    "source language"
)
MISSING = "it is not translated yet: translate it in the PO file first"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = written(tmp_path / "course")
    write_po(folder, "pl", POLISH, fuzzy=("A coat",))
    return folder


def po(course: Path) -> Path:
    return course / "translations/pl.po"


def sent(course: Path, name: str = "review.docx") -> Path:
    file = course.parent / name
    made = reviewing.review(course, file, TODAY, "pl")
    assert made.made, made.diagnostics
    return file


def translation(course: Path, source: str) -> str:
    [found] = [one.msgstr for one in polib.pofile(str(po(course))) if one.msgid == source]
    return str(found)


def described(remark: Remark) -> tuple[str, str, str, str, str]:
    return remark.about, remark.added, place(remark), remark.part, remark.reason


def row(course: Path, words: str) -> list[list[str]]:
    """The texts of both cells in the row of the HTML document with these words."""
    page = html.fromstring(sent(course, "review.html").read_text("utf-8"))
    [found] = [
        row for row in page.iter("tr") if words in [one.text_content() for one in row.iter("p")]
    ]
    return [[one.text_content() for one in cell.iter("p")] for cell in found]


def test_each_text_is_beside_its_translation_with_its_local_values(course: Path) -> None:
    assert row(course, "A coat") == [
        ["A coat"],
        ["Płaszcz (the source text has changed since)"],
    ]
    assert row(course, "Boots") == [["Boots"], ["Boots (not translated yet)"]]
    [[source], [polish]] = row(course, row_of_the_paragraph(course))
    assert source == (
        "Take an umbrella with you, ask Sam Lee, and do not run: it is slippery & wet. See the "
        "tables (https://www.example.org/a_b) *today*."
    )
    assert polish == (
        'Weź parasol, spytaj Sam Lee i nie biegnij: jest "ślisko". Zobacz tabele '
        "(https://www.example.org/a_b) *dziś*."
    )


def row_of_the_paragraph(course: Path) -> str:
    page = html.fromstring(sent(course, "review.html").read_text("utf-8"))
    found = (one.text_content() for one in page.iter("p"))
    return next(one for one in found if one.startswith("Weź"))


def test_every_message_is_in_the_document_once(course: Path) -> None:
    page = html.fromstring(sent(course, "review.html").read_text("utf-8"))
    rows = [
        row
        for row in page.iter("tr")
        if len(row) == 2 and row[0].tag == "td" and row.text_content().strip()
    ]
    assert len(rows) == len(polib.pofile(str(po(course))))


def test_the_texts_of_a_language_have_its_lang_and_dir(course: Path) -> None:
    write_po(course, "ar", {"An umbrella": "مظلة"})
    file = course.parent / "arabic.html"
    assert reviewing.review(course, file, TODAY, "ar").made
    page = html.fromstring(file.read_text("utf-8"))
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
    [source] = [one for one in page.iter("span") if one.text == "An umbrella"]
    assert (source.get("lang"), source.get("dir")) == ("en", "ltr")


@pytest.mark.whole
def test_unchanged_translated_document_has_no_remarks(course: Path) -> None:
    review = back(course, sent(course))
    assert (review.remarks, review.is_outdated, review.version) == ((), False, "1.0")


def test_comments_come_back_with_their_place_in_the_po_file(course: Path) -> None:
    file = sent(course)
    with Reviewer(file) as reviewer:
        reviewer.comment("parasol", "Too long?")
        reviewer.comment("It blows.", "What does?")
    first, second = back(course, file).remarks
    lines = po(course).read_text("utf-8").split("\n")
    [line] = (at for at, one in enumerate(lines, start=1) if one.startswith('msgstr "Weź'))
    assert (first.text, first.about, place(first), first.part) == (
        "Too long?",
        "parasol",
        f"translations/pl.po:{line}:15",
        "p:rain",
    )
    blown = lines.index('msgstr "Wieje."') + 1
    assert (second.text, place(second), second.part) == (
        "What does?",
        f"translations/pl.po:{blown}:9",
        "q:how",
    )
    saved = (course / "remarks.yaml").read_text("utf-8")
    assert f'"file": "translations/pl.po", "line": {line}, "part": "p:rain"' in saved


def title(reviewer: Reviewer) -> etree._Element:
    """The translation of the title, below the heading of the whole document."""
    _, found = (one for one in reviewer.paragraphs() if text(one).split(" [")[0] == "Mały kurs")
    return found


@pytest.mark.whole
def test_changes_are_applied_to_the_po_file_and_nowhere_else(course: Path) -> None:
    before = po(course).read_text("utf-8")
    file = sent(course)
    with Reviewer(file) as reviewer:
        paragraph = reviewer.paragraph("Weź")
        reviewer.replace("parasol", "kaptur", paragraph)
        reviewer.replace('"ślisko"', 'sucho, "\\o/"', paragraph)
        reviewer.replace("dziś", "ju*tro", paragraph)
        reviewer.replace("Wachlarz", "Wentylator")
        reviewer.replace("Mały kurs", "Krótki kurs", title(reviewer))
        reviewer.replace("Płaszcz", "Palto")
        reviewer.replace("kto wie", "kto to wie")
    result = applied(course, file)
    assert (result.diagnostics, result.applied and len(result.applied.numbers)) == ((), 7)
    after = po(course).read_text("utf-8")
    assert [
        (old, new)
        for old, new in zip(before.split("\n"), after.split("\n"), strict=True)
        if old != new
    ] == [
        ('msgstr "Mały kurs"', 'msgstr "Krótki kurs"'),
        ('msgstr "kto wie"', 'msgstr "kto to wie"'),
        (
            'msgstr "Weź **parasol**, spytaj {{ lead }} i *nie* biegnij: jest \\"ślisko\\". Zobacz '
            '[tabele](https://www.example.org/a_b) \\\\*dziś\\\\*."',
            'msgstr "Weź **kaptur**, spytaj {{ lead }} i *nie* biegnij: jest sucho, \\"\\\\o/\\". '
            'Zobacz [tabele](https://www.example.org/a_b) \\\\*ju*tro\\\\*."',
        ),
        ('msgstr "Płaszcz"', 'msgstr "Palto"'),
        ('msgstr "Wachlarz"', 'msgstr "Wentylator"'),
    ]
    assert texts(course) == {}
    assert {one.reason for one in back(course, file).remarks} == {
        "the course already has these words"
    }


@pytest.mark.whole
def test_the_source_and_missing_translations_cannot_be_changed(course: Path) -> None:
    file = sent(course)
    with Reviewer(file) as reviewer:
        source, missing = (one for one in reviewer.paragraphs() if text(one).startswith("Boots"))
        reviewer.replace("Boots", "Shoes", source)
        reviewer.replace("Boots", "Buty", missing)
        reviewer.replace("It blows.", "It whirls.")
    before = po(course).read_bytes()
    found = [described(one) for one in back(course, file).remarks]
    assert [(about, added, part, reason) for about, added, _, part, reason in found] == [
        ("Boots", "Shoes", "p:rain", FIXED),
        ("Boots", "Buty", "p:rain", MISSING),
        ("It blows.", "It whirls.", "q:how", FIXED),
    ]
    assert applied(course, file).applied is not None
    assert (po(course).read_bytes(), texts(course)) == (before, {})


def test_change_that_breaks_translation_is_not_applied(course: Path) -> None:
    file = sent(course)
    with Reviewer(file) as reviewer:
        reviewer.replace("Mały kurs", "Kurs " * 50, title(reviewer))
    [remark] = back(course, file).remarks
    assert (remark.edits, remark.reason.split(",")[0]) == (
        (),
        "the course would then have an error",
    )


def test_multiline_translation_with_crlf_is_edited_in_place(
    course: Path,
) -> None:
    content = (
        po(course)
        .read_text("utf-8")
        .replace('msgstr "Uważaj na stopień"', 'msgstr ""\n"Uważaj "\n"na stopień"')
    )
    po(course).write_bytes(b"\xef\xbb\xbf" + content.replace("\n", "\r\n").encode())
    file = sent(course)
    with Reviewer(file) as reviewer:
        reviewer.replace("na stopień", "na schodek")
    assert applied(course, file).diagnostics == ()
    new = content.replace('"na stopień"', '"na schodek"')
    assert po(course).read_bytes() == b"\xef\xbb\xbf" + new.replace("\n", "\r\n").encode()


def test_the_rest_of_the_course_may_change_meanwhile(course: Path) -> None:
    file = sent(course)
    page = course / "pages/rain.md"
    page.write_text(page.read_text("utf-8").replace("A coat", "A new coat"), "utf-8")
    with Reviewer(file) as reviewer:
        reviewer.replace("Wieje", "Wieje mocno")
    [remark] = back(course, file).remarks
    assert (remark.about, remark.added, remark.reason) == ("Wieje", "Wieje mocno", "")


def test_remark_on_translation_makes_only_that_language_draft(course: Path) -> None:
    write_po(course, "pl", lambda message: f"PL {message.text}")
    file = sent(course)
    with Reviewer(file) as reviewer:
        reviewer.comment("PL It blows.", "What does?")
    back(course, file)
    judged, problems = judging.judge(course, TODAY)
    assert judged
    assert judged.course
    [found] = [one for one in problems if one.code == "review-open"]
    assert (found.position.path, found.draft) == ("translations/pl.po", True)
    in_polish, others = (
        [one.code for one in judging.problems_in(chosen, problems) if one.draft]
        for chosen in (judged.course.translations[0], judged.course)
    )
    assert ("review-open" in in_polish, "review-open" in others) == (True, False)


def test_document_without_properties_is_recognized_by_cover(course: Path) -> None:
    file = sent(course)
    with Reviewer(file) as reviewer:
        reviewer.files["docProps/custom.xml"] = (
            b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
            b'custom-properties"/>'
        )
        reviewer.comment("Wieje.", "Hm.")
    [remark] = back(course, file).remarks
    assert remark.position
    assert remark.position.path == "translations/pl.po"


def run(course: Path, *options: str) -> Result:
    return CliRunner().invoke(cli.main, ["review", str(course), *options], catch_exceptions=False)


@pytest.mark.whole
def test_document_language_overrides_the_language_option(course: Path) -> None:
    source = course.parent / "source.docx"
    assert reviewing.review(course, source, TODAY).made
    for file, language in ((source, "pl"), (sent(course), "en")):
        found = reviewing.read_review(course, file, TODAY, None, language=language)
        assert (found.diagnostics, found.review and found.review.remarks) == ((), ())


def test_a_document_of_another_course_is_refused(course: Path) -> None:
    file = sent(course)
    settings = course / "course.yaml"
    settings.write_text(settings.read_text("utf-8").replace("id: small", "id: other"), "utf-8")
    [found] = reviewing.read_review(course, file, TODAY, None).diagnostics
    assert found.code == "remark-foreign"


def approve(course: Path, *options: str) -> Result:
    return CliRunner().invoke(cli.main, ["approve", str(course), *options], catch_exceptions=False)


@pytest.mark.whole
def test_document_confirms_the_parts_of_its_language(course: Path) -> None:
    write_po(course, "pl", lambda one: POLISH.get(one.text, one.text))
    file = sent(course)
    with Reviewer(file) as reviewer:
        reviewer.sign("Ewa Lis", "20.1.2026")
        reviewer.comment("parasol", "Or kaptur?")
    recorded = approve(course, "--document", str(file), "--by", "Ewa Lis")
    # The page shows this local value.
    for part in ("page/rain@pl", "value/lead@pl"):
        assert f"does not confirm “{part}” as it is now: the remark " in recorded.stderr
    assert recorded.stderr.count("error approval-held") == 2
    approvals = (course / "approvals.yaml").read_text("utf-8")
    assert 'part: "question/wet@pl"\n  by: Ewa Lis\n' in approvals
    assert {one for one in re.findall(r"part: (.*)", approvals) if "@pl" not in one} == set()
    # The words of this translation change: its approval is stale, and no other one.
    content = po(course).read_text("utf-8")
    po(course).write_text(content.replace("Deszcz jest", "Deszcz bywa"), "utf-8")
    judged, problems = judging.judge(course, TODAY)
    assert judged
    stale = [str(one.position) for one in problems if one.code == "approval-stale"]
    line = content.split("\n").index('msgstr "Deszcz jest \\"mokry\\", zawsze."') + 1
    assert stale == [f"translations/pl.po:{line}:1"]


@pytest.mark.whole
def test_untranslated_part_is_not_recorded(
    course: Path,
) -> None:
    file = sent(course)
    result = approve(course, "page/rain@pl", "--document", str(file), "--by", "Ewa Lis")
    assert result.exit_code == 1
    assert "error approval-untranslated" in result.stderr
    assert not (course / "approvals.yaml").exists()


@pytest.mark.whole
def test_customised_interface_texts_can_be_approved(course: Path) -> None:
    own = course / "translations/interface/pl.po"
    own.parent.mkdir()
    own.write_text('msgctxt "page.contents"\nmsgid "Contents"\nmsgstr "Spis stron"\n', "utf-8")
    assert row(course, "Spis stron") == [["page.contents"], ["Spis stron"]]
    file = sent(course)
    with Reviewer(file) as reviewer:
        reviewer.replace("Spis stron", "Zawartość")
    names = ("interface@pl", "question/wet@pl")
    result = approve(course, *names, "--document", str(file), "--by", "Ewa Lis")
    assert "does not confirm “interface@pl” as it is now" in result.stderr
    approvals = (course / "approvals.yaml").read_text("utf-8")
    assert re.findall(r"part: (.*)", approvals) == ['"question/wet@pl"']


def test_a_language_that_the_course_does_not_have_is_refused(course: Path) -> None:
    result = run(course, "--language", "fr")
    assert result.exit_code == 2
    assert result.stderr.endswith(
        "Error: --language fr: the course is not in this language. It has en and pl.\n"
        f"To start a translation: scorm-builder translate {course} fr\n"
    )


@pytest.mark.whole
def test_document_of_removed_language_is_an_error(course: Path) -> None:
    file = sent(course)
    po(course).unlink()
    result = run(course, "--read", str(file))
    assert result.exit_code == 1
    assert "error remark-language This document reviews the translation “pl”" in result.stderr


@pytest.mark.whole
def test_it_is_named_after_the_language(
    course: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(course, "--language", "PL")
    assert (result.exit_code, result.stderr) == (0, "")
    assert Path("dist/small-1.0-pl-review.docx").is_file()


def test_the_review_document_of_the_source_is_as_before(course: Path, tmp_path: Path) -> None:
    reviewing.review(course, tmp_path / "with.html", TODAY)
    po(course).unlink()
    reviewing.review(course, tmp_path / "without.html", TODAY)
    assert (tmp_path / "with.html").read_bytes() == (tmp_path / "without.html").read_bytes()
    assert set(FILES) == {
        str(one.relative_to(course)) for one in course.rglob("*") if one.is_file()
    }
