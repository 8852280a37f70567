"""The record of a visit: API calls, the data that the LMS stored, and what the trainee saw.

The rules of a visit are pure functions of the plays in one LMS. A play (``Play``) is the record of
one scenario. Helpers of these rules are here, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from builder.audit.systems import SYSTEMS
from builder.diagnostics.diagnostic import Severity

FINAL = ("passed", "completed", "failed")
STATUS, STATE, PLACE = "cmi.core.lesson_status", "cmi.suspend_data", "cmi.core.lesson_location"
RAW, EXIT, TIME = "cmi.core.score.raw", "cmi.core.exit", "cmi.core.session_time"


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the API, as templates/lms/log.ts records it.

    ``launch`` is the number of the launch, from 1, and ``order`` that of the call in it, from 0.
    ``value`` is what the function returned, ``error`` the error code after the call, and ``threw``
    the exception as text, or empty.
    """

    launch: int
    order: int
    name: str
    args: tuple[str, ...]
    value: str
    error: str
    threw: str = ""
    length: int = 0
    """Length of the last argument, in characters."""
    strings: bool = True
    """Whether all arguments were strings, as the standard requires."""

    @property
    def sets(self) -> str:
        """The element of the data model that the call sets; empty if it sets none."""
        return self.args[0] if self.name == "LMSSetValue" and len(self.args) > 1 else ""

    @property
    def new_value(self) -> str:
        """The value to which the call sets the element."""
        return self.args[1] if len(self.args) > 1 else ""

    @property
    def taken(self) -> bool:
        """Whether the LMS accepted the call."""
        return self.value in ("true", "1") and not self.threw

    def __str__(self) -> str:
        short = [one if len(one) <= 60 else f"{one[:57]}…" for one in self.args]
        quoted = [f'"{one}"' for one in short]
        args = ", ".join(quoted if self.strings else [*quoted[:-1], *short[-1:]])
        end = f"throws {self.threw}" if self.threw else f'"{self.value[:60]}"'
        error = f", error {self.error}" if self.error not in ("", "0") else ""
        return f"{self.name}({args}) → {end}{error}"


@dataclass(frozen=True, slots=True)
class Held:
    """The data that the LMS stores for the trainee, and what it would answer at the next launch.

    ``state`` is the suspend data, ``answers`` the number of stored interactions, and ``mastery``
    the mastery score of the manifest. ``entry`` and ``mode`` are the answers at the next launch.
    ``None`` means that the LMS does not store this value.
    """

    status: str = ""
    score: str = ""
    seconds: float | None = None
    location: str = ""
    state: str = ""
    answers: int | None = None
    grade: float | None = None
    mastery: str = ""
    entry: str = ""
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """What the trainee saw at a moment.

    ``words`` is the set of words on the page. ``answers`` are pairs: the role and name of a
    control, and the answer in it. ``text`` is the beginning of the page's text.
    """

    heading: str = ""
    words: frozenset[str] = frozenset()
    answers: tuple[tuple[str, str], ...] = ()
    text: str = ""

    def like(self, other: Screen) -> bool:
        """Whether this screen and ``other`` probably show the same page of the course, judging by
        the share of common words."""
        both = self.words | other.words
        share = len(self.words & other.words) / len(both) if both else 1.0
        same = bool(self.heading) and self.heading == other.heading
        return share >= (0.5 if same else 0.75)


@dataclass(frozen=True, slots=True)
class Moment:
    """A named point of a scenario at which a record was made, such as “opened” or “left”.

    ``launch`` is the number of launches and ``calls`` the number of API calls until then. ``held``
    is what the LMS stored then, and ``screen`` what the trainee saw.
    """

    name: str
    launch: int
    calls: int
    held: Held
    screen: Screen
    step: int = 0
    """Number of steps that the trainee had taken by then."""


