"""Components look the same whichever style sheets have arrived, and in whichever order.

What the showcase shows is collected as HTML. Each piece is laid out with the style sheets of the
parts in different orders, and the computed styles are compared wherever two parts declare the same
property of the same element.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from builder.base import resources
from builder.course import load, validate
from builder.course.model import Course
from builder.package.plan import plan
from builder.package.render.glossary import Glossary
from builder.package.render.parts import CERTIFICATE, Parts
from builder.package.render.templates import Templates
from tests.support.shown import shown

SHOWCASE = Path(__file__).resolve().parents[1] / "showcase"
PARTS = {
    path.stem: path.read_text("utf-8") for path in sorted(resources.path("parts").glob("*.css"))
}
AROUND = (
    *("shell-cover", "shell-language-choice", "shell-languages", "shell-leave", "shell-pages"),
    *("shell-print", "shell-search", "shell-visit"),
)
"""The parts that may be there whatever is on view."""

# Gives the style sheets, and compares.
LABORATORY = """({ base, parts }) => {
  const made = (text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  };
  // Whatever is hovered over or has the focus: a selector of the same weight that always holds.
  const pressed = (text) => text
    .replaceAll(/:hover|:focus-visible|:focus-within|:focus(?!-)|:active/g, ":not(.never)");
  const lab = (window.lab = { sheets: {} });
  lab.use = (state) => {
    const worded = state === "pressed" ? pressed : (text) => text;
    lab.seen = new Set();
    lab.base = made(worded(base));
    lab.sheets = {};
    for (const [name, text] of Object.entries(parts)) lab.sheets[name] = made(worded(text));
    lab.rules = Object.entries(lab.sheets).flatMap(([name, sheet]) => rules(sheet.cssRules)
      .map((rule) => [name, bearers(rule.selectorText), [...rule.style]]));
  };
  const PSEUDO = /::?(?:before|after|marker|details-content|placeholder|first-line)\\b/g;
  const rules = (list) => [...list].flatMap((rule) =>
    [...(rule.selectorText ? [rule] : []), ...(rule.cssRules ? rules(rule.cssRules) : [])]);
  const bearers = (selector) => selector.replaceAll(PSEUDO, ":not(.never)");
  const looks = (it) => [it.tagName, it.className.baseVal ?? it.className, it.id && `#${it.id}`,
    it.hidden, it.open, it.checked, it.getAttribute("aria-expanded"), it.getAttribute("role"),
    it.matches(":first-child"), it.matches(":last-child"), ...Object.keys(it.dataset)].join(" ");
  const place = (it) => `${looks(it)} < ${looks(it.parentElement ?? it)}`;
  lab.show = ({ html, direction }) => {
    document.documentElement.dir = direction;
    document.documentElement.innerHTML = `<head></head>${html}`;
    // What has been compared in the same place needs no second look.
    lab.all = [...document.querySelectorAll("*")].filter((it) => {
      const look = place(it);
      return !lab.seen.has(look) && lab.seen.add(look);
    });
    // Which properties a part declares of an element, whatever the medium and the state.
    lab.declared = new Map(lab.all.map((it) => [it, new Map()]));
    for (const [it, of] of lab.declared) {
      for (const [name, selector, properties] of lab.rules) {
        if (!it.matches(selector)) continue;
        if (!of.has(name)) of.set(name, new Set());
        for (const property of properties) of.get(name).add(property);
      }
    }
    lab.contest();
  };
  lab.order = (names) => {
    // Chromium does not see that sheets have changed places.
    document.adoptedStyleSheets = [];
    getComputedStyle(document.body).color;
    document.adoptedStyleSheets = [lab.base, ...names.map((name) => lab.sheets[name])];
  };
  const told = (it) => {
    const name = it.className?.baseVal ?? it.className;
    const own = `${it.tagName.toLowerCase()}${it.id && `#${it.id}`}${name && `.${name}`}`;
    return own.replaceAll(" ", ".");
  };
  const PLACES = [null, "::before", "::after", "::marker"];
  lab.read = (wanted) => wanted.map(([it, properties]) => PLACES.map((place) => {
    const style = getComputedStyle(it, place);
    return [...properties].map((property) => style.getPropertyValue(property));
  }));
  lab.differences = (wanted, one, other) => {
    const found = [];
    wanted.forEach(([it, properties], at) => PLACES.forEach((place, where) =>
      [...properties].forEach((property, number) => {
        const [a, b] = [one[at][where][number], other[at][where][number]];
        const around = it.parentElement ? `${told(it.parentElement)} > ` : "";
        if (a !== b) found.push(`${around}${told(it)}${place ?? ""} ${property}: ${a} or ${b}`);
      })));
    return found;
  };
  // What at least two parts declare of an element: for each pair of parts, and in all.
  lab.contest = () => {
    lab.contested = { pairs: new Map(), all: [] };
    for (const it of lab.all) {
      const makers = new Map();
      for (const [name, properties] of lab.declared.get(it))
        for (const property of properties)
          makers.set(property, [...(makers.get(property) ?? []), name]);
      const shared = [...makers].filter(([, names]) => names.length > 1);
      if (shared.length) lab.contested.all.push([it, shared.map(([property]) => property)]);
      for (const [property, names] of shared) {
        names.forEach((one, at) => names.slice(at + 1).forEach((other) => {
          const pair = `${one} ${other}`;
          if (!lab.contested.pairs.has(pair)) lab.contested.pairs.set(pair, new Map());
          const wanted = lab.contested.pairs.get(pair);
          wanted.set(it, [...(wanted.get(it) ?? []), property]);
        }));
      }
    }
  };
  // What other parts than its own declare of an element.
  lab.foreign = (own) => lab.all.flatMap((it) => {
    const properties = [...lab.declared.get(it)].filter(([name]) => !own.includes(name))
      .flatMap(([, declared]) => [...declared]);
    return properties.length ? [[it, new Set(properties)]] : [];
  });
  lab.compare = (wanted, one, other) => {
    if (!wanted.length) return [];
    lab.order(one);
    const before = lab.read(wanted);
    lab.order(other);
    return lab.differences(wanted, before, lab.read(wanted));
  };
  lab.pairs = () => [...lab.contested.pairs].flatMap(([pair, wanted]) => {
    const [one, other] = pair.split(" ");
    return lab.compare([...wanted], [one, other], [other, one])
      .map((difference) => `${one} and ${other}: ${difference}`);
  });
  lab.orders = ([first, ...others]) =>
    others.flatMap((other) => lab.compare(lab.contested.all, first, other));
  lab.alone = (own, all) => lab.compare(lab.foreign(own), own, all);
}"""

MEDIA: dict[str, tuple[str, int, dict[str, Any]]] = {
    "wide": ("at rest", 1366, {"media": "screen", "forced_colors": "none"}),
    "pressed": ("pressed", 1366, {"media": "screen", "forced_colors": "none"}),
    "narrow, forced colours": ("at rest", 390, {"media": "screen", "forced_colors": "active"}),
    "print": ("at rest", 800, {"media": "print", "forced_colors": "none"}),
}
"""The states of controls, the widths in pixels and the media in which looks are compared."""
FIRST = ("pressed", "print")
"""Those of ``make test``: every rule for a screen or for print is in force in one of them, except
those for narrow windows and forced colours, which ``make a11y`` compares."""


def course() -> Course:
    """The showcase as it is built: with the pages of its test-outs."""
    sources, _ = load.load(SHOWCASE)
    made = validate.validate(sources, date(2026, 11, 25)).course
    assert made is not None
    return plan(made).course


@pytest.fixture(scope="module")
def own() -> dict[str, list[str]]:
    """The parts of each page of the showcase by its id."""
    made = course()
    parts = Parts(made, Glossary(made))
    return {
        page.id: [name for name in (*AROUND, *parts.names(page)) if name in PARTS]
        for page in made.pages
    }


@pytest.fixture
def pieces(
    showcase: Path,
    new_context: Callable[..., BrowserContext],
    expected: list[str],
    tmp_path_factory: pytest.TempPathFactory,
) -> list[dict[str, Any]]:
    """What the showcase shows, each look at least once."""
    expected.append("503")
    found: list[dict[str, Any]] = shown(showcase, new_context, tmp_path_factory)["pieces"]
    sheet = Templates(course()).render("certificate.html.j2", logo=None, logo_dark=None)
    html = f'<body><main><article class="page has-certificate">{sheet}</article></main></body>'
    found.append({"title": "certificate", "direction": "ltr", "page": "", "html": html})
    return found


def every(
    page: Page, pieces: list[dict[str, Any]], medium: str
) -> Iterator[tuple[dict[str, Any], str]]:
    """Shows each piece in a medium; yields it and says what it is."""
    base = resources.path("player.css").read_text("utf-8")
    page.goto("about:blank")
    page.evaluate(LABORATORY, {"base": base, "parts": PARTS})
    state, width, emulated = MEDIA[medium]
    page.evaluate("(state) => lab.use(state)", state)
    page.emulate_media(**emulated)
    page.set_viewport_size({"width": width, "height": 800})
    for piece in pieces:
        page.evaluate("(piece) => lab.show(piece)", piece)
        yield piece, f"{piece['title']}, {medium}"


def folded(found: dict[str, str]) -> list[str]:
    """Each difference once, with where it was seen first."""
    return [f"{difference} ({where})" for difference, where in found.items()]


@pytest.mark.parametrize(
    "medium",
    [pytest.param(name, marks=() if name in FIRST else pytest.mark.thorough) for name in MEDIA],
)
def test_components_look_the_same_whatever_style_sheets_came_before(
    page: Page, pieces: list[dict[str, Any]], own: dict[str, list[str]], medium: str
) -> None:
    names = list(PARTS)
    orders = [names, names[::-1]]
    by_order: dict[str, str] = {}
    by_others: dict[str, str] = {}
    for piece, where in every(page, pieces, medium):
        for difference in page.evaluate("() => lab.pairs()"):
            by_order.setdefault(difference, where)
        for difference in page.evaluate("(orders) => lab.orders(orders)", orders):
            by_order.setdefault(difference, where)
        needed = own.get(piece["page"], [*AROUND, CERTIFICATE])
        for difference in page.evaluate("(args) => lab.alone(...args)", [needed, names]):
            by_others.setdefault(difference, where)
    assert folded(by_order) == []
    assert folded(by_others) == []


@pytest.mark.parametrize("view", ["help", "end", "about"])
def test_views_opened_from_cover_have_page_styles(
    page: Page,
    serve: Callable[[Path], str],
    showcase: Path,
    expected: list[str],
    view: str,
) -> None:
    # Only what the view itself needs arrives.
    expected.append("/ahead-")
    page.route("**/ahead-*", lambda route: route.abort())
    page.goto(f"{serve(showcase)}/index.html")
    page.locator("#begin").wait_for()
    page.evaluate("view => (location.hash = `#${view}`)", view)
    page.locator(".cover").wait_for(state="detached")
    # The paragraph's link: as easy to hit as a button.
    spaced = page.evaluate(
        """() => {
          const line = document.createElement("p");
          line.append(document.createElement("a"));
          document.querySelector("main").append(line);
          return getComputedStyle(line.firstChild).paddingBlockStart;
        }"""
    )
    assert spaced == "12.8px"
