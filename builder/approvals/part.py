"""A part of a course that is read and approved as one."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from builder.approvals.code import code_of
from builder.immutable import unfolding

Kind = Literal["page", "question", "record", "pass_mark", "value", "address"]
KINDS: dict[str, Kind] = {
    "pages": "page",
    "questions": "question",
    "records": "record",
    "pass_mark": "pass_mark",
    "values": "value",
    "addresses": "address",
}
"""The kinds of parts, by the words for all of a kind, in the order in which parts are listed.

A pass mark is approved with all other rules of its quiz."""


@unfolding
class Part:
    """One part and its words.

    ``id`` is how the part is called in every list, such as ``question/firm-evidence``: its kind and
    its own id. ``title`` says in words what it is. ``words`` are all that a trainee can meet in it,
    one run of text a line, and what decides how they are judged; local values stand in them by
    their names, since they are parts themselves. A local value that is not set has none, and
    cannot be approved.
    """

    id: str
    kind: Kind
    title: str
    words: str

    @cached_property
    def code(self) -> str:
        """The words code, empty where there are no words."""
        return code_of(self.kind, self.words)


def is_part(name: str) -> bool:
    """Whether a name is called as parts are: a kind, alone or before a slash."""
    kind = name.partition("/")[0].replace("-", "_")
    return kind in (*KINDS, *KINDS.values(), "quiz")
