"""Matches the pages, questions and record items of two outlines, and says what happens to each.

An outline (``course.json``) is a package's summary of its course. A record item is a question on a
record page, which trainees fill in with text and a date.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Generic, Literal, Protocol, TypeVar

from builder.course.keys import Former
from builder.package.outline import Json, Outline, Page, Question, RecordItem

_KEY = frozenset({"accepted", "from", "to", "right", "needed"})
_NOT_JUDGED = frozenset({"unit", "digits", "signed", "room", "limit", "kept"})
"""Fields of ``Question.answer`` that the player uses but that do not decide whether an answer is
right."""


def is_key_changed(old: Question, new: Question) -> bool:
    """Whether the answer key of a question has changed from ``old`` to ``new`` so that an answer
    that was right may now be wrong. False if the question's type has changed."""
    return old.type == new.type and _key(old) != _key(new) and not is_key_widened(old, new)


def is_key_widened(old: Question, new: Question) -> bool:
    """Whether every answer that was right in ``old`` is still right in ``new``, and further answers
    are now right."""
    if old.type != new.type or _key(old) == _key(new):
        return False
    if new.type == "fill-in":
        return set(_accepted(old)) < set(_accepted(new))
    if new.type == "numeric":
        before, after = _range(old), _range(new)
        return after[0] <= before[0] and before[1] <= after[1]
    return False


def is_scoring_changed(old: Question, new: Question) -> bool:
    """Whether the same answer may earn another share of the score in ``new`` than in ``old``. False
    if the question's type has changed."""
    return old.type == new.type and (_scoring(old) != _scoring(new) or old.weight != new.weight)


def _key(question: Question) -> Json:
    if question.type == "fill-in":
        return sorted(_accepted(question))
    if question.type == "numeric":
        return _range(question)
    right = question.answer.get("right", question.answer.get("needed"))
    # A choice lists its letters in the order of its options; order matters only for a sequence.
    if isinstance(right, list) and question.type != "sequencing":
        return sorted(map(str, right))
    return right


def _accepted(question: Question) -> list[str]:
    accepted = question.answer.get("accepted", ())
    return [str(answer) for answer in accepted] if isinstance(accepted, list) else []


def _range(question: Question) -> tuple[Decimal, Decimal]:
    return (_bound(question, "from", "-Infinity"), _bound(question, "to", "Infinity"))


def _bound(question: Question, name: str, without: str) -> Decimal:
    try:
        bound = Decimal(str(question.answer.get(name) or without))
    except InvalidOperation:
        return Decimal(without)
    return Decimal(without) if bound.is_nan() else bound


def _scoring(question: Question) -> tuple[bool, Json]:
    return question.scored, {
        name: value for name, value in question.answer.items() if name not in _KEY | _NOT_JUDGED
    }


Kind = Literal["page", "question", "record", "scene"]
Fate = Literal["kept", "redo", "new", "gone"]
"""What happens to a page, question or record item: it is kept, must be done again, is new, or is
gone."""

