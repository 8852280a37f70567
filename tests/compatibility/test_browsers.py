"""The player runs in the oldest browsers that the README names (``tools/browsers.json``).

What they do not know stands here with what a trainee has instead. Facts are MDN's
(browser-compat-data), read by ``check.mjs`` from the styles and scripts as packages have them.
"""

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.support.node import node

HERE = Path(__file__).resolve().parent
TEMPLATES = HERE.parent.parent / "templates"

DESIGN = {
    "css.selectors.has": "room, stickiness and looks of notices, bars and steps; nothing is lost",
    "css.selectors.focus-visible": "the browser shows the focus in its own way",
    "css.properties.accent-color": "radio buttons and boxes have the browser's colour",
    "css.properties.aspect-ratio": "a video takes its height once it is known",
    "css.properties.color-scheme": "fields and scroll bars stay light beside a dark page",
    "css.properties.inline-size.fit-content": "a heading is as wide as the page",
    "css.properties.overflow-wrap.anywhere": "a very long word runs over the edge",
    "css.properties.scroll-padding-block": "uncovered-focus.ts moves what has the focus instead",
    "css.at-rules.media.prefers-contrast": "contrasts are those of everybody, at least 4.5:1",
    "api.Element.beforeinput_event": "a key that is typed while the LMS is called is lost",
    "api.PerformanceMark": "a save ends in “Sent, not confirmed”: no request can be dated",
    "css.properties.font-family.system-ui": "the next font of the list is used",
    "api.HTMLImageElement.loading": "a text of “Exit this page” has this name; there is no image",
    "javascript.builtins.Intl.DisplayNames": "a language may have its tag as its name",
    "api.BroadcastChannel": "two windows do not hear of each other (keep/windows.ts)",
}
"""What the oldest browsers go without, and those with the whole design have."""

EXTRAS = {
    "css.at-rules.media.forced-colors": "engines without that mode have no need of it",
    "css.properties.forced-color-adjust": "the same",
    "css.at-rules.page": "the browser's own paper size and margins",
    "css.at-rules.container": "a record prints questions above answers on paper that lies, too",
    "css.properties.container-type": "the same",
    "css.properties.break-before.avoid": "the last cell to sign may stand alone, below its head",
    "css.properties.break-after.avoid": "the title of a table may stand at the end of a sheet",
    "css.properties.content-visibility": "printing.ts opens what is closed",
    "css.selectors.details-content": "the same",
    "css.properties.cursor": "a touch screen has no pointer",
    "css.properties.resize": "the same",
    "css.properties.float.inline-start": "a statement stands above its two buttons",
    "css.properties.mask-image": "the pattern of a cover ends at an edge",
    "css.properties.field-sizing": "a field of fixed height scrolls",
    "css.properties.text-align.match-parent": "the alignment is inherited",
    "css.properties.text-decoration.dotted": "a term is underlined with a line",
    "css.properties.text-size-adjust": "-webkit-text-size-adjust stands beside it",
    "css.properties.text-wrap": "headings break where the line is full",
    "css.types.color.color-mix": "no shade at the edge of a wide table; it scrolls all the same",
    "api.Window.beforeunload_event": "iOS never asks; the page's notice says what is not saved",
    "api.Window.requestIdleCallback": "app/when-idle.ts waits half a second instead",
    "api.Window.maximize": "words.ts calls the method of Intl.Locale, which all of them know",
}
"""What some browser goes without even then."""


