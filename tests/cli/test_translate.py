"""The command ``translate``: an author's round trip, what it writes and says, how it ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import polib
import pytest
from click.testing import CliRunner, Result

from builder import cli
from builder.course import judging
from builder.course.model import Course
from tests.support.golden import GOLDEN, TODAY

Run = Callable[..., Result]
WORDS = {
    "A good course": "Dobry kurs",
    "Start here": "Zacznij tutaj",
    "Begin here": "Tu zacznij",
    "The topic": "Temat",
    "The board": "Rada",
}
"""Translations that the tests look for."""


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The good course in the folder ``my`` of the current folder."""
    monkeypatch.chdir(tmp_path)
    return shutil.copytree(GOLDEN / "course", tmp_path / "my")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, [*arguments], catch_exceptions=False)


def translate(*arguments: str) -> str:
    """The output of a successful command."""
    result = run("translate", "my", *arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def edit(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text("utf-8")
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    path.write_text(text, "utf-8")


def polish(text: str) -> str:
    """A translation of any text, with the same links, variables and numbers."""
    words = re.compile(r"(\]\([^)]*\)|\{\{[^}]*\}\}|https?://\S+|\d+|Anytown Board)|[a-zA-Z’']+")
    return WORDS.get(text, words.sub(lambda found: found[1] or f"ł{found[0]}", text))


def translate_po(path: Path) -> int:
    """Translate what is open in a PO file, as a translator in Poedit would; returns how much."""
    file = polib.pofile(str(path), wrapwidth=78)
    found = [one for one in file if not one.obsolete and (one.fuzzy or not one.msgstr)]
    for one in found:
        one.msgstr, one.flags = polish(one.msgid), []
        one.previous_msgid = None
    file.save()
    return len(found)


def translate_xliff(path: Path) -> int:
    """Translate what is open in an XLIFF file: words between placeholders only."""
    text = path.read_text("utf-8")
    pattern = re.compile(
        r"<source>((?:(?!</source>).)*)</source>\s*"
        r"<target state=\"(needs-[\w-]+)\".*?(?:/>|</target>)",
        re.DOTALL,
    )

    def done(found: re.Match[str]) -> str:
        pieces = re.split(r"(<ph.*?</ph>|<[^>]*>|&\w+;)", found[1])
        target = "".join(one if at % 2 else polish(one) for at, one in enumerate(pieces))
        return f'<source>{found[1]}</source><target state="final">{target}</target>'

    text, count = pattern.subn(done, text)
    path.write_text(text, "utf-8")
    return count


def judged(course: Path) -> tuple[Course, list[str]]:
    """The course, and the codes of its problems."""
    found, problems = judging.course(course, TODAY)
    assert found is not None, problems
    return found, sorted({one.code for one in problems})


def apply_ten_edits(course: Path) -> None:
    edit(
        course / "course.yaml",
        # A changed title, and a changed value.
        ("title: A good course", "title: A very good course"),
        ("value: Anytown Board", "value: Anytown Board of Safety"),
    )
    edit(
        course / "pages/start.md",
        # A changed title of a page, a heading without its text, and a new paragraph.
        ("title: Start here", "title: Begin here"),
        ("## What this is\n\n", ""),
        ("![A map", "Bring this map with you.\n\n![A map"),
    )
    edit(
        course / "pages/topic.md",
        # A changed paragraph, and one that moves to another page.
        ("what worries you, and write it down.", "what worries you. Then write it down."),
        ("Every child can be at risk. Tell", "Every child can be at risk. Always tell"),
        ("::: check any-child", "::: check each-child"),
    )
    edit(course / "pages/quiz.md", ("any-child", "each-child"), ("Take your time.\n", ""))
    edit(course / "pages/checklist.md", ("words.", "words.\n\nTake your time."))
    edit(
        course / "questions/all.yaml",
        # A renamed question, a changed option, and a new one.
        ("- id: any-child", "- id: each-child\n  was: any-child"),
        ("text: No one", "text: No one at all"),
        (
            "  source: topic\n  quote:\n",
            "    - id: c\n      text: A friend\n  source: topic\n  quote:\n",
        ),
        ("Tell Anytown Board … and write it down", "Always tell Anytown Board of Safety"),
    )


@pytest.mark.whole
@pytest.mark.parametrize("form", ["po", "xliff"])
def test_the_round_trip_of_an_author(course: Path, form: str) -> None:
    po = course / "translations/pl.po"
    assert translate("pl").startswith(f"Made {Path('my/translations/pl.po')}\n  0 of 30 translated")
    assert _translate_all(po, form) == 30
    assert translate().startswith("pl  100%  30 of 30 translated\n")
    made, codes = judged(course)
    assert "translation-incomplete" not in codes
    (translated,) = made.translations
    assert (translated.language, translated.title) == ("pl", "Dobry kurs")
    apply_ten_edits(course)
    made, codes = judged(course)
    assert "translation-incomplete" in codes
    counts = json.loads(translate("pl", "--json"))["languages"][0]
    assert counts["update"] == {
        "new": 3,
        "changed": 5,
        "moved": 3,
        "restored": 0,
        "vanished": 2,
    }
    assert (counts["total"], counts["stale"], counts["missing"]) == (31, 5, 3)
    assert translate("pl").startswith(f"{Path('my/translations/pl.po')} is up to date\n")
    assert _translate_all(po, form) == 8
    made, codes = judged(course)
    (translated,) = made.translations
    assert "translation-incomplete" not in codes
    assert not translated.untranslated
    assert translated.pages[0].title == "Tu zacznij"
    assert made.draft is translated.draft is False
    released = run("build", "my", "--release", "-o", "out")
    assert (released.exit_code, released.stderr) == (0, "")
    with zipfile.ZipFile("out/good-course-1.0.0.zip") as package:
        files = {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}
    page = "".join(text for text in files.values() if '"start@pl"' in text)
    assert "łBring łthis łmap" in page
    assert "Tu zacznij" in "".join(text for text in files.values() if '"@pl"' in text)
    assert not any(name.startswith("translations/") for name in files)
    # An edit that is undone restores what was there before.
    edit(course / "pages/start.md", ("Bring this map with you.\n\n", ""))
    translate("pl")
    edit(course / "pages/start.md", ("![A map", "Bring this map with you.\n\n![A map"))
    assert "1 restored\n  31 of 31 translated\n" in translate("pl")


def _translate_all(po: Path, form: str) -> int:
    if form == "po":
        return translate_po(po)
    translate("pl", "-o", "pl.xlf")
    count = translate_xliff(Path("pl.xlf"))
    output = translate("--read", "pl.xlf")
    assert f"\n  {count} taken\n" in output
    return count


# What it says.


def refused(*arguments: str) -> str:
    """The message of a command that fails with 1."""
    result = run("translate", "my", *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    return result.stderr


def misused(*arguments: str) -> str:
    """The message of a wrong command."""
    result = run("translate", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr.split("\n\n", 1)[1].removeprefix("Error: ").rstrip("\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("my", "pl_PL"), "“pl_PL” is not a language tag. Did you mean “pl-PL”?"),
        (("my", "en"), "“en” is the language of the course itself."),
        (("my", "--format", "po"), "Name the language of the file, such as pl."),
        (("my", "pl", "-o", "a.txt"), "“a.txt” must end with .po or .xlf or .xliff."),
        (("my", "pl", "--format", "po", "-o", "a.xlf"), "“a.xlf” must end with .po."),
        (
            ("my", "pl", "ro", "-o", "a.po"),
            "Name only one language with --output, since each has a file of its own.",
        ),
        (
            ("my", "pl", "-o", "my/pages/pl.po"),
            f"“{Path('my/pages/pl.po')}” would be a file of the course. Choose a place outside its "
            "folders pages, questions, media and translations.",
        ),
        (
            ("--interface", "-o", "a.po"),
            "--interface does not work with --format, --output and --read.",
        ),
        (
            ("--interface", "xx"),
            "There are no interface texts in “xx” yet.\nTo write your own for "
            "a course: scorm-builder translate COURSE xx --interface",
        ),
        (("nowhere", "--interface"), "“nowhere” is neither a course nor a language tag."),
    ],
)
def test_wrong_commands(course: Path, arguments: tuple[str, ...], message: str) -> None:
    assert misused(*arguments) == message
    assert not (course / "translations").exists()


def test_the_course_may_be_the_current_folder(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course)
    result = run("translate", "pl")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"Made {Path('translations/pl.po')}\n")


def test_a_new_file_names_course_and_language(course: Path) -> None:
    translate("pt-PT")
    text = (course / "translations/pt-PT.po").read_text("utf-8")
    assert text.startswith(
        "# The course “good-course” in another language. Each message is a block of text in "
        "Markdown.\n"
        "# Keep **bold**, *italic*, links such as [text](page.md), and names such as {{ name }}.\n"
        "# To update this file after the course has changed: scorm-builder translate COURSE pt-PT\n"
        'msgid ""\n'
    )
    assert '"Project-Id-Version: good-course\\n"\n' in text
    assert '"PO-Revision-Date: 2026-01-31 00:00+0000\\n"\n' in text
    assert '"Language: pt_PT\\n"\n' in text
    assert (
        """
#. An option or item of a question: a right answer.
#: questions/all.yaml
msgctxt "question/who-to-tell/a"
msgid "The board"
msgstr ""
"""
        in text
    )


def test_what_is_open_is_listed_by_file(course: Path) -> None:
    translate("pl")
    po = course / "translations/pl.po"
    translate_po(po)
    edit(course / "pages/topic.md", ("Every child can be", "Any child can be"))
    edit(course / "questions/all.yaml", ("text: No one", "text: No one at all"))
    edit(course / "questions/all.yaml", ("quote: Every child can be", "quote: Any child can be"))
    translate("pl")
    lines = po.read_text("utf-8").split("\n")
    stale = [at for at, line in enumerate(lines, 1) if line.startswith("#, fuzzy")]
    places = [at + 4 for at in stale]
    assert all(lines[at - 1].startswith("msgstr") for at in places)
    text = "Any child can be at risk. Tell {{ board.name }} what worries…"
    assert (
        translate()
        == f"""\
pl  90%  27 of 30 translated, 3 stale
  pages/topic.md      4 of 5: 1 stale
  questions/all.yaml  6 of 8: 2 stale
  Stale
    {Path("my/translations/pl.po")}:{places[0]} “{text}” (pages/topic.md:6)
    {Path("my/translations/pl.po")}:{places[1]} “Any child can be at risk.” (questions/all.yaml:6)
    {Path("my/translations/pl.po")}:{places[2]} “No one at all” (questions/all.yaml:16)
  1 picture without a file in media/pl/ (needed only if it has words)
    media/map.png
"""
    )


def test_unusable_translations_are_not_counted_as_translated(course: Path) -> None:
    translate("pl")
    po = course / "translations/pl.po"
    translate_po(po)
    edit(
        po,
        ('msgstr "łLearn"', 'msgstr " "'),
        ("łTell {{ board.name }} łwhat", "łTell łwhat"),
    )
    lines = po.read_text("utf-8").split("\n")
    line = next(at for at, one in enumerate(lines, 1) if "łTell łwhat" in one)
    line = max(at for at in range(1, line + 1) if lines[at - 1].startswith("msgstr"))
    place = f"{Path('my/translations/pl.po')}:{line}"
    text = "“Every child can be at risk. Tell {{ board.name }} what worri…” (pages/topic.md:6)"
    assert (
        translate()
        == f"""\
pl  93%  28 of 30 translated, 1 with an error, 1 missing
  course.yaml     6 of 7: 1 missing
  pages/topic.md  4 of 5: 1 with an error
  With an error
    {place} {text}: The translation lacks the variable “board.name”.
  1 picture without a file in media/pl/ (needed only if it has words)
    media/map.png
"""
    )
    (found,) = json.loads(translate("--json"))["languages"]
    assert [found[name] for name in ("translated", "stale", "wrong", "missing")] == [28, 0, 1, 1]
    assert [one["state"] for one in found["open"]] == ["missing", "wrong"]
    translate("pl", "-o", "pl.xlf")
    assert Path("pl.xlf").read_text("utf-8").count('state="needs-translation"') == 1
    assert "  1 not translated\n" in translate("--read", str(po))


def test_a_picture_of_the_language_is_not_listed(course: Path) -> None:
    translate("pl")
    (course / "media/pl").mkdir()
    shutil.copy(course / "media/map.png", course / "media/pl/map.png")
    assert "picture" not in translate()


def test_captions_of_the_language_are_not_listed_as_missing(course: Path) -> None:
    cues = "WEBVTT\n\n00:01.000 --> 00:02.000\nHello.\n"
    (course / "media/film.vtt").write_text(cues, "utf-8")
    translate("pl")
    assert "media/film.vtt" in translate()
    (course / "media/pl").mkdir()
    (course / "media/pl/film.vtt").write_text(cues, "utf-8")
    assert "media/film.vtt" not in translate()


def test_a_course_without_translations(course: Path) -> None:
    assert translate() == (
        "No translation of my can be shown.\n\nNext\n"
        "    scorm-builder translate my pl    starts one, here in Polish\n"
    )


def test_a_course_with_errors_is_not_translated(course: Path) -> None:
    edit(course / "pages/topic.md", ("::: check any-child", "::: check no-child"))
    assert f"{Path('my/pages/topic.md')}:14:1: error " in refused("pl")
    assert not (course / "translations").exists()


# Files that are damaged or not of this course.


@pytest.mark.whole
@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda raw: raw.replace(b'msgid "Learn"', b'msgid "Learn'),
            'error translation-syntax This is not a line of a PO file: msgid "Learn.',
        ),
        (
            lambda raw: raw.replace(b"charset=UTF-8", b"charset=ISO-8859-2"),
            "error translation-charset The header says that this file is in the charset "
            "“ISO-8859-2”.",
        ),
        (
            lambda raw: raw + b'\nmsgctxt "module/learn"\nmsgid "Learn"\nmsgstr "Ucz"\n',
            "error translation-repeated “Learn” of this part is already translated in line ",
        ),
        (lambda raw: raw.decode().encode("utf-16"), "error file-encoding "),
        (lambda raw: raw.replace(b"Learn", b"Le\0rn"), "error file-encoding "),
    ],
)
def test_a_damaged_po_file_is_reported_and_stays(
    course: Path, change: Callable[[bytes], bytes], message: str
) -> None:
    translate("pl")
    po = course / "translations/pl.po"
    po.write_bytes(change(po.read_bytes()))
    before = po.read_bytes()
    found = refused("pl")
    assert found.startswith(f"{Path('my/translations/pl.po')}:") or "encoding" in found
    assert message in found
    assert po.read_bytes() == before
    result = run("translate", "my")
    assert result.exit_code == 1
    assert message in result.stderr


