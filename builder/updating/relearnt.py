"""Finds what people learnt in an earlier version of a course that is now wrong: right answers, and
good decisions in scenarios.

That more is accepted than before does not count, and neither do questions without a right answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from builder.course.model import Course
from builder.course.questions import Question as CourseQuestion
from builder.course.scenarios.model import QUALITIES, Quality
from builder.package.outline import Outline, Page, Question, Scene
from builder.package.render.outline import outline_question
from builder.updating.changes import asked_questions, is_key_changed, pairs
from builder.updating.suspicions import format_right_answer, has_other_meaning

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """A question of the new version whose right answer has changed; ``was`` and ``now`` are the
    answers in words."""

    id: str
    was: str
    now: str


def find_answers(
    before: Outline, course: Course, values: Collection[str]
) -> tuple[AnswerChange, ...]:
    """The questions that a page of ``before`` asks and whose right answer is another one in
    ``course``, in the order of the course.

    ``values`` are the names of the local values that have changed.
    """
    written = {one.id: one for one in course.questions}
    now = [_as_packaged(one, course) for one in course.questions]
    return tuple(
        AnswerChange(pair.new.id, format_right_answer(pair.old), format_right_answer(pair.new))
        for pair in pairs(asked_questions(before), now)
        if pair.old and pair.new and pair.old.scored and pair.new.scored
        if is_answer_changed(pair.old, pair.new)
        or not _values(written[pair.new.id]).isdisjoint(values)
    )


def _as_packaged(question: CourseQuestion, course: Course) -> Question:
    """A question of a course as it is read from a package, where tuples are lists."""
    made = outline_question(question, course)
    return replace(made, answer=json.loads(json.dumps(made.answer)))


def is_answer_changed(old: Question, new: Question) -> bool:
    """Whether somebody who learnt the right answer to ``old`` has learnt something wrong.

    If the type has changed, the right answers are compared in words. Else it is so if the key has
    changed (``is_key_changed``), or if a right option, or any part of a question that is put in
    order or matched, has got another meaning: other numbers, the words of another letter, or very
    different words.
    """
    if not (old.scored and new.scored):
        return False
    if old.type != new.type:
        return _right_words(old) != _right_words(new)
    if is_key_changed(old, new):
        return True
    return any(is_other(old.texts, new.texts, letter) for letter in _letters(new))


def is_other(old: Mapping[str, str], new: Mapping[str, str], letter: str) -> bool:
    """Whether the text of a letter has another meaning in ``new`` than in ``old``; false if one of
    them does not have the letter."""
    if letter not in old or letter not in new:
        return False
    before, after = old[letter], new[letter]
    numbers = [_NUMBER.findall(text) for text in (before, after)]
    return numbers[0] != numbers[1] or has_other_meaning(old, after, letter)


def _letters(question: Question) -> Sequence[str]:
    """The letters whose texts make the right answer."""
    if question.type == "true-false":
        return ()  # the interface has the texts
    right = question.answer.get("right", question.answer.get("needed"))
    return [*map(str, right)] if isinstance(right, list | tuple) else [*question.texts]


def _right_words(question: Question) -> Sequence[str]:
    if question.type in ("fill-in", "numeric"):
        return [question.right]
    return [question.texts.get(letter, letter) for letter in _letters(question)] or [question.right]


def _values(question: CourseQuestion) -> set[str]:
    """The names of the local values in the right answer."""
    right = [option.text for option in question.options if option.correct]
    options = [option.text for option in question.options]
    parts = right or [*options, *(item.text for item in question.items)]
    return {use.name for text in parts for use in text.variables}


def is_decision_changed(old: Page, new: Page) -> bool:
    """Whether a decision in a scenario that was good is no longer as good, or leads to a worse
    ending."""
    if not (old.scenario and new.scenario):
        return False
    return any(
        _is_worse(pair.old, pair.new)
        for pair in pairs(old.scenario.scenes, new.scenario.scenes)
        if pair.old and pair.new
    )


def _is_worse(old: Scene, new: Scene) -> bool:
    if old.ending and new.ending:
        return _rank(new.ending) > _rank(old.ending)
    return any(_lost(old, new))


def _lost(old: Scene, new: Scene) -> Iterator[bool]:
    """Yield for each choice that was the best one of a scene whether it is not so good now, or
    means something else; a choice that is gone counts only if no best choice is left."""
    best = min((_rank(one.quality) for one in old.choices), default=0)
    texts = [{one.id: one.text for one in scene.choices} for scene in (old, new)]
    now = {choice.id: choice for choice in new.choices}
    good = [one for one in old.choices if _rank(one.quality) == best]
    kept = [one for one in good if one.id in now]
    yield bool(good and now and not kept)
    for one in kept:
        is_lower = _rank(now[one.id].quality) > _rank(one.quality)
        yield is_lower or is_other(texts[0], texts[1], one.id)


def _rank(quality: Quality) -> int:
    return QUALITIES.index(quality)
