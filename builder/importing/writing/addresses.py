"""Turns web and email addresses that are plain text in a document into links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from builder.course import markdown
from builder.importing.document.form import Inline, Link, Text

_HOST = r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"
_MAIL = re.compile(rf"(?<![\w.+@/:-])(?:mailto:)?[\w.+-]+@{_HOST}(?![\w@-])", re.ASCII | re.I)
_WWW = re.compile(
    rf"(?<![\w.@/-])www\.{_HOST}(?![\w@-])(?:[:/?#][^\s<>\"“”«»\[\]{{}}|\\^`]*)?", re.I
)
_UNLINKED = {"code", "sub", "super"}


def linked(runs: Sequence[Inline]) -> Iterator[Inline]:
    """Replace addresses in the runs by links. An address that continues in a run with other
    formatting stays as it is, since its end is not known."""
    for at, run in enumerate(runs):
        if not isinstance(run, Text) or run.marks & _UNLINKED:
            yield run
            continue
        before, after = runs[at - 1] if at else None, runs[at + 1] if at + 1 < len(runs) else None
        yield from _cut(run, _touches(before, -1), _touches(after, 0))


def may_lead(words: str) -> bool:
    """Whether a text may contain an address: a cheap check before it is searched."""
    return "://" in words or "@" in words or "www." in words or "WWW." in words


def is_bare(link: Link) -> bool:
    """Whether a link's text alone becomes this link in Markdown."""
    words = "".join(text.words for text in link.texts)
    return link.address == words and list(markdown.addresses(words)) == [(0, len(words))]


def _touches(run: Inline | None, at: int) -> bool:
    return isinstance(run, Text) and bool(run.words) and not run.words[at].isspace()


def _cut(run: Text, before: bool, after: bool) -> Iterator[Inline]:
    words, end = run.words, 0
    for first, last, address in _found(words):
        if first < end or (before and not first) or (after and last == len(words)):
            continue
        if first > end:
            yield _between(words[end:first], run)
        yield Link((Text(words[first:last], run.marks),), address)
        end = last
    if end < len(words):
        yield _between(words[end:], run)


def _between(words: str, run: Text) -> Text:
    # Punctuation between links loses its formatting: bold marks around a full stop would clash with
    # those of the link.
    return Text(words, run.marks if re.search(r"\w", words) else frozenset())


def _found(words: str) -> list[tuple[int, int, str]]:
    if not may_lead(words):
        return []
    found = [(first, last, words[first:last]) for first, last in markdown.addresses(words)]
    for one in _WWW.finditer(words):
        said = markdown.address_only(one[0])
        found.append((one.start(), one.start() + len(said), f"https://{said}"))
    for one in _MAIL.finditer(words):
        named = one[0] if one[0].lower().startswith("mailto:") else f"mailto:{one[0]}"
        found.append((*one.span(), named))
    return sorted(found)
