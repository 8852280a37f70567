"""``scorm-builder build --refresher``: what is new, what can be shown by test, what is refused."""

import json
import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from click.testing import CliRunner, Result

from builder import cli
from builder.course import judging
from builder.updating import news as news_of_pages
from builder.updating import read_contents
from builder.updating.refreshing import compose_refresher
from tests.support.golden import GOLDEN
from tests.support.translations import write_po
from tests.updating.refreshed_course import COURSE, PAGES, QUESTIONS, version, write_course
from tests.verify.packages import SOUND, pack

OLD = "old/fire-safety-1.0.0.zip"
CODE = "[2-9A-Z]{4}-[2-9A-Z]{4}"
BELLS = PAGES["bells"]
RELEASED = Path(__file__).resolve().parent.parent / "browser/released/before-certificates.zip"


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cli, "_today", lambda: date(2026, 12, 1))
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, arguments, catch_exceptions=False)


def completed(**edits: str) -> None:
    """Write and build the version that people completed."""
    write_course(Path("before"), **edits)
    name, content = built(tuple(edits.items()))
    Path("old").mkdir(exist_ok=True)
    Path("old", name).write_bytes(content)


@cache
def built(edits: tuple[tuple[str, str], ...]) -> tuple[str, bytes]:
    """The name of the package of a course with these edits, and its content."""
    with TemporaryDirectory() as folder:
        course = write_course(Path(folder, "course"), **dict(edits))
        result = run("build", str(course), "-o", folder)
        assert result.exit_code == 0, result.stderr
        [package] = Path(folder).glob("*.zip")
        return package.name, package.read_bytes()


def refresher(*options: str, old: str = OLD, **edits: str) -> dict[str, Any]:
    """Build a refresher of version 2.0.0 with these edits: what the command says as JSON."""
    shutil.rmtree("after", ignore_errors=True)
    write_course(Path("after"), **{"course": version("2.0.0"), **edits})
    command = ("build", "after", "-o", "new", "--refresher", "--since", old, "--json", *options)
    said: dict[str, Any] = json.loads(run(*command).stdout)
    return said


def refused(*options: str, old: str = OLD, **edits: str) -> list[str]:
    said = refresher(*options, old=old, **edits)
    assert not said["made"]
    return [one["code"] for one in said["diagnostics"] if one["severity"] == "error"]


def files(said: dict[str, Any]) -> dict[str, bytes]:
    with zipfile.ZipFile(said["package"]["path"]) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def outline(said: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files(said)["course.json"])
    return found


def news(said: dict[str, Any]) -> dict[str, str]:
    found: dict[str, str] = outline(said)["refresher"]["news"]
    return found


def page(said: dict[str, Any], name: str) -> str:
    [script] = [text for path, text in files(said).items() if path.startswith(f"pages/{name}-")]
    found = re.search(rf'add\("page","{name}",', script.decode())
    assert found
    html: str = json.JSONDecoder().raw_decode(script.decode(), found.end())[0]["html"]
    return html


def labels(said: dict[str, Any], name: str) -> list[str]:
    """The marked texts of a page: each label with the first three words after it."""
    html = page(said, name)
    found = re.findall(
        r'<span class="(?:news-label[^"]*|unseen)">(New|Changed)(?:: )?</span> ([^<]*)', html
    )
    return [f"{kind}: {' '.join(words.split()[:3])}" for kind, words in found]


EDITED = BELLS.replace("A short bell is a test.", "A short bell is only a test.\n\nStay calm then.")


def test_refresher_requires_changed_pages_and_tests_the_rest() -> None:
    completed()
    said = refresher(bells=EDITED)
    assert news(said) == {"bells": "changed"}
    assert labels(said, "bells") == ["Changed: A short bell", "New: Stay calm then."]
    asks = said["package"]["refresher"]
    [must_read] = asks["must_read"]
    assert re.fullmatch(f"bells “Bells”: changed, {CODE}", must_read)
    assert asks["judge"] == [
        "If nobody needs to read a change, write “minor:” and its code in the front matter of the "
        "page."
    ]
    assert asks["tests"] == [
        "“Alarms”: 2 questions about 1 page.",
        "“Fires”: 2 questions about 2 pages.",
    ]
    assert asks["no_test"] == [
        "“The end”: every page must be read or done.",
        "Pages outside modules: “Welcome” must be read, because too few scored questions have it "
        "as “source:”.",
    ]
    # welcome 1, bells 5, quiz 3, checklist 2, and a minute for each question
    assert asks["effort"] == [
        "7 pages and 4 questions, about 15 minutes for a trainee who passes every test. The "
        "whole course has 7 pages, about 28 minutes."
    ]
    tests = {one["id"]: one for one in outline(said)["pages"] if one["kind"] == "test-out"}
    assert [sorted(one["quiz"]) for one in tests.values()] == [["exits", "meet"], ["oil", "wood"]]


