"""A question of what a candidate says, and how sure it is that it is one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from builder.importing.document.form import Block, Inline, Option, Question
from builder.importing.recognise.candidates import Candidate
from builder.importing.recognise.inlines import OBJECT, Inlines, joined, plain

Pair = tuple[tuple[Inline, ...], tuple[Inline, ...]]


@dataclass(slots=True)
class Draft:
    """What a kind of question makes of a candidate. `sure`: it is a question wherever it stands;
    else it is one among questions only. `spent` are words that no field has."""

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
    """The question, with all that the lines round it say."""
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
    """Whether no picture and no footnote is among what has become mere words."""
    answers = (*question.answers, *(word for gap in question.gaps for word in gap))
    words = (*question.consumed, *answers, *question.tags, question.name)
    return not any(OBJECT in word for word in words)


def said_words(candidate: Candidate) -> list[str]:
    """All that is said of the right answer, as words."""
    return [plain(value).strip() for _, value in candidate.sayings]
