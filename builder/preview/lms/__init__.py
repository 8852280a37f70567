"""Serves the simulated LMS of ``templates/lms`` around a course, and stores the data it receives.

The simulator, which runs in the browser, has the behaviour of each LMS. This package knows only the
ids of the LMSs.
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
"""The ids of the LMSs that can be simulated, as in ``templates/lms/profiles.ts``."""
