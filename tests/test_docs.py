"""What README and docs/ show is what happens, and their links lead somewhere."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder import cli
from builder.course.shaping import fields
from builder.course.validate.shapes import QuizShape
from tests.conftest import ROOT
from tools import checks, documents

READMES = (ROOT / "tests/README.md", ROOT / "templates/player/README.md")
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.joinpath("docs").rglob("*.md"), *READMES])
COURSE = (ROOT / "docs/course.md").read_text("utf-8")


def samples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", COURSE, re.DOTALL)


def build(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli.main, ["build", *arguments], catch_exceptions=False)
    return result.exit_code, result.output


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "_today", lambda: documents.TODAY)


@pytest.fixture
def my_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The course that the samples of the course format make together."""
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
        "media/logo-dark.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"/>\n',
        "media/brand.woff2": "wOF2 regular",
        "media/brand-bold.woff2": "wOF2 bold",
        "media/brand.css": "h1 { letter-spacing: 0 }\n",
    }.items():
        path = course / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return course


def test_documented_locks_example_builds(my_course: Path) -> None:
    settings = my_course / "course.yaml"
    *_, locks = samples("yaml")
    pages = re.compile(r"^pages:.*?(?=^tracking:)", re.DOTALL | re.MULTILINE)
    settings.write_text(pages.sub(locks, settings.read_text("utf-8")).replace("help: [", "# ["))
    assert build("my-course")[0] == 0


def test_the_samples_make_a_draft(my_course: Path) -> None:
    code, output = build("my-course")
    assert code == 0
    assert re.findall(r"^\S+: (warning|error) (\S+)", output, re.MULTILINE) == [
        ("warning", "question-unapproved"),
        ("warning", "tracking-unapproved"),
        ("warning", "variable-unset"),
    ]
    assert Path("dist/my-course-1.0.0-draft.zip").exists()


def test_documented_course_with_value_filled_in_is_released(my_course: Path) -> None:
    path = my_course / "course.yaml"
    filled = path.read_text("utf-8").replace("    value:  ", "    value: Sam Lee # ")
    path.write_text(filled, "utf-8")
    approved = CliRunner().invoke(cli.main, ["approve", "my-course", "--all", "--by", "Sam"])
    assert approved.exit_code == 0, approved.output
    code, output = build("my-course", "--release", "--strict")
    assert (code, "draft" in output) == (0, False)
    assert Path("dist/my-course-1.0.0.zip").exists()


def test_every_rule_of_a_quiz_is_documented() -> None:
    table = COURSE[COURSE.index("\n## Quizzes\n") : COURSE.index("\n## Records\n")]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert {key for row in rows for key in re.findall("`(.*?)`", row)} == set(fields(QuizShape))


def test_every_key_is_documented() -> None:
    page = (documents.DOCS / "keys.md").read_text("utf-8")
    told = set(re.findall(r"<!-- keys: (\w+) -->", page))
    # Parts of others, of which each says all that they have.
    assert {name.removesuffix("Shape") for name in documents.shapes()} - told == {
        "Quoted",
        "Item",
        "Judged",
    }


@pytest.mark.whole
@pytest.mark.parametrize("name", documents.PAGES)
def test_documentation_pages_match_command_output(name: str) -> None:
    """After a change of what they say: ``make documents``."""
    page = (documents.DOCS / name).read_text("utf-8")
    assert documents.compose(page) == page


def test_the_tutorial_goes_from_a_word_file_to_an_approval() -> None:
    text = (documents.DOCS / "tutorial.md").read_text("utf-8")
    said = re.findall(r"^\$ scorm-builder .*?(?=^```$)", text, re.DOTALL | re.MULTILINE)
    made, again, sent, read, applied, approved = said[5:]
    assert "Made the course “Keys of the library” in keys\n" in made
    rewritten = "Rewritten, since you have not changed these files\n  keys/pages/the-keys.md:11\n"
    assert rewritten in again
    assert "Made the review document keys-review.docx\n" in sent
    assert "Can be applied.\n" in read
    assert "Applied 1 change in keys/pages/the-keys.md\n" in applied
    assert "approved by Ann Lee on" in approved


