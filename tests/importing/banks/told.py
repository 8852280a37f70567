"""What was read of a bank, in lines that a test can show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from builder.importing import formats
from builder.importing.document.form import Box, Document, Paragraph, Question
from tests.importing.banks import second_readers
from tests.importing.word.told import line
from tests.importing.word.told import told as blocks_told


def told(path: Path) -> str:
    """A file as its two readers have it: questions, words that are none, what is left, problems,
    and how many there are of each kind."""
    form = formats.format_of(path)
    assert form is not None
    document, problems = form.read(path)
    if document is None:
        return "\n".join([*map(str, problems), ""])
    counts = second_readers.count(path)
    kinds = [f"{kind}: {count}" for kind, count in counts.kinds.items()]
    left = [
        f"{one.kind} at {one.place.paragraph}: {one.words} ({one.reason})" for one in document.rest
    ]
    parts = [[form.name, *kinds], list(_document(document)), left, list(map(str, problems))]
    return "\n--\n".join("\n".join(part) for part in parts if part) + "\n"


def _document(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Question):
            yield from _question(block)
        elif isinstance(block, Box):
            yield f"[words, {block.undecided}]"
            yield from (f"    {one}" for one in _plain(*block.blocks))
        else:
            yield from _plain(block)


def _plain(*blocks: object) -> list[str]:
    return blocks_told(Document(tuple(blocks))).split("\n")  # type: ignore[arg-type]


def _question(one: Question) -> Iterator[str]:
    facts = {
        "name": one.name,
        "tags": ", ".join(one.tags),
        "weight": one.weight,
        "partial": "yes" if one.partial else "",
        "several": "yes" if one.several else "",
        **{key: str(value) for key, value in one.settings.items()},
    }
    said = "".join(f", {key} {value}" for key, value in facts.items() if value)
    yield f"[{one.kind} at {one.place.paragraph}{said}]"
    for block in one.prompt:
        assert isinstance(block, Paragraph) or block
        yield from (f"    {text}" for text in _plain(block))
    for option in one.options:
        mark = "*" if option.right else "-"
        weight = f" {option.weight}%" if option.weight else ""
        feedback = f" # {line(option.feedback)}" if option.feedback else ""
        yield f"  {mark} {option.label}{weight} {line(option.inlines)}{feedback}"
    for (left, right), remark in zip(one.pairs, one.remarks or ((),) * len(one.pairs), strict=True):
        yield f"  {line(left)} -> {line(right)}{f' # {line(remark)}' if remark else ''}"
    yield from (f"  ~ {line(statement)}" for statement in one.statements)
    yield from (f"  = {answer}" for answer in one.answers)
    yield from (f"  {key}: {line(text)}" for key, text in one.feedback.items())
    yield from (f"  ? {doubt}" for doubt in one.doubts)
