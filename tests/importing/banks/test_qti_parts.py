"""QTI 2 items that ask several things: each becomes a question, or the item stays a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.importing.banks.qti import questions
from builder.importing.document.form import Block, Box, Document, Question, words_of
from builder.importing.document.tally import text


def read(folder: Path, body: str, rules: str = "", declared: str = "", after: str = "") -> Document:
    """What is read of an item with this body. ``rules`` are its response processing, ``after`` are
    elements below that."""
    path = folder / "item.xml"
    path.write_text(
        f'<assessmentItem identifier="i" title="Way out">{declared}<itemBody>{body}</itemBody>'
        f"{rules}{after}</assessmentItem>",
        "utf-8",
    )
    document, problems = questions.read(path)
    assert document is not None
    assert problems == ()
    return document


def declaration(
    name: str, *right: str, kind: str = "identifier", cardinality: str = "single"
) -> str:
    values = "".join(f"<value>{one}</value>" for one in right)
    return (
        f'<responseDeclaration identifier="{name}" cardinality="{cardinality}" baseType="{kind}">'
        f"<correctResponse>{values}</correctResponse></responseDeclaration>"
    )


def choice(name: str, prompt: str, *options: str) -> str:
    asked = f"<prompt>{prompt}</prompt>" if prompt else ""
    labels = "".join(
        f'<simpleChoice identifier="{letter}">{words}</simpleChoice>'
        for letter, words in zip("ABCD", options, strict=False)
    )
    return f'<choiceInteraction responseIdentifier="{name}">{asked}{labels}</choiceInteraction>'


def told(block: Block) -> str:
    """A question in a line: what is asked, what is right, and its doubts."""
    assert isinstance(block, Question)
    options = ["*" * one.right + words_of(one.inlines) for one in block.options]
    return " | ".join([text(block.prompt), *options, *block.answers, *block.doubts])


def gap(name: str) -> str:
    return f'<textEntryInteraction responseIdentifier="{name}"/>'


BOTH = declaration("R", "A") + declaration("S", "B")
COLOURS = choice("R", "Which colour?", "Red", "Blue")
SHAPES = choice("S", "<p>Which <b>shape</b>?</p>", "Round", "Square")


def test_each_interaction_of_an_item_is_a_question(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        f"<p>Look at the sign.</p>{COLOURS}<p>Again.</p>{SHAPES}<p>End.</p>",
        declared=BOTH,
    )
    *asked, end = found.blocks
    assert [told(one) for one in asked] == [
        "Look at the sign. Which colour? | *Red | Blue",
        "Look at the sign. Again. Which shape? | Round | *Square",
    ]
    assert [one.name for one in asked if isinstance(one, Question)] == ["Way out 1", "Way out 2"]
    assert text([end]) == "End."
    assert not found.rest


def test_text_above_is_the_prompt_of_a_choice_without_one(tmp_path: Path) -> None:
    first, second = choice("R", "", "Red", "Blue"), choice("S", "", "Round", "Square")
    body = f"<p>A sign.</p><p>Which colour?</p>{first}<p>Which shape?</p>{second}"
    assert [told(one) for one in read(tmp_path, body, declared=BOTH).blocks] == [
        "A sign. Which colour? | *Red | Blue",
        "A sign. Which shape? | Round | *Square",
    ]
    # The second choice asks nothing by itself.
    (kept,) = read(tmp_path, f"<p>Which?</p>{first}{second}", declared=BOTH).blocks
    assert isinstance(kept, Box)
    assert "nothing says what it asks" in kept.undecided


def test_gaps_in_a_sentence_are_questions(tmp_path: Path) -> None:
    declared = (
        declaration("R", "stairs", kind="string")
        + declaration("S", "3", kind="integer")
        + declaration("T", "B")
    )
    menu = (
        '<inlineChoiceInteraction responseIdentifier="T"><inlineChoice identifier="A">left'
        '</inlineChoice><inlineChoice identifier="B">right</inlineChoice></inlineChoiceInteraction>'
    )
    body = f"<p>Take the {gap('R')} to floor {gap('S')}, then turn {menu}</p>"
    found = read(tmp_path, body, declared=declared)
    assert [told(one) for one in found.blocks] == [
        "Take the _____ to floor […], then turn […] | stairs",
        "Take the […] to floor _____, then turn […] | 3",
        "Take the […] to floor […], then turn _____ | left | *right",
    ]
    kinds = [one.kind for one in found.blocks if isinstance(one, Question)]
    assert kinds == ["fill-in", "numeric", "choice"]


def score(test: str, marks: str = "1") -> str:
    return (
        f"<responseIf>{test}<setOutcomeValue identifier='SCORE'><baseValue baseType='float'>{marks}"
        "</baseValue></setOutcomeValue></responseIf>"
    )


def correct(name: str) -> str:
    return f"<match><variable identifier='{name}'/><correct identifier='{name}'/></match>"


def processing(*rules: str) -> str:
    inside = "".join(f"<responseCondition>{rule}</responseCondition>" for rule in rules)
    return f"<responseProcessing>{inside}</responseProcessing>"


@pytest.mark.parametrize(
    ("rules", "is_known"),
    [
        (processing(score(correct("R")), score(correct("S"))), True),
        (processing(score(f"<and>{correct('R')}{correct('S')}</and>")), True),
        (processing(score(f"<or>{correct('R')}{correct('S')}</or>")), False),
        (processing(score(f"<and><not>{correct('R')}</not>{correct('S')}</and>")), False),
        (processing(score(f"<not><and>{correct('R')}{correct('S')}</and></not>")), False),
    ],
    ids=["each", "all together", "any", "not the first", "not all"],
)
def test_parts_are_right_only_if_rules_say_so(rules: str, is_known: bool, tmp_path: Path) -> None:
    first, second = read(tmp_path, COLOURS + SHAPES, rules, BOTH).blocks
    marked = ["*" in told(one) for one in (first, second)]
    doubted = ["too complex" in told(one) for one in (first, second)]
    assert marked[0] is is_known
    assert doubted[0] is not is_known
    assert all(one is not other for one, other in zip(marked, doubted, strict=True))


def test_points_of_an_item_are_divided(tmp_path: Path) -> None:
    outcome = (
        '<outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float">'
        "<defaultValue><value>3</value></defaultValue></outcomeDeclaration>"
    )
    found = read(tmp_path, COLOURS + SHAPES, declared=BOTH + outcome).blocks
    assert [one.weight for one in found if isinstance(one, Question)] == ["1.5", "1.5"]


def test_feedback_that_may_be_of_another_part_is_listed(tmp_path: Path) -> None:
    rules = "".join(
        f"<responseCondition><responseIf>{test}<setOutcomeValue identifier='FEEDBACK'><baseValue "
        f"baseType='identifier'>{name}</baseValue></setOutcomeValue></responseIf>"
        "</responseCondition>"
        for test, name in (
            ("<match><variable identifier='R'/><baseValue>A</baseValue></match>", "of-a"),
            (correct("R"), "right"),
            ("<baseValue baseType='boolean'>true</baseValue>", "always"),
        )
    )
    shown = "".join(
        f'<modalFeedback outcomeIdentifier="FEEDBACK" identifier="{name}" showHide="show">{words}'
        "</modalFeedback>"
        for name, words in (("of-a", "Red it is."), ("right", "Well done."), ("always", "See 3."))
    )
    rules = f"<responseProcessing>{rules}</responseProcessing>"
    found = read(tmp_path, COLOURS + SHAPES, rules, BOTH, shown)
    first, second = (one for one in found.blocks if isinstance(one, Question))
    assert {words_of(one.feedback["explanation"]) for one in (first, second)} == {"See 3."}
    assert not any(option.feedback for one in (first, second) for option in one.options)
    listed = [one.words for one in found.rest if one.kind == "feedback"]
    assert sorted(listed) == ["Red it is.", "Well done."]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (f"<table><tr><td>{gap('R')}</td><td>{gap('S')}</td></tr></table>", "are in a table"),
        (f"{COLOURS}<sliderInteraction responseIdentifier='S'/>", "“sliderInteraction”"),
        (f"{COLOURS}{choice('S', 'Which?', 'Round')}", "of its part 2, "),
    ],
)
def test_item_that_cannot_be_divided_stays_a_text(body: str, reason: str, tmp_path: Path) -> None:
    (kept,) = read(tmp_path, body, declared=BOTH).blocks
    assert isinstance(kept, Box)
    assert reason in kept.undecided
