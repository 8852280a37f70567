"""Converts the questions of a course to entries of a question bank, whatever the bank's format.

An entry has a category, its texts as HTML, and only what Moodle can express; everything else is
listed for the report of the export.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from builder.course.markdown import Prose
from builder.course.model import Course, Page
from builder.course.questions import Item, Option, Question
from builder.course.questions.fill_in import usual_room
from builder.course.questions.reflection import USUAL_LIMIT
from builder.exporting.banks.prose import (
    WORDS,
    BankText,
    HtmlText,
    concatenate,
    html_list,
    paragraph,
    plain,
)

MAX_NUMBER = Decimal("999999999")
"""The greatest number that trainees can type; it replaces the missing end of a range such as “at
least 2”."""
SHARES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20)
"""Numbers of right answers among which Moodle can divide the points of a question."""
_ANSWERED = "a bank has no pages on which its questions are answered"
_UNLIMITED = "a bank has no limit of letters"
_FEEDBACK = ("right", "partly", "wrong")


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of an entry: its text, whether it is right, and its feedback."""

    text: HtmlText
    right: bool
    feedback: HtmlText | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A question as a bank expresses it.

    ``kind`` is the question's type, or ``words`` if the bank can contain the question only as text;
    the prompt then contains all its texts. ``pairs`` are the items of a matching question with
    their options, ``extras`` its options without an item. ``answers`` are the accepted texts of a
    fill-in, or the items of a sequencing question in the correct order. ``least`` and ``most`` are
    the ends of the range of correct numbers. ``feedback`` has the keys ``right``, ``partly``,
    ``wrong``, ``explanation`` and ``hint``. ``lists`` are the options and items as lists of text,
    for formats that cannot ask the question.
    """

    question: Question
    category: str
    kind: str
    prompt: HtmlText
    feedback: Mapping[str, HtmlText]
    choices: tuple[Choice, ...] = ()
    pairs: tuple[tuple[HtmlText, str], ...] = ()
    extras: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(0)
    lists: tuple[tuple[HtmlText, ...], ...] = ()

    @property
    def id(self) -> str:
        """The id of the question."""
        return self.question.id

    @property
    def is_range(self) -> bool:
        """Whether the author wrote the correct answer as a range of numbers, and not as a number
        with a tolerance."""
        answer = self.question.answer
        one = len(self.question.patterns) == 1
        return not (one and answer["from"] and answer["to"])

    @property
    def middle(self) -> Decimal:
        """The midpoint of the range of numbers that count as correct."""
        return (self.least + self.most) / 2

    @property
    def tolerance(self) -> Decimal:
        """How far a correct answer may be from ``middle``: half the width of the range of correct
        numbers."""
        return (self.most - self.least) / 2

    def counts(self, whole: Sequence[str]) -> Counter[str]:
        """Count what the bank contains of this question, such as its options and their feedback, by
        the kind, such as ``options`` or ``feedback``.

        ``whole`` are the keys of ``feedback`` that the bank can attach to an answer as a whole.
        """
        if self.kind == "words":
            return Counter({WORDS: 1})
        options = {
            "choice": len(self.choices),
            "matching": len({*self.extras, *(right for _, right in self.pairs)}),
            "sequencing": len(self.answers),
        }
        own = sum(one.feedback is not None for one in self.choices if self.kind == "choice")
        return Counter(
            {
                self.kind: 1,
                "options": options.get(self.kind, 0),
                "items": len(self.pairs),
                "feedback": own + sum(key in self.feedback for key in whole),
                "explanations": int("explanation" in self.feedback),
            }
        )

    def as_words(self) -> Entry:
        """Return the entry as plain text without an answer, for a format that cannot ask this
        question."""
        parts = [self.prompt if self.prompt.html.startswith("<p>") else paragraph(self.prompt)]
        parts += [html_list(lines) for lines in self.lists if lines]
        parts += [paragraph(text) for text in self.feedback.values()]
        as_text = Entry(self.question, self.category, "words", concatenate(parts), {})
        return replace(as_text, lists=self.lists)


def share(right: int) -> str:
    """The percentage of the points that each correct answer earns if there are ``right`` correct
    answers."""
    return plain_number((Decimal(100) / right).quantize(Decimal("0.00001")))


def plain_number(number: Decimal) -> str:
    """Format a number without an exponent and without trailing zeros."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


