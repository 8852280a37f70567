"""Finds the questions of a bank that the course already has, so that they are not added twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from builder.course import load
from builder.importing.again.existing import Entry, Existing
from builder.importing.document import tally
from builder.importing.document.form import Block, Document, Paragraph, Question, Rest, Volume
from builder.importing.making import write_course
from builder.importing.reading import Read
from builder.importing.writing import QUESTIONS

KIND = "repeated question"
"""The kind of a question that is listed instead of added."""
_NOT_TEXT = frozenset({"tags", "was", "retired", "unsure"})
"""Lists of a question that have no text of its answers."""
_NUMBERS = ("answer", "tolerance", "min", "max")
_YES = ("yes", "true", "on")
_Words = tuple[object, ...]
_Known = Mapping[_Words, Sequence[tuple[str, Entry]]]


def without_known(read: Read, course: Existing, own: Collection[str]) -> Read:
    """Remove the questions from a bank that the course already has, and list them as not imported.

    A question is the same if its type, prompt, material and answers have the same words, whatever
    its id. ``own`` are the ids of questions that an earlier import of this bank has added.
    """
    known: dict[_Words, list[tuple[str, Entry]]] = {}
    for name, entry in course.questions.items():
        if name not in own:
            known.setdefault(_words(entry.keys), []).append((name, entry))
    document = read.document
    if not any(_words(keys) in known for keys in _entries(document, document.blocks)):
        return read
    kept: list[Block] = []
    listed: list[Rest] = []
    consumed: list[str] = list(document.consumed)
    for section in _sections(document.blocks):
        reasons = {at: _reason(document, block, known) for at, block in enumerate(section)}
        repeated = {at for at, reason in reasons.items() if reason}
        asked = {at for at, block in enumerate(section) if isinstance(block, Question)}
        if not asked - repeated and asked:
            # Its title and texts are of no use without its questions.
            repeated = set(reasons)
        for at, block in enumerate(section):
            if at not in repeated:
                kept.append(block)
                continue
            plain = replace(block, name="", tags=()) if isinstance(block, Question) else block
            reason = reasons[at] or "the course already has all questions below it"
            words = " ".join(tally.words((plain,)))
            kind = KIND if isinstance(block, Question) else "category"
            listed.append(Rest(kind, block.place, tally.text((plain,)) or words, reason))
            consumed += block.consumed if isinstance(block, Question) else ()
    changed = replace(
        document, blocks=tuple(kept), rest=(*document.rest, *listed), consumed=tuple(consumed)
    )
    return replace(read, document=changed)


def _sections(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Divide the blocks of a bank into categories, each with its heading."""
    section: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.level and section:
            yield section
            section = []
        section.append(block)
    yield section


def _reason(document: Document, block: Block, known: _Known) -> str:
    """The reason why a question is not added; empty if it is new, or if any of the questions that
    are made of it is new."""
    if not isinstance(block, Question):
        return ""
    made = list(_entries(document, (block,)))
    same = [known.get(_words(keys), ()) for keys in made]
    if not made or not all(same):
        return ""
    name, entry = same[0][0]
    reason = f"the course already has it as “{name}” in {entry.path}, line {entry.line}"
    changed = any(
        _right(keys) not in [_right(entry.keys) for _, entry in found]
        for keys, found in zip(made, same, strict=True)
    )
    return f"{reason}, with another right answer: compare the two" if changed else reason


def _entries(document: Document, blocks: tuple[Block, ...]) -> Iterator[Mapping[str, object]]:
    """The keys of the questions that are made of blocks, as a file of questions has them."""
    alone = replace(document, blocks=blocks, rest=(), doubts=())
    text = write_course([Volume("bank", "auto", alone)]).texts.get(QUESTIONS, "")
    yield from (one for one in load.read_entries(text, QUESTIONS) if isinstance(one, dict))


def _words(keys: Mapping[str, object]) -> _Words:
    texts = (
        _plain(text)
        for key, value in keys.items()
        if isinstance(value, list) and key not in _NOT_TEXT
        for text in _texts(value)
    )
    prompt = (_plain(keys.get(key)) for key in ("prompt", "material"))
    return (keys.get("type"), *prompt, frozenset(texts))


def _texts(entries: Sequence[object]) -> Iterator[object]:
    yield from (one.get("text") if isinstance(one, dict) else one for one in entries)


def _plain(text: object) -> str:
    """A text without what does not change its words: escapes, spaces and capital letters."""
    return " ".join(str(text or "").replace("\\", "").casefold().split())


def _right(keys: Mapping[str, object]) -> _Words:
    options = [one for one in _list(keys.get("options")) if isinstance(one, dict)]
    texts = {one.get("id"): _plain(one.get("text")) for one in options}
    right = frozenset(
        _plain(one.get("text")) for one in options if _plain(one.get("correct")) in _YES
    )
    pairs = frozenset(
        (_plain(one.get("text")), texts.get(one.get("match")))
        for one in _list(keys.get("items"))
        if isinstance(one, dict)
    )
    return (*(keys.get(key) for key in _NUMBERS), right, pairs)


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()
