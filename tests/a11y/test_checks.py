"""Each check finds its planted fault, and nothing in a clean set that it was not tuned by."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree
from typing import Any, cast

import pytest
from playwright.sync_api import Browser

from tests.a11y import clean, tree
from tests.a11y.check import Check
from tests.a11y.crawl import Crawl
from tests.a11y.markup import as_document
from tests.a11y.run import Report
from tests.a11y.table import CHECKS
from tests.a11y.view import Memory, Place, Tab, View
from tests.a11y.walks import Whole
from tests.support import patience
from tests.support.local_server import Handler, running
from tests.support.packages import built, unpack
from tests.support.unpacked import Package

FAULTS = Path(__file__).parent / "faults"
COURSE = Path(__file__).parent.parent / "golden/course"
PAGES = sorted(path.name for path in FAULTS.glob("*.html"))
FIRST = {name[:2]: name for name in reversed(PAGES)}
"""The first planted fault of each check; ``make a11y`` plants the others too."""
WIDE = [check for check in CHECKS if check.needs != "course"]


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Tab]:
    context = browser.new_context()
    context.set_default_timeout(patience.IN_VAIN)
    yield Tab(context.new_page(), "direct")
    context.close()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running(Handler, str(FAULTS)) as address:
        yield address


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Package:
    """A small sound course, unpacked."""
    folder = tmp_path_factory.mktemp("small")
    return Package("small", unpack(built(COURSE, folder), folder / "unpacked"))


class Small(Crawl):
    """Views of a page that is no course."""

    def __init__(self, tab: Tab, name: str, title: str, target: int) -> None:
        super().__init__(tab, Package(name, Path()), thorough=True)
        self.page = name
        self.course = title
        self.target = target

    def look(self, state: str, *needs: str, action: dict[str, Any] | None = None) -> View:
        self.memory.documents[state] = as_document(self.frame.content())
        also = {"view", *needs} | ({"action", "change"} if action else set())
        return View(
            self.tab,
            Place("small", self.page, state, "direct"),
            self.memory,
            self.course,
            needs=frozenset(also),
            action=action,
            target=self.target,
        )

    def views(self) -> Iterator[View]:
        """As it opens, and after each press that the page's <html data-press> names."""
        yield self.look("as it opens")
        told = self.frame.evaluate("({...document.documentElement.dataset})")
        verdicts = told.get("verdicts", "").split()
        for number, selector in enumerate(told.get("press", "").split()):
            control = self.frame.locator(selector)
            action = self.act(control) | {"question": "the question"}
            if verdicts:
                action["verdict"] = verdicts[number]
            yield self.look(f"{selector} pressed", *told.get("needs", "").split(), action=action)


def planted(html: str, course: Package, folder: Path) -> Package:
    """A copy of a course with HTML at the end of its page, whose policy runs no script in it."""
    copytree(course.folder, folder)
    page = folder / "index.html"
    if script := re.search(r"<script>(.*?)</script>", html, re.DOTALL):
        (folder / "planted.js").write_text(script[1], "utf-8")
        html = html.replace(script[0], '<script src="planted.js"></script>')
    page.write_text(page.read_text("utf-8").replace("</body>", html + "</body>"), "utf-8")
    return Package(course.name, folder)


def test_there_are_the_checks_of_the_list_in_its_order() -> None:
    numbers = [check.number for check in CHECKS]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=() if name in FIRST.values() else pytest.mark.thorough)
        for name in PAGES
    ],
)
def test_a_planted_fault_is_found(
    tab: Tab, address: str, name: str, browser: Browser, course: Package, tmp_path: Path
) -> None:
    checks = [one for one in CHECKS if one.number == int(name[:2])]
    source = (FAULTS / name).read_text("utf-8")
    if not source.startswith("<!doctype html>"):
        whole = Whole(planted(source, course, tmp_path / "course"), browser)
        assert [one for check in checks if check.needs == "course" for one in check.find(whole)]
        return
    small = Small(tab, name, "Faults", 44)
    tab.page.goto(f"{address}/{name}")
    report = Report(one for one in checks if one.needs != "course")
    for view in small.views():
        report.look(view)
    report.documents(name, {"source": source})
    assert report.findings
    tab.restore()


@pytest.mark.parametrize(
    "check", [pytest.param(one, id=one.name) for one in CHECKS if one.needs == "course"]
)
def test_a_sound_course_passes(check: Check, browser: Browser, course: Package) -> None:
    assert check.find(Whole(course, browser)) == []


def test_every_check_has_a_planted_fault() -> None:
    assert {int(name[:2]) for name in PAGES} == {check.number for check in CHECKS}


@pytest.fixture(scope="module")
def sample() -> Iterator[Callable[[str], str]]:
    with running(Handler, str(clean.NHS)) as address:
        yield lambda name: f"{address}/{name}"


@pytest.mark.parametrize(
    ("name", "html"),
    [
        pytest.param(*page, id=page[0], marks=pytest.mark.thorough if number % 3 else ())
        for number, page in enumerate(clean.pages())
    ],
)
def test_a_sound_page_passes(tab: Tab, sample: Callable[[str], str], name: str, html: str) -> None:
    place = sample(f"{name}.html")
    tab.page.route(place, lambda route: route.fulfill(body=html, content_type="text/html"))
    tab.page.route("**/*.min.css", lambda route: route.fulfill(body=clean.styles()))
    tab.page.goto(place)
    report = Report(check for check in WIDE if check.needs != "documents")
    for view in Small(tab, name, "Clean set", 24).views():
        report.look(view)
    assert [one for one in report.findings if not clean.known(name, one)] == []


@pytest.mark.whole
def test_the_html_of_sound_pages_passes() -> None:
    report = Report(check for check in WIDE if check.needs == "documents")
    report.documents("clean set", {f"source {name}": html for name, html in clean.pages()})
    assert [one for one in report.findings if not clean.known("html", one)] == []


def test_a_partly_right_answer_alone_is_compared_with_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = {"partly": "Partly right", "right": "Told alike", "wrong": "Told alike"}
    memory = Memory()

    def found(verdict: str) -> list[str]:
        monkeypatch.setattr(tree, "spoken_feedback", lambda view: told[verdict])
        action = {"question": "shade", "verdict": verdict}
        place = Place("small", "Shade", verdict, "frame")
        view = View(cast("Tab", None), place, memory, "small", action=action)
        return tree.verdict_in_words(view)

    assert found("partly") == []
    assert found("wrong") == []
    assert found("right") == ["right or wrong, it says “Told alike”"]


def test_what_processes_have_found_adds_up() -> None:
    check = CHECKS[0]
    whole, part = Report(), Report()
    whole.note(check, "first page", "first", ["too pale"])
    part.note(check, "second page", "second", ["too low"])
    whole.add(pickle.loads(pickle.dumps(part)))
    assert whole.results[check].states == 2
    assert whole.results[check].places == {("first page", "first"), ("second page", "second")}
    number_and_name = f"{check.number} {check.name}"
    assert whole.findings == [
        f"{number_and_name}: first page: too pale",
        f"{number_and_name}: second page: too low",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_one_crawl_leaves_out_the_other_one_has(scheme: str) -> None:
    """What looks at both colours, and HTML, room and places, which no colour changes."""
    left_out = {check.number for check in CHECKS if check.again == scheme}
    assert left_out == {"light": {2}, "dark": {5, 6, 16, 19, 32, 33, 35, 37, 38}}[scheme]
