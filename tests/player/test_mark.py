"""An old copy of the LMS's page is noticed by what the tab remembers, and nothing else is taken for
one."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.player.conftest import Player

TYPES = ("navigate", "reload", "back_forward")
MARK = {"attempt": "a", "sent": 7, "confirmed": 5, "over": False, "reloaded": False}
NOTHING = None


def lms_state(attempt: str, saves: int) -> dict[str, Any]:
    return {"attempt": attempt, "saves": saves}


@pytest.mark.parametrize(
    ("type_", "around", "state", "mark", "old"),
    [
        # Nothing is remembered: a first visit, or a browser that remembers nothing.
        ("navigate", True, NOTHING, NOTHING, False),
        ("navigate", True, lms_state("a", 7), NOTHING, False),
        ("reload", True, NOTHING, NOTHING, False),
        ("back_forward", True, NOTHING, NOTHING, True),
        ("back_forward", True, lms_state("a", 7), NOTHING, True),
        # The LMS opens a window: it is come to by Back before the course is opened in it.
        ("back_forward", False, NOTHING, NOTHING, False),
        ("back_forward", False, lms_state("a", 7), NOTHING, False),
        ("back_forward", False, NOTHING, MARK, True),
        ("back_forward", False, lms_state("a", 6), MARK, True),
        ("back_forward", False, lms_state("a", 7), MARK, False),
        # Back: only what has all that was sent is no old copy.
        ("back_forward", True, lms_state("a", 8), MARK, False),
        ("back_forward", True, lms_state("a", 7), MARK, False),
        ("back_forward", True, lms_state("a", 6), MARK, True),
        ("back_forward", True, lms_state("b", 9), MARK, True),
        ("back_forward", True, NOTHING, MARK, True),
        ("back_forward", True, lms_state("a", 6), MARK | {"reloaded": True}, True),
        ("back_forward", True, lms_state("a", 7), MARK | {"reloaded": True}, False),
        # What was sent may be lost; what was confirmed is there, unless the LMS is wrong.
        ("navigate", True, lms_state("a", 6), MARK, False),
        ("navigate", True, lms_state("a", 5), MARK, False),
        ("navigate", True, lms_state("a", 4), MARK, True),
        ("navigate", False, lms_state("a", 4), MARK, True),
        ("navigate", True, lms_state("a", 4), MARK | {"reloaded": True}, False),
        # A reloaded page is current.
        ("reload", True, lms_state("a", 4), MARK, False),
        ("reload", True, NOTHING, MARK, False),
        # Another attempt, another device, an attempt that was deleted.
        ("navigate", True, lms_state("b", 1), MARK, False),
        ("navigate", True, lms_state("a", 20), MARK, False),
        ("navigate", True, NOTHING, MARK, False),
        # A browser that does not say how the page was come to.
        (None, True, NOTHING, MARK, False),
        (None, True, lms_state("a", 4), MARK, True),
    ],
)
def test_what_is_an_old_copy(
    player: Player, type_: str | None, around: bool, state: Any, mark: Any, old: bool
) -> None:
    assert player("isOldCopy", type_, around, state, mark) is old


HALF, OVER = MARK, MARK | {"over": True}


@pytest.mark.parametrize(
    ("mark", "state", "attempt", "around", "online", "way"),
    [
        (HALF, NOTHING, 1, True, True, "reload"),
        (HALF, NOTHING, 0, True, True, "reload"),
        (HALF, lms_state("a", 3), 2, True, True, "reload"),
        (NOTHING, NOTHING, 0, True, True, "reload"),
        # Loaded again, a further attempt that is half-way goes on.
        (HALF, NOTHING, 2, True, True, "reload"),
        # A finished one would be followed by another.
        (OVER, NOTHING, 2, True, True, "close"),
        (NOTHING, NOTHING, 2, True, True, "close"),
        (OVER, lms_state("a", 3), 2, True, True, "ask"),
        (OVER, NOTHING, 1, True, True, "ask"),
        (OVER, NOTHING, 0, True, True, "ask"),
        # It was tried, or there is no line.
        (HALF | {"reloaded": True}, NOTHING, 1, True, True, "ask"),
        (HALF, NOTHING, 1, True, False, "ask"),
        # The LMS's window is another one.
        (HALF, NOTHING, 1, False, True, "close"),
        (OVER, NOTHING, 0, False, True, "close"),
    ],
)
def test_the_way_out(
    player: Player, mark: Any, state: Any, attempt: int, around: bool, online: bool, way: str
) -> None:
    given = {
        "mark": mark,
        "lmsState": state,
        "attempt": attempt,
        "around": around,
        "online": online,
    }
    assert player("wayOut", given) == way


def sent(attempt: str, saves: int, status: str = "incomplete") -> list[Any]:
    return ["sent", {"attempt": attempt, "saves": saves, "status": status, "visited": ["pag1"]}]


def test_the_mark_counts_what_was_sent_and_what_was_confirmed(player: Player) -> None:
    acts = [sent("a", 1), ["keep", {"confirmed": 1}], sent("a", 2), sent("a", 3, "failed")]
    mark = {"attempt": "a", "sent": 3, "confirmed": 1, "over": True}
    assert player("remembered", acts, [], "")["mark"] == mark


def test_another_attempt_starts_from_nothing(player: Player) -> None:
    acts = [sent("a", 4, "passed"), ["keep", {"confirmed": 4}], sent("b", 1)]
    mark = {"attempt": "b", "sent": 1, "confirmed": 0, "over": False}
    assert player("remembered", acts, [], "")["mark"] == mark


def test_other_places_are_left_alone(player: Player) -> None:
    other = ["scorm-builder /other/", '{"attempt":"z"}']
    found = player("remembered", [sent("a", 1)], [other], "")
    assert [name for name, _ in found["kept"]] == [
        "scorm-builder /other/",
        "scorm-builder /content/",
    ]
    assert other in found["kept"]


@pytest.mark.parametrize("throws", ["storage", "setItem"])
def test_a_browser_that_keeps_nothing_remembers_nothing(player: Player, throws: str) -> None:
    acts = [sent("a", 1), ["keep", {"confirmed": 1}]]
    assert player("remembered", acts, [], throws) == {"mark": None, "kept": []}


@pytest.mark.parametrize("text", ["", "{", "null", "7", '"a"'])
def test_what_is_no_mark_is_none(player: Player, text: str) -> None:
    found = player("remembered", [sent("a", 1)], [["scorm-builder /content/", text]], "")
    assert found["mark"]["attempt"] == "a"
    assert found["mark"]["sent"] == 1


@dataclass
class Tab:
    """A tab with an LMS whose pages the browser keeps, as simple as can be."""

    lms: dict[str, int] = field(default_factory=dict)
    """The newest attempt and its counter, as the LMS has them."""
    attempts: int = 0
    mark: dict[str, Any] | None = None
    pages: list[dict[str, int]] = field(default_factory=list)
    """What each entry of the history was printed with."""

    def visit(self, saves: int, lost: int) -> None:
        """Save so often; the last ones are confirmed by nobody and do not arrive."""
        if not self.lms:
            self.attempts += 1
        attempt = self.attempts
        counter = self.lms.get("saves", 0)
        confirmed = counter + saves - lost
        self.mark = {
            "attempt": str(attempt),
            "sent": counter + saves,
            "confirmed": confirmed,
            "over": False,
        }
        self.lms = {"attempt": attempt, "saves": confirmed}


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("launch"), st.integers(1, 4), st.integers(0, 1)),
        st.tuples(st.just("back"), st.integers(0, 5), st.just(0)),
        st.tuples(st.just("reload"), st.integers(1, 4), st.integers(0, 1)),
        st.tuples(st.just("delete"), st.just(0), st.just(0)),
    ),
    max_size=8,
)


@settings(max_examples=150)
@given(steps=STEPS)
def test_no_history_leads_an_old_copy_into_the_lms(player: Player, steps: list[Any]) -> None:
    """Whatever was launched, loaded again, lost or deleted before: a copy that is behind the LMS is
    noticed, and what the LMS gives anew is believed, at the latest when it is loaded again."""
    tab = Tab()

    def old(kind: str, page: dict[str, int]) -> bool:
        state = lms_state(str(page["attempt"]), page["saves"]) if page else None
        found: bool = player("isOldCopy", kind, True, state, tab.mark)
        return found

    for name, number, lost in steps:
        if name == "delete":
            tab.lms = {}
        elif name == "back" and tab.pages:
            page = tab.pages[number % len(tab.pages)]
            behind = bool(tab.lms) and page != tab.lms
            assert old("back_forward", page) or not behind
        elif name in ("launch", "reload"):
            page = dict(tab.lms)
            assert not old("navigate" if name == "launch" else "reload", page)
            tab.pages.append(page)
            tab.visit(number, min(lost, number))
