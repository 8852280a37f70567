"""Writes a question bank as a sheet of questions: a workbook with one question per row
(`builder.exporting.spreadsheet`).

A sheet can express nearly everything about questions. Texts stay Markdown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from builder.base.slugs import slug
from builder.course import markdown, targets
from builder.course.markdown import Prose
from builder.course.markdown.escaping import escaped
from builder.course.questions import TYPES, Item, Option
from builder.exporting import spreadsheet
from builder.exporting.banks.entries import (
    CategorisedQuestion,
    feedback_of,
    list_ids,
    quotes_course,
)
from builder.exporting.banks.prose import BankText
from builder.exporting.spreadsheet import columns
from builder.exporting.spreadsheet.types import Written, type_of
from builder.exporting.spreadsheet.workbook import LONGEST, parts

ENDING = ".xlsx"
_FORGIVE_WORDS = {"case": "capitals", "spaces": "spaces", "accents": "accents"}
_NO_WORDS = ("no", "false", "off", "n")
_FEEDBACK_KEYS = ("right", "partly", "wrong")


def write(
    asked: Iterable[CategorisedQuestion], bank_text: BankText, written: Mapping[str, Written]
) -> dict[str, bytes]:
    """Build the files of the workbook's zip, by name, from the questions ``asked``. ``bank_text``
    converts their texts. ``written`` are the questions by id, as in their YAML files."""
    rows = []
    for one in asked:
        row = spreadsheet.row(_Row(one, bank_text, written[one.question.id]).entry())
        rows.append(_drop_long_cells(row, bank_text.of(one.question.id, one.path)))
    return parts(rows)


def _drop_long_cells(row: dict[str, str], bank_text: BankText) -> dict[str, str]:
    """Return the row without cells that are too long for a workbook, and list these cells as
    omitted."""
    kept = {}
    for head, text in row.items():
        if len(text.encode("utf-16-le")) // 2 > LONGEST:
            bank_text.leave(head, f"a cell holds {LONGEST:,} characters: it is empty", text)
        else:
            kept[head] = text
    return kept


class _Row:
    """Converts one question to the values of a row in a sheet."""

    def __init__(self, asked: CategorisedQuestion, bank_text: BankText, written: Written) -> None:
        self.question = asked.question
        self.category = asked.category
        self.texts = bank_text.of(asked.question.id, asked.path)
        self.written = written
        self.several = bool(self.question.answer.get("multiple"))
        self.type = type_of(self.question.type, self.several)

    def entry(self) -> spreadsheet.Entry:
        """Convert the question to an entry, and count it in the tally."""
        question = self.question
        self._count()
        self._list_omissions()
        feedback = question.feedback
        whole = {
            key: self._text(getattr(feedback, key), "feedback", key)
            for key in _FEEDBACK_KEYS
            if getattr(feedback, key)
        }
        return spreadsheet.Entry(
            type=question.type,
            prompt=self._text(question.prompt, "prompt"),
            id=question.id,
            category=self.category,
            above=self._material(),
            several=self.several,
            options=self._options(),
            answers=tuple(self.type.answers(question, self.written)),
            statements=tuple(self._parts(question.items, "statements"))
            if columns.STATEMENTS in self.type.columns
            else (),
            explanation=self._optional(question.explanation, "explanation"),
            **whole,
            hint=self._optional(question.hint, "hint"),
            tags=tuple(tag for tag in question.tags if tag != slug(self.category)),
            points=f"{question.weight:g}",
            partial=question.answer.get("credit") == "partial",
            undecided=question.doubts,
            markdown=True,
            settings={column: text for column, text in self._settings() if text},
        )

    def _count(self) -> None:
        tally, question = self.texts.tally, self.question
        own = len(question.options) if self._has_options() else 0
        counts = {question.type: 1, "options": own, "items": len(question.items)}
        counts |= {kind: len(texts) for kind, texts in feedback_of(question).items()}
        tally.inside.update(counts)
        tally.written.update(counts)

    def _has_options(self) -> bool:
        return any(key in self.written for key in ("options", "scale", "items", "steps"))

    def _list_omissions(self) -> None:
        question, leave = self.question, self.texts.leave
        if quotes_course(question):
            leave("quote", "a sheet has no words of the course that an answer rests on")
        list_ids(question, leave, "sheet")

    def _text(self, prose: Prose, *steps: str | int) -> str:
        """The Markdown of a text as the author wrote it, or only its words if it has pictures,
        local values or links within the course.

        ``steps`` are the keys and indexes that lead to the text in the question's YAML.
        """
        raw: Any = self.written
        for step in steps:
            raw = raw[step]
        return str(raw).strip() if self._is_portable(prose) else self._words(prose)

    def _words(self, prose: Prose) -> str:
        text = self.texts.text(prose)
        for path in text.pictures:
            self.texts.leave(
                "picture", "a sheet has no pictures: it has the alternative text", path
            )
        return escaped(text.without_pictures().words)

    def _is_portable(self, prose: Prose) -> bool:
        led = (targets.read(link.target, self.texts.path).kind for link in prose.links)
        outside = all(kind is targets.Kind.ADDRESS for kind in led)
        return outside and not prose.images and not prose.variables

    def _optional(self, prose: Prose | None, key: str) -> str:
        return self._text(prose, key) if prose else ""

    def _material(self) -> str:
        """The material above the question as paragraphs, which contain the words of all other
        blocks."""
        material = self.question.material
        if not material:
            return ""
        lines = [self._words(prose) for prose in _paragraphs(material.blocks)]
        reason = "a sheet has only paragraphs: it has the text of lists, tables and blocks"
        self.texts.leave("material", reason)
        return "\n\n".join(line for line in lines if line)

    def _parts(self, parts: Sequence[Option | Item], key: str) -> list[str]:
        return [self._text(one.text, key, at, "text") for at, one in enumerate(parts)]

    def _part_feedback(self, parts: Sequence[Option | Item], key: str) -> list[str]:
        return [
            self._text(one.feedback, key, at, "feedback") if one.feedback else ""
            for at, one in enumerate(parts)
        ]

    def _options(self) -> tuple[spreadsheet.Option, ...]:
        """The options, steps, items or points of a scale; empty if the author wrote none."""
        question, key = self.question, TYPES[self.question.type].options_key
        if question.type == "matching":
            return self._pairs()
        if key not in self.written:
            return ()
        right = question.answer[self.type.right_options] if self.type.right_options else ()
        texts, feedback = (
            self._parts(question.options, key),
            self._part_feedback(question.options, key),
        )
        return tuple(
            spreadsheet.Option(text, one.id in right, comment)
            for one, text, comment in zip(question.options, texts, feedback, strict=True)
        )

    def _pairs(self) -> tuple[spreadsheet.Option, ...]:
        """The items of a matching question with their options, then its options without an item."""
        question = self.question
        right: Mapping[str, str] = question.answer["right"]
        options = self._parts(question.options, "options")
        words = {one.id: text for one, text in zip(question.options, options, strict=True)}
        texts, feedback = (
            self._parts(question.items, "items"),
            self._part_feedback(question.items, "items"),
        )
        pairs = [
            spreadsheet.Option(text, feedback=comment, match=words[right[one.id]])
            for one, text, comment in zip(question.items, texts, feedback, strict=True)
        ]
        extras = [words[name] for name in words if name not in right.values()]
        return (*pairs, *(spreadsheet.Option("", match=one) for one in extras))

    def _settings(self) -> list[tuple[columns.Column, str]]:
        """The values of the columns for settings, such as the tolerance; empty where the default
        applies."""
        written, answer = self.written, self.question.answer
        forgiven = ", ".join(_FORGIVE_WORDS[name] for name in answer.get("forgive", ()))
        plain = {
            columns.TOLERANCE: "tolerance",
            columns.UNIT: "unit",
            columns.LIMIT: "limit",
            columns.REPORT: "report",
            columns.REVEAL: "reveal",
            columns.SOURCE: "source",
        }
        return [
            *((column, str(written.get(key) or "")) for column, key in plain.items()),
            (columns.FORGIVE, (forgiven or "nothing") if "forgive" in written else ""),
            (columns.SHUFFLE, "no" if written.get("shuffle") in _NO_WORDS else ""),
            (columns.KEEP, "no" if written.get("keep") == "none" else ""),
        ]


def _paragraphs(blocks: Iterable[Any]) -> Iterable[Prose]:
    """Yield each paragraph, list item and table cell of the material as a separate text."""
    for block in blocks:
        if not isinstance(block, Prose):
            if block.argument:
                yield markdown.inline(escaped(block.argument))
            yield from _paragraphs(block.blocks)
            continue
        for token in block.tokens:
            if token.type == "inline":
                yield Prose((token,))
