"""Learning time: neither sleep nor a clock that is set back counts."""

from tests.player.conftest import Player
from tests.player.saving import VISIT, visit, writes


def test_sleep_is_no_learning_time_and_time_never_goes_back(player: Player) -> None:
    def elapsed(*times: int) -> list[int]:
        found: list[int] = player("elapsed", list(times))
        return found

    minute, hour = 60_000, 3_600_000
    assert elapsed(1000, minute, 3 * minute) == [1000, minute, 3 * minute]
    # Three minutes of silence are a hidden page's; more is sleep, of which a minute counts.
    assert elapsed(minute, hour, hour + 1000) == [minute, 2 * minute, 2 * minute + 1000]
    assert elapsed(5000, 3000, 6000) == [5000, 5000, 8000]


def test_time_goes_on_while_nothing_happens(player: Player) -> None:
    result = visit(player, VISIT, [3_600_000, "visit", "quiz"], until=3_600_000)
    assert writes(result, "cmi.core.session_time")[-1] == "0001:00:00.00"
    weeks = visit(player, VISIT, [9_000_000, "close"], until=9_000_000)
    assert writes(weeks, "cmi.core.session_time")[-1] == "0002:30:00.00"
