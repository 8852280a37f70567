"""The player's modules in Node, as in ``tests/player``."""

from tests.player.conftest import player

__all__ = ["player"]
