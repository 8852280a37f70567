"""Canvas items with several gaps or menus: each becomes a question, or the item stays a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.importing.banks.qti import questions
from builder.importing.document.form import Block, Box, Document, Question, words_of
from builder.importing.document.tally import text

BLANKS, MENUS = "fill_in_multiple_blanks_question", "multiple_dropdowns_question"


def gap(name: str, *labels: str, first: int = 1, attributes: str = "") -> str:
    """A response for the gap ``name``; its labels have the ids ``first`` and following."""
    offered = "".join(
        f'<response_label ident="{number}" {attributes}><material><mattext>{words}</mattext>'
        "</material></response_label>"
        for number, words in enumerate(labels, start=first)
    )
    return (
        f'<response_lid ident="response_{name}"><material><mattext>{labels[0]}</mattext></material>'
        f"<render_choice>{offered}</render_choice></response_lid>"
    )


def equal(name: str, label: int) -> str:
    return f'<varequal respident="response_{name}">{label}</varequal>'


def rule(tests: str, marks: str = "50.00", shows: str = "") -> str:
    links = f'<displayfeedback feedbacktype="Response" linkrefid="{shows}"/>' if shows else ""
    change = f'<setvar varname="SCORE" action="Add">{marks}</setvar>' if marks else ""
    return f"<respcondition><conditionvar>{tests}</conditionvar>{change}{links}</respcondition>"


def read(
    folder: Path, type_: str, prompt: str, responses: str, rules: str, after: str = ""
) -> Document:
    """What is read of an item of Canvas. ``after`` are its elements below the scoring."""
    fields = "".join(
        f"<qtimetadatafield><fieldlabel>{label}</fieldlabel><fieldentry>{entry}</fieldentry>"
        "</qtimetadatafield>"
        for label, entry in (("question_type", type_), ("points_possible", "3.0"))
    )
    html = prompt.replace("&", "&amp;").replace("<", "&lt;")
    path = folder / "bank.xml"
    path.write_text(
        f'<questestinterop><item ident="i" title="Way out"><itemmetadata><qtimetadata>{fields}'
        f'</qtimetadata></itemmetadata><presentation><material><mattext texttype="text/html">{html}'
        f"</mattext></material>{responses}</presentation><resprocessing>{rules}</resprocessing>"
        f"{after}</item></questestinterop>",
        "utf-8",
    )
    document, problems = questions.read(path)
    assert document is not None
    assert problems == ()
    return document


def told(block: Block) -> str:
    """A question in a line: what is asked, what is right, and its doubts."""
    assert isinstance(block, Question)
    options = ["*" * one.right + words_of(one.inlines) for one in block.options]
    return " | ".join([text(block.prompt), *options, *block.answers, *block.doubts])


LEAVE = "<p>Read this.</p><p>Leave by the [exit], to the [side].</p><p>Walk.</p>"
EACH = rule(equal("exit", 1)) + rule(equal("side", 2))


def test_each_gap_is_a_question_with_all_its_labels(tmp_path: Path) -> None:
    gaps = gap("exit", "stairs", "Stairs") + gap("side", "left", "port")
    found = read(tmp_path, BLANKS, LEAVE, gaps, EACH)
    *asked, end = found.blocks
    assert [told(one) for one in asked] == [
        "Read this. Leave by the _____, to the […]. | stairs | Stairs",
        "Read this. Leave by the […], to the _____. | left | port",
    ]
    known = [one for one in asked if isinstance(one, Question)]
    assert [(one.kind, one.name, one.weight) for one in known] == [
        ("fill-in", "Way out 1", "1.5"),
        ("fill-in", "Way out 2", "1.5"),
    ]
    assert text([end]) == "Walk."
    assert not found.rest


def test_each_menu_is_a_choice_with_the_label_that_earns_marks(tmp_path: Path) -> None:
    # The menus have the same ids; each condition is about the label of its own menu.
    menus = gap("exit", "stairs", "lift") + gap("side", "left", "right")
    found = read(tmp_path, MENUS, LEAVE, menus, EACH)
    assert [told(one) for one in found.blocks[:2]] == [
        "Read this. Leave by the _____, to the […]. | *stairs | lift",
        "Read this. Leave by the […], to the _____. | left | *right",
    ]


def test_gaps_of_new_quizzes_have_types_of_their_own(tmp_path: Path) -> None:
    like = 'answer_type="openEntry" scoring_algorithm="TextCloseEnough"'
    gaps = gap("exit", "stairs", "lift", attributes='answer_type="dropdown"')
    found = read(tmp_path, BLANKS, LEAVE, gaps + gap("side", "left", attributes=like), EACH)
    assert [told(one) for one in found.blocks[:2]] == [
        "Read this. Leave by the _____, to the […]. | *stairs | lift",
        "Read this. Leave by the […], to the _____. | More than “left” is right, by a pattern or "
        "by how like it is.",
    ]


@pytest.mark.parametrize(
    ("rules", "doubt"),
    [
        (rule(equal("exit", 1)), "nothing says which ones are right"),
        (rule(equal("exit", 1)) + rule(equal("side", 1), "0"), "nothing says which"),
        (rule(f"<or>{equal('exit', 1)}{equal('side', 1)}</or>"), "too complex"),
        (EACH + rule(f"<not>{equal('exit', 2)}</not>{equal('side', 1)}"), "too complex"),
    ],
    ids=["no rule", "no marks", "either is enough", "together with another"],
)
@pytest.mark.parametrize("type_", [BLANKS, MENUS])
def test_gap_is_a_doubt_unless_it_earns_marks_by_itself(
    type_: str, rules: str, doubt: str, tmp_path: Path
) -> None:
    gaps = gap("exit", "stairs", "lift") + gap("side", "left", "right")
    side = read(tmp_path, type_, LEAVE, gaps, rules).blocks[1]
    assert isinstance(side, Question)
    assert not side.answers
    assert not any(one.right for one in side.options)
    assert doubt in side.doubts[0]
    assert {"left", "right"} <= set(told(side).replace("“", " ").replace("”", " ").split())


def test_menu_of_true_and_false_may_be_a_doubt(tmp_path: Path) -> None:
    menus = gap("exit", "stairs", "lift") + gap("side", "True", "False")
    side = read(tmp_path, MENUS, LEAVE, menus, rule(equal("exit", 1))).blocks[1]
    assert isinstance(side, Question)
    assert (side.kind, side.answers) == ("true-false", ())
    assert side.doubts


def test_several_labels_of_a_menu_that_earn_marks_are_a_doubt(tmp_path: Path) -> None:
    menus = gap("exit", "stairs", "lift") + gap("side", "left", "right")
    exit_, side, _ = read(tmp_path, MENUS, LEAVE, menus, EACH + rule(equal("side", 1))).blocks
    assert told(exit_).endswith("| *stairs | lift")
    assert isinstance(side, Question)
    assert not any(one.right for one in side.options)
    assert side.doubts[0].startswith("Each of these is right by itself")


def test_feedback_goes_to_the_gap_that_it_is_about(tmp_path: Path) -> None:
    shown = "".join(
        f'<itemfeedback ident="{ident}"><flow_mat><material><mattext>{words}</mattext></material>'
        "</flow_mat></itemfeedback>"
        for ident, words in (
            ("general_fb", "See 3."),
            ("correct_fb", "Well done."),
            ("11_fb", "It may stop."),
            ("2_fb", "Which gap?"),
        )
    )
    menus = gap("exit", "stairs", "lift", first=10) + gap("side", "left", "port")
    menus += gap("hand", "none", "both")
    prompt = LEAVE.replace("side]", "side], by [hand]")
    rules = rule(equal("exit", 10)) + rule(equal("side", 2)) + rule(equal("hand", 2))
    found = read(tmp_path, MENUS, prompt, menus, rules, shown)
    asked = [one for one in found.blocks if isinstance(one, Question)]
    assert [
        [words_of(option.feedback) for option in one.options if option.feedback] for one in asked
    ] == [["It may stop."], [], []]
    assert [{key: words_of(line) for key, line in one.feedback.items()} for one in asked] == [
        {"explanation": "See 3."}
    ] * 3
    listed = [one.words for one in found.rest if one.kind == "feedback"]
    assert sorted(listed) == ["Well done.", "Which gap?"]


def test_gaps_in_a_list_are_questions(tmp_path: Path) -> None:
    gaps = gap("exit", "stairs") + gap("side", "left")
    prompt = "<ul><li>Leave by the [exit].</li><li>To the [side].</li></ul>"
    found = read(tmp_path, BLANKS, prompt, gaps, rule(equal("exit", 1)) + rule(equal("side", 1)))
    assert [told(one) for one in found.blocks] == [
        "Leave by the _____. | stairs",
        "To the _____. | left",
    ]


@pytest.mark.parametrize(
    ("prompt", "reason"),
    [
        ("<table><tr><td>By [exit]</td><td>to [side]</td></tr></table>", "not in a sentence"),
        ("<p>Leave by the [exit].</p>", "not in a sentence"),
        ("<p>By [exit] or [exit], to [side].</p>", "not in a sentence"),
        ("<p>By [exit], to [side] or [once].</p>", "of its part 3, "),
    ],
    ids=["table", "no place", "two places", "one option"],
)
def test_item_that_cannot_be_divided_stays_a_text(prompt: str, reason: str, tmp_path: Path) -> None:
    menus = gap("exit", "stairs", "lift") + gap("side", "left", "port")
    menus += gap("once", "only") if "once" in prompt else ""
    found = read(tmp_path, MENUS, prompt, menus, EACH)
    (kept,) = found.blocks
    assert isinstance(kept, Box)
    assert reason in kept.undecided
    assert "[exit]" in text(kept.blocks)
    assert [one.kind for one in found.rest] == ["question"]