def test_outcome_questions_sets_how_many_each_test_asks() -> None:
    completed()
    said = refresher("--outcome-questions", "1", bells=EDITED)["package"]["refresher"]
    assert said["tests"] == [
        "Pages outside modules (“Welcome”): 1 question about 1 page.",
        "“Alarms”: 1 question of 2 about 1 page.",
        "“Fires”: 1 question of 2 about 2 pages.",
    ]
    said = refresher("--outcome-questions", "3", bells=EDITED)["package"]["refresher"]
    assert "tests" not in said


def test_pages_outside_modules_are_named_in_one_sentence() -> None:
    completed()
    end = "  - module: The end\n    pages: [quiz.md, checklist.md]\n"
    apart = version("2.0.0").replace(end, "")
    apart = apart.replace("  - module: Fires", "  - quiz.md\n  - module: Fires")
    apart = apart.replace("tracking:", "  - tools.md\n  - checklist.md\ntracking:")
    apart = apart.replace("[kinds.md, tools.md]", "[kinds.md]")
    said = refresher(course=apart, bells=EDITED)["package"]["refresher"]["no_test"]
    assert [one for one in said if "outside" in one] == [
        "Pages outside modules: “Welcome”, “Tools”, “Checklist” must be read, because too few "
        "scored questions have one of them as “source:”; “Quiz” must be read or done."
    ]
    said = refresher(
        course=apart,
        bells=EDITED,
        welcome=PAGES["welcome"].replace("is about", "is only about"),
        tools=PAGES["tools"].replace("red", "blue"),
    )["package"]["refresher"]["no_test"]
    assert [one for one in said if "outside" in one] == [
        "Pages outside modules: “Quiz”, “Checklist” must be read or done."
    ]


def test_the_build_warns_of_tests_passed_by_guessing() -> None:
    completed()
    found = refresher(bells=EDITED)["diagnostics"]
    messages = [one["message"] for one in found if one["code"] == "refresher-guessable"]
    assert messages == [
        "About 25 of 100 people who only guess would pass the test of “Alarms” (2 questions, "
        "1 try).",
        "About 25 of 100 people who only guess would pass the test of “Fires” (2 questions, "
        "1 try).",
    ]


def test_refresher_keeps_authors_test_out_rules() -> None:
    own = version("2.0.0").replace(
        "pages: [bells.md, exits.md]",
        "pages: [bells.md, exits.md]\n    test_out: {count: 1, attempts: 2, pass_mark: 60}",
    )
    completed()
    said = refresher(course=own, bells=EDITED)
    assert said["package"]["refresher"]["tests"][0] == "“Alarms”: 1 question of 3 about 1 page."
    [test, _] = [one for one in outline(said)["pages"] if one["kind"] == "test-out"]
    assert (test["rules"]["attempts"], test["rules"]["pass_mark"]) == (2, 60)


def test_the_package_has_its_own_name_identifiers_and_title() -> None:
    completed()
    said = refresher(bells=EDITED)
    whole = json.loads(run("build", "after", "-o", "whole", "--json").stdout)
    digest = outline({"package": {"path": OLD}})["digest"]
    assert Path(said["package"]["path"]).name == (
        f"fire-safety-2.0.0-refresher-since-1.0.0-{digest[:6]}.zip"
    )
    assert Path(said["package"]["key"]).is_file()
    found = outline(said)
    assert found["identifiers"]["item"].endswith(f"-fire-safety-refresher-{digest[:10]}")
    assert found["identifiers"] != outline(whole)["identifiers"]
    assert (found["id"], found["version"]) == ("fire-safety", "2.0.0")
    assert found["title"] == said["package"]["title"] == "Fire safety: refresher 2027"
    assert outline(whole)["title"] == "Fire safety"
    assert "refresher" not in outline(whole)
    assert b"<title>Fire safety: refresher 2027</title>" in files(said)["imsmanifest.xml"]


@pytest.mark.whole
def test_refresher_is_reproducible_and_differs_by_earlier_package() -> None:
    completed()
    first = refresher(bells=EDITED)
    bytes_before = Path(first["package"]["path"]).read_bytes()
    again = refresher(bells=EDITED)
    assert Path(again["package"]["path"]).read_bytes() == bytes_before
    shutil.rmtree("old")
    completed(tools=PAGES["tools"].replace("red", "blue"))
    other = refresher(bells=EDITED)
    assert outline(other)["identifiers"] != outline(first)["identifiers"]
    assert other["package"]["path"] != first["package"]["path"]
    assert news(other) == {"bells": "changed", "tools": "changed"}


