"""Generates JSON Schemas (draft 7) from the shapes, for completion and checks in editors.

A schema may accept values that the builder rejects, but not the reverse. Editors give scalars the
types of YAML 1.2, while the builder reads every scalar as text. Schemas therefore accept a number
as a text, and a number in quotes. The one exception is ``null`` without quotes, which editors
cannot distinguish from a missing value: where a value is required, a schema rejects it.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
import types
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from builder.base.printing import json_text
from builder.course import interface
from builder.course.interface import Language
from builder.course.questions import TYPES
from builder.course.questions.base import VISIBLE_PATTERN, Json, QuestionShape
from builder.course.shaping import Pattern, Shape, Shorthand, fields
from builder.course.validate.shapes import ApprovalShape, CourseShape, PageShape, RemarkShape

_DRAFT = "http://json-schema.org/draft-07/schema#"
_REF = "#/definitions/"
_NON_BLANK = r"\S"
_NUMERAL = r"^[\s+_.eE\d-]+$"
_DAY = r"^\d{4}-\d{2}-\d{2}$"
_YES_OR_NO = "^(?:{})$".format(
    "|".join(
        "".join(f"[{letter}{letter.upper()}]" for letter in word)
        for word in ("yes", "no", "true", "false", "on", "off", "y", "n", "t", "f")
    )
    + "|[01]"
)
"""Pattern of the values accepted as yes or no, in any case."""
_NULL: Json = {"type": "null"}
_BOUNDS = {
    **{"ge": "minimum", "le": "maximum"},
    **{"min_length": "minItems", "max_length": "maxItems"},
}
"""The keywords of a schema for the limits of numbers and lists, by the name of the limit in a
shape.

``multiple_of`` is left out: editors use binary fractions, in which 0.07 is not a multiple of 0.01.
"""


def course() -> Json:
    """The schema of ``course.yaml``."""
    settings = _file_schema("The settings of a course: course.yaml", CourseShape)
    # The shape accepts a course without pages and any language; rules reject them, and so does the
    # schema.
    settings["required"].append("pages")
    settings["properties"]["pages"] = {**_field(CourseShape, "pages", needed=True), "minItems": 1}
    tags = [language.tag for language in interface.LANGUAGES]
    any_tag = "|".join(map(_tag_pattern, interface.LANGUAGES))
    region = "(?:-(?:[A-Za-z]{2}|[0-9]{3}))?"
    known = [{"enum": tags}, {"type": "string", "pattern": f"^(?:{any_tag}){region}$"}, _NULL]
    settings["properties"]["language"] = {
        "description": describe(CourseShape)["language"],
        "anyOf": known,
    }
    return settings


def _tag_pattern(language: Language) -> str:
    """A pattern for the language and the script of the tags that a language is chosen for."""
    first = language.tag.partition("-")[0]
    elsewhere = "".join(f"(?!-{_any_case(region)}$)" for region in language.other_script_regions)
    return f"{_any_case(first)}(?:-{_any_case(language.script)}|{elsewhere})"


def _any_case(text: str) -> str:
    return "".join(f"[{each.lower()}{each.upper()}]" for each in text)


def page() -> Json:
    """The schema of a page's front matter."""
    return _file_schema("The front matter of a page", PageShape)


def questions() -> Json:
    """The schema of a file in ``questions/``, with different keys for each type of question."""
    first = ("id", "type", "prompt")
    about: Json = {name: {"description": describe(QuestionShape)[name]} for name in first}
    about["type"]["enum"] = list(TYPES)
    return {
        "$schema": _DRAFT,
        "title": "Questions of a course",
        "type": ["array", "null"],
        "items": {
            "type": "object",
            "required": list(first),
            "properties": about,
            "allOf": [
                {
                    "if": {"properties": {"type": {"const": name}}, "required": ["type"]},
                    "then": {"$ref": _REF + kind.shape.__name__},
                }
                for name, kind in TYPES.items()
            ],
        },
        "definitions": _definitions(*(kind.shape for kind in TYPES.values())),
    }


def approvals() -> Json:
    """The schema of ``approvals.yaml``."""
    return _list_of(ApprovalShape, "Who approved which words of a course: approvals.yaml")


def remarks() -> Json:
    """The schema of ``remarks.yaml``."""
    return _list_of(RemarkShape, "What reviewers remarked on a course: remarks.yaml")


def _list_of(shape: type[Shape], title: str) -> Json:
    return {
        "$schema": _DRAFT,
        "title": title,
        "type": ["array", "null"],
        "items": {"$ref": _REF + shape.__name__},
        "definitions": _definitions(shape),
    }


SCHEMAS = {
    "course": course,
    "questions": questions,
    "page": page,
    "approvals": approvals,
    "remarks": remarks,
}
"""The functions that make the schemas, by the name of the schema."""


def text(name: str) -> str:
    """The content of the file of the schema with this name."""
    return f"{json_text(SCHEMAS[name]())}\n"


_DESCRIBED: dict[type[Shape], Mapping[str, str]] = {}


def describe(shape: type[Shape]) -> Mapping[str, str]:
    """The docstrings of the fields of a shape, including inherited fields, by key."""
    if shape not in _DESCRIBED:
        _DESCRIBED[shape] = _read_descriptions(shape)
    return _DESCRIBED[shape]


