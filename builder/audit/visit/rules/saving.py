"""Rules of a visit about saving: what a trainee loses by leaving half-way and coming back."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.findings import Cost
from builder.audit.rules.rule import ERROR, WARNING, Rule
from builder.audit.visit.record import (
    EXIT,
    FINAL,
    PLACE,
    STATE,
    TIME,
    Call,
    Moment,
    Play,
    Plays,
    VisitFault,
    as_evidence,
    calls_of,
    calls_setting,
    committed,
    effects,
    held_at,
    of_scenarios,
)

_LIMIT = 4096
_BURST = 5
"""Minimum number of calls of LMSCommit for one action that a rule reports."""


def place_lost(play: Play) -> bool:
    """Whether a trainee who came back was at the beginning of the course instead of the page where
    they had left."""
    if play.disturbed:
        return False
    opened, half, back = play.at("opened"), play.at("half"), play.at("back")
    if not (opened and half and back) or half.screen.like(opened.screen):
        return False
    # A course with a menu resumes at the menu.
    if not any(one.why == "next" for one in play.steps[: half.step]):
        return False
    return not back.screen.like(half.screen) and back.screen.like(opened.screen)


def answers_lost(play: Play) -> tuple[str, ...]:
    """The controls (role and name) whose submitted answer is missing from the page after the
    trainee has come back."""
    half, back = play.at("half"), play.at("back")
    if play.disturbed or not (half and back) or not back.screen.like(half.screen):
        return ()
    lost = _submitted(play, 0, half) - set(back.screen.answers)
    return tuple(sorted(name for name, _ in lost))


def _submitted(play: Play, begin: int, end: Moment) -> set[tuple[str, str]]:
    """The answers that were submitted from the step ``begin`` until the moment ``end``, and that
    are visible at that moment: pairs of a control (role and name) and the answer in it."""
    submitted = {one for step in play.steps[begin : end.step] for one in step.answers}
    return submitted & set(end.screen.answers)


def _lms_lost(play: Play) -> bool:
    """Whether the LMS lost a value that it had confirmed as stored."""
    left = play.at("left")
    if left is None:
        return False
    for element, now in ((STATE, left.held.state), (PLACE, left.held.location)):
        stored = committed(play, left.launch, element)
        if stored is not None and not _same(stored, now):
            return True
    return False


def _same(stored: str, now: str) -> bool:
    """Whether the LMS still has the value ``stored``: the present value ``now`` is equal to it, or
    starts with it if the log shortened ``stored``, as it does for long values of a page that is
    closing."""
    return stored == now or (
        stored.endswith(" characters)") and now.startswith(stored.split("… (")[0])
    )


def _half(play: Play) -> bool:
    """Whether the trainee left before the course was finished, and the visit itself cannot have
    caused a fault."""
    half = play.at("half")
    return bool(half and half.held.status not in FINAL and not play.disturbed)


def _evidence(play: Play) -> tuple[str, ...]:
    kept = [one for one in play.of_launch(1) if one.sets in (STATE, PLACE)]
    left = play.at("left")
    return (*as_evidence(kept[-2:]), *((held_at(left),) if left else ()))


def _place(plays: Plays) -> Iterator[VisitFault]:
    for play in of_scenarios(plays, "halfway"):
        if _half(play) and place_lost(play):
            half = play.at("half")
            words = {"place": half.screen.heading if half else ""}
            yield VisitFault("halfway", _evidence(play), words, own_to_lms=_lms_lost(play))


def _answers(plays: Plays) -> Iterator[VisitFault]:
    for play in of_scenarios(plays, "halfway"):
        if _half(play) and (lost := answers_lost(play)):
            evidence = (f"not restored: {', '.join(lost)}", *_evidence(play))
            yield VisitFault("halfway", evidence, own_to_lms=_lms_lost(play))


def _kept_halfway(plays: Plays) -> bool:
    """Whether a trainee who leaves half-way by the LMS's exit loses nothing."""
    play = plays.get("halfway")
    return bool(play and _half(play) and not place_lost(play) and not answers_lost(play))


def _closed(plays: Plays) -> Iterator[VisitFault]:
    for play in of_scenarios(plays, "closed"):
        if _kept_halfway(plays) and (place_lost(play) or answers_lost(play)):
            yield VisitFault("closed", _evidence(play), own_to_lms=_lms_lost(play))


