"""Reports why a command could not write the files of a course."""

from __future__ import annotations

from builder.base import temporary, transaction
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position


def not_written(error: transaction.ExchangeError | OSError) -> Diagnostic:
    """The diagnostic for an error of ``transaction.writing``, after which the course is
    unchanged."""
    if isinstance(error, transaction.ExchangeError):
        reason, fix = error.problem, error.fix
    else:
        reason = temporary.reason(error)
        fix = "Free some space, or change the permissions of its folder, and try again."
    return problem("course-busy", Position("."), reason=reason, fix=fix)
