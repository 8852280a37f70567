"""Computes what trainees need to pass each part of a course that has a pass mark: in right answers
or points, and whether anything may be wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain

from builder.base.immutable import immutable
from builder.course.model import Course, Draw, Page
from builder.course.questions import TYPES, Question
from builder.course.questions.question_type import FULL
from builder.course.scenarios.model import CREDIT, Scenario

WHOLE = 100
"""The pass mark of authors who want everything right."""

_STEPS = 20_000
"""Maximum number of steps of the search for paths through a scenario."""


@immutable
class Need:
    """The number of right answers that pass, and of questions that count; the same of points if
    ``points``."""

    enough: float
    of: float
    points: bool = False

    def __str__(self) -> str:
        return f"{self.enough:g} of {self.of:g}{' points' if self.points else ''}"


@immutable
class Mark:
    """The pass mark of a part, in ``percent``.

    ``page`` is a quiz, a scenario that counts, or the generated page of a test-out. ``shared``:
    other parts of the course are judged together with it. ``need`` is the mark in answers or
    points; ``None`` if it is shared or differs between attempts. ``best`` is the highest score with
    a mistake, in hundredths of a percent; ``None`` if that is not known.
    """

    page: Page
    percent: int
    shared: bool
    need: Need | None
    best: int | None

    @property
    def full(self) -> bool:
        """Whether only full marks reach it."""
        return self.best is not None and self.best < self.percent * 100


def allows_no_mistake(best: int | None, percent: int) -> bool:
    """Whether only full marks reach a pass mark that does not say so itself; ``best`` as in
    ``Mark``."""
    return percent < WHOLE and best is not None and best < percent * 100


def shared_pages(course: Course) -> list[Page]:
    """The parts of a course that are judged together, or the only one, with the course's mark."""
    return [page for page in course.own_pages if page.counts and page.rules.pass_mark is None]


def marks(course: Course) -> tuple[Mark, ...]:
    """The pass marks of the parts of a course, in its order, without those of 0; those of test-outs
    if the course has their generated pages."""
    together = shared_pages(course)
    best = _best_together(together)
    found = []
    for page in course.pages:
        own = page.rules.pass_mark
        percent = course.tracking.pass_mark if own is None else own
        if not percent or not (page.counts or page.covers):
            continue
        shared = own is None and len(together) > 1
        need = None if shared else _need(page, percent)
        found.append(Mark(page, percent, shared, need, best if shared else _best(page)))
    return tuple(found)


def _best(page: Page) -> int | None:
    return _best_after(_smallest_loss(page))


def _best_after(loss: Fraction | None) -> int | None:
    return None if loss is None else _score(1 - loss)


def of_questions(
    fixed: Sequence[Question], draws: Sequence[Draw], percent: int
) -> tuple[Need | None, int | None]:
    """The ``need`` and the ``best`` (see ``Mark``) of a test with this pass mark, of which each
    attempt asks the ``fixed`` questions and those that are drawn."""
    loss = _loss(fixed, draws)
    return _need_of_questions(fixed, draws, percent, loss), _best_after(loss)


def _best_together(pages: Sequence[Page]) -> int | None:
    """The highest score of parts that are judged together, with a mistake in one of them."""
    weights = [Fraction(round(_weight(page) * 100)) for page in pages]
    losses = [
        weight * loss
        for page, weight in zip(pages, weights, strict=True)
        if (loss := _smallest_loss(page)) is not None
    ]
    return _score(1 - min(losses) / sum(weights)) if losses and sum(weights) else None


def _weight(page: Page) -> float:
    return (page.scenario.weight or 0) if page.scenario else page.rules.weight


def reaches(part: Fraction, percent: int) -> bool:
    """Whether this part of the score, from 0 to 1, passes."""
    return _score(part) >= percent * 100


def _score(part: Fraction) -> int:
    """A part of the score, from 0 to 1, in hundredths of a percent, as the player rounds it."""
    return (2 * part * FULL + 1) // 2


def _need(page: Page, percent: int) -> Need | None:
    if page.scenario:
        return _need_of_walk(page.scenario, percent)
    return of_questions(page.fixed(), page.rules.draws, percent)[0]


