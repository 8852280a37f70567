"""Walks through scenarios: the way, the first decisions, the endings and the score."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.course.state import State
from builder.updating.trainee import Course, Trainee
from builder.updating.walks import further_walk, scene_of_walk
from tests.player import rules_in_python
from tests.player.conftest import Player
from tests.player.outlines import TRACKING
from tests.player.scenarios import CALL, PAGE, Story, scenarios
from tests.player.states import EMPTY, Json, pairs, to_python

SCENES = [one["key"] for one in CALL["scenes"]]
VECTORS = json.loads((Path(__file__).parent / "vectors/walks.json").read_text("utf-8"))["cases"]


def walked(
    player: Player, data: Json, *choices: str, state: Json = EMPTY, page: Json = PAGE
) -> Json:
    given = {"data": data, "page": page, "state": pairs(state), "choices": choices}
    found: Json = player("walks", [given])[0]
    return found | {"state": kept(found["state"])}


def kept(state: Json) -> Json:
    quizzes = {key: quiz | {"answers": dict(quiz["answers"])} for key, quiz in state["quizzes"]}
    return {"checks": dict(state["checks"]), "quizzes": quizzes}


def counting(keep: str = "best", attempts: int = 0) -> Json:
    """The page of a scenario that counts, as the player's outline has it."""
    ends = [one["key"] for one in CALL["scenes"] if one["ending"]]
    rules = {"ends": ends, "weight": 1, "attempts": attempts, "keep": keep}
    return PAGE | {"scenario": rules, "needs": {"scenario": SCENES}}


def scores(player: Player, page: Json, *walks: str) -> list[int]:
    """The score that counts after each walk."""
    states = [" again ".join(walks[: count + 1]).split() for count in range(len(walks))]
    found = [walked(player, CALL, *choices, page=page)["state"] for choices in states]
    return [one["quizzes"]["call"]["best"] for one in found]


def check(first: bool, response: str) -> Json:
    return {"tries": 1, "first": first, "response": response}


def test_nothing_is_kept_before_the_first_decision(player: Player) -> None:
    found = walked(player, CALL)
    assert (found["at"], found["state"]) == (["call"], {"checks": {}, "quizzes": {}})


def test_a_walk_to_an_ending(player: Player) -> None:
    found = walked(player, CALL, "b", "b")
    assert found["at"] == ["call", "tell", "lost"]
    assert found["steps"] == [["call", "b"], ["tell", "b"]]
    assert found["state"] == {
        "checks": {
            "call": check(True, "b"),
            "tell": check(False, "b"),
            "lost": check(False, ""),
        },
        "quizzes": {
            "call": {
                "attempts": 1,
                "best": 7500,
                "open": False,
                "answers": {"call": "b", "tell": "b"},
            }
        },
    }


def test_going_back_drops_decisions_but_keeps_first_ones(player: Player) -> None:
    found = walked(player, CALL, "a", "a")
    assert found["at"] == ["call", "keep", "call"]
    assert found["steps"] == []
    assert found["state"]["checks"] == {"call": check(False, "a"), "keep": check(False, "a")}
    assert found["state"]["quizzes"]["call"]["open"] is True
    # A good decision has taken the place of the poor one, which stays recorded.
    found = walked(player, CALL, "a", "a", "b", "a")
    assert found["at"][-1] == "safe"
    assert found["state"]["checks"]["call"] == check(False, "a")
    assert found["state"]["quizzes"]["call"]["best"] == 10_000


POOR, FAIR, GOOD = "a b", "b b", "b a"


@pytest.mark.parametrize(
    ("keep", "attempts", "walks", "expected"),
    [
        ("best", 0, (POOR, GOOD, FAIR), [0, 10_000, 10_000]),
        ("last", 0, (POOR, GOOD, FAIR), [0, 10_000, 7500]),
        ("first", 1, (POOR, GOOD, FAIR), [0, 0, 0]),
        # Further walks are practice.
        ("best", 2, (POOR, FAIR, GOOD), [0, 7500, 7500]),
        ("last", 2, (GOOD, FAIR, POOR), [10_000, 7500, 7500]),
        # Only the scenes on the final path count, unless the first decisions do.
        ("best", 1, ("a a b b",), [7500]),
        ("first", 1, ("a a b b",), [3333]),
    ],
)
def test_the_rules_of_a_scenario_decide_which_walk_counts(
    player: Player, keep: str, attempts: int, walks: tuple[str, ...], expected: list[int]
) -> None:
    assert scores(player, counting(keep, attempts), *walks) == expected


