"""Writes reach the LMS in order, once, and no faster than it can bear."""

from tests.player.conftest import Player

STATE = "cmi.suspend_data"


def test_a_batch_is_written_in_order_and_committed_at_once(player: Player) -> None:
    log = player("queue", {"events": [[0, "a", "1"]], "until": 5000})
    assert log == [[0, "a", "1"], [0, "commit"], [0, "done", True]]


def test_commits_are_spaced_and_write_only_latest_values(player: Player) -> None:
    events = [[0, "a", "1"], [100, "a", "2"], [200, "b", "1"], [300, "a", "3"]]
    assert player("queue", {"events": events, "until": 5000}) == [
        [0, "a", "1"],
        [0, "commit"],
        [0, "done", True],
        [1000, "a", "3"],
        [1000, "b", "1"],
        [1000, "commit"],
        [1000, "done", True],
    ]


def types(start: int, end: int) -> list[list[object]]:
    """A key every 200 ms."""
    return [[at, "types"] for at in range(start, end, 200)]


def test_a_batch_waits_for_a_typing_pause(player: Player) -> None:
    """Firefox discards keys that are typed while a call runs."""
    events = [[0, "a", "1"], *types(600, 2000), [2000, "b", "1"]]
    events.insert(3, [900, "a", "2"])
    log = player("queue", {"events": events, "until": 9000})
    assert log[3:] == [[2500, "a", "2"], [2500, "b", "1"], [2500, "commit"], [2500, "done", True]]


def test_continuous_typing_is_still_saved(player: Player) -> None:
    events = [[0, "a", "1"], *types(1900, 2100), [2000, "a", "2"], *types(2100, 9000)]
    log = player("queue", {"events": events, "until": 9000})
    assert log[3:] == [[6000, "a", "2"], [6000, "commit"], [6000, "done", True]]


def test_a_page_that_goes_away_waits_for_no_typing(player: Player) -> None:
    events = [*types(0, 400), [250, "a", "1"], [400, "types"], [450, "flush"]]
    log = player("queue", {"events": sorted(events), "until": 9000})
    assert log == [[450, "a", "1"], [450, "commit"], [450, "done", True]]


def test_stored_value_is_not_written_again(player: Player) -> None:
    events = [[0, "a", "1"], [0, "b", "1"], [2000, "b", "2"]]
    log = player("queue", {"events": events, "stored": [["a", "1"]], "until": 5000})
    assert [entry[1:] for entry in log if entry[1] in "ab"] == [["b", "1"], ["b", "2"]]


def test_where_each_call_saves_by_itself_writes_are_apart(player: Player) -> None:
    events = [[0, "a", "1"], [50, "b", "1"], [60, "c", "1"]]
    log = player("queue", {"events": events, "pace": 150, "until": 5000})
    assert log == [
        [0, "a", "1"],
        [150, "commit"],
        [150, "done", True],
        [1150, "b", "1"],
        [1300, "c", "1"],
        [1450, "commit"],
        [1450, "done", True],
    ]


def test_result_is_written_last_if_calls_save_individually(player: Player) -> None:
    score, status = "cmi.core.score.raw", "cmi.core.lesson_status"
    events = [[0, "a", "1", "later"], [0, score, "90", "later"], [0, status, "passed"]]
    log = player("queue", {"events": events, "pace": 150, "until": 5000})
    assert log[:-1] == [
        [0, "a", "1"],
        [600, score, "90"],
        [1200, status, "passed"],
        [1350, "commit"],
    ]


def test_flush_writes_everything_at_once(player: Player) -> None:
    events = [[0, "a", "1"], [100, "b", "1"], [100, STATE, "s"], [150, "flush"]]
    log = player("queue", {"events": events, "until": 5000})
    assert log[3:] == [
        [150, "b", "1"],
        [150, STATE, "s"],
        [150, "commit"],
        [150, "done", True],
    ]


def test_flush_writes_only_state_if_each_call_saves(player: Player) -> None:
    events = [[0, "a", "1"], [100, "b", "1"], [100, STATE, "s"], [100, "c", "1"], [150, "flush"]]
    log = player("queue", {"events": events, "pace": 150, "until": 150})
    assert [entry for entry in log if entry[0] == 150 and entry[1] != "done"] == [
        [150, "commit"],
        [150, STATE, "s"],
        [150, "commit"],
    ]


def test_flush_during_a_batch_repeats_nothing(player: Player) -> None:
    events = [[0, "a", "1"], [2000, "b", "1"], [2000, STATE, "s"], [2010, "flush"]]
    log = player("queue", {"events": events, "pace": 150, "until": 9000})
    writes = [entry[1:] for entry in log if entry[1] in ("a", "b", STATE)]
    assert writes == [["a", "1"], ["b", "1"], [STATE, "s"]]


def test_values_omitted_by_flush_follow_if_page_stays(player: Player) -> None:
    events = [[0, "a", "1"], [0, STATE, "s"], [0, "b", "1"], [200, "flush"]]
    log = player("queue", {"events": events, "pace": 150, "until": 9000})
    writes = [entry for entry in log if entry[1] in ("a", "b", STATE)]
    assert writes == [[0, "a", "1"], [200, STATE, "s"], [1200, "b", "1"]]


