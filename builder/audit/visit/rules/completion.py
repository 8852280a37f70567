"""Rules of a visit about status and score, after opening, finishing and reviewing a course."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.findings import Cost
from builder.audit.rules.rule import ERROR, WARNING, Rule
from builder.audit.visit.record import (
    FINAL,
    RAW,
    STATUS,
    Held,
    Play,
    Plays,
    VisitFault,
    as_evidence,
    calls_of,
    calls_setting,
    committed,
    effects,
    held_at,
    last_accepted,
    of_scenarios,
)

WORDS = ("passed", "completed", "failed", "incomplete", "browsed", "not attempted")
_OPEN = ("", "not attempted", "browsed", "incomplete")
_RANK = {"": 0, "not attempted": 0, "browsed": 0, "incomplete": 1, "failed": 2, "completed": 3}
_RANK |= {"passed": 4}


def _no_initialize(plays: Plays) -> Iterator[VisitFault]:
    # A large course may initialise only after the glance.
    if any(calls_of(one.calls, "LMSInitialize") or one.blocked for one in plays.values()):
        return
    for play in [*of_scenarios(plays, "glance", "whole")][:1]:
        # Further SCOs only have the scenario “whole”.
        first = play.scenario == "glance" or bool(play.sco)
        if play.limited or play.unready or not first:
            continue
        opened = "The trainee opened the course; LMSInitialize was not called."
        yield VisitFault(play.scenario, (opened,))


def _opens_complete(plays: Plays) -> Iterator[VisitFault]:
    for play in of_scenarios(plays, "glance"):
        left = play.at("left")
        statuses = [
            one
            for one in calls_setting(play.calls, STATUS)
            if one.new_value in ("passed", "completed")
        ]
        if left and statuses and left.held.status in ("passed", "completed"):
            # One of several SCOs may be a plain page, which does not complete the course.
            what = f"the SCO “{play.sco}”" if play.sco else "the course"
            words = {"status": left.held.status, "what": what}
            severity = WARNING if play.sco else None
            yield VisitFault(
                "glance", (*as_evidence(statuses[-1:]), held_at(left)), words, severity=severity
            )


def _never_set(plays: Plays) -> Iterator[VisitFault]:
    for play in of_scenarios(plays, "whole"):
        end = play.at("finished")
        started = calls_of(play.calls, "LMSInitialize")
        # Some courses set no status until it is final, if the LMS starts with “incomplete”.
        proved = reached_end(play) and not passing_unknown(play)
        if end and started and not calls_setting(play.calls, STATUS) and proved:
            lines = ("No call sets cmi.core.lesson_status.", _at_the_end(play), held_at(end))
            yield VisitFault("whole", lines)


def _never_completes(plays: Plays) -> Iterator[VisitFault]:
    for play in of_scenarios(plays, "whole"):
        end = play.at("finished")
        statuses = calls_setting(play.of_launch(1), STATUS)
        proved = reached_end(play) and statuses and all(one.new_value in WORDS for one in statuses)
        if end and proved and not passing_unknown(play) and statuses[-1].new_value not in FINAL:
            lines = (*as_evidence(statuses[-3:]), _at_the_end(play), held_at(end))
            yield VisitFault("whole", lines, {"status": end.held.status})


def reached_end(play: Play) -> bool:
    """Whether there is proof that the trainee reached the end of the course, reached everything on
    the way, and the visit itself can have caused no fault."""
    return bool(play.end) and not play.missed and not play.disturbed


def _at_the_end(play: Play) -> str:
    actions = "1 action" if play.actions == 1 else f"{play.actions} actions"
    return f"reached the end after {actions}: {play.end}"


def _lowered(plays: Plays) -> Iterator[VisitFault]:
    for play in of_scenarios(plays, "whole"):
        end, after = play.at("finished"), play.at("looked")
        if end and after and end.held.status in FINAL and _less(after.held, end.held):
            again = [one for one in play.of_launch(end.launch + 1) if one.sets in (STATUS, RAW)]
            words = {"before": _result(end.held), "after": _result(after.held)}
            yield VisitFault("whole", (held_at(end), *as_evidence(again), held_at(after)), words)


def _overwritten(plays: Plays) -> Iterator[VisitFault]:
    for play in of_scenarios(plays, "whole"):
        end, after = play.at("finished"), play.at("looked")
        if not (end and after and end.held.mode == "review") or _less(after.held, end.held):
            continue
        wrote = [one for one in play.of_launch(end.launch + 1) if one.sets and one.taken]
        if wrote and _kept(end.held) != _kept(after.held):
            yield VisitFault("whole", (held_at(end), *as_evidence(wrote), held_at(after)))


def _mastery(plays: Plays) -> Iterator[VisitFault]:
    for play in of_scenarios(plays, "whole"):
        end = play.at("finished")
        reported = last_accepted(play.of_launch(1), STATUS)
        # Only a final status that the course never set is the LMS's own judgement. For any
        # other one, a later value was lost.
        judged = set(FINAL) - {one.new_value for one in calls_setting(play.of_launch(1), STATUS)}
        if end and end.held.mastery and reported and end.held.status in judged:
            evidence = (*as_evidence(calls_setting(play.of_launch(1), STATUS)[-1:]), held_at(end))
            words = {"reported": reported, "held": end.held.status, "mastery": end.held.mastery}
            yield VisitFault("whole", evidence, words)


def _result_lost(plays: Plays) -> Iterator[VisitFault]:
    for play in of_scenarios(plays, "whole"):
        end, reported = play.at("finished"), committed(play, 1, STATUS)
        if end and reported in FINAL and end.held.status in _OPEN:
            evidence = (*as_evidence(calls_setting(play.of_launch(1), STATUS)[-1:]), held_at(end))
            words = {"reported": reported, "held": end.held.status or "nothing"}
            yield VisitFault("whole", evidence, words, own_to_lms=True)


def _status_word(plays: Plays) -> Iterator[VisitFault]:
    for play in of_scenarios(plays, "whole"):
        wrong = [one for one in calls_setting(play.calls, STATUS) if one.new_value not in WORDS]
        for word in dict.fromkeys(one.new_value for one in wrong):
            yield VisitFault(
                "whole", as_evidence(one for one in wrong if one.new_value == word), {"word": word}
            )


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _less(one: Held, other: Held) -> bool:
    score = bool(other.score) and _number(one.score) < _number(other.score)
    return _RANK.get(one.status, 0) < _RANK.get(other.status, 0) or score


def _result(one: Held) -> str:
    return f"“{one.status}”, score {one.score}" if one.score else f"“{one.status}”"


def _kept(one: Held) -> tuple[object, ...]:
    return one.status, one.score, one.location, one.state, one.answers


_ASSET = "It opens but is never tracked: no status, no score, no bookmark"

RULES = (
    Rule(
        "visit-no-initialize",
        ERROR,
        "The launched page never calls the learning system.",
        "Make the manifest launch the page that calls LMSInitialize, and let the page look for the "
        "API in its parents and its opener.",
        "A simulated trainee opened the course, but it did not call LMSInitialize. Nothing after "
        "that can be recorded.",
        effects=effects(_ASSET),
        cost=Cost.RESULT,
        source="facts/scorm-1.2.md#api",
        wrong='<resource … href="index.html">, although only player.html has the calls',
        right='<resource … href="player.html">',
        judge_visit=_no_initialize,
        without_api=True,
    ),
    Rule(
        "visit-opens-complete",
        ERROR,
        "Opening and leaving {what} is enough to be recorded as “{status}”.",
        "Set “incomplete” at the start, and a final status once everything is done.",
        "A simulated trainee opened the course and left at once, without doing anything.",
        summary="Opening and leaving the course is enough to be recorded as done.",
        effects=effects(
            "Everybody who opens it counts as done",
            moodle="Everybody who opens it counts as done, and each next visit is a review",
        ),
        cost=Cost.RESULT,
        source="facts/interoperability.md, rule 12",
        wrong='LMSSetValue("cmi.core.lesson_status", "completed") at the start',
        right='LMSSetValue("cmi.core.lesson_status", "incomplete") at the start',
        judge_visit=_opens_complete,
    ),
    Rule(
        "visit-status-never-set",
        ERROR,
        "The course never reports a status.",
        "Set cmi.core.lesson_status: “incomplete” at the start, “completed” or “passed” "
        "at the end.",
        "A simulated trainee reached the end, but no call set cmi.core.lesson_status. The effect "
        "differs between learning systems.",
        effects=effects(
            "Nobody is recorded as done, whatever they do",
            moodle="Everybody is “completed” once LMSFinish is called, even after only a look",
            ilias="Everybody is “completed” once LMSFinish is called, even after only a look",
        ),
        cost=Cost.RESULT,
        source="facts/moodle.md#finish-status-mastery",
        wrong="only cmi.core.score.raw is set",
        right='LMSSetValue("cmi.core.lesson_status", "passed") after the score',
        judge_visit=_never_set,
    ),
    Rule(
        "visit-never-completes",
        ERROR,
        "A trainee who reached the end stays “{status}”.",
        "Set “completed” or “passed” when the last task is done, not when somebody presses an "
        "optional button.",
        "A simulated trainee read and answered everything until the course itself showed its end "
        "(see the evidence), and left through the course's exit or the learning system's exit.",
        summary="A trainee who did everything is not recorded as done.",
        effects=effects("It stays on everybody's to-do list"),
        cost=Cost.RESULT,
        source="facts/interoperability.md, rule 12",
        wrong='LMSSetValue("cmi.core.lesson_status", "incomplete") to the end',
        right='LMSSetValue("cmi.core.lesson_status", "completed") at the end',
        judge_visit=_never_completes,
    ),
    Rule(
        "visit-result-lowered",
        ERROR,
        "Opening the course again changes {before} to {after}.",
        "Read the status at the start. If it is final, write neither status nor score.",
        "A simulated trainee had finished, came back and left.",
        summary="Opening the course again lowers the result.",
        effects=effects("Trainees who look something up lose their result, and with it the proof"),
        cost=Cost.RESULT,
        source="facts/interoperability.md, rule 12",
        wrong='LMSSetValue("cmi.core.lesson_status", "incomplete") at each start',
        right='if (status === "not attempted" || status === "") set("incomplete")',
        judge_visit=_lowered,
    ),
    Rule(
        "visit-review-overwrites",
        WARNING,
        "A review changes the stored result.",
        "Read cmi.core.lesson_mode, and write nothing in the modes “review” and “browse”.",
        "A simulated trainee had finished, came back in “review” and left. The learning system "
        "stored what the course wrote.",
        effects=effects("Bookmark, state or answers of the finished visit are replaced"),
        cost=Cost.WORK,
        source="facts/moodle.md#entry-mode-attempts",
        wrong='LMSSetValue("cmi.suspend_data", …) in every mode',
        right='if (mode !== "review" && mode !== "browse") save()',
        judge_visit=_overwritten,
    ),
    Rule(
        "visit-mastery-overrides",
        ERROR,
        "The course reports “{reported}”, but the mastery score of {mastery} in the manifest "
        "changes it to “{held}”.",
        "Delete adlcp:masteryscore from the manifest, or make the course use the same pass mark "
        "and report the score together with the final status.",
        "Many learning systems set the status by the mastery score at the end of each visit, even "
        "of an unfinished one.",
        summary="A mastery score in the manifest changes the status that the course reports.",
        effects=effects("Its own status is recorded instead of the course's"),
        cost=Cost.RESULT,
        source="facts/moodle.md#finish-status-mastery",
        wrong="<adlcp:masteryscore>80</adlcp:masteryscore> in a course that passes at 50",
        right="no adlcp:masteryscore",
        judge_visit=_mastery,
        once_a_package=True,
    ),
    Rule(
        "visit-result-lost",
        WARNING,
        "The learning system confirms “{reported}”, but has “{held}” afterwards.",
        "Nothing in the package is wrong. A course can avoid this by reporting one value after the "
        "other, with a pause between them.",
        "A simulated trainee did the whole course. The course reported its final status, and the "
        "learning system confirmed that it was stored. If values arrive at the same time, a "
        "learning system may store them in any order, and an older one may replace the final one.",
        summary="A learning system confirms a result that it does not have.",
        effects=effects(
            "The result is lost, whatever the course",
            wagtail_lms="Values that are reported at the same time may overwrite each other",
        ),
        cost=Cost.RESULT,
        source="facts/packages.md#simulated-and-real",
        wrong="status, score and state reported at the same time",
        right="status, score and state reported one by one",
        judge_visit=_result_lost,
    ),
    Rule(
        "visit-status-word",
        ERROR,
        "SCORM 1.2 has no status “{word}”.",
        "Use passed, completed, failed, incomplete or browsed.",
        "A learning system refuses or stores another status, but no completion rule accepts it.",
        summary="The status is not one of SCORM 1.2.",
        effects=effects(
            "It is refused, and the previous status stays",
            openedx="It is stored, but has no effect",
            chamilo="It is stored, but has no effect",
            scormhost="It is stored, but has no effect",
            wagtail_lms="It is stored, but has no effect",
        ),
        cost=Cost.RESULT,
        source="facts/scorm-1.2.md#data-model",
        wrong='LMSSetValue("cmi.core.lesson_status", "complete")',
        right='LMSSetValue("cmi.core.lesson_status", "completed")',
        judge_visit=_status_word,
    ),
)


def passing_unknown(play: Play) -> bool:
    """Whether the course has no final pass because the simulated trainee may have answered wrongly,
    so that the result of right answers is unknown."""
    end = play.at("finished")
    if end is None or end.held.status in ("passed", "completed"):
        return False
    scores = calls_setting(play.of_launch(1), RAW)
    if scores:
        return _number(scores[-1].new_value) < 100
    results = [one.new_value for one in play.of_launch(1) if one.sets.endswith(".result")]
    submitted = any(one.why == "submit" for one in play.steps)
    return submitted and (not results or any(one != "correct" for one in results))
