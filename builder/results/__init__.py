"""Reads reports of an LMS and says how each question of a course works (docs/results.md)."""
