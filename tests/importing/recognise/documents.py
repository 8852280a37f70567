"""Documents as plain text, for reading aloud.

A line is a paragraph, and one that ends with ``\\`` goes on after a break. ``# Title`` is a
heading; ``{b)} words`` an item of a list, two spaces deeper for each level, ``{} words`` another
paragraph in it, and ``%`` ends the list; ``| one | two |`` a row of a table, ``|=`` one of heads,
``^3`` before a cell's words makes it three columns wide, ``v2`` two rows high. ``**bold**``,
``==marked==``, ``^^underlined^^``, ``##red##``, ``[words](address)``, ``![words]`` a picture
with or without an alternative text, ``~`` a tab, ``\\*`` an asterisk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from builder.importing.document.form import (
    Block,
    Box,
    Break,
    Cell,
    Contacts,
    Document,
    Image,
    Inline,
    Item,
    Link,
    List,
    Mark,
    NoteMark,
    Paragraph,
    Place,
    Question,
    Reading,
    Record,
    Table,
    Text,
)

_MARKS: dict[str, Mark] = {
    "**": "strong",
    "==": "highlight",
    "^^": "underline",
    "##": "colour",
}
_INLINE = re.compile(
    r"(?P<sign>\*\*|==|\^\^|##)(?P<words>\S(?:.*?\S)?)(?P=sign)"
    r"|\[(?P<link>[^\[\]]+)\]\((?P<address>\S+?)\)|(?P<image>!\[(?P<alternative>[^\[\]]*)\])"
)
_ITEM = re.compile(r"(?P<deep> *)\{(?P<label>[^{}]*)\} ?(?P<words>.*)")


def document(text: str, language: str = "en") -> Document:
    """What an importer would have read."""
    return Document(tuple(_blocks(text)), language=language)


def _blocks(text: str) -> Iterator[Block]:
    joined = re.sub(r"\\\n\s*", "\v", text)
    rows: list[str] = []
    items: list[str] = []
    for number, line in enumerate([*joined.split("\n"), ""], start=1):
        place = Place("body", number)
        if rows and not line.startswith("|"):
            yield _table(rows, replace(place, paragraph=number - len(rows)))
            rows = []
        if items and not _ITEM.match(line) and line.strip():
            yield _list(items, place)
            items = []
        if line.startswith("|"):
            rows.append(line)
        elif _ITEM.match(line):
            items.append(line)
        elif line.strip() and line != "%":
            level = len(line) - len(line.lstrip("#")) if re.match(r"#+ ", line) else 0
            words = line[level:].strip() if level else line
            yield Paragraph(inlines(words), place, level)
    if items:
        yield _list(items, place)


def inlines(text: str) -> tuple[Inline, ...]:
    out: list[Inline] = []
    for number, line in enumerate(text.replace("~", "\t").split("\v")):
        if number:
            out.append(Break())
        out += _line(line)
    return tuple(out)


def _line(text: str) -> Iterator[Inline]:
    at = 0
    for found in _INLINE.finditer(text):
        if found.start() > at:
            yield Text(_unescaped(text[at : found.start()]))
        if found["sign"]:
            yield Text(found["words"], frozenset({_MARKS[found["sign"]]}))
        elif found["link"]:
            yield Link((Text(found["link"]),), found["address"])
        else:
            yield Image(b"picture", "png", found["alternative"] or None, Place("body", 0))
        at = found.end()
    if at < len(text):
        yield Text(_unescaped(text[at:]))


def _unescaped(text: str) -> str:
    return text.replace("\\*", "*")


@dataclass(slots=True)
class _Growing:
    label: str
    blocks: list[Block] = field(default_factory=list)


def _list(lines: Sequence[str], place: Place) -> List:
    first = _ITEM.match(lines[0])
    assert first
    depth = len(first["deep"])
    items: list[_Growing] = []
    at = 0
    while at < len(lines):
        found = _ITEM.match(lines[at])
        assert found
        end = at + 1
        if len(found["deep"]) > depth:
            while end < len(lines) and len(lines[end]) - len(lines[end].lstrip()) > depth:
                end += 1
            items[-1].blocks.append(_list(lines[at:end], place))
        else:
            if found["label"]:
                items.append(_Growing(found["label"]))
            items[-1].blocks.append(Paragraph(inlines(found["words"]), place))
        at = end
    ordered = items[0].label[:1].isalnum()
    made = tuple(Item(item.label, tuple(item.blocks)) for item in items)
    start = int(made[0].label.strip(".)")) if made[0].label.strip(".)").isdecimal() else 1
    return List(ordered, start, made, place)


def _table(lines: Sequence[str], place: Place) -> Table:
    rows = []
    heads = 0
    for line in lines:
        heads += line.startswith("|=")
        cells = line.lstrip("|=").rstrip().removesuffix("|").split("|")
        rows.append(tuple(_cell(cell.strip(), place) for cell in cells))
    return Table(tuple(rows), heads, place)


def _cell(text: str, place: Place) -> Cell:
    spans = {"^": 1, "v": 1}
    while found := re.match(r"([\^v])(\d) ?", text):
        spans[found[1]] = int(found[2])
        text = text[found.end() :]
    blocks = (Paragraph(inlines(text), place),) if text else ()
    return Cell(blocks, spans["^"], spans["v"])


def told(made: Document) -> str:
    """A document as this notation has it, with what was recognised."""
    lines = [line for block in made.blocks for line in _told(block)]
    lines += [f"?? {doubt.sentence}" for doubt in made.doubts]
    return "\n".join(lines)


def _told(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield ("#" * block.level + " " if block.level else "") + words(block.inlines)
        case List():
            yield from _told_list(block, 0)
        case Table():
            yield from _told_table(block)
        case Question():
            yield from _told_question(block)
        case Record():
            yield f"record: {' + '.join(block.signatures)}"
            for row in block.rows:
                parts = [" / ".join(_flat(part)) for part in (row.question, row.reading)]
                yield "  " + " -> ".join(part for part in parts if part)
        case Contacts():
            yield "contacts:"
            for contact in block.contacts:
                fields = "; ".join(f"{label}: {value}" for label, value in contact.fields)
                yield f"  {words(contact.name)} ({fields})"
        case Reading():
            yield "reading:"
            yield from (f"  {words(item)}" for item in block.items)
        case Box():
            yield "box"


def _told_list(block: List, depth: int) -> Iterator[str]:
    for item in block.items:
        label = item.label
        for inner in item.blocks:
            if isinstance(inner, List):
                yield from _told_list(inner, depth + 1)
            else:
                yield f"{'  ' * depth}{{{label}}} {' / '.join(_told(inner))}"
            label = ""


def _told_table(block: Table) -> Iterator[str]:
    for number, row in enumerate(block.rows):
        begin = "|=" if number < block.heads else "|"
        yield begin + "|".join(f" {_told_cell(cell)} " for cell in row) + "|"


def _told_cell(cell: Cell) -> str:
    spans = f"^{cell.across} " if cell.across > 1 else ""
    spans += f"v{cell.down} " if cell.down > 1 else ""
    return spans + " / ".join(_flat(cell.blocks))


def _flat(blocks: Sequence[Block]) -> list[str]:
    return [line for block in blocks for line in _told(block)]


def _told_question(question: Question) -> Iterator[str]:
    weight = f" ({question.weight})" if question.weight else ""
    name = f" “{question.name}”" if question.name else ""
    several = " (several)" if question.several else ""
    yield f"{question.kind}{several}{weight}{name}: {' / '.join(_flat(question.prompt))}"
    for option in question.options:
        grade = f" [{option.weight}]" if option.weight else ""
        yield f"  {'+' if option.right else '-'} {words(option.inlines)}{grade}"
        if option.feedback:
            yield f"      {words(option.feedback)}"
    yield from (f"  {words(left)} -> {words(right)}" for left, right in question.pairs)
    yield from (f"  = {answer}" for answer in question.answers)
    yield from (f"  gap = {' = '.join(accepted)}" for accepted in question.gaps)
    yield from (f"  {kind}: {words(value)}" for kind, value in question.feedback.items())
    if question.tags:
        yield f"  tags: {', '.join(question.tags)}"
    yield from (f"  ? {doubt}" for doubt in question.doubts)


def words(parts: Sequence[Inline]) -> str:
    return "".join(map(_words, parts))


def _words(inline: Inline) -> str:
    match inline:
        case Text(text, marks):
            sign = next((sign for sign, mark in _MARKS.items() if mark in marks), "")
            return sign + text.replace("\t", "~") + sign
        case Link(texts, address):
            return f"[{words(texts)}]({address})"
        case Break():
            return "\\\n"
        case Image(alternative=alternative):
            return f"![{alternative or ''}]"
        case NoteMark(note):
            return f"[^{note}]"


def cases(path: Path) -> list[tuple[str, str, str]]:
    """The cases of a file: a title, what is read, what is made of it. A title can end with the
    language, in brackets."""
    out = []
    for case in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title, _, rest = case.partition("\n")
        given, _, expected = rest.partition("---\n")
        out.append((title.strip(), given.strip("\n"), expected.strip("\n")))
    return out


def language_of(title: str) -> str:
    found = re.search(r"\((cy|fr|ar)\)$", title)
    return found[1] if found else "en"
