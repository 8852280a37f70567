"""Merges a file that came back from a translator, PO or XLIFF, into the PO file of a course."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import polib

from builder.course.translations import Message
from builder.translating import xliff, xliff_reading
from builder.translating.markup import (
    Node,
    Single,
    Words,
    is_markdown,
    means_the_same,
    parse,
    write,
)
from builder.translating.po_file import Entry, Key, PoDocument
from builder.translating.update import previous_text

Outcome = Literal[
    "taken", "taken as stale", "unchanged", "not translated", "conflict", "outdated", "unknown"
]
_TRANSLATED_STATES = ("", "final", "signed-off", "translated")
"""The states of a finished translation in XLIFF; many tools write none."""
_LINE_END = re.compile(r"[ \t]*\n[ \t]*")


@dataclass(frozen=True, slots=True)
class Sent:
    """A translation in a returned file: the key and line of its message, the translated text, and
    whether its translator calls it unfinished.

    ``problem`` says which markup it has lost or added; empty if none. ``comment`` is a comment of
    the translator.
    """

    key: Key
    line: int
    text: str
    is_fuzzy: bool = False
    problem: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of one translation in a returned file (``outcome``).

    - ``taken``: it is now the translation; ``taken as stale``: the same, but it must be checked:
      ``reason`` says why.
    - ``conflict``: the course has another finished translation (``own``), which stays; ``reason``
      says which markup the returned one has lost or added.
    - ``outdated``: the text has changed since; the translation was taken as stale if the message
      still exists in another form.
    - ``unknown``: the course never had this text.
    """

    sent: Sent
    outcome: Outcome
    reason: str = ""
    own: str = ""


class ForeignError(ValueError):
    """Raised if a returned file has no message of the course."""


def from_po(document: PoDocument, messages: Iterable[Message]) -> Iterator[Sent]:
    """Yield the translations in a PO file. A message without its part, which some tools drop, is
    that of each part of the course that has the text."""
    parts: dict[str, list[str]] = {}
    for message in messages:
        parts.setdefault(message.text, []).append(message.part)
    for entry, line in document.lines():
        po = entry.po
        if not po.obsolete:
            text = po.msgstr if entry.is_translated else ""
            named, source = entry.key
            for part in (named,) if named else parts.get(source, ("",)):
                yield Sent((part, source), line, text, po.fuzzy, comment=po.tcomment)


def from_xliff(
    units: Iterable[xliff_reading.Unit], messages: Iterable[Message], document: PoDocument
) -> Iterator[Sent]:
    """Yield the translations in an XLIFF file that was written from ``document``, the PO file of
    the course, or from an earlier state of it."""
    kinds = {one.key: is_markdown(one) for one in messages}
    markdown_parts = {part: kind for (part, _), kind in kinds.items()}
    keys: dict[str, Key] = {}
    for entry in document.entries:
        part, text = entry.key
        for known in filter(None, (previous_text(entry), text)):
            keys[xliff.unit_id((part, known))] = part, known
    entries = {one.key: one for one in document.entries}
    for unit in units:
        key = keys.get(unit.id, (unit.part, unit.source))
        as_markdown = kinds.get(key, markdown_parts.get(key[0], True))
        if unit.target is None or _is_copy(unit):
            yield Sent(key, unit.line, "")
            continue
        own = entries.get(key)
        source = parse(key[1], as_markdown)
        before = parse(own.po.msgstr if own else "", as_markdown)
        found = xliff_reading.translated(unit.target, source, before)
        nodes = tuple(_one_line(found.nodes)) if as_markdown else found.nodes
        text = write(nodes, as_markdown)
        problem = _problem(found)
        if not problem and not means_the_same(parse(text, as_markdown), nodes):
            problem = "its words and placeholders cannot stand together like this"
        if own and means_the_same(nodes, before):
            # Escapes that mean the same stay as they were.
            text = own.po.msgstr
        # A tool that knows no states has not confirmed a stale translation that it left unchanged.
        is_same = own is not None and own.po.fuzzy and own.po.msgstr == text.strip()
        is_fuzzy = unit.state not in _TRANSLATED_STATES or (is_same and not unit.state)
        if unit.approved == "no":
            is_fuzzy = True
        yield Sent(key, unit.line, text.strip(), is_fuzzy, problem)


