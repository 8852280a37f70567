"""Saves the remarks of reviewers in ``remarks.yaml`` of a course until they are closed.

Each remark is one line, with an id derived from its content. So two people can add remarks and
merge the file with Git, and reading the same document twice adds nothing.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from builder.base import transaction
from builder.course.approvals import code_of
from builder.course.load import TEXT_LIMIT, yaml
from builder.course.load.discovery import REMARKS
from builder.course.load.text import INVISIBLE
from builder.course.questions.base import visible
from builder.course.validate import approvals
from builder.course.writing import not_written
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.exporting.review import Remark

_HEADER = """\
# What reviewers remarked. “scorm-builder review” writes this file, one line for each remark, and a
# release waits until all are closed. To list them: scorm-builder review COURSE --remarks
"""
_ATTRIBUTES = ".gitattributes"
_UNION = f"{REMARKS} merge=union"
"""Line for ``.gitattributes``: when Git merges, it keeps the lines of both sides. Each line is a
separate remark, so no line depends on another."""
_OPEN = "open"
_BOM = "\ufeff"
_LAST_SHORT = 0xFFFF
"""The last character whose escape sequence has four hexadecimal digits."""

Closed = Literal["done", "declined"]
Entry = dict[str, str | int]
"""A remark as saved in ``remarks.yaml``, with its keys in order."""


@dataclass(frozen=True, slots=True)
class SavedRemarks:
    """The result of saving the remarks of a document in ``remarks.yaml``.

    ``new`` is the number of added remarks, ``open`` the number of the document's remarks that are
    still open. ``problem`` says why the remarks were not saved. ``ids`` are the ids of all remarks
    of the document, by their numbers in it.
    """

    new: int = 0
    open: int = 0
    ids: Mapping[int, str] | None = None
    problem: Diagnostic | None = None


class NotSavedError(Exception):
    """Raised if ``remarks.yaml`` cannot be written; the text says why."""


def entries(remarks: Sequence[Remark]) -> Mapping[int, Entry]:
    """Convert the remarks of a document to entries of ``remarks.yaml``, by their numbers in the
    document.

    The id of a remark does not depend on its position, which may have changed when the document is
    read again. Remarks with the same content get different ids.
    """
    seen = Counter[str]()
    found: dict[int, Entry] = {}
    for remark in remarks:
        kind = "reply" if remark.reply else remark.kind
        by, about, added, text = map(
            _make_readable, (remark.author, remark.about, remark.added, remark.text)
        )
        day = remark.date[:10]
        content = json.dumps([kind, by, day, about, added, text], ensure_ascii=False)
        seen[content] += 1
        position = remark.position
        written: dict[str, str | int] = {
            "id": code_of("remark", f"{content} {seen[content]}"),
            "state": "done" if remark.done else _OPEN,
            "kind": kind,
            "by": by,
            "on": day if _is_day(day) else "",
            "file": position.path if position else "",
            "line": position.line if position else 0,
            "part": remark.part,
            "about": about,
            "added": added,
            "text": text,
        }
        found[remark.number] = {key: value for key, value in written.items() if _has_value(value)}
    return found


def _make_readable(text: str) -> str:
    """Remove characters that YAML files must not contain. If nothing in a text is visible, name its
    characters instead, such as “U+200F right-to-left mark”, since the file is read by people."""
    if text.strip() and not visible(text):
        return ", ".join(_name_character(sign) for sign in text if not sign.isspace())
    return INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _name_character(sign: str) -> str:
    return f"U+{ord(sign):04X} {unicodedata.name(sign, '').lower()}".rstrip()


def _has_value(value: str | int) -> bool:
    return bool(str(value).strip()) and value != 0


def _is_day(text: str) -> bool:
    with suppress(ValueError):
        return date.fromisoformat(text).isoformat() == text
    return False


def save(root: Path, found: Mapping[int, Entry]) -> SavedRemarks:
    """Add ``found``, the remarks of a document by their numbers there, to ``remarks.yaml`` of a
    course; existing remarks stay unchanged."""
    try:
        with transaction.writing(root) as own:
            changes, kept = compute_changes(root, found, ())
            own.put(changes)
    except (transaction.ExchangeError, NotSavedError, OSError) as error:
        return SavedRemarks(problem=problem_of(error))
    return kept


def compute_changes(
    root: Path, found: Mapping[int, Entry], done: Collection[int]
) -> tuple[tuple[transaction.Change, ...], SavedRemarks]:
    """Compute the changes to files that add ``found``, the remarks of a document by their numbers
    there; also returns the result for the report.

    Remarks with the numbers ``done`` are closed as done. Raises ``NotSavedError`` and ``OSError``.
    """
    file = _read(root)
    known = file.states()
    new = {str(one["id"]): one for one in found.values() if one["id"] not in known}
    closing = {str(found[number]["id"]) for number in done if number in found}
    closed = {name for name in closing if name in new or known[name] == _OPEN}
    for name in closed & new.keys():
        new[name] = {**new[name], "state": "done"}
    states = {name: str(one["state"]) for name, one in new.items()} | known
    states |= dict.fromkeys(closed, "done")
    ids = {number: str(one["id"]) for number, one in found.items()}
    open_count = sum(states[name] == _OPEN for name in {*ids.values()})
    if not (new or closed):
        return (), SavedRemarks(0, open_count, ids)
    rows = _insert(file.rows_with_closed(closed, "done", ""), [new[name] for name in sorted(new)])
    return _changes(root, file.raw, rows), SavedRemarks(len(new), open_count, ids)


def close(root: Path, ids: Collection[str], state: Closed, reason: str = "") -> Diagnostic | None:
    """Close the remarks with these ids as done or declined (``state``); returns the problem if that
    fails. ``reason`` says why, or is empty."""
    try:
        with transaction.writing(root) as own:
            file = _read(root)
            own.put(_changes(root, file.raw, file.rows_with_closed(ids, state, reason)))
    except (transaction.ExchangeError, NotSavedError, OSError) as error:
        return problem_of(error)
    return None


def problem_of(error: transaction.ExchangeError | NotSavedError | OSError) -> Diagnostic:
    """The diagnostic for an error that occurred while writing ``remarks.yaml``."""
    if isinstance(error, NotSavedError):
        return problem("remark-unkept", Position(REMARKS), problem=str(error))
    return not_written(error)


Row = tuple[str, Mapping[str, object] | None]
"""A line of ``remarks.yaml``, and the remark on it; ``None`` for a comment or an empty line."""


@dataclass(frozen=True, slots=True)
class _File:
    """The content of ``remarks.yaml`` as bytes (``None`` if the file does not exist yet), and its
    lines."""

    raw: bytes | None
    rows: tuple[Row, ...]

    def states(self) -> dict[str, str]:
        """The state of each remark in the file (``open``, ``done`` or ``declined``), by id."""
        states: dict[str, str] = {}
        for _, entry in self.rows:
            # If two lines have the same id, the closed one counts, as in validation.
            if entry and states.get(_id(entry), _OPEN) == _OPEN:
                states[_id(entry)] = str(entry.get("state", ""))
        return states

    def rows_with_closed(self, ids: Collection[str], state: Closed, reason: str) -> Iterator[Row]:
        """Yield all lines, with the remarks of these ids closed: they get the ``state`` and, unless
        it is empty, the ``reason``."""
        for line, entry in self.rows:
            if entry is None or _id(entry) not in ids:
                yield line, entry
                continue
            kept = {key: one for key, one in entry.items() if key not in ("id", "state", "reason")}
            why = {"reason": _make_readable(reason)} if reason else {}
            made = {"id": entry["id"], "state": state, **why, **kept}
            if str(made.get("line")).isdecimal():
                made["line"] = int(str(made["line"]))
            yield _format_entry(made), made


def _id(entry: Mapping[str, object]) -> str:
    return str(entry.get("id", ""))


def _read(root: Path) -> _File:
    file = root / REMARKS
    if not file.exists():
        return _File(None, tuple((line, None) for line in _HEADER.split("\n")[:-1]))
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise NotSavedError("it is not UTF-8 text") from None
    parsed, problems = yaml.read(text, REMARKS)
    problems = problems or approvals.read_remarks(parsed)[1]
    if problems:
        raise NotSavedError(f"line {problems[0].position.line}: {problems[0].message.rstrip('.')}")
    value = (parsed.value if parsed else None) or []
    lines = text.removesuffix("\n").split("\n")
    if value == []:
        lines = [line for line in lines if line.lstrip().startswith("#")]
    rows = tuple((line, _entry(line)) for line in lines)
    if [entry for _, entry in rows if entry] != value:
        raise NotSavedError("it has a remark that is not on a line of its own")
    return _File(raw, rows)


def _entry(line: str) -> Mapping[str, object] | None:
    """Parse the remark on a line; ``None`` if the line has none."""
    if not line.startswith("- "):
        return None
    parsed, problems = yaml.read(line, REMARKS)
    value = parsed.value if parsed and not problems else None
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict):
        return value[0]
    return None


def _insert(rows: Iterable[Row], new: Sequence[Entry]) -> Iterator[Row]:
    """Insert ``new`` remarks into the lines, sorted by id, so that two people rarely add lines at
    the same place."""
    queue = deque(new)
    for line, entry in rows:
        while queue and entry and _id(entry) > str(queue[0]["id"]):
            yield _format_entry(queue[0]), queue.popleft()
        yield line, entry
    for one in queue:
        yield _format_entry(one), one


def _format_entry(entry: Mapping[str, object]) -> str:
    """Format a remark on one line, as JSON that is valid YAML; escapes invisible characters."""
    text = json.dumps(entry, ensure_ascii=False)
    return f"- {re.sub('[^ -~]', _escape, text)}"


def _escape(match: re.Match[str]) -> str:
    number = ord(match[0])
    code = f"\\u{number:04x}" if number <= _LAST_SHORT else f"\\U{number:08x}"
    return match[0] if match[0].isprintable() else code


def _changes(root: Path, raw: bytes | None, rows: Iterable[Row]) -> tuple[transaction.Change, ...]:
    end = "\r\n" if raw and b"\r\n" in raw else "\n"
    mark = _BOM if raw and raw.startswith(_BOM.encode()) else ""
    made = (mark + "".join(f"{line}{end}" for line, _ in rows)).encode()
    if len(made) > TEXT_LIMIT:
        raise NotSavedError(f"it would be larger than {TEXT_LIMIT // 1_000_000} MB")
    return (transaction.Change(REMARKS, raw, made), *_attributes(root))


def _attributes(root: Path) -> Iterator[transaction.Change]:
    """Yield the change to ``.gitattributes`` that lets Git merge ``remarks.yaml``, if the course is
    in a repository and needs it."""
    place = root.resolve()
    if not any((folder / ".git").exists() for folder in (place, *place.parents)):
        return
    file = root / _ATTRIBUTES
    raw = file.read_bytes() if file.is_file() else None
    if file.is_symlink() or REMARKS.encode() in (raw or b""):
        return
    separator = b"" if not raw or raw.endswith(b"\n") else b"\n"
    yield transaction.Change(_ATTRIBUTES, raw, (raw or b"") + separator + f"{_UNION}\n".encode())