STEPS = "2. Leave by the next exit.\n"
CHANGES: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "a new page": (
        {"course": version("2.0.0").replace("tools.md]", "tools.md, foam.md]")}
        | {"foam": "title: Foam\n---\nFoam smothers a fire.\n"},
        {"foam": "new"},
    ),
    "a raised revision": (
        {"bells": BELLS.replace("title: Bells", "title: Bells\nrevision: 2")},
        {"bells": "again"},
    ),
    "a title": ({"bells": BELLS.replace("title: Bells", "title: The bells")}, {"bells": "changed"}),
    "removed text": (
        {"bells": BELLS.replace("A short bell is a test.\n\n", "")},
        {"bells": "changed"},
    ),
    "a local value": (
        {"course": version("2.0.0").replace("Car park A", "Car park B")},
        {"exits": "changed"},
    ),
    "a practice question": (
        {"questions": QUESTIONS.replace("A long bell is a test.", "A long bell is only a test.")},
        {"bells": "changed"},
    ),
    "the feedback of a practice question": (
        {"questions": QUESTIONS.replace("The page says so.", "The page says it.", 1)},
        {"bells": "changed"},
    ),
    "the answer of a practice question": (
        {"questions": QUESTIONS.replace("answer: no", "answer: yes", 1)},
        {"bells": "changed"},
    ),
    "a question of a record": (
        {"checklist": PAGES["checklist"].replace("escape", "fire escape")},
        {"checklist": "changed"},
    ),
    "the revision of a question of the quiz": (
        {"questions": QUESTIONS.replace("  source: welcome", "  source: welcome\n  revision: 2")},
        {"welcome": "again"},
    ),
    "a renamed page": (
        {"course": version("2.0.0").replace("bells.md", "alarm-bells.md"), "bells": ""}
        | {"questions": QUESTIONS.replace("source: bells", "source: alarm-bells")}
        | {"alarm-bells": EDITED.replace("title: Bells", "title: Bells\nwas: bells")},
        {"alarm-bells": "changed"},
    ),
}


@pytest.mark.whole
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_that_counts(change: str) -> None:
    completed()
    edits, expected = CHANGES[change]
    assert news(refresher(**edits)) == expected


MARKED = "This page has changed. New and changed text is marked."
REMOVED = "Some text was removed from this page."
LONG = "A long bell means a fire."
SHORT = "A short bell is a test.\n\n"
NOTES = {
    "text was removed": (BELLS.replace(SHORT, ""), REMOVED, []),
    "a step was removed": (BELLS.replace(STEPS, ""), REMOVED, []),
    "text was removed and the title changed": (
        BELLS.replace(SHORT, "").replace("title: Bells", "title: The bells"),
        REMOVED,
        [],
    ),
    "text was removed and other text added": (
        BELLS.replace(SHORT, "").replace(LONG, f"{LONG} Two bells mean a flood."),
        f"{MARKED} {REMOVED}",
        ["Changed: A long bell"],
    ),
    "a text lost some words": (
        BELLS.replace(" at once", ""),
        f"{MARKED} {REMOVED}",
        ["Changed: Stop your work."],
    ),
    "a text lost most words": (
        BELLS.replace("Leave by the next exit", "Leave"),
        f"{MARKED} {REMOVED}",
        ["Changed: Leave."],
    ),
    "another text took its place": (
        BELLS.replace(SHORT, "Call nobody.\n\n"),
        f"{MARKED} {REMOVED}",
        ["New: Call nobody."],
    ),
    "a text was reworded": (
        BELLS.replace("by the next", "through the nearest"),
        MARKED,
        ["Changed: Leave through the"],
    ),
    "text was added": (
        BELLS.replace(STEPS, f"{STEPS}3. Wait.\n"),
        MARKED,
        ["New: Wait."],
    ),
    "a text was moved": (
        BELLS.replace(SHORT, "").replace(LONG, f"{SHORT}{LONG}"),
        MARKED,
        ["Changed: A short bell"],
    ),
}


@pytest.mark.whole
@pytest.mark.parametrize("change", NOTES)
def test_the_note_of_a_page_says_whether_text_was_removed(change: str) -> None:
    completed()
    edited, note, marks = NOTES[change]
    said = refresher(bells=edited)
    assert re.findall(r'<p class="news-note">(.*?)</p>', page(said, "bells")) == [note]
    assert labels(said, "bells") == marks


