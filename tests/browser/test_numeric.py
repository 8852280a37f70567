"""A number: typed as the language writes it, judged, kept, told to the LMS, read in the review."""

import pytest
from playwright.sync_api import expect

from tests.browser.learner import Learner
from tests.browser.question_course import write_questions
from tests.lms.simulated import simulated

QUESTIONS = """\
- id: litres
  type: numeric
  prompt: Combien d’eau ?
  answer: 0.5
  tolerance: 0.1
  unit: litres
"""
LABEL = "Combien d’eau ? Réponse en litres"


@pytest.fixture
def learner(tmp_path, servers, launch) -> tuple[Learner, object]:
    sco = write_questions(tmp_path, QUESTIONS, "litres", language="fr")
    host = servers.enter_context(simulated(sco))
    return launch(host), host


def test_a_number_is_typed_as_the_language_writes_it(learner, launch) -> None:
    learner, host = learner
    field = learner.frame.get_by_label(LABEL)
    expect(field).to_have_attribute("inputmode", "decimal")
    expect(field).to_have_attribute("type", "text")

    field.fill("un demi")
    learner.page.keyboard.press("Enter")
    expect(field).to_have_accessible_description("Saisissez un nombre, par exemple 12,5")
    expect(field).to_have_value("un demi")
    field.fill("1234567890123456")
    learner.page.keyboard.press("Enter")
    expect(field).to_have_accessible_description("Saisissez un nombre de 9 chiffres au plus")

    field.fill("2 litres")
    learner.page.keyboard.press("Enter")
    expect(field).to_have_accessible_description("Votre réponse : incorrecte")
    host.wait("cmi.interactions.1.result", "wrong")
    learner.press("Essayer encore")
    expect(field).to_be_focused()
    learner.page.keyboard.insert_text("0,60")
    learner.page.keyboard.press("Enter")
    expect(learner.frame.locator(".feedback.correct h3")).to_be_focused()

    learner.press("Suivant : Quiz")
    host.wait("cmi.interactions.2.result", "correct")
    again = launch(host)
    expect(again.frame.get_by_label(LABEL)).to_have_value("0,6")


def test_a_number_counts_in_a_quiz(learner) -> None:
    learner, host = learner
    learner.press("Suivant : Quiz")
    learner.at("Quiz")
    learner.press("Commencer")
    learner.fill(LABEL, "0.5")
    learner.page.keyboard.press("Enter")
    expect(learner.frame.locator(".feedback.correct h3")).to_be_focused()
    given = learner.frame.locator(".answered-rows li")
    expect(given).to_have_text("0,5\u00a0litres Votre réponse : juste")
    learner.page.keyboard.press("Tab")
    learner.page.keyboard.press("Enter")
    expect(given).to_have_text("0,5\u00a0litres Votre réponse : juste")
    host.wait("cmi.interactions.1.result", "correct")
    assert host.values["cmi.interactions.1.type"] == "numeric"
    assert host.values["cmi.interactions.1.student_response"] == "0.5"
    assert host.values["cmi.interactions.1.correct_responses.0.pattern"] == "0.5"
    assert [call.error for call in host.calls if call.error != "0"] == []
