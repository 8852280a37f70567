"""Warns an author, during a build, of what an edit costs trainees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Places, Position
from builder.updating.changes import Change, Kind
from builder.updating.comparison import Comparison

_COURSE = Position("course.yaml")
_KIND_NAMES: Mapping[Kind, str] = {
    "page": "the page",
    "question": "the question",
    "record": "the record item",
}


def warnings(comparison: Comparison, places: Places) -> Iterator[Diagnostic]:
    """A warning for everything that is lost, and for every edit that looks like a mistake.

    A warning about something that is gone points at course.yaml.
    """
    for suspicion in comparison.suspicions:
        position = places.get((suspicion.kind, suspicion.id), _COURSE)
        yield problem("since-odd", position, problem=suspicion.message, hint=suspicion.hint)
    for change in comparison.changes:
        if change.lost:
            position = places.get((change.kind, change.id), _COURSE)
            message, hint = _loss_message(change)
            yield problem("since-lost", position, problem=message, hint=hint)
    for setting in comparison.settings:
        if setting.costs:
            message = (
                f"{setting.name} was {setting.old} and is now {setting.new}. {setting.meaning}"
            )
            position = places.get(("page", setting.page), _COURSE)
            yield problem(
                "since-lost",
                position,
                problem=message,
                hint=f"Keep {setting.name} as it was",
            )


def _loss_message(change: Change) -> tuple[str, str]:
    subject = f"{_KIND_NAMES[change.kind]} “{change.was or change.id}”"
    if change.fate == "gone":
        return f"{subject} was removed.", "Keep it, or list its id under “was:” of its successor"
    why = " Its revision was raised." if change.why == "revision" else ""
    return f"{subject} no longer counts as done.{why}", "Do not change its id, kind and revision"
