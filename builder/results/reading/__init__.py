"""Reads reports of LMSs: tables of any format, Moodle's interactions report, and our own columns."""
