"""The definition of a diagnostic code."""

from __future__ import annotations

from builder.diagnostics import Severity
from builder.immutable import immutable

ERROR = Severity.ERROR
WARNING = Severity.WARNING
APPROVE = (
    "Let the course's owner read it, then write it down: scorm-builder approve COURSE --by "
    '"NAME" {typed}; to list all there is: scorm-builder approve COURSE'
)
"""Advice on words that nobody has approved."""


@immutable
class Rule:
    """A code with its severity, its words and its explanation.

    ``message`` says what is wrong, ``hint`` what to do about it; both are templates. Where they
    say little without what a diagnostic fills in, ``summary`` and ``advice`` stand in their places
    for whoever reads of the code alone. A ``draft`` rule makes the package a draft and stops a
    release.
    """

    code: str
    severity: Severity
    message: str
    hint: str
    explanation: str
    draft: bool = False
    summary: str = ""
    advice: str = ""
