"""What has to be true, by what the page has shown; without the player's code or its state.

Whenever the page says “Saved”, everything that the trainee has given up to then is promised, and so
is what the page shows at that moment. In the end each promise is kept if the course shows what was
promised, or what was given after it: that may have arrived as well. While nothing can be saved, the
page may say what the browser has kept: that is promised, too.

In the end, when nothing is wrong any more and all is saved, the LMS has what the course shows: in
the state, in status and score, and in the single answers. A status and a score that it held after
an earlier visit stay, if the trainee had earned them: they may have arrived without their state.

The score of the course is the weighted mean of the best attempt at the quiz and the best walk
through the scenario. Neither has a limit, so nobody fails.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

from tests.chaos.doubts import Doubts
from tests.chaos.plan import CHECKS, ITEMS, KNOWN, QUIZ, SCENES, TEST, WEIGHTS

PASS_MARK = 60
RANKS = ("", "not attempted", "incomplete", "failed", "completed", "passed")
WORDS = ("saucer", "thoughts", *ITEMS)
"""Answers in a trainee's own words, which no browser keeps."""
PRACTICE_LIMIT = 60
"""How many answers an LMS has when it is told no more of practice."""
PLACES = ("quiz", "test", "walk")
"""The places of a trainee in the quiz, in the test-out and in the scenario. If two attempts are
merged, either place is right."""
WORTH = {"good": 100, "fair": 50, "poor": 0}
"""The score of a decision by its quality."""
UNTOLD = "thoughts"
"""No LMS is told what a trainee thinks."""
TYPED = "saucer"
"""The typed answer: an LMS is told in which translation it was given."""
SOURCE = "en"
"""The language in which the course was written."""
STAND_IN = "0.01"
"""The score that is written before a lost score of 0, so that an LMS sends the 0 again."""
COMPLETE = {"id", "type", "correct_responses.0.pattern", "weighting", "student_response", "result"}
"""The elements of an answer in an LMS, also of one reported late. Chamilo keeps no value of 0, so
an answer that does not count has no weighting there."""


Scores = Mapping[str, float]
"""A page of ``WEIGHTS`` → a score there, in percent. A page without a score is left out."""


def mean(scores: Iterable[tuple[float, int]]) -> float:
    """The mean of scores with their weights, in percent to two decimals, halves rounded up."""
    weighted = [(round(score * 100), weight) for score, weight in scores]
    earned = sum(score * weight for score, weight in weighted)
    weights = sum(weight for _, weight in weighted)
    return (2 * earned + weights) // (2 * weights) / 100


def course_score(scores: Scores) -> float:
    """The score of the course; without a score, a page counts as 0."""
    return mean((scores.get(page, 0), weight) for page, weight in WEIGHTS.items())


def walk_score(decisions: Iterable[tuple[str, str]]) -> float:
    """The score of a walk with these decisions, each a scene and a choice: the mean over its final
    path. A way back to a scene replaces the decision there and all after it."""
    path: dict[str, str] = {}
    for scene, choice in decisions:
        before = [*path.items()]
        if scene in path:
            before = before[: [*path].index(scene)]
        path = dict([*before, (scene, choice)])
    return mean((WORTH[SCENES[scene][choice][0]], 1) for scene, choice in path.items())


@dataclass(frozen=True, slots=True)
class Answer:
    """A single answer, as an LMS is told of it."""

    name: str
    response: str
    language: str = SOURCE

    @property
    def told(self) -> str:
        """The response as an LMS is told of it."""
        return self.response if self.language == SOURCE else f"[{self.language}] {self.response}"

    @property
    def id(self) -> str:
        if self.name in QUIZ:
            return f"quiz--{self.name}"
        if self.name in SCENES:
            return f"walk--{self.name}"
        if self.name in KNOWN:
            return f"{TEST}--{self.name}"
        return f"{'start' if self.name in ('where', 'weekly') else 'words'}--{self.name}"

    @property
    def result(self) -> str:
        if self.name in SCENES:
            quality, _ = SCENES[self.name][self.response]
            return {"good": "correct", "fair": "neutral", "poor": "wrong"}[quality]
        return "correct" if self.response == (QUIZ | KNOWN | CHECKS)[self.name][0] else "wrong"

    def __str__(self) -> str:
        return f"{self.id} {self.told!r} {self.result}"