def test_the_tutorial_goes_from_a_mistake_to_a_draft() -> None:
    said = re.findall(
        r"^\$ scorm-builder .*?(?=^```$)",
        (documents.DOCS / "tutorial.md").read_text("utf-8"),
        re.DOTALL | re.MULTILINE,
    )
    new, wrong, right, changed, *_ = said
    assert "Made the course “Welcome to the library” in library-welcome" in new
    assert [re.findall(r"error (\S+)", each) for each in (wrong, right)] == [
        ["variable-unknown"],
        [],
    ]
    assert "Made the draft dist/library-welcome-1.0.0-draft.zip" in right
    assert "page-unwritten" not in right
    assert "Nothing is lost." in changed


def test_scenario_walkthrough_matches_build_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = (documents.DOCS / "scenarios.md").read_text("utf-8")
    story, proved, unreachable, decisive = re.findall(r"```text\n(.*?)```", text, re.DOTALL)
    CliRunner().invoke(cli.main, ["new", "office", "--title", "Alone in the office"])
    monkeypatch.chdir("office")
    settings = Path("course.yaml")
    listed = settings.read_text("utf-8").replace("- welcome.md", "- welcome.md\n  - friday.md")
    settings.write_text(listed, "utf-8")
    page = Path("pages/friday.md")
    page.write_text(story, "utf-8")
    assert proved in build()[1]
    page.write_text(re.sub(r".*\{b \.poor\}\n", "", story), "utf-8")
    assert unreachable in build()[1]
    counted = story.replace("minutes: 3\n", "minutes: 3\nweight: 1\nkeep: first\n")
    page.write_text(counted, "utf-8")
    settings.write_text(re.sub(r"pass_mark: \d+", "pass_mark: 80", listed), "utf-8")
    assert decisive in build()[1]


def test_every_custom_property_is_documented() -> None:
    told = set(
        re.findall(r"^\| `(--[a-z0-9-]+)`", (ROOT / "docs/branding.md").read_text("utf-8"), re.M)
    )
    sheets = [path.read_text("utf-8") for path in (ROOT / "templates/css").rglob("*.css")]
    used = {name for sheet in sheets for name in re.findall(r"(--[a-z0-9-]+)\s*[:,)]", sheet)}
    assert told == used


def links(page: Path) -> Iterator[tuple[str, str]]:
    """The file and the heading of every link within the project."""
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"[a-z]+:", target):
            name, _, heading = target.partition("#")
            yield name, heading


def anchors(page: Path) -> set[str]:
    """What the headings of a page are called in addresses, as forges write them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", text.lower()).strip().replace(" ", "-") for text in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for name, heading in links(page):
        path = page.parent / name if name else page
        if not path.exists() or (heading and heading not in anchors(path)):
            broken.append(f"{name}#{heading}")
    assert broken == []


def test_every_place_that_contributing_names_is_there() -> None:
    """Places with a name in capitals, such as ``profiles/NAME.ts``, are there to be made."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = re.findall(r"`((?:builder|templates|tests|tools|docs)/[a-z0-9_./-]*)`", text)
    assert len(named) > 50
    assert [place for place in named if not (ROOT / place).exists()] == []


CITATION = re.compile(r"facts/([a-z0-9.-]+\.md)(?:#([a-z0-9-]+)|, (?:rules?|check) (\d+))?")
FOLDERS = ("builder", "templates", "tests", "tools")


