"""Takes the gallery's pictures of a course from its cover to its closing view, as trainees see it.

tools/scenes.py shows each component in every state. Here are the views that appear only on a walk
through the whole course: the cover, the contents with progress, the end, the certificate. And
test-outs, which must be taken before their pages are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from playwright.sync_api import Locator

from tests.support.ways import SUBMIT, best_way
from tools.scenes import IDS, MOST_QUESTIONS, VALUES, Visit, fillings

Answer = Callable[[Locator, dict[str, Any]], None]
TO_SUBMIT = ".answers-to-check ~ .actions button"
"""The button that submits the answers of a quiz or test-out after they were checked."""


def rightly(form: Locator, question: dict[str, Any]) -> None:
    """Fill in a question's form with the right answer, or with any answer if none is right."""
    answer = question["answer"]
    right = answer.get("right", answer.get("needed"))
    if question["type"] == "matching":
        for item, select in zip(
            question["items"], form.locator(".answer select").all(), strict=True
        ):
            select.select_option(right[item])
    elif question["type"] == "sequencing":
        rows = form.locator(".sequence > li")
        for place, wanted in enumerate(question["options"]):
            while (at := rows.evaluate_all(IDS).index(wanted)) > place:
                rows.nth(at).locator("button:visible").first.click()
    elif right is not None:
        for value in right:
            press = form.locator(f".presses [value='{value}']")
            if press.count():
                press.focus()
            else:
                form.locator(f".answer input[value='{value}']").check()
    elif "accepted" in answer or "from" in answer:
        text = answer["accepted"][0] if "accepted" in answer else answer["from"]
        form.locator(".answer [type=text]").fill(text)
    else:
        firstly(form, question)


def firstly(form: Locator, question: dict[str, Any]) -> None:
    """Fill in a question's form with the first possible answer, which is sometimes right."""
    if question["type"] == "numeric":
        form.locator(".answer [type=text]").fill("1")
    else:
        next(fillings(form, question))


def wrongly(form: Locator, question: dict[str, Any]) -> None:
    """Fill in a question's form with a wrong choice, or with any answer if it has no choices."""
    choices = form.locator(".answer [type=radio]").evaluate_all(VALUES)
    wrong = [value for value in choices if value not in question["answer"]["right"]]
    if wrong:
        form.locator(f".answer [value='{wrong[0]}']").check()
    else:
        firstly(form, question)


def walk(visit: Visit) -> None:
    """Take pictures of the whole course, with every answer right, to the closing view and the
    certificate."""
    visit.shoot("walk, cover")
    visit.window.evaluate("location.hash = '#end'")
    visit.window.locator("main .band").wait_for()
    visit.shoot("walk, closing, nothing done yet")
    for number, page in enumerate(visit.course.pages, 1):
        visit.show(page["id"])
        title = f"walk, {number:02} {page['id']}"
        forward = visit.window.locator(".content-note button:visible")
        if forward.count():
            visit.shoot(f"{title}, its note")
            forward.first.click()
        visit.shoot(title)
        answered(visit, page, title)
    ended(visit)
    visit.shoot("walk, closing")
    drawer(visit)
    look_back(visit)
    certificate(visit)


def not_passed(visit: Visit) -> None:
    """Take pictures of a trainee who opens every page and gives the first answer in each quiz, to
    the closing view."""
    for page in visit.course.pages:
        visit.show(page["id"])
        filled_in(visit)
        if page["quiz"]:
            quiz(visit, firstly, f"not passed, {page['id']}")
    ended(visit)
    visit.shoot("not passed, closing")


def glimpse(visit: Visit) -> None:
    """Take pictures that show a set of colours: the cover, marks and feedback, blocks with a
    background, the closing view."""
    visit.shoot("cover")
    for page in visit.course.pages[1:4]:
        visit.show(page["id"])
        for name in page["checks"]:
            asked = visit.window.locator(f"main form[data-question={name}]")
            firstly(asked, visit.course.question(name))
            asked.locator(SUBMIT).click()
        visit.shoot(page["id"])
    visit.show("asides")
    visit.shoot("asides")
    ended(visit)
    visit.shoot("closing")


def completed(visit: Visit) -> None:
    """Do the whole course without pictures, and take one of the closing view."""
    unseen = replace(visit, shoot=lambda *_, **__: None)
    for page in visit.course.pages:
        visit.show(page["id"])
        answered(unseen, page, "")
    ended(visit)
    visit.shoot("closing")


def answered(visit: Visit, page: dict[str, Any], title: str) -> None:
    """Answer and fill in everything on a page, with pictures whose titles start with ``title``."""
    for name in page["checks"]:
        asked = visit.window.locator(f"main form[data-question={name}]")
        rightly(asked, visit.course.question(name))
        asked.locator(SUBMIT).click()
    if page["checks"]:
        visit.shoot(f"{title}, answered")
    if page["quiz"]:
        quiz(visit, rightly, title)
    if filled_in(visit):
        visit.shoot(f"{title}, filled in")
    if page["kind"] == "scenario":
        scenario(visit, page["scenario"], title)


def filled_in(visit: Visit) -> bool:
    """Fill in the record on a page; returns whether it has one."""
    items = visit.window.locator(".record-item").all()
    for item in items:
        item.locator("textarea").fill("I asked my manager, and read the page once more.")
        for field, digits in zip(item.locator("input").all(), ("3", "11", "2026"), strict=True):
            field.fill(digits)
    return bool(items)


