"""The 40 checks  (facts/accessibility.md#the-40-checks), in its order."""

from tests.a11y import engine, keyboard, resilience, tree, visual

CHECKS = (*engine.CHECKS, *keyboard.CHECKS, *tree.CHECKS, *visual.CHECKS, *resilience.CHECKS)
