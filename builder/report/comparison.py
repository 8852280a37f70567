"""Says what an edit means for trainees: in words, or in JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from textwrap import wrap
from typing import Any

import click

from builder import compare
from builder.compare import Change, Comparison, Fate, Kind, Note, Outline
from builder.printing import json_text, shown

_WIDTH = 96
_INDENT = 2
_GROUPS: Mapping[str, str] = {
    "not_started": "not started",
    "half_way": "half-way",
    "finished": "finished",
    "failed": "failed",
}
_KINDS: Mapping[Kind, str] = {"page": "Pages", "question": "Questions", "record": "Record"}
_FATES: Mapping[Fate, str] = {"redo": "again", "new": "new", "gone": "gone", "kept": "kept"}
_WHY = {
    "revision": "its revision was raised",
    "kind": "it is of another kind",
    "use": "it is asked elsewhere: in another quiz, or no longer for practice",
    "key": "nothing of it counts",
}
_NOTES: Mapping[Note, str] = {
    "retitled": "another title",
    "reworded": "other words",
    "moved": "another place",
    "options-reordered": "options in another order",
    "options-added": "more options",
    "options-removed": "fewer options",
    "accepts-more": "more answers are right",
    "key": "another answer is right",
    "scoring": "another way to score",
    "limit-raised": "room for longer answers",
    "limit-lowered": "room for shorter answers only",
}


def text(found: Comparison) -> str:
    """An edit for a person: whether something is lost, then trainee by trainee, thing by thing."""
    parts = [_heading(found), _verdict(found)]
    sections = [
        *((_KINDS[kind], _rows(_changes(found, kind))) for kind in _KINDS),
        ("Settings", _entries(_settings(found))),
        ("These look like mistakes", _entries(_suspicions(found))),
        ("In Moodle", _sentences(compare.lms(found))),
        ("To tell trainees", _sentences(compare.tell(found))),
    ]
    parts.append("\n".join(trainees(compare.trainees(found).items())))
    parts += ["\n".join([click.style(name, bold=True), *rows]) for name, rows in sections if rows]
    return "\n\n".join(parts)


def _heading(found: Comparison) -> str:
    old, new = found.old, found.new
    versions = f"From version {shown(old.version)} to {shown(new.version)}"
    if old.version == new.version:
        versions = f"Both are version {shown(new.version)}"
        versions += ": raise it, so that people can tell them apart" if found.changed else ""
    draft = "; the new one is a draft" if new.draft and not old.draft else ""
    return f"{click.style(shown(new.title), bold=True)}\n{versions}{draft}."


def _verdict(found: Comparison) -> str:
    odd = len(found.suspicions)
    mistakes = "1 edit looks like a mistake" if odd == 1 else f"{odd} edits look like mistakes"
    if not found.changed:
        return click.style("Nothing has changed for trainees.", fg="green", bold=True)
    lost = "Something is lost." if found.lost else "Nothing is lost."
    words = f"{lost[:-1]}, and {mistakes}." if odd else lost
    return click.style(words, fg="green" if found.safe else "yellow", bold=True)


def _rows(rows: Iterable[tuple[str, str]]) -> list[str]:
    """Rows of two columns, the second wrapped; a name that repeats is left out."""
    table = [(name, shown(words)) for name, words in rows]
    if not table:
        return []
    width = max(len(name) for name, _ in table) + 2 + _INDENT
    lines: list[str] = []
    before = None
    for name, words in table:
        head = "" if name == before else name
        before = name
        first, *more = wrap(words, _WIDTH - width, break_long_words=False) or [""]
        lines.append(f"{'':{_INDENT}}{head:<{width - _INDENT}}{first}")
        lines += [f"{'':{width}}{line}" for line in more]
    return lines


def _entries(entries: Iterable[tuple[str, Iterable[str]]]) -> list[str]:
    """Names, each with its sentences below it."""
    lines = []
    for name, sentences in entries:
        lines.append(f"{'':{_INDENT}}{shown(name)}")
        lines += [f"{'':{_INDENT}}{line}" for line in _sentences(sentences)]
    return lines


def _sentences(sentences: Iterable[str]) -> list[str]:
    return [
        f"{'':{_INDENT}}{line}"
        for words in sentences
        for line in wrap(shown(words), _WIDTH - _INDENT, break_long_words=False)
    ]


def trainees(groups: Iterable[tuple[str, Iterable[str]]]) -> list[str]:
    """Lines that say what an edit means for each group of trainees."""
    rows = ((_GROUPS[group], words) for group, sentences in groups for words in sentences)
    return [click.style("Trainees", bold=True), *_rows(rows)]


def _changes(found: Comparison, kind: Kind) -> Iterator[tuple[str, str]]:
    for fate, word in _FATES.items():
        plain = 0
        for one in found.of(kind, fate):
            if told := _told(one):
                yield word, f"{one.id}{told}"
            else:
                plain += 1
        if plain:
            yield word, f"{plain} as before" if plain > 1 else "1 as before"


def _told(one: Change) -> str:
    """What there is to say of one thing, empty where nothing has changed."""
    told = [f"was {one.was}"] if one.was else []
    told += [_WHY[one.why]] if one.why else []
    if one.fate == "kept":
        told += [_NOTES[note] for note in one.notes]
        harmless = "" if compare.EFFECTIVE & {*one.notes} else "; no effect"
        return f": {', '.join(told)}{harmless}" if told else ""
    title = f" “{one.title}”"
    return f"{title}: {', '.join(told)}" if told else title


def _settings(found: Comparison) -> Iterator[tuple[str, Iterable[str]]]:
    for one in found.settings:
        name = f"{one.page}, {one.name}" if one.page else one.name
        yield f"{name}: {one.old} → {one.new}", (one.meaning,)


def _suspicions(found: Comparison) -> Iterator[tuple[str, Iterable[str]]]:
    for name, group in groupby(found.suspicions, key=lambda one: one.id or "course.yaml"):
        # Neighbours that need the same thing done share its hint.
        for hint, alike in groupby(group, key=lambda one: one.hint):
            yield name, (*(one.message for one in alike), hint)


def as_json(found: Comparison) -> str:
    """An edit for a machine; every list is in the order of the text."""
    return json_text(data(found))


def data(found: Comparison) -> dict[str, Any]:
    """An edit as values that JSON can write."""
    kinds: dict[str, Kind] = {"pages": "page", "questions": "question", "records": "record"}
    return {
        "lost": found.lost,
        "suspicious": bool(found.suspicions),
        "same_course": found.same_course,
        "identical": found.identical,
        "old": _course(found.old),
        "new": _course(found.new),
        "trainees": {group: [*words] for group, words in compare.trainees(found).items()},
        **{
            name: [_change(one) for one in found.changes if one.kind == kind]
            for name, kind in kinds.items()
        },
        "settings": [
            {
                "page": one.page or None,
                "name": one.name,
                "old": one.old,
                "new": one.new,
                "meaning": one.meaning,
                "lost": one.costs,
            }
            for one in found.settings
        ],
        "suspicions": [
            {
                "code": one.code,
                "kind": one.kind,
                "id": one.id or None,
                "message": one.message,
                "hint": one.hint,
            }
            for one in found.suspicions
        ],
        "moodle": [*compare.lms(found)],
        "tell": [*compare.tell(found)],
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


def _change(one: Change) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "fate": one.fate,
        "lost": one.lost,
        "was": one.was,
        "why": one.why or None,
        "pages": [*one.pages],
        "notes": [*one.notes],
    }
