"""Diagnostics about approvals and dates of reviews."""

from __future__ import annotations

from builder.diagnostics.codes.rule import APPROVE, ERROR, WARNING, Rule

RULES = (
    Rule(
        "approval-stale",
        WARNING,
        "{part} changed after the approval by {by} on {day}: {changes}.",
        "Ask {by} to check it again. Then record the approval, with the approver's name instead "
        'of NAME: scorm-builder approve COURSE --by "NAME" {typed}',
        "An approval is for exactly the text that somebody has read. When the text changes, the "
        "package is a draft again, and a release is refused. If the approval is no longer needed, "
        "delete its entry in approvals.yaml.",
        draft=True,
    ),
    Rule(
        "approval-code",
        WARNING,
        "The code “{written}” does not match the text below it.",
        "Approve “{part}” again, or restore the code and the text as scorm-builder wrote them.",
        "The code is computed from the text. If somebody has edited one of the two, nobody can say "
        "what was approved. The entry then does not count, the package is a draft, and a release "
        "is refused.",
        draft=True,
    ),
    Rule(
        "approval-repeated",
        ERROR,
        "“{part}” is already approved in line {first}.",
        "Delete one of the two entries.",
        "Each part of a course can have only one approval.",
    ),
    Rule(
        "approval-unknown",
        WARNING,
        "The course has no “{part}” to approve.{did_you_mean}",
        "Correct the name, or delete the entry. “scorm-builder approve COURSE” lists all parts.",
        "An entry of approvals.yaml names a part of the course: a page, a question, a record, the "
        "rules of a quiz, a local value or an address. An entry for a part that does not exist "
        "has no effect.",
    ),
    Rule(
        "approval-undecided",
        ERROR,
        "“{part}” cannot be approved yet, because something in it is undecided: {problem}",
        "Decide what is right, and delete “unsure:” and the text below it. Then approve it. To "
        "approve other parts now, name them.",
        "“unsure:” says what an author, or an import, could not decide, such as which answer is "
        "right. Until it is deleted, nobody can approve the question.",
    ),
    Rule(
        "approval-unwritten",
        ERROR,
        "“{part}” cannot be approved yet, because this text in it is a placeholder: “{text}”.",
        "Replace it with your own text, or delete it. Then approve it. To approve other parts now, "
        "name them.",
        "“✎” marks a text that somebody still has to write. Nobody can approve a text that "
        "trainees will not see in the end.",
    ),
    Rule(
        "approval-untranslated",
        ERROR,
        "“{part}” cannot be approved yet, because some of its text is not translated, or the "
        "translation is stale.",
        "Translate it first: “scorm-builder translate COURSE” lists what is missing. Then approve "
        "it. To approve other parts now, name them.",
        "Trainees read a text without a current translation in the source language. So a part "
        "can be approved only when all of its text is translated.",
    ),
    Rule(
        "approval-held",
        ERROR,
        "The document does not confirm {part} as it is now: {problem}.",
        "Close open remarks. Once the person has read the current text, record it, with their name "
        'instead of NAME: scorm-builder approve COURSE --by "NAME" {typed}',
        "With --document, an approval covers the text of the document, with all tracked changes "
        "accepted and with all rejected. If that text differs from the course, or if a remark on "
        "the part or on the whole document is open, the part is listed and not recorded. Other "
        "parts still are.",
        summary="A returned document does not confirm a part as it is now.",
    ),
    Rule(
        "approval-missing",
        WARNING,
        "“{part}” is not approved.",
        APPROVE,
        "“approvals:” in course.yaml requires an approval for text of this kind. Without it, the "
        "package is a draft, and a release is refused. “scorm-builder approve COURSE” lists all "
        "parts that need an approval.",
        draft=True,
    ),
    Rule(
        "tracking-unapproved",
        WARNING,
        "The rules of the quiz “{quiz}” are not approved: {rules}.",
        APPROVE,
        "The rules decide who must take the quiz again. They are the quiz's questions with their "
        "weights, the pass mark, the attempts, and what is reported to the LMS. Until the owner "
        "has approved them, the package is a draft, and a release is refused.",
        draft=True,
    ),
    Rule(
        "review-unset",
        WARNING,
        "The course has no date for its next review.",
        "Add “review_by: DATE” to course.yaml, with the date of the next review, such as "
        "2027-03-31.",
        "Guidance, contacts and the law change. Until the owner has set a date for the next "
        "review, the package is a draft, and a release is refused.",
        draft=True,
    ),
    Rule(
        "review-open",
        WARNING,
        "A remark by {by} is open: {problem}",
        "Make the change that it asks for, then close it: scorm-builder review COURSE --resolve "
        "{id}; or decline it, with your reason instead of REASON: scorm-builder review COURSE "
        '--decline {id} --reason "REASON"',
        "“scorm-builder review --read” saves the remarks of reviewers in remarks.yaml. As long "
        "as a remark is open, the package is a draft, and a release is refused. “scorm-builder "
        "review COURSE --remarks” lists all remarks.",
        draft=True,
        summary="A remark of a reviewer is open.",
    ),
    Rule(
        "date-future",
        WARNING,
        "“{key}” is in the future: {day}.",
        "Write the date on which it was done.",
        "Nobody can have checked, reviewed or approved anything on a future date. Until the date "
        "is corrected, the package is a draft, and a release is refused.",
        draft=True,
    ),
    Rule(
        "review-overdue",
        WARNING,
        "The review of this course was due by {review_by}.",
        "Review it, then set “reviewed_on:” and a new “review_by:” in course.yaml.",
        "Guidance, contacts and the law change. A course that is overdue for review is a draft, "
        "and a release is refused.",
        draft=True,
    ),
)
