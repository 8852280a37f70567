"""Matches the parts of a course (its pages, questions, headings and so on) with those of its
earlier import, so that each part keeps its id even if its words have changed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from builder.importing.again.memory import Memory
from builder.importing.writing import Page, WrittenCourse, WrittenQuestion

T = TypeVar("T")
_WORD = re.compile(r"\w+")
_MIN_COMMON_CONTENT = 0.5
"""Minimum share of common lines for two pages to match, whatever their titles."""
_MIN_QUESTION_SCORE = 0.7
"""Minimum sum of the prompts' similarity and the share of common answers for two questions to
match."""
_MIN_SIMILARITY = 0.5
"""Minimum similarity of two headings, titles or answers for them to match."""


def known_ids(before: Memory, made: WrittenCourse) -> dict[str, dict[str, str]]:
    """Find the parts of ``made`` that the earlier import ``before`` already had. Returns, by kind
    of part, their earlier ids by their ids in ``made``. ``made`` is the course as a first import
    would make it, without knowledge of ``before``."""
    pages = _match_pages(before, made)
    questions = _match_questions(before, made)
    found = {
        "course": {made.id: before.course},
        "page": pages,
        "question": questions,
        "record": _match_words(_record_words(before.pages), _record_words(made.pages)),
        "module": _match_modules(before, made, pages),
        "variable": _match_words(before.variables, made.variables),
    }
    old = {page.id: page for page in before.pages}
    for page in made.pages:
        if page.id in pages:
            name = pages[page.id]
            found[f"heading {name}"] = _match_headings(old[name], page)
    old_questions = {one.id: one for one in before.questions}
    for one in made.questions:
        if one.id in questions:
            found |= dict(_match_letters(old_questions[questions[one.id]], one))
    return found


def share_question(before: Sequence[WrittenQuestion], now: Sequence[WrittenQuestion]) -> bool:
    """Whether any question in ``now`` matches one in ``before``, even if its words have changed."""
    return any(True for _ in _matching_questions(before, now))


def most_are_in(before: Sequence[WrittenQuestion], now: Sequence[WrittenQuestion]) -> bool:
    """Whether ``now`` has more than half of the questions in ``before`` with the same prompt."""
    prompts = {one.prompt for one in now}
    return 2 * sum(one.prompt in prompts for one in before) > len(before)


def taken_ids(before: Memory) -> dict[str, frozenset[str]]:
    """The ids that the earlier import (``before``) gave, by kind of part. These ids must never be
    given to other parts."""
    found: dict[str, set[str]] = {
        "page": {page.id for page in before.pages},
        "question": {one.id for one in before.questions},
        "record": set(_record_words(before.pages)),
        "module": set(before.modules),
        "variable": set(before.variables),
    }
    for page in before.pages:
        found[f"heading {page.id}"] = {heading.id for heading in page.headings}
    for one in before.questions:
        for kind, letters in one.letters.items():
            found[f"{kind} {one.id}"] = {*letters, *(one.retired if kind == "options" else ())}
    return {kind: frozenset(ids) for kind, ids in found.items()}


def _match_pages(before: Memory, made: WrittenCourse) -> dict[str, str]:
    old = [(page, _page_content(before.texts.get(page.path, ""))) for page in before.pages]
    new = [(page, _page_content(made.texts[page.path])) for page in made.pages]

    def score(one: tuple[Page, frozenset[str]], other: tuple[Page, frozenset[str]]) -> float:
        same = _share(one[1], other[1])
        if one[0].title == other[0].title:
            return 2 + same
        return same if same >= _MIN_COMMON_CONTENT else 0

    pairs = dict(_match(old, new, score, lambda one: one[1] | {one[0].title}))
    left = [at for at in range(len(old)) if at not in pairs.values()]
    for at, (page, _) in enumerate(new):
        # An unmatched page between two matched ones matches by a similar title.
        if at in pairs:
            continue
        for other in left:
            near = pairs.get(at - 1, -1) < other < pairs.get(at + 1, len(old))
            if near and _ratio(old[other][0].title, page.title) >= _MIN_SIMILARITY:
                pairs[at] = other
                left.remove(other)
                break
    return {new[at][0].id: old[other][0].id for at, other in pairs.items()}


def _page_content(text: str) -> frozenset[str]:
    """The lines of a page, without those that every page has and its title."""
    return frozenset(
        line
        for line in text.split("\n")
        if line not in ("---", "") and not line.startswith(("id: ", "title: ", "minutes: "))
    )


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    most = max(len(one), len(other))
    return len(one & other) / most if most else 0


def _match_questions(before: Memory, made: WrittenCourse) -> dict[str, str]:
    pairs = _matching_questions(before.questions, made.questions)
    return {made.questions[at].id: before.questions[other].id for at, other in pairs}


def _matching_questions(
    before: Sequence[WrittenQuestion], now: Sequence[WrittenQuestion]
) -> Iterator[tuple[int, int]]:
    def score(one: WrittenQuestion, other: WrittenQuestion) -> float:
        same = _share(_answers(one), _answers(other))
        if one.prompt == other.prompt:
            return 2 + same
        if set(one.words) != set(other.words):
            return 0
        likeness = _ratio(one.prompt, other.prompt) + same
        return likeness if likeness >= _MIN_QUESTION_SCORE else 0

    return _match(before, now, score, _question_words)


def _question_words(asked: WrittenQuestion) -> frozenset[str]:
    return _word_set(asked.prompt) | _answers(asked)


def _answers(asked: WrittenQuestion) -> frozenset[str]:
    return frozenset(word for words in asked.words.values() for word in words)


def _match_letters(
    old: WrittenQuestion, new: WrittenQuestion
) -> Iterator[tuple[str, dict[str, str]]]:
    for kind, words in new.words.items():
        before = list(zip(old.words.get(kind, ()), old.letters.get(kind, ()), strict=True))
        pairs = dict(_match([word for word, _ in before], words, _likeness, _word_set))
        rest = [at for at in range(len(before)) if at not in pairs.values()]
        for at in range(len(words)):
            # If the number of entries is unchanged, an unmatched entry takes the letter of the one
            # in its place.
            if at not in pairs and at in rest and len(words) == len(before):
                pairs[at] = at
        yield f"{kind} {old.id}", {str(at): before[other][1] for at, other in pairs.items()}


def _likeness(one: str, other: str) -> float:
    if one == other:
        return 2
    ratio = _ratio(one, other)
    return ratio if ratio >= _MIN_SIMILARITY else 0


def _ratio(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _MIN_SIMILARITY else 0


def _record_words(pages: Sequence[Page]) -> dict[str, str]:
    return {name: words for page in pages for name, words in page.record.items()}


def _match_words(before: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """Match ids by their texts; both arguments map ids to texts. Maps each id of ``now`` to the
    matching id of ``before``."""
    old, new = list(before), list(now)
    texts = list(before.values()), list(now.values())
    pairs = _match(*texts, _likeness, _word_set)
    return {new[at]: old[other] for at, other in pairs}


def _match_modules(before: Memory, made: WrittenCourse, pages: Mapping[str, str]) -> dict[str, str]:
    """Match modules, which are groups of pages, by their titles, or else by the pages in them. Maps
    each new id of a module to its earlier id. ``pages`` maps the new ids of pages to their earlier
    ids."""
    found = _match_words(before.modules, made.modules)
    where = {page.id: page.module for page in before.pages}
    for page in made.pages:
        module = where.get(pages.get(page.id, ""), "")
        if page.module and module and page.module not in found and module not in found.values():
            found[page.module] = module
    return found


def _match_headings(old: Page, new: Page) -> dict[str, str]:
    pairs = _match(
        [heading.words for heading in old.headings],
        [heading.words for heading in new.headings],
        _likeness,
        _word_set,
    )
    return {new.headings[at].id: old.headings[other].id for at, other in pairs}


def _match(
    old: Sequence[T],
    new: Sequence[T],
    score: Callable[[T, T], float],
    words: Callable[[T], frozenset[str]],
) -> Iterator[tuple[int, int]]:
    """Match ``new`` items with ``old`` items, and yield the indexes of each pair (new, old). The
    pairs with the highest scores come first; of equal pairs, the one closest in position. Each item
    is used once.

    ``score`` returns how well an old item and a new item match, and ``words`` the words of an item.
    In long lists, items are compared only if they share words or are close in position.
    """
    old_words, new_words = list(map(words, old)), list(map(words, new))
    same: defaultdict[frozenset[str], list[int]] = defaultdict(list)
    for other, key in enumerate(old_words):
        same[key].append(other)
    unmatched_new = []
    for at, one in enumerate(new):
        # Most items are unchanged; only the rest is compared.
        equals = same[new_words[at]]
        found = next((other for other in equals if old[other] == one), None)
        if found is None:
            unmatched_new.append(at)
        else:
            equals.remove(found)
            yield at, found
    unmatched_old = sorted(other for equals in same.values() for other in equals)
    scored = [
        (-likeness, abs(at - other), at, other)
        for other, at in compared_pairs(unmatched_old, unmatched_new, old_words, new_words)
        if (likeness := score(old[other], new[at])) > 0
    ]
    used_new, used_old = set[int](), set[int]()
    for _, _, at, other in sorted(scored):
        if at not in used_new and other not in used_old:
            used_new.add(at)
            used_old.add(other)
            yield at, other


def _word_set(words: str) -> frozenset[str]:
    return frozenset((words, *_WORD.findall(words.lower())))


COMPARE_ALL = 2_500
"""If there are at most this number of possible pairs, every pair is compared."""
_MAX_ALIKE = 8
"""Number of earlier items that are compared with a new item because they share words with it."""
_MAX_NEAR = 4
"""Number of earlier items that are compared with a new item on each side of its expected
position."""
_MAX_FREQUENCY = 40
"""Maximum number of items that may have a word; more frequent words are ignored as too common."""


def compared_pairs(
    old: Sequence[int],
    new: Sequence[int],
    old_words: Sequence[frozenset[str]],
    new_words: Sequence[frozenset[str]],
) -> Iterator[tuple[int, int]]:
    """The pairs of ``old`` and ``new`` positions that are to be compared. ``old_words`` and
    ``new_words`` have the words of the item at each position.

    If there are few items, yields all pairs. Else it yields a limited number for each new item, so
    that the time grows linearly.
    """
    if len(old) * len(new) <= COMPARE_ALL:
        yield from ((other, at) for at in new for other in old)
        return
    have: defaultdict[str, list[int]] = defaultdict(list)
    for number, other in enumerate(old):
        for word in old_words[other]:
            have[word].append(number)
    for place, at in enumerate(new):
        # Expected position, if items are spread as before.
        near = place * len(old) // len(new)
        found = dict.fromkeys(range(max(0, near - _MAX_NEAR), min(len(old), near + _MAX_NEAR + 1)))
        found |= dict.fromkeys(_most_alike(new_words[at], have))
        yield from ((old[number], at) for number in found)


def _most_alike(words: frozenset[str], have: defaultdict[str, list[int]]) -> list[int]:
    """The numbers of the items that share most words with ``words``; rare words count more.
    ``have`` maps each word to the items that have it."""
    shared: Counter[int] = Counter()
    for word in words:
        numbers = have.get(word, ())
        if len(numbers) <= _MAX_FREQUENCY:
            for number in numbers:
                shared[number] += 1 + _MAX_FREQUENCY // len(numbers)
    # Ties are broken by position, so that the result does not depend on the order of a set.
    ranked = sorted(shared, key=lambda number: (-shared[number], number))
    return ranked[:_MAX_ALIKE]
