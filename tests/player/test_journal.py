"""What the browser keeps of a visit until another one finds it in the LMS."""

import hashlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.course.state import State, decode, encode
from tests.player.conftest import Player
from tests.player.states import EMPTY, from_python, pairs, states, to_python

DAY = 86_400_000
ME = "me"
BEST: dict[str, Any] = {"pages": []}


def state(**fields: Any) -> Any:
    return pairs(EMPTY | fields)


def entry(at: int = 0, owner: str = ME, saved: bool = False, **fields: Any) -> dict[str, Any]:
    kept = to_python(EMPTY | fields)
    return {
        "key": f"{owner} {kept.attempt}",
        "owner": owner,
        "at": at,
        "state": encode(kept),
        "saved": saved,
    }


def kept(at: int = 0, confirmed: int = 0, **fields: Any) -> dict[str, Any]:
    """An entry as this player writes it; one without these fields is an older player's."""
    return entry(at, **fields) | {"place": "/course/", "confirmed": confirmed}


def read(player: Player, *entries: dict[str, Any], now: int) -> tuple[list[Any], list[str]]:
    """The attempts that are found, and the keys of what is stored then."""
    result = player("journal", {"owner": ME, "entries": entries, "steps": [[now, "read"]]})
    [found] = result["found"]
    return [one["state"]["attempt"] for one in found], [one["key"] for one in result["stored"]]


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_a_digest_is_sha_256(player: Player, text: str) -> None:
    assert player("sha256", text) == hashlib.sha256(text.encode()).hexdigest()


def test_an_entry_does_not_reveal_its_owner(player: Player) -> None:
    steps = [[5, "keep", state(saves=3, visited=["p001"]), True], [6, "read"]]
    result = player("journal", {"owner": ME, "entries": [], "steps": steps})
    assert result["stored"] == [kept(5, 3, saves=3, visited=["p001"], saved=True)]
    fields = {"key", "owner", "at", "state", "saved", "place", "confirmed"}
    assert set(result["stored"][0]) == fields
    [[found]] = result["found"]
    assert (found["at"], found["place"], found["confirmed"]) == (5, "/course/", 3)


def confirmed(player: Player, *steps: Any, old: list[dict[str, Any]] | None = None) -> list[int]:
    """What is called confirmed after these steps."""
    given = {"owner": ME, "entries": old or [], "steps": [*steps, [9, "read"]]}
    return [one["confirmed"] for one in player("journal", given)["found"][0]]


def test_what_was_confirmed_once_stays_confirmed(player: Player) -> None:
    keep = [[1, "keep", state(saves=4), True], [2, "keep", state(saves=6), False]]
    assert confirmed(player, *keep) == [4]
    assert confirmed(player, *keep, [3, "keep", state(saves=2), True]) == [4]
    assert confirmed(player, *keep[1:]) == [0]
    # As the LMS had it at the launch.
    assert confirmed(player, [2, "keep", state(saves=6), False, 5]) == [5]
    assert confirmed(player, *keep, [3, "confirm", "AAAAAAAA", 7]) == [7]
    assert confirmed(player, [3, "confirm", "AAAAAAAA", 7]) == []


def test_journal_of_older_player_counts_as_confirmed_if_saved(
    player: Player,
) -> None:
    def found(**fields: Any) -> list[int]:
        return confirmed(player, old=[entry(1, **fields)])

    assert found(saves=5, saved=True) == [5]
    assert found(saves=0, saved=True) == [1]
    assert found(saves=5) == [0]
    # Saved, then stored again with a question to the trainee: the LMS had the result.
    assert found(saves=5, status="passed", reported=True) == [5]
    assert found(saves=5, status="incomplete", reported=True) == [0]
    keep = [2, "keep", state(saves=6), False]
    assert confirmed(player, keep, old=[entry(1, saves=5, saved=True)]) == [5]


def test_older_player_can_read_new_journal_entries(player: Player) -> None:
    steps = [[5, "keep", state(saves=3), False], [6, "ask", "AAAAAAAA", "BBBBBBBB"]]
    [one] = player("journal", {"owner": ME, "entries": [], "steps": steps})["stored"]
    assert entry(5, saves=3).items() <= one.items()
    assert one["beside"] == "BBBBBBBB"


def test_what_was_asked_stays_known(player: Player) -> None:
    steps = [
        [5, "keep", state(saves=3), False],
        [6, "ask", "AAAAAAAA", "BBBBBBBB"],
        [7, "keep", state(saves=4), False],
        [8, "read"],
    ]
    [[found]] = player("journal", {"owner": ME, "entries": [], "steps": steps})["found"]
    assert (found["state"]["saves"], found["beside"], found["confirmed"]) == (4, "BBBBBBBB", 0)


