"""Finds edits of a course that look like mistakes of the author."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from typing import Literal

from builder.package.outline import Outline, Page, Question, RecordItem
from builder.updating import changes
from builder.updating.changes import Keyed, Kind, Pair, Pairs, T
from builder.updating.scenes import PageScene, match_scenes

_COMPARED_CHARACTERS = 200
"""Number of characters at the beginning of each text that are compared."""
_MAX_COMPARISONS = 4_000
"""Maximum number of pairs of a removed and a new item whose texts are compared."""
_MIN_SIMILARITY = 0.75
"""Similarity (0 to 1) from which one text counts as an edited version of the other."""
_MAX_DIFFERENT = 0.6
"""Similarity (0 to 1) below which a changed text may have another meaning."""
_MAX_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Suspicion:
    """An edit that looks like a mistake; ``message`` says what is wrong, ``hint`` what to do.

    ``kind`` and ``id`` name a page, question or record item of the new course, or one of the old
    course that is gone. For the whole course ``kind`` is ``course`` and ``id`` is empty.
    """

    code: str
    kind: Kind | Literal["course"]
    id: str
    message: str
    hint: str


def suspicions(old: Outline, new: Outline, matched: Pairs) -> tuple[Suspicion, ...]:
    """Every edit between the outlines ``old`` and ``new`` that looks like a mistake."""
    same_language = old.language == new.language
    scenes = match_scenes(old, new)
    return (
        *_course(old, new),
        *(suspicion for pair in matched.pages for suspicion in _page(pair)),
        *(suspicion for pair in matched.questions for suspicion in _question(pair, same_language)),
        *(suspicion for pair in matched.records for suspicion in _record(pair)),
        *_find_renamed("page", matched.pages, _page_similarity),
        *_find_renamed("question", matched.questions, _question_similarity),
        *_find_renamed("record", matched.records, _record_similarity),
        *(suspicion for pair in scenes for suspicion in _scene(pair, same_language)),
        *_find_renamed("scene", scenes, _scene_similarity),
    )


def _course(old: Outline, new: Outline) -> Iterator[Suspicion]:
    if old.id != new.id:
        yield Suspicion(
            "course-id",
            "course",
            "",
            f"The course's id was “{old.id}” and is now “{new.id}”: an LMS treats it as a new "
            "course.",
            f"Write “id: {old.id}” again. If it is a new course, upload it as a new activity.",
        )
    elif _numbers(new.version) < _numbers(old.version):
        yield Suspicion(
            "version-lowered",
            "course",
            "",
            f"The old package has version {old.version}, the new course {new.version}.",
            "Name the package in the LMS first, and what will replace it second. If the order is "
            f"right, write a version above {old.version}.",
        )
    if old.language != new.language:
        yield Suspicion(
            "language",
            "course",
            "",
            f"The course's language was “{old.language}” and is now “{new.language}”.",
            "Trainees who have started would continue in the other language. Write “language: "
            f"{old.language}” again, and add the other language as a translation: scorm-builder "
            f"translate COURSE {new.language}",
        )


def _numbers(version: str) -> tuple[int, ...]:
    """The numbers in a version, for comparison; empty if it has none."""
    return tuple(map(int, re.findall(r"[0-9]{1,9}", version)))


def _revision(kind: Kind, pair: Pair[Page] | Pair[Question]) -> Iterator[Suspicion]:
    if pair.old and pair.new and pair.new.revision < pair.old.revision:
        yield Suspicion(
            "revision-lowered",
            kind,
            pair.new.id,
            f"Its revision was {pair.old.revision} and is now {pair.new.revision}: progress made "
            f"with revision {pair.old.revision} no longer counts.",
            f"Write “revision: {pair.old.revision}”, or a higher number.",
        )


def _page(pair: Pair[Page]) -> Iterator[Suspicion]:
    yield from _revision("page", pair)
    if pair.old and pair.new and pair.old.kind != pair.new.kind:
        yield Suspicion(
            "kind",
            "page",
            pair.new.id,
            f"Its kind was “{pair.old.kind}” and is now “{pair.new.kind}”: progress on the old "
            "kind does not count for the new one.",
            "Give the new page another id.",
        )


def _question(pair: Pair[Question], same_language: bool) -> Iterator[Suspicion]:
    yield from _revision("question", pair)
    old, new = pair.old, pair.new
    if not (old and new):
        return
    reused = [letter for letter in (*new.options, *new.items) if letter in old.retired]
    if reused:
        yield Suspicion(
            "letter-reused",
            "question",
            new.id,
            f"{_format_letters(reused)} retired, but used again. Old answers in the LMS's reports "
            "now seem to mean the new option.",
            "Use a letter that was never used in this question.",
        )
    if not pair.counts:
        return
    if old.type != new.type:
        yield Suspicion(
            "type",
            "question",
            new.id,
            f"Its type was “{old.type}” and is now “{new.type}”, with the same revision: existing "
            "answers do not fit the new type.",
            _raise_hint(new),
        )
        return
    if changes.is_key_changed(old, new):
        yield Suspicion(
            "key",
            "question",
            new.id,
            f"The right answer was {format_right_answer(old)} and is now "
            f"{format_right_answer(new)}, with the same revision. Trainees who have answered are "
            "not asked again.",
            f"{_raise_hint(new)}, if trainees should answer again.",
        )
    if same_language:
        yield from _letters_changed(old, new)
    if new.type in ("reflection", "fill-in") and new.room < old.room:
        yield _limit("question", new.id, old.room, new.room)


def _raise_hint(question: Question) -> str:
    return f"Raise the revision: “revision: {question.revision + 1}”"


def _format_letters(letters: list[str]) -> str:
    named = ", ".join(f"“{letter}”" for letter in letters)
    return f"The letter {named} was" if len(letters) == 1 else f"The letters {named} were"


def format_right_answer(question: Question) -> str:
    """The right answer to a question in words, in quotation marks."""
    if question.type in ("choice", "performance") and question.right:
        return ", ".join(
            f"{letter} (“{_shorten(question.texts.get(letter, ''))}”)"
            for letter in question.right.split(",")
        )
    if question.type == "true-false":
        return f"“{question.texts.get(question.right, question.right)}”"
    return f"“{_shorten(question.right)}”"


def _shorten(text: str) -> str:
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN].rstrip()}…"


def _letters_changed(old: Question, new: Question) -> Iterator[Suspicion]:
    both = [
        letter
        for letter in (*new.options, *new.items)
        if letter in old.texts and letter in new.texts
    ]
    other = [one for one in both if has_other_meaning(old.texts, new.texts[one], one)]
    for letter in sorted(other, key=lambda one: not _is_swapped(old.texts, new.texts[one], one)):
        before, after = _shorten(old.texts[letter]), _shorten(new.texts[letter])
        yield Suspicion(
            "letter",
            "question",
            new.id,
            f"The letter “{letter}” was “{before}” and is now “{after}”: existing answers now mean "
            "the new text.",
            "Keep each letter with its text, whatever the order. Give a new text a new letter, and "
            "list the old letter under “retired:”.",
        )


def has_other_meaning(old: Mapping[str, str], text: str, letter: str) -> bool:
    """Whether the new ``text`` of a letter may mean something else than its text among the ``old``
    ones, by letter: it is that of another letter, or very different."""
    was = old[letter]
    return was != text and (
        _is_swapped(old, text, letter) or _similarity(was, text) < _MAX_DIFFERENT
    )


def _is_swapped(old: Mapping[str, str], text: str, letter: str) -> bool:
    """Whether another letter than ``letter`` had this text."""
    return any(words == text for other, words in old.items() if other != letter)


def _scene(pair: Pair[PageScene], same_language: bool) -> Iterator[Suspicion]:
    old, new = pair.old, pair.new
    if not (old and new and pair.counts and same_language):
        return
    before = {choice.id: choice.text for choice in old.scene.choices}
    for choice in new.scene.choices:
        was = before.get(choice.id, choice.text)
        if choice.id in before and has_other_meaning(before, choice.text, choice.id):
            yield Suspicion(
                "letter",
                "scene",
                new.id,
                f"The choice “{choice.id}” was “{_shorten(was)}” and is now "
                f"“{_shorten(choice.text)}”: existing decisions now mean the new text.",
                "Keep each id with its text, whatever the order. Give a new choice a new id.",
            )


def _record(pair: Pair[RecordItem]) -> Iterator[Suspicion]:
    if pair.old and pair.new and pair.new.limit < pair.old.limit:
        yield _limit("record", pair.new.id, pair.old.limit, pair.new.limit)


def _limit(kind: Kind, identifier: str, old: int, new: int) -> Suspicion:
    return Suspicion(
        "limit",
        kind,
        identifier,
        f"Its limit was {old} and is now {new}: trainees may have written more than that.",
        f"Keep “limit: {old}” until everybody who has started has finished.",
    )


def _find_renamed(
    kind: Kind, matched: tuple[Pair[T], ...], similarity: Callable[[T, T], float]
) -> Iterator[Suspicion]:
    """Report each removed item (of the kind ``kind``) that resembles a new item by ``similarity``,
    so it may have been renamed by mistake.

    The most similar pairs come first, and each item is reported only once.
    """
    gone = [pair.old for pair in matched if pair.old and not pair.new]
    new = [pair.new for pair in matched if pair.new and not pair.old]
    rows = islice(_candidate_pairs(gone, new), _MAX_COMPARISONS)
    near = [(similarity(old, successor), old, successor) for old, successor in rows]
    taken: set[str] = set()
    for likeness, old, successor in sorted(near, key=lambda row: -row[0]):
        if likeness < _MIN_SIMILARITY or old.key in taken or successor.key in taken:
            continue
        taken |= {old.key, successor.key}
        yield Suspicion(
            "was",
            kind,
            successor.id,
            f"“{old.id}” was removed, and the new “{successor.id}” is similar to it.",
            f"If it is the same {_KIND_NAMES[kind]}, write {_was(kind, old, successor)} there: its "
            "progress is then carried over.",
        )


def _was(kind: Kind, old: Keyed, new: Keyed) -> str:
    """What an author writes to say that ``new`` is ``old`` under another id."""
    if kind == "scene":
        was, now = (one.id.rpartition("/")[2] for one in (old, new))
        return f"“{{#{now} was={was}}}”"
    return f"“was: {old.id}”"


def _candidate_pairs(gone: Sequence[T], new: Sequence[T]) -> Iterator[tuple[T, T]]:
    """Yield every pair of a removed item and a new one, lazily, since there can be millions.

    Pairs with equal texts come first, so that they are compared even if a course was renamed
    throughout.
    """
    named: dict[str, list[T]] = {}
    for successor in new:
        named.setdefault(_item_text(successor), []).append(successor)
    for old in gone:
        yield from ((old, successor) for successor in named.get(_item_text(old), ()))
    for old in gone:
        yield from (
            (old, successor) for successor in new if _item_text(old) != _item_text(successor)
        )


_KIND_NAMES: dict[Kind, str] = {
    "page": "page",
    "question": "question",
    "record": "record item",
    "scene": "scene",
}


def _item_text(item: Keyed) -> str:
    """The title, prompt or text of a page, question or record item."""
    if isinstance(item, Page):
        return item.title
    return item.prompt if isinstance(item, Question) else getattr(item, "text", "")


def _similarity(old: str, new: str) -> float:
    """The similarity of two texts, from 0 to 1."""
    if old == new:
        return 1
    before, after = (text[:_COMPARED_CHARACTERS].casefold() for text in (old, new))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _MAX_DIFFERENT else 0


def _page_similarity(old: Page, new: Page) -> float:
    if old.fingerprint == new.fingerprint or old.file == new.file:
        return 1
    if old.kind != new.kind:
        return 0
    asked = {*old.checks, *old.quiz}
    shared = len(asked & {*new.checks, *new.quiz}) / len(asked) if asked else 0
    return max(_similarity(old.title, new.title), shared)


def _question_similarity(old: Question, new: Question) -> float:
    if old.type != new.type:
        return 0
    options = bool(old.texts) and old.texts == new.texts and old.right == new.right
    own = options and new.scored and old.type != "true-false"
    return 1 if own else _similarity(old.prompt, new.prompt)


def _scene_similarity(old: PageScene, new: PageScene) -> float:
    return _similarity(old.text, new.text) if old.page == new.page else 0


def _record_similarity(old: RecordItem, new: RecordItem) -> float:
    return _similarity(old.text, new.text)