UNSURE = "unsure: "
"""Prefix of a note in a bank about an open decision (``unsure``) on the question below the note."""


def notes(question: Question) -> Iterator[str]:
    """Yield the open decisions about a question as notes for the bank's file, which trainees never
    see."""
    for doubt in question.doubts:
        yield f"{UNSURE}{' '.join(doubt.split())}"


def escape_asterisks(answer: str) -> str:
    """Escape asterisks in an accepted answer, where Moodle reads them as wildcards."""
    return answer.replace("*", "\\*")


@dataclass(frozen=True, slots=True)
class CategorisedQuestion:
    """A question with its category in the bank.

    ``path`` is the path of the first page that asks it. ``asked`` is false if no page does;
    ``path`` is then a placeholder.
    """

    question: Question
    path: str
    category: str
    asked: bool = True


def categorise(course: Course) -> Iterator[CategorisedQuestion]:
    """Yield the questions of a course with their categories, which are the titles of the pages that
    ask them, in the order of the pages.

    Questions that no page asks come last; their category is the name of their file.
    """
    names = _categories(course)
    met: set[str] = set()
    for page in course.pages:
        for question in page.questions():
            if question.id not in met:
                met.add(question.id)
                yield CategorisedQuestion(question, page.path, names[page.path])
    for question in sorted(course.questions, key=lambda one: one.bank):
        if question.id not in met:
            yield CategorisedQuestion(question, "pages/page.md", question.bank, asked=False)


def entries(asked: Iterable[CategorisedQuestion], bank_text: BankText) -> Iterator[Entry]:
    """Yield each question as an entry with HTML texts, for GIFT and Moodle XML. ``bank_text``
    converts the texts of the questions."""
    for one in asked:
        yield _EntryBuilder(bank_text.of(one.question.id, one.path), one.question).build(
            one.category
        )


def _categories(course: Course) -> dict[str, str]:
    """The category of each page, by path: the page's title, with the title of its module if another
    page has the same title."""
    names: dict[str, str] = {}
    for module in course.modules:
        for page in module.pages:
            names[page.path] = _name(page, module.title, [*names.values()])
    return names


def _name(page: Page, module: str, taken: Sequence[str]) -> str:
    named = (page.title, f"{module} – {page.title}" if module else page.title)
    free = (name for name in named if name not in taken)
    return next(free, f"{page.title} – {page.id}")


