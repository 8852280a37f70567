"""``new``: a course that builds at once, in every template and language, or nothing."""

import errno
import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from builder import cli
from builder.base import resources, temporary
from builder.cli.new import LANGUAGES, TEMPLATES
from builder.course import interface, starter
from builder.course.directives import BLOCKS
from builder.course.load import load
from builder.course.model import Course
from builder.course.validate import validate
from tests.conftest import ROOT
from tests.support import editor
from tests.support.commands import finish

TODAY = date(2026, 11, 26)
TAGS = tuple(language.tag for language in interface.LANGUAGES)
STARTER = resources.path("starter")
TRANSLATED = tuple(sorted(path.stem for path in (STARTER / "texts").iterdir()))
"""The languages with translations of the templates; others have English pages."""

New = Callable[..., Result]


@pytest.fixture
def new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> New:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "_today", lambda: TODAY)
    return lambda *arguments, **options: CliRunner().invoke(
        cli.main, ["new", *arguments], catch_exceptions=False, **options
    )


def judged(folder: Path) -> tuple[Course | None, set[tuple[str, bool]]]:
    """A course, and each code that is said of it with whether it only makes a draft."""
    sources, found = load(folder)
    assert sources
    outcome = validate(sources, TODAY)
    return outcome.course, {(one.code, one.draft) for one in (*found, *outcome.diagnostics)}


