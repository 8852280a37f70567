"""Reports what an edit of a course means for trainees, as text or JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

import click

from builder import updating
from builder.base.printing import escape_controls, json_text
from builder.cli.report.lines import INDENT, columns, wrapped
from builder.updating import Change, Comparison, Fate, Kind, LanguageChange, Note, Outline

_GROUP_NAMES: Mapping[str, str] = {
    "not_started": "not started",
    "half_way": "half-way",
    "finished": "finished",
    "failed": "failed",
}
_KIND_NAMES: Mapping[Kind, str] = {
    "page": "Pages",
    "question": "Questions",
    "scene": "Scenes",
    "record": "Record",
}
_REFRESHER_NAMES: Mapping[str, str] = {
    "must_read": "must read",
    "judge": "",
    "asked": "ask again",
    "minor": "minor",
    "tests": "by test",
    "no_test": "no test",
    "effort": "in all",
}
_FATE_NAMES: Mapping[Fate, str] = {"redo": "again", "new": "new", "gone": "gone", "kept": "kept"}
_REASONS = {
    "revision": "its revision was raised",
    "kind": "its kind changed",
    "use": "it is asked in another place: in another quiz, or no longer for practice",
    "key": "nothing in it counts",
}
_APPROVALS: Mapping[str, str] = {
    "stale": "its text has changed since it was approved on {day}",
    "earlier": "approved under the earlier rule on {day}: approve it again",
    "withdrawn": "approval of {day} withdrawn",
    "again": "its text has changed since {day}, and was approved again",
    "gone": "approved on {day}, but no longer in the course",
}
_NOTE_NAMES: Mapping[Note, str] = {
    "retitled": "new title",
    "reworded": "new wording",
    "moved": "new place",
    "options-reordered": "options in another order",
    "options-added": "more options",
    "options-removed": "fewer options",
    "accepts-more": "more answers are right",
    "key": "the right answer changed",
    "scoring": "scored in a new way",
    "limit-raised": "room for longer answers",
    "limit-lowered": "room for shorter answers only",
    "rewired": "a choice leads elsewhere",
    "quality": "another quality",
}


def text(comparison: Comparison) -> str:
    """Format the comparison of two packages as text: a verdict, the effect on each group of
    trainees, then every page, question and setting that changed."""
    parts = [_heading(comparison), _verdict(comparison)]
    sections = [
        *((_KIND_NAMES[kind], columns(_changes(comparison, kind))) for kind in _KIND_NAMES),
        ("Languages", columns(_languages(comparison))),
        ("Settings", _entries(_settings(comparison))),
        ("Approvals", columns(_approvals(comparison))),
        ("These look like mistakes", _entries(_suspicions(comparison))),
        ("A refresher would ask", columns(_refresher_rows(comparison.refresher.items()))),
        ("In Moodle", wrapped(updating.lms(comparison), INDENT)),
        ("To tell trainees", wrapped(updating.announcement(comparison), INDENT)),
    ]
    parts.append("\n".join(trainees(updating.trainees(comparison).items())))
    parts += ["\n".join([click.style(name, bold=True), *rows]) for name, rows in sections if rows]
    return "\n\n".join(parts)


def _heading(comparison: Comparison) -> str:
    old, new = comparison.old, comparison.new
    version_line = versions(old.version, new.version, comparison.changed)
    draft = "; the new one is a draft" if new.draft and not old.draft else ""
    return f"{click.style(escape_controls(new.title), bold=True)}\n{version_line}{draft}."


def versions(old: str, new: str, changed: bool) -> str:
    """Name the versions of two packages, ``old`` and ``new``, in a phrase without a full stop.

    If both have the same version although the packages differ (``changed``), advises to raise it.
    """
    if old != new:
        return f"From version {escape_controls(old)} to {escape_controls(new)}"
    advice = ": raise it, so that people can tell the packages apart" if changed else ""
    return f"Both are version {escape_controls(new)}{advice}"


def _verdict(comparison: Comparison) -> str:
    odd = len(comparison.suspicions)
    mistakes = "1 edit looks like a mistake" if odd == 1 else f"{odd} edits look like mistakes"
    if not comparison.changed:
        return click.style("Nothing has changed for trainees.", fg="green", bold=True)
    lost = "Something is lost." if comparison.lost else "Nothing is lost."
    words = f"{lost[:-1]}, and {mistakes}." if odd else lost
    return click.style(words, fg="green" if comparison.safe else "yellow", bold=True)


def _entries(entries: Iterable[tuple[str, Iterable[str]]]) -> list[str]:
    """Format names, each with its sentences on the lines below."""
    lines = []
    for name, sentences in entries:
        lines.append(f"{INDENT}{escape_controls(name)}")
        lines += [f"{INDENT}{line}" for line in wrapped(sentences, INDENT)]
    return lines


def trainees(groups: Iterable[tuple[str, Iterable[str]]]) -> list[str]:
    """Format what an edit means for each group of trainees, as lines of text."""
    rows = ((_GROUP_NAMES[group], words) for group, sentences in groups for words in sentences)
    return [click.style("Trainees", bold=True), *columns(rows)]


def refresher(groups: Iterable[tuple[str, Iterable[str]]]) -> list[str]:
    """Format what a refresher asks, as lines of text."""
    return [click.style("Refresher", bold=True), *columns(_refresher_rows(groups))]


def _refresher_rows(groups: Iterable[tuple[str, Iterable[str]]]) -> Iterator[tuple[str, str]]:
    for group, sentences in groups:
        yield from ((_REFRESHER_NAMES[group], words) for words in sentences)


def _changes(comparison: Comparison, kind: Kind) -> Iterator[tuple[str, str]]:
    for fate, word in _FATE_NAMES.items():
        plain = 0
        for change in comparison.of(kind, fate):
            if notes := _change_notes(change):
                yield word, f"{change.id}{notes}"
            else:
                plain += 1
        if plain:
            yield word, f"{plain} as before" if plain > 1 else "1 as before"


def _change_notes(change: Change) -> str:
    """Describe what changed in a page, question or record item, to follow its id; empty if nothing
    has changed."""
    notes = [f"was {change.was}"] if change.was else []
    notes += [_REASONS[change.why]] if change.why else []
    if change.fate == "kept":
        notes += [_NOTE_NAMES[note] for note in change.notes]
        harmless = "" if updating.EFFECTIVE & {*change.notes} else "; no effect"
        return f": {', '.join(notes)}{harmless}" if notes else ""
    title = f" “{change.title}”"
    return f"{title}: {', '.join(notes)}" if notes else title


def _settings(comparison: Comparison) -> Iterator[tuple[str, Iterable[str]]]:
    for setting in comparison.settings:
        name = f"{setting.page}, {setting.name}" if setting.page else setting.name
        yield f"{name}: {setting.old} → {setting.new}", (setting.meaning,)


def _approvals(comparison: Comparison) -> Iterator[tuple[str, str]]:
    for fate, words in _APPROVALS.items():
        for one in comparison.approvals:
            if one.fate == fate:
                yield fate, f"{one.part}: {words.format(day=one.approved_on)}"


def _languages(comparison: Comparison) -> Iterator[tuple[str, str]]:
    for language in comparison.languages:
        yield language.name, " ".join(updating.meaning(language, comparison.new))


def _suspicions(comparison: Comparison) -> Iterator[tuple[str, Iterable[str]]]:
    for name, group in groupby(
        comparison.suspicions, key=lambda suspicion: suspicion.id or "course.yaml"
    ):
        # Consecutive suspicions with the same hint get it once.
        for hint, same_hint in groupby(group, key=lambda suspicion: suspicion.hint):
            yield name, (*(suspicion.message for suspicion in same_hint), hint)


def as_json(comparison: Comparison) -> str:
    """Format the comparison of two packages as JSON, in the order of the text."""
    return json_text(data(comparison))


def data(comparison: Comparison) -> dict[str, Any]:
    """Convert the comparison of two packages to JSON values."""
    kinds: dict[str, Kind] = {
        "pages": "page",
        "questions": "question",
        "scenes": "scene",
        "records": "record",
    }
    return {
        "lost": comparison.lost,
        "suspicious": bool(comparison.suspicions),
        "same_course": comparison.same_course,
        "identical": comparison.identical,
        "old": _course(comparison.old),
        "new": _course(comparison.new),
        "trainees": {group: [*words] for group, words in updating.trainees(comparison).items()},
        **{
            name: [_change(change) for change in comparison.changes if change.kind == kind]
            for name, kind in kinds.items()
        },
        "languages": [_language(one, comparison.new) for one in comparison.languages],
        "settings": [
            {
                "page": setting.page or None,
                "name": setting.name,
                "old": setting.old,
                "new": setting.new,
                "meaning": setting.meaning,
                "lost": setting.costs,
            }
            for setting in comparison.settings
        ],
        "suspicions": [
            {
                "code": suspicion.code,
                "kind": suspicion.kind,
                "id": suspicion.id or None,
                "message": suspicion.message,
                "hint": suspicion.hint,
            }
            for suspicion in comparison.suspicions
        ],
        "approvals": [
            {
                "part": one.part,
                "fate": one.fate,
                "lost": one.lost,
                "approved_on": one.approved_on,
                "old_code": one.old_code,
                "code": one.code or None,
            }
            for one in comparison.approvals
        ],
        "refresher": {group: [*words] for group, words in comparison.refresher.items()} or None,
        "moodle": [*updating.lms(comparison)],
        "tell": [*updating.announcement(comparison)],
    }


def _language(change: LanguageChange, new: Outline) -> dict[str, Any]:
    return {
        "language": change.language,
        "fate": change.fate,
        "draft": change.draft,
        "retitled": change.retitled,
        "untranslated": change.untranslated,
        "untranslated_before": change.untranslated_before,
        "pages": [*change.pages],
        "questions": [*change.questions],
        "records": [*change.records],
        "accepted": [*change.accepted],
        "meaning": [*updating.meaning(change, new)],
    }


def _course(outline: Outline) -> dict[str, Any]:
    return {
        "id": outline.id,
        "title": outline.title,
        "version": outline.version,
        "language": outline.language,
        "draft": outline.draft,
        "worst_state": outline.worst_state,
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "id": change.id,
        "title": change.title,
        "fate": change.fate,
        "lost": change.lost,
        "was": change.was,
        "why": change.why or None,
        "pages": [*change.pages],
        "notes": [*change.notes],
    }
