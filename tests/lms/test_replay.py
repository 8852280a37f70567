"""Profiles against transcripts of the real thing, call by call: what makes one "verified"."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.lms.simulated import node, simulated
from tests.lms.verified import MINIMUM, NO_SUCH, TRANSCRIPTS, missing, transcripts

RECORDED = sorted(
    folder.name
    for folder in TRANSCRIPTS.iterdir()
    if folder.is_dir() and folder.name in node()("profiles")
)
FILES = [file for slug in RECORDED for file in sorted((TRANSCRIPTS / slug).glob("*.json"))]
MUTATIONS = [(slug, name) for slug in RECORDED for name in node()("mutations", slug)]


@pytest.mark.whole
@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_transcript_is_replayed(file: Path) -> None:
    transcript: dict[str, Any] = json.loads(file.read_text("utf-8"))
    assert node()("replay", file.parent.name, transcript) == []


@pytest.mark.whole
@pytest.mark.parametrize(("slug", "name"), MUTATIONS)
def test_a_changed_fact_is_found(slug: str, name: str) -> None:
    assert any(node()("replay", slug, one, name) for one in transcripts(slug).values())


def test_every_recorded_lms_has_a_profile_and_mutations() -> None:
    assert set(RECORDED) <= set(node()("profiles"))
    assert {slug for slug, _ in MUTATIONS} == set(RECORDED)


@pytest.mark.whole
def test_verified_is_what_transcripts_show() -> None:
    verified = {
        (slug, label)
        for slug in node()("profiles")
        for label, settings in {"": {}, **node()("describe", slug)["variants"]}.items()
        if simulated_with(slug, settings)
    }
    assert verified == {
        ("moodle", ""),
        ("openedx", ""),
        ("scorm-again", ""),
        ("scormhost", ""),
        ("wagtail-lms", ""),
    }


def simulated_with(slug: str, settings: dict[str, Any]) -> bool:
    with simulated(None, slug, **settings) as lms:
        return lms.verified


def test_what_was_recorded_with_other_settings_does_not_count() -> None:
    defaults = {"standard_mode": False, "mastery_override": True}
    assert missing("moodle", defaults, {}) == []
    wanted = missing("moodle", defaults, {"standard_mode": True})
    assert wanted == [row[0] for row in MINIMUM if row[0] != "at-once"]
    assert "at-once" in missing("ilias", {}, {})


def test_a_situation_that_does_not_exist_is_not_recorded() -> None:
    for slug, none in NO_SUCH.items():
        assert {*none} <= {row[0] for row in MINIMUM}
        assert not {*none} & {*transcripts(slug)}


def test_an_unknown_event_is_ignored() -> None:
    transcript = json.loads((TRANSCRIPTS / "moodle/offline.json").read_text("utf-8"))
    for step in transcript["visits"][0]["steps"]:
        if step.get("event") == "network goes away":
            step["event"] = "network goes awry"
    with pytest.raises(AssertionError, match="network goes awry is no event"):
        node()("replay", "moodle", transcript)
