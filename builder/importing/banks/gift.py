"""Imports GIFT, Moodle's text format for questions (facts/question-banks.md#gift). Questions that a
course cannot ask are kept as text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.importing.banks import cloze, files, judging
from builder.importing.banks.bank import (
    RELATIVE_GRADING,
    Bank,
    Draft,
    display_category,
    id_source,
    line_place,
    shorten,
)
from builder.importing.banks.bounds import bounded
from builder.importing.banks.gift_syntax import (
    MISSING_BRACE,
    RUN_TOGETHER,
    Answer,
    AnswerBlock,
    Category,
    Comment,
    QuestionParts,
    Record,
    Words,
    markers,
    parse_answers,
    parse_parts,
    records,
    unescape,
)
from builder.importing.banks.texts import Reading
from builder.importing.document.form import Block as Written
from builder.importing.document.form import Document, Inline, Option, Paragraph, Place, Text

_GAP = "_____"
_BY_MOODLE = re.compile(r"question: [0-9]+  name: |(?:\[(?:id|tag):[^\[\]]*\]\s*)+$")
"""Matches a comment that Moodle writes into its exports, or that has only tags or an ID number."""
_HALF_SHARE = re.compile(r"(?<!\\)[~=]\s*(%-?[0-9]{1,3}(?![0-9.,]*\s*%)[^~={}#]*)")
"""Matches an answer whose share of the mark lacks its second % sign."""
_COMMENT = "it is a note for authors, and not part of the course"
_WAYS = {
    RUN_TOGETHER: "Where they are several questions, put an empty line between them",
    MISSING_BRACE: "Write “{” before its answers and “}” behind them",
}
_ESCAPE_BRACES = (
    "Write “\\” before each brace that is no part of the answers, and one pair round these"
)


@bounded
def read(path: Path, named: bool = False) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Import the questions of a GIFT file, or report why it has none. ``named`` is true if the
    author named the format with ``--from``, so it need not be detected. Rejects files that are too
    large; never raises."""
    words, problems = files.read_bank(path, named)
    if words is None:
        return None, problems
    reader = _GiftReader(path.name)
    for one in records(words):
        reader.add(one)
    return reader.document(), (*problems, *reader.problems)


