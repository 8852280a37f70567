"""The input of the rules: the sources of a course, read into shapes and parsed.

Malformed parts are left out after they were reported. Then ``whole`` is false, which tells rules
not to report that something is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from datetime import date
from functools import cached_property
from pathlib import PurePosixPath

from builder.base.immutable import immutable, unfolding
from builder.course import colours, ids, keys, markdown, targets
from builder.course.directives import asks
from builder.course.markdown import Directive, Document, Fault, Heading, Prose, Term
from builder.course.model import (
    Approval,
    Certificate,
    Cover,
    RecordItem,
    RefresherRules,
    Remark,
    Stylesheet,
    Theme,
    Variable,
)
from builder.course.questions.base import comparable
from builder.course.scenarios import reading as scenes
from builder.course.scenarios.model import Scenario, Scene
from builder.course.scenarios.proof import Proof, prove
from builder.course.scenarios.reading import Read
from builder.course.sources import PageFile, Place, Sources, Step
from builder.course.validate.bank import QuestionItem, leads
from builder.course.validate.shapes import CourseShape, DrawShape, PageShape, TestOutShape
from builder.diagnostics.codes import Known, problem
from builder.diagnostics.diagnostic import Diagnostic, Position

_FOLDER = "pages/"


@unfolding
class PageItem:
    """One page that the course lists, with cached lookups for the rules.

    ``shape`` is its front matter, ``whole`` is false if malformed keys of it were left out.
    """

    file: PageFile
    shape: PageShape
    id: str
    whole: bool
    document: Document
    record: tuple[RecordItem, ...]

    @property
    def path(self) -> str:
        """The path of the page's file."""
        return self.file.path

    def at(self, line: int, column: int) -> Position:
        """Make a position in the page's file."""
        return Position(self.file.path, line, column)

    def front(self, *steps: Step) -> Place:
        """The place of the value at the path ``steps`` in the page's front matter."""
        return self.file.front.place.find(steps)

    @cached_property
    def read_scenes(self) -> Read:
        """The scenes of the page, with the faults in them; for pages of kind ``scenario``."""
        return scenes.read(self.document)

    @cached_property
    def scenario(self) -> Scenario | None:
        """The scenario of the page; ``None`` for a page of another kind, or without scenes."""
        if self.shape.kind != "scenario" or not self.read_scenes.scenes:
            return None
        return Scenario(
            start=self.shape.start or self.read_scenes.scenes[0].id,
            complete=self.shape.complete or "ending",
            weight=self.shape.weight,
            attempts=self.shape.attempts or 0,
            keep=self.shape.keep or "best",
            reveal=self.shape.reveal == "always",
            introduction=self.read_scenes.introduction,
            scenes=tuple(map(self._with_key, self.read_scenes.scenes)),
            notes=self.read_scenes.notes,
        )

    @cached_property
    def proof(self) -> Proof | None:
        """What is proved about the scenario of the page; ``None`` without one."""
        return prove(self.scenario) if self.scenario else None

    def _with_key(self, scene: Scene) -> Scene:
        revision = self.shape.revision
        former = tuple(
            f"{page}/{name}"
            for page in (self.id, *self.shape.was)
            for name in (scene.id, *scene.heading.was)
        )
        now, *was = former
        key = keys.key("scene", now, revision)
        return replace(scene, key=key, former=keys.former("scene", now, revision, was))

    @cached_property
    def _checks(self) -> tuple[Directive, ...]:
        blocks = (block for block in self.document.walk() if isinstance(block, Directive))
        return tuple(block for block in blocks if asks(block.name))

    def checks(self) -> Iterator[Directive]:
        """The blocks of the page that ask a question for practice (``::: check``)."""
        return iter(self._checks)

    def blocks(self, name: str) -> Iterator[Directive]:
        """The blocks of the page with this name."""
        for block in self.document.walk():
            if isinstance(block, Directive) and block.name == name:
                yield block

    def faults(self) -> Iterator[Fault]:
        """Yield every fault of Markdown in the text of the page."""
        yield from self.document.faults
        for block in self.document.walk():
            if isinstance(block, Prose):
                yield from block.faults

    def headings(self) -> Iterator[Heading]:
        """Yield every heading that the author wrote, in the order of the page."""
        for block in self.document.walk():
            if isinstance(block, Prose):
                yield from block.headings

    def terms(self) -> Iterator[Term]:
        """Yield every term that a glossary on the page defines."""
        for block in self.document.walk():
            if isinstance(block, Prose):
                yield from block.terms

    @cached_property
    def _anchors(self) -> tuple[Heading | Term, ...]:
        return (*self.headings(), *self.terms())

    def anchors(self) -> Iterator[Heading | Term]:
        """The elements of the page that links can lead to: its headings and terms."""
        return iter(self._anchors)

    @cached_property
    def _texts_to_check(self) -> tuple[Prose, ...]:
        blocks = (block for block in self.document.walk() if isinstance(block, Prose))
        return tuple(filter(leads, (*blocks, *self.record_prose())))

    @property
    def texts(self) -> Iterator[Text]:
        """The texts in the page's own file that contain links, images, variables or faults.

        They are not cached, since each of them refers to the page.
        """
        return (Text(self, self.path, prose) for prose in self._texts_to_check)

    def words(self, values: Mapping[str, str]) -> str:
        """The text that a trainee reads on the page, normalised for comparison with quotations.

        ``values`` are the values of variables by name.
        """
        return self._words if self._words is not None else self._visible_text(values)

    @cached_property
    def _words(self) -> str | None:
        parts = (*self.document.walk(), *self.record_prose())
        filled = any(isinstance(part, Prose) and part.variables for part in parts)
        return None if filled else self._visible_text({})

    def _visible_text(self, values: Mapping[str, str]) -> str:
        parts = [self.shape.title]
        for part in (*self.document.walk(), *self.record_prose()):
            if isinstance(part, Prose):
                parts.append(markdown.plain(part, values))
            elif not asks(part.name):
                parts.append(part.argument)
        return comparable(" ".join(parts))

    def record_prose(self) -> Iterator[Prose]:
        """Yield every run of prose in the items of a record page."""
        for item in self.record:
            yield from item.prose()


