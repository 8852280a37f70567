"""Diagnostics about the colours, logo and style sheet of a course."""

from __future__ import annotations

from builder.diagnostics.codes.rule import ERROR, WARNING, Rule

RULES = (
    Rule(
        "contrast-low",
        ERROR,
        "“{colour}” is hard to read: its contrast is {ratio}:1 {where}; text needs {least}:1.",
        "Write “{nearest}”, the nearest shade that passes, or a {way} one.",
        "Links, buttons and borders have the theme's accent colour. Many people cannot read text "
        "with little contrast to its background, and in bright light nobody can (WCAG 1.4.3).",
    ),
    Rule(
        "logo-text",
        ERROR,
        "The logo has no text for people who cannot see it.",
        "Write the name of the organisation: as “logo_alt:” under “theme:”, or as “owner:” in "
        "course.yaml.",
        "A screen reader reads the text instead of the image (WCAG 1.1.1). The text is the name of "
        "the organisation, without the word “logo”.",
    ),
    Rule(
        "style-words",
        WARNING,
        "The style sheet adds words to the page that reviewers do not see: “{words}”.",
        "Delete them here, and write them on a page instead.",
        "Text that a style sheet adds with “content:” is not part of any page. Nobody reviews or "
        "approves it, search does not find it, and some screen readers do not read it aloud.",
    ),
    Rule(
        "theme-file",
        ERROR,
        "{problem}",
        "{fix}",
        "A theme's logo is an image in media/, and its style sheet is one file that ends in .css. "
        "Each additional file makes a course slower to open.",
        summary=(
            "A file of the theme or of the cover has the wrong type, or would load another file."
        ),
        advice=(
            "Use a file in media/ of the type that the key needs. Copy the files that it loads "
            "into media/, and the rules of other style sheets into this one."
        ),
    ),
    Rule(
        "picture-large",
        WARNING,
        "The picture on the cover, “{file}”, has {size} KB: on a slow connection, it comes long "
        "after the words.",
        "Make it smaller: at most 1,200 pixels wide and 100 KB, as WebP or JPEG.",
        "The picture is requested once trainees can start, so it delays nobody. But a large one "
        "appears when they are already reading.",
    ),
    Rule(
        "font-large",
        WARNING,
        "The font “{file}” has {size} KB; until it is loaded, trainees see another one.",
        "Keep only the letters that the course's language uses (a subset), or delete this key to "
        "use the system's font.",
        "A font for one script has 15 to 60 KB as WOFF2. With a larger one and a slow connection, "
        "the text changes its look while trainees read it.",
    ),
)
