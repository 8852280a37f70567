"""What a build would say of a course that was imported."""

from __future__ import annotations

from pathlib import Path

from builder.diagnostics import Diagnostic
from builder.importing.request import Request


def judged(folder: Path, request: Request) -> tuple[Diagnostic, ...]:
    """All that is said of the course in a folder, on the day of the import."""
    from builder import load, validate

    sources, unreadable = load.load(folder)
    if sources is None:
        return unreadable
    return (*unreadable, *validate.validate(sources, request.today).diagnostics)
