"""QTI, in which learning systems exchange questions: 1.2 with Canvas's, Blackboard's and D2L's ways
(facts/question-banks.md#qti-12), and 2.0 to 3.0 (facts/question-banks.md#qti-2)."""
