"""Checks 15 to 24: what a trainee without a mouse meets."""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from tests.a11y import walks
from tests.a11y.check import Check, Findings
from tests.a11y.pictures import differing, picture
from tests.a11y.view import SHARED, WINDOW, View

MOST_STOPS = 400
AT_ONCE = 8
"""Presses for one look at where they have led."""
LOW = (320, 256)
"""1280 × 1024 at 400 %."""

# Elements that hear a click, and neither are nor hold what can have the focus: an element that
# does hold it may hear on its behalf.
CLICKED = f"""(() => {{ {SHARED}
  const KINDS = ["click", "dblclick", "mousedown", "mouseup", "pointerdown", "pointerup"];
  return all("body *")
    .filter((it) => shown(it) && KINDS.some((kind) => getEventListeners(it)[kind]))
    .filter((it) => !it.matches(FOCUSABLE) && !it.closest("label, a[href], button, summary")
      && !it.closest("[tabindex='0'], [role=tab]") && !it.querySelector(FOCUSABLE))
    .map(brief);
}})()"""


def stops(view: View, *, back: bool = False, low: bool = False) -> list[dict[str, Any]]:
    """Where Tab, or Shift+Tab, leads from end to end; the last is a repeated one in a trap."""
    kept: dict[Any, list[dict[str, Any]]] = view.__dict__.setdefault("stops", {})
    if (back, low) in kept:
        return kept[back, low]
    view.tab.size(*(LOW if low else WINDOW))
    view.ask("keyboard", "start", back)
    view.ask("keyboard", "listen")
    try:
        found = _way(_pressed(view, back))
    finally:
        view.ask("keyboard", "deafen")
    kept[back, low] = found
    return found


def _pressed(view: View, back: bool) -> Iterator[dict[str, Any] | None]:
    """Where each step with Tab leads; nowhere once the focus has left the page. The key is held
    down for several steps, since letting go and looking take longer. A step within the controls of
    a recording may not be heard."""
    keyboard = view.tab.page.keyboard
    for _ in range(0, MOST_STOPS, AT_ONCE):
        if back:
            keyboard.down("Shift")
        for _ in range(AT_ONCE):
            keyboard.down("Tab")
        keyboard.up("Tab")
        if back:
            keyboard.up("Shift")
        heard = view.ask("keyboard", "heard")
        yield from heard
        if not heard or None in heard:
            break
    yield None


def _way(stops: Iterable[dict[str, Any] | None]) -> list[dict[str, Any]]:
    """The stops up to the end of the page, or to the first that comes again."""
    found: list[dict[str, Any]] = []
    for stop in stops:
        if stop is None:
            break
        # The controls of a recording are stops inside of it.
        if found and stop["media"] and stop["key"] == found[-1]["key"]:
            continue
        repeated = stop["key"] in [one["key"] for one in found]
        # A browser without bars of its own goes round in the page.
        if repeated and stop["key"] == found[0]["key"] and len(found) > 1:
            break
        found.append(stop)
        if repeated:
            break
    return found


def reachable(view: View) -> Findings:
    clicked: Findings = view.tab.console(CLICKED)
    return [f"Tab does not lead to {html}" for html in (*unreached(view), *clicked)]


def unreached(view: View) -> Findings:
    """The controls that Tab leads past."""
    if not view.acts_new:
        return []
    reached = {one["at"] for one in stops(view)} | {one["key"] for one in stops(view)}
    return [
        html
        for at, group, html in view.ask("keyboard", "stops")
        if at not in reached and group not in reached
    ]


def trap(view: View) -> Findings:
    forth = [one["key"] for one in stops(view)]
    if len(forth) != len(set(forth)):
        return [f"Tab does not lead on from {stops(view)[-1]['html']}"]
    back = [one["key"] for one in stops(view, back=True)]
    if len(back) != len(set(back)):
        return [f"Shift+Tab does not lead on from {stops(view, back=True)[-1]['html']}"]
    odd = set(forth) ^ set(back)
    if odd:
        both = {one["key"]: one["html"] for one in (*stops(view), *stops(view, back=True))}
        return [f"Tab leads there in one direction only: {both[key]}" for key in sorted(odd)]
    return [] if back == forth[::-1] else ["Shift+Tab does not go back the way of Tab"]


def reading_order(view: View) -> Findings:
    found = stops(view)
    first = [f"Tab leads there first: {html}" for html in view.ask("keyboard", "ahead")]
    return first + [
        f"Tab leads back to {after['html']} after {before['html']}"
        for before, after in pairwise(found)
        if after["at"] < before["at"] and after["key"] != found[0]["key"]
    ]


