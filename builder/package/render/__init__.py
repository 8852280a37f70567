"""Renders the files of a package, apart from the manifest: HTML, chunks, outline, player, styles.

A chunk is a script that the player loads to get data, such as that of a page. The first view is
what a trainee sees first, the cover or the first page; the launch page contains all that it needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from builder.base import resources
from builder.base.cache import NO_CACHE, Cache
from builder.course.model import Course
from builder.package.artifacts import CONTROL_DOCUMENTS, LAUNCH, NEUTRAL, OUTLINE, Member, Plan
from builder.package.render.chunks import Bundle, add, bundles, chunk, chunk_file, compact_json
from builder.package.render.cover import cover
from builder.package.render.glossary import Glossary
from builder.package.render.help import Help
from builder.package.render.kept import Rendering
from builder.package.render.outline import beginning, course_data, course_json, outline
from builder.package.render.pages import PageRenderer
from builder.package.render.parts import (
    CALENDAR,
    CERTIFICATE,
    COMMENTS,
    LEFT,
    VISIT,
    Parts,
    asset,
    outline_parts,
    script,
)
from builder.package.render.search import searchable as search_index
from builder.package.render.templates import Json, Templates, policy
from builder.package.render.theme import theme_styles

Chunk = tuple[str, str, str]
"""A file that the player loads: its kind (such as ``style``), its name, its path in the package."""
Late = Mapping[str, Sequence[Chunk] | None]
"""The files of each view that is loaded on first use, by the name of the view; ``None`` if the
course does not have the view."""
_DEFLATED = (".svg", ".vtt", ".txt", ".csv", ".json", ".css")
"""Extensions of media files that are text, and are compressed in the zip. All other media is
compressed already."""


def render(plan: Plan, cache: Cache = NO_CACHE) -> list[Member]:
    """Render every file of the package except the manifest. They contain a placeholder instead of
    the package's digest."""
    cache.start_pass()
    course = plan.course
    templates = Templates(course)
    glossary = Glossary(course, cache)
    parts = Parts(course, glossary, cache)
    renderer = PageRenderer(plan, templates, parts, glossary)
    begin, chunks, fingerprints = _pages(plan, renderer, cover(plan, templates), cache)
    scripts = {page: made.read() for page, made in chunks.items()}
    first = course.pages[0]
    if first.id in chunks:
        # The button Start of the cover leads to this page: one request loads it with its parts.
        with_parts = parts.as_script(first) + scripts[first.id]
        chunks[first.id] = chunk_file("page", first.id, with_parts)
    helping = Help(renderer, cache)
    contents = outline(course, {page: made.name for page, made in chunks.items()})
    outlined = _outline(course, templates, contents)
    searchable = len(course.pages) > 1
    searched = chunk("search", "", _search(course, templates, cache)) if searchable else None
    search = [*parts.search(), ("search", "", searched.name)] if searched else None
    comments = _comments(course, templates) if course.tracking.comments else None
    certificate = _certificate(plan, templates) if course.certificate else None
    shared = parts.as_script() + (searched.read() if searched else b"")
    ahead = bundles(scripts, shared)
    late: Late = {
        "search": search,
        "comments": [("comments", "", comments.name)] if comments else None,
        "certificate": [*_certificate_styles(parts), ("certificate", "", certificate.name)]
        if certificate
        else None,
    }
    visit = _visit(course, templates, helping, late, ahead)
    help_page = helping.page()
    around = (outlined, searched, comments, certificate, visit, help_page)
    styles = _styles(plan)
    player = asset("player", _first_view_text("player.js", parts).encode(), ".js")
    data = {
        **course_data(course, templates),
        "outline": beginning(course, contents),
        "rest": ("outline", "", outlined.name),
        "visit": [*parts.visit, ("visit", "", visit.name)],
    }
    index = _index(plan, templates, parts, begin, data, player, search, styles, help_page)
    machine_readable = course_json(plan, fingerprints, cache)
    return [
        Member(LAUNCH, index.encode()),
        Member(OUTLINE, f"{compact_json(machine_readable)}\n".encode()),
        player,
        *parts.members,
        *(member for member in around if member),
        *_quick_exit(course, templates),
        *chunks.values(),
        *(bundle.member for bundle in ahead),
        *((styles,) if styles else ()),
        *_media(plan, styles),
        *(Member(name, resources.path("scorm", name).read_bytes()) for name in CONTROL_DOCUMENTS),
    ]


def _pages(
    plan: Plan, renderer: PageRenderer, cover_html: Markup | None, cache: Cache
) -> tuple[Markup | Json, dict[str, Member], dict[str, str]]:
    """Render the pages. Returns the first view, and by page id the files of all other pages and
    the fingerprints of all pages.

    The first view is the HTML of the cover, or the data of the first page if there is no cover.
    """
    begin: Markup | Json = cover_html or {}
    chunks: dict[str, Member] = {}
    fingerprints: dict[str, str] = {}
    rendering = Rendering(renderer, cache)
    for page in plan.course.pages:
        if begin:
            fingerprints[page.id], chunks[page.id] = rendering.chunk(page)
        else:
            fingerprints[page.id], begin = rendering.data(page)
    return begin, chunks, fingerprints


