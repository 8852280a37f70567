"""Finds what is new for people who completed an earlier version of a course: the pages that they
must read, and the runs of text on these pages that are new or changed.

A page counts as changed if the words that trainees read on it have changed: its own, those of the
questions that it asks for practice, and the local values in them. Settings, links, pictures and the
order of pages do not count, and neither does a page in which the author has judged the change as
minor (docs/decisions/minor-changes-are-named-by-a-code.md). A raised revision always counts, and so
does a right answer or a good decision that has changed (``builder.updating.relearnt``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from builder.base.immutable import immutable
from builder.course.approvals import short_code
from builder.course.model import Course, NewsKind, PageNews
from builder.course.model import Page as CoursePage
from builder.package.outline import Outline, Page
from builder.package.render.news import Run, runs
from builder.updating.changes import Pair, match_outlines
from builder.updating.contents import Contents
from builder.updating.relearnt import AnswerChange, find_answers, is_decision_changed

_ALIKE = 0.5
"""The ratio of common words above which a text counts as changed instead of new."""
_WORD = re.compile(r"\w+")
_VALUE = "value/"
"""Begins the name of a local value among the parts that can be approved."""
_MAX_COMPARED = 400
"""Maximum number of words by which two texts are judged alike."""
_MAX_WORK = 30_000_000
"""Maximum number of words and of pairs of words that are compared on a page, which bounds the time
for a long page that was written anew."""


@dataclass(frozen=True, slots=True)
class PageChange:
    """A page of the new version on which something is new.

    ``code`` names the change: it depends on the words before and after. ``minor`` is whether the
    author has judged this change as minor; then nobody has to read the page. ``count`` is the
    number of runs of text in ``news`` that the HTML of the page has.
    """

    id: str
    title: str
    news: PageNews
    code: str
    minor: bool
    count: int


@dataclass(frozen=True, slots=True)
class News:
    """What is new for people who completed an earlier version: ``pages`` in the order of the
    course, without quizzes, and the questions whose right ``answers`` have changed."""

    pages: tuple[PageChange, ...]
    answers: tuple[AnswerChange, ...]


def find_news(before: Contents, after: Contents, course: Course, whole: Course) -> News:
    """What is new in ``after`` since ``before``. ``course`` is the model of which ``after`` was
    made; ``whole`` has all questions, also those that ``after`` does not ask."""
    answers = find_answers(before.outline, whole, _changed_values(before.outline, after.outline))
    found = _News(before, after, course, frozenset(one.id for one in answers))
    return News(tuple(found.changes()), answers)


def _changed_values(before: Outline, after: Outline) -> set[str]:
    """The names of the local values that have changed."""
    if before.words_rule != after.words_rule:
        return set()
    old, new = _codes(before), _codes(after)
    names = {name for name in old if name.startswith(_VALUE) and name in new}
    return {name.removeprefix(_VALUE).partition("@")[0] for name in names if old[name] != new[name]}


class _News:
    """Compares the pages of two versions of a course."""

    def __init__(
        self, before: Contents, after: Contents, course: Course, answers: frozenset[str]
    ) -> None:
        self._before, self._after = before, after
        self._answers = answers
        self._pages = {page.id: page for page in course.pages}
        self._language = course.language
        matched = match_outlines(before.outline, after.outline)
        self._matched = matched
        self._questions = {pair.new.id: pair for pair in matched.questions if pair.new}
        self._codes = _codes(before.outline), _codes(after.outline)
        self._comparable = before.outline.words_rule == after.outline.words_rule
        self._revised = {
            page
            for pair in matched.questions
            if pair.old and pair.new and pair.new.revision > pair.old.revision
            for page in self._pages_about(pair.new.id)
        }

    def changes(self) -> Iterator[PageChange]:
        for pair in self._matched.pages:
            if pair.new and (made := self._compare(pair, pair.new)):
                yield made

    def _compare(self, pair: Pair[Page], new: Page) -> PageChange | None:
        if new.kind == "scenario":
            return self._scenario(pair, new)
        return self._page(pair, new) if new.kind in ("page", "record") else None

    def _scenario(self, pair: Pair[Page], new: Page) -> PageChange | None:
        """What is new of a scenario, which everybody does again anyway."""
        old = pair.old if pair.old and pair.old.scenario else None
        if old is None:
            news = PageNews("new")
        elif is_decision_changed(old, new):
            news = PageNews("again", decisions=True)
        elif new.revision > old.revision:
            news = PageNews("again")
        else:
            return None
        return self._change(new, news, "", runs(self._after.pages[new.id]))

    def _pages_about(self, question: str) -> Iterator[str]:
        """The pages that ask a question for practice, and the page with its answer."""
        for page in self._pages.values():
            for one in page.questions():
                if one.id == question:
                    yield from [page.id] if one in page.checks else []
                    yield from [one.source] if one.source else []

    def _page(self, pair: Pair[Page], new: Page) -> PageChange | None:
        after = runs(self._after.pages[new.id])
        if pair.old is None:
            return self._change(new, PageNews("new"), "", after)
        raised = new.revision > pair.old.revision or new.id in self._revised
        before = runs(self._before.pages[pair.old.id])
        old = [pair.old.title, *(self._words(run, old=True) for run in before)]
        words = [new.title, *(self._words(run) for run in after)]
        answers = len(self._answers.intersection(new.checks))
        raised = raised or answers > 0
        if old == words or self._has_same_codes(pair.old, new):
            again = PageNews("again", answers=answers)
            return self._change(new, again, "", after) if raised else None
        comparison = _Comparison(old[1:], words[1:])
        marks = comparison.marks()
        code = short_code("change", "\n".join([*old, "", *words]))
        minor = code in self._pages[new.id].minor and not raised
        news = PageNews("changed", marks, comparison.has_removed(), answers)
        return self._change(new, news, code, after, minor)

    def _change(
        self, page: Page, news: PageNews, code: str, after: Sequence[Run], minor: bool = False
    ) -> PageChange:
        return PageChange(page.id, page.title, news, code, minor, len(after))

    def _words(self, run: Run, old: bool = False) -> str:
        """The words of a run of text; for a question, with digests of its texts and of how
        answers are judged."""
        if not run.question:
            return run.words
        outline = self._before.outline if old else self._after.outline
        try:
            question = outline.question(run.question)
        except KeyError:
            return run.words
        return f"{run.words}\n{question.wording}\n{question.fingerprint}"

    def _has_same_codes(self, old: Page, new: Page) -> bool:
        """Whether the codes of all words on a page are the same, so that HTML of another version of
        scorm-builder, with other texts of the interface, makes no difference."""
        page = self._pages[new.id]
        if not self._comparable:
            return False
        parts = [(f"page/{old.id}", f"page/{new.id}")]
        if page.record:
            parts.append((f"record/{old.id}", f"record/{new.id}"))
        for asked in page.checks:
            pair = self._questions.get(asked.id)
            if not pair or not pair.old:
                return False
            parts.append((f"question/{pair.old.id}", f"question/{asked.id}"))
        parts += [(f"{_VALUE}{name}", f"{_VALUE}{name}") for name in _values(page)]
        return all(self._is_same(*names) for names in parts)

    def _is_same(self, old: str, new: str) -> bool:
        before, after = (
            codes.get(name) or codes.get(f"{name}@{self._language}")
            for codes, name in zip(self._codes, (old, new), strict=True)
        )
        return before is not None and before == after


def _codes(outline: Outline) -> Mapping[str, str]:
    return {one.part: one.code for one in outline.wording}


def _values(page: CoursePage) -> Iterator[str]:
    """The names of the local values that a page shows."""
    for text in page.prose():
        yield from (use.name for use in text.variables)


class _Comparison:
    """Compares the texts of a page with those of its earlier version."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self._old, self._new = old, new
        self._comparer = _Comparer()
        matcher = SequenceMatcher(None, old, new, False)
        self._differences = [
            (old[first:end], range(start, stop))
            for tag, first, end, start, stop in matcher.get_opcodes()
            if tag != "equal"
        ]

    def marks(self) -> Mapping[int, NewsKind]:
        """The new texts that are new or changed, by position. A text is changed if it is similar
        to the text that it replaces, or if it has moved."""
        known = frozenset(self._old)
        marks: dict[int, NewsKind] = {}
        for before, positions in self._differences:
            for position in positions:
                text = self._new[position]
                is_changed = text in known or any(self._comparer.alike(one, text) for one in before)
                marks[position] = "changed" if is_changed else "new"
        return marks

    def has_removed(self) -> bool:
        """Whether an old text is gone, or has only lost words. A text that is changed in another
        way, or that has moved, is not removed."""
        gone = Counter(self._old) - Counter(self._new)
        return any(
            text in gone and not any(self._keeps(text, self._new[one]) for one in positions)
            for before, positions in self._differences
            for text in before
        )

    def _keeps(self, old: str, new: str) -> bool:
        """Whether the new text is the old one with changes, and has not only lost words."""
        return self._comparer.alike(old, new) and not self._comparer.is_shortened(old, new)


