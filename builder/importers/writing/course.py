"""A whole course of a document: its settings, its pages, its questions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from builder import interface
from builder.importers.form import Contact, Document, Paragraph, Question, Rest
from builder.importers.writing import escaping, flow, questions, yaml
from builder.importers.writing.anchors import Anchors
from builder.importers.writing.desk import NOWHERE, Desk, heading_words, words_of
from builder.importers.writing.division import Divided, Pages, Part, divide, records
from builder.importers.writing.made import COURSE, QUESTIONS, Asked, Listed, Made, Page
from builder.importers.writing.names import Names
from builder.importers.writing.page import Sheet, Work, write_page
from builder.importers.writing.pictures import Pictures

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?")
_TITLE = 200
"""Characters of a title in the package's manifest."""
_DESCRIPTION = 2000
_STATE = 3600
"""Characters of a trainee's state of which pages and questions may take what records leave."""
_COST = (3, 8)
"""About how many characters of the state a page takes, and a question (docs/state.md)."""
_ROOM = 1500
"""Characters of a trainee's state that the answers of all records may take."""
_LIMIT = (50, 500)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """``name`` is what the course is called where the document does not say; ``refused`` says why a
    drawing must not come into a package."""

    document: Document
    name: str
    pages: Pages
    names: Names
    refused: Callable[[bytes], str]


def write(
    document: Document,
    name: str,
    pages: Pages,
    refused: Callable[[bytes], str],
    names: Names | None = None,
) -> Made:
    """The course of a document. ``name`` is what it is called where it does not say; ``refused``
    says in words why a drawing must not come into a package; ``names`` gives the ids."""
    wanted = _Wanted(document, name, pages, names or Names(), refused)
    return _Writer(wanted).made()


