"""What the state has of a page (the player's ``state/asked.ts``)."""

from __future__ import annotations

from builder.course.state import State
from builder.package.outline import Page


def is_read(page: Page, state: State) -> bool:
    """Whether a page was read, or a test-out has shown that the trainee knows it."""
    return page.key in state.visited or page.shown in state.visited
