"""Describes in sentences what the evidence cannot show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from builder.package.outline import Outline
from builder.results.evidence import people
from builder.results.evidence.approvals import NO_NAME, NOT_GIVEN
from builder.results.evidence.pages import Version
from builder.results.evidence.people import (
    MARK_REACHED,
    NOT_REPORTED,
    NOT_STARTED,
    Completion,
)
from builder.results.model import Report

_MOST_LISTED = 10
"""Maximum number of names or parts that a sentence lists."""


def describe(
    rows: Sequence[Completion],
    versions: Sequence[Version],
    reports: Sequence[Report],
    newest: Outline,
) -> Iterator[str]:
    """Yield sentences about what the evidence cannot show. ``newest`` is the newest package."""
    yield (
        "People who are not in a report are not in this evidence. A report has only the people who "
        "were enrolled and selected when somebody downloaded it."
    )
    waiting = [row.name for row in rows if row.result == NOT_STARTED]
    if waiting:
        yield f"Not started: {_listed(waiting)}."
    unknown = [row.name for row in rows if row.result == NOT_REPORTED]
    if unknown:
        yield (
            f"The report does not say which version these people had, and whether they completed "
            f"it: {_listed(unknown)}. Their packages did not report this. A score at or above the "
            "pass mark does not prove that a person has read everything."
        )
    reached = [row.name for row in rows if row.result == MARK_REACHED]
    if reached:
        yield (
            f"Reached the pass mark, and no pass was reported: {_listed(reached)}. They may not "
            "have finished, or the learning system lost the report: look at their status there."
        )
    lost = [row.name for row in rows if row.is_complete and not row.completed]
    if lost:
        yield (
            "The learning system has these people as passed or completed, and the report does not "
            f"say with which version and when: {_listed(lost)}."
        )
    half = [row.name for row in rows if row.result in ("incomplete", "failed")]
    if half:
        yield f"Not completed, or failed: {_listed(half)}."
    mixed = [row.name for row in rows if row.first_seen != row.last_seen]
    if mixed:
        yield f"Began with one version and ended with another: {_listed(mixed)}."
    labels = {one.label for one in versions}
    unknown_labels = Counter(label for label in people.seen_labels(reports) if label not in labels)
    for label, count in sorted(unknown_labels.items()):
        noun = "attempt" if count == 1 else "attempts"
        yield (
            f"Version {label} was seen in {count} {noun}, and no package with these words was "
            "given: name it with --package."
        )
    for one in versions:
        yield from _missing_approvals(one)
        if not one.outline.wording:
            yield f"Version {one.label}: the package has no codes of its words."
    if not newest.refresh_every:
        yield "The course does not say how long a completion counts (refresh_every)."


def _missing_approvals(one: Version) -> Iterator[str]:
    lacking = [row.part for row in one.approved if row.by == NOT_GIVEN]
    if lacking:
        yield f"Version {one.label}: nobody approved {_listed(lacking)}."
    nameless = [row.part for row in one.approved if row.by == NO_NAME]
    if nameless:
        yield (
            f"Version {one.label}: approved without a name in the package: {_listed(nameless)}. "
            "Name the approvals.yaml of that version with --approvals."
        )


def _listed(names: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(names))
    shown = ", ".join(distinct[:_MOST_LISTED])
    more = len(distinct) - _MOST_LISTED
    return f"{shown} and {more} more" if more > 0 else shown
