"""Rules for questions: they can be answered, pages ask them, and the course contains their
quotations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from builder.course.markdown import Prose
from builder.course.questions import Item, Option
from builder.course.questions.base import (
    ID_PATTERN,
    ItemShape,
    OptionShape,
    QuotedShape,
    comparable,
    pieces,
)
from builder.course.shaping import written
from builder.course.sources import Place, Step
from builder.course.validate.bank import QuestionItem
from builder.course.validate.material import Material, PageItem, unknown_page
from builder.course.validate.shape import missing_key
from builder.diagnostics.codes import Known, problem
from builder.diagnostics.diagnostic import Diagnostic, Position

_LONGEST_QUOTE = 80
_MAX_NAMED = 5
"""Maximum number of questions of one file that a message lists."""


def faults(material: Material) -> Iterator[Diagnostic]:
    """Report the problems of questions that the ``faults`` function of their type finds, such as a
    missing right answer."""
    for item in material.questions:
        for fault in item.kind.faults(item.shape):
            if fault.code == "answer-missing" and item.question.undecided:
                continue
            yield problem(fault.code, item.place.find(fault.steps).key, **fault.words)


_GAP = re.compile(r"(?<![\w_\\*])_{1,2}(?![\w_*])")
"""Matches one or two underscores between words, with which an author may have meant a gap."""


def gaps(material: Material) -> Iterator[Diagnostic]:
    """Report gaps in prompts that are too narrow to see: two underscores, or in a fill-in question
    one."""
    for item in material.questions:
        prompt = item.shape.prompt
        found = _GAP.search(prompt)
        if found and (item.shape.type == "fill-in" or len(found[0]) > 1):
            wide = f"{prompt[: found.start()]}_____{prompt[found.end() :]}"
            example = wide if len(wide) <= _LONGEST_QUOTE else "_____"
            words = {"gap": found[0], "prompt": example}
            yield problem("gap-narrow", item.place.find(["prompt"]).at, **words)


_BLANK = re.compile(r"_{3,}")


def several_gaps(material: Material) -> Iterator[Diagnostic]:
    """Report fill-in questions with several gaps, which have only one field."""
    for item in material.questions:
        count = len(_BLANK.findall(item.shape.prompt)) if item.shape.type == "fill-in" else 0
        if count > 1:
            yield problem("gap-several", item.place.find(["prompt"]).at, count=str(count))


_JOINED = re.compile(r"[^\W\d_]+(?:(?:, | / )[^\W\d_]+)+")
"""Matches single words with commas or strokes between them."""


def joined(material: Material) -> Iterator[Diagnostic]:
    """Report answers that are one text although they are probably several answers."""
    for item in material.questions:
        answers: Sequence[str] = getattr(item.shape, "answers", ())
        place = item.place.find(["answers"])
        is_list = place.find([0]).at != place.at
        if len(answers) == 1 and not is_list and _JOINED.fullmatch(answers[0]):
            parts = re.sub(" / ", ", ", answers[0])
            yield problem("answer-joined", place.at, answer=answers[0], parts=parts)


_ABOVE = re.compile(r"\b(?:all|both|none|neither|any) of the above\b", re.IGNORECASE)
_LETTER = re.compile(r"\(?([A-Ha-h])[.)]\s")


def ordered(material: Material) -> Iterator[Diagnostic]:
    """Report options that depend on their order in quizzes that shuffle options."""
    reported: set[str] = set()
    for page in material.pages.values():
        if not (page.shape.quiz and page.shape.quiz.shuffle_options):
            continue
        for name in {*page.shape.questions, *material.quizzed_on(page)} - reported:
            item = material.by_id.get(name)
            if item is None or not item.question.shuffle:
                continue
            texts = [option.text for option in item.answering.options]
            letters = "".join(found[1].lower() for text in texts if (found := _LETTER.match(text)))
            is_lettered = len(letters) == len(texts) and "abcdefgh".startswith(letters)
            for index, text in enumerate(texts):
                if (is_lettered and not index) or _ABOVE.search(text):
                    reported.add(name)
                    position = item.place.find([item.kind.options_key, index, "text"]).at
                    yield problem("option-order", position, text=text, page=page.id)


def ids(material: Material) -> Iterator[Diagnostic]:
    """Reject ids of options and items that are used twice in a question, or that are under
    ``retired:``."""
    for item in material.questions:
        for key, parts in _answer_lists(item):
            seen = set[str]()
            for index, part in enumerate(parts):
                position = item.place.find([key, index, "id"]).at
                if part.id in seen:
                    yield problem("option-repeated", position, id=part.id)
                elif part.id in item.shape.retired and key == item.kind.options_key:
                    yield problem("option-retired", position, id=part.id)
                seen.add(part.id)


def _answer_lists(item: QuestionItem) -> Iterator[tuple[str, Sequence[OptionShape | ItemShape]]]:
    yield item.kind.options_key, item.answering.options
    yield item.kind.items_key, item.answering.items


def unscored(material: Material) -> Iterator[Diagnostic]:
    """Report the keys ``feedback:`` and ``weight:`` in questions that are not scored, where they
    have no effect."""
    for item in material.questions:
        # In an undecided question they have an effect once its right answer is decided.
        if not (item.answering.scored or item.question.undecided):
            for key in sorted({"feedback", "weight"} & written(item.shape)):
                position = item.place.find([key]).key
                yield problem("unscored-key", position, key=key, type=item.shape.type)


def unknown(material: Material) -> Iterator[Diagnostic]:
    """Report ids of questions on pages, for practice or in a quiz, that do not exist."""
    # A question without an id may be any of those that pages ask.
    if material.failed("questions") or "" in material.question_ids:
        return
    known = Known(filter(re.compile(ID_PATTERN).match, material.question_ids))
    for page in material.pages.values():
        for name, position in _asked_questions(page):
            # Malformed ids are reported by the rules for blocks.
            if name not in material.question_ids and re.match(ID_PATTERN, name):
                near = known.did_you_mean(name)
                yield problem("question-unknown", position, question=name, did_you_mean=near)


def _asked_questions(page: PageItem) -> Iterator[tuple[str, Position]]:
    for check in page.checks():
        yield check.argument, page.at(check.line, check.column)
    for index, name in enumerate(page.shape.questions):
        yield name, page.front("questions", index).at


def repeated(material: Material) -> Iterator[Diagnostic]:
    """Report questions that the course asks for practice twice, or that one page asks twice."""
    checks: dict[str, Position] = {}
    for page in material.pages.values():
        on_this_page: set[str] = set()
        count = len(list(page.checks()))
        for number, (name, position) in enumerate(_asked_questions(page)):
            if name not in material.question_ids:
                continue
            if name in on_this_page:
                yield problem("question-repeated", position, question=name, where="on this page")
            elif number < count and name in checks:
                where = f"for practice, first at {checks[name]}"
                yield problem("question-repeated", position, question=name, where=where)
            on_this_page.add(name)
            if number < count:
                checks.setdefault(name, position)


def unused(material: Material) -> Iterator[Diagnostic]:
    """Report questions that no page asks."""
    for item in material.questions:
        if item.shape.id not in material.asked:
            yield problem("question-unused", item.place.find(["id"]).at, question=item.shape.id)


def unsure(material: Material) -> Iterator[Diagnostic]:
    """Report the doubts under ``unsure:`` of questions."""
    for item in material.questions:
        for index, doubt in enumerate(item.shape.unsure):
            position = item.place.find(["unsure", index]).at
            words = {"question": item.shape.id, "problem": doubt}
            yield problem("question-unsure", position, **words, mark=_mark_answer(item))


def _mark_answer(item: QuestionItem) -> str:
    """How to mark the right answer of a question that has none; empty if it has one."""
    faults = item.kind.faults(item.shape) if item.question.undecided else ()
    fixes = (fault.words["fix"] for fault in faults if fault.code == "answer-missing")
    fix = next(fixes, "")
    return f", and mark the right answer: {fix[:1].lower()}{fix[1:]}" if fix else ""


def unexplained(material: Material) -> Iterator[Diagnostic]:
    """Report scored questions that give trainees no explanation of the right answer, with one
    diagnostic for each file."""
    with_feedback = {
        name
        for page in material.pages.values()
        for name in material.asked_on(page)
        if page.shape.quiz is None or page.shape.quiz.feedback != "never"
    }
    with_feedback |= {item.shape.id for tested in material.tests for item in tested.pool}
    files: dict[str, list[QuestionItem]] = {}
    for item in material.asked.values():
        if item.shape.id in with_feedback and item.answering.scored and not _has_explanation(item):
            files.setdefault(item.path, []).append(item)
    for items in files.values():
        yield problem(
            "question-unexplained",
            items[0].place.at,
            count="1 question" if len(items) == 1 else f"{len(items)} questions",
            does="does" if len(items) == 1 else "do",
            names=_list_names([item.shape.id for item in items]),
        )


def _has_explanation(item: QuestionItem) -> bool:
    asked = item.question
    parts = (*item.answering.options, *item.answering.items)
    return bool(
        asked.explanation
        or asked.source
        or any(asked.feedback.prose())
        or any(option.feedback for option in asked.options)
        or any(one.feedback for one in asked.items)
        or any(isinstance(part, QuotedShape) and part.source for part in parts)
    )


def _list_names(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MAX_NAMED} more" if len(names) > _MAX_NAMED else ""
    return ", ".join(names[:_MAX_NAMED]) + more


def quotations(material: Material) -> Iterator[Diagnostic]:
    """Require that the page under ``source:`` exists and contains the quotation under ``quote:``
    word for word."""
    pages = _PageTexts(material)
    for item in material.questions:
        yield from _check_quotation(item, item.shape, item.shape.source, (), pages)
        for key, parts in _answer_lists(item):
            for index, part in enumerate(parts):
                if isinstance(part, QuotedShape):
                    page = part.source or item.shape.source
                    yield from _check_quotation(item, part, page, (key, index), pages)


def _check_quotation(
    item: QuestionItem,
    written: QuotedShape,
    source: str | None,
    steps: tuple[Step, ...],
    pages: _PageTexts,
) -> Iterator[Diagnostic]:
    if written.source and not pages.known(written.source):
        yield pages.unknown(written.source, item.place.find([*steps, "source"]).at)
    if not written.quote:
        return
    place = item.place.find(steps)
    if source is None:
        at, page = place.find(["quote"]).key, "the id of the page that has these words"
        yield missing_key(at, "This quotation", "source", page, beside="quote")
    elif source in pages.by_id:
        yield from _find_on_page(written.quote, place.find(["quote"]), source, pages)


def _find_on_page(
    quotes: Iterable[str], place: Place, source: str, pages: _PageTexts
) -> Iterator[Diagnostic]:
    text, end, before = pages.of(source), 0, ""
    if not pages.readable(source):
        return
    for index, quote in enumerate(quotes):
        for part in pieces(quote):
            words = comparable(part)
            start = text.find(words, end)
            if start < 0:
                order = f" after “{before}”" if words in text else ""
                words_for_message = {"page": source, "quote": _cut_quote(part), "order": order}
                yield problem("quotation-missing", place.find([index]).at, **words_for_message)
                return
            end, before = start + len(words), _cut_quote(part).rstrip(".")


def _cut_quote(quote: str) -> str:
    return quote if len(quote) <= _LONGEST_QUOTE else f"{quote[:_LONGEST_QUOTE]}…"


class _PageTexts:
    """Caches the text that a trainee reads on each page, by page id, to search quotations in it."""

    def __init__(self, material: Material) -> None:
        self.by_id = material.pages_by_id
        self._known = Known(filter(re.compile(ID_PATTERN).match, self.by_id))
        self._material = material
        self._texts: dict[str, str] = {}

    def known(self, page: str) -> bool:
        """Whether a page with this id exists; also true if a page, its id or the list of pages
        could not be read, since a page may have the id."""
        unread = self._material.failed("pages") or not self._material.page_ids_known
        return page in self.by_id or not self.by_id or unread

    def readable(self, page: str) -> bool:
        """Whether all text of a page is known: it has no variable that is unknown."""
        item = self.by_id[page]
        runs = (block for block in item.document.walk() if isinstance(block, Prose))
        uses = {use.name for run in runs for use in run.variables}
        return uses <= self._material.variables.keys()

    def unknown(self, page: str, position: Position) -> Diagnostic:
        return unknown_page(page, position, self._known, self._material.sources)

    def of(self, page: str) -> str:
        """The text of a page, normalised for comparison with quotations."""
        if page not in self._texts:
            self._texts[page] = self.by_id[page].words(self._material.values)
        return self._texts[page]


_MAX_SHOWN = 40
_EMPHASIS = frozenset({"strong_open", "strong_close", "em_open", "em_close"})
_SPACES = frozenset({"softbreak", "hardbreak"})


def alike(material: Material) -> Iterator[Diagnostic]:
    """Report options that have the same text as an earlier option of the question, and items
    likewise."""
    for item in material.questions:
        kind = item.kind
        if kind.option_name:
            options = item.question.options
            yield from _duplicates(item, kind.options_key, kind.option_name, options)
        if kind.item_name:
            yield from _duplicates(item, kind.items_key, kind.item_name, item.question.items)


def _duplicates(
    item: QuestionItem, key: str, name: str, parts: Sequence[Option | Item]
) -> Iterator[Diagnostic]:
    known: dict[tuple[str, ...], int] = {}
    for index, part in enumerate(parts):
        first = known.setdefault(tuple(_visible_pieces(part.text)), index)
        if first != index:
            yield problem(
                "option-alike",
                item.place.find([key, index, "text"]).at,
                words=_shorten(part.text),
                name=name,
                first=parts[first].id,
            )


def _visible_pieces(text: Prose) -> Iterator[str]:
    """Yield the visible content of a text in pieces for comparison: words, and tokens that change
    their meaning, such as pictures and superscripts; emphasis is ignored."""
    words = ""
    for token in text.tokens:
        for child in token.children or ():
            if child.type == "text":
                words += child.content
            elif child.type in _SPACES:
                words += " "
            elif child.type not in _EMPHASIS:
                yield " ".join(words.split())
                yield f"{child.type} {child.content} {child.attrs}"
                words = ""
    yield " ".join(words.split())


def _shorten(text: Prose) -> str:
    contents = (child.content for token in text.tokens for child in token.children or ())
    words = " ".join("".join(contents).split())
    return words if len(words) <= _MAX_SHOWN else f"{words[:_MAX_SHOWN]}…"


RULES: tuple[Callable[[Material], Iterator[Diagnostic]], ...] = (
    faults,
    gaps,
    several_gaps,
    joined,
    ordered,
    ids,
    unscored,
    unknown,
    repeated,
    unsure,
    unexplained,
    quotations,
    alike,
)