@immutable
class Name:
    """The name of a page (its file in ``pages/``) or module, and its place in ``course.yaml``."""

    name: str
    place: Place

    @property
    def path(self) -> str:
        """The path of the page with this name; meaningless for the name of a module."""
        return _FOLDER + self.name


@immutable
class LockItem:
    """A lock as written: ``done`` names the pages and modules that must be done, ``passed`` the
    quizzes that must be passed."""

    place: Place
    done: tuple[Name, ...]
    passed: tuple[Name, ...]


@immutable
class Entry(Name):
    """One page in the list of pages, with its lock or ``None``."""

    lock: LockItem | None = None


@immutable
class ModuleItem:
    """One entry of the list of pages: a module, or a page outside any module, whose ``title`` is
    empty.

    ``named`` is true if the author wrote the module's id; ``place`` is then the place of the id,
    else the place of the title. ``test_out`` is its test-out, at ``test_place``.
    """

    title: str
    place: Place
    entries: tuple[Entry, ...]
    lock: LockItem | None = None
    id: str = ""
    named: bool = False
    test_out: TestOutShape | None = None
    test_place: Place | None = None


@immutable
class Tested:
    """The test-out of a module, at ``place``, as written (``shape``).

    ``pages`` are the pages of the module. ``matching`` are the scored questions that the author
    means, ``spare`` those of them that no quiz asks.
    """

    module: ModuleItem
    shape: TestOutShape
    place: Place
    pages: tuple[PageItem, ...]
    matching: tuple[QuestionItem, ...]
    spare: tuple[QuestionItem, ...]

    @property
    def pool(self) -> tuple[QuestionItem, ...]:
        """The questions that it may ask: none of a quiz, if enough others are left."""
        return self.spare if len(self.spare) >= self.shape.count else self.matching

    @property
    def always(self) -> tuple[str, ...]:
        """The paths of the pages that must be read whatever the result; they need not exist."""
        return tuple(_FOLDER + name for name in self.shape.always)


@immutable
class Text:
    """A run of prose that is shown on ``page``; ``path`` is the file that contains it: the page's
    own, or that of a question."""

    page: PageItem
    path: str
    prose: Prose

    def at(self, line: int, column: int) -> Position:
        """A position in the file that contains the text."""
        return Position(self.path, line, column)


@immutable
class Passage:
    """A document in the file ``path``: the body of a page (``page`` is true), or the material of a
    question."""

    document: Document
    path: str
    page: bool

    def at(self, line: int, column: int) -> Position:
        """A position in the file that contains the text."""
        return Position(self.path, line, column)


