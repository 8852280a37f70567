"""The learning system round a course: serves the simulator of ``templates/lms`` and keeps what it
is sent, in the order of arrival. How LMSs behave is in the simulator; all that is known here of one
is its name."""

from builder.lms.faults import Faults, Message
from builder.lms.handler import Handler
from builder.lms.record import Lms
from builder.lms.server import running, serving

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
