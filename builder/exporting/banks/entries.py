"""Converts the questions of a course to entries of a bank, whatever its format: in categories, with
texts as HTML, and with a list of what no bank can express."""

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
"""The greatest number that trainees can type, used as the end of an open range."""
SHARES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20)
"""Numbers of right answers among which Moodle can divide a mark."""
_ANSWERED = "a bank has no pages on which its questions are answered"
_UNLIMITED = "a bank has no limit of letters"
_FEEDBACK = ("right", "partly", "wrong")


@dataclass(frozen=True, slots=True)
class Choice:
    """An option: its text, whether it is right, and its feedback."""

    text: HtmlText
    right: bool
    feedback: HtmlText | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A question of a bank.

    ``kind`` is its type, or ``words`` if no program can ask it; then the prompt contains all its
    text. ``pairs`` are items with their options, ``extras`` options without an item. ``answers``
    are accepted texts, or items in order. ``least`` and ``most`` are the ends of the right range.
    ``feedback`` has the keys ``right``, ``partly``, ``wrong``, ``explanation`` and ``hint``.
    ``lists`` are the options as text, for formats that cannot ask the question.
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
        """Whether the author wrote a range rather than a number with a tolerance."""
        answer = self.question.answer
        one = len(self.question.patterns) == 1
        return not (one and answer["from"] and answer["to"])

    @property
    def middle(self) -> Decimal:
        """The middle of the right range."""
        return (self.least + self.most) / 2

    @property
    def tolerance(self) -> Decimal:
        """Half the width of the right range."""
        return (self.most - self.least) / 2

    def counts(self, whole: Sequence[str]) -> Counter[str]:
        """What the bank contains of the question, by kind; ``whole`` are the keys of the feedback
        that the bank can attach to a whole answer."""
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
        """The same question as text only, which asks nothing."""
        parts = [self.prompt if self.prompt.html.startswith("<p>") else paragraph(self.prompt)]
        parts += [html_list(lines) for lines in self.lists if lines]
        parts += [paragraph(text) for text in self.feedback.values()]
        as_text = Entry(self.question, self.category, "words", concatenate(parts), {})
        return replace(as_text, lists=self.lists)


def share(right: int) -> str:
    """The share of the mark for each of this many right answers, in percent."""
    return plain_number((Decimal(100) / right).quantize(Decimal("0.00001")))


def plain_number(number: Decimal) -> str:
    """Format a number without an exponent and without trailing zeros."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


UNSURE = "unsure: "
"""Prefix of a note about an open decision on the question below it."""


def notes(question: Question) -> Iterator[str]:
    """Yield the open decisions about a question, as notes that trainees cannot see."""
    for doubt in question.doubts:
        yield f"{UNSURE}{' '.join(doubt.split())}"


def escape_asterisks(answer: str) -> str:
    """Escape asterisks, which are wildcards in an answer."""
    return answer.replace("*", "\\*")


@dataclass(frozen=True, slots=True)
class CategorisedQuestion:
    """A question, the path of the first page that asks it, and its category."""

    question: Question
    path: str
    category: str
    asked: bool = True


def categorise(course: Course) -> Iterator[CategorisedQuestion]:
    """Yield the questions of a course by category, in the order of its pages; questions that no
    page asks come last, by their file."""
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
    """Yield questions as entries for Moodle."""
    for one in asked:
        yield _EntryBuilder(bank_text.of(one.question.id, one.path), one.question).build(
            one.category
        )


def _categories(course: Course) -> dict[str, str]:
    """The category of each page by path: its title, with its module if another page has the same
    title."""
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
    """Converts one question to an entry."""

    def __init__(self, bank_text: BankText, question: Question) -> None:
        self.texts, self.question = bank_text, question

    def build(self, category: str) -> Entry:
        question = self.question
        self._count()
        self._list_omissions()
        above = [*self.texts.blocks(question.material.blocks)] if question.material else []
        prompt = self.texts.text(question.prompt)
        if unit := str(question.answer.get("unit", "")):
            reason = "a bank has no unit beside a number: the unit is at the end of the question"
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
        """List what no bank can express."""
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
        """Add the options of a choice, true-false, scale or task."""
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
        """Add the statements and the points of a scale."""
        entry = self.choice(entry)
        items = tuple(self.texts.text(item.text) for item in self.question.items)
        return replace(entry, lists=(items, *entry.lists))

    def fill_in(self, entry: Entry) -> Entry:
        """Add the accepted texts."""
        return replace(entry, answers=tuple(self.question.answer["accepted"]))

    def numeric(self, entry: Entry) -> Entry:
        """Add the right range."""
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
        """Add the pairs; options without an item follow them."""
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
        """Add the items in order; as text, sorted so that they do not reveal it."""
        answers = tuple(self._option(option.text) for option in self.question.options)
        return replace(entry, answers=answers, lists=(tuple(map(plain, sorted(answers))),))

    def _option(self, prose: Prose) -> str:
        """An option that banks have only as plain text."""
        text = self.texts.text(prose)
        if text.plain is None and "<" in text.html:
            self.texts.leave("bold or italic", "here a bank has mere words", text.words)
        return text.words

    def list_part_feedback(self) -> None:
        """List the feedback of single items, which no bank has."""
        for part in self.question.items or self.question.options:
            if part.feedback:
                words = self.texts.text(part.feedback).words
                self.texts.leave("feedback", "a bank has none for a single item", words)

    def list_fill_in(self) -> None:
        """List how typed words are compared, as far as Moodle differs."""
        answer = self.question.answer
        if "spaces" not in answer["forgive"]:
            self.texts.leave("spaces", "Moodle takes several spaces for one")
        if "accents" in answer["forgive"]:
            self.texts.leave("accents", "Moodle knows no letters without their marks")
        if answer["room"] != usual_room(answer["accepted"]):
            self.texts.leave("limit", _UNLIMITED, str(answer["room"]))

    def list_reflection(self) -> None:
        """List where the text of a reflection is kept, and its length."""
        answer = self.question.answer
        if self.question.interaction:
            self.texts.leave("report", "only a course says what is reported to the LMS")
        if not answer["kept"]:
            self.texts.leave("keep", "Moodle keeps what is written")
        if answer["limit"] != USUAL_LIMIT:
            self.texts.leave("limit", _UNLIMITED, str(answer["limit"]))


def list_ids(question: Question, leave: Callable[..., None], file: str) -> None:
    """List what a bank or a sheet cannot say about earlier versions of a question."""
    if question.revision > 1:
        leave("revision", f"a {file} has no such number", str(question.revision))
    if question.former.same:
        leave("was", f"a {file} has no earlier ids")
    if question.retired:
        leave("retired", f"a {file} has no letters of options", ", ".join(question.retired))


def quotes_course(question: Question) -> bool:
    """Whether the question or a part of it quotes the course."""
    options = any(option.quotation for option in question.options)
    return bool(question.quotation or options or any(item.quotation for item in question.items))


def feedback_of(question: Question) -> dict[str, list[Prose]]:
    """The feedback, explanation and hint of a question, by kind."""
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

    ``answers`` adds the answers to an entry, ``list_settings`` lists the settings that no bank has.
    ``as_text`` is why Moodle cannot ask the question, so that a bank only has its text.
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
