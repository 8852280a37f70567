"""How a course asks the questions of a bank."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder import cli
from builder.importing import formats
from builder.importing.document.form import Document
from builder.importing.writing import WrittenCourse, write
from tests.importing.banks.writers import Asked, gift
from tests.support.growth import linear


def made(words: str, folder: Path) -> WrittenCourse:
    path = folder / "bank.gift"
    path.write_text(words, "utf-8")
    form = formats.format_of(path)
    assert form is not None
    document, _ = form.read(path)
    assert document is not None
    return write(document, "bank", "auto", lambda _: "")


@pytest.mark.whole
def test_import_time_grows_linearly_with_questions(tmp_path: Path) -> None:
    def bank(n: int) -> Document:
        path = tmp_path / f"{n}.gift"
        asked = [Asked(f"Question {at}?", ("one", "two")) for at in range(n)]
        path.write_text(gift(asked), "utf-8")
        form = formats.format_of(path)
        assert form is not None
        document, _ = form.read(path)
        assert document is not None
        return document

    linear(lambda document: write(document, "bank", "auto", lambda _: ""), bank, 250)


def test_each_category_becomes_one_quiz(tmp_path: Path) -> None:
    course = made(
        "What first? {T}\n\n$CATEGORY: One\n\nIs it so? {T}\n\n$CATEGORY: Two\n\nAnd this? {F}\n\n"
        "$CATEGORY: One\n\nAnd that? {T}\n",
        tmp_path,
    )
    asked = {page.title: page.questions for page in course.pages}
    assert asked == {
        "bank": ("what-first",),
        "One": ("is-it-so", "and-that"),
        "Two": ("and-this",),
    }
    assert all("kind: quiz\n" in course.texts[page.path] for page in course.pages)


def test_questions_without_wrong_answers_become_practice(tmp_path: Path) -> None:
    course = made("What did you do? {}\n\nWhich? {~One ~Two}\n", tmp_path)
    (page,) = course.pages
    assert course.texts[page.path] == (
        '---\nid: bank\ntitle: "bank"\n---\n::: check what-did-you-do\n\n::: check which\n'
    )


@pytest.mark.whole
@pytest.mark.parametrize(("count", "drawn"), [(200, False), (300, True)])
def test_large_bank_draws_questions_for_each_attempt(
    count: int, drawn: bool, tmp_path: Path
) -> None:
    bank = [Asked(f"Question {at}?", ("one", "two")) for at in range(count)]
    course = made(gift(bank), tmp_path)
    (page,) = course.pages
    text = course.texts[page.path]
    draw = "kind: quiz\nquiz:\n  draw:\n    - tag: drawn\n      count: 20\n---\n"
    assert text.endswith(draw) is drawn
    assert ("pages of which an attempt asks 20 questions" in course.changed) is drawn
    assert course.texts["questions/questions.yaml"].count("    - drawn\n") == count
    assert ("questions:\n  - question-0\n" in text) is not drawn
    assert "tracking:" not in course.texts["course.yaml"]


def fill_in(at: int) -> str:
    return f"What is word {at}? {{={'a long answer ' * 5}{at}}}"


def number(at: int) -> str:
    return f"How many are {at}? {{#{at}}}"


def reflection(at: int) -> str:
    return f"What do you think of {at}? {{}}"


def choice(at: int) -> str:
    return f"Which is {at}? {{=one ~two}}"


@pytest.mark.whole
@pytest.mark.parametrize("categories", [1, 60])
@pytest.mark.parametrize("count", [10, 70, 260])
@pytest.mark.parametrize(
    "kinds",
    [(fill_in,), (number,), (reflection,), (choice, fill_in, reflection, number)],
    ids=["fill-in", "numeric", "reflection", "mixed"],
)
def test_any_imported_bank_fits_trainee_progress(
    kinds: tuple[Callable[[int], str], ...], count: int, categories: int, tmp_path: Path
) -> None:
    bank = tmp_path / "bank.gift"
    asked = (
        f"$CATEGORY: Part {at * categories // count}\n\n{kinds[at % len(kinds)](at)}\n"
        for at in range(count)
    )
    bank.write_text("\n".join(asked), "utf-8")
    folder = tmp_path / "course"
    done = CliRunner().invoke(cli.main, ["import", str(bank), "-o", str(folder)])
    assert (done.exit_code, "error" in done.output) == (0, False)
    assert re.search(rf"^  questions +{count} +{count}$", done.output, re.MULTILINE)


@pytest.mark.parametrize(
    ("count", "written"),
    [(4, ""), (9, "  limit: 391\n"), (60, "  limit: 51\n"), (70, "  keep: none\n")],
)
def test_many_reflections_share_the_room_for_words(
    count: int, written: str, tmp_path: Path
) -> None:
    course = made("\n\n".join(map(reflection, range(count))), tmp_path)
    text = course.texts["questions/questions.yaml"]
    assert text.count(written or "  type: reflection\n") == count
    assert bool(written) is any(line.startswith("reflections of") for line in course.changed)


def test_unkept_reflection_reserves_no_text_space(tmp_path: Path) -> None:
    sheet = tmp_path / "bank.csv"
    rows = [f"reflection,What do you think of {at}?,{'no' if at else 'yes'}" for at in range(9)]
    sheet.write_text("\n".join(["Type,Question,Keep words", *rows]), "utf-8")
    form = formats.format_of(sheet)
    assert form is not None
    document, _ = form.read(sheet)
    assert document is not None
    text = write(document, "bank", "auto", lambda _: "").texts["questions/questions.yaml"]
    assert (text.count("  keep: none\n"), text.count("  limit:")) == (8, 0)


@pytest.mark.whole
def test_reflection_on_drawing_page_becomes_practice(tmp_path: Path) -> None:
    bank = tmp_path / "bank.gift"
    asked = [choice(at) for at in range(300)]
    asked[7:7] = [reflection(at) for at in range(30)]
    bank.write_text("\n\n".join(asked), "utf-8")
    folder = tmp_path / "course"
    done = CliRunner().invoke(cli.main, ["import", str(bank), "-o", str(folder)])
    assert (done.exit_code, "error" in done.output) == (0, False)
    page = (folder / "pages" / "bank.md").read_text("utf-8")
    assert re.findall("^::: check (.*)$", page, re.MULTILINE) == [
        f"what-do-you-think-of-{at}" for at in range(30)
    ]
    questions = (folder / "questions" / "questions.yaml").read_text("utf-8")
    reflections = [one for one in questions.split("\n\n") if "type: reflection" in one]
    assert not any("drawn" in one or "unsure" in one for one in reflections)
    built = CliRunner().invoke(cli.main, ["build", str(folder), "-o", str(tmp_path / "dist")])
    assert built.exit_code == 0