def check(*files: Path) -> list[dict[str, Any]]:
    done = subprocess.run(
        [node(), "--no-warnings", str(HERE / "check.mjs"), *map(str, files)],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@cache
def found() -> list[dict[str, Any]]:
    """What is missing and has no declaration before it that holds instead."""
    sources = [TEMPLATES / f"player{end}" for end in (".css", ".js")]
    sources += sorted((TEMPLATES / "parts").iterdir())
    return [one for one in check(*sources) if not one.get("replaced")]


def entry(feature: str, table: dict[str, str]) -> str | None:
    """The name in the table that covers a feature: its own, or that of what it belongs to."""
    return next(
        (name for name in table if f"{feature}.".startswith((f"{name}.", f"{name}-"))), None
    )


@pytest.mark.whole
def test_features_missing_in_oldest_browsers_are_all_listed() -> None:
    told = DESIGN | EXTRAS
    surprises = [
        f"{one['file']}: {one['feature']} is missing in {', '.join(one['oldest'])}: {one['place']}"
        for one in found()
        if not entry(one["feature"], told) and not one.get("unknown")
    ]
    assert surprises == []
    assert [one["place"] for one in found() if one.get("unknown")] == []
    needed = {entry(one["feature"], told) for one in found()}
    assert set(told) - needed == set(), "nothing needs these reasons any more"


def test_design_needs_no_missing_feature_except_listed_extras() -> None:
    later = {entry(one["feature"], DESIGN): one["whole"] for one in found()}
    assert {name: later[name] for name in DESIGN} == {name: [] for name in DESIGN}
    extras = {entry(one["feature"], EXTRAS) for one in found() if one["whole"]}
    assert extras - {None} == set(EXTRAS)


def test_unknown_selector_disables_no_other_selector() -> None:
    assert [one["place"] for one in found() if one.get("spoils")] == []


YOUNG = [
    ("a:has(b){color:red}", "css.selectors.has"),
    ("a{inset:0}", None),
    ("a{translate:1px}", "css.properties.translate"),
    ("a{width:1dvh}", "css.types.length.viewport_percentage_units_dynamic"),
    ("a{float:inline-end}", "css.properties.float.inline-end"),
    ("@container (width>1px){a{color:red}}", "css.at-rules.container"),
    ("@media (width>1px){a{color:red}}", "css.at-rules.media.range_syntax"),
    ("a{color:oklch(1 0 0)}", "css.types.color.oklch"),
    ("structuredClone({})", "api.structuredClone"),
    ("const list=[];list.at(-1)", "javascript.builtins.Array.at"),
    ("({at:1}).at", None),
    ("Object.hasOwn(a,b)", "javascript.builtins.Object.hasOwn"),
    ("crypto.randomUUID()", "api.Crypto.randomUUID"),
    ("list.replaceChildren()", None),
    ("/(?<=a)b/", "javascript.regular_expressions.lookbehind_assertion"),
    ("addEventListener('scrollend',a)", "api.Document.scrollend_event"),
    ("new BroadcastChannel(name)", "api.BroadcastChannel"),
]
"""Sources, each with what the oldest browsers lack of it."""


def test_what_is_too_young_is_found(tmp_path: Path) -> None:
    files = []
    for number, (source, _) in enumerate(YOUNG):
        files.append(tmp_path / f"{number}.{'css' if source.endswith('}') else 'js'}")
        files[-1].write_text(source, "utf-8")
    seen = {one["file"]: one["feature"] for one in check(*files)}
    assert [
        (source, seen.get(file.name)) for (source, _), file in zip(YOUNG, files, strict=True)
    ] == YOUNG


def test_compatibility_check_distinguishes_spoilt_lists_from_replaced_declarations(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.css").write_text(
        "a:has(b),c{color:red}d{float:left;float:inline-start}", "utf-8"
    )
    [spoilt, replaced] = check(tmp_path / "a.css")
    assert (spoilt["spoils"], replaced["replaced"]) == (True, True)


def test_syntax_that_is_too_young_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("class A { #hidden = 1 }", "utf-8")
    with pytest.raises(subprocess.CalledProcessError):
        check(tmp_path / "a.js")


def test_the_readme_names_them() -> None:
    said = json.loads((HERE.parent.parent / "tools/browsers.json").read_text("utf-8"))
    readme = (HERE.parent.parent / "README.md").read_text("utf-8")
    for names in said.values():
        words = "Chrome {chrome}, Firefox {firefox} and Safari {safari}".format(**names)
        assert words in readme
