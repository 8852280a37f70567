"""Divides the files of a course into the units by which they are merged: paragraphs and blocks of a
page, and entries of its front matter, of settings and of lists of questions.

Also converts the units of a page from one way of asking questions to another: in a list for score,
by a draw for score, or as practice between the paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from builder.importing.merging import three_way
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
"""The block that has no body, so it ends on its first line."""


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
    front = [_setting_unit(part, inside=_list_units) for part in _group_entries(rows[1:end], 0)]
    return [Unit(rows[0]), *front, Unit(rows[end]), *_body_units(rows[end + 1 :])]


def settings_units(text: str) -> list[Unit]:
    """Divide ``course.yaml`` into its keys, which can be divided further into lines. Each entry of
    a list or mapping is a unit, too."""
    content = text.rstrip("\n")
    parts = _split_gaps(_group_entries(content.split("\n"), 2))
    found = [_setting_unit(unit.text, unit.gap, inside=_key_units) for unit in parts]
    # New entries are added after the last one, before the empty lines at the file's end.
    return found if content == text else [*found, Unit("", text[len(content) :])]


def question_units(text: str) -> list[Unit]:
    """Divide a file of questions into its questions, each with all its lines."""
    return list(_split_gaps(_group_entries(text.split("\n"), 0)))


def entry_units(text: str) -> list[Unit]:
    """Divide the text of a question into its keys. Each entry of a list or mapping is a unit,
    too."""
    found: list[Unit] = []
    over = ""
    for part in _group_entries(text.split("\n"), 4):
        if not part.startswith("    "):
            unit = _setting_unit(part, inside=_key_units)
            over = unit.key.strip()
        elif over == "material":
            unit = _keyed_unit(part)
        else:
            # The list's name is part of the key: an item and an option may have the same letter.
            unit = _setting_unit(part, inside=_key_units)
            name = f"{over}: {unit.key}" if unit.key else ""
            unit = replace(unit, key=name, setting=unit.setting or over in _SETTING_KEYS)
        found.append(unit)
    return found


def _key_units(text: str) -> list[Unit]:
    """Divide an entry of a question or of the settings into lines."""
    return [_setting_unit(line) for line in text.split("\n")]


def _list_units(text: str) -> list[Unit]:
    """Divide an entry of front matter into its key and the entries of its list. An entry of the
    list of questions is identified by its text, which has the question's id."""
    found = [_setting_unit(part, inside=_key_units) for part in _group_entries(text.split("\n"), 2)]
    is_question_list = found[0].key == "questions"
    return [
        replace(unit, key=unit.key or unit.text.strip()) if is_question_list else unit
        for unit in found
    ]


def _setting_unit(text: str, gap: str = "\n", *, inside: Cut | None = None) -> Unit:
    """Make a unit of an entry of YAML. The unit's key is the id, address or name of the entry, or
    the file of a page in a list. ``gap`` is the white space after the entry, and ``inside`` cuts it
    into smaller units."""
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
    """Divide a block between two fences, ``:::``, into the fences and its content; any other text
    into lines."""
    rows = text.split("\n")
    if len(rows) < 3 or not _FENCE.match(rows[0]) or not _FENCE.match(rows[-1]):
        return line_units(text)
    return [Unit(rows[0]), *_body_units(rows[1:-1]), Unit(rows[-1])]


def _group_entries(rows: list[str], depth: int) -> list[str]:
    """Group lines of YAML into entries. Each starts with a line that is indented by at most
    ``depth`` spaces, and has the deeper and empty lines below it."""
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
    """Make a unit of each part; the white space at the end of the part becomes the unit's gap."""
    for part in parts:
        text = part.rstrip()
        yield Unit(text, f"{part[len(text) :]}\n")


Way = Literal["list", "draw", "practice", ""]
_UnitList = list[Unit]
_CHECK_FENCE = "::: check "
_LISTED = re.compile(r"  - ([a-z0-9-]+)")
_TAG = re.compile(r"    - tag: ([a-z0-9-]+)")
_QUIZ_KIND = "kind: quiz"


def convert_versions(
    base: _UnitList, ours: _UnitList, theirs: _UnitList, gone: Sequence[str]
) -> tuple[_UnitList, _UnitList, _UnitList]:
    """Convert three versions of a page to the way of asking questions that the source has now.
    ``base`` is the page as it was imported, ``ours`` as its author has it, and ``theirs`` as the
    source has it.

    ``gone`` are the ids of questions that the source no longer has. They stay on the page until its
    author deletes them.
    """
    was, now = asking_way(base), asking_way(theirs)
    if was == now == "list":
        return base, ours, _keep_in_list(base, theirs, gone)
    if was == now or not (was and now):
        return base, ours, theirs
    base, ours = (_change_way(units, base, now == "practice") for units in (base, ours))
    return base, ours, _add_questions(theirs, now, gone)


def asking_way(units: Sequence[Unit]) -> Way:
    """How a page with these units asks its questions, such as in a list or by draws; empty if it
    asks none."""
    keys = {unit.key for unit in units}
    if "questions" in keys:
        return "list"
    if any(_is_draw(unit) for unit in units):
        return "draw"
    return "practice" if any(key.startswith(_CHECK_FENCE) for key in keys) else ""


def named_questions(units: Sequence[Unit]) -> list[str]:
    """The ids of the questions that a page asks in its list or in its practice blocks."""
    return [name for unit in units for name in _unit_questions(unit)]


