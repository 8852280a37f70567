"""The simulator itself, proved with a SCO of a few lines."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Frame, expect

from builder.preview.lms import Faults
from tests.lms.simulated import Simulated, simulated
from tests.support import patience

Run = Callable[[str], object]

MANIFEST = """<?xml version="1.0"?>
<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" identifier="M">
<organizations default="O"><organization identifier="O"><title>Small</title>
<item identifier="item-1" identifierref="R"><title>Small</title>
<adlcp:masteryscore>70</adlcp:masteryscore></item></organization></organizations>
<resources><resource identifier="R" type="webcontent" adlcp:scormtype="sco" href="index.html"/>
</resources></manifest>
"""

START = "2026-11-25T13:05:00"
SCO = """<!doctype html>
<title>SCO</title>
<script>
const find = () => {
  for (let at = window, n = 0; n < 20; at = at.parent, n += 1) {
    try { if (at.API) return at.API; } catch { /* another origin */ }
  }
  return window.opener?.API;
};
const API = find();
const get = (element) => API.LMSGetValue(element);
const set = (element, value) => [API.LMSSetValue(element, value), API.LMSGetLastError()].join();
API?.LMSInitialize("");
</script>
<h1>Ready</h1>
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text(SCO)
    (tmp_path / "imsmanifest.xml").write_text(MANIFEST)
    return tmp_path


@pytest.fixture
def lms(small: Path, servers: ExitStack) -> Simulated:
    return servers.enter_context(simulated(small))


def ready(frame: Frame) -> Run:
    frame.locator("h1").wait_for()
    return frame.evaluate


def test_visit_is_stored_and_resumed(lms: Simulated, context: BrowserContext) -> None:
    learner = lms.launch(context)
    run = ready(learner.frame)
    assert run("get('cmi.core.entry')") == "ab-initio"
    assert run("get('cmi.core.student_name')") == "Cohen, Dana"
    assert run("get('cmi.student_data.mastery_score')") == "70"
    assert run("set('cmi.suspend_data', 'page=2')") == "true,0"
    assert run("set('cmi.core.score.raw', '69.5')") == "true,0"
    assert run("set('cmi.core.exit', 'suspend')") == "true,0"
    assert run("set('cmi.core.session_time', '00:01:00')") == "true,0"
    assert lms.stored().state == ""
    assert run("API.LMSCommit('')") == "true"
    assert lms.stored().state == "page=2"
    assert run("API.LMSFinish('')") == "true"
    lms.leave(learner)
    held = lms.stored()
    assert (held.status, held.score, held.seconds, held.state) == ("failed", "69.5", 60, "page=2")
    assert lms.grade() == 69.5
    assert [call.name for call in lms.calls if call.name.startswith("LMS")][-1] == "LMSFinish"

    run = ready(lms.launch(context).frame)
    assert run("get('cmi.core.entry')") == "resume"
    assert run("get('cmi.core.total_time')") == "0000:01:00.00"
    assert run("get('cmi.suspend_data')") == "page=2"


@pytest.mark.parametrize("way", ["leave", "close", "navigate"])
def test_values_sent_while_page_closes_are_stored(
    lms: Simulated, context: BrowserContext, way: str
) -> None:
    learner = lms.launch(context)
    run = ready(learner.frame)
    run(
        "addEventListener('pagehide', () => { set('cmi.suspend_data', 'late');"
        " API.LMSFinish(''); })"
    )
    if way == "leave":
        lms.leave(learner)
    elif way == "close":
        learner.page.close(run_before_unload=True)
    else:
        learner.page.goto("about:blank")
    lms.wait("cmi.suspend_data", "late")
    lms.wait_for_call("LMSFinish")
    assert lms.server.messages[-1]["means"] == "beacon"


@pytest.mark.parametrize("length", [60_000, 70_000])
def test_a_beacon_has_the_browsers_limit(
    servers: ExitStack, small: Path, context: BrowserContext, length: int
) -> None:
    lms = servers.enter_context(simulated(small, "moodle"))
    learner = lms.launch(context)
    run = ready(learner.frame)
    run(
        "addEventListener('pagehide', () => {"
        f" set('cmi.suspend_data', 'x'.repeat({min(length, 60_000)}));"
        f" set('cmi.core.lesson_location', 'y'.repeat({max(0, length - 60_000)}));"
        " API.LMSFinish(''); })"
    )
    lms.leave(learner)
    assert len(lms.stored().state or "") == (60_000 if length == 60_000 else 0)
    # The log of a page that goes away leaves room for what the LMS sends.
    [state] = [call.args[1] for call in lms.calls if call.args[:1] == ("cmi.suspend_data",)]
    assert len(state) < 400


