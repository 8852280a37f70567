"""The proof of a scenario, against a plain search of every walk, written once more."""

from collections.abc import Iterator, Mapping

from hypothesis import given
from hypothesis import strategies as st

from builder.course.scenarios.proof import PATHS, Extent, Node, prove_graph

NAMES = "abcdefg"


@st.composite
def graphs(draw: st.DrawFn, names: str = NAMES) -> dict[str, Node]:
    """Any graph, also one with loops, with two steps between the same nodes, with nodes that go on
    after their ending, and with nodes that have neither steps nor an ending."""
    size = draw(st.integers(1, len(names)))
    step = st.tuples(st.sampled_from(names[:size]), st.integers(0, 9))
    return {
        name: Node(
            draw(st.integers(0, 50)), tuple(draw(st.lists(step, max_size=3))), draw(st.booleans())
        )
        for name in names[:size]
    }


def all_paths(
    graph: Mapping[str, Node], seen: list[str], words: int
) -> Iterator[tuple[list[str], int]]:
    """Yield every path from the last node of ``seen`` to an ending, with its words."""
    node = graph[seen[-1]]
    words += node.words
    if node.ends:
        yield seen, words
    for to, more in node.steps:
        if to not in seen:
            yield from all_paths(graph, [*seen, to], words + more)


def met(graph: Mapping[str, Node], start: str) -> set[str]:
    """The nodes that a walk can meet: as many rounds as there are nodes reach all of them."""
    found = {start}
    for _ in graph:
        found |= {to for name in found for to, _ in graph[name].steps}
    return found


@given(graphs())
def test_a_proof_agrees_with_a_search_of_every_path(graph: dict[str, Node]) -> None:
    good = {name for name in "ac" if name in graph and graph[name].ends}
    proof = prove_graph(graph, "a", good)
    paths = list(all_paths(graph, ["a"], 0))
    reached = met(graph, "a")
    ends = {name for name, node in graph.items() if node.ends}
    assert proof.scenes == len(graph)
    assert set(proof.unreachable) == graph.keys() - reached
    assert set(proof.endless) == {name for name in reached if not met(graph, name) & ends}
    assert (proof.paths, proof.exact) == (len(paths), True)
    assert proof.good == bool(good & reached)
    lengths, words = [len(path) for path, _ in paths] or [0], [size for _, size in paths] or [0]
    assert proof.length == Extent(min(lengths), max(lengths))
    assert proof.words == Extent(min(words), max(words))
    assert proof.loops == any(
        name in met(graph, to) for name in reached for to, _ in graph[name].steps
    )


def ladder(rungs: int, back: bool) -> dict[str, Node]:
    """Two choices at each of many nodes in a row, and perhaps a step back at each."""
    nodes = {}
    for at in range(rungs):
        down = ((str(max(at - 1, 0)), 0),) if back else ()
        nodes[str(at)] = Node(1, ((str(at + 1), 0), (str(at + 1), 1), *down), False)
    return nodes | {str(rungs): Node(1, (), True)}


def test_loop_free_scenario_is_measured_exactly_despite_many_paths() -> None:
    proof = prove_graph(ladder(99, back=False), "0", {"99"})
    assert (proof.paths, proof.exact) == (PATHS, False)
    assert proof.length == Extent(100, 100)
    assert proof.words == Extent(100, 199)
    assert not proof.loops


def test_a_graph_with_loops_is_searched_up_to_a_bound() -> None:
    proof = prove_graph(ladder(99, back=True), "0", {"99"})
    assert (proof.paths, proof.exact, proof.loops) == (PATHS, False, True)
    assert proof.length.least == 100
    assert (proof.unreachable, proof.endless) == ((), ())


def test_missing_start_scene_reaches_nothing() -> None:
    proof = prove_graph({"a": Node(3, (), True)}, "z", {"a"})
    assert (proof.unreachable, proof.endless, proof.paths) == (("a",), (), 0)
    assert proof.words == Extent(0, 0)