def drawn_tags(units: Sequence[Unit]) -> Iterator[str]:
    """Yield the tags by which the quiz on a page draws its questions."""
    for unit in units:
        if _is_draw(unit):
            yield from (found[1] for found in _TAG.finditer(unit.text))


def question_lines(text: str) -> Iterator[tuple[str, int]]:
    """Yield the ids of the questions that a page asks in its list or in its practice blocks, each
    with the number of its line."""
    units = page_units(text)
    for unit, start in zip(units, three_way.start_lines(units), strict=False):
        for at, line in enumerate(unit.text.split("\n")):
            if at == 0 or unit.key == "questions":
                yield from (
                    (name, start + at) for name in _unit_questions(replace(unit, text=line))
                )


def remove_questions(units: Sequence[Unit], names: Collection[str]) -> _UnitList:
    """Remove the questions with these ids from a page. If the page listed them and has no questions
    left, it is no longer a quiz."""
    found = [left for unit in units for left in _remove_from_unit(unit, names)]
    if asking_way(units) == "list" and not asking_way(found):
        found = [unit for unit in found if unit.text != _QUIZ_KIND]
    return _with_line_end(found)


def _with_line_end(units: _UnitList) -> _UnitList:
    """Restore the line end at the end of a page, after units at the end were removed."""
    return [*units, Unit("")] if units and units[-1].gap == "\n" and units[-1].text else units


def _unit_questions(unit: Unit) -> Iterator[str]:
    if unit.key == "questions":
        yield from (found[1] for line in unit.text.split("\n") if (found := _LISTED.match(line)))
    elif unit.key.startswith(_CHECK_FENCE):
        yield unit.key.removeprefix(_CHECK_FENCE)


def _remove_from_unit(unit: Unit, names: Collection[str]) -> Iterator[Unit]:
    if not any(name in names for name in _unit_questions(unit)):
        yield unit
    elif unit.key == "questions":
        lines = unit.text.split("\n")
        kept = [line for line in lines if not (at := _LISTED.match(line)) or at[1] not in names]
        if len(kept) > 1:
            yield replace(unit, text="\n".join(kept))


def _is_draw(unit: Unit) -> bool:
    return unit.key == "quiz" and "\n  draw:" in unit.text


def _keep_in_list(base: _UnitList, theirs: _UnitList, gone: Collection[str]) -> _UnitList:
    """Put the questions in ``gone``, which the source no longer has, back into the page's list of
    questions (``theirs``). They return to their places in ``base``, the page as it was imported."""
    question_ids = named_questions(theirs)
    above = ""
    for name in named_questions(base):
        if name in gone:
            question_ids.insert(question_ids.index(above) + 1 if above in question_ids else 0, name)
        above = name
    text = "\n".join(["questions:", *(f"  - {name}" for name in question_ids)])
    return [replace(unit, text=text) if unit.key == "questions" else unit for unit in theirs]


def _change_way(units: _UnitList, base: _UnitList, practice: bool) -> _UnitList:
    """Remove from a page the questions and draws that it had when it was imported (``base``). The
    questions that its author added are then asked as practice if ``practice`` is true, else in a
    list."""
    names = set(named_questions(base))
    base_tags = set(drawn_tags(base))
    own = [name for unit in units if unit.key == "questions" for name in _unit_questions(unit)]
    found: _UnitList = []
    for unit in units:
        if _is_draw(unit):
            found += _remove_draws(unit, base_tags)
        elif unit.key != "questions" and not (practice and unit.text == _QUIZ_KIND):
            found += _remove_from_unit(unit, names)
    own = [name for name in own if name not in names]
    return _add_questions(_with_line_end(found), "practice" if practice else "list", own)


def _remove_draws(unit: Unit, tags: Collection[str]) -> Iterator[Unit]:
    """Remove the draws with these tags from the rules of a quiz; remove the rules if none are
    left."""
    rules = _group_entries(unit.text.split("\n"), 2)
    kept = []
    for rule in rules:
        draws = _group_entries(rule.split("\n"), 4)
        left = [one for one in draws if not ((found := _TAG.match(one)) and found[1] in tags)]
        if len(left) > 1 or len(draws) == 1:
            kept.append("\n".join(left))
    if len(kept) > 1:
        yield replace(unit, text="\n".join(kept))


def _add_questions(units: _UnitList, now: Way, names: Sequence[str]) -> _UnitList:
    """Add the questions with the ids ``names`` to a page: as practice, or to the page's list of
    questions, depending on ``now``, the way in which the page asks its questions."""
    if not names:
        return units
    if now == "practice":
        checks = [
            Unit(f"{_CHECK_FENCE}{name}", "\n\n", key=f"{_CHECK_FENCE}{name}") for name in names
        ]
        *above, last = [unit for unit in units if unit.text]
        return [*above, replace(last, gap="\n\n"), *checks]
    lines = "".join(f"\n  - {name}" for name in names)
    found: _UnitList = []
    listed = any(unit.key == "questions" for unit in units)
    for unit in units:
        if unit.key == "questions":
            found.append(replace(unit, text=f"{unit.text}{lines}"))
        elif unit.text == _QUIZ_KIND and not listed:
            found += (unit, replace(unit, text=f"questions:{lines}", key="questions"))
        else:
            found.append(unit)
    return found
