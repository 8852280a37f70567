"""Imports Moodle XML, Moodle's lossless format for question banks
(facts/question-banks.md#moodle-xml), and the questions of Moodle backups. Questions of types that a
course does not have are kept as text."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from operator import itemgetter
from pathlib import Path

from builder.diagnostics.diagnostic import Diagnostic
from builder.importing.banks import cloze, judging, moodle_backup
from builder.importing.banks.bank import (
    UNSURE,
    Bank,
    Draft,
    display_category,
    id_source,
    join_lines,
    line_place,
    parse_mark,
    parse_weight,
)
from builder.importing.banks.bounds import bounded
from builder.importing.banks.moodle_texts import (
    Children,
    FormattedText,
    child_text,
    children,
    formatted_text,
    parse,
    plain,
    value,
)
from builder.importing.banks.texts import Reading
from builder.importing.banks.xml import Element
from builder.importing.document.form import (
    Block,
    Document,
    Image,
    Inline,
    Option,
    Place,
    flat,
    words_of,
)

KINDS = {
    "multichoice": "choice",
    "multichoiceset": "choice",
    "truefalse": "true-false",
    "shortanswer": "fill-in",
    "numerical": "numeric",
    "matching": "matching",
    "ddmatch": "matching",
    "essay": "reflection",
    "ordering": "sequencing",
}
"""The question types of a course, by the names of Moodle's types."""
_CLOZE = ("cloze", "multianswer")
_FEEDBACK = {
    "correctfeedback": "right",
    "partiallycorrectfeedback": "partly",
    "incorrectfeedback": "wrong",
    "generalfeedback": "explanation",
}
_REPORTED = {"responsetemplate": "template of an answer", "graderinfo": "note for markers"}
_NO_PLACE = "a reflection has none in a course"
_RANDOM = "random"
_RANDOM_REASON = "Moodle draws another question of the bank in its place: write “draw:” in a quiz"
_DEFAULT = re.compile(r"The default category for questions shared in context '.*'\.")
"""Matches the description of a category that Moodle has created itself."""
_BY_MOODLE = re.compile(r"\s*question: [0-9]+\s*")


@bounded
def read(path: Path, named: bool = False) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Import the questions of a Moodle XML file, or report why it has none. ``named`` is true if
    the author named the format with ``--from``, so it need not be detected. Rejects files that are
    too large; never raises."""
    root, problems = parse(path, named)
    if root is None:
        return None, problems
    reader = _MoodleXmlReader()
    for element in root:
        reader.add(element)
    return reader.document(), problems


@bounded
def read_backup(path: Path) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Import the questions of a Moodle course backup, or report why it has none. Rejects backups
    that are too large; never raises."""
    found, problems = moodle_backup.elements(path)
    if found is None:
        return None, problems
    reader = _MoodleXmlReader()
    for element in found:
        reader.add(element)
    return reader.document(), problems


