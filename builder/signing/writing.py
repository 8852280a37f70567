"""Writes approvals into ``approvals.yaml``, and proves first that nothing else changes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from builder import approving, exchange
from builder.approving import Entry, NotEditedError
from builder.diagnostics import Diagnostic
from builder.load import APPROVALS_LIMIT, yaml
from builder.signing.reading import Reading
from builder.sources import YamlFile

_FILE = "approvals.yaml"


def write(reading: Reading, entries: Sequence[Entry]) -> Path:
    """Write approvals into the file of the course. Raises ``NotEditedError`` where that cannot be
    done without touching anything else, ``ExchangeError`` and ``OSError``."""
    with exchange.writing(reading.course) as own:
        own.put([change(reading, entries)])
    return reading.course / _FILE


def change(reading: Reading, entries: Sequence[Entry]) -> exchange.Change:
    """What the file is to hold with these approvals. It is read again: another person may have
    approved something since the course was read. Raises as ``write`` does."""
    file = reading.course / _FILE
    raw = file.read_bytes() if file.exists() else None
    text = None if raw is None else raw.decode("utf-8")
    before = None if text is None else _read(text)
    edited = approving.updated(text, before, entries)
    if len(edited.encode()) > APPROVALS_LIMIT:
        raise NotEditedError(f"{_FILE} would become too large to be read again.")
    if not _means(edited, before, entries):
        raise NotEditedError(
            f"{_FILE} is written in a way that cannot be edited: write each entry as "
            "scorm-builder does, “- part:” and its other keys on lines below."
        )
    return exchange.Change(_FILE, raw, edited.encode())


def _means(text: str, before: YamlFile | None, entries: Sequence[Entry]) -> bool:
    """Whether an edited file says what it said before, and these entries."""
    now = parsed(text)
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
    )


def parsed(text: str) -> object:
    """What the text of a YAML file says; ``None`` where it is wrong."""
    file, problems = _parsed(text)
    return file.value if file and not problems else None


def _read(text: str) -> YamlFile | None:
    file, problems = _parsed(text)
    if problems:
        raise NotEditedError(f"{_FILE} was changed meanwhile, and is wrong now: {problems[0]}")
    return file


def _parsed(text: str) -> tuple[YamlFile | None, tuple[Diagnostic, ...]]:
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return yaml.read(plain, _FILE)
