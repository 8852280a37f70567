"""Renders the files of a package, apart from the manifest: HTML, chunks, outline, player, styles.

A chunk is a script that the player loads to get data, such as that of a page. The first view is
what a trainee sees first, the cover or the first page; the launch page contains all that it needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from builder.base import resources
from builder.base.cache import NO_CACHE, Cache, Pause, no_pause
from builder.course.approvals import version_code
from builder.course.model import Course
from builder.package.artifacts import CONTROL_DOCUMENTS, LAUNCH, OUTLINE, Member, Plan
from builder.package.render.chunks import compact_json
from builder.package.render.glossary import Glossary
from builder.package.render.language import LanguageFiles, LanguageRenderer
from builder.package.render.launch import Launch
from builder.package.render.outline import course_json
from builder.package.render.parts import Parts, asset, names_by_page

_DEFLATED = (".svg", ".vtt", ".txt", ".csv", ".json", ".css")
"""Extensions of media files that are text, and are compressed in the zip. All other media is
compressed already."""


def render(plan: Plan, cache: Cache = NO_CACHE, pause: Pause = no_pause) -> list[Member]:
    """Render every file of the package except the manifest. They contain a placeholder instead of
    the package's digest. ``pause`` is called before each language."""
    cache.start_pass()
    (launch, *others), made = _for_trainees(plan, cache, pause)
    return [launch, _outline(plan, made, cache), *others]


def needs_same_parts(course: Course, translation: Course, cache: Cache) -> bool:
    """Whether each page of a translation needs the parts of the player that the page needs in the
    source language. This may be false while only one of the two has been brought up to date. Pages
    in all languages load the parts of the source."""
    own = cache.scope(translation.language)
    source = names_by_page(course, Glossary(course, cache), cache)
    return names_by_page(translation, Glossary(translation, own), own) == source


def render_for_trainees(plan: Plan, cache: Cache) -> list[Member]:
    """Render the files that trainees load: all apart from the manifest and the outline."""
    return _for_trainees(plan, cache, no_pause)[0]


def _outline(plan: Plan, made: Sequence[LanguageFiles], cache: Cache) -> Member:
    content = course_json(plan, [one.fingerprints for one in made], cache)
    return Member(OUTLINE, f"{compact_json(content)}\n".encode())


def _for_trainees(
    plan: Plan, cache: Cache, pause: Pause
) -> tuple[list[Member], list[LanguageFiles]]:
    parts = Parts(plan.course, Glossary(plan.course, cache), cache)
    version = _version(plan, cache)
    made = []
    for one in (plan, *plan.translations):
        pause()
        made.append(_language(one, parts, version, cache))
    source, *others = made
    styles = _styles(plan)
    player = asset("player", parts.first_view_text("player.js").encode(), ".js")
    launch = Launch(parts, player, styles)
    languages = [
        cache.get_or_compute(
            ("language", one.plan.tag),
            (one, plan.draft),
            partial(launch.language_file, one, plan.draft),
        )
        for one in others
    ]
    members = [
        Member(LAUNCH, launch.page(source, languages, plan.draft).encode()),
        player,
        *parts.members,
        *(member for one in made for member in one.members),
        *languages,
        *((styles,) if styles else ()),
        *(member for one in (plan, *plan.translations) for member in _media(one, styles)),
        *(Member(name, resources.path("scorm", name).read_bytes()) for name in CONTROL_DOCUMENTS),
    ]
    # Languages share scripts and media, each packed once.
    return list({member.name: member for member in members}.values()), made


def _language(plan: Plan, parts: Parts, version: str, cache: Cache) -> LanguageFiles:
    """The files of a course in the language of ``plan``; from the cache if nothing that they
    contain has changed."""
    own = cache.scope(plan.tag)

    def make() -> LanguageFiles:
        own.start_pass()
        glossary = Glossary(plan.course, own) if plan.tag else parts.glossary
        return LanguageRenderer(plan, glossary, parts, own, version).render()

    alone = replace(plan.course, translations=())
    given = (alone, plan.media, plan.languages, plan.accepted, parts.key, version)
    return cache.get_or_compute(("files", plan.tag), given, make)


def _version(plan: Plan, cache: Cache) -> str:
    """The version of the course with a code of its words in all languages."""
    wordings = tuple(one.course.wording for one in (plan, *plan.translations))
    codes = ((one.part, one.code) for wording in wordings for one in wording)
    return cache.get_or_compute(
        "version",
        (plan.course.version, *wordings),
        lambda: version_code(plan.course.version, codes),
    )


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
