"""Finds the approvals that an edit makes invalid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from builder.package.outline import Outline

Fate = Literal["stale", "earlier", "again", "withdrawn", "gone"]
"""What happened to an approval.

- ``stale``: the words have changed.
- ``earlier``: they were approved under an earlier rule of which words count.
- ``again``: the new words are approved, too.
- ``withdrawn``: the words are the same, but the approval was removed.
- ``gone``: the part no longer exists.
"""


@dataclass(frozen=True, slots=True)
class Approved:
    """A part whose words were approved before an edit, and what happened to that approval.

    ``code`` is empty if the part is gone.
    """

    part: str
    fate: Fate
    approved_on: str
    old_code: str
    code: str

    @property
    def lost(self) -> bool:
        """Whether somebody has to approve the words again."""
        return self.fate in ("stale", "earlier", "withdrawn")


def approvals(old: Outline, new: Outline) -> Iterator[Approved]:
    """Every approval of the old course that did not stay valid, in the order of the parts.

    Yields nothing if one of the two outlines has no codes of words (older versions wrote none).
    """
    new_parts = {part.part: part for part in new.wording}
    comparable = old.words_rule == new.words_rule
    for before in old.wording if new_parts else ():
        after = new_parts.get(before.part)
        fate: Fate = "gone"
        if after:
            same = comparable and before.code == after.code
            lost: Fate = "withdrawn" if same else "stale" if comparable else "earlier"
            fate = "again" if after.approved_on and not same else lost
            if same and after.approved_on:
                continue
        if before.approved_on:
            yield Approved(
                before.part, fate, before.approved_on, before.code, after.code if after else ""
            )
