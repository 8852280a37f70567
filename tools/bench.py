"""Measures builds, imports, audits, the preview, first views and API calls, and prints the results.

Other programs disturb the measurements. So each time is the best or the median of several, and the
build is compared with a floor measured in the same run: rendering the Markdown and zipping it.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Frame, Page

from builder.preview.editor import Editor
from builder.preview.running import Request
from builder.preview.running import running as preview
from builder.preview.stage import Stage
from builder.preview.warm import Warm
from tests.lms.scorm_again import scorm_again
from tests.support.chromium import running_chromium
from tests.support.local_server import Handler, running
from tests.support.packages import unpack
from tools import audits, imports
from tools.calls import MOST, Kind, count
from tools.generate import generate
from tools.scenes import Course

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("es", "pl", "ro", "ur")
"""The languages of the course that is measured in five languages, beside its own."""
REPEATS = 5
SAVES = 20
SEEN = """() => {
  window.seen = {};
  new MutationObserver(() => {
    const [, number] = /Save (\\d+)\\./.exec(document.querySelector("main").textContent) ?? [];
    if (number) window.seen[number] ??= Date.now();
  }).observe(document.querySelector("main"), {subtree: true, childList: true});
}"""
EDITS = 20
PROMPT = re.compile("(prompt: .*)")
BEGINNING = re.compile("(prompt: [\"']?)")
ANOTHER_LINE: Callable[[str], str] = "{}\nOne more line.\n".format
ANOTHER_PROMPT = partial(PROMPT.sub, r"\1 Or not?", count=1)
SLOW_LINE = {"latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
SLOW_CPU = 4
FLOOR = """
import sys, zipfile
from pathlib import Path
from markdown_it import MarkdownIt
parser = MarkdownIt("commonmark").enable("table")
with zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED) as archive:
    for page in sorted(Path(sys.argv[1], "pages").glob("*.md")):
        archive.writestr(page.name, parser.render(page.read_text("utf-8")))
"""
BARE = "import click, jinja2, lxml.etree"
WATCH = """
window.longTasks = [];
new PerformanceObserver((list) => {
  window.longTasks.push(...list.getEntries().map((entry) => entry.duration));
}).observe({type: "longtask", buffered: true});
new MutationObserver(() => {
  const begin = document.querySelector("#begin:not([hidden])");
  if (!window.usable && (begin || document.querySelector("#next:not([hidden])"))) {
    window.usable = performance.now();
    // In a task of its own, as by a trainee who presses Start at once.
    if (begin) setTimeout(() => begin.click());
  }
  if (window.usable && !window.shown && document.querySelector("main article[data-page] h1")) {
    window.shown = true;
    // Behind the frame that paints it.
    requestAnimationFrame(() => setTimeout(() => { window.page = performance.now(); }));
  }
}).observe(document, {subtree: true, childList: true, attributes: true});
"""
TIMES = "paint, usable, first page, blocking"
WANTED = {"usable": 800, "page": 1200, "blocking": 50}
"""Maximum number of milliseconds of each time of ``View`` on the slow line; beyond it, a warning is
printed."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one process used: wall time in seconds, peak memory in MiB, CPU time in seconds."""

    seconds: float
    memory: float
    processor: float


def run(command: list[str]) -> Run:
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"failed: {' '.join(command)}")
    return Run(seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime)


def best(commands: list[list[str]], repeats: int) -> list[Run]:
    """The fastest of ``repeats`` runs of each command. The commands are run in turn, so that other
    programs disturb all of them equally."""
    runs = [[run(command) for command in commands] for _ in range(repeats)]
    return [min(column, key=lambda timed: timed.seconds) for column in zip(*runs, strict=True)]


def builds(courses: dict[str, Path], output: Path) -> dict[str, Path]:
    python = sys.executable
    (bare,) = best([[python, "-c", BARE]], REPEATS)
    print(f"Python with click, jinja2 and lxml: {bare.seconds:.2f} s, {bare.memory:.0f} MiB\n")
    print(f"{'course':<14}{'build':>9}{'memory':>10}{'floor':>9}{'ratio':>8}{'zip':>10}")
    packages = {}
    for name, course in courses.items():
        folder = output / name
        build = [python, "-m", "builder", "build", str(course), "-o", str(folder)]
        floor = [python, "-c", FLOOR, str(course), str(output / "floor.zip")]
        repeats = REPEATS if name != "1000 pages" else 3
        built, least = best([build, floor], repeats)
        (packages[name],) = folder.glob("*.zip")
        size = packages[name].stat().st_size / 1000
        print(
            f"{name:<14}{built.seconds:>7.2f} s{built.memory:>6.0f} MiB{least.seconds:>7.2f} s"
            f"{built.seconds / least.seconds:>7.1f}×{size:>7.0f} KB"
        )
    return packages


