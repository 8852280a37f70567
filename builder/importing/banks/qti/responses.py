"""Data of a QTI item's responses and feedback, for all versions, and the question type that follows
from the responses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from builder.importing.banks.bank import join_lines
from builder.importing.banks.xml import Element
from builder.importing.document.form import Block, Inline

Line = tuple[Inline, ...]
Where = tuple[str, str]
"""What feedback is about: `option` or `answer` with its name, or `key` with a key of the question's
feedback."""


@dataclass(slots=True)
class Choice:
    """An option with its id. In QTI 2, ``set`` is the number of the match set, and ``feedback`` the
    feedback inside the option: outcome, identifier and line."""

    name: str
    line: Line
    feedback: list[tuple[str, str, Line]] = field(default_factory=list)
    set: int = 0


@dataclass(slots=True)
class Response:
    """One response of an item. ``label`` is the text beside it. ``typed`` is `line`, `lines` or
    `number`, and empty if the answer is chosen. ``paired`` is whether choices of two sets are
    matched. ``tag`` is the name of its element; ``known`` is whether a course has such a
    question."""

    name: str
    element: Element
    tag: str
    label: list[Block] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    typed: str = ""
    ordered: bool = False
    several: bool = False
    paired: bool = False
    known: bool = True


@dataclass(slots=True)
class Feedback:
    """Feedback by the ids of options, by typed answers, and by a question's feedback keys."""

    options: dict[str, Line] = field(default_factory=dict)
    answers: dict[str, Line] = field(default_factory=dict)
    keys: dict[str, Line] = field(default_factory=dict)

    def put(self, where: Where, line: Line) -> None:
        """Add a line to the feedback for ``where``."""
        kind, name = where
        lines = {"option": self.options, "answer": self.answers}.get(kind, self.keys)
        lines[name] = join_lines(lines.get(name, ()), line)

    def single(self) -> Iterator[Line]:
        """The feedback of single options and answers."""
        yield from (*self.options.values(), *self.answers.values())


def question_type(
    responses: Sequence[Response], marked: bool, gaps: bool = False
) -> tuple[str, str]:
    """The question type (`choices` if several options can be right), and the reason if a course
    cannot ask it. ``marked`` is whether any answer earns marks; ``gaps`` whether the responses are
    gaps in a text."""
    if len(responses) > 1:
        single = (one.label and not (one.typed or one.ordered or one.several) for one in responses)
        if not gaps and all(single):
            return "matching", ""
        return "reflection", "it asks for several things at once"
    (one,) = responses
    if one.typed == "number":
        return "numeric", ""
    if one.typed:
        # A field of several lines without a right answer is an essay.
        return ("reflection" if one.typed == "lines" and not marked else "fill-in"), ""
    if one.ordered or one.paired:
        return ("sequencing" if one.ordered else "matching"), ""
    return ("choices" if one.several else "choice"), ""
