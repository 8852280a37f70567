"""Selects the parts of a course that a review document shows: after an approval, only those that
nobody has approved as they are now, and marks the words that are new since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from builder.course.model import Course
from builder.course.questions.base import comparable
from builder.course.sources import Sources
from builder.course.validate import approvals
from builder.exporting.review.document_lines import LineCollector, PartFinder
from builder.exporting.review.tree import Break, Heading, Node, Run, lines, map_lines


def open_parts(course: Course) -> frozenset[str]:
    """The ids of the parts of a course, in its language, that are not approved as they are now;
    empty if all or none of them are approved, so that the document shows everything."""
    waiting = frozenset(one.part for one in course.wording if not one.by)
    return waiting if len(waiting) < len(course.wording) else frozenset()


def changed_parts(course: Course, sources: Sources) -> Mapping[str, str]:
    """The approved words of each part of a course, in its language, that has changed since its
    approval, by the id of the part."""
    waiting = {one.part for one in course.wording if not one.by}
    given, _ = approvals.read(sources.approvals)
    return {one.part: one.words for one in given if one.part in waiting and one.words}


def select(
    nodes: Iterable[Node], part_finder: PartFinder, parts: Collection[str]
) -> Iterator[Node]:
    """Yield the nodes with a line of one of these ``parts``, and the headings above them, without
    links to headings and questions that are left out."""
    kept = tuple(_select(nodes, part_finder, parts))
    targets = {node.anchor for node in kept if isinstance(node, Heading)}
    targets |= {line.tag for line in lines(kept)}

    def unlink(run: Run) -> Run:
        return run if run.anchor in targets else replace(run, anchor="")

    return map_lines(kept, lambda line: replace(line, runs=tuple(map(unlink, line.runs))))


def _select(
    nodes: Iterable[Node], part_finder: PartFinder, parts: Collection[str]
) -> Iterator[Node]:
    wanted = {part.removesuffix(part_finder.suffix) for part in parts}
    collector = LineCollector(part_finder)
    above: list[Node] = []
    kept = False
    for node in nodes:
        before = len(collector.lines)
        collector.add_nodes((node,), None)
        found = {part for line in collector.lines[before:] for part in line.parts}
        if isinstance(node, Break | Heading):
            above = [one for one in above if _encloses(one, node)]
            above.append(node)
            kept = False
        kept = kept if not found else bool(wanted & found)
        if kept:
            yield from above
            above = []
            if not isinstance(node, Break | Heading):
                yield node


def mark_changes(
    nodes: Sequence[Node], part_finder: PartFinder, approved: Mapping[str, str]
) -> Iterator[Node]:
    """Yield the nodes with the words marked that are new since an approval. ``approved`` are the
    approved words of each part that has changed since, by the part's id.

    Only marks words: the reasons for the draft also say what was deleted or moved.
    """
    before = {
        part.removesuffix(part_finder.suffix): comparable(words).lower()
        for part, words in approved.items()
    }

    def mark(run: Run) -> Run:
        # A local value is a part of its own, and other parts refer to it by name.
        if run.spot is None or run.spot.value or run.spot.fixed:
            return run
        parts = part_finder.of_origin(run.spot.origin)
        earlier = [before[part] for part in parts if part in before]
        words = comparable(run.text).lower()
        if not words or not earlier or any(words in text for text in earlier):
            return run
        return replace(run, marks=run.marks | {"changed"})

    return map_lines(nodes, lambda line: replace(line, runs=tuple(map(mark, line.runs))))


def _encloses(one: Node, node: Break | Heading) -> bool:
    """Whether the heading, or the start of a page, ``one`` also stands above ``node``."""
    if isinstance(node, Break):
        return False
    return isinstance(one, Break) or (isinstance(one, Heading) and one.level < node.level)
