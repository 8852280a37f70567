"""Recognises questions in two kinds of tables: those with a question in each row (`Question | A | B
| C | Correct answer`), and those of Moodle's Word template (qformat_wordtable). A table of the
template is one question: it has the question type in the upper corner, a row for each setting, and
then rows of answers under the headings `# | Answers | Feedback | Grade`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from builder.importing.document.form import (
    Block,
    Cell,
    Document,
    Doubt,
    Option,
    Paragraph,
    Question,
    Table,
)
from builder.importing.recognise.answers import NamedOptions, parse_number, resolve_options
from builder.importing.recognise.candidates import Pair, is_complete
from builder.importing.recognise.inlines import (
    OBJECT,
    Inlines,
    cell_text,
    cut,
    grid_of,
    inlines_of,
    is_empty_cell,
    joined,
    plain,
    trimmed,
)
from builder.importing.recognise.steering import truth_value
from builder.importing.recognise.words import EVERY, normalised, one_of

_OPTION_HEAD = re.compile(
    rf"(?:(?:{one_of(EVERY.option)})\s*)?(?P<name>[a-h]|[1-8])[.)]?", re.IGNORECASE
)
_ANSWER_HEADS = frozenset((*EVERY.answer, *EVERY.correct))
_EXPLANATION_HEADS = frozenset(EVERY.explanation)
_NO_ANSWER = (
    "No option is given as the right one: either the answer is missing, or this is not a question."
)


def question_tables(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Replace the tables that have a question in each row by these questions."""
    out: list[Block] = []
    for block in blocks:
        made = _questions_in_table(block) if isinstance(block, Table) else []
        out += made or [block]
    return tuple(out)


@dataclass(slots=True)
class _Columns:
    """The index of each column in a table with a question in each row, or -1. `options` maps the
    indexes of option columns to the letters or numbers of the options."""

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
        option = _OPTION_HEAD.fullmatch(word)
        if option:
            columns.options[at] = option["name"].casefold()
        elif word in _ANSWER_HEADS and columns.answer < 0:
            columns.answer = at
        elif word in EVERY.heads_question and columns.question < 0:
            columns.question = at
        elif word in EVERY.heads_number and columns.number < 0:
            columns.number = at
        elif word in _EXPLANATION_HEADS and columns.explanation < 0:
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


_CHOICES = ("MC", "MA", "MS", "MULTICHOICE", "MULTIPLE CHOICE", "MULTI-ANSWER")
_TYPES = {
    **dict.fromkeys(_CHOICES, "choice"),
    **dict.fromkeys(("TF", "TRUE-FALSE", "TRUEFALSE"), "true-false"),
    **dict.fromkeys(("SA", "SHORTANSWER", "SHORT ANSWER"), "fill-in"),
    **dict.fromkeys(("NUM", "NU", "NUMERICAL"), "numeric"),
    **dict.fromkeys(("MAT", "MATCHING"), "matching"),
    **dict.fromkeys(("ES", "ESSAY"), "reflection"),
}
_UNSUPPORTED = ("CL", "CLOZE", "DE", "DESCRIPTION", "MW", "GAPSELECT", "DDI", "DDM", "DDT")
"""Moodle's question types that courses do not have; their tables are imported as tables."""
_ANSWER_COLUMNS = 4
_STOP = r"(?:\s*\([^()]*\))?\s*\d?\s*:?\s*"
_LABELS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"\s*{one_of(words)}{_STOP}", re.IGNORECASE))
    for kind, words in (
        ("partly", EVERY.partly),
        ("right", EVERY.right),
        ("wrong", EVERY.wrong),
        ("explanation", EVERY.explanation),
        ("hint", EVERY.hint),
        ("tags", EVERY.tags),
        ("weight", EVERY.points),
    )
)
_GRADE = re.compile(r"[-\u2212]?\d{1,3}(?:[.,]\d+)?\s*%?")


@dataclass(slots=True)
class _Row:
    """A row of answers in a table of Moodle's Word template: its label, the texts of its second and
    third column (an answer and its feedback, or a pair), and its grade."""

    label: str
    first: Inlines
    second: Inlines
    grade: str


@dataclass(slots=True)
class _QuestionTable:
    """What has been read from a table of Moodle's Word template: the prompt, the rows of answers,
    the settings of the question, and the words that the course does not contain (`consumed`)."""

    prompt: tuple[Block, ...]
    rows: list[_Row] = field(default_factory=list)
    feedback: dict[str, list[Inlines]] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    weight: str = ""
    consumed: list[str] = field(default_factory=list)


