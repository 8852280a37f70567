"""A row of the table of checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from tests.a11y.view import WINDOW, Need, View

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

    again: str | None = None
    """The colours in which it need not look where another crawl meets the same states in the other
    ones: there it, or another check, sees the same."""

    direction: str | None = None
    """The direction of writing that it is for; any, if None."""

    new: Literal["", "words", "colours", "looks", "controls"] = ""
    """What has to be new in a state: words; something in it by its kind, class and place; or a
    control by these. Words may be too long for their place; what is drawn round them is the same
    wherever it stands, and keys lead through the same controls in the same way. ``colours`` are new
    where something looks new. A thorough crawl takes words and colours to be new in each state."""

    window: tuple[int, int] = WINDOW
    """Width and height in which it looks at a view, in CSS pixels."""

    def fits(self, view: View) -> bool:
        return (
            self.needs in view.needs
            and self.scheme in (None, view.place.scheme)
            and self.direction in (None, view.place.direction)
            and (self.new != "words" or view.reads_new)
            and (self.new != "colours" or view.thorough or view.looks_new)
            and (self.new != "looks" or view.looks_new)
            and (self.new != "controls" or view.acts_new)
        )

    def look(self, view: View) -> Findings:
        """What is wrong in a view, in the window of the check, which stays as it is."""
        view.tab.size(*self.window)
        return self.find(view)


def by_window(checks: Iterable[Check]) -> list[Check]:
    """Checks in the order in which the window changes least: first those in the crawl's own."""
    return sorted(checks, key=lambda check: (check.window != WINDOW, check.window))