def test_the_list_of_decisions_stays_over_a_way_back(player: Player) -> None:
    found = walked(player, CALL, "a", "a")
    assert found["trail"] == [["call", "a"], ["keep", "a"]]
    found = walked(player, CALL, "a", "a", "b", "a")
    assert found["trail"] == [["call", "a"], ["keep", "a"], ["call", "b"], ["tell", "a"]]
    assert found["repeats"] == [False, False, True, False]


def test_decisions_that_do_not_fit_the_state_are_not_listed(player: Player) -> None:
    way = [{"scene": "call", "choice": "a"}, {"scene": "keep", "choice": "a"}]
    looped = pairs(EMPTY | walked(player, CALL, "a", "a")["state"])
    assert player("trail", CALL, PAGE, looped, way) == [["call", "a"], ["keep", "a"]]
    # The course was started again, or another window went elsewhere.
    assert player("trail", CALL, PAGE, pairs(EMPTY), way) == []
    elsewhere = pairs(EMPTY | walked(player, CALL, "b")["state"])
    assert player("trail", CALL, PAGE, elsewhere, way) == [["call", "b"]]
    gone = [{"scene": "gone", "choice": "a"}]
    assert player("trail", CALL, PAGE, elsewhere, gone) == [["call", "b"]]


def test_a_better_way_changes_the_score_and_nothing_recorded(player: Player) -> None:
    found = walked(player, CALL, "a", "b", "again", "b", "a")
    assert found["state"]["checks"] == {
        "call": check(False, "a"),
        "keep": check(False, "b"),
        "lost": check(False, ""),
        # Decided on for the first time, after the first walk.
        "tell": check(True, "a"),
        "safe": check(True, ""),
    }
    quiz = found["state"]["quizzes"]["call"]
    assert (quiz["attempts"], quiz["best"], quiz["open"]) == (2, 10_000, False)
    assert quiz["answers"] == {"call": "b", "tell": "a"}


def test_a_removed_choice_is_asked_again(player: Player) -> None:
    quiz = {"attempts": 1, "best": None, "open": True, "answers": {"call": "z", "tell": "a"}}
    found = walked(player, CALL, "b", state=EMPTY | {"quizzes": {"call": quiz}})
    assert found["at"] == ["call", "tell"]
    assert found["state"]["quizzes"]["call"]["answers"] == {"call": "b"}


@pytest.mark.parametrize(
    ("answers", "is_open", "best", "finished"),
    [
        ({"call": "b", "tell": "a"}, True, None, True),
        ({"call": "b", "tell": "a"}, False, 2500, True),
        ({"call": "b"}, True, None, False),
    ],
)
def test_an_edit_may_bring_a_walk_to_an_ending(
    player: Player, answers: Json, is_open: bool, best: int | None, finished: bool
) -> None:
    quiz = {"attempts": 1, "best": best, "open": is_open, "answers": answers}
    checks = {"call": check(True, "b"), "tell": check(False, "b")}
    state = pairs(EMPTY | {"quizzes": {"call": quiz}, "checks": checks})
    settled, after = player("settled", {"data": CALL, "page": PAGE, "state": state})
    assert settled is finished
    if finished:
        assert kept(after)["checks"]["safe"] == check(True, "")
        # A score that was given stays.
        assert kept(after)["quizzes"]["call"]["best"] == (best or 10_000)
        assert kept(after)["quizzes"]["call"]["open"] is False


@pytest.mark.parametrize(
    ("response", "scored", "credit"), [("a", True, 0), ("b", True, 10_000), ("c", False, 0)]
)
def test_the_first_decision_is_one_interaction(
    player: Player, response: str, scored: bool, credit: int
) -> None:
    choices = [
        {"id": "a", "quality": "poor", "to": "x", "text": "A"},
        {"id": "b", "quality": "good", "to": "x", "text": "B"},
        {"id": "c", "quality": "fair", "to": "x", "text": "C"},
        {"id": "d", "quality": "good", "to": "x", "text": "D"},
    ]
    one = {"id": "start", "key": "stst", "title": "Start", "choices": choices, "ending": None}
    assert player("decision", PAGE, one, response, 1500) == {
        "page": "call",
        "question": {
            "id": "start",
            "key": "stst",
            "interaction": "choice",
            "scored": scored,
            "weight": 1,
            "patterns": ["b", "d"],
        },
        "reported": [{"part": "", "response": response}],
        "credit": credit,
        "latency": 1500,
        "use": "practice",
    }
    weighted = PAGE | {"scenario": {"ends": [], "weight": 2}}
    assert player("decision", weighted, one, response)["use"] == "quiz"
    assert player("decision", PAGE, one, "z")["reported"] == []


