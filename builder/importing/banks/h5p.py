"""Imports the questions of an H5P package: a zip with `h5p.json` and `content/content.json`
(facts/question-banks.md#h5p). Reads question sets, and questions inside any other content."""

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
from builder.importing.banks.bank import Bank
from builder.importing.banks.bounds import bounded
from builder.importing.banks.texts import Reading, image_without_content
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
"""Maximum size of each JSON file, in bytes."""
PICTURES = 64 << 20
"""Maximum size of all imported images together, in bytes."""
_GAP = re.compile(r"\*([^*\n]+)\*")
"""Matches a gap in a text of H5P, such as `*answer/other answer:tip*`."""
_SPECIAL_CHARACTERS = re.compile(r"[~#}\\]")
_NO_TYPE = "a course has no questions of H5P’s type “{name}”: write it as another one"
_WAY = (
    "Write its questions as multiple choice, true or false, fill in the blanks, drag text, single "
    "choice set or essay in H5P"
)
_TEXTS = ("AdvancedText", "Text")
_UNSUPPORTED_TYPES = frozenset(
    {
        *("MarkTheWords", "DragQuestion", "ImageHotspotQuestion", "ImageMultipleHotspotQuestion"),
        *("Summary", "Crossword", "SortParagraphs", "ImageSequencing", "ImagePair", "MemoryGame"),
        *("Dictation", "SpeakTheWords", "SpeakTheWordsSet", "FindTheWords", "GuessTheAnswer"),
        *("ArithmeticQuiz", "AdvancedBlanks", "ComplexFillTheBlanks", "Flashcards", "Dialogcards"),
        *("MultiMediaChoice", "InformationWall", "FindMultipleHotspots", "FindTheHotspot"),
    }
)
"""Question types of H5P that a course does not have."""


