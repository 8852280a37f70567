"""Codes about what an edit costs trainees who have begun (``build --since``)."""

from __future__ import annotations

from builder.diagnostics.codes.rule import WARNING, Rule

RULES = (
    Rule(
        "since-lost",
        WARNING,
        "Trainees who have begun lose something: {problem}",
        "{hint}, unless that is meant.",
        "The course is compared with the package that trainees have begun with. What they have "
        "done is kept by ids and revisions: “scorm-builder diff” says all that an edit means.",
        advice=(
            "Keep the thing with its id, kind and revision, or write “was:” at what has taken "
            "its place; leave the rule as it was; unless that is meant."
        ),
    ),
    Rule(
        "since-odd",
        WARNING,
        "This edit looks like a mistake. {problem}",
        "{hint}",
        "The course is compared with the package that trainees have begun with. The edit would "
        "change what an answer means, or cost progress that it need not.",
        summary="This edit looks like a mistake.",
        advice=(
            "Put back what was there, or raise the revision where those who have answered "
            "should answer again; something new gets an id of its own."
        ),
    ),
)
