"""The clean set: components of NHS.UK's design system, each on a page of its own.

Nobody tuned a check by them before they were in this table: the sample by which they were made was
GOV.UK Frontend. A check that finds something here is wrong, or the finding stands in KNOWN, with
the reason why it is true of the component.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

NHS = Path(__file__).resolve().parent.parent.parent / "node_modules/nhsuk-frontend/dist/nhsuk"
# Blocks of a page that stand outside of its main part.
ROUND = ("skip-link", "header", "footer", "breadcrumb", "back-link")
PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{name} – Clean set</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/nhsuk.min.css">
</head>
<body>
<script>
document.body.className = "js-enabled nhsuk-frontend-supported";
</script>
{before}
<main id="maincontent" class="nhsuk-width-container nhsuk-main-wrapper">
{heading}
{inside}
</main>
<script type="module">
import {{ initAll }} from "/{script}";
initAll();
</script>
</body>
</html>
"""


def styles() -> str:
    """Its styles without its fonts, which come from a server of the NHS."""
    [path] = NHS.glob("nhsuk-frontend-[0-9]*.min.css")
    return re.sub(r"@font-face\{[^}]*\}", "", path.read_text("utf-8"))


def pages() -> Iterator[tuple[str, str]]:
    """Name and HTML of each component's first example; its files are served from NHS."""
    [script] = NHS.glob("nhsuk-frontend-[0-9]*.min.js")
    for path in sorted(NHS.glob("components/*/fixtures.json")):
        name = path.parent.name
        given = json.loads(path.read_text("utf-8"))["fixtures"]
        if not given:
            continue
        html = given[0]["html"]
        outside = name in ROUND
        heading = "" if "<h1" in html else "<h1>Example</h1>"
        if "<h3" in html:
            heading += "<h2>Part</h2>"
        if name == "legend":
            save = '<button class="nhsuk-button">Save</button>'
            html = f"<form><fieldset>{html}</fieldset>{save}</form>"
        yield (
            name,
            PAGE.format(
                name=name,
                script=script.name,
                before=html if outside else "",
                inside="" if outside else html,
                heading=heading,
            ),
        )


REDUNDANT = "a matter of taste: the role is the element's own, for old browsers"
OBSCURED = "axe cannot tell: the input, whose box is drawn beside it, lies over the label"
KNOWN: tuple[tuple[str, str, str], ...] = (
    ("back-link", "1 .*: region:", "the example stands alone, outside of a landmark"),
    ("back-link", "3 .*: region:", "the example stands alone, outside of a landmark"),
    ("back-link", "2 .*: region:", "the example stands alone, outside of a landmark"),
    ("error-summary", "9 .*: the link #", "the example has no fields to lead to"),
    ("checkboxes", "4 .*color-contrast: <label", OBSCURED),
    ("radios", "4 .*color-contrast: <label", OBSCURED),
    ("back-link", "39 ", "a way back is of no use on paper"),
    ("header", "38 .*only a mouse shows it: .*::before", "a line under a logo, nothing to read"),
    ("header", "39 .*Search", "a search is of no use on paper"),
    ("footer", "38 .*it is", "links lower than 24 px have room between them: 2.5.8, spacing"),
    ("html", "6 .*no-redundant-role", REDUNDANT),
    ("html", "6 .*no-implicit-button-type", "a matter of taste: a button submits by itself"),
    ("html", "6 .*prefer-native-element", "a matter of taste: role=region means the same"),
)
"""Component, a pattern of the finding's beginning, and why it is true, or none of ours."""


def known(name: str, finding: str) -> bool:
    return any(name == one and re.match(said, finding) for one, said, _ in KNOWN)
