"""Renders the launch page, and the file with which the player changes it to another language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from builder.course import interface
from builder.course.model import QuickExit
from builder.package.artifacts import NEUTRAL, Member, name_of_page
from builder.package.render.chunks import add, compact_json
from builder.package.render.language import LanguageFiles
from builder.package.render.outline import course_data
from builder.package.render.parts import LANGUAGES, LEFT, Parts, asset, script
from builder.package.render.templates import Json, Templates, policy
from builder.package.render.theme import theme_styles


class Launch:
    """Renders the launch page of a course. ``parts`` are those of the course; ``player`` and
    ``styles`` are the files that the page loads."""

    def __init__(self, parts: Parts, player: Member, styles: Member | None) -> None:
        self._parts = parts
        self._player = player
        self._styles = styles

    def page(self, source: LanguageFiles, others: Sequence[Member], draft: bool) -> Markup:
        """Render the launch page, in the source language. ``others`` are the files of all other
        languages; ``draft`` says whether the course is a draft in any language."""
        plan, templates = source.plan, source.templates
        cover = source.begin if isinstance(source.begin, Markup) else None
        first: Json = {} if isinstance(source.begin, Markup) else source.begin
        # Drop the first line, a comment about its origin, since every byte delays the first view.
        left = script(LEFT).partition("\n")[2].strip()
        theme = plan.course.theme
        styles = self._parts.first_view_text("player.css") + theme_styles(theme, plan.media)
        data = {**course_data(plan.course, templates), **_outline(source)}
        if others:
            own, *tags = plan.languages
            data["languages"] = [
                _language(own),
                *(
                    {**_language(tag), "src": file.name}
                    for tag, file in zip(tags, others, strict=True)
                ),
            ]
        return templates.render(
            "index.html.j2",
            title=_title(source),
            first=plan.course.pages[0],
            first_html=Markup(first.get("html", "")),
            first_data=_as_script_data({**first, "html": None} if first else None),
            cover=cover,
            course_data=_as_script_data(data),
            css=Markup(styles),
            player=self._player.name,
            search=source.searchable,
            logo=plan.media.get(theme.logo),
            logo_dark=plan.media.get(theme.logo_dark),
            paper=self._parts.print_styles.name,
            stylesheet=self._styles and self._styles.name,
            help_page=source.help_page and source.help_page.name,
            neutral=NEUTRAL,
            draft=draft,
            left=Markup(left),
            policy=policy(left) if plan.course.quick_exit else policy(),
            no_script=list(_no_script(source)),
        )

    def language_file(self, made: LanguageFiles, draft: bool) -> Member:
        """The file that changes the launch page to another language. It is all that the first view
        needs in that language; the other texts come with the chunks that it names. ``draft`` says
        whether the course is a draft in any language."""
        plan, templates = made.plan, made.templates
        cover = made.begin if isinstance(made.begin, Markup) else None
        about = course_data(plan.course, templates)
        data = {
            "course": {
                "title": about["course"]["title"],
                **{
                    name: about["course"][name]
                    for name in ("language", "plurals")
                    if name in about["course"]
                },
                "direction": interface.spoken(plan.course.language).direction,
            },
            "text": about["text"],
            **_outline(made),
            "cover": cover,
            "page": None if cover else made.begin,
            "shell": _shell(made, draft),
            "title": _title(made),
        }
        content = script(LANGUAGES) + add("language", plan.tag, data)
        return asset(f"language-{plan.tag.lower()}", content.encode(), ".js")


def _outline(made: LanguageFiles) -> Json:
    return {"outline": made.beginning, "rest": made.rest, "visit": made.visit}


def _no_script(source: LanguageFiles) -> Iterator[tuple[Mapping[str, str], str]]:
    """The notice that the course needs JavaScript, in each of its languages, with the attributes of
    its element."""
    key = "page.no-script-cover" if isinstance(source.begin, Markup) else "page.no-script"
    yield {}, source.templates.text(key)
    for translation in source.plan.translations:
        tag = translation.course.language
        spoken = interface.spoken(tag)
        # The pseudo-language is only for authors, and the first view has to stay small.
        if spoken is not interface.PSEUDO:
            yield {"lang": tag, "dir": spoken.direction}, translation.course.texts[key]


def _language(tag: str) -> Json:
    return {"tag": tag, "name": interface.own_name(tag)}


def _title(made: LanguageFiles) -> str:
    """The title of the launch page as a document."""
    templates, course = made.templates, made.plan.course
    on_cover = isinstance(made.begin, Markup)
    first = templates.text("player.start") if on_cover else course.pages[0].title
    return f"{templates.isolated(first)} – {templates.isolated(course.title)}"


_Values = dict[str, str | None]
"""What the launch page has at one place: values of attributes (``None`` for an attribute to
remove), and ``text``, the content as text."""


def _shell(made: LanguageFiles, draft: bool) -> dict[str, _Values]:
    """The texts around the content of the launch page in this language, by CSS selector: all that
    ``index.html.j2`` writes, apart from what only a page without JavaScript shows."""
    templates, course = made.templates, made.plan.course
    t, title, own_name = templates.text, course.title, interface.own_name(course.language)
    shell: dict[str, _Values] = {
        '[href="#main"]': {"text": t("page.skip")},
        "#contents-button": {"aria-label": t("page.contents")},
        "#contents-button span": {"text": t("page.contents")},
        ".course-title": {"text": templates.isolated(title), **templates.source_attributes(title)},
        "#exit-button": {"aria-label": t("page.exit")},
        "#exit-button span": {"text": t("page.exit")},
        "#contents": {"aria-label": t("page.contents")},
        "#pager": {"aria-label": t("page.pages")},
        "#about-button": {"text": t("page.about")},
        "#language-button": {"aria-label": t("page.language", name=own_name)},
        "#language-button span": {"text": own_name, "lang": course.language},
    }
    if course.theme.logo:
        shell[".logo"] = {"alt": course.theme.logo_alt}
    if made.searchable:
        shell["#search-button"] = shell["#search"] = {"aria-label": t("page.search")}
        shell["#search-button span"] = {"text": t("page.search")}
    if course.quick_exit:
        shell |= _quick_exit(templates, course.quick_exit, made.plan.tag)
    if draft:
        shell[".draft-note"] = {"hidden": None if course.draft else ""}
        shell[".draft-note strong"] = {"text": t("page.draft")}
        shell[".draft-note span"] = {"text": t("page.draft-note")}
    if templates.helps:
        shell["#help-link"] = {"text": t("page.help")}
    if course.tracking.comments:
        shell["#comment-button"] = {"text": t("page.comment")}
    return shell


def _quick_exit(templates: Templates, target: QuickExit, tag: str) -> dict[str, _Values]:
    t, neutral = templates.text, name_of_page(NEUTRAL, tag)
    shell: dict[str, _Values] = {
        "[data-leave]": {"text": t("page.leave")},
        ".leave": {
            "data-neutral": neutral,
            "data-loading": t("page.leave-loading"),
            "data-title": t("page.leave-neutral"),
            "data-nothing": t("page.leave-nothing"),
            "data-open": t("page.leave-open"),
            "data-more": f"{t('page.leave-two')}|{t('page.leave-one')}",
            "data-expired": t("page.leave-expired"),
        },
    }
    if not target.url:
        shell["[data-leave]"]["href"] = neutral
    return shell


def _as_script_data(value: object) -> Markup:
    # Inside <script>, only "<" could end the element or start a comment.
    return Markup(compact_json(value).replace("<", "\\u003c"))
