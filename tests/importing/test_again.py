"""Importing again: ids stay, the author's edits stay, what changed in the source is changed."""

import os
import re
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.importing.document.form import Document
from tests.importing import documents as doc
from tests.importing import source

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
    return found


def author_edits(draw: st.DrawFn, folder: Path) -> dict[str, list[str]]:
    """Edits of the course's files by hand; gives what each file has of them."""
    marks: dict[str, list[str]] = {}
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
            marks.setdefault(name, []).append(mark)
        path.write_text("\n".join(lines), "utf-8")
    return marks


def ids(folder: Path) -> dict[str, set[str]]:
    questions = folder / "questions" / "questions.yaml"
    text = questions.read_text("utf-8") if questions.exists() else ""
    pages = [path.read_text("utf-8") for path in folder.glob("pages/*.md")]
    return {
        "pages": {found[1] for page in pages if (found := re.search(r"^id: (.+)$", page, re.M))},
        "questions": set(re.findall(r"^- id: (.+)$", text, re.M)),
    }


def letters(folder: Path) -> dict[tuple[str, str], str]:
    """The letter of each option of each question by its words."""
    questions = folder / "questions" / "questions.yaml"
    text = questions.read_text("utf-8") if questions.exists() else ""
    found = {}
    for entry in re.split(r"^(?=- id:)", text, flags=re.M)[1:]:
        name = entry.split("\n")[0]
        for letter, words in re.findall(r'    - id: (.)\n      text: "(.*)"', entry):
            found[name, words] = letter
    return found


@settings(max_examples=15 * MORE, deadline=None)
@given(st.data())
def test_nothing_of_the_author_is_lost_and_no_id_changes(data: st.DataObject) -> None:
    before = data.draw(written())
    after = data.draw(rewritten(before))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "course"
        source.into(folder, document(before))
        marks = author_edits(data.draw, folder)
        had, lettered = ids(folder), letters(folder)
        made = source.into(folder, document(after), again=True)
        for path, found in marks.items():
            text = (folder / path).read_text("utf-8")
            assert [mark for mark in found if mark not in text] == []
        now = ids(folder)
        assert had["pages"] <= now["pages"]
        assert had["questions"] <= now["questions"]
        # A renamed heading, a prompt with other words: no more pages and questions than are new.
        fresh = sum(section.heading.startswith("New") for section in after)
        assert len(now["pages"]) == len(had["pages"]) + fresh
        assert now["questions"] == had["questions"]
        again = letters(folder)
        assert {key: again[key] for key in lettered if key in again} == {
            key: letter for key, letter in lettered.items() if key in again
        }
        everything = "\n".join(text.decode() for text in source.files(folder).values())
        told = "\n".join(edit.source for edit in made.merged.both) if made.merged else ""
        for section in after:
            for words in section.paragraphs:
                assert words in everything or words in told
        kept = source.files(folder)
        source.into(folder, document(after), again=True)
        assert source.files(folder) == kept


def test_an_answer_that_is_right_now_is_the_only_one(tmp_path: Path) -> None:
    folder = tmp_path / "course"
    answers = ("Rain", "Rest", "Care")
    source.into(folder, Document((doc.question("What helps?", *answers, right="Rain"),)))
    questions = folder / "questions" / "questions.yaml"
    questions.write_text(questions.read_text("utf-8").replace('"Rain"', '"Rain, of course"'))
    after = doc.question("What helps?", "Rain", "Care", "Sun", right="Care")
    source.into(folder, Document((after,)), again=True)
    assert questions.read_text("utf-8") == (
        '- id: what-helps\n  type: choice\n  prompt: "What helps?"\n  options:\n'
        '    - id: a\n      text: "Rain, of course"\n'
        '    - id: b\n      text: "Rest"\n'
        '    - id: c\n      text: "Care"\n      correct: yes\n'
        '    - id: d\n      text: "Sun"\n'
    )
