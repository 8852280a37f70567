"""Chooses how many questions of a page an attempt asks if a bank has too many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from builder.base.immutable import immutable
from builder.importing import capacity
from builder.importing.document.form import Question
from builder.importing.writing import fitting
from builder.importing.writing.division import Part

MAX_ATTEMPT = 20
"""Number of questions of a page that an attempt asks, if there is room."""


def attempt_size(pages: Sequence[Sequence[Question]]) -> int:
    """The number of questions that an attempt asks of each page: as many as a trainee's state has
    room for, and at least one."""
    fitting = (
        count
        for count in range(MAX_ATTEMPT, 1, -1)
        if capacity.drawn_size(pages, count) <= capacity.QUESTIONS_SIZE
    )
    return next(fitting, 1)


@immutable
class Draw:
    """A draw of questions by ``tag``. ``counting`` limits it to questions that can be scored, since
    an attempt, which asks ``many``, must have at least one of these."""

    tag: str
    counting: bool
    many: int

    def includes(self, question: Question) -> bool:
        """Whether the draw may ask a question of its page."""
        return question.kind not in capacity.UNSCORED and (
            not self.counting or fitting.can_be_scored(question)
        )

    def front_matter(self, available: int) -> list[str]:
        """The keys of a page that draws from ``asked`` questions."""
        count = [f"    - tag: {self.tag}", f"      count: {min(self.many, available)}"]
        return ["kind: quiz", "quiz:", "  draw:", *count]

    def undrawn_note(self) -> str:
        """The note for the author on a question that is not drawn."""
        return (
            "No attempt asks this question, as it cannot be scored: give it the tag "
            f"“{self.tag}” once it can."
        )


def draws(parts: Sequence[Part], names: Sequence[str], many: int) -> Iterator[Draw]:
    """The draw for each page. Its tag is the page's id, unless other questions have that tag. An
    attempt asks ``many`` questions."""
    tag_counts = Counter(
        tag for part in parts for one in page_questions(part) for tag in fitting.tags(one)
    )
    for part, name in zip(parts, names, strict=True):
        scored = [one for one in page_questions(part) if one.kind not in capacity.UNSCORED]
        unscored = sum(not fitting.can_be_scored(one) for one in scored)
        draw = Draw(name, unscored >= many, many)
        own = Counter(
            tag for one in page_questions(part) if draw.includes(one) for tag in fitting.tags(one)
        )
        number = 1
        while tag_counts[draw.tag] != own[draw.tag]:
            tag = f"{name}-drawn{f'-{number}' if number > 1 else ''}"
            draw = replace(draw, tag=tag)
            number += 1
        # Reserve the tag, so that no later page uses it.
        tag_counts[draw.tag] += len(part.blocks)
        yield draw


def page_questions(part: Part) -> list[Question]:
    """The questions of a page."""
    return [block for block in part.blocks if isinstance(block, Question)]
