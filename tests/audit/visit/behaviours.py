"""Small broken players: each is the good one with one behaviour changed, and what is to be found of
it, by LMS. FIELD numbers are those of the faults that real packages have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Change = tuple[str, str]

LMSS = ("moodle", "strict", "scormhost", "openedx")
"""Those of the table: one that judges and adds up, the standard's letter, and two that take
anything."""
ALL = frozenset(LMSS)
JUDGING = frozenset(("moodle", "strict"))
STRICT = frozenset(("strict",))


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What a player does wrong: the changes that make it do so; ``finds`` are the LMSs in which
    each code is to be found."""

    changes: tuple[Change, ...]
    finds: Mapping[str, frozenset[str]] = field(default_factory=dict)
    manifest: Change = ("", "")
    scenarios: tuple[str, ...] = ()
    """Played besides the usual ones."""
    forgets: frozenset[str] = frozenset()
    """The LMSs that say that they have stored what they have not: no fault of the player."""


SAVE = "function save() {\n  if"
TIME = 'set("cmi.core.session_time", time());\n  '
STATE = f'{TIME}set("cmi.core.exit", "suspend");\n  unsaved'
END = f'{TIME}set("cmi.core.exit", "suspend");\n  call('
SET = 'const set = (element, value) => call("LMSSetValue", element, value);'
GUARDED = """    try {
      if (at.API) return at.API;
    } catch {
      // A page of another site: perhaps the next one has it.
    }"""
BEGIN = 'if (!status && !review) tell("incomplete");'
INITIALIZE = '  if (call("LMSInitialize", "") !== "true") return;'
FINISH = '  call("LMSFinish", "");\n'
STARTS = "start();\nshow();"
MIN = 'set("cmi.core.score.min", "0");'
ITEM = "<title>Small course</title></item>"
MASTERY = "<adlcp:masteryscore>80</adlcp:masteryscore>"
GIVEN = "  const given = work.answers[page];"
KEEP = "work.answers[page] = choice;"
HOURS = 'return `${two(seconds / 3600).padStart(4, "0")}:'
SAVES = "  work.saves = (work.saves || 0) + 1;\n"
LEAVES = "function leave() {\n  if (!open || review) return;\n  open = false;\n"
SAVED = "function save() {\n  if (!open || review) return;\n"
TOLD = "  if (unsaved) main"
ANSWERED = "  finish();\n  save();\n"
FIND = "const api = find();"
WITHIN = """const outside = find();
const inside = location.search === "?inside" ? null : window.open("?inside");
const api = inside ? null : outside;
if (inside) {
  // Told once the window is closed, by this page.
  const told = [];
  const yes = () => "true";
  window.API = {
    LMSInitialize: () => outside.LMSInitialize(""),
    LMSGetValue: (element) => outside.LMSGetValue(element),
    LMSSetValue: (element, value) => yes(told.push([element, value])),
    LMSCommit: yes,
    LMSFinish: yes,
  };
  const timer = setInterval(() => {
    if (!inside.closed) return;
    clearInterval(timer);
    for (const [element, value] of told) outside.LMSSetValue(element, value);
    outside.LMSFinish("");
  }, 100);
}"""
PICTURE = '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="9" height="9">'
NEXT = '<button type="button" id="next">Next</button>'

