"""The table of question types."""

from typing import Any

from builder.questions.base import Feedback, Item, Option, Question, QuestionType, Quotation
from builder.questions.choice import CHOICE
from builder.questions.fill_in import FILL_IN
from builder.questions.likert import LIKERT
from builder.questions.matching import MATCHING
from builder.questions.numeric import NUMERIC
from builder.questions.performance import PERFORMANCE
from builder.questions.reflection import REFLECTION
from builder.questions.sequencing import SEQUENCING
from builder.questions.true_false import TRUE_FALSE

TYPES: dict[str, QuestionType[Any]] = {
    kind.name: kind
    for kind in (
        TRUE_FALSE,
        CHOICE,
        FILL_IN,
        NUMERIC,
        LIKERT,
        MATCHING,
        SEQUENCING,
        PERFORMANCE,
        REFLECTION,
    )
}

__all__ = ["TYPES", "Feedback", "Item", "Option", "Question", "QuestionType", "Quotation"]
