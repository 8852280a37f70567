"""Renders the files of a package, apart from the manifest: HTML, chunks, outline, player, styles.

A chunk is a script that the player loads to get data, such as that of a page. The first view is
what a trainee sees first, the cover or the first page; the launch page contains all that it needs.
"""

from __future__ import annotations

from collections.abc import Iterator

from builder.base import resources
from builder.base.cache import NO_CACHE, Cache, ScopedCache
from builder.course.approvals import version_code
from builder.package.artifacts import CONTROL_DOCUMENTS, LAUNCH, OUTLINE, Member, Plan
from builder.package.render.chunks import compact_json
from builder.package.render.glossary import Glossary
from builder.package.render.language import LanguageRenderer
from builder.package.render.launch import Launch
from builder.package.render.outline import course_json
from builder.package.render.parts import Parts, asset

_DEFLATED = (".svg", ".vtt", ".txt", ".csv", ".json", ".css")
"""Extensions of media files that are text, and are compressed in the zip. All other media is
compressed already."""


def render(plan: Plan, cache: Cache = NO_CACHE) -> list[Member]:
    """Render every file of the package except the manifest. They contain a placeholder instead of
    the package's digest."""
    cache.start_pass()
    glossary = Glossary(plan.course, cache)
    parts = Parts(plan.course, glossary, cache)
    version = _version(plan)
    source = LanguageRenderer(plan, glossary, parts, cache, version).render()
    others = []
    for translation in plan.translations:
        own = ScopedCache(cache, translation.tag)
        terms = Glossary(translation.course, own)
        others.append(LanguageRenderer(translation, terms, parts, own, version).render())
    styles = _styles(plan)
    player = asset("player", parts.first_view_text("player.js").encode(), ".js")
    launch = Launch(parts, player, styles)
    languages = [launch.language_file(one, plan.draft) for one in others]
    index = launch.page(source, languages)
    machine_readable = course_json(plan, [one.fingerprints for one in (source, *others)], cache)
    members = [
        Member(LAUNCH, index.encode()),
        Member(OUTLINE, f"{compact_json(machine_readable)}\n".encode()),
        player,
        *parts.members,
        *(member for one in (source, *others) for member in one.members),
        *languages,
        *((styles,) if styles else ()),
        *(member for one in (plan, *plan.translations) for member in _media(one, styles)),
        *(Member(name, resources.path("scorm", name).read_bytes()) for name in CONTROL_DOCUMENTS),
    ]
    # Languages share scripts and media, each packed once.
    return list({member.name: member for member in members}.values())


def _version(plan: Plan) -> str:
    """The version of the course with a code of its words in all languages."""
    wordings = [one.course.wording for one in (plan, *plan.translations)]
    codes = ((one.part, one.code) for wording in wordings for one in wording)
    return version_code(plan.course.version, codes)


def _media(plan: Plan, styles: Member | None) -> Iterator[Member]:
    # Files with the same name and content in different folders are packed once.
    for name, path in {name: path for path, name in plan.media.items()}.items():
        if styles and name == styles.name:
            continue
        media = plan.course.media[path]
        content = media.file if media.content is None else media.content
        yield Member(name, content, not name.endswith(_DEFLATED), media.sha256)


def _styles(plan: Plan) -> Member | None:
    sheet = plan.course.theme.stylesheet
    return Member(plan.media[sheet.path], plan.styles.encode()) if sheet else None