@immutable
class _Words:
    """The words of a text in order, and how often each occurs."""

    order: tuple[str, ...]
    counts: Counter[str]


class _Comparer:
    """Compares the texts of a page by their words. After ``_MAX_WORK``, no texts are alike."""

    def __init__(self) -> None:
        self._left = _MAX_WORK
        self._words: dict[str, _Words] = {}

    def alike(self, old: str, new: str) -> bool:
        """Whether a text is the other one with changes: words were only added or only removed, or
        most words are common."""
        if self._left < 0:
            return False
        before, after = self._of(old), self._of(new)
        self._left -= len(before.order) + len(after.order)
        # Words in another order are not common, so there are no more than these.
        if not self._is_enough((before.counts & after.counts).total(), before, after):
            return False
        self._left -= len(before.order) * len(after.order)
        matcher = SequenceMatcher(None, before.order, after.order, False)
        common = sum(block.size for block in matcher.get_matching_blocks())
        return self._is_enough(common, before, after)

    def is_shortened(self, old: str, new: str) -> bool:
        """Whether a text has fewer words than the other one, all of them from it and in the same
        order."""
        before, after = self._of(old).order, self._of(new).order
        rest = iter(before)
        return len(after) < len(before) and all(word in rest for word in after)

    def _is_enough(self, common: int, before: _Words, after: _Words) -> bool:
        """Whether this number of common words makes two texts alike."""
        every = len(before.order)
        ratio = 2 * common / ((every + len(after.order)) or 1)
        return common > 0 and (common in (every, len(after.order)) or ratio > _ALIKE)

    def _of(self, text: str) -> _Words:
        if text not in self._words:
            order = tuple(_WORD.findall(text)[:_MAX_COMPARED])
            self._words[text] = _Words(order, Counter(order))
        return self._words[text]
