"""Importing again: ids stay, a file that its author has changed stays, and any other is
rewritten."""

import os
import re
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder import importing
from builder.importing import RefusedError
from builder.importing.document.form import Block, Document
from builder.importing.making import Beside, Edit, Gone, NewPage, Updated
from tests.importing import documents as doc
from tests.importing import source
from tests.support.golden import GOLDEN

pytestmark = pytest.mark.whole
MORE = int(os.environ.get("THOROUGH", "1"))
"""How many times as many documents and edits are tried."""


@dataclass(frozen=True)
class Section:
    """A heading with its paragraphs, and a question below them: words, and answers."""

    heading: str
    paragraphs: tuple[str, ...]
    asked: str = ""
    answers: tuple[str, ...] = ()


def document(sections: list[Section]) -> Document:
    blocks = []
    for section in sections:
        blocks.append(doc.said(section.heading, level=1))
        blocks += [doc.said(words) for words in section.paragraphs]
        if section.asked:
            blocks.append(doc.question(section.asked, *section.answers, right=section.answers[0]))
    return Document(tuple(blocks))


SUBJECTS = ("Plants", "Water", "Light", "Soil", "Tools")


@st.composite
def written(draw: st.DrawFn) -> list[Section]:
    """A document of a few sections, every line of it its own."""
    sections = []
    for subject in draw(st.lists(st.sampled_from(SUBJECTS), min_size=1, max_size=4, unique=True)):
        count = draw(st.integers(1, 4))
        lines = tuple(f"{subject} need care of sort {number}, daily." for number in range(count))
        asked = f"What do {subject.lower()} need most?" if draw(st.booleans()) else ""
        answers = tuple(f"{subject} {what}" for what in ("care", "rest", "rain")) if asked else ()
        sections.append(Section(subject, lines, asked, answers))
    return sections


@st.composite
def rewritten(draw: st.DrawFn, sections: list[Section]) -> list[Section]:
    """The document as somebody has gone on with it in Word."""
    found = []
    for number, section in enumerate(sections):
        what = draw(st.sampled_from(("kept", "words", "heading", "gone", "new", "asked", "less")))
        lines = section.paragraphs
        if what == "words":
            at = draw(st.integers(0, len(lines) - 1))
            changed = lines[at].replace("daily", f"weekly {number}")
            section = replace(section, paragraphs=(*lines[:at], changed, *lines[at + 1 :]))
        elif what == "heading":
            section = replace(section, heading=f"{section.heading} and more")
        elif what == "less":
            section = replace(section, paragraphs=lines[1:] or lines)
        elif what == "asked" and section.asked:
            asked = section.asked.replace("most", "above all")
            answers = (*section.answers[1:], section.answers[0], f"Something new {number}")
            section = replace(section, asked=asked, answers=answers)
        if what == "new":
            found.append(Section(f"New {number}", (f"Quite new {number}.",)))
        if what != "gone" or len(sections) == 1:
            found.append(section)
    if draw(st.booleans()):
        found.reverse()
    # A document without words is refused.
    return found or sections


def author_edits(draw: st.DrawFn, folder: Path) -> set[str]:
    """Edits of the course's files by hand; gives the files that they have changed."""
    edited = set()
    for path in sorted(folder.glob("pages/*.md")) + sorted(folder.glob("questions/*.yaml")):
        lines = path.read_text("utf-8").split("\n")
        name = path.relative_to(folder).as_posix()
        for at in range(len(lines) - 1, -1, -1):
            line, mark = lines[at], f"mine-{name}-{at}"
            what = draw(st.sampled_from(("kept", "kept", "edited", "more")))
            if what == "edited" and line.endswith("daily."):
                lines[at] = f"{line} {mark}"
            elif what == "edited" and (found := re.fullmatch(r'(\s+text: )"(.*)"', line)):
                lines[at] = f'{found[1]}"{found[2]} {mark}"'
            elif what == "more" and line.endswith("daily."):
                lines[at + 1 : at + 1] = ["", f"{mark}."]
            elif what == "more" and line.startswith("  prompt: "):
                lines.insert(at + 1, f'  hint: "{mark}"')
            else:
                continue
            edited.add(name)
        path.write_text("\n".join(lines), "utf-8")
    return edited


def as_text(files: dict[str, bytes]) -> dict[str, str]:
    return {path: content.decode() for path, content in files.items()}


def ids(files: dict[str, str]) -> dict[str, set[str]]:
    text = files.get("questions/questions.yaml", "")
    pages = [page for path, page in files.items() if path.startswith("pages/")]
    return {
        "pages": {found[1] for page in pages if (found := re.search(r"^id: (.+)$", page, re.M))},
        "questions": set(re.findall(r"^- id: (.+)$", text, re.M)),
    }


