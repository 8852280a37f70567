"""The table of question types by name: ``TYPES``."""

from typing import Any

from builder.course.questions.base import Feedback, Item, Option, Question, Quotation
from builder.course.questions.choice import CHOICE
from builder.course.questions.fill_in import FILL_IN
from builder.course.questions.likert import LIKERT
from builder.course.questions.matching import MATCHING
from builder.course.questions.numeric import NUMERIC
from builder.course.questions.performance import PERFORMANCE
from builder.course.questions.question_type import QuestionType
from builder.course.questions.reflection import REFLECTION
from builder.course.questions.sequencing import SEQUENCING
from builder.course.questions.true_false import TRUE_FALSE

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
