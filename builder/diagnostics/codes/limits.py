"""Codes about limits of SCORM 1.2 and of LMSs."""

from __future__ import annotations

from builder.diagnostics.codes.rule import ERROR, WARNING, Rule

_LOWER = (
    "Ask fewer questions, lower the “limit:” of record questions and reflections, keep only the "
    "bookmark (“pages: none” under “tracking:”), or make two courses of it."
)
"""Advice on making the saved state shorter."""
RULES = (
    Rule(
        "state-too-large",
        ERROR,
        "A trainee's progress could need {size} characters; SCORM 1.2 keeps 4096.",
        f"The largest parts are: {{parts}}. {_LOWER}",
        "SCORM 1.2 keeps at most 4096 characters of state for each trainee; some LMSs drop "
        "everything when there is more. The builder adds up the most that a trainee can do, and "
        "refuses a course that could lose an answer.",
        advice=_LOWER,
    ),
    Rule(
        "state-near-limit",
        WARNING,
        "A trainee's progress could need {size} of the 4096 characters that SCORM 1.2 keeps.",
        f"There is little room for more questions. The largest parts are: {{parts}}. {_LOWER}",
        "SCORM 1.2 keeps at most 4096 characters of state for each trainee.",
        advice=f"There is little room for more questions. {_LOWER}",
    ),
    Rule(
        "text-too-long",
        ERROR,
        "“{key}” has {size} characters; the manifest takes at most {limit}.",
        "Shorten it.",
        "The manifest that an LMS reads limits its texts (IMS Content Packaging 1.1.2 and IMS "
        "metadata 1.2.1).",
    ),
)