@pytest.mark.whole
@given(scenarios(), st.data())
@settings(max_examples=100)
def test_the_builder_finds_the_same_scene(
    player: Player, scenario: Json, data: st.DataObject
) -> None:
    """Also in states that only an edit can leave, with loops and choices that no longer exist."""
    keys = [one["key"] for one in scenario["scenes"]]
    answers = data.draw(st.dictionaries(st.sampled_from(keys), st.sampled_from("abcd")))
    quiz = {"attempts": 1, "best": None, "open": True, "answers": answers}
    state = EMPTY | {"quizzes": {PAGE["key"]: quiz}}
    page = rules_in_python.scenario_page(PAGE, scenario)
    here = scene_of_walk(page, to_python(state))
    assert walked(player, scenario, state=state)["at"] == [here.id]


@pytest.mark.whole
@given(st.data())
@settings(max_examples=60)
def test_walks_go_by_the_rules(player: Player, data: st.DataObject) -> None:
    """The player's state tells the same as the story of the trainee."""
    cases: list[Json] = []
    stories: list[tuple[Story, list[str]]] = []
    for _ in range(3):
        scenario = data.draw(scenarios())
        keep = data.draw(st.sampled_from(["best", "last", "first"]))
        limit = 1 if keep == "first" else data.draw(st.integers(0, 3))
        story = Story(scenario, keep=keep, limit=limit)
        at, choices = [scenario["start"]], []
        for _ in range(data.draw(st.integers(0, 12))):
            here = story.scenes[story.at]["choices"]
            ways = [one["id"] for one in here] or ["again"]
            choices.append(data.draw(st.sampled_from(ways)))
            story.act(choices[-1])
            at.append(story.at)
        page = counting(keep, limit)
        cases.append({"data": scenario, "page": page, "state": pairs(EMPTY), "choices": choices})
        stories.append((story, at))
    found: list[Any] = player("walks", cases)
    for (story, at), one in zip(stories, found, strict=True):
        assert one["at"] == at
        assert [tuple(step) for step in one["steps"]] == story.path
        assert [tuple(step) for step in one["trail"]] == story.trail
        assert kept(one["state"]) == story.state()


ENTRY = PAGE | {
    "scenario": {"ends": ["safe", "lost"]},
    "needs": {"scenario": SCENES},
}
OUTLINE = {"pages": [ENTRY]}


def test_decisions_that_are_late_are_reported(player: Player) -> None:
    state = walked(player, CALL, "a", "b")["state"]
    given = {
        "keys": ["call", "lost", "keep", "gone"],
        "pages": [ENTRY],
        "state": pairs(EMPTY | state),
        "data": {"call": {"questions": {}, "scenario": CALL}},
    }
    added, late = player("late", given)
    told = [(one["question"]["id"], one["reported"], one["credit"]) for one in added]
    assert told == [
        ("call", [{"part": "", "response": "a"}], 0),
        ("keep", [{"part": "", "response": "b"}], 0),
        # An ending is no decision.
        ("lost", [], 0),
    ]
    assert late == ["call", "lost", "keep"]


def test_two_states_keep_the_first_decisions(player: Player) -> None:
    older = pairs(EMPTY | walked(player, CALL, "a")["state"])
    newer = pairs(EMPTY | walked(player, CALL, "b", "a")["state"])
    found = kept(player("merge", older, newer, OUTLINE, False))
    assert found["checks"] == {
        "call": check(False, "a"),
        "tell": check(True, "a"),
        "safe": check(True, ""),
    }
    # The newer walk has reached its ending.
    assert found["quizzes"]["call"] == {
        "attempts": 1,
        "best": 10_000,
        "open": False,
        "answers": {"call": "b", "tell": "a"},
    }