class _MoodleXmlReader:
    def __init__(self) -> None:
        self.bank = Bank()
        self.category = ""
        self.penalties: list[Place] = []
        self.doubts: list[str] = []
        """Sentences from comments that say what is undecided about the next question."""

    def add(self, element: Element) -> None:
        """Import a child of the root element: a comment, a category or a question. Reports any
        other element."""
        place = line_place(element.sourceline or 0, "")
        if not isinstance(element.tag, str):
            comment = element.text or ""
            if unsure := UNSURE.fullmatch(comment):
                self.doubts.append(" ".join(unsure[1].split()))
                return
            if comment.strip() and not _BY_MOODLE.fullmatch(comment):
                reason = "it is a note for authors, and not part of the course"
                self.bank.report("comment", place, comment, reason)
            return
        kind = element.get("type", "")
        if element.tag == "question" and kind == "category":
            self._categorise(element, place)
        elif element.tag == "question":
            self._add_question(element, kind)
            self.doubts = []
        else:
            words = " ".join("".join(element.itertext()).split())
            if words:
                self.bank.report(str(element.tag), place, words, "it is not a question")

    def document(self) -> Document:
        """Return the imported bank as a document. Also reports that penalties for further tries are
        not imported."""
        if self.penalties:
            many = len(self.penalties)
            reason = (
                f"{many:,} of the questions take off marks for each try; a course has no such rule"
            )
            self.bank.report("penalty", self.penalties[0], "", reason)
        return self.bank.document()

    def _categorise(self, element: Element, place: Place) -> None:
        parts = children(element)
        written = value(parts, "category")
        self.category = display_category(written)
        self.bank.start_category(self.category, written, place)
        if number := value(parts, "idnumber"):
            self.bank.report("ID number", place, number, "a category has none in a course")
        info = child_text(parts, "info")
        if _DEFAULT.fullmatch(html.unescape(info.words)):
            self.bank.consumed.append(info.words)
            return
        for block in self._blocks(info, place):
            self.bank.add(block, self.category)

    def _add_question(self, element: Element, kind: str) -> None:
        parts = children(element)
        question_text = child_text(parts, "questiontext")
        written = value(parts, "name")
        place = line_place(element.sourceline or 0, written)
        name = id_source(self.bank, place, value(parts, "idnumber"), written)
        self.bank.consumed += (written,) if name != written else ()
        if kind in _CLOZE:
            self._cloze(parts, question_text, place, name)
            return
        prompt = self._blocks(question_text, place)
        if kind == "description":
            blocks = (*prompt, *self._blocks(child_text(parts, "generalfeedback"), place))
            self.bank.describe(blocks, place, self.doubts, self.category)
            self.bank.consumed.append(name)
        elif kind == _RANDOM:
            self.bank.report("question", place, name, _RANDOM_REASON)
            self.bank.consumed += (name, question_text.words)
        elif kind not in KINDS:
            why = f"a course has no questions of Moodle's type “{kind or 'without a name'}”"
            blocks = (*prompt, *self._other_texts(element, place))
            self.bank.keep("", blocks, place, why, self.category)
            self.bank.consumed += (name, *_tags(parts))
        else:
            self._question(parts, kind, prompt, place, name)

    def _cloze(
        self, parts: Children, question_text: FormattedText, place: Place, name: str
    ) -> None:
        """Import a text with gaps, each of which becomes a question. ``parts`` are the child
        elements of the question, ``place`` is its position in the file, and ``name`` its name."""
        tags = ((self.category,) if self.category else ()) + _tags(parts)
        feedback = self._feedback(parts, place, {})
        whole = cloze.SharedData(name, place, tags, feedback, tuple(self._doubts(parts)))
        if parse_mark(value(parts, "penalty")):
            self.penalties.append(place)
        cloze.add(
            self.bank,
            Reading(self.bank, question_text.find_image),
            question_text.words,
            question_text.form,
            whole,
            self.category,
        )
        self.bank.consumed += (name, *_tags(parts))

    def _doubts(self, parts: Children) -> Iterator[str]:
        yield from self.doubts
        if value(parts, "hidden") == "1":
            yield "Moodle hides this question: it may be one that nobody uses."

    def _question(
        self, parts: Children, kind: str, prompt: tuple[Block, ...], place: Place, name: str
    ) -> None:
        read_answers = _BY_MOODLES_TYPE.get(kind) or _KINDS[KINDS[kind]]
        draft = read_answers(self, parts, place)
        draft.feedback |= self._feedback(parts, place, draft.feedback)
        question_tags = _tags(parts)
        tags = ((self.category,) if self.category else ()) + question_tags
        draft.doubts += self._doubts(parts)
        if parse_mark(value(parts, "penalty")):
            self.penalties.append(place)
        for tag, what in _REPORTED.items():
            if line := self._line(child_text(parts, tag), place):
                self.bank.report(what, place, words_of(line), _NO_PLACE)
        question = draft.question(
            KINDS[kind],
            prompt,
            place,
            name=name,
            tags=tags,
            weight=parse_weight(value(parts, "defaultgrade")),
            consumed=(name, *question_tags),
        )
        self.bank.ask(question, self.category)

    def _feedback(
        self, parts: Children, place: Place, own: dict[str, tuple[Inline, ...]]
    ) -> dict[str, tuple[Inline, ...]]:
        """Read the hints and the feedback of a question as a whole, by feedback key. ``parts`` are
        the child elements of the question, and ``place`` is its position in the file. ``own`` is
        the feedback of its single answers; the text for the same key is appended to it."""
        found = {}
        for tag, key in _FEEDBACK.items():
            line = self._line(child_text(parts, tag), place)
            found[key] = join_lines(own.get(key, ()), line)
        hints = parts.get("hint", ())
        found["hint"] = join_lines(*(self._line(formatted_text(hint), place) for hint in hints))
        return {key: line for key, line in found.items() if line}

    def _other_texts(self, element: Element, place: Place) -> Iterator[Block]:
        """The texts of a question of an unknown type that are not its prompt, name, tags or notes
        for markers. Settings of random numbers in formulas are left out. ``place`` is the position
        of the question in the file."""
        steering = {one for each in element.iter("dataset_definition") for one in each.iter("text")}
        for one in element.iter("text"):
            around = one.getparent()
            if one not in steering and around.tag not in (
                "questiontext",
                "name",
                "tag",
                *_REPORTED,
            ):
                yield from self._blocks(formatted_text(around), place)

    def _blocks(self, source: FormattedText, place: Place) -> tuple[Block, ...]:
        if not source.words and not source.files:
            return ()
        for name in source.files:
            if not source.shows_image(name):
                self.bank.report("embedded file", place, name, "no text shows it as a picture")
        return Reading(self.bank, source.find_image).blocks(source.words, source.form, place)

    def _line(self, source: FormattedText, place: Place) -> tuple[Inline, ...]:
        return flat(self._blocks(source, place))

    def choice(self, parts: Children, place: Place) -> Draft:
        """Read the options of a choice, and the percentage of the mark that each option earns.
        ``parts`` are the child elements of the question, and ``place`` is its position in the
        file."""
        draft = judging.choice_draft(self._options(parts, place), _has_one_answer(parts))
        _keep_order(draft, parts)
        return draft

    def _options(self, parts: Children, place: Place) -> list[Option]:
        options = []
        for answer in parts.get("answer", ()):
            line = self._line(formatted_text(answer), place)
            feedback = self._line(formatted_text(_feedback_of(answer)), place)
            if line or feedback:
                share = _share(answer)
                options.append(Option("", line, False, feedback, f"{share:g}" if share else ""))
        return options

    def choice_set(self, parts: Children, place: Place) -> Draft:
        """Read the options of a question of Moodle's plug-in “all or nothing”, which always takes
        several answers. ``parts`` are its child elements, and ``place`` is its position in the
        file."""
        draft = judging.choice_draft(self._options(parts, place), single=False)
        draft.partial = False
        _keep_order(draft, parts)
        return draft

    def truth(self, parts: Children, place: Place) -> Draft:
        """Read the answer of a true-false question, and the feedback for right and wrong answers.
        ``parts`` are the child elements of the question, and ``place`` is its position in the
        file."""
        draft = Draft()
        answers = parts.get("answer", ())
        rights = [one for one in answers if _share(one) >= judging.FULL]
        if len(rights) == 1 and (word := _text(rights[0]).lower()) in ("true", "false"):
            draft.answers.append(word)
        else:
            draft.doubts.append("Nothing says whether this is true.")
        for answer in answers:
            line = self._line(formatted_text(_feedback_of(answer)), place)
            key = "right" if answer in rights else "wrong"
            draft.add_feedback(key, line)
            draft.consumed.append(_text(answer))
        return draft

    def _typed_answers(self, parts: Children, place: Place) -> list[judging.TypedAnswer]:
        found = []
        for answer in parts.get("answer", ()):
            inside = children(answer)
            words = value(inside, "text")
            if words != "*" and (tolerance := value(inside, "tolerance")):
                words = f"{words}:{tolerance}"
            feedback = self._line(child_text(inside, "feedback"), place)
            if words:
                found.append(judging.TypedAnswer(words, _share(answer), feedback))
        return found

    def fill_in(self, parts: Children, place: Place) -> Draft:
        """Read the answers of a short-answer question. ``parts`` are the child elements of the
        question, and ``place`` is its position in the file."""
        draft = judging.typed_draft(self._typed_answers(parts, place))
        if value(parts, "usecase") == "1":
            draft.settings["forgive"] = ("spaces",)
        return draft

    def numeric(self, parts: Children, place: Place) -> Draft:
        """Read the answers of a numerical question with their tolerances. Also reports the units of
        the question, which are not imported. ``parts`` are its child elements, and ``place`` is its
        position in the file."""
        for unit in _in_each(parts, "units", "unit"):
            reason = "write it as “unit:” if it follows the number; other units are not supported"
            self.bank.report("unit", place, value(children(unit), "unit_name"), reason)
        return judging.numeric_draft(self._typed_answers(parts, place))

    def matching(self, parts: Children, place: Place) -> Draft:
        """Read the pairs of a matching question. In Moodle, partly right answers always earn part
        of the mark. ``parts`` are the child elements of the question, and ``place`` is its position
        in the file."""
        draft = Draft(partial=True)
        for pair in parts.get("subquestion", ()):
            left = self._line(formatted_text(pair), place)
            right = self._line(child_text(children(pair), "answer"), place)
            if left or right:
                draft.pairs.append((left, right))
        return draft

    def sequencing(self, parts: Children, place: Place) -> Draft:
        """Read the items of an ordering question in their correct order: by number if all numbers
        differ, else as in the file. ``parts`` are the child elements of the question, and ``place``
        is its position in the file."""
        answers = parts.get("answer", ())
        order = [_share(answer) for answer in answers]
        if len({*order}) == len(order):
            answers = [
                answer for _, answer in sorted(zip(order, answers, strict=True), key=itemgetter(0))
            ]
        lines = [self._line(formatted_text(answer), place) for answer in answers]
        for image in (one for line in lines for one in line if isinstance(one, Image)):
            reason = "items to put into order are text"
            self.bank.report("picture", place, image.alternative or "", reason)
        words = [" ".join(words_of(line).split()) for line in lines]
        partial = value(parts, "gradingtype").upper() == "ABSOLUTE_POSITION"
        return Draft(answers=[one for one in words if one], partial=partial)


