"""Determines the question type of a QTI 1.2 item: from the type that the learning system declares,
else from its responses."""

from __future__ import annotations

from collections.abc import Mapping

from builder.importing.banks.qti.one.presentation import Presentation
from builder.importing.banks.qti.responses import question_type

_DECLARED = {
    **dict.fromkeys(("essay_question", "essay", "long answer", "short response"), "reflection"),
    **dict.fromkeys(("cc.essay.v0p1",), "reflection"),
    **dict.fromkeys(("numerical_question", "numeric"), "numeric"),
    **dict.fromkeys(("true_false_question", "true/false", "cc.true_false.v0p1"), "true-false"),
    **dict.fromkeys(("text_only_question",), "text"),
    **dict.fromkeys(("fill_in_multiple_blanks_question",), "gaps"),
}
"""Question types by the types of Canvas, Blackboard, D2L and Common Cartridge, where these say more
than the item's responses."""
_WORDS = (
    *("calculated_question", "file_upload_question", "hot_spot_question", "formula_question"),
    *("categorization_question", "calculated", "calculated numeric", "file upload", "fileupload"),
    *(
        "hot spot",
        "hotspot",
        "jumbled sentence",
        "quiz bowl",
        "opinion scale",
        "likert",
        "either/or",
    ),
    *("opinion scale/likert", "multi-short answer", "arithmetic", "significant figures"),
    *("eitheror", "multiple_dropdowns_question", "fill in the blank plus", "cc.pattern_match.v0p1"),
)
_TYPES = ("question_type", "bbmd_questiontype", "qmd_questiontype", "cc_profile", "qmd_itemtype")


def declared_type(facts: Mapping[str, str]) -> str:
    """The type of an item that the learning system declares; empty if it does not."""
    return next((facts[name] for name in _TYPES if facts.get(name)), "")


def question_kind(type_: str, presentation: Presentation, is_marked: bool) -> tuple[str, str]:
    """The question's type, or `text` for an item without a question; and the reason if a course
    cannot ask it. ``marked`` is whether any answer earns marks."""
    lower_type = type_.lower()
    declared_kind = _DECLARED.get(lower_type, "")
    if lower_type == "multiple_dropdowns_question" and len(presentation.responses) == 1:
        return "choice", ""
    if lower_type in _WORDS:
        return "reflection", f"a course has no questions of the type “{type_}”"
    if not presentation.responses:
        return ("reflection" if declared_kind == "reflection" else "text"), ""
    if not all(one.known for one in presentation.responses):
        return "reflection", "a course has no questions that are answered in a picture"
    if declared_kind == "reflection":
        return declared_kind, ""
    if declared_kind == "gaps" and len(presentation.responses) == 1:
        return "gaps", ""
    if (
        declared_kind == "numeric"
        and len(presentation.responses) == 1
        and presentation.responses[0].typed
    ):
        return declared_kind, ""
    return question_type(presentation.responses, is_marked, declared_kind == "gaps")
