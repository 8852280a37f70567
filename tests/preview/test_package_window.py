"""A person walks through a package in the window, and a package attacks what is around it."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, FrameLocator, Page, expect

from builder.cli.preview import package_request
from builder.preview.lms import serving
from builder.preview.packages import Opened, running
from tests.audit import good_player
from tests.support import patience

SECOND = (
    "    </organization>",
    '<item identifier="more" identifierref="more-res" isvisible="true"><title>More</title></item>'
    "    </organization>",
)
MORE = (
    "  </resources>",
    '<resource identifier="more-res" type="webcontent" adlcp:scormtype="sco" href="more.html"/>'
    "  </resources>",
)


def zipped(folder: Path, files: dict[str, str]) -> Path:
    path = folder / "package.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


@contextmanager
def window(path: Path, context: BrowserContext) -> Iterator[tuple[Opened, Page, FrameLocator]]:
    """A package in its window: what is open, the page, and the course in it."""
    with running(package_request(path, "moodle")) as opened:
        page = context.new_page()
        page.set_default_timeout(patience.MILLISECONDS)
        page.goto(opened.address)
        yield opened, page, page.frame_locator("#frame").frame_locator("iframe[name=sco]")
        # Before the server ends, for which the window would look.
        page.close()


def test_a_person_walks_through_a_package(
    tmp_path: Path, new_context: Callable[..., BrowserContext]
) -> None:
    manifest = good_player.MANIFEST.replace(*SECOND).replace(*MORE)
    files = {
        "imsmanifest.xml": manifest,
        "index.html": good_player.page(),
        "more.html": "<h1>More</h1><script>parent.API.LMSInitialize(1)</script>",
    }
    with window(zipped(tmp_path, files), new_context()) as (opened, page, course):
        expect(page.locator("#title")).to_have_text("Small course")
        for _ in range(2):
            course.get_by_role("button", name="Next").click()
        lms = page.get_by_role("tabpanel", name="LMS")
        expect(lms).to_contain_text("incomplete: not finished yet")
        expect(lms).to_contain_text('"page":2')
        # As the last visit left it.
        page.get_by_label("Trainee", exact=True).select_option("last")
        expect(course.get_by_role("heading")).to_have_text("Question")
        # As typed: Moodle opens a passed course for review.
        page.get_by_label("Trainee", exact=True).select_option("typed")
        page.get_by_label("Status", exact=True).select_option("passed")
        page.get_by_label("Score", exact=True).fill("70")
        page.get_by_label("State", exact=True).fill('{"page": 4, "answers": {}}')
        page.get_by_role("button", name="Open with this").click()
        expect(course.get_by_role("heading")).to_have_text("The end")
        expect(lms).to_contain_text("The grade is 70.")
        expect(lms).to_contain_text("it is to look back")
        # Another part has a record of its own, and its calls break a rule.
        page.get_by_label("Part", exact=True).select_option("More")
        expect(course.get_by_role("heading")).to_have_text("More")
        page.get_by_role("tab", name="Calls").click()
        calls = page.get_by_role("tabpanel", name="Calls")
        expect(calls).to_contain_text("The arguments are not strings")
        assert [len(one.messages) > 1 for one in opened.lmss] == [True, True]
        # Faults, and a new trainee in another learning system.
        page.get_by_role("tab", name="Try").click()
        page.get_by_label("Saving fails").check()
        opened.lmss[0].wait(lambda: opened.lmss[0].faults.status == 503)
        assert opened.lmss[1].faults.status == 503
        page.get_by_label("Part", exact=True).select_option("Small course")
        course.locator("body").evaluate("localStorage.place = document.cookie = 'place=5'")
        page.get_by_label("Learning system", exact=True).select_option(label="Strict SCORM 1.2")
        expect(course.get_by_role("heading")).to_have_text("Welcome")
        kept = course.locator("body").evaluate("[localStorage.length, document.cookie]")
        assert kept == [0, ""]
        page.get_by_role("tab", name="Calls").click()
        for mode in ("review", "browse"):
            page.get_by_label("Trainee", exact=True).select_option(mode)
            expect(calls).to_contain_text(re.compile(rf"lesson_mode\W*{mode}"))


ATTACKS = """<!doctype html><meta charset="utf-8"><title>Attacks</title><h1>Attacks</h1>
<link rel="stylesheet" href="OUT/style"><img src="OUT/img"><iframe src="OUT/frame"></iframe>
<iframe srcdoc="<img src='OUT/srcdoc'>"></iframe><iframe name="form"></iframe>
<iframe src="data:text/html,<img src='OUT/data'>"></iframe>
<iframe src="inner.html"></iframe>
<form action="OUT/form" method="post" target="form"><input name="a" value="b"></form>
<script>
const results = {};
const attempts = {
  fetch: () => fetch("OUT/fetch", { mode: "no-cors" }),
  script: () => import("OUT/script.js"),
  socket: () => new Promise((open, fail) => {
    const socket = new WebSocket("OUT/socket".replace("http", "ws"));
    [socket.onopen, socket.onerror] = [open, fail];
  }),
  events: () => new Promise((open, fail) => {
    const source = new EventSource("OUT/events");
    [source.onopen, source.onerror] = [open, fail];
  }),
  worker: () => new Promise((open, fail) => {
    const code = "fetch('OUT/worker').then(() => postMessage(1), () => postMessage(0))";
    const worker = new Worker(URL.createObjectURL(new Blob([code])));
    worker.onmessage = ({ data }) => (data ? open() : fail());
  }),
  service: () => navigator.serviceWorker.register("worker.js"),
  panel: () => fetch(`${[...location.ancestorOrigins].at(-1)}/api/record?item=0&calls=0`),
  document: () => top.document.title,
  top: () => { top.location.href = "OUT/top"; },
};
(async () => {
  navigator.sendBeacon("OUT/beacon");
  document.forms[0].submit();
  for (const [name, act] of Object.entries(attempts))
    results[name] = await Promise.resolve().then(act).then(() => "done", () => "refused");
  window.results = results;
})();
</script>
"""
INNER = '<script>location.href = "OUT/inner"</script>'


@contextmanager
def recorder() -> Iterator[tuple[str, list[str]]]:
    """Another site: its address, and the paths that it is asked for."""
    asked: list[str] = []

    class Recorder(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        do_POST = do_OPTIONS = do_HEAD = do_GET

        def log_message(self, format: str, *args: object) -> None:
            pass

    with serving(Recorder, 0) as address:
        yield address, asked


def test_a_package_reaches_nothing_around_it(tmp_path: Path, browser: Any) -> None:
    with recorder() as (out, asked):
        files = {"imsmanifest.xml": good_player.MANIFEST, "worker.js": ""}
        pages = {"index.html": ATTACKS, "inner.html": INNER}
        files |= {name: text.replace("OUT", out) for name, text in pages.items()}
        path = zipped(tmp_path, files)
        context = browser.new_context()
        with window(path, context) as (opened, page, course):
            course.get_by_role("heading").wait_for()
            sco = next(frame for frame in page.frames if frame.name == "sco")
            sco.wait_for_function("window.results")
            results: dict[str, str] = sco.evaluate("results")
            assert results == dict.fromkeys(results, "refused")
            assert len(results) == 9
            assert page.url.startswith(opened.address)
            # It goes back to what the tab showed before.
            sco.evaluate("history.go(1 - history.length)")
            # It leads itself away, and nothing is asked for even then.
            with page.expect_console_message(lambda message: "Framing" in message.text):
                sco.evaluate(f"void (location.href = {json.dumps(out + '/away')})")
            assert asked == []
            expect(page.locator("#title")).to_have_text("Small course")
        context.close()
