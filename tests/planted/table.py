"""Twenty faults that a developer could make by mistake, each with the test that catches it.

``make planted`` plants one after the other in a copy of the checkout (``__main__.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENT = ROOT / "tests" / "README.md"
_BEGIN, _END = "<!-- planted: made by make checks -->\n", "<!-- /planted -->\n"
_HEAD = "| Fault | Where | What is wrong | Caught by |\n| --- | --- | --- | --- |\n"

SAVING = "saving and state of the player"
RENDERING = "rendering"
VALIDATION = "validation and limits"
REVIEW = "importing and review"
AREAS = (SAVING, RENDERING, VALIDATION, REVIEW)


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in one file: ``old``, which the file has exactly once, is replaced by ``new``.

    ``wrong`` is what a user would notice. ``caught_by`` is the test that must fail, a function of
    the selection of ``make test``.
    """

    name: str
    area: str
    file: str
    wrong: str
    old: str
    new: str
    caught_by: str

    def planted(self, text: str) -> str:
        """The text of the file with the fault. Raises ``ValueError`` if ``old`` is not in ``text``
        exactly once."""
        if text.count(self.old) != 1:
            times = text.count(self.old)
            raise ValueError(f"{self.name}: {self.file} has this {times} times:\n{self.old}")
        return text.replace(self.old, self.new)

    def line(self, text: str) -> int:
        """The number of the first line of ``text``, the file without the fault, that changes."""
        pairs = zip(text.splitlines(), self.planted(text).splitlines(), strict=False)
        return next(number for number, (one, other) in enumerate(pairs, 1) if one != other)


