"""``python -m tests.lms.record [LMS [SITUATION]]`` records real LMSs call by call, in Chromium.

Writes ``tests/lms/transcripts/NAME/SITUATION.json``, in the format of the transcripts of Moodle
there; the profiles of ``templates/lms/profiles`` have to replay them.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Frame, Page, Request

from tests.lms.hosts.host import Host
from tests.lms.hosts.table import START
from tests.lms.lms import history_step
from tests.lms.situations import (
    SITUATIONS,
    AtOnce,
    Call,
    Event,
    OnPagehide,
    Replaced,
    Situation,
    Visit,
)
from tests.lms.verified import TRANSCRIPTS
from tests.support.chromium import running_chromium

RECORDER = Path(__file__).with_name("recorder.js").read_text("utf-8")
LONG = 300
"""Characters from which a value that repeats one letter is written as such."""

MANIFEST = """\
<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="m1" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="o1"><organization identifier="o1"><title>Recorder</title>
    <item identifier="item-1" identifierref="r1" isvisible="true"><title>Recorder</title>{mastery}
    </item>
  </organization></organizations>
  <resources><resource identifier="r1" type="webcontent" adlcp:scormtype="sco" href="index.html">
    <file href="index.html"/></resource></resources>
</manifest>
"""
PAGE = '<!doctype html><html lang="en"><title>Recorder</title><p>{words}: lesson_status</p></html>'

CALL = """([name, ...args]) => {
  const api = (parent !== window && parent.API) || opener?.API || window.API;
  try { api[name](...args); } catch (error) {
    if (!api?.[name]) return { call: [name, ...args], throws: String(error) };
  }
  return JSON.parse(localStorage.getItem("recorded")).at(-1);
}"""
# Past the recorder's own look-up of each error, which would wait for the LMS.
AT_ONCE = """(calls) => {
  const api = Object.getPrototypeOf((parent !== window && parent.API) || opener?.API || window.API);
  return calls.map(([name, ...args]) => ({ call: [name, ...args], returns: api[name](...args) }));
}"""
LATE = """(values) => addEventListener("pagehide", () => {
  const api = (parent !== window && parent.API) || opener?.API || window.API;
  for (const [element, value] of values) api.LMSSetValue(element, value);
  api.LMSCommit("");
  api.LMSFinish?.("");
})"""


def _wagtail(body: Any) -> list[list[str]] | None:
    if body["method"] == "Commit":
        return []
    return [body["parameters"]] if body["method"] == "SetValue" else None


TOLD: dict[str, Callable[[Any], list[list[str]] | None]] = {
    "openedx": lambda body: [[one["name"], one["value"]] for one in body] or None,
    "scormhost": lambda body: sorted([name, value] for name, value in body["elements"].items()),
    "wagtail-lms": _wagtail,
}
"""What a request tells the server, as pairs of element and value, for the LMSs that answer a course
before they have sent; None where it tells nothing."""

BACK = "the browser's Back button after the LMS's exit link"

BY_CHANCE = ("wagtail-lms",)
"""The LMSs that store what is sent at once in no order."""


class Line:
    """What a page still waits for, so that one call is over before the next."""

    def __init__(self, context: BrowserContext) -> None:
        self.sent: list[Request] = []
        self._under_way: set[Request] = set()
        context.on("request", self._add)
        context.on("requestfinished", lambda one: self._under_way.discard(one))
        context.on("requestfailed", lambda one: self._under_way.discard(one))

    def _add(self, request: Request) -> None:
        self.sent.append(request)
        self._under_way.add(request)

    def settle(self, page: Page) -> None:
        """Wait until nothing is under way; what takes longer than a second, ends with its page."""
        for _ in range(100):
            page.wait_for_timeout(1)
            if not self._under_way:
                return
            page.wait_for_timeout(9)
        self._under_way.clear()


def package(folder: Path, mastery: str, words: str) -> Path:
    """A zip of one blank SCO."""
    path = folder / "recorder.zip"
    score = f"<adlcp:masteryscore>{mastery}</adlcp:masteryscore>" if mastery else ""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("imsmanifest.xml", MANIFEST.format(mastery=score))
        archive.writestr("index.html", PAGE.format(words=words))
    return path


def recorded(lms: Host, situation: Situation, browser: Browser, folder: Path) -> dict[str, Any]:
    """The transcript of a situation, played in one LMS."""
    lms.upload(package(folder, situation.mastery, "First"))
    visits: list[dict[str, Any]] = []
    with browser.new_context() as context:
        context.add_init_script(RECORDER)
        line = Line(context)
        page = None
        for visit, following in zip(situation.visits, (*situation.visits[1:], None), strict=True):
            if isinstance(visit, Replaced):
                lms.upload(package(folder, situation.mastery, "Second"))
                visits.append({"event": "package replaced"} | kept(lms))
            else:
                page, frame = came(lms, context, page if visit.back else None)
                stays = isinstance(following, Visit) and following.back
                visits.append(played(lms, visit, page, frame, line, stays))
    name = f"{lms.name} {lms.version()}"
    chance = situation.needs == "later" and lms.slug in BY_CHANCE
    about = {"lms": name, "about": situation.about, "settings": {}}
    return about | ({"by chance": True} if chance else {}) | {"visits": visits}


def came(lms: Host, context: BrowserContext, page: Page | None) -> tuple[Page, Frame]:
    """Launch the course, or go back to it in the browser where there is a page."""
    if page is None:
        return lms.launch(context)
    history_step(page)
    return page, lms.framed(page)


def played(
    lms: Host, visit: Visit, page: Page, frame: Frame, line: Line, stays: bool
) -> dict[str, Any]:
    """What happens in a visit; ``stays`` is whether its tab does."""
    context = page.context
    frame.evaluate("localStorage.setItem('recorded', '[]')")
    line.settle(page)
    steps: list[dict[str, Any]] = []
    for step in visit.steps:
        if isinstance(step, AtOnce):
            steps.append(at_once(lms, step, page, frame, line))
        else:
            steps.append(stepped(lms, step, context, frame))
        line.settle(page)
    before = frame.evaluate("JSON.parse(localStorage.getItem('recorded')).length")
    words = leave(lms, page, visit, stays)
    # What was called while the page went away is read, and what it sent is waited for, elsewhere.
    after = context.new_page()
    after.goto(lms.home)
    line.settle(after)
    late = after.evaluate("JSON.parse(localStorage.getItem('recorded') ?? '[]')")[before:]
    after.wait_for_timeout(300)
    after.close()
    steps += [plain(call) | {"while": "leaving"} for call in of_the_course(late)]
    return {
        "launched": "normal",
        "attempt": 1,
        **({"came_by": BACK} if visit.back else {}),
        "steps": steps,
        "left_by": words,
    } | kept(lms)


def at_once(lms: Host, step: AtOnce, page: Page, frame: Frame, line: Line) -> dict[str, Any]:
    line.sent.clear()
    calls = [plain(call) for call in frame.evaluate(AT_ONCE, [list(call) for call in step.calls])]
    page.wait_for_function(lms.sent)
    line.settle(page)
    bodies = [json.loads(one.post_data) for one in line.sent if one.post_data]
    sent = [told for told in map(TOLD[lms.slug], bodies) if told is not None]
    return {"at once": calls, "sent": sent, "stored": stored(lms)}


def of_the_course(late: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without what the page of wagtail-lms calls of its own API before it goes."""
    ended = next((at for at, step in enumerate(late) if step["call"][0] == "LMSTerminate"), None)
    return late if ended is None else late[: ended - 1] + late[ended + 1 :]


