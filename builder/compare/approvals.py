"""Which approvals an edit costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from builder.outline import Outline

Fate = Literal["stale", "earlier", "again", "withdrawn", "gone"]
"""The words have changed; they were approved under the earlier rule of what words are; they were
approved again; they are the same, but the approval was taken back; the part is not there any
more."""


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
        return self.fate in ("stale", "earlier", "withdrawn")


def approvals(old: Outline, new: Outline) -> Iterator[Approved]:
    """Every approval of the old course that does not simply stand, in the order of its parts.

    Nothing where one of the two is from before words had codes.
    """
    now = {one.part: one for one in new.wording}
    comparable = old.words_rule == new.words_rule
    for was in old.wording if now else ():
        here = now.get(was.part)
        fate: Fate = "gone"
        if here:
            same = comparable and was.code == here.code
            lost: Fate = "withdrawn" if same else "stale" if comparable else "earlier"
            fate = "again" if here.approved_on and not same else lost
            if same and here.approved_on:
                continue
        if was.approved_on:
            yield Approved(was.part, fate, was.approved_on, was.code, here.code if here else "")