def quiz(visit: Visit, answer: Answer, title: str) -> None:
    quiz = visit.window.locator("[data-quiz]")
    quiz.locator("button").first.click()
    form = quiz.locator("form[data-question]")
    for number in range(1, MOST_QUESTIONS):
        if not form.count():
            break
        answer(form, visit.course.question(form.get_attribute("data-question") or ""))
        if number == 1:
            visit.shoot(f"{title}, question 1")
        form.locator("[type=submit]").click()
        forward = quiz.locator(".feedback button")
        if forward.count():
            if number <= 2:
                visit.shoot(f"{title}, answer {number}")
            forward.last.click()
    submit = quiz.locator(TO_SUBMIT)
    if submit.count():
        visit.shoot(f"{title}, answers to check")
        submit.click()
    visit.shoot(f"{title}, the result")


def test_outs(visit: Visit) -> None:
    """Take pictures of each test-out, not passed and then passed, by a trainee who has read
    nothing."""
    for page in (page for page in visit.course.pages if page["kind"] == "test-out"):
        name = page["id"].replace("_", " ")
        if not visit.wants(name):
            continue
        visit.show(page["id"])
        place = visit.window.locator("[data-quiz]")
        visit.shoot(f"{name}, before", place)
        place.locator(".actions button").first.click()
        visit.shoot(f"{name}, a question", place)
        attempt(visit, place, wrongly)
        visit.shoot(f"{name}, not passed", place)
        place.locator(".outcome .actions button").last.click()
        attempt(visit, place, rightly)
        visit.shoot(f"{name}, passed", place)
        visit.show(page["covers"][0])
        visit.shoot(f"page {page['covers'][0]}, shown by a test-out")
        if visit.window.locator("#contents").is_hidden():
            visit.press("#contents-button")
        visit.window.locator("#contents").wait_for()
        visit.shoot("contents, with pages shown by a test-out")
        visit.window.keyboard.press("Escape")


def attempt(visit: Visit, place: Locator, answer: Answer) -> None:
    """Answer every question of a test-out, and submit the answers."""
    form = place.locator("form[data-question]")
    submit = place.locator(TO_SUBMIT)
    form.or_(submit).first.wait_for()
    while form.count():
        name = form.get_attribute("data-question") or ""
        answer(form, visit.course.question(name))
        place.locator(f"[data-question={name}] [type=submit]").click()
    submit.click()


def scenario(visit: Visit, scenario: dict[str, Any], title: str) -> None:
    """Walk to the best ending."""
    forward = visit.window.locator("#walk-next")
    for number, choice in enumerate(best_way(scenario), 1):
        visit.press(f"#walk-{choice}")
        if forward.count():
            visit.shoot(f"{title}, decision {number}")
            forward.click()
    visit.shoot(f"{title}, the ending")


def ended(visit: Visit) -> None:
    """Open the closing view, and wait until the LMS has the result."""
    visit.window.evaluate("location.hash = '#end'")
    visit.window.locator("main .band").wait_for()
    visit.window.locator("main .saved-words").filter(has_text=re.compile(r"\S")).wait_for()


def drawer(visit: Visit) -> None:
    """Take pictures of the contents: in a wide window they are beside the page, else over it."""
    visit.show(visit.course.pages[1]["id"])

    def opened() -> None:
        if visit.window.locator("#contents").is_hidden():
            visit.press("#contents-button")

    visit.shoot("walk, contents", ready=opened)
    visit.window.keyboard.press("Escape")


def languages(visit: Visit) -> None:
    """Take pictures of the choice of languages: on the cover, in the header, and the page in a
    right-to-left language of the same package."""

    def opened() -> None:
        if visit.window.locator("#languages").is_hidden():
            visit.press("#language-button")

    visit.window.locator("#languages").wait_for(state="attached")
    visit.shoot("languages, cover")
    visit.show(visit.course.pages[1]["id"])
    visit.shoot("languages, list", ready=opened)
    opened()
    visit.press("#languages [lang=ar]")
    visit.window.locator("html[dir=rtl]").wait_for()
    visit.shoot("languages, right to left")
    visit.shoot("languages, list from right to left", ready=opened)
    visit.window.evaluate("location.hash = '#/'")
    visit.window.locator(".cover-languages").wait_for()
    visit.shoot("languages, cover from right to left")


def look_back(visit: Visit) -> None:
    """Take pictures of the answers in the first quiz, to which the closing view leads."""
    first = next((page for page in visit.course.pages if page["quiz"]), None)
    if first is None:
        return
    visit.show(first["id"])
    visit.window.evaluate("for (const it of document.querySelectorAll('details')) it.open = true")
    visit.shoot("walk, answers")


def certificate(visit: Visit) -> None:
    """Take pictures of the certificate on screen and in print, if the course has one."""
    if not visit.course.outline["certificate"]:
        return
    ended(visit)
    visit.window.evaluate("location.hash = '#certificate'")
    visit.window.locator("main .certificate").wait_for()
    visit.shoot("walk, certificate")
    visit.shoot("walk, certificate as printed", paper=True)


def returned(visit: Visit) -> None:
    """Take pictures of the cover for a trainee who comes back."""
    visit.shoot("walk, cover at a later visit")


WALKS = (walk, returned)
"""Walks to take pictures of; each is a separate visit of the same trainee."""
