"""Approvals and dates of review."""

from __future__ import annotations

from builder.codes.rule import WARNING, Rule

RULES = (
    Rule(
        "approval-incomplete",
        WARNING,
        "This has “{has}” but no “{lacks}”.",
        "Write “{lacks}:”, too.",
        "An approval or a confirmation names somebody and a day. With one of the two, it does not "
        "count: the package is a draft, and a release is refused.",
        draft=True,
    ),
    Rule(
        "tracking-unapproved",
        WARNING,
        "The pass mark of {pass_mark} % is not approved.",
        "Let the course's owner decide it, then write “approved_by:” and “approved_on:” under "
        "“tracking:”.",
        "The pass mark decides who has to take the quiz again. Until the owner has approved it, "
        "the package is a draft, and a release is refused.",
        draft=True,
    ),
    Rule(
        "review-unset",
        WARNING,
        "The course has no date for its next review.",
        "Write “review_by:” in course.yaml, for example 2027-03-31.",
        "Guidance, contacts and the law change. Until the owner has set a date for the next "
        "review, the package is a draft, and a release is refused.",
        draft=True,
    ),
    Rule(
        "date-future",
        WARNING,
        "“{key}” is in the future: {day}.",
        "Write the day on which it was done.",
        "Nobody has checked, reviewed or approved anything on a day that is still to come. Until "
        "the date is mended, the package is a draft, and a release is refused.",
        draft=True,
    ),
    Rule(
        "review-overdue",
        WARNING,
        "The course was to be reviewed by {review_by}.",
        "Review it, then set “reviewed_on:” and a new “review_by:” in course.yaml.",
        "Guidance, contacts and the law change. A course that is overdue for review is a draft, "
        "and a release is refused.",
        draft=True,
    ),
)