def _edit(file: Path, edit: Callable[[str], str]) -> None:
    file.write_text(edit(file.read_text("utf-8")), "utf-8")


def refreshes(courses: dict[str, Path], output: Path) -> None:
    """Measure how long the preview takes to rebuild a course in memory after an edit, and print the
    results."""
    print(f"\n{'kept warm':<14}{'first':>9}{'a page':>12}{'a question':>13}{'a line above':>15}")
    for name, source in courses.items():
        course = output / f"{name} edited"
        shutil.copytree(source, course)
        warm = Warm(course, date.today())  # noqa: DTZ011 — the author's own day
        first = _milliseconds(warm)
        page = sorted((course / "pages").glob("*.md"))[len(courses)]
        [questions, *_] = sorted((course / "questions").glob("*.yaml"))
        edits = [
            _median(warm, page, ANOTHER_LINE),
            _median(warm, questions, ANOTHER_PROMPT),
            _median(warm, questions, lambda text: f"# One more line.\n{text}"),
        ]
        print(f"{name:<14}{first:>6.0f} ms" + "".join(f"{edit:>9.0f} ms " for edit in edits))
    print(f"median of {EDITS}, from the file to the files of the package in memory")


def _median(warm: Warm, file: Path, edit: Callable[[str], str]) -> float:
    spent = []
    for _ in range(EDITS):
        _edit(file, edit)
        spent.append(_milliseconds(warm))
    return statistics.median(spent)


def _milliseconds(warm: Warm) -> float:
    start = time.perf_counter()
    if not warm.refresh().good:
        raise SystemExit("failed: what was edited cannot be built any more")
    return 1000 * (time.perf_counter() - start)


def languages(one: Path, output: Path) -> None:
    """Compare a course in five languages with ``one``, the same course in one language: the CPU
    time of a build, and of a change in the preview."""
    five = output / "five languages"
    generate(five, 1000, LANGUAGES)
    commands = [
        [sys.executable, "-m", "builder", "build", str(course), "-o", str(output / "languages")]
        for course in (one, five)
    ]
    single, several = best(commands, 2)
    print(
        f"\n1000 pages, CPU of a build: one language {single.processor:.1f} s, five languages "
        f"{several.processor:.1f} s: {several.processor / single.processor:.1f}×"
    )
    warm = Warm(five, date.today())  # noqa: DTZ011 — the author's own day
    warm.refresh()
    page = five / "pages" / "page-0500.md"
    print(f"{'on view':<14}{'CPU':>9}{'wall':>9}{'CPU until complete':>22}")
    for tag in ("en", LANGUAGES[1]):
        spent = [steps(warm, page, tag) for _ in range(EDITS)]
        cpu, wall, whole = (statistics.median(column) for column in zip(*spent, strict=True))
        print(f"{tag:<14}{cpu:>6.0f} ms{wall:>6.0f} ms{whole:>19.0f} ms")
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"median of {EDITS} changes of a page; load {load} with {os.cpu_count()} cores")


def steps(warm: Warm, page: Path, tag: str) -> tuple[float, float, float]:
    """Edit a page while the language ``tag`` is on view. Returns the milliseconds of CPU and wall
    time until this language is up to date, and of CPU time until all are."""
    _edit(page, ANOTHER_LINE)
    wall, cpu = time.perf_counter(), time.process_time()
    views = warm.refresh_in_steps(tag, lambda: False)
    first = next(views)
    until = 1000 * (time.process_time() - cpu), 1000 * (time.perf_counter() - wall)
    [whole] = views
    if first.complete or not whole.good:
        raise SystemExit("failed: the language on view was not brought up to date first")
    return *until, 1000 * (time.process_time() - cpu)