def _read_descriptions(shape: type[Shape]) -> Mapping[str, str]:
    return {
        name: text
        for one in reversed(shape.__mro__)
        if issubclass(one, Shape)
        for name, text in _field_docstrings(one)
    }


def _field_docstrings(shape: type[Shape]) -> Iterator[tuple[str, str]]:
    [written] = ast.parse(textwrap.dedent(inspect.getsource(shape))).body
    body = written.body if isinstance(written, ast.ClassDef) else []
    for field, text in pairwise(body):
        match field, text:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(words))),
            ):
                yield name, " ".join(words.split())


def _file_schema(title: str, shape: type[Shape]) -> Json:
    inside = _definitions(shape)
    whole = inside.pop(shape.__name__)
    return {"$schema": _DRAFT, **whole, "title": title, "definitions": inside}


def _definitions(*shapes: type[Shape]) -> dict[str, Json]:
    """The schemas of these shapes, and of all shapes that their fields contain, by class name."""
    found: dict[str, Json] = {}
    todo = list(shapes)
    while todo:
        shape = todo.pop()
        if shape.__name__ not in found:
            found[shape.__name__] = _mapping(shape)
            for field in fields(shape).values():
                todo += _shapes_in(field.kind, *field.marks)
    return dict(sorted(found.items()))


def _shapes_in(*kinds: Any) -> Iterator[type[Shape]]:
    for kind in kinds:
        if isinstance(kind, Shorthand):
            yield from _shapes_in(kind.form)
        elif isinstance(kind, type) and issubclass(kind, Shape):
            yield kind
        else:
            yield from _shapes_in(*get_args(kind))


def _mapping(shape: type[Shape]) -> Json:
    known = fields(shape)
    words = " ".join((shape.__doc__ or "").split())
    return {
        "title": re.split("[.;:]", words)[0],
        "type": "object",
        "additionalProperties": False,
        "required": [name for name, field in known.items() if field.needed],
        "properties": {name: _field(shape, name, field.needed) for name, field in known.items()},
    }


def _field(shape: type[Shape], name: str, needed: bool) -> Json:
    field = fields(shape)[name]
    value = _value(field.kind, field.marks)
    default = field.default
    extra = {"default": default} if isinstance(default, int | float | str) and default != "" else {}
    # A key without a value counts as not written.
    return {"description": describe(shape)[name], **extra, **(value if needed else _or_null(value))}


def _or_null(value: Json) -> Json:
    if isinstance(value.get("type"), list):
        return {**value, "type": [*value["type"], "null"]}
    if "anyOf" in value:
        return {**value, "anyOf": [*value["anyOf"], _NULL]}
    return {"anyOf": [value, _NULL]}


def _value(kind: Any, marks: tuple[Any, ...]) -> Json:
    """The schema of values of the type ``kind``; ``marks`` are its constraints, the arguments of
    ``Annotated``."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _value(inner[0], (*inner[1:], *marks))
    if origin in (Union, types.UnionType):
        [only] = (one for one in inner if one is not types.NoneType)
        return _value(only, marks)
    value = _compound(kind, origin, inner, marks)
    short = [_value(mark.form, ()) for mark in marks if isinstance(mark, Shorthand)]
    return {"anyOf": [*_flatten(short), value]} if short else value


def _flatten(forms: list[Json]) -> Iterator[Json]:
    for form in forms:
        yield from form.get("anyOf", [form])


def _compound(kind: Any, origin: Any, inner: tuple[Any, ...], marks: tuple[Any, ...]) -> Json:
    if origin is Literal:
        return {"enum": list(inner)}
    if origin is tuple:
        return {"type": ["array"], "items": _value(inner[0], ()), **_bounds(marks)}
    if origin is Mapping:
        names = {"pattern": _value(inner[0], ())["pattern"]}
        more = _value(inner[1], ())
        return {"type": ["object"], "propertyNames": names, "additionalProperties": more}
    if issubclass(kind, Shape):
        return {"$ref": _REF + kind.__name__}
    return _SCALARS[kind](marks)


def _bounds(marks: tuple[Any, ...]) -> Json:
    return {
        word: getattr(mark, name)
        for mark in marks
        for name, word in _BOUNDS.items()
        if getattr(mark, name, None) is not None
    }


def _text(marks: tuple[Any, ...]) -> Json:
    [pattern] = (mark.pattern for mark in marks if isinstance(mark, Pattern))
    # The pattern of visible characters is too complex for editors.
    constraint = {"pattern": _NON_BLANK if pattern == VISIBLE_PATTERN else pattern}
    return {
        "type": ["string", "number", "boolean"],
        **(constraint if constraint["pattern"].isascii() else {}),
    }


_SCALARS: Mapping[type, Callable[[tuple[Any, ...]], Json]] = {
    str: _text,
    int: lambda marks: {"type": ["integer", "string"], "pattern": _NUMERAL, **_bounds(marks)},
    float: lambda marks: {"type": ["number", "string"], "pattern": _NUMERAL, **_bounds(marks)},
    bool: lambda marks: {
        "anyOf": [
            {"enum": ["yes", "no"]},
            {"type": ["boolean", "integer"], "minimum": 0, "maximum": 1},
            {"type": "string", "pattern": _YES_OR_NO},
        ]
    },
    date: lambda marks: {"type": ["string"], "pattern": _DAY},
}
"""For each scalar type, the function that makes its schema from its constraints.

In a schema, ``pattern`` applies only to texts, and limits only to numbers.
"""
