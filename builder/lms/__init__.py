"""The learning system round a course: serves the simulator of ``templates/lms`` and keeps, in the
order of arrival, what it is sent. How an LMS behaves is in the simulator; nothing here knows one."""

from builder.lms.server import Faults, Lms, running

__all__ = ["Faults", "Lms", "running"]
