"""An author's course as files, and the edits that authors make to it.

A draft is plain data: ``pages`` with their front matter, ``questions`` as they stand in the bank,
``tracking``. An edit takes a draft and chance, and gives the next
draft; it never changes the one that it was given.
"""

from __future__ import annotations

import copy
import json
import random
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from builder.course.load import load
from builder.course.model import Course
from builder.course.validate import validate
from builder.diagnostics.diagnostic import Diagnostic, Severity
from builder.package.artifacts import Member
from builder.package.plan import plan
from builder.package.render import render

Json = dict[str, Any]
TODAY = date(2026, 1, 31)
WORDS = ["Listen", "Write it down", "Tell someone", "Stay calm", "Look beyond", "Ask again"]


def draft(chance: random.Random) -> Json:
    """A course of a few pages, a quiz or two and a record."""
    made: Json = {
        "made": 0,
        "pages": [],
        "questions": [],
        "tracking": {"pass_mark": chance.choice([0, 50, 80]), "attempts": chance.choice([0, 2])},
    }
    for _ in range(chance.randint(2, 4)):
        _insert(made, _page(made, chance))
    for _ in range(chance.randint(1, 2)):
        _insert(made, _quiz(made, chance))
    _insert(made, _record(made, chance))
    return made


def _name(made: Json, kind: str) -> str:
    made["made"] += 1
    return f"{kind}-{made['made']}"


def _insert(made: Json, page: Json, at: int | None = None) -> None:
    made["pages"].insert(len(made["pages"]) if at is None else at, page)


def _common(made: Json, kind: str) -> Json:
    name = _name(made, kind)
    return {"id": name, "was": [], "title": name.title(), "revision": 1, "kind": kind}


def _page(made: Json, chance: random.Random) -> Json:
    checks = [_question(made, chance) for _ in range(chance.randint(0, 2))]
    return _common(made, "page") | {"checks": checks, "body": chance.choice(WORDS)}


def _quiz(made: Json, chance: random.Random) -> Json:
    asked = [_question(made, chance, "choice"), _question(made, chance)]
    asked += [_question(made, chance) for _ in range(chance.randint(0, 2))]
    rules: Json = {
        "keep": chance.choice(["best", "last"]),
        "retake": chance.choice(["all", "wrong"]),
        "shuffle_questions": chance.random() < 0.5,
    }
    page = _common(made, "quiz") | {"body": "Ready?", "questions": asked, "quiz": rules}
    if chance.random() < 0.5:
        drawn = [_question(made, chance, "choice") for _ in range(chance.randint(2, 4))]
        for one in made["questions"]:
            if one["id"] in drawn:
                one["tags"] = [page["id"]]
        rules["draw"] = [{"tag": page["id"], "count": chance.randint(1, len(drawn))}]
    return page


def _record(made: Json, chance: random.Random) -> Json:
    items = [_item(made, chance) for _ in range(chance.randint(1, 3))]
    return _common(made, "record") | {"body": "Fill in.", "record": items}


def _item(made: Json, chance: random.Random) -> Json:
    return {
        "id": _name(made, "item"),
        "was": [],
        "question": f"{chance.choice(WORDS)}?",
        "limit": chance.choice([50, 120, 300]),
    }


def _listed(chance: random.Random, ids: str) -> list[Json]:
    return [{"id": one, "text": f"{chance.choice(WORDS)} {one}"} for one in ids]


def _choice(chance: random.Random) -> Json:
    options = _listed(chance, "abcd"[: chance.randint(2, 4)])
    right = chance.sample(range(len(options)), chance.randint(1, len(options) - 1))
    marked = [one | {"correct": at in right} for at, one in enumerate(options)]
    return {"multiple": len(right) > 1, "options": marked}


def _matching(chance: random.Random) -> Json:
    items = [one | {"match": chance.choice("abc")} for one in _listed(chance, "123")]
    return {"items": items, "options": _listed(chance, "abc")}


def _steps(chance: random.Random) -> Json:
    steps = [one | {"needed": chance.random() < 0.5} for one in _listed(chance, "abc")]
    steps[0]["needed"] = True
    return {"steps": steps}


