"""The course that is made from an imported document: the text of its files, and the data for the
import's report. The words and parts of the course are counted by parsing the text of its files
again, so the counts show what trainees will see."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from builder.base.immutable import immutable
from builder.course import markdown
from builder.course.markdown import Prose
from builder.course.scenarios.reading import ENDING
from builder.importing.document.form import Rest
from builder.importing.document.question_types import TYPES
from builder.importing.writing import yaml

COURSE = "course.yaml"
QUESTIONS = "questions/questions.yaml"


@immutable
class Heading:
    """A heading on a page: its text, and its id, to which links lead."""

    words: str
    id: str


@immutable
class Page:
    """A page that was written. ``module`` is the id of the group of pages that contains it, or
    empty. ``words`` are all words that the page shows, including its title and questions, and
    ``kinds`` has the number of its parts of each kind. ``questions`` are the ids of its questions.
    ``record`` maps the ids of the questions in its record to their text."""

    id: str
    title: str
    path: str
    module: str
    words: tuple[str, ...]
    kinds: Mapping[str, int]
    questions: tuple[str, ...]
    headings: tuple[Heading, ...] = ()
    record: Mapping[str, str] = field(default_factory=dict)


@immutable
class WrittenQuestion:
    """A question that was written. ``words`` are its texts that have letters, by kind (``options``
    or ``items``), and ``letters`` their letters in the same order. ``retired`` are letters of
    options that only an earlier import used."""

    id: str
    prompt: str
    words: Mapping[str, tuple[str, ...]]
    letters: Mapping[str, tuple[str, ...]]
    retired: tuple[str, ...] = ()


@immutable
class ListedContent:
    """Content that was not imported, or imported with changes, and the file and line of the course
    where it is or would be; the path is empty if there is none."""

    rest: Rest
    path: str = ""
    line: int = 0


@immutable
class WrittenCourse:
    """The course that an import makes.

    ``texts`` and ``pictures`` are the contents of its files by path. ``level`` is that of the
    headings that start pages. ``modules`` maps the ids of groups of pages to titles, and
    ``variables`` the names of variables to labels. ``listed`` is what was not imported, or imported
    with changes. ``changed`` counts content that was imported in another form, by a description for
    the report. ``levels`` has the level of the headings that start pages for each document.
    """

    id: str
    title: str
    description: str
    language: str
    level: int
    texts: Mapping[str, str]
    pictures: Mapping[str, bytes]
    pages: tuple[Page, ...]
    questions: tuple[WrittenQuestion, ...]
    modules: Mapping[str, str]
    variables: Mapping[str, str]
    listed: tuple[ListedContent, ...]
    changed: Mapping[str, int]
    levels: tuple[int, ...] = (1,)

    @property
    def words(self) -> tuple[str, ...]:
        """All words of the document that the course contains, in order."""
        titles = (self.title, self.description, *self.modules.values())
        title_words = (word for title in titles for word in title.split())
        return (*title_words, *(word for page in self.pages for word in page.words))

    @property
    def kinds(self) -> Mapping[str, int]:
        """The number of parts of each kind in the course, such as headings and tables."""
        found = Counter({"headings": len(self.modules)})
        for page in self.pages:
            found.update(page.kinds)
        return found


_TOKEN_KINDS = {
    "heading_open": "headings",
    "list_item_open": "list items",
    "table_open": "tables",
    "tr_open": "rows",
    "th_open": "cells",
    "td_open": "cells",
    "note_open": "notes",
    "image": "pictures",
    "link_open": "links",
}
"""The name in the counts for each type of Markdown token that is counted."""


@dataclass
class PartCounts:
    """The words of a page or question in order, and the number of its parts of each kind."""

    words: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)

    def passage(self, text: str, values: Mapping[str, str], notes: bool = True) -> None:
        """Count what a passage of Markdown shows. ``values`` are the values of variables by
        name."""
        for block in markdown.parse(text, notes=notes).walk():
            if isinstance(block, Prose):
                self._prose(block, values)
            elif block.name not in ("check", ENDING):
                self.words += block.argument.split()
                self.kinds["text boxes"] += block.name == "callout"

    def lines(self, lines: Sequence[str]) -> None:
        """Count the texts in lines of YAML that the module ``yaml`` has written."""
        for text in yaml.read_texts(lines):
            self._prose(markdown.inline(text), {})

    def title(self, words: str) -> None:
        """Count the title of a page or of a group of pages."""
        self.words += words.split()
        self.kinds["headings"] += 1

    def add(self, others: Iterable[PartCounts]) -> None:
        """Add other counts to this one."""
        for other in others:
            self.words += other.words
            self.kinds += other.kinds

    def _prose(self, prose: Prose, values: Mapping[str, str]) -> None:
        tokens = [_without_images(token) for token in prose.tokens]
        self.words += markdown.plain(Prose(tuple(tokens)), values).split()
        for token in prose.tokens:
            for part in (token, *(token.children or ())):
                if part.type in _TOKEN_KINDS and not part.hidden:
                    self.kinds[_TOKEN_KINDS[part.type]] += 1


def _without_images(token: Any) -> Any:
    """The Markdown token without images, since their alternative texts are not counted."""
    words = [child for child in token.children or () if child.type != "image"]
    return token if len(words) == len(token.children or ()) else token.copy(children=words)


_FEEDBACK_LINE = re.compile(r" {2}(?:hint|feedback|explanation):| {6}feedback: ")
"""Matches a line of a question's entry in a question file that starts feedback, a hint or an
explanation."""


def count_question(lines: Sequence[str]) -> PartCounts:
    """Count what trainees may see of a question. ``lines`` are those of its entry in the question
    file."""
    found = PartCounts()
    end = next((at for at, line in enumerate(lines) if line.startswith("  unsure:")), len(lines))
    found.lines(lines[:end])
    start = next((at for at, line in enumerate(lines) if line == "  material: |"), end)
    material = list(
        itertools.takewhile(
            lambda line: not line or line.startswith("    "), lines[start + 1 : end]
        )
    )
    found.passage("\n".join(line[4:] for line in material), {}, notes=False)
    own = [*lines[: start + 1], *lines[start + 1 + len(material) :]]
    kind = next(line for line in own if line.startswith("  type: "))[8:]
    found.kinds["questions"] += 1
    found.kinds[TYPES[kind].counted_as] += 1
    if kind == "choice":
        found.kinds["options"] += sum(line.startswith("    - id: ") for line in own)
    found.kinds["questions with feedback"] += any(map(_FEEDBACK_LINE.match, own))
    found.kinds["questions with tags"] += "  tags:" in own
    return found
