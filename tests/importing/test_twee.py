"""Stories in Twee 3 become scenarios: passages are scenes, links are choices, and what only a
person can decide is listed with its line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from builder import cli
from builder.course import markdown
from builder.course.scenarios.reading import read as read_scenes
from builder.diagnostics.diagnostic import Diagnostic
from builder.importing import formats, twee
from builder.importing.document.form import Document, Exit, Paragraph, one_line
from builder.importing.writing import write
from tests.importing import source
from tests.support.growth import linear

GATE = r"""
:: StoryTitle
The visitor at the gate

:: StoryData
{
	"ifid": "3F1B6E0C-7C0B-4C1A-9F6E-0B7D5D1A2C11",
	"format": "SugarCube",
	"start": "Ring"
}

:: StoryInit
<<set $calm to 0>>

:: Styles [stylesheet]
body { color: red; }

:: Let in [poor] {"position":"100,100"}
She walks past you.
<<set $calm to 1>>

You may still [[call the office->Office]] or *wait*.

:: Ring {"position":"600,400","size":"100,200"}
A visitor rings at the gate.
<<nobr>>
It is raining.
<</nobr>>

* [[Open the gate->Let in]]
* [[Office<-Call the office]]
[[Ask for a name|2nd \[try\]]]
<<link [[Shout->Office][$loud to true]]>><</link>>

:: Office
The office knows her.

