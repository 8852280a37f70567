"""What is right, where banks weigh answers in percent: as much as a course can say, and a doubt for
whatever it cannot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from builder.base.immutable import immutable
from builder.importing.banks.making import shown
from builder.importing.document.form import Break, Inline, Option
from builder.importing.document.tally import words_of

FULL = 99.99
"""Percent from which on an answer is right; formats round thirds."""
_SAME = 0.01
"""Percent by which weights of right answers may differ and still be the same."""
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_WILD = re.compile(r"(?<!\\)\*")
"""A star that stands for any letters."""
_RANGE = re.compile(rf"({_NUMBER.pattern})\s*\.\.\s*({_NUMBER.pattern})")


def single(options: Sequence[Option]) -> tuple[list[Option], list[str]]:
    """Options of which trainees choose one, with what is right, and the doubts."""
    return _single(options, [percent(option) for option in options])


def _single(options: Sequence[Option], earned: Sequence[float]) -> tuple[list[Option], list[str]]:
    shares = [*zip(options, earned, strict=True)]
    full = [option for option, share in shares if share >= FULL]
    doubts = [
        f"“{shown(words_of(option.inlines))}” earns {option.weight} % of the mark: here an answer "
        "is right, or it is not."
        for option, share in shares
        if 0 < share < FULL
    ]
    if len(full) > 1:
        many = ", ".join(f"“{shown(words_of(option.inlines))}”" for option in full)
        doubts.insert(0, f"Each of these is right by itself: {many}. Here one is, or all together.")
    elif not full:
        doubts.insert(0, "No answer earns the whole mark: nothing says which one is right.")
    sure = len(full) == 1
    return [_judged(one, sure and share >= FULL) for one, share in shares], doubts


def several(options: Sequence[Option]) -> tuple[list[Option], list[str]]:
    """Options of which trainees choose some, with what is right, and the doubts."""
    return _several(options, [percent(option) for option in options])


def _several(options: Sequence[Option], shares: Sequence[float]) -> tuple[list[Option], list[str]]:
    earning = [share for share in shares if share > 0]
    doubts = []
    if not earning:
        doubts.append("No answer earns anything: nothing says which ones are right.")
    elif max(earning) - min(earning) > _SAME:
        doubts.append("The right answers earn different shares: here each earns the same.")
    marked = [_judged(one, share > 0) for one, share in zip(options, shares, strict=True)]
    return marked, doubts


def by_shares(
    options: Sequence[Option], shares: Sequence[float], one: bool
) -> tuple[list[Option], list[str]]:
    """The same of options for which the source has no weights, by the percent that each earns;
    ``one`` is whether trainees choose one. What a course cannot say is left as a weight."""
    weighed = [
        option if _is_plain(share, one) else replace(option, weight=f"{share:g}")
        for option, share in zip(options, shares, strict=True)
    ]
    return (_single if one else _several)(weighed, shares)


def _judged(option: Option, right: bool) -> Option:
    # Most options are as they should be, and a copy takes long.
    return option if option.right == right else replace(option, right=right)


def without_plain_weight(option: Option, one: bool) -> Option:
    """An option without a sign, and without a weight that a course says in its own way."""
    plain = _is_plain(percent(option), one)
    if not option.label and not (plain and option.weight):
        return option
    return replace(option, label="", weight="" if plain else option.weight)


def _is_plain(share: float, one: bool) -> bool:
    """Whether a course says in its own way what an option earns."""
    return (share >= FULL or share == 0) if one else share >= 0


def percent(option: Option) -> float:
    """How much of the mark an option earns."""
    return float(option.weight or 0)


@immutable
class Typed:
    """An answer that is typed: its words, its percent, and what is said of it."""

    words: str
    percent: float
    feedback: tuple[Inline, ...] = ()


def typed(answers: Sequence[Typed]) -> tuple[list[str], dict[str, tuple[Inline, ...]], list[str]]:
    """The answers that are right, what is said for right and wrong, and the doubts."""
    right, doubts = [], []
    feedback: dict[str, list[tuple[Inline, ...]]] = {}
    for answer in answers:
        full = answer.percent >= FULL
        # Any other answer: of numbers, GIFT leaves it empty.
        if answer.words in ("*", "") and not full:
            feedback.setdefault("wrong", []).append(answer.feedback)
            continue
        if full and not _WILD.search(answer.words):
            right.append(answer.words.replace("\\*", "*"))
            feedback.setdefault("right", []).append(answer.feedback)
            continue
        doubts.append(_unlike(answer))
    several = {key: _one(lines) for key, lines in feedback.items() if any(lines)}
    return right, several, doubts


def numbers(answers: Sequence[Typed]) -> tuple[list[str], dict[str, tuple[Inline, ...]], list[str]]:
    """The same of numbers, of which a question has one, or one range."""
    right, feedback, doubts = typed(answers)
    if len(right) > 1:
        many = ", ".join(f"“{one}”" for one in right)
        doubts.insert(0, f"Each of these is right: {many}. Here one number is, or one range.")
        return [], feedback, doubts
    found = number(right[0]) if right else ""
    if right and not found:
        doubts.insert(0, f"“{shown(right[0])}” is no number that can be read.")
    return [found] if found else [], feedback, doubts


def _one(lines: Sequence[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    """Feedback of several answers as one, each thing said once."""
    found: list[Inline] = []
    for line in dict.fromkeys(line for line in lines if line):
        found += [Break(), *line] if found else line
    return tuple(found)


def _unlike(answer: Typed) -> str:
    told = f"; to it the bank says “{words_of(answer.feedback)}”" if answer.feedback else ""
    words = f"“{' '.join(answer.words.split())}”"
    if answer.percent >= FULL:
        return f"{words} stands for any letters at “*”: here every answer is written out{told}."
    if answer.percent <= 0:
        return f"{words} is known as wrong{told}: here only right answers are known."
    return (
        f"{words} earns {answer.percent:g} % of the mark{told}: here an answer is right, or it is "
        "not."
    )


def number(written: str) -> str:
    """A number with its tolerance (`3:0.1`) or a range (`1..5`) as a question's answer; empty where
    it is none."""
    written = written.strip()
    if found := _RANGE.fullmatch(written):
        low, high = _plain(found[1]), _plain(found[2])
        return f"{low} to {high}" if low and high else ""
    value, _, tolerance = written.partition(":")
    value, tolerance = _plain(value.strip()), _plain(tolerance.strip() or "0")
    if not value or not tolerance:
        return ""
    return value if Decimal(tolerance) == 0 else f"{value} ± {tolerance.lstrip('-')}"


def _plain(written: str) -> str:
    if not _NUMBER.fullmatch(written):
        return ""
    try:
        value = Decimal(written)
    except InvalidOperation:
        return ""
    if abs(value.adjusted()) > 20:
        return ""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text
