"""Imports QTI, the exchange format of learning systems: 1.2 with the dialects of Canvas, Blackboard
and D2L (facts/question-banks.md#qti-12), and 2.0 to 3.0 (facts/question-banks.md#qti-2)."""