def moodle_tables(document: Document) -> tuple[tuple[Block, ...], tuple[Doubt, ...]]:
    """Replace the tables of Moodle's Word template by the questions that they contain. Returns the
    blocks of the document, and doubts about tables whose question type courses do not have."""
    out: list[Block] = []
    doubts: list[Doubt] = []
    for block in document.blocks:
        kind = _moodle_type(block)
        if not isinstance(block, Table) or not kind:
            out.append(block)
        elif kind in _UNSUPPORTED:
            out.append(block)
            doubts.append(Doubt(block.place, _NO_COUNTERPART.format(kind)))
        elif (sheet := _read_table(block)) is not None:
            name = out[-1] if _ends_with_name(out) else None
            question = _make_question(_TYPES[kind], sheet, name, block, document.language)
            if name is not None and is_complete(question):
                out.pop()
            out.append(question if is_complete(question) else block)
        else:
            out.append(block)
    return tuple(out), tuple(doubts)


_NO_COUNTERPART = (
    "This table is a Moodle question of the type {}. A course cannot ask this type, so it was "
    "imported as a table. Rewrite it as a question of another type, or delete it."
)


def _moodle_type(block: Block) -> str:
    """The name of Moodle's question type in the corner of a table of Moodle's Word template; empty
    for any other block."""
    if not isinstance(block, Table) or len(block.rows) < 2 or len(block.rows[0]) != 2:
        return ""
    corner = " ".join((cell_text(block.rows[0][1]) or "").split()).upper()
    across = block.rows[0][0].across
    return corner if across == _ANSWER_COLUMNS - 1 and corner in (*_TYPES, *_UNSUPPORTED) else ""


def _ends_with_name(out: Sequence[Block]) -> bool:
    """Whether the last block is a heading below level 1: above a table of Moodle's Word template,
    it is the question's name."""
    last = out[-1] if out else None
    return isinstance(last, Paragraph) and last.level > 1


def _read_table(table: Table) -> _QuestionTable | None:
    sheet = _QuestionTable(table.rows[0][0].blocks)
    sheet.consumed.append(cell_text(table.rows[0][1]) or "")
    if table.caption:
        sheet.consumed.append(plain(table.caption))
    headed = False
    for row in table.rows[1:]:
        texts = [cell_text(cell) for cell in row]
        if any(text is None for text in texts):
            return None
        if len(row) == _ANSWER_COLUMNS and not headed:
            headed = True
            sheet.consumed += [text for text in texts if text]
        elif len(row) == _ANSWER_COLUMNS:
            _read_row(sheet, row)
        else:
            _read_setting(sheet, row)
    return sheet


def _read_setting(sheet: _QuestionTable, row: Sequence[Cell]) -> None:
    """Read into ``sheet`` a row with a setting, such as “Default mark: 1”, or with an explanation
    of the type."""
    texts = [(cell_text(cell) or "").strip() for cell in row]
    if len(row) == 2 and _label_kind(texts[0]) == "weight" and texts[1] not in ("1", ""):
        sheet.weight = texts[1].replace(",", ".")
    sheet.consumed += [text for text in texts if text]


def _label_kind(text: str) -> str:
    return next((kind for kind, pattern in _LABELS if pattern.fullmatch(text)), "")


def _read_row(sheet: _QuestionTable, row: Sequence[Cell]) -> None:
    """Read into ``sheet`` a row with an answer, or with feedback or tags whose label is in the
    second column."""
    label, first, second, grade = (inlines_of(cell.blocks) for cell in row)
    name, text = plain(first).strip(), plain(second).strip()
    kind = _label_kind(name) if is_empty_cell(plain(grade)) and is_empty_cell(plain(label)) else ""
    if kind == "tags":
        sheet.tags += tuple(tag.strip() for tag in text.split(",") if tag.strip())
        sheet.consumed.append(name)
    elif kind and kind != "weight":
        sheet.consumed.append(name)
        if not is_empty_cell(text):
            sheet.feedback.setdefault(kind, []).append(second)
    elif name.endswith(":") and is_empty_cell(plain(grade)) and is_empty_cell(plain(label)):
        sheet.consumed += [name, text]
    elif name or text:
        sheet.rows.append(_Row(plain(label).strip(), first, second, plain(grade).strip()))


