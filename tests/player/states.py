"""States in the three forms that tests need: golden JSON, ordered lists for JavaScript, Python."""

from dataclasses import asdict
from typing import Any

from builder.state import CheckState, QuizState, RecordState, State

Json = dict[str, Any]

EMPTY: Json = {
    "attempt": "AAAAAAAA",
    "saves": 0,
    "status": "incomplete",
    "bookmark": "",
    "visited": [],
    "checks": {},
    "quizzes": {},
    "records": {},
}


def pairs(state: Json) -> Json:
    """Maps as lists of pairs: JavaScript objects move keys that look like numbers to the front."""
    state = EMPTY | state
    quizzes = [
        [key, quiz | {"answers": list(map(list, quiz["answers"].items()))}]
        for key, quiz in state["quizzes"].items()
    ]
    lists = {name: list(map(list, state[name].items())) for name in ("checks", "records")}
    return state | lists | {"quizzes": quizzes}


def from_python(state: State) -> Json:
    return asdict(state) | {"visited": list(state.visited)}


def to_python(state: Json) -> State:
    state = EMPTY | state
    return State(
        attempt=state["attempt"],
        saves=state["saves"],
        status=state["status"],
        bookmark=state["bookmark"],
        visited=tuple(state["visited"]),
        checks={key: CheckState(**check) for key, check in state["checks"].items()},
        quizzes={key: QuizState(**quiz) for key, quiz in state["quizzes"].items()},
        records={key: RecordState(**record) for key, record in state["records"].items()},
    )
