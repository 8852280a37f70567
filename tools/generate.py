"""Makes a course of any size for the benchmark and tests; the same size gives the same course."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import polib

from builder.course.load import load
from builder.course.pseudo import pseudo
from builder.course.translations import Message, messages

_WORDS = """
    children young people safeguarding training concern share lead record listen quietly notice
    pattern support family school worker report early change trust time place question answer
    team local board procedure remember protect plan review meeting contact information
""".split()  # noqa: SIM905 — a list of single words is hard to read
_TRACKED_PAGES = 200
"""Maximum number of pages of a course that saves progress on each page. The saved state of SCORM
1.2 has no room for more, so larger courses save only the bookmark."""
_QUIZ_QUESTIONS = 10


def generate(folder: Path, pages: int, languages: tuple[str, ...] = ()) -> None:
    """Write a course to ``folder``: ``pages`` pages of about 5 KB with a practice question each,
    and a quiz; with a complete translation into each of ``languages``, tags of other languages."""
    choose = random.Random(pages)
    names = [f"page-{number:04}" for number in range(1, pages + 1)]
    for part in ("pages", "questions"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for name in names:
        _write(folder / "pages" / f"{name}.md", _page(name, choose))
    quiz = "".join(f"  - question-{name}\n" for name in names[:_QUIZ_QUESTIONS])
    _write(
        folder / "pages" / "quiz.md",
        f"---\ntitle: Quiz\nkind: quiz\nquestions:\n{quiz}---\n\nTake your time.\n",
    )
    _write(folder / "questions" / "all.yaml", "\n".join(_question(name, choose) for name in names))
    _write(folder / "course.yaml", _course(names))
    if languages:
        sources, _ = load(folder)
        assert sources
        entries = "\n".join(map(_entry, messages(sources)))
        (folder / "translations").mkdir(exist_ok=True)
        for tag in languages:
            _write(folder / "translations" / f"{tag}.po", f"{_HEADER}\n{entries}")


_HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


def _entry(message: Message) -> str:
    """The entry of a message in a PO file, with other letters as its translation."""
    # Brackets would be markup.
    text = pseudo(message.text).strip("[]~")
    lines = (("msgctxt", message.part), ("msgid", message.text), ("msgstr", text))
    return "".join(f'{name} "{polib.escape(value)}"\n' for name, value in lines)


def _course(names: list[str]) -> str:
    listed = "".join(f"  - {name}.md\n" for name in [*names, "quiz"])
    tracked = "all" if len(names) <= _TRACKED_PAGES else "none"
    return (
        f"id: generated-{len(names)}\n"
        f"title: A course of {len(names)} pages\n"
        'version: "1.0.0"\n'
        "language: en\n"
        "description: Made to measure how long a build and a first view take.\n"
        "keywords: [benchmark]\n"
        "rights: May be used by anyone.\n"
        "reviewed_on: 2026-01-31\nreview_by: 2036-01-31\n"
        f"tracking:\n  pages: {tracked}\n  report: passed-failed\n  pass_mark: 80\n"
        "approvals:\n  required: []\n"
        f"pages:\n{listed}"
    )


def _page(name: str, choose: random.Random) -> str:
    parts = [f"---\ntitle: {_sentence(choose, 4)}\nminutes: 3\n---\n"]
    for _ in range(4):
        parts.append(f"## {_sentence(choose, 3)}\n\n{_paragraph(choose)}\n\n{_paragraph(choose)}\n")
        parts.append("".join(f"- {_sentence(choose, 9)}\n" for _ in range(4)))
    parts.append(f"::: callout Remember\n{_paragraph(choose)}\n:::\n")
    parts.append(f"::: check question-{name}\n")
    return "\n".join(parts)


def _question(name: str, choose: random.Random) -> str:
    options = "".join(
        f"    - id: {letter}\n      text: {_sentence(choose, 6)}\n"
        + ("      correct: yes\n" if letter == "b" else f"      feedback: {_sentence(choose, 8)}\n")
        for letter in "abcd"
    )
    return (
        f"- id: question-{name}\n  type: choice\n  prompt: {_sentence(choose, 10)}?\n"
        f"  options:\n{options}  source: {name}\n  explanation: {_sentence(choose, 12)}\n"
    )


def _paragraph(choose: random.Random) -> str:
    return " ".join(f"{_sentence(choose, 12)}." for _ in range(5))


def _sentence(choose: random.Random, words: int) -> str:
    return " ".join(choose.choices(_WORDS, k=words)).capitalize()


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    generate(Path(sys.argv[1]), int(sys.argv[2]))