@dataclass
class _Writer:
    wanted: _Wanted
    asked: list[Asked] = field(default_factory=list)
    entries: list[list[str]] = field(default_factory=list)
    variables: dict[str, tuple[str, str]] = field(default_factory=dict)
    sheets: list[Sheet] = field(default_factory=list)
    modules: dict[str, str] = field(default_factory=dict)
    _here: list[str] = field(default_factory=list)

    def made(self) -> Made:
        """Write everything."""
        document = self.wanted.document
        divided = divide(document, self.wanted.pages)
        self.desk = Desk(document.notes, self.wanted.names, Pictures(self.wanted.refused))
        self.title = self._title(divided)
        self.name = self.desk.names.new("course", self.title, "course")
        anchors = Anchors(self.desk, self.title)
        planned = [anchors.plan(part, divided.level) for part in divided.parts]
        language = self._language()
        self._author()
        limit = self._limit(divided)
        for part, plan in zip(divided.parts, planned, strict=True):
            self._here = []
            module = self._module(part, divided.parts)
            page = Work(self.desk, self._ask, self._tell, limit, self._values)
            sheet = write_page(part, plan, divided.level, page)
            self.sheets.append(replace(sheet, module=module, questions=tuple(self._here)))
        texts = self._texts(divided, language)
        return Made(
            id=self.name,
            title=self.title,
            description=_description(divided),
            language=language,
            level=divided.level,
            texts=texts,
            pictures=self.desk.pictures.files,
            pages=tuple(self._page(sheet) for sheet in self.sheets),
            questions=tuple(self.asked),
            modules=self.modules,
            variables={name: label for name, (label, _) in self.variables.items()},
            listed=tuple(self._listed()),
            changed=dict(self.desk.changed),
        )

    def _title(self, divided: Divided) -> str:
        said = heading_words(divided.title) if divided.title else self.wanted.document.title
        title = escaping.title(said) or escaping.title(self.wanted.name) or "Course"
        if len(title) <= _TITLE:
            return title
        self.desk.leave("title", NOWHERE, title, f"it is longer than {_TITLE} characters")
        return title[:_TITLE].rpartition(" ")[0] or title[:_TITLE]

    def _language(self) -> str:
        tag = self.wanted.document.language
        known = _LANGUAGE.fullmatch(tag) and interface.language(tag)
        if known or not tag:
            return tag or "en"
        tags = ", ".join(language.tag for language in interface.LANGUAGES)
        reason = f"the interface speaks {tags}: look at “language:” in course.yaml"
        self.desk.leave("language", NOWHERE, tag, reason)
        return "en"

    def _author(self) -> None:
        if author := self.wanted.document.author.strip():
            # Nobody's name gets into a package because a program has noted it in a file.
            reason = "write it as “owner:” in course.yaml, if that is who answers for the course"
            self.desk.leave("author", NOWHERE, author, reason)

    def _module(self, part: Part, parts: Sequence[Part]) -> str:
        """The id of the group that a page stands in; a heading with one page groups nothing."""
        if part.module is None or sum(one.module is part.module for one in parts) < 2:
            return ""
        for name, heading in self._headings.items():
            if heading is part.module:
                return name
        words = heading_words(part.module)
        name = self.desk.names.new("module", words, "part")
        self._headings[name] = part.module
        self.modules[name] = escaping.title(words)
        return name

    _headings: dict[str, Paragraph] = field(default_factory=dict)

    def _limit(self, divided: Divided) -> int:
        rows = sum(len(record.rows) for part in divided.parts for record in records(part))
        least, most = _LIMIT
        return max(least, min(most, _ROOM // rows)) if rows else most

    def _ask(self, question: Question, page: flow.Flow) -> list[str]:
        why = questions.can_be_asked(question)
        if why or page.material:
            words = words_of(question.options[0].inlines) if question.options else ""
            self.desk.leave("question", question.place, words, why or "it stands in another one")
            return page.blocks(questions.as_prose(question), top=False)
        name = self.desk.names.new("question", questions.words(question), "question")
        self.entries.append(questions.entry(question, name, page))
        self.asked.append(self._asked(question, name))
        self._here.append(name)
        return [f"::: check {name}"]

    def _asked(self, question: Question, name: str) -> Asked:
        words = questions.lettered(question)
        letters = {
            kind: tuple(self.desk.names.letters(f"{kind} {name}", each, questions.LETTERS))
            for kind, each in words.items()
        }
        retired = questions.retired(name, letters.get("options", ()), self.desk)
        prompt = " ".join(questions.words(question).split())
        return Asked(name, prompt, words, letters, tuple(retired))

    def _tell(self, contact: Contact) -> list[tuple[str, str]]:
        label = " ".join(escaping.clean(words_of(contact.name)).split())
        told = []
        for what, value in contact.fields or (("", ""),):
            several = len(contact.fields) > 1
            words = f"{label} {what}" if several else label
            name = self.desk.names.new("variable", words, "contact", between="_")
            name = name if name[0].isalpha() else f"v_{name}"
            said = f"{label}, {what}" if what else label
            self.variables[name] = (said, " ".join(escaping.clean(value).split()))
            told.append((what if several else "", name))
        return told

    def _values(self) -> Mapping[str, str]:
        return {name: value for name, (_, value) in self.variables.items()}

    def _texts(self, divided: Divided, language: str) -> dict[str, str]:
        texts = {COURSE: "\n".join([*self._settings(divided, language), ""])}
        texts |= {sheet.path: "\n".join([*sheet.lines, ""]) for sheet in self.sheets}
        if self.entries:
            parts = ["\n".join(entry) for entry in self.entries]
            texts[QUESTIONS] = "\n\n".join(parts) + "\n"
        return texts

    def _settings(self, divided: Divided, language: str) -> Iterator[str]:
        yield f"id: {self.name}"
        yield f"title: {yaml.text(self.title)}"
        yield 'version: "1.0.0"'
        yield f"language: {language}"
        if description := _description(divided):
            yield f"description: {yaml.text(description)}"
        yield "pages:"
        yield from yaml.indented(list(self._contents()))
        page, question = _COST
        if page * len(self.sheets) + question * len(self.asked) > _STATE - _ROOM:
            # Then only the place of a trainee is kept.
            yield from ("tracking:", "  pages: none")
        if self.variables:
            yield "variables:"
            for name, (label, value) in self.variables.items():
                yield f"  {name}:"
                yield f"    label: {yaml.text(label or name)}"
                yield f"    value: {yaml.text(value)}" if value else "    value:"
        if self.desk.addresses:
            yield "references:"
            for address in self.desk.addresses:
                yield f"  - url: {yaml.text(address)}"
                yield "    checked_on:"

    def _contents(self) -> Iterator[str]:
        module = ""
        for sheet in self.sheets:
            if sheet.module and sheet.module != module:
                yield f"- module: {yaml.text(self.modules[sheet.module])}"
                yield f"  id: {sheet.module}"
                yield "  pages:"
            module = sheet.module
            yield f"{'    ' if module else ''}- {sheet.path.removeprefix('pages/')}"

    def _page(self, sheet: Sheet) -> Page:
        entries = {one.id: entry for one, entry in zip(self.asked, self.entries, strict=True)}
        counted = sheet.counted
        counted.add(questions.counted(entries[name]) for name in sheet.questions)
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

    def _listed(self) -> Iterator[Listed]:
        found = set()
        for sheet in self.sheets:
            for rest, line in sheet.listed:
                found.add(id(rest))
                yield Listed(rest, sheet.path, line)
        for rest in (*self.wanted.document.rest, *self._doubts()):
            yield Listed(rest, *self._where(rest))
        for rest in self.desk.rest:
            if id(rest) not in found:
                yield Listed(rest)

    def _doubts(self) -> Iterator[Rest]:
        for doubt in self.wanted.document.doubts:
            yield Rest("question", doubt.place, doubt.place.begins, doubt.sentence)

    def _where(self, rest: Rest) -> tuple[str, int]:
        """The line of the course that what stands before a place of the document has come to."""
        best = ("", 0)
        for sheet in self.sheets:
            for place, line in sheet.places:
                if place.part == rest.place.part and place.paragraph <= rest.place.paragraph:
                    best = (sheet.path, line)
        return best


def _description(divided: Divided) -> str:
    if divided.subtitle is None:
        return ""
    return escaping.title(words_of(divided.subtitle.inlines))[:_DESCRIPTION]
