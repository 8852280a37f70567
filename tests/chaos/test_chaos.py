"""Seven random runs of a small course, and what the judge of such runs sees; ``make chaos`` makes
hundreds."""

from __future__ import annotations

import json
import math
import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.chaos.__main__ import COURSE, added, known
from tests.chaos.doubts import Doubts, doubts
from tests.chaos.plan import (
    CHECKS,
    DAY,
    ENDS,
    FAULTS,
    ITEMS,
    REVIEW,
    Fault,
    Launch,
    Plan,
    Visit,
    draw,
    is_whole,
    profiles,
)
from tests.chaos.run import KEPT, SAVED, run
from tests.chaos.truth import COMPLETE, Answer, Found, Scores, Truth, course_score, walk_score
from tests.lms.simulated import TESTED, AnyWindow
from tests.support.packages import built, unpack
from tests.support.sharing import once

SEEDS = (1847, 1906, 1447, 196, 2081, 2087, 1541)
"""Short runs that together meet nearly every fault, every end and every kind of act. Odd launches
are in tests/lms/test_faults.py."""
WRONG = (Path(__file__).parent / "defects.js").read_text("utf-8")
LOSES = Fault({"drop": True}, 0, 9)
PLAIN = Visit(Launch(), (("check", "where", "b"), ("told", SAVED)), (), "kill", 0, False)


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small course, unpacked. Shared: not to be written to."""
    dist = once(tmp_path_factory, "chaos-dist", lambda to: built(COURSE, to))
    [package] = dist.glob("*.zip")
    return once(tmp_path_factory, "chaos", lambda to: unpack(package, to))


@pytest.fixture(scope="session")
def last_walk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small course, in which the last walk counts instead of the best, unpacked. Shared."""

    def make(folder: Path) -> None:
        shutil.copytree(COURSE, folder / "course")
        walk = folder / "course/pages/walk.md"
        walk.write_text(walk.read_text("utf-8").replace("weight:", "keep: last\nweight:"), "utf-8")
        unpack(built(folder / "course", folder / "package"), folder / "unpacked")

    return once(tmp_path_factory, "chaos-last-walk", make) / "unpacked"


