"""What a bank says beside its questions is kept, or listed with the question."""

from __future__ import annotations

import re
from pathlib import Path

from builder import importing
from builder.importing.making import Imported
from tests.importing.source import TODAY


def imported(folder: Path, words: str, name: str) -> tuple[Imported, str]:
    """What came of a bank, and the questions of the course."""
    bank = folder / name
    bank.write_text(words, "utf-8")
    made, _ = importing.run(importing.Request(bank, folder / "made", None, TODAY))
    assert made is not None
    assert [str(one) for one in made.problems if one.severity == "error"] == []
    assert made.words.share == 1.0
    return made, (folder / "made" / "questions" / "questions.yaml").read_text("utf-8")


def ids(text: str) -> list[str]:
    return re.findall("^- id: (.*)$", text, re.MULTILINE)


def listed(made: Imported, kind: str) -> list[tuple[int, str, str]]:
    rests = [one.rest for one in made.made.listed if one.rest.kind == kind]
    return [(one.place.paragraph, one.words, one.reason) for one in rests]


def test_moodle_id_number_becomes_question_id(tmp_path: Path) -> None:
    question = (
        "<question type='truefalse'><name><text>{0}</text></name><questiontext><text>{0}?</text>"
        "</questiontext><idnumber>{1}</idnumber><answer fraction='100'><text>true</text></answer>"
        "</question>"
    )
    asked = [("Stairs", "FIRE-001"), ("Lift", "a/b <c>"), ("Door", "")]
    category = (
        "<question type='category'><category><text>top/Fire</text></category><idnumber>CAT-1"
        "</idnumber></question>"
    )
    numbered = "\n".join(
        question.format(name, number.replace("<", "&lt;").replace(">", "&gt;"))
        for name, number in asked
    )
    words = f"<quiz>{category}\n{numbered}</quiz>"
    made, text = imported(tmp_path, words, "bank.xml")
    assert ids(text) == ["fire-001", "a-b-c", "door"]
    assert listed(made, "ID number") == [
        (1, "CAT-1", "a category has none in a course"),
        (3, "a/b <c>", "ids cannot have such characters: the id is “a-b-c”"),
    ]


def test_gift_id_number_becomes_question_id(tmp_path: Path) -> None:
    words = (
        "// question: 1  name: Stairs\n// [id:FIRE-001] [tag:way out]\n::Stairs::Safe?{T}\n\n"
        "::Lift::Safe?{F}\n"
    )
    _, text = imported(tmp_path, words, "bank.gift")
    assert ids(text) == ["fire-001", "lift"]
    assert text.count("  - way-out\n") == 1


def test_shares_of_the_mark_are_listed_with_each_question(tmp_path: Path) -> None:
    words = (
        "Which are ways out?{~%50%Stairs ~%50%Door ~%-50%Lift}\n\n"
        "Which one?{=Stairs ~%30%Ramp ~Lift}\n"
    )
    made, _ = imported(tmp_path, words, "bank.gift")
    assert listed(made, "share of the mark") == [
        (1, "", "a course marks options only as right or wrong: “Lift” -50 %"),
        (3, "", "a course marks options only as right or wrong: “Ramp” 30 %"),
    ]
