"""Writes questions as entries of the course's question file. If there is a doubt about the right
answer, the entry marks no answer as right and has the doubt for the author."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from builder.course.markdown import escaping
from builder.course.questions.base import visible
from builder.importing.document.form import (
    Block,
    Image,
    Inline,
    Option,
    Paragraph,
    Question,
    flat,
    is_blank,
    one_line,
)
from builder.importing.document.question_types import (
    LETTERS,
    as_value,
    can_be_typed,
    choices_of,
    distinct_answers,
    is_scored,
    matched_pairs,
    numbers_of,
    ordered_items,
    repeated_answers,
)
from builder.importing.writing import inlines, yaml
from builder.importing.writing.context import Context, id_from_words
from builder.importing.writing.flow import Flow

_FEEDBACK = ("right", "partly", "wrong")
_REPEATED = "answers that count as the same as another one, not written again"
_INVISIBLE = (
    "“{}” cannot be shown: it is empty, or something that a course cannot show, such as an "
    "equation or an old picture format. Write its words, or delete it."
)
_MAX_SHOWN = 40
"""Maximum number of characters of an option that a message shows."""
_PLAIN_VALUE = re.compile("[a-z0-9-]+")


def retired_letters(name: str, letters: Sequence[str], context: Context) -> list[str]:
    """The letters of options that the question with the id ``name`` had in an earlier import and
    that are not among its ``letters`` now."""
    return context.names.retired(f"options {name}", letters) if letters else []


def entry(question: Question, name: str, flow: Flow, aside: str = "") -> list[str]:
    """The lines of a question's entry in the question file. ``name`` is its id. ``aside`` is a
    sentence for the author that says why no attempt asks the question yet, or empty."""
    writer = _EntryWriter(question, name, flow)
    return yaml.list_item(writer.lines(aside))


def _field(words: str) -> str:
    """Unformatted text as the Markdown for a YAML field; “…” if it has no visible characters."""
    return inlines.field(words) if visible(escaping.clean(words)) else "…"


_MAX_TAG = 64


def id_words(question: Question) -> str:
    """The words from which a question's id is made."""
    prompt, _ = _prompt_of(question)
    return question.name or one_line(prompt)


def as_prose(question: Question) -> list[Block]:
    """The blocks for a question that the course cannot ask: its prompt, and its options, pairs and
    statements as paragraphs."""
    lines = [option.inlines for option in question.options]
    lines += [half for pair in question.pairs for half in pair]
    lines += question.statements
    return [*question.prompt, *(Paragraph(line, question.place) for line in lines)]


def tags(question: Question) -> list[str]:
    """The tags of a question in the form that courses use, which is that of ids, without
    duplicates."""
    plain = dict.fromkeys(id_from_words(tag)[:_MAX_TAG] for tag in question.tags)
    return [tag for tag in plain if tag]


def _prompt_of(question: Question) -> tuple[tuple[Inline, ...], list[Block]]:
    """The line of a prompt that asks the question, which is its last line with text, and the other
    blocks of the prompt, which the course shows above the question."""
    blocks = list(question.prompt)
    lines = [
        (at, block.inlines)
        for at, block in enumerate(blocks)
        if isinstance(block, Paragraph) and not is_blank(block.inlines)
    ]
    # An image below the text illustrates it, so the last line with text is the question.
    worded = [(at, line) for at, line in lines if one_line(line).strip()]
    if not lines:
        return flat(blocks), []
    at, line = (worded or lines)[-1]
    return line, [*blocks[:at], *blocks[at + 1 :]]


