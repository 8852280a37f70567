"""Diagnostics, the problems that are found in a course or a package, and the catalogue of their
codes."""