TYPES: dict[str, Callable[[random.Random], Json]] = {
    "choice": _choice,
    "true-false": lambda chance: {"answer": chance.random() < 0.5},
    "fill-in": lambda chance: {"answers": chance.sample(["calm", "b", "7", "Pwyll"], 2)},
    "numeric": lambda chance: {"answer": chance.randint(1, 9)},
    "matching": _matching,
    "sequencing": lambda chance: {"items": _listed(chance, "".join(chance.sample("abc", 3)))},
    "performance": _steps,
    "likert": lambda chance: {
        "statements": _listed(chance, "12"),
        "scale": _listed(chance, "abc"),
    },
    "reflection": lambda chance: {"limit": chance.choice([50, 200])},
}


def _question(made: Json, chance: random.Random, kind: str = "") -> str:
    kind = kind or chance.choice(["choice", *TYPES])
    name = _name(made, "question")
    common = {"id": name, "was": [], "revision": 1, "type": kind, "prompt": f"What about {name}?"}
    made["questions"].append(common | TYPES[kind](chance))
    return name


# The edits. Each changes the draft that it gets; ``edited`` gives it a copy.


def _insert_page(made: Json, chance: random.Random) -> None:
    make = chance.choice([_page, _page, _quiz, _record])
    _insert(made, make(made, chance), chance.randint(0, len(made["pages"])))


def asked_ids(made: Json, page: Json) -> set[str]:
    """The ids of the questions that a page may ask."""
    tags = {draw["tag"] for draw in page.get("quiz", {}).get("draw", ())}
    drawn = {one["id"] for one in made["questions"] if tags & set(one.get("tags", ()))}
    return {*page.get("checks", ()), *page.get("questions", ()), *drawn}


def _delete_page(made: Json, chance: random.Random) -> None:
    if len(made["pages"]) > 1:
        made["pages"].remove(chance.choice(made["pages"]))


def _move_page(made: Json, chance: random.Random) -> None:
    page = made["pages"].pop(chance.randrange(len(made["pages"])))
    _insert(made, page, chance.randint(0, len(made["pages"])))


def _retitle(made: Json, chance: random.Random) -> None:
    chance.choice(made["pages"])["title"] = chance.choice(WORDS)


def _reword(made: Json, chance: random.Random) -> None:
    chance.choice(made["pages"])["body"] = " ".join(chance.sample(WORDS, 3))
    if made["questions"]:
        chance.choice(made["questions"])["prompt"] = f"{chance.choice(WORDS)} or not?"
    for item in _items(made):
        item["question"] = f"{chance.choice(WORDS)} now?"


def _items(made: Json) -> list[Json]:
    return [item for page in made["pages"] for item in page.get("record", ())]


_LISTS = ("options", "steps", "statements")


def _reorder_options(made: Json, chance: random.Random) -> None:
    for one in made["questions"]:
        for name in _LISTS:
            chance.shuffle(one.get(name, []))


def _choices(made: Json) -> list[Json]:
    return [one for one in made["questions"] if one["type"] == "choice"]


def _add_option(made: Json, chance: random.Random) -> None:
    for one in _choices(made):
        free = [letter for letter in "efghij" if letter not in _retired(one)]
        one["options"].append({"id": free[0], "text": f"New {free[0]}", "correct": False})


def _retired(one: Json) -> set[str]:
    return {option["id"] for option in one["options"]} | set(one.get("retired", ()))


def _remove_option(made: Json, chance: random.Random) -> None:
    for one in _choices(made):
        wrong = [option for option in one["options"] if not option["correct"]]
        if len(one["options"]) > 2 and len(wrong) > 1:
            gone = chance.choice(wrong)
            one["options"].remove(gone)
            one["retired"] = sorted({*one.get("retired", ()), gone["id"]})


def _change_key(made: Json, chance: random.Random) -> None:
    for one in _choices(made):
        right = chance.choice(one["options"])
        for option in one["options"]:
            option["correct"] = option is right
    for one in made["questions"]:
        if one["type"] == "numeric":
            one["answer"] = chance.randint(1, 9)


def _everything(made: Json) -> list[Json]:
    return [*made["pages"], *made["questions"], *_items(made)]


