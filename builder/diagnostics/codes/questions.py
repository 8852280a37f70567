"""Diagnostics about questions and quizzes."""

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
        "The type says how trainees answer a question and what is reported to the LMS.",
    ),
    Rule(
        "question-unused",
        WARNING,
        "No page asks the question “{question}”.",
        "Add it to a page with the lines “::: check {question}” and “:::”, or to a quiz, or delete "
        "it.",
        "A question in questions/ is part of the course only if a page asks it.",
    ),
    Rule(
        "gap-narrow",
        WARNING,
        "The gap in this question is only “{gap}”, which trainees may not see.",
        "Write five underscores: “{prompt}”.",
        "Three or more underscores in a prompt are a blank: trainees see a line, and a screen "
        "reader says so. Fewer look like a hyphen or a typing error.",
        advice="Write the gap as five underscores: _____.",
    ),
    Rule(
        "gap-several",
        WARNING,
        "This question has {count} gaps, but trainees get only one field.",
        "Ask for one of them, and write the words of the others, or make a question of each gap.",
        "A fill-in question has one field for one answer, however many blanks its prompt has.",
    ),
    Rule(
        "question-pasted",
        WARNING,
        "This question is on a page, where trainees see its lines as a list.",
        "Move it into a file in questions/, and write “::: check {id}” here.",
        "Questions are in the files in questions/. A page asks one by its id.",
    ),
    Rule(
        "option-order",
        WARNING,
        "“{text}” depends on the order of the options, but the quiz “{page}” shuffles them.",
        "Write “shuffle: no” below the type of the question, or write an option that fits every "
        "order, without a letter before it.",
        "A quiz with “shuffle_options: yes” shows the options in another order to each trainee. "
        "Then “all of the above” can be the first, and “b)” can come before “a)”.",
    ),
    Rule(
        "answer-joined",
        WARNING,
        "“{answer}” is one answer: trainees must type all of it.",
        "If these are several answers, write “answers: [{parts}]”. If it is one, write “answers: "
        '["{answer}"]”.',
        "A text after “answers:” is one answer, even if it has a comma or a stroke.",
        advice="Write several answers in brackets, or each on its own line after a hyphen.",
    ),
    Rule(
        "question-repeated",
        ERROR,
        "The question “{question}” is asked twice {where}.",
        "Delete it in one of the two places.",
        "The saved progress has room for one practice answer to each question, and for one answer "
        "in each quiz.",
    ),
    Rule(
        "answer-missing",
        ERROR,
        "The question “{question}” has no right answer.",
        "{fix}.",
        "Without a right answer, nobody can answer the question correctly.",
        advice=(
            "Mark the right option with “correct: yes”; for true-false, write “answer: true” or "
            "“answer: false”; for fill-in, write “answers:”; for numeric, write “answer:”, or "
            "“min:” and “max:”."
        ),
    ),
    Rule(
        "answer-ambiguous",
        ERROR,
        "The question “{question}” has several right answers ({options}), but trainees can choose "
        "only one.",
        "Add “multiple: yes”, or delete all but one “correct: yes”.",
        "If trainees can choose only one option, exactly one option must be right.",
    ),
    Rule(
        "answer-too-long",
        ERROR,
        "“{answer}” takes {size} characters in {where}; the maximum is {limit}.",
        "{fix}.",
        "An LMS accepts at most 255 characters of an answer (SCORM 1.2, CMIString255). In the "
        "saved state, a letter a–z, a digit or a space counts as one character, any other as three "
        "or more.",
        advice="Shorten the answer. If “limit:” is too small for it, raise or delete the limit.",
    ),
    Rule(
        "answer-repeated",
        WARNING,
        "“{answer}” is the same answer as “{first}”.",
        "Delete one of the two answers, or change “forgive:” so that they count as different.",
        "Differences in capitals and spaces do not matter unless “forgive:” says otherwise, so you "
        "do not need to list variants. The feedback shows every accepted answer to trainees.",
    ),
    Rule(
        "tolerance-wide",
        WARNING,
        "With the tolerance {tolerance}, 0 is a right answer too, although {answer} is asked for.",
        "If {tolerance} is in percent, write the number that it stands for. Otherwise correct "
        "“answer:” or “tolerance:”.",
        "A tolerance is a number in the unit of the answer, not a share of it.",
    ),
    Rule(
        "number-range",
        ERROR,
        "The question “{question}” {problem}.",
        "{fix}.",
        "The right answer is a number, optionally with a tolerance, or any number in a range.",
        summary="The right answer of this question is neither a number nor a range.",
        advice=(
            "Write “answer:”, optionally with “tolerance:”, or “min:” and “max:”, the smaller "
            "number under “min:”."
        ),
    ),
    Rule(
        "unscored-key",
        ERROR,
        "“{key}” has no effect here: a question of type “{type}” has no right answer.",
        "Delete it. To show a text after every answer, use “explanation:”.",
        "A question without a right answer earns no points, so it has no weight, and no feedback "
        "for right or other answers.",
    ),
    Rule(
        "option-repeated",
        ERROR,
        "The id “{id}” is used twice in this list.",
        "Give each option its own letter or digit, and never reuse an id for something else.",
        "Reports in the LMS name an option by its id.",
    ),
    Rule(
        "option-alike",
        WARNING,
        "“{words}” is also the text of the {name} “{first}” of this question.",
        "Change one of the two texts so that trainees can tell them apart, or delete one.",
        "Nobody can tell apart two answers with the same text: a trainee who means the right one "
        "may read that it is wrong. Until they differ, the package is a draft, and a release is "
        "refused.",
        draft=True,
    ),
    Rule(
        "option-retired",
        ERROR,
        "The option id “{id}” is listed under “retired:”: it was another option's id.",
        "Give this option a letter or digit that has never been used in this question.",
        "Reports in the LMS name an option by its id, and old reports still use the ids of earlier "
        "versions.",
    ),
    Rule(
        "credit-partial",
        ERROR,
        "The question “{question}” has “credit: partial”, but trainees can choose only one option.",
        "Add “multiple: yes”, or delete “credit:”.",
        "An answer can only be partly right if several options are right.",
    ),
    Rule(
        "credit-unscored",
        ERROR,
        "The question “{question}” has “credit: partial”, but none of its steps is needed.",
        "Write “needed: yes” in the steps that a right answer must have, or delete “credit:”.",
        "A performance question is scored only if at least one step is needed.",
    ),
    Rule(
        "match-unknown",
        ERROR,
        "“match: {option}”: this question has no option “{option}”.",
        "Write the id of one of its options: {known}.",
        "In a matching question, each item says with “match:” which option it belongs to.",
    ),
    Rule(
        "option-plain",
        ERROR,
        "This option contains {lost}, but a drop-down list shows only plain text.",
        "Write the option as plain text. The prompt and the items may have images and links.",
        "The options of a matching question are shown in drop-down lists. Every browser and screen "
        "reader supports them, but they show only text.",
    ),
    Rule(
        "reflection-private",
        ERROR,
        "The question “{question}” has “keep: none” but reports the text to the LMS.",
        "Delete “report:”, or delete “keep: none”.",
        "“keep: none” promises trainees that none of their text leaves the page.",
    ),
    Rule(
        "quotation-missing",
        ERROR,
        "The page “{page}” does not contain the words “{quote}”{order}.",
        "Copy the words from the page as trainees read it, in their order there. Write “ … ” where "
        "you leave out words.",
        "Feedback says “The course says: …”. The builder checks the quoted words, so that a "
        "quotation stays true when the page is edited.",
    ),
    Rule(
        "question-unapproved",
        WARNING,
        "The question “{question}” is not approved.",
        APPROVE,
        "Trainees learn from questions. Until the owner of the course has approved each one, the "
        "package is a draft, and a release is refused.",
        draft=True,
    ),
    Rule(
        "question-unsure",
        WARNING,
        "Something in the question “{question}” is not decided yet: {problem}",
        "Decide what is right{mark}. Then delete “unsure:” and the text below it.",
        "“unsure:” says what an author, or an import, could not decide. Until it is deleted, the "
        "package is a draft, and a release is refused. While no answer is marked as right, the "
        "course asks the question but does not call any answer right or wrong.",
        draft=True,
    ),
    Rule(
        "question-unexplained",
        WARNING,
        "{count} in this file {does} not explain why an answer is right: {names}.",
        "Add “explanation:”, “feedback:” in the options, or “source:” with the page that has the "
        "answer.",
        "A trainee who answers wrongly learns from the reason, not from “Not quite” alone.",
    ),
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
        "This draw needs {count}, but {left}.",
        "{fix}",
        "A question is asked once per attempt, so it belongs to the first draw that matches it. "
        "Questions that the page lists or uses for practice belong to no draw.",
        summary="There are not enough questions for this draw.",
        advice=(
            "Write a smaller number after “count:”, or add questions. If two draws can pick the "
            "same questions, put the draw that has fewer to choose from first."
        ),
    ),
    Rule(
        "quiz-unscored",
        ERROR,
        "Trainees can get this quiz without a question that counts towards the score.",
        "Add a question that has a right answer. If the others are only for practice, delete them "
        "here, and ask each of them on an ordinary page: “::: check” and the id of the question.",
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
    Rule(
        "pass-mark-full",
        WARNING,
        "A pass mark of {mark}% for {what} allows no mistake{need}.",
        "{fix}.",
        "With few questions, one mistake costs much: 80% of four questions is four of four. "
        "Trainees read how many right answers they need. In a scenario, a mistake is a decision "
        "that is not good.",
        summary="A pass mark allows no mistake.",
        advice="Write a lower pass mark, ask more questions, or write “pass_mark: 100”.",
    ),
)
