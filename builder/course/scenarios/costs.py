"""Finds the decisions of a scenario with which no walk reaches a score."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cached_property

from builder.base.immutable import unfolding
from builder.course.scenarios.model import CREDIT, Choice, Scenario, Scene
from builder.course.scenarios.proof import graph_of, in_order

FULL = 10_000
"""The highest score, in hundredths of a percent."""
_Decision = tuple[str, str]
"""The ids of a scene and of a choice in it."""
_Situation = tuple[str, tuple[_Decision, ...]]
"""The scene in which a trainee is, and the decisions that count so far."""
_SITUATIONS = 20_000
"""Maximum number of situations that are examined in a scenario with loops."""
_Margins = Mapping[_Decision, int]
"""For each decision, by how much the best walk with it is above a score; negative if below."""


@unfolding
class Costs:
    """What each decision in a scenario costs, if everything else is decided as well as possible.

    Every path of the scenario must lead to an ending. Nothing is found in a scenario with loops
    that is too large to examine.
    """

    scenario: Scenario

    def below(self, score: int) -> Sequence[tuple[Scene, Choice]]:
        """The decisions after which no walk has this score (hundredths of a percent) or more,
        although one had it before; in the order of the file. If no walk has it at all, those in the
        first scene."""
        margins = self._margins(score)
        able = {scene for (scene, _), margin in margins.items() if margin >= 0}
        able = able or ({self.scenario.start} if margins else set())
        return [
            (scene, choice)
            for scene in self.scenario.scenes
            for choice in scene.choices
            if scene.id in able and margins[scene.id, choice.id] < 0
        ]

    def best(self, scene: Scene, choice: Choice) -> int:
        """The best score of a walk with this decision, in hundredths of a percent."""
        decision = (scene.id, choice.id)
        scores = range(1, FULL + 1)
        return bisect_left(scores, True, key=lambda one: self._margins(one)[decision] < 0)

    @cached_property
    def _leads(self) -> Mapping[_Decision, Choice]:
        return {
            (scene.id, choice.id): choice
            for scene in self.scenario.scenes
            for choice in scene.choices
        }

    @cached_property
    def _order(self) -> Sequence[str] | None:
        return in_order(graph_of(self.scenario))

    def _margins(self, score: int) -> _Margins:
        # Doubled, so that a mean which is rounded up to the score has a margin of 0.
        gains = {
            decision: int(2 * FULL * CREDIT[choice.quality]) - (2 * score - 1)
            for decision, choice in self._leads.items()
        }
        return self._sums(gains, self._order) if self._order else self._sums_with_ways_back(gains)

    def _sums(self, gains: _Margins, order: Sequence[str]) -> _Margins:
        """The margins in a scenario without loops; ``order`` has each scene after those that follow
        it."""
        scenes = {scene.id: scene for scene in self.scenario.scenes}
        after: dict[str, int] = {}
        for name in order:
            ways = (gains[name, one.id] + after[one.to] for one in scenes[name].choices)
            after[name] = max(ways, default=0)
        before = {self.scenario.start: 0}
        for name in reversed(order):
            for one in scenes[name].choices:
                there = before[name] + gains[name, one.id]
                before[one.to] = max(before.get(one.to, there), there)
        return {
            decision: before[decision[0]] + gains[decision] + after[choice.to]
            for decision, choice in self._leads.items()
        }

    def _sums_with_ways_back(self, gains: _Margins) -> _Margins:
        """The margins in a scenario with loops."""
        before: dict[_Situation, list[_Situation]] = {}
        for situation, moves in self._situations.items():
            for _, to in moves:
                before.setdefault(to, []).append(situation)
        totals = {
            situation: sum(gains[decision] for decision in situation[1])
            for situation, moves in self._situations.items()
            if not moves
        }
        best: dict[_Situation, int] = {}
        for ending, total in sorted(totals.items(), key=lambda one: -one[1]):
            waiting = [ending]
            while waiting:
                situation = waiting.pop()
                if situation not in best:
                    best[situation] = total
                    waiting += before.get(situation, ())
        margins: dict[_Decision, int] = {}
        for (scene, _), moves in self._situations.items():
            for choice, to in moves:
                known = margins.get((scene, choice), best[to])
                margins[scene, choice] = max(known, best[to])
        return margins

    @cached_property
    def _situations(self) -> Mapping[_Situation, Sequence[tuple[str, _Situation]]]:
        """What can happen in each situation of a trainee: the id of each choice, and the situation
        after it; nothing at an ending. Empty if there are too many situations."""
        scenes = {scene.id: scene for scene in self.scenario.scenes}
        start: _Situation = (self.scenario.start, ())
        found: dict[_Situation, Sequence[tuple[str, _Situation]]] = {}
        waiting = [start]
        while waiting:
            situation = waiting.pop()
            if situation in found:
                continue
            if len(found) == _SITUATIONS:
                return {}
            choices = scenes[situation[0]].choices
            found[situation] = [(one.id, self._after(situation, one)) for one in choices]
            waiting += [to for _, to in found[situation]]
        return found

    def _after(self, situation: _Situation, choice: Choice) -> _Situation:
        scene, decided = situation
        known = [name for name, _ in decided]
        if self.scenario.keep == "first":
            more = () if scene in known else ((scene, choice.id),)
            return choice.to, tuple(sorted((*decided, *more)))
        # A way back takes the decisions from there on with it.
        path = (*decided, (scene, choice.id))
        names = [*known, scene]
        return choice.to, path[: names.index(choice.to)] if choice.to in names else path
