"""Questions of a document as entries of a question file. Where the document leaves in doubt what is
right, nothing is marked, and the doubt stands in the entry."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from string import ascii_lowercase, digits

from builder.importers.form import Block, Inline, Paragraph, Question
from builder.importers.writing import inlines, names, tables, yaml
from builder.importers.writing.counted import Counted
from builder.importers.writing.desk import Desk, is_blank, words_of
from builder.importers.writing.flow import Flow
from builder.questions.fill_in import REPORTED, forgiven

LETTERS = ascii_lowercase + digits
_NUMBER = r"-?[0-9]{1,9}(?:\.[0-9]{1,6})?"
_NUMERIC = re.compile(
    rf"(?P<answer>{_NUMBER})(?:\s*±\s*(?P<tolerance>{_NUMBER}))?"
    rf"|(?P<min>{_NUMBER})\s+to\s+(?P<max>{_NUMBER})"
)
_FEEDBACK = ("right", "partly", "wrong")
_FORGIVEN = ("case", "spaces")
_TAG = 64


def can_be_asked(question: Question) -> str:
    """Why a question cannot be one of a course, in words; empty where it can."""
    count = {
        "choice": len(question.options),
        "matching": min(len(_matched(question)), len(_choices(question))),
        "sequencing": len(question.answers),
    }.get(question.kind, len(LETTERS))
    if count < 2:
        return "it has fewer than two things to choose from"
    if count > len(LETTERS):
        return f"it has more than {len(LETTERS)} things to choose from"
    return ""


def words(question: Question) -> str:
    """The words that a question is named by."""
    prompt, _ = _prompt(question)
    return question.name or words_of(prompt)


def as_prose(question: Question) -> list[Block]:
    """The words of a question that cannot be asked."""
    lines = [option.inlines for option in question.options]
    lines += [half for pair in question.pairs for half in pair]
    return [*question.prompt, *(Paragraph(line, question.place) for line in lines)]


def lettered(question: Question) -> dict[str, tuple[str, ...]]:
    """The words that a question's letters stand for, in the order of the letters, by kind."""
    if question.kind == "choice":
        return {"options": tuple(words_of(one.inlines).strip() for one in question.options)}
    if question.kind == "matching":
        matched = tuple(words_of(left).strip() for left, _ in _matched(question))
        return {"options": tuple(_choices(question)), "items": matched}
    return {"items": question.answers} if question.kind == "sequencing" else {}


def retired(name: str, letters: Sequence[str], desk: Desk) -> list[str]:
    """The letters of options that a question had in an earlier import."""
    return desk.names.retired(f"options {name}", letters) if letters else []


def entry(question: Question, name: str, flow: Flow) -> list[str]:
    """The lines of a question in its file."""
    writer = _Entry(question, name, flow)
    return yaml.item(writer.lines())


def counted(lines: Sequence[str]) -> Counted:
    """What trainees may meet of a question, read back from its lines."""
    found = Counted()
    end = next((at for at, line in enumerate(lines) if line.startswith("  unsure:")), len(lines))
    found.lines(lines[:end])
    start = next((at for at, line in enumerate(lines) if line == "  material: |"), end)
    material = itertools.takewhile(
        lambda line: not line or line.startswith("    "), lines[start + 1 : end]
    )
    found.passage("\n".join(line[4:] for line in material), {}, notes=False)
    found.kinds["questions"] += 1
    found.kinds["options"] += sum(line.startswith("    - id: ") for line in lines[:end])
    return found


def _prompt(question: Question) -> tuple[tuple[Inline, ...], list[Block]]:
    """What is asked, and what stands above it."""
    blocks = list(question.prompt)
    for at in range(len(blocks) - 1, -1, -1):
        block = blocks[at]
        if isinstance(block, Paragraph) and not is_blank(block.inlines):
            return block.inlines, [*blocks[:at], *blocks[at + 1 :]]
    return tables.flat(blocks), []


def _matched(question: Question) -> list[tuple[tuple[Inline, ...], tuple[Inline, ...]]]:
    return [pair for pair in question.pairs if not is_blank(pair[0])]


def _choices(question: Question) -> list[str]:
    """What there is to choose from in a matching, each once."""
    return list(dict.fromkeys(" ".join(words_of(right).split()) for _, right in question.pairs))