UNCHANGED: dict[str, dict[str, str]] = {
    "the version": {},
    "minutes": {"bells": BELLS.replace("minutes: 5", "minutes: 9")},
    "the order of pages": {
        "course": version("2.0.0").replace("[bells.md, exits.md]", "[exits.md, bells.md]")
    },
    "line breaks": {"bells": BELLS.replace("A long bell means", "A long bell\nmeans")},
    "a question that only the quiz asks": {
        "questions": QUESTIONS.replace("You know what to do.", "You know all that you need.")
    },
    "a locked module": {
        "course": version("2.0.0").replace(
            "  - module: Fires\n", "  - module: Fires\n    locked: welcome.md\n"
        )
    },
    "a removed page": {
        "course": version("2.0.0").replace("[kinds.md, tools.md]", "[kinds.md]"),
        "tools": "",
        "questions": QUESTIONS.partition("- id: wood")[0]
        + "- id: final"
        + QUESTIONS.partition("- id: final")[2],
    },
}


@pytest.mark.parametrize("change", UNCHANGED)
def test_without_new_text_there_is_no_refresher(change: str) -> None:
    completed()
    assert refused(**UNCHANGED[change]) == ["refresher-unchanged"]
    assert not [*Path("new").glob("*")]


def test_texts_without_common_words_are_not_compared_in_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def texts(word: str) -> str:
        return BELLS + "".join(f"\n\n{word}{at} {word}x{at}." for at in range(40))

    compared: list[object] = []

    def matcher(*arguments: Any) -> SequenceMatcher[Any]:
        compared.append(arguments)
        return SequenceMatcher(*arguments)

    monkeypatch.setattr(news_of_pages, "SequenceMatcher", matcher)
    completed(bells=texts("a"))
    refresher(bells=texts("b"))
    assert len(compared) < 40


def test_texts_count_as_new_when_too_much_was_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    completed()
    assert labels(refresher(bells=EDITED), "bells")[0].startswith("Changed")
    monkeypatch.setattr(news_of_pages, "_MAX_WORK", -1)
    assert labels(refresher(bells=EDITED), "bells")[0].startswith("New")


def test_a_moved_step_is_changed() -> None:
    completed()
    moved = BELLS.replace(
        "1. Stop your work at once.\n2. Leave by the next exit.\n",
        "1. Leave by the next exit.\n2. Stop your work at once.\n",
    )
    [label] = labels(refresher(bells=moved), "bells")
    assert label in ("Changed: Leave by the", "Changed: Stop your work")


def test_minor_change_need_not_be_read_in_refresher() -> None:
    completed()
    typo = PAGES["tools"].replace("red bottle", "red bottles")
    said = refresher(bells=EDITED, tools=typo)
    code = re.findall(CODE, said["package"]["refresher"]["must_read"][1])[0]
    judged = typo.replace("title: Tools", f"title: Tools\nminor: {code}")
    said = refresher(bells=EDITED, tools=judged)
    assert news(said) == {"bells": "changed"}
    assert said["package"]["refresher"]["minor"] == ["tools “Tools”"]
    assert "news-" not in page(said, "tools")
    assert refused(tools=judged) == ["refresher-unchanged"]
    # The code names this change only: no later change, and none since another version.
    assert news(refresher(tools=judged.replace("wood", "wood, cloth"))) == {"tools": "changed"}
    shutil.rmtree("old")
    completed(tools=typo.replace("paper", "oil"))
    assert news(refresher(tools=judged)) == {"tools": "changed"}


def test_a_raised_revision_counts_although_the_change_is_minor() -> None:
    completed()
    typo = PAGES["tools"].replace("red bottle", "red bottles")
    said = refresher(tools=typo)["package"]["refresher"]["must_read"]
    [code] = re.findall(CODE, "".join(said))
    raised = typo.replace("title: Tools", f"title: Tools\nrevision: 2\nminor: {code}")
    assert news(refresher(tools=raised)) == {"tools": "changed"}


def test_refresher_cover_lists_news_since_the_review() -> None:
    completed()
    cover = files(refresher(bells=EDITED))["index.html"].decode()
    section = re.search(r'<section class="cover-more cover-news">.*?</section>', cover, re.S)
    assert section
    assert section[0] == (
        '<section class="cover-more cover-news"><h2>What is new since March 2026</h2>\n'
        '<ul><li><a href="#/bells">Bells</a> <span class="news-label">Changed</span></li>\n</ul>\n'
        "<p>Read the other pages too. If you pass the short test of a module, you can skip its "
        "pages.</p>"
        "</section>"
    )
    assert "<li>About 15 minutes if you pass the tests</li><li>7 pages</li>" in cover