@bounded
def read(path: Path) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Import the questions of an H5P package, or report why it has none. Rejects packages that are
    too large; never raises."""
    position = Position(path.name)
    try:
        with zips.open_zip(path) as archive:
            for much in zips.safety_problems(archive):
                return None, (problem("bank-too-large", position, problem=much),)
            about, content = _json(archive, ABOUT), _json(archive, CONTENT)
            main = str(about.get("mainLibrary", "")) if isinstance(about, dict) else ""
            reader = _PackageReader(archive)
            reader.add({"library": main, "params": content, "metadata": about})
            document = reader.bank.document()
    except (zips.DamagedError, RecursionError, ValueError) as error:
        reason = str(error) if isinstance(error, zips.DamagedError) else "its content is no JSON"
        return None, (problem("bank-damaged", position, problem=reason),)
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
class _PackageReader:
    archive: zips.Archive
    bank: Bank = field(default_factory=Bank)
    number: int = 0
    image_budget: int = PICTURES

    def add(self, content: Any) -> None:
        """Import the texts and questions of a piece of H5P content, and of all content inside
        it."""
        for library, params, title in _pieces(content):
            self.number += 1
            place = Place("content.json", self.number, title[:60])
            take = _KINDS.get(library)
            if take:
                take(self, params, title, place)
            elif library in _TEXTS:
                for block in self._blocks(params.get("text"), place):
                    self.bank.add(block)
            elif library in _UNSUPPORTED_TYPES:
                self.bank.report("question", place, title, _NO_TYPE.format(name=library))

    def _blocks(self, words: Any, place: Place) -> tuple[Block, ...]:
        return self._reading().blocks(words, "html", place) if isinstance(words, str) else ()

    def _line(self, words: Any, place: Place) -> tuple[Inline, ...]:
        return self._reading().line(words, "html", place) if isinstance(words, str) else ()

    def _reading(self) -> Reading:
        return Reading(self.bank, image_without_content)

    def _image_above(self, params: Mapping[str, Any], place: Place) -> tuple[Block, ...]:
        """The image that H5P shows above a question, as a paragraph; empty if there is none.
        ``params`` are the parameters of the question, and ``place`` is its position in the
        package."""
        media = _dict(_dict(params.get("media")).get("type")).get("params")
        file = _dict(_dict(media).get("file"))
        name = f"content/{file.get('path')}"
        if not file.get("path"):
            return ()
        alternative = _dict(media).get("alt")
        member = self.archive.files.get(name)
        content = b""
        if member is not None and member.file_size <= self.image_budget:
            self.image_budget -= member.file_size
            content = self.archive.read(name)
        alternative_text = (
            alternative if isinstance(alternative, str) and alternative.strip() else None
        )
        image = Image(content, name.rpartition(".")[2].lower(), alternative_text, place)
        return (Paragraph((image,), place),)

    def _prompt(self, params: Mapping[str, Any], place: Place) -> tuple[Block, ...]:
        return *self._image_above(params, place), *self._blocks(params.get("question"), place)

    def choice(self, params: Mapping[str, Any], title: str, place: Place) -> None:
        """Import a single-choice or multiple-choice question from its parameters. ``title`` is its
        title, and ``place`` its position in the package."""
        answers = [one for one in _list(params.get("answers")) if isinstance(one, dict)]
        options = []
        for one in answers:
            feedback_data = _dict(one.get("tipsAndFeedback"))
            chosen_feedback = self._line(feedback_data.get("chosenFeedback"), place)
            options.append(
                Option("", self._line(one.get("text"), place), _is(one, "correct"), chosen_feedback)
            )
            for key in ("tip", "notChosenFeedback"):
                if words := text_of(self._blocks(feedback_data.get(key), place)):
                    self.bank.report("tip", place, words, "an option has feedback, and no more")
        behaviour = _dict(params.get("behaviour"))
        shares = [100.0 if option.right else 0.0 for option in options]
        several = behaviour.get("type") == "multi" or sum(map(bool, shares)) > 1
        marked_options, doubts = judging.mark_by_percentage(options, shares, not several)
        self._add_question(
            params,
            Question(
                "choice",
                self._prompt(params, place),
                place,
                options=tuple(marked_options),
                name=title,
                doubts=tuple(doubts),
                several=several and any(shares),
                partial=several and not _is(behaviour, "singlePoint"),
                settings={"shuffle": "no"} if behaviour.get("randomAnswers") is False else {},
                consumed=(title,),
            ),
        )

    def truth(self, params: Mapping[str, Any], title: str, place: Place) -> None:
        """Import a true-false question from its parameters. ``title`` is its title, and ``place``
        its position in the package."""
        right = str(params.get("correct", "")).lower()
        behaviour = _dict(params.get("behaviour"))
        feedback = {
            "right": self._line(behaviour.get("feedbackOnCorrect"), place),
            "wrong": self._line(behaviour.get("feedbackOnWrong"), place),
        }
        is_valid = right in ("true", "false")
        self._add_question(
            params,
            Question(
                "true-false",
                self._prompt(params, place),
                place,
                answers=(right,) if is_valid else (),
                name=title,
                feedback={key: line for key, line in feedback.items() if line},
                consumed=(title,),
            ),
        )

    def choices(self, params: Mapping[str, Any], title: str, place: Place) -> None:
        """Import H5P's “single choice set” from its parameters: questions whose first answer is
        always the correct one. ``title`` is its title, and ``place`` its position in the
        package."""
        self.bank.consumed.append(title)
        for one in _list(params.get("choices")):
            answers = _list(_dict(one).get("answers"))
            options = [
                Option("", self._line(words, place), at == 0) for at, words in enumerate(answers)
            ]
            prompt = self._blocks(_dict(one).get("question"), place)
            self._add_question({}, Question("choice", prompt, place, options=tuple(options)))
        self._report_overall_feedback(params, place)

    def blanks(self, params: Mapping[str, Any], title: str, place: Place) -> None:
        """Import a text with gaps to type into from its parameters. ``title`` is its title, and
        ``place`` its position in the package."""
        exact = _dict(params.get("behaviour")).get("caseSensitive") is not False
        kind = "SHORTANSWER_C" if exact else "SHORTANSWER"

        def gap(answers: list[str]) -> str:
            return f"{{1:{kind}:{'~'.join(f'={one}' for one in answers)}}}"

        texts = [one for one in _list(params.get("questions")) if isinstance(one, str)]
        above = "".join(f"<p>{text_of((block,))}</p>" for block in self._image_above(params, place))
        self._gaps(params, f"{params.get('text') or ''}{above}", texts, title, place, gap)

    def drag(self, params: Mapping[str, Any], title: str, place: Place) -> None:
        """Import a text with gaps to drag words into from its parameters. Each gap becomes a choice
        between all words to drag. ``title`` is the text's title, and ``place`` its position in the
        package."""
        text = params.get("textField")
        written = text if isinstance(text, str) else ""
        distractor_text = params.get("distractors")
        more = _GAP.findall(distractor_text) if isinstance(distractor_text, str) else []
        words = [_answers(found)[0] for found in (*_GAP.findall(written), *more)]

        def gap(answers: list[str]) -> str:
            distractors = dict.fromkeys(word for word in words if word not in answers)
            return f"{{1:MULTICHOICE:={answers[0]}{''.join(f'~{one}' for one in distractors)}}}"

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
        def fill_gap(found: re.Match[str]) -> str:
            tip = found[1].partition(":")[2].strip()
            if tip:
                self.bank.report("tip", place, tip, "a gap has feedback, and no more")
            return str(gap(_answers(found[1])))

        words = "".join((task, *(_GAP.sub(fill_gap, one) for one in texts)))
        whole = cloze.SharedData(title, place)
        self.bank.consumed.append(title)
        cloze.add(self.bank, self._reading(), words, "html", whole)
        self._report_overall_feedback(params, place)

    def essay(self, params: Mapping[str, Any], title: str, place: Place) -> None:
        """Import an essay from its parameters as a reflection, which is not marked. ``title`` is
        its title, and ``place`` its position in the package."""
        for one in _list(params.get("keywords")):
            if word := str(_dict(one).get("keyword") or ""):
                self.bank.report("keyword", place, word, "nobody marks a reflection in a course")
        prompt = self._blocks(params.get("taskDescription"), place)
        self._add_question(
            params, Question("reflection", prompt, place, name=title, consumed=(title,))
        )

    def _add_question(self, params: Mapping[str, Any], question: Question) -> None:
        self.bank.ask(question)
        self._report_overall_feedback(params, question.place)

    def _report_overall_feedback(self, params: Mapping[str, Any], place: Place) -> None:
        for one in _list(params.get("overallFeedback")):
            feedback = _dict(one).get("feedback")
            if isinstance(feedback, str) and feedback.strip():
                reason = "a course has no feedback for a share of the marks"
                self.bank.report("feedback of a quiz", place, feedback, reason)


_KINDS = {
    "MultiChoice": _PackageReader.choice,
    "TrueFalse": _PackageReader.truth,
    "SingleChoiceSet": _PackageReader.choices,
    "Blanks": _PackageReader.blanks,
    "DragText": _PackageReader.drag,
    "Essay": _PackageReader.essay,
}
"""The methods that import the content types of H5P, by type."""


def _pieces(content: Any) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """Walk nested content in order, and yield the type, parameters and title of each piece of
    content. Does not enter the content of a question."""
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
    """Split the answers of a gap, without its tip, and escape the special characters of cloze in
    them."""
    words = written.partition(":")[0]
    parts = [one.strip() for one in words.split("/") if one.strip()] or [words.strip()]
    return [_SPECIAL_CHARACTERS.sub(r"\\\g<0>", one) for one in parts]


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _is(value: Mapping[str, Any], key: str) -> bool:
    return value.get(key) is True
