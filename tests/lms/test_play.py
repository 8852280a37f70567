"""What a cell of the table compares, and when a footnote is earned."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from builder.course import state
from tests.lms import play as module
from tests.lms.columns import columns
from tests.lms.facts import TOO_LATE, Leave, Visit
from tests.lms.lms import Stored
from tests.lms.play import TESTED, Play, Wanted, differences
from tests.lms.scenarios import HALF_WAY, SECOND_PAGE, STARTED
from tests.lms.simulated import Simulated
from tests.lms.table import Cell, Column, beyond, panel, untrue

EVERYTHING = Wanted(
    "passed",
    "100",
    "record",
    ("first", "quiz", "record"),
    (("first--calm", "b", "correct"), ("quiz--one", "b", "wrong"), ("quiz--one", "a", "correct")),
    filled=True,
)
CALM = state.key("question", "calm")
ONE = state.key("question", "one")
QUIZ = state.key("page", "quiz")
RECORD = state.key("record", "one")
VISIT = Visit("lms", 4.5, 6, 2.5)


def stored(wanted: Wanted, seconds: float = 5, **kept: Any) -> Stored:
    """What a server holds where all is right; ``kept`` is what the state has otherwise."""
    whole = replace(wanted.kept(), attempt="abcdefgh", saves=7, edition="Ab", **kept)
    answers = tuple(
        {"id": name, "type": "choice", "student_response": response, "result": result}
        for name, response, result in wanted.answers
    )
    text = state.encode(whole)
    return Stored(wanted.status, wanted.score, seconds, wanted.place, text, answers)


RIGHT = stored(EVERYTHING)
NOTHING = Stored("not attempted", "", 0, "", "", ())


@dataclass
class Fake:
    """An LMS with prepared data."""

    held: Stored
    name: str = "An LMS"
    simulated: bool = True
    verified: bool = False
    lacks: dict[str, str] = field(default_factory=dict)

    def stored(self) -> Stored:
        return self.held

    def upload(self, *given: object) -> None: ...
    def open(self, *given: object) -> Any: ...
    def leave(self, *given: object) -> None: ...
    def back(self, *given: object) -> Any: ...


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is on its way to a server that is none."""
    for name in ("PATIENCE", "IN_VAIN"):
        monkeypatch.setattr(module, name, 0)


def played(held: Stored, *ends: Leave, name: str = "An LMS") -> Play:
    """Visits of the length of ``VISIT``, one for each end."""
    visits = [replace(VISIT, end=end) for end in ends or ("lms",)]
    return Play(Fake(held, name), context=None, folder=Path(), visits=visits)  # type: ignore[arg-type]


def test_what_should_be_held_is_held() -> None:
    assert differences(RIGHT, EVERYTHING.expected((VISIT,))) == {}


@pytest.mark.parametrize(
    ("what", "held"),
    [
        ("status", replace(RIGHT, status="completed")),
        ("score", replace(RIGHT, score="99")),
        ("location", replace(RIGHT, location="first")),
        ("interactions", replace(RIGHT, interactions=())),
        ("seconds", replace(RIGHT, seconds=4.4)),
        ("seconds", replace(RIGHT, seconds=6.1)),
        ("state", replace(RIGHT, state="")),
        ("state", stored(EVERYTHING, status="incomplete")),
        ("state", stored(EVERYTHING, score=9900)),
        ("state", stored(EVERYTHING, bookmark=state.key("page", "first"))),
        ("state", stored(EVERYTHING, visited=frozenset())),
        ("state", stored(EVERYTHING, checks={})),
        ("state", stored(EVERYTHING, checks={CALM: state.CheckState(1, True, "a")})),
        ("state", stored(EVERYTHING, quizzes={QUIZ: state.QuizState(2, 0, False, {ONE: "a"})})),
        ("state", stored(EVERYTHING, quizzes={QUIZ: state.QuizState(1, 10000, False, {ONE: "a"})})),
        ("state", stored(EVERYTHING, records={RECORD: state.RecordState("2026-03-06", "Kim")})),
        ("state", stored(EVERYTHING, records={RECORD: state.RecordState("2026-03-07", "Sam")})),
    ],
)
def test_each_thing_that_differs_is_found(what: str, held: Stored) -> None:
    assert list(differences(held, EVERYTHING.expected((VISIT,)))) == [what]


def test_values_an_lms_does_not_store_are_not_compared() -> None:
    held = Stored("passed", None, None, None, None, None)
    assert differences(held, EVERYTHING.expected((VISIT,))) == {}


@pytest.mark.parametrize("status", ["", "not attempted", "browsed", None])
def test_a_preview_may_leave_its_own_status_alone(status: str | None) -> None:
    played(replace(NOTHING, status=status)).holds_nothing()


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("status", "completed"),
        ("score", "0"),
        ("seconds", 0.5),
        ("location", "first"),
        ("state", RIGHT.state),
        ("interactions", RIGHT.interactions),
    ],
)
def test_any_other_trace_of_a_preview_is_found(what: str, value: Any) -> None:
    with pytest.raises(AssertionError, match=rf"^An LMS: {what} is "):
        played(replace(NOTHING, **{what: value})).holds_nothing()