def _has_one_answer(parts: Children) -> bool:
    """Whether trainees choose one answer of a choice: unless ``single`` says “false”. Without such
    an element, Moodle reads one answer (``import_multichoice`` of its XML format)."""
    return "single" not in parts or value(parts, "single").lower() not in ("", "0", "false")


def _keep_order(draft: Draft, parts: Children) -> None:
    if value(parts, "shuffleanswers").lower() in ("false", "0"):
        draft.settings["shuffle"] = "no"


def _tags(parts: Children) -> tuple[str, ...]:
    return tuple(filter(None, map(_text, _in_each(parts, "tags", "tag"))))


def _in_each(parts: Children, around: str, name: str) -> Iterator[Element]:
    for one in parts.get(around, ()):
        yield from one.iterchildren(name)


def _feedback_of(answer: Element) -> Element | None:
    return next(answer.iterchildren("feedback"), None)


def _text(element: Element) -> str:
    """The plain text of an element's ``text`` child."""
    inner = next(element.iterchildren("text"), None)
    return "" if inner is None else plain(inner)


def _share(answer: Element) -> float:
    try:
        return float(answer.get("fraction", "0").replace(",", ".") or 0)
    except ValueError:
        return 0.0


_AnswerReader = Callable[[_MoodleXmlReader, Children, Place], Draft]
_KINDS: dict[str, _AnswerReader] = {
    "choice": _MoodleXmlReader.choice,
    "true-false": _MoodleXmlReader.truth,
    "fill-in": _MoodleXmlReader.fill_in,
    "numeric": _MoodleXmlReader.numeric,
    "matching": _MoodleXmlReader.matching,
    "sequencing": _MoodleXmlReader.sequencing,
    "reflection": lambda *_: Draft(),
}
_BY_MOODLES_TYPE: dict[str, _AnswerReader] = {"multichoiceset": _MoodleXmlReader.choice_set}
"""Readers of the answers of types in Moodle that a course has only together with another type."""