@dataclass(frozen=True, slots=True)
class Step:
    """One action of the trainee.

    ``words`` describe the action, ``why`` is its purpose (``trainee.Act.why``), and ``name`` is the
    name of the control. ``calls`` is the number of API calls, and ``launch`` the number of
    launches, after the action.
    """

    words: str
    why: str
    calls: int
    launch: int
    pointer: bool = False
    """Whether the action was impossible by keyboard."""
    name: str = ""
    seen: str = ""
    """The beginning of the page's text before the action."""
    answers: tuple[tuple[str, str], ...] = ()
    """The answers that the action submitted: role and name of each control, and its answer."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A screenshot of a page; ``image`` is a JPEG in Base64."""

    moment: str
    """The name of the moment of the screenshot."""
    heading: str
    step: int
    """Number of steps that the trainee had taken by then."""
    image: str


@dataclass(frozen=True, slots=True)
class Barrier:
    """An accessibility fault that axe-core finds in a page; ``impact`` is axe-core's rating."""

    rule: str
    """The id of axe-core's rule."""
    words: str
    """What the rule requires, in axe-core's words."""
    impact: str
    page: str
    """The heading of the page."""
    element: str
    """The HTML of the first affected element."""


@dataclass(frozen=True, slots=True)
class Play:
    """The record of one scenario, played in one LMS."""

    lms: str
    scenario: str
    moments: tuple[Moment, ...] = ()
    calls: tuple[Call, ...] = ()
    steps: tuple[Step, ...] = ()
    waits: bool = False
    """Whether the LMS saves with synchronous requests, which block the page until it responds."""
    errors: tuple[str, ...] = ()
    """Uncaught script errors, each once, in order."""
    complaints: tuple[str, ...] = ()
    """Errors that the course's scripts logged to the console, each once, in order."""
    elsewhere: tuple[str, ...] = ()
    """Requested addresses outside the package, each once."""
    missed: tuple[str, ...] = ()
    """What the trainee did not reach, in words for “Not reached: …”."""
    functions: tuple[str, ...] = ()
    """The names of the functions in the LMS's API."""
    lacks: tuple[str, ...] = ()
    """What the LMS does not support or keep, according to its profile."""
    pictures: tuple[Picture, ...] = ()
    """Screenshots of moments, in order; not every moment has one."""
    barriers: tuple[Barrier, ...] = ()
    sco: str = ""
    """The title of the SCO if the package has several; otherwise empty."""
    blocked: tuple[str, ...] = ()
    """Addresses of scripts, data and pages that the visit blocked."""
    missing: tuple[str, ...] = ()
    """Requested files of the package that do not exist."""
    requested: tuple[str, ...] = ()
    """Requested files of the package that exist."""
    unready: str = ""
    """Why the course did not become ready; empty if it did, or if the visit caused it."""
    limited: str = ""
    """The limit that ended the scenario early, such as “160 steps”; empty if none did."""
    end: str = ""
    """What proves that the trainee reached the end of the course; empty if nothing does."""

    @property
    def actions(self) -> int:
        """Number of actions before the trainee left for the first time."""
        return sum(one.launch <= 1 for one in self.steps)

    @property
    def disturbed(self) -> bool:
        """Whether the visit itself may have caused a fault, by blocked requests or a limit."""
        return bool(self.blocked or self.limited)

    def at(self, name: str) -> Moment | None:
        """The first moment with this name; ``None`` if the trainee did not get there."""
        return next((one for one in self.moments if one.name == name), None)

    def between(self, one: Moment, other: Moment) -> tuple[Call, ...]:
        """The API calls from the moment ``one`` to the moment ``other``."""
        return self.calls[one.calls : other.calls]

    def of_launch(self, launch: int) -> tuple[Call, ...]:
        """The API calls of one launch; the first launch is 1."""
        return tuple(one for one in self.calls if one.launch == launch)


def to_json(play: Play) -> dict[str, Any]:
    """Convert a play to JSON values; ``from_json`` is the inverse."""

    def plain(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: plain(one) for key, one in value.items()}
        if isinstance(value, frozenset):
            return sorted(value)
        if isinstance(value, Sequence) and not isinstance(value, str):
            return [plain(one) for one in value]
        return value

    data: dict[str, Any] = plain(asdict(play))
    return data


def from_json(data: Mapping[str, Any]) -> Play:
    """Convert JSON values from ``to_json`` back to a play."""
    values: dict[str, Any] = {
        name: tuple(map(_ENTRIES.get(name, str), value)) if isinstance(value, list) else value
        for name, value in data.items()
    }
    return Play(**values)


