"""What is made of a visit: rules over records that are written here, without a browser."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from builder.audit import ANYWHERE, SYSTEMS
from builder.audit.rules.rule import Rule
from builder.audit.visit import rules
from builder.audit.visit.record import (
    Barrier,
    Call,
    Held,
    Moment,
    Picture,
    Play,
    Screen,
    Step,
    from_json,
    to_json,
)
from builder.audit.visit.visiting import Stuck
from builder.diagnostics.diagnostic import Severity

PRESSED = Step("presses “Next”", "next", 1, 1)
STATUS = "cmi.core.lesson_status"
FIRST = Screen("Welcome", frozenset({"read", "this", "first"}))
THIRD = Screen("Question", frozenset({"when", "are", "hands", "washed"}), (("radio A", "A"),))


def made(*some: tuple[str, ...], value: str = "true", error: str = "0") -> list[Call]:
    """Calls of the first launch: the name without LMS, and its arguments."""
    return [
        Call(1, n, f"LMS{name}", args or ("",), value, error, length=len((args or ("",))[-1]))
        for n, (name, *rest) in enumerate(some)
        for args in [tuple(rest)]
    ]


def codes(*plays: Play) -> set[str]:
    return {rule.code for rule, _ in rules.visit_faults({one.scenario: one for one in plays})}


END = "the course says “The end”"


def whole(*calls: Call, finished: Held, looked: Held | None = None) -> Play:
    after = looked or finished
    moments = (
        Moment("finished", 1, len(calls), finished, Screen()),
        Moment("looked", 2, len(calls), after, Screen()),
    )
    return Play("moodle", "whole", moments, tuple(calls), functions=("LMSFinish",), end=END)


GOOD = (
    *made(
        ("Initialize",),
        ("SetValue", STATUS, "incomplete"),
        ("SetValue", "cmi.core.session_time", "0000:01:00.00"),
        ("SetValue", STATUS, "passed"),
        ("Finish",),
    ),
)


def test_a_visit_without_faults_has_no_findings() -> None:
    assert codes(whole(*GOOD, finished=Held("passed", "100"))) == set()


def test_a_status_that_never_becomes_final_is_found() -> None:
    calls = [one for one in GOOD if one.new_value != "passed"]
    play = replace(whole(*calls, finished=Held("incomplete")), steps=(PRESSED, PRESSED))
    [found] = rules.findings("course.zip", {"moodle": {"whole": play}})
    assert found.code == "visit-never-completes"
    assert found.message == "A trainee who reached the end stays “incomplete”."
    assert "reached the end after 2 actions: the course says “The end”" in found.evidence
    assert rules.not_reached({"moodle": {"whole": play}}) == ()


def test_unclear_end_gives_no_verdict_about_completion() -> None:
    calls = [one for one in GOOD if one.new_value != "passed"]
    play = whole(*calls, finished=Held("incomplete"))
    play = replace(play, end="", steps=(PRESSED,) * 12)
    assert codes(play) == set()
    assert codes(replace(play, calls=tuple(one for one in calls if one.sets != STATUS))) == set()
    assert rules.not_reached({lms: {"whole": play} for lms in ("moodle", "strict")}) == (
        "Whether it completes in Moodle, Strict SCORM 1.2 (the standard’s letter): it is not "
        "certain that the end was reached, 12 actions: no verdict.",
    )


def test_the_number_of_finished_scos_is_reported() -> None:
    done = replace(whole(*GOOD, finished=Held("passed")), steps=(PRESSED,) * 4, sco="One")
    calls = [one for one in GOOD if one.new_value != "passed"]
    open_ = replace(whole(*calls, finished=Held("incomplete")), end="", steps=(PRESSED,) * 8)
    played, parts = {"moodle": {"whole": done}}, {"moodle": [done, replace(open_, sco="Three")]}
    assert [*rules.findings("course.zip", played, "", parts)] == []
    assert rules.not_reached(played, parts, 7) == (
        "Whether it completes in Moodle: reached the end of 2 of 7 SCOs, 16 actions: no verdict.",
    )


def test_finding_in_several_scos_is_listed_once_with_count() -> None:
    calls = [one for one in GOOD if one.new_value != "passed"]
    plays = [
        replace(whole(*calls, finished=Held("incomplete")), sco=name)
        for name in ("One", "Two", "Three")
    ]
    played = {"moodle": {"whole": plays[0]}}
    [found] = rules.findings("course.zip", played, "", {"moodle": plays[1:]})
    assert (found.code, found.count) == ("visit-never-completes", 3)
    assert [line for line in found.evidence if line.startswith("SCO ")] == [
        f'SCO “{name}”: visit 1: LMSSetValue("{STATUS}", "incomplete") → "true"'
        for name in ("One", "Two", "Three")
    ]


def test_requests_blocked_by_the_visit_cause_no_findings() -> None:
    blocked = ("https://cdn.example/player.js",)
    glance = Play("moodle", "glance", (Moment("left", 1, 0, Held(), Screen()),))
    calls = [one for one in GOOD if one.new_value != "passed"]
    play = replace(whole(*calls, finished=Held("incomplete")), errors=("Player is not defined",))
    assert codes(glance) == {"visit-no-initialize"}
    assert codes(glance, play) == {"visit-never-completes", "visit-script-error"}
    plays = {"glance": replace(glance, blocked=blocked), "whole": replace(play, blocked=blocked)}
    assert codes(*plays.values()) == set()
    assert rules.not_reached({"moodle": plays})[-1] == (
        "Not judged in Moodle: parts that may need cdn.example, because the visit blocks requests "
        "to other sites."
    )


def test_course_that_does_not_start_is_error_with_reason() -> None:
    glance = Play("moodle", "glance", unready="“player.js” is not in the package (404)")
    [found] = rules.findings("course.zip", {"moodle": {"glance": glance}})
    assert (found.code, found.severity.value) == ("visit-not-ready", "error")
    assert found.message == ("The course does not start: “player.js” is not in the package (404).")
    assert codes(replace(glance, blocked=("https://cdn.example/a.js",))) == set()


def test_unresponsive_course_is_error_with_the_moment() -> None:
    why = "it does not respond within 30 seconds"
    stuck = Stuck("moodle", "whole", why, "the trainee presses “Next”", opening=False)
    [found] = rules.stuck("course.zip", [stuck, stuck])
    assert (found.code, found.severity.value) == ("visit-hangs", "error")
    assert found.evidence == (f"in Moodle, when the trainee presses “Next”: {why}",)
    [found] = rules.stuck("course.zip", [replace(stuck, opening=True)])
    assert found.code == "visit-not-ready"


def test_all_missing_files_share_one_finding() -> None:
    play = replace(whole(*GOOD, finished=Held("passed")), missing=("a.json", "b.png"))
    [found] = rules.findings("course.zip", {"moodle": {"whole": play}})
    assert found.code == "visit-file-missing"
    assert found.evidence == ("404: a.json", "404: b.png")


def test_not_attempted_is_a_word_of_scorm_1_2() -> None:
    told = (*GOOD[:1], *made(("SetValue", STATUS, "not attempted")), *GOOD[1:])
    assert codes(whole(*told, finished=Held("passed"))) == set()


def test_no_verdict_on_completion_without_reaching_the_end() -> None:
    calls = [one for one in GOOD if one.new_value != "passed"]
    play = replace(whole(*calls, finished=Held("incomplete")), missed=("a film",))
    assert codes(play) == set()
    assert rules.not_reached({"moodle": {"whole": play}})[-1] == "Not reached in Moodle: a film."


def test_no_verdict_on_completion_after_wrong_answers() -> None:
    scored = made(("SetValue", "cmi.core.score.raw", "50"))
    calls = [one for one in GOOD if one.new_value != "passed"]
    play = whole(*calls[:2], *scored, *calls[2:], finished=Held("incomplete", "50"))
    assert codes(play) == set()
    assert rules.not_reached({"strict": {"whole": play}})[-1:] == (
        "Not reached in Strict SCORM 1.2 (the standard’s letter): a pass, because the simulated "
        "trainee does not know the right answers.",
    )


def test_a_missing_status_is_found_after_right_answers() -> None:
    calls = [one for one in GOOD if one.sets != STATUS]
    right, wrong = (made(("SetValue", "cmi.core.score.raw", score)) for score in ("100", "50"))
    play = whole(*calls, *right, finished=Held("completed"))
    assert codes(play) == {"visit-status-never-set"}
    play = whole(*calls, *wrong, finished=Held("incomplete", "50"))
    assert codes(play) == set()


def test_a_result_that_is_lower_after_looking_back_is_found() -> None:
    play = whole(*GOOD, finished=Held("passed", "90"), looked=Held("incomplete", "90"))
    assert codes(play) == {"visit-result-lowered"}
    play = whole(*GOOD, finished=Held("passed", "90"), looked=Held("passed", "10"))
    assert codes(play) == {"visit-result-lowered"}


def test_a_mastery_score_that_changes_the_word_is_found() -> None:
    play = whole(*GOOD, finished=Held("failed", "50", mastery="80"))
    assert "visit-mastery-overrides" in codes(play)


def test_status_set_by_course_is_not_blamed_on_mastery_score() -> None:
    told = (*GOOD[:4], *made(("Commit",)), GOOD[4])
    for word in ("incomplete", "not attempted"):
        play = whole(*told, finished=Held(word, "100", mastery="80"))
        assert codes(play) == {"visit-result-lost"}
    [(_, shown)] = rules.visit_faults({"whole": play})
    assert shown.own_to_lms


def test_commits_at_launch_and_exit_do_not_count_as_step() -> None:
    commits = made(*(("Commit",) for _ in range(6)))
    told = (*GOOD, *commits)
    again = Moment("again", 2, len(told) - 1, Held("passed"), Screen(), 1)
    step = Step("presses “Next”", "next", len(GOOD), 1)
    one = replace(whole(*told, finished=Held("passed", "100")), waits=True)
    moments = (*one.moments, again)
    later = replace(step, calls=len(told), launch=2)
    assert codes(replace(one, moments=moments, steps=(step, later))) == set()
    found = codes(replace(one, steps=(step, later)))
    assert found == {"visit-commits-freeze"}


def test_uncommitted_result_is_not_reported_as_lost() -> None:
    play = whole(*GOOD[:4], finished=Held("incomplete", "100"))
    assert "visit-result-lost" not in codes(play)


def test_a_refused_value_is_named_by_its_element() -> None:
    bad = made(("SetValue", "cmi.core.session_time", "1:2:3"), value="false", error="405")
    played = {"moodle": {"whole": whole(*GOOD, *bad, finished=Held("passed"))}}
    [found] = rules.findings("/tmp/a course.zip", played)
    assert found.code == "visit-value-refused"
    assert (
        found.message == "The learning system refuses “1:2:3” for cmi.core.session_time (error "
        "405)."
    )
    assert found.evidence == (
        'visit 1: LMSSetValue("cmi.core.session_time", "1:2:3") → "false", error 405',
    )
    assert found.repeat == ('scorm-builder audit "/tmp/a course.zip" --lms moodle --only whole')
    assert found.position.path == "a course.zip"
    assert [effect.lms for effect in found.effects] == ["moodle"]


def test_finding_in_several_lmss_is_listed_once() -> None:
    calls = [one for one in GOOD if one.new_value != "passed"]
    play = whole(*calls, finished=Held("incomplete"))
    played = {lms: {"whole": replace(play, lms=lms)} for lms in ("moodle", "strict")}
    [found] = rules.findings("course.zip", played)
    assert [effect.lms for effect in found.effects] == ["moodle", "strict"]


def test_a_value_that_is_not_a_string_is_reported() -> None:
    [number] = made(("SetValue", "cmi.core.score.max", "100"), value="false", error="405")
    number = replace(number, strings=False)
    assert str(number) == 'LMSSetValue("cmi.core.score.max", 100) → "false", error 405'
    play = replace(whole(*GOOD[:-1], number, GOOD[-1], finished=Held("passed")), lms="strict")
    [found] = rules.findings("course.zip", {"strict": {"whole": play}})
    assert found.message == (
        "The learning system refuses “100” for cmi.core.score.max (error 405: the value is not a "
        "string)."
    )
    assert from_json(to_json(play)) == play


def test_scorm_2004_word_is_reported_only_where_refused() -> None:
    call = ("SetValue", "cmi.interactions.0.result", "incorrect")
    refused = made(call, value="false", error="405")
    assert codes(whole(*GOOD, *refused, finished=Held("passed"))) == {"visit-words-of-2004"}
    assert codes(whole(*GOOD, *made(call), finished=Held("passed"))) == set()


def halfway(back: Screen, left: Held, *calls: Call, scenario: str = "halfway") -> Play:
    count = len(calls)
    moments = (
        Moment("opened", 1, 1, Held(), FIRST),
        Moment("half", 1, count, left, THIRD, 2),
        Moment("left", 1, count, left, Screen(), 2),
        Moment("back", 2, count, left, back, 2),
    )
    steps = (
        Step("presses", "next", 1, 1),
        Step("presses", "submit", count, 1, answers=THIRD.answers),
    )
    return Play("moodle", scenario, moments, tuple(calls), steps, functions=("LMSFinish",))


SAVED = (
    *made(
        ("Initialize",),
        ("SetValue", "cmi.suspend_data", "page 3"),
        ("SetValue", "cmi.core.exit", "suspend"),
        ("Finish",),
    ),
)
LEFT = Held("incomplete", state="page 3", entry="resume")


def test_resuming_at_the_same_page_with_answers_loses_nothing() -> None:
    assert codes(halfway(THIRD, LEFT, *SAVED)) == set()


def test_resuming_at_the_beginning_is_a_lost_place() -> None:
    assert codes(halfway(FIRST, LEFT, *SAVED)) == {"visit-place-lost"}


def test_resuming_at_a_menu_is_no_lost_place() -> None:
    play = halfway(FIRST, LEFT, *SAVED)
    by_menu = tuple(replace(one, why="menu") for one in play.steps)
    assert codes(replace(play, steps=by_menu)) == set()


def test_missing_answers_after_resuming_are_found() -> None:
    assert codes(halfway(replace(THIRD, answers=()), LEFT, *SAVED)) == {"visit-answers-lost"}


def test_place_lost_by_lms_is_not_blamed_on_package() -> None:
    play = halfway(FIRST, replace(LEFT, state=""), *SAVED)
    [found] = rules.findings("course.zip", {"scormhost": {"halfway": play}})
    assert (found.code, found.own_to_lms) == ("visit-place-lost", True)


def test_killed_browser_reveals_saving_only_at_exit() -> None:
    usual = halfway(THIRD, LEFT, *SAVED)
    killed = halfway(FIRST, Held("incomplete"), *SAVED[:1], scenario="killed")
    assert codes(usual, killed) == {"visit-saves-at-exit"}


def test_closed_tab_reveals_saving_only_by_normal_exit() -> None:
    usual = halfway(THIRD, LEFT, *SAVED)
    closed = halfway(FIRST, Held("incomplete"), *SAVED[:1], scenario="closed")
    assert codes(usual, closed) == {"visit-closing-loses"}


def trouble(*calls: Call, said: frozenset[str] = frozenset()) -> Play:
    """An answer is submitted while the login is gone, and is not there again."""
    told = replace(THIRD, words=THIRD.words | said)
    play = halfway(replace(THIRD, answers=()), Held("incomplete"), *SAVED[:1], *calls)
    half, left = play.moments[1], play.moments[2]
    moments = (
        play.moments[0],
        replace(half, step=1, calls=1, screen=replace(THIRD, answers=())),
        replace(half, name="failing", screen=told),
        left,
        play.moments[3],
    )
    return replace(play, scenario="login", moments=moments)


def test_a_failure_that_the_course_hides_is_found() -> None:
    usual = halfway(THIRD, LEFT, *SAVED)
    failed = made(("Commit",), value="false", error="101")
    assert codes(usual, trouble(*failed)) == {"visit-loss-unsaid"}
    assert codes(usual, trouble(*failed, said=frozenset({"not", "saved"}))) == set()


def test_offline_failure_is_found_although_log_came_later() -> None:
    usual = halfway(THIRD, LEFT, *SAVED)
    play = replace(trouble(*made(("Commit",), value="false", error="101")), scenario="line")
    opened, half, failing, *rest = play.moments
    moments = (opened, half, replace(failing, calls=half.calls), *rest)
    assert codes(usual, replace(play, moments=moments)) == {"visit-loss-unsaid"}


def test_loss_after_confirmation_is_blamed_on_lms() -> None:
    usual = halfway(THIRD, LEFT, *SAVED)
    plays = {"halfway": usual, "login": trouble(*made(("Commit",)))}
    [found] = rules.findings("course.zip", {"moodle": plays})
    assert (found.code, found.own_to_lms) == ("visit-lms-forgets", True)


def test_console_complaints_of_a_script_are_one_finding() -> None:
    play = replace(whole(*GOOD, finished=Held("passed")), complaints=("No bookmark", "No sound"))
    [found] = rules.findings("course.zip", {"moodle": {"whole": play}})
    assert found.code == "visit-console-error"
    assert found.message == "The course itself reports an error in the console: “No bookmark”."
    assert found.evidence == ("No bookmark", "No sound")


def test_same_barrier_on_many_pages_is_one_finding() -> None:
    alt, words = ("image-alt", "Images must have alternative text"), "critical"
    seen = tuple(Barrier(*alt, words, page, "<img>") for page in ("Welcome", "Question"))
    other = Barrier("label", "Form elements must have labels", words, "Question", "<input>")
    play = replace(whole(*GOOD, finished=Held("passed")), barriers=(*seen, other))
    played = {lms: {"whole": replace(play, lms=lms)} for lms in ("moodle", "strict")}
    pictures, labels = rules.findings("course.zip", played)
    assert [effect.lms for effect in pictures.effects] == [ANYWHERE]
    assert pictures.message == (
        "Some trainees cannot use a page: Images must have alternative text (image-alt)."
    )
    assert pictures.evidence == (
        "image-alt, impact critical",
        "in “Welcome”: <img>",
        "in “Question”: <img>",
    )
    assert "Form elements must have labels (label)" in labels.message


def test_exit_other_than_suspend_is_found_if_not_resumed() -> None:
    logout = ("cmi.core.exit", "logout")
    calls = [replace(one, args=logout) if one.new_value == "suspend" else one for one in SAVED]
    play = halfway(THIRD, replace(LEFT, entry=""), *calls)
    assert codes(play) == {"visit-exit-not-suspend"}
    assert codes(replace(play, lacks=("resume",))) == set()
    assert codes(halfway(THIRD, LEFT, *calls)) == set()


def test_course_without_initialize_gets_no_further_findings() -> None:
    moments = (Moment("left", 1, 0, Held(), Screen()),)
    glance = Play("moodle", "glance", moments)
    assert codes(glance, whole(finished=Held())) == {"visit-no-initialize"}


def test_single_sco_that_opens_complete_is_only_a_warning() -> None:
    calls = made(("Initialize",), ("SetValue", STATUS, "completed"), ("Finish",))
    held = Held("completed")
    moments = (
        Moment("opened", 1, 1, Held(), Screen()),
        Moment("left", 1, len(calls), held, Screen()),
    )
    glance = Play("moodle", "glance", moments, tuple(calls), functions=("LMSFinish",))
    for sco, severity, what in (
        ("", Severity.ERROR, "the course"),
        ("Welcome", Severity.WARNING, "the SCO “Welcome”"),
    ):
        [found] = rules.findings("a.zip", {"moodle": {"glance": replace(glance, sco=sco)}})
        assert (found.code, found.severity) == ("visit-opens-complete", severity)
        assert found.message == (
            f"Opening and leaving {what} is enough to be recorded as “completed”."
        )


def test_a_course_that_talks_later_than_the_first_glance_talks() -> None:
    glance = Play("moodle", "glance", (Moment("left", 1, 0, Held(), Screen()),))
    assert codes(glance, whole(*GOOD, finished=Held("passed", "100"))) == set()
    blocked = replace(whole(finished=Held()), blocked=("https://cdn.example/player.js",))
    assert codes(glance, blocked) == set()


def answered(index: int, response: str = "a", kind: str = "choice") -> list[Call]:
    """What a course tells of an answer to “question”."""
    element = f"cmi.interactions.{index}"
    return made(
        ("SetValue", f"{element}.id", "question"),
        ("SetValue", f"{element}.type", kind),
        ("SetValue", f"{element}.student_response", response),
    )


def twice(first: str, second: str, *told: list[Call]) -> set[str]:
    """What is found where answers are told, the first at a page with the words ``first``, all
    others at one with the words ``second``."""
    calls = [*GOOD, *(call for each in told for call in each)]
    numbered = [replace(call, order=n) for n, call in enumerate(calls)]
    play = whole(*numbered, finished=Held("passed", answers=2))
    one = Step("presses", "submit", len(GOOD) + len(told[0]), 1, seen=first)
    other = Step("presses", "submit", len(calls), 1, seen=second)
    return codes(replace(play, steps=(one, other)))


def test_same_id_for_different_questions_is_found_unlike_retry() -> None:
    hands, towel = "When are hands washed?", "Which towel is used?"
    found = {"visit-answer-id-twice"}
    assert twice(hands, towel, answered(0), answered(1)) == found
    assert twice(hands, hands, answered(0), answered(1)) == set()
    # All at the end of a quiz.
    assert twice("Start", hands, made(), answered(0), answered(1, "b")) == found


def test_question_with_feedback_added_is_the_same_question() -> None:
    hands = "When are hands washed? Before meals Never Submit"
    again = f"{hands} That is not right: think of what you touch before you eat. Try 2 of 3"
    assert twice(hands, again, answered(0), answered(1, "b")) == set()
    assert twice(again, hands, answered(0), answered(1, "b")) == set()


def test_a_repeated_answer_is_the_same_question() -> None:
    hands, towel = "When are hands washed?", "Which towel is used?"
    # In its place, with what was changed meanwhile, …
    assert twice(hands, towel, answered(0), answered(0, "b")) == set()
    assert twice("Start", hands, made(), answered(0), answered(0, "b")) == set()
    # … or as it was, by a course that says everything twice.
    assert twice("Start", hands, made(), answered(0), answered(1)) == set()
    # Who is asked at once in two ways is asked two questions.
    at_once = (answered(0), answered(1, kind="fill-in"))
    assert twice("Start", hands, made(), *at_once) == {"visit-answer-id-twice"}


def test_where_ids_are_the_same_chamilo_alone_loses_an_answer() -> None:
    [rule] = [one for one in rules.RULES if one.code == "visit-answer-id-twice"]
    words = {what: lms for lms, what in rule.effects.items()}
    assert words["The second answer replaces the first"] == "chamilo"
    assert len(words) == 2


def test_repeated_answer_in_next_visit_keeps_its_id() -> None:
    told = made(
        ("SetValue", "cmi.interactions.0.id", "question"),
        ("SetValue", "cmi.interactions.0.type", "choice"),
        ("SetValue", "cmi.interactions.0.student_response", "a"),
    )
    again = [replace(one, launch=2) for one in told]
    calls = [replace(one, order=n) for n, one in enumerate([*GOOD, *told, *again])]
    play = whole(*calls, finished=Held("passed", answers=2))
    steps = (
        Step("presses", "submit", 8, 1, seen="When are hands washed?"),
        Step("presses", "resume", 11, 2, seen="Which towel is used?"),
    )
    assert codes(replace(play, steps=steps)) == set()


def test_answer_cut_off_by_a_closing_page_is_not_incomplete() -> None:
    told = made(("SetValue", "cmi.interactions.0.id", "question"))
    gone = made(("SetValue", "cmi.suspend_data", "x"), value="false")
    calls = [replace(one, order=n) for n, one in enumerate([*GOOD, *told, *gone])]
    finished = Held("passed", answers=1)
    assert codes(whole(*calls, finished=finished)) == set()
    assert codes(whole(*calls[:-1], finished=finished)) == {"visit-answer-incomplete"}


def test_a_record_survives_its_way_between_processes() -> None:
    play = replace(
        halfway(THIRD, LEFT, *SAVED),
        missed=("a film",),
        lacks=("popup",),
        complaints=("No bookmark",),
        pictures=(Picture("half", "Question", 2, "/9j/"),),
        barriers=(Barrier("label", "Form elements must have labels", "", "Question", "<input>"),),
    )
    assert from_json(to_json(play)) == play


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.code)
def test_a_rule_says_all_that_people_need(rule: Rule) -> None:
    assert re.fullmatch(r"visit(-[a-z0-9]+)+", rule.code)
    simulated = {key for key, system in SYSTEMS.items() if system.simulated}
    assert set(rule.effects) in (simulated, {ANYWHERE})
    assert rule.message.endswith(".")
    assert rule.explanation.endswith(".")
    assert rule.hint.endswith(".")
    assert rule.wrong != rule.right
    # The end of a sentence is put behind it.
    assert not any(what.endswith(".") for what in rule.effects.values())


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.code)
def test_a_rule_rests_on_a_fact_that_there_is(rule: Rule) -> None:
    name, _, anchor = rule.source.partition(",")[0].partition("#")
    page = (Path("docs") / name).read_text("utf-8")
    headings = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    anchors = {re.sub(r"[^a-z0-9 .-]", "", one.lower()).replace(" ", "-") for one in headings}
    assert not anchor or anchor in anchors
