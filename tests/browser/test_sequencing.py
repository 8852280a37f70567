"""Putting items into order by the keyboard: for practice, at a later visit, and for score."""

from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.learner import Learner, refused
from tests.browser.question_course import write_questions
from tests.lms.simulated import Simulated, simulated

QUESTION = """
- id: what-first
  type: sequencing
  prompt: What do you do first?
  credit: partial
  items:
    - {id: b, text: Look}
    - {id: a, text: Talk}
    - {id: c, text: Write, feedback: Last of all.}
"""
RIGHT = ["Look", "Talk", "Write"]


def visit(page: Page, host: Simulated) -> Learner:
    page.goto(host.url())
    return Learner.in_frame(page)


def order(learner: Learner) -> list[str]:
    return learner.frame.locator(".in-order").all_inner_texts()


def move(learner: Learner, item: str, way: str) -> None:
    """Press the button of this name, as it is read out, with the keyboard."""
    learner.button(f"Move {way}: {item}").press("Enter")


def put(learner: Learner, wanted: list[str]) -> None:
    for place, item in enumerate(wanted):
        while order(learner).index(item) > place:
            move(learner, item, "up")


def test_a_sequencing_question(tmp_path: Path, page: Page, servers: ExitStack) -> None:
    folder = write_questions(tmp_path, QUESTION, "what-first")
    host = servers.enter_context(simulated(folder))
    learner = visit(page, host)
    start = order(learner)
    assert sorted(start) == sorted(RIGHT)
    assert start != RIGHT
    expect(learner.frame.get_by_role("group")).to_have_accessible_name(
        "What do you do first? Put these in order, the first at the top."
    )

    # The order that is there at first is nobody's answer.
    learner.press("Check")
    learner.see("Move at least one item to put them in order")
    expect(learner.frame.locator(".feedback")).to_be_hidden()
    assert [call for call in host.calls if call.args[:1] == ("cmi.interactions.1.id",)] == []

    first, second, third = start
    status = learner.frame.locator(".moved")
    down = learner.button(f"Move down: {first}")
    # The buttons before it are those of the rows above.
    for _ in range(2 * len(start)):
        page.keyboard.press("Tab")
        if down.evaluate("(button) => button === document.activeElement"):
            break
    expect(down).to_be_focused()
    page.keyboard.press("Enter")
    assert order(learner) == [second, first, third]
    expect(status).to_have_text(f"{first}, position 2 of 3")
    expect(learner.button(f"Move down: {first}")).to_be_focused()
    page.keyboard.press("Enter")
    assert order(learner) == [second, third, first]
    expect(status).to_have_text(f"{first}, position 3 of 3")
    # At the end there is no way down: its sibling has the focus.
    expect(learner.button(f"Move up: {first}")).to_be_focused()
    expect(learner.button(f"Move down: {first}")).to_have_count(0)
    learner.told("Saved")

    # Not checked yet, and still as it was left at the next visit.
    learner = visit(page, host)
    assert order(learner) == [second, third, first]
    put(learner, ["Talk", "Write", "Look"])
    learner.press("Check")
    assert learner.focused() == ("h3", "Not right")
    host.wait("cmi.interactions.2.student_response", "a,c,b")
    assert host.values["cmi.interactions.2.type"] == "sequencing"
    assert host.values["cmi.interactions.2.correct_responses.0.pattern"] == "b,a,c"
    assert host.values["cmi.interactions.2.result"] == "wrong"

    put(learner, ["Look", "Write"])
    expect(learner.frame.locator(".feedback")).to_be_hidden()
    learner.press("Check")
    assert learner.focused() == ("h3", "Partly right: 1 of 3")
    assert learner.frame.locator(".sequence .mark").all_text_contents() == [
        "Right",
        "Not right. Right place: 3",
        "Not right. Right place: 2",
    ]
    learner.see("Last of all.")
    learner.press("Try again")
    assert order(learner) == ["Look", "Write", "Talk"]
    put(learner, RIGHT)
    learner.press("Check")
    assert learner.focused() == ("h3", "Right")

    learner.go("Quiz")
    learner.press("Start")
    assert order(learner) != RIGHT
    put(learner, RIGHT)
    put(learner, ["Talk", "Look"])
    # A look at another page in between costs nothing.
    for page_id in ("practice", "quiz"):
        learner.frame.evaluate("id => (location.hash = `#/${id}`)", page_id)
        learner.at(page_id.title())
    assert order(learner) == ["Talk", "Look", "Write"]
    learner.press("Check")
    rows = learner.frame.locator(".answered-rows li")
    given = [
        "1. Talk\nNot right. Right place: 2",
        "2. Look\nNot right. Right place: 1",
        "3. Write\nRight",
    ]
    assert rows.all_inner_texts() == given
    learner.press("See your result")
    summary = learner.frame.locator(".reviewed > summary")
    assert summary.all_inner_texts() == ["1. What do you do first?\nPartly right: 1 of 3"]
    summary.click()
    assert rows.all_inner_texts() == given
    assert refused(host) == []
