"""States in the three forms that tests need: golden JSON, ordered lists for JavaScript, Python."""

from dataclasses import asdict, replace
from typing import Any

from hypothesis import strategies as st

from builder.course import state
from builder.course.state import CheckState, QuizState, RecordState, State
from builder.course.state.bits import ALPHABET

Json = dict[str, Any]

EMPTY: Json = {
    "attempt": "AAAAAAAA",
    "saves": 0,
    "status": "incomplete",
    "bookmark": "",
    "score": None,
    "edition": "",
    "visited": [],
    "checks": {},
    "quizzes": {},
    "records": {},
    "reported": False,
    "interactions": 0,
    "late": [],
    "finished": None,
    "language": "",
    "lost": [],
}

KEYS = st.text(ALPHABET, min_size=4, max_size=4)
TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.text("Dim problem, قلق؟ ŵ🙂\n")
RESPONSES = st.text("abcz09", max_size=40) | TEXTS
SCORES = st.none() | st.integers(0, state.BEST_LIMIT)


LANGUAGES = st.sampled_from(["", "", "pl", "cy", "pt-PT", "pa-Guru", "en-XA"])


def states(most: int = 6) -> st.SearchStrategy[State]:
    """States with at most ``most`` entries of each kind. With a language, the state does not say
    whether the course keeps a day that is not known."""
    return _states(most).map(
        lambda state: replace(state, finished=state.finished or None) if state.language else state
    )


def _states(most: int) -> st.SearchStrategy[State]:
    return st.builds(
        State,
        attempt=st.text(ALPHABET, min_size=8, max_size=8),
        saves=st.integers(0, state.SAVES_LIMIT),
        status=st.sampled_from(["incomplete", "completed", "passed", "failed"]),
        bookmark=KEYS | st.just(""),
        score=SCORES,
        edition=st.text(ALPHABET, min_size=2, max_size=2).filter("AA".__ne__) | st.just(""),
        visited=st.frozensets(KEYS, max_size=most),
        checks=st.dictionaries(
            KEYS,
            st.builds(CheckState, st.integers(0, state.TRIES_LIMIT), st.booleans(), RESPONSES),
            max_size=most,
        ),
        quizzes=st.dictionaries(
            KEYS,
            st.builds(
                QuizState,
                st.integers(0, state.ATTEMPTS_LIMIT),
                SCORES,
                st.booleans(),
                st.dictionaries(KEYS, RESPONSES, max_size=most),
            ),
            max_size=most,
        ),
        records=st.dictionaries(
            KEYS, st.builds(RecordState, st.just("") | st.dates().map(str), TEXTS), max_size=most
        ),
        reported=st.booleans(),
        interactions=st.integers(0, state.INTERACTIONS_LIMIT),
        late=st.frozensets(KEYS, max_size=most),
        finished=st.none() | st.just("") | st.dates().map(str),
        language=LANGUAGES,
    )


def pairs(state: Json) -> Json:
    """Maps as lists of pairs: JavaScript objects move keys that look like numbers to the front."""
    state = EMPTY | state
    quizzes = [
        [key, quiz | {"answers": _listed(quiz["answers"])}]
        for key, quiz in _sorted(state["quizzes"])
    ]
    lists = {name: _listed(state[name]) for name in ("checks", "records")}
    sets = {name: sorted(state[name], key=_place) for name in ("visited", "late")}
    return state | lists | sets | {"quizzes": quizzes}


def _place(key: str) -> list[int]:
    return [ALPHABET.index(character) for character in key]


def _sorted(entries: Json) -> list[tuple[str, Any]]:
    return sorted(entries.items(), key=lambda entry: _place(entry[0]))


def _listed(entries: Json) -> list[list[Any]]:
    return [list(entry) for entry in _sorted(entries)]


def from_python(state: State) -> Json:
    sets = {name: list(getattr(state, name)) for name in ("visited", "late", "lost")}
    return asdict(state) | sets


def to_python(state: Json) -> State:
    state = EMPTY | state
    return State(
        attempt=state["attempt"],
        saves=state["saves"],
        status=state["status"],
        bookmark=state["bookmark"],
        score=state["score"],
        edition=state["edition"],
        visited=frozenset(state["visited"]),
        checks={key: CheckState(**check) for key, check in state["checks"].items()},
        quizzes={key: QuizState(**quiz) for key, quiz in state["quizzes"].items()},
        records={key: RecordState(**record) for key, record in state["records"].items()},
        reported=state["reported"],
        interactions=state["interactions"],
        late=frozenset(state["late"]),
        finished=state["finished"],
        language=state["language"],
        lost=tuple(state["lost"]),
    )
