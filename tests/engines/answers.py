"""The right answer to a question of any type, by what its form offers."""

from __future__ import annotations

from functools import partial
from typing import Any

from tests.engines.hand import Hand, Query

Question = dict[str, Any]
"""A question in a package's course.json."""


def give(hand: Hand, question: Question) -> None:
    """Answer a question that is on view and hand the answer in."""
    hand.press(prepare(hand, question))


def prepare(hand: Hand, question: Question) -> Query:
    """Answer a question that is on view, but for the last press; return what to press."""
    form = form_of(question["id"])
    if hand.ask("count", f"{form} .presses"):
        [right] = question["answer"]["right"]
        return {"css": f"{form} .presses [value='{right}']"}
    fill(hand, question)
    return {"css": f"{form} [type=submit]"}


def fill(hand: Hand, question: Question) -> None:
    """Answer a question that is on view, without handing the answer in."""
    form = form_of(question["id"])
    offers = hand.ask("fields", form)
    kinds = {field["type"] for field in offers["fields"]}
    if offers["moves"]:
        order(hand, form, question)
    elif "select" in kinds:
        lists(hand, form, question, offers["fields"])
    elif kinds & {"radio", "checkbox"}:
        options(hand, form, question, offers["fields"])
    else:
        texts(hand, form, question, offers["fields"])


def form_of(name: str) -> str:
    return f"main form[data-question='{name}']"


def field(form: str, one: dict[str, str]) -> Query:
    return {"css": f"{form} [id='{one['id']}']"}


def order(hand: Hand, form: str, question: Question) -> None:
    """Move each step up until it stands in its place."""
    for place, step in enumerate(question["options"]):
        item = {"css": f"{form} .answer li[data-id='{step}']"}
        while hand.ask("place", item) > place:
            now = hand.ask("place", item)
            hand.press({"css": f"{item['css']} button"})
            hand.wait("a step further up", partial(above, hand, item, now))


def above(hand: Hand, item: Query, place: int) -> bool:
    return bool(hand.ask("place", item) < place)


def lists(hand: Hand, form: str, question: Question, fields: list[dict[str, str]]) -> None:
    for one in fields:
        hand.pick(field(form, one), question["answer"]["right"][one["item"]])


def options(hand: Hand, form: str, question: Question, fields: list[dict[str, str]]) -> None:
    """Those that are right; of a set that has none, the first."""
    given = question["answer"]
    right = given.get("right", given.get("needed", []))
    groups = {one["name"]: one for one in reversed(fields)}
    wanted = [one for one in fields if one["value"] in right] or [*groups.values()]
    for one in wanted:
        hand.tick(field(form, one))


def texts(hand: Hand, form: str, question: Question, fields: list[dict[str, str]]) -> None:
    words = question["patterns"][0] if question["patterns"] else "A few words"
    for one in fields:
        hand.write(field(form, one), words)
