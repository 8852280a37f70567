"""Rules of a visit about status and score, after opening, finishing and reviewing a course."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.rules.rule import ERROR, WARNING, Cost, Rule
from builder.audit.visit.record import FINAL, RAW, STATUS, Held, Play
from builder.audit.visit.rules.plays import (
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
        told = [
            one for one in calls_setting(play.calls, STATUS) if one.told in ("passed", "completed")
        ]
        if left and told and left.held.status in ("passed", "completed"):
            # One of several SCOs may be a plain page, which does not complete the course.
            what = f"the SCO “{play.sco}”" if play.sco else "the course"
            words = {"status": left.held.status, "what": what}
            severity = WARNING if play.sco else None
            yield VisitFault(
                "glance", (*as_evidence(told[-1:]), held_at(left)), words, severity=severity
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
        told = calls_setting(play.of_launch(1), STATUS)
        proved = reached_end(play) and told and all(one.told in WORDS for one in told)
        if end and proved and not passing_unknown(play) and told[-1].told not in FINAL:
            lines = (*as_evidence(told[-3:]), _at_the_end(play), held_at(end))
            yield VisitFault("whole", lines, {"status": end.held.status})


def reached_end(play: Play) -> bool:
    """Whether the trainee provably reached the end, without a step that the visit could not do or a
    fault that it may have caused."""
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
        told = last_accepted(play.of_launch(1), STATUS)
        # Only a final status that the course never set is the LMS's own judgement. For any
        # other one, a later value was lost.
        judged = set(FINAL) - {one.told for one in calls_setting(play.of_launch(1), STATUS)}
        if end and end.held.mastery and told and end.held.status in judged:
            evidence = (*as_evidence(calls_setting(play.of_launch(1), STATUS)[-1:]), held_at(end))
            words = {"told": told, "held": end.held.status, "mastery": end.held.mastery}
            yield VisitFault("whole", evidence, words)


def _result_lost(plays: Plays) -> Iterator[VisitFault]:
    for play in of_scenarios(plays, "whole"):
        end, told = play.at("finished"), committed(play, 1, STATUS)
        if end and told in FINAL and end.held.status in _OPEN:
            evidence = (*as_evidence(calls_setting(play.of_launch(1), STATUS)[-1:]), held_at(end))
            words = {"told": told, "held": end.held.status or "nothing"}
            yield VisitFault("whole", evidence, words, own_to_lms=True)


def _status_word(plays: Plays) -> Iterator[VisitFault]:
    for play in of_scenarios(plays, "whole"):
        wrong = [one for one in calls_setting(play.calls, STATUS) if one.told not in WORDS]
        for word in dict.fromkeys(one.told for one in wrong):
            yield VisitFault(
                "whole", as_evidence(one for one in wrong if one.told == word), {"word": word}
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


_ASSET = "It is opened and never tracked: no status, no score, no place"

RULES = (
    Rule(
        "visit-no-initialize",
        ERROR,
        "The page that is launched never talks to the learning system.",
        "Let the manifest launch the page that calls LMSInitialize, and look for the API "
        "up the parents and in the opener.",
        "A trainee opened the course, and LMSInitialize was not called. Nothing "
        "that follows can be recorded.",
        effects=effects(_ASSET),
        cost=Cost.RESULT,
        source="facts/scorm-1.2.md#api",
        wrong='<resource … href="index.html"> where only player.html has the calls',
        right='<resource … href="player.html">',
        judge_visit=_no_initialize,
        without_api=True,
    ),
    Rule(
        "visit-opens-complete",
        ERROR,
        "Opening and leaving {what} is enough to be recorded as “{status}”.",
        "Set “incomplete” at the start, and a final word once everything is done.",
        "A trainee opened the course and left at once, without doing anything.",
        summary="Opening and leaving the course is enough to be recorded as done.",
        effects=effects(
            "Everybody who looks in counts as done",
            moodle="Everybody who looks in counts as done, and each next visit is a review",
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
        "The course never says a status.",
        "Set cmi.core.lesson_status: “incomplete” at the start, “completed” or “passed” "
        "at the end.",
        "A trainee reached the end, and no call set cmi.core.lesson_status. "
        "What becomes of that differs by learning system.",
        effects=effects(
            "Nobody is recorded as done, whatever they do",
            moodle="Everybody is “completed” once LMSFinish is called, also who only looked",
            ilias="Everybody is “completed” once LMSFinish is called, also who only looked",
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
        "Set “completed” or “passed” when the last thing is done, not at a button that "
        "nobody has to press.",
        "A trainee read and answered all that was to be found until the course "
        "itself showed its end (the evidence says how), with a full score or without one, and "
        "left by the course's way out or the learning system's.",
        summary="A trainee who did everything is not recorded as done.",
        effects=effects("It stays on everybody's list of courses to do"),
        cost=Cost.RESULT,
        source="facts/interoperability.md, rule 12",
        wrong='LMSSetValue("cmi.core.lesson_status", "incomplete") to the end',
        right='LMSSetValue("cmi.core.lesson_status", "completed") at the end',
        judge_visit=_never_completes,
    ),
    Rule(
        "visit-result-lowered",
        ERROR,
        "Opening the course again turns {before} into {after}.",
        "Read the status at the start, and write neither status nor score where it is "
        "final already.",
        "A trainee had finished, came back and left.",
        summary="Opening the course again lowers the result.",
        effects=effects("Who looks something up loses the result, and with it the proof"),
        cost=Cost.RESULT,
        source="facts/interoperability.md, rule 12",
        wrong='LMSSetValue("cmi.core.lesson_status", "incomplete") at each start',
        right='if (status === "not attempted" || status === "") set("incomplete")',
        judge_visit=_lowered,
    ),
    Rule(
        "visit-review-overwrites",
        WARNING,
        "A visit that only looks back changes what is stored.",
        "Ask for cmi.core.lesson_mode, and write nothing in “review” and “browse”.",
        "A trainee had finished, came back in “review” and left. The learning "
        "system stored what the course wrote.",
        effects=effects("Place, state or answers of the finished visit are replaced"),
        cost=Cost.WORK,
        source="facts/moodle.md#entry-mode-attempts",
        wrong='LMSSetValue("cmi.suspend_data", …) whatever the mode',
        right='if (mode !== "review" && mode !== "browse") save()',
        judge_visit=_overwritten,
    ),
    Rule(
        "visit-mastery-overrides",
        ERROR,
        "The course says “{told}”, and the mastery score of {mastery} in the manifest "
        "makes “{held}” of it.",
        "Take adlcp:masteryscore out of the manifest, or let the course judge by the same "
        "mark and say the score together with its final word.",
        "Many learning systems judge by the mastery score themselves, at the end "
        "of each visit, also half-way.",
        summary="A mastery score in the manifest changes what the course says.",
        effects=effects("Its own judgement is recorded in place of the course's"),
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
        "The learning system confirms “{told}”, and holds “{held}” afterwards.",
        "Nothing in the package is wrong. A course can guard against it by telling one "
        "value after the other, with a pause between them.",
        "A trainee did the whole course, which said its final word, and the "
        "learning system said that it was stored. Where values that follow each other at once "
        "are stored in no order, an older one can undo it, on some visits and not on others.",
        summary="A learning system confirms a result that it does not hold.",
        effects=effects(
            "The result is lost, whatever the course",
            wagtail_lms="Values that are told at once undo each other, by chance",
        ),
        cost=Cost.RESULT,
        source="facts/packages.md#simulated-and-real",
        wrong="status, score and state told at once",
        right="status, score and state told one by one",
        judge_visit=_result_lost,
    ),
    Rule(
        "visit-status-word",
        ERROR,
        "The status “{word}” is none of SCORM 1.2.",
        "The words are passed, completed, failed, incomplete and browsed.",
        "No rule of completion accepts another word, whether the learning system "
        "refuses it or stores it.",
        summary="The status is no word of SCORM 1.2.",
        effects=effects(
            "It is refused, and the status before it stays",
            openedx="It is stored and counts as nothing",
            chamilo="It is stored and counts as nothing",
            scormhost="It is stored and counts as nothing",
            wagtail_lms="It is stored and counts as nothing",
        ),
        cost=Cost.RESULT,
        source="facts/scorm-1.2.md#data-model",
        wrong='LMSSetValue("cmi.core.lesson_status", "complete")',
        right='LMSSetValue("cmi.core.lesson_status", "completed")',
        judge_visit=_status_word,
    ),
)


def passing_unknown(play: Play) -> bool:
    """Whether the trainee may have answered wrongly, so that the result of right answers is
    unknown."""
    end = play.at("finished")
    if end is None or end.held.status in ("passed", "completed"):
        return False
    scores = calls_setting(play.of_launch(1), RAW)
    if scores:
        return _number(scores[-1].told) < 100
    results = [one.told for one in play.of_launch(1) if one.sets.endswith(".result")]
    submitted = any(one.why == "submit" for one in play.steps)
    return submitted and (not results or any(one != "correct" for one in results))