def letters(files: dict[str, str]) -> dict[tuple[str, str], str]:
    """The letter of each option of each question by its words."""
    text = files.get("questions/questions.yaml", "")
    found = {}
    for entry in re.split(r"^(?=- id:)", text, flags=re.M)[1:]:
        name = entry.split("\n")[0]
        for letter, words in re.findall(r'    - id: (.)\n      text: "(.*)"', entry):
            found[name, words] = letter
    return found


def effective(folder: Path) -> dict[str, str]:
    """The course with what an import wrote beside its files in their place."""
    found = {path: text.decode() for path, text in source.files(folder).items()}
    beside = {path.removesuffix(".new"): text for path, text in found.items() if ".new" in path}
    return {path: text for path, text in found.items() if ".new" not in path} | beside


@settings(max_examples=15 * MORE, deadline=None)
@given(st.data())
def test_nothing_of_the_author_is_lost_and_no_id_changes(data: st.DataObject) -> None:
    before = data.draw(written())
    after = data.draw(rewritten(before))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "course"
        source.into(folder, document(before))
        edited = author_edits(data.draw, folder)
        had = source.files(folder)
        made = source.into(folder, document(after), again=True)
        now = source.files(folder)
        assert {path: now[path] for path in edited} == {path: had[path] for path in edited}
        assert not had.keys() - now.keys()
        assert [one for one in made.problems if one.severity == "error"] == []
        # A renamed heading, a prompt with other words: no more pages and questions than are new.
        fresh = sum(section.heading.startswith("New") for section in after)
        result = effective(folder)
        assert len(ids(result)["pages"]) == len(ids(as_text(had))["pages"]) + fresh
        assert ids(result)["questions"] <= ids(as_text(had))["questions"]
        old, new = letters(as_text(had)), letters(result)
        assert {key: new[key] for key in old if key in new} == {
            key: letter for key, letter in old.items() if key in new
        }
        for section in after:
            for words in section.paragraphs:
                assert any(words in text for text in result.values())
        source.into(folder, document(after), again=True)
        assert source.files(folder) == now


FIRST = (
    doc.said("Plants", level=1),
    doc.said("Water them."),
    doc.question("What helps?", "Rain", "Rest", "Care", right="Rain"),
    doc.said("Tools", level=1),
    doc.said("A spade."),
)
PLANTS, QUESTIONS = "pages/plants.md", "questions/questions.yaml"


def edit(folder: Path, path: str, old: str, new: str) -> bytes:
    """Edit a file as its author does; gives what it holds now."""
    file = folder / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    return file.read_bytes()


def again(folder: Path, *blocks: Block) -> Updated:
    made = source.into(folder, Document(blocks), again=True)
    assert made.updated is not None
    assert [str(one) for one in made.problems if one.severity == "error"] == []
    return made.updated


@pytest.fixture
def course(tmp_path: Path) -> Path:
    source.into(tmp_path / "course", Document(FIRST))
    return tmp_path / "course"


def test_file_that_nobody_has_changed_is_rewritten(course: Path) -> None:
    told = again(course, FIRST[0], doc.said("Feed them."), *FIRST[2:])
    assert (told.written, told.beside) == ((PLANTS,), ())
    assert told.edits == (Edit(PLANTS, 5, "Water them.", "Feed them."),)
    text = (course / PLANTS).read_text("utf-8")
    assert text.split("---\n")[2] == "Feed them.\n\n::: check what-helps\n"
    assert again(course, FIRST[0], doc.said("Feed them."), *FIRST[2:]) == Updated("handbook")


def test_changed_file_stays_and_new_one_is_beside_it(course: Path) -> None:
    mine = edit(course, PLANTS, "Water them.", "Water them daily.")
    told = again(course, FIRST[0], doc.said("Feed them."), *FIRST[2:])
    assert (course / PLANTS).read_bytes() == mine
    assert told.beside == (Beside(PLANTS, "you have changed it"),)
    assert told.edits == (Edit(PLANTS, 5, "Water them.", "Feed them."),)
    beside = course / f"{PLANTS}.new"
    assert beside.read_text("utf-8").startswith("---\nid: plants\n")
    # Once the new version is taken over, imports rewrite the file again.
    beside.replace(course / PLANTS)
    told = again(course, FIRST[0], doc.said("Prune them."), *FIRST[2:])
    assert (told.written, told.beside) == ((PLANTS,), ())


