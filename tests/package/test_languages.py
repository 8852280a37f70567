"""Packages of a course with translations: all languages in one, some of them, or one alone."""

import csv
import io
import json
import re
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from builder import cli
from builder.audit import audit
from builder.course import judging
from builder.course.translations import Message
from builder.package import pipeline
from builder.package.artifacts import Result as Built
from builder.package.outline import parse
from tests.support.golden import TODAY
from tests.support.translations import write_po

GOOD = Path(__file__).parent.parent / "golden" / "course"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """The good course, whole in Welsh, and without a translated title in French."""
    made = Path(shutil.copytree(GOOD, tmp_path / "course"))
    write_po(made, "cy", lambda one: translated(one, "Pob plentyn"))
    write_po(made, "fr", lambda one: "" if one.part == "course/title" else translated(one, "Qui"))
    return made


def translated(message: Message, every_child: str) -> str:
    """Another text, so that the file is no copy; quotations and what they quote stay."""
    known = message.text.replace("Every child", every_child)
    stays = known != message.text or message.part.endswith(("/quote", "/board.name"))
    return known if stays else f"{every_child} {known}"


def build(course: Path, release: bool = False, today: date = TODAY, **options: object) -> Built:
    output = course.parent / "out"
    request = pipeline.Request(course, output, release, False, today, **options)
    return pipeline.build(request)


def opened(built: Built) -> zipfile.ZipFile:
    assert built.summary
    return zipfile.ZipFile(built.summary.path)


def codes(built: Built) -> set[tuple[str, str, str]]:
    return {(one.position.path, one.severity, one.code) for one in built.diagnostics}


def test_one_package_has_all_languages(course: Path) -> None:
    built = build(course)
    assert built.summary
    assert built.summary.path.name == "good-course-1.0.0-draft.zip"
    assert built.summary.translations == (("cy", False), ("fr", True))
    assert codes(built) == {("translations/fr.po", "warning", "translation-incomplete")}
    found = parse(opened(built).read("course.json"))
    assert [(one.language, one.draft) for one in found.translations] == [
        ("cy", False),
        ("fr", True),
    ]
    assert found.translations[0].questions["any-child"].prompt == "Pob plentyn can be at risk."


def test_a_release_is_refused_for_an_incomplete_language(course: Path) -> None:
    built = build(course, release=True)
    assert built.summary is None
    assert codes(built) == {("translations/fr.po", "error", "translation-incomplete")}


def test_release_can_omit_incomplete_languages(course: Path) -> None:
    built = build(course, release=True, complete_only=True)
    assert built.summary
    assert built.summary.path.name == "good-course-1.0.0.zip"
    assert built.summary.translations == (("cy", False),)
    assert built.summary.left_out == ("fr",)
    assert codes(built) == {("translations/fr.po", "warning", "translation-incomplete")}
    assert [one.draft for one in built.diagnostics] == [False]
    assert not [name for name in opened(built).namelist() if "-fr-" in name]


@pytest.mark.whole
@pytest.mark.parametrize(
    ("options", "advised"),
    [
        *(({}, True), ({"release": True}, True), ({"complete_only": True}, False)),
        *(({"language": "fr"}, False), ({"language": "fr", "release": True}, False)),
    ],
)
def test_advice_to_omit_languages_appears_only_where_possible(
    course: Path, options: dict[str, object], advised: bool
) -> None:
    [problem] = build(course, **options).diagnostics
    assert problem.message == "Of 30 texts, 1 is not translated."
    assert problem.hint.startswith("Translate what is missing and check what is stale")
    assert ("--complete-languages-only" in problem.hint) is advised


def test_problems_of_the_source_leave_out_no_language(course: Path) -> None:
    """Its problems are those of every language."""
    built = build(course, today=date(2040, 1, 1), complete_only=True)
    assert built.summary
    assert built.summary.draft
    assert built.summary.left_out == ("fr",)
    assert [tag for tag, _ in built.summary.translations] == ["cy"]


