"""Describes in sentences what changed between two versions, for the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from builder import updating
from builder.base.immutable import immutable
from builder.course.approvals import describe_changes
from builder.package.outline import Outline
from builder.results.evidence import words
from builder.updating import Change, Comparison, Kind, Note

NOTES: Mapping[Note, str] = {
    "retitled": "it has a new title",
    "reworded": "its words changed",
    "moved": "it was moved",
    "options-reordered": "its options are in another order",
    "options-added": "it has more options",
    "options-removed": "it has fewer options",
    "accepts-more": "more answers are right",
    "key": "its right answer changed",
    "scoring": "it is scored in a new way",
    "limit-raised": "answers can be longer",
    "limit-lowered": "answers must be shorter",
    "rewired": "a choice leads to another scene",
    "quality": "a choice or the ending has another quality",
}
"""What changed, as a clause without a full stop."""
KINDS: Mapping[Kind, str] = {
    "page": "The page",
    "question": "The question",
    "record": "The record item",
    "scene": "The scene",
}
"""What a sentence about a change begins with."""
_FATES = {"new": "is new", "gone": "was removed", "redo": "has to be done again"}


@immutable
class Content:
    """What a version says: its outline, and the HTML of its pages by id."""

    outline: Outline
    pages: Mapping[str, str]


def describe(old: Content, new: Content) -> Iterator[str]:
    """Yield a sentence for each change of a page, a question, the record, a scene or a setting."""
    comparison = updating.compare(old.outline, new.outline)
    for change in comparison.changes:
        parts = [_FATES[change.fate]] if change.fate in _FATES else []
        parts += [NOTES[note] for note in change.notes]
        parts += [f"its id was “{change.was}”"] if change.was else []
        if parts:
            quoted = _changed_words(change, comparison, old.pages, new.pages)
            yield f"{KINDS[change.kind]} “{change.title}”: {'; '.join(parts)}.{quoted}"
    for setting in comparison.settings:
        where = f"“{setting.page}”, " if setting.page else ""
        yield f"{where}{setting.name}: {setting.old} → {setting.new}. {setting.meaning}"


def _changed_words(
    change: Change,
    comparison: Comparison,
    old_pages: Mapping[str, str],
    new_pages: Mapping[str, str],
) -> str:
    """Quote the words that changed in a page or question of both versions; otherwise empty."""
    former = change.was or change.id
    if change.fate in ("new", "gone"):
        return ""
    if change.kind == "page" and former in old_pages and change.id in new_pages:
        before, after = words.text_of(old_pages[former]), words.text_of(new_pages[change.id])
    elif change.kind == "question":
        before = _question_text(comparison.old, former)
        after = _question_text(comparison.new, change.id)
    else:
        return ""
    return f" {describe_changes(before, after)}." if before != after else ""


def _question_text(outline: Outline, name: str) -> str:
    found = next((one for one in outline.questions if one.id == name), None)
    return "\n".join([found.prompt, *found.texts.values()]) if found else ""
