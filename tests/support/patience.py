"""How long tests wait for what has to come.

It costs nothing where it comes. A machine on which this is too short is not slow, it stands still.
"""

SECONDS = 120
MILLISECONDS = 1000 * SECONDS

IN_VAIN = 15_000
"""Milliseconds for what a planted fault keeps from coming: tests that find it wait so long."""