def stepped(
    lms: Host, step: Call | Event | OnPagehide, context: BrowserContext, frame: Frame
) -> dict[str, Any]:
    if isinstance(step, OnPagehide):
        frame.evaluate(LATE, [list(pair) for pair in step.values])
        return {"event": "on pagehide: " + ", ".join(short(value) for _, value in step.values)}
    if isinstance(step, Event):
        if step.what == "session expires":
            lms.expire(context)
        else:
            context.set_offline(step.what == "network goes away")
        return {"event": step.what}
    return plain(frame.evaluate(CALL, list(step)))


def leave(lms: Host, page: Page, visit: Visit, stays: bool) -> str:
    """Leave as the visit says; the transcript's words for it."""
    if visit.left == "link":
        lms.leave_page(page)
        page.evaluate("() => fetch(location.href)")
        if not stays:
            page.close()
        return "the LMS's exit link"
    if visit.left == "goto":
        page.goto("about:blank")
        page.close()
        return "another address"
    if visit.left == "kill":
        kill(page)
        return "a tab that dies"
    page.close(run_before_unload=False)
    return "closing the tab without beforeunload"


def kill(page: Page) -> None:
    """Let a tab die as when the browser is ended: no handler runs."""
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash")
    page.close()


def stored(lms: Host) -> dict[str, str]:
    return {f"1/item-1/{name}": short(value) for name, value in sorted(lms.elements().items())}


