"""Reads the questions of the files in ``questions/``, and reports malformed ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any, TypeVar

from builder.base.cache import NO_CACHE, Cache
from builder.base.immutable import unfolding
from builder.course import keys, markdown, shaping
from builder.course.markdown import Directive, Document, Fault, Image, Link, Prose, VariableUse
from builder.course.questions import (
    TYPES,
    Feedback,
    Item,
    Option,
    Question,
    QuestionType,
    Quotation,
)
from builder.course.questions.base import (
    ItemShape,
    JudgedShape,
    OptionShape,
    PlacedItemShape,
    QuestionShape,
    QuotedShape,
)
from builder.course.questions.question_type import Answering
from builder.course.sources import Place, Sources, Step, YamlFile
from builder.course.validate import shape
from builder.diagnostics.codes import did_you_mean, problem
from builder.diagnostics.diagnostic import Diagnostic, Position


@unfolding
class QuestionItem:
    """One valid question of a file in ``questions/``: as the author wrote it (``shape``), and
    converted to the model (``question``).

    ``kind`` is its type, ``answering`` its answers, ``place`` its position in the file ``path``.
    """

    path: str
    place: Place
    shape: QuestionShape
    kind: QuestionType[Any]
    answering: Answering
    question: Question

    @cached_property
    def leading(self) -> tuple[Prose, ...]:
        """The texts of the question with links, images, variables or faults (see ``leads``)."""
        return tuple(filter(leads, self.question.prose()))

    def moved(self, place: Place) -> QuestionItem:
        """A copy of the question at another place; only for a question whose texts contain nothing
        with a position of its own, such as a link."""
        return replace(self, place=place)


def read(
    sources: Sources, texts: Mapping[str, str], cache: Cache = NO_CACHE
) -> tuple[tuple[QuestionItem, ...], frozenset[str], tuple[Diagnostic, ...]]:
    """Read every question of a course; return the valid questions, the ids of all questions, and
    the problems.

    ``texts`` are the interface texts by key, for answers that authors do not write, such as True.
    """
    reader = _Reader(texts, cache)
    for file in sources.questions.values():
        reader.read(file)
    return tuple(reader.items), frozenset(reader.ids), tuple(reader.problems)


def leads(prose: Prose) -> bool:
    """Whether a text contains something that rules check: links, images, variables or faults."""
    return bool(prose.links or prose.images or prose.variables or prose.faults)


def prose(text: str, place: Place) -> Prose:
    """Parse a text of a YAML file, at ``place``, as inline Markdown.

    If the text has several lines, links and other elements in the text get the position of the
    text's start, since YAML has joined the lines.
    """
    parsed = markdown.inline(text, place.at.line, place.at.column, place.foreign)
    positioned: Prose = parsed if place.one_line else _move(parsed, place.at, _at_start)
    return positioned


def passage(text: str, place: Place) -> Document:
    """Parse a text of a YAML file, at ``place``, as Markdown with paragraphs and blocks."""
    parsed = markdown.parse(text, place.at.line, notes=False, translate=place.translate)
    move = _indented if place.literal else _at_start
    return Document(
        tuple(_move(block, place.at, move) for block in parsed.blocks),
        tuple(move(fault, place.at) for fault in parsed.faults),
    )


P = TypeVar("P", Link, Image, VariableUse, Fault, Directive)


def _indented(part: P, at: Position) -> P:
    return replace(part, column=part.column + at.column - 1)


def _at_start(part: P, at: Position) -> P:
    return replace(part, line=at.line, column=at.column)


def _move(block: Prose | Directive, at: Position, move: Callable[[Any, Position], Any]) -> Any:
    if isinstance(block, Directive):
        blocks = tuple(_move(inner, at, move) for inner in block.blocks)
        return replace(move(block, at), blocks=blocks)
    return replace(
        block,
        links=tuple(move(link, at) for link in block.links),
        images=tuple(move(image, at) for image in block.images),
        variables=tuple(move(variable, at) for variable in block.variables),
        faults=tuple(move(fault, at) for fault in block.faults),
    )


class _Reader:
    def __init__(self, texts: Mapping[str, str], cache: Cache) -> None:
        self.texts = texts
        self.cache = cache
        self.items: list[QuestionItem] = []
        self.ids: set[str] = set()
        self.problems: list[Diagnostic] = []

    def read(self, file: YamlFile) -> None:
        if file.value is None:
            return
        if not isinstance(file.value, list):
            cause = shape.not_a_list("questions", file.value)
            self.problems.append(shape.invalid(file.place, file.path, cause, _ENTRY_FIX))
            return
        for index, value in enumerate(file.value):
            name = value.get("id") if isinstance(value, dict) else None
            self.ids |= {name, shape.id_of(name)} if isinstance(name, str) else {""}
            item, problems = self._read_entry(file.path, value, file.place.parts[index])
            self.problems.extend(problems)
            if item:
                self.items.append(item)

    def _read_entry(self, path: str, value: object, place: Place) -> _Read:
        # The cache key is the value object, which ``load`` caches, without its place: adding a line
        # to a file moves all questions below it.
        name = path, id(value)
        texts = self.texts
        first, item, problems = self.cache.get_or_compute(
            name, (value, texts), lambda: (place, *_question(path, value, place, texts))
        )
        if place is first:
            return item, problems
        if item and not problems and not _has_places(item.question):
            moved = self.cache.get_or_compute(
                (*name, "moved"), (item, place), lambda: item.moved(place)
            )
            return moved, ()
        return self.cache.get_or_compute(
            (*name, "again"), (value, place), lambda: _question(path, value, place, texts)
        )


_ENTRY_FIX = shape.entry_fix("question", "id")
_Read = tuple[QuestionItem | None, tuple[Diagnostic, ...]]


def _question(path: str, value: object, place: Place, texts: Mapping[str, str]) -> _Read:
    """Read one question, the ``value`` at ``place`` in the file ``path``. Returns the question and
    no problems, or ``None`` and the problems. ``texts`` are the interface texts by key."""
    if not isinstance(value, dict):
        cause = shape.not_an_entry("a question", value)
        return None, (shape.invalid(place, "question", cause, _ENTRY_FIX),)
    kind = TYPES.get(str(value.get("type") or ""))
    if kind is None:
        return None, (_unknown_type(value, place),)
    try:
        shaped = shaping.read(kind.shape, value)
    except shaping.ShapeError as error:
        return None, tuple(shape.explain(kind.shape, error.violations, place, path))
    return _item(path, place, shaped, kind, texts), ()


def _has_places(question: Question) -> bool:
    """Whether a question contains elements with positions of their own, such as links."""
    return question.material is not None or any(map(leads, question.prose()))


def _unknown_type(value: Mapping[str, object], place: Place) -> Diagnostic:
    written = value.get("type")
    types = f"one of these: {', '.join(TYPES)}"
    if "type" in value and written is None:
        fix = f"Write after “type:” {types}"
        return shape.invalid(place.find(["type"]), "type", "it is empty", fix)
    if written is None:
        holder, beside = shape.question_holder(value), next(iter(value), "")
        return shape.missing_key(place.key, holder, "type", types, beside)
    name = written if isinstance(written, str) else "…"
    words = {"type": name, "did_you_mean": did_you_mean(name, TYPES), "known": ", ".join(TYPES)}
    return problem("question-type", place.find(["type"]).at, **words)


def _item(
    path: str,
    place: Place,
    shaped: QuestionShape,
    kind: QuestionType[Any],
    texts: Mapping[str, str],
) -> QuestionItem:
    answering = kind.answering(shaped, texts)
    undecided = bool(shaped.unsure) and unanswered(kind, shaped)
    if undecided:
        answering = replace(answering, scored=False, patterns=(), right="")
    question = Question(
        id=shaped.id,
        key=keys.key("question", shaped.id, shaped.revision),
        type=kind.name,
        bank=PurePosixPath(path).stem,
        interaction=kind.interaction or answering.interaction,
        revision=shaped.revision,
        weight=shaped.weight,
        prompt=prose(shaped.prompt, place.find(["prompt"])),
        material=None
        if shaped.material is None
        else passage(shaped.material, place.find(["material"])),
        hint=_optional_prose(shaped.hint, place, "hint"),
        options=tuple(_options(answering.options, shaped, place.find([kind.options_key]))),
        items=tuple(_items(answering.items, shaped, place.find([kind.items_key]))),
        scored=answering.scored,
        patterns=answering.patterns,
        right=answering.right,
        answer=answering.answer,
        room=kind.room(answering.extent),
        feedback=Feedback(
            right=_optional_prose(shaped.feedback.right, place, "feedback", "right"),
            partly=_optional_prose(shaped.feedback.partly, place, "feedback", "partly"),
            wrong=_optional_prose(shaped.feedback.wrong, place, "feedback", "wrong"),
        ),
        explanation=_optional_prose(shaped.explanation, place, "explanation"),
        quotation=_quotation(shaped, shaped.source),
        tags=shaped.tags,
        retired=shaped.retired,
        source=shaped.source,
        shuffle=answering.shuffle,
        separate=answering.separate,
        typed=answering.typed,
        former=keys.former("question", shaped.id, shaped.revision, shaped.was),
        was=shaped.was,
        usual_answers=answering.usual_answers,
        undecided=undecided,
        doubts=shaped.unsure,
        reveal=shaped.reveal if isinstance(shaped, JudgedShape) else None,
    )
    return QuestionItem(path, place, shaped, kind, answering, question)


def unanswered(kind: QuestionType[Any], shaped: QuestionShape) -> bool:
    """Whether a question of the type ``kind`` has no right answer although the type requires
    one."""
    return any(fault.code == _UNANSWERED for fault in kind.faults(shaped))


_UNANSWERED = "answer-missing"


def _options(
    options: tuple[OptionShape, ...], shaped: QuestionShape, place: Place
) -> Iterator[Option]:
    for index, option in enumerate(options):
        yield Option(
            id=option.id,
            text=prose(option.text, place.find([index, "text"])),
            correct=option.correct,
            feedback=_optional_prose(option.feedback, place, index, "feedback"),
            quotation=_quotation(option, option.source or shaped.source),
        )


def _items(items: tuple[ItemShape, ...], shaped: QuestionShape, place: Place) -> Iterator[Item]:
    for index, item in enumerate(items):
        text = prose(item.text, place.find([index, "text"]))
        if isinstance(item, PlacedItemShape):
            feedback = _optional_prose(item.feedback, place, index, "feedback")
            yield Item(item.id, text, feedback, _quotation(item, item.source or shaped.source))
        else:
            yield Item(item.id, text)


def _optional_prose(text: str | None, place: Place, *steps: Step) -> Prose | None:
    return None if text is None else prose(text, place.find(steps))


def _quotation(written: QuotedShape, page: str | None) -> Quotation | None:
    return Quotation(page, written.quote) if page and written.quote else None