@pytest.mark.whole
@pytest.mark.parametrize(
    ("asked", "name", "language"),
    [
        ("cy", "good-course-1.0.0-cy", "cy"),
        ("CY", "good-course-1.0.0-cy", "cy"),
        ("fr", "good-course-1.0.0-fr-draft", "fr"),
        ("en", "good-course-1.0.0-en", "en"),
    ],
)
def test_single_language_package_has_language_in_its_name(
    course: Path, asked: str, name: str, language: str
) -> None:
    built = build(course, language=asked)
    assert built.summary
    assert built.summary.path.name == f"{name}.zip"
    assert built.summary.key.name == f"{name}-key.csv"
    package = opened(built)
    found = parse(package.read("course.json"))
    assert (found.language, found.translations) == (language, ())
    assert f'<html lang="{language}"' in package.read("index.html").decode()
    assert not [each for each in package.namelist() if re.search("-(cy|fr|en)-[0-9a-f]{10}", each)]


def test_single_language_package_keeps_ids_and_keys(course: Path) -> None:
    whole, alone = (
        parse(opened(build(course, language=language)).read("course.json"))
        for language in ("", "cy")
    )
    assert alone.identifiers == whole.identifiers
    assert alone.edition == whole.edition
    assert alone.worst_state == whole.worst_state
    for kind in ("pages", "questions"):
        assert [(one.id, one.key, one.revision) for one in getattr(alone, kind)] == [
            (one.id, one.key, one.revision) for one in getattr(whole, kind)
        ]
    assert [item.key for page in alone.pages for item in page.record] == [
        item.key for page in whole.pages for item in page.record
    ]
    assert [one.answer for one in alone.questions] == [one.answer for one in whole.questions]
    assert whole.translations[0].questions["any-child"].prompt == alone.questions[0].prompt


def test_language_builds_while_another_is_broken(course: Path) -> None:
    (course / "translations" / "fr.po").write_text("no PO file\n", "utf-8")
    assert build(course).summary is None
    assert build(course, language="cy").summary
    assert build(course, language="en").summary
    broken = build(course, language="fr")
    assert broken.summary is None
    assert {path for path, _, _ in codes(broken)} == {"translations/fr.po"}


@pytest.mark.parametrize("asked", ["en", "cy"])
def test_single_language_build_reports_nothing_of_other_languages(course: Path, asked: str) -> None:
    """Interface texts, pictures and approvals of another language are no mistakes."""
    interface = course / "translations" / "interface" / "fr.po"
    interface.parent.mkdir()
    interface.write_text('msgctxt "page.true"\nmsgid "True"\nmsgstr "Exact"\n', "utf-8")
    (course / "media" / "fr").mkdir()
    shutil.copy(course / "media" / "map.png", course / "media" / "fr" / "map.png")
    (course / "approvals.yaml").write_text(
        "- {part: page/topic@fr, by: Robin Green, on: 2026-01-30, code: FJXF-56KJ}\n"
        "- {part: page/topic@pl, by: Robin Green, on: 2026-01-30, code: FJXF-56KJ}\n",
        "utf-8",
    )
    built = build(course, language=asked)
    assert built.summary
    assert [(one.code, one.position.line) for one in built.diagnostics] == [("approval-unknown", 2)]


@pytest.mark.parametrize("asked", ["", "cy"])
def test_refused_translated_file_is_reported_at_its_path(course: Path, asked: str) -> None:
    page = course / "pages" / "topic.md"
    shown = page.read_text("utf-8") + "\n![A plan](media/plan.svg)\n"
    page.write_text(shown, "utf-8")
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>\n'
    (course / "media" / "cy").mkdir()
    (course / "media" / "plan.svg").write_text(drawing.format("<path/>"), "utf-8")
    script = drawing.format("<script>a()</script>")
    (course / "media" / "cy" / "plan.svg").write_text(script, "utf-8")
    built = build(course, language=asked)
    assert built.summary is None
    assert ("media/cy/plan.svg", "error", "file-refused") in codes(built)
    assert {path for path, severity, _ in codes(built) if severity == "error"} == {
        "media/cy/plan.svg"
    }


def test_a_language_that_the_course_does_not_have(course: Path) -> None:
    with pytest.raises(judging.NoSuchLanguageError) as caught:
        build(course, language="pl")
    assert caught.value.languages == ("en", "cy", "fr")


