"""Codes about quizzes and their draws."""

from __future__ import annotations

from builder.diagnostics.codes.rule import ERROR, WARNING, Rule

RULES = (
    Rule(
        "draw-source",
        ERROR,
        "This draw does not say what it draws from.",
        "Add “bank:” with the name of a file in questions/, or “tag:” with a tag of questions.",
        "A quiz draws some questions of a bank, of those with a tag, or of those of the bank that "
        "have the tag.",
    ),
    Rule(
        "draw-unknown",
        ERROR,
        "There is no {what} “{name}”.{did_you_mean}",
        "Check the spelling. A bank is a file in questions/, named without its ending; a tag "
        "stands under “tags:” of a question.",
        "A quiz draws questions from a bank, by a tag, or both.",
    ),
    Rule(
        "draw-short",
        ERROR,
        "This draw takes {count}, but there {left} to choose from{also}.",
        "Draw fewer, or add questions. Where draws share questions, put the narrower one first.",
        "A question comes up once in an attempt, so that each belongs to the first draw of its "
        "quiz that it fits. Those that the page lists, or asks for practice, belong to none.",
    ),
    Rule(
        "quiz-unscored",
        ERROR,
        "An attempt at this quiz may have no question that counts.",
        "Add a question that has a right answer, or ask these for practice on an ordinary page.",
        "Statements to agree with and reflections earn nothing: a quiz of nothing else would score "
        "0 and could never be passed.",
    ),
    Rule(
        "quiz-repeats-practice",
        WARNING,
        "Pages already ask all {count} questions of this quiz for practice, with their answers.",
        "Write questions for the quiz alone, or let it draw from a larger bank with “draw:”.",
        "A quiz that repeats the practice questions word for word tests memory of the answers. "
        "Questions with other words test whether trainees can use what the pages say. A bank may "
        "hold more questions than an attempt asks: “- bank: final” with “count: 8” below it, under "
        "“draw:”, gives each trainee eight other questions of questions/final.yaml.",
        summary="A quiz asks only questions that trainees have practised on pages.",
    ),
    Rule(
        "pass-mark-unused",
        WARNING,
        "The pass mark of {pass_mark}% has no effect: {reason}.",
        "{fix}",
        "The pass mark under “tracking:” is for quizzes without one of their own.",
        advice="Delete it, or add a quiz that goes by it.",
    ),
)
