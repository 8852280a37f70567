"""What the rules judge: the sources in their shapes, parsed, and joined as far as they go.

Parts that are wrong are left out here; what has been said of them is not said again. ``whole`` is
false where anything was left out, so that no rule concludes from silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import PurePosixPath

from builder import colours, markdown, targets
from builder.blocks import asks
from builder.codes import Known, problem
from builder.diagnostics import Diagnostic, Position
from builder.immutable import immutable, unfolding
from builder.markdown import Directive, Document, Heading, Prose, Term
from builder.model import (
    Approval,
    Certificate,
    Cover,
    RecordItem,
    Remark,
    Stylesheet,
    Theme,
    Variable,
)
from builder.questions.quoting import comparable
from builder.sources import PageFile, Place, Sources, Step
from builder.validate.bank import QuestionItem, leads
from builder.validate.shapes import CourseShape, DrawShape, PageShape

_FOLDER = "pages/"


@unfolding
class PageItem:
    """One page that the course lists. What rules look for in it is found once."""

    file: PageFile
    shape: PageShape
    id: str
    whole: bool
    document: Document
    record: tuple[RecordItem, ...]

    @property
    def path(self) -> str:
        """The page's file."""
        return self.file.path

    def at(self, line: int, column: int) -> Position:
        """A place in the page's file."""
        return Position(self.file.path, line, column)

    def front(self, *steps: Step) -> Place:
        """The place of a part of the front matter."""
        return self.file.front.place.find(steps)

    @cached_property
    def _checks(self) -> tuple[Directive, ...]:
        blocks = (block for block in self.document.walk() if isinstance(block, Directive))
        return tuple(block for block in blocks if asks(block.name))

    def checks(self) -> Iterator[Directive]:
        """Every block of the page that asks a question."""
        return iter(self._checks)

    def blocks(self, name: str) -> Iterator[Directive]:
        """Every block of this name."""
        for block in self.document.walk():
            if isinstance(block, Directive) and block.name == name:
                yield block

    def headings(self) -> Iterator[Heading]:
        """Every heading that the author wrote, in the order of the page."""
        for block in self.document.walk():
            if isinstance(block, Prose):
                yield from block.headings

    def terms(self) -> Iterator[Term]:
        """Every term that the page defines in a glossary."""
        for block in self.document.walk():
            if isinstance(block, Prose):
                yield from block.terms

    @cached_property
    def _anchors(self) -> tuple[Heading | Term, ...]:
        return (*self.headings(), *self.terms())

    def anchors(self) -> Iterator[Heading | Term]:
        """What a link can lead to on the page: its headings and terms."""
        return iter(self._anchors)

    @cached_property
    def _leading(self) -> tuple[Prose, ...]:
        blocks = (block for block in self.document.walk() if isinstance(block, Prose))
        return tuple(filter(leads, (*blocks, *self.record_prose())))

    @property
    def texts(self) -> Iterator[Text]:
        """Every run of prose in the page's own file that ``leads`` anywhere. Not kept: each of them
        has the page."""
        return (Text(self, self.path, prose) for prose in self._leading)

    def words(self, values: Mapping[str, str]) -> str:
        """What a trainee reads on the page, ready for comparison with a quotation."""
        return self._words if self._words is not None else self._said(values)

    @cached_property
    def _words(self) -> str | None:
        parts = (*self.document.walk(), *self.record_prose())
        filled = any(isinstance(part, Prose) and part.variables for part in parts)
        return None if filled else self._said({})

    def _said(self, values: Mapping[str, str]) -> str:
        said = [self.shape.title]
        for part in (*self.document.walk(), *self.record_prose()):
            if isinstance(part, Prose):
                said.append(markdown.plain(part, values))
            elif not asks(part.name):
                said.append(part.argument)
        return comparable(" ".join(said))

    def record_prose(self) -> Iterator[Prose]:
        """Every run of prose in the questions of a record."""
        for item in self.record:
            yield from item.prose()


@immutable
class Name:
    """A name of a page, or of a module, with its place."""

    name: str
    place: Place

    @property
    def path(self) -> str:
        """The file that the name means where it is a page's."""
        return _FOLDER + self.name


@immutable
class LockItem:
    """What is done before something opens: ``done`` names pages and modules, ``passed`` quizzes."""

    place: Place
    done: tuple[Name, ...]
    passed: tuple[Name, ...]


@immutable
class Entry(Name):
    """One page in the list of pages."""

    lock: LockItem | None = None


@immutable
class ModuleItem:
    """One entry of the list of pages: a module, or a page outside any, whose title is empty.

    ``named`` is whether the author gave it its id; ``place`` is that of the id, else of the title.
    """

    title: str
    place: Place
    entries: tuple[Entry, ...]
    lock: LockItem | None = None
    id: str = ""
    named: bool = False


@immutable
class Text:
    """A run of prose as it is shown on ``page``; it stands in the file ``path``."""

    page: PageItem
    path: str
    prose: Prose

    def at(self, line: int, column: int) -> Position:
        """A place in the file that the text stands in."""
        return Position(self.path, line, column)