class _EntryBuilder:
    """Converts one question to an entry of a bank."""

    def __init__(self, bank_text: BankText, question: Question) -> None:
        self.texts, self.question = bank_text, question

    def build(self, category: str) -> Entry:
        question = self.question
        self._count()
        self._list_omissions()
        above = [*self.texts.blocks(question.material.blocks)] if question.material else []
        prompt = self.texts.text(question.prompt)
        if unit := str(question.answer.get("unit", "")):
            reason = "a bank has no units: the unit is at the end of the question"
            self.texts.leave("unit", reason, unit)
            prompt = concatenate((prompt, plain(f" ({unit})")))
        whole = concatenate((*above, paragraph(prompt))) if above else prompt
        entry = Entry(question, category, question.type, whole, self._feedback())
        row = _TYPES[question.type]
        entry = row.answers(self, entry)
        if not row.as_text and not question.undecided:
            return entry
        why = row.as_text or "nobody has decided which answer is right"
        self.texts.leave(question.type, f"{why}: the file has its text, and does not ask it")
        return entry.as_words()

    def _count(self) -> None:
        question, inside = self.question, self.texts.tally.inside
        inside[question.type] += 1
        inside["options"] += len(question.options) if question.type != "true-false" else 0
        inside["items"] += len(question.items)
        for kind, texts in feedback_of(question).items():
            inside[kind] += len(texts)

    def _list_omissions(self) -> None:
        """List, for the report of the export, what no bank can express about the question."""
        question, leave = self.question, self.texts.leave
        for doubt in question.doubts:
            leave("unsure", "a note in the file has it, which Moodle shows to nobody", doubt)
        if question.source or question.quotation:
            leave("source", _ANSWERED, question.source or "")
        elif quotes_course(question):
            leave("source", _ANSWERED)
        list_ids(question, leave, "bank")
        if question.reveal:
            leave("reveal", "whether right answers are shown is a matter of the quiz")
        _TYPES[question.type].list_settings(self)

    def _feedback(self) -> dict[str, HtmlText]:
        question = self.question
        found = {
            **{key: getattr(question.feedback, key) for key in _FEEDBACK},
            "explanation": question.explanation,
            "hint": question.hint,
        }
        return {key: self.texts.text(prose) for key, prose in found.items() if prose}

    def choice(self, entry: Entry) -> Entry:
        """Return the entry with the options of a choice, true-false, likert or performance
        question."""
        right = set(self.question.answer.get("right", ()))
        choices = tuple(
            Choice(
                self.texts.text(option.text),
                option.id in right,
                self.texts.text(option.feedback) if option.feedback else None,
            )
            for option in self.question.options
        )
        lines = tuple(
            concatenate((one.text, plain(" – "), one.feedback)) if one.feedback else one.text
            for one in choices
        )
        return replace(entry, choices=choices, lists=(lines,))

    def scale(self, entry: Entry) -> Entry:
        """Return the entry with the statements and the scale of a likert question."""
        entry = self.choice(entry)
        items = tuple(self.texts.text(item.text) for item in self.question.items)
        return replace(entry, lists=(items, *entry.lists))

    def fill_in(self, entry: Entry) -> Entry:
        """Return the entry with the accepted texts of a fill-in question."""
        return replace(entry, answers=tuple(self.question.answer["accepted"]))

    def numeric(self, entry: Entry) -> Entry:
        """Return the entry with the range of correct numbers of a numeric question."""
        answer = self.question.answer
        least, most = answer["from"], answer["to"]
        if not self.question.undecided and not (least and most):
            end = f"up to {MAX_NUMBER}" if least else f"from -{MAX_NUMBER}"
            self.texts.leave("range without an end", f"the bank has one {end}")
        return replace(
            entry,
            least=Decimal(least) if least else -MAX_NUMBER,
            most=Decimal(most) if most else MAX_NUMBER,
        )

    def matching(self, entry: Entry) -> Entry:
        """Return the entry with the pairs of a matching question, and its options without an
        item."""
        right: Mapping[str, str] = self.question.answer["right"]
        texts = {option.id: self._option(option.text) for option in self.question.options}
        pairs = tuple(
            (self.texts.text(item.text), texts[right[item.id]]) for item in self.question.items
        )
        used = {*right.values()}
        extras = tuple(words for name, words in texts.items() if name not in used)
        lines = tuple(concatenate((left, plain(f" – {words}"))) for left, words in pairs)
        return replace(entry, pairs=pairs, extras=extras, lists=(lines, tuple(map(plain, extras))))

    def sequencing(self, entry: Entry) -> Entry:
        """Return the entry with the items of a sequencing question in their correct order. In the
        entry's plain text the items are in alphabetical order, which does not reveal the correct
        one."""
        answers = tuple(self._option(option.text) for option in self.question.options)
        return replace(entry, answers=answers, lists=(tuple(map(plain, sorted(answers))),))

    def _option(self, prose: Prose) -> str:
        """The text of an option in a bank that has only plain text there."""
        text = self.texts.text(prose)
        if text.plain is None and "<" in text.html:
            self.texts.leave("bold or italic", "here a bank has mere words", text.words)
        return text.words

    def list_part_feedback(self) -> None:
        """List the feedback of single items as omitted, since no bank has such feedback."""
        for part in self.question.items or self.question.options:
            if part.feedback:
                words = self.texts.text(part.feedback).words
                self.texts.leave("feedback", "a bank has none for a single item", words)

    def list_fill_in(self) -> None:
        """List the settings of a fill-in question that Moodle does not have: how typed texts are
        compared, and the limit of letters."""
        answer = self.question.answer
        if "spaces" not in answer["forgive"]:
            self.texts.leave("spaces", "Moodle takes several spaces for one")
        if "accents" in answer["forgive"]:
            self.texts.leave("accents", "Moodle knows no letters without their marks")
        if answer["room"] != usual_room(answer["accepted"]):
            self.texts.leave("limit", _UNLIMITED, str(answer["room"]))

    def list_reflection(self) -> None:
        """List the settings of a reflection that Moodle does not have: whether its text is reported
        or kept, and its length."""
        answer = self.question.answer
        if self.question.interaction:
            self.texts.leave("report", "only a course says what is reported to the LMS")
        if not answer["kept"]:
            self.texts.leave("keep", "Moodle keeps what is written")
        if answer["limit"] != USUAL_LIMIT:
            self.texts.leave("limit", _UNLIMITED, str(answer["limit"]))


