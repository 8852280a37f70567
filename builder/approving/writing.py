"""Writes approvals into ``approvals.yaml``: adds or replaces entries, and keeps every other line
unchanged."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from builder.approving.reading import Reading
from builder.base import transaction
from builder.course.approvals import Part
from builder.course.load import APPROVALS_LIMIT, yaml
from builder.course.model import Evidence
from builder.course.sources import YamlFile
from builder.diagnostics.diagnostic import Diagnostic

_FILE = "approvals.yaml"
_HEADER = """\
# Who approved which words, and when. “scorm-builder approve” writes this file: an approval counts
# as long as the words are those of its code. To take one back, delete its entry.
"""
_PLAIN_SCALAR = re.compile(r"[A-Za-z][\w./:?&=%+~ '’-]*[\w/]")
_YAML_KEYWORDS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
_DASH = re.compile(r" *-(?: |$)")
_EMPTY_LIST = re.compile(r"\[\s*\]")
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Entry:
    """An approval to write: the part, who approved it, on which day, and the returned document
    that it rests on."""

    part: Part
    by: str
    on: date
    evidence: Evidence | None = None


class NotEditedError(Exception):
    """Raised if ``approvals.yaml`` cannot be edited line by line; the text is a sentence that says
    why."""


def write(reading: Reading, entries: Sequence[Entry]) -> Path:
    """Write approvals into ``approvals.yaml`` of the course; returns its path.

    Raises ``NotEditedError`` if the file cannot be edited without changing other entries, and
    ``ExchangeError`` and ``OSError`` if it cannot be written.
    """
    with transaction.writing(reading.course) as own:
        own.put([change(reading, entries)])
    return reading.course / _FILE


def change(reading: Reading, entries: Sequence[Entry]) -> transaction.Change:
    """Compute the change to ``approvals.yaml`` that records these approvals.

    Reads the file again, since somebody may have approved a part since the course was read. Raises
    ``NotEditedError`` and ``OSError``.
    """
    file = reading.course / _FILE
    raw = file.read_bytes() if file.exists() else None
    text = None if raw is None else raw.decode("utf-8")
    before = None if text is None else _parse_entries(text)
    edited = update_text(text, before, entries)
    if len(edited.encode()) > APPROVALS_LIMIT:
        raise NotEditedError(f"{_FILE} would become too large to be read again.")
    if not _has_expected_entries(edited, before, entries):
        raise NotEditedError(
            f"{_FILE} is written in a way that cannot be edited: write each entry as "
            "scorm-builder does, “- part:” and its other keys on lines below."
        )
    return transaction.Change(_FILE, raw, edited.encode())


def _has_expected_entries(text: str, before: YamlFile | None, entries: Sequence[Entry]) -> bool:
    """Whether ``text``, the file after an edit, has exactly the new ``entries``, and for all other
    parts the entries of ``before``, the file before the edit (``None`` if it did not exist)."""
    now = parse_value(text)
    kept = before.value if before and isinstance(before.value, list) else []
    new = {entry.part.id: entry.part.code for entry in entries}
    others = [one for one in kept if one.get("part", "").strip() not in new]
    if not isinstance(now, list) or not all(isinstance(one, dict) for one in now):
        return False
    written = {one["part"]: one for one in now if one.get("part", "").strip() in new}
    return (
        [one for one in now if one.get("part", "").strip() not in new] == others
        and {name: one.get("code") for name, one in written.items()} == new
        and all(written[one.part.id].get("words") == one.part.words for one in entries)
        and all(written[one.part.id].get("by") == one.by for one in entries)
        and all(written[one.part.id].get("evidence") == _evidence(one) for one in entries)
    )


def _evidence(entry: Entry) -> dict[str, str] | None:
    """The value of the key ``evidence`` of an entry; ``None`` without a document."""
    found = entry.evidence
    return {"file": found.file, "sha256": found.sha256} if found else None


def parse_value(text: str) -> object:
    """Parse a YAML text and return its value; ``None`` if it is invalid."""
    file, problems = _parse_yaml(text)
    return file.value if file and not problems else None


def _parse_entries(text: str) -> YamlFile | None:
    file, problems = _parse_yaml(text)
    if problems:
        raise NotEditedError(f"{_FILE} was changed meanwhile, and is wrong now: {problems[0]}")
    return file


def _parse_yaml(text: str) -> tuple[YamlFile | None, tuple[Diagnostic, ...]]:
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return yaml.read(plain, _FILE)


def update_text(text: str | None, file: YamlFile | None, entries: Sequence[Entry]) -> str:
    """Return the text of ``approvals.yaml`` with these entries: each replaces the entry of the same
    part, or is added at the end.

    ``file`` is the parsed text; both are ``None`` if the file does not exist yet. Keeps line ends
    and a byte-order mark. Raises ``NotEditedError`` if an entry does not start on a line of its
    own.
    """
    if text is None:
        return _HEADER + "".join(f"\n{_format_entry(entry, '')}" for entry in entries)
    mark = _BOM if text.startswith(_BOM) else ""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    edited = "\n".join(_edit_lines(lines, file, entries))
    return mark + edited.replace("\n", end)


def _edit_lines(lines: list[str], file: YamlFile | None, entries: Sequence[Entry]) -> Iterator[str]:
    value = file.value if file else None
    if not isinstance(value, list) or not value:
        lines = _EMPTY_LIST.sub("", "\n".join(lines)).split("\n") if value == [] else lines
        yield from _append_entries(lines, entries, "")
        return
    assert file is not None
    starts = [
        _entry_start(lines, file.place.parts[index].at.line - 1) for index in range(len(value))
    ]
    new: Mapping[str, Entry] = {entry.part.id: entry for entry in entries}
    kept: list[str] = lines[: starts[0]]
    for index, start in enumerate(starts):
        following = [*starts, len(lines)][index + 1]
        end = _entry_end(lines, start, following)
        entry = new.get(_part_id(value[index]))
        own = _format_entry(entry, _indent(lines[start])).split("\n")[:-1] if entry else []
        kept += own or lines[start:end]
        kept += lines[end:following]
    there = {_part_id(one) for one in value}
    more = [entry for entry in entries if entry.part.id not in there]
    yield from _append_entries(kept, more, _indent(lines[starts[-1]]))


def _part_id(value: object) -> str:
    return str(value.get("part", "")).strip() if isinstance(value, dict) else ""


def _entry_start(lines: Sequence[str], row: int) -> int:
    """The index of the line with the hyphen that starts an entry; ``row`` is the line of its first
    key."""
    for here in range(row, -1, -1):
        if _DASH.match(lines[here]):
            return here
        if here != row and lines[here].strip() and not lines[here].lstrip().startswith("#"):
            break
    raise NotEditedError(
        f"Line {row + 1} of approvals.yaml is written in a way that cannot be edited: start each "
        "entry on a line of its own with “- part:”, and its other keys on lines below."
    )


def _entry_end(lines: Sequence[str], start: int, following: int) -> int:
    """The index of the line after the entry that starts at the line ``start``. The empty lines and
    comments before the next entry, which starts at ``following``, do not belong to it."""
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


def _append_entries(lines: Sequence[str], entries: Sequence[Entry], indent: str) -> Iterator[str]:
    whole = "\n".join(lines)
    for entry in entries:
        ended = whole if whole.endswith("\n") or not whole else f"{whole}\n"
        separator = "" if ended.endswith("\n\n") or not ended else "\n"
        whole = f"{ended}{separator}{_format_entry(entry, indent)}"
    yield from whole.split("\n")


def _format_entry(entry: Entry, indent: str) -> str:
    """Format an entry as lines of YAML, each ending with a line break."""
    part = entry.part
    lines = (
        f"- part: {_format_scalar(part.id)}",
        f"  by: {_format_scalar(entry.by)}",
        f"  on: {entry.on.isoformat()}",
        f"  code: {part.code}",
        *_format_evidence(entry),
        "  words: |-",
        *(f"    {line}" for line in part.words.split("\n")),
    )
    return "".join(f"{indent}{line}\n" for line in lines)


def _format_evidence(entry: Entry) -> Iterator[str]:
    if found := _evidence(entry):
        yield "  evidence:"
        yield from (f"    {key}: {json.dumps(value)}" for key, value in found.items())


def _format_scalar(text: str) -> str:
    plain = _PLAIN_SCALAR.fullmatch(text) and text.lower() not in _YAML_KEYWORDS
    if plain and ": " not in text:
        return text
    return json.dumps(text, ensure_ascii=False)