def _killed(plays: Plays) -> Iterator[VisitFault]:
    for play in of_scenarios(plays, "killed"):
        if _kept_halfway(plays) and (place_lost(play) or answers_lost(play)):
            half = play.at("half")
            evidence = (held_at(half),) if half else ()
            yield VisitFault("killed", (*_evidence(play), *evidence), own_to_lms=_lms_lost(play))


def _too_long(plays: Plays) -> Iterator[VisitFault]:
    for play in of_scenarios(plays, "whole", "halfway"):
        long = [one for one in calls_setting(play.calls, STATE) if one.length > _LIMIT]
        left = play.at("left") or play.at("finished")
        cut = bool(left and long and long[-1].taken and len(left.held.state) < long[-1].length)
        refused = [one for one in long if not one.taken]
        if refused or cut:
            longest = max(one.length for one in long)
            yield VisitFault(
                play.scenario, as_evidence(refused or long[-1:]), {"length": f"{longest:,}"}
            )
            return


def _exit(plays: Plays) -> Iterator[VisitFault]:
    for play in of_scenarios(plays, "halfway"):
        left = play.at("left")
        if not left or not _half(play) or not calls_of(play.of_launch(1), "LMSInitialize"):
            continue
        if "resume" in play.lacks:
            continue
        exits = calls_setting(play.of_launch(1), EXIT)
        if (not exits or exits[-1].new_value != "suspend") and left.held.entry != "resume":
            words = {"exit": f"“{exits[-1].new_value}”" if exits else "nothing"}
            lines = as_evidence(exits[-1:]) or ("No call sets cmi.core.exit.",)
            yield VisitFault("halfway", (*lines, f"next entry: “{left.held.entry}”"), words)


def _no_finish(plays: Plays) -> Iterator[VisitFault]:
    played = [
        one
        for one in of_scenarios(plays, "halfway", "whole")
        if (one.at("left") or one.at("finished")) and not one.disturbed
    ]
    if not played or "LMSFinish" not in played[0].functions:
        return
    started = all(calls_of(one.of_launch(1), "LMSInitialize") for one in played)
    if started and not any(calls_of(one.calls, "LMSFinish") for one in played):
        yield VisitFault(played[0].scenario, ("No visit called LMSFinish.",))


def _finish_twice(plays: Plays) -> Iterator[VisitFault]:
    for play in of_scenarios(plays, "whole", "halfway"):
        for launch in sorted({one.launch for one in play.calls}):
            ends = calls_of(play.of_launch(launch), "LMSFinish")
            bad = [one for one in ends[1:] if not one.taken or one.error not in ("", "0")]
            if bad:
                yield VisitFault(play.scenario, as_evidence(ends))
                return


def _no_time(plays: Plays) -> Iterator[VisitFault]:
    for play in of_scenarios(plays, "whole"):
        end = play.at("finished")
        started = calls_of(play.calls, "LMSInitialize")
        reports_time = calls_setting(play.calls, TIME) or "seconds" in play.lacks
        if end and started and not reports_time and not play.disturbed:
            yield VisitFault("whole", ("No call sets cmi.core.session_time.",))


def _freezes(plays: Plays) -> Iterator[VisitFault]:
    for play in of_scenarios(plays, "whole"):
        if not play.waits:
            continue
        begin = 0
        for number, step in enumerate(play.steps):
            # Calls while a course opens or closes do not belong to the next step.
            opened = [one.calls for one in play.moments if _opens(one) and one.step <= number]
            begin = max(begin, *opened, 0)
            burst = calls_of(play.calls[begin : step.calls], "LMSCommit")
            if len(burst) >= _BURST:
                words = {"count": len(burst), "step": step.words}
                yield VisitFault(
                    "whole", (f"while the trainee {step.words}:", *as_evidence(burst)), words
                )
                return
            begin = step.calls


def _opens(moment: Moment) -> bool:
    return moment.name in ("opened", "again", "returned")


def _loss_unreported(plays: Plays) -> Iterator[VisitFault]:
    """Report a course that loses an answer after a failed save without telling the trainee."""
    usual = plays.get("halfway")
    for play in of_scenarios(plays, "login", "line"):
        half, failing = play.at("half"), play.at("failing")
        if not (usual and half and failing and _kept_halfway(plays)):
            continue
        if not (_lost_in_trouble(play) or place_lost(play)):
            continue
        bad = _refused(play, half)
        usually = usual.at("half")
        new = failing.screen.words - (usually.screen.words if usually else frozenset())
        if bad and not new:
            yield VisitFault(play.scenario, (*as_evidence(bad[:4]), *_evidence(play)))


