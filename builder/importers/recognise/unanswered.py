"""What stands among numbered questions, has a number of their series and nothing to answer it by:
an open question, or no question."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from builder.importers.recognise.candidates import Candidate
from builder.importers.recognise.making import Draft
from builder.importers.recognise.steering import asks_in_words

_DOUBT = (
    "It is numbered as the questions round it are and has no answers: either trainees write in "
    "their own words and nobody marks it, which is how it came over, or its answers are missing."
)


def unanswered(
    candidates: Sequence[Candidate], taken: Container[int]
) -> Iterator[tuple[Candidate, Draft | None]]:
    """Those that go on with the numbers of a question, or come right before one; ``taken`` are the
    lines at which the questions begin. With a draft where they ask or tell to write something; else
    only a person can say what they are."""
    numbered = [each for each in candidates if each.number]
    known = [each.begin in taken for each in numbered]
    open_ends = [not had and _is_open(each) for each, had in zip(numbered, known, strict=True)]
    for step, order in ((1, range(len(numbered))), (-1, range(len(numbered) - 1, -1, -1))):
        for at in order:
            near = at - step
            if not open_ends[at] or known[at] or not 0 <= near < len(numbered) or not known[near]:
                continue
            each, other = numbered[at], numbered[near]
            if each.section != other.section or each.number - other.number != step:
                continue
            asked = each.asking or asks_in_words(each.text)
            known[at] = asked
            if not asked:
                open_ends[at] = False
            yield each, Draft("reflection", sure=True, doubts=[_DOUBT]) if asked else None


def _is_open(candidate: Candidate) -> bool:
    return candidate.bare and not candidate.heading and not candidate.sayings
