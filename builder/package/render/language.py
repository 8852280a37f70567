"""Renders the files of a course in one language. The launch page is not among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from builder.base.cache import Cache
from builder.base.immutable import immutable
from builder.course import interface
from builder.package.artifacts import NEUTRAL, Member, Plan, name_of_page
from builder.package.render.chunks import (
    Bundle,
    add,
    bundle,
    bundles,
    chunk,
    chunk_file,
    chunk_id,
    page_bundles,
)
from builder.package.render.cover import cover
from builder.package.render.glossary import Glossary
from builder.package.render.help import Help
from builder.package.render.kept import Rendering
from builder.package.render.outline import beginning, outline
from builder.package.render.pages import PageRenderer
from builder.package.render.parts import (
    CALENDAR,
    CERTIFICATE,
    COMMENTS,
    ENGLISH,
    LANGUAGES,
    VISIT,
    Parts,
    asset,
    outline_parts,
    script,
)
from builder.package.render.search import searchable as search_index
from builder.package.render.templates import Json, Templates

Chunk = tuple[str, str, str]
"""A file that the player loads: its kind (such as ``style``), its id, its path in the package."""
Late = Mapping[str, Sequence[Chunk] | None]
"""The files of each view that is loaded on first use, by the name of the view; ``None`` if the
course does not have the view."""


@immutable
class LanguageFiles:
    """A course rendered in one language.

    - ``templates`` and ``plan``: those of the language.
    - ``begin``: the HTML of the cover, or the data of the first page if there is no cover.
    - ``beginning``: the part of the outline that the launch page contains; ``rest``: the chunk with
      the whole outline.
    - ``visit``: the chunks of the interface around the pages.
    - ``searchable``: whether the course has a search; ``help_page``: its page with contacts, or
      ``None``.
    - ``fingerprints``: those of the pages, by page id.
    - ``members``: all files.
    """

    templates: Templates
    plan: Plan
    begin: Markup | Json
    beginning: Json
    rest: Chunk
    visit: Sequence[Chunk]
    searchable: bool
    help_page: Member | None
    fingerprints: Mapping[str, str]
    members: Sequence[Member]


class LanguageRenderer:
    """Renders the files of a planned course in one language. ``parts`` are the scripts and styles
    of the course, which all languages share; ``glossary`` has the terms in this language.

    ``version`` is what the player reports to the LMS in each visit, the same in all languages.

    In a course of several languages, scripts are in files of their own, so that a change of the
    language loads none again.
    """

    def __init__(
        self, plan: Plan, glossary: Glossary, parts: Parts, cache: Cache, version: str
    ) -> None:
        self._plan = plan
        self._version = version
        self._course = plan.course
        self._tag = plan.tag
        self._parts = parts
        self._cache = cache
        self._several = bool(plan.languages)
        self._templates = Templates(plan.course, plan.languages)
        self._renderer = PageRenderer(plan, self._templates, parts, glossary, cache)
        self._members: list[Member] = []

    def render(self) -> LanguageFiles:
        """Render the files."""
        begin, chunks, fingerprints = self._pages(cover(self._plan, self._templates))
        scripts = {page: made.read() for page, made in chunks.items()}
        first = self._course.pages[0]
        if first.id in chunks:
            # The button Start of the cover leads to this page: one request loads it with its parts.
            with_parts = self._parts.as_script(first) + scripts[first.id]
            chunks[first.id] = chunk_file("page", first.id, with_parts, self._tag)
        helping = Help(self._renderer, self._cache)
        contents = outline(self._course, {page: made.name for page, made in chunks.items()})
        rest = self._outline(contents)
        searched = self._search()
        late: Late = {
            "search": [*self._parts.search(), self._chunk("search", searched)]
            if searched
            else None,
            "comments": self._comments(),
            "certificate": self._certificate(),
        }
        ahead = self._ahead(scripts, searched)
        visit = self._visit(helping, late, ahead)
        help_page = helping.page()
        self._members += [help_page] if help_page else []
        self._members += [*self._quick_exit(), *chunks.values(), *(one.member for one in ahead)]
        return LanguageFiles(
            templates=self._templates,
            plan=self._plan,
            begin=begin,
            beginning=beginning(self._course, contents),
            rest=rest,
            visit=visit,
            searchable=searched is not None,
            help_page=help_page,
            fingerprints=fingerprints,
            members=self._members,
        )

    def _pages(
        self, cover_html: Markup | None
    ) -> tuple[Markup | Json, dict[str, Member], dict[str, str]]:
        """Render the pages. Returns the first view, and by page id the files of all other pages and
        the fingerprints of all pages."""
        begin: Markup | Json = cover_html or {}
        chunks: dict[str, Member] = {}
        fingerprints: dict[str, str] = {}
        rendering = Rendering(self._renderer, self._cache)
        for page in self._course.pages:
            if begin:
                fingerprints[page.id], chunks[page.id] = rendering.chunk(page)
            else:
                fingerprints[page.id], begin = rendering.data(page)
        return begin, chunks, fingerprints

    def _chunk(self, kind: str, file: Member) -> Chunk:
        """The chunk of this language that the file contains; the file becomes one of the package's
        files."""
        self._members.append(file)
        return kind, chunk_id("", self._tag), file.name

    def _with_script(self, kind: str, part: str, data: Json, scripts: str = "") -> list[Chunk]:
        """The chunk ``kind`` with ``data`` and the script of a part: in one file, or in a file each
        if the course has several languages. ``scripts`` are further scripts in that case."""
        if not self._several:
            content = script(part) + add(kind, "", data)
            return [self._chunk(kind, asset(part, content.encode(), ".js"))]
        shared = asset(part, (script(part) + scripts).encode(), ".js")
        self._members.append(shared)
        return [("part", part, shared.name), self._chunk(kind, chunk(kind, "", data, self._tag))]

    def _outline(self, contents: Json) -> Chunk:
        """The script with the player's whole outline, and with the parts and texts that need it."""
        words = self._templates.player_texts("rules")
        locks = self._templates.player_texts("locks") if self._course.locks else {}
        tested = any(page.covers for page in self._course.pages)
        shown = self._templates.player_texts("shown") if tested else {}
        data = {**contents, "text": {**words, **locks, **shown}}
        content = "".join(map(script, outline_parts(self._course)))
        content += add("outline", chunk_id("", self._tag), data)
        return self._chunk("outline", chunk_file("outline", "", content.encode(), self._tag))

    def _search(self) -> Member | None:
        if len(self._course.pages) < 2:
            return None
        index = search_index(self._course, self._templates, self._cache)
        return chunk(
            "search", "", {**index, "text": self._templates.player_texts("search")}, self._tag
        )

    def _comments(self) -> list[Chunk] | None:
        if not self._course.tracking.comments:
            return None
        reminder = self._templates.isolated(self._course.reminder)
        text = {**self._templates.player_texts("comments"), "reminder": reminder}
        return self._with_script("comments", COMMENTS, {"text": text})

    def _certificate(self) -> list[Chunk] | None:
        if not self._course.certificate:
            return None
        theme = self._course.theme
        sheet = self._templates.render(
            "certificate.html.j2",
            logo=self._plan.media.get(theme.logo),
            logo_dark=self._plan.media.get(theme.logo_dark),
        )
        data = {"html": sheet, "text": self._templates.player_texts("certificate")}
        styles = self._parts.certificate_styles
        first: list[Chunk] = [("style", CERTIFICATE, styles.name)] if styles else []
        return [*first, *self._with_script("certificate", CERTIFICATE, data)]

    def _ahead(self, scripts: Mapping[str, bytes], searched: Member | None) -> list[Bundle]:
        """The bundles of pages to load in advance, after those that all pages need."""
        parts = self._parts.as_script()
        index = searched.read() if searched else b""
        if not self._several:
            return bundles(scripts, parts + index)
        found = [bundle("parts", (), [parts])]
        if searched:
            found.append(Bundle(searched, (), ("search", chunk_id("", self._tag))))
        return found + page_bundles(scripts, len(parts) + len(index), self._tag)

    def _visit(self, helping: Help, late: Late, ahead: Sequence[Bundle]) -> list[Chunk]:
        """The script of the interface around the pages, with its views and texts, which the player
        loads after the first view.

        ``late`` are the files of views that are loaded on first use. ``typed`` in the data are the
        keys of questions that trainees answer in their own words.
        """
        data = {
            "about": self._templates.render("about.html.j2"),
            "exit": self._templates.render("exit.html.j2"),
            "help": helping.view(),
            **late,
            "ahead": [
                {
                    "src": one.member.name,
                    "pages": one.pages,
                    **({"chunk": one.chunk} if self._several else {}),
                }
                for one in ahead
            ],
            "course": self._course.activity,
            "version": self._version,
            "typed": [question.key for question in self._course.questions if question.typed],
            "text": {
                **self._templates.player_texts("visit"),
                **(self._templates.player_texts("languages") if self._several else {}),
            },
        }
        english = self._english()
        if english:
            data["english"] = english
            marking = asset(ENGLISH, script(ENGLISH).encode(), ".js")
            self._members.append(marking)
        visit = self._with_script("visit", VISIT, data, script(LANGUAGES))
        first: list[Chunk] = [("part", ENGLISH, marking.name)] if english else []
        return [*self._parts.visit, *first, *visit]

    def _english(self) -> list[str]:
        """The interface texts that are shown in English, because the language has no catalogue and
        the course does not have them either."""
        if interface.language(self._course.language):
            return []
        english = interface.texts("en").items()
        return list(
            dict.fromkeys(text for key, text in english if key not in self._course.interface)
        )

    def _quick_exit(self) -> Iterator[Member]:
        """Render the page that "Exit this page" opens, with its script; nothing if the course does
        not offer that."""
        if self._course.quick_exit:
            calendar = asset(CALENDAR, script(CALENDAR).encode(), ".js")
            yield calendar
            page = self._templates.render("leave.html.j2", calendar=calendar.name)
            yield Member(name_of_page(NEUTRAL, self._tag), page.encode())
