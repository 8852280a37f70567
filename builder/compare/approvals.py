"""Which approvals an edit costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from builder.outline import Outline

Fate = Literal["stale", "again", "withdrawn", "gone"]
"""The words have changed; they have changed and were approved again; they are the same, but the
approval was taken back; the part is not there any more."""


@dataclass(frozen=True, slots=True)
class Approved:
    """A part whose words were approved before an edit, and what has become of that.

    ``code`` is empty where the part is gone.
    """

    part: str
    fate: Fate
    approved_on: str
    old_code: str
    code: str

    @property
    def lost(self) -> bool:
        """Whether somebody has to read the words again."""
        return self.fate in ("stale", "withdrawn")


def approvals(old: Outline, new: Outline) -> Iterator[Approved]:
    """Every approval of the old course that does not simply stand, in the order of its parts.

    Nothing where one of the two is from before words had codes.
    """
    now = {one.part: one for one in new.wording}
    for was in old.wording if now else ():
        here = now.get(was.part)
        fate: Fate = "gone"
        if here:
            same = was.code == here.code
            fate = "withdrawn" if same else "again" if here.approved_on else "stale"
            if same and here.approved_on:
                continue
        if was.approved_on:
            yield Approved(was.part, fate, was.approved_on, was.code, here.code if here else "")
