"""A course that logs people out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.audit.places import place, written
from builder.audit.rules.rule import (
    ANYWHERE,
    SCORM_12,
    WARNING,
    Fault,
    Package,
    Rule,
    Text,
)

_OFF = re.compile(rb"handleExitMode\s*[:=]\s*(?:false|!1)")
_LOGOUT = re.compile(rb"""["']cmi\.core\.exit["']\s*,\s*["']logout["']""")


def _judge(package: Package, text: Text) -> Iterator[Fault]:
    found = written(_LOGOUT, text)
    if found is None or (b"handleExitMode" in text.content and _is_off(package)):
        return
    yield Fault(place(text, found.start()))


def _is_off(package: Package) -> bool:
    """Whether a course tells the pipwerks wrapper to set no exit by itself."""
    return any(_OFF.search(text.content) for text in package.programs())


RULE = Rule(
    code="exit-logout",
    severity=WARNING,
    message="A script of the course sets cmi.core.exit to “logout”.",
    hint=(
        "Update the authoring tool or ask its maker: the word has to be “suspend” while "
        "there is something to come back to, and empty otherwise."
    ),
    explanation="By the standard, “logout” asks the LMS to end the learner’s session.",
    effects={
        ANYWHERE: (
            "where that script runs, an LMS that obeys logs people out when they leave, and "
            "forgets where they were"
        ),
    },
    source="facts/scorm-1.2.md#meaning",
    wrong='API.LMSSetValue("cmi.core.exit", "logout")',
    right='API.LMSSetValue("cmi.core.exit", "suspend")',
    scan=_judge,
    marks=(b"cmi.core.exit",),
    kinds=SCORM_12,
)