def _need_of_questions(
    fixed: Sequence[Question], draws: Sequence[Draw], percent: int, loss: Fraction | None
) -> Need | None:
    pools = [draw.questions for draw in draws]
    if any(len({(one.scored, _weight_of(one)) for one in pool}) > 1 for pool in pools):
        return None
    # Of each draw, any questions will do.
    drawn = (one for draw in draws for one in draw.questions[: draw.count])
    asked = [one for one in (*fixed, *drawn) if one.scored]
    if not asked:
        return None
    weights = [_weight_of(one) for one in asked]
    every = chain(fixed, *pools)
    partial = any(len(TYPES[one.type].credits(one)) > 2 for one in every if one.scored)
    if len(set(weights)) == 1 and not partial:
        return _answers(len(asked), percent)
    return _points(sum(weights), percent, loss)


def _answers(count: int, percent: int) -> Need:
    enough = (n for n in range(count + 1) if reaches(Fraction(n, count), percent))
    return Need(next(enough), count)


def _points(total: int, percent: int, loss: Fraction | None) -> Need:
    """``total`` is in hundredths of a point."""
    full = loss is not None and _score(1 - loss) < percent * 100
    enough = total if full else -(-total * percent // 100)
    return Need(enough / 100, total / 100, points=True)


def _need_of_walk(scenario: Scenario, percent: int) -> Need | None:
    """What a walk needs, if all walks have the same number of decisions."""
    walks = _walks(scenario)
    if walks is None or len(walks.lengths) != 1:
        return None
    [count] = walks.lengths
    if any(choice.quality == "fair" for scene in scenario.scenes for choice in scene.choices):
        return _points(count * 100, percent, walks.loss)
    return _answers(count, percent)


def _weight_of(question: Question) -> int:
    return round(question.weight * 100)


def _smallest_loss(page: Page) -> Fraction | None:
    """The smallest part of the score that a mistake in an attempt costs; ``None`` if nothing is
    scored, or if that is not known."""
    if page.scenario:
        walks = _walks(page.scenario)
        return walks.loss if walks else None
    return _loss(page.fixed(), page.rules.draws)


def _loss(fixed: Sequence[Question], draws: Sequence[Draw]) -> Fraction | None:
    losses = []
    for asked, question in _attempts(fixed, draws):
        possible = sum(map(_weight_of, asked))
        lost = FULL - max(one for one in TYPES[question.type].credits(question) if one < FULL)
        losses.append(Fraction(_weight_of(question) * lost, possible * FULL))
    return min(losses, default=None)


def _attempts(
    fixed: Iterable[Question], draws: Sequence[Draw]
) -> Iterator[tuple[list[Question], Question]]:
    """Each scored question that may be asked, with the attempt in which it weighs least."""
    fixed = [one for one in fixed if one.scored]
    heaviest = [_heaviest(draw.questions, draw.count) for draw in draws]
    for question in fixed:
        yield [*fixed, *(one for some in heaviest for one in some)], question
    for at, draw in enumerate(draws):
        others = [one for place, some in enumerate(heaviest) if place != at for one in some]
        ranked = _heaviest(draw.questions, draw.count)
        for question in draw.questions:
            if question.scored:
                own = [one for one in ranked if one is not question][: draw.count - 1]
                yield [*fixed, *others, question, *own], question


def _heaviest(questions: Iterable[Question], count: int) -> list[Question]:
    scored = (one for one in questions if one.scored)
    return sorted(scored, key=_weight_of, reverse=True)[:count]


@immutable
class _Walks:
    """The numbers of decisions on all paths to an ending that visit no scene twice, and the
    smallest part of the score that a decision which is not good costs on one of them."""

    lengths: frozenset[int]
    loss: Fraction | None


def _walks(scenario: Scenario) -> _Walks | None:
    """``None`` if there are too many paths."""
    scenes = {scene.id: scene for scene in scenario.scenes}
    lengths: set[int] = set()
    losses: set[Fraction] = set()
    waiting: list[tuple[str, tuple[str, ...], Fraction]] = [(scenario.start, (), Fraction(0))]
    for _ in range(_STEPS):
        if not waiting:
            return _Walks(frozenset(lengths), min(losses, default=None))
        name, before, lost = waiting.pop()
        scene = scenes.get(name)
        if scene is None or name in before:
            continue
        if scene.ending and before:
            lengths.add(len(before))
            if lost:
                losses.add(lost / len(before))
        for choice in scene.choices:
            more = lost + 1 - Fraction(CREDIT[choice.quality])
            waiting.append((choice.to, (*before, name), more))
    return None
