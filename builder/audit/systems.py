"""The LMSs that an audit knows, which docs/lms.md lists. Their behaviour is described in
facts/moodle.md, facts/learning-systems.md and facts/packages.md."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class System:
    """An LMS: its id in commands and reports, and its name for people.

    ``simulated`` says whether ``builder.preview.lms.PROFILES`` has this id, so that a visit can
    launch a package in it.
    """

    id: str
    name: str
    simulated: bool


_ROWS = (
    System("moodle", "Moodle", True),
    System("totara", "Totara", False),
    System("ilias", "ILIAS", True),
    System("chamilo", "Chamilo", True),
    System("openedx", "Open edX (SCORM XBlock)", True),
    System("rustici", "Rustici’s engine (SCORM Cloud, Blackboard, Canvas)", True),
    System("docebo", "Docebo", False),
    System("talentlms", "TalentLMS", False),
    System("successfactors", "SuccessFactors", False),
    System("cornerstone", "Cornerstone", False),
    System("tovuti", "Tovuti", False),
    System("wagtail-lms", "wagtail-lms", True),
    System("scormhost", "scormhost", True),
    System("scorm-again", "Players made with scorm-again", True),
    System("strict", "Strict SCORM 1.2 (the standard’s letter)", True),
)

SYSTEMS = {system.id: system for system in _ROWS}
"""Every LMS by its id, in the order of reports."""
