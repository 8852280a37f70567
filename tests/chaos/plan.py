"""What happens in a run: drawn from its seed, before anything is opened."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Literal

from tests.lms.simulated import AnyWindow, node

Act = tuple[str, ...]
"""What a trainee does: its name in trainee.py, then what it is done to and with."""

End = Literal["kill", "close", "away", "login", "exit", "leave"]
"""How a visit ends: the tab's process dies; the tab is closed; it goes elsewhere; the LMS puts its
login page there; the trainee presses Exit, and then closes the tab; the LMS's own way out."""

ENDS: tuple[End, ...] = ("kill", "kill", "kill", "close", "away", "login", "exit", "leave")

ELEMENTS = (
    "cmi.suspend_data",
    "cmi.core.lesson_status",
    "cmi.core.score.raw",
    "cmi.core.lesson_location",
    "cmi.core.session_time",
    "cmi.core.exit",
)

FAULTS: tuple[dict[str, Any], ...] = (
    {"status": 503},
    {"status": 503, "times": 1},
    {"status": 500, "keep": True},
    {"status": 500, "keep": True, "times": 2},
    {"cut": True},
    {"expired": True},
    {"offline": True},
    {"delay": 0.2},
    *({"refuse": (element,)} for element in ELEMENTS),
    {"throws": ("LMSCommit",)},
    {"throws": ("LMSSetValue",)},
    {"throws": ("LMSFinish",)},
)
"""Faults of builder/preview/lms/record.py, and a line that is down. An LMS that confirms what it
then loses while its line is up is not among them: no course can know, and no store survives."""


@dataclass(frozen=True, slots=True)
class Launch:
    """How the course comes to its API."""

    words: str = ""
    options: dict[str, Any] = field(default_factory=dict)
    """Of simulator.js, ``mode`` among them."""
    faults: dict[str, Any] = field(default_factory=dict)
    """From the first moment on."""
    recorded: bool = True
    """Whether this visit can be recorded at all, once nothing is wrong any more."""


REVIEW = Launch("a review", {"mode": "review"}, recorded=False)
LAUNCHES: tuple[Launch, ...] = (
    Launch("the API is late", {"api": 700}),
    Launch("there is no API", {"api": -1}, recorded=False),
    Launch("five frames round the course", {"levels": 5}),
    Launch("frames of elsewhere round it", {"levels": 2, "foreign": True}),
    Launch("a sandbox without an origin", {"sandbox": "allow-scripts"}, recorded=False),
    REVIEW,
    Launch("a look without credit", {"mode": "browse"}, recorded=False),
    Launch("LMSInitialize fails", faults={"initialise": "false"}),
    Launch("LMSInitialize throws", faults={"throws": ("LMSInitialize",)}),
    Launch("nothing can be read", faults={"throws": ("LMSGetValue",)}),
)
"""What can be odd about a launch. ``foreign`` stands for the server's other origin."""

