"""Questions of an H5P package: a zip with `h5p.json` and `content/content.json`
(facts/question-banks.md#h5p). Question sets, and questions within any other content."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from builder.base import zips
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.importing.banks import cloze, judging
from builder.importing.banks.bounds import bounded
from builder.importing.banks.making import Bank
from builder.importing.banks.texts import Reading, nothing_inside
from builder.importing.document.form import (
    Block,
    Document,
    Image,
    Inline,
    Option,
    Paragraph,
    Place,
    Question,
)
from builder.importing.document.tally import text as text_of

CONTENT = "content/content.json"
ABOUT = "h5p.json"
MOST = 8 << 20
"""Bytes of the content."""
PICTURES = 64 << 20
"""Bytes of all pictures that are shown."""
_GAP = re.compile(r"\*([^*\n]+)\*")
"""A gap of H5P: its answers with `/` between them, and a tip behind `:`."""
_STEERS = re.compile(r"[~#}\\]")
_NO_TYPE = "a course has no questions of H5P’s type “{name}”: write it as another one"
_WAY = (
    "Write its questions as multiple choice, true or false, fill in the blanks, drag text, single "
    "choice set or essay in H5P"
)
_TEXTS = ("AdvancedText", "Text")
_ASKS = frozenset(
    {
        *("MarkTheWords", "DragQuestion", "ImageHotspotQuestion", "ImageMultipleHotspotQuestion"),
        *("Summary", "Crossword", "SortParagraphs", "ImageSequencing", "ImagePair", "MemoryGame"),
        *("Dictation", "SpeakTheWords", "SpeakTheWordsSet", "FindTheWords", "GuessTheAnswer"),
        *("ArithmeticQuiz", "AdvancedBlanks", "ComplexFillTheBlanks", "Flashcards", "Dialogcards"),
        *("MultiMediaChoice", "InformationWall", "FindMultipleHotspots", "FindTheHotspot"),
    }
)
"""Types that ask for something that a course cannot ask for."""


@bounded
def read(path: Path) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """The questions of a package, or why there are none. Bounded, and never raises."""
    position = Position(path.name)
    try:
        with zips.open_zip(path) as archive:
            for much in zips.safety_problems(archive):
                return None, (problem("bank-too-large", position, problem=much),)
            about, content = _json(archive, ABOUT), _json(archive, CONTENT)
            main = str(about.get("mainLibrary", "")) if isinstance(about, dict) else ""
            reader = _Reader(archive)
            reader.add({"library": main, "params": content, "metadata": about})
            document = reader.bank.document()
    except (zips.DamagedError, RecursionError, ValueError) as error:
        wrong = str(error) if isinstance(error, zips.DamagedError) else "its content is no JSON"
        return None, (problem("bank-damaged", position, problem=wrong),)
    if not document.blocks:
        name = " ".join(main.split()).removeprefix("H5P.")[:40]
        kind = f"H5P content of the type “{name}”, without a question that a course can ask"
        return None, (problem("bank-format", position, kind=kind, way=_WAY),)
    return document, ()


def _json(archive: zips.Archive, name: str) -> Any:
    if name not in archive.files:
        raise zips.DamagedError(f"it has no “{name}”")
    if archive.files[name].file_size > MOST:
        raise zips.DamagedError(f"“{name}” is larger than {MOST >> 20} MB")
    return json.loads(archive.read(name).decode("utf-8-sig"))


@dataclass(slots=True)
class _Reader:
    archive: zips.Archive
    bank: Bank = field(default_factory=Bank)
    number: int = 0
    room: int = PICTURES

    def add(self, content: Any) -> None:
        """Take over a piece of content, and what stands in it."""
        for library, params, title in _pieces(content):
            self.number += 1
            place = Place("content.json", self.number, title[:60])
            take = _KINDS.get(library)
            if take:
                take(self, params, title, place)
            elif library in _TEXTS:
                for block in self._blocks(params.get("text"), place):
                    self.bank.add(block)
            elif library in _ASKS:
                self.bank.leave("question", place, title, _NO_TYPE.format(name=library))

    def _blocks(self, words: Any, place: Place) -> tuple[Block, ...]:
        return self._reading().blocks(words, "html", place) if isinstance(words, str) else ()

    def _line(self, words: Any, place: Place) -> tuple[Inline, ...]:
        return self._reading().line(words, "html", place) if isinstance(words, str) else ()

    def _reading(self) -> Reading:
        return Reading(self.bank, nothing_inside)

    def _above(self, params: Mapping[str, Any], place: Place) -> tuple[Block, ...]:
        """The picture that stands above a question."""
        media = _dict(_dict(params.get("media")).get("type")).get("params")
        file = _dict(_dict(media).get("file"))
        name = f"content/{file.get('path')}"
        if not file.get("path"):
            return ()
        alternative = _dict(media).get("alt")
        member = self.archive.files.get(name)
        content = b""
        if member is not None and member.file_size <= self.room:
            self.room -= member.file_size
            content = self.archive.read(name)
        told = alternative if isinstance(alternative, str) and alternative.strip() else None
        image = Image(content, name.rpartition(".")[2].lower(), told, place)
        return (Paragraph((image,), place),)

    def choice(self, params: Mapping[str, Any], title: str, place: Place) -> None:
        """A question with options."""
        answers = [one for one in _list(params.get("answers")) if isinstance(one, dict)]
        options = []
        for one in answers:
            told = _dict(one.get("tipsAndFeedback"))
            said = self._line(told.get("chosenFeedback"), place)
            options.append(
                Option("", self._line(one.get("text"), place), _is(one, "correct"), said)
            )
            for key in ("tip", "notChosenFeedback"):
                if words := text_of(self._blocks(told.get(key), place)):
                    self.bank.leave("tip", place, words, "an option has feedback, and no more")
        behaviour = _dict(params.get("behaviour"))
        shares = [100.0 if option.right else 0.0 for option in options]
        several = behaviour.get("type") == "multi" or sum(map(bool, shares)) > 1
        judged, doubts = judging.by_shares(options, shares, not several)
        self._ask(
            params,
            Question(
                "choice",
                (*self._above(params, place), *self._blocks(params.get("question"), place)),
                place,
                options=tuple(judged),
                name=title,
                doubts=tuple(doubts),
                several=several and any(shares),
                partial=several and not _is(behaviour, "singlePoint"),
                settings={"shuffle": "no"} if behaviour.get("randomAnswers") is False else {},
                consumed=(title,),
            ),
        )

    def truth(self, params: Mapping[str, Any], title: str, place: Place) -> None:
        """True or false."""
        right = str(params.get("correct", "")).lower()
        behaviour = _dict(params.get("behaviour"))
        feedback = {
            "right": self._line(behaviour.get("feedbackOnCorrect"), place),
            "wrong": self._line(behaviour.get("feedbackOnWrong"), place),
        }
        sure = right in ("true", "false")
        self._ask(
            params,
            Question(
                "true-false",
                (*self._above(params, place), *self._blocks(params.get("question"), place)),
                place,
                answers=(right,) if sure else (),
                name=title,
                feedback={key: line for key, line in feedback.items() if line},
                consumed=(title,),
            ),
        )

    def choices(self, params: Mapping[str, Any], title: str, place: Place) -> None:
        """Questions of which the first answer is right."""
        self.bank.consumed.append(title)
        for one in _list(params.get("choices")):
            answers = _list(_dict(one).get("answers"))
            options = [
                Option("", self._line(words, place), at == 0) for at, words in enumerate(answers)
            ]
            prompt = self._blocks(_dict(one).get("question"), place)
            self._ask({}, Question("choice", prompt, place, options=tuple(options)))
        self._overall(params, place)

    def blanks(self, params: Mapping[str, Any], title: str, place: Place) -> None:
        """Gaps that are typed in."""
        exact = _dict(params.get("behaviour")).get("caseSensitive") is not False
        kind = "SHORTANSWER_C" if exact else "SHORTANSWER"

        def gap(answers: list[str]) -> str:
            return f"{{1:{kind}:{'~'.join(f'={one}' for one in answers)}}}"

        texts = [one for one in _list(params.get("questions")) if isinstance(one, str)]
        above = "".join(f"<p>{text_of((block,))}</p>" for block in self._above(params, place))
        self._gaps(params, f"{params.get('text') or ''}{above}", texts, title, place, gap)

    def drag(self, params: Mapping[str, Any], title: str, place: Place) -> None:
        """Gaps into which words are dragged: each is a choice between all of them."""
        text = params.get("textField")
        written = text if isinstance(text, str) else ""
        others = params.get("distractors")
        more = _GAP.findall(others) if isinstance(others, str) else []
        words = [_answers(found)[0] for found in (*_GAP.findall(written), *more)]

        def gap(answers: list[str]) -> str:
            wrong = dict.fromkeys(word for word in words if word not in answers)
            return f"{{1:MULTICHOICE:={answers[0]}{''.join(f'~{one}' for one in wrong)}}}"

        lines = [f"<p>{line}</p>" for line in written.split("\n") if line.strip()]
        self._gaps(params, str(params.get("taskDescription") or ""), lines, title, place, gap)

    def _gaps(
        self,
        params: Mapping[str, Any],
        task: str,
        texts: list[str],
        title: str,
        place: Place,
        gap: Any,
    ) -> None:
        def filled(found: re.Match[str]) -> str:
            tip = found[1].partition(":")[2].strip()
            if tip:
                self.bank.leave("tip", place, tip, "a gap has feedback, and no more")
            return str(gap(_answers(found[1])))

        words = "".join((task, *(_GAP.sub(filled, one) for one in texts)))
        whole = cloze.Whole(title, place)
        self.bank.consumed.append(title)
        cloze.add(self.bank, self._reading(), words, "html", whole)
        self._overall(params, place)

    def essay(self, params: Mapping[str, Any], title: str, place: Place) -> None:
        """Words that nobody marks."""
        for one in _list(params.get("keywords")):
            if word := str(_dict(one).get("keyword") or ""):
                self.bank.leave("keyword", place, word, "nobody marks a reflection in a course")
        prompt = self._blocks(params.get("taskDescription"), place)
        self._ask(params, Question("reflection", prompt, place, name=title, consumed=(title,)))

    def _ask(self, params: Mapping[str, Any], question: Question) -> None:
        self.bank.ask(question)
        self._overall(params, question.place)

    def _overall(self, params: Mapping[str, Any], place: Place) -> None:
        for one in _list(params.get("overallFeedback")):
            said = _dict(one).get("feedback")
            if isinstance(said, str) and said.strip():
                reason = "a course says nothing of a share of the marks"
                self.bank.leave("feedback of a quiz", place, said, reason)


_KINDS = {
    "MultiChoice": _Reader.choice,
    "TrueFalse": _Reader.truth,
    "SingleChoiceSet": _Reader.choices,
    "Blanks": _Reader.blanks,
    "DragText": _Reader.drag,
    "Essay": _Reader.essay,
}
"""By H5P's types, what reads them."""


def _pieces(content: Any) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """Contents with their type, settings and title, in their order; those in a question are its
    own."""
    if isinstance(content, list):
        for one in content:
            yield from _pieces(one)
        return
    if not isinstance(content, dict):
        return
    library, params = content.get("library"), content.get("params")
    if isinstance(library, str) and isinstance(params, dict):
        name = library.split()[0].removeprefix("H5P.") if library.split() else ""
        title = _dict(content.get("metadata")).get("title")
        yield name, params, title if isinstance(title, str) else ""
        if name in _KINDS:
            return
    for one in content.values():
        yield from _pieces(one)


def _answers(written: str) -> list[str]:
    """The answers of a gap, with what steers in a cloze escaped."""
    words = written.partition(":")[0]
    parts = [one.strip() for one in words.split("/") if one.strip()] or [words.strip()]
    return [_STEERS.sub(r"\\\g<0>", one) for one in parts]


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _is(value: Mapping[str, Any], key: str) -> bool:
    return value.get(key) is True
