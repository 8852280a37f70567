"""Profiles against transcripts of the real thing, call by call: what makes one "verified"."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.lms.simulated import TRANSCRIPTS, node, recorded, simulated

RECORDED = sorted(
    folder.name
    for folder in TRANSCRIPTS.iterdir()
    if folder.is_dir() and folder.name in node()("profiles")
)
FILES = [file for slug in RECORDED for file in sorted((TRANSCRIPTS / slug).glob("*.json"))]
MUTATIONS = [(slug, name) for slug in RECORDED for name in node()("mutations", slug)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_transcript_is_replayed(file: Path) -> None:
    transcript: dict[str, Any] = json.loads(file.read_text("utf-8"))
    assert node()("replay", file.parent.name, transcript) == []


@pytest.mark.parametrize(("slug", "name"), MUTATIONS)
def test_a_changed_fact_is_found(slug: str, name: str) -> None:
    assert any(node()("replay", slug, transcript, name) for transcript in recorded(slug))


def test_every_recorded_lms_has_a_profile_and_mutations() -> None:
    assert set(RECORDED) <= set(node()("profiles"))
    assert {slug for slug, _ in MUTATIONS} == set(RECORDED)


def test_verified_is_what_transcripts_show() -> None:
    verified = {
        (slug, label)
        for slug in node()("profiles")
        for label, settings in {"": {}, **node()("describe", slug)["variants"]}.items()
        if simulated_with(slug, settings)
    }
    assert verified == {
        ("moodle", ""),
        ("moodle", "standard mode"),
        ("openedx", ""),
        ("scorm-again", ""),
        ("scormhost", ""),
        ("wagtail-lms", ""),
    }


def simulated_with(slug: str, settings: dict[str, Any]) -> bool:
    with simulated(None, slug, **settings) as lms:
        return lms.verified
