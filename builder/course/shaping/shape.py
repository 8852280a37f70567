"""Reads mappings of a YAML file into shapes: classes whose fields are the allowed keys."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from inspect import get_annotations
from typing import (
    Annotated,
    Any,
    ClassVar,
    Literal,
    TypeVar,
    Union,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

from builder.base.immutable import immutable
from builder.course.shaping.scalars import (
    SCALARS,
    After,
    Before,
    Limits,
    Reader,
    ShapeError,
    Violation,
    shape_error,
    word,
)

_NO_DEFAULT = object()


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Shape:
    """Base of classes that describe a mapping in a file; each annotated field is an allowed key.

    Unknown keys are errors, and text is converted to the field's type. A key without a value counts
    as not written. The docstring of a field is documentation for authors, in editors
    (``builder.course.validate.schemas``) and in ``docs/course.md``. Only ``read`` checks values;
    shapes constructed in Python are not checked.
    """

    _written: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, **values: Any) -> None:
        vars(self).update(_plan(type(self)).defaults, **values)


S = TypeVar("S", bound=Shape)


@immutable
class Field:
    """A key of a shape: type, constraints (``marks``, such as ``Limits``), and default."""

    kind: Any
    marks: tuple[Any, ...]
    default: Any

    @property
    def needed(self) -> bool:
        """Whether the key is required."""
        return self.default is _NO_DEFAULT


def read(shape: type[S], value: object) -> S:
    """Read a value into a shape; raises ``ShapeError`` with all violations."""
    made: S = _shape_reader(shape)(value)
    return made


def written(shape: Shape) -> frozenset[str]:
    """The keys with a value that the author wrote in the mapping, as opposed to defaults."""
    return shape._written


_FIELDS: dict[type[Shape], Mapping[str, Field]] = {}


def fields(shape: type[Shape]) -> Mapping[str, Field]:
    """The fields of a shape by key, inherited fields first."""
    if shape not in _FIELDS:
        _FIELDS[shape] = _fields(shape)
    return _FIELDS[shape]


def _fields(shape: type[Shape]) -> Mapping[str, Field]:
    found: dict[str, Field] = {}
    for one in reversed(shape.__mro__):
        kinds: Mapping[str, Any] = get_annotations(one)
        if any(isinstance(kind, str) for kind in kinds.values()):
            kinds = get_type_hints(one, include_extras=True)
        for name, kind in kinds.items():
            if get_origin(kind) is not ClassVar:
                found[name] = Field(*_split_annotated(kind), getattr(shape, name, _NO_DEFAULT))
    return found


def _split_annotated(kind: Any) -> tuple[Any, tuple[Any, ...]]:
    if get_origin(kind) is Annotated:
        inner, *marks = get_args(kind)
        return inner, tuple(marks)
    return kind, ()


@immutable
class _Plan:
    """What is needed to read a shape: its fields, defaults and required keys (``needed``).

    ``readers`` by key are created on demand, since most keys are never written.
    """

    fields: Mapping[str, Field]
    readers: dict[str, Reader]
    defaults: Mapping[str, Any]
    needed: tuple[str, ...]

    def reader(self, key: str) -> Reader | None:
        """Create and store the reader for a key's value; ``None`` for an unknown key."""
        field = self.fields.get(key)
        if field is None:
            return None
        found = self.readers[key] = _reader(field.kind, field.marks)
        return found


_PLANS: dict[type[Shape], _Plan] = {}


def _plan(shape: type[Shape]) -> _Plan:
    if shape not in _PLANS:
        known = fields(shape)
        defaults = {name: field.default for name, field in known.items() if not field.needed}
        needed = tuple(name for name, field in known.items() if field.needed)
        _PLANS[shape] = _Plan(known, {}, defaults, needed)
    return _PLANS[shape]


def _shape_reader(shape: type[Shape]) -> Reader:
    def read(value: Any) -> Shape:
        if not isinstance(value, dict):
            raise shape_error("keys", value)
        plan = _plan(shape)
        values: dict[str, Any] = {}
        violations: dict[str, list[Violation]] = {}
        unknown: list[Violation] = []
        for key, part in value.items():
            reader = plan.readers.get(key) or plan.reader(key)
            if reader is None:
                # The value may show what is wrong: in {text: One, and two}, quotes are missing.
                unknown.append(Violation("unknown", part, {}, (key,)))
            elif part is not None:
                try:
                    values[key] = reader(part)
                except ShapeError as error:
                    violations[key] = list(error.below(key))
        for key in plan.needed:
            if key not in values and key not in violations:
                violations[key] = [Violation("missing", value, {}, (key,))]
        if violations or unknown:
            ordered = (violation for key in plan.fields for violation in violations.get(key, ()))
            raise ShapeError((*ordered, *unknown))
        made = object.__new__(shape)
        vars(made).update(plan.defaults, **values, _written=frozenset(values))
        return made

    return read


def _reader(kind: Any, marks: tuple[Any, ...]) -> Reader:
    """Make a reader for a type and its marks, which are applied from the innermost to the outermost
    ``Annotated`` type."""
    reader = _type_reader(kind, marks)
    for mark in marks:
        if isinstance(mark, Before):
            reader = _compose(mark.make, reader)
        elif isinstance(mark, After):
            reader = _compose(reader, mark.make)
    return reader


def _compose(first: Callable[[Any], Any], second: Callable[[Any], Any]) -> Reader:
    return lambda value: second(first(value))


def _type_reader(kind: Any, marks: tuple[Any, ...]) -> Reader:
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _reader(inner[0], (*inner[1:], *marks))
    if origin in (Union, types.UnionType):
        [only] = (one for one in inner if one is not types.NoneType)
        return _reader(only, marks)
    if origin is Literal:
        return word(inner)
    if origin is tuple:
        return _list_reader(_reader(inner[0], ()), marks)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping_of_names(_reader(inner[0], ()), _reader(inner[1], ()))
    return _shape_reader(kind) if issubclass(kind, Shape) else SCALARS[kind](marks)


def _list_reader(entry: Reader, marks: tuple[Any, ...]) -> Reader:
    limits = [mark for mark in marks if isinstance(mark, Limits)]

    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise shape_error("list", value)
        entries: list[Any] = []
        violations: list[Violation] = []
        for place, part in enumerate(value):
            try:
                entries.append(entry(part))
            except ShapeError as error:
                violations += error.below(place)
        if violations:
            # The length is only checked if all entries are valid.
            raise ShapeError(violations)
        for one in limits:
            if one.max_length is not None and len(entries) > one.max_length:
                raise shape_error("too-many", value, max_length=one.max_length)
            if one.min_length is not None and len(entries) < one.min_length:
                raise shape_error("too-few", value, min_length=one.min_length)
        return tuple(entries)

    return read


def _mapping_of_names(name: Reader, part: Reader) -> Reader:
    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise shape_error("keys", value)
        values: dict[str, Any] = {}
        violations: list[Violation] = []
        for key, inner in value.items():
            try:
                name(key)
            except ShapeError as error:
                violations += (
                    Violation("key", key, violation.limits, (key,))
                    for violation in error.violations
                )
            try:
                values[key] = part(inner)
            except ShapeError as error:
                violations += error.below(key)
        if violations:
            raise ShapeError(violations)
        return values

    return read
