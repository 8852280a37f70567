"""Judges the settings of a test-out, and finds better ones: with which few people pass who only
guess, and trainees who know the subject may be wrong once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from builder.base.immutable import unfolding
from builder.course import guessing, marks
from builder.course.marks import WHOLE, Need
from builder.course.model import Draw
from builder.course.questions import Question
from builder.course.test_out import tries

USUAL_MARK = 80
_MARKS = (USUAL_MARK, 75, 85, 70, 90, 65, 95, 60, 55, 50)
"""The pass marks that are advised, in percent, nearest to the usual one first."""

_MOST_ASKED = 30
"""Maximum number of questions that is advised; more take long to answer."""


@unfolding
class Settings:
    """A test that asks ``count`` questions of ``pool``, with its pass mark in percent.
    ``attempts`` is 0 for no limit; ``missing`` is how many questions of the pool have still to be
    written."""

    pool: tuple[Question, ...]
    count: int
    mark: int
    attempts: int
    missing: int = 0

    @property
    def tries(self) -> int:
        """How often a trainee can try it."""
        return tries(len(self.pool), self.count, self.attempts)

    @cached_property
    def chance(self) -> float:
        """The chance, from 0 to 1, that answers at random pass it, all tries together."""
        return guessing.chance_to_pass((self._draw,), self.mark, self.tries)

    @property
    def guessable(self) -> bool:
        """Whether too many people pass it who only guess."""
        return self.chance > guessing.LIKELY

    @cached_property
    def _marked(self) -> tuple[Need | None, int | None]:
        return marks.of_questions((), (self._draw,), self.mark)

    @property
    def need(self) -> Need | None:
        """What passes it; ``None`` if that differs between tries."""
        return self._marked[0]

    @property
    def full(self) -> bool:
        """Whether only full marks pass it, though its pass mark does not say so."""
        return marks.allows_no_mistake(self._marked[1], self.mark)

    @property
    def sound(self) -> bool:
        """Whether there is nothing to say against it."""
        return not (self.guessable or self.full)

    @property
    def _draw(self) -> Draw:
        return Draw(self.count, self.pool)

    def with_missing(self, asked: Sequence[Question], count: int) -> Settings:
        """The same test of ``count`` questions: those that are ``asked``, and as many that are
        missing, each as easy to guess as the easiest of the pool."""
        missing = max(count - len(asked), 0)
        easiest = max(self.pool, key=_chance_to_guess)
        pool = (*asked, *(replace(easiest) for _ in range(missing)))
        return replace(self, pool=pool, count=count, missing=missing)


def advise(now: Settings, spare: Sequence[Question]) -> Settings | None:
    """Sound settings that are near to those of ``now``; ``None`` if none are found.

    ``spare`` are the questions of the pool that no quiz asks: only they are asked if questions must
    be added anyway.
    """
    return next((one for one in _candidates(now, spare) if one.sound), None)


def with_more_questions(now: Settings) -> Settings | None:
    """Settings that nobody is likely to pass by answers at random, with the same pass mark and the
    smallest number of questions above that of ``now``; ``None`` if the pool has too few."""
    return next((one for one in _larger(now) if not one.guessable), None)


def _candidates(now: Settings, spare: Sequence[Question]) -> Iterator[Settings]:
    others = () if now.mark == WHOLE else tuple(mark for mark in _MARKS if mark != now.mark)
    if len(spare) >= now.count:
        if not now.guessable:
            lower = sorted((mark for mark in others if mark < now.mark), reverse=True)
            yield from (replace(now, mark=mark) for mark in lower)
        yield from _larger(now)
        for one in (now, *_larger(now)):
            yield from (replace(one, mark=mark) for mark in others)
    every = [now.with_missing(spare, size) for size in range(max(len(spare), 1), _MOST_ASKED + 1)]
    yield from every
    for one in every:
        yield from (replace(one, mark=mark) for mark in others)


def _larger(now: Settings) -> Iterator[Settings]:
    for count in range(now.count + 1, min(len(now.pool), _MOST_ASKED) + 1):
        yield replace(now, count=count)


def _chance_to_guess(question: Question) -> float:
    return guessing.chance_to_pass((Draw(1, (question,)),), WHOLE, 1)
