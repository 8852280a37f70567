"""Leads through a course: every page in every state that a trainee meets, by the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Frame, Locator, expect

from tests.a11y.answers import Question, Verdict, answer
from tests.a11y.hand import Keyboard
from tests.a11y.markup import as_document
from tests.a11y.view import ONWARD, Memory, Place, Tab, View
from tests.support.unpacked import Package
from tests.support.ways import SUBMIT, best_way

CLOSED = "main :is(summary, button[aria-expanded=false]):visible"
TABS = "main [role=tab][aria-selected=false]:visible"
START = "main .quiz > .actions button"
RESULT = "Your result"
VERDICTS: tuple[Verdict, ...] = ("wrong", "partly", "right")


class Crawl:
    """A walk through a package in a tab. ``thorough``: each question in each state; otherwise each
    kind of question once in practice, and once as a quiz asks it, and each verdict of a quiz."""

    def __init__(
        self, tab: Tab, package: Package, *, thorough: bool, memory: Memory | None = None
    ) -> None:
        self.tab = tab
        self.package = package
        self.thorough = thorough
        self.memory = memory or Memory()
        self.hand = Keyboard(tab.page, tabs=False)
        self.page = ""
        self.met: set[tuple[str, ...]] = set()
        tab.page.on("request", lambda request: self.memory.requests.append(request.url))

    @property
    def frame(self) -> Frame:
        return self.tab.frame

    def view(
        self,
        state: str,
        *needs: str,
        action: dict[str, Any] | None = None,
        familiar: bool = False,
    ) -> View:
        """The page as it stands, for the checks. ``familiar``: its words are in another view,
        too."""
        place = Place(
            self.package.name,
            self.page,
            state,
            self.tab.mode,
            self.tab.scheme,
            self.package.direction,
        )
        also = {"view", *needs} | ({"action", "change"} if action else set())
        view = View(
            self.tab,
            place,
            self.memory,
            self.package.title,
            self.package.language,
            frozenset(also),
            action,
            thorough=self.thorough,
            familiar=familiar or not also.isdisjoint(("empty", "answered")),
        )
        # Elements of known kinds are written by the same templates as in the views before.
        if self.thorough or view.looks_new:
            self.memory.documents[f"{self.page}, {state}"] = as_document(self.frame.content())
        return view

    def act(self, control: Locator, *, moves: bool = False) -> dict[str, Any]:
        """Press a control; what that did. ``moves``: to another page or view."""
        control.focus()
        return self.watch(lambda: self.tab.page.keyboard.press("Enter"), control, moves=moves)

    def watch(self, deed: Any, control: Locator, *, moves: bool = False) -> dict[str, Any]:
        probe = View(self.tab, Place("", "", "", ""), self.memory, "")
        about = control.evaluate(
            "it => [it.outerHTML.slice(0, 160), it.ariaExpanded, it.type === 'button']"
        )
        probe.ask("action", "before")
        before = self.frame.evaluate("document.querySelector('main h1')?.textContent")
        deed()
        if moves:
            self.frame.wait_for_function(
                "before => document.querySelector('main h1')?.textContent !== before", arg=before
            )
        self.tab.settle()
        found: dict[str, Any] = probe.ask("action", "after")
        return found | {"control": about[0], "expanded": about[1], "plain": about[2]}

    def first(self, *look: str) -> bool:
        """Whether this kind of thing is new in the crawl, or each is wanted."""
        known = look in self.met
        self.met.add(look)
        return self.thorough or not known

    # -- the course -----------------------------------------------------------------------------

    def states(self) -> Iterator[View]:
        """Every page, from the first to the last, each in its states."""
        yield from self.cover()
        for number, entry in enumerate(self.package.outline["pages"]):
            yield from self.open(number, entry)
            yield from self.expanded()
            for view in self.answered_states(entry):
                view.answers = True
                yield view
            if not number:
                yield from self.locked(entry["id"])
                yield from self.unfinished(entry["id"])
        yield from self.ending()
        yield from self.shell()

    def answered_states(self, entry: dict[str, Any]) -> Iterator[View]:
        """A page as answers change it."""
        for form in self.frame.locator("main .check form[data-question]").all():
            yield from self.practice(form)
        if entry["kind"] == "quiz":
            yield from self.quiz()
        if entry["kind"] == "test-out":
            yield from self.test_out()
        if entry["kind"] == "record":
            yield from self.record()
        if entry["kind"] == "scenario":
            yield from self.scenario(entry["scenario"])

    def cover(self) -> Iterator[View]:
        """What stands before the first page."""
        if self.frame.locator("article.cover").count():
            self.page = "Cover"
            yield self.view("as it opens")

    def pages(self) -> Iterator[View]:
        """Every page that is open without an answer, from the first to the last."""
        for number, entry in enumerate(self.package.outline["pages"]):
            if "lock" in entry and self.at_lock(entry):
                continue
            yield from self.open(number, entry)
            yield from self.expanded()

    def at_lock(self, entry: dict[str, Any]) -> bool:
        """Whether the address of a page leads to its lock."""
        before = self.frame.url.partition("#")[2]
        self.frame.evaluate("id => { location.hash = `#/${id}` }", entry["id"])
        place = self.frame.locator(f".lock-first, article[data-page='{entry['id']}']").first
        place.wait_for()
        locked = self.frame.locator(".lock-first").count() > 0
        if not locked:
            self.frame.evaluate("before => { location.hash = before }", before)
            place.wait_for(state="detached")
        return locked

    def open(self, number: int, entry: dict[str, Any]) -> Iterator[View]:
        action = None
        forward = self.frame.locator("#begin" if not number else ONWARD)
        if number and self.package.pages[number - 1]["kind"] == "test-out":
            # A test-out that is passed leads past the pages that it has shown.
            self.frame.evaluate("id => { location.hash = `#/${id}` }", entry["id"])
        elif forward.is_visible():
            action = self.act(forward, moves=True)
        self.frame.locator(f"article[data-page='{entry['id']}'] h1").wait_for()
        self.page = entry["title"]
        yield self.view("as it opens", action=action, familiar=self.opens())
        note = self.frame.locator(".content-note.closed .actions button").first
        if note.is_visible():
            yield self.view("after its note", action=self.act(note))

    def opens(self) -> bool:
        """Whether all that is shown now will still be there with all opened, and more."""
        # Another tab takes the place of the first.
        return bool(self.frame.locator(CLOSED).count()) and not self.frame.locator(TABS).count()

    def expanded(self) -> Iterator[View]:
        """With everything open that opens in place."""
        action = None
        for control in self.frame.locator(f"{CLOSED}, {TABS}").all():
            if control.is_visible():
                action = self.act(control)
        if action:
            yield self.view("with all opened", action=action)

    # -- questions ------------------------------------------------------------------------------

    def kind(self, question: Question) -> str:
        several = question["answer"].get("multiple") if question.get("answer") else None
        return f"{question['type']}{' (several)' if several else ''}"

    def question(self, form: Locator) -> Question:
        return self.package.questions[form.get_attribute("data-question") or ""]

    def practice(self, form: Locator) -> Iterator[View]:
        question = self.question(form)
        kind = self.kind(question)
        if not self.first(kind, "practice"):
            if self.frame.locator("main .check").count():
                answer(self.hand, form, question, "right")
                self.act(form.locator(SUBMIT))
            return
        yield from self.unanswered(form, question)
        again = form.locator(".feedback button")
        if again.is_visible():
            self.act(again)
        for verdict in VERDICTS:
            if not answer(self.hand, form, question, verdict):
                continue
            action = self.act(form.locator(SUBMIT))
            yield self.answered(question, verdict, action)
            if verdict != "right" and again.is_visible():
                self.act(again)

    def unanswered(self, form: Locator, question: Question) -> Iterator[View]:
        # A button that is an answer cannot be pressed without one.
        if not form.locator(SUBMIT).count():
            return
        action = self.act(form.locator(SUBMIT))
        if form.locator(".error-summary").count():
            yield self.view(f"{self.kind(question)}: no answer", "empty", action=action)

    def answered(self, question: Question, verdict: Verdict, action: dict[str, Any]) -> View:
        if not question["scored"]:
            return self.view(self.kind(question), "answered", action=action)
        return self.view(
            f"{self.kind(question)}: {verdict}",
            "answered",
            action=action | {"question": question["id"], "verdict": verdict},
        )

    # -- quizzes --------------------------------------------------------------------------------

    def quiz(self) -> Iterator[View]:
        """An attempt that does not pass, its review, and one that does."""
        begin = self.frame.locator(f"{START}, main .quiz > .next-steps .actions button").last
        yield from self.attempt("wrong", "the first attempt", begin)
        if begin.is_visible():
            yield from self.attempt("right", "the next attempt", begin)

    def test_out(self) -> Iterator[View]:
        """The same of a test-out, whose other buttons lead to the pages."""
        begin = self.frame.locator(START).first
        yield from self.attempt("wrong", "the first attempt", begin)
        again = self.frame.locator("main .quiz .outcome .actions button").last
        if again.is_visible():
            yield from self.attempt("right", "the next attempt", again)

    def attempt(self, verdict: Verdict, name: str, begin: Locator) -> Iterator[View]:
        action = self.act(begin)
        form = self.frame.locator("main form[data-question]")
        asked = 0
        more = self.frame.locator("main .feedback .actions button")
        while form.count():
            question = self.question(form)
            kind = self.kind(question)
            asked += 1
            refused = True
            if self.first(kind, "in a quiz"):
                yield self.view(f"{name}: {kind}", action=action, familiar=True)
                if self.first("no answer", "in a quiz"):
                    yield from self.unanswered(form, question)
                    # An order is an answer as it stands.
                    refused = form.locator(".error-summary").count() > 0
            given = verdict
            if refused:
                if asked % 2 and verdict == "wrong" and not self.first(kind, "wrong in a quiz"):
                    given = "partly"
                # Not every question has a wrong answer.
                given = next(
                    one
                    for one in (given, "wrong", "right")
                    if answer(self.hand, form, question, one)
                )
                action = self.act(form.locator(SUBMIT))
                scored = given if question["scored"] else "unscored"
                if more.count() and self.first(scored, "in a quiz"):
                    yield self.answered(question, given, action)
            if more.count():
                action = self.act(more.last)
        submit = self.frame.locator("main .answers-to-check ~ .actions button")
        if submit.count():
            if self.first("answers to check", "in a quiz"):
                yield self.view(f"{name}: the answers to check", action=action)
            action = self.act(submit)
        yield self.view(f"{name}: the result", action=action)
        yield from self.expanded()

    # -- scenarios ------------------------------------------------------------------------------

    def scenario(self, scenario: dict[str, Any]) -> Iterator[View]:
        """A walk to its best ending, with a look back, and the beginning of another walk."""
        forward = self.frame.locator("#walk-next")
        back = self.frame.locator("#walk-back")
        for choice in best_way(scenario):
            action = self.act(self.frame.locator(f"#walk-{choice}"))
            if forward.count():
                if self.first("a decision", "in a scenario"):
                    yield self.view("a decision", action=action)
                    yield from self.expanded()
                action = self.act(forward)
            if back.is_visible() and self.first("a later scene", "in a scenario"):
                yield self.view("a later scene", action=action)
                yield from self.expanded()
                yield self.view("an earlier scene", action=self.act(back))
                action = self.act(forward)
        yield self.view("an ending", action=action)
        yield self.view("another way", action=self.act(self.frame.locator("#walk-again")))

    # -- the record -----------------------------------------------------------------------------

    def record(self) -> Iterator[View]:
        fields = self.frame.locator("main .record-item textarea")
        for field in fields.all():
            self.hand.write(field, "A few words about it. " * 2)
        day = self.frame.locator("main .record-item input").first
        self.hand.write(day, "32")
        day.press("Tab")
        yield self.view("a day that there is not", "change")
        for date in self.frame.locator("main .record-item .date").all():
            for field, value in zip(date.locator("input").all(), ("3", "11", "2026"), strict=True):
                self.hand.write(field, value)
        self.tab.page.keyboard.press("Tab")
        yield self.view("filled in", "change")

    # -- what stands round the pages --------------------------------------------------------------

    def locked(self, back: str) -> Iterator[View]:
        """What stands in the place of a page that is not open yet, at its address."""
        pages = self.package.outline["pages"]
        for entry in [entry for entry in pages if "lock" in entry][:1]:
            self.frame.evaluate("id => { location.hash = `#/${id}` }", entry["id"])
            self.frame.locator(".lock-first").wait_for()
            self.page = entry["title"]
            yield self.view("locked", "change")
            self.frame.evaluate("id => { location.hash = `#/${id}` }", back)
            self.frame.locator(f"article[data-page='{back}']").wait_for()

    def unfinished(self, back: str) -> Iterator[View]:
        """The view of how it went, at its address, while nearly all is still to do."""
        self.frame.evaluate("location.hash = '#end'")
        self.frame.locator(".end-mark").wait_for()
        self.page = RESULT
        yield self.view("nearly all is still to do", "change")
        self.frame.evaluate("id => { location.hash = `#/${id}` }", back)
        self.frame.locator(f"article[data-page='{back}']").wait_for()

    def ending(self) -> Iterator[View]:
        """How it went, as the last page leads to it."""
        action = self.act(self.frame.locator("#next"), moves=True)
        self.frame.locator(".end-mark").wait_for()
        # The certificate is offered once it is known who has the result.
        expect(self.frame.locator("main .saved-words")).not_to_be_empty()
        self.page = RESULT
        yield self.view("after the last page", action=action)

    def search(self) -> Iterator[View]:
        """The search: empty, with results, without any."""
        toggle = self.frame.locator("#search-button")
        action = self.act(toggle)
        field = self.frame.locator("#search-words")
        field.wait_for()
        yield self.view("search open", action=action)
        for words, state in ((self.package.title.split()[-1], "found"), ("zzz", "not found")):
            field.fill("")
            self.hand.write(field, words)
            action = self.watch(lambda: field.press("Enter"), field)
            yield self.view(f"search: {state}", action=action)
        field.press("Escape")

    def shell(self) -> Iterator[View]:
        toggle = self.frame.locator("#contents-button")
        action = self.act(toggle)
        yield self.view("contents open", action=action)
        toggle.press("Escape")
        yield from self.search()
        if self.frame.locator(".leave").count():
            self.tab.page.keyboard.press("Shift")
            yield self.view("Shift pressed once", "change")
        helping = self.frame.locator("#help-link")
        if helping.count():
            action = self.act(helping, moves=True)
            self.page = "Help and contacts"
            yield self.view("as it opens", action=action)
        action = self.act(self.frame.locator("#about-button"), moves=True)
        self.page = "About this course"
        yield self.view("as it opens", action=action)
        leave = self.frame.locator("#exit-button")
        if leave.is_visible():
            action = self.act(leave, moves=True)
            self.page = "The end"
            yield self.view("after Exit", action=action)
            expect(self.frame.locator("#exit-button")).to_be_hidden()