@pytest.mark.parametrize("ways", [("ab", "ba"), ("ba", "ab")])
def test_merge_keeps_the_higher_score_of_two_walks(player: Player, ways: tuple[str, str]) -> None:
    older, newer = (pairs(EMPTY | walked(player, CALL, *way)["state"]) for way in ways)
    assert {kept(one)["quizzes"]["call"]["best"] for one in (older, newer)} == {0, 10_000}
    found = kept(player("merge", older, newer, OUTLINE, False))
    assert found["quizzes"]["call"]["best"] == 10_000


def test_merge_keeps_newer_of_two_open_walks(player: Player) -> None:
    older = pairs(EMPTY | walked(player, CALL, "a")["state"])
    newer = pairs(EMPTY | walked(player, CALL, "b")["state"])
    found = player("merge", older, newer, OUTLINE, False)
    assert walked(player, CALL, state=as_kept(found))["at"] == ["tell"]
    # A window that tells only what was done in it.
    more = pairs(EMPTY | walked(player, CALL, "a", "b")["state"])
    done = player("doneSince", older, more, OUTLINE)
    assert kept(done)["quizzes"]["call"]["answers"] == {"call": "a", "keep": "b"}
    found = player("merge", older, done, OUTLINE, False)
    assert walked(player, CALL, state=as_kept(found))["at"] == ["lost"]
    # A way back leaves fewer decisions than the older walk has.
    back = pairs(EMPTY | walked(player, CALL, "a", "a")["state"])
    for newer in (back, player("doneSince", older, back, OUTLINE)):
        found = player("merge", older, newer, OUTLINE, False)
        assert walked(player, CALL, state=as_kept(found))["at"] == ["call"]


def as_kept(state: Json) -> Json:
    return EMPTY | kept(state)


def test_work_from_another_window_is_reported_once(player: Player) -> None:
    live = pairs(EMPTY | walked(player, CALL, "a", "b")["state"])
    found = pairs(EMPTY | walked(player, CALL, "a", "b", "again", "a", "a")["state"])
    added = player("addTo", live, found, OUTLINE, True)
    # The repeated decisions are practice. Nothing is missing, although an ending has no answer.
    assert (added["due"], added["unsaid"], added["news"]) == ([], False, ["call"])
    found = pairs(EMPTY | walked(player, CALL, "a", "b", "again", "b", "a")["state"])
    assert player("addTo", live, found, OUTLINE, True)["due"] == ["safe", "tell"]


def test_a_long_state_loses_the_walk_before_the_decisions(player: Player) -> None:
    state = walked(player, CALL, "b", "b")["state"]
    known = ["checks call", "checks lost", "checks tell", "quizzes call"]
    whole = pairs(EMPTY | state)
    text = player("encodeWithin", whole, len(player("encode", whole)) - 1, known)
    found = kept(player("decode", text))
    assert found["checks"] == state["checks"]
    assert found["quizzes"]["call"] == state["quizzes"]["call"] | {"answers": {}}


def test_copied_answers_have_the_first_decisions(player: Player) -> None:
    state = EMPTY | walked(player, CALL, "b", "b", "again", "a")["state"]
    texts = {
        "copy_answer": "Your answer: {answer}",
        "copy_code": "Progress code",
        "done": "Done",
    }
    data = {"call": {"questions": {}, "scenario": CALL}}
    given = {"outline": OUTLINE, "state": pairs(state), "data": data, "texts": texts}
    text = player("answersAsText", given)
    assert text.split("\n\n")[1] == (
        "A call – Done\nCall\nYour answer: Words of b\nTell\nYour answer: Words of b"
    )


def test_scenes_belong_to_the_course(player: Player) -> None:
    for section in ("checks", "answers"):
        assert player("knownKeys", OUTLINE, section, "tell")
        assert not player("knownKeys", OUTLINE, section, "gone")


def test_restarting_scenario_clears_decisions_and_keeps_score(player: Player) -> None:
    state = walked(player, CALL, "b", "b")["state"]
    quiz = {"attempts": 1, "best": 5000, "open": False, "answers": {"q001": "a"}}
    state["quizzes"]["quiz"] = quiz
    found = kept(player("startAgain", pairs(EMPTY | state), ["call", "none"]))
    assert found["checks"] == {}
    assert found["quizzes"] == {
        "call": {"attempts": 1, "best": 7500, "open": False, "answers": {}},
        "quiz": quiz,
    }