def _lms_forgets(plays: Plays) -> Iterator[VisitFault]:
    """Report an LMS that confirms each save during a fault and still loses the answer."""
    for play in of_scenarios(plays, "login", "line"):
        half, failing = play.at("half"), play.at("failing")
        if not (half and failing and _kept_halfway(plays)):
            continue
        lost = _lost_in_trouble(play) or place_lost(play)
        if lost and not _refused(play, half):
            words = {"what": "the connection" if play.scenario == "line" else "the login"}
            yield VisitFault(play.scenario, _evidence(play), words, own_to_lms=True)


def _lost_in_trouble(play: Play) -> bool:
    """Whether an answer that was submitted during a fault of the LMS or the network is lost when
    the trainee comes back."""
    half, failing, back = play.at("half"), play.at("failing"), play.at("back")
    if not (half and failing and back) or not back.screen.like(failing.screen):
        return False
    return bool(_submitted(play, half.step, failing) - set(back.screen.answers))


def _refused(play: Play, half: Moment) -> list[Call]:
    """The API calls that failed after the moment ``half``, until the end of the launch in which
    that moment is.

    They cannot be limited to those before the next moment: without a connection the log of calls
    arrives late, so the number of calls at that moment is unknown.
    """
    rest = [one for one in play.calls[half.calls :] if one.launch == half.launch]
    asks = ("LMSSetValue", "LMSCommit", "LMSFinish")
    return [one for one in rest if one.name in asks and not one.taken]


