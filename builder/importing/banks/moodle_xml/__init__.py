"""Imports Moodle XML, Moodle's lossless format for question banks
(facts/question-banks.md#moodle-xml), and the questions of Moodle backups."""