@unfolding
class Material:
    """The content of a course, without malformed parts.

    - ``course``: the settings of ``course.yaml``; ``course_whole``: none of them was malformed.
    - ``modules``: the entries of the list of pages.
    - ``pages``: the listed pages by path, each once, in the order of the course.
    - ``pages_whole``: every entry of the list of pages could be read.
    - ``questions``: all valid questions, in the order of their files; ``question_ids``: the ids of
      all questions, also of malformed ones, and an empty text for questions without an id;
      ``questions_whole``: none of them was malformed.
    - ``whole``: no part of the course was malformed or could not be read.
    - ``approvals``: the valid approvals; ``approvals_whole``: all approvals are valid.
    - ``remarks``: the valid remarks, each once.
    - ``interface``: the course's own interface texts in its language, by key.
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
    pages_whole: bool = True
    approvals: tuple[Approval, ...] = ()
    approvals_whole: bool = True
    remarks: tuple[Remark, ...] = ()
    interface: Mapping[str, str] = field(default_factory=dict)

    def only(self, part: PageItem | QuestionItem) -> Material:
        """A copy of the material with this page or question only, for rules that check each by
        itself."""
        return replace(
            self,
            pages={part.path: part} if isinstance(part, PageItem) else {},
            questions=() if isinstance(part, PageItem) else (part,),
        )

    def course_place(self, *steps: Step) -> Place:
        """The place of the value at the path ``steps`` in ``course.yaml``."""
        return self.sources.course.place.find(steps)

    def entries(self) -> Iterator[Entry]:
        """Yield every page in the list of pages, inside and outside modules."""
        for module in self.modules:
            yield from module.entries

    @cached_property
    def listed(self) -> frozenset[str]:
        """The paths of the pages in the list of pages; they need not exist."""
        return frozenset(entry.path for entry in self.entries())

    @cached_property
    def page_ids_known(self) -> bool:
        """Whether the ids of all pages are known: every listed page exists, and its id, if it has
        one, is valid."""
        read = self.pages_whole and self.listed <= self.pages.keys()
        return read and not any(
            not page.whole and not page.shape.id and "id" in page.front().parts
            for page in self.pages.values()
        )

    @property
    def help_pages(self) -> tuple[str, ...]:
        """The paths of the pages under ``help:``, which the footer of every page links to; they
        need not exist."""
        return tuple(_FOLDER + name for name in self.course.help)

    @cached_property
    def variable_names(self) -> frozenset[str]:
        """The names of the variables in ``course.yaml``, including malformed variables."""
        written = self.written("variables")
        return frozenset(written if isinstance(written, dict) else ())

    def written(self, key: str) -> object:
        """The value under a key of ``course.yaml`` as it was read, of any type; ``None`` if there
        is no value."""
        value = self.sources.course.value
        return value.get(key) if isinstance(value, dict) else None

    @cached_property
    def by_id(self) -> Mapping[str, QuestionItem]:
        """The questions by id, in the order of the files; the first one if several have an id."""
        first: dict[str, QuestionItem] = {}
        for item in self.questions:
            first.setdefault(item.shape.id, item)
        return first

    @cached_property
    def pages_by_id(self) -> Mapping[str, PageItem]:
        """The pages by id; the first one if several have an id."""
        return {page.id: page for page in reversed(list(self.pages.values()))}

    @cached_property
    def asked(self) -> Mapping[str, QuestionItem]:
        """The questions that pages ask, by id, in the order in which they are first asked."""
        names = [name for page in self.pages.values() for name in self.asked_on(page)]
        names += [item.shape.id for tested in self.tests for item in tested.pool]
        names += [item.shape.id for item in self.spare]
        return {name: self.by_id[name] for name in names if name in self.by_id}

    @cached_property
    def spare(self) -> tuple[QuestionItem, ...]:
        """The scored questions about a page, which the test-outs of refreshers may ask; none if the
        course has no refreshers."""
        if self.course.refresher is None:
            return ()
        pages = {page.id for page in self.pages.values()}
        return tuple(
            item
            for item in self.by_id.values()
            if item.answering.scored and item.question.source in pages
        )

    @cached_property
    def tests(self) -> tuple[Tested, ...]:
        """The test-outs, in the order of their modules."""
        in_quizzes = {
            name
            for page in self.pages.values()
            if page.shape.kind == "quiz"
            for name in self.quizzed_on(page)
        }
        return tuple(
            self._tested(module, module.test_out, module.test_place, in_quizzes)
            for module in self.modules
            if module.test_out and module.test_place
        )

    def _tested(
        self, module: ModuleItem, shape: TestOutShape, place: Place, in_quizzes: set[str]
    ) -> Tested:
        pages = tuple(
            self.pages[entry.path] for entry in module.entries if entry.path in self.pages
        )
        ids = {page.id for page in pages}
        by_source = shape.bank is None and shape.tag is None
        matching = tuple(
            item
            for item in self.matching(shape)
            if item.answering.scored and not (by_source and item.question.source not in ids)
        )
        spare = tuple(item for item in matching if item.shape.id not in in_quizzes)
        return Tested(module, shape, place, pages, matching, spare)

    @cached_property
    def values(self) -> Mapping[str, str]:
        """The values of the variables that have one."""
        return {
            name: variable.value
            for name, variable in self.variables.items()
            if variable.value is not None
        }

    @cached_property
    def theme(self) -> Theme:
        """The theme without malformed settings. If only one of the accents for light and dark
        screens is set, the other is derived from it."""
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
        """The cover; ``None`` if it is not shown. Without a text of its own, it shows the
        description of the course."""
        shape = self.course.cover
        if not shape.show:
            return None
        return Cover(
            about=shape.about or self.course.description,
            audience=shape.audience or "",
            outcomes=shape.outcomes,
            picture=self._file(shape.picture),
            picture_alt=shape.picture_alt or "",
        )

    @property
    def certificate(self) -> Certificate | None:
        """The certificate, or ``None``.

        By default, a course has a certificate unless it has a record, which trainees print instead.
        """
        shape = self.course.certificate
        has_record = any(page.record for page in self.pages.values())
        is_shown = not has_record if shape.show is None else shape.show
        return Certificate(shape.signed_by, shape.shown_by_test) if is_shown else None

    @property
    def refreshers(self) -> RefresherRules | None:
        """What the author sets for refreshers; ``None`` if nothing."""
        shape = self.course.refresher
        if shape is None:
            return None
        certificate = self.certificate
        # By default, a record replaces the certificate; a refresher may have no record.
        if not shape.record and self.course.certificate.show is None:
            certificate = Certificate(self.course.certificate.signed_by)
        if shape.certificate is not None:
            signed = Certificate(self.course.certificate.signed_by)
            certificate = signed if shape.certificate else None
        return RefresherRules(shape.title, shape.quiz, shape.record, certificate)

    def theme_file(self, key: str) -> str:
        """The path of the file under a key of ``theme:``; empty if the key is not set."""
        return self._file(getattr(self.course.theme, key))

    def _file(self, written: str | None) -> str:
        return targets.read(written, self.sources.course.path).name if written else ""

    @cached_property
    def _known_media(self) -> Known:
        # The common prefix is removed: with it, “media/plan” would be similar to “media/map”.
        return Known(path.removeprefix("media/") for path in self.sources.media)

    @cached_property
    def _media_by_name(self) -> Mapping[str, str]:
        return {PurePosixPath(path).name: path for path in reversed([*self.sources.media])}

    def media_near(self, path: str) -> str:
        """A sentence that suggests a media file with a similar path, as in `` Did you mean “…”?``;
        empty if there is none.

        Looks for the same path in other letter case, for the same name in another folder, then for
        a similar name.
        """
        near = self._known_media.near(path.removeprefix("media/"))
        same_name = next((one for one in self.sources.media if one.lower() == path), "")
        if same_name:
            # An LMS distinguishes letter case, and some LMSs refuse capital letters.
            return f" There is “{same_name}”: rename that file to “{PurePosixPath(path).name}”."
        found = self._media_by_name.get(PurePosixPath(path).name) or (near and f"media/{near}")
        return f" Did you mean “{found}”?" if found else ""

    @cached_property
    def media_used(self) -> frozenset[str]:
        """The path of every media file that a page, the cover or the theme uses; it need not
        exist."""
        in_texts = (
            path for text in self.texts for path in targets.media(text.prose, text.page.path)
        )
        cover = self.cover.media() if self.cover else ()
        return frozenset((*in_texts, *cover, *self.theme.media()))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The documents of the course: the body of every page, and the material of every question
        that has material."""
        pages = (Passage(page.document, page.path, True) for page in self.pages.values())
        asked = (
            Passage(item.question.material, item.path, False)
            for item in self.questions
            if item.question.material
        )
        return (*pages, *asked)

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """The texts of pages and their questions that contain links, images, variables or faults,
        in the order in which they are shown."""
        return tuple(self._texts())

    def _texts(self) -> Iterator[Text]:
        for page in self.pages.values():
            yield from page.texts
            for name in dict.fromkeys(self.asked_on(page)):
                if name in self.by_id:
                    item = self.by_id[name]
                    for prose in item.leading:
                        yield Text(page, item.path, prose)
        on_pages = {name for page in self.pages.values() for name in self.asked_on(page)}
        in_tests = [(one.pages[0], item) for one in self.tests if one.pages for item in one.pool]
        first = next(iter(self.pages.values()), None)
        in_tests += [(first, item) for item in self.spare if first]
        for page, item in in_tests:
            if item.shape.id not in on_pages:
                on_pages.add(item.shape.id)
                yield from (Text(page, item.path, prose) for prose in item.leading)

    @cached_property
    def pools(self) -> Mapping[str, tuple[tuple[QuestionItem, ...], ...]]:
        """For each page, by its path: the questions from which each draw of the page's quiz
        selects."""
        return {path: tuple(self._pools(page)) for path, page in self.pages.items()}

    def _pools(self, page: PageItem) -> Iterator[tuple[QuestionItem, ...]]:
        # A page must not ask a question twice, so a question belongs to the first draw that matches
        # it.
        taken = {check.argument for check in page.checks()} | set(page.shape.questions)
        for draw in page.shape.quiz.draw if page.shape.quiz else ():
            pool = [question for question in self.matching(draw) if question.shape.id not in taken]
            taken.update(question.shape.id for question in pool)
            yield tuple(pool)

    def matching(self, draw: DrawShape) -> Iterator[QuestionItem]:
        """Yield every question with the bank and the tag of a draw, each id once."""
        for item in self.by_id.values():
            of_bank = draw.bank in (None, item.question.bank)
            if of_bank and (draw.tag is None or draw.tag in item.shape.tags):
                yield item

    def asked_on(self, page: PageItem) -> Iterator[str]:
        """Yield the ids of the questions that a page asks: first those for practice, then those for
        score."""
        for check in page.checks():
            yield check.argument
        yield from self.quizzed_on(page)

    def quizzed_on(self, page: PageItem) -> Iterator[str]:
        """Yield the ids of the questions that a page may ask for score; those of draws come
        last."""
        yield from page.shape.questions
        for pool in self.pools[page.path]:
            for item in pool:
                yield item.shape.id

    def failed(self, folder: str) -> bool:
        """Whether any file in a folder of the course, such as ``questions``, could not be read."""
        return any(path.startswith(f"{folder}/") for path in self.sources.failed)


