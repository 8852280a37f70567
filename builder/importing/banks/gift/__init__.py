"""Imports GIFT, Moodle's text format for questions (facts/question-banks.md#gift)."""
