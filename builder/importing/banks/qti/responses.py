"""What an item of QTI asks for and says of answers, whatever its version, and the type of question
that this is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from builder.importing.banks.making import joined
from builder.importing.banks.xml import Element
from builder.importing.document.form import Block, Inline

Line = tuple[Inline, ...]
Where = tuple[str, str]
"""What feedback is about: `option` or `answer` with its name, or `key` with that of a question's
feedback."""


@dataclass(slots=True)
class Choice:
    """An option with its name. ``set`` numbers the halves of a matching in QTI 2, ``feedback`` is
    what stands in the option there: outcome, identifier and line."""

    name: str
    line: Line
    feedback: list[tuple[str, str, Line]] = field(default_factory=list)
    set: int = 0


@dataclass(slots=True)
class Response:
    """One thing that is asked for. ``label`` is what stands beside it. ``typed`` is `line`, `lines`
    or `number`; empty where the answer is chosen. ``paired`` is whether choices of two sets are
    matched. ``tag`` is what the element is called in the file; ``known`` is false where a course
    has no such question."""

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
    """Feedback by the names of options, by answers that are typed, and by the keys of a question's
    feedback."""

    options: dict[str, Line] = field(default_factory=dict)
    answers: dict[str, Line] = field(default_factory=dict)
    keys: dict[str, Line] = field(default_factory=dict)

    def put(self, where: Where, line: Line) -> None:
        """Add a line to what is said there."""
        kind, name = where
        lines = {"option": self.options, "answer": self.answers}.get(kind, self.keys)
        lines[name] = joined(lines.get(name, ()), line)

    def single(self) -> Iterator[Line]:
        """What is said of single options and answers."""
        yield from (*self.options.values(), *self.answers.values())


def type_of(responses: Sequence[Response], marked: bool, gaps: bool = False) -> tuple[str, str]:
    """The type of question (`choices` where several may be right), and why it cannot be asked.
    ``marked`` is whether some answer earns something, ``gaps`` whether responses are gaps in a
    text."""
    if len(responses) > 1:
        single = (one.label and not (one.typed or one.ordered or one.several) for one in responses)
        if not gaps and all(single):
            return "matching", ""
        return "reflection", "it asks for several things at once"
    (one,) = responses
    if one.typed == "number":
        return "numeric", ""
    if one.typed:
        # A field of several lines of which nothing is right is for words that nobody marks.
        return ("reflection" if one.typed == "lines" and not marked else "fill-in"), ""
    if one.ordered or one.paired:
        return ("sequencing" if one.ordered else "matching"), ""
    return ("choices" if one.several else "choice"), ""