class _Entry:
    def __init__(self, question: Question, name: str, flow: Flow) -> None:
        self.question, self.name, self.flow = question, name, flow
        self.desk: Desk = flow.desk
        self.unsure = [doubt for doubt in question.doubts if doubt.strip()]

    def lines(self) -> list[str]:
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
            *self._feedback(),
            *self._tags(),
            *self._weight(),
            *yaml.listed("unsure", [" ".join(doubt.split()) for doubt in self.unsure]),
        ]

    def _line(self, line: Sequence[Inline]) -> str:
        return inlines.line(line, self.desk, self.question.place, "field").strip()

    def choice(self) -> list[str]:
        """The keys of a choice."""
        right = sum(option.right for option in self.question.options)
        lines = ["multiple: yes"] if right > 1 else []
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
            if feedback := self._line(option.feedback):
                entry.append(f"feedback: {yaml.text(feedback)}")
            lines += yaml.indented(yaml.item(entry))
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
        kept: dict[str, str] = {}
        for answer in self.question.answers:
            if len(answer.encode("utf-16-le")) // 2 > REPORTED:
                self.unsure.append(f"An answer is longer than an LMS takes: “{answer[:80]}…”.")
            elif inlines.field(answer):
                kept.setdefault(forgiven(answer, _FORGIVEN), " ".join(answer.split()))
        if not kept:
            self._doubt("Nothing says which answer is right.")
        return yaml.listed("answers", list(kept.values()))

    def numeric(self) -> list[str]:
        """The keys of a number."""
        found = (
            _NUMERIC.fullmatch(self.question.answers[0].strip()) if self.question.answers else None
        )
        if found and found["min"] and Decimal(found["min"]) > Decimal(found["max"]):
            found = None
        if not found:
            said = f"“{self.question.answers[0]}” is no number." if self.question.answers else ""
            self._doubt(said or "Nothing says which number is right.")
            return []
        return [f'{key}: "{value}"' for key, value in found.groupdict().items() if value]

    def matching(self) -> list[str]:
        """The keys of a matching."""
        choices = _choices(self.question)
        letters = dict(zip(choices, self._letters("options", choices), strict=True))
        matched = _matched(self.question)
        lines = ["items:"]
        for letter, (left, right) in zip(
            self._letters("items", [words_of(left) for left, _ in matched]), matched, strict=True
        ):
            match = letters[" ".join(words_of(right).split())]
            entry = [f"id: {letter}", f"text: {yaml.text(self._line(left))}", f"match: {match}"]
            lines += yaml.indented(yaml.item(entry))
        lines.append("options:")
        for words, letter in letters.items():
            text = inlines.field(words) or "…"
            lines += yaml.indented(yaml.item([f"id: {letter}", f"text: {yaml.text(text)}"]))
        return lines

    def sequencing(self) -> list[str]:
        """The keys of things to be put into order."""
        lines = ["items:"]
        answers = list(self.question.answers)
        for letter, words in zip(self._letters("items", answers), answers, strict=True):
            text = inlines.field(words) or "…"
            lines += yaml.indented(yaml.item([f"id: {letter}", f"text: {yaml.text(text)}"]))
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
        if self.question.kind == "reflection":
            explained += [said[key] for key in _FEEDBACK if said.get(key)]
            judged = []
        explanation = " ".join(filter(None, explained))
        return [
            *([f"hint: {yaml.text(said['hint'])}"] if said.get("hint") else []),
            *(["feedback:", *yaml.indented(judged)] if judged else []),
            *([f"explanation: {yaml.text(explanation)}"] if explanation else []),
        ]

    def _tags(self) -> list[str]:
        tags = dict.fromkeys(names.plain(tag)[:_TAG] for tag in self.question.tags)
        kept = [tag for tag in tags if tag]
        return ["tags:", *(f"  - {tag}" for tag in kept)] if kept else []

    def _weight(self) -> list[str]:
        try:
            weight = Decimal(self.question.weight or "1")
        except InvalidOperation:
            return []
        fits = Decimal("0.01") <= weight <= 100 and weight == weight.quantize(Decimal("0.01"))
        if weight == 1 or not fits or self.question.kind == "reflection":
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
}
"""By the kind of a question, how its own keys are written."""