def citations() -> Iterator[tuple[str, str, str, str]]:
    """Where a page of docs/facts/ is named in the code: the file, the page, the heading or ""; the
    number of a rule or check, or ""."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".js", ".mjs", ".ts", ".css", ".html", ".j2"}:
                for found in CITATION.finditer(path.read_text("utf-8")):
                    name, heading, number = (part or "" for part in found.groups())
                    yield path.relative_to(ROOT).as_posix(), name, heading, number


def test_every_rule_that_the_code_cites_is_there() -> None:
    facts = ROOT / "docs/facts"
    cited = list(citations())
    assert len(cited) > 100
    broken = []
    for place, name, heading, number in cited:
        page = facts / name
        text = page.read_text("utf-8") if page.exists() else ""
        there = text and (not heading or heading in anchors(page))
        if not there or (number and f"\n| {number} | " not in text):
            broken.append((place, name, heading, number))
    assert broken == []


NAMED = re.compile(r"(?<![\w./<>{*-])(?:[\w-]+/)*[\w-]+\.(?:ts|js|mjs|cjs|py|css|j2)\b")
COMMENTS = {
    ".ts": re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL),
    ".css": re.compile(r"/\*.*?\*/", re.DOTALL),
    ".j2": re.compile(r"\{#.*?#\}", re.DOTALL),
}
FOREIGN = {
    "lms/transport.ts: request.js",
    "keep/old-copy-notice.ts: module.js",
    "validate/shapes.py: media/brand.css",
}
"""Files of Moodle's, and of an author's course."""


def comments(path: Path) -> Iterator[str]:
    """The comments of a file that names another; of Python, docstrings too."""
    text = path.read_text("utf-8")
    if not NAMED.search(text):
        return
    if path.suffix in COMMENTS:
        yield from (found[0] for found in COMMENTS[path.suffix].finditer(text))
    elif path.suffix == ".py":
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                yield token.string
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                yield str(node.value.value)


def gone(path: Path, known: set[str]) -> list[str]:
    """The source files that the comments of a file name, and that do not exist."""
    here = "/".join(path.parts[-2:])
    return [
        f"{here}: {name}"
        for comment in comments(path)
        for name in NAMED.findall(comment)
        # A name in capitals is to be made.
        if name not in known and not Path(name).stem.isupper() and f"{here}: {name}" not in FOREIGN
    ]


@pytest.mark.whole
def test_every_file_that_a_comment_names_exists(tmp_path: Path) -> None:
    places = [
        path.relative_to(ROOT).as_posix()
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*.*")
    ]
    # A file may be named by the end of its path.
    known = {place[at:] for place in places for at in starts(place)}
    sources = [
        path
        for folder in ("builder", "templates", "tools")
        for path in sorted((ROOT / folder).rglob("*.*"))
        # A profile names the files of its LMS.
        if path.suffix in {*COMMENTS, ".py"} and path.parent.name != "profiles"
    ]
    assert len(sources) > 500
    assert [name for path in sources for name in gone(path, known)] == []
    planted = tmp_path / "lms" / "queue.ts"
    planted.parent.mkdir()
    planted.write_text("// What is written: lms/plan.ts, and saving.ts.\n", "utf-8")
    assert gone(planted, known) == ["lms/queue.ts: lms/plan.ts"]


def starts(place: str) -> list[int]:
    return [0, *(at + 1 for at, letter in enumerate(place) if letter == "/")]


@pytest.mark.whole
def test_no_file_refers_to_private_documents() -> None:
    private = re.compile(
        r"\b(?:SCORM12|MOODLE|UX|DESIGN|FIELD|STYLE|DEPENDENCIES)\.md\b|\bissue #?\d|/wor[k]/"
    )
    own = Path(__file__).resolve()
    for folder in (*FOLDERS, "docs"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".js", ".mjs", ".ts", ".md", ".css"} and path != own:
                assert not private.search(path.read_text("utf-8")), path


def test_the_40_checks_are_listed_as_they_are() -> None:
    """After a change of them: ``make checks``."""
    text = checks.DOCUMENT.read_text("utf-8")
    assert checks.compose(text) == text


def test_the_readme_fits_on_a_few_screens() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 120
