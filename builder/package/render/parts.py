"""Selects the scripts and styles that only some pages need.

A part is a script and styles for one purpose, named after it: ``page-KIND``, ``question-TYPE``,
``block-NAME``, or ``shell-NAME`` for the interface around the pages. A page with questions needs
``page-questions``, one that a test-out can replace ``page-shown``; a table needs ``block-table``, a
footnote ``block-notes``, a link to a term ``block-glossary``. The files of a part are in
``templates/parts/``; a part may have none. The launch page contains the parts that the first view
needs, and the player loads all others before it shows the first page that needs them.
"""

from __future__ import annotations

import hashlib

from builder.base import resources
from builder.base.cache import NO_CACHE, Cache
from builder.course.markdown import Directive
from builder.course.model import Course, Page
from builder.package.artifacts import Member, hashed_name
from builder.package.render.chunks import add
from builder.package.render.glossary import Glossary

_FILES = (("style", ".css"), ("part", ".js"))
"""The player's name for each kind of file, and its extension."""
_ORIGIN = "/* Generated: make player */\n"
"""The first line of a generated script."""
_STRICT = '"use strict";'
SEARCH = "shell-search"
"""The part for search."""
CERTIFICATE = "shell-certificate"
"""The part for the certificate, loaded on first use."""
COMMENTS = "shell-comments"
"""The part for comments, loaded on first use."""
CALENDAR = "shell-calendar"
"""The part for the page that “Exit this page” opens."""
LEFT = "shell-left"
"""The part whose script is in the launch page before all content. It hides a course that the
trainee has left by “Exit this page”.

The content security policy allows this script by its hash.
"""
PAGES = "shell-pages"
"""The part with the styles that every page may need."""
PRINT = "shell-print"
"""The part with the styles for print, for which the first view does not wait."""
LANGUAGES = "shell-languages"
ENGLISH = "shell-english"
"""The part that changes the language of a course in several languages. It arrives with the file of
another language, or after the first view."""
_OWN_STYLES = ("pa", "ur")
"""Languages whose script needs fonts and line heights of its own: the part ``shell-script-TAG``."""
VISIT = "shell-visit"
"""The part with the views around the pages, such as help, loaded after the first view."""


def names_by_page(course: Course, glossary: Glossary, cache: Cache) -> dict[str, tuple[str, ...]]:
    """The names of the parts that each page of a course in one language needs, by the page's id."""
    return {page.id: _kept_names(page, glossary, cache) for page in course.pages}


def _kept_names(page: Page, glossary: Glossary, cache: Cache) -> tuple[str, ...]:
    linked = bool(glossary.used_on(page))
    return cache.get_or_compute(("parts", page.id), (page, linked), lambda: _names(page, linked))


def _names(page: Page, linked: bool) -> tuple[str, ...]:
    types = [f"question-{question.type}" for question in page.questions()]
    # The styles for all questions come before those of a type.
    names = [PAGES, *(["page-questions", *types] if types or page.record else [])]
    names += ["page-quiz"] * bool(page.covers)
    names.append(f"page-{page.kind}")
    names += ["page-shown"] * bool(page.shown)
    asked = [question.material for question in page.questions() if question.material]
    for block in (block for document in (page.document, *asked) for block in document.walk()):
        if isinstance(block, Directive):
            names.append(f"block-{block.name}")
        else:
            names += ["block-table"] * block.has_table()
            names += ["block-notes"] * block.has_notes()
    if linked:
        names.append("block-glossary")
    return tuple(dict.fromkeys(names))


def _shell_parts(course: Course) -> tuple[str, ...]:
    """The names of the interface's parts that the launch page contains, whatever page is first."""
    conditions = {
        "shell-cover": course.cover,
        "shell-beside": not course.cover,
        "shell-draft": any(one.draft for one in (course, *course.translations)),
        "shell-leave": course.quick_exit,
        "shell-language-choice": course.translations,
        "shell-news": course.refresher,
    }
    languages = (one.language.partition("-")[0] for one in (course, *course.translations))
    scripts = (f"shell-script-{tag}" for tag in dict.fromkeys(languages) if tag in _OWN_STYLES)
    return (*(name for name, condition in conditions.items() if condition), *scripts)


def outline_parts(course: Course) -> tuple[str, ...]:
    """The names of the player's parts, scripts that load on demand, which need the whole outline
    of the course. They are loaded together with it."""
    conditions = {"shell-locks": course.locks, "shell-objectives": course.objectives}
    return ("shell-rules", *(name for name, condition in conditions.items() if condition))


def script(name: str) -> str:
    """The JavaScript of a part."""
    return resources.path("parts", f"{name}.js").read_text("utf-8")