def written(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def templates() -> set[str]:
    others = {"texts", "editor"}
    return {path.name for path in STARTER.iterdir() if path.is_dir()} - others


def test_the_command_offers_every_template_and_language() -> None:
    assert set(TEMPLATES) == templates()
    assert ", ".join(TAGS) == LANGUAGES


@pytest.mark.whole
@pytest.mark.parametrize("tag", [*TAGS, "en-GB"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_new_course_builds_with_draft_warnings_only(new: New, template: str, tag: str) -> None:
    result = new("my course", "-t", template, "--language", tag, "--title", "Notre « cours » : #1")
    assert (result.exit_code, result.stderr) == (0, "")
    course, message = judged(Path("my course"))
    assert course is not None
    assert (course.id, course.title) == ("my-course", "Notre « cours » : #1")
    assert course.language == tag
    assert {draft for _, draft in message} == {True}
    assert {code for code, _ in message} == {
        *("page-unwritten", "text-unwritten", "question-unapproved", "review-unset"),
        *("tracking-unapproved", "variable-unset"),
        *(() if interface.spoken(tag).reviewed else ("interface-unread",)),
        *(("approval-missing",) if template == "induction" else ()),
    }
    kinds = {"page", "quiz", "record", *(("scenario",) if template == "induction" else ())}
    assert {page.kind for page in course.pages} == kinds
    [quiz] = (page for page in course.pages if page.kind == "quiz")
    assert all(draw.count < len(draw.questions) for draw in quiz.rules.draws)
    assert quiz.rules.draws
    assert any(page.checks for page in course.pages)
    assert course.variables
    assert any(path.endswith(".svg") for path in course.media_used())


@pytest.mark.whole
@pytest.mark.parametrize("template", TEMPLATES)
def test_open_points_are_those_that_a_build_lists(new: New, template: str) -> None:
    message = re.search(r"; (\d+) points are open", new("a", "-t", template).stdout)
    built = CliRunner().invoke(cli.main, ["build", "a", "--verbose"], catch_exceptions=False)
    assert built.exit_code == 0
    listed = re.findall(r"^\S+: warning (\S+) ", built.stdout, re.MULTILINE)
    assert message
    assert int(message[1]) == len(listed)
    signs = sum(
        line.count("✎")
        for name, content in written(Path("a")).items()
        if name.startswith(("pages/", "questions/"))
        for line in content.decode().splitlines()
        if not line.lstrip().startswith("#")
    )
    assert sum(code.endswith("-unwritten") for code in listed) == signs


@pytest.mark.parametrize("template", TEMPLATES)
def test_new_course_has_schemas_and_validates_in_editor(new: New, template: str) -> None:
    new("a", "-t", template)
    files = written(Path("a"))
    settings = json.loads(files[".vscode/settings.json"])
    for kind, name in (("course", "course.yaml"), ("questions", "questions/practice.yaml")):
        first = files[name].decode().splitlines()[0]
        schema = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert schema
        there = Path("a", name).parent / schema[1]
        assert there.read_text("utf-8") == starter.schema(kind)
        assert there.resolve().samefile(Path("a", f".schemas/{kind}.json"))
        assert f"./.schemas/{kind}.json" in settings["yaml.schemas"]
    assert files[".schemas/page.json"].decode() == starter.schema("page")
    message = {
        name: editor.complaints(kind, editor.read(kind, Path("a", name)))
        for name in files
        if (kind := editor.kind_of(name))
    }
    assert len(message) > 4
    assert not any(message.values())
    assert json.loads(files[".vscode/extensions.json"])["recommendations"] == ["redhat.vscode-yaml"]


SNIPPETS = json.loads((STARTER / "editor" / "course.code-snippets").read_text("utf-8"))
FRONT = "---\ntitle: More\n---\n"
SAID_OF = {
    **{name: {"media-missing"} for name in ("figure", "video", "audio", "download", "media")},
    "labelled-image": {"media-missing"},
    "card": {"block-misplaced"},
    "further-reading": {"link-unchecked", "organisation-missing"},
    "contacts": {"variable-unknown"},
    "check": {"question-unknown"},
    "content-note": {"help-missing", "missing-key"},
    "tab": {"block-misplaced"},
    "ending": {"ending-misplaced"},
}
"""What is said of a snippet as it comes: of what the author has to put into it."""


def expanded(snippet: dict[str, object]) -> str:
    """What an editor makes of a snippet when its words are left as they are."""
    body = snippet["body"]
    assert isinstance(body, list)
    text = re.sub(r"\$\{\d+:([^}]*)\}", r"\1", "\n".join(body))
    return re.sub(r"\$\{\d+\|([^,|]*).*?\|\}", r"\1", text).replace("$0", "Text.") + "\n"


def test_editor_snippets_cover_each_block_and_page_kind() -> None:
    assert SNIPPETS.keys() == BLOCKS.keys() | {"page", "quiz", "record", "scenario"}
    for name, snippet in SNIPPETS.items():
        assert (snippet["prefix"], snippet["scope"]) == (name, "markdown")


@pytest.mark.whole
@pytest.mark.parametrize("name", SNIPPETS)
def test_a_snippet_writes_what_the_builder_reads(new: New, name: str) -> None:
    new("a")
    settings = Path("a/course.yaml")
    text = settings.read_text("utf-8").replace("  - record.md", "  - record.md\n  - more.md")
    settings.write_text(text, "utf-8")
    page = expanded(SNIPPETS[name])
    Path("a/pages/more.md").write_text(page if name not in BLOCKS else FRONT + page, "utf-8")
    course, message = judged(Path("a"))
    assert {code for code, draft in message if not draft or code == "link-unchecked"} - {
        "pass-mark-full"
    } == SAID_OF.get(name, set())
    assert name in BLOCKS or (course and course.pages[-1].kind == name)


def test_every_list_of_questions_has_its_modeline() -> None:
    for path in STARTER.glob("*/questions/*.yaml"):
        assert path.read_text("utf-8").startswith("# yaml-language-server: $schema=../.schemas/")


def phrases() -> set[str]:
    return {
        words
        for path in STARTER.rglob("*")
        if path.suffix in (".md", ".yaml")
        for chosen, words in re.findall("⟦(=?)(.+?)⟧", path.read_text("utf-8"))
        if not chosen
    }


@pytest.mark.parametrize("tag", TRANSLATED)
def test_every_text_is_in_every_language(tag: str) -> None:
    language = interface.language(tag)
    assert language
    texts = starter.texts(language)
    assert set(texts) == phrases()
    for english, other in texts.items():
        # What a value, a link or a mark is stays; what YAML would end a text at stays out.
        for kept in (r"\{\{.*?\}\}", "✎"):
            assert re.findall(kept, english) == re.findall(kept, other)
        assert '"' not in other
        assert "\\" not in other
        assert (english == other) == (english == "Test" and tag == "fr")


def test_every_text_in_templates_is_translatable() -> None:
    """Every word that they read is one that can be translated."""
    for path in STARTER.glob("*/pages/*.md"):
        _, front, body = path.read_text("utf-8").split("---\n", 2)
        marks = r"\{\{.*?\}\}|^::: (check|ending) .*$|\(.*?\)|\{#[a-z]+\}|\{. \.[a-z]+\}"
        left = re.sub(rf"⟦.*?⟧|{marks}", "", body, flags=re.MULTILINE)
        assert set(re.findall(r"[a-z][a-z-]+", left)) <= set(BLOCKS), path
        values = yaml.load(front, yaml.BaseLoader)
        for text in (values["title"], values.get("signature", "⟦⟧")):
            assert text.startswith("⟦")
            assert text.endswith("⟧")


@pytest.mark.whole
def test_the_notes_are_in_english_everywhere(new: New) -> None:
    notes = []
    for tag in TAGS:
        new(tag, "--language", tag, "-t", "compliance")
        text = b"\n".join(content for _, content in sorted(written(Path(tag)).items())).decode()
        notes.append(re.findall(r"^\s*# .*", text, re.MULTILINE))
    assert all(each == notes[0] for each in notes)
    assert len(notes[0]) > 50


def test_it_tells_what_comes_next(new: New) -> None:
    result = new("Fire safety_2")
    assert result.stdout.splitlines() == [
        "Made the course “Fire safety 2” in Fire safety_2",
        "  3 pages, which build as they are; 25 points are open.",
        "  Search for ✎, which marks the places for your own text.",
        "",
        "Next",
        '    cd "Fire safety_2"',
        "    scorm-builder preview    shows the course while you write",
        "    scorm-builder build      builds its package, and lists the open points",
    ]


@pytest.mark.parametrize(
    ("folder", "title"),
    [
        ("Manual handling for care-home staff", "Manual handling for care-home staff"),
        ("manual-handling_basics", "Manual handling basics"),
    ],
)
def test_title_keeps_hyphens_of_words(new: New, folder: str, title: str) -> None:
    assert new(folder).stdout.startswith(f"Made the course “{title}” in {folder}\n")


def test_in_this_folder(new: New) -> None:
    Path("induction").mkdir()
    os.chdir("induction")
    result = new(".", "--language", "cy")
    assert result.stdout.splitlines()[0] == "Made the course “Induction” in this folder"
    assert "Its pages are in Welsh, and the notes to you in English." in result.stdout
    assert "No native speaker of Welsh has reviewed these texts" in result.stdout
    assert "cd " not in result.stdout
    assert Path("course.yaml").exists()


def test_a_language_without_translated_templates_has_english_pages(new: New) -> None:
    result = new("kurs", "--language", "pl")
    assert result.stdout.splitlines()[3:5] == [
        "  The interface is in Polish. The pages are in English: write your own in Polish.",
        "  No native speaker of Polish has reviewed the interface yet.",
    ]
    course, _ = judged(Path("kurs"))
    assert course
    assert (course.language, course.pages[0].title) == ("pl", "Welcome")
    assert set(TRANSLATED) < set(TAGS)


def test_folders_above_are_made_too(new: New) -> None:
    assert new("a/b/c").exit_code == 0
    assert Path("a/b/c/course.yaml").exists()
    assert [path.name for path in Path().iterdir()] == ["a"]


@pytest.mark.parametrize("name", ["notes.txt", ".git", "pages"])
def test_nonempty_folder_is_refused_for_new_course(new: New, name: str) -> None:
    Path("full", name).mkdir(parents=True)
    result = new("full")
    assert result.exit_code == 2
    assert f"“full” is not empty: “{name}” is there. Choose a new or an empty folder." in (
        result.stderr
    )
    assert [path.name for path in Path("full").iterdir()] == [name]


def test_system_files_do_not_block_a_new_course(new: New) -> None:
    Path("mine").mkdir()
    Path("mine/.DS_Store").write_bytes(b"\0")
    assert new("mine").exit_code == 0
    assert Path("mine/.DS_Store").read_bytes() == b"\0"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("a", "--language", "de"), "There is no interface in “de”. Choose one of: ar (Arabic), "),
        (("a", "--language", "en-"), "course.yaml:18:11: “language”: “en-” is not allowed here."),
        (("a", "--title", " "), "course.yaml:12:9: “title”: it is empty."),
        (("a", "--title", "\u200b"), "course.yaml:12:9: “title”"),
        (("a", "--title", "\udcff"), "The title or the language is not valid text."),
        (("a", "--language", "en-\nowner: x"), "course.yaml:18:12: “language”"),
        (("a", "-t", "large"), "'large' is not one of 'minimal', 'induction', 'compliance'"),
        (("CON",), "“CON” is a reserved name on Windows: choose another name."),
        (("lpt1.course/a",), "“lpt1.course” is a reserved name on Windows"),
        (
            ("What?",),
            "Windows does not allow a name that contains “?”: choose another than “What?”.",
        ),
        (("a.",), "Windows does not allow a name that ends with a space or a dot"),
        (("file/a",), "is a file, so it cannot contain a folder."),
    ],
)
def test_refused_new_course_is_explained_and_leaves_nothing(
    new: New, arguments: tuple[str, ...], words: str
) -> None:
    Path("file").touch()
    result = new(*arguments)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.split())
    assert [path.name for path in Path().iterdir()] == ["file"]


