"""The report of a build, as text and as JSON."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click import unstyle

from builder.cli import explain, report
from builder.course import interface
from builder.course.marks import Mark, Need
from builder.diagnostics.codes import CATALOGUE, problem
from builder.diagnostics.diagnostic import Position
from builder.package.artifacts import Result, Summary
from tests.support.courses import page

COURSE = Path("my course")
BROKEN = problem("heading-top", Position("pages/a.md", 7, 1))
UNSET = [
    problem("variable-unset", Position("course.yaml", line, 3), name=name, label=label, shown="?")
    for line, name, label in ((20, "lead", "the lead"), (24, "board", "the board"))
]
SUMMARY = Summary(
    path=Path("dist/a-1.0.zip"),
    title="First aid",
    version="1.0",
    language="en-GB",
    interface=interface.spoken("en-GB"),
    draft=True,
    pages=10,
    questions=16,
    minutes=30,
    size=61_500,
    worst_state=1936,
    digest="0123456789abcdef" * 4,
    key=Path("dist/a-1.0-key.csv"),
)


def test_problem_report_gives_place_message_and_advice() -> None:
    assert unstyle(report.text(Result((BROKEN,), None), COURSE)) == (
        "No package was made: fix 1 problem.\n\n"
        f"{COURSE / 'pages/a.md'}:7:1: error heading-top This heading has level 1, but only the "
        "page's title has level 1.\n"
        "    Start the headings of a page with ## instead of #.\n\n"
        "More about a problem, with an example: scorm-builder explain heading-top"
    )


def test_only_a_package_that_is_there_is_unchanged() -> None:
    output = report.text(Result((BROKEN,), None, kept=True), COURSE)
    assert output.startswith(
        "No package was made: fix 1 problem. The earlier package was not changed.\n\n"
    )


def test_no_control_character_reaches_the_terminal() -> None:
    evil = "\x1b]0;pwned\x07\x9b2J\u202e\n\u2028"
    found = problem("media-missing", Position(f"pages/{evil}.md"), file=evil, did_you_mean="")
    hint = replace(found, hint=evil)
    summary = replace(SUMMARY, title=evil, older_drafts=(Path(evil),), path=Path(evil))
    shown = r"\x1b]0;pwned\x07\x9b2J\u202e\n\u2028"
    for result in (Result((found, hint), None), Result((), summary)):
        output = unstyle(report.text(result, COURSE))
        assert output.count(shown) == 3 + (result.summary is None) * 2
        assert not set(output) & set(evil) - set("]0;pwned2J\n")
    assert set(report.as_json(Result((found,), summary))) & set(evil) == set("]0;pwned2J\n")


def test_pass_marks_are_said_in_right_answers_and_once() -> None:
    def mark(name: str, percent: int, need: Need | None, shared: bool = False) -> Mark:
        return Mark(page(name), percent, shared, need, 9_000)

    marks = (
        mark("one", 80, None, shared=True),
        mark("two", 80, None, shared=True),
        mark("exam", 80, Need(4, 4)),
        mark("test", 80, Need(4, 4)),
        mark("own", 75, Need(3.2, 4, points=True)),
        mark("drawn", 60, None),
    )
    made = Result((), replace(SUMMARY, marks=marks))
    lines = unstyle(report.text(made, COURSE)).splitlines()
    assert [line.strip() for line in lines if "Pass mark" in line] == [
        "Pass mark 80% of “One”, “Two” together",
        "Pass mark “Exam”, “Test”: 4 of 4 (80%)",
        "Pass mark “Own”: 3.2 of 4 points (75%)",
        "Pass mark “Drawn”: 60%",
    ]
    data = json.loads(report.as_json(made))["package"]["pass_marks"]
    assert data[0] == {"page": "one", "percent": 80, "together": True, "needs": None}
    assert data[4]["needs"] == {"enough": 3.2, "of": 4, "points": True}


def test_an_older_draft_beside_a_release_is_listed() -> None:
    drafts = (Path("dist/a-0.9-draft.zip"), Path("dist/a-1.0-draft.zip"))
    release = replace(SUMMARY, draft=False, older_drafts=drafts[:1])
    output = report.text(Result((), release), COURSE)
    assert output.splitlines()[-1] == f"An older draft is still here: {drafts[0]}"
    output = report.text(Result((), replace(release, older_drafts=drafts)), COURSE)
    assert output.splitlines()[-1] == f"Older drafts are still here: {drafts[0]}, {drafts[1]}"


SUMMED_UP = (
    f"Made the draft {SUMMARY.path}\n"
    f"  Folder    {SUMMARY.path.absolute().parent}\n"
    "  Course    First aid, version 1.0\n"
    "  Language  English (en-GB)\n"
    "  Pages     10, about 30 minutes\n"
    "  Questions 16\n"
    "  Size      62 KB\n"
    "  Progress  at most 1,936 of 4,096 characters for each trainee\n"
    "  Digest    0123456789abcdef\n"
    f"  Answers   {SUMMARY.key} explains the answers in LMS reports\n\n"
)


def test_draft_reasons_are_hidden_until_errors_are_fixed() -> None:
    wrong = problem("question-unknown", Position("pages/a.md", 3), question="q", did_you_mean="")
    result = Result((*UNSET, wrong), None)
    output = unstyle(report.text(result, COURSE))
    assert output == (
        "No package was made: fix 1 problem.\n\n"
        f"{COURSE / 'pages/a.md'}:3: error question-unknown There is no question “q”.\n"
        "    Check the spelling, or add the question to a file in questions/.\n\n"
        "The course is also a draft. Fix the errors to see the open points.\n\n"
        "More about a problem, with an example: scorm-builder explain question-unknown"
    )
    whole = unstyle(report.text(result, COURSE, verbose=True))
    assert "2 points are open" in whole
    assert "variable-unset “board” is not set" in whole


def test_draft_summary_precedes_its_reasons() -> None:
    place = COURSE / "course.yaml"
    assert unstyle(report.text(Result(tuple(UNSET), SUMMARY), COURSE)) == (
        f"{SUMMED_UP}"
        "The course is a draft: 2 points are open, and a release would be refused.\n\n"
        f"{place}:20:3: warning variable-unset “lead” is not set: the lead.\n"
        f"{place}:24:3: warning variable-unset “board” is not set: the board.\n"
        "    Write its value after “value:”. Trainees now read “?”."
    )


def test_similar_problems_are_folded_unless_verbose() -> None:
    place = COURSE / "questions/a.yaml"
    found = [
        problem(
            "question-unapproved",
            Position("questions/a.yaml", line, 3),
            question=f"q{line}",
            typed=f"question/q{line}",
        )
        for line in range(1, 70, 10)
    ]
    unused = [
        problem("media-unused", Position(f"media/{at}.png"), fix="Delete it, or use it on a page.")
        for at in range(6)
    ]
    result = Result(tuple(unused + found), SUMMARY)
    hint = (
        "    Ask the course's owner to check it. Then record the approval, with the owner's name "
        'instead of NAME: scorm-builder approve "my course" --by "NAME" question/q1'
    )
    output = unstyle(report.text(result, COURSE))
    media = COURSE / "media"
    assert output.removeprefix(SUMMED_UP) == (
        f"{media / '0.png'}: warning media-unused No page uses this file, so it is not part of the "
        "package.\n"
        f"{media / '1.png'}: warning media-unused No page uses this file, so it is not part of the "
        "package.\n"
        f"{media / '2.png'}: warning media-unused No page uses this file, so it is not part of the "
        "package.\n"
        "    Delete it, or use it on a page.\n"
        f"    3 more like this: {media / '3.png'}, {media / '4.png'}, {media / '5.png'}\n\n"
        "The course is a draft: 7 points are open, and a release would be refused.\n\n"
        f"{place}:1:3: warning question-unapproved The question “q1” is not approved.\n"
        f"{hint}\n"
        f"    6 more like this: {place}:11, {place}:21, {place}:31, {place}:41, …\n\n"
        '“scorm-builder build "my course" --verbose” lists all 13: 7 open points and 6 more.'
    )
    whole = unstyle(report.text(result, COURSE, verbose=True))
    assert whole.count(" question-unapproved ") == 7
    assert whole.count(" media-unused ") == 6
    assert "more like this" not in whole


def test_a_problem_shows_its_lines_of_source(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.md").write_text("One\n\n# \x1b[31mTwo\nThree\n", "utf-8")
    found = replace(BROKEN, position=Position("pages/a.md", 3, 1))
    assert unstyle(report.text(Result((found,), None), tmp_path)).splitlines()[2:-2] == [
        f"{tmp_path / 'pages/a.md'}:3:1: error heading-top {BROKEN.message}",
        r"    3 | # \x1b[31mTwo",
        "      | ^",
        "    4 | Three",
        "    Start the headings of a page with ## instead of #.",
    ]
    flood = Result(tuple(replace(found, message=f"{at}") for at in range(99)), None)
    assert report.text(flood, tmp_path).count("4 | Three") == 40
    assert report.text(flood, tmp_path, verbose=True).count("4 | Three") == 99


def test_lines_of_a_bank_from_older_windows_show_its_letters(tmp_path: Path) -> None:
    (tmp_path / "bank.csv").write_bytes("Question;Right answer\nWelche Tür?;\n".encode("cp1252"))
    found = replace(BROKEN, position=Position("bank.csv", 2))
    assert unstyle(report.text(Result((found,), None), tmp_path)).splitlines()[3:5] == [
        "    1 | Question;Right answer",
        "    2 | Welche Tür?;",
    ]


@pytest.mark.parametrize("line", [1, 3])
def test_a_workbook_or_zip_has_no_lines_to_show(tmp_path: Path, line: int) -> None:
    (tmp_path / "bank.xlsx").write_bytes(b"PK\x03\x04\x14\0\0\0\x08\nA\nB\nC\n")
    found = replace(BROKEN, position=Position("bank.xlsx", line, 1))
    assert unstyle(report.text(Result((found,), None), tmp_path)).splitlines()[2:-2] == [
        f"{tmp_path / 'bank.xlsx'}:{line}:1: error heading-top {BROKEN.message}",
        "    Start the headings of a page with ## instead of #.",
    ]


def test_unreviewed_interface_texts_are_reported() -> None:
    welsh = replace(SUMMARY, language="cy", interface=interface.spoken("cy"))
    output = unstyle(report.text(Result((), welsh), COURSE))
    assert (
        "  Language  Welsh (cy); no native speaker has reviewed the interface's texts yet\n"
    ) in output
    package = json.loads(report.as_json(Result((), welsh)))["package"]
    assert package["language"] == "cy"
    assert package["interface"] == {"language": "cy", "reviewed": False}


def test_unwritable_output_folder_is_named_unchanged() -> None:
    unwritable = problem("output-unwritable", Position("out"), reason="the disk is full")
    assert (
        unstyle(report.text(Result((unwritable,), None), COURSE))
        .splitlines()[2]
        .startswith("out: error ")
    )


def test_json_has_everything() -> None:
    output = json.loads(report.as_json(Result((BROKEN,), SUMMARY)))
    assert output["made"] is True
    assert output["package"]["path"] == "dist/a-1.0.zip"
    assert output["package"]["worst_state"] == 1936
    assert output["package"]["key"] == "dist/a-1.0-key.csv"
    assert output["diagnostics"] == [
        {
            "path": "pages/a.md",
            "line": 7,
            "column": 1,
            "severity": "error",
            "code": "heading-top",
            "message": "This heading has level 1, but only the page's title has level 1.",
            "hint": "Start the headings of a page with ## instead of #.",
            "draft": False,
        }
    ]


def test_every_code_is_explained_without_a_gap() -> None:
    for rule in CATALOGUE.values():
        explained = explain.explanation(rule).partition("\n\nWrong")[0]
        assert explained.startswith(rule.code)
        as_authors_write = ("{{ ", "{#id}", "{width=50%}")
        for written in as_authors_write:
            explained = explained.replace(written, "")
        # The ids of scenes and the marks of choices; a placeholder has neither "#" nor a dot.
        explained = re.sub(r"\{#[^{}]*\}|\{\S \.\w+\}", "", explained)
        assert "{" not in explained
    assert len(explain.catalogue(CATALOGUE.values()).splitlines()) == len(CATALOGUE)


def test_at_most_a_hundred_errors_of_each_code_are_listed() -> None:
    unused = [
        problem("media-unused", Position(f"media/{at}.png"), fix="Delete it, or use it on a page.")
        for at in range(1300)
    ]
    found = tuple(
        unused
        + [
            problem(
                "link-broken",
                Position("pages/a.md", at),
                target="b.md",
                problem="x",
                fix="y",
                did_you_mean="",
            )
            for at in range(1, 151)
        ]
    )
    words = report.text(Result(found, None), Path("course"))
    assert words.count(" link-broken ") == 100
    assert "Left out: 50 more of link-broken." in words
    assert words.count(" media-unused ") == 3
    assert "1,297 more like this" in words
    assert "\n\n“scorm-builder build course --verbose” lists all 1,450.\n\nMore about" in words
    assert len(words) < 30_000
    assert len(json.loads(report.as_json(Result(found, None)))["diagnostics"]) == 1450