class _EntryWriter:
    def __init__(self, question: Question, name: str, flow: Flow) -> None:
        self.question, self.name, self.flow = question, name, flow
        self.context: Context = flow.context
        self.unsure = [doubt for doubt in question.doubts if doubt.strip()]

    def lines(self, aside: str) -> list[str]:
        """The lines of the question's keys in the question file. ``aside`` is a sentence for the
        author that says why no attempt asks the question yet, or empty."""
        prompt, above = _prompt_of(self.question)
        material = Flow(
            self.context, 1, self.flow.write_question, self.flow.write_contact, material=True
        ).blocks(above)
        own = _KEY_WRITERS[self.question.kind](self)
        return [
            f"id: {self.name}",
            f"type: {self.question.kind}",
            f"prompt: {yaml.text(self._line(prompt) or '…')}",
            *yaml.block_text("material", material),
            *own,
            *self._settings(),
            *self._feedback(),
            *self._tags(),
            *self._weight(),
            *yaml.text_list("unsure", [as_value(one) for one in (*self.unsure, aside) if one]),
        ]

    def _line(self, line: Sequence[Inline], kind: inlines.Kind = "field") -> str:
        """The Markdown of a line; empty if it shows nothing."""
        if not one_line(line).strip():
            line = [_not_decorative(one) for one in line]
        written = inlines.line(line, self.context, self.question.place, kind).strip()
        return written if visible(written) else ""

    def _option_text(self, line: Sequence[Inline], letter: str) -> str:
        """The text of the option with this letter as a YAML value. If it shows nothing, the value
        is “…”, and the question gets a doubt."""
        written = self._line(line, "option")
        if not written:
            self.unsure.append(_INVISIBLE.format(letter))
        return yaml.text(written or "…")

    def choice(self) -> list[str]:
        """The lines in the question file for the keys that only questions of the type ``choice``
        have."""
        right = sum(option.right for option in self.question.options)
        several = right > 1 or self.question.several
        lines = ["multiple: yes"] if several else []
        if several and self.question.partial:
            lines.append("credit: partial")
        if not right:
            self._add_doubt("Nothing says which answer is right.")
        lines.append("options:")
        letters = self._letters("options", [one_line(one.inlines) for one in self.question.options])
        for letter, option in zip(letters, self.question.options, strict=True):
            entry = [f"id: {letter}", f"text: {self._option_text(option.inlines, letter)}"]
            if option.right:
                entry.append("correct: yes")
            lines += yaml.indent(yaml.list_item([*entry, *self._feedback_line(option.feedback)]))
        if retired := retired_letters(self.name, letters, self.context):
            lines += ["retired:", *(f"  - {letter}" for letter in retired)]
        self._list_shares()
        return lines

    def _list_shares(self) -> None:
        """List as not imported what share of the mark each option is worth, if the source says
        so."""
        shares = [
            f"“{' '.join(one_line(one.inlines).split())[:_MAX_SHOWN]}” {one.weight} %"
            for one in self.question.options
            if one.weight
        ]
        if shares:
            reason = f"a course marks options only as right or wrong: {', '.join(shares)}"
            self.context.add_rest("share of the mark", self.question.place, "", reason)

    def true_false(self) -> list[str]:
        """The line in the question file for the key that only questions of the type ``true-false``
        have; none if the answer is unknown."""
        if self.question.answers[:1] in (("true",), ("false",)):
            return [f"answer: {self.question.answers[0]}"]
        self._add_doubt("Nothing says whether this is true.")
        return []

    def fill_in(self) -> list[str]:
        """The lines in the question file for the keys that only questions of the type ``fill-in``
        have."""
        kept = distinct_answers(self.question)
        if again := repeated_answers(self.question):
            self.context.changed[_REPEATED] += len(again)
        for answer in self.question.answers:
            words = as_value(answer)
            if not can_be_typed(answer) and visible(words):
                self.unsure.append(f"An answer is longer than an LMS takes: “{words[:80]}…”.")
        if not kept:
            self._add_doubt("Nothing says which answer is right.")
        return yaml.text_list("answers", list(kept.values()))

    def numeric(self) -> list[str]:
        """The lines in the question file for the keys that only questions of the type ``numeric``
        have."""
        found = numbers_of(self.question)
        if not found:
            doubt = (
                f"“{self.question.answers[0]}” is not a number." if self.question.answers else ""
            )
            self._add_doubt(doubt or "Nothing says which number is right.")
            return []
        return [f'{key}: "{value}"' for key, value in found.items()]

    def matching(self) -> list[str]:
        """The lines in the question file for the keys that only questions of the type ``matching``
        have."""
        choices = choices_of(self.question)
        letters = dict(zip(choices, self._letters("options", choices), strict=True))
        matched = matched_pairs(self.question)
        lines = ["credit: partial"] if self.question.partial else []
        lines.append("items:")
        remarks = self._item_feedback()
        for letter, (left, right), remark in zip(
            self._letters("items", [one_line(left) for left, _ in matched]),
            matched,
            remarks,
            strict=True,
        ):
            match = letters[" ".join(one_line(right).split())]
            words = self._line(left) or "…"
            entry = [f"id: {letter}", f"text: {yaml.text(words)}", f"match: {match}"]
            lines += yaml.indent(yaml.list_item([*entry, *self._feedback_line(remark)]))
        lines.append("options:")
        for words, letter in letters.items():
            text = _field(words)
            lines += yaml.indent(yaml.list_item([f"id: {letter}", f"text: {yaml.text(text)}"]))
        return lines

    def _item_feedback(self) -> list[tuple[Inline, ...]]:
        """The feedback for each item of a matching, in order; empty for an item without
        feedback."""
        question = self.question
        remarks = question.remarks or ((),) * len(question.pairs)
        pairs = zip(question.pairs, remarks, strict=True)
        return [remark for (left, _), remark in pairs if not is_blank(left)]

    def sequencing(self) -> list[str]:
        """The lines in the question file for the keys that only questions of the type
        ``sequencing`` have."""
        lines = ["credit: partial"] if self.question.partial else []
        return [*lines, *self._items("items", "items", ordered_items(self.question))]

    def performance(self) -> list[str]:
        """The lines in the question file for the keys that only questions of the type
        ``performance`` have."""
        needed = any(step.right for step in self.question.options)
        lines = ["credit: partial"] if self.question.partial and needed else []
        return [*lines, *self._items("steps", "items", self.question.options)]

    def likert(self) -> list[str]:
        """The lines in the question file for the keys that only questions of the type ``likert``
        have."""
        statements = tuple(Option("", line, False) for line in self.question.statements)
        return [
            *self._items("statements", "items", statements),
            *self._items("scale", "options", self.question.options),
        ]

    def _items(self, key: str, kind: str, items: Sequence[Option]) -> list[str]:
        """The lines of a key with a list of items that have letters; none if there are no items.
        ``kind`` is ``items`` or ``options``: the letters are unique among those of a kind."""
        lines = [f"{key}:"] if items else []
        letters = self._letters(kind, [one_line(one.inlines) for one in items]) if items else []
        for letter, item in zip(letters, items, strict=True):
            entry = [f"id: {letter}", f"text: {self._option_text(item.inlines, letter)}"]
            entry += ["needed: yes"] if item.right else []
            lines += yaml.indent(yaml.list_item([*entry, *self._feedback_line(item.feedback)]))
        return lines

    def _feedback_line(self, feedback: Sequence[Inline]) -> list[str]:
        """The line of the key with the feedback of an option or item; none if it has no
        feedback."""
        line = self._line(feedback)
        return [f"feedback: {yaml.text(line)}"] if line else []

    def _settings(self) -> list[str]:
        """The lines of further keys, whose values the source gives (``Question.settings``)."""
        lines = []
        for key, value in self.question.settings.items():
            if not isinstance(value, str):
                lines += yaml.text_list(key, list(value)) or [f"{key}: []"]
            elif plain := as_value(value):
                text = plain if _PLAIN_VALUE.fullmatch(plain) else yaml.text(plain)
                lines.append(f"{key}: {text}")
        return lines

    def _add_doubt(self, sentence: str) -> None:
        # A doubt from the reader is more precise than this one.
        if not self.unsure:
            self.unsure.append(sentence)

    def _letters(self, kind: str, words: Sequence[str]) -> list[str]:
        return self.context.names.letters(f"{kind} {self.name}", words, LETTERS)

    def _feedback(self) -> list[str]:
        texts = {key: self._line(line) for key, line in self.question.feedback.items()}
        judged = [f"{key}: {yaml.text(texts[key])}" for key in _FEEDBACK if texts.get(key)]
        explained = [texts.get("explanation", "")]
        if not is_scored(self.question):
            explained += [texts[key] for key in _FEEDBACK if texts.get(key)]
            judged = []
        explanation = " ".join(filter(None, explained))
        return [
            *([f"hint: {yaml.text(texts['hint'])}"] if texts.get("hint") else []),
            *(["feedback:", *yaml.indent(judged)] if judged else []),
            *([f"explanation: {yaml.text(explanation)}"] if explanation else []),
        ]

    def _tags(self) -> list[str]:
        kept = tags(self.question)
        return ["tags:", *(f"  - {tag}" for tag in kept)] if kept else []

    def _weight(self) -> list[str]:
        try:
            weight = Decimal(self.question.weight or "1")
        except InvalidOperation:
            return []
        fits = Decimal("0.01") <= weight <= 100 and weight == weight.quantize(Decimal("0.01"))
        if weight == 1 or not fits or not is_scored(self.question):
            return []
        return [f"weight: {weight}"]


def _not_decorative(one: Inline) -> Inline:
    """An image marked as decorative without this mark, and any other piece of a line unchanged.
    Used for a text whose only content is an image, which therefore has a meaning."""
    if isinstance(one, Image) and one.alternative == "":
        return replace(one, alternative=None)
    return one


_KEY_WRITERS: dict[str, Callable[[_EntryWriter], list[str]]] = {
    "choice": _EntryWriter.choice,
    "true-false": _EntryWriter.true_false,
    "fill-in": _EntryWriter.fill_in,
    "numeric": _EntryWriter.numeric,
    "matching": _EntryWriter.matching,
    "sequencing": _EntryWriter.sequencing,
    "reflection": lambda writer: [],
    "likert": _EntryWriter.likert,
    "performance": _EntryWriter.performance,
}
"""The method that writes the keys of each question type."""
