"""Imports Aiken: a question, answers that start with `A)` or `A.`, and `ANSWER: B`
(facts/question-banks.md#aiken).

Also reads what Moodle does not: small letters, answers of several lines, several right letters. Any
other line is reported. If the right answer is in doubt, no answer is marked as right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.importing.banks import files
from builder.importing.banks.bounds import bounded
from builder.importing.banks.making import Bank, at, said, shown
from builder.importing.document.form import Break, Document, Inline, Option, Paragraph, Question

_OPTION = re.compile(r"([A-Za-z])(?:\)[ \t]*|\.(?:[ \t]+|$))(.*)")
_ANSWER = re.compile(r"ANSWER[ \t]*:[ \t]*(.*)", re.IGNORECASE)
_LETTERS = re.compile(r"[A-Za-z](?:[ \t]*[,;&+][ \t]*[A-Za-z])*[).]?")
_APART = "it stands by itself, with no answers below it"
_JOIN = "If it belongs to the question below, delete the empty line between them"
_BEHIND = "it stands behind an answer, where Aiken has nothing"
_EXPLAIN = "Delete the line, and write what explains an answer into the course, as “explanation:”"
_WITHOUT = "Write its answers between the two, each with a letter such as “A.”"
_UNANSWERED = "it says which answer is right, and no answers stand above it"


@dataclass(slots=True)
class _Draft:
    """A question while its lines are collected, with their numbers. ``behind`` is whether it starts
    directly below the ``ANSWER:`` of another question."""

    prompt: list[tuple[int, str]] = field(default_factory=list)
    options: list[_Offer] = field(default_factory=list)
    answer: str | None = None
    at: int = 0
    behind: bool = False

    @property
    def line(self) -> int:
        return self.prompt[0][0] if self.prompt else self.options[0].line


@dataclass(slots=True)
class _Offer:
    letter: str
    mark: str
    words: str
    line: int


@bounded
def read(path: Path, named: bool = False) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Import the questions of a file, or report why it has none. ``named`` skips the detection of
    the format. Bounded; never raises."""
    words, problems = files.read_bank(path, named)
    if words is None:
        return None, problems
    reader = _Reader(path.name)
    for draft in reader.drafts(words):
        reader.add(draft)
    return reader.bank.document(), (*problems, *reader.problems)


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.bank = Bank()
        self.problems: list[Diagnostic] = []

    def drafts(self, words: str) -> Iterator[_Draft]:
        """Split a file into questions, each up to its ``ANSWER:`` or the start of the next."""
        draft, apart = _Draft(), False
        for number, raw in enumerate(words.split("\n"), start=1):
            line = raw.strip(" \t\ufeff\f\v")
            if not line:
                apart = True
                draft.behind = draft.behind and bool(draft.prompt)
                continue
            found, option = _ANSWER.fullmatch(line), _OPTION.fullmatch(line)
            if found:
                draft.answer, draft.at = found[1], number
                draft.prompt = draft.prompt or ([(number, line)] if not draft.options else [])
                yield draft
                draft = _Draft(behind=True)
            elif option and (draft.prompt or draft.options):
                letter = option[1].upper()
                mark = line[: option.start(2)].strip()
                draft.options.append(_Offer(letter, mark, option[2], number))
            elif apart and (draft.prompt or draft.options):
                yield draft
                draft = _Draft(prompt=[(number, line)])
            elif draft.options:
                draft.options[-1].words += f" {line}"
            else:
                draft.prompt.append((number, line))
            apart = False
        if draft.prompt or draft.options:
            yield draft

    def add(self, draft: _Draft) -> None:
        """Import a question, or report lines that are not one."""
        if not draft.options:
            self._text(draft)
            return
        right, doubts = self._right(draft)
        prompt: list[Inline] = []
        for _, line in draft.prompt:
            prompt += [Break(), *said(line)] if prompt else said(line)
        place = at(draft.line, draft.prompt[0][1])
        options = [
            Option(offer.mark, said(offer.words.strip()), at in right)
            for at, offer in enumerate(draft.options)
        ]
        spent = [offer.mark for offer in draft.options]
        spent += [f"ANSWER: {draft.answer}"] if draft.answer is not None else []
        question = Question(
            kind="choice",
            prompt=(Paragraph(tuple(prompt), place),),
            place=place,
            options=tuple(options),
            doubts=tuple(doubts),
            consumed=tuple(spent),
        )
        if why := self.bank.ask(question):
            self._warn(draft.line, f"This cannot be asked: {why}", "Write it with its answers")

    def _text(self, draft: _Draft) -> None:
        """Import lines without answers, such as a title, as text."""
        for number, line in draft.prompt:
            if number == draft.at:
                continue
            self.bank.add(Paragraph(said(line), at(number, line)))
            why, way = (_BEHIND, _EXPLAIN) if draft.behind else (_APART, _JOIN)
            way = way if draft.answer is None else _WITHOUT
            self._warn(number, f"“{shown(line)}” is text on the page: {why}", way)
        if draft.answer is not None:
            line = f"ANSWER: {draft.answer}"
            self.bank.leave("answer", at(draft.at, line), line, _UNANSWERED)
            self.bank.consumed.append(line)
            self._warn(draft.at, f"“{shown(line)}” is not taken over: {_UNANSWERED}", _WITHOUT)

    def _warn(self, number: int, wrong: str, way: str) -> None:
        position = Position(self.name, number)
        self.problems.append(problem("bank-line", position, problem=wrong, way=way))

    def _right(self, draft: _Draft) -> tuple[set[int], list[str]]:
        """Indexes of the right answers, and the doubts; if there is a doubt, no answer is right."""
        letters = [offer.letter for offer in draft.options]
        if draft.answer is None:
            last = draft.options[-1].line
            way = "Write “ANSWER:” and its letter below the last answer"
            self._warn(last, "No line “ANSWER:” says which answer is right", way)
            return set(), ["No line “ANSWER:” says which answer is right."]
        doubt = self._doubt(draft, letters)
        if doubt:
            way = "Write “ANSWER:” and the letter of an answer, once for each question"
            self._warn(draft.at, doubt, way)
            return set(), [f"{doubt}."]
        told = set(re.findall(r"[A-Z]", draft.answer.upper()))
        return {at for at, letter in enumerate(letters) if letter in told}, []

    @staticmethod
    def _doubt(draft: _Draft, letters: list[str]) -> str:
        answer = draft.answer or ""
        if not _LETTERS.fullmatch(answer):
            return f"“ANSWER: {shown(answer)}” names no letter of an answer"
        for letter in re.findall(r"[A-Z]", answer.upper()):
            if letters.count(letter) > 1:
                return f"Several answers have the letter {letter}: either one may be right"
            if letter not in letters:
                return f"No answer has the letter {letter}"
        return ""
