"""The course that has to fit: 200 pages, 250 questions and three reflections
(facts/policy.md#state), filled to its limits by a trainee in Chromium."""

import copy
from functools import cache
from typing import Any

from playwright.sync_api import Page

from builder.course import letters, state
from tests.edits.authoring import Json, Package, build, judged
from tests.edits.serving import desk

LIMIT = 500
PAGES = 200


def listed(ids: str, **more: object) -> list[Json]:
    return [{"id": one, "text": f"Words {one}"} | more for one in ids]


ABCD = "abcd"
STEPS = "abcdefghijklmnop"
MIX: list[tuple[int, str, Json, str]] = [
    (60, "true-false", {"answer": True}, "t"),
    (80, "choice", {"options": [*listed("a", correct=True), *listed("bc")]}, "c"),
    (40, "choice", {"multiple": True, "options": listed(ABCD, correct=True)}, ABCD),
    (
        20,
        "matching",
        {"items": [one | {"match": "a"} for one in listed("1234")], "options": listed(ABCD)},
        "1a2b3c4d",
    ),
    (15, "sequencing", {"items": listed(ABCD)}, "dcba"),
    (10, "numeric", {"answer": 7}, ""),
    (15, "fill-in", {"answers": ["calm"], "limit": 16}, "sixteen letters."[:14] + "x"),
    (8, "likert", {"scale": listed(ABCD)}, "d"),
    (2, "performance", {"steps": listed(STEPS, needed=True)}, STEPS),
]
"""How many, of which type, what it consists of, the longest answer to it."""


def filled(words: str) -> str:
    """A text of these words that takes exactly the limit."""
    text, at = "", 0
    while letters.room(text + words[at % len(words)]) <= LIMIT - 6:
        text += words[at % len(words)]
        at += 1
    while letters.room(text) < LIMIT:
        text += "a"
    assert letters.room(text) == LIMIT
    return text


@cache
def thoughts() -> dict[str, str]:
    """The reflections, and an answer to each."""
    return {
        "thought-1": filled("Mae’r plentyn yn dweud wrthyf am ei ŵyr, “diolch”. "),
        "thought-2": filled("قال لي الطفل إنه قلق، ماذا أفعل؟ "),
        "thought-3": filled("I felt 🙂 and 👩‍👧 then 😟. "),
    }


def target() -> tuple[Json, dict[str, str]]:
    """The draft of the course, and the longest answer to each question."""
    questions: list[Json] = []
    answers: dict[str, str] = {}
    for count, kind, parts, answer in MIX:
        for _ in range(count):
            name = f"q-{len(questions)}"
            common = {"id": name, "was": [], "revision": 1, "type": kind, "prompt": "What?"}
            questions.append(common | copy.deepcopy(parts))
            answers[name] = answer
    for name, text in thoughts().items():
        questions.append(reflection(name))
        answers[name] = text
    pages = [
        {
            "id": f"p-{at}",
            "was": [],
            "revision": 1,
            "title": f"Page {at}",
            "kind": "page",
            "body": "Words.",
            "checks": [one["id"] for one in questions[at::PAGES]],
        }
        for at in range(PAGES)
    ]
    return {"made": 0, "pages": pages, "questions": questions, "tracking": {}}, answers


def reflection(name: str) -> Json:
    common = {"id": name, "was": [], "revision": 1, "type": "reflection", "prompt": "What now?"}
    return common | {"limit": LIMIT}


def numbers(package: Package, answers: dict[str, str]) -> None:
    """The longest number is as long as the question takes."""
    for one in package.course.questions:
        if one.type == "numeric":
            answers[one.id] = "9" * one.answer["digits"]


def test_a_trainee_who_fills_everything_to_its_limit_loses_nothing(page: Page) -> None:
    made, answers = target()
    package = build(made)
    numbers(package, answers)
    worst = state.worst(package.course).size
    assert worst <= state.LIMIT
    asked = {name: one["id"] for one in made["pages"] for name in one["checks"]}
    acts: list[list[Any]] = [["check", asked[name], name, text] for name, text in answers.items()]
    acts += [["visit", one["id"]] for one in made["pages"] if not one["checks"]]
    with desk(page) as at:
        first = at.sit(package, {}, acts)
        again = at.sit(package, first["stored"], [["look", one["id"]] for one in made["pages"]])
        more = at.sit(
            package,
            again["stored"],
            [["type", asked[name], name, f"{text}b"] for name, text in thoughts().items()],
        )
    kept = first["stored"]["cmi.suspend_data"]
    assert first["refused"] == again["refused"] == more["refused"] == []
    # Signs and places of numbers, which this trainee does not use, are all that is left.
    assert worst - 60 <= len(kept) <= worst <= state.LIMIT
    read = state.decode(kept)
    assert read
    assert read.status == "completed"
    responses = {name: read.checks[state.key("question", name)].response for name in answers}
    assert responses == answers
    assert again["statuses"] == ["Visited"] * PAGES
    seen = {name: (text, count) for one in again["came"] for name, text, count in one}
    assert seen.keys() == answers.keys()
    plain = {name: text.replace(",", "") for name, (text, _) in seen.items() if text}
    shown = {name: plain[name] if answers[name].isdigit() else seen[name][0] for name in seen}
    # Lists put in order and scales are shown otherwise.
    assert all(text in (None, answers[name]) for name, text in shown.items())
    assert sum(text is None for text in shown.values()) == 15 + 8
    nothing_left = package.text["room_left_other"].replace("{n}", "0")
    assert {name: seen[name] for name in thoughts()} == {
        name: (text, nothing_left) for name, text in thoughts().items()
    }
    # A letter more is refused in words, and what was saved before stays saved.
    one_over = package.text["too_long"].replace("{n}", "1")
    assert more["came"] == [one_over] * 3
    saved = state.decode(more["stored"]["cmi.suspend_data"])
    assert saved
    assert saved.checks == read.checks


def test_one_more_reflection_is_refused_with_what_to_shorten() -> None:
    made, _ = target()
    made["questions"].append(reflection("thought-4"))
    made["pages"][0]["checks"].append("thought-4")
    course, [wrong] = judged(made)
    assert course is None
    assert wrong.code == "state-too-large"
    assert "SCORM 1.2 saves at most 4096" in wrong.message
    assert "the answer to “thought-1” (504), the answer to “thought-2” (504)" in wrong.hint
    assert "lower the “limit:” of record questions and reflections" in wrong.hint
