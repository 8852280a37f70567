"""The texts of the interface, one catalogue a language in ``templates/i18n/``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from builder import resources

FALLBACK = "en"
"""The language whose catalogue is always complete."""


def languages() -> tuple[str, ...]:
    """The languages that have a catalogue."""
    return tuple(sorted(file.stem for file in resources.path("i18n").glob("*.json")))


def catalogue(language: str) -> str | None:
    """The catalogue for a language tag: ``en`` for ``en-GB``, or ``None`` where there is none."""
    primary = language.partition("-")[0].lower()
    return primary if primary in languages() else None


@cache
def texts(language: str) -> Mapping[str, str]:
    """The texts by key, for a language tag; those of ``FALLBACK`` where it has no catalogue."""
    name = catalogue(language) or FALLBACK
    found: dict[str, str] = json.loads(resources.path("i18n", f"{name}.json").read_text("utf-8"))
    return found
