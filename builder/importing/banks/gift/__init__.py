"""GIFT, Moodle's format of text for questions (facts/question-banks.md#gift)."""