def _outline(course: Course, templates: Templates, contents: Json) -> Member:
    """The script with the player's whole outline, and with the parts and texts that need it."""
    words = templates.player_texts("rules")
    locks = templates.player_texts("locks") if course.locks else {}
    data = {**contents, "text": {**words, **locks}}
    content = "".join(map(script, outline_parts(course))) + add("outline", "", data)
    return asset("outline", content.encode(), ".js")


def _index(
    plan: Plan,
    templates: Templates,
    parts: Parts,
    begin: Markup | Json,
    course: Json,
    player: Member,
    search: Sequence[Chunk] | None,
    styles: Member | None,
    help_page: Member | None,
) -> Markup:
    """Render the launch page, with the first view ``begin`` (see ``_pages``) and the data
    ``course`` for the player. ``player``, ``search``, ``styles`` and ``help_page`` are the files
    that it loads or links to; ``None`` if there is none."""
    cover = begin if isinstance(begin, Markup) else None
    first = {} if isinstance(begin, Markup) else begin
    # Drop the first line, a comment about its origin, since every byte delays the first view.
    left = script(LEFT).partition("\n")[2].strip()
    theme = plan.course.theme
    return templates.render(
        "index.html.j2",
        first=plan.course.pages[0],
        first_html=Markup(first.get("html", "")),
        first_data=_as_script_data({**first, "html": None} if first else None),
        cover=cover,
        course_data=_as_script_data(course),
        css=Markup(_first_view_text("player.css", parts) + theme_styles(theme, plan.media)),
        player=player.name,
        search=search,
        logo=plan.media.get(theme.logo),
        logo_dark=plan.media.get(theme.logo_dark),
        paper=parts.print_styles.name,
        stylesheet=styles and styles.name,
        help_page=help_page and help_page.name,
        neutral=NEUTRAL,
        left=Markup(left),
        policy=policy(left) if plan.course.quick_exit else policy(),
    )


def _quick_exit(course: Course, templates: Templates) -> Iterator[Member]:
    """Render the page that "Exit this page" opens, with its script; nothing if the course does not
    offer that."""
    if course.quick_exit:
        calendar = asset(CALENDAR, script(CALENDAR).encode(), ".js")
        yield calendar
        page = templates.render("leave.html.j2", calendar=calendar.name)
        yield Member(NEUTRAL, page.encode())


def _media(plan: Plan, styles: Member | None) -> Iterator[Member]:
    # Files with the same name and content in different folders are packed once.
    for name, path in {name: path for path, name in plan.media.items()}.items():
        if styles and name == styles.name:
            continue
        media = plan.course.media[path]
        content = media.file if media.content is None else media.content
        yield Member(name, content, not name.endswith(_DEFLATED), media.sha256)


def _search(course: Course, templates: Templates, cache: Cache) -> Json:
    return {**search_index(course, templates, cache), "text": templates.player_texts("search")}


def _comments(course: Course, templates: Templates) -> Member:
    text = {**templates.player_texts("comments"), "reminder": templates.isolated(course.reminder)}
    data = {"text": text}
    return asset(COMMENTS, (script(COMMENTS) + add("comments", "", data)).encode(), ".js")


def _certificate(plan: Plan, templates: Templates) -> Member:
    theme = plan.course.theme
    sheet = templates.render(
        "certificate.html.j2",
        logo=plan.media.get(theme.logo),
        logo_dark=plan.media.get(theme.logo_dark),
    )
    data = {"html": sheet, "text": templates.player_texts("certificate")}
    return asset(CERTIFICATE, (script(CERTIFICATE) + add("certificate", "", data)).encode(), ".js")


def _certificate_styles(parts: Parts) -> Iterator[Chunk]:
    if parts.certificate_styles:
        yield "style", CERTIFICATE, parts.certificate_styles.name


def _visit(
    course: Course, templates: Templates, helping: Help, late: Late, ahead: Sequence[Bundle]
) -> Member:
    """The script of the interface around the pages, with its views and texts, which the player
    loads after the first view.

    ``late`` are the files of views that are loaded on first use, ``ahead`` the bundles of pages to
    load in advance. ``typed`` in the data are the keys of questions that trainees answer in their
    own words.
    """
    data = {
        "about": templates.render("about.html.j2"),
        "exit": templates.render("exit.html.j2"),
        "help": helping.view(),
        **late,
        "ahead": [{"src": bundle.member.name, "pages": bundle.pages} for bundle in ahead],
        "course": course.id,
        "typed": [question.key for question in course.questions if question.typed],
        "text": templates.player_texts("visit"),
    }
    content = script(VISIT) + add("visit", "", data)
    return asset(VISIT, content.encode(), ".js")


def _styles(plan: Plan) -> Member | None:
    sheet = plan.course.theme.stylesheet
    return Member(plan.media[sheet.path], plan.styles.encode()) if sheet else None


def _first_view_text(name: str, parts: Parts) -> str:
    path = resources.path(name)
    return (path.read_text("utf-8") + parts.first(path.suffix)).strip()


def _as_script_data(value: object) -> Markup:
    # Inside <script>, only "<" could end the element or start a comment.
    return Markup(compact_json(value).replace("<", "\\u003c"))
