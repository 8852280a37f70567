"""Renders a page for the player: its HTML, and the data of its questions and record."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from html import escape
from pathlib import PurePosixPath

from markupsafe import Markup

from builder.base.cache import NO_CACHE, Cache
from builder.base.immutable import immutable
from builder.base.printing import safe
from builder.course import blocks as bodies
from builder.course import interface, markdown, targets
from builder.course.blocks import Contact, Content, File, Part, Reading
from builder.course.directives import BLOCKS, TOP, asks, level_within
from builder.course.markdown import HEADING_PREFIX, Directive, Prose, Term
from builder.course.media.formats import FORMATS
from builder.course.model import Page
from builder.course.questions import Item, Option, Question, Quotation
from builder.course.scenarios.model import Scenario
from builder.package.artifacts import Plan
from builder.package.render import contacts
from builder.package.render.contacts import unnamed_organisation
from builder.package.render.glossary import Glossary
from builder.package.render.glossary import key as term_key
from builder.package.render.news import mark
from builder.package.render.outline import quiz_data
from builder.package.render.parts import Parts
from builder.package.render.passages import Passages
from builder.package.render.scenes import scenario_data
from builder.package.render.templates import Json, Templates

_ADDRESS = re.compile(r"https?://\S+")
_BLANK = re.compile(r"_{3,}")
_BLANK_OR_TAG = re.compile(rf"<[^<>]*>|(?P<blank>{_BLANK.pattern})")
"""Matches a tag in the HTML of a prompt, or outside tags a blank (the group ``blank``)."""


@immutable
class _Context:
    """Where a block is rendered: on which page, and with headings of which level.

    ``linked`` are the keys of the glossary terms to which the page has linked so far; ``None`` if
    links to terms are rendered like other links.
    """

    page: Page
    level: int
    linked: set[str] | None

    def within(self, block: Directive) -> _Context:
        level = level_within(block.name, block.argument, self.level)
        return _Context(self.page, level, None if BLOCKS[block.name].defines else self.linked)


class PageRenderer:
    """Renders the pages of a planned course, one at a time. ``parts`` says which scripts and styles
    a page needs, ``glossary`` which terms it links to."""

    def __init__(
        self,
        plan: Plan,
        templates: Templates,
        parts: Parts,
        glossary: Glossary,
        cache: Cache = NO_CACHE,
    ) -> None:
        self.plan = plan
        self.templates = templates
        self.parts = parts
        self.glossary = glossary
        self.pages = {page.path: page for page in plan.course.pages}
        self.by_id = {page.id: page for page in plan.course.pages}
        self.titles = {page.id: page.title for page in plan.course.pages}
        self.values = templates.values
        self.passages = Passages(plan.course, self.values, cache)
        self._anchors: set[str] = set()
        language = interface.spoken(plan.course.language)
        by_language = plan.course.typography == "by-language"
        self.typography = language.typography if by_language else None
        self._last: tuple[Page, set[str] | None, markdown.Resolver] | None = None
        self.new_tab = f' <span class="new-tab">{escape(templates.text("page.new-tab"))}</span>'

    def data(self, page: Page) -> Json:
        """The data of a page for the player (templates/player/state/page-data.ts)."""
        questions = {question.id: question for question in page.questions()}
        return {
            "html": self._page(page),
            "questions": {
                name: self._question(page, question) for name, question in questions.items()
            },
            "forms": {question.id: self._form(page, question) for question in page.quiz},
            "parts": self.parts.of(page),
            "text": self._texts(page),
            "quiz": quiz_data(page) if page.quiz else None,
            "record": [{"key": item.key, "limit": item.limit} for item in page.record] or None,
            **scenario_data(page, self._player_text),
        }

    def _texts(self, page: Page) -> dict[str, str]:
        texts: dict[str, str] = {}
        for name in self.parts.names(page):
            texts |= self.templates.player_texts(name.partition("-")[2])
        return texts

    def _page(self, page: Page) -> Markup:
        html = self._unmarked(page)
        refresher = self.plan.course.refresher
        news = refresher.news.get(page.id) if refresher else None
        return mark(html, news, self.templates) if news else html

    def _unmarked(self, page: Page) -> Markup:
        spot = _Context(page, TOP, set())
        self._anchors = {*self.passages.anchors(page)}
        blocks = page.scenario.introduction if page.scenario else page.document.blocks
        return self.templates.render(
            "page.html.j2",
            page=page,
            always=self._not_covered(page),
            content=self._blocks(spot, blocks),
            scenes=self._scenes(spot, page.scenario) if page.scenario else (),
            terms=[
                {
                    "key": entry.key,
                    "words": self._html(entry.page, entry.words),
                    "definition": self._html(entry.page, entry.definition),
                }
                for entry in self.glossary.used_on(page)
                if entry.page is not page
            ],
            record=[
                {
                    "key": item.key,
                    "question": self._html(page, item.question),
                    "reading": item.reading and self._html(page, item.reading),
                }
                for item in page.record
            ],
        )

    def _scenes(self, spot: _Context, scenario: Scenario) -> list[Mapping[str, object]]:
        """The scenes for the template, the start first. The title of a scene has the level of a
        block's heading, so its blocks are one level deeper."""
        spot = _Context(spot.page, TOP + 1, spot.linked)
        return [
            {
                "id": scene.id,
                "number": scenario.numbers[scene.id],
                "text": scene.heading.text,
                "title": self._html(spot.page, scene.words),
                "content": self._blocks(spot, scene.blocks),
                "choices": [
                    {
                        "id": choice.id,
                        "to": choice.to,
                        "number": scenario.numbers[choice.to],
                        "words": self._html(spot.page, choice.words, spot.linked),
                        "feedback": choice.feedback
                        and self._html(spot.page, choice.feedback, spot.linked),
                    }
                    for choice in scene.choices
                ],
                "ending": scene.ending and scene.ending.quality,
                "end": self._blocks(spot, scene.ending.blocks) if scene.ending else "",
            }
            for scene in scenario.in_print
        ]

    def _not_covered(self, page: Page) -> list[Page]:
        """The pages of the module that begins with a test-out (``page``) which the test-out does
        not replace; none for other pages."""
        modules = self.plan.course.modules if page.covers else ()
        members = next((module.pages for module in modules if page in module.pages), ())
        return [one for one in members if one is not page and one.id not in page.covers]

    def _blocks(self, spot: _Context, blocks: tuple[Prose | Directive, ...]) -> Markup:
        return Markup("\n").join(
            self._html(spot.page, block, spot.linked)
            if isinstance(block, Prose)
            else self._directive(spot, block)
            for block in blocks
        )

    def _directive(self, spot: _Context, block: Directive) -> Markup:
        within = spot.within(block)
        parts = bodies.read(block).parts
        asked = [
            check for check in spot.page.checks if asks(block.name) and check.id == block.argument
        ]
        return self.templates.render(
            f"blocks/{block.name}.html.j2",
            page=spot.page,
            argument=block.argument,
            level=spot.level,
            form=self._form(spot.page, asked[0], practice=True) if asked else None,
            number=spot.page.checks.index(asked[0]) + 1 if asked else 0,
            **{name: self._part(within, part) for name, part in parts.items()},
        )

    def _part(self, spot: _Context, part: Part) -> object:
        if isinstance(part, Prose):
            return self._html(spot.page, part, spot.linked)
        if isinstance(part, Content):
            return self._blocks(spot, part.blocks)
        if isinstance(part, Term):
            return self._term(spot.page, part)
        if isinstance(part, File):
            return self._file(spot.page, part)
        if isinstance(part, Reading):
            return self._reading(spot.page, part)
        if isinstance(part, Contact):
            return self.contact(spot.page, part)
        if isinstance(part, tuple):
            return [self._part(spot, inner) for inner in part]
        if isinstance(part, Mapping):
            return {name: self._part(spot, inner) for name, inner in part.items()}
        return part

    def _term(self, page: Page, term: Term) -> Mapping[str, object]:
        key = term_key(page, term.id)
        return {
            "id": HEADING_PREFIX + term.id,
            "key": key,
            "text": term.text,
            "users": self.glossary.users(key),
        }

    def _file(self, page: Page, file: File) -> Mapping[str, object]:
        path = targets.read(file.link.target, page.path).name
        ending = PurePosixPath(path).suffix.lower()
        media = self.plan.course.media[path]
        return {
            "words": self._html(page, file.words),
            "href": self.plan.media[path],
            "name": PurePosixPath(path).name,
            "kind": ending[1:].upper(),
            "size": self.templates.size(media.size),
            "duration": self.templates.duration(media.seconds) if media.seconds else "",
            "mime": FORMATS[ending].mime if ending in FORMATS else "",
            "label": self.plain(file.words),
            "text": self.plan.course.captions.get(path, ""),
        }

    def _reading(self, page: Page, reading: Reading) -> Mapping[str, object]:
        course = self.plan.course
        reference = course.references.get(reading.link.target)
        return {
            "words": self._html(page, reading.words),
            "href": self._link(reading.link.target, page)["href"],
            "organisation": unnamed_organisation(course, reading, self.plain(reading.words)),
            "checked_on": reference and reference.checked_on,
        }

    def contact(self, page: Page, contact: Contact) -> Mapping[str, object]:
        """The data of a contact for a template: its ``label``, the ``texts`` of its value as HTML,
        which are ``None`` if the value is not set, and the attributes of their elements."""
        variable = self.plan.course.variables[contact.value.name]
        return {
            "label": self._html(page, contact.label)
            or self.templates.inline(contacts.label(variable), variable.label),
            "texts": contacts.values(variable.value, self.new_tab) if variable.value else None,
            "marks": self.templates.marked(variable.value or ""),
        }

    def _form(self, page: Page, question: Question, practice: bool = False) -> Markup:
        material = question.material
        return self.templates.render(
            f"questions/{question.type}.html.j2",
            question=question,
            practice=practice,
            saved=question in page.quiz or self.plan.course.tracking.pages == "all",
            material=material and self._blocks(_Context(page, TOP, None), material.blocks),
            prompt=self._prompt(page, question),
            hint=question.hint and self._html(page, question.hint),
            options=[
                {
                    "id": option.id,
                    "html": self._html(page, option.text),
                    "text": self._player_text(option.text),
                }
                for option in question.options
            ],
            items=[{"id": item.id, "html": self._html(page, item.text)} for item in question.items],
        )

    def _prompt(self, page: Page, question: Question) -> Markup:
        # Screen readers skip underscores, or read each of them.
        words = escape(self.templates.text("page.blank"))
        blank = f'<span class="blank"><span class="unseen">{words}</span></span>'
        html = self._html(page, question.prompt)
        return Markup(_BLANK_OR_TAG.sub(lambda match: blank if match["blank"] else match[0], html))

    def _answer(self, question: Question) -> Json:
        """The right answer. A typed one is judged by the language that it was given in."""
        accepted = self.plan.accepted.get(question.id)
        if not accepted:
            return {**question.answer}
        return {**question.answer, "by": accepted, "source": self.plan.languages[0]}

    def _question(self, page: Page, question: Question) -> Json:
        feedback = question.feedback
        return {
            "id": question.id,
            "key": question.key,
            "type": question.type,
            "interaction": question.interaction,
            "scored": question.scored,
            **({"undecided": True} if question.undecided else {}),
            "weight": question.weight,
            "patterns": [*map(safe, question.patterns)]
            if question.interaction == "fill-in"
            else question.patterns,
            "answer": self._answer(question),
            "prompt": _BLANK.sub("…", self._player_text(question.prompt)),
            "options": [
                {
                    "id": option.id,
                    "text": self._player_text(option.text),
                    "feedback": self._feedback(page, option),
                }
                for option in question.options
            ],
            "items": [
                {
                    "id": item.id,
                    "text": self._player_text(item.text),
                    "feedback": self._feedback(page, item),
                }
                for item in question.items
            ],
            "feedback": {
                "correct": feedback.right and self._html(page, feedback.right),
                "partly": feedback.partly and self._html(page, feedback.partly),
                "not_quite": feedback.wrong and self._html(page, feedback.wrong),
            },
            "explanation": question.explanation and self._html(page, question.explanation),
            "because": question.quotation and self._quotation(question.quotation),
            "source": question.source and self._source(question, question.source),
            "shuffle": question.shuffle,
            "reveal": question.reveal,
        }

    def _source(self, question: Question, page: str) -> Json:
        title = self.templates.isolated(self.titles[page])
        quotation = question.quotation
        anchor = self.passages.anchor(quotation) if quotation else ""
        return {"id": page, "title": title, **({"anchor": anchor} if anchor else {})}

    def _feedback(self, page: Page, part: Option | Item) -> Markup | None:
        if not part.feedback and not part.quotation:
            return None
        words = part.feedback and Markup(f"<p>{self._html(page, part.feedback)}</p>")
        quotation = part.quotation and self._quotation(part.quotation)
        return Markup("").join(part for part in (words, quotation) if part) or None

    def _quotation(self, quotation: Quotation) -> Markup:
        title = self.titles[quotation.page]
        return self.templates.render(
            "quotation.html.j2",
            quotation=quotation,
            title=title,
            anchor=self.passages.anchor(quotation),
            passage=self._passage(quotation),
        )

    def _passage(self, quotation: Quotation) -> Markup:
        """The HTML of the paragraphs around a quotation. Their headings become paragraphs, since
        they are not headings of the page that shows them."""
        page = self.by_id[quotation.page]
        rendered = [
            (part.kind, self._html(page, part.text() if part.kind == "heading" else part.prose))
            for part in self.passages.of(quotation)
        ]
        tags = {"heading": "p", "list_item": "ul"}
        return Markup("\n").join(
            Markup("<{0}>{1}</{0}>").format(tags[kind], html) if kind in tags else html
            for kind, html in rendered
        )

    def plain(self, prose: Prose) -> str:
        """The words of a text, without markup."""
        return markdown.plain(prose, self.values)

    def _player_text(self, prose: Prose) -> str:
        """The words of a text without markup, isolated from the writing direction of the text of
        the player in which they are shown."""
        return self.templates.isolated(self.plain(prose))

    def _html(self, page: Page, prose: Prose, linked: set[str] | None = None) -> Markup:
        # Reuse the last resolver: most texts are rendered right after another text of their page.
        last = self._last
        if last is None or last[0] is not page or last[1] is not linked:
            last = self._last = page, linked, self._resolver(page, linked)
        return Markup(markdown.html(prose, last[2]).strip())

    def _resolver(self, page: Page, linked: set[str] | None) -> markdown.Resolver:
        return markdown.Resolver(
            link=lambda target: self._term_link(target, page, linked),
            image=lambda target: self._image(target, page),
            variable=self._variable,
            values=self.values,
            after_link=self.new_tab,
            table=lambda columns: self.templates.text("page.table", columns=columns),
            say=self.templates.text,
            here=f"#/{page.id}/",
            marked=linked is not None,
            typography=self.typography,
            direction=interface.spoken(self.plan.course.language).direction,
            anchors=self._anchors if linked is not None else set(),
        )

    def _term_link(self, target: str, page: Page, linked: set[str] | None) -> Mapping[str, str]:
        plain = self._link(target, page)
        entry = self.glossary.entry(target, page)
        if not entry or linked is None:
            return plain
        attributes = {**plain, "class": "term", "data-term": entry.key}
        if entry.key not in linked:
            # Links from the glossary lead back to this id.
            linked.add(entry.key)
            attributes["id"] = f"term-{entry.key}"
        return attributes

    def _image(self, target: str, page: Page) -> Mapping[str, str]:
        path = targets.read(target, page.path).name
        pixels = self.plan.course.media[path].pixels
        size = {"width": str(pixels[0]), "height": str(pixels[1])} if pixels else {}
        return {"src": self.plan.media[path], **size}

    def _link(self, target: str, page: Page) -> Mapping[str, str]:
        place = targets.read(target, page.path)
        if place.kind is targets.Kind.PAGE:
            if self._is_left_out(place.name):
                return {}
            heading = f"/{HEADING_PREFIX}{place.heading}" if place.heading else ""
            return {"href": f"#/{self.pages[place.name].id}{heading}"}
        if place.kind is targets.Kind.MEDIA:
            return {"href": self.plan.media[place.name], "target": "_blank", "rel": "noopener"}
        if not place.name.lower().startswith("http"):
            return {"href": place.name}
        reference = self.plan.course.references.get(place.name)
        address = (reference and reference.current) or place.name
        return {"href": address, "target": "_blank", "rel": "noopener"}

    def _is_left_out(self, path: str) -> bool:
        """Whether the page with this path is one that the refresher leaves out. A link to it is
        text."""
        return self.plan.course.refresher is not None and path not in self.pages

    def _variable(self, name: str, in_link: bool) -> str:
        value = escape(self.values[name])
        if self.plan.course.variables[name].value is None:
            return f'<span class="unset">{value}</span>'
        if _ADDRESS.fullmatch(self.values[name]) and not in_link:
            return f'<a href="{value}" target="_blank" rel="noopener">{value}{self.new_tab}</a>'
        if marks := self.templates.marked(self.values[name]):
            return f"<span{marks}>{value}</span>"
        # A name in another script would reorder the words around it.
        return f"<bdi>{value}</bdi>" if self._is_other_direction(self.values[name]) else value

    def _is_other_direction(self, value: str) -> bool:
        """Whether a value has letters written in the opposite direction to the course."""
        from_right = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in value)
        language = interface.spoken(self.plan.course.language)
        return from_right != (language.direction == "rtl")
