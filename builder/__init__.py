"""Compile a course folder into one SCORM 1.2 package."""

__version__ = "0.1.0"