HERE = "/course/"
ENTRY = {"state": {"attempt": "old"}, "place": HERE, "confirmed": 0}
VISIT = {"attempt": "new", "place": HERE, "lmsState": None, "unreadable": False, "gone": False}
OTHER = {"lmsState": {"attempt": "new"}}


@pytest.mark.parametrize(
    ("fate", "entry", "visit"),
    [
        ("same", {}, {"attempt": "old"}),
        ("same", {"place": "/elsewhere/", "confirmed": 5}, {"attempt": "old"}),
        ("elsewhere", {"place": "/elsewhere/"}, {}),
        ("elsewhere", {"place": "/elsewhere/", "confirmed": 5}, OTHER),
        ("over", {"confirmed": 5}, {}),
        ("over", {"confirmed": 5}, OTHER),
        ("whole", {}, {}),
        ("part", {}, OTHER),
        # An older player says no place.
        ("whole", {"place": None}, {}),
        ("part", {"place": None}, OTHER),
        ("elsewhere", {"place": None, "confirmed": 5}, {}),
        # The attempt of now was begun only while the trainee was asked.
        ("whole", {"beside": "new"}, OTHER),
        ("whole", {"beside": "new", "confirmed": 5}, OTHER),
        ("whole", {"beside": "another"}, {}),
        ("part", {"beside": "another"}, OTHER),
        # A new attempt was forced after that one.
        ("part", {"beside": "another"}, {"gone": True}),
        ("part", {}, {"gone": True}),
        ("part", {"beside": ""}, {}),
        # What the LMS has is damaged, and no new beginning.
        ("whole", {"confirmed": 5}, {"unreadable": True}),
        ("whole", {}, {"unreadable": True}),
        ("elsewhere", {"place": "/elsewhere/"}, {"unreadable": True}),
    ],
    ids=str,
)
def test_to_which_attempt_an_entry_belongs(
    player: Player, fate: str, entry: dict[str, Any], visit: dict[str, Any]
) -> None:
    given = {name: value for name, value in (ENTRY | entry).items() if value is not None}
    assert player("fateOf", given, VISIT | visit) == fate


def test_only_pages_and_practice_go_to_another_attempt(player: Player) -> None:
    check = {"tries": 2, "first": True, "response": "b"}
    quiz = {"attempts": 1, "best": 10000, "open": False, "answers": {"q001": "b"}}
    found = player(
        "partOf",
        state(
            saves=9,
            status="passed",
            score=10000,
            reported=True,
            interactions=7,
            visited=["p001"],
            checks={"c001": check},
            quizzes={"quiz": quiz},
            records={"r001": {"date": "2026-11-25", "text": ""}},
            late=["c001", "q001"],
        ),
    )
    assert found == state(visited=["p001"], checks={"c001": check}, late=["c001"])


def test_the_place_is_that_of_the_activity_whatever_the_revision(player: Player) -> None:
    moodle = "/moodle/pluginfile.php/{}/mod_scorm/content/{}/index.html"
    place = player("placeOf", moodle.format(57, 1))
    assert place == player("placeOf", moodle.format(57, 12))
    assert place != player("placeOf", moodle.format(58, 1))
    for other in ("/content/1/index.html", "/scos/7/content/2/index.html", "/"):
        assert player("placeOf", other) == other


def test_journal_entries_are_kept_for_one_week(player: Player) -> None:
    one = entry(10 * DAY, visited=["p001"])
    assert read(player, one, now=17 * DAY - 1) == (["AAAAAAAA"], ["me AAAAAAAA"])
    assert read(player, one, now=17 * DAY) == ([], [])


def test_journal_entry_far_in_the_future_is_removed(player: Player) -> None:
    one = entry(10 * DAY)
    assert read(player, one, now=4 * DAY)[1] == ["me AAAAAAAA"]
    assert read(player, one, now=3 * DAY)[1] == []


def test_journal_entry_of_another_trainee_is_hidden_and_expires(player: Player) -> None:
    other = entry(10 * DAY, owner="other")
    assert read(player, other, now=12 * DAY) == ([], ["other AAAAAAAA"])
    assert read(player, other, now=20 * DAY) == ([], [])


def test_unreadable_journal_entry_is_removed_without_hiding_others(player: Player) -> None:
    good = entry(2, attempt="BBBBBBBB")
    broken = [entry(1) | {"state": "1garbage"}, entry(1, attempt="CCCCCCCC") | {"state": None}]
    assert read(player, *broken, good, now=3) == (["BBBBBBBB"], ["me BBBBBBBB"])