def test_hidden_page_uses_beacons_until_visible_again(
    lms: Simulated, context: BrowserContext
) -> None:
    learner = lms.launch(context)
    run = ready(learner.frame)
    means = []
    for visibility in ("visible", "hidden", "visible"):
        learner.page.evaluate(
            "(now) => { Object.defineProperty(document, 'visibilityState',"
            " { get: () => now, configurable: true });"
            " document.dispatchEvent(new Event('visibilitychange')); }",
            visibility,
        )
        assert run("API.LMSCommit('')") == "true"
        lms.wait_for_the_last(learner.page)
        means.append(lms.server.messages[-1]["means"])
    assert means == ["sync", "beacon", "sync"]


def test_moodle_returns_true_offline_and_never_resends(
    servers: ExitStack, small: Path, context: BrowserContext, expected: list[str]
) -> None:
    expected.append("Failed to load resource")
    lms = servers.enter_context(simulated(small, "moodle"))
    learner = lms.launch(context)
    run = ready(learner.frame)
    context.set_offline(True)
    run("set('cmi.suspend_data', 'while away')")
    assert run("API.LMSCommit('') + API.LMSGetLastError()") == "true0"
    context.set_offline(False)
    assert run("API.LMSCommit('')") == "true"
    run("set('cmi.suspend_data', 'while away') + API.LMSCommit('')")
    assert lms.stored().state == ""
    run("set('cmi.suspend_data', 'changed') + API.LMSCommit('')")
    assert lms.stored().state == "changed"
    # The log lost nothing meanwhile.
    assert lms.server.wait(lambda: commits(lms) >= 4, patience.SECONDS)
    assert commits(lms) == 4
    assert [call.order for call in lms.calls] == list(range(len(lms.calls)))


def commits(lms: Simulated) -> int:
    return sum(call.name == "LMSCommit" for call in lms.calls)


def test_a_popup_finds_its_lms_in_the_opener(lms: Simulated, context: BrowserContext) -> None:
    learner = lms.launch(context, "popup")
    run = ready(learner.frame)
    assert run("set('cmi.core.lesson_location', 'p')") == "true,0"
    run("addEventListener('pagehide', () => API.LMSFinish(''))")
    lms.leave(learner)
    assert lms.stored().location == "p"


def test_the_lms_may_open_in_a_window_of_its_own(lms: Simulated, context: BrowserContext) -> None:
    learner = lms.launch(context, "window")
    run = ready(learner.frame)
    assert run("window.opener === null && window.parent.opener !== null") is True
    run("addEventListener('pagehide', () => API.LMSFinish(''))")
    assert run("set('cmi.core.lesson_location', 'w')") == "true,0"
    lms.leave(learner)
    assert lms.stored().location == "w"


def test_moodle_autocommit_saves_after_thirty_seconds(
    servers: ExitStack, small: Path, context: BrowserContext
) -> None:
    lms = servers.enter_context(simulated(small, "moodle", autocommit=True))
    context.clock.install(time=START)
    context.clock.pause_at(START)
    learner = lms.launch(context)
    run = ready(learner.frame)
    run("set('cmi.core.lesson_location', '1')")
    learner.page.clock.run_for(30_000)
    run("set('cmi.core.lesson_location', '2')")
    learner.page.clock.run_for(29_000)
    assert lms.stored().location == ""
    learner.page.clock.run_for(1_500)
    assert lms.stored().location == "2"


@pytest.mark.parametrize(("interactions", "state"), [(197, "kept"), (199, "")])
def test_moodle_drops_request_with_too_many_values(
    servers: ExitStack, small: Path, context: BrowserContext, interactions: int, state: str
) -> None:
    lms = servers.enter_context(simulated(small, "moodle"))
    run = ready(lms.launch(context).frame)
    run("set('cmi.suspend_data', 'kept')")
    run(
        f"for (let n = 0; n < {interactions}; n += 1) for (const [leaf, value] of Object.entries("
        "{ id: `q-${n}`, type: 'choice', student_response: 'a', result: 'wrong', weighting: '1' }))"
        " API.LMSSetValue(`cmi.interactions.${n}.${leaf}`, value)"
    )
    assert run("API.LMSCommit('')") == "true"
    assert lms.stored().state == state


