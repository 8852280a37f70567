"""The host itself, proved with a SCO of a few lines."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.lms.scorm_again import ScormAgain

Host = Callable[..., ScormAgain]

SCO = """<!doctype html>
<title>SCO</title>
<script>
let at = window;
while (!at.API && at.parent !== at) at = at.parent;
const API = at.API || window.opener.API;
const get = (element) => API.LMSGetValue(element);
const set = (element, value) => [API.LMSSetValue(element, value), API.LMSGetLastError()].join();
API.LMSInitialize("");
addEventListener("pagehide", () => API.LMSFinish(""));
</script>
<h1>Ready</h1>
"""


@pytest.fixture
def lms(host: Host, tmp_path: Path) -> ScormAgain:
    (tmp_path / "index.html").write_text(SCO)
    return host(tmp_path)


def launch(page: Page, lms: ScormAgain) -> Callable[[str], object]:
    """Open the SCO in its frame; the value evaluates an expression inside it."""
    page.goto(lms.url())
    frame = page.frame("sco")
    assert frame is not None
    frame.wait_for_load_state()
    return frame.evaluate


def test_first_launch(page: Page, lms: ScormAgain) -> None:
    run = launch(page, lms)
    assert run("get('cmi.core.entry')") == "ab-initio"
    assert run("get('cmi.core.lesson_status')") == "not attempted"
    assert run("get('cmi.core.student_name')") == "Cohen, Dana"
    assert run("get('cmi.core.lesson_mode') + get('cmi.core.credit')") == "normalcredit"
    assert run("get('cmi.suspend_data')") == ""
    assert lms.stored == {}


def test_set_is_stored_at_commit_and_not_before(page: Page, lms: ScormAgain) -> None:
    run = launch(page, lms)
    assert run("set('cmi.core.lesson_status', 'incomplete')") == "true,0"
    assert run("set('cmi.suspend_data', '{\"quoted\\\\\\': ä</script>')") == "true,0"
    assert lms.commits == 0
    assert run("API.LMSCommit('')") == "true"
    assert lms.stored["cmi.core.lesson_status"] == "incomplete"
    assert lms.stored["cmi.suspend_data"] == "{\"quoted\\': ä</script>"
    run = launch(page, lms)
    assert run("get('cmi.suspend_data')") == "{\"quoted\\': ä</script>"


def test_interactions_are_stored_and_kept(page: Page, lms: ScormAgain) -> None:
    run = launch(page, lms)
    for element, value in [
        ("id", "q1"),
        ("type", "choice"),
        ("correct_responses.0.pattern", "a"),
        ("student_response", "b"),
        ("result", "wrong"),
    ]:
        assert run(f"set('cmi.interactions.0.{element}', '{value}')") == "true,0"
    run("API.LMSCommit('')")
    assert lms.stored["cmi.interactions.0.id"] == "q1"
    assert lms.stored["cmi.interactions.0.correct_responses.0.pattern"] == "a"
    assert lms.stored["cmi.interactions.0.result"] == "wrong"
    page.goto("about:blank")
    lms.wait_for_call("LMSFinish")
    run = launch(page, lms)
    assert run("get('cmi.interactions._count')") == "1"
    assert run("set('cmi.interactions.1.id', 'q2')") == "true,0"
    run("API.LMSCommit('')")
    assert lms.stored["cmi.interactions.0.id"] == "q1"
    assert lms.stored["cmi.interactions.1.id"] == "q2"


def test_relaunch_resumes_and_adds_up_the_time(page: Page, lms: ScormAgain) -> None:
    run = launch(page, lms)
    run("set('cmi.suspend_data', 'page-3')")
    run("set('cmi.core.exit', 'suspend')")
    run("set('cmi.core.session_time', '0000:10:00')")
    page.goto("about:blank")
    lms.wait("cmi.core.exit", "suspend")

    run = launch(page, lms)
    assert run("get('cmi.core.entry')") == "resume"
    assert run("get('cmi.suspend_data')") == "page-3"
    assert run("get('cmi.core.total_time')") == "00:10:00"
    run("set('cmi.core.exit', '')")
    run("set('cmi.core.session_time', '0000:05:30')")
    page.goto("about:blank")
    lms.wait("cmi.core.total_time", "00:15:30")

    run = launch(page, lms)
    assert run("get('cmi.core.entry')") == ""


def test_finish_in_pagehide_is_stored(context: BrowserContext, lms: ScormAgain) -> None:
    page = context.new_page()
    run = launch(page, lms)
    run("set('cmi.core.lesson_status', 'completed')")
    page.close(run_before_unload=True)
    lms.wait("cmi.core.lesson_status", "completed")
    lms.wait_for_call("LMSFinish")
    assert [call.name for call in lms.calls][-1] == "LMSFinish"


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ("cmi.core.lesson_status", "done"),
        ("cmi.core.score.raw", "101"),
        ("cmi.core.session_time", "10 minutes"),
        ("cmi.core.exit", "normal"),
        ("cmi.core.lesson_location", "x" * 256),
        ("cmi.suspend_data", "x" * 4097),
        ("cmi.interactions.0.id", "two words"),
        ("cmi.interactions.0.type", "essay"),
        ("cmi.interactions.0.result", "incorrect"),
    ],
)
def test_wrong_value_is_refused(page: Page, lms: ScormAgain, element: str, value: str) -> None:
    run = launch(page, lms)
    assert run(f"set('{element}', '{value}')") == "false,405"


def test_wrong_calls_are_refused(page: Page, lms: ScormAgain) -> None:
    run = launch(page, lms)
    assert run("set('cmi.core.student_id', 'me')") == "false,403"
    assert run("set('cmi.core.score.raw', 50)") == "false,405"
    assert run("[API.LMSCommit('now'), API.LMSGetLastError()].join()") == "false,201"
    assert run("[API.LMSInitialize(''), API.LMSGetLastError()].join()") == "false,101"
    assert run("[get('cmi.core.exit'), API.LMSGetLastError()].join()") == ",404"


def test_calls_are_logged_in_order(page: Page, lms: ScormAgain) -> None:
    run = launch(page, lms)
    run("set('cmi.core.lesson_status', 'finished')")
    assert [(call.name, call.args, call.value, call.error) for call in lms.calls] == [
        ("LMSInitialize", ("",), "true", "0"),
        ("LMSSetValue", ("cmi.core.lesson_status", "finished"), "false", "405"),
        ("LMSGetLastError", (), "405", "405"),
    ]


def test_commit_fails_while_the_lms_is_down(
    page: Page, lms: ScormAgain, expected: list[str]
) -> None:
    run = launch(page, lms)
    expected.append("503")
    lms.down = True
    assert run("API.LMSCommit('')") == "false"
    assert lms.stored == {}
    lms.down = False
    assert run("API.LMSCommit('')") == "true"


def test_given_mode(page: Page, host: Host, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(SCO)
    lms = host(tmp_path, given={"cmi.core.lesson_mode": "review", "cmi.core.credit": "no-credit"})
    run = launch(page, lms)
    assert run("get('cmi.core.lesson_mode') + get('cmi.core.credit')") == "reviewno-credit"


def test_popup(page: Page, lms: ScormAgain) -> None:
    with page.expect_popup() as opened:
        page.goto(lms.url("popup"))
    popup = opened.value
    popup.wait_for_load_state()
    assert popup.evaluate("set('cmi.core.lesson_status', 'completed')") == "true,0"
    popup.close(run_before_unload=True)
    lms.wait("cmi.core.lesson_status", "completed")
    lms.wait_for_call("LMSFinish")


def test_nothing_but_the_package_is_served(page: Page, lms: ScormAgain) -> None:
    for path in ("/index.html", "/sco/../index.html", "/sco/%2e%2e/index.html", "/etc/passwd"):
        assert page.request.get(lms.address + path).status == 404