def test_the_newest_attempt_comes_first(player: Player) -> None:
    entries = [entry(at, attempt=name * 8) for name, at in (("A", 1), ("B", 3), ("C", 2))]
    assert read(player, *entries, now=4)[0] == ["BBBBBBBB", "CCCCCCCC", "AAAAAAAA"]


def test_journal_keeps_one_entry_for_each_attempt(player: Player) -> None:
    steps = [
        [1, "keep", state(saves=1), False],
        [2, "keep", state(attempt="BBBBBBBB"), False],
        [3, "keep", state(saves=2), False],
        [4, "remove", "BBBBBBBB"],
        [5, "read"],
    ]
    result = player("journal", {"owner": ME, "entries": [], "steps": steps})
    assert [one["saves"] for one in map(dict, (f["state"] for f in result["found"][0]))] == [2]
    assert len(result["stored"]) == 1


KNOWN = {
    "visited": ["p001", "quiz"],
    "checks": ["c001", "word"],
    "quizzes": ["quiz"],
    "answers": ["q001", "word"],
    "records": ["r001"],
}


def test_no_free_text_is_stored(player: Player) -> None:
    check = {"tries": 2, "first": False, "response": "b"}
    kept = state(
        visited=["p001", "gone"],
        checks={
            "c001": check,
            "word": check | {"response": "Ann was late"},
            "gone": check | {"response": "Ann"},
        },
        quizzes={
            "quiz": {
                "attempts": 1,
                "best": 5000,
                "open": True,
                "answers": {"q001": "b", "word": "Ann", "gone": "Ann"},
            },
            "gone": {"attempts": 1, "best": None, "open": True, "answers": {"q001": "b"}},
        },
        records={
            "r001": {"date": "2026-11-25", "text": "Ann"},
            "gone": {"date": "", "text": "Ann"},
        },
        late=["c001"],
    )
    found = player("withoutFreeText", kept, KNOWN, ["word"])
    assert found["visited"] == ["p001"]
    assert dict(found["checks"]) == {"c001": check, "word": check | {"response": ""}}
    assert found["quizzes"] == [
        ["quiz", {"attempts": 1, "best": 5000, "open": True, "answers": [["q001", "b"]]}]
    ]
    assert found["records"] == [["r001", {"date": "2026-11-25", "text": ""}]]
    assert "Ann" not in str(found)


def test_pass_is_not_kept_without_its_record_text(player: Player) -> None:
    def stored_status(status: str, text: str) -> tuple[str, bool]:
        records = {"r001": {"date": "2026-11-25", "text": text}}
        given = state(status=status, reported=True, records=records)
        found = player("withoutFreeText", given, KNOWN, [])
        return found["status"], found["reported"]

    assert (
        stored_status("passed", "Ann") == stored_status("completed", "Ann") == ("incomplete", False)
    )
    assert stored_status("passed", "") == ("passed", True)
    assert stored_status("failed", "Ann") == ("failed", True)


@pytest.mark.whole
@settings(max_examples=40)
@given(states(4))
def test_what_is_kept_can_be_written_and_read(player: Player, one: State) -> None:
    known = {
        "visited": list(one.visited),
        "checks": list(one.checks),
        "quizzes": list(one.quizzes),
        "answers": [key for quiz in one.quizzes.values() for key in quiz.answers],
        "records": list(one.records),
    }
    found = player("withoutFreeText", pairs(from_python(one)), known, [])
    text = player("encode", found)
    again = decode(text)
    assert again is not None
    assert (again.checks.keys(), again.visited) == (one.checks.keys(), one.visited)
    assert not any(record.text for record in again.records.values())


CHECK = {"tries": 1, "first": True, "response": "a"}
QUIZ = {"attempts": 1, "best": None, "open": True, "answers": {"q001": "a"}}


def added(player: Player, live: Any, found: Any, newer: bool = True) -> dict[str, Any]:
    result: dict[str, Any] = player("addTo", live, found, BEST, newer)
    return result


def test_found_work_joins_the_current_visit_and_attempt(player: Player) -> None:
    live = state(attempt="BBBBBBBB", bookmark="p001", visited=["p001"], edition="BB")
    found = state(
        bookmark="p002",
        visited=["p001", "p002"],
        checks={"c001": CHECK},
        quizzes={"quiz": QUIZ},
        edition="CC",
    )
    result = added(player, live, found)
    assert result["news"] == ["c001", "p002", "quiz"]
    joined = result["state"]
    assert (joined["attempt"], joined["bookmark"]) == ("BBBBBBBB", "p001")
    assert joined["edition"] == "BB"
    assert joined["visited"] == ["p001", "p002"]
    # The LMS still lacks these answers.
    assert result["due"] == sorted(joined["late"]) == ["c001", "q001"]
    assert result["unsaid"] is False


