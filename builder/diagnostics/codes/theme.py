"""Codes about colours, logo and style sheet of a course."""

from __future__ import annotations

from builder.diagnostics.codes.rule import ERROR, WARNING, Rule

RULES = (
    Rule(
        "contrast-low",
        ERROR,
        "“{colour}” cannot be read well: its contrast is {ratio}:1 {where}, and text needs {least}"
        ":1.",
        "Write “{nearest}”, the nearest shade that passes, or a {way} one.",
        "Links, buttons and borders have the accent of the theme. Many people cannot read words "
        "that differ too little from what is behind them, nobody can in bright light (WCAG 1.4.3).",
    ),
    Rule(
        "logo-text",
        ERROR,
        "The logo has no text for people who cannot see it.",
        "Say whose it is with “logo_alt:” under “theme:”, or with “owner:” in course.yaml.",
        "A screen reader reads the text instead of the image (WCAG 1.1.1). It is the name of the "
        "organisation, without the word “logo”.",
    ),
    Rule(
        "style-words",
        WARNING,
        "The style sheet shows words that no approval covers: “{words}”.",
        "Write them in a page or in course.yaml, where reviewers see them.",
        "Text that a style sheet adds with “content:” is not part of any page. Nobody reviews or "
        "approves it, search does not find it, and some screen readers do not read it aloud.",
    ),
    Rule(
        "theme-file",
        ERROR,
        "{problem}",
        "{fix}",
        "A theme's logo is an image of media/, its stylesheet one file that ends in .css. Each "
        "file that a trainee has to wait for makes a course slower to open.",
        summary=(
            "A file of the theme or of the cover is not of its kind, or would load another one."
        ),
        advice=(
            "Use a file of media/ of the kind that the key takes; copy what it loads into "
            "media/, and other stylesheets into this one."
        ),
    ),
    Rule(
        "font-large",
        WARNING,
        "The font “{file}” has {size} KB; until it is there, a trainee sees another one.",
        "Keep the letters that the course's language uses (a subset), or use a font of the system.",
        "A font of one script has 15 to 60 KB as WOFF2. On a slow line the words change their "
        "looks while somebody reads them.",
    ),
)
