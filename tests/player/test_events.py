"""What happens to the page while the LMS answers a call: Firefox delivers events during a
synchronous request, and an LMS may close the page by itself."""

from typing import Any

import pytest

from tests.player.conftest import Player

CALLS = [("LMSSetValue", nth) for nth in (1, 2, 8, 12, 16)] + [("LMSCommit", nth) for nth in (1, 2)]
BOTH = ["page--aaaa", "page--bbbb"]


def during(player: Player, event: str, call: tuple[str, int], finish: bool) -> dict[str, Any]:
    name, nth = call
    given = {"name": name, "nth": nth, "event": event, "canFinish": finish}
    result: dict[str, Any] = player("duringACall", given)
    return result


@pytest.mark.parametrize("finish", [True, False])
@pytest.mark.parametrize("call", CALLS, ids=str)
def test_page_hidden_during_call_saves_when_it_returns(
    player: Player, call: tuple[str, int], finish: bool
) -> None:
    result = during(player, "hidden", call, finish)
    assert result["nested"] == []
    assert (result["ids"], sorted(result["checks"])) == (BOTH, ["aaaa", "bbbb"])


@pytest.mark.parametrize("finish", [True, False])
@pytest.mark.parametrize("call", CALLS, ids=str)
def test_a_window_gives_way_once_the_call_has_returned(
    player: Player, call: tuple[str, int], finish: bool
) -> None:
    result = during(player, "message", call, finish)
    assert result["nested"] == []
    assert result["finished"]
    assert "aaaa" in result["checks"]
    assert result["ids"] == BOTH[: len(result["ids"])]


@pytest.mark.parametrize("finish", [True, False])
@pytest.mark.parametrize("call", CALLS, ids=str)
def test_page_unloaded_during_call_saves_what_it_can(
    player: Player, call: tuple[str, int], finish: bool
) -> None:
    result = during(player, "gone", call, finish)
    assert result["nested"]
    assert result["finished"]
    assert "aaaa" in result["checks"]
    if finish:
        # The state alone goes where each value is saved by itself.
        assert result["ids"] == BOTH[: len(result["ids"])] != []
