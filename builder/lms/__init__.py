"""Serves the simulated LMS of ``templates/lms`` around a course, and stores the data it receives.

The behaviour of each LMS is in the simulator; this package knows none of them.
"""

from builder.lms.faults import Faults, Message
from builder.lms.handler import Handler
from builder.lms.record import Lms
from builder.lms.server import running, serving

__all__ = ["Faults", "Handler", "Lms", "Message", "running", "serving"]