def _rename(made: Json, chance: random.Random, *, was: bool) -> None:
    one = chance.choice(_everything(made))
    old, new = one["id"], _name(made, "renamed")
    one["was"] = [old, *one["was"]] if was else []
    one["id"] = new
    if "prompt" not in one:
        return
    for page in made["pages"]:
        for field in ("checks", "questions"):
            page[field] = [new if name == old else name for name in page.get(field, ())]


def _revise(made: Json, chance: random.Random) -> None:
    one = chance.choice([*made["pages"], *made["questions"]])
    one["revision"] += 1


def _quizzes(made: Json) -> list[Json]:
    return [page for page in made["pages"] if page["kind"] == "quiz"]


def _quiz_settings(made: Json, chance: random.Random) -> None:
    made["tracking"] = {
        "pass_mark": chance.choice([0, 60, 100]),
        "attempts": chance.choice([0, 1, 2, 3]),
    }
    for page in _quizzes(made):
        page["quiz"] |= {
            "keep": chance.choice(["best", "last"]),
            "retake": chance.choice(["all", "wrong"]),
            "shuffle_questions": chance.random() < 0.5,
        }


def _fewer_drawn(made: Json, chance: random.Random) -> None:
    for page in _quizzes(made):
        for drawn in page["quiz"].get("draw", ()):
            drawn["count"] = max(1, drawn["count"] - 1)


def _bank_grows(made: Json, chance: random.Random) -> None:
    for page in _quizzes(made):
        for drawn in page["quiz"].get("draw", ()):
            for _ in range(3):
                _question(made, chance, "choice")
                made["questions"][-1]["tags"] = [drawn["tag"]]


def _question_gone(made: Json, chance: random.Random) -> None:
    for page in made["pages"]:
        if len(page.get("questions", ())) > 1:
            page["questions"].remove(chance.choice(page["questions"][1:]))
        elif page.get("checks"):
            page["checks"].remove(chance.choice(page["checks"]))


def _question_more(made: Json, chance: random.Random) -> None:
    for page in made["pages"]:
        if page["kind"] != "record":
            field = "questions" if page["kind"] == "quiz" else "checks"
            page[field] = [*page.get(field, ()), _question(made, chance)]


def _all_questions_new(made: Json, chance: random.Random) -> None:
    for page in _quizzes(made):
        page["questions"] = [_question(made, chance, "choice"), _question(made, chance)]


def _other_type(made: Json, chance: random.Random) -> None:
    """A question of another type under the same id and revision."""
    tagged = [one for one in made["questions"] if "tags" not in one]
    # The first question of a quiz stays one with a right answer.
    firsts = {page["questions"][0] for page in _quizzes(made)}
    others = [one for one in tagged if one["id"] not in firsts]
    if not others:
        return
    one = chance.choice(others)
    kept = {name: one[name] for name in ("id", "was", "revision", "prompt")}
    kind = chance.choice(list(TYPES))
    one.clear()
    one |= kept | {"type": kind} | TYPES[kind](chance)


def _other_kind(made: Json, chance: random.Random) -> None:
    """A page of another kind under the same id and revision."""
    page = chance.choice(made["pages"])
    make = chance.choice([_page, _quiz, _record])
    kept = {name: page[name] for name in ("id", "was", "revision")}
    new = make(made, chance)
    # Its draw, if there is one, is by the tag that carries the name it was made with.
    page.clear()
    page |= new | kept


def _lower_limits(made: Json, chance: random.Random) -> None:
    for one in [*_items(made), *made["questions"]]:
        if "limit" in one:
            one["limit"] = 50


EDITS: dict[str, Callable[[Json, random.Random], None]] = {
    "insert a page": _insert_page,
    "delete a page": _delete_page,
    "move a page": _move_page,
    "retitle": _retitle,
    "reword": _reword,
    "reorder options": _reorder_options,
    "add an option": _add_option,
    "remove an option": _remove_option,
    "change the key": _change_key,
    "rename with was": lambda made, chance: _rename(made, chance, was=True),
    "rename without was": lambda made, chance: _rename(made, chance, was=False),
    "raise a revision": _revise,
    "change quiz settings": _quiz_settings,
    "draw fewer": _fewer_drawn,
    "add to a bank": _bank_grows,
    "a question less": _question_gone,
    "a question more": _question_more,
    "all questions new": _all_questions_new,
    "another type of question": _other_type,
    "another kind of page": _other_kind,
    "lower limits": _lower_limits,
}
"""By what the author would call them."""


