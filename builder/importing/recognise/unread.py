"""Reports what looks like a question but was not read as one, and keeps answers off the pages:
whatever gives the answer to a question that was not read would be text that trainees can read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from builder.importing.document.form import (
    POSSIBLE,
    Block,
    Box,
    Document,
    Doubt,
    Item,
    List,
    Paragraph,
    Place,
    Question,
    Table,
)
from builder.importing.recognise.inlines import OBJECT, plain, shorten
from builder.importing.recognise.lines import Line, lines_of, replace_granules
from builder.importing.recognise.option_tables import options_in_table
from builder.importing.recognise.questions import Sections, questions
from builder.importing.recognise.steering import (
    TRUE_OR_FALSE,
    announces_quiz,
    asks,
    steer_of,
    without_judged_pictures,
)
from builder.importing.recognise.words import EVERY, one_of

_UNREAD = (
    "“{}” looks like a question, but its options or its answer were not recognized, so it was "
    "imported as text."
)
_LEFT_OUT = (
    "“{}” was left out of the page, where trainees would read it: no question was found that it "
    "answers. If it is an answer, mark it in its question."
)
_ANSWER_IN_TEXT = (
    "“{}” is text on the page, where trainees can read it: no question was found that it answers. "
    "If it is an answer, mark it in its question and delete this line."
)
_PICTURES_LEFT_OUT = (
    "A picture that says which answer is right was left out of the page: no question was found "
    "that it belongs to. Mark the answer in its question."
)
_RIGHT = re.compile(rf"(?<!\w){one_of((*EVERY.correct, 'right'))}(?!\w)", re.IGNORECASE)
_PAIR = re.compile(r"[^=(){};]*[^=(){};\s]\s+==\s+[^=(){};\s][^=(){};]*")
_REACH = 8
"""Number of lines below a possible question that may belong to it."""
_MIN_SIGNS = 2
_MIN_POSSIBLE = 3
_MIN_NUMBERED = 5
"""Number of lines from which a document looks like a quiz even without another sign: numbered lines
that ask something, or lines that ask something and have options below."""
_STEPS = (1, *range(3, 8))
"""How many lines a bare question may be below the one before: directly, or below its 2 to 6
options. An answer of a single line is that of frequently asked questions."""
_MAX_OPTION = 120
"""Maximum number of characters of an option below a bare question."""


_MAX_PASSES = 4


def questions_and_rest(document: Document) -> Document:
    """Recognise the questions of a document. Add a doubt for each passage that looks like a
    question and was not read as one, if the document looks like a quiz, and remove answers that
    belong to no question. The search is repeated, since the lines around an answer may belong
    together once the answer is removed."""
    quiz = any(doubt.kind == POSSIBLE for doubt in document.doubts)
    for _ in range(_MAX_PASSES):
        read = questions(document)
        document = _report_unread(read, quiz=quiz)
        quiz = any(doubt.kind == POSSIBLE for doubt in document.doubts)
        if document.blocks == read.blocks:
            break
    return document


def _report_unread(document: Document, *, quiz: bool) -> Document:
    search = _Search(document, quiz=quiz)
    found = search.possible()
    known = {doubt.place for doubt in document.doubts}
    doubts = [
        Doubt(place, _UNREAD.format(shorten(words)), POSSIBLE)
        for place, words in found
        if place not in known
    ]
    kept = tuple(
        doubt if search.is_quiz or doubt.kind != POSSIBLE else replace(doubt, kind="question")
        for doubt in document.doubts
    )
    taken: dict[int, Block | None] = {}
    consumed: list[str] = []
    for line, removable in search.answers():
        if line.place in known and not removable:
            continue
        words = plain(without_judged_pictures(line.inlines)[0])
        text = f"{line.cut} {words}".strip()
        if removable and OBJECT not in text:
            taken[line.granule] = None
            consumed.append(text)
            doubts.append(Doubt(line.place, _LEFT_OUT.format(" ".join(text.split()))))
        else:
            doubts.append(Doubt(line.place, _ANSWER_IN_TEXT.format(shorten(line.text))))
    gone = {doubt.place for doubt in doubts if doubt.sentence.endswith(_LEFT_OUT[-20:])}
    kept = tuple(doubt for doubt in kept if doubt.place not in gone or doubt.kind == POSSIBLE)
    blocks = replace_granules(document.blocks, taken) if taken else document.blocks
    blocks, changed = _without_pictures(blocks)
    doubts += (Doubt(block.place, _PICTURES_LEFT_OUT) for block in changed)
    return replace(
        document,
        blocks=blocks,
        doubts=tuple(dict.fromkeys((*kept, *doubts))),
        consumed=(*document.consumed, *consumed),
    )


class _Search:
    """Searches the lines of a document that are not part of a question. ``is_quiz`` is whether the
    document looks like a quiz, and ``quiz`` whether it did before answers were removed."""

    def __init__(self, document: Document, *, quiz: bool) -> None:
        self._lines = lines_of(document.blocks)
        self._sections = Sections(self._lines)
        self._steers = [steer_of(line) for line in self._lines]
        self._signs = {at for at in range(len(self._lines)) if self._is_sign(at)}
        self._bare = set(self._bare_questions())
        self._read = read = any(isinstance(block, Question) for block in document.blocks)
        self._found = list(self._candidates())
        announced = announces_quiz(document.title) or any(
            announces_quiz(title) for title in self._sections.titles
        )
        numbered = sum(
            self._is_numbered_question(at) or at in self._bare or self._has_options_below(at)
            for at in self._found
        )
        signs = len(self._signs)
        self.reported = (
            len(self._found) >= _MIN_POSSIBLE
            and (announced or read or signs >= _MIN_SIGNS or numbered >= _MIN_NUMBERED)
        ) or bool(self._found and (announced or self._has_judged_pictures()))
        self.is_quiz = self.reported or read or quiz
        known = any(doubt.kind == POSSIBLE for doubt in document.doubts)
        self._answers_everywhere = self.reported or quiz or (read and known)

    def possible(self) -> list[tuple[Place, str]]:
        """The places and beginnings of passages that may be questions, if the document looks like a
        quiz."""
        return [(self._lines[at].place, self._beginning(at)) for at in self._found * self.reported]

    def _beginning(self, at: int) -> str:
        line = self._lines[at]
        below = next((one.text for one in self._lines[at + 1 : at + _REACH] if one.text), "")
        return f"{line.cut} {line.text or below}".replace(OBJECT, " ").strip()

    def answers(self) -> Iterator[tuple[Line, bool]]:
        """The lines that give an answer but belong to no question, and whether each can be removed
        from its page."""
        sizes: dict[int, int] = {}
        for line in self._lines:
            sizes[line.granule] = sizes.get(line.granule, 0) + 1
        for at, line in enumerate(self._lines):
            view = self._sections.by_line[at]
            tested = view.section in self._sections.tested or self._answers_everywhere
            if not view.faq and self._gives_answer(at, tested=tested):
                yield line, sizes[line.granule] == 1

    def _gives_answer(self, at: int, *, tested: bool) -> bool:
        steer = self._steers[at]
        if steer is not None and steer.kind == "answer" and steer.text.strip("_.… "):
            return tested or _RIGHT.search(steer.cut) is not None
        return tested and self._is_pair(at)

    def _candidates(self) -> Iterator[int]:
        """The indexes of lines at which a possible question begins, each at most once."""
        last, answered = -_REACH, False
        for at, line in enumerate(self._lines):
            view = self._sections.by_line[at]
            if view.faq or line.empty or isinstance(line.block, Question):
                continue
            if line.heading:
                last = -_REACH
            if self._begins(at) or self._is_statement(at):
                yield at
                last, answered = at, False
            elif at in self._signs:
                if at - last > _REACH or (answered and not self._is_pair(at)):
                    yield self._line_above(at)
                    last = at
                answered = True

    def _line_above(self, at: int) -> int:
        """The index of the line above an answer, which is probably its question; the index of the
        answer itself if there is none."""
        above = (
            before
            for before in range(at - 1, -1, -1)
            if not self._lines[before].empty and not self._is_pair(before)
        )
        line = self._lines[found] if (found := next(above, -1)) >= 0 else None
        return found if line is not None and line.block is None and not line.heading else at

    def _begins(self, at: int) -> bool:
        line = self._lines[at]
        if line.block is not None or line.heading or self._steers[at] is not None:
            return False
        label = line.label
        if label is not None and label.style == "asked":
            return True
        if label is not None and label.style == "number":
            in_quiz = self._read and self._has_options_below(at)
            return in_quiz or self._is_numbered_question(at) or self._is_lone_number(at)
        with_options = label is None and asks(line.text) and self._has_options_below(at)
        return with_options or at in self._bare

    def _bare_questions(self) -> Iterator[int]:
        """The indexes of lines without a label that end with a question mark, if several follow
        each other, each below as many short lines as the others."""
        shown = [at for at, line in enumerate(self._lines) if not line.empty]
        asking = [n for n, at in enumerate(shown) if self._is_bare(at, asking=True)]
        for step, group in groupby(pairwise(asking), lambda pair: pair[1] - pair[0]):
            pairs = list(group)
            first, last = pairs[0][0], pairs[-1][1]
            if step in _STEPS and len(pairs) + 1 >= _MIN_NUMBERED:
                options = {*range(first, last)} - {*asking}
                if all(self._is_bare(shown[n], asking=False) for n in options):
                    yield from (shown[n] for n in range(first, last + 1, step))

    def _is_bare(self, at: int, *, asking: bool) -> bool:
        line = self._lines[at]
        if line.block is not None or line.heading or line.label or self._steers[at] is not None:
            return False
        asks_it = line.text.rstrip().endswith(("?", "\u061f"))
        return asks_it if asking else not asks_it and len(line.text) <= _MAX_OPTION

    def _is_numbered_question(self, at: int) -> bool:
        line = self._lines[at]
        number = line.label is not None and line.label.style == "number"
        return number and not line.heading and asks(line.text)

    def _is_lone_number(self, at: int) -> bool:
        below = self._lines[at + 1] if at + 1 < len(self._lines) else None
        alone = not self._lines[at].text and not self._lines[at].listed
        return alone and below is not None and below.label is None and bool(below.text)

    def _has_options_below(self, at: int) -> bool:
        """Whether options with letters or boxes, or a table with options, are directly below the
        line of index ``at``; in a quiz also bullets."""
        below = next((line for line in self._lines[at + 1 :] if not line.empty), None)
        if below is None:
            return False
        if isinstance(below.block, Table):
            return options_in_table(below) is not None
        label = below.label
        if label is None or below.heading:
            return False
        bullets = label.style == "bullet" and self._sections.by_line[at].quiz
        return bullets or label.style == "box" or label.ordinal("letter") == 1

    def _is_sign(self, at: int) -> bool:
        """Whether a line shows that a question is near: an answer, a picture that judges an answer,
        pairs, or “True / False”."""
        line, steer = self._lines[at], self._steers[at]
        if steer is not None:
            return steer.kind == "answer" and bool(steer.text)
        if line.block is not None:
            return _pictures_in(line.block)
        if without_judged_pictures(line.inlines)[1] or self._is_pair(at):
            return True
        label = line.label
        asked = label is not None and label.style == "asked" and not line.heading
        return asked or self._is_statement(at)

    def _is_statement(self, at: int) -> bool:
        """Whether a line is a numbered statement, or ends like one, with “True / False” beside
        it."""
        line = self._lines[at]
        found = TRUE_OR_FALSE.search(line.text)
        if found is None or line.block is not None or line.heading:
            return False
        numbered = line.label is not None and line.label.style in ("number", "asked")
        before = line.text[: found.start()].rstrip(" ([")
        behind = line.text[found.end() :].strip(" )].")
        return not behind and (before.endswith((".", "?", "\u061f")) or (numbered and bool(before)))

    def _is_pair(self, at: int) -> bool:
        """Whether a line is one of several with a pair such as “cat == miaow”."""
        near = (at - 1, at + 1) if _is_pair(self._lines[at]) else ()
        return any(0 <= one < len(self._lines) and _is_pair(self._lines[one]) for one in near)

    def _has_judged_pictures(self) -> bool:
        return any(
            _pictures_in(line.block) if line.block else without_judged_pictures(line.inlines)[1]
            for line in self._lines
        )


def _is_pair(line: Line) -> bool:
    return line.block is None and _PAIR.fullmatch(line.text) is not None


def _pictures_in(block: Block) -> bool:
    return bool(_without_pictures((block,))[1])


def _without_pictures(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], list[Block]]:
    """Blocks without the pictures that say which answer is right, also inside lists and tables, and
    those of the outer blocks that had such pictures."""
    out = tuple(map(_strip, blocks))
    return out, [old for old, new in zip(blocks, out, strict=True) if old is not new]


def _strip(block: Block) -> Block:
    match block:
        case Paragraph():
            inlines, said = without_judged_pictures(block.inlines)
            return (
                replace(block, inlines=inlines) if said or inlines is not block.inlines else block
            )
        case List():
            items = tuple(map(_strip_item, block.items))
            return replace(block, items=items) if items != block.items else block
        case Table():
            rows = tuple(
                tuple(replace(cell, blocks=_without_pictures(cell.blocks)[0]) for cell in row)
                for row in block.rows
            )
            return replace(block, rows=rows) if rows != block.rows else block
        case Box():
            inner, changed = _without_pictures(block.blocks)
            return replace(block, blocks=inner) if changed else block
    return block


def _strip_item(item: Item) -> Item:
    return replace(item, blocks=_without_pictures(item.blocks)[0])
