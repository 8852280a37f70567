"""Checks 31 to 38: what eyes and fingers need."""

from __future__ import annotations

from tests.a11y import walks
from tests.a11y.check import Check, Findings
from tests.a11y.keyboard import LOW, stops
from tests.a11y.pictures import differing, picture
from tests.a11y.view import View

PHONE = (320, 568)
"""A small one, held upright, in CSS pixels."""
LEAST_CHANGE = 20
"""Pixels that have to differ between a box that is ticked and one that is not."""


def reflow(view: View) -> Findings:
    found: Findings = view.ask("visual", "sticksOut")
    return found


def big_text(view: View) -> Findings:
    """Twice the size of text."""
    found = [f"cut off: {one}" for one in view.ask("visual", "cut")]
    try:
        view.ask("visual", "rootSize", "200%")
        return found + [f"cut off at 200 %: {one}" for one in view.ask("visual", "cut")]
    finally:
        view.ask("visual", "tidy")


def half_window(view: View) -> Findings:
    """Half of a window of 1280 px."""
    cut = [f"cut off at 640 px: {one}" for one in view.ask("visual", "cut")]
    return cut + reflow(view)


def spacing(view: View) -> Findings:
    """Nothing is cut off or overlaps that did not before the reader's own spacing."""
    cut, over = set(view.ask("visual", "cut")), set(view.ask("visual", "overlaps"))
    view.ask("visual", "spacing")
    try:
        return [
            *(f"cut off: {one}" for one in view.ask("visual", "cut") if one not in cut),
            *(
                f"over each other: {one}"
                for one in view.ask("visual", "overlaps")
                if one not in over
            ),
        ]
    finally:
        view.ask("visual", "tidy")


def forced_colours(view: View) -> Findings:
    """With the system's own colours a chosen box and a focused stop still look different."""
    found = []
    view.tab.media(forced_colors="active")
    try:
        for ref, look in view.ask("visual", "boxes"):
            if not view.new("forced box", *look):
                continue
            before = view.ask("visual", "check", [ref, True])
            box = view.ask("visual", "row", ref)
            chosen = picture(view, box)
            view.ask("visual", "check", [ref, False])
            if differing(view, chosen, picture(view, box)) < LEAST_CHANGE:
                found.append(f"chosen or not, it looks the same: {look}")
            view.ask("visual", "check", [ref, before])
        for stop in stops(view):
            if not view.new("forced focus", *stop["look"]):
                continue
            view.ask("keyboard", "focusOn", stop["ref"])
            box = view.ask("keyboard", "box", stop["ref"])
            focused = picture(view, box, around=8)
            view.ask("keyboard", "blur")
            if differing(view, focused, picture(view, box, around=8)) < LEAST_CHANGE:
                found.append(f"with the focus or not, it looks the same: {stop['html']}")
    finally:
        view.tab.restore()
    return found


def contrast(view: View) -> Findings:
    found: Findings = [f"light: {one}" for one in view.ask("visual", "contrast")]
    view.tab.media(color_scheme="dark")
    try:
        found += [f"dark: {one}" for one in view.ask("visual", "contrast")]
    finally:
        view.tab.restore()
    return found


def motion(view: View) -> Findings:
    view.tab.media(reduced_motion="reduce")
    try:
        found: Findings = view.ask("visual", "motion")
        return found
    finally:
        view.tab.restore()


def orientation(view: View) -> Findings:
    """Usable as the screen is held."""
    found: Findings = view.ask("visual", "usable")
    return found


def directions(view: View) -> Findings:
    """Right to left without overflow, Next on the left."""
    found = []
    if view.place.direction == "rtl":
        found += [f"right to left: {one}" for one in view.ask("visual", "sticksOut")]
    if pager := view.ask("visual", "pager"):
        previous, following = pager
        if (previous > following) is not (view.place.direction == "rtl"):
            found.append("Previous and Next stand the wrong way round")
    return found


def gestures(view: View) -> Findings:
    """Nothing that needs a drag or a mouse."""
    found: Findings = view.ask("visual", "gestures")
    return found


def targets(view: View) -> Findings:
    """As large as facts/accessibility.md asks."""
    found: Findings = view.ask("visual", "targets", view.target)
    return found


CHECKS = (
    Check(31, "no sideways scrolling at 400 %", "1.4.10", reflow, new="words", window=LOW),
    Check(32, "nothing is cut off at 200 %", "1.4.4", big_text, new="words", again="dark"),
    Check(
        32,
        "nothing is cut off in half a window",
        "1.4.4",
        half_window,
        new="words",
        again="dark",
        window=(640, 512),
    ),
    Check(33, "the reader's own spacing of text", "1.4.12", spacing, new="words", again="dark"),
    Check(34, "forced colours", "1.4.1, 2.4.7", forced_colours, new="controls"),
    Check(35, "edges, icons and focus stand out", "1.4.11", contrast, new="colours", again="dark"),
    Check(36, "less motion, if asked for", "2.3.3", motion, new="looks"),
    Check(37, "portrait", "1.3.4", orientation, new="looks", again="dark", window=PHONE),
    Check(37, "landscape", "1.3.4", orientation, new="looks", again="dark", window=PHONE[::-1]),
    Check(37, "both directions of writing", "1.3.4", directions, new="words", again="dark"),
    Check(38, "no drag, no hover", "1.4.13, 2.5.7", gestures, new="looks", again="dark"),
    Check(38, "targets for fingers", "2.5.8", targets, new="looks", again="dark", window=PHONE),
    Check(38, "the course by single taps at 320 px", "2.5.1, 2.5.2", walks.by_touch, "course"),
)
