"""Questions of a document as entries of a question file. Where the document leaves in doubt what is
right, nothing is marked, and the doubt stands in the entry."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from string import ascii_lowercase, digits

from builder.importers import tally
from builder.importers.form import Block, Inline, Option, Paragraph, Question, Text
from builder.importers.writing import escaping, inlines, names, tables, yaml
from builder.importers.writing.counted import Counted
from builder.importers.writing.desk import Desk, is_blank, words_of
from builder.importers.writing.flow import Flow
from builder.questions.base import visible
from builder.questions.fill_in import REPORTED, forgiven

LETTERS = ascii_lowercase + digits
_NUMBER = r"-?[0-9]{1,9}(?:\.[0-9]{1,6})?"
_NUMERIC = re.compile(
    rf"(?P<answer>{_NUMBER})(?:\s*±\s*(?P<tolerance>{_NUMBER}))?"
    rf"|(?P<min>{_NUMBER})\s+to\s+(?P<max>{_NUMBER})"
    rf"|≥\s*(?P<least>{_NUMBER})|≤\s*(?P<most>{_NUMBER})"
)
_ENDS = {"least": "min", "most": "max"}
_TELLS = re.compile(r" {2}(?:hint|feedback|explanation):| {6}feedback: ")
"""A line of a question that begins what is said of an answer."""
_FEEDBACK = ("right", "partly", "wrong")
_AGAIN = "answers that differ from another one by capitals or spaces alone, not written again"
_DEGREES = (2, 11)
"""How many points the scale of a likert has."""
_STATEMENTS = 20
_PLAIN_VALUE = re.compile("[a-z0-9-]+")
_FORGIVEN = ("case", "spaces")
_TAG = 64


def can_be_asked(question: Question) -> str:
    """Why a question cannot be one of a course, in words; empty where it can."""
    if question.kind == "likert":
        return _unfit_likert(question)
    count = _offered(question)
    if question.kind == "performance" and count == 1:
        return ""
    if count < 2:
        return "it has fewer than two things to choose from"
    if count > len(LETTERS):
        return f"it has more than {len(LETTERS)} things to choose from"
    return ""


def _offered(question: Question) -> int:
    """How many things a question has to choose from; enough where there is nothing to choose."""
    if question.kind in ("choice", "performance"):
        return len(question.options)
    if question.kind == "matching":
        return min(len(_matched(question)), len(_choices(question)))
    return len(_ordered(question)) if question.kind == "sequencing" else len(LETTERS)


def _unfit_likert(question: Question) -> str:
    least, most = _DEGREES
    if question.options and not least <= len(question.options) <= most:
        return f"its scale has {len(question.options)} points, and not {least} to {most}"
    if len(question.statements) > _STATEMENTS:
        return f"it has more than {_STATEMENTS} statements"
    return ""


def counts(question: Question) -> bool:
    """Whether an answer to a question can be right or wrong by what is known."""
    if question.kind in ("choice", "performance"):
        return any(option.right for option in question.options)
    if question.kind == "numeric":
        return bool(_numbers(question))
    if question.kind == "fill-in":
        return any(_can_be_plain(answer) for answer in question.answers)
    return question.kind in ("matching", "sequencing") or bool(question.answers)


def words(question: Question) -> str:
    """The words that a question is named by."""
    prompt, _ = _prompt(question)
    return question.name or words_of(prompt)


def as_prose(question: Question) -> list[Block]:
    """The words of a question that cannot be asked."""
    lines = [option.inlines for option in question.options]
    lines += [half for pair in question.pairs for half in pair]
    lines += question.statements
    return [*question.prompt, *(Paragraph(line, question.place) for line in lines)]


def lettered(question: Question) -> dict[str, tuple[str, ...]]:
    """The words that a question's letters stand for, in the order of the letters, by kind."""
    if question.kind == "choice":
        return {"options": tuple(words_of(one.inlines).strip() for one in question.options)}
    if question.kind == "matching":
        matched = tuple(words_of(left).strip() for left, _ in _matched(question))
        return {"options": tuple(_choices(question)), "items": matched}
    if question.kind == "likert":
        said = tuple(words_of(line).strip() for line in question.statements)
        scale = tuple(words_of(one.inlines).strip() for one in question.options)
        return {kind: each for kind, each in (("items", said), ("options", scale)) if each}
    if question.kind in ("sequencing", "performance"):
        return {"items": tuple(words_of(one.inlines).strip() for one in _ordered(question))}
    return {}


