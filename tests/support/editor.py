"""A file of a course as an editor sees it: its scalars have the types of YAML 1.2, and a JSON
Schema says what is wrong."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from builder.base.printing import json_text
from builder.course import starter
from builder.course.validate import schemas

_CORE = (
    ("null", r"~|null|Null|NULL|", "~nN"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    (
        "float",
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)"
        r"|\.(?:nan|NaN|NAN)",
        "-+.0123456789",
    ),
)
"""How YAML 1.2 tells the type of a plain scalar (10.3.2), and the letters that it starts with."""


class _Core(yaml.BaseLoader):
    """YAML 1.2's core schema, as language servers read it."""


def _int(loader: Any, node: Any) -> int:
    text = node.value
    return int(text, 8 if text.startswith("0o") else 16 if text.startswith("0x") else 10)


for _name, _pattern, _first in _CORE:
    letters = [*_first, *([""] if _name == "null" else [])]
    _Core.add_implicit_resolver(
        f"tag:yaml.org,2002:{_name}", re.compile(f"(?:{_pattern})\\Z"), letters
    )
for _name, _read in {
    "null": lambda loader, node: None,
    "bool": lambda loader, node: node.value.lower() == "true",
    "int": _int,
    "float": lambda loader, node: float(re.sub(r"\.(?=inf|nan)", "", node.value.lower())),
}.items():
    _Core.add_constructor(f"tag:yaml.org,2002:{_name}", _read)


def typed(text: str) -> Any:
    """The value of a YAML file with the types of YAML 1.2. ``yaml.YAMLError`` where it is none."""
    return yaml.load(text, _Core)


def front_matter(text: str) -> str:
    """The YAML of a page."""
    found = re.match(r"\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*$", text, re.DOTALL | re.MULTILINE)
    return found[1] if found else ""


def kind_of(path: str) -> str | None:
    """Which schema a file of a course goes by."""
    if path in ("course.yaml", "approvals.yaml", "remarks.yaml"):
        return path.removesuffix(".yaml")
    folder, _, name = path.partition("/")
    if folder == "questions" and name.endswith((".yaml", ".yml")):
        return "questions"
    return "page" if folder == "pages" and name.endswith(".md") else None


@cache
def checker(kind: str) -> jsonschema.Draft7Validator:
    """What checks the files of a kind."""
    schema = schemas.SCHEMAS[kind]()
    assert f"{json_text(schema)}\n" == starter.schema(kind)
    return jsonschema.Draft7Validator(schema)


def complaints(kind: str, value: Any) -> list[str]:
    """What an editor says of a value."""
    return [error.message for error in checker(kind).iter_errors(value)]


def read(kind: str, path: Path) -> Any:
    """A file of a course with the types of YAML 1.2."""
    text = path.read_text("utf-8")
    return typed(front_matter(text) if kind == "page" else text)
