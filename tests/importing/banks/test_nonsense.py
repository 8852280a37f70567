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


LATEX = (
    "% An exam\n\\documentclass[a4paper]{exam}\n\\begin{document}\n"
    "\\question{What is {\\bf hot}?}\n\\end{document}\n"
)


@pytest.mark.parametrize(
    "words",
    [
        LATEX,
        "\\section{Fire}\n\nWhat is {\\em hot}?\n\n\\begin{itemize}\n\\item A\n\\end{itemize}\n",
        "Exam\n\\usepackage{moodle}\n\n\\begin{multi}{One}\nWhat?\n\\item* A\n\\end{multi}\n",
    ],
)
def test_latex_is_no_bank(words: str, tmp_path: Path) -> None:
    said = refused(words.encode(), tmp_path, "quiz.txt")
    assert said.startswith("bank-format: This is LaTeX. It cannot be read as a question bank.")
    assert "NAME-moodle.xml" in said


def test_latex_is_named_whatever_its_file_extension(tmp_path: Path) -> None:
    (tmp_path / "quiz.tex").write_text(LATEX, "utf-8")
    request = importing.Request(tmp_path / "quiz.tex", tmp_path / "made", None, TODAY)
    with pytest.raises(importing.RefusedError, match=r"“quiz\.tex” is LaTeX, which cannot be"):
        importing.run(request)


def test_formulas_in_latex_are_questions_of_gift(tmp_path: Path) -> None:
    words = "::one::[html]$$\\frac\\{1\\}\\{2\\}$$ is {=0.5 =half}\n\n\\(x\\) or y?{=x ~y}\n"
    assert [type(one) for one in read(words, tmp_path).blocks] == [Question, Question]


def test_json_is_no_bank(tmp_path: Path) -> None:
    words = '[{"question": "What {is} hot?", "options": ["a", "b"], "answer": "a"}]'
    assert refused(words.encode(), tmp_path, "quiz.txt").startswith("bank-format: This is JSON.")


KAHOOT = ("What is hot?;Fire;Ice;Snow;Rain;20;1", "Which burn?;Wood;Iron;Oil;Sand;30;1,3")


@pytest.mark.parametrize(
    "content",
    [
        "\n".join(KAHOOT).encode(),
        "\r\n".join(KAHOOT).encode("utf-16"),
        "\r\n".join(KAHOOT).encode("utf-16-le"),
        "\r\n".join(KAHOOT).encode("utf-16-be"),
        b"".join(f"{line}\r\n".encode("utf-16") for line in KAHOOT),
    ],
    ids=["utf-8", "utf-16", "little endian", "big endian", "a mark in each line"],
)
def test_kahoot_rows_without_headings_are_named(content: bytes, tmp_path: Path) -> None:
    said = refused(content, tmp_path, "quiz.txt")
    assert said.startswith("bank-format: This is a Kahoot quiz without the headings")
    headings = said.partition("“")[2].partition("”")[0]
    mended = "\n".join((headings, *KAHOOT))
    found = read(mended, tmp_path, "mended.csv").blocks
    rights = [[one.right for one in each.options] for each in found if isinstance(each, Question)]
    assert rights == [[True, False, False, False], [True, False, True, False]]


def test_kahoot_report_is_named(tmp_path: Path) -> None:
    words = "Kahoot! Summary\nRank,Player,Score\n1,Ann,900\n2,Bob,800\n"
    said = refused(words.encode(), tmp_path, "report.csv")
    assert said.startswith("bank-format: This is a text of Kahoot without the columns of a quiz.")


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
