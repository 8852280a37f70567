"""Recognises two kinds of lists with addresses: contacts, which have names, phone numbers and
addresses, and further reading, which has titles and web addresses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from builder.importing.document.form import (
    Block,
    Cell,
    Contact,
    Contacts,
    Image,
    Inline,
    Link,
    List,
    NoteMark,
    Paragraph,
    Reading,
    Table,
    Text,
    is_example,
)
from builder.importing.recognise.inlines import (
    OBJECT,
    Inlines,
    cell_text,
    cut,
    grid_of,
    has_mark,
    inlines_of,
    is_empty_cell,
    plain,
    text_of,
    trimmed,
)
from builder.importing.recognise.lines import Line, closed_line, lines_of, replace_granules
from builder.importing.recognise.words import ENGLISH, EVERY, LANGUAGES, normalised, one_of

URL = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]+[^\s<>\"“”.,;:!?)\]’']", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
PHONE = re.compile(r"\+?\(?\d[\d\s()./-]{1,22}\d(?:\s*(?:ext|x|est|poste)\.?\s*\d{1,6})?")


def is_external(link: Link) -> bool:
    """Whether a link leads to a web page that may exist."""
    web = link.address.casefold().startswith(("http://", "https://"))
    return web and not is_example(link.address)


def _has_phone_or_email(text: str) -> bool:
    """Whether a text has a phone number or an email address."""
    phone = PHONE.search(text)
    digits = sum(sign.isdecimal() for sign in phone[0]) if phone else 0
    return digits >= 3 or _EMAIL.search(text) is not None


def _with_addresses(inlines: Sequence[Inline]) -> str:
    """The plain text of a line, with the address of each link after the link's text, unless the
    text shows the address."""
    parts = []
    for inline in inlines:
        words = plain((inline,))
        if isinstance(inline, Link):
            address = re.sub(
                r"^(?:mailto:|tel:|https?://)", "", inline.address, flags=re.IGNORECASE
            )
            is_visible = address.rstrip("/") in words or inline.address.startswith(("#", "tel:"))
            words = words if is_visible else f"{words} {address}"
        parts.append(words)
    return " ".join("".join(parts).split())


_NAMES = EVERY.name + EVERY.role
_KNOWN = (*_NAMES, *EVERY.phone, *EVERY.email, *EVERY.address, *EVERY.hours)
_FIELD = re.compile(rf"\s*(?P<label>{one_of(sorted(_KNOWN, key=len, reverse=True))})\s*:\s*", re.I)
_MAX_NAME_WORDS = 12


def contacts(blocks: Sequence[Block], language: str) -> tuple[Block, ...]:
    """Recognise contacts: replace the tables and lines that list them by ``Contacts`` blocks.
    ``language`` is the document's, for labels that a table lacks."""
    made = tuple(
        (_contacts_with_headings(block) or _contacts_without_headings(block, language) or block)
        if isinstance(block, Table)
        else block
        for block in blocks
    )
    return _contacts_in_lines(made)


def _contacts_with_headings(table: Table) -> Contacts | None:
    """The contacts in a table whose headings name its columns; ``None`` if it is another table."""
    grid = grid_of(table)
    if grid is None or len(grid.rows) < 2 or any(None in row for row in grid.rows):
        return None
    heads = [cell_text(cell) or "" for cell in grid.rows[0]]
    if OBJECT in "".join((*heads, plain(table.caption))):
        return None
    kinds = [normalised(head) for head in heads]
    name = next((at for at, kind in enumerate(kinds) if kind in EVERY.name), None)
    if name is None:
        name = next((at for at, kind in enumerate(kinds) if kind in EVERY.role), None)
    callable_ = [kind in EVERY.phone + EVERY.email for kind in kinds]
    if name is None or not any(callable_):
        return None
    people = [_contact_of_row(row, heads, name) for row in grid.rows[1:]]
    found = [person for person in people if person is not None]
    reached = [_has_phone_or_email(value) for person in found for _, value in person.fields]
    if len(found) != len(people) or not any(reached):
        return None
    caption = [plain(table.caption)] if table.caption else []
    return Contacts(tuple(found), table.place, tuple(filter(None, heads + caption)))


def _contact_of_row(row: Sequence[Cell | None], heads: Sequence[str], name: int) -> Contact | None:
    fields = []
    for at, cell in enumerate(row):
        text = cell_text(cell)
        if text is None or OBJECT in text:
            return None
        if at != name and not is_empty_cell(text) and cell is not None:
            fields.append((heads[at], _with_addresses(inlines_of(cell.blocks))))
    cell = row[name]
    named = inlines_of(cell.blocks) if cell is not None else ()
    return Contact(named, tuple(fields)) if plain(named).strip() else None