def test_lost_value_is_rewritten_unless_a_newer_exists(player: Player) -> None:
    events = [[0, "a", "1"], [2000, "forget", "a", "1"], [2000, "b", "1"]]
    log = player("queue", {"events": events, "until": 5000})
    assert [entry for entry in log if entry[1] == "a"] == [[0, "a", "1"], [2000, "a", "1"]]
    events = [[0, "a", "1"], [2000, "a", "2"], [4000, "forget", "a", "1"], [4000, "b", "1"]]
    log = player("queue", {"events": events, "until": 9000})
    assert [entry[2] for entry in log if entry[1] == "a"] == ["1", "2"]


def test_only_refused_state_or_result_fails_the_save(
    player: Player,
) -> None:
    for element in (STATE, "cmi.core.lesson_status", "cmi.core.score.raw"):
        given = {"events": [[0, element, "s"]], "refused": [element], "until": 0}
        assert player("queue", given)[-1] == [0, "done", False]
    events = [[0, STATE, "s"], [0, "a", "1"]]
    log = player("queue", {"events": events, "refused": ["a"], "until": 5000})
    assert [entry[2] for entry in log if entry[1] == "done"] == [True, True]


def test_nothing_is_written_after_close(player: Player) -> None:
    events = [[0, "a", "1"], [100, "b", "1"], [200, "close"], [300, "c", "1"], [400, "flush"]]
    log = player("queue", {"events": events, "until": 9000})
    assert log == [[0, "a", "1"], [0, "commit"], [0, "done", True]]


def test_a_timer_that_fires_early_is_not_lost(player: Player) -> None:
    events = [[0, "a", "1"], [100, "a", "2"], [3000, "a", "3"]]
    log = player("queue", {"events": events, "early": 0.5, "until": 9000})
    assert [entry[2] for entry in log if entry[1] == "a"] == ["1", "2", "3"]


def test_refused_element_is_retried_twice_then_dropped(
    player: Player,
) -> None:
    others = [[at, "b", str(at)] for at in range(2000, 12_000, 2000)]
    events = [[0, "b", "0", "later"], [0, "a", "1"], *others]
    log = player("queue", {"events": events, "refused": ["a"], "until": 20_000})
    assert [entry[0] for entry in log if entry[1] == "a"] == [0, 2000, 4000]
    vital = [[0, STATE, "1"], *others]
    log = player("queue", {"events": vital, "refused": [STATE], "until": 20_000})
    assert len([entry for entry in log if entry[1] == STATE]) == 6


def test_fully_refused_batch_does_not_count_against_element(player: Player) -> None:
    events = [[at, "a", str(at)] for at in range(0, 10_000, 2000)]
    events += [[at, "b", str(at)] for at in range(10_000, 20_000, 2000)]
    log = player("queue", {"events": events, "refused": ["a"], "until": 20_000})
    tried = [*range(0, 10_000, 2000), 10_000, 12_000, 14_000]
    assert [entry[0] for entry in log if entry[1] == "a"] == tried


def test_slow_calls_are_spaced_to_keep_page_usable(
    player: Player,
) -> None:
    events = [[0, "a", "1"], [6000, "a", "2"], [7000, "b", "1"]]
    log = player("queue", {"events": events, "takes": 5000, "until": 200_000})
    assert [entry for entry in log if entry[1] != "done"] == [
        [0, "a", "1"],
        # As long as the call took, the page is the trainee's.
        [10_000, "commit"],
        # The two calls took 10 s: another batch only after 54.
        [69_000, "a", "2"],
        [79_000, "b", "1"],
        [89_000, "commit"],
    ]


def test_page_is_drawn_before_a_slow_call(player: Player) -> None:
    events = [[0, "a", "1"], [200_000, "a", "2"]]
    log = player("queue", {"events": events, "takes": 5000, "until": 300_000})
    assert [entry[0] for entry in log if entry[1] == "a"] == [0, 200_050]


def test_state_changed_within_the_same_instant_is_written(
    player: Player,
) -> None:
    """Session times are rounded, so that the LMS may have the present one already."""
    events = [[0, "cmi.core.session_time", "0", "later"], [0, STATE, "1"], [1, STATE, "2", "later"]]
    log = player("queue", {"events": [*events, [1, "flush"]], "until": 500})
    assert log[-3:] == [[1, STATE, "2"], [1, "commit"], [1, "done", True]]


def test_hiding_an_unchanged_page_makes_no_call(player: Player) -> None:
    time = "cmi.core.session_time"
    ticking = [[0, time, "0"], [1000, time, "1", "later"], [1000, "flush"]]
    log = player("queue", {"events": ticking, "until": 2000})
    assert [entry[0] for entry in log if entry[1] == "commit"] == [0]
    ticking = [[0, time, "0"], [61_000, time, "1", "later"], [61_000, "flush"]]
    log = player("queue", {"events": ticking, "until": 70_000})
    assert [entry[0] for entry in log if entry[1] == "commit"] == [0, 61_000]
