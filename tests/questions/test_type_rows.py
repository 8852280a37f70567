"""Every type of question has its row in each table by type that quietly goes without one: which
saved answers fit it, its right answer, an answer in words, what the review document says of it."""

import re
from dataclasses import dataclass, replace
from datetime import date

import pytest
from lxml.html import fromstring

from builder import updating
from builder.cli.report import saved
from builder.course.load import load
from builder.course.questions import TYPES
from builder.course.state import CheckState, State, encode
from builder.course.validate import validate
from builder.exporting import review
from builder.package.outline import Outline, Question
from builder.package.outline.fitting import fits
from builder.updating.stages import response
from tests.updating.outlines import outline

TODAY = date(2026, 11, 26)
OPTIONS = "[{id: a, text: Sun%s}, {id: b, text: Shade}]"
PRIVATE = "The trainee's own text, about "


@dataclass(frozen=True, slots=True)
class Row:
    """A question, its right answer as the state saves it and in words, and what the review document
    says below its prompt."""

    question: str
    right: str
    words: str
    reviewed: str


ROWS = {
    "true-false": Row(
        "answer: true", "t", "Answer: True", "Answer Right True ✓ Right False Not right"
    ),
    "choice": Row(
        f"options: {OPTIONS % ', correct: yes'}",
        *("a", "Answer: Sun", "Answer Right Sun ✓ Right Shade Not right"),
    ),
    "fill-in": Row(
        "answers: [saucer]",
        "saucer",
        PRIVATE,
        "Right answer: saucer Ignored differences: capital letters, spaces",
    ),
    "numeric": Row("answer: 18\n  unit: weeks", "18", "Answer: 18 weeks", "Right answer: 18 weeks"),
    "likert": Row(
        "statements: [{id: k, text: I know how.}]",
        "k1",
        "Answer: I know how. – Strongly disagree",
        "Statement I know how. Answer Strongly disagree Disagree Neither agree nor disagree Agree "
        "Strongly agree",
    ),
    "matching": Row(
        "items: [{id: f, text: Fern, match: b}, {id: c, text: Cactus, match: a}]\n"
        f"  options: {OPTIONS % ''}",
        "fbca",
        "Answer: Fern – Shade; Cactus – Sun",
        "Item Belongs to Fern Shade Cactus Sun Answer Sun Shade",
    ),
    "sequencing": Row(
        "items: [{id: e, text: Feel}, {id: p, text: Pour}]",
        "ep",
        "Answer: 1. Feel; 2. Pour",
        "Put these in order, the first at the top. Item Place Feel 1 Pour 2",
    ),
    "performance": Row(
        "steps: [{id: f, text: Feel, needed: yes}, {id: s, text: Sing}]",
        "f",
        "Answer: Feel",
        "Tick each step once you have done it. Step Needed Feel ✓ Needed Sing Not needed",
    ),
    "reflection": Row(
        "limit: 100",
        "An answer.",
        PRIVATE,
        "What you write is saved in the learning system, where administrators could read it.",
    ),
}
FILES = {
    "course.yaml": 'id: rows\ntitle: Rows\nversion: "1"\nlanguage: en\npages: [all.md]\n'
    "approvals: {required: []}\nreview_by: 2099-01-01\n",
    "pages/all.md": "---\ntitle: All\n---\n"
    + "\n".join(f"::: check {name}-one\n" for name in ROWS),
    "questions/all.yaml": "\n".join(
        f"- id: {name}-one\n  type: {name}\n  prompt: About {name}?\n  {row.question}\n"
        for name, row in ROWS.items()
    ),
}


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> review.Reviewed:
    folder = tmp_path_factory.mktemp("rows")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    sources, found = load(folder)
    assert sources is not None, found
    judged = validate(sources, TODAY)
    assert judged.course is not None, judged.diagnostics
    return review.Reviewed(judged.course, sources, ())


@pytest.fixture(scope="module")
def made(reviewed: review.Reviewed) -> Outline:
    return outline(reviewed.course)


def one(made: Outline, kind: str) -> Question:
    [found] = [question for question in made.questions if question.type == kind]
    return found


@pytest.mark.parametrize("kind", TYPES)
def test_declared_right_answers_fit_every_question_type(made: Outline, kind: str) -> None:
    question = one(made, kind)
    assert fits(question)
    # Each type needs options, or says in its answer what is right or kept.
    assert not fits(replace(question, options=(), answer={}, scored=True))


@pytest.mark.parametrize("kind", TYPES)
def test_the_right_answer_as_it_is_saved(made: Outline, kind: str) -> None:
    assert response(one(made, kind)) == ROWS[kind].right


@pytest.mark.parametrize("kind", TYPES)
def test_a_saved_answer_in_words(made: Outline, kind: str) -> None:
    question, row = one(made, kind), ROWS[kind]
    checks = {question.key: CheckState(1, True, row.right)}
    text = encode(State("AAAAAAAA", 1, "incomplete", "", checks=checks))
    told = saved.text(updating.explain(made, text, show_text=False))
    assert row.words in told
    assert row.words != PRIVATE or row.right not in told


@pytest.mark.whole
@pytest.mark.parametrize("kind", TYPES)
def test_review_document_shows_answers_of_every_type(reviewed: review.Reviewed, kind: str) -> None:
    page = fromstring(review.html.page(review.compose(reviewed), reviewed.course))
    [prompt] = page.xpath(f"//*[self::h2 or self::h3 or self::h4][contains(., 'About {kind}?')]")
    box = prompt.getparent()
    words = re.sub(r"\[q:[^]]*\]", "", " ".join(box.itertext()))
    assert " ".join(words.partition(f"About {kind}?")[2].split()) == ROWS[kind].reviewed
