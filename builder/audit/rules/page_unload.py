"""Saving when the page is unloaded, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.audit.places import place, written
from builder.audit.reach import of_trainees
from builder.audit.rules.rule import (
    ANYWHERE,
    WARNING,
    Fault,
    Package,
    Rule,
    Text,
)

_HANDLER = re.compile(
    rb"""onunload\s*=|addEventListener\s*\(\s*["']unload["']|\.on\s*\(\s*["']unload["']"""
    rb"""|attachEvent\s*\(\s*["']onunload["']|\(\s*window\s*\)\.unload\s*\(""",
    re.IGNORECASE,
)
_OF_JQUERY = re.compile(
    rb"""beforeunload\s*:\s*\{\s*(?:setup|postDispatch)|\bbeforeunloadHandler\b"""
    rb"""|_on\(\s*this\.window,\s*\{\s*beforeunload"""
)
_OTHERS = (b"pagehide", b"visibilitychange", b"beforeunload")


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    programs = [text for text in package.programs() if not _is_library(text)]
    if manifest is None or not manifest.scos or not package.is_whole:
        return
    reached = of_trainees(package)
    programs = [text for text in programs if text.name in reached]
    if any(_waits_otherwise(text) for text in programs):
        return
    for text in programs:
        if b"unload" in text.content and (found := written(_HANDLER, text)):
            yield Fault(place(text, found.start()), {}, (text.name,))
            return


def _waits_otherwise(text: Text) -> bool:
    """Whether a text names another sign, as more than jQuery does for itself."""
    if not any(other in text.content for other in _OTHERS):
        return False
    own = _OF_JQUERY.sub(b"", text.content)
    return any(other in own for other in _OTHERS)


def _is_library(text: Text) -> bool:
    """Whether a script is jQuery, which clears up at ``unload`` and saves nothing."""
    start = text.content[:400].lower()
    return b"jquery v" in start or b"jquery javascript library" in start


RULE = Rule(
    code="page-unload",
    severity=WARNING,
    message=(
        "The course waits for “unload” to save, and for no other sign that the page goes away."
    ),
    hint=(
        "Update the authoring tool and export again. A developer would use “pagehide” and "
        "“visibilitychange”, and save after each step."
    ),
    explanation="Chrome is giving “unload” up, and on phones it has seldom come at all.",
    effects={
        ANYWHERE: ("what was done last is lost when the window is closed, in Chrome and on phones"),
    },
    source="facts/learning-systems.md#browsers",
    wrong="window.onunload = finish;",
    right='window.addEventListener("pagehide", finish);',
    judge=_judge,
)
