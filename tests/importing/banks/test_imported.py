"""Banks with answers that nobody can type or see become courses without errors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from builder import importing
from tests.importing.banks.zipped import zipped
from tests.importing.documents import PNG
from tests.importing.source import TODAY

HIDDEN = "\u200b\u00ad"
TURNED = "a\u202eb\x01c"


def brought(folder: Path, words: str, name: str = "fire.gift") -> dict[str, str]:
    """The texts of a course by their paths; its problems hold no error."""
    bank = folder / name
    bank.write_text(words, "utf-8")
    made, _ = importing.run(importing.Request(bank, folder / "made", None, TODAY, False))
    assert made is not None
    assert [str(one) for one in made.problems if one.severity == "error"] == []
    paths = (path for path in (folder / "made").rglob("*.*") if path.suffix in (".md", ".yaml"))
    texts = {
        path.relative_to(folder / "made").as_posix(): path.read_text("utf-8") for path in paths
    }
    assert not any(sign in text for text in texts.values() for sign in ("\u202e", "\x01"))
    return texts


@pytest.mark.whole
@pytest.mark.parametrize("answers", ["= =", f"={'a' * 256}", "=\x01", f"={HIDDEN}"])
def test_gap_without_typeable_answer_becomes_practice(answers: str, tmp_path: Path) -> None:
    texts = brought(tmp_path, f"What is it called?{{{answers}}}\n")
    assert texts["pages/fire.md"] == (
        '---\nid: fire\ntitle: "fire"\n---\n::: check what-is-it-called\n'
    )
    assert "answers:" not in texts["questions/questions.yaml"]


def test_options_with_same_text_are_reported_with_lines(tmp_path: Path) -> None:
    bank = tmp_path / "fire.gift"
    bank.write_text("Where?{=Outside ~Outside ~In}\n", "utf-8")
    made, _ = importing.run(importing.Request(bank, tmp_path / "made", None, TODAY))
    assert made is not None
    told = [str(one) for one in made.problems if one.code == "option-alike"]
    assert told == [
        "questions/questions.yaml:9:14: warning option-alike “Outside” is also the text of the "
        "option “a” of this question."
    ]


def test_shared_matching_answer_is_written_once_and_counted(tmp_path: Path) -> None:
    bank = tmp_path / "fire.gift"
    bank.write_text("Pair.{=ice -> cold water =sea -> cold water =tea -> hot water}\n", "utf-8")
    made, _ = importing.run(importing.Request(bank, tmp_path / "made", None, TODAY))
    assert made is not None
    assert (made.words.document, made.words.course, made.words.steering) == (10, 8, 2)


def test_placeholder_in_bank_is_escaped_and_listed(tmp_path: Path) -> None:
    bank = tmp_path / "fire.csv"
    bank.write_text("Question,Right answer,Text format\nIs it {{ lead }}?,true,markdown\n", "utf-8")
    made, _ = importing.run(importing.Request(bank, tmp_path / "made", None, TODAY))
    assert made is not None
    listed = [(one.rest.kind, one.rest.place.paragraph, one.rest.words) for one in made.made.listed]
    assert listed == [("local value", 2, "{{ lead }}")]
    questions = (tmp_path / "made" / "questions" / "questions.yaml").read_text("utf-8")
    assert 'prompt: "Is it \\\\{\\\\{ lead \\\\}\\\\}?"' in questions


@pytest.mark.parametrize("hidden", [HIDDEN, '<img src\\="a.png">'], ids=["letters", "picture"])
def test_invisible_option_text_becomes_an_ellipsis(hidden: str, tmp_path: Path) -> None:
    texts = brought(
        tmp_path,
        f"[html]Which?{{={hidden} ~This}}\n\n[html]Pair.{{={hidden} -> One =Two -> {hidden}}}\n",
    )
    questions = texts["questions/questions.yaml"]
    assert questions.count('text: "…"\n') == 3


def test_signs_that_steer_reach_no_course(tmp_path: Path) -> None:
    texts = brought(
        tmp_path,
        f"Type.{{={TURNED} =%50%half {TURNED}}}\n\n{TURNED} one?{{=One}} {{=Two}}\n",
    )
    assert '"abc"' in texts["questions/questions.yaml"]
    assert "“half abc” earns 50 % of the mark" in texts["questions/questions.yaml"]
    assert "“abc one?{=One} {=Two}” was not imported as a question" in texts["pages/fire.md"]


@pytest.mark.whole
def test_unscorable_questions_are_not_drawn_until_scorable(tmp_path: Path) -> None:
    scored = [f"Scored {at}?{{T}}" for at in range(275)]
    open_ones = [f"Open {at}?{{~a ~b}}" for at in range(25)]
    texts = brought(tmp_path, "\n\n".join(("$CATEGORY: Fire", *open_ones, *scored)))
    # The category is a tag of all: it is none to draw by.
    assert "  draw:\n    - tag: fire-drawn\n      count: 20\n" in texts["pages/fire.md"]
    questions = texts["questions/questions.yaml"]
    assert questions.count("    - fire-drawn\n") == 275
    assert questions.count("give it the tag “fire-drawn” once it can.") == 25


def test_categories_with_same_id_are_drawn_separately(tmp_path: Path) -> None:
    first = [f"First {at}?{{T}}" for at in range(150)]
    second = [f"Second {at}?{{T}}" for at in range(150)]
    bank = ("$CATEGORY: Fire!", *first, "$CATEGORY: Fire?", *second)
    texts = brought(tmp_path, "\n\n".join(bank))
    assert "    - tag: fire-drawn\n" in texts["pages/fire.md"]
    assert "    - tag: fire-2\n" in texts["pages/fire-2.md"]
    questions = texts["questions/questions.yaml"]
    assert (questions.count("    - fire-drawn\n"), questions.count("    - fire-2\n")) == (150, 150)


def test_invisible_category_name_is_ignored(tmp_path: Path) -> None:
    texts = brought(tmp_path, f"$CATEGORY: {HIDDEN}\n\nIs it so?{{T}}\n")
    assert texts["pages/fire.md"].startswith('---\nid: fire\ntitle: "fire"\nkind: quiz\n')


def test_feedback_of_likert_question_becomes_explanation(tmp_path: Path) -> None:
    texts = brought(
        tmp_path,
        "Type,Question,Right answer,Feedback right,Feedback wrong,Points\n"
        "likert,I know whom to ask.,,Good,Ask,2\n",
        "fire.csv",
    )
    assert texts["questions/questions.yaml"] == (
        '- id: i-know-whom-to-ask\n  type: likert\n  prompt: "I know whom to ask."\n'
        '  explanation: "Good Ask"\n'
    )


def test_undescribed_picture_options_build_as_draft(tmp_path: Path) -> None:
    """QTI 3: an empty ``alt`` says that a picture is decoration, and here it is the answer."""
    options = "".join(
        f"<qti-simple-choice identifier='{name}'><img src='{name}.png' alt=''/></qti-simple-choice>"
        for name in "AB"
    )
    (tmp_path / "bank").mkdir()
    for name in "AB":
        (tmp_path / "bank" / f"{name}.png").write_bytes(PNG)
    (tmp_path / "bank" / "item.xml").write_text(
        "<qti-assessment-item xmlns='http://www.imsglobal.org/xsd/imsqtiasi_v3p0' identifier='i' "
        "title='Sign'><qti-response-declaration identifier='R' cardinality='single' "
        "base-type='identifier'><qti-correct-response><qti-value>B</qti-value>"
        "</qti-correct-response></qti-response-declaration><qti-item-body><p>Which sign?</p>"
        f"<qti-choice-interaction response-identifier='R' max-choices='1'>{options}"
        "</qti-choice-interaction></qti-item-body></qti-assessment-item>",
        "utf-8",
    )
    bank = zipped(tmp_path / "bank", tmp_path)
    made, _ = importing.run(importing.Request(bank, tmp_path / "made", None, TODAY))
    assert made is not None
    assert [str(one) for one in made.problems if one.severity == "error"] == []
    text = (tmp_path / "made" / "questions" / "questions.yaml").read_text("utf-8")
    assert re.findall(r'text: "!\[\]\(media/[a-z0-9-]+\.png \\"(\w+)\\"\)"', text) == (
        ["undescribed"] * 2
    )
    assert [one.draft for one in made.problems if one.code == "alt-undescribed"] == [True, True]
