"""Diagnostics about review documents that reviewers have returned."""

from __future__ import annotations

from builder.diagnostics.codes.rule import ERROR, Rule

RULES = (
    Rule(
        "remark-file",
        ERROR,
        "This file cannot be read: {problem}.",
        "Open it in Word, LibreOffice or Google Docs, save it as a Word document (.docx), and try "
        "again.",
        "A review document comes back as a Word document, saved by any program. Other files, "
        "damaged files and very large files are not read.",
    ),
    Rule(
        "remark-foreign",
        ERROR,
        "This is not a review document of this course.",
        "Name the folder of the course from which “scorm-builder review” made it.",
        "A review document is recognized by its text and by the small grey codes in it. In this "
        "file, none of them belongs to the course.",
    ),
    Rule(
        "remark-language",
        ERROR,
        "This document reviews the translation “{tag}”, and the course has no such translation.",
        "Check that the course has the file translations/{tag}.po.",
        "The review document of a translation comes back to the PO file of its language. Without "
        "this file, its remarks have no place in the course.",
    ),
    Rule(
        "remark-unknown",
        ERROR,
        "There is no change {number} to apply in this file.",
        "Run “scorm-builder review --read” without “--apply” to list all changes with their "
        "numbers.",
        "Changes are numbered in the order of the document. Comments also have numbers, but they "
        "cannot be applied.",
    ),
    Rule(
        "remark-unsure",
        ERROR,
        "Change {number} cannot be applied: {reason}.",
        "Make the change by hand in this file.",
        "A change is applied only if its text has exactly one place and nothing else changes with "
        "it. No file was changed.",
    ),
    Rule(
        "remark-unkept",
        ERROR,
        "The remarks of reviewers cannot be saved in remarks.yaml: {problem}.",
        "Write each remark on one line, as scorm-builder does. If Git has marked a conflict, keep "
        "the lines of both sides. Then run the command again.",
        "Remarks are saved in the course folder, so that a release waits until each is closed. "
        "The file is not changed if it cannot be read, or if a remark is not on one line.",
    ),
    Rule(
        "remark-overlap",
        ERROR,
        "Change {number} cannot be applied together with another change of the same words.",
        "Choose one of the changes by its number.",
        "Two people may have changed the same words, or one change may be inside another. No file "
        "was changed.",
    ),
    Rule(
        "remark-meanwhile",
        ERROR,
        "This file has changed since it was read.",
        "Save the file in your editor, then read the review again.",
        "An editor, or a program that synchronises folders, changed the file while the review was "
        "being read. The command itself changed no file.",
    ),
)
