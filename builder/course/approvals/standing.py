"""How it stands with each part: approved, to be read again, open."""

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
"""Of the words of today; of other words; with words that are not those of its code."""
State = Validity | Literal["open", "unset", "unsure", "unwritten"]
"""What its approval is worth; not approved; without any words to approve; with something in it that
nobody has decided yet; with a text in it that is still to be written."""


def validity(part: Part, approval: Approval) -> Validity:
    """What an approval of a part is worth."""
    if is_damaged(part.kind, approval):
        return "damaged"
    return "approved" if approval.code == part.code else "stale"


def is_damaged(kind: Kind, approval: Approval) -> bool:
    """Whether an approval has words that are not those of its code."""
    return bool(approval.words) and approval.code != code_of(kind, approval.words)


@immutable
class Standing:
    """A part, and the last approval that it has; ``required`` is whether a release needs one.
    ``doubt`` says why nobody can approve it yet, ``None`` where they can."""

    part: Part
    required: bool
    approval: Approval | None
    doubt: Diagnostic | None = None

    @property
    def state(self) -> State:
        """How it stands with the words of today."""
        if not self.part.words:
            return "unset"
        if self.doubt:
            return "unwritten" if self.doubt.code == "approval-unwritten" else "unsure"
        if self.approval is None:
            return "open"
        return validity(self.part, self.approval)

    def changes(self) -> tuple[Change, ...]:
        """What has changed since somebody approved it, as far as that is known."""
        if self.state != "stale" or self.approval is None or not self.approval.words:
            return ()
        return changes(self.approval.words, self.part.words)


class UnknownPartError(Exception):
    """No part has this ``name``; the text says what may be meant."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(text)
        self.name = name


def standings(
    parts: Sequence[Part],
    approvals: Mapping[str, Approval],
    required: Collection[Kind],
    doubts: Mapping[str, Diagnostic],
) -> tuple[Standing, ...]:
    """How it stands with every part of a course, in the order of the parts. ``approvals`` and
    ``doubts``, which keep some from being approved, are by part."""
    return tuple(
        Standing(part, part.kind in required, approvals.get(part.id), doubts.get(part.id))
        for part in parts
    )


def chosen(all_of_them: Sequence[Standing], names: Sequence[str]) -> tuple[Standing, ...]:
    """Those that are meant by names: of parts, of kinds such as ``questions``, or patterns such as
    ``question/first-*``. Raises ``UnknownPartError`` for a name that means nothing."""
    wanted = {one.part.id for name in names for one in _meant(all_of_them, name)}
    return tuple(one for one in all_of_them if one.part.id in wanted)


def _meant(all_of_them: Sequence[Standing], name: str) -> Iterator[Standing]:
    found = [one for one in all_of_them if _called(one.part, name)]
    if not found:
        raise UnknownPartError(name, f"The course has no “{name}”.{_near(all_of_them, name)}")
    yield from found


def _near(all_of_them: Sequence[Standing], name: str) -> str:
    """The part that may be meant. A name with a kind, such as ``question/frist``, is compared with
    the ids of that kind alone: never with ``questions``, which would approve all of them."""
    ids = [one.part.id for one in all_of_them]
    kind, slash, wanted = name.partition("/")
    if not slash:
        return did_you_mean(name, [*KINDS, *ids])
    start = kind + slash
    same = [one.removeprefix(start) for one in ids if one.startswith(start)]
    near = Known(same).near(wanted)
    return f" Did you mean “{start}{near}”?" if near else ""


def _called(part: Part, name: str) -> bool:
    pattern = "*" in name and fnmatchcase(part.id, name.replace("[", "[[]"))
    return part.id == name or part.kind == KINDS.get(name) or pattern
