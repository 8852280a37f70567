"""Makes questions of what an item of QTI offers and marks as right, whatever its version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from builder.base.immutable import immutable
from builder.importing.banks import judging
from builder.importing.banks.making import Bank, Draft, joined, shown
from builder.importing.banks.qti.responses import Line
from builder.importing.document.form import Image, Option, Place, Text
from builder.importing.document.tally import words_of

MOST = 36
"""Options of a question; one with more is no question of a course."""
UNCLEAR = "The rules by which answers are marked say more than which of them are right."
_UNEQUAL = "The pairs earn different shares of the mark: here each earns the same."
_CAPITALS = "The right capitals are asked for here: write “forgive: spaces” if they matter."


@dataclass(slots=True)
class Taken(Draft):
    """What was taken from an item: ``kind`` where it is another one than it seemed, and ``lost``,
    why it cannot be asked after all."""

    kind: str = ""
    lost: str = ""


@immutable
class Offered:
    """An option with its name in the file, which says `true` or `false` where the option has no
    words; empty where it says nothing."""

    name: str
    option: Option


def truth_or_choice(
    offered: Sequence[Offered], judged: Sequence[Option], doubts: list[str]
) -> Taken:
    """A choice of one, or a true-false question where two options say no more than that; ``judged``
    are the options with what is right."""
    truths = [words_of(one.option.inlines).strip().lower() or one.name.lower() for one in offered]
    if sorted(truths) != ["false", "true"]:
        return Taken([*judged], doubts=doubts)
    made = Taken(kind="true-false", doubts=doubts)
    made.spent += [words_of(one.option.inlines) for one in offered]
    made.answers += [word for word, one in zip(truths, judged, strict=True) if one.right]
    for word, one in zip(truths, judged, strict=True):
        if not one.feedback:
            continue
        key, line = ("right" if one.right else "wrong"), one.feedback
        if not made.answers:
            key, line = "explanation", (Text(f"{word.capitalize()}: "), *line)
        made.feedback[key] = joined(made.feedback.get(key, ()), line)
    return made


def fill_in(
    typed: Sequence[judging.Typed],
    others: Mapping[str, Line],
    exact: bool = False,
    doubted: Iterable[str] = (),
) -> Taken:
    """Words that are typed. ``others`` is feedback of answers that are not right, ``exact`` whether
    capitals matter, ``doubted`` what cannot be taken as it is."""
    answers, feedback, doubts = judging.typed(typed)
    doubts += doubted
    doubts += [
        f"To “{shown(words)}” the bank says “{shown(words_of(line))}”: here only right answers are "
        "known."
        for words, line in others.items()
    ]
    doubts += [_CAPITALS] if exact else []
    return Taken(answers=answers, feedback=feedback, doubts=doubts, spent=doubts)


def numeric(typed: Sequence[judging.Typed], spent: Iterable[str] = ()) -> Taken:
    """A number with its tolerance, or a range; ``spent`` is how it is written in the file."""
    answers, feedback, doubts = judging.numbers(typed)
    return Taken(answers=answers, feedback=feedback, doubts=doubts, spent=[*spent, *doubts])


def matching(
    pairs: Sequence[tuple[Line, Line]],
    offered: Iterable[Line],
    marks: set[float],
    place: Place,
    bank: Bank,
) -> Taken:
    """Pairs, of which those without a first half only add something to choose from. ``offered`` is
    all that there is to choose from, ``marks`` what the right pairs earn. Pictures that things are
    matched to are listed."""
    draft = Taken(pairs=[*pairs])
    if len(marks) > 1:
        draft.doubts.append(_UNEQUAL)
        draft.spent.append(_UNEQUAL)
    # What is offered more than once stands there once.
    draft.spent += map(plain, offered)
    for image in (one for _, line in pairs for one in line if isinstance(one, Image)):
        reason = "what things are matched to is words"
        bank.leave("picture", place, image.alternative or "", reason)
    return draft


def sequencing(lines: Iterable[Line]) -> Taken:
    """Items in their right order."""
    return Taken(answers=[words for words in map(plain, lines) if words])


def plain(line: Line) -> str:
    """A line as words of no look."""
    return " ".join(words_of(line).split())
