"""When a profile is called verified: of which situations the real LMS has to be recorded."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

TRANSCRIPTS = Path(__file__).resolve().parent / "transcripts"

MINIMUM: tuple[tuple[str, ...], ...] = (
    ("first-visit",),
    ("limits",),
    ("vocabulary",),
    ("interactions",),
    ("objectives",),
    ("suspend-and-resume",),
    ("back-half-way",),
    ("commit-only",),
    ("status-never-set",),
    ("finish-then-initialise",),
    ("failed", "failed-ends-the-attempt"),
    ("after-a-pass", "review-after-pass"),
    ("mastery-passed",),
    ("mastery-below",),
    ("mastery-completed",),
    ("mastery-incomplete",),
    ("leave-link", "leave-exit"),
    ("leave-close",),
    ("leave-goto",),
    ("leave-60kb",),
    ("offline",),
    ("session-expired",),
    ("replaced-half-way", "replaced-same-identifier"),
    ("replaced-after-pass",),
    ("at-once",),
)
"""Situations by the names of their transcripts; of those in one row, one is enough."""

NO_SUCH: Mapping[str, Mapping[str, str]] = {
    "moodle": {"at-once": "a commit is one request, and the course waits for it (js, StoreData)"},
    "openedx": {"session-expired": "the workbench has no session: the trainee is in the address"},
    "scorm-again": {
        "at-once": "a commit is one request, and the course waits for it (scorm12.js:11756)",
        "session-expired": "its small server knows no sessions (tests/lms/scorm_again.py)",
    },
}
"""The situations that do not exist in a recorded LMS, and why."""


@cache
def transcripts(slug: str) -> Mapping[str, Mapping[str, Any]]:
    """The recordings of an LMS, by situation."""
    files = sorted((TRANSCRIPTS / slug).glob("*.json"))
    return {file.stem: json.loads(file.read_text("utf-8")) for file in files}


def recorded_with(
    slug: str, defaults: Mapping[str, Any], settings: Mapping[str, Any]
) -> tuple[str, ...]:
    """The situations that were recorded with these settings, those that a profile knows."""
    return tuple(
        name
        for name, one in transcripts(slug).items()
        if {**defaults, **{k: v for k, v in one["settings"].items() if k in defaults}}
        == {**defaults, **settings}
    )


def missing(slug: str, defaults: Mapping[str, Any], settings: Mapping[str, Any]) -> list[str]:
    """What has still to be recorded before a profile with these settings is verified. That it
    replays what there is, is a test (test_replay.py)."""
    found = recorded_with(slug, defaults, settings)
    none = NO_SUCH.get(slug, {})
    return [row[0] for row in MINIMUM if not {*row} & {*found, *none}]
