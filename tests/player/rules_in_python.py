"""The rules of ``builder/updating/trainee/`` over what the player gets: its outline and a state."""

from collections.abc import Callable
from dataclasses import asdict, replace
from types import ModuleType
from typing import Any

from builder.course.keys import NO_FORMER, Former
from builder.course.model import Tracking
from builder.course.scenarios.model import Quality
from builder.package.outline import (
    Choice,
    Identifiers,
    Module,
    Outline,
    Page,
    Question,
    RecordItem,
    Rules,
    Scenario,
    Scene,
)
from tests.player.states import Json, from_python, pairs, to_python


def outline_of(player: Json, tracking: Json) -> Outline:
    """The outline of ``course.json`` for an outline of the player's."""
    former = {
        key: Former(tuple(kept["same"]), tuple(kept["changed"]))
        for key, kept in player.get("former", {}).items()
    }
    private = player.get("private", ())
    pages = tuple(_page(page, former) for page in player["pages"])
    needs = [page.get("needs", {}) for page in player["pages"]]
    asked = [
        key
        for need in needs
        for kind in ("check", "quiz", "test-out")
        for key in need.get(kind, ())
    ]
    return Outline(
        format=1,
        digest="",
        id="course",
        identifiers=Identifiers("M", "O", "I", "R"),
        title="Course",
        version="1",
        language="en",
        draft=False,
        worst_state=0,
        tracking=Tracking(**tracking),
        modules=_modules(player),
        pages=pages,
        edition="x9",
        questions=tuple(
            _question(key, former.get(key, NO_FORMER), key in private) for key in asked
        ),
    )


def _page(page: Json, former: dict[str, Former]) -> Page:
    needs = page.get("needs", {})
    return Page(
        id=page["id"],
        key=page["key"],
        former=former.get(page["key"], NO_FORMER),
        revision=1,
        title=page["title"],
        kind=page["kind"],
        minutes=0,
        file=f"{page['id']}.js",
        fingerprint="",
        checks=tuple(needs.get("check", ())),
        quiz=tuple(_scored(needs)),
        record=tuple(
            RecordItem(key, key, former.get(key, NO_FORMER), 500, "Item", "")
            for key in needs.get("record", ())
        ),
        lock={kind: tuple(names) for kind, names in page.get("lock", {}).items()},
        rules=_rules(page["quiz"], _scored(needs)) if "quiz" in page else None,
        scenario=_scenario(page["scenario"], needs["scenario"], former)
        if "scenario" in page
        else None,
        covers=tuple(page.get("covers", ())),
        shown=page.get("shown", ""),
        shown_was=former.get(page.get("shown", ""), NO_FORMER).same,
    )


def _scored(needs: Json) -> list[str]:
    return [*needs.get("quiz", ()), *needs.get("test-out", ())]


QUALITIES: dict[str, Quality] = {"G": "good", "F": "fair", "P": "poor"}
"""The quality of the ending of a scene by the last letter of its key."""


def _scenario(rules: Json, keys: list[str], former: dict[str, Former]) -> Scenario:
    endings = {key: QUALITIES.get(key[-1]) for key in keys}
    well = all(endings[key] == "good" for key in rules["ends"])
    return Scenario(
        start=keys[0],
        complete="good" if well else "ending",
        weight=rules.get("weight"),
        attempts=rules.get("attempts", 0),
        keep=rules.get("keep", "best"),
        scenes=tuple(
            Scene(key, key, former.get(key, NO_FORMER), key, (), ending, "")
            for key, ending in endings.items()
        ),
    )


def scenario_page(page: Json, data: Json) -> Page:
    """A page with the scenario of page data of the player's."""
    scenes = tuple(
        Scene(
            id=one["id"],
            key=one["key"],
            former=NO_FORMER,
            title=one["title"],
            choices=tuple(Choice(**choice, wording="") for choice in one["choices"]),
            ending=one["ending"],
            wording="",
        )
        for one in data["scenes"]
    )
    rules = page.get("scenario", {})
    scenario = Scenario(
        start=data["start"],
        complete="ending",
        weight=rules.get("weight"),
        scenes=scenes,
        attempts=rules.get("attempts", 0),
        keep=rules.get("keep", "best"),
    )
    plain = {name: value for name, value in page.items() if name != "scenario"}
    return replace(_page(plain, {}), scenario=scenario)


def _rules(quiz: Json, fixed: list[str]) -> Rules:
    return Rules(
        **quiz,
        fixed=tuple(fixed),
        draws=(),
        shuffle_questions=False,
        shuffle_options=False,
        feedback="at-end",
        retake="all",
    )


def _question(key: str, former: Former, private: bool) -> Question:
    return Question(
        id=key,
        key=key,
        former=former,
        revision=1,
        interaction=None,
        retired=(),
        prompt="Question",
        texts={},
        right="",
        room=0,
        type="reflection",
        options=(),
        items=(),
        patterns=(),
        answer={"kept": not private},
        scored=True,
        weight=1,
        fingerprint="",
        wording="",
    )


def _modules(player: Json) -> tuple[Module, ...]:
    ids = iter([page["id"] for page in player["pages"]])
    return tuple(
        Module(
            module["title"],
            tuple(next(ids) for _ in range(module["count"])),
            {kind: tuple(names) for kind, names in module.get("lock", {}).items()},
        )
        for module in player["modules"]
    )


def says(trainee: ModuleType, player: Json, tracking: Json, state: Json, location: str) -> Json:
    """All that the rules say of a state; ``trainee`` is the package that has them."""
    outline = outline_of(player, tracking)
    course = trainee.Course(outline)
    kept = trainee.carry_over(course, to_python(state))
    progress, pages = trainee.progress.Progress(course, kept), outline.pages
    standing = progress.measure()
    status, score = trainee.tracking.verdict(standing, outline.tracking)
    resume = trainee.Trainee(course, kept).resume_page(location)
    left = {page.id: trainee.progress.attempts_left(page, kept) for page in pages if page.rules}
    return {
        "carryOver": pairs(from_python(kept)),
        "notSeen": [page.id for page in trainee.edits.not_seen(outline, kept)],
        "resumePage": resume and resume.id,
        "pageStatus": {page.id: trainee.progress.page_status(page, kept) for page in pages},
        "missing": {
            page.id: [[[waited.id for waited in gate.pages], gate.until] for gate in gates]
            for page in pages
            if (gates := progress.missing(page))
        },
        "pageShut": [page.id for page in pages if progress.page_shut(page)],
        "attemptsLeft": {
            name: None if number == float("inf") else number for name, number in left.items()
        },
        "measure": {"left": standing.left, "quizzes": [asdict(quiz) for quiz in standing.quizzes]},
        "verdict": {"status": status, "score": score},
    }


def call(tracking: ModuleType, name: str) -> Callable[..., Any]:
    """A function of the module ``tracking``, by the name that it has in the player."""
    return {
        "higher": tracking.higher,
        "courseScore": lambda quizzes: tracking.course_score(
            tuple(tracking.QuizStanding(**quiz) for quiz in quizzes)
        ),
        "tellsScore": lambda status, score, rules: tracking.tells_score(
            status, score, Tracking(**rules)
        ),
    }[name]
