"""An answer of each verdict, to a question of any type, by what its form offers."""

from __future__ import annotations

from typing import Any, Literal

from playwright.sync_api import Locator

from tests.a11y.hand import Hand

Verdict = Literal["right", "partly", "wrong"]
Question = dict[str, Any]
"""A question in a package's course.json."""


def answer(hand: Hand, form: Locator, question: Question, verdict: Verdict) -> bool:
    """Answer, without pressing Check; False if no answer to this question has the verdict."""
    for offers, give in WAYS:
        if form.locator(f".answer {offers}").count():
            return give(hand, form, question, verdict)
    raise AssertionError(f"no way to answer {question['type']}: {form.inner_html()}")


def options(hand: Hand, form: Locator, question: Question, verdict: Verdict) -> bool:
    """Radio buttons and boxes: an unscored set is answered by its first option."""
    right = set(right_options(question))
    several = form.locator("[type=checkbox]").count() > 0
    for group in groups(form):
        values = [one.get_attribute("value") or "" for one in group]
        if not right:
            wanted = [values[0]]
        elif verdict == "right":
            wanted = [value for value in values if value in right]
        elif verdict == "wrong":
            wanted = [value for value in values if value not in right][:1]
        elif several and question["answer"].get("credit") == "partial":
            wanted = [value for value in values if value in right][:1]
        else:
            return False
        if not wanted:
            return False
        for box, value in zip(group, values, strict=True):
            if value in wanted:
                hand.tick(box)
    return True


def groups(form: Locator) -> list[list[Locator]]:
    """The inputs of each set, by their common name."""
    found: dict[str, list[Locator]] = {}
    for box in form.locator(".answer :is([type=radio], [type=checkbox])").all():
        found.setdefault(box.get_attribute("name") or "", []).append(box)
    return list(found.values())


def right_options(question: Question) -> list[str]:
    """The options that are right; in the right order, if they have one."""
    if question["type"] == "sequencing":
        return list(question["options"])
    given = question["answer"]
    return list(given.get("right", given.get("needed", [])))


def lists(hand: Hand, form: Locator, question: Question, verdict: Verdict) -> bool:
    """A list for each item: right, all wrong, or all but one right."""
    right: dict[str, str] = question["answer"]["right"]
    fields = form.locator(".answer select").all()
    if verdict == "partly" and question["answer"].get("credit") != "partial":
        return False
    for number, field in enumerate(fields):
        wanted = right[field.get_attribute("data-item") or ""]
        if verdict == "wrong" or (verdict == "partly" and number == 0):
            values = [one.get_attribute("value") for one in field.locator("option").all()]
            wanted = next(value for value in values if value and value != wanted)
        hand.pick(field, wanted)
    return True


def order(hand: Hand, form: Locator, question: Question, verdict: Verdict) -> bool:
    """A list with buttons that move a step up: sorted by the right order, or not."""
    if verdict == "partly" and question["answer"].get("credit") != "partial":
        return False
    right = list(right_options(question))
    wanted = right if verdict == "right" else [*right[1:], right[0]]
    if verdict == "partly":
        wanted = [right[1], right[0], *right[2:]]
    # An order that nobody has touched is no answer.
    hand.press(form.locator(".answer li").first.locator("button").last)
    for place, step in enumerate(wanted):
        item = form.locator(f".answer li[data-id='{step}']")
        for _ in range(len(wanted)):
            if position(item) <= place:
                break
            hand.press(item.locator("button").first)
        assert position(item) == place
    return True


def position(item: Locator) -> int:
    return int(item.evaluate("it => [...it.parentElement.children].indexOf(it)"))


def text(hand: Hand, form: Locator, question: Question, verdict: Verdict) -> bool:
    """Fields to write in: the pattern, or what cannot be right."""
    if verdict == "partly":
        return False
    pattern = question["patterns"][0] if question["patterns"] else "A few words"
    number = form.locator("[inputmode=decimal]").count() > 0
    words = pattern if verdict == "right" else ("-987654" if number else "Something else")
    for field in form.locator(".answer :is(input[type=text], textarea)").all():
        hand.write(field, words)
    return True


def presses(hand: Hand, form: Locator, question: Question, verdict: Verdict) -> bool:
    """Buttons that are answers by themselves: the one to press has the focus."""
    if verdict == "partly":
        return False
    right = set(right_options(question))
    for button in form.locator(".presses button").all():
        if (button.get_attribute("value") in right) is (verdict == "right"):
            button.focus()
            break
    return True


WAYS = (
    (".presses", presses),
    ("select", lists),
    ("[type=radio]", options),
    ("[type=checkbox]", options),
    ("li button", order),
    ("[type=text]", text),
    ("textarea", text),
)
