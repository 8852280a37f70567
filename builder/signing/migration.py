"""Moves approvals from beside the words, where older courses have them, to ``approvals.yaml``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from builder import approving, exchange
from builder.approving import Entry
from builder.diagnostics import Position
from builder.signing.reading import Reading
from builder.signing.writing import change, parsed
from builder.sources import Place, Sources


@dataclass(frozen=True, slots=True)
class Migration:
    """What became of approvals that stood beside the words: ``entries`` are in ``approvals.yaml``
    now, ``files`` were edited, ``left`` are keys that a person has to move or to delete."""

    entries: tuple[Entry, ...]
    files: tuple[str, ...]
    left: tuple[Position, ...]


def migrate(reading: Reading) -> Migration:
    """Move approvals from beside the words to ``approvals.yaml``, for the words of today; empty
    keys are deleted. Raises as ``write`` does."""
    found = [old for old in _old(reading.sources) if old.names]
    entries = tuple(_entries(reading, found))
    # Nothing that somebody has written goes unless it stands elsewhere now.
    there = {entry.part.id for entry in entries}
    there |= {one.part.id for one in reading.standings if one.approval}
    there |= {part.partition("/")[0] for part in there}
    going = [old for old in found if not old.filled or (old.whole and old.part in there)]
    left = [old.at(old.filled[0]) for old in found if old not in going]
    changes = []
    with exchange.writing(reading.course) as own:
        for path in sorted({old.path for old in going}):
            keys = [(old.place, name) for old in going if old.path == path for name in old.names]
            edited, stuck = _without(reading, path, keys)
            changes += [edited] if edited else []
            left += stuck
        own.put([*([change(reading, entries)] if entries else []), *changes])
    return Migration(entries, tuple(one.path for one in changes), tuple(sorted(left)))


@dataclass(frozen=True, slots=True)
class _Old:
    """The keys of a mapping in a file from when an approval stood there; ``part`` is how the ids of
    the parts begin that it was for."""

    path: str
    part: str
    value: Mapping[str, object]
    place: Place
    act: str

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name in (f"{self.act}_by", f"{self.act}_on") if name in self.value)

    @property
    def filled(self) -> tuple[str, ...]:
        return tuple(name for name in self.names if self.value[name])

    @property
    def whole(self) -> bool:
        return len(self.filled) == 2

    def at(self, name: str) -> Position:
        return self.place.parts[name].key


def _old(sources: Sources) -> Iterator[_Old]:
    path, course, place = sources.course.path, sources.course.value, sources.course.place
    assert isinstance(course, dict)
    tracking = course.get("tracking")
    if isinstance(tracking, dict):
        yield _Old(path, "quiz", tracking, place.parts["tracking"], "approved")
    variables = course.get("variables")
    for name, variable in variables.items() if isinstance(variables, dict) else ():
        at = place.parts["variables"].parts[name]
        yield _Old(path, f"value/{name}", variable, at, "confirmed")
    for file in sources.questions.values():
        listed = file.value if isinstance(file.value, list) else []
        for index, value in enumerate(listed):
            yield _Old(
                file.path, f"question/{value['id']}", value, file.place.parts[index], "approved"
            )


def _entries(reading: Reading, found: Iterable[_Old]) -> Iterator[Entry]:
    given = {old.part: old for old in found if old.whole}
    for one in reading.standings:
        old = given.get(one.part.id) or given.get(one.part.id.partition("/")[0])
        # What approvals.yaml says already is the later word.
        if old and one.part.words and one.approval is None:
            by, on = (str(old.value[f"{old.act}_{key}"]) for key in ("by", "on"))
            yield Entry(one.part, by.strip(), date.fromisoformat(on))


def _without(
    reading: Reading, path: str, keys: Sequence[tuple[Place, str]]
) -> tuple[exchange.Change | None, tuple[Position, ...]]:
    """A file of the course without keys, ``None`` where none can go; and the places of those that
    stay."""
    raw = (reading.course / path).read_bytes()
    result = approving.moved(raw.decode("utf-8"), keys)
    if len(result.left) == len(keys):
        return None, result.left
    before = reading.sources.questions.get(path) or reading.sources.course
    if _bare(parsed(result.text)) != _bare(before.value):
        return None, tuple(place.parts[name].key for place, name in keys)
    return exchange.Change(path, raw, result.text.encode()), result.left


def _bare(value: object) -> object:
    """A value without the keys that are moved, and without what says nothing."""
    if isinstance(value, dict):
        parts = {name: _bare(part) for name, part in value.items() if name not in _KEYS}
        return {name: part for name, part in parts.items() if part not in (None, {})}
    return [_bare(part) for part in value] if isinstance(value, list) else value


_KEYS = ("approved_by", "approved_on", "confirmed_by", "confirmed_on")
