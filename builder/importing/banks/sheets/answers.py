"""Builds the answers of a question from the cells of its row, for each question type. Ambiguous
cells become doubts, which are sentences for the author; then no answer is marked as right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from builder.base.immutable import immutable
from builder.exporting.spreadsheet import ARROW, columns, halves_of, is_list, languages
from builder.exporting.spreadsheet.columns import LABELS, place_of, plain
from builder.exporting.spreadsheet.types import SheetType
from builder.importing.banks import judging
from builder.importing.banks.bank import shorten
from builder.importing.banks.judging import parse_number as plain_number
from builder.importing.document.form import Inline, Option

_WORDS_TRUE = (
    "true",
    "wahr",
    "vrai",
    "verdadero",
    "verdadeiro",
    "vero",
    "waar",
    "prawda",
    "pravda",
)
_WORDS_FALSE = ("false", "falsch", "faux", "falso", "onwaar", "fałsz", "nepravda")
LOGICAL = frozenset(
    (
        *(*_WORDS_TRUE, *_WORDS_FALSE),
        *("richtig", "juste", "верно", "неверно", "истина", "ложь", "правда", "正しい", "誤り"),
        *("正确", "错误", "正確", "錯誤", "对", "错", "صحيح", "خطأ", "صواب"),
    )
)
"""Words that can only mean true or false; Excel writes them in the language of its user."""
TRUE = (
    *_WORDS_TRUE,
    *("t", "yes", "right", "correct"),
    *map(plain, languages.words(languages.TRUE)),
)
FALSE = (
    *_WORDS_FALSE,
    *("f", "no", "wrong", "incorrect"),
    *map(plain, languages.words(languages.FALSE)),
)
_SEPARATOR = re.compile(r"[,;/&+\n\u3001\uff0c\uff1b\u060c\u061b]+|\s+(?:and|und|et|y|i|и|و)\s+")
_DECIMAL_COMMA = re.compile(r"([-+]?[0-9]+),([0-9]{1,2}|[0-9]{4,})")
_BETWEEN = re.compile(r"(?P<low>\S+)\s*(?:to|\.\.|…|–)\s*(?P<high>\S+)", re.IGNORECASE)
_LEAST = re.compile(r"(?:at least|from|≥|>=)\s*(?P<number>\S+)", re.IGNORECASE)
_MOST = re.compile(r"(?:at most|up to|≤|<=)\s*(?P<number>\S+)", re.IGNORECASE)
_LABEL = re.compile(
    rf"(?:option|answer|{languages.OPTION})?\s*"
    rf"\(?([A-Za-z{''.join(languages.LETTERS)}]|[0-9]{{1,2}})[.)]?",
    re.IGNORECASE,
)
"""Matches a letter or number that refers to an option."""
_WITHIN = re.compile(r"(?P<number>\S+)\s*(?:±|\+/?-)\s*(?P<off>\S+)")


@immutable
class RowInput:
    """The cells of a row from which the answers of its question are built.

    ``right`` is the right answer. ``options`` and ``feedback`` are the options and their feedback,
    by index from 0. ``others`` are further columns that some question types use. ``line`` parses a
    text into inlines, given the text and the heading of its column. ``numbered`` is true if options
    have numbers, not letters. ``from_zero`` is true if these numbers may start at 0.
    ``fractions`` are the shares of the mark that options earn, as the sheet writes them.
    """

    right: str
    options: Mapping[int, str]
    feedback: Mapping[int, str]
    line: Callable[[str, str], tuple[Inline, ...]]
    others: Mapping[columns.Column, str]
    numbered: bool = False
    from_zero: bool = False
    fractions: Mapping[int, str] = field(default_factory=dict)

    def option_feedback(self, place: int) -> tuple[Inline, ...]:
        """The feedback of the option with the index ``place``, from 0; empty if it has none."""
        words = self.feedback.get(place, "")
        return self.line(words, columns.feedback_head(place)) if words else ()

    def option(self, place: int, right: bool = False) -> Option:
        """Build the option with the index ``place``, from 0; ``right`` marks it as correct."""
        words = self.options[place]
        return Option(
            "", self.line(words, columns.option_head(place)), right, self.option_feedback(place)
        )


@dataclass(slots=True)
class RowAnswers:
    """The answers that are built for a question; fields without explanation are those of
    ``Question``.

    ``used_columns`` are the columns that apply to the question. ``doubted`` maps a doubt to the
    index of the option that it is about, if it is about one. ``needed`` is true if the question
    cannot be asked while its right answer is in doubt.
    """

    options: Sequence[Option] = ()
    pairs: list[tuple[tuple[Inline, ...], tuple[Inline, ...]]] = field(default_factory=list)
    remarks: list[tuple[Inline, ...]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    statements: list[tuple[Inline, ...]] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    doubted: dict[str, int] = field(default_factory=dict)
    consumed: list[str] = field(default_factory=list)
    several: bool = False
    used_columns: tuple[columns.Column, ...] = ()
    needed: bool = False


def build_answers(kind: SheetType, given: RowInput) -> RowAnswers:
    """Build the answers of a question of type ``kind`` from the cells of its row."""
    return _READERS[kind.type](kind, given)


def _choice(kind: SheetType, given: RowInput) -> RowAnswers:
    if given.fractions:
        return _weighed_choice(kind, given)
    right, doubt = find_right_places(given)
    if not doubt and not right:
        doubt = "The sheet has no right answer."
    if kind.several is False and len(right) > 1:
        doubt = (
            f"The type is “{kind.word}”, and “{shorten(given.right)}” names {len(right)} answers."
        )
    answers = RowAnswers(
        options=[given.option(place, place in right and not doubt) for place in given.options],
        doubts=[doubt] if doubt else [],
        consumed=[given.right],
        several=kind.several is True,
        used_columns=kind.columns,
    )
    if answers.several or len(right) > 1:
        answers.used_columns += (columns.PARTIAL,)
    return answers


def _weighed_choice(kind: SheetType, given: RowInput) -> RowAnswers:
    """Build the options of a choice whose right answers are those that earn a part of the mark."""
    answers = RowAnswers(
        options=[given.option(place) for place in given.options],
        consumed=[given.right, *given.fractions.values()],
        used_columns=(*kind.columns, columns.FRACTION),
    )
    shares = _shares(given)
    if shares is None:
        written = "; ".join(given.fractions.values())
        answers.doubts.append(
            f"“{shorten(written)}” are not the fractions of {len(given.options)} options: write a "
            "number for each, such as 100 or 0."
        )
        return answers
    has_full = any(share >= judging.FULL for share in shares)
    one = has_full and kind.several is not True
    answers.options, doubts = judging.mark_by_percentage(answers.options, shares, one)
    answers.doubts += doubts
    answers.several = not one
    answers.used_columns += () if one else (columns.PARTIAL,)
    right, doubt = find_right_places(given)
    marked = {
        place for place, option in zip(given.options, answers.options, strict=True) if option.right
    }
    if given.right and not doubt and right != marked:
        answers.doubts.append(
            f"The fractions do not fit the right answer “{shorten(given.right)}”."
        )
    return answers


def _shares(given: RowInput) -> list[float] | None:
    """What each option earns, in percent; ``None`` if that is not known of every option. Empty
    cells beside others are 0. Fractions of 1 count as percentages."""
    if not {*given.fractions} <= {*given.options}:
        return None
    written = [given.fractions.get(place, "0").removesuffix("%") for place in given.options]
    numbers = [_parse_amount(one) for one in written]
    if not all(numbers):
        return None
    shares = [float(number) for number in numbers]
    return [share * 100 for share in shares] if max(map(abs, shares)) <= 1 else shares


def find_right_places(given: RowInput) -> tuple[set[int], str]:
    """Find the indexes of the correct options of a row. Also returns a doubt, a sentence for the
    author, if they are uncertain. Both are empty if the row has no correct answer."""
    written = given.right.strip()
    if not written:
        return set(), ""
    parts = [part.strip() for part in _SEPARATOR.split(written) if part.strip()]
    if given.from_zero and any(part.isdecimal() for part in parts):
        return set(), (
            f"“{shorten(written)}” may count from 0 or from 1: the column also has 0. "
            "Write the letter or the words of the right option."
        )
    places_by_label = [_place_of_label(part, given) for part in parts]
    places_with_text = [
        place for place, text in given.options.items() if _normalised(text) == _normalised(written)
    ]
    if parts and all(place is not None for place in places_by_label):
        places = {place for place in places_by_label if place is not None}
        missing = sorted(place for place in places if place not in given.options)
        if missing and len(places_with_text) == 1:
            return {places_with_text[0]}, ""
        if missing:
            return set(), f"“{shorten(written)}” names option {LABELS[missing[0]]}, which is empty."
        if places_with_text and {*places_with_text} != places:
            return set(), f"“{shorten(written)}” may be a letter or the words of an option."
        return places, ""
    if len(places_with_text) == 1:
        return {places_with_text[0]}, ""
    if places_with_text:
        return set(), f"Several options are “{shorten(written)}”: each may be the right one."
    each = [
        [place for place, text in given.options.items() if _normalised(text) == _normalised(line)]
        for line in written.split("\n")
    ]
    if len(each) > 1 and all(len(matches) == 1 for matches in each):
        return {matches[0] for matches in each}, ""
    return set(), f"“{shorten(written)}” is neither the letter nor the words of an option."


def _place_of_label(part: str, given: RowInput) -> int | None:
    """The index, from 0, of the option to which the letter or number ``part`` refers in this row;
    ``None`` if ``part`` is neither."""
    found = _LABEL.fullmatch(unicodedata.normalize("NFKC", part))
    if not found:
        return None
    label = found[1].upper()
    if label.isdigit():
        if given.numbered:
            return int(label) - 1 if 0 < int(label) <= len(LABELS) else None
        return LABELS.index(label) if label in LABELS else None
    place = place_of(label)
    return place if place >= 0 else None


def are_labels(written: str) -> bool:
    """Whether a text only names options by their letters or numbers, such as “A, C”."""
    return all(_LABEL.fullmatch(part.strip()) for part in _SEPARATOR.split(written.strip()))


def _normalised(text: str) -> str:
    """Normalise the case and spaces of a text for comparison."""
    return " ".join(text.casefold().split())


def _truth(kind: SheetType, given: RowInput) -> RowAnswers:
    answers = RowAnswers(consumed=[given.right], used_columns=kind.columns)
    word = languages.SIGNS.get(given.right.strip()) or plain(given.right)
    texts_by_place = {place: plain(text) for place, text in given.options.items()}
    if texts_by_place and {*texts_by_place.values()} <= {*TRUE, *FALSE}:
        # Some sheets have “True” and “False” as options, and a letter as the right answer.
        answers.used_columns += (columns.OPTION,)
        answers.consumed += given.options.values()
        places, _ = find_right_places(given)
        word = texts_by_place[min(places)] if len(places) == 1 else word
    if word in TRUE or word in FALSE:
        answers.answers.append("true" if word in TRUE else "false")
    elif given.right:
        answers.doubts.append(f"“{shorten(given.right)}” is neither true nor false.")
    else:
        answers.doubts.append("The sheet has no right answer: nothing says whether it is true.")
    return answers


def _fill_in(kind: SheetType, given: RowInput) -> RowAnswers:
    lines = [line.strip() for line in given.right.split("\n") if line.strip()]
    answers = RowAnswers(used_columns=kind.columns)
    if len(lines) == 1 and is_list(lines[0]):
        answers.doubts.append(
            f"“{shorten(lines[0])}” may be one answer or several: write each on a line of its own."
        )
        answers.consumed.append(given.right)
        lines = []
    answers.answers = [*lines, *(" ".join(text.split()) for text in given.options.values())]
    if not answers.answers and not answers.doubts:
        answers.doubts.append("The sheet has no right answer.")
    if answers.doubts:
        answers.consumed += answers.answers
        answers.answers = []
    return answers


def _numeric(kind: SheetType, given: RowInput) -> RowAnswers:
    answers = RowAnswers(consumed=[given.right], used_columns=kind.columns)
    off = given.others.get(columns.TOLERANCE, "")
    found, doubt = number(given.right, off)
    answers.consumed += [off, given.others.get(columns.UNIT, "")]
    answers.answers = [found] if found else []
    answers.doubts = [doubt] if doubt else []
    return answers


def number(written: str, tolerance: str) -> tuple[str, str]:
    """Convert a numeric answer and its tolerance, as the sheet writes them, to a course's notation,
    such as ``2 ± 0.5``. If they are invalid, returns an empty text and a sentence for the
    author."""
    words = " ".join(written.split())
    if not words:
        return "", "The sheet has no right answer."
    no_number = f"“{shorten(words)}” is not a valid number: write 2.5, or “2 to 5”."
    deviation = _parse_amount(tolerance)
    if tolerance and (not deviation or Decimal(deviation) < 0):
        return "", f"“{shorten(tolerance)}” is not a valid tolerance: write 0.5."
    if found := _WITHIN.fullmatch(words):
        if tolerance:
            return ("", f"“{shorten(words)}” has a tolerance, and so has the row: write only one.")
        words, deviation = found["number"], _parse_amount(found["off"])
        return (
            (f"{_parse_amount(words)} ± {deviation}", "")
            if _parse_amount(words) and deviation
            else ("", no_number)
        )
    if exact := _parse_amount(words):
        return (f"{exact} ± {deviation}" if deviation and Decimal(deviation) else exact), ""
    range_text = _parse_range(words)
    if range_text and tolerance:
        return "", f"“{shorten(words)}” is a range, which cannot have a tolerance."
    return (range_text, "") if range_text else ("", no_number)


def _parse_range(words: str) -> str:
    if found := _LEAST.fullmatch(words):
        return f"≥ {lower}" if (lower := _parse_amount(found["number"])) else ""
    if found := _MOST.fullmatch(words):
        return f"≤ {upper}" if (upper := _parse_amount(found["number"])) else ""
    if found := _BETWEEN.fullmatch(words):
        lower, upper = _parse_amount(found["low"]), _parse_amount(found["high"])
        return f"{lower} to {upper}" if lower and upper and Decimal(lower) <= Decimal(upper) else ""
    return ""


def _parse_amount(written: str) -> str:
    """Parse a number; empty if it is invalid. A comma is accepted if it can only be a decimal
    comma."""
    written = written.strip().replace("\u2212", "-")
    if found := _DECIMAL_COMMA.fullmatch(written):
        written = f"{found[1]}.{found[2]}"
    return "" if ":" in written or ".." in written else plain_number(written)


def _matching(kind: SheetType, given: RowInput) -> RowAnswers:
    answers = RowAnswers(used_columns=kind.columns, needed=True)
    for place, text in given.options.items():
        head = columns.option_head(place)
        halves = halves_of(text)
        left, right = halves or (text, "")
        if not right:
            doubt = (
                f"“{shorten(text)}” in {head} is not a pair: put “{ARROW}” between its two "
                f"sides, as in “Green {ARROW} Way out”."
            )
            answers.doubts.append(doubt)
            answers.doubted[doubt] = place
        feedback = given.option_feedback(place)
        answers.pairs.append((given.line(left, head) if left else (), given.line(right, head)))
        answers.remarks.append(feedback)
        if not left and feedback:
            answers.doubts.append(f"“{shorten(right)}” has no partner, but it has feedback.")
    return answers


def _sequencing(kind: SheetType, given: RowInput) -> RowAnswers:
    answers = RowAnswers(used_columns=kind.columns, needed=True)
    order = list(given.options)
    if given.right:
        answers.used_columns += (columns.RIGHT,)
        answers.consumed.append(given.right)
        parts = [part.strip() for part in re.split(r"[,;>\n]+|->", given.right) if part.strip()]
        named_places = [_place_of_label(part, given) for part in parts]
        if sorted(place for place in named_places if place is not None) == order:
            order = [place for place in named_places if place is not None]
        else:
            answers.doubts.append(
                f"“{shorten(given.right)}” is not an order of the options: write the letters of "
                "all, or put the items into their right order."
            )
    answers.options = [given.option(place) for place in order]
    return answers


def _likert(kind: SheetType, given: RowInput) -> RowAnswers:
    statements = given.others.get(columns.STATEMENTS, "").split("\n")
    return RowAnswers(
        options=[given.option(place) for place in given.options],
        statements=[
            given.line(line.strip(), columns.STATEMENTS.head) for line in statements if line.strip()
        ],
        used_columns=kind.columns,
    )


def _performance(kind: SheetType, given: RowInput) -> RowAnswers:
    right_places, doubt = find_right_places(given)
    answers = RowAnswers(
        options=[given.option(place, place in right_places) for place in given.options],
        doubts=[doubt] if doubt else [],
        consumed=[given.right],
        used_columns=kind.columns,
    )
    if right_places:
        answers.used_columns += (columns.PARTIAL,)
    return answers


def _reflection(kind: SheetType, given: RowInput) -> RowAnswers:
    return RowAnswers(used_columns=(*kind.columns, columns.RIGHT))


_READERS: dict[str, Callable[[SheetType, RowInput], RowAnswers]] = {
    "choice": _choice,
    "true-false": _truth,
    "fill-in": _fill_in,
    "numeric": _numeric,
    "matching": _matching,
    "sequencing": _sequencing,
    "likert": _likert,
    "performance": _performance,
    "reflection": _reflection,
}
