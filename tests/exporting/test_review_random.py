"""Random edits of a returned document and of its course: whatever is recorded names words that the
document shows and that the course has.

What a document shows is read here once more, by other means than the product's: a zip, ElementTree,
and the text of all paragraphs between two of the grey codes.
"""

import io
import os
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest
from click.testing import CliRunner
from docx.document import Document
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from builder import approving, cli
from builder.exporting import reviewing
from tests.exporting import answers_course
from tests.exporting.reviewer import NAMESPACE, Reviewer, W, text
from tests.support.commands import finish
from tests.support.golden import TODAY

pytestmark = pytest.mark.whole

FILE = "review.docx"
MORE = int(os.environ.get("THOROUGH", "1"))
PARTS = (
    *("question/pick", "question/wet", "question/steps", "question/pairs", "question/dose"),
    *("question/word", "question/task", "page/first", "page/quiz", "value/lead"),
)
BOUNDED = settings(
    max_examples=15 * MORE,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("random")
    answers_course.written(folder / "course")
    assert reviewing.review(folder / "course", folder / FILE, TODAY).made
    return folder


@pytest.fixture
def here(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    monkeypatch.chdir(tmp_path)

    def afresh() -> None:
        shutil.rmtree("course", ignore_errors=True)
        shutil.copytree(made / "course", "course")
        shutil.copy(made / FILE, FILE)

    return afresh


# What a document shows.

_GONE = {"accepted": ("del", "moveFrom"), "rejected": ("ins", "moveTo")}


def shown(file: bytes, reading: str) -> list[str]:
    """The text of every paragraph, with all changes accepted or rejected."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        root = ElementTree.fromstring(archive.read("word/document.xml"))
    return [squeezed(one) for one in _paragraphs(root, _GONE[reading])]


def squeezed(said: str) -> str:
    return " ".join(said.replace("\u2011", "-").replace("\u00a0", " ").split())


def _paragraphs(node: ElementTree.Element, gone: tuple[str, ...]) -> Iterator[str]:
    for child in node:
        name = child.tag.rpartition("}")[2]
        row = child.find(f"{W}trPr")
        if name in gone or (
            row is not None and any(row.find(f"{W}{one}") is not None for one in gone)
        ):
            continue
        if name == "p":
            yield "".join(_words(child, gone))
        elif name != "sdt":
            yield from _paragraphs(child, gone)


def _words(node: ElementTree.Element, gone: tuple[str, ...]) -> Iterator[str]:
    for child in node:
        name = child.tag.rpartition("}")[2]
        if name in gone:
            continue
        if name == "r" and child.find(f"{W}rPr/{W}vanish") is not None:
            continue
        struck = name == "r" and child.find(f"{W}rPr/{W}strike") is not None
        yield "~" if struck else ""
        if name in ("t", "delText"):
            yield child.text or ""
        elif name == "noBreakHyphen":
            yield "-"
        else:
            yield from _words(child, gone)
        yield "~" if struck else ""


def part_of(lines: list[str], part: str) -> list[str]:
    """The lines of one part, by the grey codes."""
    kind, _, name = part.partition("/")
    if kind == "value":
        place = next((i for i, one in enumerate(lines) if one.endswith(f"[v:{name}]")), None)
        return [] if place is None else lines[place : place + 2]
    found: list[str] = []
    owner = ""
    for one in lines:
        tag = re.search(r"\[([a-z]):([^\]/]*)(/[^\]]*)?\]", one)
        if tag and not tag[3]:
            owner = {"q": "question", "p": "page"}.get(tag[1], tag[1]) + f"/{tag[2]}"
        if owner == part and one:
            found.append(one)
    return found


_MAIN = re.compile(r"\[[pqmcv]:[^\]/]*\]")


def same(theirs: list[str], today: list[str], part: str) -> bool:
    """Whether a document shows a part as it is today; where a code that begins a part is gone, it
    is there as a whole, line upon line."""
    mine = bare(part_of(today, part))
    codes = [_MAIN.findall("\n".join(lines)) for lines in (theirs, today)]
    if codes[0] == codes[1]:
        return bare(part_of(theirs, part)) == mine
    lines = bare(theirs)
    return any(lines[at : at + len(mine)] == mine for at in range(len(lines)))


def bare(lines: list[str]) -> list[str]:
    """Lines without codes and without blank ones."""
    plain = (squeezed(re.sub(r"\s*\[[a-z]:[^\]]*\]", "", one)) for one in lines)
    return [one for one in plain if one]


# What people do to a document.

Do = Callable[[Reviewer, etree._Element, int], object]


def overwritten(reviewer: Reviewer, paragraph: etree._Element, chance: int) -> None:
    nodes = [one for one in paragraph.iter(f"{W}t") if one.text]
    node = nodes[chance % len(nodes)]
    at = chance % (len(node.text) + 1)
    node.text = node.text[:at] + "xyz7 "[chance % 5] + node.text[at + chance % 3 :]


def replaced(reviewer: Reviewer, paragraph: etree._Element, chance: int) -> None:
    words = re.findall(r"\S+", text(paragraph))
    if words:
        reviewer.replace(words[chance % len(words)], ("", "new", "10")[chance % 3], paragraph)


def deleted(reviewer: Reviewer, paragraph: etree._Element, chance: int) -> None:
    if paragraph.getparent().tag == f"{W}tc":
        paragraph = paragraph.getparent().getparent()
    paragraph.getparent().remove(paragraph)


def doubled(reviewer: Reviewer, paragraph: etree._Element, chance: int) -> None:
    new = etree.fromstring(etree.tostring(paragraph))
    paragraph.addnext(new)


def moved(reviewer: Reviewer, paragraph: etree._Element, chance: int) -> None:
    others = list(reviewer.paragraphs())
    others[chance % len(others)].addnext(paragraph)


def swapped(reviewer: Reviewer, paragraph: etree._Element, chance: int) -> None:
    """Two rows, or two paragraphs."""
    node = paragraph
    if paragraph.getparent().tag == f"{W}tc":
        node = paragraph.getparent().getparent()
    following = node.getnext()
    if following is not None and following.tag == node.tag:
        following.addnext(node)


def exchanged(reviewer: Reviewer, paragraph: etree._Element, chance: int) -> None:
    """The words of two paragraphs, such as those of two cells."""
    others = [one for one in reviewer.paragraphs() if one is not paragraph]
    other = others[chance % len(others)]
    mine, theirs = paragraph.findall(f"{W}r"), other.findall(f"{W}r")
    paragraph.extend(theirs)
    other.extend(mine)


def formatted(reviewer: Reviewer, paragraph: etree._Element, chance: int) -> None:
    for run in paragraph.iter(f"{W}r"):
        properties = run.find(f"{W}rPr")
        if properties is None:
            properties = etree.Element(f"{W}rPr")
            run.insert(0, properties)
        etree.SubElement(properties, f"{W}{('strike', 'vanish')[chance % 2]}")


def inserted(reviewer: Reviewer, paragraph: etree._Element, chance: int) -> None:
    new = etree.Element(f"{W}p")
    run = reviewer._run(("Not at all.", "10", "✓ Right")[chance % 3])
    if chance % 2:
        change = reviewer._change("ins")
        change.append(run)
        new.append(change)
    else:
        new.append(run)
    paragraph.addnext(new)


def joined(reviewer: Reviewer, paragraph: etree._Element, chance: int) -> None:
    following = paragraph.getnext()
    if following is not None and following.tag == paragraph.tag:
        paragraph.extend(following.findall(f"{W}r"))
        following.getparent().remove(following)


def struck(reviewer: Reviewer, paragraph: etree._Element, chance: int) -> None:
    """A tracked deletion of a paragraph or of a row."""
    row = next((one for one in paragraph.iterancestors() if one.tag == f"{W}tr"), None)
    if row is not None and chance % 2:
        row.find(f"{W}trPr").append(reviewer._change("del"))
    elif text(paragraph):
        reviewer.strike(text(paragraph), paragraph)


DOING: tuple[Do, ...] = (
    *(overwritten, replaced, deleted, doubled, moved, swapped, exchanged, formatted, inserted),
    *(joined, struck),
)
EDITS = st.lists(
    st.tuples(st.sampled_from(DOING), st.integers(0, 200), st.integers(0, 999)), max_size=4
)
SIGNED = st.lists(st.sampled_from(PARTS), min_size=1, max_size=len(PARTS), unique=True)


def returned(edits: list[tuple[Do, int, int]], tracked: bool) -> None:
    with Reviewer(Path(FILE)) as reviewer:
        reviewer.sign("Ann Lee", "20.1.2026", tracked=tracked)
        for do, which, chance in edits:
            listed = [one for one in reviewer.paragraphs() if text(one)]
            do(reviewer, listed[which % len(listed)], chance)


def judge(signed: list[str]) -> set[str]:
    """What is recorded is what both say."""
    outcome = CliRunner().invoke(
        cli.main, ["approve", "course", *signed, "--document", FILE, "--by", "Ann Lee"]
    )
    assert outcome.exit_code in (0, 1, 2), outcome.output
    assert not isinstance(outcome.exception, Exception), outcome.output
    file = Path("course/approvals.yaml")
    said = file.read_text("utf-8") if file.exists() else ""
    recorded = set(re.findall(r"part: (\S+)", said))
    assert recorded <= set(signed)
    reading, _ = approving.read(Path("course"), TODAY)
    if reading:
        codes = {one.part.id: one.part.code for one in reading.statuses}
        pairs = dict(re.findall(r"part: (\S+)\n  by: .*\n  on: .*\n  code: (\S+)", said))
        assert pairs == {part: codes[part] for part in recorded}
        for kind, today in made_today().items():
            theirs = shown(Path(FILE).read_bytes(), kind)
            for part in recorded:
                assert same(theirs, today, part), (kind, part)
    return recorded


_MADE: dict[tuple[bytes, ...], dict[str, list[str]]] = {}


def made_today() -> dict[str, list[str]]:
    """What a document of the course as it is now shows, with all changes accepted or rejected.
    Approvals do not change how it shows the parts."""
    course = tuple(Path("course", name).read_bytes() for name in answers_course.FILES)
    if course not in _MADE:
        fresh = Path("fresh.docx")
        assert reviewing.review(Path("course"), fresh, TODAY, whole=True).made
        _MADE[course] = {kind: shown(fresh.read_bytes(), kind) for kind in _GONE}
    return _MADE[course]


@BOUNDED
@given(edits=EDITS, signed=SIGNED, tracked=st.booleans())
def test_after_random_edits_of_the_document(
    here: Callable[[], None],
    edits: list[tuple[Do, int, int]],
    signed: list[str],
    tracked: bool,
) -> None:
    here()
    returned(edits, tracked)
    recorded = judge(signed)
    assert edits or recorded == set(signed)


COURSE = st.lists(
    st.tuples(
        st.sampled_from([*answers_course.FILES]), st.integers(0, 900), st.sampled_from("xy 7")
    ),
    min_size=1,
    max_size=3,
)


@BOUNDED
@given(edits=EDITS, signed=SIGNED, course=COURSE)
def test_after_random_edits_of_the_course_too(
    here: Callable[[], None],
    edits: list[tuple[Do, int, int]],
    signed: list[str],
    course: list[tuple[str, int, str]],
) -> None:
    here()
    returned(edits[:1], True)
    for name, at, letter in course:
        path = Path("course", name)
        said = path.read_text("utf-8")
        place = at % len(said)
        if said[place].isalnum():
            path.write_text(said[:place] + letter + said[place + 1 :], "utf-8")
    judge(signed)


def _runs(word: Document) -> list[docx.text.run.Run]:  # type: ignore[name-defined]
    cells = (cell for table in word.tables for row in table.rows for cell in row.cells)
    paragraphs = [*word.paragraphs, *(one for cell in cells for one in cell.paragraphs)]
    return [run for paragraph in paragraphs for run in paragraph.runs if run.text.strip()]


@BOUNDED
@given(
    edits=st.lists(st.tuples(st.integers(0, 300), st.sampled_from(["", "no", "12"])), max_size=3),
    signed=SIGNED,
)
def test_after_random_edits_with_python_docx(
    here: Callable[[], None], edits: list[tuple[int, str]], signed: list[str]
) -> None:
    here()
    returned([], False)
    word = docx.Document(FILE)
    for which, new in edits:
        runs = _runs(word)
        runs[which % len(runs)].text = new
    word.save(FILE)
    judge(signed)


def test_the_reading_of_this_test_sees_what_is_edited(here: Callable[[], None]) -> None:
    """Else it would find every document the same."""
    here()
    before = shown(Path(FILE).read_bytes(), "accepted")
    assert all(part_of(before, part) for part in PARTS)
    returned([(struck, 0, 0)], True)
    assert shown(Path(FILE).read_bytes(), "accepted") != before
    assert shown(Path(FILE).read_bytes(), "rejected") == before
    assert W.strip("{}") == NAMESPACE


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_document_that_libreoffice_saved_says_the_same(here: Callable[[], None]) -> None:
    here()
    returned([], True)
    command = ["soffice", "--headless", "--convert-to", "docx", "--outdir", "saved", FILE]
    assert finish(command).returncode == 0
    shutil.copy(Path("saved", FILE), FILE)
    assert judge([*PARTS]) == set(PARTS)