def test_obsolete_message_may_precede_the_current_one(course: Path) -> None:
    translate("pl")
    po = course / "translations/pl.po"
    obsolete = '#~ msgctxt "module/learn"\n#~ msgid "Learn"\n#~ msgstr "Ucz"\n\n'
    edit(
        po,
        (
            '#. The title of a module.\n#: course.yaml\nmsgctxt "module/learn"',
            f'{obsolete}#. The title of a module.\n#: course.yaml\nmsgctxt "module/learn"',
        ),
    )
    assert "0 of 30 translated" in translate("pl")


def test_line_ends_of_windows_stay(course: Path) -> None:
    translate("pl")
    po = course / "translations/pl.po"
    windows = po.read_bytes().replace(b"\n", b"\r\n")
    po.write_bytes(windows)
    assert "is up to date" in translate("pl")
    assert po.read_bytes() == windows
    edit(course / "pages/quiz.md", ("Take your time.", "Take your time.\n\nAll of it."))
    assert "1 new" in translate("pl")
    written = po.read_bytes()
    assert written.count(b"\n") == written.count(b"\r\n") == windows.count(b"\n") + 6


def test_a_byte_order_mark_goes_with_the_next_change(course: Path) -> None:
    translate("pl")
    po = course / "translations/pl.po"
    po.write_bytes(b"\xef\xbb\xbf" + po.read_bytes())
    before = po.read_bytes()
    translate("pl")
    assert po.read_bytes() == before
    edit(course / "pages/quiz.md", ("Take your time.", "Take your time.\n\nAll of it."))
    translate("pl")
    assert not po.read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_file_that_was_edited_meanwhile_stays(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from builder.translating import commands

    translate("pl")
    po = course / "translations/pl.po"
    edit(course / "pages/quiz.md", ("Take your time.", "Take your time.\n\nAll of it."))
    put = commands.put

    def edited_first(*arguments: object) -> object:
        po.write_bytes(po.read_bytes() + b"# An edit\n")
        return put(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(commands, "put", edited_first)
    assert "“translations/pl.po” was edited while this command ran" in refused("pl")
    assert po.read_bytes().endswith(b"# An edit\n")


@pytest.mark.whole
@pytest.mark.parametrize(
    ("name", "named"), [("back.xlf", 'target-language="{}"'), ("back.po", '"Language: {}\\n"')]
)
def test_a_file_of_another_language_is_refused(course: Path, name: str, named: str) -> None:
    translate("pl", "-o", name)
    text = Path(name).read_text("utf-8")
    Path(name).write_text(text.replace(named.format("pl"), named.format("de")), "utf-8")
    for arguments in (("pl",), ()):
        assert refused(*arguments, "--read", name).startswith(
            f"{name}: error returned-language The language of this file is “de”, which does not "
            "fit: pl.\n"
        )


def test_a_file_that_names_no_language_is_refused(course: Path) -> None:
    translate("pl", "-o", "back.po")
    text = Path("back.po").read_text("utf-8")
    Path("back.po").write_text(text.replace('"Language: pl\\n"\n', ""), "utf-8")
    assert refused("--read", "back.po").startswith(
        "back.po: error returned-language This file does not name its language, which must "
        "fit: pl.\n"
    )
    assert "Read back.po into" in translate("pl", "--read", "back.po")


def test_an_invalid_tag_is_not_taken_for_a_folder(course: Path) -> None:
    for written, tag in (("polish", "pl"), ("pl_PL", "pl-PL")):
        result = run("translate", written)
        assert result.exit_code == 2
        assert f"“{written}” is not a language tag. Did you mean “{tag}”?" in result.stderr
    for folder in (("yours",), ("my_pl", "pl")):
        assert f"There is no folder “{folder[0]}”" in run("translate", *folder).stderr


def test_a_folder_in_place_of_a_translation(course: Path) -> None:
    (course / "translations" / "pl.po").mkdir(parents=True)
    assert refused("pl").startswith(
        f"{Path('my/translations/pl.po')}: error file-unreadable This cannot be read: it is a "
        "folder, not a file.\n"
    )


@pytest.mark.parametrize("name", ["translations/pl.po", "translations/interface/pl.po"])
@pytest.mark.parametrize("exists", [True, False])
def test_a_link_that_build_refuses_is_refused(course: Path, name: str, exists: bool) -> None:
    outside = Path("outside.po").absolute()
    if exists:
        outside.write_bytes(b"")
    (course / name).parent.mkdir(parents=True)
    (course / name).symlink_to(outside)
    _refused_as_by_build(course, name, exists, "--interface" if "interface" in name else "")
    assert (course / name).is_symlink()
    assert outside.exists() is exists
    assert not exists or outside.read_bytes() == b""


@pytest.mark.parametrize("exists", [True, False])
def test_a_link_to_a_folder_that_build_refuses_is_refused(course: Path, exists: bool) -> None:
    outside = Path("outside").absolute()
    if exists:
        outside.mkdir()
    (course / "translations").symlink_to(outside, target_is_directory=True)
    for option in ("", "--interface"):
        _refused_as_by_build(course, "translations", exists, option)
    assert not exists or [*outside.iterdir()] == []


def _refused_as_by_build(course: Path, name: str, exists: bool, option: str) -> None:
    code = "outside-course" if exists else "file-unreadable"
    message = f"{course.name}/{name}: error {code} "
    assert message in run("build", "my", "-o", "out").stderr.replace("\\", "/")
    found = refused("pl", *filter(None, [option]))
    assert found.replace("\\", "/").startswith(message)


@pytest.mark.parametrize("option", ["--json", "--interface"])
def test_a_course_that_cannot_be_written_is_reported(course: Path, option: str) -> None:
    (course / ".scorm-builder-lock").mkdir()
    assert run("translate", "my", "pl", option).exit_code == 1
    found = refused("pl", *(["--interface"] if option == "--interface" else []))
    assert re.fullmatch(
        r"my: error course-busy The course cannot be read or written now: .*\.\n"
        r"    Free some space, or change the permissions of its folder, and try again\.\n",
        found,
    )
    assert not (course / "translations").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes in folders")
def test_a_file_for_a_translator_does_not_replace_a_pipe(course: Path) -> None:
    os.mkfifo("pipe.po")
    assert refused("pl", "-o", "pipe.po") == (
        "pipe.po: error output-unwritable Nothing can be written here: it is a folder, a device "
        "or a pipe.\n    Choose another folder with -o, or free some space in this one.\n"
    )
    assert Path("pipe.po").is_fifo()


def test_a_file_of_another_course_is_refused(course: Path) -> None:
    for name in ("back.xlf", "back.po"):
        file = Path(name)
        translate("pl", "-o", name)
        text = file.read_text("utf-8").replace("good-course", "other-course")
        for prefix in ("page", "question", "record", "course", "value", "module"):
            text = text.replace(f'msgctxt "{prefix}/', f'msgctxt "{prefix}/other-')
        file.write_text(text, "utf-8")
        found = refused("pl", "--read", name)
        assert found.startswith(f"{name}: error returned-foreign This is not a translation of")


def test_a_po_file_from_an_agency_is_merged(course: Path) -> None:
    translate("pl", "--format", "po")
    agency = Path("dist/good-course-pl.po")
    translate_po(agency)
    own = course / "translations/pl.po"
    edit(own, ('msgid "Learn"\nmsgstr ""', 'msgid "Learn"\nmsgstr "Nauka"'))
    agency.write_text(
        agency.read_text("utf-8")
        + '\nmsgctxt "page/start"\nmsgid "Never there."\nmsgstr "Nigdy."\n',
        "utf-8",
    )
    lines = agency.read_text("utf-8").split("\n")
    output = translate("--read", str(agency))
    learn, never = (
        next(at for at, line in enumerate(lines, 1) if line == f'msgstr "{text}"')
        for text in ("łLearn", "Nigdy.")
    )
    assert (
        output
        == f"""\
Read good-course-pl.po into {Path("my/translations/pl.po")}
  29 taken
  1 conflict
  1 unknown
  Now 30 of 30 translated

Not taken: the course has another finished translation. To take the returned one, mark that entry \
as fuzzy (“needs work”) and read the file again
  dist/good-course-pl.po:{learn} module/learn “łLearn”; the course has “Nauka”

Not in the course: kept at the end of the PO file, as obsolete
  dist/good-course-pl.po:{never} page/start “Nigdy.”
"""
    )
    assert own.read_text("utf-8").endswith(
        '#~ msgctxt "page/start"\n#~ msgid "Never there."\n#~ msgstr "Nigdy."\n'
    )
    again = translate("--read", str(agency), "--json")
    outcomes = [one["outcome"] for one in json.loads(again)["returned"]]
    assert {one: outcomes.count(one) for one in outcomes} == {
        "unchanged": 29,
        "conflict": 1,
        "outdated": 1,
    }


def test_a_hostile_file_is_refused(course: Path) -> None:
    translate("pl")
    before = (course / "translations/pl.po").read_bytes()
    Path("back.xlf").write_text('<!DOCTYPE a [<!ENTITY b "b">]>\n<xliff/>', "utf-8")
    assert refused("--read", "back.xlf").startswith(
        "back.xlf:1: error returned-file This translation cannot be read: it has a DOCTYPE or "
        "an entity, which no XLIFF file needs.\n"
    )
    assert (course / "translations/pl.po").read_bytes() == before


# Texts of the interface, and the pseudo-language.


def test_interface_languages_are_listed(course: Path) -> None:
    result = run("translate", "--interface", "cy")
    assert (result.exit_code, result.stderr) == (0, "")
    assert re.fullmatch(
        r"Languages of the player’s buttons and notices\n"
        r"  cy Welsh  (\d+) of \1 texts, not yet read by a speaker\n",
        result.stdout,
    )
    listed = json.loads(run("translate", "--interface", "--json").stdout)["interface"]
    assert {"en", "cy", "fr", "ar"} <= {one["language"] for one in listed}


def test_a_course_has_its_own_interface_texts(course: Path) -> None:
    own = course / "translations/interface/fr.po"
    assert translate("fr", "--interface").startswith(
        f"Made {Path('my/translations/interface/fr.po')}\n  0 of "
    )
    text = own.read_text("utf-8")
    assert (
        """
#. Now: À propos de ce cours
msgctxt "page.about"
msgid "About this course"
msgstr ""
"""
        in text
    )
    edit(own, ('msgid "About this course"\nmsgstr ""', 'msgid "About this course"\nmsgstr "Infos"'))
    before = own.read_bytes()
    assert re.search(r"\n  1 of \d+ texts are the course’s own\n", translate("fr", "--interface"))
    assert own.read_bytes() == before


def test_pseudo_language_is_complete_and_follows_edits(course: Path) -> None:
    assert translate("en-xa").startswith(
        f"Made {Path('my/translations/en-XA.po')}\n  30 of 30 translated\n"
    )
    edit(course / "pages/start.md", ("title: Start here", "title: Begin here"))
    assert "30 of 30 translated" in translate("en-XA")
    made, codes = judged(course)
    assert "translation-incomplete" not in codes
    assert made.translations[0].pages[0].title == "[Bééĝîîñ ĥééŕéé~~~]"


@pytest.mark.whole
def test_gettext_accepts_the_files(course: Path) -> None:
    msgfmt = shutil.which("msgfmt")
    if msgfmt is None:
        pytest.skip("gettext is not installed")
    translate("pl", "en-XA", "pa-Guru")
    translate("fr", "ar", "de", "pl", "ro", "--interface")
    files = sorted((course / "translations").rglob("*.po"))
    assert len(files) == 8
    for file in files:
        ran = subprocess.run(
            (msgfmt, "--check", "-o", os.devnull, str(file)), capture_output=True, text=True
        )
        assert (ran.returncode, ran.stderr) == (0, "")