def _is_copy(unit: xliff_reading.Unit) -> bool:
    """Whether a tool has only copied the source text into the translation."""
    is_new = unit.state in ("new", xliff.MISSING)
    return is_new and unit.target is not None and xliff_reading.as_shown(unit.target) == unit.source


def _one_line(nodes: Sequence[Node]) -> Iterator[Node]:
    """Yield the nodes with a space for each line end that a tool has added to words."""
    for node in nodes:
        if isinstance(node, Words):
            yield Words(_LINE_END.sub(" ", node.text))
        elif isinstance(node, Single):
            yield node
        else:
            inside = tuple(_one_line(node.inside))
            yield type(node)(node.kind, node.opening, node.closing, inside)


def _problem(found: xliff_reading.Translated) -> str:
    lost = f"it has lost {_listed(found.lost)}" if found.lost else ""
    added = f"it has added {_listed(found.added)}" if found.added else ""
    return " and ".join(filter(None, (lost, added)))


def _listed(texts: Sequence[str]) -> str:
    return ", ".join(f"“{text}”" for text in texts)


def merge(
    document: PoDocument, sent: Iterable[Sent], messages: Iterable[Message]
) -> tuple[Merged, ...]:
    """Merge returned translations into the entries of a PO file that is up to date, and return what
    became of each. Raises ``ForeignError`` if none belongs to the course.

    Translations of texts that are no longer in the course become obsolete entries.
    """
    wanted = {one.key for one in messages}
    entries = {one.key: one for one in document.entries if one.key in wanted}
    earlier = {
        (one.key[0], before): one for one in entries.values() if (before := previous_text(one))
    }
    obsolete = {one.key for one in document.entries if one.po.obsolete}
    merged = []
    for one in sent:
        if one.key in entries:
            merged.append(_merge(entries[one.key], one))
        elif not one.text:
            merged.append(Merged(one, "not translated"))
        elif one.key in earlier:
            merged.append(_merge_outdated(earlier[one.key], one))
        else:
            merged.append(Merged(one, "outdated" if one.key in obsolete else "unknown"))
    known = entries.keys() | earlier.keys() | obsolete
    if not any(one.sent.key in known for one in merged):
        raise ForeignError
    _keep(document, merged, obsolete)
    return tuple(merged)


def _merge(entry: Entry, sent: Sent) -> Merged:
    """Merge a translation into the entry with the same text."""
    po = entry.po
    if not sent.text:
        return Merged(sent, "not translated")
    if po.msgstr == sent.text and po.fuzzy == sent.is_fuzzy:
        return Merged(sent, "unchanged")
    if entry.is_current and po.msgstr != sent.text:
        return Merged(sent, "conflict", sent.problem, po.msgstr)
    entry.mark(stale=sent.is_fuzzy or bool(sent.problem))
    po.msgstr, po.tcomment = sent.text, po.tcomment or sent.comment
    if po.fuzzy:
        reason = sent.problem or "its translator marked it as unfinished"
        return Merged(sent, "taken as stale", reason)
    return Merged(sent, "taken")


def _merge_outdated(entry: Entry, sent: Sent) -> Merged:
    """Merge a translation of the text that an entry had before."""
    if entry.po.msgstr != sent.text:
        entry.changed().msgstr = sent.text
    return Merged(sent, "outdated", "it was taken as stale")


def _keep(document: PoDocument, merged: Sequence[Merged], obsolete: set[Key]) -> None:
    """Keep the translations of unknown texts as obsolete entries, so that none is lost."""
    for one in merged:
        if one.outcome == "unknown" and one.sent.key not in obsolete and one.sent.key[1]:
            part, text = one.sent.key
            po = polib.POEntry(msgctxt=part, msgid=text, msgstr=one.sent.text, obsolete=True)
            obsolete.add(one.sent.key)
            document.entries.append(Entry(po))
