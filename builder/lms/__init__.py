"""The learning system round a course: serves the simulator of ``templates/lms`` and keeps what it
is sent, in the order of arrival. How LMSs behave is in the simulator; nothing here knows one."""

from builder.lms.server import Faults, Handler, Lms, Message, running, serving

__all__ = ["Faults", "Handler", "Lms", "Message", "running", "serving"]