def retired(name: str, letters: Sequence[str], desk: Desk) -> list[str]:
    """The letters of options that a question had in an earlier import."""
    return desk.names.retired(f"options {name}", letters) if letters else []


def entry(question: Question, name: str, flow: Flow, aside: str = "") -> list[str]:
    """The lines of a question in its file; ``aside`` says why no attempt asks it yet."""
    writer = _Entry(question, name, flow)
    return yaml.item(writer.lines(aside))


def tags(question: Question) -> list[str]:
    """The tags of a question as its file has them, each once."""
    plain = dict.fromkeys(names.plain(tag)[:_TAG] for tag in question.tags)
    return [tag for tag in plain if tag]


def counted(lines: Sequence[str]) -> Counted:
    """What trainees may meet of a question, read back from its lines."""
    found = Counted()
    end = next((at for at, line in enumerate(lines) if line.startswith("  unsure:")), len(lines))
    found.lines(lines[:end])
    start = next((at for at, line in enumerate(lines) if line == "  material: |"), end)
    material = list(
        itertools.takewhile(
            lambda line: not line or line.startswith("    "), lines[start + 1 : end]
        )
    )
    found.passage("\n".join(line[4:] for line in material), {}, notes=False)
    own = [*lines[: start + 1], *lines[start + 1 + len(material) :]]
    kind = next(line for line in own if line.startswith("  type: "))[8:]
    found.kinds["questions"] += 1
    found.kinds[tally.TYPES.get(kind, kind)] += 1
    if kind == "choice":
        found.kinds["options"] += sum(line.startswith("    - id: ") for line in own)
    found.kinds["questions with feedback"] += any(map(_TELLS.match, own))
    found.kinds["questions with tags"] += "  tags:" in own
    return found


def _prompt(question: Question) -> tuple[tuple[Inline, ...], list[Block]]:
    """What is asked, and what stands above it."""
    blocks = list(question.prompt)
    lines = [
        (at, block.inlines)
        for at, block in enumerate(blocks)
        if isinstance(block, Paragraph) and not is_blank(block.inlines)
    ]
    # A picture below the words is what they ask about.
    worded = [(at, line) for at, line in lines if words_of(line).strip()]
    if not lines:
        return tables.flat(blocks), []
    at, line = (worded or lines)[-1]
    return line, [*blocks[:at], *blocks[at + 1 :]]


def _ordered(question: Question) -> tuple[Option, ...]:
    """What is put into order, or done step by step."""
    if question.options:
        return question.options
    return tuple(Option("", (Text(words),), False) for words in question.answers)


def _matched(question: Question) -> list[tuple[tuple[Inline, ...], tuple[Inline, ...]]]:
    return [pair for pair in question.pairs if not is_blank(pair[0])]


def _choices(question: Question) -> list[str]:
    """What there is to choose from in a matching, each once."""
    return list(dict.fromkeys(" ".join(words_of(right).split()) for _, right in question.pairs))


def _numbers(question: Question) -> dict[str, str]:
    """The keys of a number, or of a range; none where the answer is neither."""
    found = _NUMERIC.fullmatch(question.answers[0].strip()) if question.answers else None
    if not found or (found["min"] and Decimal(found["min"]) > Decimal(found["max"])):
        return {}
    return {_ENDS.get(key, key): value for key, value in found.groupdict().items() if value}


def _plain(words: str) -> str:
    """Words of no look, as a value."""
    return " ".join(escaping.clean(words).split())


def repeated_answers(question: Question) -> tuple[str, ...]:
    """Answers to type that are right by another one, since what differs is forgiven."""
    if question.kind != "fill-in":
        return ()
    kept = {*_told_apart(question).values()}
    plain = filter(_can_be_plain, question.answers)
    return tuple(words for words in map(_plain, plain) if words not in kept)


def repeated_choices(question: Question) -> list[str]:
    """What several things of a matching belong to, as often as the course does not say it again."""
    if question.kind != "matching":
        return []
    said = [" ".join(words_of(right).split()) for _, right in question.pairs]
    return [words for at, words in enumerate(said) if words in said[:at]]


