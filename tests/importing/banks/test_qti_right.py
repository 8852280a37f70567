"""Which answers of QTI count as right: what the rules say plainly, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.importing.banks.qti import questions
from builder.importing.document.form import Box, Paragraph, Question, words_of


def question(path: Path, words: str) -> Question | Box:
    """The question of a file."""
    path.write_text(words, "utf-8")
    document, problems = questions.read(path)
    assert document is not None
    assert problems == ()
    (block,) = document.blocks
    assert isinstance(block, Question | Box)
    return block


def right(one: Question | Box) -> str:
    """The options that are right, and a sign where some of them earn a part."""
    assert isinstance(one, Question)
    letters = "".join(words_of(option.inlines) for option in one.options if option.right)
    return letters + ("+" if one.partial else "")


def equal(*values: str) -> str:
    return "".join(f'<varequal respident="R">{value}</varequal>' for value in values)


def rule(test: str, marks: str = "1", action: str = "Set", name: str = "SCORE") -> str:
    return (
        f"<respcondition><conditionvar>{test}</conditionvar>"
        f'<setvar action="{action}" varname="{name}">{marks}</setvar></respcondition>'
    )


def first(rules: str, cardinality: str = "Multiple", metadata: str = "") -> str:
    """An item of QTI 1.2 with the options A to D."""
    labels = "".join(
        f'<response_label ident="{one}"><material><mattext>{one}</mattext></material>'
        "</response_label>"
        for one in "ABCD"
    )
    return (
        f'<questestinterop><item ident="i"><itemmetadata>{metadata}</itemmetadata><presentation>'
        "<material><mattext>Which?</mattext></material>"
        f'<response_lid ident="R" rcardinality="{cardinality}"><render_choice>{labels}'
        f"</render_choice></response_lid></presentation><resprocessing>{rules}</resprocessing>"
        "</item></questestinterop>"
    )


NOT_CD = f"<not>{equal('C')}</not><not>{equal('D')}</not>"
FIRST = {
    "all or nothing": (rule(f"<and>{equal('A', 'B')}{NOT_CD}</and>", "100"), "AB"),
    "nothing without an answer": (
        rule(f"<and>{equal('A', 'B')}{NOT_CD}</and>") + rule("<unanswered/>", "0"),
        "AB",
    ),
    "one by one": (rule(equal("A"), action="Add") + rule(equal("B"), action="Add"), "AB+"),
    "wrong ones take off": (
        rule(equal("A"), action="Add")
        + rule(equal("B"), action="Add")
        + rule(equal("C"), "1", "Subtract"),
        "AB+",
    ),
    "one of several": (rule(equal("A")), "A"),
    "the best of two rules": (rule(equal("A"), "2") + rule(equal("A", "B"), "5"), "AB+"),
    "two that are as good": (rule(equal("A")) + rule(equal("B")), ""),
    "either is enough": (rule(f"<or>{equal('A', 'B')}</or>"), ""),
    "no rule": ("", ""),
    "options that are not there": (rule(equal("X")), ""),
    "a rule of another kind": (rule('<varsubset respident="R">A,B</varsubset>'), ""),
    "marks for another thing": (rule(equal("A")) + rule(equal("B"), "3", name="LIMIT"), "A"),
    "correct and incorrect, counted": (
        rule(equal("A"), action="Add", name="D2L_Correct")
        + rule(equal("B"), action="Add", name="D2L_Incorrect")
        + rule("<other/>", "D2L_Correct", name="que_score"),
        "A",
    ),
}


@pytest.mark.parametrize(("rules", "expected"), FIRST.values(), ids=FIRST)
def test_right_are_those_that_the_conditions_name(
    rules: str, expected: str, tmp_path: Path
) -> None:
    one = question(tmp_path / "bank.xml", first(rules))
    assert right(one) == expected
    assert isinstance(one, Question)
    assert bool(one.doubts) is not bool(expected)


def test_qti_answer_is_right_if_it_earns_full_mark(tmp_path: Path) -> None:
    path = tmp_path / "bank.xml"
    assert right(question(path, first(rule(equal("B"), "10"), "Single"))) == "B"
    several = question(path, first(rule(equal("B")) + rule(equal("C")), "Single"))
    assert isinstance(several, Question)
    assert (right(several), several.doubts) == (
        "",
        ("Each of these is right by itself: “B”, “C”. Here one is, or all together.",),
    )


def test_blackboard_gives_marks_by_what_it_says(tmp_path: Path) -> None:
    """What shows the feedback for right answers is right there, but nowhere else."""
    told = (
        f"<respcondition><conditionvar>{equal('B')}</conditionvar>"
        '<displayfeedback linkrefid="correct"/></respcondition>'
    )
    path = tmp_path / "bank.xml"
    type_ = "<bbmd_questiontype>Multiple Choice</bbmd_questiontype>"
    assert right(question(path, first(told, "Single", type_))) == "B"
    assert right(question(path, first(told, "Single"))) == ""


@pytest.mark.whole
def test_question_with_too_many_options_is_kept_as_text(tmp_path: Path) -> None:
    labels = "".join(
        f'<response_label ident="{at}"><material><mattext>{at}</mattext></material>'
        "</response_label>"
        for at in range(3000)
    )
    rules = "".join(rule(equal(str(at)), action="Add") for at in range(3000))
    one = question(
        tmp_path / "bank.xml",
        '<questestinterop><item ident="i"><presentation><response_lid ident="R" '
        f'rcardinality="Multiple"><render_choice>{labels}</render_choice></response_lid>'
        f"</presentation><resprocessing>{rules}</resprocessing></item></questestinterop>",
    )
    assert isinstance(one, Box)
    assert "it has more than 36 things to choose from" in one.undecided


def second(
    processing: str, declared: str = "<correctResponse><value>B</value></correctResponse>"
) -> str:
    """An item of QTI 2 with the options A to D, of which one is chosen."""
    choices = "".join(f'<simpleChoice identifier="{one}">{one}</simpleChoice>' for one in "ABCD")
    return (
        '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i">'
        f'<responseDeclaration identifier="R" cardinality="single" baseType="identifier">{declared}'
        '</responseDeclaration><itemBody><choiceInteraction responseIdentifier="R" maxChoices="1">'
        f"<prompt>Which?</prompt>{choices}</choiceInteraction></itemBody>{processing}"
        "</assessmentItem>"
    )


VARIABLE = '<variable identifier="R"/>'
SCORE = '<setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue>'  # noqa: E501


def when(test: str) -> str:
    return (
        f"<responseProcessing><responseCondition><responseIf>{test}{SCORE}</responseIf>"
        "</responseCondition></responseProcessing>"
    )


def template(name: str) -> str:
    return f'<responseProcessing template="http://www.imsglobal.org/question/{name}"/>'


MAPPING = (
    '<mapping><mapEntry mapKey="C" mappedValue="1"/><mapEntry mapKey="D" mappedValue="0"/>'
    "</mapping>"
)
BASE = '<baseValue baseType="identifier">C</baseValue>'
SECOND = {
    "declared": ("", None, "B"),
    "match correct": (template("qti_v2p1/rptemplates/match_correct"), None, "B"),
    "match correct of 2.0": (template("qti_v2p0/rptemplates/match_correct.xml"), None, "B"),
    "a rule": (when(f'<match>{VARIABLE}<correct identifier="R"/></match>'), None, "B"),
    "map response": (template("qti_v2p1/rptemplates/map_response"), MAPPING, "C"),
    "a mapping in a rule": (
        '<responseProcessing><setOutcomeValue identifier="SCORE"><mapResponse identifier="R"/>'
        "</setOutcomeValue></responseProcessing>",
        MAPPING,
        "C",
    ),
    "a value in a rule": (when(f"<match>{VARIABLE}{BASE}</match>"), None, "C"),
    "map response without a map": (template("qti_v2p1/rptemplates/map_response"), None, ""),
    "another template": (template("mine"), None, ""),
    "a value in the second branch": (
        when(
            f"<match>{VARIABLE}<baseValue>D</baseValue></match>{SCORE.replace('>1<', '>0<')}"
            f"</responseIf><responseElseIf><match>{VARIABLE}{BASE}</match>"
        ).replace(f"{SCORE}</responseIf>", f"{SCORE}</responseElseIf>"),
        None,
        "C",
    ),
    "a value that takes marks off": (
        when(f"<match>{VARIABLE}{BASE}</match>").replace(
            SCORE,
            SCORE.replace("<base", '<subtract><variable identifier="SCORE"/><base').replace(
                "</baseValue>", "</baseValue></subtract>"
            ),
        ),
        None,
        "",
    ),
    "a rule without a score after the opposite": (
        "<responseProcessing><responseCondition><responseIf>"
        f'<not><match>{VARIABLE}<correct identifier="R"/></match></not>'
        '<setOutcomeValue identifier="SCORE"><variable identifier="MAXSCORE"/></setOutcomeValue>'
        "</responseIf><responseElse/></responseCondition></responseProcessing>",
        None,
        "",
    ),
    "a program": (
        when(f"<and><match>{VARIABLE}{BASE}</match><isNull>{VARIABLE}</isNull></and>"),
        None,
        "",
    ),
    "the opposite": (
        when(f'<not><match>{VARIABLE}<correct identifier="R"/></match></not>'),
        None,
        "",
    ),
    "a map of what is not named": (
        template("qti_v2p1/rptemplates/map_response"),
        MAPPING.replace("<mapping>", '<mapping defaultValue="1">'),
        "",
    ),
    "nothing": ("", "", ""),
}


@pytest.mark.parametrize(("processing", "declared", "expected"), SECOND.values(), ids=SECOND)
def test_right_is_what_the_processing_goes_by(
    processing: str, declared: str | None, expected: str, tmp_path: Path
) -> None:
    words = second(processing) if declared is None else second(processing, declared)
    one = question(tmp_path / "bank.xml", words)
    assert right(one) == expected
    assert isinstance(one, Question)
    assert bool(one.doubts) is not bool(expected)


GAP = {
    "words": ("TextEquivalence", "openEntry", "fill-in", "stairs"),
    "words that are like it": ("TextCloseEnough", "openEntry", "fill-in", ""),
    "a menu": ("Equivalence", "dropdown", "choice", "stairs"),
}


@pytest.mark.parametrize(("way", "type_", "kind", "expected"), GAP.values(), ids=GAP)
def test_canvas_gap_becomes_type_of_its_answers(
    way: str, type_: str, kind: str, expected: str, tmp_path: Path
) -> None:
    label = f'scoring_algorithm="{way}" answer_type="{type_}"'
    labels = "".join(
        f'<response_label ident="{at}" {label}><material><mattext>{words}</mattext></material>'
        "</response_label>"
        for at, words in enumerate(("stairs", "lift") if type_ == "dropdown" else ("stairs",))
    )
    one = question(
        tmp_path / "bank.xml",
        '<questestinterop><item ident="i"><itemmetadata><qtimetadata><qtimetadatafield>'
        "<fieldlabel>question_type</fieldlabel>"
        "<fieldentry>fill_in_multiple_blanks_question</fieldentry></qtimetadatafield>"
        "</qtimetadata></itemmetadata><presentation><material><mattext>By the [exit].</mattext>"
        '</material><response_lid ident="response_exit"><material><mattext>stairs</mattext>'
        f"</material><render_choice>{labels}</render_choice></response_lid></presentation>"
        '<resprocessing><respcondition><conditionvar><varequal respident="response_exit">0'
        "</varequal></conditionvar><setvar>100</setvar></respcondition></resprocessing></item>"
        "</questestinterop>",
    )
    assert isinstance(one, Question)
    assert (one.kind, "".join(one.answers) or right(one)) == (kind, expected)
    assert bool(one.doubts) is not bool(expected)
    assert [words_of(block.inlines) for block in one.prompt if isinstance(block, Paragraph)] == [
        "By the _____."
    ]