def test_author_change_alone_leaves_nothing_to_decide(course: Path) -> None:
    edit(course, PLANTS, "Water them.", "Water them daily.")
    before = source.files(course)
    assert again(course, *FIRST) == Updated("handbook")
    assert source.files(course) == before


def test_same_change_by_author_and_source_needs_no_decision(course: Path) -> None:
    edit(course, PLANTS, "Water them.", "Feed them.")
    told = again(course, FIRST[0], doc.said("Feed them."), *FIRST[2:])
    assert (told.written, told.beside) == ((), ())


def test_windows_line_ends_are_no_change(course: Path) -> None:
    file = course / PLANTS
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert again(course, FIRST[0], doc.said("Feed them."), *FIRST[2:]).written == (PLANTS,)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf---\r\n")
    assert b"Feed them.\r\n" in file.read_bytes()


def test_page_with_another_file_name_is_known_by_its_id(course: Path) -> None:
    (course / "pages/green").mkdir()
    (course / PLANTS).rename(course / "pages/green/all.md")
    edit(course, "course.yaml", "plants.md", "green/all.md")
    told = again(course, FIRST[0], doc.said("Feed them."), *FIRST[2:])
    assert (told.written, told.beside) == (("pages/green/all.md",), ())
    assert not (course / PLANTS).exists()


def test_page_that_author_deleted_is_not_made_again(course: Path) -> None:
    (course / "pages/tools.md").unlink()
    edit(course, "course.yaml", "  - tools.md\n", "")
    assert again(course, *FIRST) == Updated("handbook")
    told = again(course, *FIRST[:-1], doc.said("A rake."))
    assert told.beside == (Beside("pages/tools.md", "you have deleted it"),)
    assert not (course / "pages/tools.md").exists()


def test_new_page_brings_its_lines_for_course_yaml(course: Path) -> None:
    more = (doc.said("Soil", level=1), doc.said("Dig it."))
    settings = edit(course, "course.yaml", 'version: "1.0.0"', 'version: "1.0.1"')
    told = again(course, *FIRST, *more)
    assert told.pages == (NewPage("pages/soil.md", "Soil", ("  - soil.md",)),)
    assert [one.path for one in told.beside] == ["course.yaml"]
    assert (course / "course.yaml").read_bytes() == settings


def test_settings_that_nobody_has_changed_list_new_pages(course: Path) -> None:
    told = again(course, *FIRST, doc.said("Soil", level=1), doc.said("Dig it."))
    assert told.pages == (NewPage("pages/soil.md", "Soil"),)
    assert "  - soil.md\n" in (course / "course.yaml").read_text("utf-8")


def test_new_module_comes_with_its_own_lines(tmp_path: Path) -> None:
    def grouped(title: str) -> tuple[Block, ...]:
        parts = ((doc.said(f"{title} {n}", level=2), doc.said(f"{title}: {n}.")) for n in (1, 2))
        return (doc.said(title, level=1), *(block for part in parts for block in part))

    course = tmp_path / "course"
    first = (*grouped("Fire"), *grouped("Water"))
    source.into(course, Document(first), pages="heading-2")
    edit(course, "course.yaml", 'version: "1.0.0"', 'version: "1.0.1"')
    more = (doc.said("Fire 3", level=2), doc.said("Fire: 3."))
    told = again(course, *grouped("Fire"), *more, *grouped("Water"), *grouped("Air"))
    assert [(one.module, one.lines) for one in told.pages] == [
        ("Fire", ("      - fire-3.md",)),
        ("", ('  - module: "Air"', "    id: air", "    pages:", "      - air-1.md")),
        ("", ("      - air-2.md",)),
    ]


def test_what_the_source_no_longer_has_is_listed(course: Path) -> None:
    edit(course, QUESTIONS, '"What helps?"', '"What helps most?"')
    told = again(course, *FIRST[:2])
    assert told.gone == (
        Gone("pages/tools.md", 1, "Tools"),
        Gone(QUESTIONS, 1, "What helps?"),
    )
    assert (course / "pages/tools.md").exists()
    # It is known again when it comes back.
    assert again(course, *FIRST).gone == ()
    assert "- tools.md" in (course / "course.yaml").read_text("utf-8")