def _contacts_without_headings(table: Table, language: str) -> Contacts | None:
    """The contacts in a table of two columns without headings: a name, and a phone number or email
    address. ``None`` if it is another table."""
    if table.heads or table.caption:
        return None
    words = LANGUAGES.get(language[:2].casefold(), ENGLISH)
    people = []
    for row in table.rows:
        texts = [cell_text(cell) for cell in row]
        if len(row) != 2 or not all(texts) or any(OBJECT in (text or "") for text in texts):
            return None
        name, value = texts[0] or "", (texts[1] or "").strip()
        phone = PHONE.fullmatch(value) is not None and _has_phone_or_email(value)
        mail = _EMAIL.fullmatch(value) is not None
        if not (phone or mail) or len(name.split()) > _MAX_NAME_WORDS or name[:1].isdecimal():
            return None
        label = (words.phone if phone else words.email)[0].capitalize()
        value = _with_addresses(inlines_of(row[1].blocks))
        people.append(Contact(inlines_of(row[0].blocks), ((label, value),)))
    return Contacts(tuple(people), table.place) if len(people) > 1 else None


@dataclass(slots=True)
class _Card:
    """A contact that was found in the lines with indexes from `begin` up to `end`."""

    begin: int
    end: int
    name: Inlines
    fields: list[tuple[str, str]] = field(default_factory=list)
    consumed: list[str] = field(default_factory=list)