@dataclass(frozen=True, slots=True)
class View:
    """How fast a package opens: times in milliseconds from the start of the navigation.

    ``paint`` is when the first view is painted, and ``usable`` when Start (or Next, without a
    cover) can be pressed. ``page`` is when the first page is painted, if Start is pressed at once.
    ``blocking`` is the sum of what tasks took beyond 50 ms each. ``requests`` and ``size``
    (uncompressed bytes) count what was requested until ``paint``, and those with ``all_`` what was
    requested until ``usable``.
    """

    requests: int
    size: int
    all_requests: int
    all_size: int
    paint: float
    usable: float
    page: float
    blocking: float


def first_view(browser: Browser, address: str, slow: bool) -> View:
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    if slow:
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", {"offline": False} | SLOW_LINE)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_CPU})
    page.add_init_script(WATCH)
    page.goto(address, wait_until="commit")
    painted = "performance.getEntriesByName('first-contentful-paint')"
    page.wait_for_function(f"() => window.page && {painted}.length")
    usable, shown = page.evaluate("[usable, window.page]")
    resources = page.evaluate(
        """() => performance.getEntries()
          .filter((e) => ["navigation", "resource"].includes(e.entryType))
          .map((e) => [e.startTime, e.responseEnd, e.decodedBodySize])"""
    )
    paint = page.evaluate(f"{painted}[0].startTime")
    # On a busy machine a script can run before the first paint, when nobody can press Start or
    # read yet.
    usable, shown = max(usable, paint), max(shown, paint)
    page.wait_for_load_state("networkidle")
    blocking = page.evaluate("longTasks.reduce((sum, t) => sum + Math.max(0, t - 50), 0)")
    context.close()
    until_read = [entry for entry in resources if entry[0] <= paint]
    until_usable = [entry for entry in resources if entry[0] <= usable]
    return View(
        requests=len(until_read),
        size=sum(entry[2] for entry in until_read),
        all_requests=len(until_usable),
        all_size=sum(entry[2] for entry in until_usable),
        paint=paint,
        usable=usable,
        page=shown,
        blocking=blocking,
    )


def best_view(browser: Browser, address: str, slow: bool) -> View:
    views = [first_view(browser, address, slow) for _ in range(REPEATS)]
    return replace(
        views[0],
        paint=min(view.paint for view in views),
        usable=min(view.usable for view in views),
        page=min(view.page for view in views),
        blocking=min(view.blocking for view in views),
    )


def views(packages: dict[str, Path], output: Path) -> None:
    print(f"\n{'first view':<12}{'until read':>16}{'until usable':>18}   {TIMES}")
    with running_chromium() as browser:
        for name, package in packages.items():
            folder = output / f"{name} unpacked"
            with zipfile.ZipFile(package) as archive:
                archive.extractall(folder)
            with running(Handler, str(folder)) as address:
                fast, slow = (
                    best_view(browser, f"{address}/index.html", slow) for slow in (False, True)
                )
                # Count on the slow line, where nothing is prefetched before the first paint.
                print(
                    f"{name:<12}{slow.requests:>4} in {slow.size / 1000:>5.1f} KB"
                    f"{slow.all_requests:>6} in {slow.all_size / 1000:>5.1f} KB"
                    f"   fast: {_times(fast)}   slow: {_times(slow)}"
                )
                for time_, most in WANTED.items():
                    if (taken := getattr(slow, time_)) > most:
                        print(f"  beyond: {time_} {taken:.0f} ms, {most} at most")
    print(f"slow: CPU × 4, 1.6 Mbit/s, 150 ms; times in ms, sizes uncompressed; best of {REPEATS}")
    print("first page: with Start pressed as soon as it can be; blocking: tasks beyond 50 ms")