@immutable
class Passage:
    """Text with blocks as an author wrote it: that of a page, or the material of a question."""

    document: Document
    path: str
    page: bool

    def at(self, line: int, column: int) -> Position:
        """A place in the file that the text stands in."""
        return Position(self.path, line, column)


@unfolding
class Material:
    """A course as far as it could be understood.

    ``modules`` are the entries of the list of pages; ``pages`` are the pages listed, by path, each
    once, in the order of the course. ``questions`` are all questions, in the order of their files;
    ``question_ids`` also has those whose other keys are wrong, and ``questions_whole`` is whether
    there are none. ``approvals_whole`` is whether every entry of ``approvals.yaml`` is among the
    ``approvals``. ``remarks`` are those of ``remarks.yaml``, each once.
    """

    sources: Sources
    today: date
    course: CourseShape
    course_whole: bool
    modules: tuple[ModuleItem, ...]
    pages: Mapping[str, PageItem]
    questions: tuple[QuestionItem, ...]
    question_ids: frozenset[str]
    questions_whole: bool
    variables: Mapping[str, Variable]
    whole: bool
    approvals: tuple[Approval, ...] = ()
    approvals_whole: bool = True
    remarks: tuple[Remark, ...] = ()

    def only(self, part: PageItem | QuestionItem) -> Material:
        """The same with one page and no question, or one question and no page."""
        return replace(
            self,
            pages={part.path: part} if isinstance(part, PageItem) else {},
            questions=() if isinstance(part, PageItem) else (part,),
        )

    def course_place(self, *steps: Step) -> Place:
        """The place of a part of ``course.yaml``."""
        return self.sources.course.place.find(steps)

    def entries(self) -> Iterator[Entry]:
        """Every name in the list of pages."""
        for module in self.modules:
            yield from module.entries

    @property
    def help_pages(self) -> tuple[str, ...]:
        """The files of the pages that every page links to as help, whether they are there."""
        return tuple(_FOLDER + name for name in self.course.help)

    @cached_property
    def variable_names(self) -> frozenset[str]:
        """The names of the variables, also of those whose other keys are wrong."""
        written = self.written("variables")
        return frozenset(written if isinstance(written, dict) else ())

    def written(self, key: str) -> object:
        """What ``course.yaml`` has under a key, whatever its shape; ``None`` for nothing."""
        value = self.sources.course.value
        return value.get(key) if isinstance(value, dict) else None

    @cached_property
    def by_id(self) -> Mapping[str, QuestionItem]:
        """The first question of each id, in the order of the files."""
        first: dict[str, QuestionItem] = {}
        for item in self.questions:
            first.setdefault(item.shape.id, item)
        return first

    @cached_property
    def pages_by_id(self) -> Mapping[str, PageItem]:
        """The first page of each id."""
        return {page.id: page for page in reversed(list(self.pages.values()))}

    @cached_property
    def asked(self) -> Mapping[str, QuestionItem]:
        """The questions that pages ask, by id, in the order in which they are first asked."""
        names = (name for page in self.pages.values() for name in self.asked_on(page))
        return {name: self.by_id[name] for name in names if name in self.by_id}

    @cached_property
    def values(self) -> Mapping[str, str]:
        """The variables that have a value."""
        return {
            name: variable.value
            for name, variable in self.variables.items()
            if variable.value is not None
        }

    @cached_property
    def theme(self) -> Theme:
        """The theme as far as it could be understood; a colour that is not given follows from the
        one that is."""
        shape = self.course.theme
        light, dark = shape.accent or shape.accent_dark, shape.accent_dark or shape.accent
        bright, dim = colours.PRESETS.get(shape.preset or "", (None, None))
        styles = self.theme_file("stylesheet")
        text = self.sources.styles.get(styles)
        return Theme(
            preset=shape.preset or "",
            accent=shape.accent or _shade(light, colours.LIGHT, bright),
            accent_dark=shape.accent_dark or _shade(dark, colours.DARK, dim),
            logo=self.theme_file("logo"),
            logo_alt=shape.logo_alt or self.course.owner,
            logo_dark=self.theme_file("logo_dark"),
            font=self.theme_file("font"),
            font_bold=self.theme_file("font_bold"),
            stylesheet=None if text is None else _stylesheet(styles, text),
        )

    @cached_property
    def cover(self) -> Cover | None:
        """The cover; where it has no words of its own, it has those of the description."""
        shape = self.course.cover
        if not shape.show:
            return None
        return Cover(
            about=shape.about or self.course.description,
            audience=shape.audience or "",
            outcomes=shape.outcomes,
            picture=self._file(shape.picture),
        )

    @property
    def certificate(self) -> Certificate | None:
        """The certificate that the course asks for or, without a word of it, may have: a record is
        what its trainees take away."""
        shape = self.course.certificate
        recorded = any(page.record for page in self.pages.values())
        shown = not recorded if shape.show is None else shape.show
        return Certificate(shape.signed_by) if shown else None

    def theme_file(self, key: str) -> str:
        """The path of the file that a key of the theme names; empty where it names none."""
        return self._file(getattr(self.course.theme, key))

    def _file(self, written: str | None) -> str:
        return targets.read(written, self.sources.course.path).name if written else ""

    @cached_property
    def _known_media(self) -> Known:
        # Without what all of them share, or “plan” would be near to “map”.
        return Known(path.removeprefix("media/") for path in self.sources.media)

    @cached_property
    def _media_by_name(self) -> Mapping[str, str]:
        return {PurePosixPath(path).name: path for path in reversed([*self.sources.media])}

    def media_near(self, path: str) -> str:
        """`` Did you mean “…”?`` with the whole path of the file that was meant, as far as one can
        tell: one of this name in another folder, or one of a name that is near."""
        near = self._known_media.near(path.removeprefix("media/"))
        alike = next((one for one in self.sources.media if one.lower() == path), "")
        if alike:
            # An LMS tells capitals apart, and refuses some of them.
            return f" There is “{alike}”: rename that file to “{PurePosixPath(path).name}”."
        found = self._media_by_name.get(PurePosixPath(path).name) or (near and f"media/{near}")
        return f" Did you mean “{found}”?" if found else ""

    @cached_property
    def media_used(self) -> frozenset[str]:
        """The path of every file that a page, the cover or the theme uses, whether it is there or
        not."""
        shown = (path for text in self.texts for path in targets.media(text.prose, text.page.path))
        cover = self.cover.media() if self.cover else ()
        return frozenset((*shown, *cover, *self.theme.media()))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every page's text, and the material of every question."""
        pages = (Passage(page.document, page.path, True) for page in self.pages.values())
        asked = (
            Passage(item.question.material, item.path, False)
            for item in self.questions
            if item.question.material
        )
        return (*pages, *asked)

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """Every run of prose that the course shows and that ``leads`` anywhere, in the order in
        which it is shown."""
        return tuple(self._texts())

    def _texts(self) -> Iterator[Text]:
        for page in self.pages.values():
            yield from page.texts
            for name in dict.fromkeys(self.asked_on(page)):
                if name in self.by_id:
                    item = self.by_id[name]
                    for prose in item.leading:
                        yield Text(page, item.path, prose)

    @cached_property
    def pools(self) -> Mapping[str, tuple[tuple[QuestionItem, ...], ...]]:
        """The questions that each draw of a page's quiz takes from, by the page's file."""
        return {path: tuple(self._pools(page)) for path, page in self.pages.items()}

    def _pools(self, page: PageItem) -> Iterator[tuple[QuestionItem, ...]]:
        # No question can come up twice: each belongs to the first draw that it fits.
        taken = {check.argument for check in page.checks()} | set(page.shape.questions)
        for draw in page.shape.quiz.draw if page.shape.quiz else ():
            pool = [question for question in self.matching(draw) if question.shape.id not in taken]
            taken.update(question.shape.id for question in pool)
            yield tuple(pool)

    def matching(self, draw: DrawShape) -> Iterator[QuestionItem]:
        """Every question that a draw may take, each id once."""
        for item in self.by_id.values():
            of_bank = draw.bank in (None, item.question.bank)
            if of_bank and (draw.tag is None or draw.tag in item.shape.tags):
                yield item

    def asked_on(self, page: PageItem) -> Iterator[str]:
        """The ids of the questions that a page asks, checks first."""
        for check in page.checks():
            yield check.argument
        yield from self.quizzed_on(page)

    def quizzed_on(self, page: PageItem) -> Iterator[str]:
        """The ids of the questions that a page may ask for score, those of draws last."""
        yield from page.shape.questions
        for pool in self.pools[page.path]:
            for item in pool:
                yield item.shape.id

    def failed(self, folder: str) -> bool:
        """Whether a file of a folder of the course could not be read."""
        return any(path.startswith(f"{folder}/") for path in self.sources.failed)


def unknown_page(page: str, position: Position, known: Known) -> Diagnostic:
    """A page that is named where it is not listed, and that the course does not have."""
    fix = "add the page to pages/ and to “pages:” in course.yaml"
    near = known.did_you_mean(page)
    return problem("page-unknown", position, page=page, did_you_mean=near, fix=fix)


def _shade(accent: str | None, scheme: colours.Scheme, looks: colours.Looks | None) -> str:
    """The accent of a scheme that was given none: it follows from the other one, else from the
    preset."""
    if accent:
        return colours.nearest(accent, looks.scheme(scheme) if looks else scheme)
    return looks.accent if looks else ""


def _stylesheet(path: str, text: str) -> Stylesheet:
    named = dict.fromkeys(
        target.name
        for _, target in targets.in_styles(text, path)
        if target.kind is targets.Kind.MEDIA
    )
    return Stylesheet(path, text, tuple(named))
