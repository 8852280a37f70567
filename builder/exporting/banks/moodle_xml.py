"""Writes a question bank in Moodle XML (facts/question-banks.md#moodle-xml), with embedded
pictures."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping

from lxml import etree

from builder.course.sources import MediaFile
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

ENDING = ".xml"
_TYPES = {
    "choice": "multichoice",
    "true-false": "truefalse",
    "fill-in": "shortanswer",
    "numeric": "numerical",
    "matching": "matching",
    "sequencing": "ordering",
    "reflection": "essay",
    "words": "description",
}
"""Moodle's name of each question type, by its name in a course."""
_FEEDBACK_ELEMENTS = {"right": "correct", "partly": "partiallycorrect", "wrong": "incorrect"}
_WHOLE_ANSWER_FEEDBACK: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("choice", "matching", "sequencing"), tuple(_FEEDBACK_ELEMENTS)),
    **dict.fromkeys(("true-false", "fill-in", "numeric"), ("right", "wrong")),
}
"""Keys of the feedback that Moodle can attach to an answer as a whole, by question type."""
_MAX_DECIMALS = 6
"""Maximum number of decimals that a number in a course may have."""
Element = etree._Element
_HTML = {"format": "html"}


def write(
    entries: Iterable[Entry], tally: Tally, media: Mapping[str, MediaFile], files: Mapping[str, str]
) -> str:
    """Format all entries as the text of a Moodle XML file.

    Counts in ``tally`` what is written, and lists there what Moodle cannot express. ``media`` are
    the course's files by path, ``files`` the names of pictures in the bank by path. Raises
    ``OSError`` if a picture can no longer be read.
    """
    root = etree.Element("quiz")
    category = None
    for entry in entries:
        if entry.category != category:
            category = entry.category
            element = _child(root, "question", attributes={"type": "category"})
            path = category.replace("/", "//")
            _plain(_child(element, "category"), f"$course$/top/{path}")
            _plain(_child(element, "info", attributes=_HTML), "")
            _child(element, "idnumber")
        for note in notes(entry.question):
            # XML comments must not contain two hyphens.
            root.append(etree.Comment(f" {note.replace('--', '––')} "))
        root.append(_Question(entry, tally, media, files).element())
    etree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="unicode")


def _child(
    parent: Element, name: str, words: str = "", attributes: Mapping[str, str] | None = None
) -> Element:
    """Append a new element, with ``words`` as its text, to ``parent``; returns it."""
    child: Element = etree.SubElement(parent, name, dict(attributes or {}))
    child.text = words or None
    return child


def _plain(element: Element, words: str) -> None:
    _child(element, "text", words)


