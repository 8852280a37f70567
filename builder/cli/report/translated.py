"""Reports translations: what a command has done, how far each language is, and what came back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from builder.base.printing import escape_controls, format_count, json_text, quoted
from builder.cli.report.phrases import onward
from builder.cli.report.problems import data, problems

if TYPE_CHECKING:
    from builder.diagnostics.diagnostic import Diagnostic
    from builder.translating.commands import Read, TakenBack, Translated
    from builder.translating.own_interface import InterfaceLanguage, Made
    from builder.translating.progress import Open, Progress, State
    from builder.translating.returned import Merged, Outcome
    from builder.translating.update import Update

_MAX_FILES = 20
"""Maximum number of files listed for a language; ``--json`` lists all."""
_MAX_OPEN = 10
"""Maximum number of stale messages, of wrong ones, and of pictures, listed for a language."""
_OPEN_STATES: Mapping[State, str] = {
    "stale": "stale",
    "wrong": "with an error",
    "missing": "missing",
}
"""The states of messages that are not translated, in words."""
_STATES: tuple[State, ...] = ("translated", *_OPEN_STATES)
_LISTED: tuple[State, ...] = ("wrong", "stale")
"""The states whose messages are listed: missing ones are only counted."""
_MAX_WORDS = 60
"""Maximum number of characters of a text that the report quotes."""


def refused_text(found: Sequence[Diagnostic], folder: Path, outside: Path | None = None) -> str:
    """Format as text why a command failed. ``outside`` is a file that is not in the course."""
    path = outside.as_posix() if outside else None
    return problems(
        [
            one
            if one.position.path == path or one.code.startswith("output-")
            else replace(one, position=replace(one.position, path=str(folder / one.position.path)))
            for one in found
        ]
    )


def refused_json(found: Sequence[Diagnostic]) -> str:
    """Format as JSON why a command failed."""
    return json_text({"languages": [], "diagnostics": [data(one) for one in found]})


# What was made or updated.


def made_text(made: Sequence[Translated], folder: Path) -> str:
    """Format as text which translations were made or updated."""
    parts = ["\n".join(_made(one, folder)) for one in made]
    name = quoted(str(folder))
    commands = [(f"scorm-builder translate {name}", "shows what is open in each language")]
    if any(one.progress.count("translated") for one in made):
        commands.append((f"scorm-builder preview {name}", "shows the course"))
    return "\n\n".join([*parts, onward(*commands)])


def _made(one: Translated, folder: Path) -> Iterator[str]:
    path = escape_controls(str(folder / one.path))
    changes = ", ".join(_changes(one.update))
    if one.is_new:
        yield click.style(f"Made {path}", fg="green", bold=True)
    elif changes or one.update.noted:
        yield click.style(f"Updated {path}", fg="green", bold=True)
        yield f"  {changes or 'only comments for translators'}"
    else:
        yield click.style(f"{path} is up to date", fg="green", bold=True)
    yield f"  {_counts(one.progress)}"
    if one.exported:
        yield f"  For the translator: {escape_controls(str(one.exported))}"


def _changes(update: Update) -> Iterator[str]:
    for number, words in (
        (update.new, "new"),
        (update.changed, "changed, so stale now"),
        (update.moved, "moved with the translation"),
        (update.restored, "restored"),
        (update.vanished, "no longer in the course"),
    ):
        if number:
            yield f"{number:,} {words}"


def _counts(progress: Progress) -> str:
    words = f"{progress.count('translated'):,} of {progress.total:,} translated"
    return ", ".join((words, *_open_counts(progress.count)))


def _open_counts(count: Callable[[State], int]) -> Iterator[str]:
    for state, words in _OPEN_STATES.items():
        if count(state):
            yield f"{count(state):,} {words}"


def made_json(made: Sequence[Translated], found: Sequence[Diagnostic]) -> str:
    """Format as JSON which translations were made or updated."""
    languages = [
        {
            **_progress_data(one.progress),
            "path": one.path,
            "new_file": one.is_new,
            "update": _update_data(one.update),
            "exported": one.exported.as_posix() if one.exported else None,
        }
        for one in made
    ]
    return json_text({"languages": languages, "diagnostics": [data(one) for one in found]})


def _update_data(update: Update) -> dict[str, int]:
    names = ("new", "changed", "moved", "restored", "vanished")
    return {name: getattr(update, name) for name in names}


# How far each language is.


def overview_text(languages: Sequence[Progress], course: Read) -> str:
    """Format as text how far each language of a course is."""
    name = quoted(str(course.folder))
    if not languages:
        start = (f"scorm-builder translate {name} pl", "starts one, here in Polish")
        return f"No translation of {name} can be shown.\n\n{onward(start)}"
    return "\n\n".join("\n".join(_language(one, course.folder)) for one in languages)


def _language(one: Progress, folder: Path) -> Iterator[str]:
    percent = 100 * one.count("translated") // one.total if one.total else 100
    yield click.style(f"{one.tag}  {percent}%  {_counts(one)}", bold=True)
    files = [file for file in one.files if file.counts["translated"] < file.total]
    width = max((len(file.path) for file in files[:_MAX_FILES]), default=0)
    for file in files[:_MAX_FILES]:
        words = ", ".join(_open_counts(file.counts.__getitem__))
        done = f"{file.counts['translated']:,} of {file.total:,}"
        yield f"  {escape_controls(file.path):<{width}}  {done}: {words}"
    if len(files) > _MAX_FILES:
        yield f"  {len(files) - _MAX_FILES:,} more files: --json lists all."
    for state in _LISTED:
        found = [message for message in one.open if message.state == state]
        if found:
            yield f"  {_OPEN_STATES[state].capitalize()}"
            yield from (f"    {_place(message, folder)}" for message in found[:_MAX_OPEN])
        if len(found) > _MAX_OPEN:
            yield f"    {len(found) - _MAX_OPEN:,} more: --json lists all."
    if one.pictures:
        pictures = format_count(len(one.pictures), "picture")
        yield f"  {pictures} without a file in media/{one.tag}/ (needed only if it has words)"
        yield from (f"    {escape_controls(path)}" for path in one.pictures[:_MAX_OPEN])
        if len(one.pictures) > _MAX_OPEN:
            yield f"    {len(one.pictures) - _MAX_OPEN:,} more: --json lists all."


def _place(one: Open, folder: Path) -> str:
    at = replace(one.at, path=str(folder / one.at.path))
    source = one.message.position
    problem = f": {one.problem}" if one.problem else ""
    text = f"{at} {_quoted(one.message.text)} ({source.path}:{source.line}){problem}"
    return escape_controls(text)


def _quoted(text: str) -> str:
    words = " ".join(text.split())
    return f"“{words if len(words) <= _MAX_WORDS else f'{words[:_MAX_WORDS]}…'}”"


def overview_json(languages: Sequence[Progress], found: Sequence[Diagnostic]) -> str:
    """Format as JSON how far each language of a course is."""
    return json_text(
        {
            "languages": [_progress_data(one) for one in languages],
            "diagnostics": [data(one) for one in found],
        }
    )


def _progress_data(one: Progress) -> dict[str, Any]:
    return {
        "language": one.tag,
        "total": one.total,
        **{state: one.count(state) for state in _STATES},
        "files": [
            {
                "file": file.path,
                "total": file.total,
                **{state: file.counts[state] for state in _STATES},
            }
            for file in one.files
        ],
        "open": [
            {
                "state": message.state,
                "problem": message.problem,
                "part": message.message.part,
                "text": message.message.text,
                "file": message.at.path,
                "line": message.at.line,
                "source": message.message.position.path,
                "source_line": message.message.position.line,
            }
            for message in one.open
        ],
        "pictures": list(one.pictures),
    }


# What came back from a translator.

_TAKEN: tuple[Outcome, ...] = ("taken", "unchanged", "not translated")
"""Outcomes that need no attention, so that they are only counted."""
_HEADINGS: dict[Outcome, str] = {
    "taken as stale": "Taken, but to be checked: marked as stale",
    "conflict": "Not taken: the course has another finished translation. To take the returned one, "
    "mark that entry as fuzzy (“needs work”) and read the file again",
    "outdated": "The text has changed since the file was made",
    "unknown": "Not in the course: kept at the end of the PO file, as obsolete",
}


def taken_back_text(result: TakenBack, folder: Path, file: Path) -> str:
    """Format as text what became of the translations in a returned file."""
    counts = dict.fromkeys((*_TAKEN, *_HEADINGS), 0)
    for merged in result.merged:
        counts[merged.outcome] += 1
    path = escape_controls(str(folder / result.path))
    head = [click.style(f"Read {escape_controls(file.name)} into {path}", fg="green", bold=True)]
    head += [f"  {number:,} {outcome}" for outcome, number in counts.items() if number]
    head.append(f"  Now {_counts(result.progress)}")
    parts = ["\n".join(head)]
    for outcome, heading in _HEADINGS.items():
        found = [one for one in result.merged if one.outcome == outcome]
        if found:
            lines = [click.style(heading, bold=True)]
            lines += [f"  {_merged(one, file)}" for one in found]
            parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _merged(one: Merged, file: Path) -> str:
    reason = f": {one.reason}" if one.reason else ""
    text = f"{file.as_posix()}:{one.sent.line} {one.sent.key[0]} {_quoted(one.sent.text)}{reason}"
    return escape_controls(f"{text}; the course has {_quoted(one.own)}" if one.own else text)


def taken_back_json(result: TakenBack) -> str:
    """Format as JSON what became of the translations in a returned file."""
    return json_text(
        {
            **_progress_data(result.progress),
            "path": result.path,
            "update": _update_data(result.update),
            "returned": [
                {
                    "outcome": one.outcome,
                    "part": one.sent.key[0],
                    "text": one.sent.key[1],
                    "translation": one.sent.text,
                    "line": one.sent.line,
                    "reason": one.reason,
                    "own": one.own,
                }
                for one in result.merged
            ],
            "diagnostics": [],
        }
    )


# Texts of the interface.


def interface_text(languages: Sequence[InterfaceLanguage]) -> str:
    """Format as text how complete each language of the interface is."""
    width = max(len(f"{one.tag} {one.name}") for one in languages)
    lines = [click.style("Languages of the player’s buttons and notices", bold=True)]
    for one in languages:
        done = one.total - len(one.missing)
        read = "read by a speaker" if one.reviewed else "not yet read by a speaker"
        name = f"{one.tag} {one.name}"
        lines.append(f"  {name:<{width}}  {done:,} of {one.total:,} texts, {read}")
        if one.missing:
            more = ", …" if len(one.missing) > _MAX_OPEN else ""
            lines.append(f"      missing: {', '.join(one.missing[:_MAX_OPEN])}{more}")
    return "\n".join(lines)


def interface_json(languages: Sequence[InterfaceLanguage]) -> str:
    """Format as JSON how complete each language of the interface is."""
    return json_text(
        {
            "interface": [
                {
                    "language": one.tag,
                    "name": one.name,
                    "own_name": one.autonym,
                    "texts": one.total,
                    "missing": list(one.missing),
                    "read_by_a_speaker": one.reviewed,
                }
                for one in languages
            ]
        }
    )


def own_texts_text(made: Sequence[Made], folder: Path) -> str:
    """Format as text which files with a course's own interface texts were made or updated."""
    return "\n".join(line for one in made for line in _own_texts(one, folder))


def _own_texts(one: Made, folder: Path) -> Iterator[str]:
    path = escape_controls(str(folder / one.path))
    changes = ", ".join(_changes(one.update))
    done = "Made" if one.is_new else "Updated" if changes else "Up to date:"
    yield click.style(f"{done} {path}", fg="green", bold=True)
    if changes and not one.is_new:
        yield f"  {changes}"
    missing = f", {one.missing:,} missing (shown in English)" if one.missing else ""
    yield f"  {one.own:,} of {one.total:,} texts are the course’s own{missing}"


def own_texts_json(made: Sequence[Made]) -> str:
    """Format as JSON which files with a course's own interface texts were made or updated."""
    return json_text(
        {
            "interface": [
                {
                    "path": one.path,
                    "new_file": one.is_new,
                    "update": _update_data(one.update),
                    "texts": one.total,
                    "own": one.own,
                    "missing": one.missing,
                }
                for one in made
            ]
        }
    )
