"""One row of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from builder.diagnostics import Severity

ERROR = Severity.ERROR
WARNING = Severity.WARNING
APPROVE = (
    "Let the course's owner read it, then write it down: scorm-builder approve COURSE --by NAME "
    "PART; without PART, it lists all there is."
)
"""What to do about words that nobody has approved."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A code with its severity, its words and its explanation.

    ``message`` says what is wrong, ``hint`` what to do about it; both are templates. A ``draft``
    rule makes the package a draft and stops a release.
    """

    code: str
    severity: Severity
    message: str
    hint: str
    explanation: str
    draft: bool = False