def test_openedx_popup_page_has_its_own_api(
    servers: ExitStack, small: Path, context: BrowserContext
) -> None:
    lms = servers.enter_context(simulated(small, "openedx"))
    learner = lms.launch(context, "popup")
    run = ready(learner.frame)
    assert run("window.opener === null && window.parent.opener !== null") is True
    assert run("window.parent.API === window.parent.opener.API") is True
    assert run("set('cmi.core.lesson_location', 'm')") == "true,0"
    lms.leave(learner)
    assert lms.stored().location == "m"


def test_wagtail_lms_also_offers_the_2004_api_name(
    servers: ExitStack, small: Path, context: BrowserContext
) -> None:
    other = "parent.API_1484_11"
    for profile, told in (("wagtail-lms", "undefined"), ("scormhost", None)):
        lms = servers.enter_context(simulated(small, profile))
        run = ready(lms.launch(context).frame)
        assert run(f"{other} === API ? typeof {other}.Initialize : null") == told


def test_moodles_popup_is_its_own_page_without_an_opener(
    servers: ExitStack, small: Path, context: BrowserContext
) -> None:
    lms = servers.enter_context(simulated(small, "moodle"))
    learner = lms.launch(context, "popup")
    run = ready(learner.frame)
    assert run("window.opener === null && window.parent.opener === null") is True
    assert run("window.parent.API === API && window.parent !== window") is True
    run("addEventListener('pagehide', () => API.LMSFinish(''))")
    assert run("set('cmi.core.lesson_location', 'm')") == "true,0"
    lms.leave(learner)
    assert lms.stored().location == "m"


def test_moodle_login_clears_storage_but_keeps_databases(
    servers: ExitStack, small: Path, context: BrowserContext, expected: list[str]
) -> None:
    expected.append("Failed to load resource")
    lms = servers.enter_context(simulated(small, "moodle", login_page=True))
    context.clock.install()
    learner = lms.launch(context)
    run, page = ready(learner.frame), learner.page
    run("addEventListener('pagehide', () => { set('cmi.suspend_data', 'x'); API.LMSFinish(''); })")
    run("localStorage.kept = 'yes'")
    run(
        "new Promise((done) => { const open = indexedDB.open('kept', 1);"
        " open.onsuccess = () => done(open.result.close()); })"
    )
    page.clock.run_for(31_000)
    assert page.url.startswith(f"{lms.server.address}/lms/?")
    lms.faults = Faults(expired=True)
    page.clock.run_for(30_000)
    page.get_by_role("button", name="Log in again").click()
    page.wait_for_url("**/lms/?visit=1*")
    frame = page.locator("iframe[name=sco]").element_handle().content_frame()
    assert frame
    again = ready(frame)
    assert again("localStorage.kept === undefined") is True
    assert again("indexedDB.databases().then((all) => all.map(({ name }) => name))") == ["kept"]
    # What left with the expired session was refused.
    assert lms.stored().state == ""
    assert lms.faults == Faults()


def test_simulated_lms_panel_shows_calls_and_causes_faults(
    lms: Simulated, context: BrowserContext, expected: list[str]
) -> None:
    expected.append("Failed to load resource")
    learner = lms.launch(context)
    page, run = learner.page, ready(learner.frame)
    summary = page.locator("summary")
    expect(summary).to_have_text("Strict SCORM 1.2 (simulated)")
    expect(page.locator(".panel")).to_be_hidden()
    summary.press("Enter")
    held = page.get_by_role("region", name="Stored")
    run("set('cmi.core.score.raw', '55') + API.LMSCommit('') + set('cmi.core.exit', 'normal')")
    expect(held).to_contain_text("Score55Grade55Time in seconds0")
    rows = page.get_by_role("region", name="Calls").get_by_role("row")
    expect(rows.nth(1)).to_contain_text("LMSGetLastError()")
    expect(rows.nth(2)).to_contain_text(
        'LMSSetValue("cmi.core.exit", "normal")false405 Incorrect Data Type'
    )
    for words in ("Saving fails", "The session has expired"):
        page.get_by_label(words).press("Space")
        assert lms.server.wait(lambda: lms.faults != Faults(), patience.SECONDS)
        assert run("API.LMSCommit('')") == "false"
        page.get_by_label(words).press("Space")
        assert lms.server.wait(lambda: lms.faults == Faults(), patience.SECONDS)
        assert run("API.LMSCommit('')") == "true"


def test_a_package_that_cannot_be_opened_gives_the_reason(
    lms: Simulated, context: BrowserContext, expected: list[str]
) -> None:
    expected.append("names nothing to launch")
    (lms.server.package / "imsmanifest.xml").write_text("<manifest/>")
    page = context.new_page()
    page.goto(lms.url())
    expect(page.get_by_role("heading")).to_have_text("This course cannot be opened")
    expect(page.get_by_role("alert")).to_have_text("imsmanifest.xml names nothing to launch")


