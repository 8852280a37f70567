"""Writes a question bank in GIFT (facts/question-banks.md#gift).

GIFT has no pictures, weights or hints, no feedback for a choice as a whole, and no sequencing or
likert questions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from builder.exporting.banks.entries import (
    SHARES,
    Choice,
    Entry,
    escape_asterisks,
    notes,
    plain_number,
    share,
)
from builder.exporting.banks.prose import HtmlText, Tally

ENDING = ".gift"
_CONTROL_CHARACTERS = re.compile(r"[\\~=#{}:]")
_LIKE_SHARE = re.compile(r"\s*%")
_WHOLE_ANSWER_FEEDBACK = dict.fromkeys(("true-false", "fill-in", "numeric"), ("right", "wrong"))
"""Keys of the feedback that GIFT can attach to an answer as a whole, by question type."""
_ARROW = "->"


def write(entries: Iterable[Entry], tally: Tally) -> str:
    """Format all entries as the text of a GIFT file. Counts in ``tally`` what is written, and lists
    there what GIFT cannot express."""
    return "\n\n".join(_parts(entries, tally))


def _parts(entries: Iterable[Entry], tally: Tally) -> Iterator[str]:
    category = None
    for entry in entries:
        if entry.category != category:
            category = entry.category
            # Moodle splits a category at slashes.
            path = category.replace("\\", "\\\\").replace("/", "//")
            yield f"$CATEGORY: $course$/top/{path}"
        yield _Record(entry, tally).text()


@dataclass(frozen=True, slots=True)
class _Format:
    """The format of all texts of one question: HTML, which GIFT marks with ``[html]``, or plain
    text."""

    html: bool

    def text(self, text: HtmlText) -> str:
        words = text.html if self.html else text.plain or ""
        if self.html and _LIKE_SHARE.match(words):
            # Moodle parses text between percent signs as a percentage of the points.
            words = words.replace("%", "&#37;", 1)
        marker = "[html]" if self.html and words.startswith("[") else ""
        return f"{marker}{escape(words)}"


def escape(words: str) -> str:
    """Escape the control characters of GIFT in a text."""
    written = _CONTROL_CHARACTERS.sub(lambda found: f"\\{found[0]}", words)
    return written.replace("\r", "").replace("\n", "\\n")


class _Record:
    """Formats one question as a record of a GIFT file."""

    def __init__(self, entry: Entry, tally: Tally) -> None:
        self.tally = tally
        self.entry = self._as_text_if_unsupported(entry)
        self.format = _Format(any(map(_needs_html, _texts(self.entry))))

    def _as_text_if_unsupported(self, entry: Entry) -> Entry:
        """Return the entry, or only its text if GIFT cannot ask the question."""
        why = ""
        if entry.kind == "sequencing":
            why = "GIFT has no question about an order"
        elif entry.kind == "fill-in" and any(_ARROW in answer for answer in entry.answers):
            why = "GIFT reads “->” as a pair"
        if not why:
            return entry
        reason = f"{why}: the file has its text without the right answer, and does not ask it"
        self.tally.leave(entry.id, entry.kind, reason, "; ".join(entry.answers))
        return entry.as_words()

    def text(self) -> str:
        """Format the question with its notes, tags, prompt and answers."""
        entry = self.entry
        self._list_omissions()
        lines = [f"// {note}" for note in notes(entry.question)]
        if entry.question.tags:
            lines.append("// " + " ".join(f"[tag:{tag}]" for tag in entry.question.tags))
        answers = _ANSWERS[entry.kind](self)
        general = self._feedback("explanation")
        body = ""
        if answers is not None:
            inner = [*answers, *([f"####{general}"] if general else [])]
            short = len(inner) < 2 and entry.kind != "choice"
            body = "".join(inner) if short else "".join(f"\n\t{line}" for line in inner) + "\n"
            body = f"{{{'#' if entry.kind == 'numeric' else ''}{body}}}"
        marker = "[html]" if self.format.html else ""
        prompt = self._format_text(entry.prompt).removeprefix(marker)
        lines.append(f"::{escape(entry.id)}::{marker}{prompt}{body}")
        self.tally.written += entry.counts(_WHOLE_ANSWER_FEEDBACK.get(entry.kind, ()))
        return "\n".join(lines)

    def _feedback(self, key: str) -> str:
        text = self.entry.feedback.get(key)
        return self._format_text(text) if text else ""

    def _format_text(self, text: HtmlText) -> str:
        return self.format.text(text.without_pictures())

    def choice(self) -> list[str]:
        """Format the options of a choice.

        If several can be chosen, each correct option earns an equal percentage of the points, and
        each wrong option deducts the same percentage.
        """
        choices = self.entry.choices
        if not self.entry.question.answer["multiple"]:
            return [self._option("=" if one.right else "~", one) for one in choices]
        right = sum(one.right for one in choices)
        if right not in SHARES:
            reason = f"Moodle knows no share of 1 in {right}: let it take the nearest one"
            self.tally.leave(self.entry.id, "share of the mark", reason)
        if self.entry.question.answer["credit"] == "all":
            reason = "GIFT gives a share of the mark for some of the right answers"
            self.tally.leave(self.entry.id, "all or nothing", reason)
        part = share(right)
        return [self._option(f"~%{'' if one.right else '-'}{part}%", one) for one in choices]

    def _option(self, sign: str, one: Choice) -> str:
        feedback = f"#{self._format_text(one.feedback)}" if one.feedback else ""
        return f"{sign}{self._format_text(one.text)}{feedback}"

    def truth(self) -> list[str]:
        """Format the answer to a true-false question; GIFT expects the feedback for a wrong answer
        first."""
        right, wrong = self._feedback("right"), self._feedback("wrong")
        feedback = f"#{wrong}#{right}" if right else f"#{wrong}" if wrong else ""
        return [f"{'T' if self.entry.question.right == 't' else 'F'}{feedback}"]

    def fill_in(self) -> list[str]:
        """Format the accepted texts of a fill-in, then an asterisk, which matches any other answer,
        with the feedback for wrong answers."""
        right, wrong = self._feedback("right"), self._feedback("wrong")
        feedback = f"#{right}" if right else ""
        # With a percentage, Moodle does not parse an answer such as “T” as true or false.
        answers = [f"=%100%{escape(escape_asterisks(one))}{feedback}" for one in self.entry.answers]
        return [*answers, *([f"=%0%*#{wrong}"] if wrong else [])]

    def numeric(self) -> list[str]:
        """Format the correct number with its tolerance, or the range of correct numbers, then the
        feedback for any other number."""
        right, wrong = self._feedback("right"), self._feedback("wrong")
        number = _number(self.entry)
        if not (right or wrong):
            return [number]
        feedback = f"#{right}" if right else ""
        return [f"={number}{feedback}", *([f"~#{wrong}"] if wrong else [])]

    def matching(self) -> list[str]:
        """Format the pairs of a matching question, then its options without an item."""
        if self.entry.question.answer["credit"] == "all":
            reason = "Moodle gives a share of the mark for each pair"
            self.tally.leave(self.entry.id, "all or nothing", reason)
        pairs = [
            f"={self._format_text(left)} -> {escape(right)}" for left, right in self.entry.pairs
        ]
        return [*pairs, *(f"= -> {escape(words)}" for words in self.entry.extras)]

    def reflection(self) -> list[str]:
        """Return an empty list: GIFT marks an essay by empty braces."""
        return []

    def words(self) -> None:
        """Return ``None``: GIFT marks text that asks nothing by the absence of braces."""

    def _list_omissions(self) -> None:
        entry, question = self.entry, self.entry.question
        if question.weight != 1 and entry.kind not in ("words", "reflection"):
            self._leave("weight", "GIFT has none: each question counts 1", f"{question.weight:g}")
        if entry.kind == "reflection":
            reason = (
                "GIFT has none: Moodle gives an essay the mark 1, so somebody has to mark it. Set "
                "its mark to 0 in Moodle, or export Moodle XML"
            )
            self._leave("mark", reason)
        if entry.kind in ("choice", "matching", "reflection"):
            for key in ("right", "partly", "wrong"):
                self._list_feedback(
                    key, "feedback", "GIFT has none for a whole answer of this type"
                )
        else:
            self._list_feedback(
                "partly", "feedback", "GIFT has none for an answer that is right in part"
            )
        self._list_feedback("hint", "hint", "GIFT has none")
        if entry.kind == "choice" and not question.shuffle:
            self._leave("shuffle", "GIFT has no such rule: Moodle shuffles its options")
        if entry.kind == "fill-in" and "case" not in question.answer["forgive"]:
            self._leave("capitals", "GIFT has no such rule: Moodle takes them as it likes")
        for path in dict.fromkeys(path for text in _texts(entry) for path in text.pictures):
            self._leave("picture", "GIFT has no pictures: the file has its alternative text", path)

    def _list_feedback(self, key: str, what: str, reason: str) -> None:
        if text := self.entry.feedback.get(key):
            self._leave(what, reason, text.words)

    def _leave(self, what: str, reason: str, words: str = "") -> None:
        self.tally.leave(self.entry.id, what, reason, words)


def _texts(entry: Entry) -> list[HtmlText]:
    """All texts of an entry that GIFT writes in the same format."""
    choices = entry.choices if entry.kind == "choice" else ()
    feedback = [one.feedback for one in choices if one.feedback]
    lefts = (left for left, _ in entry.pairs)
    options = [one.text for one in choices]
    return [entry.prompt, *options, *feedback, *lefts, *entry.feedback.values()]


def _needs_html(text: HtmlText) -> bool:
    """Whether a text must be written as HTML, because it has markup or Moodle would misread it as
    plain text."""
    words = text.plain
    return (
        words is None
        or words.startswith("[")
        or bool(_LIKE_SHARE.match(words))
        or _has_irregular_spaces(words)
    )


def _has_irregular_spaces(words: str) -> bool:
    """Whether a text has spaces or line breaks that Moodle would drop from plain text."""
    return " ".join(words.split()) != words


def _number(entry: Entry) -> str:
    if entry.is_range:
        return f"{plain_number(entry.least)}..{plain_number(entry.most)}"
    tolerance = f":{plain_number(entry.tolerance)}" if entry.tolerance else ""
    return f"{plain_number(entry.middle)}{tolerance}"


_ANSWERS: Mapping[str, Callable[[_Record], list[str] | None]] = {
    "choice": _Record.choice,
    "true-false": _Record.truth,
    "fill-in": _Record.fill_in,
    "numeric": _Record.numeric,
    "matching": _Record.matching,
    "reflection": _Record.reflection,
    "words": _Record.words,
}
