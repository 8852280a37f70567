"""QTI 2.0, 2.1 and 2.2, and what QTI 3.0 has in common with them
(facts/question-banks.md#qti-2)."""
