"""Proves properties of the graph of a scenario: scenes are its nodes, choices its edges."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush

from builder.base.immutable import immutable
from builder.course import markdown
from builder.course.markdown import Directive, Prose
from builder.course.scenarios.model import Scenario, Scene

PATHS = 10_000
"""Maximum number of paths that are counted."""
_STEPS = 100_000
"""Maximum number of steps of the search for paths in a graph with loops."""


@immutable
class Node:
    """A scene as a node: the number of words that trainees read in it, its steps, and whether it
    ends a path. A step is the scene that a choice leads to, and the number of words of the choice's
    feedback."""

    words: int
    steps: tuple[tuple[str, int], ...]
    ends: bool


Graph = Mapping[str, Node]


@immutable
class Extent:
    """The least and the greatest size of a path."""

    least: int
    most: int


@immutable
class Proof:
    """What is proved about a scenario.

    - ``scenes``: the number of scenes; ``unreachable``: those that no walk reaches; ``endless``:
      those that a walk reaches and from which no ending can be reached.
    - ``paths``: the number of paths from the start to an ending that visit no scene twice, up to
      ``PATHS``; ``exact``: whether all were counted. If not, a longer path may exist.
    - ``length`` and ``words``: the size of these paths in scenes and in words.
    - ``loops``: whether a walk can return to a scene. ``good``: whether it can reach a good ending.
    """

    scenes: int
    unreachable: tuple[str, ...]
    endless: tuple[str, ...]
    paths: int
    exact: bool
    length: Extent
    words: Extent
    loops: bool
    good: bool


@immutable
class Proved:
    """The scenario of the page with the id ``page``, whose title is ``title``, and its proof."""

    page: str
    title: str
    scenario: Scenario
    proof: Proof


def describe(proof: Proof) -> str:
    """Describe a proof for an author, in one line."""
    scenes = "1 scene" if proof.scenes == 1 else f"{proof.scenes} scenes"
    if not proof.paths:
        return f"{scenes}, and no path to an ending"
    paths = "1 path" if proof.paths == 1 else f"{proof.paths:,} paths"
    more = "" if proof.exact else "more than "
    length, words = _range(proof.length), _range(proof.words)
    return f"{scenes}; {more}{paths} to an ending, of {length} scenes and {words} words"


def _range(extent: Extent) -> str:
    if extent.least == extent.most:
        return f"{extent.most:,}"
    return f"{extent.least:,} to {extent.most:,}"


def graph_of(scenario: Scenario) -> Graph:
    """The graph of a scenario, without choices that lead nowhere."""
    known = {scene.id for scene in scenario.scenes}
    return {scene.id: _node(scene, known) for scene in scenario.scenes}


def _node(scene: Scene, known: set[str]) -> Node:
    ending = scene.ending.blocks if scene.ending else ()
    read = (scene.words, *scene.blocks, *ending, *(choice.words for choice in scene.choices))
    steps = (
        (choice.to, _count(filter(None, (choice.feedback,))))
        for choice in scene.choices
        if choice.to in known
    )
    return Node(_count(read), tuple(steps), scene.ending is not None)


def _count(blocks: Iterable[Prose | Directive]) -> int:
    """The number of words of blocks, with their titles."""
    words = 0
    for block in blocks:
        if isinstance(block, Prose):
            words += len(markdown.plain(block, {}).split())
        else:
            words += len(block.argument.split()) + _count(block.blocks)
    return words


def prove(scenario: Scenario) -> Proof:
    """Prove the properties of a scenario."""
    graph = graph_of(scenario)
    good = {one.id for one in scenario.scenes if one.ending and one.ending.quality == "good"}
    return prove_graph(graph, scenario.start, good)


def prove_graph(graph: Graph, start: str, good: set[str]) -> Proof:
    """Prove the properties of a graph; ``good`` are the nodes with a good ending."""
    reached = reachable(graph, start)
    ending = able_to_end(graph)
    # Other nodes are on no path to an ending.
    inner = {
        name: Node(node.words, tuple(one for one in node.steps if one[0] in ending), node.ends)
        for name, node in graph.items()
        if name in reached & ending
    }
    order = in_order(inner)
    if start not in inner:
        count, exact, most = 0, True, (0, 0)
    elif order is None:
        count, exact, most = _search(inner, start)
    else:
        count, most = _sum(inner, start, order)
        exact = count <= PATHS
    return Proof(
        scenes=len(graph),
        unreachable=tuple(name for name in graph if name not in reached),
        endless=tuple(name for name in graph if name in reached and name not in ending),
        paths=min(count, PATHS),
        exact=exact,
        length=Extent(_least(inner, start, words=False), most[0]),
        words=Extent(_least(inner, start, words=True), most[1]),
        loops=in_order({name: graph[name] for name in reached}) is None,
        good=bool(good & reached),
    )


def reachable(graph: Graph, start: str) -> frozenset[str]:
    """The nodes that a walk from ``start`` can reach, ``start`` among them if it exists."""
    return _closure({name: [to for to, _ in node.steps] for name, node in graph.items()}, [start])


def able_to_end(graph: Graph) -> frozenset[str]:
    """The nodes from which an ending can be reached."""
    before: dict[str, list[str]] = {name: [] for name in graph}
    for name, node in graph.items():
        for to, _ in node.steps:
            before[to].append(name)
    return _closure(before, [name for name, node in graph.items() if node.ends])


def _closure(steps: Mapping[str, Iterable[str]], starts: Iterable[str]) -> frozenset[str]:
    found = {name for name in starts if name in steps}
    waiting = deque(found)
    while waiting:
        for to in steps[waiting.popleft()]:
            if to not in found:
                found.add(to)
                waiting.append(to)
    return frozenset(found)


def in_order(graph: Graph) -> list[str] | None:
    """The nodes so that each follows all nodes that it leads to; ``None`` if there is a loop."""
    steps = {name: {to for to, _ in node.steps} for name, node in graph.items()}
    try:
        return list(TopologicalSorter(steps).static_order())
    except CycleError:
        return None


def _sum(graph: Graph, start: str, order: Iterable[str]) -> tuple[int, tuple[int, int]]:
    """The number of paths from ``start`` to an ending in a graph without loops, and their greatest
    sizes in nodes and in words."""
    counts: dict[str, int] = {}
    sizes: dict[str, tuple[int, int]] = {}
    for name in order:
        node = graph[name]
        counts[name] = node.ends + sum(counts[to] for to, _ in node.steps)
        length = max((sizes[to][0] for to, _ in node.steps), default=0)
        words = max((sizes[to][1] + more for to, more in node.steps), default=0)
        sizes[name] = 1 + length, node.words + words
    return counts[start], sizes[start]


def _least(graph: Graph, start: str, words: bool) -> int:
    """The size of the shortest path from ``start`` to an ending in words, or in nodes; 0 if there
    is none."""
    if start not in graph:
        return 0
    waiting = [(graph[start].words if words else 1, start)]
    done: set[str] = set()
    while waiting:
        size, name = heappop(waiting)
        if graph[name].ends:
            return size
        if name not in done:
            done.add(name)
            for to, more in graph[name].steps:
                heappush(waiting, (size + (graph[to].words + more if words else 1), to))
    return 0


def _search(graph: Graph, start: str) -> tuple[int, bool, tuple[int, int]]:
    """The number of paths from ``start`` to an ending that visit no node twice, whether all were
    found within the bounds, and the greatest sizes of those found in nodes and in words."""
    count, steps, longest, wordiest = 0, 0, 0, 0
    path = {start: graph[start].words}
    branches = [iter(graph[start].steps)]
    if graph[start].ends:
        count, longest, wordiest = 1, 1, graph[start].words
    while branches:
        step = next(branches[-1], None)
        if step is None:
            branches.pop()
            path.popitem()
            continue
        to, more = step
        steps += 1
        if steps > _STEPS or count > PATHS:
            return count, False, (longest, wordiest)
        if to in path:
            continue
        words = path[next(reversed(path))] + more + graph[to].words
        path[to] = words
        branches.append(iter(graph[to].steps))
        if graph[to].ends:
            count += 1
            longest, wordiest = max(longest, len(path)), max(wordiest, words)
    return count, True, (longest, wordiest)