FINAL = QUESTIONS.replace(
    "answer: yes\n  explanation: The page says so.\n  source: welcome",
    ("answer: no\n  explanation: The page says so.\n  source: welcome"),
)
ASKED = "asked-again_"
WHY = (
    "The right answer to 1 question has changed since you took this course. You are asked this "
    "question again."
)


def cover(said: dict[str, Any]) -> str:
    return files(said)["index.html"].decode()


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize("rule", ["", "quiz: no"])
def test_a_changed_right_answer_is_asked_again(alone: bool, rule: str) -> None:
    completed()
    edits = {"questions": FINAL, "course": set_rules(*[rule][: bool(rule)])}
    said = refresher(**edits, **({} if alone else {"bells": EDITED}))
    assert said["made"], said["diagnostics"]
    assert news(said) == {ASKED: "again"} | ({} if alone else {"bells": "changed"})
    first = outline(said)["pages"][0]
    assert (first["id"], first["kind"], first["checks"]) == (ASKED, "page", ["final"])
    assert f"<p>{WHY}</p>" in cover(said)
    assert f'<a href="#/{ASKED}">Questions with new answers</a>' in cover(said)
    html = page(said, ASKED)
    assert "You know what to do." in html
    assert f'<p class="news-note">{WHY}</p>' in html
    assert said["package"]["refresher"]["asked"] == [
        "final: the right answer was “True” and is now “False”"
    ]


def test_a_question_that_a_quiz_may_draw_is_asked_again() -> None:
    draw = "quiz: {draw: [{count: 1, bank: bank}]}"
    drawn = PAGES["quiz"].replace("questions: [final]", draw)
    completed(quiz=drawn)
    changed = QUESTIONS.replace(
        "answer: no\n  explanation: The page says so.\n  source: kinds",
        ("answer: yes\n  explanation: The page says so.\n  source: kinds"),
    )
    said = refresher(quiz=drawn, questions=changed)
    assert outline(said)["pages"][0]["checks"] == ["oil"]


def test_a_local_value_in_the_right_answer_counts() -> None:
    where = """- id: where
  type: choice
  prompt: "Where do you go?"
  options:
    - {id: a, text: "{{ meeting.point }}", correct: yes}
    - {id: b, text: "Home"}
  explanation: The page says so.
"""
    asks = PAGES["quiz"].replace("[final]", "[final, where]")
    completed(quiz=asks, questions=QUESTIONS + where)
    course = version("2.0.0").replace("Car park A", "Car park B")
    said = refresher(quiz=asks, questions=QUESTIONS + where, course=course)
    assert outline(said)["pages"][0]["checks"] == ["where"]


def test_a_practised_answer_is_asked_on_its_page() -> None:
    completed()
    changed = QUESTIONS.replace("answer: no", "answer: yes", 1)
    said = refresher(questions=changed)
    assert news(said) == {"bells": "changed"}
    assert f"<p>{WHY}</p>" in cover(said)
    assert page(said, "bells").count(WHY) == 1
    assert said["package"]["refresher"]["must_read"] == [
        "bells “Bells”: it asks a question whose right answer has changed"
    ]
    assert "judge" not in said["package"]["refresher"]


def test_a_changed_right_answer_is_never_minor() -> None:
    completed()
    changed = QUESTIONS.replace("answer: no", "answer: yes", 1)
    write_course(Path("after"), course=version("2.0.0"), questions=changed)
    code = change_code("after", "bells")
    said = refresher(
        questions=changed, bells=BELLS.replace("title: Bells", f"title: Bells\nminor: {code}")
    )
    assert news(said) == {"bells": "changed"}


def change_code(folder: str, name: str) -> str:
    """The code of the change of a page since ``OLD``."""
    course, _ = judging.course(Path(folder), date(2026, 12, 1))
    before, _ = read_contents(Path(OLD))
    assert course
    assert before
    assert course.refreshers
    made = compose_refresher(course, before, course.refreshers, 2)
    [code] = [one.code for one in made.changes if one.id == name]
    assert code
    return code


STORY = """title: Smoke
kind: scenario
start: smoke
---
## Smoke {#smoke}

You see smoke.

- [Look for its source](#out){a .QUALITY}
- [Leave](#out){b .good}

## Outside {#out}

::: ending good
You are outside.
:::
"""
WITH_SMOKE = version("2.0.0").replace("tools.md]", "tools.md, smoke.md]")


