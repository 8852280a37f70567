"""Codes about what an edit costs trainees who have begun (``build --since``)."""

from __future__ import annotations

from builder.diagnostics.codes.rule import WARNING, Rule

RULES = (
    Rule(
        "since-lost",
        WARNING,
        "Trainees who have started lose something: {problem}",
        "{hint}, unless this is intended.",
        "The course is compared with the package that trainees have started. Their progress is "
        "saved by ids and revisions. “scorm-builder diff” lists all effects of an edit.",
        advice=(
            "Keep the page or question with its id, kind and revision, or list its id under “was:” "
            "of its successor; keep the rule as it was; unless this is intended."
        ),
    ),
    Rule(
        "since-odd",
        WARNING,
        "This edit looks like a mistake. {problem}",
        "{hint}",
        "The course is compared with the package that trainees have started. The edit would change "
        "the meaning of an answer, or lose progress unnecessarily.",
        summary="This edit looks like a mistake.",
        advice=(
            "Restore the previous text, or raise the revision if trainees should answer again; "
            "give something new its own id."
        ),
    ),
)
