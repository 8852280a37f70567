"""Divides an item that asks several things into a question for each of its responses, and its
feedback among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from builder.importing.banks import gaps
from builder.importing.banks.bank import Draft, parse_weight
from builder.importing.banks.qti.bank import Facts, Feedback, QtiBank, Response
from builder.importing.document.form import Block, Place, Question, words_of
from builder.importing.document.question_types import can_be_asked

_OF_ALL_PARTS = "its item became several questions, and nothing says which of them it belongs to"


def divide(
    qti: QtiBank,
    facts: Facts,
    responses: Sequence[Response],
    blocks: Iterable[Block],
    draft: Callable[[Response], tuple[str, Draft]],
    whole: Collection[int] = (),
) -> str:
    """Add a question for each response of an item to the bank. Returns the reason if that is not
    possible; then nothing is added.

    ``facts`` are those of the item; each question gets an equal part of its weight. ``blocks`` are
    its text, with the marks of ``gaps``; ``whole`` are the numbers of responses that are no gaps in
    a sentence. ``draft`` returns the question type and the answers of a response.
    """
    if unknown := next((one for one in responses if not one.known), None):
        return f"a course has no questions of the type “{unknown.tag}”"
    if len(responses) > gaps.MOST:
        return f"it asks for more than {gaps.MOST} things"
    try:
        divided, trailing = gaps.prompts(blocks, len(responses), facts.place, whole)
    except gaps.NotDividedError as error:
        return str(error)
    listed, capitals = len(qti.bank.rest), len(qti.capitals)
    weight = _share(facts.weight, len(divided))
    questions: list[Question] = []
    for number, (one, prompt) in enumerate(zip(responses, divided, strict=True), start=1):
        kind, answers = draft(one)
        question = qti.question(replace(facts, kind=kind, weight=weight), prompt, answers, number)
        if why := answers.lost or can_be_asked(question):
            del qti.bank.rest[listed:], qti.capitals[capitals:]
            return f"of its part {number}, {why}"
        questions.append(question)
    qti.add_questions(questions)
    qti.add(trailing)
    return ""


def _share(points: str, count: int) -> str:
    """The weight of each of ``count`` questions that together have the weight ``points``; empty if
    that is empty."""
    return parse_weight(f"{max(float(points) / count, 0.01):.2f}") if points else ""


class SharedFeedback:
    """The feedback of an item with several responses. These may use the same ids for their options;
    the feedback then does not say which of them it belongs to."""

    def __init__(self, feedback: Feedback, responses: Sequence[Response]) -> None:
        self.feedback = feedback
        ids = Counter(choice.name for one in responses for choice in one.choices)
        self.ambiguous = frozenset(name for name, count in ids.items() if count > 1)

    def of(self, one: Response, right: Collection[str] = ()) -> Feedback:
        """The feedback of one response. ``right`` are its right answers as the file writes them."""
        names = {choice.name for choice in one.choices} - self.ambiguous
        options = {name: line for name, line in self.feedback.options.items() if name in names}
        answers = {words: line for words, line in self.feedback.answers.items() if words in right}
        return Feedback(options, answers)

    def explain(self, draft: Draft) -> None:
        """Add the explanation of the item to the draft of one of its questions."""
        if line := self.feedback.keys.get("explanation"):
            draft.add_feedback("explanation", line)

    def report_rest(self, qti: QtiBank, place: Place, right: Collection[str] = ()) -> None:
        """Report the feedback that no question of the item can show."""
        for line in (
            *(line for name, line in self.feedback.options.items() if name in self.ambiguous),
            *(line for words, line in self.feedback.answers.items() if words not in right),
            *(line for key, line in self.feedback.keys.items() if key != "explanation"),
        ):
            qti.bank.report("feedback", place, words_of(line), _OF_ALL_PARTS)
