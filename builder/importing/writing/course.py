"""Writes the course for a document: its settings, pages and questions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter

from builder.course import interface
from builder.course.markdown import escaping
from builder.importing.document import question_types
from builder.importing.document.form import (
    Contact,
    Document,
    Pages,
    Paragraph,
    Question,
    Rest,
    heading_words,
    one_line,
)
from builder.importing.document.question_types import is_scored
from builder.importing.document.tally import text
from builder.importing.writing import capacity, entries, flow, yaml
from builder.importing.writing.context import NOWHERE, Context, Names, title_of_file
from builder.importing.writing.division import (
    Divided,
    divide_volumes,
    division_proposal,
    records,
    volume_levels,
)
from builder.importing.writing.page import Anchors, PageContext, PageLines, Plan, write_page
from builder.importing.writing.part import Part
from builder.importing.writing.pictures import Pictures
from builder.importing.writing.written_course import (
    COURSE,
    QUESTIONS,
    ListedContent,
    Page,
    WrittenCourse,
    WrittenQuestion,
    count_question,
)

_UNKNOWN_SOURCE = (
    "the course has no such page: write “source:” into the question, with the id of the page that "
    "answers it"
)
_NOT_DRAWN = "questions that no attempt asks until the right answer is decided"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?")
_MAX_TITLE = 200
"""Maximum number of characters of a title in the package's manifest; validate/limits.py refuses
more."""
_MAX_DESCRIPTION = 2000
_ANSWER_LIMITS = (50, 500)
"""The lowest and the highest character limit for an answer in a record. A reflection with a lower
limit than the first is not saved."""


def write(
    document: Document,
    name: str,
    pages: Pages,
    refused: Callable[[bytes], str],
    names: Names | None = None,
) -> WrittenCourse:
    """Write the course for a document. ``name`` becomes its title if the document has none.
    ``pages`` says which headings start pages. ``refused`` returns the reason why an SVG drawing is
    not allowed in a package, or an empty text. ``names`` assigns the ids."""
    context = Context(document.notes, names or Names(), Pictures(refused))
    return _CourseWriter(document, name, pages, context).write()


@dataclass
class _CourseWriter:
    document: Document
    file_name: str
    pages: Pages
    context: Context
    asked: list[WrittenQuestion] = field(default_factory=list)
    entries: list[list[str]] = field(default_factory=list)
    variables: dict[str, tuple[str, str]] = field(default_factory=dict)
    sheets: list[PageLines] = field(default_factory=list)
    modules: dict[str, str] = field(default_factory=dict)
    title: str = ""
    description: str = ""
    long_pages: list[ListedContent] = field(default_factory=list)
    _page_questions: list[str] = field(default_factory=list)
    _quiz: bool = False
    _draw: capacity.Draw | None = None
    _undrawn: set[str] = field(default_factory=set)
    _attempt_size: int = 0
    """Number of questions that an attempt asks of a page from which it does not ask all."""
    _reflection_limit: int = 0
    """Maximum number of characters of a reflection."""
    _answer_pages: Mapping[str, str] = field(default_factory=dict)

    def write(self) -> WrittenCourse:
        """Write the course, and return it with the text of all its files."""
        divided = divide_volumes(self.document, self.pages)
        self.title = self._title(divided)
        self.description = self._description(divided)
        self.name = self.context.names.new("course", self.title, "course")
        anchors = Anchors(self.context, self.title)
        planned = [anchors.plan(part, part.level) for part in divided.parts]
        language = self._language()
        self._author()
        limit, draws = self._record_limit(divided), self._needs_draws(divided)
        names = [plan.id for plan in planned]
        self._answer_pages = self._pages_with_answers(divided.parts, planned)
        self._attempt_size = capacity.attempt_size(
            [*map(capacity.page_questions, self._quizzes(divided))]
        )
        self._reflection_limit = self._reflection_room(divided)
        page_draws = list(capacity.draws(divided.parts, names, self._attempt_size))
        for part, plan, draw in zip(divided.parts, planned, page_draws, strict=True):
            self._page_questions = []
            self._quiz = self._asks_for_score(part)
            self._draw = draw if draws and self._quiz else None
            self._undrawn = set()
            module = self._module(part, divided.parts)
            page = PageContext(
                self.context,
                self._write_question,
                self._write_contact,
                limit,
                self._variable_values,
                self._quiz_front_matter,
            )
            sheet = write_page(part, plan, part.level, page)
            self.sheets.append(replace(sheet, module=module, questions=tuple(self._page_questions)))
        texts = self._texts(divided, language)
        pages = tuple(self._written_page(sheet) for sheet in self.sheets)
        for part, written in zip(divided.parts, pages, strict=True):
            if reason := division_proposal(part, written, divided.level):
                first = (part.heading, *part.blocks) if part.heading else part.blocks
                place = first[0].place if first else NOWHERE
                self.long_pages.append(
                    ListedContent(Rest("long page", place, written.title, reason), written.path, 1)
                )
        return WrittenCourse(
            id=self.name,
            title=self.title,
            description=self.description,
            language=language,
            level=divided.level,
            texts=texts,
            pictures=self.context.pictures.files,
            pages=pages,
            questions=tuple(self.asked),
            modules=self.modules,
            variables={name: label for name, (label, _) in self.variables.items()},
            listed=tuple(self._all_listed()),
            changed=dict(self.context.changed),
            levels=volume_levels(self.document, self.pages),
        )

    def _title(self, divided: Divided) -> str:
        named = title_of_file(self.file_name)
        stated = heading_words(divided.title) if divided.title else self._cover_title(divided)
        stated = stated or self._property_title()
        title = escaping.title(stated) or escaping.title(named) or "Course"
        if len(title) <= _MAX_TITLE:
            return title
        self.context.add_rest("title", NOWHERE, title, f"it is longer than {_MAX_TITLE} characters")
        return title[:_MAX_TITLE].rpartition(" ")[0] or title[:_MAX_TITLE]

    def _cover_title(self, divided: Divided) -> str:
        """The line of the cover that is the title of the course: the one that has most words of the
        file's name, or else the first; empty without a cover."""
        named = set(title_of_file(self.file_name).casefold().split())
        lines = [heading_words(line) for line in divided.cover]
        return max(lines, key=lambda line: len(named & set(line.casefold().split())), default="")

    def _property_title(self) -> str:
        """The title in the properties of the file, if the document has these words, too; else
        empty. It is often that of another document that the file was once copied from, or the name
        of a program."""
        title = title_of_file(self.document.title)
        words = " ".join(title.casefold().split())
        if self.document.bank or words in text(self.document.blocks).casefold():
            return title
        reason = "the properties of the file have this title, and the document does not"
        self.context.add_rest("title", NOWHERE, title, reason)
        return ""

    def _description(self, divided: Divided) -> str:
        """The description of the course: the subtitle and the lines of the cover other than the
        title. A line that the cover repeats is listed as not imported."""
        lines = [line for line in (divided.subtitle, *divided.cover) if line is not None]
        found: list[str] = []
        title_seen = divided.title is None
        for line in lines:
            words = escaping.title(heading_words(line))
            if words == self.title and title_seen:
                title_seen = False
            elif words == self.title or words in found:
                self.context.add_rest("cover", line.place, words, "the cover has these words twice")
            else:
                found.append(words)
        return ", ".join(found)[:_MAX_DESCRIPTION]

    def _language(self) -> str:
        tag = self.document.language
        known = _LANGUAGE.fullmatch(tag) and interface.language(tag)
        if known or not tag:
            return tag or "en"
        tags = ", ".join(language.tag for language in interface.LANGUAGES)
        reason = f"the interface has {tags}: check “language:” in course.yaml"
        other = "ar" if self.document.right_to_left or tag == "fa" else "en"
        if other == "ar":
            reason += ". It is “ar” now, so that text runs from right to left"
        self.context.add_rest("language", NOWHERE, tag, reason)
        return other

    def _author(self) -> None:
        if author := self.document.author.strip():
            # The author property is not copied: people's names must not get into a package just
            # because a program stored them.
            reason = (
                "if this person is responsible for the course, write the name as “owner:” in "
                "course.yaml"
            )
            self.context.add_rest("author", NOWHERE, author, reason)

    def _module(self, part: Part, parts: Sequence[Part]) -> str:
        """The id of the group (module) that contains a page; empty if none does. A heading above a
        single page does not make a group."""
        if part.module is None or sum(one.module is part.module for one in parts) < 2:
            return ""
        for name, heading in self._headings.items():
            if heading is part.module:
                return name
        words = heading_words(part.module)
        name = self.context.names.new("module", words, "part")
        self._headings[name] = part.module
        self.modules[name] = escaping.title(words)
        return name

    _headings: dict[str, Paragraph] = field(default_factory=dict)

    def _record_limit(self, divided: Divided) -> int:
        rows = sum(len(record.rows) for part in divided.parts for record in records(part))
        least, most = _ANSWER_LIMITS
        return max(least, min(most, capacity.RECORDS_SIZE // rows)) if rows else most

    def _reflection_room(self, divided: Divided) -> int:
        """The number of characters of the saved state that are left for each reflection, if all get
        the same number."""
        questions = [one for part in divided.parts for one in capacity.page_questions(part)]
        written = sum(question_types.text_size(one) > 0 for one in questions)
        taken = min(
            capacity.total_size(map(capacity.page_questions, divided.parts)),
            capacity.QUESTIONS_SIZE,
        )
        kept = capacity.RECORDS_SIZE if any(map(records, divided.parts)) else 0
        return (capacity.STATE_SIZE - kept - taken) // max(written, 1)

    def _limit_reflection(self, question: Question) -> Question:
        """Lower the character limit of a reflection to what the saved state has room for. If that
        is too little to write anything, its text is not saved. Other questions are returned
        unchanged."""
        if question_types.text_size(question) <= self._reflection_limit:
            return question
        if self._reflection_limit < _ANSWER_LIMITS[0]:
            self.context.changed["reflections of which nothing is kept"] += 1
            kept_settings = {
                key: value for key, value in question.settings.items() if key != "report"
            }
            return replace(question, settings={**kept_settings, "keep": "none"})
        self.context.changed[f"reflections of at most {self._reflection_limit} characters"] += 1
        return replace(
            question, settings={**question.settings, "limit": str(self._reflection_limit)}
        )

    def _write_question(self, question: Question, page: flow.Flow) -> list[str]:
        reason = question_types.can_be_asked(question)
        if reason or page.material:
            words = one_line(question.options[0].inlines) if question.options else ""
            self.context.add_rest(
                "question", question.place, words, reason or "it is inside another question"
            )
            return page.blocks(entries.as_prose(question), top=False)
        name = self.context.names.new("question", entries.id_words(question), "question")
        question = self._limit_reflection(self._resolve_source(question))
        aside = ""
        is_practice = self._draw is not None and not is_scored(question)
        if self._draw and is_practice:
            self._undrawn.add(name)
        elif self._draw and self._draw.includes(question):
            question = replace(question, tags=(*question.tags, self._draw.tag))
        elif self._draw:
            aside = self._draw.undrawn_note()
            self._undrawn.add(name)
            self.context.changed[_NOT_DRAWN] += 1
        self.entries.append(entries.entry(question, name, page, aside))
        self.asked.append(self._written_question(question, name))
        self._page_questions.append(name)
        return [f"::: check {name}"] if is_practice or not self._quiz else []

    def _pages_with_answers(self, parts: Sequence[Part], planned: Sequence[Plan]) -> dict[str, str]:
        """A mapping from the ids, and from the titles (with case folded), of pages that may answer
        a question to the ids of these pages. Pages of a bank are left out, since they only ask
        questions."""
        asking = {plan.id for part, plan in zip(parts, planned, strict=True) if part.bank}
        found = {name: name for name in self.context.names.pages if name not in asking}
        for plan in planned:
            if plan.id not in asking:
                found |= {plan.title.casefold(): plan.id, plan.id: plan.id}
        return found

    def _resolve_source(self, question: Question) -> Question:
        """Set ``source`` in the question's settings to the id of the page that answers it. If the
        course has no page with the id or title that the document gives, that is listed as not
        imported."""
        if not question.source:
            return question
        page = self._answer_pages.get(question.source) or self._answer_pages.get(
            question.source.casefold()
        )
        if page:
            return replace(question, settings={**question.settings, "source": page})
        self.context.add_rest("source", question.place, question.source, _UNKNOWN_SOURCE)
        return question

    def _written_question(self, question: Question, name: str) -> WrittenQuestion:
        words = question_types.lettered_texts(question)
        letters = {
            kind: tuple(self.context.names.letters(f"{kind} {name}", each, question_types.LETTERS))
            for kind, each in words.items()
        }
        retired = entries.retired_letters(name, letters.get("options", ()), self.context)
        prompt = " ".join(entries.id_words(question).split())
        return WrittenQuestion(name, prompt, words, letters, tuple(retired))

    def _asks_for_score(self, part: Part) -> bool:
        """Whether a page is a quiz, that is, a page of a bank with a question that can be
        scored."""
        return part.bank and any(map(question_types.can_be_scored, capacity.page_questions(part)))

    def _quiz_front_matter(self) -> list[str]:
        """The front matter that makes the current page a quiz; empty if it is none. An attempt asks
        all questions of the page, or some if the bank has too many."""
        if not self._quiz:
            return []
        if not self._draw:
            return ["kind: quiz", "questions:", *(f"  - {name}" for name in self._page_questions)]
        questions = "one question" if self._draw.many == 1 else f"{self._draw.many} questions"
        self.context.changed[f"pages of which an attempt asks {questions}"] += 1
        return self._draw.front_matter(len(self._page_questions) - len(self._undrawn))

    def _quizzes(self, divided: Divided) -> list[Part]:
        return [part for part in divided.parts if self._asks_for_score(part)]

    def _state_size(self, divided: Divided) -> int:
        """The number of characters of the saved state that pages and questions take, without the
        text of reflections."""
        if not self._needs_draws(divided):
            return capacity.total_size(map(capacity.page_questions, divided.parts))
        quizzes = self._quizzes(divided)
        others = [part for part in divided.parts if part not in quizzes]
        return capacity.drawn_size(
            map(capacity.page_questions, quizzes), self._attempt_size
        ) + capacity.total_size(map(capacity.page_questions, others))

    @staticmethod
    def _needs_draws(divided: Divided) -> bool:
        """Whether a bank has more questions than a trainee's state has room for."""
        taken = capacity.total_size(map(capacity.page_questions, divided.parts))
        return any(part.bank for part in divided.parts) and taken > capacity.QUESTIONS_SIZE

    def _write_contact(self, contact: Contact) -> list[tuple[str, str]]:
        label = " ".join(escaping.clean(one_line(contact.name)).split())
        named_values = []
        for field_label, value in contact.fields or (("", ""),):
            several = len(contact.fields) > 1
            words = f"{label} {field_label}" if several else label
            name = self.context.names.new("variable", words, "contact", between="_")
            name = name if name[0].isalpha() else f"v_{name}"
            description = f"{label}, {field_label}" if field_label else label
            self.variables[name] = (description, " ".join(escaping.clean(value).split()))
            named_values.append((field_label if several else "", name))
        return named_values

    def _variable_values(self) -> Mapping[str, str]:
        return {name: value for name, (_, value) in self.variables.items()}

    def _texts(self, divided: Divided, language: str) -> dict[str, str]:
        texts = {COURSE: "\n".join([*self._course_yaml(divided, language), ""])}
        texts |= {sheet.path: "\n".join([*sheet.lines, ""]) for sheet in self.sheets}
        if self.entries:
            parts = ["\n".join(entry) for entry in self.entries]
            texts[QUESTIONS] = "\n\n".join(parts) + "\n"
        return texts

    def _course_yaml(self, divided: Divided, language: str) -> Iterator[str]:
        yield f"id: {self.name}"
        yield f"title: {yaml.text(self.title)}"
        yield 'version: "1.0.0"'
        yield f"language: {language}"
        if self.description:
            yield f"description: {yaml.text(self.description)}"
        yield "pages:"
        yield from yaml.indent(list(self._page_list()))
        if self._state_size(divided) > capacity.QUESTIONS_SIZE:
            # The saved state has no room for the visited pages, only for the current page.
            yield from ("tracking:", "  pages: none")
        if self.variables:
            yield "variables:"
            for name, (label, value) in self.variables.items():
                yield f"  {name}:"
                yield f"    label: {yaml.text(label or name)}"
                yield f"    value: {yaml.text(value)}" if value else "    value:"
        if self.context.addresses:
            yield "references:"
            for address in self.context.addresses:
                yield f"  - url: {yaml.text(address)}"
                yield "    checked_on:"

    def _page_list(self) -> Iterator[str]:
        module = ""
        for sheet in self.sheets:
            if sheet.module and sheet.module != module:
                yield f"- module: {yaml.text(self.modules[sheet.module])}"
                yield f"  id: {sheet.module}"
                yield "  pages:"
            module = sheet.module
            yield f"{'    ' if module else ''}- {sheet.path.removeprefix('pages/')}"

    def _written_page(self, sheet: PageLines) -> Page:
        lines = {one.id: entry for one, entry in zip(self.asked, self.entries, strict=True)}
        counted = sheet.counted
        counted.add(count_question(lines[name]) for name in sheet.questions)
        return Page(
            id=sheet.id,
            title=sheet.title,
            path=sheet.path,
            module=sheet.module,
            words=tuple(counted.words),
            kinds=dict(counted.kinds),
            questions=sheet.questions,
            headings=sheet.headings,
            record=sheet.record,
        )

    def _all_listed(self) -> Iterator[ListedContent]:
        found = set()
        for sheet in self.sheets:
            for rest, line in sheet.listed:
                found.add(id(rest))
                yield ListedContent(rest, sheet.path, line)
        lines = self._block_lines()
        doubts = (
            Rest(doubt.kind, doubt.place, doubt.place.begins, doubt.sentence)
            for doubt in self.document.doubts
        )
        for rest in (*self.document.rest, *doubts):
            yield ListedContent(rest, *_nearest_line(rest, lines))
        yield from self.long_pages
        for rest in self.context.rest:
            if id(rest) not in found:
                yield ListedContent(rest, *_nearest_line(rest, lines))

    def _block_lines(self) -> dict[tuple[str, str], list[_Line]]:
        """The lines of the course at which blocks of the document start, by source file and part of
        it, in the order of the document. They are sorted, since blocks of several banks may
        alternate in the course."""
        found: dict[tuple[str, str], list[_Line]] = {}
        for sheet in self.sheets:
            for place, line in sheet.places:
                here = found.setdefault((place.file, place.part), [])
                here.append((place.paragraph, len(here), sheet.path, line))
        return {part: sorted(lines) for part, lines in found.items()}


_Line = tuple[int, int, str, int]
"""Where a block starts: the number of its paragraph in the document, a counter that keeps the order
of blocks in the same paragraph, and the file and line in the course."""


def _nearest_line(rest: Rest, lines: Mapping[tuple[str, str], list[_Line]]) -> tuple[str, int]:
    """The file and line of the course for the last block that starts at or before the place of
    ``rest`` in the document; an empty path if there is none. ``lines`` are the lines of the course
    at which blocks start, by source file and part of it."""
    here = lines.get((rest.place.file, rest.place.part), [])
    at = bisect_right(here, rest.place.paragraph, key=itemgetter(0))
    return here[at - 1][2:] if at else ("", 0)