def refusing(monkeypatch: pytest.MonkeyPatch, name: str, number: int) -> None:
    """From now on, no file of this name can be put in its place."""
    whole = Path.replace

    def fail(self: Path, target: Path) -> Path:
        if self.name == name and ".tmp" in str(self):
            raise OSError(number, os.strerror(number))
        return whole(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    monkeypatch.setattr(temporary.time, "sleep", lambda seconds: None)


@pytest.mark.parametrize("name", ["course.yaml", "media", "a"])
def test_complete_or_not_at_all(new: New, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    there = name != "a"
    if there:
        Path("a").mkdir()
    refusing(monkeypatch, name, errno.ENOSPC)
    result = new("a")
    assert result.exit_code == 2
    assert "No course can be made in “a”: the disk is full." in result.stderr
    assert [path.name for path in Path().rglob("*")] == (["a"] if there else [])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_an_unwritable_folder_is_reported(new: New) -> None:
    Path("locked").mkdir()
    Path("locked").chmod(stat.S_IRUSR | stat.S_IXUSR)
    result = new("locked/a")
    assert result.exit_code == 2
    assert "No course can be made in “locked/a”: you may not write there." in result.stderr


def at_a_terminal(folder: Path, typed: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command whose input is a terminal, at which somebody types."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    try:
        os.write(ours, typed.encode())
        return finish(
            [sys.executable, "-m", "builder", "new", *arguments],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdin=theirs,
        )
    finally:
        os.close(ours)
        os.close(theirs)


@pytest.mark.whole
def test_new_asks_for_missing_options_at_terminal(tmp_path: Path) -> None:
    made = at_a_terminal(tmp_path, "\nlarge\ncompliance\nfr\n", "data-care")
    assert made.returncode == 0, made.stderr
    assert "Title [Data care]: " in made.stderr
    assert "  compliance once a year: the rules, cases, a test" in made.stderr
    assert "Error: 'large' is not one of 'minimal', 'induction', 'compliance'." in made.stderr
    assert "Language (ar, cy, en, es, fr, pa-Guru, pl, pt-PT, ro, ur) [en]: " in made.stderr
    assert "Made the course “Data care” in data-care" in made.stdout
    course, _ = judged(tmp_path / "data-care")
    assert course
    assert course.language == "fr"
    assert [page.id for page in course.pages][3] == "test"


@pytest.mark.whole
def test_what_is_given_is_not_asked_for(tmp_path: Path) -> None:
    given = ("a", "--title", "T", "-t", "minimal", "--language", "en")
    made = at_a_terminal(tmp_path, "", *given)
    assert (made.returncode, made.stderr) == (0, "")


@pytest.mark.whole
def test_whoever_ends_the_questions_makes_nothing(tmp_path: Path) -> None:
    made = at_a_terminal(tmp_path, "A title\n\x04", "a")
    assert made.returncode == 130
    assert list(tmp_path.iterdir()) == []
