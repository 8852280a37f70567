"""Decides which answers of a question are right, from the percentage of the mark that each answer
earns in a bank. If a course cannot express a percentage, the question gets a doubt: a sentence for
the author."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from builder.base.immutable import immutable
from builder.importing.banks.bank import Draft, shorten
from builder.importing.document.form import Break, Inline, Option, words_of

FULL = 99.99
"""Percentage of the mark from which an answer is right; below 100, because formats round thirds."""
UNEQUAL = "The right answers earn different shares: here each earns the same."
_SAME = 0.01
"""Maximum difference of two percentages of the mark that count as equal, in percentage points."""
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_WILD = re.compile(r"(?<!\\)\*")
"""Matches an asterisk that is a wildcard, because no backslash escapes it."""
_SEVERAL = re.compile(r"\w\s*\|\s*\w")
"""Matches a bar between words. No bank reads it as “or”, but its author probably meant that."""
_RANGE = re.compile(rf"({_NUMBER.pattern})\s*\.\.\s*({_NUMBER.pattern})")


def choice_draft(options: Sequence[Option], single: bool) -> Draft:
    """Draft a choice question. The ``weight`` of each option is the percentage of the mark that it
    earns. ``single`` is true if trainees can choose only one option."""
    percentages = [float(option.weight or 0) for option in options]
    marked, doubts = (_mark_single if single else _mark_several)(options, percentages)
    plain = [
        replace(option, label="", weight="" if _is_plain(share, single) else option.weight)
        for option, share in zip(marked, percentages, strict=True)
    ]
    several = not single and any(option.right for option in plain)
    return Draft(plain, doubts=doubts, partial=not single, several=several)


def _mark_single(
    options: Sequence[Option], percentages: Sequence[float]
) -> tuple[list[Option], list[str]]:
    """Mark the correct option of a single-choice question by the percentage of the mark that each
    option earns (``percentages``). Also returns the doubts, which are sentences for the author."""
    shares = [*zip(options, percentages, strict=True)]
    full = [option for option, share in shares if share >= FULL]
    doubts = [
        f"“{shorten(words_of(option.inlines))}” earns {option.weight} % of the mark: here an "
        "answer is right, or it is not."
        for option, share in shares
        if 0 < share < FULL
    ]
    if len(full) > 1:
        many = ", ".join(f"“{shorten(words_of(option.inlines))}”" for option in full)
        doubts.insert(0, f"Each of these is right by itself: {many}. Here one is, or all together.")
    elif not full:
        doubts.insert(0, "No answer earns the whole mark: nothing says which one is right.")
    sure = len(full) == 1
    return [_with_right(one, sure and share >= FULL) for one, share in shares], doubts


def _mark_several(
    options: Sequence[Option], shares: Sequence[float]
) -> tuple[list[Option], list[str]]:
    """Mark the correct options of a multiple-choice question by the percentage of the mark that
    each option earns (``shares``). Also returns the doubts, which are sentences for the author."""
    earning = [share for share in shares if share > 0]
    doubts = []
    if not earning:
        doubts.append("No answer earns anything: nothing says which ones are right.")
    elif max(earning) - min(earning) > _SAME:
        doubts.append(UNEQUAL)
    marked_options = [
        _with_right(one, share > 0) for one, share in zip(options, shares, strict=True)
    ]
    return marked_options, doubts


def mark_by_percentage(
    options: Sequence[Option], shares: Sequence[float], one: bool
) -> tuple[list[Option], list[str]]:
    """Mark the correct options by the percentage of the mark that each option earns (``shares``).
    ``one`` is true if trainees can choose only one option.

    Also returns the doubts, which are sentences for the author. A percentage that a course cannot
    express becomes the option's weight.
    """
    weighed_options = [
        option if _is_plain(share, one) else replace(option, weight=f"{share:g}")
        for option, share in zip(options, shares, strict=True)
    ]
    return (_mark_single if one else _mark_several)(weighed_options, shares)


def _with_right(option: Option, right: bool) -> Option:
    # Copying is slow, and most options need no change.
    return option if option.right == right else replace(option, right=right)


def _is_plain(share: float, one: bool) -> bool:
    """Whether a course can express an option's percentage of the mark, ``share``, just by marking
    the option as right or wrong. ``one`` is true if trainees can choose only one option."""
    return (share >= FULL or share == 0) if one else share >= 0


@immutable
class TypedAnswer:
    """An answer that trainees type: its text, the percentage of the mark that it earns, and its
    feedback."""

    words: str
    percent: float
    feedback: tuple[Inline, ...] = ()


def typed_draft(answers: Sequence[TypedAnswer]) -> Draft:
    """Draft a question whose answers are typed. The draft has the right answers, the joined
    feedback for right and for wrong answers, and doubts about the rest."""
    right, doubts = [], []
    feedback: dict[str, list[tuple[Inline, ...]]] = {}
    for answer in answers:
        full = answer.percent >= FULL
        # “Any other answer”: “*”, or empty for numbers in GIFT.
        if answer.words in ("*", "") and not full:
            feedback.setdefault("wrong", []).append(answer.feedback)
            continue
        if full and not _WILD.search(answer.words) and not _SEVERAL.search(answer.words):
            right.append(answer.words.replace("\\*", "*"))
            feedback.setdefault("right", []).append(answer.feedback)
            continue
        doubts.append(_doubt(answer))
    joined_feedback = {key: _join_feedback(lines) for key, lines in feedback.items() if any(lines)}
    return Draft(answers=right, feedback=joined_feedback, doubts=doubts, consumed=[*doubts])


def numeric_draft(answers: Sequence[TypedAnswer], consumed: Iterable[str] | None = None) -> Draft:
    """Draft a numeric question, which has one number or one range as its answer. ``consumed`` are
    the values as the file writes them, if these differ from the texts of the answers."""
    draft = typed_draft(answers)
    right, doubts = _without_repetitions(draft.answers), draft.doubts
    draft.answers = []
    if len(right) > 1:
        many = ", ".join(f"“{one}”" for one in right)
        doubts.insert(0, f"Each of these is right: {many}. Here one number is, or one range.")
    elif right and (found := parse_number(right[0])):
        draft.answers = [found]
    elif right:
        doubts.insert(0, f"“{shorten(right[0])}” is not a valid number.")
    written = (one.words for one in answers) if consumed is None else consumed
    draft.consumed = [*written, *doubts]
    return draft


def _without_repetitions(numbers: Sequence[str]) -> list[str]:
    """The numbers that are not equal to an earlier one, such as “3.0” after “3”."""
    kept: dict[str, str] = {}
    for number in numbers:
        kept.setdefault(parse_number(number) or number, number)
    return [*kept.values()]


def _join_feedback(lines: Sequence[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    """Join the feedback of several answers into one line, without duplicates."""
    found: list[Inline] = []
    for line in dict.fromkeys(line for line in lines if line):
        found += [Break(), *line] if found else line
    return tuple(found)


def _doubt(answer: TypedAnswer) -> str:
    remark = f"; to it the bank says “{words_of(answer.feedback)}”" if answer.feedback else ""
    words = f"“{' '.join(answer.words.split())}”"
    if answer.percent >= FULL and not _WILD.search(answer.words):
        return f"{words} may be one answer or several: write each on a line of its own{remark}."
    if answer.percent >= FULL:
        return f"{words} accepts any text at “*”: here every answer must be written out{remark}."
    if answer.percent <= 0:
        return f"{words} is known as wrong{remark}: here only right answers are known."
    return (
        f"{words} earns {answer.percent:g} % of the mark{remark}: here an answer is right, "
        "or it is not."
    )


def parse_number(written: str) -> str:
    """Convert a number as banks write it, such as `3`, `3:0.1` (with a tolerance) or `1..5` (a
    range), to a course's notation, such as `3 ± 0.1`; empty if it is invalid."""
    written = written.strip()
    if found := _RANGE.fullmatch(written):
        lower, upper = _plain(found[1]), _plain(found[2])
        return f"{lower} to {upper}" if lower and upper else ""
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