def test_changed_package_is_reported_as_replaced(lms: Simulated, context: BrowserContext) -> None:
    def uploads() -> int:
        return sum(message["type"] == "package" for message in lms.server.messages)

    for change, expected in (("", 1), ("", 1), ("changed", 2), ("", 2)):
        with (lms.server.package / "index.html").open("a") as page:
            page.write(change)
        ready(lms.launch(context).frame)
        assert uploads() == expected


def test_another_item_is_another_course(
    lms: Simulated, context: BrowserContext, tmp_path: Path
) -> None:
    run = ready(lms.launch(context).frame)
    run("set('cmi.suspend_data', 'old') + API.LMSCommit('')")
    manifest = lms.server.package / "imsmanifest.xml"
    manifest.write_text(manifest.read_text().replace("70<", "80<"))
    run = ready(lms.launch(context).frame)
    assert run("get('cmi.suspend_data') + get('cmi.student_data.mastery_score')") == "old80"
    manifest.write_text(manifest.read_text().replace("item-1", "item-2"))
    run = ready(lms.launch(context).frame)
    assert run("get('cmi.suspend_data') + get('cmi.core.entry')") == "ab-initio"


@pytest.mark.parametrize("foreign", [False, True])
def test_frames_between_the_course_and_its_lms(
    lms: Simulated, context: BrowserContext, foreign: bool
) -> None:
    between = lms.server.elsewhere if foreign else ""
    learner = lms.launch(context, levels=7, foreign=between)
    run = ready(learner.frame)
    assert run("get('cmi.core.lesson_mode')") == "normal"
    depth = 0
    while run(f"window{'.parent' * depth} === window.top") is False:
        depth += 1
    assert depth == 8


def test_an_api_may_be_late_or_missing(lms: Simulated, context: BrowserContext) -> None:
    learner = lms.launch(context, api=300)
    run = ready(learner.frame)
    assert run("API === undefined") is True
    learner.page.wait_for_function("() => window.API !== undefined")
    assert run("typeof find().LMSInitialize") == "function"
    assert ready(lms.launch(context, api=-1).frame)("find() === undefined") is True


def test_a_sandboxed_frame_cannot_reach_its_lms(lms: Simulated, context: BrowserContext) -> None:
    run = ready(lms.launch(context, sandbox="allow-scripts").frame)
    assert run("API === undefined && origin === 'null'") is True


def test_faults_of_the_api_act_at_once(lms: Simulated, context: BrowserContext) -> None:
    run = ready(lms.launch(context).frame)
    lms.faults = Faults(refuse=("cmi.core.score.raw",), throws=("LMSCommit",))
    assert run("set('cmi.core.score.raw', '1')") == "false,101"
    assert run("set('cmi.core.score.min', '0')") == "true,0"
    assert run("(() => { try { API.LMSCommit(''); } catch { return 'threw'; } })()") == "threw"
    lms.faults = Faults(initialise="false")
    run = ready(lms.launch(context).frame)
    assert run("API.LMSInitialize('') + API.LMSGetLastError()") == "false101"


def test_faults_of_the_server(lms: Simulated, context: BrowserContext, expected: list[str]) -> None:
    expected.append("Failed to load resource")
    run = ready(lms.launch(context).frame)
    for number, (fault, said, kept) in enumerate(
        [
            (Faults(status=503, times=1), "false", False),
            (Faults(status=503, keep=True, times=1), "false", True),
            (Faults(drop=True, times=1), "true", False),
            (Faults(expired=True), "false", False),
            (Faults(delay=0.3), "true", True),
        ]
    ):
        lms.faults = fault
        run(f"set('cmi.core.lesson_location', '{number}')")
        assert run("API.LMSCommit('')") == said
        assert (lms.stored().location == str(number)) is kept
        if fault.times:
            assert run("API.LMSCommit('')") == "true"
            assert lms.stored().location == str(number)


def test_two_windows_share_the_record(lms: Simulated, context: BrowserContext) -> None:
    first = ready(lms.launch(context).frame)
    # What the LMS says at a launch can be given.
    lms.given = {"cmi.launch_data": "hint"}
    second = ready(lms.launch(context).frame)
    assert [run("get('cmi.launch_data')") for run in (first, second)] == ["", "hint"]
    first("set('cmi.core.lesson_location', '1')")
    second("set('cmi.core.lesson_location', '2')")
    second("API.LMSCommit('')")
    first("API.LMSCommit('')")
    assert lms.stored().location == "1"
    assert {call.launch for call in lms.calls} == {1, 2}
