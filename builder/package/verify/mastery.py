"""Checks that the manifest of our packages has the pass mark that the player uses.

An LMS may judge by the manifest's mark, and would otherwise report something else than trainees
see.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from lxml import etree

from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.package.verify.archive import MANIFEST
from builder.package.verify.references import MASTERY_SCORE


def judge(root: etree._Element, outline: bytes) -> Iterator[Diagnostic]:
    """What is wrong with the mastery score; ``outline`` is the content of ``course.json``, or
    empty."""
    known, mark = _expected_mark(outline)
    if not known:
        return
    element = next(root.iter(MASTERY_SCORE), None)
    named = None if element is None else element.text
    if named != mark:
        line = int((root if element is None else element).sourceline or 0)
        words = (
            f"its mastery score is {_format_mark(named)}, but course.json has {_format_mark(mark)}"
        )
        yield problem("package-value", Position(MANIFEST, line), problem=words)


def _expected_mark(outline: bytes) -> tuple[bool, str | None]:
    """Whether this is a course of ours, and the mark it should have in the manifest."""
    try:
        course = json.loads(outline)
        mark = course["tracking"].get("mastery")
        known = "builder" in course
    # A course.json of another tool, or a damaged one.
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        return False, None
    return known, None if mark is None else str(mark)


def _format_mark(mark: str | None) -> str:
    return "none" if mark is None else f"“{mark}”"