class _Question:
    """Writes one question as an element of Moodle XML."""

    def __init__(
        self, entry: Entry, tally: Tally, media: Mapping[str, MediaFile], files: Mapping[str, str]
    ) -> None:
        self.tally, self.media, self.files = tally, media, files
        self.entry = self._as_text_if_unsupported(entry)
        self.root = etree.Element("question", {"type": _TYPES[self.entry.kind]})

    def _as_text_if_unsupported(self, entry: Entry) -> Entry:
        """Return the entry, or only its text if it is a range whose middle has too many decimals to
        be imported into a course again."""
        if entry.kind != "numeric" or not entry.is_range:
            return entry
        if -entry.middle.normalize().as_tuple().exponent <= _MAX_DECIMALS:  # type: ignore[operator]
            return entry
        right = f"{plain_number(entry.least)} to {plain_number(entry.most)}"
        reason = (
            f"the middle of its range has more than {_MAX_DECIMALS} decimals: "
            "the file has its text without the right answer, and does not ask it"
        )
        self.tally.leave(entry.id, entry.kind, reason, right)
        return entry.as_words()

    def element(self) -> Element:
        """Build the element ``question`` with all texts, answers and tags."""
        entry, question = self.entry, self.entry.question
        _plain(_child(self.root, "name"), entry.id)
        self._text("questiontext", entry.prompt)
        self._text("generalfeedback", entry.feedback.get("explanation"))
        asks = entry.kind not in ("words", "reflection")
        # Nobody marks a reflection, so it has no weight in a Moodle quiz.
        self._value("defaultgrade", f"{question.weight:g}" if asks else "0")
        self._value("penalty", "0")
        self._value("hidden", "0")
        self._value("idnumber", entry.id)
        _ANSWERS[entry.kind](self)
        if html := entry.feedback.get("hint"):
            self._text("hint", html)
        if question.tags:
            tags = _child(self.root, "tags")
            for tag in question.tags:
                _plain(_child(tags, "tag"), tag)
        self.tally.written += entry.counts(_WHOLE_ANSWER_FEEDBACK.get(entry.kind, ()))
        self.tally.written["hints"] += "hint" in entry.feedback
        return self.root

    def _value(self, name: str, value: str) -> None:
        _child(self.root, name, value)

    def _text(self, name: str, html: HtmlText | None, **attributes: str) -> Element:
        """Append to the question an element ``name`` with an HTML text and its pictures."""
        element = _child(self.root, name, attributes=attributes | _HTML)
        self._add_text(element, html)
        return element

    def _add_text(self, element: Element, html: HtmlText | None) -> None:
        text = _child(element, "text", html.html if html else "")
        if html is None:
            return
        if "<" in html.html or "&" in html.html:
            text.text = etree.CDATA(html.html)
        for path in html.pictures:
            content = base64.b64encode(self.media[path].file.read_bytes()).decode()
            named = {"name": self.files[path], "path": "/", "encoding": "base64"}
            _child(element, "file", content, named)
            self.tally.written["pictures"] += 1

    def _whole_answer_feedback(self) -> None:
        """Append the feedback for right, partly right and wrong answers to the question."""
        for key, name in _FEEDBACK_ELEMENTS.items():
            self._text(f"{name}feedback", self.entry.feedback.get(key))

    def _answer(
        self, fraction: str, text: str, feedback: HtmlText | None, tolerance: str = ""
    ) -> None:
        """Append an answer in plain text, with its feedback, to the question. ``fraction`` is the
        percentage of the points that the answer earns. ``tolerance`` is that of a number, empty for
        other answers."""
        attributes = {"fraction": fraction, "format": "moodle_auto_format"}
        element = _child(self.root, "answer", attributes=attributes)
        _plain(element, text)
        self._add_text(_child(element, "feedback", attributes=_HTML), feedback)
        if self.entry.kind == "numeric":
            _child(element, "tolerance", tolerance or "0")

    def _leave(self, what: str, reason: str, words: str = "") -> None:
        self.tally.leave(self.entry.id, what, reason, words)

    def choice(self) -> None:
        """Append the options of a choice to the question.

        If several can be chosen, each correct option earns an equal percentage of the points, and
        each wrong option deducts the same percentage.
        """
        question, choices = self.entry.question, self.entry.choices
        multiple = question.answer["multiple"]
        self._value("single", "false" if multiple else "true")
        self._value("shuffleanswers", "true" if question.shuffle else "false")
        self._value("answernumbering", "none")
        self._value("showstandardinstruction", "1" if multiple else "0")
        self._whole_answer_feedback()
        right = sum(one.right for one in choices)
        if multiple and right not in SHARES:
            reason = f"Moodle knows no share of 1 in {right}: let it take the nearest one"
            self._leave("share of the mark", reason)
        if multiple and question.answer["credit"] == "all":
            reason = "Moodle gives a share of the mark for some of the right answers"
            self._leave("all or nothing", reason)
        part = share(right)
        for one in choices:
            self._option(one, part if one.right else f"-{part}" if multiple else "0")

    def _option(self, one: Choice, fraction: str) -> None:
        element = self._text("answer", one.text, fraction=fraction)
        self._add_text(_child(element, "feedback", attributes=_HTML), one.feedback)

    def truth(self) -> None:
        """Append the answers true and false, each with its feedback, to the question."""
        right = self.entry.question.right == "t"
        for value, word in ((True, "true"), (False, "false")):
            good = value == right
            html = self.entry.feedback.get("right" if good else "wrong")
            self._answer("100" if good else "0", word, html)
        self._list_partly_feedback()

    def fill_in(self) -> None:
        """Append the accepted texts to the question, then an asterisk, which matches any other
        answer, with the feedback for wrong answers."""
        exact = "case" not in self.entry.question.answer["forgive"]
        self._value("usecase", "1" if exact else "0")
        for answer in self.entry.answers:
            self._answer("100", escape_asterisks(answer), self.entry.feedback.get("right"))
        self._wrong_answer()

    def numeric(self) -> None:
        """Append the correct number with its tolerance to the question, then an asterisk, which
        matches any other number, with the feedback for wrong answers."""
        number, tolerance = plain_number(self.entry.middle), plain_number(self.entry.tolerance)
        html = self.entry.feedback.get("right")
        self._answer("100", number, html, tolerance=tolerance)
        self._wrong_answer()
        for name, value in (
            ("unitgradingtype", "0"),
            ("unitpenalty", "0"),
            ("showunits", "3"),
            ("unitsleft", "0"),
        ):
            self._value(name, value)

    def _wrong_answer(self) -> None:
        if wrong := self.entry.feedback.get("wrong"):
            self._answer("0", "*", wrong)
        self._list_partly_feedback()

    def _list_partly_feedback(self) -> None:
        if html := self.entry.feedback.get("partly"):
            self._leave("feedback", "Moodle has none here for what is right in part", html.words)

    def matching(self) -> None:
        """Append the pairs of a matching question to the question's element, then the options
        without an item."""
        if self.entry.question.answer["credit"] == "all":
            self._leave("all or nothing", "Moodle gives a share of the mark for each pair")
        self._value("shuffleanswers", "true")
        self._whole_answer_feedback()
        for left, right in self.entry.pairs:
            element = self._text("subquestion", left)
            _plain(_child(element, "answer"), right)
        for words in self.entry.extras:
            element = self._text("subquestion", None)
            _plain(_child(element, "answer"), words)

    def sequencing(self) -> None:
        """Append the items of a sequencing question to its element. Moodle reads the position of
        each item from its attribute ``fraction``."""
        partial = self.entry.question.answer["credit"] == "partial"
        for name, value in (
            ("layouttype", "VERTICAL"),
            ("selecttype", "ALL"),
            ("selectcount", "0"),
            ("gradingtype", "ABSOLUTE_POSITION" if partial else "ALL_OR_NOTHING"),
            ("showgrading", "SHOW"),
            ("numberingstyle", "none"),
        ):
            self._value(name, value)
        self._whole_answer_feedback()
        # Without this element, Moodle creates hints that it cannot store, and cancels the import.
        self._value("shownumcorrect", "1")
        for place, answer in enumerate(self.entry.answers, start=1):
            attributes = {"fraction": str(place), "format": "plain_text"}
            _plain(_child(self.root, "answer", attributes=attributes), answer)

    def reflection(self) -> None:
        """Append the settings of an essay that needs no marking to the question."""
        for name, value in (
            ("responseformat", "editor"),
            ("responserequired", "1"),
            ("responsefieldlines", "10"),
            ("minwordlimit", ""),
            ("maxwordlimit", ""),
            ("attachments", "0"),
            ("attachmentsrequired", "0"),
            ("maxbytes", "0"),
            ("filetypeslist", ""),
        ):
            self._value(name, value)
        self._text("graderinfo", None)
        self._text("responsetemplate", None)
        for key in _FEEDBACK_ELEMENTS:
            if html := self.entry.feedback.get(key):
                self._leave("feedback", "Moodle has none for an essay", html.words)

    def words(self) -> None:
        """Append nothing: Moodle's type “description” has no answers."""


_ANSWERS: Mapping[str, Callable[[_Question], None]] = {
    "choice": _Question.choice,
    "true-false": _Question.truth,
    "fill-in": _Question.fill_in,
    "numeric": _Question.numeric,
    "matching": _Question.matching,
    "sequencing": _Question.sequencing,
    "reflection": _Question.reflection,
    "words": _Question.words,
}