def test_a_footnote_is_not_earned_where_the_policy_holds() -> None:
    play = played(stored(HALF_WAY), name="Chamilo")
    play.holds(HALF_WAY)
    assert play.notes == []


@pytest.mark.parametrize(
    ("name", "seconds", "note"),
    [
        ("Chamilo", 4, "it counts whole seconds"),
        ("Chamilo", 2, "it counts no time after the last commit"),
        ("Rustici Engine (SCORM Cloud)", 0, "it counts the time of a visit by its last request"),
    ],
)
def test_lms_footnote_appears_only_for_observed_limits(
    name: str, seconds: float, note: str
) -> None:
    play = played(stored(HALF_WAY, seconds), name=name)
    play.holds(HALF_WAY)
    assert play.notes[-1].startswith(note)


@pytest.mark.parametrize(
    ("name", "seconds", "end"),
    [
        # Before what the last commit had told.
        ("Chamilo", 1, "lms"),
        ("Chamilo", 2, "exit"),
        # The time of a visit is there or not, never in part.
        ("Rustici Engine (SCORM Cloud)", 2, "lms"),
        ("Rustici Engine (SCORM Cloud)", 0, "exit"),
        ("Moodle", 2, "lms"),
    ],
)
def test_a_fact_excuses_nothing_else(name: str, seconds: float, end: Leave) -> None:
    with pytest.raises(AssertionError, match=f"seconds are {seconds}, not"):
        played(stored(HALF_WAY, seconds), end, name=name).holds(HALF_WAY)


def again(monkeypatch: pytest.MonkeyPatch, held: Stored) -> None:
    """The next visit leaves this."""
    monkeypatch.setattr(Play, "_visit_again", lambda play, wanted: setattr(play.lms, "held", held))


def test_late_values_are_expected_after_next_visit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    play = played(stored(STARTED), name="ILIAS")
    again(monkeypatch, stored(SECOND_PAGE))
    play.holds_late(SECOND_PAGE, STARTED)
    assert play.notes == [f"only at the next visit: {TOO_LATE['ILIAS']}"]


def test_what_came_in_time_earns_no_footnote() -> None:
    play = played(stored(SECOND_PAGE), name="ILIAS")
    play.holds_late(SECOND_PAGE, STARTED)
    assert play.notes == []


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        # Less than was saved, lost for good, and an LMS that has no excuse.
        ("ILIAS", NOTHING, stored(SECOND_PAGE)),
        ("ILIAS", stored(STARTED), stored(STARTED)),
        ("wagtail-lms", NOTHING, stored(SECOND_PAGE)),
        ("Moodle", stored(STARTED), stored(SECOND_PAGE)),
    ],
)
def test_what_is_lost_otherwise_is_wrong(
    monkeypatch: pytest.MonkeyPatch, name: str, before: Stored, after: Stored
) -> None:
    again(monkeypatch, after)
    with pytest.raises(AssertionError):
        played(before, name=name).holds_late(SECOND_PAGE, STARTED)


def test_unreadable_stored_value_is_verified_at_next_visit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    play = played(stored(STARTED), name="scormhost")
    again(monkeypatch, stored(SECOND_PAGE))
    play.holds_soon(SECOND_PAGE)
    assert [note.partition(":")[0] for note in play.notes] == ["only at the next visit"]
    again(monkeypatch, stored(STARTED))
    with pytest.raises(AssertionError):
        played(stored(STARTED), name="scormhost").holds_soon(SECOND_PAGE)


def test_documented_lms_fact_without_evidence_is_reported() -> None:
    late = TOO_LATE["wagtail-lms"]
    silent = {"close-tab": Cell("right")}
    shows = {"close-tab": Cell("right", (f"only at the next visit: {late}",))}
    one = Column("wagtail-lms", "wagtail-lms", "the real thing", (), silent)
    assert untrue([one]) == [f"WRONG  wagtail-lms does not show it: {late}"]
    assert untrue([one, replace(one, name="wagtail-lms, simulated", cells=shows)]) == []


def test_nonstandard_call_fails_the_strict_column(context: BrowserContext, tmp_path: Path) -> None:
    with columns()["Strict SCORM 1.2, simulated"]() as fresh:
        play = Play(fresh(), context, tmp_path)
        play.upload(*TESTED)
        learner = play.open()
        learner.told("Saved")
        beyond(play.lms)
        learner.frame.evaluate("() => parent.API.LMSSetValue('cmi.core.exit', 'away')")
        play.leave(learner)
        with pytest.raises(AssertionError, match="specification"):
            beyond(play.lms)


def test_a_panel_that_differs_from_the_table_is_wrong(
    context: BrowserContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with columns()["Moodle, simulated"]() as fresh:
        play = Play(fresh(), context, tmp_path)
        play.upload(*TESTED)
        play.leave(play.open())
        panel(play.lms)
        assert isinstance(play.lms, Simulated)
        said = play.lms.would("completed")
        for wrong in ({"met": True}, {"words": "The grade is 80."}):
            told = [{**one, **wrong} for one in said]
            monkeypatch.setattr(Simulated, "would", lambda *_, told=told: told)
            with pytest.raises(AssertionError):
                panel(play.lms)
