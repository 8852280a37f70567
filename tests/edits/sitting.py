"""A sitting through the player's modules."""

from typing import Any

from tests.edits.authoring import Json, Package
from tests.player.conftest import Player


def sit(player: Player, package: Package, stored: Json, done: list[list[Any]]) -> Json:
    """One sitting of a trainee with a package, through the player's modules."""
    found: Json = player(
        "sitting",
        {
            "outline": package.outline,
            "data": package.data,
            "tracking": package.tracking,
            "text": package.text,
            "edition": package.edition,
            "stored": stored,
            "acts": done,
        },
    )
    return found
