"""Rules of a visit about values that an LMS rejects, and answers that its reports cannot use."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from builder.audit.findings import Cost
from builder.audit.rules.rule import ERROR, WARNING, Rule
from builder.audit.visit.record import (
    STATE,
    STATUS,
    Call,
    Play,
    Plays,
    VisitFault,
    as_evidence,
    effects,
    of_scenarios,
)
from builder.audit.visit.rules.completion import WORDS

_LATER = re.compile(
    r"cmi\.(score\.|completion_status|success_status|location$|exit$|session_time|total_time|"
    r"progress_measure|learner_|scaled_passing|completion_threshold|mode$|credit$|entry$|"
    r"interactions\.\d+\.(learner_response|timestamp|description))"
)
"""Matches elements of the data model that only SCORM 2004 has."""
_LATER_WORDS = {
    "result": ("incorrect",),
    "cmi.core.exit": ("normal",),
    "type": ("long-fill-in", "other"),
}
_INTERACTION = re.compile(r"cmi\.interactions\.(\d+)\.([a-z_]+)")
_NO_STRING = ": the value is not a string"
_NEEDED = ("id", "type", "student_response")
_ANSWER = ("type", "correct_responses", "student_response", "result")
"""The last parts of the names of elements that describe an answer in an interaction."""


def of_2004(call: Call) -> bool:
    """Whether a call uses an element or a value that only SCORM 2004 has."""
    element = call.sets
    last = element.rpartition(".")[2]
    words = _LATER_WORDS.get(element) or (
        _LATER_WORDS.get(last, ()) if element.startswith("cmi.interactions.") else ()
    )
    return bool(_LATER.match(element)) or call.new_value in words


def _element(call: Call) -> str:
    return re.sub(r"\.\d+\.", ".n.", call.sets)


def _refused(plays: Plays) -> Iterator[VisitFault]:
    found: dict[str, list[Call]] = defaultdict(list)
    first: dict[str, Play] = {}
    for play in of_scenarios(plays, "whole", "halfway"):
        for call in play.calls:
            if (
                call.sets
                and not call.taken
                and call.error in ("405", "201")
                and not _is_reported_elsewhere(call)
            ):
                found[_element(call)].append(call)
                first.setdefault(_element(call), play)
    for element, some in found.items():
        # A strict LMS rejects a value just because it is not a string.
        alone = first[element].lms == "strict" and not some[0].strings
        error = f"{some[0].error}{_NO_STRING if alone else ''}"
        words = {"element": element, "value": some[0].new_value[:60], "error": error}
        yield VisitFault(first[element].scenario, as_evidence(some[:4]), words)


def _is_reported_elsewhere(call: Call) -> bool:
    """Whether another rule reports this call."""
    long = call.sets == STATE and call.length > 4096
    word = call.sets == STATUS and call.new_value not in WORDS
    return long or word or of_2004(call)


def _words_of_2004(plays: Plays) -> Iterator[VisitFault]:
    for play in of_scenarios(plays, "whole"):
        bad = [one for one in play.calls if one.sets and of_2004(one) and not one.taken]
        for element in dict.fromkeys(map(_element, bad)):
            some = [one for one in bad if _element(one) == element]
            yield VisitFault(
                "whole",
                as_evidence(some[:4]),
                {"element": element, "value": some[0].new_value[:60]},
            )


def _outside(plays: Plays) -> Iterator[VisitFault]:
    for play in of_scenarios(plays, "whole", "halfway"):
        names = ("LMSSetValue", "LMSGetValue", "LMSCommit")
        bad = [one for one in play.calls if one.error == "301" and one.name in names]
        if bad:
            yield VisitFault(play.scenario, as_evidence(bad))
            return


def _calls_by_answer(play: Play) -> dict[tuple[int, int], dict[str, list[Call]]]:
    """The calls that report answers, first by launch and index of the interaction, then by the
    part of the interaction that they set, such as ``type``."""
    found: dict[tuple[int, int], dict[str, list[Call]]] = defaultdict(lambda: defaultdict(list))
    for call in play.calls:
        if match := _INTERACTION.match(call.sets):
            found[call.launch, int(match[1])][match[2]].append(call)
    return found


def _useless(plays: Plays) -> Iterator[VisitFault]:
    for play in of_scenarios(plays, "whole"):
        end = play.at("finished")
        if not end or end.held.answers is None:
            continue
        for (launch, _), parts in _calls_by_answer(play).items():
            lacks = [name for name in _NEEDED if name not in parts]
            some = [call for each in parts.values() for call in each]
            if lacks and not _cut_short(play, launch, some):
                yield VisitFault("whole", as_evidence(some), {"lacks": " and ".join(lacks)})
                return


def _cut_short(play: Play, launch: int, calls: list[Call]) -> bool:
    """Whether the page was closing during these calls of a launch, so that all later calls of the
    launch failed: browsers do not let a closing page wait for a response."""
    last = max(one.order for one in calls)
    rest = [one for one in play.of_launch(launch) if one.order > last and one.sets]
    return bool(rest) and not any(one.taken for one in rest)


@dataclass(frozen=True, slots=True)
class _Record:
    """An answer reported under one index: the calls that set its id, the number of the step in
    which it was first reported, and the values that describe the answer, after their names."""

    ids: tuple[Call, ...]
    step: int
    values: tuple[tuple[str, str], ...]


def _same_id(plays: Plays) -> Iterator[VisitFault]:
    for play in of_scenarios(plays, "whole"):
        end = play.at("finished")
        if not end or end.held.answers is None:
            continue
        # Separately for each launch: the next launch repeats what this one could not report.
        asked: dict[tuple[int, str], list[_Record]] = defaultdict(list)
        for (launch, _), parts in _calls_by_answer(play).items():
            if ids := parts.get("id"):
                asked[launch, ids[-1].new_value].append(_record(play, parts))
        found: dict[str, list[Call]] = {}
        at_once = Counter(step for some in asked.values() for step in {one.step for one in some})
        for (_, name), some in asked.items():
            # Several answers in one step may be repeats of calls that failed earlier.
            if _different(play, [one for one in some if at_once[one.step] == 1 or len(asked) == 1]):
                found.setdefault(name, [call for one in some for call in one.ids])
        for name, ids in found.items():
            yield VisitFault("whole", as_evidence(ids), {"id": name})


def _record(play: Play, parts: Mapping[str, list[Call]]) -> _Record:
    values = tuple(
        (part, some[-1].new_value) for part, some in sorted(parts.items()) if part in _ANSWER
    )
    return _Record(tuple(parts["id"]), _step(play, parts["id"][0]), values)


def _step(play: Play, call: Call) -> int:
    """The number of the step in which a call was made; the number of all steps if it came later."""
    at = play.calls.index(call)
    return next((n for n, one in enumerate(play.steps) if at < one.calls), len(play.steps))


def _different(play: Play, some: list[_Record]) -> bool:
    """Whether the answers in ``some``, which have the same id, belong to different questions: two
    of them were given on different pages, or differ although they were given in the same step. An
    answer given again on the same page belongs to the same question."""
    pairs = [(one, other) for n, one in enumerate(some) for other in some[n + 1 :]]
    return any(
        one.values != other.values
        if one.step == other.step
        else _of_other_pages(play, one.step, other.step)
        for one, other in pairs
    )


def _of_other_pages(play: Play, *steps: int) -> bool:
    """Whether the pages on which answers were given at two steps are different: each has words that
    the other lacks. A page to which feedback adds words is the same page."""
    given = [play.steps[at] for at in steps if at < len(play.steps)]
    if len(given) < 2 or any(one.why not in ("submit", "answer") for one in given):
        return False
    first, second = (set(one.seen.lower().split()) for one in given)
    alike = len(first & second)
    shorter = min(len(first), len(second))
    return alike / max(1, len(first | second)) < 0.6 and alike / max(1, shorter) < 0.75


RULES = (
    Rule(
        "visit-value-refused",
        ERROR,
        "The learning system refuses “{value}” for {element} (error {error}).",
        "Send a value that SCORM 1.2 allows for this element; the calls show what was sent.",
        "The learning system answered “false”, and keeps the previous value.",
        summary="The learning system refuses a value.",
        effects=effects("The value is not stored"),
        cost=Cost.RESULT,
        source="facts/scorm-1.2.md#data-types",
        wrong='LMSSetValue("cmi.core.session_time", "1:2:3")',
        right='LMSSetValue("cmi.core.session_time", "0001:02:03.00")',
        judge_visit=_refused,
    ),
    Rule(
        "visit-words-of-2004",
        ERROR,
        "{element} with “{value}” is SCORM 2004, but this package is SCORM 1.2.",
        "Use the SCORM 1.2 names: “wrong”, cmi.core.score.raw, cmi.core.lesson_status, "
        "cmi.core.lesson_location and student_response.",
        "The API of SCORM 1.2 refuses elements and values of SCORM 2004.",
        summary="The course uses SCORM 2004, but the package is SCORM 1.2.",
        effects=effects("The value is not stored"),
        cost=Cost.RESULT,
        source="facts/scorm-1.2.md#data-model",
        wrong='LMSSetValue("cmi.interactions.0.result", "incorrect")',
        right='LMSSetValue("cmi.interactions.0.result", "wrong")',
        judge_visit=_words_of_2004,
    ),
    Rule(
        "visit-outside-session",
        WARNING,
        "The API is used before LMSInitialize or after LMSFinish.",
        "Call LMSInitialize first, LMSFinish last, and nothing after it.",
        "Such calls are refused (error 301), and their values are not stored.",
        effects=effects("The values that are set there are lost"),
        cost=Cost.WORK,
        source="facts/scorm-1.2.md#api",
        wrong='LMSGetValue("cmi.core.entry") ahead of LMSInitialize("")',
        right='LMSInitialize("") ahead of LMSGetValue("cmi.core.entry")',
        judge_visit=_outside,
    ),
    Rule(
        "visit-answer-incomplete",
        WARNING,
        "An answer is reported without its {lacks}, so reports cannot use it.",
        "Set id, type and student_response of each interaction, in this order.",
        "A report finds answers by id, and shows the response according to its type.",
        summary="An answer is reported in a way that reports cannot use.",
        effects=effects("The row of this answer is useless"),
        source="facts/interoperability.md, rule 20",
        wrong='LMSSetValue("cmi.interactions.0.result", "wrong") alone',
        right="id, type, student_response, result",
        judge_visit=_useless,
    ),
    Rule(
        "visit-answer-id-twice",
        WARNING,
        "Different questions are reported under the same id “{id}”.",
        "Give each question its own id.",
        "Reports identify questions only by their ids. A second try at the same question may use "
        "the same id.",
        summary="Different questions are reported under the same id.",
        effects=effects(
            "Reports cannot show which of these questions an answer belongs to",
            chamilo="The second answer replaces the first",
        ),
        source="facts/learning-systems.md#two-answers-under-one-id",
        wrong='"question" for every question',
        right='"question-1", "question-2"',
        judge_visit=_same_id,
    ),
)
