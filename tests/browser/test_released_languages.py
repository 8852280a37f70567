"""An author's course in three languages, from its texts to a trainee: translated, released, taken
by the keyboard."""

from collections.abc import Callable, Mapping
from pathlib import Path

import polib
import pytest
from click.testing import CliRunner, Result
from playwright.sync_api import Page, expect

from builder import cli
from builder.course import interface
from tests.browser.learner import Learner
from tests.lms.scorm_again import ScormAgain, scorm_again
from tests.support.packages import unpack

FILES = {
    "course.yaml": """\
id: fire
title: When it burns
version: "1.0.0"
language: en
description: What to do first.
keywords: [fire]
owner: The safety team
rights: Free to use.
reviewed_on: 2026-01-30
review_by: 2027-01-31
interface_unread: accepted
approvals:
  required: []
pages: [first.md, second.md]
cover:
  about: For everybody in the building.
tracking:
  report: completed
""",
    "pages/first.md": """\
---
title: Put it out
minutes: 1
---
There is an extinguisher in every room.

::: check what
""",
    "pages/second.md": """\
---
title: Get out
minutes: 1
---
Leave by the **stairs**.
""",
    "questions/all.yaml": """\
- id: what
  type: fill-in
  prompt: In every room there is an ___.
  answers: [extinguisher]
  explanation: It hangs beside the door.
""",
}
TEXTS: Mapping[str, tuple[str, str]] = {
    "When it burns": ("Gdy się pali", "عند الحريق"),
    "What to do first.": ("Co zrobić najpierw.", "ما ينبغي فعله أولاً."),
    "The safety team": ("Zespół BHP", "فريق السلامة"),
    "Free to use.": ("Do dowolnego użytku.", "الاستعمال مباح."),
    "For everybody in the building.": ("Dla wszystkich w budynku.", "لكل من في المبنى."),
    "Put it out": ("Ugaś to", "أطفئه"),
    "There is an extinguisher in every room.": (
        "W każdym pokoju jest gaśnica.",
        "في كل غرفة مطفأة.",
    ),
    "Get out": ("Wyjdź", "اخرج"),
    "Leave by the **stairs**.": ("Wyjdź **schodami**.", "اخرج عبر **السلالم**."),
    "In every room there is an ___.": ("W każdym pokoju jest ___.", "في كل غرفة ___."),
    "extinguisher": ("gaśnica\ngaśnicę", "مطفأة"),
    "It hangs beside the door.": ("Wisi obok drzwi.", "معلّقة بجانب الباب."),
}
LANGUAGES = ("pl", "ar")
REPORTED = ("student_response", "result")


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "fire"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, [*arguments], catch_exceptions=False)


def translate(folder: Path, tag: str, texts: Mapping[str, str]) -> None:
    path = folder / "translations" / f"{tag}.po"
    file = polib.pofile(str(path), wrapwidth=0)
    for entry in file:
        entry.msgstr = texts.get(entry.msgid, "")
    file.save()


def released(folder: Path) -> Path:
    """The unpacked release, once every text is translated."""
    assert run("translate", "fire", *LANGUAGES).exit_code == 0
    for at, tag in enumerate(LANGUAGES):
        texts = {source: both[at] for source, both in TEXTS.items()}
        if tag == "ar":
            translate(folder, tag, texts | {"Get out": ""})
            refused = run("build", "fire", "--release")
            assert refused.exit_code == 1
            assert "translations/ar.po" in refused.stderr
            assert f"Of {len(TEXTS)} texts, 1 is not translated." in refused.stderr
        translate(folder, tag, texts)
    built = run("build", "fire", "--release")
    assert (built.exit_code, built.stderr) == (0, "")
    return unpack(folder.parent / "dist" / "fire-1.0.0.zip", folder.parent / "sco")


def in_language(learner: Learner, tag: str, title: str) -> None:
    html = learner.frame.locator("html")
    expect(html).to_have_attribute("lang", tag)
    expect(html).to_have_attribute("dir", "rtl" if tag == "ar" else "ltr")
    expect(learner.frame.get_by_role("heading", level=1)).to_have_text(title)


def answer(learner: Learner, text: str) -> str:
    """Type an answer and submit it; the class of the feedback."""
    field = learner.frame.locator(".answer [type=text]")
    label = " ".join((field.locator("xpath=ancestor::form//label").text_content() or "").split())
    learner.tab_to(label)
    learner.page.keyboard.press("Control+A")
    learner.page.keyboard.insert_text(text)
    learner.page.keyboard.press("Enter")
    feedback = learner.frame.locator(".feedback:visible")
    expect(feedback).to_have_count(1)
    return feedback.get_attribute("class") or ""


def test_trainee_takes_released_course_in_their_language(
    course: Path, launch: Callable[[ScormAgain], Learner], page: Page
) -> None:
    saved = {tag: interface.texts(tag)["player.saved"] for tag in LANGUAGES}
    with scorm_again(released(course)) as host:
        learner = launch(host)
        in_language(learner, "en", "When it burns")
        learner.press("Polski")
        in_language(learner, "pl", "Gdy się pali")
        learner.press(learner.frame.locator("#begin").inner_text())
        learner.at("Ugaś to")
        assert answer(learner, "extinguisher") == "feedback not_quite"
        assert answer(learner, "gaśnicę") == "feedback correct"
        learner.see("Wisi obok drzwi.")
        learner.told(saved["pl"])
        page.goto("about:blank")
        host.wait_for_call("LMSFinish")

        learner = launch(host)
        in_language(learner, "pl", "Gdy się pali")
        learner.press(learner.frame.locator("#begin").inner_text())
        learner.at("Ugaś to")
        expect(learner.frame.locator(".answer [type=text]")).to_have_value("gaśnicę")
        # The button in the header, then the list below it.
        learner.press("Polski")
        learner.press("العربية")
        in_language(learner, "ar", "أطفئه")
        expect(learner.frame.locator("#language-button")).to_be_focused()
        expect(learner.frame.locator(".answer [type=text]")).to_have_value("gaśnicę")
        learner.press(learner.frame.locator("#next").inner_text())
        learner.at("اخرج")
        learner.told(saved["ar"])
        page.goto("about:blank")
        host.wait_until(lambda: host.stored["cmi.core.lesson_status"] == "completed")
        told = [
            tuple(host.stored[f"cmi.interactions.{at}.{name}"] for name in REPORTED)
            for at in range(9)
            if host.stored.get(f"cmi.interactions.{at}.id") == "first--what"
        ]
        assert told == [("[pl] extinguisher", "wrong"), ("[pl] gaśnicę", "correct")]
