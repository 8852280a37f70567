"""Follows the hints of diagnostics: writes the values that they propose into the sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path

import yaml

from builder.diagnostics.diagnostic import Diagnostic, Position

KEYS = "attempts|count|keep|limit|mastery|pages|pass_mark|report|score|weight"
_VALUE = re.compile(rf"“({KEYS}): ([^”]+)”")
_MORE = re.compile(r"Add (\d+)(?: more)? questions?")
_WORDS = ("In winter", "On a boat", "At school", "By night", "In a tent")
_CLAUSES = re.compile(r"\. (?!Then|The new)|,? or |; ")


def proposals(hint: str) -> Iterator[tuple[int, Mapping[str, str | None]]]:
    """Each alternative of a hint that proposes values: how many questions to add, and the values by
    key, ``None`` for those to delete."""
    for clause in _CLAUSES.split(hint):
        values = dict[str, str | None](_VALUE.findall(clause))
        if clause.lower().startswith("delete"):
            values = dict.fromkeys(values)
        more = _MORE.search(clause)
        if values or more:
            yield int(more[1]) if more else 0, values


def follow(folder: Path, found: Diagnostic, more: int, values: Mapping[str, str | None]) -> None:
    """Do what one alternative of the diagnostic's hint proposes."""
    for key, value in values.items():
        position = found.position
        if "under “tracking:”" in found.hint:
            position = _tracking(folder)
        _write(folder, position, key, value)
    if more:
        bank = re.search(r"to the bank “(.+?)”", found.hint)
        tag = re.search(r"“tags: (.+?)”", found.hint)
        _add(folder, more, bank[1] if bank else "", tag[1] if tag else "")


def _tracking(folder: Path) -> Position:
    lines = (folder / "course.yaml").read_text("utf-8").splitlines()
    if "tracking:" not in lines:
        with (folder / "course.yaml").open("a", encoding="utf-8") as file:
            file.write("\ntracking:\n  keep: best\n")
        return _tracking(folder)
    return Position("course.yaml", lines.index("tracking:") + 1, 1)


def _write(folder: Path, position: Position, key: str, value: str | None) -> None:
    """Write a value into the mapping at a position, or into that below its key; ``None`` deletes
    the entry."""
    path = folder / position.path
    text = path.read_text("utf-8")
    front, rest = text, ""
    if path.suffix == ".md":
        _, front, rest = text.split("---\n", 2)
        front, rest = f"---\n{front}", f"---\n{rest}"
    mapping = _mapping(yaml.compose(front.replace("---\n", "\n", 1)), position)
    entries = {name.value: (name, node) for name, node in mapping.value}
    lines = front.splitlines(keepends=True)
    if value is None:
        name, node = entries[key]
        del lines[name.start_mark.line : node.end_mark.line + 1]
    elif key in entries:
        start, end = entries[key][1].start_mark, entries[key][1].end_mark
        assert start.line == end.line
        line = lines[start.line]
        lines[start.line] = f"{line[: start.column]}{value}{line[end.column :]}"
    else:
        # Behind the others, so that positions of what is above stay true.
        end = mapping.value[-1][1].end_mark
        line = lines[end.line]
        between = ", " if mapping.flow_style else f"\n{' ' * mapping.start_mark.column}"
        lines[end.line] = f"{line[: end.column]}{between}{key}: {value}{line[end.column :]}"
    path.write_text("".join(lines) + rest, "utf-8")


def _mapping(root: yaml.Node, position: Position) -> yaml.MappingNode:
    """The innermost mapping with an entry at a position; what is below the entry, if the position
    is that of its key."""
    at = (position.line - 1, position.column - 1)
    innermost = None
    todo: list[yaml.Node] = [root]
    while todo:
        node = todo.pop(0)
        if isinstance(node, yaml.SequenceNode):
            todo += node.value
        elif isinstance(node, yaml.MappingNode):
            for name, value in node.value:
                start, end = (
                    (mark.line, mark.column) for mark in (value.start_mark, value.end_mark)
                )
                if at == (name.start_mark.line, name.start_mark.column):
                    innermost = value if isinstance(value, yaml.MappingNode) else node
                elif start <= at < end or at == start:
                    innermost = node
                todo.append(value)
    assert isinstance(innermost, yaml.MappingNode), position
    return innermost


def _add(folder: Path, more: int, bank: str, tag: str) -> None:
    """Add questions like those that can be asked already, in a file of their own if no bank is
    meant. What is meant by its bank or tag is about no page of another module."""
    own = folder / "questions" / f"{bank or 'added'}.yaml"
    asked = [
        question
        for path in sorted((folder / "questions").glob(f"{bank or '*'}.yaml"))
        for question in yaml.safe_load(path.read_text("utf-8")) or []
        if question.get("type") not in ("likert", "reflection")
        if not tag or tag in _listed(question.get("tags"))
    ]
    like = asked[-1]
    if bank or tag:
        like = {key: value for key, value in like.items() if key not in ("source", "quote")}
    added = [
        {"explanation": "It is."}
        | deepcopy(like)
        | {"id": f"added-{at}", "prompt": f"{_WORDS[at % 5]} {at}: {like['prompt']}"}
        for at in range(more)
    ]
    before = own.read_text("utf-8").rstrip() + "\n\n" if own.exists() else ""
    own.write_text(before + yaml.safe_dump(added, sort_keys=False, allow_unicode=True), "utf-8")


def _listed(tags: object) -> list[str]:
    return tags if isinstance(tags, list) else [str(tags)]
