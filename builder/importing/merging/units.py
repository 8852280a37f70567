"""Divides the files of a course into the units by which they are merged: paragraphs and blocks of a
page, and entries of its front matter, of settings and of lists of questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from builder.importing.merging.three_way import Cut, Unit

_FENCE = re.compile(r"\s*(:{3,})\s*(\S*)")
_FRONT = "---"
_ID = re.compile(r"\s*- (id:[ \t]*\S+)")
_GROUP = re.compile(r"\s*- module:.*\n\s+(id:[ \t]*\S+)")
_ADDRESS = re.compile(r"\s*- (url:.*)")
_KEY = re.compile(r"(\s*)(?:- )?([A-Za-z_]\w*):(?:\s|$)")
_FILE = re.compile(r"\s*- ([^\s\"'].*\.md)\s*$")
_CHECK = re.compile(r"\s*:{3,}\s*check\s+\S+")
_SETTING_KEYS = frozenset(
    {
        *("minutes", "multiple", "correct", "unsure", "answer", "tolerance", "min", "max"),
        *("weight", "tags", "credit", "shuffle", "unit", "forgive", "limit", "keep", "report"),
        "reveal",
    }
)
"""Keys that are settings and not text."""
_BODILESS_BLOCK = "check"
"""A block without a body: it ends on its first line."""


def line_units(text: str) -> list[Unit]:
    """Divide a text into lines."""
    return [_keyed_unit(line) for line in text.split("\n")]


def page_units(text: str) -> list[Unit]:
    """Divide a page into the entries of its front matter, and the paragraphs and blocks of its
    body."""
    rows = text.split("\n")
    if rows[0].strip() != _FRONT or _FRONT not in (row.rstrip() for row in rows[1:]):
        return list(_body_units(rows))
    end = next(at for at, row in enumerate(rows) if at and row.rstrip() == _FRONT)
    front = [_setting_unit(part, inside=_list_units) for part in group_entries(rows[1:end], 0)]
    return [Unit(rows[0]), *front, Unit(rows[end]), *_body_units(rows[end + 1 :])]


def settings_units(text: str) -> list[Unit]:
    """Divide ``course.yaml`` into keys, and the entries of lists and mappings below them."""
    content = text.rstrip("\n")
    parts = _split_gaps(group_entries(content.split("\n"), 2))
    found = [_setting_unit(unit.text, unit.gap, inside=key_units) for unit in parts]
    # New entries are added after the last one, before the empty lines at the file's end.
    return found if content == text else [*found, Unit("", text[len(content) :])]


def question_units(text: str) -> list[Unit]:
    """Divide a list of questions; a question has all its lines."""
    return list(_split_gaps(group_entries(text.split("\n"), 0)))


def entry_units(text: str) -> list[Unit]:
    """Divide a question into keys, and the entries of lists and mappings below them."""
    found: list[Unit] = []
    over = ""
    for part in group_entries(text.split("\n"), 4):
        if not part.startswith("    "):
            unit = _setting_unit(part, inside=key_units)
            over = unit.key.strip()
        elif over == "material":
            unit = _keyed_unit(part)
        else:
            # The list's name is part of the key: an item and an option may have the same letter.
            unit = _setting_unit(part, inside=key_units)
            name = f"{over}: {unit.key}" if unit.key else ""
            unit = replace(unit, key=name, setting=unit.setting or over in _SETTING_KEYS)
        found.append(unit)
    return found


def key_units(text: str) -> list[Unit]:
    """Divide a part of a question or of the settings into lines."""
    return [_setting_unit(line) for line in text.split("\n")]


def _list_units(text: str) -> list[Unit]:
    """Divide a key of front matter and the entries of its list; a question in the list is
    identified by its id."""
    found = [_setting_unit(part, inside=key_units) for part in group_entries(text.split("\n"), 2)]
    is_question_list = found[0].key == "questions"
    return [
        replace(unit, key=unit.key or unit.text.strip()) if is_question_list else unit
        for unit in found
    ]


def _setting_unit(text: str, gap: str = "\n", *, inside: Cut | None = None) -> Unit:
    """An entry of YAML, identified by its id or name; a page in a list is identified by its
    file."""
    if named := _ID.match(text) or _GROUP.match(text) or _ADDRESS.match(text) or _FILE.match(text):
        return Unit(text, gap, key=named[1], inside=inside)
    if named := _KEY.match(text):
        return Unit(
            text, gap, setting=named[2] in _SETTING_KEYS, key=named[1] + named[2], inside=inside
        )
    return Unit(text, gap, inside=inside)


def _body_units(rows: list[str]) -> Iterator[Unit]:
    for unit in _split_gaps(_blocks(rows)):
        yield replace(_keyed_unit(unit.text, unit.gap), inside=_inner_units)


def _keyed_unit(text: str, gap: str = "\n") -> Unit:
    found = _CHECK.match(text)
    return Unit(text, gap, key=found[0].strip() if found else "")


def _inner_units(text: str) -> list[Unit]:
    """Divide a block of ours into its content; any other text into lines."""
    rows = text.split("\n")
    if len(rows) < 3 or not _FENCE.match(rows[0]) or not _FENCE.match(rows[-1]):
        return line_units(text)
    return [Unit(rows[0]), *_body_units(rows[1:-1]), Unit(rows[-1])]


def group_entries(rows: list[str], depth: int) -> list[str]:
    """Group lines of YAML: each line indented by at most ``depth``, with the deeper lines below
    it."""
    found: list[str] = []
    for row in rows:
        indent = len(row) - len(row.lstrip(" "))
        if found and (not row.strip() or indent > depth):
            found[-1] += f"\n{row}"
        else:
            found.append(row)
    return found


def _blocks(rows: list[str]) -> list[str]:
    """Divide lines into paragraphs and blocks, each with the empty lines after it."""
    found: list[str] = []
    fence = ""
    ended = True
    for row in rows:
        mark = _FENCE.match(row)
        if fence:
            found[-1] += f"\n{row}"
            if row.strip() == fence:
                fence, ended = "", True
            continue
        if not row.strip():
            ended = True
            found[-1:] = [f"{found[-1]}\n{row}"] if found else [row]
            continue
        if ended or mark:
            found.append(row)
        else:
            found[-1] += f"\n{row}"
        ended = False
        if mark and mark[2] and mark[2] != _BODILESS_BLOCK:
            fence = mark[1]
        elif mark:
            ended = True
    return found


def _split_gaps(parts: list[str]) -> Iterator[Unit]:
    """Move the white space at the end of each part into the unit's gap."""
    for part in parts:
        text = part.rstrip()
        yield Unit(text, f"{part[len(text) :]}\n")