def test_a_changed_decision_is_asked_again() -> None:
    old, new = (STORY.replace("QUALITY", one) for one in ("good", "poor"))
    completed(course=WITH_SMOKE.replace("2.0.0", "1.0.0"), smoke=old)
    assert refused(course=WITH_SMOKE, smoke=old) == ["refresher-unchanged"]
    said = refresher(course=WITH_SMOKE, smoke=new)
    assert news(said) == {"smoke": "again"}
    why = (
        "In a scenario, other decisions are good now than when you took this course. You are asked "
        "to decide again."
    )
    assert f"<p>{why}</p>" in cover(said)
    assert f'<p class="news-note">{why}</p>' in page(said, "smoke")
    assert said["package"]["refresher"]["must_read"] == [
        "smoke “Smoke”: to be done again, because what is a good decision has changed"
    ]


def test_a_new_scenario_is_on_the_cover() -> None:
    completed()
    smoke = STORY.replace("QUALITY", "poor")
    assert news(refresher(course=WITH_SMOKE, smoke=smoke)) == {"smoke": "new"}


def test_what_is_new_comes_before_the_tests() -> None:
    completed()
    course = version("2.0.0").replace(
        "tools.md]", "tools.md, foam.md, {page: sand.md, locked: tools.md}]"
    )
    foam = "title: Foam\n---\nFoam smothers a fire.\n"
    sand = "title: Sand\n---\nSand does too.\n"
    said = refresher(course=course, bells=EDITED, foam=foam, sand=sand)
    found = outline(said)
    tests = [one["id"] for one in found["pages"] if one["kind"] == "test-out"]
    assert [[*one["pages"]] for one in found["modules"][1:3]] == [
        ["bells", tests[0], "exits"],
        # A page that waits for one behind the test stays there.
        ["foam", tests[1], "kinds", "tools", "sand"],
    ]
    listed = re.findall(r'<li><a href="#/(\w+)"', cover(said))
    assert listed == ["bells", "foam", "sand"]


def test_pages_and_minutes_are_one_number_everywhere() -> None:
    completed()
    said = refresher(bells=EDITED, questions=FINAL)
    package = said["package"]
    # welcome 1, bells 5, quiz 3, checklist 2, the question 1, and a minute for each tested one
    assert (package["pages"], package["minutes"]) == (8, 16)
    assert package["refresher"]["effort"][0].startswith("8 pages and 4 questions, about 16 minutes")
    assert "<li>About 16 minutes if you pass the tests</li><li>8 pages</li>" in cover(said)
    write_course(Path("after"), course=version("2.0.0"), bells=EDITED, questions=FINAL)
    text = run("build", "after", "-o", "new", "--refresher", "--since", OLD).stdout
    numbers = re.findall(r"(\d+)(?: pages and 4 questions)?, about (\d+) minutes", text)
    assert numbers == [("8", "16"), ("8", "16")]


def test_refresher_cover_names_version_without_review_date() -> None:
    completed(course=COURSE.replace("reviewed_on: 2026-03-10\n", ""))
    old = "old/fire-safety-1.0.0.zip"
    if not Path(old).exists():
        old = "old/fire-safety-1.0.0-draft.zip"
    cover = files(refresher(old=old, bells=EDITED))["index.html"].decode()
    assert "<h2>What is new since version 1.0.0</h2>" in cover


def test_refresher_always_has_a_cover() -> None:
    bare = version("2.0.0").replace("refresher:", "cover: {show: no}\nrefresher:")
    completed()
    cover = files(refresher(course=bare, bells=EDITED))["index.html"].decode()
    assert '<article class="cover">' in cover
    assert "What is new since March 2026" in cover


def set_rules(*lines: str) -> str:
    return version("2.0.0") + "".join(f"  {line}\n" for line in lines)


def test_refresher_may_omit_quiz_record_and_their_references() -> None:
    linked = EDITED.replace("A long bell", "Then do [the quiz](quiz.md). A long bell")
    locked = set_rules("quiz: no", "record: no").replace(
        "  - module: Fires\n",
        "  - module: Fires\n    locked: {done: checklist.md, passed: quiz.md}\n",
    )
    completed()
    said = refresher(course=locked, bells=linked)
    found = outline(said)
    pages = [one["id"] for one in found["pages"] if one["kind"] != "test-out"]
    assert pages == ["welcome", "bells", "exits", "kinds", "tools"]
    assert [one["title"] for one in found["modules"]] == ["", "Alarms", "Fires"]
    assert not any("lock" in one for one in found["modules"])
    assert "<a>the quiz</a>" in page(said, "bells")
    # A record replaces the certificate, so a refresher without it has one.
    assert found["certificate"] is True
    assert outline(refresher(bells=EDITED))["certificate"] is False


@pytest.mark.parametrize("wanted", ["yes", "no"])
def test_the_author_sets_the_certificate(wanted: str) -> None:
    completed()
    said = refresher(course=set_rules(f"certificate: {wanted}"), bells=EDITED)
    assert outline(said)["certificate"] is (wanted == "yes")


