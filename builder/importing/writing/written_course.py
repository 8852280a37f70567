"""The result of writing an imported document: the files of a course, and the facts for the
report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import field

from builder.base.immutable import immutable
from builder.importing.document.form import Rest

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
