"""Runs the checks over courses, and says what they found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page

from tests.a11y import markup, notices
from tests.a11y.check import Check, Findings, by_window
from tests.a11y.crawl import Crawl
from tests.a11y.table import CHECKS
from tests.a11y.view import BEGUN, Memory, Tab, View
from tests.a11y.walks import Whole
from tests.lms.scorm_again import scorm_again
from tests.support import patience
from tests.support.unpacked import Package


@dataclass(slots=True)
class Result:
    """What one check has found so far."""

    places: set[tuple[str, str]] = field(default_factory=set)
    """Course and page."""

    states: int = 0
    findings: Findings = field(default_factory=list)


class Report:
    """Results by check; looks at views one by one."""

    def __init__(self, checks: Iterable[Check] = CHECKS, *, brief: bool = False) -> None:
        """``brief``: where answers led to, only run the checks that need an action."""
        self.results = {check: Result() for check in checks}
        self.brief = brief

    def look(self, view: View) -> None:
        """Run every check that this view is for."""
        passed_over = {"course", "documents"}
        if self.brief and view.answers:
            passed_over.add("view")
        for check in by_window(self.results):
            if check.needs not in passed_over and check.fits(view):
                self.note(check, str(view.place), view.place.page, check.look(view))
        view.tab.restore()

    def course(self, whole: Whole) -> None:
        """Run every check that looks at a course as a whole."""
        name = whole.package.name
        for check in self.results:
            if check.needs == "course":
                self.note(check, name, name, check.find(whole))

    def documents(self, name: str, documents: dict[str, str]) -> None:
        """Run every check that looks at HTML, over the sources and the views of a course."""
        for check, result in self.results.items():
            if check.needs == "documents":
                self.note(check, name, name, check.find(documents))
                result.states += len(documents) - 1

    def note(self, check: Check, place: str, page: str, findings: Findings) -> None:
        result = self.results[check]
        result.places.add((place, page))
        result.states += 1
        result.findings += [f"{check.number} {check.name}: {place}: {one}" for one in findings]

    def add(self, other: Report) -> None:
        """Take over what another one, of the same checks, has found."""
        for check, found in other.results.items():
            result = self.results[check]
            result.places |= found.places
            result.states += found.states
            result.findings += found.findings

    @property
    def findings(self) -> Findings:
        return [one for result in self.results.values() for one in dict.fromkeys(result.findings)]

    def table(self) -> str:
        """The checks with their criteria, pages and states visited, and failures."""
        head = ("", "check", "WCAG 2.2", "pages", "states", "failures")
        rows = [
            (
                str(check.number),
                check.name,
                check.criterion,
                str(len({page for _, page in result.places})),
                str(result.states),
                str(len(dict.fromkeys(result.findings))),
            )
            for check, result in self.results.items()
        ]
        widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
        return "\n".join(
            "  ".join(
                cell.rjust(width) if at in (0, 3, 4, 5) else cell.ljust(width)
                for at, (cell, width) in enumerate(zip(row, widths, strict=True))
            ).rstrip()
            for row in (head, *rows)
        )


@contextmanager
def launched(browser: Browser, package: Package, mode: str, scheme: str) -> Iterator[Tab]:
    """A package in its LMS, in a frame or a window of its own."""
    with scorm_again(package.folder) as lms:
        context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
        context.set_default_timeout(patience.MILLISECONDS)
        try:
            yield opened(context, lms.url("popup" if mode == "popup" else "frame"), mode, scheme)
        finally:
            context.close()


def opened(context: BrowserContext, address: str, mode: str, scheme: str) -> Tab:
    page: Page = context.new_page()
    if mode == "popup":
        with page.expect_popup() as popup:
            page.goto(address)
        page = popup.value
        page.wait_for_load_state()
        tab = Tab(page, mode, scheme)
    else:
        tab = Tab(page, mode, scheme)
        page.goto(address)
        page.frame_locator("iframe[name=sco]").locator(BEGUN).first.wait_for()
    tab.frame.locator(BEGUN).first.wait_for()
    page.bring_to_front()
    return tab


def later_visit(
    report: Report, browser: Browser, package: Package, scheme: str, known: Memory
) -> None:
    """Come back to a course, and look at what is shown above its pages."""
    with scorm_again(package.folder) as lms:
        for number in range(2):
            context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
            context.set_default_timeout(patience.MILLISECONDS)
            tab = opened(context, lms.url(), "frame", scheme)
            crawl = Crawl(tab, package, thorough=False, memory=known.next())
            if not number:
                notices.leave(crawl)
            else:
                for view in notices.states(crawl, lms):
                    report.look(view)
            context.close()


def looking_back(
    report: Report, browser: Browser, package: Package, scheme: str, known: Memory
) -> None:
    """Look back at a course that was passed: at its result and its certificate."""
    with scorm_again(package.folder, given=notices.PASSED) as lms:
        context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
        context.set_default_timeout(patience.MILLISECONDS)
        tab = opened(context, lms.url(), "frame", scheme)
        crawl = Crawl(tab, package, thorough=False, memory=known.next())
        for view in notices.passed(crawl):
            report.look(view)
        context.close()


def inspect(
    report: Report,
    browser: Browser,
    package: Package,
    *,
    mode: str = "frame",
    scheme: str = "light",
    thorough: bool = False,
    answers: bool = True,
    known: Memory | None = None,
    documents: dict[str, str] | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> None:
    """Lead through a course and look at every state of it; without ``answers`` at its pages.
    ``known`` is what other crawls have seen; HTML that is to be judged together with that of other
    courses is added to ``documents``."""
    memory = known.next() if known else Memory()
    with launched(browser, package, mode, scheme) as tab:
        crawl = Crawl(tab, package, thorough=thorough, memory=memory)
        for view in crawl.states() if answers else crawl.pages():
            tell(str(view.place))
            report.look(view)
        own = markup.sources(package.folder) | crawl.memory.documents
    if documents is None:
        report.documents(package.name, own)
    else:
        documents |= {f"{name} ({package.name})": html for name, html in own.items()}