def french(folder: str) -> None:
    write_po(Path(folder), "fr", lambda message: f"{message.text.replace('fire', 'feu')}")


def translated_refresher(**edits: str) -> tuple[str, ...]:
    """The command that makes the refresher of an edited course in two languages, for people who
    completed the course before."""
    write_course(Path("before"))
    french("before")
    run("build", "before", "-o", "old")
    [old] = Path("old").glob("*.zip")
    write_course(Path("after"), course=version("2.0.0"), **edits)
    french("after")
    return ("build", "after", "-o", "new", "--refresher", "--since", str(old), "--json")


@pytest.mark.whole
def test_refresher_marks_changes_in_every_language() -> None:
    command = translated_refresher(bells=EDITED)
    said = json.loads(run(*command).stdout)
    [script] = [text for name, text in files(said).items() if name.startswith("pages/bells-fr-")]
    assert script.decode().count("news-label news-changed") == 1
    assert ">Modifié</span> A short bell is only" in script.decode()
    [script] = [text for name, text in files(said).items() if name.startswith("assets/language-fr")]
    assert "Les nouveautés depuis mars 2026" in script.decode()
    only = json.loads(run(*command, "--language", "fr").stdout)
    assert "-fr" in only["package"]["path"]
    assert ">Modifié</span> A short bell is only" in page(only, "bells")
    # A package of one language is compared in this language.
    run("build", "before", "-o", "french", "--language", "fr")
    [old_french] = Path("french").glob("*.zip")
    said = json.loads(run(*command[:6], str(old_french), "--json").stdout)
    assert news(said) == {"bells": "changed"}


@pytest.mark.whole
def test_the_cover_says_why_in_every_language() -> None:
    command = translated_refresher(questions=FINAL)
    said = json.loads(run(*command).stdout)
    why = "La bonne réponse à 1 question a changé depuis que vous avez suivi ce cours."
    [script] = [text for name, text in files(said).items() if name.startswith("assets/language-fr")]
    assert why in script.decode()
    [script] = [text for name, text in files(said).items() if name.startswith(f"pages/{ASKED}-fr-")]
    assert why in script.decode()
    assert "Questions dont la réponse a changé" in script.decode()


def test_package_without_codes_is_compared_by_pages() -> None:
    folder = RELEASED.parent / "course"
    shutil.copytree(folder, "after")
    course = Path("after/course.yaml")
    text = course.read_text("utf-8")
    course.write_text(f"{text}\nrefresher: {{title: Refresher 2027}}\n", "utf-8")
    first = next(path for path in Path("after/pages").glob("*.md") if "first" in path.name)
    first.write_text(f"{first.read_text('utf-8')}\nA sentence that nobody has read.\n", "utf-8")
    result = run("build", "after", "-o", "new", "--refresher", "--since", str(RELEASED), "--json")
    said = json.loads(result.stdout)
    assert said["made"], said["diagnostics"]
    assert news(said) == {"first": "changed"}
    assert labels(said, "first")[-1] == "New: A sentence that"


def edited_outline(name: str, edit: Callable[[dict[str, Any]], None]) -> str:
    with zipfile.ZipFile(OLD) as archive:
        made = {one: archive.read(one) for one in archive.namelist()}
    outline = json.loads(made["course.json"])
    edit(outline)
    pack(Path(name), made | {"course.json": json.dumps(outline).encode()})
    return name


def test_refused_earlier_package_is_named_by_its_path() -> None:
    completed()
    other = edited_outline("other.zip", lambda one: one.update(id="water-safety"))
    write_course(Path("after"), course=version("2.0.0"), bells=EDITED)
    result = run("build", "after", "--refresher", "--since", other)
    assert "\nother.zip: error refresher-other " in result.stderr


