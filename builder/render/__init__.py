"""The trainee's side of the package: HTML, chunks, the outline, the player and its looks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from builder import colours, resources
from builder.artifacts import (
    CONTROL_DOCUMENTS,
    LAUNCH,
    NEUTRAL,
    OUTLINE,
    Member,
    Plan,
    hashed_name,
)
from builder.model import Course, Theme
from builder.render.glossary import Glossary
from builder.render.outline import course_data, course_json, outline
from builder.render.pages import PageRenderer
from builder.render.parts import COMMENTS, LEFT, VISIT, Parts, asset, script
from builder.render.search import searchable
from builder.render.templates import Json, Templates, policy

_OUTLINE_INLINE_LIMIT = 2_000
"""Bytes of outline that the first view carries; a longer one arrives as a chunk
(facts/policy.md#package)."""
_DEFLATED = (".svg", ".vtt", ".txt", ".csv", ".json", ".css")
"""Media that is text; all other media is compressed already."""


def render(plan: Plan) -> list[Member]:
    """Every file of the package but the manifest, with the digest still to be filled in."""
    course = plan.course
    templates = Templates(course)
    glossary = Glossary(course)
    parts = Parts(course, glossary)
    renderer = PageRenderer(plan, templates, parts, glossary)
    pages = {page.id: renderer.data(page) for page in course.pages}
    first, *others = course.pages
    chunks = {page.id: _chunk("page", page.id, pages[page.id]) for page in others}
    contents = outline(course, {page: chunk.name for page, chunk in chunks.items()})
    long = len(_json(contents)) > _OUTLINE_INLINE_LIMIT
    outlined = _chunk("outline", "", contents) if long else None
    searched = _chunk("search", "", _search(course, templates)) if others else None
    search = [*parts.search(), ("search", "", searched.name)] if searched else None
    comments = _comments(templates) if course.tracking.comments else None
    visit = _visit(course, templates, search, comments)
    neutral = templates.render("leave.html.j2") if course.quick_exit else None
    styles = _styles(plan)
    player = asset("player", _first_view("player.js", parts).encode(), ".js")
    data = {
        **course_data(course, templates),
        "outline": None if outlined else contents,
        "outline_chunk": outlined and outlined.name,
        "visit": [("style", VISIT, parts.visit_styles.name), ("visit", "", visit.name)],
    }
    index = _index(plan, templates, parts, pages[first.id], data, player, search, styles)
    machine_readable = course_json(plan, {page: data["html"] for page, data in pages.items()})
    return [
        Member(LAUNCH, index.encode()),
        Member(OUTLINE, f"{_json(machine_readable)}\n".encode()),
        player,
        *parts.members,
        *(member for member in (outlined, searched, comments, visit) if member),
        *((Member(NEUTRAL, neutral.encode()),) if neutral else ()),
        *chunks.values(),
        *((styles,) if styles else ()),
        *_media(plan, styles),
        *(Member(name, resources.path("scorm", name).read_bytes()) for name in CONTROL_DOCUMENTS),
    ]


def _index(
    plan: Plan,
    templates: Templates,
    parts: Parts,
    first: Json,
    course: Json,
    player: Member,
    search: Sequence[tuple[str, str, str]] | None,
    styles: Member | None,
) -> Markup:
    """The launch page: the ``first`` page, and what the player gets of it and of the ``course``."""
    # In the page without the line that says whence it comes: each byte is waited for.
    left = script(LEFT).partition("\n")[2].strip()
    theme = plan.course.theme
    return templates.render(
        "index.html.j2",
        first=plan.course.pages[0],
        first_html=Markup(first["html"]),
        first_data=_embedded({**first, "html": None}),
        course_data=_embedded(course),
        css=Markup(_first_view("player.css", parts) + _theme(theme)),
        player=player.name,
        search=search,
        logo=plan.media.get(theme.logo),
        paper=parts.print_styles.name,
        stylesheet=styles and styles.name,
        neutral=NEUTRAL,
        left=Markup(left),
        policy=policy(left) if plan.course.quick_exit else policy(),
    )


def _media(plan: Plan, styles: Member | None) -> Iterator[Member]:
    # Files of the same name and content, in different folders, are packed once.
    for name, path in {name: path for path, name in plan.media.items()}.items():
        if styles and name == styles.name:
            continue
        media = plan.course.media[path]
        yield Member(name, media.file, not name.endswith(_DEFLATED), media.sha256)


def _search(course: Course, templates: Templates) -> Json:
    return {**searchable(course, templates), "text": templates.player_texts("search")}


def _comments(templates: Templates) -> Member:
    data = {"text": templates.player_texts("comments")}
    return asset(COMMENTS, (script(COMMENTS) + _add("comments", "", data)).encode(), ".js")


def _visit(
    course: Course,
    templates: Templates,
    search: Sequence[tuple[str, str, str]] | None,
    comments: Member | None,
) -> Member:
    """The part that stands round the pages: its script, and what it shows and says.

    ``typed`` are the keys of questions that are answered in a trainee's own words.
    """
    data = {
        "about": templates.render("about.html.j2"),
        "exit": templates.render("exit.html.j2"),
        "search": search,
        "comments": comments and [("comments", "", comments.name)],
        "course": course.id,
        "typed": [question.key for question in course.questions if question.typed],
        "text": templates.player_texts("visit"),
    }
    content = script(VISIT) + _add("visit", "", data)
    return asset(VISIT, content.encode(), ".js")


def _styles(plan: Plan) -> Member | None:
    sheet = plan.course.theme.stylesheet
    return Member(plan.media[sheet.path], plan.styles.encode()) if sheet else None


def _theme(theme: Theme) -> str:
    """The accent of a theme as the values of custom properties."""
    if not theme.accent:
        return ""
    light, dark = (
        ";".join(f"--{name}:{value}" for name, value in colours.tokens(accent, scheme).items())
        for accent, scheme in ((theme.accent, colours.LIGHT), (theme.accent_dark, colours.DARK))
    )
    return f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"


def _first_view(name: str, parts: Parts) -> str:
    path = resources.path(name)
    return (path.read_text("utf-8") + parts.first(path.suffix)).strip()


def _chunk(kind: str, name: str, data: Json) -> Member:
    content = _add(kind, name, data).encode()
    if kind != "page":
        return asset(kind, content, ".js")
    return Member(hashed_name("pages", name, hashlib.sha256(content).hexdigest(), ".js"), content)


def _add(kind: str, name: str, data: Json) -> str:
    # A classic script, because browsers load no module and no JSON from disk.
    return f"scormBuilder.add({_json(kind)},{_json(name)},{_json(data)});\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _embedded(value: object) -> Markup:
    # Inside <script>, only "<" could end the element or start a comment.
    return Markup(_json(value).replace("<", "\\u003c"))
