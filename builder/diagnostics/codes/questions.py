"""Codes about questions, their options and answers."""

from __future__ import annotations

from builder.diagnostics.codes.rule import APPROVE, ERROR, WARNING, Rule

RULES = (
    Rule(
        "question-unknown",
        ERROR,
        "There is no question “{question}”.{did_you_mean}",
        "Check the spelling, or add the question to a file in questions/.",
        "A check or a quiz names a question by its id.",
    ),
    Rule(
        "question-type",
        ERROR,
        "“{type}” is not a type of question.{did_you_mean}",
        "Types of question: {known}.",
        "The type says how a question is answered and what the LMS is told.",
    ),
    Rule(
        "question-unused",
        WARNING,
        "No page asks the question “{question}”.",
        "Add it to a page (::: check {question}) or to a quiz, or delete it.",
        "A question in questions/ is part of the course only where a page asks it.",
    ),
    Rule(
        "gap-narrow",
        WARNING,
        "The gap in this question is a single “_”, which trainees may not see.",
        "Write it wider: “{prompt}”.",
        "A prompt is shown as it is written, and one underscore looks like a hyphen or a typing "
        "error.",
        advice="Write the gap as five underscores: _____.",
    ),
    Rule(
        "question-repeated",
        ERROR,
        "The question “{question}” is asked twice {where}.",
        "Keep one of the two.",
        "The saved state keeps one practice answer for each question, and one answer in each quiz.",
    ),
    Rule(
        "answer-missing",
        ERROR,
        "The question “{question}” has no right answer.",
        "{fix}.",
        "A question that nobody can answer right can never be passed.",
        advice=(
            "Mark the right option with “correct: yes”; for true-false, write “answer: true” or "
            "“answer: false”; for fill-in, write “answers:”; for numeric, write “answer:”, or "
            "“min:” and “max:”."
        ),
    ),
    Rule(
        "answer-ambiguous",
        ERROR,
        "The question “{question}” has several right answers ({options}) but takes one.",
        "Add “multiple: yes”, or leave one “correct: yes”.",
        "With one choice, exactly one option is right.",
    ),
    Rule(
        "answer-too-long",
        ERROR,
        "“{answer}” takes {size} characters in {where}, and {limit} are the most.",
        "{fix}.",
        "An LMS takes 255 characters of an answer (SCORM 1.2, CMIString255). In the saved state a "
        "letter a–z, a digit or a space counts as one, any other character as three or more.",
        advice="Shorten it; where “limit:” is too small for it, raise or delete that.",
    ),
    Rule(
        "answer-repeated",
        WARNING,
        "“{answer}” is the same answer as “{first}”.",
        "Delete one of the two, or take out of “forgive:” what tells them apart.",
        "Capitals and spaces are forgiven unless “forgive:” says otherwise, so that their variants "
        "need not be written. Trainees read every accepted answer in the feedback.",
    ),
    Rule(
        "number-range",
        ERROR,
        "The question “{question}” {problem}.",
        "{fix}.",
        "What is right is a number, with a tolerance if you like, or every number of a range.",
        summary="What is right in this question is no number, and no range of numbers.",
        advice=(
            "Write “answer:”, with “tolerance:” if you like, or “min:” and “max:”, the smaller "
            "one first."
        ),
    ),
    Rule(
        "unscored-key",
        ERROR,
        "“{key}” has no effect here: a question of type “{type}” has no right answer.",
        "Delete it; “explanation:” is shown with every answer.",
        "What has no right answer earns and loses nothing, so that it has no weight, and no "
        "feedback for right or other answers.",
    ),
    Rule(
        "option-repeated",
        ERROR,
        "The id “{id}” is used twice in this list.",
        "Give each a letter or digit of its own, and never reuse one for something else.",
        "Reports in the LMS name an option by its id.",
    ),
    Rule(
        "option-alike",
        WARNING,
        "“{words}” is what the {name} “{first}” in line {line} says, too.",
        "Write what tells them apart, or delete one of the two.",
        "Nobody can tell answers of the same words apart, whatever their letters: who means the "
        "right one may be told that it is wrong. Until they differ, the package is a draft, and a "
        "release is refused.",
        draft=True,
    ),
    Rule(
        "option-retired",
        ERROR,
        "The option id “{id}” stands under “retired:”, so it meant another option once.",
        "Give this option a letter or digit that has never been used in this question.",
        "Reports in the LMS name an option by its id, also those of earlier versions.",
    ),
    Rule(
        "credit-partial",
        ERROR,
        "The question “{question}” has “credit: partial” but takes one option.",
        "Add “multiple: yes”, or delete “credit:”.",
        "Only with several right options can an answer be right in part.",
    ),
    Rule(
        "credit-unscored",
        ERROR,
        "The question “{question}” has “credit: partial” but nothing to earn.",
        "Write “needed: yes” in the steps that an answer is right with, or delete “credit:”.",
        "A performance question is scored only where at least one step is needed.",
    ),
    Rule(
        "match-unknown",
        ERROR,
        "There is no option “{option}” for this item to belong to.",
        "Write the id of one of the options of this question: {known}.",
        "In a matching question, each item says with “match:” which option it belongs to.",
    ),
    Rule(
        "option-plain",
        ERROR,
        "There is {lost} in this option, and a list to choose from shows plain text only.",
        "Write the option in words; images and links may stand in the prompt and in the items.",
        "The options of a matching question stand in drop-down lists, which every browser and "
        "screen reader knows how to use, but which show nothing but text.",
    ),
    Rule(
        "reflection-private",
        ERROR,
        "The question “{question}” keeps nothing, but reports what was written.",
        "Delete “report:”, or delete “keep: none”.",
        "“keep: none” promises trainees that not a word of their text leaves the page.",
    ),
    Rule(
        "quotation-missing",
        ERROR,
        "The page “{page}” does not say “{quote}”{order}.",
        "Copy the words from the page; “ … ” stands for words left out.",
        "Feedback says “The course says: …”. The words are checked, so that an edit of the page "
        "cannot leave a quotation behind that is no longer true.",
    ),
    Rule(
        "question-unapproved",
        WARNING,
        "The question “{question}” is not approved.",
        APPROVE,
        "Questions teach. Until the owner of the course has approved each one, the package is a "
        "draft, and a release is refused.",
        draft=True,
    ),
    Rule(
        "question-unsure",
        WARNING,
        "The question “{question}” is not decided: {problem}",
        "Decide it, mark the right answer, and delete the sentence under “unsure:”.",
        "“unsure:” says what an author, or an import, could not decide. Until it is deleted, the "
        "package is a draft, and a release is refused; while no answer is marked as right, the "
        "question is asked, and no answer to it is called right or wrong.",
        draft=True,
    ),
    Rule(
        "question-unexplained",
        WARNING,
        "{count} of this file never {say} why an answer is right: {names}.",
        "Write “explanation:”, “feedback:” in the options, or “source:” with the page where it is "
        "answered.",
        "Whoever answers wrongly learns from the reason, not from “Not quite” alone.",
    ),
)
