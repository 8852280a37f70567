"""Locates the folder ``templates``: in the installed Python package, or beside the folder
``builder`` in a checkout of the repository."""

from __future__ import annotations

from functools import cache
from pathlib import Path


def path(*parts: str) -> Path:
    """The path of a file or folder in ``templates/``; ``parts`` are the components of its path
    there."""
    return _templates().joinpath(*parts)


@cache
def _templates() -> Path:
    package = Path(__file__).parent.parent
    packed = package / "_data" / "templates"
    return packed if packed.is_dir() else package.parent / "templates"
