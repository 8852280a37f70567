"""Rules of what is round the course: scripts, addresses, frames, windows, and the keyboard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from builder.audit.rules.rule import ANYWHERE, ERROR, WARNING, Rule
from builder.audit.visit.record import Barrier, Play
from builder.audit.visit.rules.seen import Plays, Seen, Shown, both, effects, named

_QUIET = ("glance", "whole", "halfway")
"""Scenarios in which nothing goes wrong."""


def _script_error(plays: Plays) -> Iterator[Shown]:
    for play in both(plays, *_QUIET):
        # Without what the visit lets nobody reach, scripts fail that are right.
        if play.errors and not play.blocked:
            yield Shown(play.scenario, play.errors[:5], {"error": play.errors[0]})
            return


def _console(plays: Plays) -> Iterator[Shown]:
    for play in both(plays, *_QUIET):
        if play.complaints and not play.blocked:
            yield Shown(play.scenario, play.complaints[:8], {"error": play.complaints[0]})
            return


def _not_ready(plays: Plays) -> Iterator[Shown]:
    for play in both(plays, "glance"):
        # Somebody who opened it once more, and found something to do, has only to be patient.
        again = plays.get("whole")
        if play.unready and not play.disturbed and not (again and again.steps):
            lines = (f"after opening: {play.unready}", *play.errors[:3], *_not_found(play)[:4])
            yield Shown("glance", lines, {"why": play.unready})


def _not_found(play: Play) -> tuple[str, ...]:
    return tuple(f"404: {name}" for name in play.missing)


def _file_missing(plays: Plays) -> Iterator[Shown]:
    missing: dict[str, str] = {}
    for play in both(plays, *_QUIET):
        if not play.unready:
            missing |= {name: play.scenario for name in play.missing if name not in missing}
    if missing:
        path = next(iter(missing))
        count = "1 file that is" if len(missing) == 1 else f"{len(missing)} files that are"
        lines = tuple(f"404: {name}" for name in [*missing][:8])
        yield Shown(missing[path], lines, {"count": count, "path": path})


def _elsewhere(plays: Plays) -> Iterator[Shown]:
    for play in both(plays, *_QUIET):
        if play.elsewhere:
            words = {"address": play.elsewhere[0]}
            yield Shown(play.scenario, play.elsewhere[:8], words)
            return


def _starts(plays: Plays, scenario: str) -> bool | None:
    """Whether the course found its LMS there; None where that was not played."""
    play = plays.get(scenario)
    if play is None or not play.moments:
        return None
    return bool(named(play.calls, "LMSInitialize"))


def _foreign(plays: Plays) -> Iterator[Shown]:
    if _starts(plays, "glance") and _starts(plays, "foreign") is False:
        play = plays["foreign"]
        evidence = play.errors[:3] or ("LMSInitialize was not called.",)
        yield Shown("foreign", evidence)


def _window(plays: Plays) -> Iterator[Shown]:
    if _starts(plays, "glance") and _starts(plays, "window") is False:
        play = plays["window"]
        if play.disturbed:
            return
        yield Shown("window", play.errors[:3] or ("LMSInitialize was not called.",))


def _pointer(plays: Plays) -> Iterator[Shown]:
    for play in both(plays, "whole"):
        names = list(dict.fromkeys(one.name for one in play.steps if one.pointer))
        if names:
            yield Shown("whole", tuple(f"“{name}”" for name in names[:8]), {"name": names[0]})


def _barriers(plays: Plays) -> Iterator[Shown]:
    for play in both(plays, "whole"):
        found: dict[str, list[Barrier]] = defaultdict(list)
        for one in play.barriers:
            found[one.rule].append(one)
        for rule, some in found.items():
            words = {"what": some[0].words, "rule": rule}
            lines = tuple(f"in “{one.page}”: {one.element}" for one in some[:8])
            yield Shown("whole", (f"{rule}, impact {some[0].impact}", *lines), words)


HANGS = Rule(
    code="visit-hangs",
    severity=ERROR,
    message="The course stops responding: {why}.",
    hint="Open the course with the browser's developer tools and do the same: a script there runs "
    "without end.",
    explanation="A trainee used the course, and its page took nothing more: neither a look at what "
    "is on view nor a press. The visit was ended there.",
    effects={ANYWHERE: "Trainees cannot go on, and lose what was not saved"},
    source="facts/interoperability.md, rule 7",
    wrong="for (;;) alert(1)",
    right="a script that comes to its end",
    summary="The course stops responding.",
)
"""Of a visit that did not come to its end."""
UNREADY = Rule(
    code="visit-not-ready",
    severity=ERROR,
    message="The course never becomes ready: {why}.",
    hint="Open the page that the manifest launches in a browser, and look into its developer "
    "tools.",
    explanation="A trainee opened the course and waited, and nothing was to be seen: no word, no "
    "picture, nothing to press.",
    effects={ANYWHERE: "Trainees see an empty page or an error in the place of the course"},
    source="facts/packages.md#pages",
    wrong='<script src="player.js"> without player.js',
    right='<script src="player.js"> with player.js',
    summary="The course never becomes ready.",
)

RULES = (
    Seen(UNREADY, _not_ready),
    Seen(HANGS, lambda plays: ()),
    Seen(
        Rule(
            code="visit-file-missing",
            severity=WARNING,
            message="The course asks for {count} not in the package, such as “{path}”.",
            hint="Export again. If the file is not needed, take out what asks for it.",
            explanation="The browser asked for these files while a trainee used the course, and "
            "the learning system answered that they are not there (404).",
            effects={ANYWHERE: "Trainees see a gap, or a part of the course does not work"},
            source="facts/packages.md#pages",
            wrong='fetch("texts/en.json"), without texts/en.json',
            right='fetch("texts/en.json"), with texts/en.json',
            summary="The course asks for files that are not in the package.",
        ),
        _file_missing,
    ),
    Seen(
        Rule(
            code="visit-script-error",
            severity=WARNING,
            message="A script of the course fails: “{error}”.",
            hint="Open the course with the browser's developer tools; the error stands in the "
            "console.",
            explanation="An error ends what the script was doing, which may be saving.",
            effects=effects("What the script would have done after it is left undone"),
            source="facts/interoperability.md, rule 7",
            wrong="Uncaught TypeError: Cannot read properties of null",
            right="a console without errors",
            summary="A script of the course fails.",
        ),
        _script_error,
    ),
    Seen(
        Rule(
            code="visit-console-error",
            severity=WARNING,
            message="The course itself reports an error in the console: “{error}”.",
            hint="Ask whoever made the course, or the maker of the authoring tool, what it means.",
            explanation="A script has noticed that something is wrong, and told nobody but the "
            "browser's console.",
            effects=effects("Something does not work as its makers have meant it"),
            source="facts/interoperability.md, rule 7",
            wrong='console.error("Bookmark could not be read")',
            right="a console without errors",
            summary="The course itself reports an error in the console.",
        ),
        _console,
    ),
    Seen(
        Rule(
            code="visit-elsewhere",
            severity=WARNING,
            message="The course asks for {address}, which is not in the package.",
            hint="Put what it needs into the package.",
            explanation="The visit lets no such request out. Where it is let out, it tells another "
            "server who opens the course and when, and it fails where networks are closed.",
            effects=effects("What is there is missing, or somebody else learns of the trainee"),
            source="facts/policy.md#safety",
            wrong='<script src="https://cdn.example/player.js">',
            right='<script src="player.js">',
            summary="The course asks for what is not in the package.",
        ),
        _elsewhere,
    ),
    Seen(
        Rule(
            code="visit-other-site",
            severity=WARNING,
            message="The search for the API ends at the first frame of another site.",
            hint="Put try and catch round each step up the parents.",
            explanation="A browser lets nobody read what is in a frame of another site. Where one "
            "stands between the course and the learning system, a search that fails there finds "
            "nothing; a portal round both does no harm, since the API comes first.",
            effects=effects("Behind a frame of another site nothing is recorded"),
            source="facts/scorm-1.2.md#api",
            wrong="while (!win.API && win.parent !== win) win = win.parent",
            right="try { if (win.API) return win.API } catch { /* another site */ }",
        ),
        _foreign,
    ),
    Seen(
        Rule(
            code="visit-window-silent",
            severity=ERROR,
            message="Opened in a window of its own the course does not find the learning system.",
            hint="Look for the API in the opener, too, once the parents are through.",
            explanation="Learning systems open a course in a frame or in a window.",
            effects=effects("With “new window” nothing is recorded"),
            source="facts/scorm-1.2.md#api",
            wrong="findAPI(window)",
            right="findAPI(window) || findAPI(window.opener)",
        ),
        _window,
    ),
    Seen(
        Rule(
            code="visit-pointer-only",
            severity=WARNING,
            message="“{name}” cannot be used by keyboard.",
            hint="Make it a button or a link.",
            explanation="A trainee needed it to go on, and it can only be pointed at.",
            effects=effects("Who cannot use a mouse gets no further"),
            source="facts/accessibility.md",
            wrong='<div onclick="next()">Next</div>',
            right='<button onclick="next()">Next</button>',
            summary="What is needed to go on cannot be used by keyboard.",
        ),
        _pointer,
    ),
    Seen(
        Rule(
            code="visit-barrier",
            severity=WARNING,
            message="Some trainees cannot use a page: {what} ({rule}).",
            hint="Mend it in the authoring tool: most have a setting or a field for it. What axe "
            "means by “{rule}” stands at dequeuniversity.com/rules/axe.",
            explanation="The pages that the trainee met were looked at by axe-core, as far as it "
            "can judge them by the Web Content Accessibility Guidelines, levels A and AA. It "
            "finds some barriers, not all.",
            effects={
                ANYWHERE: "Who uses a screen reader, a keyboard or large text misses it, and "
                "the law may ask for it"
            },
            source="facts/accessibility.md",
            wrong='<img src="map.png">',
            right='<img src="map.png" alt="The way from the station">',
            summary="A page has barriers that axe-core finds.",
        ),
        _barriers,
    ),
)