def test_work_already_in_visit_is_not_news(player: Player) -> None:
    same = {"visited": ["p001"], "checks": {"c001": CHECK}, "quizzes": {"quiz": QUIZ}}
    found = state(**same, bookmark="p001", saves=9)
    result = added(player, state(**same), found)
    assert result["news"] == []
    assert result["state"]["late"] == []


def test_newer_answer_wins_after_equal_tries(player: Player) -> None:
    live = state(checks={"c001": CHECK})
    found = state(checks={"c001": CHECK | {"response": "b"}})
    assert dict(added(player, live, found)["state"]["checks"])["c001"]["response"] == "b"
    older = added(player, live, found, newer=False)
    assert dict(older["state"]["checks"])["c001"]["response"] == "a"
    assert older["news"] == []


def test_replaced_window_passes_on_only_its_later_work(player: Player) -> None:
    record = {"date": "2026-11-25", "text": "before"}
    other = QUIZ | {"answers": {"q001": "a", "q002": "b"}}
    before = state(
        visited=["p001"],
        checks={"c001": CHECK, "c002": CHECK},
        quizzes={"quiz": QUIZ, "again": QUIZ, "same": QUIZ},
        records={"r001": record},
        late=["c001"],
        score=5000,
        reported=True,
    )
    changed = CHECK | {"tries": 2, "response": "b"}
    retaken = QUIZ | {"attempts": 2}
    after = state(
        visited=["p001", "p002"],
        checks={"c001": CHECK, "c002": changed},
        quizzes={"quiz": other, "again": retaken, "same": QUIZ},
        records={"r001": record},
        late=["c001"],
        bookmark="p002",
        score=5000,
        reported=True,
    )
    since = player("doneSince", before, after)
    assert since == state(
        visited=["p002"],
        checks={"c002": changed},
        quizzes={"quiz": QUIZ | {"answers": {"q002": "b"}}, "again": retaken},
        bookmark="p002",
    )


def test_work_in_recording_window_overrides_earlier_window(player: Player) -> None:
    before = state(records={"r001": {"date": "", "text": "old"}}, quizzes={"quiz": QUIZ})
    live = state(
        records={"r001": {"date": "", "text": "new"}},
        quizzes={"quiz": QUIZ | {"best": 4000, "open": False}},
    )
    turned = before | {"visited": ["p002"]}
    result = added(player, live, player("doneSince", before, turned))
    assert result["news"] == ["p002"]
    assert result["state"]["records"] == live["records"]
    assert result["state"]["quizzes"] == live["quizzes"]


def test_words_that_the_browser_did_not_keep_are_missed(player: Player) -> None:
    silent = {"tries": 1, "first": True, "response": ""}
    record = {"date": "2026-11-25", "text": ""}
    for found in (state(checks={"word": silent}), state(records={"r001": record})):
        assert added(player, state(), found)["unsaid"] is True
        assert added(player, state(), found)["unwritten"] == [*dict(found["records"])]
    known = state(checks={"word": silent | {"response": "mine"}})
    assert added(player, known, state(checks={"word": silent}))["unsaid"] is False


@pytest.mark.parametrize(
    ("records", "place"),
    [
        ({}, "sheet"),
        ({"r001": ("2026-11-25", "mine")}, "sheet/record-r002-question"),
        ({"r001": ("", "mine")}, "sheet/record-r001-question"),
        # A text that is lost comes before one that was never written.
        ({"r001": ("", "mine"), "r003": ("2026-11-25", "")}, "sheet/record-r003-question"),
        ({f"r00{n}": ("2026-11-25", "mine") for n in (1, 2, 3)}, "sheet"),
    ],
)
def test_resume_opens_the_record_answer_that_is_missing(
    player: Player, records: dict[str, tuple[str, str]], place: str
) -> None:
    page = {"id": "sheet", "needs": {"record": ["r001", "r002", "r003"]}}
    kept = {key: {"date": date, "text": text} for key, (date, text) in records.items()}
    assert player("placeIn", page, state(records=kept)) == place


@pytest.mark.whole
@settings(max_examples=40)
@given(states(3), states(3), st.booleans())
def test_once_joined_there_is_no_more_news(
    player: Player, live: State, found: State, newer: bool
) -> None:
    one, other = pairs(from_python(live)), pairs(from_python(found))
    joined = added(player, one, other, newer)["state"]
    assert added(player, joined, other, newer)["news"] == []
    assert set(joined["visited"]) == live.visited | found.visited
    assert (joined["attempt"], joined["bookmark"]) == (live.attempt, live.bookmark)