def _moment(one: Mapping[str, Any]) -> Moment:
    screen = dict(one["screen"])
    screen["words"] = frozenset(screen["words"])
    screen["answers"] = _pairs(screen["answers"])
    return Moment(**{**one, "held": Held(**one["held"]), "screen": Screen(**screen)})


def _pairs(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in rows)


_ENTRIES: Mapping[str, Callable[[Any], Any]] = {
    "moments": _moment,
    "calls": lambda one: Call(**{**one, "args": tuple(one["args"])}),
    "steps": lambda one: Step(**{**one, "answers": _pairs(one["answers"])}),
    "pictures": lambda one: Picture(**one),
    "barriers": lambda one: Barrier(**one),
}
"""How to convert each entry of a list in a play from JSON, by the name of the list. The entries of
lists that are not named here are texts."""


Plays = Mapping[str, Play]
"""The plays in one LMS by scenario. Scenarios that were not played are missing."""

LMSS = tuple(system.id for system in SYSTEMS.values() if system.simulated)
"""The ids of the simulated LMSs."""
_MOST = 8
"""Maximum number of calls that are listed as evidence."""


@dataclass(frozen=True, slots=True)
class VisitFault:
    """A fault that the plays in one LMS show; ``scenario`` is the one that shows it.

    ``words`` are the values of the placeholders in the rule's texts, and ``evidence`` has a line
    for each proof. ``own_to_lms`` says that the LMS itself causes the fault.
    """

    scenario: str
    evidence: tuple[str, ...] = ()
    words: Mapping[str, object] = field(default_factory=dict)
    own_to_lms: bool = False
    severity: Severity | None = None
    """Replaces the rule's severity, unless it is ``None``."""


def effects(anywhere: str, **some: str) -> dict[str, str]:
    """The effects of a rule by the id of each simulated LMS: that in ``some`` for the LMS, or
    ``anywhere`` for an LMS that is not in ``some``. In a name in ``some``, ``_`` means ``-``."""
    named = {name.replace("_", "-"): words for name, words in some.items()}
    return {lms: named.get(lms, anywhere) for lms in LMSS}


def as_evidence(some: Iterable[Call]) -> tuple[str, ...]:
    """Lines of evidence for a finding: a line for each of the first calls in ``some``, and a line
    with the number of all others."""
    lines = [f"visit {one.launch}: {one}" for one in some]
    more = (f"… and {len(lines) - _MOST} more",) if len(lines) > _MOST else ()
    return (*lines[:_MOST], *more)


def held_at(moment: Moment) -> str:
    """A line of evidence for a finding: which data the LMS stored at a moment."""
    now = moment.held
    parts = [f"status “{now.status}”", f"score “{now.score}”", f"location “{now.location[:60]}”"]
    return f"held ({moment.name}): {', '.join(parts)}, state of {len(now.state)} characters"


def calls_setting(some: Iterable[Call], element: str) -> list[Call]:
    """The calls among ``some`` that set this element of the data model."""
    return [one for one in some if one.sets == element]


def last_accepted(some: Iterable[Call], element: str) -> str:
    """The last value that calls in ``some`` set for an element and that the LMS accepted; empty if
    there is none."""
    taken = [one.new_value for one in calls_setting(some, element) if one.taken]
    return taken[-1] if taken else ""


def calls_of(some: Iterable[Call], name: str) -> list[Call]:
    """The calls among ``some`` of the API function with this name."""
    return [one for one in some if one.name == name]


def of_scenarios(plays: Plays, *scenarios: str) -> Iterator[Play]:
    """The plays of these scenarios; a scenario that was not played is skipped."""
    for scenario in scenarios:
        if scenario in plays:
            yield plays[scenario]


def committed(play: Play, launch: int, element: str) -> str | None:
    """The last value to which the course set an element in a launch, if the LMS confirmed after
    that call that it has stored the data; otherwise ``None``."""
    pending: str | None = None
    stored: str | None = None
    for call in play.of_launch(launch):
        if call.sets == element and call.taken:
            pending = call.new_value
        if call.name in ("LMSCommit", "LMSFinish") and call.taken and pending is not None:
            stored, pending = pending, None
    return stored if pending is None else None