def _contacts_in_lines(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Replace lines that list contacts with labels, such as “Phone: 01234 567890”, by ``Contacts``
    blocks."""
    lines = lines_of(blocks)
    within = Counter(line.granule for line in lines)
    lines = [line if within[line.granule] == 1 else closed_line(line) for line in lines]
    taken: dict[int, Block | None] = {}
    at = 0
    while at < len(lines):
        cards: list[_Card] = []
        while card := _card_at(lines, cards[-1].end if cards else at):
            cards.append(card)
        if cards:
            for line in lines[cards[0].begin : cards[-1].end]:
                taken[line.granule] = None
            taken[lines[at].granule] = Contacts(
                tuple(Contact(card.name, tuple(card.fields)) for card in cards),
                lines[at].place,
                tuple(words for card in cards for words in card.consumed if words),
            )
        at = cards[-1].end if cards else at + 1
    return replace_granules(blocks, taken) if taken else tuple(blocks)


def _card_at(lines: Sequence[Line], begin: int) -> _Card | None:
    """The contact that starts at the line of index ``begin``: a name, alone or after “Name:”, and
    the lines below it with numbers and addresses. ``None`` if no contact starts there."""
    if begin >= len(lines) or not _is_plain_line(lines[begin]):
        return None
    line = lines[begin]
    first = _FIELD.match(line.text)
    if first and normalised(first["label"]) in _NAMES:
        named = trimmed(cut(line.inlines, first.end()))
        card = _Card(begin, begin + 1, named, consumed=[first[0].strip()])
    elif not first and _is_name(lines, begin):
        card = _Card(begin, begin + 1, line.inlines)
    else:
        return None
    while card.end < len(lines) and _add_field(lines[card.end], card):
        card.end += 1
    reached = any(_has_phone_or_email(value) for _, value in card.fields)
    return card if reached and plain(card.name).strip() else None


def _is_plain_line(line: Line) -> bool:
    plain_line = line.paragraph is not None and not line.listed and line.label is None
    return plain_line and line.block is None and not line.heading and OBJECT not in line.text


def _is_name(lines: Sequence[Line], at: int) -> bool:
    """Whether the line of index ``at`` is a name: short, and in bold or in the same paragraph as
    the next line."""
    line = lines[at]
    if not line.text or len(line.text.split()) > _MAX_NAME_WORDS or line.text[-1] in ".?!:;,":
        return False
    following = lines[at + 1] if at + 1 < len(lines) else None
    together = following is not None and following.place == line.place
    return has_mark(line.inlines, "strong") or together


def _add_field(line: Line, card: _Card) -> bool:
    """Add a line to a contact if it has a label other than that of a name, and a value. Returns
    whether it was added."""
    if not _is_plain_line(line) or not (found := _FIELD.match(line.text)):
        return False
    if normalised(found["label"]) in EVERY.name:
        return False
    value = _with_addresses(trimmed(cut(line.inlines, found.end())))
    if is_empty_cell(value):
        return False
    card.fields.append((found["label"], value))
    card.consumed.append(found[0].strip())
    return True


_MAX_TITLE_WORDS = 20
"""Maximum number of words of an item of further reading without its address; longer text is
prose."""
_LEADING_WORDS = re.compile(rf"(?:^|\s){one_of(EVERY.leads)}\s*$", re.IGNORECASE)


def further_reading(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Recognise further reading: replace the lists, tables and paragraphs that have titles with web
    addresses by ``Reading`` blocks."""
    out: list[Block] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if isinstance(block, Paragraph) and not block.level:
            reading, taken = _entries_in_paragraphs(blocks, at)
        else:
            reading, taken = _reading_of_block(block), 1
        out += [reading] if reading else blocks[at : at + taken]
        at += taken
    return tuple(out)


def _entries_in_paragraphs(blocks: Sequence[Block], begin: int) -> tuple[Reading | None, int]:
    """The further reading in consecutive paragraphs from index ``begin`` on, each of which is an
    item, or a title followed by its address; ``None`` if there are fewer than two items. Also
    returns the number of blocks that were examined."""
    items: list[Inlines] = []
    at = begin
    while at < len(blocks):
        entry, taken = _entry_at(blocks, at)
        if not entry:
            break
        items.append(entry)
        at += taken
    taken = max(at - begin, 1)
    reading = Reading(tuple(items), blocks[begin].place) if len(items) > 1 else None
    return reading, taken


def _entry_at(blocks: Sequence[Block], at: int) -> tuple[Inlines, int]:
    block = blocks[at]
    if not isinstance(block, Paragraph) or block.level:
        return (), 0
    if entry := _reading_entry(block.inlines):
        return entry, 1
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    if not isinstance(following, Paragraph) or following.level or not _is_title(block.inlines):
        return (), 0
    address = _only_address(following.inlines)
    if not address:
        return (), 0
    both = (*trimmed(block.inlines), Text(" "), *trimmed(following.inlines))
    return _link_all(both, address), 2


def _is_title(inlines: Inlines) -> bool:
    text = plain(inlines).strip()
    short = bool(text) and len(text.split()) <= _MAX_TITLE_WORDS and text[-1] not in ".?!:;,"
    return short and all(isinstance(inline, Text) for inline in inlines)


def _only_address(inlines: Inlines) -> str:
    """The web address of a line that contains nothing else; empty for other lines."""
    inlines = trimmed(inlines)
    text = plain(inlines).strip()
    if len(inlines) == 1 and isinstance(inlines[0], Link) and is_external(inlines[0]):
        return inlines[0].address if URL.fullmatch(text) else ""
    typed = all(isinstance(inline, Text) for inline in inlines) and URL.fullmatch(text)
    return _complete_address(text) if typed else ""


def _reading_of_block(block: Block) -> Reading | None:
    """The further reading in a list, or in a table of titles and addresses; ``None`` for any other
    block."""
    if isinstance(block, List):
        entries = [
            _reading_entry(item.blocks[0].inlines)
            if len(item.blocks) == 1 and isinstance(item.blocks[0], Paragraph)
            else ()
            for item in block.items
        ]
        good = len(entries) > 1 and all(entries)
        return Reading(tuple(entries), block.place) if good else None
    return _reading_of_table(block) if isinstance(block, Table) else None


def _reading_of_table(table: Table) -> Reading | None:
    rows = table.rows[table.heads :]
    items: list[Inlines] = []
    for row in rows:
        texts = [cell_text(cell) for cell in row]
        if len(row) != 2 or not all(texts):
            return None
        title, address = inlines_of(row[0].blocks), _only_address(inlines_of(row[1].blocks))
        if not address or not _is_title(title):
            return None
        items.append(_link_all((*title, Text(" "), *inlines_of(row[1].blocks)), address))
    heads = [text_of(cell.blocks) for row in table.rows[: table.heads] for cell in row]
    consumed = [head for head in (*heads, plain(table.caption)) if head]
    if len(items) < 2 or None in heads or OBJECT in "".join(consumed):
        return None
    return Reading(tuple(items), table.place, tuple(consumed))


def _reading_entry(inlines: Inlines) -> Inlines:
    """A line with a title and one web address, as an item of further reading; empty for any other
    line."""
    inlines = trimmed(inlines)
    text = plain(inlines)
    if not text or any(isinstance(inline, Image | NoteMark) for inline in inlines):
        return ()
    links = [inline for inline in inlines if isinstance(inline, Link)]
    typed = URL.findall("".join(plain((i,)) for i in inlines if not isinstance(i, Link)))
    if len(links) + len(typed) != 1 or len(URL.sub(" ", text).split()) > _MAX_TITLE_WORDS:
        return ()
    if links:
        return _entry_with_link(inlines, links[0]) if is_external(links[0]) else ()
    start = text.index(typed[0])
    before, after = text[:start].strip(" (-–—:\t\n"), text[start + len(typed[0]) :].strip(" ).")
    if _LEADING_WORDS.search(before) or (after and before):
        return ()
    address = "" if after else _complete_address(typed[0])
    return _link_all(inlines, address) if address else ()


def _entry_with_link(inlines: Inlines, link: Link) -> Inlines:
    if inlines[0] == link:
        return inlines
    before = plain(inlines[: inlines.index(link)]).strip(" (-–—:\t\n")
    after = plain(inlines[inlines.index(link) + 1 :]).strip(" ).")
    if after or _LEADING_WORDS.search(before) or not URL.fullmatch(plain((link,)).strip()):
        return ()
    return _link_all(inlines, link.address)


def _link_all(inlines: Sequence[Inline], address: str) -> Inlines:
    """Make one link to ``address`` out of all words of a line."""
    texts: list[Text] = []
    for inline in inlines:
        match inline:
            case Text():
                texts.append(inline)
            case Link(inner):
                texts += inner
            case _:
                texts.append(Text(" "))
    return (Link(tuple(texts), address),)


def _complete_address(address: str) -> str:
    """The address with a scheme; empty if it is an example."""
    whole = address if address.casefold().startswith("http") else f"https://{address}"
    return "" if is_example(whole) else whole
