"""The learning system round a course: serves the simulator of ``templates/lms`` and keeps what it
is sent, in the order of arrival. How LMSs behave is in the simulator; nothing here knows one."""

from builder.lms.faults import Faults, Message
from builder.lms.handler import Handler
from builder.lms.record import Lms
from builder.lms.server import running, serving

__all__ = ["Faults", "Handler", "Lms", "Message", "running", "serving"]
