"""Imports Aiken: a question, answers that start with `A)` or `A.`, and `ANSWER: B`
(facts/question-banks.md#aiken).

Accepts more than Moodle does: letters in lower case, answers of several lines, several right
letters. Lines that belong to no question become text, with a warning. If the right answer is in
doubt, no answer is marked as right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.importing.banks import files
from builder.importing.banks.bank import Bank, line_place, plain_line, shorten
from builder.importing.banks.bounds import bounded
from builder.importing.document.form import Break, Document, Inline, Option, Paragraph, Question

_OPTION = re.compile(r"([A-Za-z])(?:\)[ \t]*|\.(?:[ \t]+|$))(.*)")
_ANSWER = re.compile(r"ANSWER[ \t]*:[ \t]*(.*)", re.IGNORECASE)
_LETTERS = re.compile(r"[A-Za-z](?:[ \t]*[,;&+][ \t]*[A-Za-z])*[).]?")
_ISOLATED = "there are no answers below it"
_JOIN = "If it belongs to the question below, delete the empty line between them"
_AFTER_ANSWER = "Aiken has no text after the answer"
_EXPLAIN = "Delete the line, and write the explanation into the course, as “explanation:”"
_ADD_ANSWERS = "Write its answers between the two, each with a letter such as “A.”"
_NO_ANSWERS_ABOVE = "there are no answers above it"


@dataclass(slots=True)
class _Draft:
    """A question while its lines are collected. ``prompt`` has its lines with their numbers.
    ``answer`` is the text after ``ANSWER:``, ``None`` without such a line, and ``at`` the number of
    that line. ``follows_answer`` is true if the question starts directly below the ``ANSWER:`` line
    of another question."""

    prompt: list[tuple[int, str]] = field(default_factory=list)
    options: list[_LetteredAnswer] = field(default_factory=list)
    answer: str | None = None
    at: int = 0
    follows_answer: bool = False

    @property
    def line(self) -> int:
        return self.prompt[0][0] if self.prompt else self.options[0].line


@dataclass(slots=True)
class _LetteredAnswer:
    letter: str
    mark: str
    words: str
    line: int


@bounded
def read(path: Path, named: bool = False) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Import the questions of an Aiken file, or report why it has none. ``named`` is true if the
    author named the format with ``--from``, so it need not be detected. Rejects files that are too
    large; never raises."""
    words, problems = files.read_bank(path, named)
    if words is None:
        return None, problems
    reader = _AikenReader(path.name)
    for draft in reader.drafts(words):
        reader.add(draft)
    return reader.bank.document(), (*problems, *reader.problems)


class _AikenReader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.bank = Bank()
        self.problems: list[Diagnostic] = []

    def drafts(self, words: str) -> Iterator[_Draft]:
        """Split the text of a file, ``words``, into questions. Each ends with its ``ANSWER:`` line,
        or where the next question starts."""
        draft, after_blank = _Draft(), False
        for number, raw in enumerate(words.split("\n"), start=1):
            line = raw.strip(" \t\ufeff\f\v")
            if not line:
                after_blank = True
                draft.follows_answer = draft.follows_answer and bool(draft.prompt)
                continue
            answer, option = _ANSWER.fullmatch(line), _OPTION.fullmatch(line)
            if answer:
                draft.answer, draft.at = answer[1], number
                draft.prompt = draft.prompt or ([(number, line)] if not draft.options else [])
                yield draft
                draft = _Draft(follows_answer=True)
            elif option and (draft.prompt or draft.options):
                letter = option[1].upper()
                mark = line[: option.start(2)].strip()
                draft.options.append(_LetteredAnswer(letter, mark, option[2], number))
            elif after_blank and (draft.prompt or draft.options):
                yield draft
                draft = _Draft(prompt=[(number, line)])
            elif draft.options:
                draft.options[-1].words += f" {line}"
            else:
                draft.prompt.append((number, line))
            after_blank = False
        if draft.prompt or draft.options:
            yield draft

    def add(self, draft: _Draft) -> None:
        """Add a question to the bank; lines without answers are added as text."""
        if not draft.options:
            self._add_text(draft)
            return
        right, doubts = self._right_indexes(draft)
        prompt: list[Inline] = []
        for _, line in draft.prompt:
            prompt += [Break(), *plain_line(line)] if prompt else plain_line(line)
        place = line_place(draft.line, draft.prompt[0][1])
        options = [
            Option(offer.mark, plain_line(offer.words.strip()), at in right)
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

    def _add_text(self, draft: _Draft) -> None:
        """Import lines without answers, such as a title, as text, with a warning for each line."""
        for number, line in draft.prompt:
            if number == draft.at:
                continue
            self.bank.add(Paragraph(plain_line(line), line_place(number, line)))
            why, way = (_AFTER_ANSWER, _EXPLAIN) if draft.follows_answer else (_ISOLATED, _JOIN)
            way = way if draft.answer is None else _ADD_ANSWERS
            self._warn(number, f"“{shorten(line)}” is text on the page: {why}", way)
        if draft.answer is not None:
            line = f"ANSWER: {draft.answer}"
            self.bank.report("answer", line_place(draft.at, line), line, _NO_ANSWERS_ABOVE)
            self.bank.consumed.append(line)
            self._warn(
                draft.at, f"“{shorten(line)}” is not imported: {_NO_ANSWERS_ABOVE}", _ADD_ANSWERS
            )

    def _warn(self, number: int, message: str, way: str) -> None:
        position = Position(self.name, number)
        self.problems.append(problem("bank-line", position, problem=message, way=way))

    def _right_indexes(self, draft: _Draft) -> tuple[set[int], list[str]]:
        """The indexes of the correct options of a question, and the doubts, which are sentences for
        the author. If there is a doubt, no index is returned, and a warning is added."""
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
        right_letters = set(re.findall(r"[A-Z]", draft.answer.upper()))
        return {at for at, letter in enumerate(letters) if letter in right_letters}, []

    @staticmethod
    def _doubt(draft: _Draft, letters: list[str]) -> str:
        answer = draft.answer or ""
        if not _LETTERS.fullmatch(answer):
            return f"“ANSWER: {shorten(answer)}” is not the letter of an answer"
        for letter in re.findall(r"[A-Z]", answer.upper()):
            if letters.count(letter) > 1:
                return f"Several answers have the letter {letter}: either one may be right"
            if letter not in letters:
                return f"No answer has the letter {letter}"
        return ""