@pytest.mark.whole
def test_drafts_of_other_languages_are_not_reported_as_old(course: Path) -> None:
    build(course, language="fr")
    build(course, language="cy")
    released = build(course, release=True, complete_only=True)
    assert released.summary
    assert released.summary.older_drafts == ()
    build(course)
    again = build(course, release=True, complete_only=True)
    assert again.summary
    assert [path.name for path in again.summary.older_drafts] == ["good-course-1.0.0-draft.zip"]


def test_the_same_translations_give_the_same_bytes(course: Path) -> None:
    first = build(course)
    assert first.summary
    before = first.summary.path.read_bytes() + first.summary.key.read_bytes()
    shutil.rmtree(course.parent / "out")
    # In another order of files.
    for path in sorted((course / "translations").iterdir()):
        content = path.read_bytes()
        path.unlink()
        path.write_bytes(content)
    second = build(course)
    assert second.summary
    assert second.summary.path.read_bytes() + second.summary.key.read_bytes() == before


def test_the_manifest_lists_each_language(course: Path) -> None:
    manifest = etree.fromstring(opened(build(course)).read("imsmanifest.xml"))
    languages = manifest.xpath("//*[local-name()='general']/*[local-name()='language']/text()")
    assert languages == ["en", "cy", "fr"]
    titles = manifest.xpath("//*[local-name()='item']/*[local-name()='title']/text()")
    assert titles == ["A good course"]


def test_key_lists_translated_texts_after_source_texts(course: Path) -> None:
    built = build(course)
    assert built.summary
    text = io.StringIO(built.summary.key.read_text("utf-8-sig"), newline="")
    headings, first, *_ = csv.reader(text)
    assert headings[:10] == [
        "Interaction",
        "Page",
        "Use",
        "Type",
        "Question",
        "Items",
        "Options",
        "Retired letters",
        "Right answer",
        "Weight",
    ]
    assert headings[10:15] == [
        "Page (cy)",
        "Question (cy)",
        "Items (cy)",
        "Options (cy)",
        "Right answer (cy)",
    ]
    assert headings[15] == "Page (fr)"
    assert (first[4], first[11]) == (
        "Every child can be at risk.",
        "Pob plentyn can be at risk.",
    )


def test_translations_add_no_audit_findings(course: Path) -> None:
    built = build(course)
    assert built.summary
    found = audit(built.summary.path)
    alone = audit(build(course, language="en").summary.path)
    assert [one.code for one in found.findings] == [one.code for one in alone.findings]


def run(course: Path, *options: str) -> Result:
    arguments = ["build", str(course), "-o", str(course.parent / "out"), *options]
    return CliRunner().invoke(cli.main, arguments)


def lines(result: Result) -> list[str]:
    return [line for line in result.output.split("\n") if re.match("  (Lang|Also|Left)", line)]


def test_the_report_lists_the_languages(course: Path) -> None:
    assert lines(run(course)) == [
        "  Language  English (en)",
        "  Also in   Welsh (cy), French (fr), a draft",
    ]
    assert lines(run(course, "--complete-languages-only")) == [
        "  Language  English (en)",
        "  Also in   Welsh (cy)",
        "  Left out  French (fr): not complete, or not approved",
    ]
    package = json.loads(run(course, "--json").output)["package"]
    assert package["translations"] == [
        {"language": "cy", "draft": False},
        {"language": "fr", "draft": True},
    ]
    assert package["left_out"] == []


def test_the_command_says_which_languages_there_are(course: Path) -> None:
    result = run(course, "--language", "pl")
    assert result.exit_code == 2
    assert (
        "--language pl: the course is not in this language. It has en, cy and fr. "
        "To start a translation: scorm-builder translate"
    ) in " ".join(result.output.split())
    result = run(course, "--language", "pl_PL")
    assert result.exit_code == 2
    assert (
        "It has en, cy and fr. “pl_PL” is not a language tag. Did you mean “pl-PL”?"
    ) in " ".join(result.output.split())
    result = run(course, "--language", "cy", "--complete-languages-only")
    assert result.exit_code == 2


def test_a_language_without_an_approval_is_left_out_too(course: Path) -> None:
    settings = course / "course.yaml"
    written = settings.read_text("utf-8")
    required = written.replace("required: []", "required: [questions]")
    assert required != written
    settings.write_text(required, "utf-8")
    built = build(course, complete_only=True)
    assert built.summary
    assert built.summary.left_out == ("cy", "fr")
    assert built.summary.translations == ()