def kept(lms: Host) -> dict[str, Any]:
    """What the LMS has stored by its own names, what it says of it, and its grade."""
    held = asdict(lms.stored())
    said = {name: short(value) if isinstance(value, str) else value for name, value in held.items()}
    return {"stored": stored(lms), "held": said, "grade": lms.grade()}


def plain(step: dict[str, Any]) -> dict[str, Any]:
    """A step with its long values named by their length, and errors without addresses."""
    call = [short(part) if isinstance(part, str) else part for part in step["call"]]
    value = step.get("returns")
    returns = {"returns": short(value) if isinstance(value, str) else value}
    text = json.dumps(step | {"call": call} | (returns if "returns" in step else {}))
    cleaned: dict[str, Any] = json.loads(re.sub(r": Failed to load 'http[^\"]*", "", text))
    return cleaned


def short(value: str) -> str:
    if len(value) >= LONG or (len(value) >= 255 and len(set(value)) == 1):
        assert len(set(value)) == 1, value[:80]
        return f"{value[0]} repeated {len(value)} times"
    return value


def written(transcript: dict[str, Any]) -> str:
    """JSON with a line for each step, as the transcripts of Moodle have it."""
    lines = []
    for visit in transcript["visits"]:
        if "steps" not in visit:
            lines.append(f"  {dump(visit)}")
            continue
        steps = ",\n".join(map(line, visit["steps"]))
        rest = dump({key: visit[key] for key in ("left_by", "stored", "held", "grade")})[1:]
        head = dump({key: visit[key] for key in ("launched", "attempt", "came_by") if key in visit})
        head = head[:-1]
        lines.append(f'  {head},\n   "steps": [\n{steps}\n   ],\n   {rest}')
    head = dump({key: value for key, value in transcript.items() if key != "visits"})[:-1]
    return f'{head},\n "visits": [\n' + ",\n".join(lines) + "\n ]}\n"


def line(step: dict[str, Any]) -> str:
    if "at once" not in step:
        return f"    {dump(step)}"
    calls = ",\n".join(f"      {dump(call)}" for call in step["at once"])
    rest = "".join(f',\n     "{name}": {dump(step[name])}' for name in ("sent", "stored"))
    return f'    {{"at once": [\n{calls}]{rest}}}'


def dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def can(lms: Host, situation: Situation) -> bool:
    """Whether there is such a situation in an LMS."""
    if situation.needs == "later":
        return lms.slug in TOLD
    return situation.needs not in lms.lacks


def main(arguments: list[str]) -> None:
    names = arguments[:1] or list(START)
    wanted = arguments[1:] or list(SITUATIONS)
    with running_chromium() as browser, tempfile.TemporaryDirectory() as scratch:
        for name in names:
            with START[name]() as fresh:
                for situation in wanted:
                    lms = fresh()
                    folder = TRANSCRIPTS / lms.slug
                    folder.mkdir(parents=True, exist_ok=True)
                    if not can(lms, SITUATIONS[situation]):
                        continue
                    transcript = recorded(lms, SITUATIONS[situation], browser, Path(scratch))
                    (folder / f"{situation}.json").write_text(
                        written(transcript).replace(lms.course, "course"), "utf-8"
                    )
                    print(f"{name}: {situation}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