def test_page_waits_until_author_has_its_new_question(course: Path) -> None:
    edit(course, QUESTIONS, '"Rest"', '"Rest, at night"')
    asked = (*FIRST[:2], doc.question("What harms?", "Frost", "Sun"), *FIRST[2:])
    told = again(course, *asked)
    reasons = {one.path: one.reason for one in told.beside}
    assert reasons[QUESTIONS] == "you have changed it"
    assert "error question-unknown" in reasons[PLANTS]
    beside = (course / f"{QUESTIONS}.new").read_text("utf-8")
    new = beside[beside.index("- id: what-harms") :].partition("\n\n")[0]
    mine = (course / QUESTIONS).read_text("utf-8")
    (course / QUESTIONS).write_text(f"{mine}\n{new}\n", "utf-8")
    (course / f"{QUESTIONS}.new").unlink()
    told = again(course, *asked)
    assert (told.written, told.beside) == ((PLANTS,), ())
    assert "check what-harms" in (course / PLANTS).read_text("utf-8")
    assert not (course / f"{PLANTS}.new").exists()


def test_question_that_changed_page_asks_is_not_removed(course: Path) -> None:
    edit(course, PLANTS, "Water them.", "Water them daily.")
    told = again(course, *FIRST[:2], doc.question("Who?", "Ann", "Bob"), *FIRST[3:])
    assert {one.path for one in told.beside} == {PLANTS, QUESTIONS}
    assert "- id: what-helps" in (course / QUESTIONS).read_text("utf-8")


def test_changed_file_beside_another_one_is_never_overwritten(course: Path) -> None:
    edit(course, PLANTS, "Water them.", "Water them daily.")
    again(course, FIRST[0], doc.said("Feed them."), *FIRST[2:])
    edit(course, f"{PLANTS}.new", "Feed them.", "Feed them, I say.")
    before = source.files(course)
    with pytest.raises(RefusedError, match=r"“pages/plants\.md\.new”.*has other words by now"):
        again(course, FIRST[0], doc.said("Prune them."), *FIRST[2:])
    assert source.files(course) == before


def test_page_that_waits_is_never_overwritten_once_changed(course: Path) -> None:
    edit(course, QUESTIONS, '"Rest"', '"Rest, at night"')
    asked = (*FIRST[:2], doc.question("What harms?", "Frost", "Sun"), *FIRST[2:])
    again(course, *asked)
    edit(course, f"{PLANTS}.new", "Water them.", "Water them daily.")
    before = source.files(course)
    with pytest.raises(RefusedError, match=r"“pages/plants\.md\.new”"):
        again(course, *asked)
    assert source.files(course) == before


def test_letter_of_removed_option_is_retired(course: Path) -> None:
    again(course, *FIRST[:2], doc.question("What helps?", "Rest", "Care", "Sun", right="Care"))
    assert (course / QUESTIONS).read_text("utf-8") == (
        '- id: what-helps\n  type: choice\n  prompt: "What helps?"\n  options:\n'
        '    - id: b\n      text: "Rest"\n'
        '    - id: c\n      text: "Care"\n      correct: yes\n'
        '    - id: d\n      text: "Sun"\n'
        "  retired:\n    - a\n"
    )


def test_letter_that_author_gave_is_not_given_again(course: Path) -> None:
    edit(course, QUESTIONS, '"Care"\n', '"Care"\n    - id: d\n      text: "Luck"\n')
    answers = ("Rain", "Rest", "Care", "Sun")
    again(course, *FIRST[:2], doc.question("What helps?", *answers, right="Rain"), *FIRST[3:])
    beside = (course / f"{QUESTIONS}.new").read_text("utf-8")
    assert '    - id: e\n      text: "Sun"' in beside
    assert "retired" not in beside


def test_course_of_an_earlier_version_imports_without_loss(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    course = Path("course")
    shutil.copytree(GOLDEN / "earlier-import", course)
    before = source.files(course)
    Path("fire.gift").write_text(
        "$CATEGORY: Fire\n\nWhat do you do first?{=Leave ~Stay ~Run}\n", "utf-8"
    )
    fire = importing.Request(Path("fire.gift"), course, None, source.TODAY, again=True)
    made, _ = importing.run(fire)
    assert made is not None
    assert made.updated is not None
    # The author has changed a title and an option, and the earlier version kept a question.
    assert (made.updated.written, made.updated.beside) == ((), ())
    own = {path: text for path, text in source.files(course).items() if path != ".import.json"}
    assert own == {path: text for path, text in before.items() if path != ".import.json"}
    Path("fire.gift").write_text(
        "$CATEGORY: Fire\n\nWhat do you do first?{=Leave ~Stay ~Shout}\n", "utf-8"
    )
    made, _ = importing.run(fire)
    assert made is not None
    assert made.updated is not None
    assert [one.path for one in made.updated.beside] == [QUESTIONS]
    assert '    - id: c\n      text: "Shout"' in (course / f"{QUESTIONS}.new").read_text("utf-8")
    now = source.files(course)
    assert {path: now[path] for path in own} == own