@pytest.fixture(scope="session")
def refresher(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The refresher of the small course since a version with other words, unpacked. Shared."""

    def make(folder: Path) -> None:
        for name in ("old", "new"):
            shutil.copytree(COURSE, folder / name)
        words = folder / "old/pages/words.md"
        text = words.read_text("utf-8")
        words.write_text(text.replace("half an hour", "an hour"), "utf-8")
        settings = folder / "new/course.yaml"
        settings.write_text(f"{settings.read_text('utf-8')}refresher: {{title: Again}}\n", "utf-8")
        old = built(folder / "old", folder / "old-package")
        package = built(folder / "new", folder / "package", "--refresher", "--since", str(old))
        unpack(package, folder / "unpacked")

    return once(tmp_path_factory, "chaos-refresher", make) / "unpacked"


@pytest.mark.parametrize("seed", SEEDS[:2])
def test_refresher_keeps_everything_it_showed_as_saved(
    seed: int, browser: Browser, refresher: Path
) -> None:
    story = run(draw(seed), browser, refresher)
    assert not story.faults, f"\n{story}"


@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_shown_as_saved_is_there(seed: int, browser: Browser, course: Path) -> None:
    story = run(draw(seed), browser, course)
    assert not story.faults, f"\n{story}\nAgain: make chaos SEED={seed}"


def test_a_seed_is_one_run() -> None:
    assert [draw(seed) for seed in SEEDS] == [draw(seed) for seed in SEEDS]
    assert len({repr(replace(draw(seed), seed=0)) for seed in SEEDS}) == len(SEEDS)


def test_the_seeds_meet_the_systems_of_make_test() -> None:
    often = Counter(draw(seed).profile for seed in SEEDS)
    assert set(TESTED) == set(often)
    # Their calls are held against the specification.
    assert often["strict"] >= 2


def test_make_chaos_meets_every_system_and_looks_back() -> None:
    plans = [draw(seed) for seed in range(1, 101)]
    assert {one.profile for one in plans} == set(profiles())
    reviews = [
        visit.acts
        for one in plans
        for before, visit in pairwise(one.visits)
        if is_whole(before) and visit.launch == REVIEW
    ]
    practised = Counter(name for acts in reviews for name in {act[0] for act in acts})
    assert min(practised[name] for name in ("check", "quiz", "show", "decide")) >= 5
    failed = [
        acts[at + 1 :]
        for one in plans
        for acts in (visit.acts for visit in one.visits)
        for at, act in enumerate(acts)
        if act == ("show", "wrong")
    ]
    further = [acts for acts in failed if "show" in {act[0] for act in acts}]
    assert len(further) >= 10


def test_the_seeds_meet_nearly_every_fault_and_every_end() -> None:
    visits = [visit for seed in SEEDS for visit in draw(seed).visits]
    faults = {repr(fault.what) for visit in visits for fault in visit.faults}
    assert len({repr(fault) for fault in FAULTS} - faults) <= 3
    assert {one.end for one in visits} == set(ENDS)


def plan(visit: Visit, window: AnyWindow = "frame") -> Plan:
    return Plan(0, "strict", {}, window, True, (visit,))


@pytest.mark.parametrize("window", ["frame", pytest.param("popup", marks=pytest.mark.thorough)])
def test_a_kept_promise_is_no_fault(browser: Browser, course: Path, window: AnyWindow) -> None:
    story = run(plan(replace(PLAIN, acts=ALL), window), browser, course)
    assert (story.faults, story.promises > 0) == ([], True)
    assert "    the page says 'Saved'" in story.lines


@pytest.mark.thorough
def test_confirmed_but_lost_answer_is_detected(browser: Browser, course: Path) -> None:
    """No player can know, and no browser keeps a trainee's own words. So this shows that the runs
    see a promise that is not kept."""
    acts = (("check", "saucer", "cup"), ("told", SAVED))
    story = run(plan(replace(PLAIN, acts=acts, faults=(LOSES,))), browser, course)
    assert story.faults == ["saucer: 'cup' was saved, '' is there"]


# A defect of the player (defects.js) → what a trainee has to do for it, and what is then wrong.
CHECK = ("check", "where", "b")
WALK = (("decide", "b"), ("decide", "a"))
"""The best walk."""
ALL = (
    *(("check", name, answers[0]) for name, answers in CHECKS.items()),
    *[("quiz", "right")] * 2,
    *(("record", name, answers[0]) for name, answers in ITEMS.items()),
    *WALK,
    ("told", SAVED),
)
REFUSED = Fault({"status": 503}, 0, 9)
DEFECTS: dict[str, tuple[Visit, str]] = {
    "state in the browser only": (PLAIN, "where: the course shows 'b', the LMS has ''"),
    "never passed": (
        replace(PLAIN, acts=ALL),
        "status: it has to be 'passed', the LMS holds 'incomplete'",
    ),
    "passed too soon": (
        PLAIN,
        "status: it has to be 'incomplete', the LMS holds 'passed'",
    ),
    "answers without their result": (
        PLAIN,
        "answer: start--where 'b' wrong was saved, the LMS has []",
    ),
    "journal never read": (
        replace(PLAIN, acts=(CHECK, ("told", KEPT)), faults=(REFUSED,)),
        "where: 'b' was kept in the browser, '' is there",
    ),
    "saved for a moment, too soon": (
        replace(PLAIN, acts=(("check", "saucer", "cup"),), faults=(REFUSED,)),
        "saucer: 'cup' was saved, '' is there",
    ),
    "state at an ending never stored": (
        replace(PLAIN, acts=(*WALK, ("told", SAVED))),
        "walk: 100 % was saved, no score is there",
    ),
}


FIRST = "journal never read"
"""The defect of ``make test``: the others are in ``make chaos``, as are all runs that show what the
judge sees. What it makes of what it sees is tested below, without a browser."""


@pytest.mark.parametrize(
    "defect",
    [pytest.param(name, marks=() if name == FIRST else pytest.mark.thorough) for name in DEFECTS],
)
def test_a_defect_is_found_out(defect: str, browser: Browser, course: Path) -> None:
    visit, fault = DEFECTS[defect]
    story = run(plan(visit), browser, course, WRONG.replace("$defect", json.dumps(defect)))
    assert fault in story.faults, str(story)


@pytest.mark.thorough
def test_best_walk_lowered_by_a_worse_one_is_found_out(browser: Browser, last_walk: Path) -> None:
    acts = (*WALK, ("told", SAVED), ("decide", "c"), ("told", SAVED))
    story = run(plan(replace(PLAIN, acts=acts)), browser, last_walk)
    assert story.faults == [
        "walk: 100 % was saved, 0 % is there",
        "score: it has to be 66.67, the LMS holds '0'",
    ]


@pytest.mark.thorough
def test_practice_in_a_review_that_counts_is_found_out(browser: Browser, course: Path) -> None:
    practice = replace(PLAIN, launch=REVIEW, acts=(CHECK, *WALK, ("told", SAVED)))
    story = run(plan(practice), browser, course, WRONG.replace("$defect", '"review as a visit"'))
    assert {
        "the page says 'Saved' in a visit that changes nothing",
        "where: 'b' is there, which nobody gave",
        "ended: 'yes' is there, which nobody gave",
    } <= {*story.faults}, str(story)


def test_an_error_of_the_page_is_found_out(browser: Browser, course: Path, tmp_path: Path) -> None:
    broken = Path(shutil.copytree(course, tmp_path / "course"))
    index = broken / "index.html"
    (broken / "planted.js").write_text("throw Error('planted');", "utf-8")
    script = '<script src="planted.js"></script></body>'
    index.write_text(index.read_text("utf-8").replace("</body>", script), "utf-8")
    story = run(plan(PLAIN), browser, broken)
    assert story.faults == ["page error: planted"] * 2


# -- what no course can know ---------------------------------------------------------------------

HONEST = Doubts(*[False] * 7)


def test_known_limits_of_each_lms_profile_are_listed() -> None:
    found = {}
    for name, settings in ((name, one) for name, each in profiles().items() for one in each):
        about = asdict(doubts(name, settings))
        if any(about.values()):
            found[name, *settings] = {doubt for doubt, holds in about.items() if holds}
    assert found == {
        ("chamilo",): {"blind", "closed", "latest", "zeroless"},
        ("chamilo", "severalAttempts"): {"blind", "latest", "zeroless"},
        ("openedx",): {"blind", "mute", "countless"},
        ("rustici",): {"blind"},
        ("rustici", "scoreOverridesStatus"): {"blind"},
        ("scormhost",): {"blind", "dead", "countless"},
        ("wagtail-lms",): {"blind", "countless"},
    }


@pytest.mark.parametrize(
    ("fault", "doubt", "lies"),
    [
        ({"status": 503}, {"blind"}, True),
        ({"expired": True}, {"blind"}, True),
        ({"status": 503}, {}, False),
        ({"offline": True}, {"blind"}, False),
        ({"status": 500, "keep": True}, {"blind"}, False),
        ({"status": 500, "keep": True}, {"blind", "dead"}, True),
    ],
)
def test_when_it_confirms_what_it_loses(fault: dict[str, Any], doubt: set[str], lies: bool) -> None:
    assert replace(HONEST, **dict.fromkeys(doubt, True)).lie(fault) == lies


# -- the model of truth ---------------------------------------------------------------------------

NAMES = (*CHECKS, "quiz", "walk", "ended", *ITEMS, *(f"{item}-day" for item in ITEMS))
NOTHING = Found(dict.fromkeys(NAMES, ""), dict.fromkeys(NAMES, ""), {}, "incomplete", "", ())

ENDED = {"ended": "yes"}
FULL = {"quiz": 100.0, "walk": 100.0}


def found(best: Scores | None = None, **there: str) -> Found:
    """What there is where the LMS has what the course shows."""
    answers = NOTHING.shown | there
    score = f"{course_score(best):g}" if best else ""
    return replace(NOTHING, shown=answers, held=answers, best=best or {}, score=score)


def scored(truth: Truth, **scores: float) -> None:
    """Attempt and walk with these scores, in the first act."""
    for page, score in scores.items():
        truth.scored(page, score, 1)


def told(answer: Answer) -> dict[str, str]:
    there = {"id": answer.id, "student_response": answer.response, "result": answer.result}
    return dict.fromkeys(COMPLETE, "") | there


def test_answer_given_after_a_promise_is_also_accepted() -> None:
    truth = Truth(HONEST)
    truth.give("where", "a", 1)
    truth.give("where", "b", 2)
    assert truth.saved(1)
    truth.responses["where"] = {Answer("where", "a"), Answer("where", "b")}
    for shown, wrong in (("a", []), ("b", []), ("", ["where: 'a' was saved, '' is there"])):
        assert truth.broken(found(where=shown)) == wrong
    assert truth.broken(found(where="c")) == [
        "where: 'a' was saved, 'c' is there",
        "where: 'c' is there, which nobody gave",
    ]


def test_answer_of_earlier_visit_is_promised_once_shown() -> None:
    truth = Truth(HONEST)
    truth.give("where", "a", 1)
    scored(truth, quiz=100, walk=100)
    truth.launch({})
    truth.give("days", "2", 1)
    truth.saved(1)
    assert truth.broken(found(days="2")) == []
    truth.show({"where": "a", "days": "2"})
    assert truth.broken(found(days="2")) == ["where: 'a' was saved, '' is there"]


def test_browser_copy_promises_all_but_trainees_own_words() -> None:
    truth = Truth(HONEST)
    for name, value in (("where", "a"), ("thoughts", "None."), ("mine-day", DAY)):
        truth.give(name, value, 1)
    scored(truth, quiz=50, walk=100)
    truth.keeps(1)
    assert truth.broken(found()) == [
        "where: 'a' was kept in the browser, '' is there",
        f"mine-day: '{DAY}' was kept in the browser, '' is there",
        "quiz: 50 % was kept in the browser, no score is there",
        "walk: 100 % was kept in the browser, no score is there",
    ]
    assert truth.broken(replace(NOTHING, looking_back=True)) == []


def test_answer_shown_but_missing_in_lms_is_detected() -> None:
    truth = Truth(HONEST)
    truth.give("where", "a", 1)
    shown = found(where="a")
    assert truth.broken(replace(shown, held=NOTHING.held)) == [
        "where: the course shows 'a', the LMS has ''"
    ]


def test_the_result_follows_from_what_was_done() -> None:
    truth = Truth(HONEST)
    done = dict.fromkeys(ITEMS, "Words") | {f"{one}-day": DAY for one in ITEMS} | ENDED
    for name, value in done.items():
        truth.give(name, value, 1)
    scored(truth, quiz=100, walk=100)
    truth.saved(1)
    truth.left("passed", "100")
    right = replace(found(FULL, **done), status="passed")
    assert truth.broken(right) == []
    assert truth.broken(replace(right, status="incomplete", score="99.99")) == [
        "status: it has to be 'passed', the LMS holds 'incomplete'",
        "status: the LMS held 'passed' before 'incomplete'",
        "score: it has to be 100, the LMS holds '99.99'",
    ]
    assert truth.broken(replace(right, best=FULL | {"quiz": 50}, score="83.33")) == [
        "quiz: 100 % was saved, 50 % is there",
        "quiz: 50 % is there, which nobody reached",
        "score: it has to be 100, the LMS holds '83.33'",
    ]
    truth.left("failed", "100")
    assert truth.broken(right) == [
        "status: the LMS held 'failed' although there is always an attempt left"
    ]


def test_substitute_for_zero_score_is_accepted_only_where_needed() -> None:
    def judged(score: str, *, zeroless: bool) -> list[str]:
        truth = Truth(replace(HONEST, zeroless=zeroless))
        scored(truth, quiz=0)
        truth.saved(1)
        return truth.broken(replace(found({"quiz": 0}), score=score))

    assert judged("0.01", zeroless=True) == judged("0", zeroless=False) == []
    wrong = ["score: it has to be 0, the LMS holds '0.01'"]
    assert judged("0.01", zeroless=False) == wrong
    assert judged("0.02", zeroless=True) == [wrong[0].replace("1", "2")]


def test_refused_score_is_not_required_of_a_closed_attempt() -> None:
    done = dict.fromkeys(ITEMS, "Words") | {f"{one}-day": DAY for one in ITEMS} | ENDED
    there = replace(found(FULL, **done), status="passed", score="", looking_back=True)
    missing = ["score: it has to be 100, the LMS holds ''"]

    def told(*, refused: bool, promised: int = 0) -> Truth:
        truth = Truth(HONEST, refused_score=refused)
        for name, value in done.items():
            truth.give(name, value, 1)
        truth.scored("walk", 100, 1)
        truth.scored("quiz", 100, 2)
        if promised:
            truth.saved(promised)
        return truth

    assert told(refused=True).broken(there) == []
    assert told(refused=True, promised=2).broken(there) == missing
    # Of what was promised before, nothing is lost.
    assert told(refused=True, promised=1).broken(there) == missing
    assert told(refused=True, promised=1).broken(replace(there, score="66.67")) == []
    assert told(refused=False).broken(there) == missing
    assert told(refused=True).broken(replace(there, looking_back=False)) == missing


def test_falsely_confirmed_answer_returns_only_within_its_attempt() -> None:
    def told(*, begun: bool) -> Truth:
        truth = Truth(HONEST)
        truth.give("where", "a", 1)
        scored(truth, quiz=100, walk=100)
        truth.doubt(math.inf)
        truth.saved(1)
        truth.launch({}, begun=begun)
        return truth

    assert told(begun=False).broken(found()) == []
    lost = ["where: 'a' was kept in the browser, '' is there"]
    assert told(begun=True).broken(found())[:1] == lost


def test_earned_result_stays_even_if_state_never_arrived() -> None:
    def told(scores: Scores, *words: str, held: Mapping[str, str] = NOTHING.held) -> Truth:
        truth = Truth(HONEST)
        truth.launch(held)
        for name in (*words, "ended", *(f"{item}-day" for item in ITEMS)):
            truth.give(name, "Words", 1)
        scored(truth, **scores)
        truth.left("passed", "100")
        return truth

    lost = replace(NOTHING, status="passed", score="100")
    lowered = ["status: it has to be 'passed', the LMS holds 'incomplete'"]
    not_earned = ["status: it has to be 'incomplete', the LMS holds 'passed'"]
    mine, following = ITEMS
    for earned in (told(FULL, *ITEMS), told(FULL, mine, held={following: "Words"})):
        assert earned.broken(lost) == []
        assert earned.broken(NOTHING)[:1] == lowered
        assert earned.broken(NOTHING)[-1] == "score: it has to be 100, the LMS holds ''"
    assert told(FULL, mine).broken(lost) == not_earned
    for scores in (FULL | {"walk": 0}, {"walk": 100}):
        assert told(scores, *ITEMS).broken(lost) == [
            *not_earned,
            "score: it has to be 0, the LMS holds '100'",
        ]


def test_a_walk_scores_the_mean_of_its_final_path() -> None:
    walks = {
        "droops c": 0,
        "droops a, wet a": 75,
        "droops b, soaked a": 100,
        "droops b, soaked b, wet a": 66.67,
        "droops c, droops b, soaked a": 100,
        "droops a, wet b, droops b, soaked b, wet b, droops a, wet a": 75,
    }
    for words, score in walks.items():
        decisions = [(scene, choice) for scene, choice in map(str.split, words.split(", "))]
        assert walk_score(decisions) == score, words


def test_passing_takes_quiz_and_walk_by_their_weights() -> None:
    """The walk counts twice."""
    done = dict.fromkeys(ITEMS, "Words") | {f"{one}-day": DAY for one in ITEMS} | ENDED
    for scores, score, status in (
        ({"walk": 100}, "66.67", "incomplete"),
        ({"quiz": 100, "walk": 0}, "33.33", "incomplete"),
        ({"quiz": 0, "walk": 100}, "66.67", "passed"),
        ({"quiz": 50, "walk": 66.67}, "61.11", "passed"),
    ):
        truth = Truth(HONEST)
        for name, value in done.items():
            truth.give(name, value, 1)
        scored(truth, **scores)
        truth.saved(1)
        assert truth.broken(replace(found(scores, **done), status=status, score=score)) == []


def test_best_walk_stays_promised_after_a_worse_one() -> None:
    truth = Truth(HONEST)
    for act, score in enumerate((75, 100, 0), 1):
        truth.scored("walk", score, act)
        truth.saved(act)
    assert truth.broken(found({"walk": 100})) == []
    assert truth.broken(found({"walk": 75})) == [
        "walk: 100 % was saved, 75 % is there",
        "score: it has to be 66.67, the LMS holds '50'",
    ]
    assert truth.broken(found({"walk": 87.5}))[1] == "walk: 87.5 % is there, which nobody reached"


def test_practice_in_a_review_may_be_found_nowhere() -> None:
    truth = Truth(HONEST)
    truth.give("where", "a", 1)
    scored(truth, walk=50)
    truth.saved(1)
    truth.launch({"where": "a"})
    truth.give("where", "c", 1)
    scored(truth, quiz=100, walk=100)
    truth.practised()
    assert truth.broken(found({"walk": 50}, where="a")) == []
    assert truth.broken(found({"walk": 100, "quiz": 100}, where="c"))[:4] == [
        "where: 'a' was saved, 'c' is there",
        "where: 'c' is there, which nobody gave",
        "walk: 100 % is there, which nobody reached",
        "quiz: 100 % is there, which nobody reached",
    ]


def test_question_that_a_test_out_asks_again_is_found_out() -> None:
    truth = Truth(HONEST, asked_again=["known-tap"])
    assert truth.broken(NOTHING) == ["test-out: known-tap was asked again"]


def test_each_answer_is_recorded_completely_for_each_attempt() -> None:
    truth = Truth(HONEST)
    answer = Answer("quiz-can", "b")
    for act in (1, 2, 3):
        truth.answered(answer)
        truth.tell(answer, act)
    truth.saved(2)
    whole = told(answer)
    stump = {name: whole[name] for name in whole.keys() - {"result"}}
    assert truth.broken(replace(NOTHING, interactions=(whole, whole))) == []
    assert truth.broken(replace(NOTHING, interactions=(whole, stump))) == [
        "answer: quiz--quiz-can 'b' wrong was saved 2 times, the LMS has "
        "[\"quiz--quiz-can 'b' wrong\"]"
    ]
    latest = Truth(replace(HONEST, latest=True), told=truth.told, responses=truth.responses)
    assert latest.broken(replace(NOTHING, interactions=(whole,))) == []


def test_weighting_may_be_missing_for_uncounted_answers() -> None:
    truth = Truth(HONEST)
    for act, answer in enumerate((Answer("droops", "a"), Answer("wet", "a")), 1):
        truth.answered(answer)
        truth.tell(answer, act)
    truth.saved(2)
    fair, good = (
        {name: text for name, text in told(answer).items() if name != "weighting"}
        for answer in truth.told
    )
    assert truth.broken(replace(NOTHING, interactions=(fair, good))) == [
        "answer: walk--wet 'a' correct was saved, the LMS has [\"walk--droops 'a' neutral\"]"
    ]


def test_lms_that_loses_confirmed_data_leaves_browser_copy() -> None:
    answers = [("where", "a"), ("saucer", "cup"), ("days", "2")]
    for journal in (True, False):
        truth = Truth(replace(HONEST, blind=True), journal)
        for act, (name, value) in enumerate(answers, 1):
            truth.give(name, value, act)
            truth.tell(Answer(name, value), act)
        truth.doubt(math.inf)
        assert truth.saved(1) == journal
        truth.doubt(2)
        assert truth.saved(2) == journal
        assert (set(truth.kept), truth.promised) == ({"where"} if journal else set(), {})
        assert truth.saved(3)
        # The state is written whole, single answers are not.
        assert set(truth.promised) == {"where", "saucer", "days"}
        assert truth.told == [Answer("days", "2")]


def test_closed_attempt_promises_nothing_more() -> None:
    truth = Truth(replace(HONEST, blind=True, closed=True))
    truth.give("where", "a", 1)
    truth.give("weekly", "t", 2)
    truth.close(1)
    truth.saved(2)
    truth.show({"weekly": "t"})
    assert set(truth.promised) == {"where"}


# -- make chaos -----------------------------------------------------------------------------------


def test_interrupted_run_resumes_from_its_last_result(tmp_path: Path) -> None:
    results = tmp_path / "chaos.jsonl"
    assert known(results, "new") == {}
    lines = [json.dumps({"seed": seed, "sources": made}) for seed, made in ((1, "old"), (2, "new"))]
    results.write_text("\n".join([*lines, lines[1][:9]]), "utf-8")
    assert known(results, "new") == {2: {"seed": 2, "sources": "new"}}
    with added(results, "new") as add:
        add({"seed": 3})
    assert set(known(results, "new")) == {2, 3}
