"""Sheets whose heads are in other languages, or are said on the command line."""

# ruff: noqa: RUF001

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder import cli
from builder.importing import formats
from builder.importing.document.form import Question, words_of
from builder.importing.document.tally import text
from tests.importing.banks import second_readers

SHEETS = {
    "de": "Frage;Antwort A;Antwort B;Richtige Antwort;Kategorie;Erklärung;Punkte",
    "fr": "Énoncé;Réponse A;Réponse B;Bonne réponse;Thème;Explication;Barème",
    "es": "Pregunta;Opción A;Opción B;Respuesta correcta;Tema;Explicación;Puntos",
    "pl": "Treść pytania;Odpowiedź A;Odpowiedź B;Poprawna odpowiedź;Kategoria;Wyjaśnienie;Punkty",
    "ru": "Вопрос;Вариант А;Вариант Б;Правильный ответ;Тема;Пояснение;Баллы",
    "ja": "問題;選択肢A;選択肢B;正解;分野;解説;配点",
    "zh": "题目;选项A;选项B;正确答案;类别;解析;分值",
    "ar": "السؤال;الخيار أ;الخيار ب;الإجابة الصحيحة;الفئة;الشرح;الدرجة",
}
LETTERS = {"ru": "Б", "ar": "ب"}


def read(path: Path) -> tuple[list[Question], list[str], dict[str, int]]:
    form = formats.format_of(path)
    assert form is not None
    document, problems = form.read(path)
    assert document is not None
    asked = [one for one in document.blocks if isinstance(one, Question)]
    return asked, [one.message for one in problems], dict(second_readers.count(path).kinds)


@pytest.mark.parametrize("language", SHEETS)
def test_heads_in_a_language_are_known(language: str, tmp_path: Path) -> None:
    path = tmp_path / "bank.csv"
    letter = LETTERS.get(language, "B")
    path.write_text(f"{SHEETS[language]}\n1 + 1?;three;two;{letter};Sums;Count;2\n", "utf-8")
    (question,), problems, kinds = read(path)
    assert problems == []
    assert (text(question.prompt), question.weight, question.tags) == ("1 + 1?", "2", ("Sums",))
    assert [(words_of(one.inlines), one.right) for one in question.options] == [
        ("three", False),
        ("two", True),
    ]
    assert words_of(question.feedback["explanation"]) == "Count"
    assert kinds == {
        **{"questions": 1, "choice": 1, "options": 2, "questions with feedback": 1},
        "questions with tags": 1,
    }


@pytest.mark.parametrize(
    ("heads", "row", "kind", "answers"),
    [
        ("Frage;Fragetyp;Lösung", "Ist es?;Richtig/Falsch;falsch", "true-false", ("false",)),
        ("Question;Type de question;Réponse", "Qui?;Réponse courte;lui", "fill-in", ("lui",)),
        ("Вопрос;Тип вопроса;Ответ", "Да?;Верно/неверно;Верно", "true-false", ("true",)),
        ("题目;题型;答案", "对吗？;判断题;√", "true-false", ("true",)),
        ("題目;答案", "對嗎？;錯誤", "true-false", ("false",)),
        ("問題;正解", "正しいか。;○", "true-false", ("true",)),
        ("السؤال;نوع السؤال;الإجابة", "هل؟;صح أو خطأ;خطأ", "true-false", ("false",)),
        ("Pregunta;Tipo;Respuesta", "¿Cuántos?;numérica;4", "numeric", ("4",)),
    ],
)
def test_types_and_what_is_true_are_known(
    heads: str, row: str, kind: str, answers: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / "bank.csv"
    path.write_text(f"{heads}\n{row}\n", "utf-8")
    (question,), problems, kinds = read(path)
    assert (question.kind, question.answers, question.doubts, problems) == (kind, answers, (), [])
    name = {"true-false": "true or false", "numeric": "number"}.get(kind, kind)
    assert kinds == {"questions": 1, name: 1}


def test_several_letters_with_a_word_between_them_are_several_answers(tmp_path: Path) -> None:
    path = tmp_path / "bank.csv"
    path.write_text("Frage;Antwort 1;Antwort 2;Antwort 3;Lösung\nWas?;a;b;c;1 und 3\n", "utf-8")
    (question,), _, _ = read(path)
    assert [one.right for one in question.options] == [True, False, True]


WELSH = "Cwestiwn,Dewis 1,Dewis 2,Ateb\nBle?,Yma,Acw,2\n"


def imported(folder: Path, *columns: str) -> tuple[int, str]:
    path = folder / "bank.csv"
    path.write_text(WELSH, "utf-8")
    said = [part for column in columns for part in ("--column", column)]
    course = folder / "course"
    done = CliRunner().invoke(cli.main, ["import", str(path), "-o", str(course), *said])
    return done.exit_code, done.output


def test_an_author_says_what_the_heads_of_a_sheet_mean(tmp_path: Path) -> None:
    code, output = imported(
        tmp_path,
        *("Cwestiwn=Question", "Dewis 1=Option 1", "dewis-2=Option 2", "Ateb=Right answer"),
    )
    assert (code, "missing" in output.replace("no word is missing", "")) == (0, False)
    questions = (tmp_path / "course/questions/questions.yaml").read_text("utf-8")
    assert 'text: "Acw"\n      correct: yes' in questions
    assert re.search(r"^ +choice +1 +1$", output, re.MULTILINE)


@pytest.mark.parametrize(
    ("column", "code", "said"),
    [
        (
            "Cwestiwn=Qestion",
            2,
            "“Qestion” is not a column of a sheet of questions. Did you mean “",
        ),
        ("Cwestiwn", 2, "“--column Cwestiwn” needs a “=” with a name on each side."),
        ("Pwyntiau=Points", 1, "This is a text without the heads of a sheet"),
    ],
)
def test_a_column_that_says_nothing_is_told(
    column: str, code: int, said: str, tmp_path: Path
) -> None:
    ended, output = imported(tmp_path, column)
    assert (ended, said in " ".join(output.split())) == (code, True)


def test_a_head_that_no_sheet_has_is_told(tmp_path: Path) -> None:
    _, output = imported(
        tmp_path,
        *("Cwestiwn=Question", "Dewis 1=Option A", "Dewis 2=Option B", "Ateb=Right answer"),
        "Pwyntiau=Points",
    )
    assert "No column is called “pwyntiau”, which was to be read as “Points”." in output
