"""Updates the entries of a PO file to the texts of a course."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

import polib

from builder.base.immutable import immutable
from builder.course.translations import present_part, values
from builder.translating.po_file import Entry, Key, PoDocument

_ALIKE = 0.6
"""The share of common words or letters from which two texts count as two versions of one text."""
_NEARLY_EQUAL = 0.8
"""The share from which two texts in the same order are two versions of one text without comparing
them with others."""
_WINDOW = 3
"""How many of the next texts are looked at for a nearly equal one."""
_MANY_WORDS = 6
_WORD = re.compile(r"\w+")
_COMPARISONS = 20_000
"""Maximum number of comparisons of texts in an update (some seconds). Beyond it, a changed text has
no earlier version, and its earlier translation becomes obsolete."""


@immutable
class Wanted:
    """A text that the PO file must have: its part and text, which are its context and ``msgid``,
    its plural (``msgid_plural``, or empty) with the number of plural ``forms``, the comment for
    translators, and the name of its file."""

    part: str
    text: str
    comment: str
    file: str = ""
    plural: str = ""
    forms: int = 0

    @property
    def key(self) -> Key:
        """What identifies the entry of this text."""
        return self.part, self.text

    def entry(self, translation: str = "") -> Entry:
        """A new entry for this text."""
        po = polib.POEntry(msgctxt=self.part, msgid=self.text, msgstr=translation)
        if self.plural:
            po.msgid_plural = self.plural
            po.msgstr_plural = dict.fromkeys(range(self.forms), "")
        return Entry(po)

    @property
    def occurrences(self) -> list[tuple[str, str]]:
        """The line ``#:`` of the entry: the file, without the number of the line, which would
        change with every edit above it. A space would divide the name in two."""
        return [(self.file.replace(" ", "%20"), "")] if self.file else []


@dataclass
class Update:
    """What an update did: the number of messages that are ``new``, ``changed`` (now stale),
    ``moved`` to another part with their translation, ``restored`` from the obsolete ones,
    ``vanished``, and ``noted`` (with another comment for translators)."""

    new: int = 0
    changed: int = 0
    moved: int = 0
    restored: int = 0
    vanished: int = 0
    noted: int = field(default=0, repr=False)


def update(
    document: PoDocument, messages: Sequence[Wanted], former: Mapping[str, str] | None = None
) -> Update:
    """Change the entries of a PO file to those of ``messages``, and return what was done.

    ``former`` are the present ids of parts by their former ids, under which the file may have them.
    Entries keep their order; new ones are added after the message that is before them in the
    course.
    """
    return _Updater(document, messages, former or {}).run()


class _Updater:
    def __init__(
        self, document: PoDocument, messages: Sequence[Wanted], former: Mapping[str, str]
    ) -> None:
        self.document = document
        self.messages = messages
        self.by_key: dict[Key, Entry] = {}
        self.done = Update()
        self.comparisons = _COMPARISONS
        wanted = {one.key for one in messages}
        self._rename(former)
        for entry in document.entries:
            if not entry.po.obsolete:
                self.by_key.setdefault(entry.key, entry)
        self.obsolete: dict[Key, Entry] = {}
        for entry in document.entries:
            if entry.po.obsolete and entry.key not in self.by_key:
                self.obsolete.setdefault(entry.key, entry)
        self.vanished = {id(one): one for key, one in self.by_key.items() if key not in wanted}
        self.relocated: set[int] = set()
        self.parts = _Parts(messages)

    def run(self) -> Update:
        found: dict[Key, Entry] = {}
        missing = [one for one in self.messages if one.key not in self.by_key]
        for step in (self._restored, self._moved, self._changed_singles, self._changed_blocks):
            found |= step([one for one in missing if one.key not in found])
        for message in missing:
            key = message.key
            if key not in found:
                found[key] = self._relocate(message.entry())
                self.done.new += 1
        self._place(found)
        self._retire()
        return self.done

    def _rename(self, former: Mapping[str, str]) -> None:
        """Give the entries of renamed parts the present ids of these parts."""
        present = {entry.key for entry in self.document.entries if not entry.po.obsolete}
        for entry in self.document.entries:
            before, text = entry.key
            part = present_part(before, former)
            if part != before and (part, text) not in present:
                entry.changed().msgctxt = part
                self.done.moved += 0 if entry.po.obsolete else 1

    # Each of these finds entries for messages that have none yet.

    def _restored(self, missing: Sequence[Wanted]) -> dict[Key, Entry]:
        """The messages that were in the course before, and are obsolete in the file."""
        found = {}
        for message in missing:
            entry = self.obsolete.pop(message.key, None)
            if entry:
                entry.changed().obsolete = False
                found[message.key] = self._relocate(entry)
                self.done.restored += 1
        return found

    def _moved(self, missing: Sequence[Wanted]) -> dict[Key, Entry]:
        """The messages whose text was in another part, which has lost it, or is in another page."""
        by_text: dict[str, list[Entry]] = defaultdict(list)
        for entry in (*self.vanished.values(), *self.obsolete.values()):
            if entry.is_translated:
                by_text[entry.po.msgid].append(entry)
        copies = self._copies(missing)
        found = {}
        for message in missing:
            entries = by_text[message.text]
            key = message.key
            if entries:
                entry = max(entries, key=lambda one: _nearness(one.key[0], message.part))
                entries.remove(entry)
                self._take(entry)
                po = entry.changed()
                po.msgctxt, po.obsolete = message.part, False
                found[key] = self._relocate(entry)
                self.done.moved += 1
            elif message.text in copies and self.parts.has_blocks(message.part):
                found[key] = self._relocate(message.entry(copies[message.text]))
                self.done.moved += 1
        return found

    def _copies(self, missing: Sequence[Wanted]) -> Mapping[str, str]:
        """The translations of texts that are in other blocks already, where all of them agree.

        Only whole blocks of pages: a short text such as an option may need another translation
        elsewhere.
        """
        texts = {one.text for one in missing if self.parts.has_blocks(one.part)}
        known: dict[str, set[str]] = defaultdict(set)
        for (part, text), entry in self.by_key.items():
            if text in texts and self.parts.has_blocks(part) and entry.is_current:
                known[text].add(entry.po.msgstr)
        return {text: next(iter(found)) for text, found in known.items() if len(found) == 1}

    def _changed_singles(self, missing: Sequence[Wanted]) -> dict[Key, Entry]:
        """The parts with one text whose text has changed."""
        vanished: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.vanished.values():
            vanished[entry.key[0]].append(entry)
        found = {}
        for message in missing:
            before = vanished[message.part]
            if not self.parts.has_blocks(message.part) and len(before) == 1:
                found[message.key] = self._make_stale(before[0], message)
        return found

    def _changed_blocks(self, missing: Sequence[Wanted]) -> dict[Key, Entry]:
        """The blocks whose text has changed: the most similar of those that their part has lost."""
        vanished: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.vanished.values():
            if entry.is_translated:
                vanished[entry.key[0]].append(entry)
        by_part: dict[str, list[Wanted]] = defaultdict(list)
        for message in missing:
            by_part[message.part].append(message)
        found = {}
        for part, changed in by_part.items():
            for message, entry in self._pairs(changed, vanished[part]):
                found[message.key] = self._make_stale(entry, message)
        return found

    def _pairs(
        self, messages: Sequence[Wanted], entries: Sequence[Entry]
    ) -> Iterator[tuple[Wanted, Entry]]:
        """Yield pairs of a message and an entry, each at most once: first those that are nearly
        equal and in the same order, then the most similar of the rest."""
        same = dict(_in_order(messages, entries))
        for index, other in same.items():
            yield messages[index], entries[other]
        ratios = []
        open_messages = [index for index in range(len(messages)) if index not in same]
        open_entries = sorted({*range(len(entries))} - {*same.values()})
        for index in open_messages:
            for other in open_entries:
                if self.comparisons <= 0:
                    break
                self.comparisons -= 1
                ratio = _likeness(entries[other].po.msgid, messages[index].text)
                if ratio >= _ALIKE:
                    ratios.append((-ratio, index, other))
        used: set[int] = set()
        paired: set[int] = set()
        for _, index, other in sorted(ratios):
            if index not in paired and other not in used:
                paired.add(index)
                used.add(other)
                yield messages[index], entries[other]

    def _make_stale(self, entry: Entry, message: Wanted) -> Entry:
        """Give the entry the new text of its message; its translation is stale then."""
        self._take(entry)
        po = entry.changed()
        if entry.is_translated:
            # The translation is of the earliest text since it was last confirmed.
            if not (po.fuzzy and po.previous_msgid):
                po.previous_msgid = po.msgid
            entry.mark(stale=True)
            self.done.changed += 1
        else:
            self.done.new += 1
        po.msgid, po.msgid_plural = message.text, message.plural
        return entry

    def _take(self, entry: Entry) -> None:
        """Remove an entry from those that have no message."""
        self.vanished.pop(id(entry), None)
        if entry.po.obsolete:
            self.obsolete.pop(entry.key, None)

    def _relocate(self, entry: Entry) -> Entry:
        """Let ``_place`` put an entry where its message is in the course."""
        self.relocated.add(id(entry))
        return entry

    # Then the entries are placed.

    def _place(self, found: Mapping[Key, Entry]) -> None:
        """Put the new entries after those of the messages before them, and describe all."""
        following: dict[int, list[Entry]] = defaultdict(list)
        anchor = 0
        for message in self.messages:
            key = message.key
            entry = found.get(key) or self.by_key[key]
            self._describe(entry, message)
            if id(entry) in self.relocated:
                following[anchor].append(entry)
            else:
                anchor = id(entry)
        entries = [*following[0]]
        for entry in self.document.entries:
            if id(entry) not in self.relocated:
                entries.append(entry)
            entries.extend(following.get(id(entry), ()))
        self.document.entries = entries

    def _describe(self, entry: Entry, message: Wanted) -> None:
        # Some tools break comments into several lines.
        has_comment = (entry.po.comment or "").split() == message.comment.split()
        if has_comment and entry.po.occurrences == message.occurrences:
            return
        if entry.block:
            self.done.noted += 1
        po = entry.changed()
        po.comment, po.occurrences = message.comment, message.occurrences

    def _retire(self) -> None:
        """Make the entries obsolete that are no longer in the course; drop those without a
        translation, and put all obsolete ones at the end."""
        kept: list[Entry] = []
        obsolete: list[Entry] = []
        retired = {one.key for one in self.vanished.values()}
        for entry in self.document.entries:
            if entry.po.obsolete and entry.key in retired:
                continue
            if id(entry) in self.vanished:
                self.done.vanished += 1
                if not (entry.is_translated or entry.po.tcomment):
                    continue
                po = entry.changed()
                po.obsolete, po.comment, po.occurrences = True, "", []
                po.previous_msgid = None
            (obsolete if entry.po.obsolete else kept).append(entry)
        self.document.entries = [*kept, *obsolete]


class _Parts:
    """The parts of a course that have blocks, such as a page, and not one text, such as a title."""

    def __init__(self, messages: Iterable[Wanted]) -> None:
        counts: dict[str, int] = defaultdict(int)
        for message in messages:
            counts[message.part] += 1
        self._many = {part for part, count in counts.items() if count > 1}

    def has_blocks(self, part: str) -> bool:
        """Whether a part has blocks, even if it has only one now."""
        kind, _, name = part.partition("/")
        page = kind == "page" and ("/" not in name or values.SCENE in name)
        return page or kind == "media" or part.endswith("/material") or part in self._many


def _in_order(messages: Sequence[Wanted], entries: Sequence[Entry]) -> Iterator[tuple[int, int]]:
    """Yield the indexes of a message and an entry that are nearly equal, in their order.

    An edit such as a new name in each paragraph needs one comparison for each then, however many
    paragraphs and pages there are.
    """
    start = 0
    for index, message in enumerate(messages):
        for other in range(start, min(start + _WINDOW, len(entries))):
            if _likeness(entries[other].po.msgid, message.text) >= _NEARLY_EQUAL:
                yield index, other
                start = other + 1
                break


def _likeness(one: str, other: str) -> float:
    """The share of what two texts have in common: of their words, which is fast, or of the letters
    of short ones. 0 if it is less than ``_ALIKE``."""
    words = _WORD.findall(one.lower()), _WORD.findall(other.lower())
    is_long = min(map(len, words)) >= _MANY_WORDS
    matcher = SequenceMatcher[str](autojunk=False)
    matcher.set_seqs(*(words if is_long else (one.lower(), other.lower())))
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0
    ratio = matcher.ratio()
    return ratio if ratio >= _ALIKE else 0


def previous_text(entry: Entry) -> str:
    """The earlier source text that a stale entry translates; empty if there is none."""
    return (entry.po.previous_msgid or "") if entry.po.fuzzy else ""


def _nearness(part: str, other: str) -> tuple[bool, bool]:
    """How near two parts are: whether they are the same thing of another page or question, and
    whether they are of the same kind."""
    one, two = part.split("/"), other.split("/")
    return one[2:] == two[2:] and one[0] == two[0], one[0] == two[0]
