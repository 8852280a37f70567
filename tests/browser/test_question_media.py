"""Pictures in prompts, options, hints and feedback, as a trainee with a phone meets them."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.learner import Learner
from tests.browser.question_course import write_questions

MEDIA = Path(__file__).parent.parent / "showcase/media"
QUESTIONS = """\
- id: plan
  type: choice
  prompt: "Which plan is right? ![The office with its windows](media/window-plan.svg)"
  hint: "Look at *the windows* ![Panes](media/window-plan.svg)"
  options:
    - id: a
      text: "![A green leaf](media/leaf.svg)"
      feedback: "That is ![a small leaf](media/leaf.svg)"
    - id: b
      text: "The plan ![in small](media/window-plan.svg)"
      correct: yes
  feedback:
    wrong: A plan has **windows**.
- id: shade
  type: true-false
  material: |
    Read this first:

    - The fern stands *between* the windows.

    ::: figure The office
    ![A plan with two windows](media/window-plan.svg)

    The door is opposite.
    :::

    ::: table Water
    | Plant | Days |
    | --- | --- |
    | Fern | 3 |
    :::
  prompt: The fern stands between the windows.
  answer: yes
- id: word
  type: fill-in
  prompt: "What is this? ![A green thing](media/leaf.svg)"
  answers: leaf
"""


@pytest.fixture
def learner(tmp_path, serve, new_context) -> Learner:
    media = (MEDIA / "leaf.svg", MEDIA / "window-plan.svg")
    page = new_context(viewport={"width": 320, "height": 640}).new_page()
    page.goto(serve(write_questions(tmp_path, QUESTIONS, "plan", "shade", "word", media=media)))
    return Learner(page, page.main_frame).started()


def test_pictures_are_part_of_a_question(learner: Learner) -> None:
    picture = learner.frame.get_by_role("img", name="The office with its windows")
    box = picture.bounding_box()
    assert box is not None
    assert box["width"] > 200
    group = learner.frame.get_by_role("group", name="Which plan is right? The office")
    expect(group.get_by_role("radio", name="A green leaf")).to_be_visible()
    expect(learner.frame.get_by_role("textbox", name="What is this? A green thing")).to_be_visible()

    hint = learner.frame.get_by_role("img", name="Panes")
    expect(hint).to_be_hidden()
    learner.press("Hint")
    expect(hint).to_be_visible()
    size = learner.frame.locator("summary").first.bounding_box()
    assert size is not None
    assert size["height"] >= 44

    # The picture is as good as its radio button.
    learner.frame.get_by_role("img", name="A green leaf").click(force=True)
    learner.press("Check")
    assert learner.focused() == ("h3", "Not right")
    learner.see("windows")
    expect(learner.frame.get_by_role("img", name="a small leaf")).to_be_visible()
    assert learner.frame.evaluate("document.documentElement.scrollWidth") == 320


def test_a_quiz_shows_them_beside_the_answer(learner: Learner) -> None:
    learner.go("Quiz")
    learner.press("Start")
    learner.choose("The plan")
    learner.press("Check")
    marked = learner.frame.locator(".answered-rows .marked")
    expect(marked.get_by_text("Your answer:")).to_be_visible()
    expect(marked.get_by_role("img")).to_be_visible()
    expect(learner.frame.get_by_role("img", name="The office with its windows")).to_be_visible()

    learner.press("Next question")
    figure = learner.frame.get_by_role("figure", name="The office")
    expect(figure.get_by_role("img", name="A plan with two windows")).to_be_visible()
    # A table without anything to scroll is no stop for Tab, once its script runs here too.
    table = learner.frame.locator(".material .table-scroll")
    expect(table).not_to_have_attribute("tabindex", "0")
    learner.choose("True")
    learner.press("Check")
    assert learner.focused() == ("h3", "Right")
    expect(figure).to_be_visible()

    learner.press("Next question")
    learner.tab_to("What is this?")
    learner.page.keyboard.insert_text("Leaf")
    learner.page.keyboard.press("Enter")
    learner.press("See your result")
    learner.frame.locator(".review > summary").click()
    rows = learner.frame.locator(".reviewed h3").all_inner_texts()
    assert rows == [
        "1. Which plan is right? The office with its windows",
        "2. The fern stands between the windows.",
        "3. What is this? A green thing",
    ]
