"""Checks 1 to 14: what engines find, and what the HTML says about itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python

from tests.a11y import markup
from tests.a11y.check import Check, Findings
from tests.a11y.view import View

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations", "incomplete"],
}
# In the dark the same elements stand there: nothing but their colours can be at fault.
COLOURS = {
    "runOnly": ["color-contrast", "link-in-text-block"],
    "resultTypes": ["violations"],
}
ISOLATES = re.compile("[\u2066-\u2069]")
RIGHT_TO_LEFT = ("ar", "fa", "he", "ps", "ur", "yi")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A doubt of axe that a person has looked at: not a fault, and why."""

    rule: str
    where: str
    """A regular expression that the element's HTML begins with."""

    why: str


REVIEWED = (
    Reviewed(
        "color-contrast",
        "<(th|td|caption|a|strong)",
        "a table's own background, which shades the side where it goes on, is no plain colour; "
        "the words stand on the paper, which test_colours.py measures",
    ),
    Reviewed(
        "color-contrast",
        '<(p id="(leave|save)-status"|button class="plain" id="exit-button")',
        "what counts the presses of Shift lies over the header for five seconds, in the colours "
        "of the link above it, which axe can measure",
    ),
    Reviewed(
        "color-contrast",
        '<text x="',
        "a number of a labelled image stands on a circle of its own in the colours of a button, "
        "which test_colours.py measures",
    ),
    Reviewed(
        "color-contrast",
        r'<li>[^<]*<sup><a id="r-\d+"',
        "the link of a note's number is made large enough to press and lies over the words before "
        "it, without a background of its own",
    ),
    Reviewed(
        "color-contrast",
        r"<span>About \d+ minutes? left</span>",
        "the minutes left stand on the contents' own paper, which axe takes for something on top",
    ),
)


def axe(view: View) -> dict[str, Any]:
    """What axe says of a view, asked once."""
    if "axe" not in view.__dict__:
        view.__dict__["axe"] = asked(view, RULES)
    found: dict[str, Any] = view.__dict__["axe"]
    return found


def asked(view: View, rules: dict[str, Any]) -> dict[str, Any]:
    if not view.frame.evaluate("Boolean(window.axe)"):
        view.frame.evaluate(AXE)
    found: dict[str, Any] = view.ask("engine", "axe", {"rules": rules, "once": view.once})
    return found


def listed(rules: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(rule["id"], node["html"]) for rule in rules for node in rule["nodes"]]


def violations(view: View) -> Findings:
    return [f"{rule}: {html}" for rule, html in listed(axe(view)["violations"])]


def in_the_dark(view: View) -> Findings:
    if view.place.scheme == "dark":
        return violations(view)
    view.tab.media(color_scheme="dark")
    try:
        found = asked(view, COLOURS)["violations"]
        return [f"{rule}: {html}" for rule, html in listed(found)]
    finally:
        view.tab.restore()


def doubts(view: View) -> Findings:
    return [
        f"{rule}: {html}"
        for rule, html in listed(axe(view)["incomplete"])
        if not any(one.rule == rule and re.match(one.where, html) for one in REVIEWED)
    ]


def language(view: View) -> Findings:
    right_to_left = view.language.split("-")[0] in RIGHT_TO_LEFT
    found: Findings = view.ask(
        "engine", "language", {"language": view.language, "rightToLeft": right_to_left}
    )
    return found


def title(view: View) -> Findings:
    """Unique per page, with the course's name, and told from the plain one by an error."""
    given = view.ask("engine", "title")
    # Marks that keep the directions of titles apart are not seen.
    words: str = ISOLATES.sub("", given["title"])
    if not words.endswith(view.title) or words == view.title:
        return [f"“{words}” does not say which page of “{view.title}” it is"]
    plain = view.memory.titles
    if not given["wrong"]:
        page = plain.setdefault(words, view.place.page)
        return [] if page == view.place.page else [f"“{words}” is the title of {page}, too"]
    if words in plain or not any(words.endswith(one) for one in plain):
        return [f"“{words}” does not say that there is an error"]
    return []


def references(view: View) -> Findings:
    found: Findings = view.ask("engine", "references")
    return found


def structure(view: View) -> Findings:
    """One h1, one main and no level left out, as the accessibility tree has them."""
    levels = [node["level"] for node in view.tree if node["role"] == "heading"]
    found = []
    if levels.count(1) != 1:
        found.append(f"{levels.count(1)} headings of level 1")
    mains = sum(node["role"] == "main" for node in view.tree)
    if mains != 1:
        found.append(f"{mains} main landmarks")
    # What stands before the h1, such as a message above the page, may begin with level 2.
    last = 1
    for level in levels:
        if level > last + 1:
            found.append(f"a heading of level {level} after one of level {last}")
        last = level
    return found


def links(view: View) -> Findings:
    found: Findings = view.ask("engine", "links")
    return found


def alternatives(view: View) -> Findings:
    found: Findings = view.ask("engine", "alternatives")
    return found


def origin(view: View) -> Findings:
    """Nothing but the package's own origin is asked for."""
    own = urlsplit(view.frame.url).netloc
    asked = list(view.memory.requests)
    view.memory.requests.clear()
    return [
        f"asks for {address}"
        for address in asked
        if urlsplit(address).netloc not in (own, "") and not address.startswith(("data:", "blob:"))
    ]


def scaling(view: View) -> Findings:
    found: Findings = view.ask("engine", "scaling")
    return found


CHECKS = (
    Check(1, "axe in the light", "all that axe knows, A and AA", violations, scheme="light"),
    Check(
        2,
        "axe in the dark",
        "all that axe knows, A and AA",
        in_the_dark,
        new="colours",
        again="light",
    ),
    Check(3, "axe after every change", "all that axe knows, A and AA", violations, "change"),
    Check(4, "every doubt of axe is reviewed", "all that axe knows, A and AA", doubts),
    Check(5, "vnu", "validity (once 4.1.1)", markup.vnu, "documents", again="dark"),
    Check(
        6,
        "html-validate",
        "validity (once 4.1.1)",
        markup.html_validate,
        "documents",
        again="dark",
    ),
    Check(7, "language and direction", "3.1.1", language),
    Check(8, "a title of its own", "2.4.2", title),
    Check(9, "references lead somewhere", "1.3.1, 4.1.2", references),
    Check(10, "one h1, one main, no level left out", "1.3.1, 2.4.6", structure),
    Check(11, "the same words lead to the same place", "2.4.4", links),
    Check(12, "headers, alt, captions and transcript", "1.1.1, 1.2.1, 1.2.2, 1.3.1", alternatives),
    Check(13, "no request elsewhere", "none: privacy", origin),
    Check(14, "nothing keeps the page small", "1.4.4, 2.2.1", scaling),
)
