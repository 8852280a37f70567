"""Renders the pages of the evidence: an overview, the people, and each version with its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from builder.base import resources
from builder.base.immutable import immutable
from builder.package.outline import Outline
from builder.results.evidence.approvals import Approved
from builder.results.evidence.people import Completion

_BREAK = re.compile(r"(?<=\w)[@._/](?=\w)")
"""Matches where an address breaks at the end of a line."""
NAMES_FIRST = (
    "These files name people and say what they completed. Give them only to those who may know it, "
    "and delete them when they are no longer needed."
)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
COLUMNS = (
    "Attempt",
    "Started",
    "Last saved",
    "First version seen",
    "Last version seen",
    "Completed with",
    "Result",
    "Completed on",
    "Score or status",
    "Record",
    "Due again on",
)
"""Headings of the table of people, after those of the columns about a person."""
SHOWN_COLUMN = "Shown by test"
"""Heading of one more column, in reports that list pages which a test-out has shown."""
VERSION_COLUMNS = ("Version", "Package", "Seen by", "Completed by", "Digest of the package")
APPROVAL_COLUMNS = ("Part", "Words", "Code", "Approved by", "On", "Document")


@immutable
class Version:
    """What the page of a version shows.

    ``label`` is the version with the code of its words, ``file`` the name of the page, ``package``
    that of the package. ``people`` counts those who saw it, ``completed`` those who completed it,
    on ``days``, in order.
    ``changes`` are sentences about what is different from the version before; ``before`` is that
    version's label, or empty. ``words`` are the titles of pages with their words as HTML.
    """

    outline: Outline
    label: str
    file: str
    package: str
    people: int
    completed: int
    days: Sequence[str]
    before: str
    changes: Sequence[str]
    approved: Sequence[Approved]
    words: Sequence[tuple[str, str]]


def cells_of(row: Completion) -> tuple[str, ...]:
    """The cells of a row in the order of ``COLUMNS``."""
    return (
        *(row.attempt, row.started, row.last, row.first_seen, row.last_seen, row.completed_with),
        *(row.result, row.completed, row.score, row.record, row.due),
    )


def version_cells(one: Version) -> tuple[str, ...]:
    """The cells of a version in the order of ``VERSION_COLUMNS``."""
    return one.label, one.package, str(one.people), str(one.completed), one.outline.digest


def approval_cells(row: Approved) -> tuple[str, ...]:
    """The cells of an approved part in the order of ``APPROVAL_COLUMNS``."""
    return row.part, row.title, row.code, row.by, row.on, row.document


def people(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]], notes: str) -> str:
    """The page with every person and attempt. ``notes`` says how to read it."""
    body = f"<p>{escape(notes)}</p>{_table('People', headings, rows)}"
    return _page(f"Who completed: {title}", "en", body, "wide")


def version(one: Version) -> str:
    """The page of a version: its facts, what changed, who approved it, and its words."""
    outline = one.outline
    facts = {
        "Version": one.label,
        "Package": one.package,
        "Digest of the package": outline.digest,
        "Made with": f"scorm-builder {outline.builder}" if outline.builder else "",
        "Draft": "yes: this package was not released" if outline.draft else "no",
        "Seen by": str(one.people),
        "Completed by": str(one.completed),
        "Completed on": " to ".join(dict.fromkeys((*one.days[:1], *one.days[-1:]))),
    }
    changed = "".join(f"<li>{escape(words)}</li>" for words in one.changes)
    since = f"What changed since version {one.before}" if one.before else "What changed"
    approved = [approval_cells(row) for row in one.approved]
    words = "".join(
        f'<section class="page"><h2>{escape(title)}</h2>{html}</section>'
        for title, html in one.words
    )
    language = escape(outline.language)
    body = "".join(
        [
            _facts(facts),
            f"<h2>{escape(since)}</h2>",
            f"<ul>{changed}</ul>" if changed else _nothing(one),
            "<h2>Who approved which part</h2>",
            _table("Approvals", APPROVAL_COLUMNS, approved)
            if approved
            else "<p>The package does not say which words were approved: it was made by an older "
            "version of scorm-builder.</p>",
            "<h2>The words</h2>",
            f'<div lang="{language}" dir="auto">{words}</div>',
        ]
    )
    return _page(f"{outline.title}: version {one.label}", "en", body)


def _nothing(one: Version) -> str:
    if not one.before:
        return "<p>This is the first version in this evidence.</p>"
    return "<p>Nothing that trainees can see has changed.</p>"


def overview(
    title: str,
    day: str,
    versions: Sequence[Version],
    missing: Sequence[str],
    files: Mapping[str, str],
    sources: Iterable[tuple[str, str]],
) -> str:
    """The first page. ``missing`` are sentences, ``files`` says what each file is, ``sources`` are
    the files that the evidence was made from, with their SHA-256."""
    listed = "".join(
        f'<li><a href="{escape(name)}">{escape(name)}</a>: {escape(words)}</li>'
        for name, words in files.items()
    )
    gaps = "".join(f"<li>{escape(one)}</li>" for one in missing)
    body = "".join(
        [
            f"<p>Made on {escape(day)}.</p>",
            f"<h2>Files</h2><ul>{listed}</ul>",
            f"<h2>Versions</h2>{_table('Versions', VERSION_COLUMNS, map(version_cells, versions))}",
            "<h2>What is missing</h2>",
            f"<ul>{gaps}</ul>" if gaps else "<p>Nothing, as far as these files show.</p>",
            f"<h2>Made from</h2>{_table('Sources', ('File', 'SHA-256'), list(sources))}",
            "<h2>Has it been changed?</h2><p>manifest.json has the SHA-256 of every file here. "
            "<code>scorm-builder results --check FOLDER</code> compares them. It finds files that "
            "were changed, removed or added. It cannot find a forgery: a person who changes a file "
            "can also change manifest.json. If that matters, keep the SHA-256 of manifest.json, "
            "which the command prints, in another place.</p>",
        ]
    )
    return _page(f"Evidence: {title}", "en", body)


def _facts(facts: Mapping[str, str]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td></tr>'
        for name, value in facts.items()
        if value
    )
    return f'<div class="scroll"><table><tbody>{rows}</tbody></table></div>'


def _table(label: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in headings)
    body = "".join(
        "<tr>" + "".join(f'<td dir="auto">{_breakable(cell)}</td>' for cell in row) + "</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll" role="region" aria-label="{escape(label)}" tabindex="0"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _breakable(cell: str) -> str:
    """The HTML of a cell, in which long addresses and codes may break where a reader expects it."""
    return _BREAK.sub(r"\g<0><wbr>", escape(cell))


def _page(title: str, language: str, body: str, style: str = "") -> str:
    """A page; ``style`` is the class of its body."""
    attribute = f' class="{style}"' if style else ""
    css = resources.path("evidence/page.css").read_text("utf-8")
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{css}</style>\n</head>\n<body{attribute}>\n<main>\n"
        f'<h1 dir="auto">{escape(title)}</h1>\n<p class="note">{escape(NAMES_FIRST)}</p>\n'
        f"{body}\n</main>\n</body>\n</html>\n"
    )