def calls(packages: dict[str, Path], output: Path) -> None:
    kinds: tuple[Kind, ...] = ("page view", "answer", "session")
    heads = "".join(f"{f'{kind} (of {MOST[kind]})':>20}" for kind in kinds)
    print(f"\n{'calls, at most':<16}{heads}{'in all':>10}{'may be':>10}")
    with running_chromium() as browser:
        for name, package in packages.items():
            folder = unpack(package, output / f"{name} counted")
            with scorm_again(folder) as lms:
                context = browser.new_context()
                counted = count(context, Course.at(folder), lms)
                context.close()
            most = "".join(f"{max(step.calls for step in counted.of(kind)):>20}" for kind in kinds)
            print(f"{name:<16}{most}{counted.total:>10}{counted.most:>10}")
            for excess in counted.beyond():
                print(f"  beyond: {excess}")
    print("calls of the LMS's API in two visits that open and answer everything, look-ups left out")


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit that an author saves repeatedly. ``text`` returns the new content of ``file`` for the
    number N of the save; then the page with the id ``page`` shows “Save N.”."""

    page: str
    file: Path
    text: Callable[[int], str]


def previews(courses: dict[str, Path], output: Path) -> None:
    """Measure the time from saving a page or a question until the preview shows it in a browser,
    and print the results."""
    heads = "".join(f"{f'{kind}, median':>20}{'slowest':>10}" for kind in ("a page", "a question"))
    print(f"\n{'preview':<14}{heads}")
    with running_chromium() as browser:
        for name, course in courses.items():
            written = output / f"{name} written"
            shutil.copytree(course, written)
            request = Request(written, date(2026, 11, 26), "moodle", Editor())
            context = browser.new_context(bypass_csp=True)
            with preview(request) as found:
                page = context.new_page()
                page.goto(found.address)
                kinds = [sorted(saves(page, edit)) for edit in edits(found.stage)]
                context.close()
            lags = "".join(
                f"{statistics.median(lags):>17.0f} ms{lags[-1]:>7.0f} ms" for lags in kinds
            )
            print(f"{name:<14}{lags}")
    print(f"from the write to the changed page, {SAVES} times, the machine as noisy as it is")


def edits(stage: Stage) -> Iterator[Edit]:
    """Two edits to measure: of the first page with a practice question, and of that question."""
    plan = stage.shown.plan
    asking = next(page for page in plan.course.pages if page.checks) if plan else None
    if not asking:
        raise SystemExit("failed: no page of the course asks a question")
    file = stage.course / asking.path
    page = file.read_text("utf-8")
    yield Edit(asking.id, file, lambda number: f"{page}\n\nSave {number}.\n")
    place = stage.now.places["question", asking.checks[0].id]
    listed = stage.course / place.path
    lines = listed.read_text("utf-8").splitlines(keepends=True)
    above, below = "".join(lines[: place.line - 1]), "".join(lines[place.line - 1 :])
    yield Edit(
        asking.id,
        listed,
        lambda number: above + BEGINNING.sub(rf"\1Save {number}. ", below, count=1),
    )


def saves(page: Page, edit: Edit) -> Iterator[float]:
    """Save an edit ``SAVES`` times while the preview shows its page; yields the milliseconds until
    the page shows each save."""
    course = page.frame_locator("#frame").frame_locator("iframe[name=sco]")
    course.locator("#contents-button:visible").wait_for()
    _course(page).evaluate("id => (location.hash = `#/${id}`)", edit.page)
    course.locator(f"article[data-page={edit.page}]").wait_for()
    # The first save may reload the course, because it turns an approved course into a draft.
    edit.file.write_text(edit.text(0), "utf-8")
    course.locator("main").get_by_text("Save 0.").wait_for()
    frame = _course(page)
    frame.evaluate(SEEN)
    for number in range(1, SAVES + 1):
        began = time.time() * 1000
        edit.file.write_text(edit.text(number), "utf-8")
        frame.wait_for_function("(number) => number in window.seen", arg=str(number))
        yield frame.evaluate("(number) => window.seen[number]", str(number)) - began


def _course(page: Page) -> Frame:
    return next(frame for frame in page.frames if frame.name == "sco")


def _times(view: View) -> str:
    return f"{view.paint:.0f}, {view.usable:.0f}, {view.page:.0f}, {view.blocking:.0f}"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder)
        courses = {"this course": ROOT / "course", "showcase": ROOT / "tests" / "showcase"}
        for pages in (10, 100, 1000):
            courses[f"{pages} pages"] = output / f"course-{pages}"
            generate(courses[f"{pages} pages"], pages)
        packages = builds(courses, output)
        imports.measure(best, output)
        audits.measure(output)
        refreshes(courses, output)
        languages(courses["1000 pages"], output)
        views(packages, output)
        previews({name: courses[name] for name in ("this course", "1000 pages")}, output)
        calls({name: packages[name] for name in ("this course", "showcase")}, output)


if __name__ == "__main__":
    main()
