"""A package that is not to be read: no zip, or one that would harm whoever unpacks it."""

from __future__ import annotations

from builder.audit.rules.rule import (
    ALL_KINDS,
    ANYWHERE,
    ERROR,
    Rule,
)

RULE = Rule(
    code="zip-refused",
    severity=ERROR,
    message="This file cannot be looked into: {problem}.",
    hint=(
        "Download or export the package again, and upload that very file: not one that was "
        "unpacked, zipped again or sent through a service that repacks it."
    ),
    explanation=(
        "A package is a plain zip file. What leads out of its folder, holds links, or "
        "unpacks to far more than it is, is refused before anything of it is read."
    ),
    effects={
        ANYWHERE: "the upload is refused",
    },
    summary="This file cannot be looked into: it is no zip, or one that would do harm.",
    source="facts/packages.md#zip",
    wrong="course.zip: a web page with an error message, saved as a zip",
    right="course.zip: the file as the authoring tool has written it",
    kinds=ALL_KINDS,
)
