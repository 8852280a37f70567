"""The HTML file that a report is written to: one file without external resources, which can be read
in light and dark, printed, and used with a keyboard and a screen reader.

All text from packages and reports is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from string import Template

from builder import __version__
from builder.base import resources
from builder.base.printing import escape_controls


def page(kind: str, title: str, note: str = "", **parts: str) -> str:
    """The page of a report.

    ``kind`` names the folder in ``templates/`` with the page's content and styles. ``parts`` are
    the HTML that the content has places for, ``note`` is a sentence for the footer.
    """
    content = _template(kind, "main.html").substitute(parts)
    return (
        _template("report", "page.html")
        .substitute(
            title=escape_text(title),
            style=resources.path(kind, "page.css").read_text("utf-8"),
            main=content.strip(),
            version=escape_text(__version__),
            note=escape_text(f". {note}" if note else ""),
        )
        .strip()
    )


def _template(folder: str, name: str) -> Template:
    return Template(resources.path(folder, name).read_text("utf-8"))


def escape_text(text: str) -> str:
    """Escape a text for HTML, with its control characters."""
    return escape(escape_controls(text))


def fact_rows(facts: Iterable[tuple[str, str]]) -> str:
    """The HTML of the rows of a list of facts: pairs of a name and a value. A value that is empty
    is left out."""
    return "".join(
        f"<div><dt>{name}</dt><dd>{escape_text(value)}</dd></div>" for name, value in facts if value
    )
