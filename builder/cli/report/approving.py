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
from typing import Any

import click

from builder.approving import Entry
from builder.base.printing import escape_controls, format_count, json_text
from builder.cli.report.lines import WIDTH
from builder.cli.report.problems import data
from builder.course.approvals import KINDS, ApprovalStatus, Change, State, split_language
from builder.diagnostics.diagnostic import Diagnostic

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
    """List every part of a course by kind, one line each, with its code and approval state."""
    width = max((len(one.part.id) for one in standings), default=0)
    parts = []
    for name, kind in KINDS.items():
        rows = [one for one in standings if one.part.kind == kind]
        if rows:
            needed = "" if rows[0].required else " (no approval needed for a release)"
            head = click.style(_KIND_NAMES[name], bold=True) + needed
            parts.append("\n".join([head, *(_row(one, width) for one in rows)]))
    return "\n\n".join([*parts, _summary(standings)])


def by_page(
    standings: Sequence[ApprovalStatus], pages: Mapping[str, str], state: State | None = None
) -> str:
    """List these parts by page and kind, one line each.

    ``pages`` has the title of the page that shows each part, by part id. ``state`` is the present
    state of all these parts if it differs from that in ``standings``.
    """
    width = max((len(one.part.id) for one in standings), default=0)
    titles = dict.fromkeys((*pages.values(), ""))
    kinds = list(KINDS.values())
    found = []
    for title in titles:
        rows = [one for one in standings if _page(one, pages) == title]
        rows.sort(key=lambda one: kinds.index(one.part.kind))
        if rows:
            head = click.style(escape_controls(title) or "The whole course", bold=True)
            found.append("\n".join([head, *(_row(one, width, state) for one in rows)]))
    return "\n\n".join(found)


def _page(one: ApprovalStatus, pages: Mapping[str, str]) -> str:
    return pages.get(split_language(one.part.id)[0], "")


def _row(one: ApprovalStatus, width: int, now: State | None = None) -> str:
    state = now or one.state
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


def approved_text(
    standings: Sequence[ApprovalStatus],
    entries: Sequence[Entry],
    file: Path,
    pages: Mapping[str, str] | None = None,
) -> str:
    """Report new approvals: the words that were approved, by whom, and in which file this was
    recorded.

    ``standings`` are the states of all parts before these approvals. If ``pages`` has the title of
    the page of each part, by part id, the parts are listed by page instead of their words.
    """
    ids = {entry.part.id for entry in entries}
    approved = [one for one in standings if one.part.id in ids]
    if pages is not None:
        return f"{by_page(approved, pages, 'approved')}\n\n{_written(entries, file)}"
    shown_first = ["\n".join(_words(one, "")) for one in approved]
    return "\n\n".join([*shown_first, _written(entries, file)])


def _written(entries: Sequence[Entry], file: Path) -> str:
    number = format_count(len(entries), "part")
    names = ", ".join(dict.fromkeys(entry.by for entry in entries))
    days = ", ".join(dict.fromkeys(entry.on.isoformat() for entry in entries))
    return (
        f"{number} approved by {escape_controls(names)} on {days}: written to "
        f"{escape_controls(str(file))}."
    )


NOTHING_WRITTEN = "Nothing was recorded. To approve all of them, add --by and a name."
"""The message below the words of all parts: without ``--by`` nothing is recorded."""


def without_words_text(standings: Sequence[ApprovalStatus]) -> str:
    """Report which of the parts to approve were left out because they have no words yet; empty if
    none."""
    ids = ", ".join(escape_controls(one.part.id) for one in standings if not one.part.words)
    return ids and f"Not approved, because there is no text yet: {ids}."


def already_approved_text(rows: int, file: Path) -> str:
    """Report that ``approvals.yaml`` already has every approval in the approval sheet ``file``,
    which has ``rows`` filled-in rows."""
    row_count = "1 row" if rows == 1 else f"{rows} rows"
    subject = f"approvals.yaml already has the approvals in {escape_controls(str(file))}"
    return f"Nothing to record: {subject} ({row_count})."


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
    }


def refused_json(problems: Sequence[Diagnostic], error: str = "") -> str:
    """Format as JSON why nothing was approved: problems of the course or of the signed list, or an
    ``error`` while writing."""
    diagnostics = [data(problem) for problem in problems]
    return json_text({"approved": [], "diagnostics": diagnostics, "error": error or None})
