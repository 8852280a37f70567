"""Codes about approvals and dates of reviews."""

from __future__ import annotations

from builder.diagnostics.codes.rule import APPROVE, ERROR, WARNING, Rule

RULES = (
    Rule(
        "approval-stale",
        WARNING,
        "The words of “{part}” have changed since {by} approved them on {day}: {changes}.",
        "Let them read it again, then write it down: scorm-builder approve COURSE "
        '--by "NAME" {typed}',
        "An approval is of exactly the words that somebody has read. When one of them changes, the "
        "package is a draft again, and a release is refused. Where the approval is not needed any "
        "more, delete its entry in approvals.yaml.",
        draft=True,
    ),
    Rule(
        "approval-code",
        WARNING,
        "“{written}” is not the code of the words below it.",
        "Approve “{part}” again, or put back the code and the words as scorm-builder wrote them.",
        "The code is made of the words. Where one of the two was changed by hand, nobody can say "
        "what was approved: the entry does not count, the package is a draft, and a release is "
        "refused.",
        draft=True,
    ),
    Rule(
        "approval-repeated",
        ERROR,
        "“{part}” is approved in line {first} already.",
        "Keep one of the two.",
        "Each part of a course has one approval, the last one.",
    ),
    Rule(
        "approval-unknown",
        WARNING,
        "The course has no “{part}” to approve.{did_you_mean}",
        "Correct the name, or delete the entry. “scorm-builder approve COURSE” lists all there is.",
        "An entry of approvals.yaml names a part of the course: a page, a question, a record, the "
        "rules of a quiz, a local value or an address. An entry for a part that does not exist "
        "has no effect.",
    ),
    Rule(
        "approval-undecided",
        ERROR,
        "“{part}” cannot be approved yet, since something in it is not decided: {problem}",
        "Decide it, mark the right answer, delete the sentence under “unsure:”, and approve it "
        "then. To approve other parts now, name them.",
        "“unsure:” says what an author, or an import, could not decide, such as which answer is "
        "right. As long as it stands there, nobody can say that the question is right.",
    ),
    Rule(
        "approval-unwritten",
        ERROR,
        "“{part}” cannot be approved yet, since a text in it is still to be written: “{text}”.",
        "Write your own in its place, or delete it, and approve it then. To approve other parts "
        "now, name them.",
        "“✎” stands before a text that somebody has still to write. As long as it stands there, "
        "these are not the words that trainees will meet, and nobody can approve them.",
    ),
    Rule(
        "approval-missing",
        WARNING,
        "“{part}” is not approved.",
        APPROVE,
        "The course says under “approvals:” that somebody has to approve words of this kind. Until "
        "they have, the package is a draft, and a release is refused.",
        draft=True,
    ),
    Rule(
        "tracking-unapproved",
        WARNING,
        "The rules of the quiz “{quiz}” are not approved: {rules}.",
        APPROVE,
        "The rules decide who has to take the quiz again. They are its questions with their "
        "weights, the pass mark, the attempts, and what the LMS is told. Until the owner has "
        "approved them, the package is a draft, and a release is refused.",
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
        "review-open",
        WARNING,
        "A remark by {by} is open: {problem}",
        "Do what it asks for, then close it: scorm-builder review COURSE --resolve {id}; or "
        'decline it: scorm-builder review COURSE --decline {id} --reason "REASON"',
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
    Rule(
        "sheet-line",
        ERROR,
        "This line of the list cannot be taken: {problem}.",
        "Write a part and its code on each line, such as question/first-thing 7K2Q-M9XR; or take "
        "the table that “scorm-builder review” makes.",
        "A list of approvals has a part and the code of its words on each line. A table for "
        "spreadsheets has a head with “part” and “code”, and may have “name” and “date”. Nothing "
        "is approved unless every line can be taken.",
    ),
    Rule(
        "sheet-row",
        ERROR,
        "The row of “{part}” in the approval sheet cannot be recorded: {problem}.",
        "Ask the person who has signed, then record the approval: scorm-builder approve COURSE "
        '{part} --by "NAME" --on DATE',
        "A row of the approval sheet needs a name and, best, a day such as 2026-01-31. A row "
        "without a day counts from the day on which it is recorded. The other rows are not "
        "affected by this one.",
    ),
    Rule(
        "sheet-doubt",
        ERROR,
        "Nobody can tell whether the row of “{part}” is an approval: {problem}.",
        "Ask the person who filled in the row. If they approve the words, record it: "
        'scorm-builder approve COURSE {part} --by "NAME" --on DATE',
        "People who refuse a part write so into its row, too. A row counts only if its name "
        "looks like the name of a person, nothing in it is struck out, and no comment or other "
        "words contradict it. The other rows are not affected by this one.",
    ),
    Rule(
        "sheet-held",
        ERROR,
        "“{part}” was signed in a document that does not say what the course says now: {problem}.",
        "Settle this first. Then let them sign a new document; or, once they have approved the "
        'words of today: scorm-builder approve COURSE {part} --by "NAME"',
        "A signature covers what the document says, with all of its tracked changes accepted or "
        "rejected. Where that differs from the course, or where a comment is open, the row is "
        "listed and not recorded. The other rows are not affected by this one.",
    ),
    Rule(
        "sheet-part",
        ERROR,
        "The course has no “{part}” to approve.{did_you_mean}",
        "Correct the name. “scorm-builder approve COURSE” lists all there is.",
        "A list of approvals names parts of the course by their ids. Nothing is approved unless "
        "every line can be taken; of the approval sheet in a review document, the other rows are.",
    ),
    Rule(
        "sheet-code",
        ERROR,
        "“{part}” has other words than those with the code {written}: today's code is "
        "{today}.{did_you_mean}",
        "Show the words of today to the person who signed, and let them sign again.",
        "A list that was signed is about the words of its day. Where they have changed since, "
        "nobody has read those of today, and nothing of the list is approved; of the approval "
        "sheet in a review document, the other rows are.",
    ),
)
