"""The class of the entries in the catalogue of diagnostics, and texts that several entries use."""

from __future__ import annotations

from builder.base.immutable import immutable
from builder.diagnostics.diagnostic import Severity

ERROR = Severity.ERROR
WARNING = Severity.WARNING
APPROVE = (
    "Ask the course's owner to check it. Then record the approval, with the owner's name instead "
    'of NAME: scorm-builder approve COURSE --by "NAME" {typed}'
)
"""The hint of diagnostics about words that nobody has approved."""


@immutable
class Rule:
    """An entry of the catalogue: a diagnostic code with its severity, message and explanation.

    ``message`` says what is wrong, ``hint`` what to do; both have placeholders for ``str.format``.
    ``summary`` and ``advice`` replace them where the code is explained without values for the
    placeholders. If ``draft`` is true, a problem with this code makes the package a draft, and
    stops a release.
    """

    code: str
    severity: Severity
    message: str
    hint: str
    explanation: str
    draft: bool = False
    summary: str = ""
    advice: str = ""