BEHAVIOURS: dict[str, Behaviour] = {
    "good": Behaviour(()),
    "never talks": Behaviour(
        (("const api = find();", "const api = null;"),), {"visit-no-initialize": ALL}
    ),
    "saves at the end alone": Behaviour(
        ((SAVE, "function save() {\n  return;\n  if"),),
        {"visit-saves-at-exit": ALL},
        scenarios=("killed",),
    ),
    "stops at another site": Behaviour(
        ((GUARDED, "    if (at.API) return at.API;"),),
        {"visit-other-site": ALL},
        scenarios=("foreign",),
    ),
    # What is refused is not there again either.
    "state too long": Behaviour(
        (("answers: {} };", 'answers: {}, pad: "x".repeat(5000) };'),),
        {
            "visit-state-too-long": STRICT,
            "visit-place-lost": STRICT,
            "visit-result-lowered": STRICT,
        },
    ),
    "exit is logout": Behaviour(
        ((STATE, STATE.replace("suspend", "logout")), (END, END.replace("suspend", "logout"))),
        {"visit-exit-not-suspend": JUDGING},
    ),
    "passed by opening": Behaviour(
        ((BEGIN, 'if (!review) tell("passed");'),), {"visit-opens-complete": ALL}
    ),
    "incorrect for wrong": Behaviour(
        (('choice === 0 ? "correct" : "wrong"', '"incorrect"'),),
        {"visit-words-of-2004": JUDGING},
    ),
    "score.scaled": Behaviour(
        ((MIN, f'set("cmi.score.scaled", "0.5");\n  {MIN}'),), {"visit-words-of-2004": JUDGING}
    ),
    "id with a space": Behaviour(
        (("`question-${page}`", "`question ${page}`"),), {"visit-value-refused": JUDGING}
    ),
    "score over 100": Behaviour(
        (("String(right * 50)", "String(right * 75)"),), {"visit-value-refused": JUDGING}
    ),
    "a bad time": Behaviour(
        ((HOURS, "return `${Math.floor(seconds / 3600)}:"),), {"visit-value-refused": JUDGING}
    ),
    # Moodle looks at the length of a response alone.
    "a response of several letters": Behaviour(
        (('"ab"[choice]', '["before", "never"][choice]'),), {"visit-value-refused": STRICT}
    ),
    "one id for all": Behaviour(
        (("`question-${page}`", '"question"'),), {"visit-answer-id-twice": ALL}
    ),
    "never says a status": Behaviour(
        (('  set("cmi.core.lesson_status", word);\n', ""),), {"visit-status-never-set": ALL}
    ),
    "mastery score": Behaviour(
        (("(choice) => choice === 0)", "(choice) => choice === 1)"),),
        {"visit-mastery-overrides": JUDGING},
        manifest=(ITEM, ITEM.replace("</item>", f"{MASTERY}</item>")),
    ),
    "commits each value": Behaviour(
        ((SET, SET.replace(' call("', ' call("LMSCommit", "") && call("')),),
        {"visit-commits-freeze": JUDGING},
    ),
    "no finish": Behaviour(
        ((FINISH, FINISH.replace("LMSFinish", "LMSCommit")),), {"visit-no-finish": ALL}
    ),
    "finishes twice": Behaviour(
        ((FINISH, FINISH * 2),), {"visit-finish-twice": JUDGING | {"scormhost"}}
    ),
    "asks elsewhere": Behaviour(
        ((STARTS, f'new Image().src = "http://tracker.example/x.png";\n{STARTS}'),),
        {"visit-elsewhere": ALL},
    ),
    "answers not restored": Behaviour(
        (
            (GIVEN, "  const given = window.now?.[page];"),
            (KEEP, f"{KEEP}\n  (window.now ??= {{}})[page] = choice;"),
        ),
        {"visit-answers-lost": ALL},
    ),
    "place not restored": Behaviour(
        ((STARTS, "start();\nwork.page = 0;\nshow();"),), {"visit-place-lost": ALL}
    ),
    "a word of its own": Behaviour(
        (('tell("passed");', 'tell("complete");'),), {"visit-status-word": ALL}
    ),
    "never completes": Behaviour(
        (('tell("passed");', 'tell("incomplete");'),), {"visit-never-completes": ALL}
    ),
    # In Moodle's review this one commits nothing, and Open edX keeps a pass beside the status.
    "begins anew each time": Behaviour(
        ((BEGIN, 'tell("incomplete");'),),
        {"visit-result-lowered": frozenset(("strict", "scormhost"))},
    ),
    "writes in review": Behaviour(
        (('review = get("cmi.core.lesson_mode") === "review";', "review = false;"),),
        {"visit-review-overwrites": frozenset(("moodle",))},
    ),
    "no time": Behaviour(
        ((STATE, STATE.removeprefix(TIME)), (END, END.removeprefix(TIME))),
        {"visit-no-time": JUDGING},
    ),
    "a script fails": Behaviour(
        ((STARTS, f'{STARTS}\ndocument.getElementById("none").focus();'),),
        {"visit-script-error": ALL},
    ),
    "complains in the console": Behaviour(
        ((STARTS, f'{STARTS}\nconsole.error("Bookmark could not be read");'),),
        {"visit-console-error": ALL},
    ),
    # Whatever the learning system.
    "a picture without words": Behaviour(
        (("<main></main>", f"<main></main>\n{PICTURE}"),), {"visit-barrier": frozenset(("any",))}
    ),
    "next is no button": Behaviour(
        ((NEXT, '<div id="next" style="cursor: pointer">Next</div>'),),
        {"visit-pointer-only": ALL},
    ),
    # A strict one judges a response by the type that it does not have.
    "an answer without type": Behaviour(
        (('  set(`${at}.type`, "choice");\n', ""),),
        {"visit-answer-incomplete": ALL, "visit-value-refused": STRICT},
    ),
    "asks before the start": Behaviour(
        ((INITIALIZE, f'  get("cmi.core.entry");\n{INITIALIZE}'),),
        {"visit-outside-session": JUDGING | {"scormhost"}},
    ),
    "tells in the end, from its opener": Behaviour(
        (
            (FIND, WITHIN),
            (
                STARTS,
                'if (inside) document.body.textContent = "See the window.";\nelse {\n'
                "  start();\n  show();\n}",
            ),
        ),
        {"visit-closing-loses": ALL},
        scenarios=("closed",),
    ),
    # Where every call is said to have succeeded, nobody can know better.
    "drops what was not saved": Behaviour(
        (
            (TOLD, "  if (false) main"),
            (GIVEN, "  const given = work.answers[page] ?? window.now?.[page];"),
            (KEEP, f"{KEEP}\n  (window.now ??= {{}})[page] = choice;"),
            (ANSWERED, f"{ANSWERED}  if (unsaved) delete work.answers[page];\n"),
        ),
        {"visit-loss-unsaid": JUDGING},
        scenarios=("login", "line"),
        forgets=frozenset(("scormhost",)),
    ),
    # Moodle sends no value that is the one before.
    "says the same again": Behaviour(
        ((SAVED + SAVES, SAVED), (LEAVES + SAVES, LEAVES)),
        scenarios=("login", "line"),
        forgets=frozenset(("moodle", "scormhost")),
    ),
    # Moodle has its own page in the window, with the course in a frame of it.
    "no opener": Behaviour(
        (("    return window.opener?.API ?? null;", "    return null;"),),
        {"visit-window-silent": STRICT},
        scenarios=("window",),
    ),
}