FAULTS: Sequence[Fault] = (
    Fault(
        "saved-without-proof",
        SAVING,
        "templates/player/lms/settle.ts",
        "“Saved” is shown although no request of the LMS was seen to be answered",
        'delivery.sure && delivery.line === "up"',
        "delivery.sure",
        "tests/player/test_saving_fails.py::test_save_without_evidence_is_sent_but_unconfirmed",
    ),
    Fault(
        "retry-dropped",
        SAVING,
        "templates/player/lms/outcomes.ts",
        "after a failed save, nothing is sent again until the trainee does something",
        "      queue.request(effects.again);\n",
        "",
        "tests/player/test_saving_fails.py::test_lasting_failure_is_reported_and_state_retried",
    ),
    Fault(
        "status-lowered",
        SAVING,
        "templates/player/state/merge.ts",
        "a pass is lost if the newer of two states has not passed",
        "status: higher(older.status, newer.status),",
        "status: newer.status,",
        "tests/player/test_merge.py::test_merged_result_is_reported_only_if_lms_confirmed_it",
    ),
    Fault(
        "answer-sent-twice",
        SAVING,
        "templates/player/page/quiz-question.ts",
        "an answer that a trainee looks at again and leaves as it is counts twice in the LMS",
        "if (response !== tries.responses().get(question.key)) {",
        "if (response !== undefined) {",
        "tests/browser/test_player_quiz.py::test_answers_can_be_changed_until_they_are_submitted",
    ),
    Fault(
        "hidden-page-unsaved",
        SAVING,
        "templates/player/keep/page-end.ts",
        "nothing is saved when a phone hides the page",
        "      visit.saving.flush();\n",
        "",
        "tests/browser/test_player_saving.py::test_a_hidden_page_is_saved",
    ),
    Fault(
        "field-without-label",
        RENDERING,
        "templates/questions/typed.html.j2",
        "a screen reader does not say which question a field belongs to",
        '<label for="q-{{ question.id }}">',
        "<label>",
        "tests/browser/test_numeric.py::test_a_number_counts_in_a_quiz",
    ),
    Fault(
        "fallback-without-language",
        RENDERING,
        "templates/cover.html.j2",
        "an outcome that is not translated is read with the voice of the translation",
        "<li{{ marked(outcome) }}>",
        "<li>",
        "tests/render/test_languages.py::test_plain_text_that_is_not_translated_has_its_language",
    ),
    Fault(
        "alternative-text-lost",
        RENDERING,
        "builder/course/markdown/rendering.py",
        "images have no alternative text",
        '"alt": alternative}',
        '"alt": ""}',
        "tests/render/test_media.py::test_media_is_named_by_its_content",
    ),
    Fault(
        "title-not-escaped",
        RENDERING,
        "builder/package/render/launch.py",
        "a title with “</script>” breaks the page, or runs as a script in it",
        r'Markup(compact_json(value).replace("<", "\\u003c"))',
        "Markup(compact_json(value))",
        "tests/render/test_first_view.py::test_a_page_cannot_end_the_script_it_is_embedded_in",
    ),
    Fault(
        "heading-level",
        RENDERING,
        "builder/package/render/pages.py",
        "headings inside a block have the level of the block's own heading",
        "self._part(within, part) for name, part in parts.items()",
        "self._part(spot, part) for name, part in parts.items()",
        "tests/render/test_blocks.py::test_the_titles_of_blocks_within_each_other_make_an_outline",
    ),
    Fault(
        "rule-not-registered",
        VALIDATION,
        "builder/course/validate/accessibility.py",
        "an answer that consists only of a decorative image is accepted",
        "(alternatives, names, headings)",
        "(alternatives, headings)",
        "tests/test_golden.py::test_what_an_author_reads[words-missing]",
    ),
    Fault(
        "limit-off-by-one",
        VALIDATION,
        "builder/course/validate/test_outs.py",
        "a test-out for which there are just enough questions is refused",
        "len(tested.matching) < shape.count:",
        "len(tested.matching) <= shape.count:",
        "tests/validate/test_test_outs.py::test_its_own_rules_come_before_those_of_the_course",
    ),
    Fault(
        "overdue-too-early",
        VALIDATION,
        "builder/course/validate/approvals.py",
        "a course is overdue on the day of its review",
        "elif review_by < material.today:",
        "elif review_by <= material.today:",
        "tests/validate/test_course.py::test_a_course_is_not_overdue_on_the_day_itself",
    ),
    Fault(
        "state-underestimated",
        VALIDATION,
        "builder/course/state/worst.py",
        "a course is built although a trainee's state may not fit into the LMS",
        "        size += day\n",
        "",
        "tests/state/test_worst.py::test_the_worst_case_is_the_size_of_the_fullest_state",
    ),
    Fault(
        "circle-of-locks",
        VALIDATION,
        "builder/course/validate/locks.py",
        "pages that wait for each other are accepted, and can never be opened",
        "                todo.extend(waits.get(page, ()))\n",
        "",
        "tests/test_golden.py::test_what_an_author_reads[lock-circle]",
    ),
    Fault(
        "two-right-answers",
        REVIEW,
        "builder/importing/banks/judging.py",
        "of several right answers in a bank, one by itself becomes right without a question",
        "    sure = len(full) == 1\n",
        "    sure = len(full) >= 1\n",
        "tests/importing/banks/test_qti_right.py::test_qti_answer_is_right_if_it_earns_full_mark",
    ),
    Fault(
        "author-overwritten",
        REVIEW,
        "builder/importing/again/rule.py",
        "a second import replaces what the author has changed",
        "    elif own in imported or (",
        "    elif own is not None or (",
        "tests/importing/test_again.py::test_changed_file_stays_and_new_one_is_beside_it",
    ),
    Fault(
        "deletion-unreported",
        REVIEW,
        "builder/importing/word/inlines.py",
        "words that are deleted in Word with tracked changes are dropped without a report",
        '    name("w:del"): Inlines._deletion,\n',
        "",
        "tests/importing/word/test_reading.py::test_what_is_read[changes]",
    ),
    Fault(
        "old-words-approved",
        REVIEW,
        "builder/exporting/reviewing.py",
        "a returned document with old words approves the present words",
        "        elif reasons:\n",
        "        elif reasons and whole:\n",
        "tests/exporting/test_review_confirmed.py"
        "::test_changed_part_is_held_with_the_exact_difference",
    ),
    Fault(
        "edits-shifted",
        REVIEW,
        "builder/exporting/review/source_texts.py",
        "a reviewer's second change of a file is written into the wrong place",
        "key=lambda one: (one.start, one.end), reverse=True)",
        "key=lambda one: (one.start, one.end))",
        "tests/exporting/test_review_back.py"
        "::test_changed_words_get_into_the_files_as_these_write_them",
    ),
)


def compose(text: str) -> str:
    """The text of the document, with its table made again from ``FAULTS``."""
    before, found, rest = text.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not (found and end):
        raise ValueError(f"{DOCUMENT.name} has no place for the table: {_BEGIN}{_END}")
    return f"{before}{_BEGIN}{_HEAD}{''.join(map(_row, FAULTS))}{_END}{after}"


def _row(fault: Fault) -> str:
    line = fault.line((ROOT / fault.file).read_text("utf-8"))
    file, _, test = fault.caught_by.partition("::")
    cells = (fault.name, f"`{fault.file}:{line}`", fault.wrong, f"`{test}` in `{file}`")
    return f"| {' | '.join(cells)} |\n"