def focus_visible(view: View) -> Findings:
    """What changes with the focus is at least half as much as a line round the element."""
    found = []
    for stop in stops(view):
        if not view.new("focus", view.place.scheme, *stop["look"]):
            continue
        view.ask("keyboard", "focusOn", stop["ref"])
        box = view.ask("keyboard", "box", stop["ref"])
        focused = picture(view, box, around=8)
        view.ask("keyboard", "blur")
        plain = picture(view, box, around=8)
        changed = differing(view, focused, plain)
        _, _, width, height = box
        # No more of a line can be seen than fits into the window.
        size = view.tab.page.viewport_size
        assert size
        round_it = 2 * (min(width, size["width"]) + min(height, size["height"]))
        if changed < round_it / 2:
            found.append(f"the focus changes {changed} pixels of {stop['html']}")
    return found


def obscured(view: View) -> Findings:
    return [
        f"something covers the focus at {size} px: {stop['html']}"
        for low, size in ((False, "1024 × 700"), (True, "320 × 256"))
        for stop in covered(view, low=low)
    ]


def covered(view: View, *, low: bool) -> list[dict[str, Any]]:
    """The stops that something covers. The course scrolls to a stop in the next frame, while a key
    that is held down may lead on: only where something is covered, a way step by step is worth its
    time."""
    if all(stop["seen"] for stop in stops(view, low=low)):
        return []
    view.tab.size(*(LOW if low else WINDOW))
    view.ask("keyboard", "start", False)
    return [stop for stop in _way(_step_by_step(view)) if not stop["seen"]]


def _step_by_step(view: View) -> Iterator[dict[str, Any] | None]:
    for _ in range(MOST_STOPS):
        view.tab.page.keyboard.press("Tab")
        view.tab.settle()
        yield view.ask("keyboard", "stop")


def letters(view: View) -> Findings:
    """Letters and digits do nothing by themselves; once for each page."""
    if not view.new("letters", view.place.page):
        return []
    view.ask("keyboard", "focusHeading")
    # The course scrolls to what has the focus, too, if something covers it.
    view.tab.settle()
    before = view.ask("keyboard", "fingerprint")
    view.tab.page.keyboard.type(string.ascii_lowercase + string.digits)
    after = view.ask("keyboard", "fingerprint")
    if after == before:
        return []
    was, now = next(pair for pair in zip(before, after, strict=True) if pair[0] != pair[1])
    return [f"a letter or digit changes the page: {_change(str(was), str(now))}"]


def _change(was: str, now: str) -> str:
    """Where two texts part, with some of what stands there in each."""
    both = enumerate(zip(was, now, strict=False))
    parts = next((at for at, (left, right) in both if left != right), min(len(was), len(now)))
    start = max(parts - 40, 0)
    return f"“{was[start : start + 120]}” is now “{now[start : start + 120]}”"


def kept(view: View) -> Findings:
    assert view.action
    return (
        [f"no element has the focus after {view.action['control']}"] if view.action["lost"] else []
    )


def headed(view: View) -> Findings:
    """Another view has the focus on its h1 and a title of its own."""
    assert view.action
    if not view.action["moved"]:
        return []
    found = []
    if not view.action["headed"]:
        found.append(f"the focus is not on the h1 but on {view.action['focus']}")
    if not view.action["retitled"]:
        found.append("the title of the window stays the same")
    return found


def dialogs(view: View) -> Findings:
    """A dialog takes the focus, closes by Escape and gives the focus back."""
    keyboard = view.tab.page.keyboard
    found = []
    if is_open := view.ask("keyboard", "dialog"):
        return [] if is_open["inside"] else [f"the focus is not in {is_open['html']}"]
    for ref in view.ask("keyboard", "openers"):
        view.ask("keyboard", "focusOn", ref)
        keyboard.press("Enter")
        opened = view.ask("keyboard", "dialog")
        if not opened:
            found.append("a button that promises a dialog opens none")
            continue
        if not opened["inside"]:
            found.append(f"the focus does not enter {opened['html']}")
        keyboard.press("Escape")
        view.tab.settle()
        if view.ask("keyboard", "dialog"):
            found.append(f"Escape does not close {opened['html']}")
        elif not view.ask("keyboard", "isFocused", ref):
            found.append(f"the focus does not return from {opened['html']}")
    return found


CHECKS = (
    Check(15, "Tab leads to all that can be clicked", "2.1.1", reachable, new="looks"),
    Check(16, "no trap, and Shift+Tab goes back", "2.1.2", trap, new="controls", again="dark"),
    Check(17, "Tab goes in the order of reading", "2.4.3", reading_order, new="controls"),
    Check(18, "the focus can be seen", "2.4.7", focus_visible, new="controls"),
    Check(
        19,
        "nothing covers the focus",
        "2.4.11",
        obscured,
        new="controls",
        again="dark",
        window=LOW,
    ),
    Check(20, "the course by keyboard alone", "2.1.1", walks.by_keyboard, "course"),
    Check(21, "letters and digits change nothing", "2.1.4", letters),
    Check(22, "no action loses the focus", "2.4.3", kept, "action"),
    Check(23, "a new view: focus on its h1, its title", "2.4.2, 2.4.3", headed, "action"),
    Check(24, "dialogs take the focus and give it back", "2.1.2, 2.4.3", dialogs),
)
