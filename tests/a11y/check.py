"""A row of the table of checks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.a11y.view import Need, View

Findings = list[str]


@dataclass(frozen=True, slots=True)
class Check:
    """One of the 40 checks  (facts/accessibility.md#the-40-checks)."""

    number: int
    name: str
    criterion: str
    """The success criterion of WCAG 2.2, or why there is none."""

    find: Callable[[Any], Findings]
    """What is wrong, one text for each place; nothing is wrong if there is none. It is given a
    View; a course, for "course"; (name → HTML), for "documents"."""

    needs: Need = "view"
    """The states that it is for."""

    scheme: str | None = None
    """The colours that it is for; any, if None."""

    direction: str | None = None
    """The direction of writing that it is for; any, if None."""

    eyes: bool = False
    """Whether it looks at shapes and colours alone: of the states after an answer only those that
    look like none before are for it, unless the crawl is a thorough one."""

    def fits(self, view: View) -> bool:
        return (
            self.needs in view.needs
            and self.scheme in (None, view.place.scheme)
            and self.direction in (None, view.place.direction)
            and (not self.eyes or view.unseen)
        )