Note = Literal[
    "retitled",
    "reworded",
    "moved",
    "options-reordered",
    "options-added",
    "options-removed",
    "accepts-more",
    "key",
    "scoring",
    "limit-raised",
    "limit-lowered",
    "rewired",
    "quality",
]
"""What an edit changed in a page, question, record item or scene that exists before and after it.
``key`` means that the right answer has changed, ``rewired`` that a choice leads to another scene,
``quality`` that a choice or an ending has another quality; options are choices as well."""
EFFECTIVE: frozenset[Note] = frozenset(
    ("options-removed", "accepts-more", "key", "scoring", "limit-lowered", "rewired", "quality")
)
"""Notes of edits that may affect trainees who have already answered; the other notes affect
nobody."""


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one page, question or record item. It is described as it is now, or as it
    was if it is gone.

    ``title`` is its title, prompt or text; ``pages`` are the ids of the pages that contain it.
    ``was`` is its earlier id, or ``None`` if the id is unchanged. ``tracked`` is whether trainees'
    work on it was saved at all.

    ``why`` is the reason why trainees must do it again, else empty: ``revision`` (the author raised
    its revision), ``kind`` (a page became another kind of page), ``use`` (a question is now asked
    only in another quiz, or has moved between practice and a quiz), or ``key`` (its key in the
    saved state is another one).
    """

    kind: Kind
    id: str
    title: str
    fate: Fate
    pages: tuple[str, ...]
    was: str | None = None
    why: str = ""
    notes: tuple[Note, ...] = ()
    tracked: bool = True

    @property
    def lost(self) -> bool:
        """Whether work that a trainee may have done on this page, question or record item no longer
        counts."""
        return self.tracked and self.fate in ("redo", "gone")


class Keyed(Protocol):
    """A page, question or record item: the saved state keeps a trainee's work on it under its
    ``key``."""

    @property
    def id(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def former(self) -> Former: ...


T = TypeVar("T", bound=Keyed)


@dataclass(frozen=True, slots=True)
class Pair(Generic[T]):
    """A page, question or record item before and after an edit. ``old`` is ``None`` if it is new,
    and ``new`` is ``None`` if it is gone.

    ``counts`` is whether the player counts what a trainee did on ``old`` for ``new``.
    """

    old: T | None
    new: T | None
    counts: bool = False


def pairs(old: Sequence[T], new: Sequence[T]) -> tuple[Pair[T], ...]:
    """Match each item of ``new`` with its counterpart in ``old``, followed by the removed items.

    The order of checks is the player's (``templates/player/state/edits.ts``): the item's own key,
    then the keys that it had under other ids, then the keys of its earlier revisions. An item
    without any of these keys in ``old`` is matched by its id, but its saved work does not count.
    """
    by_key = {item.key: item for item in old}
    by_id = {item.id: item for item in old}
    matched = []
    taken = set()
    for now in new:
        unchanged = next(
            (by_key[key] for key in (now.key, *now.former.same) if key in by_key), None
        )
        revised = next((by_key[key] for key in now.former.changed if key in by_key), None)
        before = unchanged or revised or by_id.get(now.id)
        matched.append(Pair(before, now, counts=unchanged is not None))
        if before:
            taken.add(before.id)
    return (*matched, *(Pair(item, None) for item in old if item.id not in taken))


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pages, questions and record items of two outlines, each matched with its counterpart."""

    pages: tuple[Pair[Page], ...]
    questions: tuple[Pair[Question], ...]
    records: tuple[Pair[RecordItem], ...]


def match_outlines(old: Outline, new: Outline) -> Pairs:
    """Match every page, every question that a page asks, and every record item in the outlines
    (``course.json``) of two packages."""
    return Pairs(
        pages=pairs(old.pages, new.pages),
        questions=pairs(asked_questions(old), asked_questions(new)),
        records=pairs(_record_items(old), _record_items(new)),
    )


def asked_questions(outline: Outline) -> list[Question]:
    """The questions that at least one page asks, in the order of the pages."""
    known = {question.id: question for question in outline.questions}
    ids = dict.fromkeys(name for page in outline.pages for name in (*page.checks, *page.quiz))
    return [known[name] for name in ids]


def _record_items(outline: Outline) -> list[RecordItem]:
    return [item for page in outline.pages for item in page.record]


def changes(old: Outline, new: Outline, matched: Pairs) -> tuple[Change, ...]:
    """What happens between the outlines ``old`` and ``new`` to every page, then every question,
    then every record item; each kind is in the order of the new course, followed by what is
    gone."""
    tracked = old.tracking.pages == "all"
    names = {pair.old.id: pair.new.id for pair in matched.pages if pair.old and pair.new}
    moved = _moved_pages(
        [(pair.old, pair.new) for pair in matched.pages if pair.old and pair.new], old
    )
    return (
        *(_page_change(pair, moved, tracked) for pair in matched.pages),
        *_question_changes(old, new, matched.questions, names, tracked),
        *_record_changes(old, new, matched.records, names),
    )


def _moved_pages(kept: Sequence[tuple[Page, Page]], old: Outline) -> set[str]:
    """The new ids of pages whose order among the kept pages has changed. ``kept`` are pairs of an
    old and a new page."""
    place = {page.id: at for at, page in enumerate(old.pages)}
    order = [place[before.id] for before, _ in kept]
    in_order = _longest_increasing(order)
    return {after.id for at, (_, after) in zip(order, kept, strict=True) if at not in in_order}