def list_ids(question: Question, leave: Callable[..., None], file: str) -> None:
    """List, by calling ``leave``, what a bank or sheet cannot record about earlier versions of a
    question: its revision, earlier ids and retired letters. ``file`` is the noun for the
    messages."""
    if question.revision > 1:
        leave("revision", f"a {file} has no such number", str(question.revision))
    if question.former.same:
        leave("was", f"a {file} has no earlier ids")
    if question.retired:
        leave("retired", f"a {file} has no letters of options", ", ".join(question.retired))


def quotes_course(question: Question) -> bool:
    """Whether the question, or one of its options or items, quotes a passage of the course."""
    options = any(option.quotation for option in question.options)
    return bool(question.quotation or options or any(item.quotation for item in question.items))


def feedback_of(question: Question) -> dict[str, list[Prose]]:
    """The feedback texts, explanations and hints of a question, by kind: ``feedback``,
    ``explanations`` and ``hints``. The report of the export counts them under these names."""
    parts: tuple[Option | Item, ...] = (*question.options, *question.items)
    return {
        "feedback": [
            *(part.feedback for part in parts if part.feedback),
            *question.feedback.prose(),
        ],
        "explanations": [question.explanation] if question.explanation else [],
        "hints": [question.hint] if question.hint else [],
    }


@dataclass(frozen=True, slots=True)
class _TypeRow:
    """How banks express the questions of one type.

    ``answers`` returns an entry with the answers added. ``list_settings`` lists the settings that
    no bank has. ``as_text`` is the reason why Moodle cannot ask such questions, so that a bank
    contains only their text; empty if Moodle can.
    """

    answers: Callable[[_EntryBuilder, Entry], Entry]
    list_settings: Callable[[_EntryBuilder], None] = lambda builder: None
    as_text: str = ""


_TYPES: Mapping[str, _TypeRow] = {
    "true-false": _TypeRow(_EntryBuilder.choice),
    "choice": _TypeRow(_EntryBuilder.choice),
    "fill-in": _TypeRow(_EntryBuilder.fill_in, _EntryBuilder.list_fill_in),
    "numeric": _TypeRow(_EntryBuilder.numeric),
    "likert": _TypeRow(
        _EntryBuilder.scale, as_text="a bank has no question without a right answer"
    ),
    "matching": _TypeRow(_EntryBuilder.matching, _EntryBuilder.list_part_feedback),
    "sequencing": _TypeRow(_EntryBuilder.sequencing, _EntryBuilder.list_part_feedback),
    "performance": _TypeRow(
        _EntryBuilder.choice, as_text="a bank has no tasks away from the screen"
    ),
    "reflection": _TypeRow(lambda builder, entry: entry, _EntryBuilder.list_reflection),
}
