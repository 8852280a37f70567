"""The LMSs that an audit knows, which docs/lms.md lists. Their behaviour is described in
facts/moodle.md, facts/learning-systems.md and facts/packages.md."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class System:
    """An LMS: its id in commands and reports, and its name for people."""

    id: str
    name: str


_ROWS = (
    System("moodle", "Moodle"),
    System("totara", "Totara"),
    System("ilias", "ILIAS"),
    System("chamilo", "Chamilo"),
    System("openedx", "Open edX (SCORM XBlock)"),
    System("rustici", "Rustici’s engine (SCORM Cloud, Blackboard, Canvas)"),
    System("docebo", "Docebo"),
    System("talentlms", "TalentLMS"),
    System("successfactors", "SuccessFactors"),
    System("cornerstone", "Cornerstone"),
    System("tovuti", "Tovuti"),
    System("wagtail-lms", "wagtail-lms"),
    System("scormhost", "scormhost"),
    System("scorm-again", "Players made with scorm-again"),
    System("strict", "Strict SCORM 1.2 (the standard’s letter)"),
)

SYSTEMS = {system.id: system for system in _ROWS}
"""Every LMS by its id, in the order of reports."""
