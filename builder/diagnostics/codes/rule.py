"""The definition of a diagnostic code."""

from __future__ import annotations

from builder.base.immutable import immutable
from builder.diagnostics.diagnostic import Severity

ERROR = Severity.ERROR
WARNING = Severity.WARNING
APPROVE = (
    "Ask the course's owner to read it, then record the approval: scorm-builder approve COURSE "
    '--by "NAME" {typed}; to list all parts: scorm-builder approve COURSE'
)
"""Advice for words that nobody has approved."""


@immutable
class Rule:
    """A diagnostic code with its severity, message and explanation.

    ``message`` says what is wrong, ``hint`` what to do; both are templates. ``summary`` and
    ``advice`` replace them where the code is explained without a diagnostic to fill them in. A
    ``draft`` rule makes the package a draft, and stops a release.
    """

    code: str
    severity: Severity
    message: str
    hint: str
    explanation: str
    draft: bool = False
    summary: str = ""
    advice: str = ""
