"""Diagnostics of test-outs (``test_out:`` of a module in ``course.yaml``)."""

from __future__ import annotations

from builder.diagnostics.codes.rule import ERROR, WARNING, Rule

RULES = (
    Rule(
        "test-out-short",
        ERROR,
        "This test-out needs {count}, but {left}.",
        "{fix}.",
        "Each attempt asks as many questions as “count:” says. Without “bank:” and “tag:”, these "
        "are questions whose “source:” is a page of the module. Only questions with a right answer "
        "count.",
        summary="There are not enough questions for this test-out.",
        advice="Write a smaller number after “count:”, or add questions about the module.",
    ),
    Rule(
        "test-out-kind",
        ERROR,
        "“{page}” is a {kind}, which a test-out cannot replace.",
        "Write “{page}” under “always:” of the test-out, or move its entry out of the module.",
        "A test-out replaces reading. Trainees take a quiz, decide in a scenario, and fill in a "
        "record, whatever they know already.",
    ),
    Rule(
        "test-out-always",
        ERROR,
        "The module has no page “{page}”.{did_you_mean}",
        "Write the name of a file that is listed in this module, or delete the entry.",
        "“always:” lists the pages of the module that trainees must read even if they have passed "
        "its test-out.",
    ),
    Rule(
        "test-out-empty",
        ERROR,
        "This test-out replaces no page: “always:” lists all pages of the module.",
        "Delete “test_out:”, or take the pages that it should replace out of “always:”.",
        "Trainees who pass a test-out need not read the pages of its module, apart from those "
        "under “always:”.",
    ),
    Rule(
        "test-out-pass-mark",
        ERROR,
        "Everybody passes this test-out, because {mark} is 0.",
        "{fix}.",
        "A test-out without “pass_mark:” uses the pass mark under “tracking:”.",
        advice="Write “pass_mark: 80” below “count:”, in the same column.",
    ),
    Rule(
        "test-out-untracked",
        ERROR,
        "A test-out needs the saved progress of pages, but “pages: none” under “tracking:” "
        "switches it off.",
        "Write “pages: all” under “tracking:”, or delete “test_out:”.",
        "Trainees who pass a test-out need not read the pages of its module. Without “pages: all”, "
        "nobody has to read any page.",
    ),
    Rule(
        "test-out-repeated",
        ERROR,
        "The module “{module}” has a test-out already ({first}).",
        "Delete one of the two test-outs. Or, if they are in two modules with the same title, give "
        "one of the modules an “id:” of its own.",
        "Modules with the same title count as one module unless each has its own id.",
    ),
    Rule(
        "test-out-repeats-quiz",
        WARNING,
        "This test-out asks questions that a quiz also asks: {left}.",
        "{fix}.",
        "Trainees who have seen these questions in a quiz, with the answers, can pass the test-out "
        "without knowing the subject. A test-out asks only other questions if there are enough.",
        summary="A test-out asks questions of a quiz.",
        advice="Add questions that no quiz asks, or write a smaller number after “count:”.",
    ),
    Rule(
        "test-out-few-tries",
        WARNING,
        "“attempts: {allowed}” needs {needed} questions to choose from; this test-out has {pool}, "
        "which is enough for {tries} only.",
        "Write “attempts: {attempts}”{fix}.",
        "Each try asks questions that were not asked before, so that nobody passes by trying out "
        "answers. When too few are left, trainees read the pages.",
        summary="There are not enough questions for so many tries.",
        advice="Write a smaller number after “attempts:”, or add questions.",
    ),
    Rule(
        "test-out-guessable",
        WARNING,
        "About {people} who only guess would pass this test-out: they need {need}, and have "
        "{tries}.",
        "{fix}.",
        "More than 5 of 100 people would pass this test by answers at random, all tries together, "
        "and then need not read the module. True or false is right in 1 of 2 cases, a choice in 1 "
        "of as many as it has options; with several right options, pairs or an order, every "
        "possible answer is as likely. A typed answer is not guessed.",
        summary="A test-out can be passed by guessing.",
        advice="Ask more questions, allow fewer attempts, or use questions that are harder to "
        "guess.",
    ),
    Rule(
        "test-out-shared",
        WARNING,
        "This test-out and the test-out of “{other}” can ask the same questions: {questions}.",
        "Choose other questions with “bank:” or “tag:”, so that each test-out has its own.",
        "Trainees who have answered a question in the test-out of one module have seen its answer "
        "when another module asks it.",
        summary="Two test-outs can ask the same questions.",
    ),
)
