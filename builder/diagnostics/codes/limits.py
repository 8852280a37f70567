"""Diagnostics about limits of SCORM 1.2 and of LMSs."""

from __future__ import annotations

from builder.diagnostics.codes.rule import ERROR, WARNING, Rule

_LOWER = (
    "To make room, ask fewer questions, lower the “limit:” of record questions and reflections, "
    "{less}or divide the course into two."
)
"""Advice to authors on making the saved state of trainees shorter."""
_ANY = _LOWER.replace(
    "{less}",
    "write “pages: none” under “tracking:” (which saves only the current page, and leaves nothing "
    "for locks, test-outs and refreshers), ",
)
_SAVED = "Everything is saved: you need not change anything, unless you add questions."
RULES = (
    Rule(
        "state-too-large",
        ERROR,
        "A trainee's progress could need {size} characters{language}; SCORM 1.2 saves at most "
        "4096.",
        "The largest parts are: {parts}. " + _LOWER,
        "SCORM 1.2 saves at most 4096 characters of progress for each trainee; some LMSs delete "
        "everything if there is more. The builder adds up the most that a trainee can do, and "
        "refuses a course that could lose an answer.",
        advice=_ANY,
    ),
    Rule(
        "state-near-limit",
        WARNING,
        "A trainee's progress could need {size} of the 4096 characters that SCORM 1.2 "
        "saves{language}.",
        f"{_SAVED} The largest parts are: {{parts}}. " + _LOWER,
        "SCORM 1.2 saves at most 4096 characters of progress for each trainee.",
        advice=f"{_SAVED} {_ANY}",
    ),
    Rule(
        "text-too-long",
        ERROR,
        "“{key}” has {size} characters; SCORM allows at most {limit}.",
        "Shorten it to {limit} characters or fewer.",
        "The package has a list of its content for the LMS, the manifest, and the standards limit "
        "the texts in it (IMS Content Packaging 1.1.2 and IMS metadata 1.2.1).",
    ),
)
