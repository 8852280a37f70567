"""Recognises questions that ask to put items into order (sequencing) or to pair them (matching)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from builder.importing.document.form import Table, Text
from builder.importing.recognise.answers import option_letters
from builder.importing.recognise.candidates import Candidate, Choice, Draft, Pair, answer_texts
from builder.importing.recognise.choosing import Offer, offers_of
from builder.importing.recognise.inlines import (
    OBJECT,
    Inlines,
    cut,
    inlines_of,
    joined,
    plain,
    text_of,
    trimmed,
)
from builder.importing.recognise.lines import parse_label
from builder.importing.recognise.steering import MATCH, asks_to_arrange

_ARROWS = re.compile(r"[-–—→>]+")
_PAIR = re.compile(
    r"\s*(?P<left>\d{1,2}|[A-Za-z])\s*(?:[-–—:=→.)>]\s*)*(?P<right>[A-Za-z]|\d{1,2})\s*"
    r"(?:[,;.|)]\s*|(?=\s|$))"
)
_COLUMN_HEADING = re.compile(
    r"(?:(?:column|list|colofn|rhestr|colonne|liste|العمود)\s*)?[ABab12أب]"
)
_NO_PAIRING = (
    "Nothing says what belongs together: either each row is a pair as it is, which is how it was "
    "imported, or the second column is shuffled."
)


_STEPS = re.compile(r"\s*(?:;|→|>|\n)\s*")
_JOINED = re.compile(r"\s+(?:==?|→|=>|->|⇒)\s+")
_EQUAL = re.compile(r"\s+==\s+")
_DASHED = re.compile(r"\s+[-–—]\s+")
_NO_ORDER = (
    "Nothing confirms this order: it is the order in the document, where the steps may be "
    "shuffled. Check it."
)


def sequence(candidate: Candidate) -> Draft | None:
    """The sequencing that a candidate, a passage that may be a question, would become, with its
    items in the correct order; ``None`` if it is something else."""
    if not candidate.choices and candidate.table is None:
        return _sequence_in_answer(candidate)
    ordered = candidate.asks_for_order or candidate.declared_kind == "sequencing"
    if not ordered or len(candidate.choices) < 3:
        return None
    offers = offers_of(candidate)
    texts = [offer.text for offer in offers]
    if any(OBJECT in text or not text for text in texts):
        return None
    if any(each.feedback for each in candidate.choices):
        return None
    names = [offer.name for offer in offers]
    stated = [
        option_letters(_ARROWS.sub(", ", plain(value))) for _, value in candidate.answer_sources
    ]
    orders = [order for order in stated if sorted(order) == sorted(names)]
    if not candidate.answer_sources:
        return _sequence_as_written(candidate, offers)
    if not orders or len(set(names)) < len(names):
        return None
    agreed = len({tuple(order) for order in orders}) == 1 and len(orders) == len(stated)
    doubts = (
        []
        if agreed
        else [
            "The document gives different orders: "
            + " or ".join(plain(value).strip() for _, value in candidate.answer_sources)
            + "."
        ]
    )
    order = orders[0] if agreed else names
    return Draft(
        kind="sequencing",
        sure=True,
        answers=[texts[names.index(name)] for name in order],
        doubts=doubts,
        consumed=[*(words for offer in offers for words in offer.cuts), *answer_texts(candidate)],
    )


def _sequence_as_written(candidate: Candidate, offers: Sequence[Offer]) -> Draft | None:
    """A sequencing whose correct order is the order in the document, since nothing else gives an
    order; ``None`` if the candidate may be something else. Converters of Word quizzes expect the
    correct order; in other documents the items may be shuffled, so there is a doubt."""
    ordered = candidate.declared_kind == "sequencing"
    if not ordered and not (candidate.is_labelled and asks_to_arrange(candidate.text)):
        return None
    if any(offer.marked or offer.looks for offer in offers):
        return None
    known = ordered or candidate.for_converter
    return Draft(
        kind="sequencing",
        sure=known or candidate.quiz,
        answers=[offer.text for offer in offers],
        doubts=[] if known else [candidate.key_doubt or _NO_ORDER],
        consumed=[words for offer in offers for words in offer.cuts],
    )


def _sequence_in_answer(candidate: Candidate) -> Draft | None:
    """A sequencing whose items are only in the answer, in the correct order: “soap; water; towel”.
    ``None`` if the answer has no such list."""
    values = answer_texts(candidate)
    if len(values) != 1 or not (
        candidate.declared_kind == "sequencing" or asks_to_arrange(candidate.text)
    ):
        return None
    items = [item for item in _STEPS.split(values[0]) if item]
    if len(items) < 3 or len(set(items)) < len(items) or OBJECT in values[0]:
        return None
    return Draft("sequencing", sure=True, answers=items)


def pairs(candidate: Candidate) -> Draft | None:
    """The matching that a candidate, a passage that may be a question, would become if its pairs
    are in lines or in an answer, as in “cat = miaow”; ``None`` if it is something else."""
    is_question = candidate.is_labelled or candidate.quiz or MATCH.match(candidate.text.lstrip())
    if candidate.second_list:
        return _pairs_of_two_lists(candidate)
    if candidate.choices and all(_EQUAL.search(each.line.text) for each in candidate.choices):
        return _pairs_in_items(candidate)
    if candidate.declared_kind != "matching" and not (is_question and MATCH.search(candidate.text)):
        return None
    if candidate.choices:
        return _pairs_in_items(candidate)
    values = [value for _, value in candidate.answer_sources]
    if candidate.table is not None or len(values) != 1:
        return None
    rows = [_split_pair(part, _JOINED) for part in _split_at(values[0], ";")]
    found = [row for row in rows if row is not None]
    if len(found) < 2 or len(found) < len(rows):
        return None
    return Draft("matching", sure=True, pairs=found)


def _pairs_of_two_lists(candidate: Candidate) -> Draft:
    """A matching of two lists: “1. cat 2. dog” and then “A. miaow B. bark”. Without an answer that
    pairs them, it has the pairs in the order of the lists, and a doubt."""
    halves = [
        [_named_item(each) for each in choices]
        for choices in (candidate.choices, candidate.second_list)
    ]
    left, right = halves
    found = _pairs_by_answer(candidate, left, right)
    unmatched: list[Pair] = [((), words) for _, words, _ in right[len(left) :]]
    in_order = [(words, other) for (_, words, _), (_, other, _) in zip(left, right, strict=False)]
    consumed = [cut for half in halves for *_, cut in half if cut]
    return Draft(
        kind="matching",
        sure=True,
        pairs=found or [*in_order, *unmatched],
        doubts=[] if found else [candidate.key_doubt or _NO_PAIRING],
        consumed=[*consumed, *answer_texts(candidate)],
    )


def _named_item(choice: Choice) -> tuple[str, Inlines, str]:
    """The letter or number of a list item, its words, and its label as typed."""
    label = choice.line.label
    words = joined((choice.line.inlines, *choice.more))
    return label.name if label else "", words, choice.line.cut


def _pairs_in_items(candidate: Candidate) -> Draft | None:
    if candidate.answer_sources or any(each.feedback for each in candidate.choices):
        return None
    offers = offers_of(candidate)
    for sign, doubts in ((_JOINED, []), (_DASHED, [_NO_PAIRING])):
        rows = [_split_pair(offer.inlines, sign) for offer in offers]
        found = [row for row in rows if row is not None]
        if len(found) < len(rows) or any(offer.marked for offer in offers):
            continue
        if any(parse_label(plain(right)) for _, right in found):
            # Both columns have labels, so the rows are not pairs.
            continue
        return Draft(
            kind="matching",
            sure=candidate.is_labelled or candidate.quiz or (not doubts and _asks(candidate)),
            pairs=found,
            doubts=doubts,
            consumed=[words for offer in offers for words in offer.cuts],
        )
    return None


def _asks(candidate: Candidate) -> bool:
    return candidate.is_asking or MATCH.search(candidate.text) is not None


def _split_at(value: Inlines, sign: str) -> list[Inlines]:
    text = plain(value)
    ends = [at for at, letter in enumerate(text) if letter == sign]
    starts = [0, *(at + 1 for at in ends)]
    parts = (cut(value, start, end) for start, end in zip(starts, [*ends, len(text)], strict=True))
    return [part for part in map(trimmed, parts) if part]


def _split_pair(value: Inlines, sign: re.Pattern[str]) -> Pair | None:
    """Split a line into the parts before and after ``sign``, such as an arrow; ``None`` if the sign
    does not occur exactly once, or a part is empty."""
    text = plain(value)
    found = list(sign.finditer(text))
    if len(found) != 1 or not text[: found[0].start()].strip():
        return None
    left, right = cut(value, 0, found[0].start()), cut(value, found[0].end())
    return (trimmed(left), trimmed(right)) if plain(right).strip() else None


def matching(candidate: Candidate) -> Draft | None:
    """The matching that a candidate, a passage that may be a question, would become if it has a
    table of two columns below a prompt such as “Match …”; ``None`` if it has none."""
    table = candidate.table
    if table is None:
        return None
    columns = _two_columns(table)
    if columns is None:
        return None
    heads, rows = columns
    left = [_split_label(row[0]) for row in rows]
    right = [_split_label(row[1]) for row in rows]
    named = all(name for name, *_ in right) and all(name or not value for name, value, _ in left)
    pairs = _pairs_by_answer(candidate, left, right) if named else None
    starts = MATCH.match(candidate.prompt[0].text) is not None
    if not (pairs or candidate.is_labelled or candidate.quiz or starts):
        return None
    consumed = [*heads, *answer_texts(candidate)]
    if named:
        consumed += [words for _, _, words in left + right]
        whole = [(value, other) for (_, value, _), (_, other, _) in zip(left, right, strict=True)]
    else:
        whole = [(row[0], row[1]) for row in rows]
    doubts = [] if pairs else [_NO_PAIRING]
    return Draft("matching", True, pairs=pairs or whole, doubts=doubts, consumed=consumed)


def _two_columns(table: Table) -> tuple[list[str], list[tuple[Inlines, Inlines]]] | None:
    """The headings of a table to match, and its rows as pairs of cells; ``None`` for a table of
    another shape. In a table of four columns, each label is joined with the cell after it."""
    rows: list[tuple[Inlines, Inlines]] = []
    heads = [plain(table.caption)] if table.caption else []
    for number, row in enumerate(table.rows):
        if any(cell.across > 1 or cell.down > 1 for cell in row):
            return None
        if len(row) not in (2, 4) or any(text_of(cell.blocks) is None for cell in row):
            return None
        known = [inlines_of(cell.blocks) for cell in row]
        texts = [plain(cell).strip() for cell in known]
        if number < table.heads or (number == 0 and all(map(_COLUMN_HEADING.fullmatch, texts))):
            heads += texts
            continue
        if len(known) == 4:
            known = [_label_and_value(known[0], known[1]), _label_and_value(known[2], known[3])]
        rows.append((known[0], known[1]))
    return (heads, rows) if len(rows) > 1 else None


def _label_and_value(label: Inlines, value: Inlines) -> Inlines:
    text = plain(label).strip()
    if not text:
        return value
    stop = "" if text[-1] in ".):" else "."
    return (*trimmed(label), Text(f"{stop} "), *value)


def _split_label(value: Inlines) -> tuple[str, Inlines, str]:
    """Split a text into the letter or number of the label at its start, the words after the label,
    and the label as written. The first and the last text are empty if there is no label."""
    label = parse_label(plain(value))
    if label is None or not label.name:
        return "", value, ""
    return label.name, trimmed(cut(value, label.width)), label.text


def _pairs_by_answer(
    candidate: Candidate,
    left: Sequence[tuple[str, Inlines, str]],
    right: Sequence[tuple[str, Inlines, str]],
) -> list[Pair] | None:
    """The pairs that an answer of the candidate gives, and the choices without an item after them;
    ``None`` if no answer gives a choice for each item. ``left`` are the items and ``right`` the
    choices, each with its letter or number, its words, and its label as written."""
    for _, value in candidate.answer_sources:
        named_pairs = _parse_pairs(plain(value))
        items = {name: words for name, words, _ in left if name}
        choices = {name: words for name, words, _ in right}
        if (
            not named_pairs
            or set(named_pairs) != set(items)
            or not set(named_pairs.values()) <= set(choices)
        ):
            continue
        if len(choices) < len(right) or len(items) < sum(1 for name, *_ in left if name):
            continue
        used = set(named_pairs.values())
        pairs: list[Pair] = [(items[name], choices[named_pairs[name]]) for name in items]
        return pairs + [((), words) for name, words in choices.items() if name not in used]
    return None


def _parse_pairs(text: str) -> dict[str, str]:
    """Parse a text such as “1-B, 2-A” into a mapping from the first to the second of each pair, in
    lower case; empty if the text has anything else."""
    out: dict[str, str] = {}
    at = 0
    while found := _PAIR.match(text, at):
        out[found["left"].casefold()] = found["right"].casefold()
        at = found.end()
    return out if not text[at:].strip() else {}
