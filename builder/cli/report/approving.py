"""Reports which texts of a course are approved, and new approvals, as text or JSON.

The texts that people approve separately, such as ``page/intro``, are called parts. The code of a
part, such as ``7KQ2-M9XR``, is a checksum of its words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import click

from builder.approving import Entry
from builder.base.printing import escape_controls, format_count, json_text
from builder.cli.report.lines import WIDTH
from builder.cli.report.problems import data
from builder.course.approvals import KINDS, ApprovalStatus, Change, State, split_language
from builder.course.model import Evidence
from builder.diagnostics.diagnostic import Diagnostic

if TYPE_CHECKING:
    from builder.exporting.reviewing import Confirmation

_INDENT = "    "
_TITLE = 60
"""Maximum number of characters of a part's title in a list."""
_COLOURS = {
    "approved": "green",
    **dict.fromkeys(("stale", "damaged"), "red"),
    **dict.fromkeys(("open", "unset", "unsure", "unwritten", "untranslated"), "yellow"),
}
_APPROVED_SENTENCES = {
    "approved": "approved by {}",
    "stale": "changed since {}",
    "damaged": "the text in approvals.yaml does not match the code: approve it again",
}
"""The phrase for a part that somebody has approved, by state; ``{}`` stands for the name and
day."""
_NOTES: Mapping[State, str] = {
    "damaged": "the text in approvals.yaml does not match the code: approve it again",
    "untranslated": "some of the text is not translated yet",
}
"""Explanations, below the list of parts, of states whose names do not explain themselves."""
_STATE_NAMES: Mapping[State, str] = {"unwritten": "to write", "untranslated": "partly"}
"""Names of states in lists, where they differ from the state's identifier."""
_DOUBTS: Mapping[State, tuple[str, str]] = {
    "unsure": ("Undecided", "not decided yet"),
    "unwritten": ("To write", "not written yet"),
    "untranslated": ("To translate", "not wholly translated yet"),
}
"""States in which a part cannot be approved: the word before the place of the reason, and the
phrase."""
_KIND_NAMES: Mapping[str, str] = {
    "pages": "Pages",
    "questions": "Questions",
    "scenarios": "Scenarios",
    "records": "Records",
    "pass_mark": "Quiz rules",
    "values": "Local values",
    "addresses": "Addresses",
}


def overview(standings: Sequence[ApprovalStatus]) -> str:
    """List the parts of a course that are not approved as they are now by kind, one line each, with
    code and approval state; then count all parts."""
    waiting = [one for one in standings if one.state != "approved"]
    width = max((len(one.part.id) for one in waiting), default=0)
    parts = []
    for name, kind in KINDS.items():
        rows = [one for one in waiting if one.part.kind == kind]
        if rows:
            needed = "" if rows[0].required else " (no approval needed for a release)"
            head = click.style(_KIND_NAMES[name], bold=True) + needed
            parts.append("\n".join([head, *(_row(one, width) for one in rows)]))
    return "\n\n".join([*parts, _summary(standings)])


def by_page(standings: Sequence[ApprovalStatus], pages: Mapping[str, str]) -> str:
    """List these parts by page and kind, one line each; ``pages`` has the title of the page that
    shows each part, by part id."""
    width = max((len(one.part.id) for one in standings), default=0)
    titles = dict.fromkeys((*pages.values(), ""))
    kinds = list(KINDS.values())
    found = []
    for title in titles:
        rows = [one for one in standings if _page(one, pages) == title]
        rows.sort(key=lambda one: kinds.index(one.part.kind))
        if rows:
            head = click.style(escape_controls(title) or "The whole course", bold=True)
            found.append("\n".join([head, *(_row(one, width) for one in rows)]))
    return "\n\n".join(found)


def _page(one: ApprovalStatus, pages: Mapping[str, str]) -> str:
    return pages.get(split_language(one.part.id)[0], "")


