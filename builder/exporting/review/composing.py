"""Composes the review document of a course: everything that trainees can see, the reasons why it is
a draft, and the statement that a reviewer confirms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from builder.course import approvals, interface, test_out
from builder.course.model import Course, Lock, Module, Page, RecordItem, TestOut
from builder.course.scenarios.model import Scenario
from builder.course.sources import Sources
from builder.diagnostics.diagnostic import Diagnostic
from builder.exporting.review.blocks import PageComposer
from builder.exporting.review.document_lines import PartFinder, document_lines, words_code
from builder.exporting.review.prose import inline_source
from builder.exporting.review.questions import QuestionComposer
from builder.exporting.review.scenes import ScenarioComposer
from builder.exporting.review.selecting import mark_changes, select
from builder.exporting.review.tree import (
    LANGUAGE_SIGN,
    Break,
    Cell,
    Document,
    Fact,
    Heading,
    Line,
    Listing,
    Node,
    Picture,
    Run,
    Style,
    Table,
    head_cells,
    lines,
    plain,
)
from builder.package.render.cover import facts, notes
from builder.package.render.templates import Templates

SECTION, PAGE, WITHIN = 1, 2, 3
"""Levels of headings: of a section, of a page, and within a page."""
_SEPARATOR = " · "
_EXCEPTION_LINES = 5
"""Number of empty lines on which a reviewer writes exceptions from the statement."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a review document is made from: a course, its sources, and the problems found in them.

    ``parts`` are the ids of the parts of the course that it shows, empty to show all. ``approved``
    are the approved words of parts that have changed since, by the id of the part.
    """

    course: Course
    sources: Sources
    problems: tuple[Diagnostic, ...]
    parts: frozenset[str] = frozenset()
    approved: Mapping[str, str] = field(default_factory=dict)


def compose(reviewed: Reviewed) -> Document:
    """Compose the review document of a course."""
    return DocumentComposer(reviewed).document()


class DocumentComposer:
    """Composes the review document of a course, section by section.

    ``PAGE_COMPOSER`` is the class that composes pages, ``QUESTION_COMPOSER`` the one that composes
    questions.
    """

    PAGE_COMPOSER = PageComposer
    QUESTION_COMPOSER = QuestionComposer

    def __init__(self, reviewed: Reviewed) -> None:
        self.course = reviewed.course
        self.sources = reviewed.sources
        self.problems = reviewed.problems
        self.parts = reviewed.parts
        self.approved = reviewed.approved
        self.templates = Templates(self.course)
        self.say = self.templates.text
        titles = {page.id: page.title for page in self.course.pages}
        self.pages = self.PAGE_COMPOSER(
            self.course,
            self.templates,
            lambda page, question, level: self.questions.question(page, question, level),
        )
        self.questions = self.QUESTION_COMPOSER(self.pages.texts, titles)
        self.titles = titles

    def document(self) -> Document:
        """Compose the document, from the first sheet to the statement at its end."""
        words, parts = tuple(self.words()), self.parts
        selected = tuple(select(words, part_finder(self.course), parts)) if parts else ()
        # A part such as the look of a course has no words to show.
        words, parts = (selected, parts) if selected else (words, frozenset())
        if self.approved:
            words = tuple(mark_changes(words, part_finder(self.course), self.approved))
        code = words_code(one.text for one in document_lines(words))
        nodes = (*self.front(code), *words, *self._draft(), *self._statement())
        made = self.as_document(nodes, code, self.say("review.sheet-of"))
        return replace(made, parts=tuple(sorted(parts)))

    def words(self) -> Iterator[Node]:
        """Compose everything that reviewers read, whose words the code of the document is made
        from."""
        yield from (*self.cover(), *self.modules(), *self._rules())
        yield from (*self._values(), *self.interface_texts())

    def as_document(self, nodes: tuple[Node, ...], code: str, where: str) -> Document:
        """Wrap nodes in a document with the properties of the course.

        ``code`` is the code of the reviewed words. ``where`` is the text of the page numbers, with
        the placeholders ``{n}`` and ``{all}``.
        """
        course = self.course
        return Document(
            title=course.title,
            course=course.id,
            language=course.language,
            direction=interface.spoken(course.language).direction,
            version=course.version,
            code=code,
            author=course.owner,
            nodes=nodes,
            contents=self.say("page.contents"),
            where=where,
            tags=tuple(line.tag for line in lines(nodes) if line.tag),
            picture_notes=frozenset(
                f"{self.say('review.picture-elsewhere')} {PurePosixPath(path).name}"
                for path in course.media
            ),
        )

    def written(self, text: str, *steps: str | int) -> Run:
        return self.pages.texts.written(text, "course", "", *steps)

    def front(self, code: str) -> Iterator[Node]:
        course = self.course
        if course.theme.logo:
            yield Picture(course.theme.logo, course.theme.logo_alt or course.owner, 20)
        yield Line((self.written(course.title, "title"),), "title", "c:title")
        state = [self.say("review.subtitle"), f"{self.say('page.version')} {course.version}"]
        state += [self.say("page.draft")] if course.draft else []
        tag = f"f:{course.id}/{course.version}/{code}"
        yield Line((plain(_SEPARATOR.join(state)),), "subtitle", tag)
        about = course.cover.about if course.cover else ""
        rows: list[tuple[str, str, tuple[str | int, ...]]] = [
            ("page.owner", course.owner, ("owner",)),
            ("review.description", course.description, ("description",)),
            ("page.rights", course.rights, ("rights",)),
        ]
        for index, word in enumerate(course.keywords):
            rows.append(("review.keyword", word, ("keywords", index)))
        if course.theme.logo and self._has("theme", "logo_alt"):
            rows.append(("review.logo-text", course.theme.logo_alt, ("theme", "logo_alt")))
        if course.refreshers:
            rows.append(("review.refresher", course.refreshers.title, ("refresher", "title")))
        for index, name in enumerate(course.certificate.signed_by if course.certificate else ()):
            rows.append(("review.signed-by", name, ("certificate", "signed_by", index)))
        for label, text, key in rows:
            # The cover already has this text.
            if text and text != about:
                yield Line((self.label(label), self.written(text, *key)))
        for label, day in (
            ("page.reviewed", course.reviewed_on),
            ("page.review-by", course.review_by),
        ):
            yield Line((self.label(label), plain(str(day or self.say("page.not-set")))))
        if not course.cover:
            yield from self._help()
        yield Line((plain(self.say("review.how")),), "facts")

    def label(self, key: str) -> Run:
        return plain(f"{self.say(key)}: ", "label")

    def _heading(self, key: str, tag: str, new_page: bool = True) -> Iterator[Node]:
        """Compose the heading of a section; ``key`` is the key of the interface text that is its
        title. ``new_page`` is whether the section starts a page."""
        if new_page:
            yield Break()
        yield Heading(SECTION, Line((plain(self.say(key)),), tag=tag), tag)

    def cover(self) -> Iterator[Node]:
        cover, course = self.course.cover, self.course
        if not cover:
            return
        yield from self._heading("review.cover", "c:cover")
        if cover.picture:
            yield Picture(cover.picture, cover.picture_alt, 60)
            if cover.picture_alt:
                text = self.written(cover.picture_alt, "cover", "picture_alt")
                yield Line((plain(f"{self.say('review.picture')} ", "label"), text), "facts")
        yield Line((self.written(course.title, "title"),), "label")
        key = ("cover", "about") if self._has("cover", "about") else ("description",)
        if cover.about:
            yield Line((self.written(cover.about, *key),))
        if cover.audience:
            yield Line((self.written(cover.audience, "cover", "audience"),))
        rules = (*facts(course, self.templates), *notes(course, self.templates))
        yield self._facts(rules, "", course.tracking.pass_mark, course.tracking.attempts)
        if cover.outcomes:
            yield Line((plain(self.say("page.cover-outcomes")),), "label")
            yield Listing(
                False,
                tuple(
                    (Line((self.written(text, "cover", "outcomes", index),)),)
                    for index, text in enumerate(cover.outcomes)
                ),
            )
        yield from self._help()

    def _help(self) -> Iterator[Node]:
        pages = self.course.help
        if pages:
            yield Line((plain(self.say("page.help")),), "label")
            links = ((Line((Run(page.title, anchor=f"p:{page.id}"),)),) for page in pages)
            yield Listing(False, tuple(links))

    def _has(self, *steps: str) -> bool:
        value: object = self.sources.course.value
        for step in steps:
            value = value.get(step) if isinstance(value, dict) else None
        return value is not None

    def modules(self) -> Iterator[Node]:
        for number, module in enumerate(self.course.modules):
            yield Break()
            title = self.module_title(module)
            tag = f"m:{module.id}" if module.title else f"c:pages-{number}"
            yield Heading(SECTION, Line((title,), tag=tag), tag)
            if module.lock:
                yield self._lock(module.lock)
            if module.test_out:
                yield from self._test_out(module, module.test_out)
            for page in module.pages:
                yield from self.page(page)

    def _test_out(self, module: Module, test: TestOut) -> Iterator[Node]:
        """Compose the page of a test-out: its rules, and the questions that it may ask."""
        title = test_out.page_title(module, self.course.texts)
        yield Heading(PAGE, Line((plain(title),)), f"p:{test_out.page_id(module)}")
        yield Line((plain(self.say("page.test-out-intro")),))
        rules = (
            self.say("page.cover-pass", mark=test.pass_mark),
            self.attempts_allowed(test_out.count_tries(test)),
        )
        yield Listing(False, tuple((Line((plain(one),), "facts"),) for one in rules))
        always = [page for page in module.pages if page.id in test.always]
        if always:
            yield Line((plain(self.say("page.test-out-always")),), "facts")
            titles = (Run(self.titles[page.id], anchor=f"p:{page.id}") for page in always)
            yield Listing(False, tuple((Line((title,), "facts"),) for title in titles))
        asked = tuple(question for draw in test.draws for question in draw.questions)
        asking = replace(module.pages[0], quiz=asked)
        for draw in test.draws:
            counts = {"n": draw.count, "all": len(draw.questions)}
            yield Line((plain(self.say("review.drawn", **counts)),), "label")
            for question in draw.questions:
                yield from self.questions.question(asking, question, WITHIN)

    def module_title(self, module: Module) -> Run:
        if not module.title:
            return plain(self.say("page.pages"))
        written = self.sources.course.value
        listed = written.get("pages") if isinstance(written, dict) else None
        for index, entry in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(entry, dict) and entry.get("module") == module.title:
                return self.written(module.title, "pages", index, "module")
        return plain(module.title)

    def _lock(self, lock: Lock) -> Line:
        names = [self.titles[page] for page in lock.pages]
        names += lock.modules
        names += [f"{self.titles[page]} ({self.say('review.passed')})" for page in lock.passed]
        return Line((self.label("review.opens-after"), plain(", ".join(names))), "facts")

    def page(self, page: Page) -> Iterator[Node]:
        title = self.pages.texts.written(page.title, "front", page.path, "title")
        yield Heading(PAGE, Line((title,)), f"p:{page.id}")
        minutes = interface.plural(self.course.language, page.minutes)
        kind = self.say(f"review.kind-{page.kind}")
        details = (kind, self.say(f"page.cover-minutes_{minutes}", n=page.minutes), page.path)
        yield Line((plain(_SEPARATOR.join(details), "quiet"),), "facts", f"p:{page.id}")
        if page.lock:
            yield self._lock(page.lock)
        yield from self.content(page)

    def content(self, page: Page) -> Iterator[Node]:
        """Compose the texts of a page, then its quiz and its record."""
        if page.scenario:
            yield from self.scenario(page, page.scenario)
        else:
            yield from self.pages.page(page, WITHIN)
        if page.kind == "quiz":
            yield from self.quiz(page)
        if page.record:
            yield from self.record(page)

    def scenario(self, page: Page, scenario: Scenario) -> Iterator[Node]:
        composer = self.scenario_composer(page, scenario, judged=True)
        rules = [self.say(f"review.complete-{scenario.complete}")]
        if scenario.weight is not None:
            rules.append(self.attempts_allowed(scenario.attempts))
            rules.append(self.say(f"review.keep-{scenario.keep}"))
            rules.append(self.say("review.weight", n=f"{scenario.weight:g}"))
        if scenario.reveal:
            rules.append(self.say("review.decisions-revealed"))
        yield Line((plain(_SEPARATOR.join(rules)),), "facts")
        yield from composer.map()
        yield from composer.nodes()

    def scenario_composer(self, page: Page, scenario: Scenario, judged: bool) -> ScenarioComposer:
        self.pages.begin(page)
        return ScenarioComposer(self.pages, page, scenario, WITHIN, judged)

    def quiz(self, page: Page) -> Iterator[Node]:
        rules, tracking = page.rules, self.course.tracking
        own = rules.pass_mark is not None
        mark = rules.pass_mark if own else tracking.pass_mark
        attempts = tracking.attempts if rules.attempts is None else rules.attempts
        texts = [
            self.say("page.cover-pass", mark=mark),
            self.say("review.mark-own" if own else "review.mark-shared"),
            self.attempts_allowed(attempts),
            self.say(f"review.keep-{rules.keep or tracking.keep}"),
            self.say(f"review.feedback-{rules.feedback}"),
            self.say(f"review.retake-{rules.retake}"),
            self.say("review.weight", n=f"{rules.weight:g}"),
        ]
        yield self._facts(texts, page.path, mark, attempts, "facts")
        for question in page.fixed():
            yield from self.questions.question(page, question, WITHIN)
        for draw in rules.draws:
            counts = {"n": draw.count, "all": len(draw.questions)}
            yield Line((plain(self.say("review.drawn", **counts)),), "label")
            for question in draw.questions:
                yield from self.questions.question(page, question, WITHIN)

    def attempts_allowed(self, attempts: int) -> str:
        if not attempts:
            return self.say("review.attempts-any")
        return f"{self.say('review.attempts')}: {attempts}"

    def record(self, page: Page) -> Iterator[Node]:
        yield Line((plain(self.say("page.text-saved")),), "facts")
        heads = ("page.question", "page.further-reading", "page.answer", "page.date-achieved")
        head = (*map(self.say, heads), page.signature or self.say("page.signature"))
        rows = tuple(self._record_row(page, index, item) for index, item in enumerate(page.record))
        yield Table(head_cells(head), rows, (36, 24, 12, 12, 16), page.title)
        if page.signature:
            signature = self.pages.texts.written(page.signature, "front", page.path, "signature")
            yield Line((self.label("review.signature"), signature))

    def _record_row(self, page: Page, index: int, item: RecordItem) -> tuple[Cell, ...]:
        cells = []
        for key, prose in (("question", item.question), ("reading", item.reading)):
            steps = ("record", index, key)
            tag = f"r:{item.id}" if key == "question" else ""
            source = prose and inline_source("front", page.path, steps, prose, page.path)
            nodes = self.pages.texts.line(source, prose, tag=tag) if prose and source else ()
            cells.append(Cell(nodes, head=key == "question"))
        return (*cells, Cell(()), Cell(()), Cell(()))

    def _rules(self) -> Iterator[Node]:
        tracking = self.course.tracking
        yield from self._heading("review.counting", "c:tracking")
        pages = "review.pages-all" if tracking.pages == "all" else "review.pages-none"
        rules = [
            self.say(pages),
            self.say(f"review.report-{tracking.report}"),
            self.say(f"review.score-{'yes' if tracking.score else 'no'}"),
        ]
        if any(page.counts for page in self.course.pages):
            rules.append(self.say("page.cover-pass", mark=tracking.pass_mark))
        if any(page.quiz for page in self.course.pages):
            rules.append(self.attempts_allowed(tracking.attempts))
            rules.append(self.say(f"review.keep-{tracking.keep}"))
            rules.append(self.say(f"review.failed-{tracking.failed}"))
        if tracking.mastery is not None:
            rules.append(self.say("review.mastery", mark=tracking.mastery))
        yield self._facts(rules, "", tracking.pass_mark, tracking.attempts)

    def _facts(
        self,
        texts: Iterable[str],
        page: str,
        mark: int | None,
        attempts: int,
        style: Style = "text",
    ) -> Listing:
        """Compose a list of the rules ``texts``, in which the pass mark ``mark`` and the number of
        ``attempts`` are facts that reviewers can change. ``page`` is the path of the quiz, empty
        for the rules of the course."""
        facts_ = {
            self.say("page.cover-pass", mark=mark): Fact("pass_mark", page, "", str(mark)),
            self.attempts_allowed(attempts): Fact("attempts", page, "", str(attempts)),
        }
        return Listing(
            False, tuple((Line((plain(one),), style, fact=facts_.get(one)),) for one in texts)
        )

    def _values(self) -> Iterator[Node]:
        if self.course.variables:
            yield from self._heading("review.values", "c:values", new_page=False)
            rows = tuple(tuple(self._value(name)) for name in self.course.variables)
            heads = map(self.say, ("review.what", "review.value"))
            yield Table(head_cells(heads), rows, (40, 60), self.say("review.values"))
        if self.course.references:
            yield from self._heading("review.addresses", "c:addresses", new_page=False)
            rows = tuple(self._reference(index) for index in range(len(self.course.references)))
            heads = map(self.say, ("review.address", "review.whose", "page.checked-on"))
            yield Table(head_cells(heads), rows, (50, 30, 20), self.say("review.addresses"))

    def interface_texts(self) -> Iterator[Node]:
        """Compose the course's own texts of the interface, in the language of the course."""
        parts = (part for part in parts_of(self.course) if part.id.startswith("interface@"))
        for part in parts:
            title = Run(part.title, language="en")
            yield Heading(SECTION, Line((title,), tag="c:interface"), "c:interface")
            rows = tuple(
                (Cell((Line((plain(key, "quiet"),)),), head=True), Cell((Line((plain(text),)),)))
                for key, text in sorted(self.course.interface.items())
            )
            heads = map(self.say, ("review.what", "review.words"))
            yield Table(head_cells(heads), rows, (34, 66), part.title)

    def _value(self, name: str) -> Iterator[Cell]:
        variable = self.course.variables[name]
        label = self.written(variable.label, "variables", name, "label")
        yield Cell((Line((label,), tag=f"v:{name}"),), head=True)
        if variable.value is None:
            unset = plain(self.say("page.unset"), "unset")
            yield Cell((Line((unset,), fact=Fact("unset", name)),))
        else:
            yield Cell((Line((self.written(variable.value, "variables", name, "value"),)),))

    def _reference(self, index: int) -> tuple[Cell, ...]:
        reference = [*self.course.references.values()][index]
        address = self.written(reference.url, "references", index, "url")
        lines_ = [Line((address,), tag=f"a:{index + 1}")]
        if reference.current:
            now = self.written(reference.current, "references", index, "current")
            lines_.append(Line((self.label("review.now-at"), now)))
        whose = reference.organisation
        return (
            Cell(tuple(lines_), head=True),
            Cell((Line((self.written(whose, "references", index, "organisation"),)),))
            if whose
            else Cell(()),
            Cell((Line((plain(str(reference.checked_on or self.say("page.not-set"))),)),)),
        )

    def _draft(self) -> Iterator[Node]:
        reasons = [problem for problem in self.problems if problem.draft]
        yield from self._heading("review.draft", "c:draft", new_page=False)
        if not reasons:
            yield Line((plain(self.say("review.no-draft")),))
            return
        yield Line((plain(self.say("review.draft-why")),))
        items = tuple((Line(self._reason(reason)),) for reason in reasons)
        yield Listing(False, items)

    def _reason(self, problem: Diagnostic) -> tuple[Run, ...]:
        # Diagnostics are in English, whatever the language of the course.
        place = f"{problem.position.path}:{problem.position.line}"
        return (
            Run(problem.message, language="en"),
            Run(f" {place}", frozenset({"quiet"}), language="en"),
        )

    def _statement(self) -> Iterator[Node]:
        """Compose what a reviewer confirms at the end: a statement with lines to write exceptions
        on, and the place for a name and a date."""
        yield from self._heading("review.sheet", "c:approval")
        exceptions = tuple((Cell(()),) for _ in range(_EXCEPTION_LINES))
        statement = self.say("review.confirm")
        yield Table(head_cells((statement,)), exceptions, (100,), statement)
        # Word joins tables that follow each other without a paragraph between them.
        heads = map(self.say, ("review.name", "review.date"))
        yield Line(())
        yield Table(head_cells(heads), ((Cell(()), Cell(())),), (60, 40), self.say("review.name"))


def parts_of(course: Course) -> tuple[approvals.Part, ...]:
    """The parts that people approve in the language of a course: all parts of the source, or those
    of a translation that have words of its own."""
    if course.source_language:
        order = [*approvals.KINDS.values()]
        own = approvals.translated_parts(course)
        return tuple(sorted(own, key=lambda part: order.index(part.kind)))
    return approvals.parts(replace(course, translations=()))


def part_finder(course: Course) -> PartFinder:
    """The finder of the parts that people approve in the language of a course."""
    suffix = f"{LANGUAGE_SIGN}{course.language}" if course.source_language else ""
    return PartFinder(course, (part.id for part in parts_of(course)), suffix)
