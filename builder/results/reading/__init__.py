"""Reads reports of LMSs: tables, Moodle's interactions report, and our own columns."""