class _GiftReader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.bank = Bank()
        self.reading = Reading(self.bank)
        self.problems: list[Diagnostic] = []
        self.category = ""

    def add(self, one: Category | Comment | Record) -> None:
        """Import one part of the file: a comment, a category or a question."""
        if isinstance(one, Comment):
            if one.words and not _BY_MOODLE.match(one.words):
                self.bank.report("comment", line_place(one.line, one.words), one.words, _COMMENT)
        elif isinstance(one, Category):
            self.category = display_category(unescape(one.name))
            self.bank.start_category(self.category, one.name, line_place(one.line, one.name))
        else:
            self._record(one)

    def document(self) -> Document:
        """Return the imported bank as a document."""
        return self.bank.document()

    def _record(self, record: Record) -> None:
        found = parse_parts(record.text)
        self.bank.consumed += markers(record.text)
        place = line_place(record.line, found.before or record.text)
        name = id_source(self.bank, place, record.id, found.name)
        if name != found.name:
            self.bank.consumed.append(found.name)
            found = replace(found, name=name)
        if found.has_gaps:
            self._add_cloze(found, record, place)
        elif found.fault:
            self._keep_as_text(record, found, place)
        elif found.answers is None:
            # A description: text without a question.
            name_paragraph = (Paragraph((Text(found.name, frozenset({"strong"})),), place),)
            blocks = (*(name_paragraph if found.name else ()), *self._prompt(found, place))
            self.bank.describe(blocks, place, record.doubts, self.category)
        else:
            self._question(found, parse_answers(found.answers, found.form), record, place)

    def _add_cloze(self, found: QuestionParts, record: Record, place: Place) -> None:
        """Import a text with gaps in the syntax of Moodle's cloze, which people also write into
        GIFT files. ``found`` are the parts of the question ``record``, and ``place`` is its
        position in the file."""
        tags = (*((self.category,) if self.category else ()), *record.tags)
        ends = [0, *(end for gap in cloze.GAP.finditer(found.before) for end in gap.span())]
        pieces = [found.before[a:b] for a, b in pairwise([*ends, len(found.before)])]
        # Pieces at odd indexes are gaps, whose backslashes belong to cloze.
        words = "".join(one if at % 2 else unescape(one) for at, one in enumerate(pieces))
        whole = cloze.SharedData(found.name, place, tags, doubts=record.doubts)
        cloze.add(self.bank, self.reading, words, found.form, whole, self.category)
        self.bank.consumed.append(found.name)

    def _keep_as_text(self, record: Record, found: QuestionParts, place: Place) -> None:
        """Keep the question ``record`` as text, with a warning, because its braces cannot be
        parsed. ``found`` are its parts, and ``place`` is its position in the file."""
        blocks = self.reading.blocks(unescape(found.before), found.form, place)
        self.bank.keep(found.name, blocks, place, found.fault, self.category)
        message = f"“{shorten(found.before)}” is not read as a question: {found.fault}"
        way = _WAYS.get(found.fault, _ESCAPE_BRACES)
        self.problems.append(
            problem("bank-line", Position(self.name, record.line), problem=message, way=way)
        )

    def _question(
        self, found: QuestionParts, content: AnswerBlock, record: Record, place: Place
    ) -> None:
        draft = _KINDS[content.kind](self, content, place)
        if content.general:
            draft.feedback["explanation"] = self._line(content.general, place)
        tags = (*((self.category,) if self.category else ()), *record.tags)
        draft.doubts += record.doubts
        if half := _HALF_SHARE.search(found.answers or ""):
            draft.doubts.append(
                f"“{shorten(half[1])}” has one % sign: a share of the mark has two, such as %50%."
            )
        question = draft.question(
            content.kind,
            self._prompt(found, place),
            place,
            name=found.name,
            tags=tags,
            consumed=(*content.consumed, found.name),
        )
        self.bank.ask(question, self.category)

    def _prompt(self, found: QuestionParts, place: Place) -> tuple[Written, ...]:
        gap = "" if found.answers is None or not found.after.strip() else _GAP
        words = f"{found.before}{gap}{found.after}"
        return self.reading.blocks(unescape(words).strip(), found.form, place)

    def _line(self, words: Words, place: Place) -> tuple[Inline, ...]:
        return self.reading.line(words.text, words.form, place)

    def _feedback(self, answer: Answer, place: Place) -> tuple[Inline, ...]:
        return self._line(answer.feedback, place) if answer.feedback else ()

    def choice(self, content: AnswerBlock, place: Place) -> Draft:
        """Read the options of a choice: one correct option, written with `=`, or several correct
        options, each with a percentage of the mark. ``place`` is the position of the question in
        the file."""
        options = [
            Option(
                answer.sign,
                self._line(answer.words, place),
                False,
                self._feedback(answer, place),
                f"{answer.percent:g}" if answer.percent else "",
            )
            for answer in content.answers
            if answer.words.text or answer.feedback
        ]
        return judging.choice_draft(options, any(one.sign == "=" for one in content.answers))

    def truth(self, content: AnswerBlock, place: Place) -> Draft:
        """Read the answer of a true-false question. In GIFT the feedback for a wrong answer comes
        first. ``place`` is the position of the question in the file."""
        wrong_feedback, right_feedback = content.truths
        feedback = {}
        if right_feedback:
            feedback["right"] = self._line(right_feedback, place)
        if wrong_feedback:
            feedback["wrong"] = self._line(wrong_feedback, place)
        return Draft(answers=[content.truth], feedback=feedback)

    def _typed_answers(self, content: AnswerBlock, place: Place) -> list[judging.TypedAnswer]:
        return [
            judging.TypedAnswer(answer.words.text, answer.percent, self._feedback(answer, place))
            for answer in content.answers
        ]

    def fill_in(self, content: AnswerBlock, place: Place) -> Draft:
        """Read the answers of a short-answer question. ``place`` is the position of the question in
        the file."""
        return judging.typed_draft(self._typed_answers(content, place))

    def numeric(self, content: AnswerBlock, place: Place) -> Draft:
        """Read the answers of a numeric question. ``place`` is the position of the question in the
        file."""
        return judging.numeric_draft(self._typed_answers(content, place))

    def matching(self, content: AnswerBlock, place: Place) -> Draft:
        """Read the pairs of a matching question. Moodle ignores the feedback of pairs; here it
        becomes the question's feedback for wrong answers. ``place`` is the position of the question
        in the file."""
        draft = Draft(partial=True)
        for answer in content.answers:
            assert answer.match is not None
            left, right = self._line(answer.words, place), self._line(answer.match, place)
            draft.pairs.append((left, right))
            if feedback := self._feedback(answer, place):
                lines = (*draft.feedback.get("wrong", ()), *feedback)
                draft.feedback["wrong"] = lines
        return draft

    def sequencing(self, content: AnswerBlock, place: Place) -> Draft:
        """Read the items of an ordering question, in their correct order. A plug-in of Moodle adds
        this type. ``place`` is the position of the question in the file."""
        lines = [self._line(answer.words, place) for answer in content.answers]
        items = [Option("", line, False) for line in lines if line]
        if content.taken:
            reason = f"an attempt asked {content.taken} of its items; here it asks all"
            self.bank.report("selection", place, "", reason)
        partial = content.grading not in ("", "ALL_OR_NOTHING")
        if partial and not content.grading.startswith("ABS"):
            self.bank.report("grading", place, content.grading, RELATIVE_GRADING)
        return Draft(options=items, partial=partial)


_KINDS: dict[str, Callable[[_GiftReader, AnswerBlock, Place], Draft]] = {
    "choice": _GiftReader.choice,
    "true-false": _GiftReader.truth,
    "fill-in": _GiftReader.fill_in,
    "numeric": _GiftReader.numeric,
    "matching": _GiftReader.matching,
    "sequencing": _GiftReader.sequencing,
    "reflection": lambda *_: Draft(),
}
