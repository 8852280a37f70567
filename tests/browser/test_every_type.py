"""Every type of question by touch alone on a phone: each outcome, kept, and told to the LMS."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from builder.course.questions import TYPES
from tests.browser.learner import Learner, refused
from tests.browser.question_course import write_questions
from tests.lms.scorm_again import scorm_again

Answer = Callable[[Page, Locator], None]


@dataclass(frozen=True, slots=True)
class Row:
    """A question, its answers by outcome (in their order, the right one last), and what the LMS is
    told of the first answer: type, response and result of each interaction."""

    question: str
    answers: tuple[tuple[str, Answer], ...]
    told: tuple[tuple[str, str, str], ...]


def tap(*labels: str) -> Answer:
    """Tap options until these are chosen and no other."""

    def answer(page: Page, form: Locator) -> None:
        for box in form.get_by_role("checkbox").all():
            if box.is_checked():
                box.tap()
        for label in labels:
            form.get_by_label(label, exact=True).tap()

    return answer


def write(text: str) -> Answer:
    def answer(page: Page, form: Locator) -> None:
        field = form.get_by_role("textbox")
        field.tap()
        field.fill("")
        page.keyboard.insert_text(text)

    return answer


def pick(*options: str) -> Answer:
    def answer(page: Page, form: Locator) -> None:
        for select, option in zip(form.get_by_role("combobox").all(), options, strict=True):
            # The list that opens is the phone's own.
            select.select_option(label=option)

    return answer


def press(words: str) -> Answer:
    """The answer is the button by itself."""
    return lambda page, form: form.get_by_role("button", name=words, exact=True).tap()


def order(*items: str) -> Answer:
    def answer(page: Page, form: Locator) -> None:
        # An order that nobody has touched is no answer.
        form.get_by_role("button", name="Move down").first.tap()
        for place, item in enumerate(items):
            row = form.get_by_role("listitem").filter(has_text=item)
            while form.get_by_role("listitem").nth(place).locator(".in-order").inner_text() != item:
                row.get_by_role("button", name=f"Move up: {item}").tap()

    return answer


def rate(*points: str) -> Answer:
    def answer(page: Page, form: Locator) -> None:
        for scale, point in zip(form.locator(".scale").all(), points, strict=True):
            scale.get_by_label(point, exact=True).tap()

    return answer


ROWS = {
    "true-false": Row(
        "answer: true",
        (("not_quite", press("False")), ("correct", press("True"))),
        (("true-false", "f", "wrong"),),
    ),
    "choice": Row(
        "multiple: yes\n  credit: partial\n  options:\n"
        "    - {id: a, text: Water, correct: yes}\n"
        "    - {id: b, text: Light, correct: yes}\n"
        "    - {id: c, text: Coffee}",
        (
            ("not_quite", tap("Coffee")),
            ("partly", tap("Light")),
            ("correct", tap("Water", "Light")),
        ),
        (("choice", "c", "wrong"),),
    ),
    "fill-in": Row(
        "answers: [saucer, plate]",
        (("not_quite", write("pot")), ("correct", write("Saucer"))),
        (("fill-in", "pot", "wrong"),),
    ),
    "numeric": Row(
        "min: 18\n  max: 22.5\n  unit: °C",
        (("not_quite", write("17")), ("correct", write("22.5 °C"))),
        (("numeric", "17", "wrong"),),
    ),
    "likert": Row(
        "statements:\n    - {id: a, text: I know how.}\n    - {id: b, text: I know why.}",
        (("answered", rate("Agree", "Disagree")),),
        (("likert", "4", "neutral"), ("likert", "2", "neutral")),
    ),
    "matching": Row(
        "credit: partial\n  items:\n"
        "    - {id: a, text: Fern, match: s}\n    - {id: b, text: Cactus, match: l}\n"
        "  options:\n    - {id: s, text: Shade}\n    - {id: l, text: Sun}",
        (
            ("not_quite", pick("Sun", "Shade")),
            ("partly", pick("Shade", "Shade")),
            ("correct", pick("Shade", "Sun")),
        ),
        (("matching", "a.l,b.s", "wrong"),),
    ),
    "sequencing": Row(
        "credit: partial\n  items:\n    - {id: a, text: Feel}\n    - {id: b, text: Pour}\n"
        "    - {id: c, text: Empty}",
        (
            ("not_quite", order("Empty", "Feel", "Pour")),
            ("partly", order("Feel", "Empty", "Pour")),
            ("correct", order("Feel", "Pour", "Empty")),
        ),
        (("sequencing", "c,a,b", "wrong"),),
    ),
    "performance": Row(
        "credit: partial\n  steps:\n    - {id: a, text: Feel the soil, needed: yes}\n"
        "    - {id: b, text: Pour, needed: yes}\n    - {id: c, text: Sing}",
        (
            ("not_quite", tap("Sing")),
            ("partly", tap("Pour")),
            ("correct", tap("Feel the soil", "Pour")),
        ),
        (("performance", "c", "wrong"),),
    ),
    "reflection": Row(
        "report: fill-in",
        (("answered", write("I ask first.")),),
        (("fill-in", "I ask first.", "neutral"),),
    ),
}


def test_no_type_is_forgotten() -> None:
    assert set(ROWS) == set(TYPES)


# The tests of each type go by the keyboard, with an LMS that takes nothing beyond the standard.
def test_by_touch_on_a_phone(tmp_path: Path, new_context, servers: ExitStack) -> None:
    questions = "\n".join(
        f"- id: {name}-one\n  type: {name}\n  prompt: About {name}?\n  {row.question}\n"
        for name, row in ROWS.items()
    )
    ids = [f"{name}-one" for name in ROWS]
    folder = write_questions(tmp_path, questions, *ids)
    phone = new_context(
        viewport={"width": 320, "height": 640},
        has_touch=True,
        is_mobile=True,
        device_scale_factor=2,
    )
    host = servers.enter_context(scorm_again(folder))
    page = phone.new_page()
    page.goto(host.url())
    frame = Learner.in_frame(page).frame
    for name, row in ROWS.items():
        form = frame.locator(f"form[data-question={name}-one]")
        for at, (outcome, answer) in enumerate(row.answers):
            if at:
                form.get_by_role("button", name="Try again").tap()
            answer(page, form)
            if name != "true-false":
                form.locator("[type=submit]").tap()
            expect(form.locator(f".feedback.{outcome} h3")).to_be_focused()
    frame.get_by_role("button", name="Next: Quiz").tap()
    expect(frame.get_by_role("heading", level=1, name="Quiz")).to_be_focused()

    told = [one for row in ROWS.values() for one in row.told]
    host.wait(f"cmi.interactions.{len(told)}.type", told[-1][0])
    names = ("type", "student_response", "result")
    stored = [
        tuple(host.stored[f"cmi.interactions.{at}.{name}"] for name in names)
        for at in range(1, len(told) + 1)
    ]
    assert stored == told

    page.goto(host.url())
    frame = Learner.in_frame(page).frame
    for name, row in ROWS.items():
        form = frame.locator(f"form[data-question={name}-one]")
        form.get_by_role("button", name="Show feedback").tap()
        expect(form.locator(f".feedback.{row.answers[-1][0]} h3")).to_be_focused()
    assert refused(host) == []
