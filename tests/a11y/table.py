"""The 40 checks of UX.md 2, in its order."""

from tests.a11y import engine, keyboard, resilience, tree, visual

CHECKS = (*engine.CHECKS, *keyboard.CHECKS, *tree.CHECKS, *visual.CHECKS, *resilience.CHECKS)
