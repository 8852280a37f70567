"""Serves the simulated LMS of ``templates/lms`` around a course, and stores the data it receives.

The behaviour of each LMS is in the simulator; this package knows only their names.
"""

from builder.preview.lms.record import Faults, Lms, Message
from builder.preview.lms.server import Handler, running, serving

__all__ = ["PROFILES", "Faults", "Handler", "Lms", "Message", "running", "serving"]

PROFILES = (
    "chamilo",
    "ilias",
    "moodle",
    "openedx",
    "rustici",
    "scorm-again",
    "scormhost",
    "strict",
    "wagtail-lms",
)
"""The learning systems that can be simulated: the names in ``templates/lms/profiles.ts``."""
