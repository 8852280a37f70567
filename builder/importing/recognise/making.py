"""Makes a question from a candidate and a draft."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from builder.importing.document.form import Block, Inline, Option, Question
from builder.importing.recognise.candidates import Candidate
from builder.importing.recognise.inlines import OBJECT, Inlines, joined, plain

Pair = tuple[tuple[Inline, ...], tuple[Inline, ...]]


@dataclass(slots=True)
class Draft:
    """A possible question of one type. `sure`: it is a question anywhere; else only among other
    questions. `spent` are words that are in no field."""

    kind: str
    sure: bool
    prompt: tuple[Block, ...] | None = None
    options: Sequence[Option] = ()
    pairs: Sequence[Pair] = ()
    answers: Sequence[str] = ()
    gaps: Sequence[tuple[str, ...]] = ()
    several: bool = False
    doubts: Sequence[str] = ()
    spent: Iterable[str] = ()
    feedback: dict[str, Inlines] = field(default_factory=dict)


def made(candidate: Candidate, draft: Draft) -> Question:
    """The question, with the feedback and settings from the lines around it."""
    spent = [words for steer in candidate.head for words in (steer.cut, steer.text)]
    spent += candidate.cuts()
    feedback: dict[str, list[Inlines]] = {}
    for steer in candidate.steers:
        spent.append(steer.cut)
        if steer.kind == "points":
            spent.append(steer.text)
        elif steer.kind != "answer":
            feedback.setdefault(steer.kind, []).append(steer.value)
    if candidate.key is not None:
        spent.append(candidate.key.cut)
    for kind, value in draft.feedback.items():
        feedback.setdefault(kind, []).append(value)
    told = {kind: joined(value for value in values if value) for kind, values in feedback.items()}
    return Question(
        kind=draft.kind,
        prompt=candidate.prompt_blocks() if draft.prompt is None else draft.prompt,
        place=candidate.prompt[0].place,
        options=tuple(draft.options),
        pairs=tuple(draft.pairs),
        answers=tuple(draft.answers),
        gaps=tuple(draft.gaps),
        several=draft.several,
        feedback={kind: value for kind, value in told.items() if value},
        doubts=tuple(draft.doubts),
        weight=candidate.weight,
        consumed=tuple(words for words in (*spent, *draft.spent) if words),
    )


def whole(question: Question) -> bool:
    """Whether no image and no note would be lost in text without formatting."""
    answers = (*question.answers, *(word for gap in question.gaps for word in gap))
    words = (*question.consumed, *answers, *question.tags, question.name)
    return not any(OBJECT in word for word in words)


def said_words(candidate: Candidate) -> list[str]:
    """The statements about the right answer, as plain text."""
    return [plain(value).strip() for _, value in candidate.sayings]
