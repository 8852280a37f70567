"""Diagnostics about files that come back from translators."""

from __future__ import annotations

from builder.diagnostics.codes.rule import ERROR, Rule

RULES = (
    Rule(
        "returned-file",
        ERROR,
        "This translation cannot be read: {problem}.",
        "Ask for a PO file or an XLIFF 1.2 file (.xlf), saved by the program that the translator "
        "uses. Nothing was changed.",
        "“scorm-builder translate --read” reads PO and XLIFF 1.2. A file with a DOCTYPE or with "
        "entities, a damaged file, or a very large one is rejected as a whole.",
    ),
    Rule(
        "returned-foreign",
        ERROR,
        "This is not a translation of the course “{course}”.",
        "Name the folder of the course from which “scorm-builder translate” made it. Nothing was "
        "changed.",
        "A returned file is recognized by the ids and texts of its messages. In this file, none of "
        "them belongs to the course, or the file names another course.",
    ),
    Rule(
        "returned-language",
        ERROR,
        "{problem}.",
        "Name the language of the file after the course: scorm-builder translate FOLDER TAG --read "
        "FILE. If the file names the wrong language, correct that in the file.",
        "An XLIFF file names its language in “target-language”, a PO file in its header "
        "“Language”. The language decides which file in translations/ is changed.",
        summary="The language of this file does not fit the course or the command.",
    ),
)
