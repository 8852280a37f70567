"""The approval status of each part of a course, and what has changed since an approval."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from fnmatch import fnmatchcase
from typing import Literal

from builder.base.immutable import immutable
from builder.course.approvals.parts import KINDS, Kind, Part, code_of
from builder.course.model import Approval
from builder.diagnostics.codes import Known, did_you_mean
from builder.diagnostics.diagnostic import Diagnostic

_WORD = re.compile(r"\[ \]|\S+")
"""Matches a word, or the mark of a wrong answer."""
_CONTEXT_WORDS = 3
"""Number of unchanged words on each side of a change, which show its place."""
_MAX_GAP = 3
"""Maximum number of unchanged words between two changes that are merged."""
_MAX_CHANGES = 2
"""Maximum number of changes in a message."""
_MAX_QUOTED = 80
"""Maximum number of characters that a message quotes on each side."""
_MAX_COMPARED_WORDS = 400
"""Maximum number of words that are compared one by one, after the common start and end; more are
one change, since the time grows faster than the number of words."""


@immutable
class Change:
    """A change: the old words, the new words (either may be empty), and the words around them."""

    before: str
    struck: str
    new: str
    after: str

    def old_words(self) -> str:
        """The passage before the change."""
        return " ".join(filter(None, (self.before, self.struck, self.after)))

    def new_words(self) -> str:
        """The passage after the change."""
        return " ".join(filter(None, (self.before, self.new, self.after)))


def changes(old: str, new: str) -> tuple[Change, ...]:
    """The changes from one text to another, in order."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    return tuple(
        Change(
            before=" ".join(before[max(0, i - _CONTEXT_WORDS) : i]),
            struck=" ".join(before[i:j]),
            new=" ".join(after[k:m]),
            after=" ".join(before[j : j + _CONTEXT_WORDS]),
        )
        for i, j, k, m in _differing_ranges(before, after)
    )


Range = tuple[int, int, int, int]
"""A range of differing words: start and end before, start and end after."""


def _differing_ranges(before: Sequence[str], after: Sequence[str]) -> Iterator[Range]:
    start = _common_prefix_length(before, after)
    most = min(len(before), len(after)) - start
    end = min(most, _common_prefix_length(before[::-1], after[::-1]))
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if len(old) + len(new) > _MAX_COMPARED_WORDS:
        yield start, len(before) - end, start, len(after) - end
        return
    for i, j, k, m in _merge_ranges(SequenceMatcher(None, old, new, autojunk=False)):
        yield i + start, j + start, k + start, m + start


def _common_prefix_length(one: Sequence[str], other: Sequence[str]) -> int:
    """The number of words at the start that two texts have in common."""
    for at, (word, its) in enumerate(zip(one, other, strict=False)):
        if word != its:
            return at
    return min(len(one), len(other))


def _merge_ranges(matcher: SequenceMatcher[str]) -> Iterator[Range]:
    """Yield the differing ranges; ranges that are close together are merged."""
    run: Range | None = None
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
        if run and i - run[1] <= _MAX_GAP:
            run = (run[0], j, run[2], m)
            continue
        if run:
            yield run
        run = i, j, k, m
    if run:
        yield run


def describe_changes(found: Sequence[Change]) -> str:
    """Describe changes in words: each passage before and after."""
    first = "; ".join(
        f"{_quote(change.old_words())} → {_quote(change.new_words())}"
        for change in found[:_MAX_CHANGES]
    )
    more = len(found) - _MAX_CHANGES
    return f"{first}; and {more} more" if more > 0 else first


def _quote(words: str) -> str:
    return f"“{words}”" if len(words) <= _MAX_QUOTED else f"“{words[:_MAX_QUOTED]}…”"


Validity = Literal["approved", "stale", "damaged"]
"""``approved``: for the current words. ``stale``: for other words. ``damaged``: its words do not
match its code."""
State = Validity | Literal["open", "unset", "unsure", "unwritten"]
"""A validity; ``open``: not approved. ``unset``: no words to approve. ``unsure``: something is not
decided yet. ``unwritten``: a text is still to be written."""


def validity(part: Part, approval: Approval) -> Validity:
    """Whether an approval of a part counts."""
    if is_damaged(part.kind, approval):
        return "damaged"
    return "approved" if approval.code == part.code else "stale"


def is_damaged(kind: Kind, approval: Approval) -> bool:
    """Whether the words of an approval do not match its code."""
    return bool(approval.words) and approval.code != code_of(kind, approval.words)


@immutable
class ApprovalStatus:
    """A part with its last approval.

    ``required`` is true if a release needs an approval. ``doubt`` says why the part cannot be
    approved yet, ``None`` if it can.
    """

    part: Part
    required: bool
    approval: Approval | None
    doubt: Diagnostic | None = None

    @property
    def state(self) -> State:
        """The approval status of the current words."""
        if not self.part.words:
            return "unset"
        if self.doubt:
            return "unwritten" if self.doubt.code == "approval-unwritten" else "unsure"
        if self.approval is None:
            return "open"
        return validity(self.part, self.approval)

    def changes(self) -> tuple[Change, ...]:
        """The changes since the part was approved, if known."""
        if self.state != "stale" or self.approval is None or not self.approval.words:
            return ()
        return changes(self.approval.words, self.part.words)


class UnknownPartError(Exception):
    """No part has this ``name``; the text suggests a similar one."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(text)
        self.name = name


def approval_statuses(
    parts: Sequence[Part],
    approvals: Mapping[str, Approval],
    required: Collection[Kind],
    doubts: Mapping[str, Diagnostic],
) -> tuple[ApprovalStatus, ...]:
    """The approval status of every part, in the order of the parts.

    ``approvals`` are by part; so are ``doubts``, the reasons why a part cannot be approved yet.
    """
    return tuple(
        ApprovalStatus(part, part.kind in required, approvals.get(part.id), doubts.get(part.id))
        for part in parts
    )


def select_parts(
    statuses: Sequence[ApprovalStatus], names: Sequence[str]
) -> tuple[ApprovalStatus, ...]:
    """Select parts by id, by kind such as ``questions``, or by pattern such as
    ``question/first-*``.

    Raises ``UnknownPartError`` for a name without a match.
    """
    wanted = {one.part.id for name in names for one in _match(statuses, name)}
    return tuple(one for one in statuses if one.part.id in wanted)


def _match(statuses: Sequence[ApprovalStatus], name: str) -> Iterator[ApprovalStatus]:
    found = [one for one in statuses if _matches(one.part, name)]
    if not found:
        raise UnknownPartError(name, f"The course has no “{name}”.{_suggest(statuses, name)}")
    yield from found


def _suggest(statuses: Sequence[ApprovalStatus], name: str) -> str:
    """Suggest a part with a similar name.

    A name with a kind, such as ``question/frist``, is compared only with ids of that kind: never
    with ``questions``, which would approve all of them.
    """
    ids = [one.part.id for one in statuses]
    kind, slash, wanted = name.partition("/")
    if not slash:
        return did_you_mean(name, [*KINDS, *ids])
    start = kind + slash
    same = [one.removeprefix(start) for one in ids if one.startswith(start)]
    near = Known(same).near(wanted)
    return f" Did you mean “{start}{near}”?" if near else ""


def _matches(part: Part, name: str) -> bool:
    pattern = "*" in name and fnmatchcase(part.id, name.replace("[", "[[]"))
    return part.id == name or part.kind == KINDS.get(name) or pattern
