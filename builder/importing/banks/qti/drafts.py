"""Builds the answers of a question from a QTI item of any version, for each question type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from builder.base.immutable import immutable
from builder.importing.banks import judging
from builder.importing.banks.bank import Bank, Draft, join_lines, shorten
from builder.importing.banks.qti.responses import Line
from builder.importing.document.form import Image, Option, Place, Text
from builder.importing.document.tally import words_of

MOST = 36
"""Maximum number of options of a question in a course."""
UNCLEAR = "The scoring rules are too complex to tell which answers are right."
_UNEQUAL = "The pairs earn different shares of the mark: here each earns the same."
_CAPITALS = "The right capitals are asked for here: write “forgive: spaces” if they matter."


@dataclass(slots=True)
class ItemDraft(Draft):
    """The answers of an item. ``kind`` is set if the type differs from what it seemed; ``lost`` is
    the reason if a course cannot ask the question after all."""

    kind: str = ""
    lost: str = ""


@immutable
class IdentifiedOption:
    """An option with its id in the file. The id may be `true` or `false` for an option without
    text; it is empty if it is not needed."""

    name: str
    option: Option


def truth_or_choice(
    options: Sequence[IdentifiedOption], marked: Sequence[Option], doubts: list[str]
) -> ItemDraft:
    """A single-choice question, or a true-false question if the options are just “true” and
    “false”. ``marked`` are the options with the right one marked."""
    truths = [words_of(one.option.inlines).strip().lower() or one.name.lower() for one in options]
    if sorted(truths) != ["false", "true"]:
        return ItemDraft([*marked], doubts=doubts)
    draft = ItemDraft(kind="true-false", doubts=doubts)
    draft.consumed += [words_of(one.option.inlines) for one in options]
    draft.answers += [word for word, one in zip(truths, marked, strict=True) if one.right]
    for word, one in zip(truths, marked, strict=True):
        if not one.feedback:
            continue
        key, line = ("right" if one.right else "wrong"), one.feedback
        if not draft.answers:
            key, line = "explanation", (Text(f"{word.capitalize()}: "), *line)
        draft.feedback[key] = join_lines(draft.feedback.get(key, ()), line)
    return draft


def fill_in(
    typed_answers: Sequence[judging.TypedAnswer],
    others: Mapping[str, Line],
    exact: bool = False,
    further_doubts: Iterable[str] = (),
) -> ItemDraft:
    """A fill-in question. ``others`` is the feedback of wrong answers, ``exact`` whether capitals
    matter, ``further_doubts`` further doubts."""
    answers, feedback, doubts = judging.judge_typed(typed_answers)
    doubts += further_doubts
    doubts += [
        f"To “{shorten(words)}” the bank says “{shorten(words_of(line))}”: here only right "
        "answers are known."
        for words, line in others.items()
    ]
    doubts += [_CAPITALS] if exact else []
    return ItemDraft(answers=answers, feedback=feedback, doubts=doubts, consumed=doubts)


def numeric(
    typed_answers: Sequence[judging.TypedAnswer], consumed: Iterable[str] = ()
) -> ItemDraft:
    """A numeric question; ``consumed`` are the values as written in the file."""
    answers, feedback, doubts = judging.judge_numbers(typed_answers)
    return ItemDraft(
        answers=answers, feedback=feedback, doubts=doubts, consumed=[*consumed, *doubts]
    )


def matching(
    pairs: Sequence[tuple[Line, Line]],
    choices: Iterable[Line],
    marks: set[float],
    place: Place,
    bank: Bank,
) -> ItemDraft:
    """A matching question. A pair without a left half only adds a choice. ``choices`` are all
    choices, ``marks`` the marks of the right pairs. Images in right halves are reported."""
    draft = ItemDraft(pairs=[*pairs])
    if len(marks) > 1:
        draft.doubts.append(_UNEQUAL)
        draft.consumed.append(_UNEQUAL)
    # Choices that are offered repeatedly appear only once.
    draft.consumed += map(plain, choices)
    for image in (one for _, line in pairs for one in line if isinstance(one, Image)):
        reason = "the right sides of pairs are text"
        bank.report("picture", place, image.alternative or "", reason)
    return draft


def sequencing(lines: Iterable[Line]) -> ItemDraft:
    """An ordering question, with its items in the right order."""
    return ItemDraft(answers=[words for words in map(plain, lines) if words])


def plain(line: Line) -> str:
    """The plain text of a line, with single spaces."""
    return " ".join(words_of(line).split())
