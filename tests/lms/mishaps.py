"""What can go wrong for a trainee: how it begins and ends, and what shows that it has happened."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from playwright.sync_api import expect

from builder.preview.lms import Faults
from tests.browser.learner import Learner
from tests.lms.facts import FACTS, Visit
from tests.lms.lms import history_step
from tests.lms.trouble import HALF, HALF_DONE, HOUR, MINUTE, RIGHT, START, TEXTS, Trouble
from tests.support import patience

A_WHILE = 20_000
"""Milliseconds in which an LMS that is back is asked again, and a trainee who is looks round."""

Act = Callable[[Trouble], None]
Look = Callable[[Trouble], bool]


def nothing(trouble: Trouble) -> None:
    """Nothing more has to happen."""


def always(trouble: Trouble) -> bool:
    return True


def suffers(**faults: Any) -> Act:
    """The learning system has these faults from now on."""

    def begin(trouble: Trouble) -> None:
        trouble.lms.faults = Faults(**faults)

    return begin


def recovers(trouble: Trouble) -> None:
    trouble.lms.faults = Faults()


STATUS = "cmi.core.lesson_status"
UNFINISHED = ("", "not attempted", "incomplete")


def leaves_and_comes_back(trouble: Trouble) -> None:
    """The trainee leaves while it lasts: some LMSs end a visit that told no status as completed."""
    trouble.leave()
    assert trouble.lms.stored().status in UNFINISHED
    recovers(trouble)
    trouble.open()


def recovers_as_it_is_left(trouble: Trouble) -> None:
    """What the page sends as it goes gets through: in some LMSs only what has changed."""
    recovers(trouble)
    trouble.leave()
    trouble.open()


def gave_false(*call: str) -> Look:
    """A call of the API, of which the name and first arguments are given, gave "false"."""
    name, *args = call
    return lambda trouble: any(
        one.name == name and [*one.args[: len(args)]] == args and one.value == "false"
        for one in trouble.lms.calls
    )


def was_not_stored(trouble: Trouble) -> bool:
    return trouble.lms.server.failed > 0


def was_not_stored_thrice(trouble: Trouble) -> bool:
    failed = trouble.lms.server.failed
    # A loss that is not detected is not sent again.
    return failed > 0 if trouble.blind else failed == 3


def has_only_the_start(trouble: Trouble) -> bool:
    return len(trouble.lms.stored().state or "") == trouble.lms.faults.state_limit


def offline(trouble: Trouble) -> None:
    trouble.context.set_offline(True)


def online(trouble: Trouble) -> None:
    trouble.context.set_offline(False)


def request_failed(trouble: Trouble) -> bool:
    return trouble.failed != []


def nothing_was_called(trouble: Trouble) -> bool:
    return trouble.lms.calls == []


def comes_late(trouble: Trouble) -> None:
    trouble.pass_time(LATE)


LATE = 20_000
"""Milliseconds until an API is there that is late: far more than a page takes to load."""


def in_the_page(true: str) -> Look:
    """Something is so, by JavaScript, in the course's window."""
    return lambda trouble: bool(trouble.frame.evaluate(f"() => {true}"))


UP = "(n, up) => (up === up.parent ? n : frames_up(n + 1, up.parent))"
SEVEN_UP = f"(() => {{ const frames_up = {UP}; return frames_up(0, window) > 7; }})()"
CROSS_ORIGIN = """(() => {
  try {
    for (let one = window; one !== one.parent; one = one.parent) one.parent.location.href;
    return false;
  } catch { return true; }
})()"""
THROWS = "(() => { try { return !indexedDB; } catch { return true; } })()"
STORAGE_THROWS = """
for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches", "BroadcastChannel"])
  Object.defineProperty(window, name, {
    get() { throw new DOMException("denied", "SecurityError"); },
  });
"""


def storage_throws(trouble: Trouble) -> None:
    trouble.context.add_init_script(STORAGE_THROWS)


SLOW = """
const lms = () => { try { return top.location.href && top; } catch { return window; } };
const note = (name, more) => (lms()[name] = (lms()[name] ?? 0) + more);
const now = performance.now.bind(performance);
performance.now = () => now() + (lms().stood ?? 0);
const { open, send } = XMLHttpRequest.prototype;
XMLHttpRequest.prototype.open = function (method, address, later = true, ...more) {
  this.waits = !later;
  return open.call(this, method, address, later, ...more);
};
XMLHttpRequest.prototype.send = function (body) {
  if (this.waits) note("stood", 5000);
  return send.call(this, body);
};
const ask = window.fetch;
window.fetch = async (address, given) => {
  const reply = await ask(address, given);
  if (address !== "data" && given?.method !== "HEAD") return reply;
  note("waited", 5000);
  await new Promise((over) => setTimeout(over, 5000));
  return reply;
};
"""
"""Each answer, of the LMS and to the player's own request, takes five seconds by the browser's
clock: ``stood`` while the page waits for it, ``waited`` where the page goes on. It counts once it
has arrived, however long the answer takes."""


def slow(trouble: Trouble) -> None:
    trouble.context.add_init_script(SLOW)


def leaps(act: Act) -> Act:
    """After some time a clock changes."""

    def begin(trouble: Trouble) -> None:
        trouble.pass_time(MINUTE)
        act(trouble)

    return begin


def sleeps(trouble: Trouble) -> None:
    trouble.context.clock.fast_forward(10 * HOUR)
    trouble.settle()


