"""How pages ask questions: all questions of a list for score, a random draw, or each one as
practice. Handles the change of a page from one way to another, and changes of its questions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from builder.importing.merging import three_way
from builder.importing.merging import units as cutting
from builder.importing.merging.three_way import Unit

Way = Literal["list", "draw", "practice", ""]
Units = list[Unit]
_CHECK = "::: check "
_LISTED = re.compile(r"  - ([a-z0-9-]+)")
_TAG = re.compile(r"    - tag: ([a-z0-9-]+)")
_QUIZ = "kind: quiz"


def convert_versions(
    base: Units, ours: Units, theirs: Units, gone: Sequence[str]
) -> tuple[Units, Units, Units]:
    """Convert three versions of a page to the way of asking that the source has now: the page as
    imported, as its author has it, and as the source has it. Questions that are ``gone`` from the
    source stay on the page until its author deletes them."""
    was, now = asking_way(base), asking_way(theirs)
    if was == now == "list":
        return base, ours, _keep_in_list(base, theirs, gone)
    if was == now or not (was and now):
        return base, ours, theirs
    base, ours = (_change_way(units, base, now == "practice") for units in (base, ours))
    return base, ours, _add_questions(theirs, now, gone)


def asking_way(units: Sequence[Unit]) -> Way:
    """How a page asks its questions; empty if it asks none."""
    keys = {unit.key for unit in units}
    if "questions" in keys:
        return "list"
    if any(_is_draw(unit) for unit in units):
        return "draw"
    return "practice" if any(key.startswith(_CHECK) for key in keys) else ""


def named_questions(units: Sequence[Unit]) -> list[str]:
    """The ids of the questions that a page names."""
    return [name for unit in units for name in _unit_questions(unit)]


def drawn_tags(units: Sequence[Unit]) -> Iterator[str]:
    """The tags of the questions that a page draws."""
    for unit in units:
        if _is_draw(unit):
            yield from (found[1] for found in _TAG.finditer(unit.text))


def question_lines(text: str) -> Iterator[tuple[str, int]]:
    """The ids of the questions that a page names, each with its line."""
    units = cutting.page_units(text)
    for unit, start in zip(units, three_way.start_lines(units), strict=False):
        for at, line in enumerate(unit.text.split("\n")):
            if at == 0 or unit.key == "questions":
                yield from (
                    (name, start + at) for name in _unit_questions(replace(unit, text=line))
                )


def remove_questions(units: Sequence[Unit], names: Collection[str]) -> Units:
    """Remove questions from a page. A page that listed them and has no questions left is no longer
    a quiz."""
    found = [left for unit in units for left in _remove_from_unit(unit, names)]
    if asking_way(units) == "list" and not asking_way(found):
        found = [unit for unit in found if unit.text != _QUIZ]
    return _with_line_end(found)


def _with_line_end(units: Units) -> Units:
    """Restore the line end at the end of a page after units were removed there."""
    return [*units, Unit("")] if units and units[-1].gap == "\n" and units[-1].text else units


def _unit_questions(unit: Unit) -> Iterator[str]:
    if unit.key == "questions":
        yield from (found[1] for line in unit.text.split("\n") if (found := _LISTED.match(line)))
    elif unit.key.startswith(_CHECK):
        yield unit.key.removeprefix(_CHECK)


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


def _keep_in_list(base: Units, theirs: Units, gone: Collection[str]) -> Units:
    """Put questions that are gone from the source back into its list, at their old places."""
    question_ids = named_questions(theirs)
    above = ""
    for name in named_questions(base):
        if name in gone:
            question_ids.insert(question_ids.index(above) + 1 if above in question_ids else 0, name)
        above = name
    text = "\n".join(["questions:", *(f"  - {name}" for name in question_ids)])
    return [replace(unit, text=text) if unit.key == "questions" else unit for unit in theirs]


def _change_way(units: Units, base: Units, practice: bool) -> Units:
    """Remove the questions and draws of ``base`` from a page, and ask its author's own questions in
    the other way."""
    names = set(named_questions(base))
    base_tags = set(drawn_tags(base))
    own = [name for unit in units if unit.key == "questions" for name in _unit_questions(unit)]
    found: Units = []
    for unit in units:
        if _is_draw(unit):
            found += _remove_draws(unit, base_tags)
        elif unit.key != "questions" and not (practice and unit.text == _QUIZ):
            found += _remove_from_unit(unit, names)
    own = [name for name in own if name not in names]
    return _add_questions(_with_line_end(found), "practice" if practice else "list", own)


def _remove_draws(unit: Unit, tags: Collection[str]) -> Iterator[Unit]:
    """Remove draws with these tags from a quiz's rules; remove the rules if none are left."""
    rules = cutting.group_entries(unit.text.split("\n"), 2)
    kept = []
    for rule in rules:
        draws = cutting.group_entries(rule.split("\n"), 4)
        left = [one for one in draws if not ((found := _TAG.match(one)) and found[1] in tags)]
        if len(left) > 1 or len(draws) == 1:
            kept.append("\n".join(left))
    if len(kept) > 1:
        yield replace(unit, text="\n".join(kept))


def _add_questions(units: Units, now: Way, names: Sequence[str]) -> Units:
    """Add questions to a page, in the way ``now``."""
    if not names:
        return units
    if now == "practice":
        checks = [Unit(f"{_CHECK}{name}", "\n\n", key=f"{_CHECK}{name}") for name in names]
        *above, last = [unit for unit in units if unit.text]
        return [*above, replace(last, gap="\n\n"), *checks]
    lines = "".join(f"\n  - {name}" for name in names)
    found: Units = []
    listed = any(unit.key == "questions" for unit in units)
    for unit in units:
        if unit.key == "questions":
            found.append(replace(unit, text=f"{unit.text}{lines}"))
        elif unit.text == _QUIZ and not listed:
            found += (unit, replace(unit, text=f"questions:{lines}", key="questions"))
        else:
            found.append(unit)
    return found