def test_start_again_keeps_the_pages_that_a_test_out_has_shown(player: Player) -> None:
    state = pairs(EMPTY | {"visited": ["read", "by-test", "later"]})
    assert player("startAgain", state, [], ["by-test", "other"])["visited"] == ["by-test"]


def test_a_walk_under_way_starts_anew_without_using_up_an_attempt(player: Player) -> None:
    page = counting(attempts=2)
    state = walked(player, CALL, "b", "b", "again", "a", page=page)["state"]
    again = kept(player("startAgain", pairs(EMPTY | state), ["call"]))
    found = walked(player, CALL, "b", "a", state=EMPTY | again, page=page)["state"]["quizzes"]
    assert (found["call"]["attempts"], found["call"]["best"]) == (2, 10_000)
    # A walk that had ended is over: the next one is a further one.
    again = kept(
        player("startAgain", pairs(EMPTY | walked(player, CALL, "b", "b")["state"]), ["call"])
    )
    found = walked(player, CALL, "a", state=EMPTY | again, page=page)["state"]["quizzes"]
    assert (found["call"]["attempts"], found["call"]["open"]) == (2, True)


def test_merge_keeps_the_last_score_where_that_counts(player: Player) -> None:
    page = counting("last")
    older = pairs(EMPTY | walked(player, CALL, "b", "a", page=page)["state"])
    again = ("b", "a", "again", "b", "b")
    newer = pairs(EMPTY | walked(player, CALL, *again, page=page)["state"])
    found = kept(player("merge", older, newer, {"pages": [page]}, False))
    assert found["quizzes"]["call"]["best"] == 7500


def state_of(vector: Json) -> Json:
    """The saved state of a vector: the page was visited, and the walk has ended."""
    before = vector["before"]
    quality = {"callb": True, "tella": True, "safe": True}
    checks = {
        key: check(quality.get(key + response, False), response)
        for key, response in before["checks"].items()
    }
    quiz = {"attempts": before["attempts"], "best": before["best"], "open": False, "answers": {}}
    head = {"status": vector["status"], "score": before["best"], "visited": ["call"]}
    return EMPTY | head | {"checks": checks, "quizzes": {"call": quiz}}


def in_the_player(player: Player, page: Json, state: Json) -> Json:
    outline = {"modules": [{"title": "", "count": 1}], "pages": [page]}
    said = player("rules", outline, TRACKING, pairs(state), "")
    status = player("higher", state["status"], said["verdict"]["status"])
    verdict = {"status": status, "score": said["verdict"]["score"]}
    return {"open": said["measure"]["quizzes"][0]["open"], "verdict": verdict}


def in_the_builder(course: Course, state: State) -> Json:
    trainee = Trainee(course, state)
    status, score = trainee.reported_result()
    is_open = trainee.progress.measure().quizzes[0].open
    return {"open": is_open, "verdict": {"status": status, "score": score}}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda one: str(one["case"]))
def test_walks_made_before_an_edit_count_by_the_new_rules(player: Player, vector: Json) -> None:
    rules = vector["counts"]
    page = counting(rules["keep"], rules["attempts"])
    state = state_of(vector)
    alone = {"modules": [{"title": "", "count": 1}], "pages": [page]}
    plain = rules_in_python.outline_of(alone, TRACKING)
    outline = replace(plain, pages=(rules_in_python.scenario_page(page, CALL),))
    course = Course(outline)
    assert in_the_player(player, page, state) == vector["says"]
    assert in_the_builder(course, to_python(state)) == vector["says"]
    if "choices" not in vector:
        return
    found = walked(player, CALL, "again", *vector["choices"], state=state, page=page)["state"]
    best, then = vector["then"]["best"], dict(vector["then"])
    del then["best"]
    assert found["quizzes"]["call"]["best"] == best
    assert in_the_player(player, page, state | found) == then
    # The rehearsal predicts the same state.
    walked_on = further_walk(outline.pages[0], to_python(state))
    assert in_the_builder(course, walked_on) == then
    assert {key: asdict(one) for key, one in walked_on.quizzes.items()} == found["quizzes"]
    assert {key: asdict(one) for key, one in walked_on.checks.items()} == found["checks"]
