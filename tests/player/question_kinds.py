"""Random questions of every type, answers to them, and what each answer earns by its rules.

The rules are written down once more, from the README and the docstrings of
``builder/course/questions``, with exact fractions; the player's own code is not consulted.
"""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Json = dict[str, Any]
OPTIONS = "abcd"
ITEMS = "123"


@dataclass(frozen=True, slots=True)
class Kind:
    """``make`` gives what a type adds to a question, ``right`` a right answer, ``guess`` any
    answer, ``part`` the part of the weight that an answer earns."""

    make: Callable[[random.Random], Json]
    right: Callable[[Json], str]
    guess: Callable[[random.Random, Json], str]
    part: Callable[[Json, str], Fraction]


def shared(question: Json, right: int, of: int) -> Fraction:
    """A share for each right part where the author says so, else everything or nothing."""
    if question["answer"]["credit"] == "partial":
        return Fraction(right, of)
    return Fraction(right == of)


def make_choice(chance: random.Random) -> Json:
    several = chance.random() < 0.7
    right = sorted(chance.sample(OPTIONS, chance.randint(1, 4) if several else 1))
    credit = chance.choice(["all", "partial"]) if several else "all"
    return {"answer": {"right": right, "multiple": several, "credit": credit}}


def part_of_choice(question: Json, response: str) -> Fraction:
    right, chosen = set(question["answer"]["right"]), set(response)
    if question["answer"]["credit"] == "all":
        return Fraction(chosen == right)
    return Fraction(max(len(chosen & right) - len(chosen - right), 0), len(right))


def guess_options(chance: random.Random, question: Json) -> str:
    most = 3 if question["answer"]["multiple"] else 1
    return "".join(sorted(chance.sample(OPTIONS, chance.randint(1, most))))


def listed(names: str) -> list[Json]:
    return [{"id": name, "text": name} for name in names]


def make_matching(chance: random.Random) -> Json:
    items = ITEMS[: chance.randint(2, 3)]
    answer = {
        "right": {item: chance.choice(OPTIONS) for item in items},
        "credit": chance.choice(["all", "partial"]),
    }
    return {"answer": answer, "items": listed(items), "options": listed(OPTIONS)}


def pairs_of(response: str) -> dict[str, str]:
    return dict(zip(response[::2], response[1::2], strict=True))


def part_of_matching(question: Json, response: str) -> Fraction:
    right = question["answer"]["right"]
    given = pairs_of(response)
    return shared(question, sum(given.get(item) == right[item] for item in right), len(right))


def make_sequencing(chance: random.Random) -> Json:
    order = "".join(chance.sample(OPTIONS, chance.randint(2, 4)))
    answer = {"right": list(order), "credit": chance.choice(["all", "partial"])}
    return {"answer": answer, "options": listed("".join(sorted(order)))}


def order_of(question: Json) -> str:
    return "".join(question["answer"]["right"])


def part_of_sequencing(question: Json, response: str) -> Fraction:
    order = order_of(question)
    placed = sum(one == other for one, other in zip(response, order, strict=True))
    return shared(question, placed, len(order))


def make_performance(chance: random.Random) -> Json:
    needed = sorted(chance.sample(OPTIONS, chance.randint(1, 4)))
    credit = chance.choice(["all", "partial"])
    return {"answer": {"needed": needed, "credit": credit}, "options": listed(OPTIONS)}


def part_of_performance(question: Json, response: str) -> Fraction:
    needed = question["answer"]["needed"]
    return shared(question, len(set(needed) & set(response)), len(needed))


def make_numeric(chance: random.Random) -> Json:
    low = chance.randint(-20, 20)
    return {"answer": {"from": str(low), "to": str(low + chance.choice([0, 3])), "digits": 15}}


def part_of_numeric(question: Json, response: str) -> Fraction:
    answer = question["answer"]
    return Fraction(int(answer["from"]) <= int(response) <= int(answer["to"]))


def make_likert(chance: random.Random) -> Json:
    return {"answer": {}, "items": listed(ITEMS), "options": listed(OPTIONS)}


def some_pairs(chance: random.Random, question: Json) -> str:
    return "".join(item["id"] + chance.choice(OPTIONS) for item in question["items"])


KINDS = {
    "choice": Kind(
        make_choice, lambda one: "".join(one["answer"]["right"]), guess_options, part_of_choice
    ),
    "true-false": Kind(
        lambda chance: {
            "answer": {"right": [chance.choice("tf")], "multiple": False, "credit": "all"}
        },
        lambda one: one["answer"]["right"][0],
        lambda chance, one: chance.choice("tf"),
        part_of_choice,
    ),
    "fill-in": Kind(
        lambda chance: {"answer": {"accepted": ["saucer", "plate"], "forgive": [], "room": 20}},
        lambda one: "plate",
        lambda chance, one: chance.choice(["saucer", "cup", "plates"]),
        lambda one, response: Fraction(response in one["answer"]["accepted"]),
    ),
    "numeric": Kind(
        make_numeric,
        lambda one: one["answer"]["to"],
        lambda chance, one: str(chance.randint(-25, 25)),
        part_of_numeric,
    ),
    "matching": Kind(
        make_matching,
        lambda one: "".join(map("".join, one["answer"]["right"].items())),
        some_pairs,
        part_of_matching,
    ),
    "sequencing": Kind(
        make_sequencing,
        order_of,
        lambda chance, one: "".join(chance.sample(order_of(one), len(one["options"]))),
        part_of_sequencing,
    ),
    "performance": Kind(
        make_performance,
        lambda one: "".join(one["answer"]["needed"]),
        lambda chance, one: "".join(sorted(chance.sample(OPTIONS, chance.randint(1, 4)))),
        part_of_performance,
    ),
    "likert": Kind(
        make_likert,
        lambda one: "".join(f"{item['id']}a" for item in one["items"]),
        some_pairs,
        lambda one, response: Fraction(0),
    ),
}
"""By the type's name; a reflection earns as little as a statement to agree with."""


def make(chance: random.Random, name: str) -> Json:
    """A question as the player gets it, as far as scores need it."""
    kind = chance.choice(["choice", *KINDS])
    weight = chance.choice(
        [1, 1, 2, 0.01, 0.1, 0.25, 1.5, 33.33, 100, chance.randint(1, 9999) / 100]
    )
    common = {"id": name, "key": f"k{name}", "type": kind, "weight": weight, "items": []}
    return common | {"scored": kind != "likert"} | KINDS[kind].make(chance)


def answer(chance: random.Random, question: Json) -> str:
    """A response to a question, right in about half of the cases."""
    kind = KINDS[question["type"]]
    return kind.right(question) if chance.random() < 0.4 else kind.guess(chance, question)


def credit(question: Json, response: str) -> Fraction:
    """The part of the weight that a response earns. Parts count to a hundredth of a percent, halves
    rounded up."""
    part = KINDS[question["type"]].part(question, response)
    return Fraction(math.floor(part * 10_000 + Fraction(1, 2)), 10_000)
