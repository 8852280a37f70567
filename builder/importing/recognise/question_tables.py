"""Recognises questions in the rows of a table: `Question | A | B | C | Correct answer`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from builder.importing.document.form import Block, Cell, Option, Question, Table
from builder.importing.recognise.answers import NamedOptions, resolve_options
from builder.importing.recognise.candidates import is_complete
from builder.importing.recognise.grids import cell_text, grid_of, is_empty_cell
from builder.importing.recognise.inlines import Inlines, inlines_of, joined, plain
from builder.importing.recognise.words import EVERY, normalised, one_of

_OPTION = re.compile(
    rf"(?:(?:{one_of(EVERY.option)})\s*)?(?P<name>[a-h]|[1-8])[.)]?", re.IGNORECASE
)
_ANSWERS = frozenset((*EVERY.answer, *EVERY.correct))
_EXPLANATIONS = frozenset(EVERY.explanation)
_NO_ANSWER = (
    "No option is given as the right one: either the answer is missing, or this is not a question."
)


def question_tables(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Replace tables of questions by the questions in their rows."""
    out: list[Block] = []
    for block in blocks:
        made = _questions_in_table(block) if isinstance(block, Table) else []
        out += made or [block]
    return tuple(out)


@dataclass(slots=True)
class _Columns:
    """The index of each column; `options` maps indexes to names of options."""

    question: int
    answer: int
    options: dict[int, str]
    number: int = -1
    explanation: int = -1
    heads: list[str] = field(default_factory=list)


def _questions_in_table(table: Table) -> list[Question]:
    grid = grid_of(table)
    if grid is None or len(grid.rows) < 2 or any(None in row for row in grid.rows):
        return []
    columns = _read_columns([cell_text(cell) for cell in grid.rows[0]])
    if columns is None:
        return []
    rows = [[cell for cell in row if cell is not None] for row in grid.rows[1:]]
    made = [_question_in_row(row, columns) for row in rows]
    found = [question for question in made if question is not None]
    if not found or len(found) < len(made) or not all(map(is_complete, found)):
        return []
    first = found[0]
    heads = [head for head in (*columns.heads, plain(table.caption)) if head]
    consumed = (*heads, *first.consumed)
    headed = replace(first, consumed=consumed)
    return [headed, *found[1:]] if is_complete(headed) else []


def _read_columns(heads: Sequence[str | None]) -> _Columns | None:
    columns = _Columns(-1, -1, {}, heads=[head or "" for head in heads])
    for at, head in enumerate(columns.heads):
        word = normalised(head)
        option = _OPTION.fullmatch(word)
        if option:
            columns.options[at] = option["name"].casefold()
        elif word in _ANSWERS and columns.answer < 0:
            columns.answer = at
        elif word in EVERY.heads_question and columns.question < 0:
            columns.question = at
        elif word in EVERY.heads_number and columns.number < 0:
            columns.number = at
        elif word in _EXPLANATIONS and columns.explanation < 0:
            columns.explanation = at
        else:
            return None
    complete = columns.question >= 0 and columns.answer >= 0 and len(columns.options) > 1
    return columns if complete and None not in heads else None


def _question_in_row(row: Sequence[Cell], columns: _Columns) -> Question | None:
    texts = [cell_text(cell) for cell in row]
    if any(text is None for text in texts) or is_empty_cell(texts[columns.question]):
        return None
    offers: list[tuple[str, Inlines]] = [
        (name, inlines_of(row[at].blocks))
        for at, name in columns.options.items()
        if not is_empty_cell(texts[at])
    ]
    answer = inlines_of(row[columns.answer].blocks)
    naming = resolve_options(
        answer, [name for name, _ in offers], [plain(words) for _, words in offers]
    )
    if is_empty_cell(plain(answer)):
        naming = NamedOptions(frozenset(), doubt=_NO_ANSWER)
    explained = [naming.reason]
    if columns.explanation >= 0:
        explained.append(inlines_of(row[columns.explanation].blocks))
    explanation = joined(words for words in explained if words)
    if len(offers) < 2:
        return None
    consumed = plain(answer)
    consumed = consumed[: len(consumed) - len(plain(naming.reason))] if naming.reason else consumed
    number = texts[columns.number] if columns.number >= 0 else ""
    return Question(
        kind="choice",
        prompt=row[columns.question].blocks,
        place=row[columns.question].blocks[0].place,
        options=tuple(
            Option(name, words, at in naming.options) for at, (name, words) in enumerate(offers)
        ),
        feedback={"explanation": explanation} if explanation else {},
        doubts=(naming.doubt,) if naming.doubt else (),
        consumed=tuple(words for words in (number or "", consumed.strip()) if words.strip()),
    )