@dataclass(frozen=True, slots=True)
class Found:
    """What there is in the end."""

    shown: dict[str, str]
    """Name of an answer → what the course shows."""
    held: dict[str, str]
    """The same by the state that the LMS holds."""
    best: Scores
    """The best scores by that state."""
    status: str
    score: str
    interactions: tuple[Mapping[str, str], ...]
    looking_back: bool = False
    """Whether the LMS takes nothing more, so that nothing was added from the browser."""
    added: bool = False
    """Whether the trainee had the work of another attempt added."""


@dataclass(slots=True)
class Truth:
    """What the trainee gave, and what was promised. An act is counted by watch.js."""

    doubts: Doubts
    journal: bool = True
    """Whether the browser keeps anything."""

    given: dict[str, list[str]] = field(default_factory=dict)
    """Name of an answer → what was given, in order."""
    promised: dict[str, int] = field(default_factory=dict)
    """Name of an answer → which of those has to be there at least."""
    kept: dict[str, int] = field(default_factory=dict)
    """The same, by what the browser was said to have."""
    score: dict[str, float] = field(default_factory=dict)
    """The best scores that were promised, and those that the browser was said to have."""
    kept_score: dict[str, float] = field(default_factory=dict)
    told: list[Answer] = field(default_factory=list)
    """The answers that an LMS was promised to have."""
    responses: dict[str, set[Answer]] = field(default_factory=dict)
    """What was ever answered to a question."""
    status: str = ""
    """The highest status that the LMS held after a visit."""
    earned: str = ""
    """The same, where the trainee had earned it, and the highest such score of the course."""
    earned_score: float = 0
    failed: bool = False
    """Whether the LMS has ever held “failed”."""
    scores: dict[str, list[float]] = field(default_factory=lambda: {page: [] for page in WEIGHTS})
    """Of every attempt at the quiz and every walk that was finished."""
    asked_again: list[str] = field(default_factory=list)
    """Questions that a further try of the test-out asked once more."""
    lied: bool = False
    """Whether the LMS has confirmed what it lost."""
    refused_score: bool = False
    """Whether the LMS has refused a score."""

    # Of the visit under way: each with the act that it was.
    _held: Mapping[str, str] = field(default_factory=dict)
    """What the LMS held when the visit began, by its state."""
    _gifts: list[tuple[int, str, int]] = field(default_factory=list)
    _scores: list[tuple[int, str, float]] = field(default_factory=list)
    _answers: list[tuple[int, Answer]] = field(default_factory=list)
    _doubtful: float = -1
    _closed: float = math.inf
    _said: float = -math.inf
    """The act before the page last said “Saved”."""

    def launch(self, held: Mapping[str, str], *, begun: bool = True) -> None:
        """A visit begins, and nothing but what was promised is sure to be there; the LMS has a
        state with what is ``held``, if an attempt is ``begun`` there."""
        if self.lied and not begun:
            # What was falsely confirmed comes back only within its attempt (docs/lms.md).
            self.kept.clear()
            self.kept_score.clear()
        self._held = held
        self._gifts, self._scores, self._answers = [], [], []
        self._doubtful, self._closed, self._said = -1, math.inf, -math.inf

    # -- what the trainee does ------------------------------------------------------------------

    def give(self, name: str, value: str, act: int) -> None:
        values = self.given.setdefault(name, [])
        values.append(value)
        self._gifts.append((act, name, len(values) - 1))

    def scored(self, page: str, score: float, act: int) -> None:
        """An attempt at the quiz or a walk is finished."""
        self.scores[page].append(score)
        self._scores.append((act, page, score))

    def practised(self) -> None:
        """The LMS has said that the visit under way changes nothing: nothing of it may be found."""
        for _, name, index in reversed(self._gifts):
            del self.given[name][index:]
        for _, page, _ in self._scores:
            self.scores[page].pop()
        self._gifts, self._scores, self._answers = [], [], []

    def answered(self, answer: Answer) -> None:
        """A question is answered, whether or not the LMS is told at once."""
        self.responses.setdefault(answer.name, set()).add(answer)

    def tell(self, answer: Answer, act: int) -> None:
        """The LMS is to be told of an answer from now on."""
        self._answers.append((act, answer))

    # -- what the LMS does that nobody can see ----------------------------------------------------

    def doubt(self, until: float) -> None:
        """The LMS confirms what it loses, of all up to this act. Later acts write the state whole,
        but single answers, status and score are not sent again."""
        self._doubtful = until

    def close(self, act: int) -> None:
        """The LMS stores nothing more of what comes after this act."""
        self._closed = min(self._closed, act)

    # -- what the page says -----------------------------------------------------------------------

    @property
    def _sure(self) -> bool:
        """Whether the LMS has what it last confirmed."""
        return self._doubtful < self._said <= self._closed

    def saved(self, act: int) -> bool:
        """The page says “Saved” after this act; whether that is a promise that can be kept."""
        self._said = act
        if not self._doubtful < act:
            # What an LMS has lost comes back from the browser, as far as that has it.
            self.lied = True
            self._answers = [one for one in self._answers if one[0] > act]
            return self.journal and self.keeps(act)
        act = int(min(act, self._closed))
        for given, name, index in self._gifts:
            if given <= act:
                self.promised[name] = max(index, self.promised.get(name, 0))
        self._raise(self.score, act)
        self.told += [answer for given, answer in self._answers if self._doubtful < given <= act]
        self._answers = [one for one in self._answers if one[0] > act]
        return True

    def show(self, shown: dict[str, str]) -> None:
        """The page shows these while it says “Saved”."""
        if not self._sure:
            return
        for name, value in shown.items():
            since = self.promised.get(name, 0)
            if value and value in self.given.get(name, [])[since:]:
                self.promised[name] = self.given[name].index(value, since)

    def keeps(self, act: int) -> bool:
        """The page says, after this act, that this browser has all but the trainee's own words;
        whether that is a promise of anything."""
        for given, name, index in self._gifts:
            if given <= act and name not in (*WORDS, *PLACES):
                self.kept[name] = max(index, self.kept.get(name, 0))
        self._raise(self.kept_score, act)
        return bool(self.kept)

    def _raise(self, best: dict[str, float], act: int) -> None:
        """Raise the best scores by those of this visit up to an act."""
        for given, page, score in self._scores:
            if given <= act:
                best[page] = max(best.get(page, 0), score)

    def left(self, status: str, score: str) -> None:
        """The LMS holds this status and score after a visit."""
        self.status = max(self.status, status, key=RANKS.index)
        self.failed |= status == "failed"
        if self._may_be(status):
            self.earned = max(self.earned, status, key=RANKS.index)
        if score and float(score) in self._possible():
            self.earned_score = max(self.earned_score, float(score))

    def _possible(self) -> set[float]:
        """Every score that the course may have had, whatever was lost on the way."""
        each = [[(page, score) for score in (0, *scores)] for page, scores in self.scores.items()]
        return {course_score(dict(one)) for one in product(*each)}

    def _may_be(self, status: str) -> bool:
        """Whether the trainee may have earned a status in the visit under way. Days and scores may
        have come from the browser, their own words only from the LMS."""
        there = {name for _, name, _ in self._gifts} | {n for n, text in self._held.items() if text}
        filled = all(one in there and self.given.get(f"{one}-day") for one in ITEMS)
        best = {page: max(scores) for page, scores in self.scores.items() if scores}
        passed = filled and _passes(best)
        return status == "incomplete" or (status == "passed" and passed)

    # -- in the end -------------------------------------------------------------------------------

    def broken(self, found: Found) -> list[str]:
        """What is not as it has to be."""
        return [
            *self._answers_lost(found),
            *self._state_wrong(found),
            *self._result_wrong(found),
            *self._interactions_lost(found),
            *(f"test-out: {name} was asked again" for name in self.asked_again),
        ]

    def _answers_lost(self, found: Found) -> list[str]:
        promises = [("saved", self.promised)]
        if not found.looking_back:
            promises.append(("kept in the browser", self.kept))
        wrong = []
        for words, promised in promises:
            for name, index in promised.items():
                rest, there = self.given[name][index:], found.shown.get(name, "")
                if there not in rest and not (found.added and name in PLACES):
                    wrong.append(f"{name}: {rest[0]!r} was {words}, {there!r} is there")
        for name, there in found.shown.items():
            if there and name not in PLACES and there not in self.given.get(name, []):
                wrong.append(f"{name}: {there!r} is there, which nobody gave")
        return wrong

    def _state_wrong(self, found: Found) -> list[str]:
        wrong = [
            f"{name}: the course shows {there!r}, the LMS has {found.held.get(name, '')!r}"
            for name, there in found.shown.items()
            if there != found.held.get(name, "")
        ]
        for words, scores in (("saved", self.score), ("kept in the browser", self.kept_score)):
            for page, score in scores.items():
                there = found.best.get(page, -1)
                if there < score and (words == "saved" or not found.looking_back):
                    wrong.append(f"{page}: {score:g} % was {words}, {_percent(there)} is there")
        for page, there in found.best.items():
            if there not in self.scores[page]:
                wrong.append(f"{page}: {there:g} % is there, which nobody reached")
        return wrong

    def _result_wrong(self, found: Found) -> list[str]:
        if self.lied and self.doubts.mute:
            return []
        wrong = []
        filled = all(found.shown[item] and found.shown[f"{item}-day"] for item in ITEMS)
        scores = {
            page: max(found.best.get(page, 0), self.score.get(page, 0))
            for page in found.best.keys() | self.score.keys()
        }
        done = filled and bool(found.shown["ended"])
        status = "passed" if done and _passes(scores) else "incomplete"
        status = max(status, self.earned, key=RANKS.index)
        best = max(course_score(scores), self.earned_score)
        if found.status != status:
            wrong.append(f"status: it has to be {status!r}, the LMS holds {found.status!r}")
        if RANKS.index(found.status) < RANKS.index(self.status):
            wrong.append(f"status: the LMS held {self.status!r} before {found.status!r}")
        if self.failed:
            wrong.append("status: the LMS held 'failed' although there is always an attempt left")
        # A status without its score may have closed the attempt to every later visit: it was sent
        # when the trainee left, without a word that it was saved.
        least = course_score(self.score)
        there = float(found.score or 0)
        barred = found.looking_back and self.refused_score and least <= there < best
        # Some LMSs say 0 before there is a score, or keep none that is 0.
        spared = self.doubts.zeroless and best == 0 and found.score == STAND_IN
        if there != best and not barred and not spared:
            wrong.append(f"score: it has to be {best:g}, the LMS holds {found.score!r}")
        return wrong

    def _interactions_lost(self, found: Found) -> list[str]:
        there = Counter(
            f"{one['id']} {one['student_response']!r} {one['result']}"
            for one in found.interactions
            if one.keys() >= COMPLETE - ({"weighting"} if one.get("result") == "neutral" else set())
        )
        full = len(found.interactions) >= PRACTICE_LIMIT
        promised = Counter(one for one in self.told if not (full and one.name not in QUIZ | SCENES))
        wrong = []
        for answer, count in promised.items():
            if self.doubts.latest:
                ways = {str(one) for one in self.responses[answer.name]}
                enough = bool(ways & set(there))
            else:
                enough = there[str(answer)] >= count
            if not enough:
                times = "" if count == 1 else f" {count} times"
                has = sorted(there.elements())
                wrong.append(f"answer: {answer} was saved{times}, the LMS has {has}")
        return wrong


def _passes(scores: Scores) -> bool:
    """Whether these scores are enough to pass: one of each page, which together reach the mark."""
    return scores.keys() == WEIGHTS.keys() and course_score(scores) >= PASS_MARK


def _percent(score: float) -> str:
    return "no score" if score < 0 else f"{score:g} %"
