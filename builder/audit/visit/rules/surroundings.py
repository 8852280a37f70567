"""Rules of a visit about the browser: scripts, requests, frames, windows, keyboard,
accessibility."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from builder.audit.findings import ANYWHERE, Cost
from builder.audit.rules.rule import ERROR, WARNING, Rule
from builder.audit.visit.record import (
    Barrier,
    Play,
    Plays,
    VisitFault,
    calls_of,
    effects,
    of_scenarios,
)

_QUIET = ("glance", "whole", "halfway")
"""Scenarios in which the visit causes no fault on purpose."""


def _first(
    plays: Plays, word: str, lines: Callable[[Play], tuple[str, ...]], most: int = 8
) -> Iterator[VisitFault]:
    """A fault shown by the first play for which ``lines`` returns evidence; nothing if there is
    none.

    At most ``most`` lines of the evidence are used. The first one also fills in the placeholder
    ``word`` of the rule's texts.
    """
    for play in of_scenarios(plays, *_QUIET):
        if found := lines(play):
            yield VisitFault(play.scenario, found[:most], {word: found[0]})
            return


def _script_error(plays: Plays) -> Iterator[VisitFault]:
    # If the visit blocked a request, correct scripts fail, too.
    return _first(plays, "error", lambda play: () if play.blocked else play.errors, 5)


def _console(plays: Plays) -> Iterator[VisitFault]:
    return _first(plays, "error", lambda play: () if play.blocked else play.complaints)


def _elsewhere(plays: Plays) -> Iterator[VisitFault]:
    return _first(plays, "address", lambda play: play.elsewhere)


def _not_ready(plays: Plays) -> Iterator[VisitFault]:
    for play in of_scenarios(plays, "glance"):
        # If a second trainee found something to do, the course is only slow.
        again = plays.get("whole")
        if play.unready and not play.disturbed and not (again and again.steps):
            lines = (f"after opening: {play.unready}", *play.errors[:3], *_not_found(play)[:4])
            yield VisitFault("glance", lines, {"why": play.unready})


def _not_found(play: Play) -> tuple[str, ...]:
    return tuple(f"404: {name}" for name in play.missing)


def _file_missing(plays: Plays) -> Iterator[VisitFault]:
    missing: dict[str, str] = {}
    for play in of_scenarios(plays, *_QUIET):
        if not play.unready:
            missing |= {name: play.scenario for name in play.missing if name not in missing}
    if missing:
        path = next(iter(missing))
        count = "1 file that is" if len(missing) == 1 else f"{len(missing)} files that are"
        lines = tuple(f"404: {name}" for name in [*missing][:8])
        yield VisitFault(missing[path], lines, {"count": count, "path": path})


def _starts(plays: Plays, scenario: str) -> bool | None:
    """Whether the course called the API in a scenario; ``None`` if it was not played."""
    play = plays.get(scenario)
    if play is None or not play.moments:
        return None
    return bool(calls_of(play.calls, "LMSInitialize"))


def _starts_except(plays: Plays, scenario: str) -> Iterator[VisitFault]:
    """Report a course that usually calls the API, but not in the play of this scenario."""
    if _starts(plays, "glance") and _starts(plays, scenario) is False:
        yield VisitFault(scenario, plays[scenario].errors[:3] or ("LMSInitialize was not called.",))


def _foreign(plays: Plays) -> Iterator[VisitFault]:
    return _starts_except(plays, "foreign")


def _window(plays: Plays) -> Iterator[VisitFault]:
    for play in of_scenarios(plays, "window"):
        if not play.disturbed:
            yield from _starts_except(plays, play.scenario)


def _pointer(plays: Plays) -> Iterator[VisitFault]:
    for play in of_scenarios(plays, "whole"):
        names = list(dict.fromkeys(one.name for one in play.steps if one.pointer))
        if names:
            yield VisitFault("whole", tuple(f"“{name}”" for name in names[:8]), {"name": names[0]})


def _barriers(plays: Plays) -> Iterator[VisitFault]:
    for play in of_scenarios(plays, "whole"):
        found: dict[str, list[Barrier]] = defaultdict(list)
        for one in play.barriers:
            found[one.rule].append(one)
        for rule, some in found.items():
            words = {"what": some[0].words, "rule": rule}
            lines = tuple(f"in “{one.page}”: {one.element}" for one in some[:8])
            yield VisitFault("whole", (f"{rule}, impact {some[0].impact}", *lines), words)


RULES = (
    Rule(
        "visit-not-ready",
        ERROR,
        "The course does not start: {why}.",
        "Open the launched page in a browser, and check its developer tools.",
        "A simulated trainee opened the course and waited, but the page showed nothing: no text, "
        "no image, no button.",
        summary="The course does not start.",
        effects={ANYWHERE: "Trainees see an empty page or an error instead of the course"},
        cost=Cost.ACCESS,
        source="facts/packages.md#pages",
        wrong='<script src="player.js"> without player.js',
        right='<script src="player.js"> with player.js',
        judge_visit=_not_ready,
        without_api=True,
    ),
    Rule(
        "visit-hangs",
        ERROR,
        "The course stops responding: {why}.",
        "Open the course with the browser's developer tools and do the same: a script runs without "
        "end.",
        "A simulated trainee used the course until its page no longer reacted. The visit ended "
        "there.",
        summary="The course stops responding.",
        effects={ANYWHERE: "Trainees cannot continue, and lose data that was not saved"},
        cost=Cost.ACCESS,
        source="facts/interoperability.md, rule 7",
        wrong="for (;;) alert(1)",
        right="a script that ends",
    ),
    Rule(
        "visit-file-missing",
        WARNING,
        "The course requests {count} not in the package, such as “{path}”.",
        "Export again. If the file is not needed, delete the part that requests it.",
        "The browser requested these files while a simulated trainee used the course, and the "
        "learning system answered that they do not exist (404).",
        summary="The course requests files that are not in the package.",
        effects={ANYWHERE: "Trainees see a gap, or a part of the course does not work"},
        cost=Cost.CONTENT,
        source="facts/packages.md#pages",
        wrong='fetch("texts/en.json"), without texts/en.json',
        right='fetch("texts/en.json"), with texts/en.json',
        judge_visit=_file_missing,
        without_api=True,
    ),
    Rule(
        "visit-script-error",
        WARNING,
        "A script of the course fails: “{error}”.",
        "Open the course with the browser's developer tools; the error is in the console.",
        "An error stops the script, perhaps while it is saving.",
        summary="A script of the course fails.",
        effects=effects("The script does not do its remaining steps"),
        cost=Cost.CONTENT,
        source="facts/interoperability.md, rule 7",
        wrong="Uncaught TypeError: Cannot read properties of null",
        right="a console without errors",
        judge_visit=_script_error,
        without_api=True,
    ),
    Rule(
        "visit-console-error",
        WARNING,
        "The course itself reports an error in the console: “{error}”.",
        "Ask the author of the course, or the maker of the authoring tool, what it means.",
        "A script has noticed that something is wrong, and reported it only in the browser's "
        "console.",
        summary="The course itself reports an error in the console.",
        effects=effects("Something does not work as its makers intended"),
        cost=Cost.CONTENT,
        source="facts/interoperability.md, rule 7",
        wrong='console.error("Bookmark could not be read")',
        right="a console without errors",
        judge_visit=_console,
        without_api=True,
    ),
    Rule(
        "visit-elsewhere",
        WARNING,
        "The course requests {address}, which is not in the package.",
        "Put the file that it needs into the package.",
        "The visit blocks such requests. In a real LMS, they tell another server who opens the "
        "course and when, and they fail in closed networks.",
        summary="The course requests something from another site.",
        effects=effects("The file is missing, or another site learns about the trainee"),
        cost=Cost.CONTENT,
        source="facts/policy.md#safety",
        wrong='<script src="https://cdn.example/player.js">',
        right='<script src="player.js">',
        judge_visit=_elsewhere,
        without_api=True,
        once_a_package=True,
    ),
    Rule(
        "visit-other-site",
        WARNING,
        "The search for the API ends at the first frame of another site.",
        "Put try and catch around each step to the parent.",
        "Browsers do not let scripts read a frame of another site. If such a frame is between the "
        "course and the learning system, a search that stops there finds nothing. A portal around "
        "both does no harm, because the search finds the API first.",
        effects=effects("Inside a frame of another site, nothing is recorded"),
        cost=Cost.RESULT,
        source="facts/scorm-1.2.md#api",
        wrong="while (!win.API && win.parent !== win) win = win.parent",
        right="try { if (win.API) return win.API } catch { /* another site */ }",
        judge_visit=_foreign,
    ),
    Rule(
        "visit-window-silent",
        ERROR,
        "In a separate window, the course does not find the learning system.",
        "If no parent has the API, also look for it in the opener.",
        "Learning systems open a course in a frame or in a window.",
        effects=effects("With “new window”, nothing is recorded"),
        cost=Cost.RESULT,
        source="facts/scorm-1.2.md#api",
        wrong="findAPI(window)",
        right="findAPI(window) || findAPI(window.opener)",
        judge_visit=_window,
    ),
    Rule(
        "visit-pointer-only",
        WARNING,
        "“{name}” cannot be used by keyboard.",
        "Make it a button or a link.",
        "A simulated trainee needed it to continue, but it only works with a mouse or touch.",
        summary="A control that is needed to continue cannot be used by keyboard.",
        effects=effects("Trainees who cannot use a mouse cannot continue"),
        cost=Cost.BARRIER,
        source="facts/accessibility.md",
        wrong='<div onclick="next()">Next</div>',
        right='<button onclick="next()">Next</button>',
        judge_visit=_pointer,
        without_api=True,
    ),
    Rule(
        "visit-barrier",
        WARNING,
        "Some trainees cannot use a page: {what} ({rule}).",
        "Fix it in the authoring tool: most have a setting or a field for it. For the meaning of "
        "“{rule}”, see dequeuniversity.com/rules/axe.",
        "axe-core checked the visited pages against the Web Content Accessibility Guidelines, "
        "levels A and AA. It finds some barriers, not all.",
        summary="A page has barriers that axe-core finds.",
        effects={
            ANYWHERE: "Trainees who use a screen reader, a keyboard or large text miss it, and the "
            "law may require it"
        },
        cost=Cost.BARRIER,
        source="facts/accessibility.md",
        wrong='<img src="map.png">',
        right='<img src="map.png" alt="The way from the station">',
        judge_visit=_barriers,
        without_api=True,
        once_a_package=True,
    ),
)
