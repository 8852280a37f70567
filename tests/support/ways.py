"""Ways through a course, for walks that do all of it."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import Any

SUBMIT = "[type=submit]:is(:not([value]), :focus)"
"""The button that submits an answer: the only one of a form or, where each is an answer by itself,
the one that has the focus."""

COST = {"good": 1, "fair": 10, "poor": 100}


def best_way(scenario: dict[str, Any]) -> list[str]:
    """The ids of the choices that lead from the start to an ending with the fewest poor and fair
    decisions: to a good ending, if there is one. ``scenario`` is that of a page in course.json."""
    scenes = {scene["id"]: scene for scene in scenario["scenes"]}
    best = min(COST[one["ending"]] for one in scenes.values() if one["ending"])
    todo: list[tuple[int, str, list[str]]] = [(0, scenario["start"], [])]
    seen: set[str] = set()
    while todo:
        cost, name, way = heappop(todo)
        if name in seen:
            continue
        seen.add(name)
        scene = scenes[name]
        if scene["ending"] and COST[scene["ending"]] == best:
            return way
        for choice in scene["choices"]:
            more = cost + COST[choice["quality"]]
            heappush(todo, (more, choice["to"], [*way, choice["id"]]))
    raise AssertionError("no way leads to an ending")