def _told_apart(question: Question) -> dict[str, str]:
    """The answers that a course has, by what of them counts."""
    forgive = question.settings.get("forgive", _FORGIVEN)
    kept: dict[str, str] = {}
    for words in map(_plain, filter(_can_be_plain, question.answers)):
        kept.setdefault(forgiven(words, forgive), words)
    return kept


def _can_be_plain(answer: str) -> bool:
    words = _plain(answer)
    return visible(words) and not _is_too_long(words)


def _is_too_long(answer: str) -> bool:
    return len(answer.encode("utf-16-le")) // 2 > REPORTED


def _field(words: str) -> str:
    """Words as a field; a sign that something stood there, where nothing of it can be seen."""
    return inlines.field(words) if visible(escaping.clean(words)) else "…"


_UNSCORED = ("likert", "reflection")
"""Types of which nothing is right or wrong, nor worth anything."""


class _Entry:
    def __init__(self, question: Question, name: str, flow: Flow) -> None:
        self.question, self.name, self.flow = question, name, flow
        self.desk: Desk = flow.desk
        self.unsure = [doubt for doubt in question.doubts if doubt.strip()]

    def lines(self, aside: str) -> list[str]:
        """The keys of the question."""
        prompt, above = _prompt(self.question)
        material = Flow(self.desk, 1, self.flow.ask, self.flow.tell, material=True).blocks(above)
        own = _KINDS[self.question.kind](self)
        return [
            f"id: {self.name}",
            f"type: {self.question.kind}",
            f"prompt: {yaml.text(self._line(prompt) or '…')}",
            *yaml.passage("material", material),
            *own,
            *self._settings(),
            *self._feedback(),
            *self._tags(),
            *self._weight(),
            *yaml.listed("unsure", [_plain(one) for one in (*self.unsure, aside) if one]),
        ]

    def _line(self, line: Sequence[Inline]) -> str:
        """A line as Markdown; empty where nothing of it can be seen."""
        written = inlines.line(line, self.desk, self.question.place, "field").strip()
        return written if visible(written) else ""

    def choice(self) -> list[str]:
        """The keys of a choice."""
        right = sum(option.right for option in self.question.options)
        several = right > 1 or self.question.several
        lines = ["multiple: yes"] if several else []
        if several and self.question.partial:
            lines.append("credit: partial")
        if not right:
            self._doubt("Nothing says which answer is right.")
        lines.append("options:")
        for letter, option in zip(
            self._letters("options", [words_of(one.inlines) for one in self.question.options]),
            self.question.options,
            strict=True,
        ):
            entry = [f"id: {letter}", f"text: {yaml.text(self._line(option.inlines) or '…')}"]
            if option.right:
                entry.append("correct: yes")
            lines += yaml.indented(yaml.item([*entry, *self._said(option.feedback)]))
            if option.weight:
                self.desk.changed["weights of single options, left out"] += 1
        return lines

    def true_false(self) -> list[str]:
        """The keys of a statement that is true or false."""
        if self.question.answers[:1] in (("true",), ("false",)):
            return [f"answer: {self.question.answers[0]}"]
        self._doubt("Nothing says whether this is true.")
        return []

    def fill_in(self) -> list[str]:
        """The keys of a gap."""
        kept = _told_apart(self.question)
        if again := repeated_answers(self.question):
            self.desk.changed[_AGAIN] += len(again)
        for answer in self.question.answers:
            words = _plain(answer)
            if not _can_be_plain(answer) and visible(words):
                self.unsure.append(f"An answer is longer than an LMS takes: “{words[:80]}…”.")
        if not kept:
            self._doubt("Nothing says which answer is right.")
        return yaml.listed("answers", list(kept.values()))

    def numeric(self) -> list[str]:
        """The keys of a number."""
        found = _numbers(self.question)
        if not found:
            said = f"“{self.question.answers[0]}” is no number." if self.question.answers else ""
            self._doubt(said or "Nothing says which number is right.")
            return []
        return [f'{key}: "{value}"' for key, value in found.items()]

    def matching(self) -> list[str]:
        """The keys of a matching."""
        choices = _choices(self.question)
        letters = dict(zip(choices, self._letters("options", choices), strict=True))
        matched = _matched(self.question)
        lines = ["credit: partial"] if self.question.partial else []
        lines.append("items:")
        said = self._remarks()
        for letter, (left, right), remark in zip(
            self._letters("items", [words_of(left) for left, _ in matched]),
            matched,
            said,
            strict=True,
        ):
            match = letters[" ".join(words_of(right).split())]
            words = self._line(left) or "…"
            entry = [f"id: {letter}", f"text: {yaml.text(words)}", f"match: {match}"]
            lines += yaml.indented(yaml.item([*entry, *self._said(remark)]))
        lines.append("options:")
        for words, letter in letters.items():
            text = _field(words)
            lines += yaml.indented(yaml.item([f"id: {letter}", f"text: {yaml.text(text)}"]))
        return lines

    def _remarks(self) -> list[tuple[Inline, ...]]:
        """What is said of each item of a matching."""
        question = self.question
        said = question.remarks or ((),) * len(question.pairs)
        pairs = zip(question.pairs, said, strict=True)
        return [remark for (left, _), remark in pairs if not is_blank(left)]

    def sequencing(self) -> list[str]:
        """The keys of things to be put into order."""
        lines = ["credit: partial"] if self.question.partial else []
        return [*lines, *self._items("items", "items", _ordered(self.question))]

    def performance(self) -> list[str]:
        """The keys of a task."""
        needed = any(step.right for step in self.question.options)
        lines = ["credit: partial"] if self.question.partial and needed else []
        return [*lines, *self._items("steps", "items", self.question.options)]

    def likert(self) -> list[str]:
        """The keys of statements to agree with."""
        statements = tuple(Option("", line, False) for line in self.question.statements)
        return [
            *self._items("statements", "items", statements),
            *self._items("scale", "options", self.question.options),
        ]

    def _items(self, key: str, kind: str, items: Sequence[Option]) -> list[str]:
        """A list of things with letters, under its key; nothing where there are none."""
        lines = [f"{key}:"] if items else []
        letters = self._letters(kind, [words_of(one.inlines) for one in items]) if items else []
        for letter, item in zip(letters, items, strict=True):
            entry = [f"id: {letter}", f"text: {yaml.text(self._line(item.inlines) or '…')}"]
            entry += ["needed: yes"] if item.right else []
            lines += yaml.indented(yaml.item([*entry, *self._said(item.feedback)]))
        return lines

    def _said(self, feedback: Sequence[Inline]) -> list[str]:
        """The key of what is said of an option or an item."""
        line = self._line(feedback)
        return [f"feedback: {yaml.text(line)}"] if line else []

    def _settings(self) -> list[str]:
        """The further keys that the source has set."""
        lines = []
        for key, value in self.question.settings.items():
            if not isinstance(value, str):
                lines += yaml.listed(key, list(value)) or [f"{key}: []"]
            elif plain := _plain(value):
                text = plain if _PLAIN_VALUE.fullmatch(plain) else yaml.text(plain)
                lines.append(f"{key}: {text}")
        return lines

    def reflection(self) -> list[str]:
        """A reflection has no keys of its own."""
        return []

    def _doubt(self, sentence: str) -> None:
        # What a reader has said of the answer is more than this.
        if not self.unsure:
            self.unsure.append(sentence)

    def _letters(self, kind: str, words: Sequence[str]) -> list[str]:
        return self.desk.names.letters(f"{kind} {self.name}", words, LETTERS)

    def _feedback(self) -> list[str]:
        said = {key: self._line(line) for key, line in self.question.feedback.items()}
        judged = [f"{key}: {yaml.text(said[key])}" for key in _FEEDBACK if said.get(key)]
        explained = [said.get("explanation", "")]
        if self.question.kind in _UNSCORED:
            explained += [said[key] for key in _FEEDBACK if said.get(key)]
            judged = []
        explanation = " ".join(filter(None, explained))
        return [
            *([f"hint: {yaml.text(said['hint'])}"] if said.get("hint") else []),
            *(["feedback:", *yaml.indented(judged)] if judged else []),
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
        if weight == 1 or not fits or self.question.kind in _UNSCORED:
            return []
        return [f"weight: {weight}"]


_KINDS = {
    "choice": _Entry.choice,
    "true-false": _Entry.true_false,
    "fill-in": _Entry.fill_in,
    "numeric": _Entry.numeric,
    "matching": _Entry.matching,
    "sequencing": _Entry.sequencing,
    "reflection": _Entry.reflection,
    "likert": _Entry.likert,
    "performance": _Entry.performance,
}
"""By the kind of a question, how its own keys are written."""