:: 2nd \[try\]
She is **Ann**. See [[the rules->https://example.org/rules]].
[[Office]]
""".lstrip()
PAGE = r"""---
id: the-visitor-at-the-gate
title: "The visitor at the gate"
kind: scenario
unsure:
  - "Twee does not say how good a choice is, so every choice is fair. Judge each of them: write “.good” or “.poor” instead of “.fair” where that is right."
  - "“Ring” had macros or variables in gate.twee, lines 25, 27, 32: they are left out. Write what trainees should read."
  - "“Let in” had macros or variables in gate.twee, line 19: they are left out. Write what trainees should read."
  - "Twee does not say how good an ending is, so every ending is fair. Judge each of them: write “::: ending good” or “::: ending poor” where that is right."
---
## Ring {#ring}

A visitor rings at the gate.\
It is raining.

- [Open the gate](#let-in){a .fair}
- [Call the office](#office){b .fair}
- [Ask for a name](#scene-2nd-try){c .fair}
- [Shout](#office){d .fair}

## Let in {#let-in}

She walks past you.

You may still call the office or \*wait\*.

- [call the office](#office){a .fair}

## Office {#office}

::: ending fair
The office knows her.
:::

## 2nd \[try\] {#scene-2nd-try}

She is \*\*Ann\*\*. See [the rules](https://example.org/rules).

- [Office](#office){a .fair}
"""  # noqa: E501
AS_TWINE_EXPORTS = """\
:: StoryTitle
Stock count


:: StoryData
{
  "ifid": "A0C0F1D2-52A1-4D77-8D36-6E7A4B3B9C10",
  "format": "Harlowe",
  "format-version": "3.3.8",
  "start": "Monday",
  "tag-colors": {
    "late": "red"
  },
  "zoom": 1
}


:: Monday {"position":"525,25","size":"100,100"}
(set: $found to (random: 1, (max: 2, 3)))Two boxes are missing.

[[Count again->Second count]]
[[Report it at once->Report]]


:: Report {"position":"625,150","size":"100,100"}
The store manager thanks you.


:: Second count [late] {"position":"425,150","size":"100,100"}
(text-style: "italic")[You find a box.]

[[Report]]
"""

Import = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Import:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "_today", lambda: source.TODAY)

    def imported(text: str | bytes, *arguments: str, name: str = "gate.twee") -> Result:
        Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return CliRunner().invoke(cli.main, ["import", name, *arguments], catch_exceptions=False)

    return imported


def story(folder: Path, text: str | bytes) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    path = folder / "story.twee"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return twee.read(path)


def choices(document: Document | None) -> list[list[tuple[str, str]]]:
    """The words and targets of the choices of each scene, in order."""
    assert document
    exits = [block for block in document.blocks if isinstance(block, Exit)]
    return [[(one_line((link,)), link.address[1:]) for link in one.choices] for one in exits]


def test_a_story_becomes_a_scenario_that_builds_as_a_draft(run: Import) -> None:
    result = run(GATE)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "no word is missing" in result.stdout
    for line in ("macro, line 19", "macro, line 25 “<<nobr>>”", "passage, line 11 “StoryInit”"):
        assert line in result.stdout
    assert Path("gate/pages/the-visitor-at-the-gate.md").read_text("utf-8") == PAGE
    built = CliRunner().invoke(cli.main, ["build", "gate", "--json"], catch_exceptions=False)
    made = json.loads(built.stdout)
    assert (built.exit_code, made["package"]["draft"]) == (0, True)
    unsure = [one for one in made["diagnostics"] if one["code"] == "page-unsure"]
    assert [one["line"] for one in unsure] == [6, 7, 8, 9]


def test_a_story_as_twine_exports_it(run: Import) -> None:
    result = run(AS_TWINE_EXPORTS, "-o", "stock")
    assert "macro, line 19 “(set: $found to (random: 1, (max: 2, 3)))”" in result.stdout
    assert 'macro, line 30 “(text-style: "italic")”' in result.stdout
    page = Path("stock/pages/stock-count.md").read_text("utf-8")
    assert "## Monday {#monday}\n\nTwo boxes are missing.\n\n- [Count again](#second" in page
    assert "\n\\[You find a box.\\]\n" in page
    built = CliRunner().invoke(cli.main, ["build", "stock", "--json"], catch_exceptions=False)
    assert built.exit_code == 0


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("[[B]]", "B"),
        ("[[go->B]]", "go"),
        ("[[a->b->B]]", "a->b"),
        ("[[B<-go]]", "go"),
        ("[[go|B]]", "go"),
        ("[[ go  on -> B ]]", "go on"),
        ("[[->B]]", "B"),
        (r"[[say \[hi\]->B]]", "say [hi]"),
        ("[[go->B][$x to 1]]", "go"),
        ("<<button [[go->B]]>><<set $x to 1>><</button>>", "go"),
    ],
)
def test_the_forms_of_a_link(written: str, words: str, tmp_path: Path) -> None:
    document, problems = story(tmp_path, f":: Start\n{written}\n:: B\nEnd.\n")
    assert (choices(document), problems) == ([[(words, "B")], []], ())


def test_line_ends_marks_and_encodings_change_nothing(tmp_path: Path) -> None:
    plain = story(tmp_path, GATE)
    assert story(tmp_path, GATE.replace("\n", "\r\n")) == plain
    assert story(tmp_path, b"\xef\xbb\xbf" + GATE.encode()) == plain
    assert story(tmp_path, GATE.encode("utf-16")) == plain
    document, problems = story(tmp_path, ":: Start\nCafé.\n".encode("cp1252"))
    assert document
    assert [one.code for one in problems] == ["bank-encoding"]
    assert isinstance(end := document.blocks[-1], Exit)
    assert isinstance(text := end.blocks[0], Paragraph)
    assert one_line(text.inlines) == "Café."


FAULTY = """\
:: Start
[[Nowhere]] or [[on->B]]
:: B
End.
:: B [again]
Another end.
:: [tagged]
No name.
:: Attic
Nobody comes here.
:: StoryData
{ "start":
"""


def test_unsupported_story_lines_are_reported_with_their_line(tmp_path: Path) -> None:
    document, problems = story(tmp_path, FAULTY)
    assert document
    assert choices(document) == [[("on", "B")], []]
    assert [(one.code, one.position.line) for one in problems] == [
        *(("import-line", line) for line in (5, 7, 11, 2, 9)),
    ]
    assert {one.words for one in document.rest} == {
        *("Nowhere", "B Another end.", "No name.", "Attic Nobody comes here."),
    }


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is empty, not a text file, or larger than 1 MB"),
        (b":: A\n\0", "it is empty, not a text file, or larger than 1 MB"),
        (b":: A\n" + b"word " * 300_000, "it is empty, not a text file, or larger than 1 MB"),
        (b"No passage.\n : : A", "no line starts with “::” and the name of a passage"),
        (b":: A\n" * 1_001, "it has more than 1,000 passages"),
        (b":: A\n" + b"$a" * 20_001, "more than 20,000 macros and links in it are not imported"),
        (b":: StoryTitle\nOnly a title", "it has no passage with a text for trainees"),
        (b":: Code [script]\nlet a", "it has no passage with a text for trainees"),
    ],
)
def test_a_file_without_a_story_is_refused(content: bytes, reason: str, tmp_path: Path) -> None:
    document, problems = story(tmp_path, content)
    assert document is None
    assert [str(one) for one in problems] == [
        f"story.twee: error import-story This story in Twee cannot be imported: {reason}."
    ]


@pytest.mark.parametrize(
    ("written", "macro"),
    [
        ("<<if $calm>>It rains.<<else>>It snows.<</if>>", "<<if $calm>>"),
        ("<< switch $calm >><<case 1>>It rains.<</switch>>", "<< switch $calm >>"),
        ("(if: $calm)[It rains.](else:)[It snows.]", "(if: $calm)"),
        ("(Unless: $calm)[It rains.]", "(Unless: $calm)"),
    ],
)
def test_condition_is_refused_with_its_line(written: str, macro: str, tmp_path: Path) -> None:
    form = ':: StoryData\n{"format": "Harlowe"}\n' if macro[0] == "(" else ""
    above = form.count("\n")
    document, problems = story(
        tmp_path, f"{form}:: Start\n[[B]]\n{written}\n:: B\nEnd.\n\n{written}\n"
    )
    assert document is None
    said = (
        f"error import-story This story in Twee cannot be imported: “{macro}” decides what is "
        "shown, and a scenario has no conditions."
    )
    assert [str(one) for one in problems] == [
        f"story.twee:{above + line}: {said}" for line in (3, 7)
    ]
    assert "Write a passage for each case" in problems[0].hint


def test_the_start_is_named_or_the_first_passage(tmp_path: Path) -> None:
    document, problems = story(tmp_path, ":: A\n[[B]]\n:: B\n[[A]]\n")
    assert choices(document) == [[("B", "B")], [("A", "A")]]
    assert ["“A”: no passage is called “Start”" in one.message for one in problems] == [True]
    document, problems = story(tmp_path, ":: A\nEnd.\n:: Start\n[[A]]\n")
    assert (choices(document), problems) == ([[("A", "A")], []], ())


def test_a_start_that_is_null_is_none(tmp_path: Path) -> None:
    """Some programs write it so."""
    data = ':: StoryData\n{"start": null}\n'
    _, problems = story(tmp_path, f"{data}:: A\nEnd.\n")
    assert ["“A”: no passage is called “Start”" in one.message for one in problems] == [True]
    document, problems = story(tmp_path, f"{data}:: A\nEnd.\n:: Start\n[[A]]\n")
    assert (choices(document), problems) == ([[("A", "A")], []], ())


def test_a_line_that_only_looks_like_a_header_is_text(tmp_path: Path) -> None:
    document, problems = story(tmp_path, ":: Start\n\\:: No header\nEnd.\n")
    assert (choices(document), problems) == ([[]], ())
    assert ":: No header" in str(document)
    assert "\\\\::" not in str(document)


def test_story_cannot_be_imported_a_second_time(run: Import) -> None:
    run(GATE)
    result = run(GATE.replace("* [[Open the gate->Let in]]\n", ""), "--into", "gate")
    assert result.exit_code == 2
    assert "“gate.twee” is a story, and a story can be imported only once" in result.stderr
    assert Path("gate/pages/the-visitor-at-the-gate.md").read_text("utf-8") == PAGE


def test_other_files_of_the_course_can_be_imported_again(run: Import) -> None:
    Path("bank.gift").write_text("Is it wet?{T}\n", "utf-8")
    run(GATE, "bank.gift")
    Path("bank.gift").write_text("Is it wet?{T}\n\nIs it cold?{F}\n", "utf-8")
    arguments = ["import", "bank.gift", "--into", "gate"]
    result = CliRunner().invoke(cli.main, arguments, catch_exceptions=False)
    assert (result.exit_code, result.stderr) == (0, "")
    assert Path("gate/pages/the-visitor-at-the-gate.md").read_text("utf-8") == PAGE


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.twee", "::Title:: Is it wet?{T}", "Twee"),
        ("a.txt", ":: StoryTitle\nThe gate\n\n:: Start\nWhere {here}?\n", "Twee"),
        ("a.txt", ":: StoryData {}\n{}\n", "Twee"),
        ("a.txt", "::StoryTitle:: Is it wet?{T}", "GIFT"),
    ],
)
def test_the_format_is_detected(name: str, content: str, form: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(content, "utf-8")
    found = formats.format_of(path)
    assert found is not None
    assert found.name == form


NAMES = st.text("aB 2é北{}[]\\:#-", min_size=1, max_size=70).filter(
    lambda name: bool(name.split()) and name.strip() != "Start"
)
STORIES = st.lists(NAMES, min_size=1, max_size=6, unique_by=lambda name: " ".join(name.split()))


def escaped(name: str) -> str:
    return "".join(f"\\{one}" if one in "[]{}\\" else one for one in name)


@pytest.mark.whole
@given(STORIES)
def test_any_names_give_scenes_without_faults(names: list[str]) -> None:
    passages = [":: Start", *(f"[[{at}->{escaped(name)}]]" for at, name in enumerate(names))]
    passages += [f":: {escaped(name)} [end]\nText." for name in names]
    with_lines = list(twee._passages("\n".join(passages)))
    document = twee._StoryReader(Path("a.twee"), with_lines).document()
    assert len(choices(document)[0]) == len(names)
    made = write(document, "a", "heading-2", lambda _: "")
    [page] = made.pages
    found = read_scenes(markdown.parse(made.texts[page.path].split("\n---\n", 1)[1]))
    assert found.faults == ()
    assert [len(scene.choices) for scene in found.scenes] == [len(names), *(0 for _ in names)]


@pytest.mark.whole
@pytest.mark.parametrize(
    "piece",
    ["[[", "[[a->b", "<<", "<<a ", "(a:", "(a: (", "$a ", "[[Start]]", "\n\n", ":: a\n", "\\"],
)
def test_a_long_passage_is_read_in_its_length(piece: str, tmp_path: Path) -> None:
    def text(n: int) -> Path:
        path = tmp_path / f"{n}.twee"
        many = piece * (n // len(piece))
        path.write_text(f':: StoryData\n{{"format":"Harlowe"}}\n:: Start\n{many}\n', "utf-8")
        return path

    def work(path: Path) -> None:
        document, _ = twee.read(path)
        if document:
            write(document, "story", "auto", lambda _: "")

    linear(work, text, 4_000)
