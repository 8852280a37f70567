"""QTI 1.2: assessments, sections and items, as Canvas, Blackboard, D2L and others write them
(facts/question-banks.md#qti-12)."""
