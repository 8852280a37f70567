"""What an import makes of a document: the files of a course, and what there is to say of them."""

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
    """A heading in a page: its words, and the id that links know it by."""

    words: str
    id: str


@immutable
class Page:
    """A page that was made. ``module`` is the id of the group that it stands in, or empty;
    ``words`` are those that it shows, its title's and its questions' among them, ``kinds`` how many
    parts it has of each kind."""

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
class Asked:
    """A question that was made: its id, what it asks, and by kind the words of its letters and the
    letters, in their order. ``retired`` are letters of options that an earlier import had."""

    id: str
    prompt: str
    words: Mapping[str, tuple[str, ...]]
    letters: Mapping[str, tuple[str, ...]]
    retired: tuple[str, ...] = ()


@immutable
class Listed:
    """Content that was not imported unchanged, and its place in the course."""

    rest: Rest
    path: str = ""
    line: int = 0


@immutable
class Made:
    """The course that an import makes.

    ``texts`` and ``pictures`` are its files by path. ``modules`` are the titles of groups of pages
    by id, ``variables`` what each local value is by its name. ``changed`` counts what came over
    otherwise than it stood. ``levels`` are those of the headings that begin pages, in each document
    of several.
    """

    id: str
    title: str
    description: str
    language: str
    level: int
    texts: Mapping[str, str]
    pictures: Mapping[str, bytes]
    pages: tuple[Page, ...]
    questions: tuple[Asked, ...]
    modules: Mapping[str, str]
    variables: Mapping[str, str]
    listed: tuple[Listed, ...]
    changed: Mapping[str, int]
    levels: tuple[int, ...] = (1,)

    @property
    def words(self) -> tuple[str, ...]:
        """Every word that the course has of the document."""
        titles = (self.title, self.description, *self.modules.values())
        told = (word for title in titles for word in title.split())
        return (*told, *(word for page in self.pages for word in page.words))

    @property
    def kinds(self) -> Mapping[str, int]:
        """How many parts the course has of each kind."""
        found = Counter({"headings": len(self.modules)})
        for page in self.pages:
            found.update(page.kinds)
        return found
