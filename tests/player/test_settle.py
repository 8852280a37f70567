"""What follows from a batch, whatever has become of it and of those before it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.player.conftest import Player

STATE, STATUS, LOCATION = "cmi.suspend_data", "cmi.core.lesson_status", "cmi.core.lesson_location"
RAW = "cmi.core.score.raw"
VITAL = (STATE, STATUS, RAW)
ANSWER = "cmi.interactions.0.id"

PAIRS = st.lists(
    st.tuples(
        st.sampled_from([STATE, STATUS, RAW, LOCATION, ANSWER]),
        st.sampled_from(["incomplete", "passed", "1"]),
    ).map(list),
    unique_by=lambda pair: pair[0],
)
TROUBLE = st.fixed_dictionaries(
    {"lost": st.lists(st.sampled_from([STATUS, RAW, LOCATION]), unique=True)},
    optional={"proved": st.booleans(), "witnessed": st.booleans()},
).flatmap(
    lambda trouble: st.fixed_dictionaries(
        {
            **{name: st.just(value) for name, value in trouble.items()},
            "line": st.sampled_from(
                ["down", "unknown", "repair"] if trouble["lost"] else ["", "down", "unknown"]
            ),
            "failures": st.integers(0, 12),
            "tries": st.integers(0, 12),
        }
    )
)
BATCH = st.fixed_dictionaries(
    {
        "version": st.integers(0, 2),
        "alone": st.booleans(),
        "full": st.booleans(),
        "lower": st.lists(st.sampled_from([STATUS, RAW, LOCATION]), unique=True, max_size=1),
    }
)


@st.composite
def a_delivery(draw: st.DrawFn) -> dict[str, Any]:
    sent = draw(PAIRS)
    refused = [pair for pair in sent if draw(st.integers(0, 3)) == 0]
    line = draw(st.sampled_from(["up", "up", "up", "reached", "down", "unknown"]))
    return {
        "batch": draw(BATCH),
        "sent": sent,
        "refused": refused,
        "due": any(pair[0] == ANSWER for pair in refused) and draw(st.booleans()),
        "dark": draw(st.booleans()),
        "sure": draw(st.sampled_from([True, False, None])),
        "line": line,
        "witnessed": line == "up" or (line == "down" and draw(st.booleans())),
    }


LMS = st.fixed_dictionaries({"each": st.booleans(), "hidden": st.booleans()})
GIVEN = st.tuples(TROUBLE, a_delivery(), LMS, st.integers(0, 2))


def is_told(pair: list[str]) -> bool:
    return pair[0] in (STATUS, RAW, ANSWER)


def has_arrived(before: dict[str, Any], delivery: dict[str, Any]) -> bool:
    """Whether it may be taken to be there: what was seen, or as much as can be known."""
    if delivery["line"] != "reached":
        return bool(delivery["line"] == "up")
    told = any(map(is_told, delivery["sent"]))
    return not (before.get("witnessed") and (told or before["line"] == "down"))


def is_vital(delivery: dict[str, Any]) -> bool:
    return any(element in VITAL for element, _ in delivery["refused"])


@pytest.mark.whole
@given(GIVEN)
def test_saved_means_accepted_stored_and_answered(player: Player, given: tuple[Any, ...]) -> None:
    before, delivery, _, version = given
    batch = delivery["batch"]
    whole = not batch["full"] and not batch["alone"] and batch["version"] == version
    accepted = not delivery["due"] and not is_vital(delivery)
    calm = not before["line"] and delivery["line"] == "up" and accepted
    sure = delivery["sure"] is True
    told = player("settle", *given).get("tell")
    assert (told == "saved") == (whole and calm and sure)


@pytest.mark.whole
@given(GIVEN)
def test_a_refused_part_of_an_answer_is_written_again(
    player: Player, given: tuple[Any, ...]
) -> None:
    _, delivery, _, version = given
    effects = player("settle", *given)
    if ANSWER in dict(delivery["refused"]) and effects.get("arrived"):
        assert not delivery["due"] or effects.get("tell") not in ("saved", "unconfirmed")
        followed = delivery["batch"]["alone"] or delivery["batch"]["version"] != version
        assert "again" in effects or followed


@pytest.mark.whole
@given(GIVEN)
def test_a_batch_counts_only_without_open_repairs_before_it(
    player: Player, given: tuple[Any, ...]
) -> None:
    before, delivery, *_ = given
    effects = player("settle", *given)
    there = has_arrived(before, delivery)
    assert bool(effects.get("arrived")) == (there and not before["line"])
    assert ("lost" in effects) == (not there)
    sent = [pair for pair in delivery["sent"] if pair[0] != ANSWER]
    assert effects.get("lost", sent) == sent
    over = there and before["line"] in ("down", "unknown")
    assert bool(effects.get("repeat")) == over


@pytest.mark.whole
@given(GIVEN)
def test_whatever_is_not_saved_is_tried_again(player: Player, given: tuple[Any, ...]) -> None:
    before, delivery, lms, _ = given
    effects = player("settle", *given)
    there = has_arrived(before, delivery)
    fails = not there or delivery["batch"]["full"] or is_vital(delivery)
    if before["line"] and there:
        assert effects["again"] == 0
    elif fails:
        trouble = effects["trouble"]
        rare = lms["hidden"] or (trouble["line"] == "unknown" and not trouble.get("proved"))
        assert 1000 <= effects["again"] <= (300_000 if rare else 30_000)
        assert effects["trouble"]["failures"] == before["failures"] + 1
        assert effects["tell"] != "saved"
    else:
        assert (effects["trouble"]["failures"], effects["trouble"]["tries"]) == (0, 0)
    if effects.get("tell") in ("saving", "failed"):
        assert fails


@pytest.mark.whole
@given(GIVEN)
def test_lost_values_are_sent_again_after_reconnecting(
    player: Player, given: tuple[Any, ...]
) -> None:
    before, delivery, lms, *_ = given
    trouble = player("settle", *given)["trouble"]
    if has_arrived(before, delivery):
        left = [] if delivery["batch"]["lower"] else before["lost"]
        assert (trouble["lost"], trouble["line"]) == (left, "repair" if left else "")
        return
    new = (
        set()
        if lms["each"]
        else {
            element
            for element, value in delivery["sent"]
            if element in (RAW, LOCATION) or (element == STATUS and value != "incomplete")
        }
    )
    assert set(trouble["lost"]) == {*before["lost"], *new}
    failed = before.get("witnessed") and before["line"] == "down"
    assert trouble["line"] == ("down" if delivery["line"] == "down" or failed else "unknown")


@pytest.mark.whole
@given(GIVEN)
def test_that_a_request_was_seen_is_remembered(player: Player, given: tuple[Any, ...]) -> None:
    before, delivery, *_ = given
    seen = delivery["witnessed"] or before.get("witnessed", False)
    assert player("settle", *given)["trouble"].get("witnessed", False) == seen


def test_lms_whose_first_request_failed_must_prove_saving(player: Player) -> None:
    """scormhost sends nothing more in that visit, and its server can be reached."""
    batch = {"version": 1, "alone": False, "full": False, "lower": []}
    sent = {"batch": batch, "sent": [[STATE, "1"]], "refused": [], "dark": False, "sure": True}
    calm = {"lost": [], "failures": 0, "tries": 0, "line": ""}
    failed = sent | {"line": "down", "witnessed": True}
    lms = {"each": False, "hidden": False}
    trouble = player("settle", calm, failed, lms, 1)["trouble"]
    after = player("settle", trouble, sent | {"line": "reached"}, lms, 1)
    assert (after["tell"], after["trouble"]["line"]) == ("failed", "down")


@pytest.mark.whole
@given(GIVEN)
def test_a_refused_state_or_result_is_never_called_sent(
    player: Player, given: tuple[Any, ...]
) -> None:
    _, delivery, *_ = given
    if is_vital(delivery):
        assert player("settle", *given).get("tell") != "unconfirmed"