def _make_question(
    kind: str, sheet: _QuestionTable, heading: Block | None, table: Table, language: str
) -> Question:
    values = _READERS[kind](sheet, language)
    explained = {part: joined(texts) for part, texts in sheet.feedback.items()}
    for part, text in values.feedback.items():
        explained[part] = joined(each for each in (text, explained.get(part, ())) if each)
    name = plain(heading.inlines).strip() if isinstance(heading, Paragraph) else ""
    return Question(
        kind=kind,
        prompt=sheet.prompt,
        place=table.place,
        options=tuple(values.options),
        pairs=tuple(values.pairs),
        answers=tuple(values.answers),
        name=" ".join(name.split()),
        tags=sheet.tags,
        feedback=explained,
        doubts=tuple(values.doubts),
        weight=sheet.weight,
        consumed=tuple(words for words in (*sheet.consumed, *values.consumed) if words.strip()),
    )


@dataclass(slots=True)
class _Values:
    options: list[Option] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    consumed: list[str] = field(default_factory=list)
    feedback: dict[str, Inlines] = field(default_factory=dict)

    def add_feedback(self, part: str, words: Inlines) -> None:
        """Add words to the feedback for ``part``, a key of ``Question.feedback`` such as
        ``wrong``."""
        both = (self.feedback.get(part, ()), words)
        self.feedback[part] = joined(each for each in both if each)


def _grade(text: str) -> float:
    found = _GRADE.fullmatch(text)
    return float(text.rstrip(" %").replace(",", ".").replace("\u2212", "-")) if found else 0.0


def _choice(sheet: _QuestionTable, language: str) -> _Values:
    values = _Values(consumed=[row.grade for row in sheet.rows])
    for row in sheet.rows:
        right = _grade(row.grade) > 0
        values.options.append(Option(row.label, row.first, right, row.second, row.grade))
    values.consumed += [row.label for row in sheet.rows]
    if not any(option.right for option in values.options):
        values.doubts.append(
            "No option has a grade above 0: either the grades are missing, or none is right."
        )
    return values


def _true_false(sheet: _QuestionTable, language: str) -> _Values:
    values = _Values()
    rights = [row for row in sheet.rows if _grade(row.grade) > 0]
    answer = truth_value(plain(rights[0].first), letters=True) if len(rights) == 1 else ""
    for row in sheet.rows:
        values.consumed += [row.label, plain(row.first), row.grade]
        if plain(row.second).strip():
            part = ("right" if row is rights[0] else "wrong") if answer else "explanation"
            values.add_feedback(part, row.second)
    if answer:
        values.answers.append(answer)
    else:
        values.doubts.append(
            "Either none or both of true and false have a grade above 0: either one may be "
            "the right answer."
        )
    return values


def _fill_in(sheet: _QuestionTable, language: str) -> _Values:
    values = _Values()
    for row in sheet.rows:
        text = " ".join(plain(row.first).split())
        full = _grade(row.grade) >= 100
        values.consumed += [row.label, row.grade]
        if full and OBJECT not in text:
            values.answers.append(text)
        else:
            values.consumed.append(text)
            values.doubts.append(
                f"“{text}” has the grade {row.grade or 0}, but an answer here is either right or "
                "wrong: decide which it is."
            )
        if plain(row.second).strip():
            part = "explanation" if full else "wrong"
            values.add_feedback(part, row.second)
    return values


def _numeric(sheet: _QuestionTable, language: str) -> _Values:
    values = _fill_in(sheet, language)
    figures = [parse_number(answer, language) for answer in values.answers]
    values.consumed += values.answers
    if len(figures) != 1 or not figures[0]:
        given = ", ".join(values.answers)
        values.doubts.append(
            f"“{given}” is not a single number: either one of the numbers is the answer, or none."
        )
        figures = []
    values.answers = figures
    return values


def _matching(sheet: _QuestionTable, language: str) -> _Values:
    values = _Values()
    for row in sheet.rows:
        values.consumed += [row.label, row.grade]
        text = plain(row.second)
        tab = text.find("\t") + 1
        values.pairs.append((row.first, trimmed(cut(row.second, tab))))
        values.consumed.append(text[:tab].strip())
    return values


def _reflection(sheet: _QuestionTable, language: str) -> _Values:
    values = _Values()
    for row in sheet.rows:
        values.consumed += [row.label, plain(row.first), plain(row.second), row.grade]
    return values


_READERS: dict[str, Callable[[_QuestionTable, str], _Values]] = {
    "choice": _choice,
    "true-false": _true_false,
    "fill-in": _fill_in,
    "numeric": _numeric,
    "matching": _matching,
    "reflection": _reflection,
}
