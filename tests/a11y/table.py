"""The 40 checks of UX.md 2, in its order."""

from tests.a11y import engine

CHECKS = (*engine.CHECKS,)
