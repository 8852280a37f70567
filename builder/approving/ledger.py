"""``approvals.yaml`` with entries that are new or changed, and every other line as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from builder.approvals import Part
from builder.sources import YamlFile

_BEGINNING = """\
# Who approved which words, and when. “scorm-builder approve” writes this file: an approval counts
# as long as the words are those of its code. To take one back, delete its entry.
"""
_PLAIN = re.compile(r"[A-Za-z][\w./:?&=%+~ '’-]*[\w/]")
_WORDS_OF_YAML = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
_DASH = re.compile(r" *-(?: |$)")
_NOTHING = re.compile(r"\[\s*\]")
_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Entry:
    """Who approves a part, and when."""

    part: Part
    by: str
    on: date


class NotEditedError(Exception):
    """Why a file cannot be edited line by line, as a sentence."""


def updated(text: str | None, file: YamlFile | None, entries: Sequence[Entry]) -> str:
    """The text with these entries in place of those of the same parts, others behind the last one.

    ``file`` is what the text says; both are ``None`` where there is no such file yet. Line ends and
    a byte-order mark stay. Raises ``NotEditedError`` where the list is written in another way.
    """
    if text is None:
        return _BEGINNING + "".join(f"\n{_written(entry, '')}" for entry in entries)
    mark = _MARK if text.startswith(_MARK) else ""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.removeprefix(_MARK).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    edited = "\n".join(_edited(lines, file, entries))
    return mark + edited.replace("\n", end)


def _edited(lines: list[str], file: YamlFile | None, entries: Sequence[Entry]) -> Iterator[str]:
    value = file.value if file else None
    if not isinstance(value, list) or not value:
        lines = _NOTHING.sub("", "\n".join(lines)).split("\n") if value == [] else lines
        yield from _appended(lines, entries, "")
        return
    assert file is not None
    starts = [_start(lines, file.place.parts[index].at.line - 1) for index in range(len(value))]
    new: Mapping[str, Entry] = {entry.part.id: entry for entry in entries}
    kept: list[str] = lines[: starts[0]]
    for index, start in enumerate(starts):
        following = [*starts, len(lines)][index + 1]
        end = _end(lines, start, following)
        entry = new.get(_part(value[index]))
        own = _written(entry, _indent(lines[start])).split("\n")[:-1] if entry else []
        kept += own or lines[start:end]
        kept += lines[end:following]
    there = {_part(one) for one in value}
    more = [entry for entry in entries if entry.part.id not in there]
    yield from _appended(kept, more, _indent(lines[starts[-1]]))


def _part(value: object) -> str:
    return str(value.get("part", "")).strip() if isinstance(value, dict) else ""


def _start(lines: Sequence[str], row: int) -> int:
    """The row of the hyphen of an entry whose first key stands in ``row``."""
    for here in range(row, -1, -1):
        if _DASH.match(lines[here]):
            return here
        if here != row and lines[here].strip() and not lines[here].lstrip().startswith("#"):
            break
    raise NotEditedError(
        f"Line {row + 1} of approvals.yaml is written in a way that cannot be edited: start each "
        "entry on a line of its own with “- part:”, and its other keys on lines below."
    )


def _end(lines: Sequence[str], start: int, following: int) -> int:
    """The row behind an entry, without the empty lines and notes in front of the next one."""
    indent = len(_indent(lines[start]))
    end = following
    while end > start + 1:
        line = lines[end - 1]
        note = line.lstrip().startswith("#") and len(_indent(line)) <= indent
        if line.strip() and not note:
            break
        end -= 1
    return end


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))]


def _appended(lines: Sequence[str], entries: Sequence[Entry], indent: str) -> Iterator[str]:
    whole = "\n".join(lines)
    for entry in entries:
        ended = whole if whole.endswith("\n") or not whole else f"{whole}\n"
        apart = "" if ended.endswith("\n\n") or not ended else "\n"
        whole = f"{ended}{apart}{_written(entry, indent)}"
    yield from whole.split("\n")


def _written(entry: Entry, indent: str) -> str:
    """An entry as lines, the last one ended."""
    part = entry.part
    lines = (
        f"- part: {_scalar(part.id)}",
        f"  by: {_scalar(entry.by)}",
        f"  on: {entry.on.isoformat()}",
        f"  code: {part.code}",
        "  words: |-",
        *(f"    {line}" for line in part.words.split("\n")),
    )
    return "".join(f"{indent}{line}\n" for line in lines)


def _scalar(text: str) -> str:
    plain = _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML
    if plain and ": " not in text:
        return text
    return json.dumps(text, ensure_ascii=False)