def set_to(when: datetime) -> Act:
    return lambda trouble: trouble.context.clock.set_system_time(when)


def leapt(hours: int) -> Look:
    """The page's clock is about so many hours away from the time that has passed."""

    def look(trouble: Trouble) -> bool:
        now = float(trouble.frame.evaluate("() => Date.now()")) / HOUR
        return abs(now - START.timestamp() / 3600 - trouble.passed / HOUR - hours) < 0.1

    return look


def counted_the_time_there(more: int = 0) -> Act:
    """What the LMS counts, if it does, is the time that the trainee was there, and at most so many
    milliseconds ``more``."""

    def check(trouble: Trouble) -> None:
        if "seconds" in trouble.lms.lacks:
            return
        seconds = trouble.lms.stored().seconds
        assert seconds is not None
        least = MINUTE / 1000
        visit = Visit("lms", least, (trouble.passed + more) / 1000, least)
        for fact in FACTS.get(trouble.lms.name, ()):
            if fact.field == "seconds" and visit.end in fact.ends:
                visit = fact.held(visit)
        assert visit.least <= seconds <= visit.most

    return check


def kept_as(change: Callable[[str], str], elsewhere: bool = False) -> Act:
    """There was a visit, and what was kept of it comes back changed; ``elsewhere`` in a browser
    that has nothing of it."""

    def before(trouble: Trouble) -> None:
        trouble.open()
        trouble.wait_until_told("saved")
        trouble.wait_for_the_next_page()
        trouble.work(HALF)
        trouble.wait_until_told("saved")
        trouble.leave()
        assert trouble.holds() == trouble.wanted(**HALF_DONE)
        trouble.lms.given = {"cmi.suspend_data": change(trouble.lms.stored().state or "")}
        if elsewhere:
            trouble.forget()

    return before


def truncated(text: str) -> str:
    return text[: len(text) * 3 // 4]


def garbage(text: str) -> str:
    return "@%" * 99


def came_back_changed(trouble: Trouble) -> bool:
    calls = trouble.lms.calls
    launch = calls[-1].launch
    # Later reads of a visit return what the visit itself has saved.
    read = next(one for one in calls if one.launch == launch and one.args == ("cmi.suspend_data",))
    changed = trouble.lms.given["cmi.suspend_data"]
    return bool(read.value == changed)


def opens_another_window(trouble: Trouble) -> None:
    trouble.answer()
    trouble.wait_until_told("saved")
    trouble.older = trouble.learner
    trouble.open()
    trouble.wait_until_told("saved")


def is_elsewhere(trouble: Trouble) -> bool:
    assert trouble.older is not None
    told = trouble.older.frame.locator("#save-status")
    # The browser delivers the message to the other window asynchronously.
    expect(told).to_have_text(TEXTS["player.visit.elsewhere_status"])
    return True


CAME_TO = """
const came = { traverse: "back_forward", reload: "reload" };
const type = () => came[navigation.activation?.navigationType] ?? "navigate";
performance.getEntriesByType = (kind) => (kind === "navigation" ? [{ type: type() }] : []);
"""
"""How the browser came to a page, which a clock that stands still says of none."""


def says_how_it_came(trouble: Trouble) -> None:
    trouble.context.add_init_script(CAME_TO)


def comes_back(trouble: Trouble) -> None:
    """After a visit, the browser's Back leads to the LMS's page as it was at its start."""
    trouble.answer()
    trouble.wait_until_told("saved")
    trouble.wait_for_the_next_page()
    assert trouble.learner is not None
    page = trouble.learner.page
    launches = trouble.lms.server.launches
    trouble.leave()
    history_step(page)
    # The old copy, and the page that the LMS gives in its place.
    server = trouble.lms.server
    assert server.wait(lambda: server.launches == launches + 2, patience.SECONDS)
    trouble.learner = Learner.in_frame(page)
    trouble.settle()


def was_an_old_copy(trouble: Trouble) -> bool:
    """And nothing of it reached the LMS."""
    kinds = [one["type"] for one in trouble.lms.server.messages]
    wrote = [call for call in trouble.lms.calls if call.launch == 2 and call.name in WRITING]
    return kinds.count("copy") == 1 and wrote == []


WRITING = ("LMSSetValue", "LMSCommit", "LMSFinish")


def the_rest(trouble: Trouble) -> None:
    trouble.turn()
    trouble.take_quiz(RIGHT)


def answers_while_it_lasts(trouble: Trouble) -> None:
    trouble.answer()
    trouble.pass_time(A_WHILE)
    recovers(trouble)
    the_rest(trouble)


def course_in_the_popup(profile: Mapping[str, Any]) -> bool:
    """Whether its popup has the course itself, not a page of the LMS without an opener."""
    return profile["popup"] == "course" and "popup" not in profile["lacks"]


def arrived(words: str) -> Look:
    """Something that was kept of what the LMS was sent has these words, a regular expression."""
    return lambda trouble: any(
        re.search(words, json.dumps(one["body"]))
        for one in trouble.lms.server.messages
        if one["type"] == "data"
    )


def never(look: Look) -> Look:
    return lambda trouble: not look(trouble)


def never_says_the_status(trouble: Trouble) -> bool:
    asked = ("cmi.core.lesson_status",)
    said = {one.value for one in trouble.lms.calls if one.args == asked}
    return said == {""}