def _part_files(name: str) -> tuple[tuple[str, Member], ...]:
    return tuple(
        (kind, _asset(name, ending))
        for kind, ending in _FILES
        if resources.path("parts", f"{name}{ending}").is_file()
    )


def _visit_styles(course: Course) -> str:
    """The styles of the views around the pages, with those of a choice of languages."""
    names = (VISIT, LANGUAGES) if course.translations else (VISIT,)
    return "".join(resources.path("parts", f"{name}.css").read_text("utf-8") for name in names)


def _asset(name: str, ending: str) -> Member:
    return asset(name, resources.path("parts", f"{name}{ending}").read_bytes(), ending)


def asset(stem: str, content: bytes, ending: str) -> Member:
    """A file in the package's folder ``assets/``, with a name that depends on its content."""
    return Member(hashed_name("assets", stem, hashlib.sha256(content).hexdigest(), ending), content)


class Parts:
    """The parts that a course needs. The launch page contains those of the first view; all others
    are files.

    ``members`` are these files, including those of the search, which are loaded on first use.
    ``visit`` lists style files to load after the first view, as kind, name and path: those of the
    views around the pages, and those of pages if the first view is a cover. ``print_styles`` are
    for paper, ``certificate_styles`` for the certificate, if there is one. ``key`` differs if any
    of this differs.
    """

    def __init__(self, course: Course, glossary: Glossary, cache: Cache = NO_CACHE) -> None:
        self.glossary = glossary
        self._names = names_by_page(course, glossary, cache)
        # A cover needs no part of a page.
        first = () if course.cover else self.names(course.pages[0])
        others = course.pages if course.cover else course.pages[1:]
        self._first = (*_shell_parts(course), *first)
        later = dict.fromkeys(name for page in others for name in self.names(page))
        self._files = {name: _part_files(name) for name in later if name not in self._first}
        scripts = _part_files(SEARCH) if len(course.pages) > 1 else ()
        self._of = {names: self._files_to_load(names, cache) for names in set(self._names.values())}
        self._search = [(kind, SEARCH, member) for kind, member in scripts]
        self.members = [member for files in self._files.values() for _, member in files]
        self.members += [member for _, _, member in self._search]
        visit_styles = asset(VISIT, _visit_styles(course).encode(), ".css")
        pages = [(kind, PAGES, member.name) for kind, member in self._files.get(PAGES, ())]
        self.visit = [*pages, ("style", VISIT, visit_styles.name)]
        self.print_styles = _asset(PRINT, ".css")
        self.certificate_styles = _asset(CERTIFICATE, ".css") if course.certificate else None
        self.members += [visit_styles, self.print_styles]
        self.members += [self.certificate_styles] if self.certificate_styles else []
        files = tuple(member.name for member in self.members)
        self.key = (*self._names.values(),), self._first, files

    def names(self, page: Page) -> tuple[str, ...]:
        """The names of the parts that a page may need, each once."""
        return self._names[page.id]

    def of(self, page: Page) -> tuple[tuple[str, str, str], ...]:
        """The files that the player loads before it shows a page: kind, name and path of each."""
        return self._of[self.names(page)]

    def _files_to_load(
        self, names: tuple[str, ...], cache: Cache
    ) -> tuple[tuple[str, str, str], ...]:
        found = tuple(
            (kind, name, member.name)
            for name in names
            for kind, member in self._files.get(name, ())
        )
        # Return the same object if nothing has changed, so that comparisons are fast.
        return cache.get_or_compute(("files", names), found, lambda: found)

    def search(self) -> list[tuple[str, str, str]]:
        """The files that the player loads for the search: kind, name and path of each."""
        return [(kind, name, member.name) for kind, name, member in self._search]

    def as_script(self, page: Page | None = None) -> bytes:
        """One script with the parts that a page needs beyond those of the first view; without a
        page, those that any page or the search needs. The script contains styles as text.
        """
        names = self._files if page is None else self.names(page)
        files = [(kind, name, one) for name in names for kind, one in self._files.get(name, ())]
        found = (
            one.read().decode() if kind == "part" else add("css", name, one.read().decode())
            for kind, name, one in (*files, *(self._search if page is None else ()))
        )
        return "".join(found).encode()

    def first_view_text(self, name: str) -> str:
        """The text of the player's file ``name``, its script or styles, with those of the parts of
        the first view. It has no comments about its origin, since every byte delays the first
        view."""
        player = resources.path(name)
        files = (resources.path("parts", f"{part}{player.suffix}") for part in self._first)
        texts = (file.read_text("utf-8") for file in (player, *files) if file.is_file())
        own, *others = (text.removeprefix(_ORIGIN) for text in texts)
        # The player's own directive applies to the whole script.
        return "".join((own, *(text.removeprefix(_STRICT) for text in others))).strip()