def edited(made: Json, name: str, chance: random.Random) -> Json:
    """The next draft."""
    made = copy.deepcopy(made)
    EDITS[name](made, chance)
    return made


def files(made: Json) -> dict[str, str]:
    """The course folder: paths and texts."""
    asked = {name for page in made["pages"] for name in asked_ids(made, page)}
    course = {
        "id": "edited",
        "title": "Edited",
        "version": "1.0.0",
        "cover": {"show": "no"},
        "pages": [f"{page['id']}.md" for page in made["pages"]],
        "tracking": made["tracking"],
    }
    bank = [one for one in made["questions"] if one["id"] in asked]
    found = {"course.yaml": json.dumps(course)}
    if bank:
        found["questions/bank.yaml"] = json.dumps(bank)
    for page in made["pages"]:
        front = {
            name: value for name, value in page.items() if name not in ("checks", "body") and value
        }
        body = [page["body"], *(f"::: check {name}" for name in page.get("checks", ()))]
        text = "\n\n".join(body)
        found[f"pages/{page['id']}.md"] = f"---\n{json.dumps(front)}\n---\n{text}\n"
    return found


@dataclass(frozen=True, slots=True)
class Package:
    """What the builder makes of a draft. ``outline``, ``data`` (by page), ``tracking`` and
    ``edition`` are what the player gets of it."""

    draft: Json
    course: Course
    members: tuple[Member, ...]
    outline: Json
    data: Json
    tracking: Json
    text: Json
    edition: str


def judged(made: Json) -> tuple[Course | None, list[Diagnostic]]:
    """The course of a draft, and what is wrong with it."""
    with tempfile.TemporaryDirectory() as place:
        for name, text in files(made).items():
            path = Path(place, name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        sources, found = load(Path(place))
        assert sources, found
        judged = validate(sources, TODAY)
    wrong = [one for one in judged.diagnostics if one.severity is Severity.ERROR]
    return judged.course, wrong


def build(made: Json) -> Package:
    """Load, validate, plan and render a draft. What an author could not build is a fault of the
    test."""
    course, wrong = judged(made)
    assert course, [(one.code, one.message, one.position) for one in wrong]
    members = tuple(render(plan(course)))
    return Package(made, course, members, *_taken(members))


def _taken(members: tuple[Member, ...]) -> tuple[Json, Json, Json, Json, str]:
    """What the player takes from the files of a package."""
    by_name = {member.name: member for member in members}
    index = by_name["index.html"].read().decode()
    course = _embedded(index, "course-data")
    first = _embedded(index, "first-page")
    chunks = {}
    for name, member in by_name.items():
        if name.startswith(("pages/", "assets/")) and name.endswith(".js"):
            kind, page, data = _chunk(member)
            chunks[kind, page] = data
    outline = chunks["outline", ""]
    data = {page: one for (kind, page), one in chunks.items() if kind == "page"}
    data[outline["pages"][0]["id"]] = first
    text = course["text"] | outline["text"]
    text |= {name: words for one in data.values() for name, words in one["text"].items()}
    return outline, data, course["tracking"], text, course["course"]["edition"]


def _embedded(index: str, name: str) -> Json:
    text = index.split(f'id="{name}"', 1)[1].split(">", 1)[1].split("</script>", 1)[0]
    found: Json = json.loads(text)
    return found


def _chunk(member: Member) -> tuple[str, str, Any]:
    # Before the outline stand the parts that need it.
    *_, last = member.read().decode().strip().splitlines()
    # A bundle repeats what other files have.
    if not last.startswith("scormBuilder.add(") or "/ahead-" in member.name:
        return "", member.name, None
    found = json.loads(f"[{last.removeprefix('scormBuilder.add(').removesuffix(');')}]")
    return found[0], found[1], found[2]
