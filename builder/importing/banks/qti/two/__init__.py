"""Imports QTI 2.0, 2.1 and 2.2, and the parts of QTI 3.0 that they have in common
(facts/question-banks.md#qti-2)."""
