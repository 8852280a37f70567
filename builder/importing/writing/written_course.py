"""The result of writing an imported document: the files of a course, and the facts for the report.
Its words and parts are counted by reading back the files that were written."""

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
from builder.importing.document.form import Rest
from builder.importing.document.question_types import TYPES
from builder.importing.writing import yaml

COURSE = "course.yaml"
QUESTIONS = "questions/questions.yaml"


@immutable
class Heading:
    """A heading on a page: its text, and the id for links."""

    words: str
    id: str


@immutable
class Page:
    """A page that was written. ``module`` is the id of its group, or empty. ``words`` are all words
    that it shows, including its title and questions; ``kinds`` counts its parts by kind. ``record``
    maps the ids of a record's questions to their text."""

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
    """A question that was written: its id, its prompt, and by kind the texts that have letters and
    these letters, in the same order. ``retired`` are option letters that only an earlier import
    used."""

    id: str
    prompt: str
    words: Mapping[str, tuple[str, ...]]
    letters: Mapping[str, tuple[str, ...]]
    retired: tuple[str, ...] = ()


@immutable
class ListedContent:
    """Content that was not imported unchanged, and its place in the course."""

    rest: Rest
    path: str = ""
    line: int = 0


@immutable
class WrittenCourse:
    """The course that an import makes.

    ``texts`` and ``pictures`` are its files by path. ``modules`` maps the ids of groups of pages to
    titles, ``variables`` the names of variables to labels. ``changed`` counts content imported in
    another form. ``levels`` has the level of the headings that start pages for each document.
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
        """Every word of the document that the course has."""
        titles = (self.title, self.description, *self.modules.values())
        title_words = (word for title in titles for word in title.split())
        return (*title_words, *(word for page in self.pages for word in page.words))

    @property
    def kinds(self) -> Mapping[str, int]:
        """How many parts of each kind the course has."""
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
"""Kind in the counts for each Markdown token."""


@dataclass
class PartCounts:
    """Words in order, and how many parts there are of each kind."""

    words: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)

    def passage(self, text: str, values: Mapping[str, str], notes: bool = True) -> None:
        """Count what a passage of Markdown shows."""
        for block in markdown.parse(text, notes=notes).walk():
            if isinstance(block, Prose):
                self._prose(block, values)
            elif block.name != "check":
                self.words += block.argument.split()
                self.kinds["text boxes"] += block.name == "callout"

    def lines(self, lines: Sequence[str]) -> None:
        """Count the texts in lines of YAML that were written here."""
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
    """The token without images: their alternative text is not counted."""
    words = [child for child in token.children or () if child.type != "image"]
    return token if len(words) == len(token.children or ()) else token.copy(children=words)


_FEEDBACK_LINE = re.compile(r" {2}(?:hint|feedback|explanation):| {6}feedback: ")
"""A line of a question that starts feedback, a hint or an explanation."""


def count_question(lines: Sequence[str]) -> PartCounts:
    """Count what trainees may see of a question, from its lines."""
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