def _row(one: ApprovalStatus, width: int) -> str:
    state = one.state
    named = click.style(f"{_STATE_NAMES.get(state, state):<8}", fg=_COLOURS[state])
    code = one.part.code or "-" * 9
    title = " ".join(one.part.title.split())
    title = title if len(title) <= _TITLE else f"{title[: _TITLE - 1]}…"
    return f"  {named}  {code}  {escape_controls(one.part.id):<{width}}  {escape_controls(title)}"


def _summary(standings: Sequence[ApprovalStatus]) -> str:
    count = Counter(one.state for one in standings)
    counts = ", ".join(
        f"{number} {_STATE_NAMES.get(state, state)}" for state, number in count.items()
    )
    needed = sum(one.required and one.state == "open" for one in standings)
    needed += sum(one.part.kind == "value" and one.state == "unset" for one in standings)
    needed += sum(count[state] for state in ("stale", "damaged", *_DOUBTS))
    if len(standings) == 1:
        keeps = "it keeps" if needed else "it does not keep"
    else:
        keeps = "1 of them keeps" if needed == 1 else f"{needed or 'none'} of them keep"
    notes = "".join(
        f"“{_STATE_NAMES.get(state, state)}”: {note}.\n"
        for state, note in _NOTES.items()
        if count[state]
    )
    return (
        f"{format_count(len(standings), 'part')}: {counts}; {keeps} the course a "
        f"draft.\n{notes}Add a part to see its text. Add --by and a name to approve it."
    )


def words(standings: Sequence[ApprovalStatus]) -> str:
    """Format the words of these parts, each with its approval state and what has changed since its
    approval."""
    return "\n\n".join("\n".join(_words(one, _state_sentence(one))) for one in standings)


def _words(one: ApprovalStatus, stands: str) -> Iterator[str]:
    code = f"  {one.part.code}" if one.part.code else ""
    yield f"{click.style(escape_controls(one.part.id), bold=True)}{code}  {stands}".rstrip()
    for line in one.part.words.split("\n"):
        for piece in wrap(escape_controls(line), WIDTH, break_long_words=False) or [""]:
            yield f"{_INDENT}{piece}".rstrip()
    if one.doubt and one.state in _DOUBTS:
        left, _ = _DOUBTS[one.state]
        yield f"{_INDENT}{left}: {escape_controls(str(one.doubt.position))}"
    for change in one.changes():
        yield f"{_INDENT}Changed: {_mark_change(change)}"


def _state_sentence(one: ApprovalStatus) -> str:
    if one.state == "unset":
        return "has no text yet"
    if one.state in _DOUBTS:
        _, reason = _DOUBTS[one.state]
        return f"{reason}, so it cannot be approved"
    if one.approval is None:
        return "not approved"
    who_and_when = f"{escape_controls(one.approval.by)} on {one.approval.on.isoformat()}"
    return _APPROVED_SENTENCES[one.state].format(who_and_when)


def _mark_change(change: Change) -> str:
    """Format a change of words with brackets around removed and added words, so that it is visible
    without colours."""
    struck = change.struck and click.style(f"[-{escape_controls(change.struck)}-]", fg="red")
    new = change.new and click.style(f"{{+{escape_controls(change.new)}+}}", fg="green")
    around = (escape_controls(change.before), struck, new, escape_controls(change.after))
    return " ".join(filter(None, around))


def to_record_text(entries: Sequence[Entry]) -> str:
    """Say in two lines what will be recorded: how many parts of each kind, by whom and on which
    day."""
    first = entries[0]
    stand = "as it is now" if len(entries) == 1 else "as they are now"
    by = f"approved by {escape_controls(first.by)} on {first.on.isoformat()}"
    by += f" with {escape_controls(first.evidence.file)}" if first.evidence else ""
    return f"{_count_parts([one.part.id for one in entries])}, {stand},\n{by}."


