"""Recognises questions about an order or about pairs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from builder.importing.document.form import Cell, Table, Text
from builder.importing.recognise.answers import letters
from builder.importing.recognise.candidates import Candidate, Choice, Draft, Pair, said_words
from builder.importing.recognise.evidence import Offer, offers_of
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
from builder.importing.recognise.labels import typed
from builder.importing.recognise.steering import MATCH, arranges

_ARROWS = re.compile(r"[-–—→>]+")
_PAIR = re.compile(
    r"\s*(?P<left>\d{1,2}|[A-Za-z])\s*(?:[-–—:=→.)>]\s*)*(?P<right>[A-Za-z]|\d{1,2})\s*"
    r"(?:[,;.|)]\s*|(?=\s|$))"
)
_HEAD = re.compile(r"(?:(?:column|list|colofn|rhestr|colonne|liste|العمود)\s*)?[ABab12أب]")
_UNPAIRED = (
    "Nothing says what belongs to what: either each row is a pair as it stands, which is how it "
    "came over, or the second column is shuffled."
)


_STEPS = re.compile(r"\s*(?:;|→|>|\n)\s*")
_JOINED = re.compile(r"\s+(?:=|→|=>|->|⇒)\s+")
_DASHED = re.compile(r"\s+[-–—]\s+")
_UNORDERED = (
    "Nothing confirms this order: it is the order in the document, where the steps may be "
    "shuffled. Check it."
)


def sequence(candidate: Candidate) -> Draft | None:
    """Items and their right order."""
    if not candidate.choices and candidate.table is None:
        return _told_in_order(candidate)
    ordered = candidate.orders or candidate.declared == "sequencing"
    if not ordered or len(candidate.choices) < 3:
        return None
    offers = offers_of(candidate)
    texts = [offer.text for offer in offers]
    if any(OBJECT in text or not text for text in texts):
        return None
    if any(each.feedback for each in candidate.choices):
        return None
    names = [offer.name for offer in offers]
    said = [letters(_ARROWS.sub(", ", plain(value))) for _, value in candidate.sayings]
    orders = [order for order in said if sorted(order) == sorted(names)]
    if not candidate.sayings:
        return _as_it_stands(candidate, offers)
    if not orders or len(set(names)) < len(names):
        return None
    agreed = len({tuple(order) for order in orders}) == 1 and len(orders) == len(said)
    doubts = (
        []
        if agreed
        else [
            "The right order is said twice, and not the same: "
            + " or ".join(plain(value).strip() for _, value in candidate.sayings)
            + "."
        ]
    )
    order = orders[0] if agreed else names
    return Draft(
        kind="sequencing",
        sure=True,
        answers=[texts[names.index(name)] for name in order],
        doubts=doubts,
        spent=[*(words for offer in offers for words in offer.cuts), *said_words(candidate)],
    )


def _as_it_stands(candidate: Candidate, offers: Sequence[Offer]) -> Draft | None:
    """A sequencing in the order of the document, if nothing else gives the order. Converters of
    Word quizzes expect this; other documents may have shuffled the items."""
    ordered = candidate.declared == "sequencing"
    if not ordered and not (candidate.labelled and arranges(candidate.text)):
        return None
    if any(offer.signed or offer.looks for offer in offers):
        return None
    known = ordered or candidate.typed_so
    return Draft(
        kind="sequencing",
        sure=known or candidate.quiz,
        answers=[offer.text for offer in offers],
        doubts=[] if known else [candidate.unkeyed or _UNORDERED],
        spent=[words for offer in offers for words in offer.cuts],
    )


def _told_in_order(candidate: Candidate) -> Draft | None:
    """A sequencing whose items are only in the answer, in order: “soap; water; towel”."""
    values = said_words(candidate)
    if len(values) != 1 or not (candidate.declared == "sequencing" or arranges(candidate.text)):
        return None
    items = [item for item in _STEPS.split(values[0]) if item]
    if len(items) < 3 or len(set(items)) < len(items) or OBJECT in values[0]:
        return None
    return Draft("sequencing", sure=True, answers=items)


def pairs(candidate: Candidate) -> Draft | None:
    """A matching below “Match …”, in lines or in an answer: “cat = miaow”."""
    told = candidate.labelled or candidate.quiz or MATCH.match(candidate.text.lstrip())
    if candidate.others:
        return _two_lists(candidate)
    if candidate.declared != "matching" and not (told and MATCH.search(candidate.text)):
        return None
    if candidate.choices:
        return _listed_pairs(candidate)
    values = [value for _, value in candidate.sayings]
    if candidate.table is not None or len(values) != 1:
        return None
    rows = [_pair(part, _JOINED) for part in _cut_at(values[0], ";")]
    found = [row for row in rows if row is not None]
    if len(found) < 2 or len(found) < len(rows):
        return None
    return Draft("matching", sure=True, pairs=found)


def _two_lists(candidate: Candidate) -> Draft:
    """A matching of two lists: “1. cat 2. dog” and then “A. miaow B. bark”."""
    halves = [
        [_offered(each) for each in choices] for choices in (candidate.choices, candidate.others)
    ]
    left, right = halves
    found = _keyed(candidate, left, right)
    unmatched: list[Pair] = [((), words) for _, words, _ in right[len(left) :]]
    stands = [(words, other) for (_, words, _), (_, other, _) in zip(left, right, strict=False)]
    spent = [cut for half in halves for *_, cut in half if cut]
    return Draft(
        kind="matching",
        sure=True,
        pairs=found or [*stands, *unmatched],
        doubts=[] if found else [candidate.unkeyed or _UNPAIRED],
        spent=[*spent, *said_words(candidate)],
    )


def _offered(choice: Choice) -> tuple[str, Inlines, str]:
    """The name of a list item, its words, and its typed label."""
    label = choice.line.label
    words = joined((choice.line.inlines, *choice.more))
    return label.name if label else "", words, choice.line.cut


def _listed_pairs(candidate: Candidate) -> Draft | None:
    if candidate.sayings or any(each.feedback for each in candidate.choices):
        return None
    offers = offers_of(candidate)
    for sign, doubts in ((_JOINED, []), (_DASHED, [_UNPAIRED])):
        rows = [_pair(offer.inlines, sign) for offer in offers]
        found = [row for row in rows if row is not None]
        if len(found) < len(rows) or any(offer.signed for offer in offers):
            continue
        if any(typed(plain(right)) for _, right in found):
            # Both columns have labels, so the rows are not pairs.
            continue
        return Draft(
            kind="matching",
            sure=candidate.labelled or candidate.quiz or not doubts,
            pairs=found,
            doubts=doubts,
            spent=[words for offer in offers for words in offer.cuts],
        )
    return None


def _cut_at(value: Inlines, sign: str) -> list[Inlines]:
    text = plain(value)
    ends = [at for at, letter in enumerate(text) if letter == sign]
    starts = [0, *(at + 1 for at in ends)]
    parts = (cut(value, start, end) for start, end in zip(starts, [*ends, len(text)], strict=True))
    return [part for part in map(trimmed, parts) if part]


def _pair(value: Inlines, sign: re.Pattern[str]) -> Pair | None:
    """Split a line at the sign, if it occurs once."""
    text = plain(value)
    found = list(sign.finditer(text))
    if len(found) != 1 or not text[: found[0].start()].strip():
        return None
    left, right = cut(value, 0, found[0].start()), cut(value, found[0].end())
    return (trimmed(left), trimmed(right)) if plain(right).strip() else None


def matching(candidate: Candidate) -> Draft | None:
    """A matching in a table of two columns below “Match …”."""
    table = candidate.table
    if table is None:
        return None
    columns = _columns(table)
    if columns is None:
        return None
    heads, rows = columns
    left = [_labelled(row[0]) for row in rows]
    right = [_labelled(row[1]) for row in rows]
    named = all(name for name, *_ in right) and all(name or not value for name, value, _ in left)
    pairs = _keyed(candidate, left, right) if named else None
    starts = MATCH.match(candidate.prompt[0].text) is not None
    if not (pairs or candidate.labelled or candidate.quiz or starts):
        return None
    spent = [*heads, *said_words(candidate)]
    if named:
        spent += [words for _, _, words in left + right]
        whole = [(value, other) for (_, value, _), (_, other, _) in zip(left, right, strict=True)]
    else:
        whole = [(row[0], row[1]) for row in rows]
    doubts = [] if pairs else [_UNPAIRED]
    return Draft("matching", True, pairs=pairs or whole, doubts=doubts, spent=spent)


def _columns(table: Table) -> tuple[list[str], list[tuple[Inlines, Inlines]]] | None:
    """The headings, and the rows as two cells each; ``None`` for other shapes. In a table of four
    columns, each label is joined with the cell after it."""
    rows: list[tuple[Inlines, Inlines]] = []
    heads = [plain(table.caption)] if table.caption else []
    for number, row in enumerate(table.rows):
        if any(cell.across > 1 or cell.down > 1 for cell in row):
            return None
        cells = [_cell(cell) for cell in row]
        if any(cell is None for cell in cells) or len(cells) not in (2, 4):
            return None
        known = [cell for cell in cells if cell is not None]
        texts = [plain(cell).strip() for cell in known]
        if number < table.heads or (number == 0 and all(map(_HEAD.fullmatch, texts))):
            heads += texts
            continue
        if len(known) == 4:
            known = [_beside(known[0], known[1]), _beside(known[2], known[3])]
        rows.append((known[0], known[1]))
    return (heads, rows) if len(rows) > 1 else None


def _cell(cell: Cell) -> Inlines | None:
    return None if text_of(cell.blocks) is None else inlines_of(cell.blocks)


def _beside(label: Inlines, value: Inlines) -> Inlines:
    text = plain(label).strip()
    if not text:
        return value
    stop = "" if text[-1] in ".):" else "."
    return (*trimmed(label), Text(f"{stop} "), *value)


def _labelled(value: Inlines) -> tuple[str, Inlines, str]:
    """The name of a label, the words after it, and the label as written."""
    label = typed(plain(value))
    if label is None or not label.name:
        return "", value, ""
    return label.name, trimmed(cut(value, label.width)), label.shown


def _keyed(
    candidate: Candidate,
    left: Sequence[tuple[str, Inlines, str]],
    right: Sequence[tuple[str, Inlines, str]],
) -> list[Pair] | None:
    """The pairs given by an answer; ``None`` if it does not give all."""
    for _, value in candidate.sayings:
        said = _pairs(plain(value))
        items = {name: words for name, words, _ in left if name}
        choices = {name: words for name, words, _ in right}
        if not said or set(said) != set(items) or not set(said.values()) <= set(choices):
            continue
        if len(choices) < len(right) or len(items) < sum(1 for name, *_ in left if name):
            continue
        used = set(said.values())
        pairs: list[Pair] = [(items[name], choices[said[name]]) for name in items]
        return pairs + [((), words) for name, words in choices.items() if name not in used]
    return None


def _pairs(text: str) -> dict[str, str]:
    """Parse “1-B, 2-A” as pairs of names; empty if the text has anything else."""
    out: dict[str, str] = {}
    at = 0
    while found := _PAIR.match(text, at):
        out[found["left"].casefold()] = found["right"].casefold()
        at = found.end()
    return out if not text[at:].strip() else {}
