"""Imports QTI 1.2 as written by Canvas, Blackboard, D2L and other systems
(facts/question-banks.md#qti-12)."""