def document_lines(found: Confirmation, folder: Path) -> Iterator[str]:
    """Say who signed a returned document, and which of its remarks are new or open."""
    if found.signed:
        yield f"Signed: {escape_controls(found.signed)}"
    if found.kept.new:
        new = format_count(found.kept.new, "new remark")
        yield f"Saved {new} in {escape_controls(str(folder / 'remarks.yaml'))}."


_PART_NOUNS: Mapping[str, tuple[str, str]] = {
    "page": ("page", "pages"),
    "question": ("question", "questions"),
    "scenario": ("scenario", "scenarios"),
    "record": ("record", "records"),
    "quiz": ("quiz with its rules", "quizzes with their rules"),
    "value": ("value", "values"),
    "address": ("address", "addresses"),
}
"""What parts are called, one and several, by the text before the slash in their id."""
_MAX_NAMED = 3
"""Maximum number of parts that are named instead of counted."""


def _count_parts(ids: Sequence[str]) -> str:
    """Count parts by kind, such as “29 pages and 6 values”; names a few parts, and those that have
    no kind, such as ``course``."""
    named = ids if len(ids) <= _MAX_NAMED else [one for one in ids if _noun(one) is None]
    counts = Counter(one.partition("/")[0] for one in ids if one not in named)
    *others, last = (
        *map(escape_controls, named),
        *(format_count(number, *_PART_NOUNS[kind]) for kind, number in counts.items()),
    )
    return f"{', '.join(others)} and {last}" if others else last


def _noun(part: str) -> tuple[str, str] | None:
    return _PART_NOUNS.get(part.partition("/")[0])


NOTHING_WRITTEN = "Nothing was recorded. To approve all of them, add --by and a name."
"""The message below the list of all parts: without ``--by`` nothing is recorded."""


def without_words_text(standings: Sequence[ApprovalStatus]) -> str:
    """Report which of the parts to approve were left out because they have no words yet; empty if
    none."""
    ids = ", ".join(escape_controls(one.part.id) for one in standings if not one.part.words)
    return ids and f"Not approved, because there is no text yet: {ids}."


def overview_json(standings: Sequence[ApprovalStatus]) -> str:
    """Format every part with its words and approval state as JSON."""
    return json_text({"parts": [_standing(one) for one in standings]})


def _standing(one: ApprovalStatus) -> dict[str, Any]:
    approval = one.approval
    return {
        "part": one.part.id,
        "kind": one.part.kind,
        "title": one.part.title,
        "code": one.part.code or None,
        "words": one.part.words,
        "required": one.required,
        "state": one.state,
        "by": approval and approval.by,
        "on": approval and approval.on.isoformat(),
        "approved_code": approval and approval.code,
        "evidence": _evidence(approval.evidence) if approval else None,
        "changes": [asdict(change) for change in one.changes()],
    }


def approved_json(
    entries: Sequence[Entry], file: Path | None, left: Sequence[Diagnostic] = ()
) -> str:
    """Format new approvals as JSON: the entries written to ``file`` (``None``: nothing was
    written), and the problems of rows that were ``left`` out."""
    return json_text(
        {
            "file": file and file.as_posix(),
            "approved": [_entry(entry) for entry in entries],
            "diagnostics": [data(problem) for problem in left],
        }
    )


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "part": entry.part.id,
        "by": entry.by,
        "on": entry.on.isoformat(),
        "code": entry.part.code,
        "words": entry.part.words,
        "evidence": _evidence(entry.evidence),
    }


def _evidence(evidence: Evidence | None) -> dict[str, str] | None:
    return asdict(evidence) if evidence else None


def refused_json(problems: Sequence[Diagnostic], error: str = "") -> str:
    """Format as JSON why nothing was approved: problems of the course or the document, or an
    ``error`` while writing."""
    diagnostics = [data(problem) for problem in problems]
    return json_text({"approved": [], "diagnostics": diagnostics, "error": error or None})