def _longest_increasing(numbers: Sequence[int]) -> set[int]:
    """The numbers of a longest increasing subsequence."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(ends, number)
        before[number] = ends[at - 1] if at else None
        ends[at : at + 1] = [number]
    run = set()
    last = ends[-1] if ends else None
    while last is not None:
        run.add(last)
        last = before[last]
    return run


def fate_of(pair: Pair[T]) -> tuple[Fate, str]:
    """What happens to what a trainee did, and why they must do it again, else empty."""
    if pair.new is None:
        return "gone", ""
    if pair.old is None:
        return "new", ""
    if pair.counts:
        return "kept", ""
    return "redo", "revision" if pair.old.key in pair.new.former.changed else "key"


def former_id(pair: Pair[T]) -> str | None:
    """The earlier id; ``None`` if it has not changed."""
    return pair.old.id if pair.old and pair.new and pair.old.id != pair.new.id else None


def true_notes(rows: Mapping[Note, object]) -> tuple[Note, ...]:
    """The notes that hold."""
    return tuple(note for note, holds in rows.items() if holds)


def _page_change(pair: Pair[Page], moved: Collection[str], tracked: bool) -> Change:
    fate, why = fate_of(pair)
    page = _new_or_old(pair)
    kept = tracked or page.kind != "page"
    change = Change(
        "page", page.id, page.title, fate, (page.id,), former_id(pair), why, tracked=kept
    )
    if not (pair.old and pair.new):
        return change
    if pair.old.kind != pair.new.kind:
        change = replace(change, fate="redo", why="kind", tracked=True)
    notes: dict[Note, object] = {
        "retitled": pair.old.title != pair.new.title,
        "reworded": pair.old.fingerprint != pair.new.fingerprint,
        "moved": pair.new.id in moved,
    }
    return replace(change, notes=true_notes(notes))


def _new_or_old(pair: Pair[T]) -> T:
    item = pair.new or pair.old
    assert item is not None
    return item


_PRACTICE = "practice"
_TEXT_TYPES = ("fill-in", "reflection")
Uses = Mapping[str, Mapping[str, str]]
"""How pages use each question. For each question id: the ids of the pages that ask it, each with
``practice`` or the id of the quiz."""


def _uses(outline: Outline, names: Mapping[str, str]) -> Uses:
    uses: dict[str, dict[str, str]] = {}
    for page in outline.pages:
        name = names.get(page.id, page.id)
        for question in page.checks:
            uses.setdefault(question, {})[name] = _PRACTICE
        for question in page.quiz:
            uses.setdefault(question, {})[name] = name
    return uses


def _question_changes(
    old: Outline,
    new: Outline,
    matched: Sequence[Pair[Question]],
    names: Mapping[str, str],
    tracked: bool,
) -> Iterator[Change]:
    before, after = _uses(old, names), _uses(new, {})
    for pair in matched:
        question = _new_or_old(pair)
        fate, why = fate_of(pair)
        was_asked = before[pair.old.id] if pair.old else {}
        asked = after[pair.new.id] if pair.new else was_asked
        # Practice answers are saved only if pages are tracked; quiz answers always.
        kept = tracked or any(use != _PRACTICE for use in was_asked.values())
        change = Change(
            "question", question.id, question.prompt, fate, tuple(asked), former_id(pair), why
        )
        change = replace(change, tracked=kept)
        if pair.old and pair.new:
            if fate == "kept" and not set(was_asked.values()) & set(asked.values()):
                change = replace(change, fate="redo", why="use")
            change = replace(
                change, notes=_question_notes(pair.old, pair.new, set(was_asked) != set(asked))
            )
        yield change


def _question_notes(old: Question, new: Question, is_moved: bool) -> tuple[Note, ...]:
    old_letters, new_letters = ({*question.options, *question.items} for question in (old, new))
    notes: dict[Note, object] = {
        "reworded": (old.wording != new.wording and old_letters == new_letters)
        or old.prompt != new.prompt
        or any(
            old.texts.get(letter) != new.texts.get(letter) for letter in old_letters & new_letters
        ),
        "moved": is_moved,
        "options-reordered": _common_order(old.options, new) != _common_order(new.options, old)
        or _common_order(old.items, new) != _common_order(new.items, old),
        "options-added": new_letters - old_letters,
        "options-removed": old_letters - new_letters,
        "accepts-more": is_key_widened(old, new),
        "key": is_key_changed(old, new),
        "scoring": is_scoring_changed(old, new),
        "limit-raised": new.type in _TEXT_TYPES and new.room > old.room,
        "limit-lowered": new.type in _TEXT_TYPES and new.room < old.room,
    }
    return true_notes(notes)


def _common_order(letters: Sequence[str], other: Question) -> list[str]:
    known = {*other.options, *other.items}
    return [letter for letter in letters if letter in known]


def _record_changes(
    old: Outline, new: Outline, matched: Sequence[Pair[RecordItem]], names: Mapping[str, str]
) -> Iterator[Change]:
    before = {item.id: names.get(page.id, page.id) for page in old.pages for item in page.record}
    after = {item.id: page.id for page in new.pages for item in page.record}
    for pair in matched:
        item = _new_or_old(pair)
        fate, why = fate_of(pair)
        page = after[item.id] if pair.new else before[item.id]
        change = Change("record", item.id, item.text, fate, (page,), former_id(pair), why)
        if pair.old and pair.new:
            notes: dict[Note, object] = {
                "reworded": pair.old.wording != pair.new.wording,
                "moved": before[pair.old.id] != page,
                "limit-raised": pair.new.limit > pair.old.limit,
                "limit-lowered": pair.new.limit < pair.old.limit,
            }
            change = replace(change, notes=true_notes(notes))
        yield change