CHECKS: dict[str, tuple[str, ...]] = {
    "where": ("a", "b", "c"),
    "weekly": ("t", "f"),
    "saucer": ("saucer", "plate", "cup"),
    "days": ("2", "3", "14"),
    "thoughts": ("I like them.", "They are green; and big."),
}
QUIZ = {"quiz-can": ("a", "b"), "quiz-saucer": ("f", "t")}
"""Right answers first."""
KNOWN = dict.fromkeys(("known-rain", "known-tap", "known-pots"), ("f", "t"))
"""The same of the test-out, each try of which asks one of them."""
TEST = "test-out_know"
ITEMS = {
    "mine": ("The fern.", "A cactus, by the door"),
    "next": ("On Monday", "In a week (or two)"),
}
DAY = "25 11 2026"
"""On which each item was achieved, as it stands in its three fields."""
SCENES = {
    "droops": {"b": ("good", "soaked"), "a": ("fair", "wet"), "c": ("poor", "burnt")},
    "wet": {"a": ("good", "saved"), "b": ("poor", "droops")},
    "soaked": {"a": ("good", "saved"), "b": ("poor", "wet")},
}
"""The choices in each scene of the scenario: their quality, and where they lead. The first is where
every walk begins."""
ENDINGS = ("saved", "burnt")
WEIGHTS = {"quiz": 1, "walk": 2}
"""The pages with a score → their weights in the score of the course."""
PAGES = {
    "start": "Start",
    "words": "Words",
    "quiz": "Quiz",
    "record": "Record",
    "walk": "A fern in trouble",
    TEST: "Show that you know it: Know",
    "more": "More",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """From before one act to before another, or to the end of the visit."""

    what: dict[str, Any]
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Visit:
    """One launch of the course, and what comes of it."""

    launch: Launch
    acts: tuple[Act, ...]
    faults: tuple[Fault, ...]
    end: End
    wait: int
    """Milliseconds between the last act and the end."""
    recovers: bool
    """Whether the faults end before the visit, so that everything has to be saved in time."""


@dataclass(frozen=True, slots=True)
class Plan:
    seed: int
    profile: str
    settings: dict[str, Any]
    window: AnyWindow
    storage: bool
    """Whether the browser lets the course keep anything."""
    visits: tuple[Visit, ...]

    @property
    def title(self) -> str:
        settings = "".join(f", {name}={value}" for name, value in self.settings.items())
        storage = "" if self.storage else ", without storage"
        return f"seed {self.seed}: {self.profile}{settings}, {self.window}{storage}"


@cache
def profiles() -> dict[str, tuple[dict[str, Any], ...]]:
    """Every profile of templates/lms → its usual settings, and those of each variant."""
    found = {}
    for name in sorted(node()("profiles")):
        variants = node()("describe", name, {})["variants"]
        found[name] = ({}, *(settings for _, settings in sorted(variants.items())))
    return found


def draw(seed: int) -> Plan:
    """The plan of a seed. Profiles take turns, and with a variant more everything else stays."""
    profile = sorted(profiles())[seed % len(profiles())]
    settings = random.Random(f"settings {seed}").choice(profiles()[profile])
    chance = random.Random(seed)
    window: AnyWindow = chance.choices(("frame", "popup", "window"), (6, 1, 1))[0]
    storage = chance.random() < 0.85
    visits = [_visit(chance) for _ in range(chance.choice((1, 1, 2)))]
    # By a chance of its own, so that everything else stays.
    chance = random.Random(f"languages {seed}")
    switched = [_switched(visit, chance) for visit in visits]
    chance = random.Random(f"walks {seed}")
    walked = [_walked(visit, chance) for visit in switched]
    chance = random.Random(f"tries {seed}")
    tried = [_tried(visit, chance) for visit in walked]
    chance = random.Random(f"reviews {seed}")
    reviewed = tuple(one for visit in tried for one in (visit, *_review(visit, chance)))
    return Plan(seed, profile, settings, window, storage, reviewed)


def is_whole(visit: Visit) -> bool:
    """Whether the trainee does everything that there is to do."""
    return {("check", name, answers[0]) for name, answers in CHECKS.items()} <= {*visit.acts}


def _review(visit: Visit, chance: random.Random) -> list[Visit]:
    """A visit after this one in which the trainee looks back and practises, often after a visit
    that passes the course."""
    if not is_whole(visit) or chance.random() < 0.5:
        return []
    looking = _tried(_walked(_switched(_visit(chance), chance), chance), chance)
    return [replace(looking, launch=REVIEW, recovers=False)]


def _switched(visit: Visit, chance: random.Random) -> Visit:
    """The visit with changes of the language before some of its acts."""
    return _with(visit, [[("language",)] * (chance.random() < 0.2) for _ in visit.acts])


def _walked(visit: Visit, chance: random.Random) -> Visit:
    """The visit with decisions before some of its acts; with a walk to an ending before the last
    act of all that there is to do."""
    last = ("record", [*ITEMS][-1], ITEMS[[*ITEMS][-1]][0])
    whole = is_whole(visit)
    return _with(
        visit,
        [
            [("decide", "b"), ("decide", "a")]
            if whole and act == last
            else [("decide", chance.choice("aabbc")) for _ in range(chance.choice((0, 0, 0, 1, 2)))]
            for act in visit.acts
        ],
    )


def _tried(visit: Visit, chance: random.Random) -> Visit:
    """The visit with a further try, often, where the test-out was not passed."""
    failed = [act == ("show", "wrong") for act in (("begin",), *visit.acts[:-1])]
    return _with(
        visit,
        [
            [("show", chance.choice(("right", "wrong")))] if last and chance.random() < 0.7 else []
            for last in failed
        ],
    )


def _with(visit: Visit, before: list[list[Act]]) -> Visit:
    """The visit with other acts before each of its own."""
    acts = tuple(one for more, act in zip(before, visit.acts, strict=True) for one in (*more, act))
    faults = tuple(
        replace(
            fault,
            begins=fault.begins + sum(map(len, before[: fault.begins])),
            ends=fault.ends + sum(map(len, before[: fault.ends])),
        )
        for fault in visit.faults
    )
    return replace(visit, acts=acts, faults=faults)


def _visit(chance: random.Random) -> Visit:
    acts = tuple(act for _ in range(chance.randint(2, 4)) for act in _deed(chance))
    faults = []
    for _ in range(chance.choice((0, 1, 1, 2))):
        begins = chance.randint(0, len(acts))
        ends = chance.randint(begins + 1, len(acts) + 2)
        faults.append(Fault(chance.choice(FAULTS), begins, ends))
    launch = chance.choice(LAUNCHES) if chance.random() < 0.25 else Launch()
    end = chance.choice(ENDS)
    wait = chance.choice((0, 0, 30, 200, 700, 1500, 6000, 20_000))
    recovers = chance.random() < 0.4 and launch.recorded
    return Visit(launch, acts, tuple(faults), end, wait, recovers)


def _deed(chance: random.Random) -> list[Act]:
    """Something that a trainee does in one go; often with a pause behind it."""
    what = chance.choices(("check", "quiz", "show", "record", "visit", "all"), (8, 6, 3, 6, 2, 3))[
        0
    ]
    done: list[Act]
    if what == "check":
        name = chance.choice(sorted(CHECKS))
        done = [("check", name, chance.choice(CHECKS[name]))]
    elif what == "quiz":
        right = chance.random() < 0.6
        # It may be left after the first of its two questions.
        done = [("quiz", "right" if right else "wrong")] * chance.choice((1, 2, 2))
    elif what == "show":
        done = [("show", "right" if chance.random() < 0.5 else "wrong")]
    elif what == "record":
        name = chance.choice(sorted(ITEMS))
        done = [("record", name, chance.choice(ITEMS[name]))]
    elif what == "all":
        # Everything that there is to do, so that the course is passed.
        done = [
            *(("check", one, answers[0]) for one, answers in CHECKS.items()),
            *[("quiz", "right")] * 2,
            ("show", "right"),
            *(("record", one, answers[0]) for one, answers in ITEMS.items()),
        ]
    else:
        done = [("visit", chance.choice(sorted(PAGES)))]
    if chance.random() < 0.6:
        done.append(("wait", str(chance.choice((300, 1200, 4000, 16_000)))))
    return done