def unknown_page(page: str, position: Position, known: Known, sources: Sources) -> Diagnostic:
    """The diagnostic for ``page``, at ``position``, which is the file name or the id of a page that
    the course does not have; ``known`` are the names of its pages, for a suggestion."""
    fix = "Check the spelling, or add the page to pages/ and to “pages:” in course.yaml."
    reason, near = "", known.did_you_mean(page)
    if file := unlisted_file(page, sources):
        reason, near = " in the course: course.yaml does not list it", ""
        fix = f"Add “{file}” to “pages:” in course.yaml."
    words = {"page": page, "reason": reason, "did_you_mean": near, "fix": fix}
    return problem("page-unknown", position, **words)


def unlisted_file(page: str, sources: Sources) -> str:
    """The file in ``pages/`` that has this name, or whose page has this id; empty if there is none.
    Only for pages that the course does not list."""
    for path, file in sources.pages.items():
        front = file.front.value
        written = front.get("id") if isinstance(front, dict) else None
        if page in (name := path.removeprefix(_FOLDER), written or ids.page_id(path)):
            return name
    return ""


def _shade(accent: str | None, scheme: colours.Scheme, looks: colours.Looks | None) -> str:
    """The accent for a colour scheme for which the author set none: derived from ``accent``, the
    one of the other scheme; else that of the preset (``looks``); else empty."""
    if accent:
        return colours.nearest_readable(accent, looks.scheme(scheme) if looks else scheme)
    return looks.accent if looks else ""


def _stylesheet(path: str, text: str) -> Stylesheet:
    named = dict.fromkeys(
        target.name
        for _, target in targets.in_styles(text, path)
        if target.kind is targets.Kind.MEDIA
    )
    return Stylesheet(path, text, tuple(named))
