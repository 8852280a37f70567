"""The approval status of each part of a course."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Literal

from builder.base.immutable import immutable
from builder.course.approvals.changes import Change, changes
from builder.course.approvals.code import code_of
from builder.course.approvals.parts import KINDS, Kind, Part
from builder.course.model import Approval
from builder.diagnostics.codes import Known, did_you_mean
from builder.diagnostics.diagnostic import Diagnostic

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
