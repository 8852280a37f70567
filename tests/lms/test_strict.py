"""The strict run-time itself: what the standard allows is taken, what it does not is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.lms.scorm_again import ScormAgain
from tests.lms.test_scorm_again import SCO, launch

FORMATS = {
    "true-false": (["t", "f", "1", "0"], ["true", "", "{t}"], ["t"], ["x"]),
    "choice": (["a", "a,c", "9"], ["{a}", "a, c", "ac", "A", ""], ["a", "{a,c}", "a,c"], ["{a"]),
    "fill-in": (["two words", "", "x" * 255], ["x" * 256], ["two words"], ["x" * 256]),
    "matching": (["1.a", "1.a,2.b"], ["1.a;2.b", "{1.a}", "1-a", ""], ["{1.a,2.b}"], ["1,a"]),
    "sequencing": (["c,a,b"], ["{c,a,b}", "c.a"], ["c,a,b"], ["c a b"]),
    "performance": (["done", ""], ["x" * 256], ["done"], ["x" * 256]),
    "likert": (["a", "5", ""], ["a,b", "{a}"], [""], ["a"]),
    "numeric": (["1", "-2.50", ".5", "18"], ["1,5", "ten", ""], ["18"], ["17:19", "[17,19]"]),
}


@pytest.fixture
def run(page: Page, host: Callable[..., ScormAgain], tmp_path: Path) -> Callable[[str], object]:
    (tmp_path / "index.html").write_text(SCO)
    return launch(page, host(tmp_path, strict=True))


@pytest.mark.parametrize("kind", FORMATS)
def test_responses_and_patterns_by_type(run: Callable[[str], object], kind: str) -> None:
    taken, refused, patterns, no_patterns = FORMATS[kind]
    assert run(f"set('cmi.interactions.0.type', '{kind}')") == "true,0"
    for element, good, bad in (
        ("student_response", taken, refused),
        ("correct_responses.0.pattern", patterns, no_patterns),
    ):
        said = {one: run(f"set('cmi.interactions.0.{element}', '{one}')") for one in good + bad}
        assert said == dict.fromkeys(good, "true,0") | dict.fromkeys(bad, "false,405")


def test_the_type_comes_first(run: Callable[[str], object]) -> None:
    assert run("set('cmi.interactions.0.id', 'page--question')") == "true,0"
    assert run("set('cmi.interactions.0.student_response', 'a')") == "false,405"


@pytest.mark.parametrize(
    ("element", "value", "said"),
    [
        ("cmi.core.lesson_status", "not attempted", "false,405"),
        ("cmi.core.lesson_status", "Passed", "false,405"),
        ("cmi.core.score.raw", "100.01", "false,405"),
        ("cmi.core.score.raw", "99.5", "true,0"),
        ("cmi.core.exit", "normal", "false,405"),
        ("cmi.core.session_time", "00:61:00", "false,405"),
        ("cmi.core.session_time", "0000:01:00.50", "true,0"),
        ("cmi.core.student_name", "Me", "false,403"),
        ("cmi.core._children", "all", "false,402"),
        ("cmi.core.mood", "fine", "false,201"),
        ("cmi.suspend_data", "x" * 4096, "true,0"),
        ("cmi.suspend_data", "x" * 4097, "false,405"),
        ("cmi.suspend_data", "é", "false,405"),
        ("cmi.interactions.1.id", "beyond-the-end", "false,201"),
        ("cmi.interactions.0.id", "two words", "false,405"),
        ("cmi.interactions.0.result", "incorrect", "false,405"),
        ("cmi.interactions.0.result", "0.5", "true,0"),
        ("cmi.interactions.0.time", "24:00:00", "false,405"),
        ("cmi.interactions.0.correct_responses.1.pattern", "a", "false,201"),
    ],
)
def test_elements_and_values(
    run: Callable[[str], object], element: str, value: str, said: str
) -> None:
    assert run(f"set('{element}', '{value}')") == said


def test_what_is_written_only_cannot_be_read(run: Callable[[str], object]) -> None:
    run("set('cmi.interactions.0.id', 'one')")
    assert run("get('cmi.interactions.0.id') + API.LMSGetLastError()") == "404"
    assert run("get('cmi.interactions._count')") == "1"
    assert run("get('cmi.core._children') !== ''") is True


def test_one_session(run: Callable[[str], object]) -> None:
    said = "API.LMSInitialize('') + API.LMSGetLastError()"
    assert run(said) == "false101"
    assert run("API.LMSCommit('now') + API.LMSGetLastError()") == "false201"
    assert run("API.LMSFinish('') + API.LMSGetLastError()") == "true0"
    assert run("set('cmi.core.lesson_location', 'x')") == "false,301"
