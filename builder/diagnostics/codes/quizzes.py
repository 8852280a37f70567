"""Codes about quizzes and their draws."""

from __future__ import annotations

from builder.diagnostics.codes.rule import ERROR, WARNING, Rule

RULES = (
    Rule(
        "draw-source",
        ERROR,
        "This draw names no bank and no tag to draw from.",
        "Add “bank:” with the name of a file in questions/, or “tag:” with a tag of questions.",
        "A quiz draws questions from a bank, from all questions with a tag, or, with both, from "
        "the bank's questions that have the tag.",
    ),
    Rule(
        "draw-unknown",
        ERROR,
        "There is no {what} “{name}”.{did_you_mean}",
        "Check the spelling. A bank is a file in questions/, named without its ending; a tag is "
        "written under “tags:” of a question.",
        "A quiz draws questions from a bank, by a tag, or both.",
    ),
    Rule(
        "draw-short",
        ERROR,
        "This draw needs {count}, but there {left} to choose from{also}.",
        "Draw fewer, or add questions. Where draws share questions, put the narrower one first.",
        "A question is asked once per attempt, so it belongs to the first draw that matches it. "
        "Questions that the page lists or uses for practice belong to no draw.",
    ),
    Rule(
        "quiz-unscored",
        ERROR,
        "An attempt at this quiz may have no scored question.",
        "Add a question that has a right answer, or ask these for practice on an ordinary page.",
        "Statements to agree with and reflections earn no points. A quiz with only such questions "
        "would score 0, and nobody could pass it.",
    ),
    Rule(
        "quiz-repeats-practice",
        WARNING,
        "All {count} questions of this quiz are also practice questions on pages, which show their "
        "answers.",
        "Write questions that only the quiz asks, or let the quiz draw from a larger bank with "
        "“draw:”.",
        "A quiz that repeats the practice questions word for word only tests whether trainees "
        "remember the answers. Other questions test whether they can use what the pages say. A "
        "bank may have more questions than an attempt asks: with “- bank: final” and below it "
        "“count: 8”, under “draw:”, each trainee gets eight different questions from "
        "questions/final.yaml.",
        summary="A quiz asks only questions that trainees have practised on pages.",
    ),
    Rule(
        "pass-mark-unused",
        WARNING,
        "The pass mark of {pass_mark}% has no effect: {reason}.",
        "{fix}",
        "The pass mark under “tracking:” applies to quizzes without their own pass mark.",
        advice="Delete it, or add a quiz without its own pass mark.",
    ),
)
