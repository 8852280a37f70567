"""Moodle XML, the format in which Moodle's question banks keep everything
(facts/question-banks.md#moodle-xml)."""