RULES = (
    Rule(
        "visit-place-lost",
        ERROR,
        "A trainee who leaves half-way starts again from the beginning: the bookmark (“{place}”) "
        "is not restored.",
        "Save the page in cmi.core.lesson_location or cmi.suspend_data, commit it on each page, "
        "and open that page at the start, whatever the value of cmi.core.entry.",
        "A simulated trainee left half-way through the learning system's exit, came back, and was "
        "at the beginning.",
        summary="A trainee who leaves half-way starts again from the beginning: the bookmark is "
        "not restored.",
        effects=effects("The trainee has to find the page again, or does everything twice"),
        cost=Cost.WORK,
        source="facts/interoperability.md, rule 11",
        wrong="go(0) at each start",
        right='go(Number(LMSGetValue("cmi.core.lesson_location")) || 0)',
        judge_visit=_place,
    ),
    Rule(
        "visit-answers-lost",
        ERROR,
        "Submitted answers are lost when the trainee comes back.",
        "Save answers in cmi.suspend_data: interactions cannot be read back.",
        "A simulated trainee answered, left half-way, and came back to the same page.",
        effects=effects("The trainee answers again, and may be counted twice"),
        cost=Cost.WORK,
        source="facts/scorm-1.2.md#data-model",
        wrong="suspend_data has only the page",
        right="suspend_data has page and answers",
        judge_visit=_answers,
    ),
    Rule(
        "visit-closing-loses",
        ERROR,
        "A trainee who closes the tab half-way loses the bookmark or answers.",
        "Commit on each page and after each answer, and also save in pagehide; unload no longer "
        "runs.",
        "A simulated trainee closed the tab. Leaving through the learning system's exit loses "
        "nothing here.",
        effects=effects("The trainee does it again"),
        cost=Cost.WORK,
        source="facts/interoperability.md, rule 19",
        wrong="window.onunload = save",
        right='addEventListener("pagehide", save)',
        judge_visit=_closed,
    ),
    Rule(
        "visit-saves-at-exit",
        ERROR,
        "Nothing is saved before the end: a crash or an empty battery loses the visit.",
        "Commit after each answer and each page.",
        "A simulated trainee's browser ended half-way without running any code. A course that "
        "saves only when it closes then loses everything, and also if the browser refuses requests "
        "of a closing page.",
        effects=effects("The trainee does it again"),
        cost=Cost.WORK,
        source="facts/interoperability.md, rule 19",
        wrong='addEventListener("pagehide", save) alone',
        right="save() at each page and answer, and in pagehide",
        judge_visit=_killed,
    ),
    Rule(
        "visit-state-too-long",
        ERROR,
        "cmi.suspend_data grows to {length} characters; SCORM 1.2 allows at most 4,096.",
        "Save less about each page and answer, or compress it.",
        "A learning system refuses a value that is too long, and keeps the previous one.",
        summary="cmi.suspend_data grows beyond the 4,096 characters of SCORM 1.2.",
        effects=effects("From then on, no new bookmark or answer is saved"),
        cost=Cost.WORK,
        source="facts/interoperability.md, rule 17",
        wrong='LMSSetValue("cmi.suspend_data", 5,000 characters)',
        right='LMSSetValue("cmi.suspend_data", at most 4,096 characters)',
        judge_visit=_too_long,
    ),
    Rule(
        "visit-exit-not-suspend",
        WARNING,
        "A visit that ends half-way sets cmi.core.exit to {exit} instead of “suspend”.",
        'Call LMSSetValue("cmi.core.exit", "suspend") before LMSFinish.',
        "Without “suspend”, the next visit does not count as a continuation, and a learning system "
        "may delete the state.",
        summary="A visit that ends half-way does not set cmi.core.exit to “suspend”.",
        effects=effects("The next visit does not get “resume”"),
        cost=Cost.WORK,
        source="facts/interoperability.md, rule 18",
        wrong='LMSSetValue("cmi.core.exit", "logout")',
        right='LMSSetValue("cmi.core.exit", "suspend")',
        judge_visit=_exit,
    ),
    Rule(
        "visit-no-finish",
        WARNING,
        "LMSFinish is never called.",
        "Call it in pagehide, and when trainees use the course's own exit.",
        "Simulated trainees left through the learning system's exit and through the course's.",
        effects=effects(
            "The visit is never closed",
            moodle="The time of the visit is not added up",
        ),
        source="facts/moodle.md#finish-status-mastery",
        wrong='LMSCommit("") as the last call',
        right='LMSFinish("") as the last call',
        judge_visit=_no_finish,
    ),
    Rule(
        "visit-finish-twice",
        WARNING,
        "LMSFinish is called again after the end.",
        "Save in a variable that it was called, and call it only once.",
        "The course's exit and pagehide both end the visit.",
        effects=effects("The second call is an error"),
        source="facts/interoperability.md, rule 9",
        wrong='LMSFinish("") at Exit and again in pagehide',
        right='if (!finished) { finished = true; LMSFinish("") }',
        judge_visit=_finish_twice,
    ),
    Rule(
        "visit-no-time",
        WARNING,
        "The time of a visit is never reported.",
        "Set cmi.core.session_time before each commit.",
        "A simulated trainee used the course and left, but no call set the time.",
        effects=effects("Reports say that nobody spent any time"),
        source="facts/interoperability.md, rule 16",
        wrong="no cmi.core.session_time",
        right='LMSSetValue("cmi.core.session_time", "0000:12:30.00")',
        judge_visit=_no_time,
    ),
    Rule(
        "visit-commits-freeze",
        WARNING,
        "{count} commits follow each other when the trainee {step}: they block the page.",
        "Set all values, then commit once.",
        "The page waits for the learning system's server at each commit.",
        summary="Many commits follow each other and block the page.",
        effects=effects("On a slow connection, each commit takes as long as loading a page"),
        cost=Cost.CONTENT,
        source="facts/moodle.md#transport",
        wrong="LMSCommit after each LMSSetValue",
        right="one LMSCommit after the last LMSSetValue",
        judge_visit=_freezes,
    ),
    Rule(
        "visit-loss-unsaid",
        WARNING,
        "When saving fails, the course continues without a message, and the answer is lost.",
        "Check the return value of LMSCommit. If it failed, tell the trainee and try again.",
        "A simulated trainee lost the connection or the login while answering, and came back.",
        effects=effects("The trainee believes that the answer was saved"),
        cost=Cost.WORK,
        source="facts/moodle.md#transport",
        wrong='LMSCommit("") without checking its result',
        right='if (String(LMSCommit("")) !== "true") tellTheTrainee()',
        judge_visit=_loss_unreported,
    ),
    Rule(
        "visit-lms-forgets",
        WARNING,
        "While {what} is lost, the learning system confirms data that it does not store.",
        "Nothing in the package is wrong. A course can avoid this with a save counter in "
        "cmi.suspend_data, which makes each save different, and by checking navigator.onLine.",
        "A simulated trainee answered after the connection or the login was lost. Every call "
        "succeeded, but the answer was missing when the trainee came back.",
        summary="A learning system confirms data that it does not store.",
        effects=effects("The answer is lost, whatever the course"),
        cost=Cost.WORK,
        source="facts/moodle.md#transport",
        wrong='LMSSetValue("cmi.suspend_data", "the same words again")',
        right='LMSSetValue("cmi.suspend_data", "8 the same words again")',
        judge_visit=_lms_forgets,
    ),
)
