"""Locates the templates: in the installed package, or beside it in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path


def path(*parts: str) -> Path:
    """The path of a file or folder of ``templates/``."""
    return _templates().joinpath(*parts)


@cache
def _templates() -> Path:
    package = Path(__file__).parent.parent
    packed = package / "_data" / "templates"
    return packed if packed.is_dir() else package.parent / "templates"
