"""Whatever authors do to a course, its trainees keep what the rules let them keep."""

import os
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.course import state
from builder.course.state import State
from builder.course.state.bits import ALPHABET
from tests.edits.authoring import EDITS, Json, Package, build, draft, edited
from tests.edits.sitting import sit
from tests.edits.trainee import RANKS, Kept, acts
from tests.player.conftest import Player

pytestmark = pytest.mark.whole

SEEDS = st.integers(0, 1 << 30)


class Way:
    """A trainee's way through the editions of a course."""

    def __init__(self, player: Player) -> None:
        self.player = player
        self.kept = Kept()
        self.stored: Json = {}

    def sit(self, package: Package, done: list[list[Any]]) -> State:
        """Open the course of a draft, do some things, leave; all is kept as the rules say."""
        made = package.draft
        before = self.stored
        came = sit(self.player, package, before, done)
        self.kept.open(made)
        pages = {page["id"]: page for page in made["pages"]}
        for name, asked in came["opened"]:
            self.kept.opens(made, pages[name], asked)
        for act, log in zip(done, came["log"], strict=True):
            self.kept.act(made, act, log)
        self.kept.close(made)
        self.stored = came["stored"]
        text = self.stored["cmi.suspend_data"]
        assert len(text) <= state.LIMIT
        assert set(text) <= set(ALPHABET)
        read = state.decode(text)
        assert read is not None
        assert read == self.kept.state(read)
        assert read.edition == package.edition
        status, old = (
            one.get("cmi.core.lesson_status", "not attempted") for one in (self.stored, before)
        )
        assert RANKS.index(status) >= RANKS.index(old)
        return read


@settings(max_examples=60 * int(os.environ.get("THOROUGH", "1")))
@given(SEEDS)
def test_progress_is_kept_through_any_edits(player: Player, seed: int) -> None:
    chance = random.Random(seed)
    made = draft(chance)
    first = build(made)
    way = Way(player)
    way.sit(first, acts(chance, made))
    for _ in range(chance.randint(1, 3)):
        # Drawn evenly: Hypothesis would repeat a few of them.
        for name in chance.choices(sorted(EDITS), k=chance.randint(1, 4)):
            made = edited(made, name, chance)
        way.sit(build(made), acts(chance, made))
    # The edits are taken back.
    way.sit(first, acts(chance, first.draft))