def test_packages_that_are_refused() -> None:
    completed()
    whole = Path(OLD).read_bytes()
    Path("damaged.zip").write_bytes(whole[: len(whole) // 2])
    assert refused(old="damaged.zip", bells=EDITED) == ["package-foreign"]
    pack(Path("foreign.zip"), SOUND)
    assert refused(old="foreign.zip", bells=EDITED) == ["package-foreign"]
    pack(Path("bare.zip"), {"course.json": files({"package": {"path": OLD}})["course.json"]})
    assert refused(old="bare.zip", bells=EDITED) == ["package-foreign"]
    newer = edited_outline("newer.zip", lambda one: one.update(builder="99.0.0"))
    assert refused(old=newer, bells=EDITED) == ["refresher-builder"]
    other = edited_outline("other.zip", lambda one: one.update(id="water-safety"))
    assert refused(old=other, bells=EDITED) == ["refresher-other"]
    later = edited_outline("later.zip", lambda one: one.update(version="10.0"))
    assert refused(old=later, bells=EDITED) == ["refresher-newer"]
    spoken = edited_outline("spoken.zip", lambda one: one.update(language="cy"))
    assert refused(old=spoken, bells=EDITED) == ["refresher-language"]
    said = refresher(bells=EDITED)
    assert refused(old=said["package"]["path"], bells=EDITED) == ["refresher-since"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("version", "../../elsewhere"),
        ("version", "1\0"),
        ("version", "\ud800"),
        ("version", "9" * 5_000),
        ("version", ""),
        ("digest", "../../elsewhere"),
        ("digest", ""),
    ],
)
def test_manipulated_earlier_package_creates_no_files(key: str, value: str) -> None:
    completed()
    edited = edited_outline("edited.zip", lambda one: one.update({key: value}))
    before = sorted(Path().rglob("*"))
    assert refused(old=edited, bells=EDITED) == ["package-foreign"]
    made = {path for path in Path().rglob("*") if path.parts[0] != "after"}
    assert made == set(before)


def test_the_version_of_a_builder_can_be_any_text() -> None:
    completed()
    for text in ("9" * 5_000, "²", "١.٢"):
        assert refresher(old=made_by(text), bells=EDITED)["made"]


def made_by(builder: str) -> str:
    return edited_outline("edited.zip", lambda one: one.update(builder=builder))


def test_a_member_that_is_damaged_is_reported() -> None:
    completed()
    with zipfile.ZipFile(OLD) as archive:
        [entry] = [one for one in archive.infolist() if one.filename.startswith("pages/bells-")]
    content = bytearray(Path(OLD).read_bytes())
    start = entry.header_offset + 30 + len(entry.filename)
    content[start : start + 40] = b"\0" * 40
    Path("broken.zip").write_bytes(content)
    assert refused(old="broken.zip", bells=EDITED) == ["package-foreign"]


def test_a_course_that_cannot_have_a_refresher() -> None:
    completed()
    untitled = version("2.0.0").partition("refresher:")[0]
    assert refused(course=untitled, bells=EDITED) == ["refresher-title"]
    untracked = version("2.0.0").replace("pages: all", "pages: none")
    assert "refresher-tracking" in refused(course=untracked, bells=EDITED)
    both = untitled.replace("pages: all", "pages: none")
    assert {"refresher-title", "refresher-tracking"} <= {*refused(course=both, bells=EDITED)}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--refresher",), "--refresher needs the package that people completed"),
        (("--outcome-questions", "2"), "--outcome-questions is about the tests of a refresher"),
        (("--since", OLD, "--outcome-questions", "2"), "add --refresher"),
        (("--refresher", "--since", OLD, "--outcome-questions", "0"), "is not in the range"),
    ],
)
def test_a_wrong_command(options: tuple[str, ...], words: str) -> None:
    completed()
    result = run("build", "before", "-o", "new", *options)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.split())
    assert not Path("new").exists()


def test_a_draft_refuses_to_be_released_as_any_build_does() -> None:
    completed()
    unapproved = version("2.0.0").replace("required: []", "required: [pages]")
    said = refresher("--release", course=unapproved, bells=EDITED)
    assert not said["made"]
    assert {one["code"] for one in said["diagnostics"]} >= {"approval-missing"}
    made = refresher(course=unapproved, bells=EDITED)
    assert made["package"]["path"].endswith("-draft.zip")
    assert refresher("--release", bells=EDITED)["made"]


def test_diff_shows_what_a_refresher_would_ask() -> None:
    completed()
    said = refresher(bells=EDITED)
    compared = json.loads(run("diff", OLD, "after", "--json").stdout)
    assert compared["refresher"] == said["package"]["refresher"]
    text = run("diff", OLD, "after").stdout
    assert "A refresher would ask\n  must read  bells “Bells”: changed, " in text
    assert (
        json.loads(run("diff", "before", "after", "--json").stdout)["refresher"]
        == (compared["refresher"])
    )
    # Without “refresher:”, only how much it would ask; without news, nothing.
    course = Path("after/course.yaml")
    course.write_text(version("2.0.0").partition("refresher:")[0], "utf-8")
    assert [*json.loads(run("diff", OLD, "after", "--json").stdout)["refresher"]] == ["effort"]
    write_course(Path("same"))
    assert json.loads(run("diff", OLD, "same", "--json").stdout)["refresher"] is None


def test_diff_without_changes_says_nothing_about_refreshers() -> None:
    result = run("diff", str(GOLDEN / "course"), str(GOLDEN / "course"))
    assert "refresher" not in result.stdout
