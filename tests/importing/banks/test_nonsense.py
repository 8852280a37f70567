"""What looks like a bank and is none is refused with a reason, and is never asked."""

# ruff: noqa: RUF001

from __future__ import annotations

from pathlib import Path

import pytest

from builder import importing
from builder.importing import formats
from builder.importing.document.form import Box, Document, Question
from tests.importing.banks import second_readers
from tests.importing.source import TODAY

PYTHON = """import random

questions = {}
for x in [2, 3]:
    name = f"question {x}"
    questions[name] = {"answer": x}
    print(f"What is {x} + 1? Write {x + 1}.")
"""
SCRIPT = """import random

for x in range(9):
    print(f"What is {x} + 1? {{={x + 1} ~{x}}}")
"""
NOTEBOOK = """# Quiz

```{.python3 .run}
for x in [2, 3]:
    print(f"What is {x}?")
```
"""


def refused(content: bytes, folder: Path, name: str) -> str:
    path = folder / name
    path.write_bytes(content)
    made, problems = importing.run(importing.Request(path, folder / "made", None, TODAY))
    assert made is None
    assert not (folder / "made").exists()
    (problem,) = problems
    return f"{problem.code}: {problem.message} {problem.hint}"


def read(words: str, folder: Path, name: str = "bank.gift") -> Document:
    path = folder / name
    path.write_text(words, "utf-8")
    form = formats.format_of(path)
    assert form is not None
    document, _ = form.read(path)
    assert document is not None
    return document


@pytest.mark.parametrize("words", [PYTHON, SCRIPT, NOTEBOOK])
def test_a_program_is_no_bank(words: str, tmp_path: Path) -> None:
    assert refused(words.encode(), tmp_path, "quiz.txt").startswith(
        "bank-format: This is program code. It cannot be read as a question bank."
    )


def test_questions_about_programs_are_a_bank(tmp_path: Path) -> None:
    words = "What does this print?\nfor x in y:\n  print(x)\n{=1 ~2}\n\nimport what?{=this}\n"
    assert [type(one) for one in read(words, tmp_path).blocks] == [Question, Question]


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("火警鐘響起時，你先做什麼？{=離開大樓 ~拿外套}\n", "big5"),
        ("Что вы делаете сначала?{=Ухожу ~Жду}\n", "cp1251"),
        ("最初に何をしますか。{=避難する ~待つ}\n", "shift-jis"),
    ],
)
def test_letters_in_an_unknown_encoding_are_refused(
    words: str, encoding: str, tmp_path: Path
) -> None:
    assert refused(words.encode(encoding), tmp_path, "bank.gift") == (
        "bank-format: This is text in an encoding that is not recognised, such as Big5 or "
        "Windows-1251. It cannot be read as a question bank. Open it in the program that it comes "
        "from, and save it as UTF-8 (in Excel “CSV UTF-8”, in Notepad “Save as” with the encoding "
        "UTF-8); then import that file."
    )


def test_letters_of_western_languages_are_read_as_before(tmp_path: Path) -> None:
    words = "Où est créée l’œuvre « École » ——— à Noël ?{=Là-bas, près d’un café ~Ça}\n"
    path = tmp_path / "bank.gift"
    path.write_bytes(words.encode("cp1252"))
    form = formats.format_of(path)
    assert form is not None
    document, problems = form.read(path)
    assert document is not None
    assert [one.code for one in problems] == ["bank-encoding"]


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ("=… ~… ~… ~…", "all of its options say the same"),
        ("=Yes ~yes ~YES", "all of its options say the same"),
        (
            '[html]=<img src\\="a.png"> ~<img src\\="b.png">',
            "its options show nothing: their words or pictures are not in the file",
        ),
    ],
)
def test_options_between_which_nobody_can_choose_are_not_asked(
    options: str, why: str, tmp_path: Path
) -> None:
    marker = "[html]" if options.startswith("[html]") else ""
    words = f"{marker}Which one?{{{options.removeprefix('[html]')}}}\n"
    (box,) = read(words, tmp_path).blocks
    assert isinstance(box, Box)
    assert f"“Which one?” was not imported as a question: {why}." in box.undecided


def test_an_order_of_moodle_in_gift_is_a_sequencing(tmp_path: Path) -> None:
    words = (
        "::alarm::Put this in order.{>2 ALL VERTICAL ABSOLUTE_POSITION SHOW none\n"
        "Ring the alarm\nLeave\nWait outside\n}\n\n"
        "Some.{>2 RANDOM H RELATIVE_NEXT_EXCLUDE_LAST HIDE 123\nOne\nTwo\nThree\n}\n\n"
        "Bare.{>3\nOne thing\nAll of it\nLast\n####Why}\n"
    )
    document = read(words, tmp_path)
    asked = [one for one in document.blocks if isinstance(one, Question)]
    assert [
        (
            one.kind,
            one.name,
            ["".join(text.words for text in option.inlines) for option in one.options],  # type: ignore[union-attr]
            one.partial,
        )
        for one in asked
    ] == [
        ("sequencing", "alarm", ["Ring the alarm", "Leave", "Wait outside"], True),
        ("sequencing", "", ["One", "Two", "Three"], True),
        ("sequencing", "", ["One thing", "All of it", "Last"], False),
    ]
    assert [(one.kind, one.words, one.reason) for one in document.rest] == [
        ("selection", "", "an attempt asked 2 of its items; here it asks all"),
        (
            "grading",
            "RELATIVE_NEXT_EXCLUDE_LAST",
            "Moodle counts which items are next to each other; here each item in its place earns "
            "a share",
        ),
    ]
    path = tmp_path / "bank.gift"
    form = formats.format_of(path)
    assert form is not None
    assert second_readers.count(path).kinds == {
        **{"questions": 3, "sequencing": 3},
        "questions with feedback": 1,
    }
    made, _ = importing.run(importing.Request(path, tmp_path / "made", None, TODAY))
    assert made is not None
    assert made.words.share == 1.0
