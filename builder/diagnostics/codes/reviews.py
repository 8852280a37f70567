"""Codes about returned review documents."""

from __future__ import annotations

from builder.diagnostics.codes.rule import ERROR, Rule

RULES = (
    Rule(
        "remark-file",
        ERROR,
        "This file cannot be read: {problem}.",
        "Open it in Word, LibreOffice or Google Docs, save it as a Word document (.docx), and try "
        "again.",
        "A review comes back as a Word document, from whatever program. What is no such file, is "
        "damaged, or is far larger than any review, is not read.",
    ),
    Rule(
        "remark-foreign",
        ERROR,
        "This is no review document of this course.",
        "Name the folder of the course that “scorm-builder review” made it of.",
        "A review document is known by the small grey codes in it, and by its words. In this file "
        "none of them is of the course.",
    ),
    Rule(
        "remark-unknown",
        ERROR,
        "There is no change {number} to apply in this file.",
        "Without “--apply”, “scorm-builder review --read” lists all that there is, with its "
        "number.",
        "Changes are numbered in the order of the document. Comments have numbers, too, but "
        "nothing that could be applied.",
    ),
    Rule(
        "remark-unsure",
        ERROR,
        "Change {number} cannot be applied: {reason}.",
        "Make it by hand in this file.",
        "A change is applied only where its words stand in one sure place, and where nothing else "
        "would change with them. Nothing was written.",
    ),
    Rule(
        "remark-unkept",
        ERROR,
        "The remarks of reviewers cannot be saved in remarks.yaml: {problem}.",
        "Write each remark on one line, as scorm-builder does; where Git has marked a conflict, "
        "keep the lines of both sides. Then run the command again.",
        "Remarks are saved in the course folder, so that a release waits until each is closed. "
        "The file is not changed if it cannot be read, or if a remark is not on one line.",
    ),
    Rule(
        "remark-overlap",
        ERROR,
        "Change {number} cannot be applied together with another one of these words.",
        "Choose one of them by its number.",
        "Two people may have changed the same words, or one change may lie within another. "
        "Nothing was written.",
    ),
    Rule(
        "remark-meanwhile",
        ERROR,
        "This file has changed since it was read.",
        "Save what is open in your editor, and read the review again.",
        "An editor, or a program that synchronises folders, has written the file in the moment "
        "between. Nothing was written.",
    ),
)
