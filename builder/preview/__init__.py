"""The server of ``scorm-builder preview``: rebuilds what changed in a course, and shows it.

The author's window is the page of the preview in the browser; it shows the course in a simulated
LMS. ``warm`` builds the course, a ``warm.View`` is one result, and ``stage`` holds the view that is
served.
"""
