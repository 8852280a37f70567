"""Converts the rows of sheets to questions of a bank."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from builder.base.printing import format_count
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.exporting.spreadsheet import columns, languages
from builder.exporting.spreadsheet.types import CHOICE, SheetType, find_type, nearest_type, type_of
from builder.importing.banks.bank import Bank, join_lines, shorten
from builder.importing.banks.sheets import answers, settings, table, unknown
from builder.importing.banks.sheets.spreading import spread
from builder.importing.banks.sheets.table import Cell, Heads, Row, Sheet
from builder.importing.banks.texts import Reading
from builder.importing.document.form import Block, Inline, Paragraph, Place, Question
from builder.importing.document.tally import split

_ALWAYS = (
    columns.ID,
    columns.CATEGORY,
    columns.TYPE,
    columns.QUESTION,
    columns.ABOVE,
    columns.EXPLANATION,
    columns.WHEN_RIGHT,
    columns.WHEN_PARTLY,
    columns.WHEN_WRONG,
    columns.HINT,
    columns.TAGS,
    columns.POINTS,
    columns.UNDECIDED,
    columns.FORMAT,
    columns.SOURCE,
)
"""Columns that apply to every question type."""
_FEEDBACK = {
    columns.WHEN_RIGHT: "right",
    columns.WHEN_PARTLY: "partly",
    columns.WHEN_WRONG: "wrong",
    columns.EXPLANATION: "explanation",
    columns.HINT: "hint",
}
_NO_TYPE = "its type is missing, and its answers do not tell it"
_MAYBE_TYPED = (
    "The sheet has an answer and no options, and no type: trainees write in their own words, then "
    "read the answer. If they must type exactly this answer, make the question a fill-in."
)
_WRITE_AS_MEANT = "Write it into the sheet as it is meant, and import that again"


@dataclass(slots=True)
class Rows:
    """Builds a bank from the sheets of a file, and collects diagnostics in ``problems``. ``name``
    is the file's name; ``heads`` are the normalised column headings of all sheets."""

    name: str
    bank: Bank = field(default_factory=Bank)
    problems: list[Diagnostic] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    from_zero: bool = False
    """Whether the current sheet has 0 as a right answer that is not the text of an option. Then the
    numbers of its options may start at 0."""

    def add(self, sheet: Sheet, heads: Heads, category: str = "", hidden: str = "") -> None:
        """Import the rows of a sheet. ``category`` is the category for rows that set none.
        ``hidden`` is a sentence for the author if the sheet is hidden, else empty."""
        sheet, heads = spread(sheet, heads)
        for row in sheet.rows[: heads.row]:
            for column, cell in row.cells.items():
                self._leave(sheet, row, column, cell.text, "it is above the row of column heads")
        head = sheet.rows[heads.row]
        self.bank.consumed += (cell.text for cell in head.cells.values())
        self.heads |= {columns.plain(cell.text) for cell in head.cells.values()}
        below = sheet.rows[heads.row + 1 :]
        self._report_unknown_columns(sheet, head, heads, below)
        self.from_zero = any(_says_zero(heads, row) for row in below)
        for row in below:
            if any(column in row.cells for column in heads.known.values()):
                _RowReader(self, sheet, heads, row, category, row.hidden or hidden).add()

    def warn_of_unknown_heads(self, renamed: columns.Renamed | None) -> None:
        """Warn about column headings that the author mapped to standard ones, but that no sheet
        has."""
        for name, column in (renamed or {}).items():
            if name not in self.heads:
                message = f"No column is called “{name}”, which was to be read as “{column}”"
                way = "Write a head from the first row of the sheet after “--column”"
                position = Position(self.name)
                self.problems.append(problem("bank-line", position, problem=message, way=way))

    def _report_unknown_columns(
        self, sheet: Sheet, head: Row, heads: Heads, below: Sequence[Row]
    ) -> None:
        """Report the cells of columns with an unknown heading or none, and warn about them.
        ``head`` is the row of headings, and ``below`` are the rows below it."""
        filled_columns = {column for row in below for column in row.cells}
        for column in sorted(filled_columns - {*heads.known.values()}):
            texts = [row.cells[column].text for row in below if column in row.cells]
            head_text = head.cells[column].text if column in head.cells else ""
            why = heads.others.get(column, "it has no head")
            first = next(row.number for row in below if column in row.cells)
            words = " ".join(texts)
            much = f"{format_count(len(texts), 'cell')}, {format_count(len(split(words)), 'word')}"
            name = f"the column “{shorten(head_text)}” ({much})"
            self.bank.report("column", sheet.place(first, words), words, f"{name}: {why}")
            self.warn(
                sheet,
                head.number,
                column,
                f"T{name[1:]} is not imported: {why}",
                unknown.advice(head_text, texts, {one.column for one in heads.known}),
            )

    def _leave(self, sheet: Sheet, row: Row, column: int, words: str, why: str) -> None:
        self.bank.report("text", sheet.place(row.number, words), words, why)
        self.warn(
            sheet,
            row.number,
            column,
            f"“{shorten(words)}” is not imported: {why}",
            "Put it below the head of a column, or leave it out",
        )

    def warn(self, sheet: Sheet, row: int, column: int, message: str, way: str) -> None:
        """Add a warning about a cell. ``message`` says what is wrong; ``way`` says what to do.
        ``column`` 0 means the whole row."""
        position = Position(self.name, row, sheet.origin(column) if sheet.name else 0)
        place = sheet.cell(row, column) if column else ""
        # A cell's doubt already starts with its reference.
        text = message if message.startswith(place.rstrip(": ")) else f"{place}{message}"
        self.problems.append(problem("bank-line", position, problem=text, way=way))


def _says_zero(heads: Heads, row: Row) -> bool:
    right = row.cells.get(heads.column(columns.RIGHT))
    options = dict(table.options(heads, row, columns.OPTION)).values()
    return bool(
        right
        and "0" in re.split(r"[\s,;/]+", right.text.strip())
        and options
        and all(cell.text.strip() != "0" for cell in options)
    )


class _RowReader:
    """Converts one row of a sheet to a question."""

    def __init__(
        self, rows: Rows, sheet: Sheet, heads: Heads, row: Row, category: str, hidden: str
    ) -> None:
        self.rows, self.sheet, self.heads, self.row, self.hidden = (rows, sheet, heads, row, hidden)
        self.bank = rows.bank
        self.place: Place = sheet.place(row.number, self.text(columns.QUESTION))
        self.format = "markdown" if self._plain(columns.FORMAT) == "markdown" else "plain"
        self.consumed: list[str] = []
        self.sure = True
        self.written = self.text(columns.CATEGORY) or category
        self.category = " ".join(self.written.split())
        self.reading = Reading(self.bank)

    def cell(self, column: columns.Column) -> Cell | None:
        """The cell of this row in a column that a sheet has once; ``None`` if it is empty."""
        return self.row.cells.get(self.heads.column(column))

    def text(self, column: columns.Column) -> str:
        """The text of this row in a column; empty if there is none."""
        cell = self.cell(column)
        return cell.text if cell else ""

    def _plain(self, column: columns.Column) -> str:
        return columns.plain(self.text(column))

    def add(self) -> None:
        """Add the question of this row to the bank, or its text if a course cannot ask it."""
        options = dict(table.options(self.heads, self.row, columns.OPTION))
        if not self.text(columns.QUESTION) and not self.text(columns.ABOVE) and not options:
            self._report_without_question()
            return
        if self.category:
            self._warn_of_similar_category()
            self.bank.start_category(self.category, self.written, self.place)
        kind = self._kind({at: cell.text for at, cell in options.items()})
        if isinstance(kind, str):
            self._keep_as_text(kind)
            return
        given = self._row_input(options)
        row_answers = answers.build_answers(kind, given)
        question = self._question(kind, row_answers)
        doubts = question.doubts if row_answers.needed and not self.sure else ()
        why = " ".join(doubts).rstrip(".")
        has_doubt = bool(why)
        why = self.bank.ask(question, self.category, why)
        if why and question.source:
            self.bank.report("source", self.place, question.source, "nothing is asked here")
        if why and not has_doubt:
            self._warn(
                columns.QUESTION, f"This cannot be asked: {why}", "Write it with its answers"
            )

    def _warn_of_similar_category(self) -> None:
        """Warn if the category of this row differs from an earlier one only by capitals."""
        if self.category in self.bank.category_places:
            return
        folded = self.category.casefold()
        if alike := next(
            (one for one in self.bank.category_places if one.casefold() == folded), ""
        ):
            self._warn(
                columns.CATEGORY,
                f"“{shorten(self.category)}” is another category than “{shorten(alike)}”, which is "
                "written with other capitals",
                "If both are meant to be one, write them alike",
            )

    def _report_without_question(self) -> None:
        known = {*self.heads.known.values()}
        cells = [cell for column, cell in self.row.cells.items() if column in known]
        words = " ".join(cell.text for cell in cells)
        why = "there is no question in its row"
        self.bank.report("text", self.sheet.place(self.row.number, words), words, why)
        self._warn(
            columns.QUESTION,
            f"“{shorten(words)}” is not imported: {why}",
            "Write what is asked, or delete the row",
        )

    def _kind(self, options: dict[int, str]) -> SheetType | str:
        """The question type of this row, or the reason why it has none. ``options`` are the texts
        of its options by index."""
        written = self.text(columns.TYPE)
        if written:
            known = find_type(written)
            return known or f"a course has no questions of the type “{shorten(written)}”"
        right = self._plain(columns.RIGHT)
        if len(options) > 1 and (right or self._fractions() or self.text(columns.FRACTIONS)):
            return CHOICE
        is_sign = self.text(columns.RIGHT).strip() in languages.SIGNS
        if not options and (right in answers.LOGICAL or is_sign):
            return type_of("true-false")
        answer = self.text(columns.RIGHT) or self.text(columns.EXPLANATION)
        if not options and answer and not answers.are_labels(answer):
            return type_of("reflection")
        return _NO_TYPE

    def _keep_as_text(self, why: str) -> None:
        """Keep this row as text, and warn about it. ``why`` is the reason why it is not a
        question."""
        shown_first = (columns.ABOVE, columns.QUESTION)
        blocks: list[Block] = [block for column in shown_first for block in self._blocks(column)]
        steering = {self.heads.column(column) for column in (*shown_first, *_STEERING)}
        for column, cell in sorted(self.row.cells.items()):
            if column in self.heads.known.values() and column not in steering:
                blocks += self._read(cell)
        self.bank.consumed += (self.text(column) for column in _STEERING)
        self.bank.keep("", blocks, self.place, why, self.category)
        near = nearest_type(self.text(columns.TYPE))
        way = f"If it is “{near.word}”, write that" if near else "Choose a type of the list"
        self._warn(columns.TYPE, f"This cannot be asked: {why}", way)

    def _row_input(self, options: dict[int, Cell]) -> answers.RowInput:
        feedback = dict(table.options(self.heads, self.row, columns.FEEDBACK))
        cells = {columns.option_head(at): cell for at, cell in options.items()}
        cells |= {columns.feedback_head(at): cell for at, cell in feedback.items()}
        for at in feedback.keys() - options.keys():
            rich_cells = feedback[at].text
            self._leave(
                rich_cells, f"it is feedback for option {columns.LABELS[at]}, which is empty"
            )

        def line(words: str, head: str) -> tuple[Inline, ...]:
            cell = cells.get(head)
            return self._line(cell if cell and cell.text == words else Cell(words))

        return answers.RowInput(
            right=self.text(columns.RIGHT),
            options={at: cell.text for at, cell in options.items()},
            feedback={at: cell.text for at, cell in feedback.items() if at in options},
            line=line,
            others={column: self.text(column) for column in _OTHERS},
            fractions=self._fractions(),
            numbered=self.heads.numbered,
            from_zero=self.heads.numbered and self.rows.from_zero,
        )

    def _fractions(self) -> dict[int, str]:
        fractions = table.options(self.heads, self.row, columns.FRACTION)
        return {at: cell.text for at, cell in fractions}

    def _question(self, kind: SheetType, row_answers: answers.RowAnswers) -> Question:
        name = self.text(columns.ID)
        tags = tuple(filter(None, re.split(r"\s*[,;\n]\s*", self.text(columns.TAGS).strip())))
        answer_doubts, others = self._doubts(row_answers.used_columns)
        self.sure = sure = not row_answers.doubts and not answer_doubts
        doubts = [*row_answers.doubts, *answer_doubts, *others]
        is_reflection = kind.type == "reflection"
        maybe_typed = [_MAYBE_TYPED] * (is_reflection and not self.text(columns.TYPE))
        self.consumed += (*row_answers.consumed, *doubts)
        for column in (*_STEERING, columns.UNDECIDED):
            self.consumed.append(self.text(column))
        for doubt in doubts:
            at = answer_doubts.get(doubt) or others.get(doubt) or self._column(row_answers, doubt)
            self.rows.warn(self.sheet, self.row.number, at, doubt.rstrip("."), _WRITE_AS_MEANT)
        question = Question(
            kind=kind.type,
            prompt=(*self._blocks(columns.ABOVE), *self._blocks(columns.QUESTION)),
            place=self.place,
            options=tuple(
                option if sure else replace(option, right=False) for option in row_answers.options
            ),
            pairs=tuple(row_answers.pairs),
            answers=tuple(row_answers.answers if sure else ()),
            name=name,
            tags=((self.category,) if self.category else ()) + tags,
            feedback=self._feedback(is_reflection),
            doubts=(*doubts, *filter(None, self.text(columns.UNDECIDED).split("\n")), *maybe_typed),
            weight=self._points(),
            partial=columns.PARTIAL in row_answers.used_columns and self._is_partial(),
            several=row_answers.several,
            remarks=tuple(row_answers.remarks) if any(row_answers.remarks) else (),
            statements=tuple(row_answers.statements),
            settings=self._settings(kind, row_answers),
            source=self.text(columns.SOURCE),
        )
        if not sure:
            self.consumed += row_answers.answers
        self._report_unused(kind, row_answers.used_columns)
        return replace(question, consumed=tuple(filter(None, self.consumed)))

    def _column(self, row_answers: answers.RowAnswers, doubt: str) -> int:
        """The number of the column that a doubt about the answers belongs to; 0 if the sheet lacks
        the column."""
        place = row_answers.doubted.get(doubt)
        options = {
            head.place: at for head, at in self.heads.known.items() if head.column is columns.OPTION
        }
        return options.get(place, 0) if place is not None else self.heads.column(columns.RIGHT)

    def _doubts(
        self, used_columns: Sequence[columns.Column]
    ) -> tuple[dict[str, int], dict[str, int]]:
        """The doubts about cells of this row, which are sentences for the author, each with the
        number of its column. Returns those about the answers first, then all others.
        ``used_columns`` are the columns of the question's type."""
        answer_doubts: dict[str, int] = {}
        others = {self.hidden: 0} if self.hidden else {}
        if not self.text(columns.QUESTION) and not self.text(columns.ABOVE):
            others["This row has answers, and asks nothing."] = self.heads.column(columns.QUESTION)
        for head, column in self.heads.known.items():
            cell = self.row.cells.get(column)
            if cell and cell.doubt and head.column in {*_ALWAYS, *used_columns}:
                (answer_doubts if head.column in used_columns else others)[cell.doubt] = column
        return answer_doubts, others

    def _feedback(self, is_reflection: bool) -> dict[str, tuple[Inline, ...]]:
        """The feedback of this row by its key. The answer to a reflection is part of its
        explanation."""
        lines: dict[str, tuple[Inline, ...]] = {}
        answer = {columns.RIGHT: "explanation"} if is_reflection else {}
        for column, key in (answer | _FEEDBACK).items():
            if cell := self.cell(column):
                lines[key] = join_lines(lines.get(key, ()), self._line(cell))
        return {key: line for key, line in lines.items() if line}

    def _points(self) -> str:
        written = self.text(columns.POINTS)
        if not written:
            return ""
        found = settings.points(written)
        if not found:
            self._report_invalid(columns.POINTS)
        return found

    def _is_partial(self) -> bool:
        written = self.text(columns.PARTIAL)
        answer = settings.is_yes(written) if written else False
        if answer is None:
            self._report_invalid(columns.PARTIAL)
        return bool(answer)

    def _settings(
        self, kind: SheetType, row_answers: answers.RowAnswers
    ) -> dict[str, settings.Value]:
        found: dict[str, settings.Value] = {}
        for column in (*row_answers.used_columns, *((columns.REVEAL,) if kind.judged else ())):
            written, setting = self.text(column), settings.SETTINGS.get(column)
            if not written or not setting:
                continue
            value = setting.parse(written, kind)
            if value is None:
                self._report_invalid(column)
            else:
                found[setting.key] = value
        if self._plain(columns.FORMAT) not in ("", "plain", "markdown"):
            self._report_invalid(columns.FORMAT)
        if found.get("keep") == "none" and found.get("report", "none") != "none":
            self._report_invalid(columns.REPORT)
            del found["report"]
        return found

    def _report_invalid(self, column: columns.Column) -> None:
        """Report a cell with a value that its column does not accept, and warn about it."""
        written = self.text(column)
        why = f"“{column.head}” takes {settings.TAKES[column]}"
        self._leave(written, why)
        self._warn(column, f"“{shorten(written)}” is not imported: {why}", _WRITE_AS_MEANT)

    def _report_unused(self, kind: SheetType, used_columns: Sequence[columns.Column]) -> None:
        """Report the cells in columns that the question's type does not use, and warn about
        them."""
        used = {*_ALWAYS, *used_columns, *((columns.REVEAL,) if kind.judged else ())}
        for head, column in self.heads.known.items():
            cell = self.row.cells.get(column)
            if not cell or head.column in used:
                continue
            # A “no” only states the default.
            if settings.is_yes(cell.text) is not False:
                why = f"a question of the type “{kind.word}” has no “{head.name}”"
                self._leave(cell.text, why)
                self.rows.warn(
                    self.sheet,
                    self.row.number,
                    column,
                    f"“{shorten(cell.text)}” is not imported: {why}",
                    "Put it into another column, or choose another type",
                )
            else:
                self.consumed.append(cell.text)

    def _leave(self, words: str, why: str) -> None:
        self.bank.report("cell", self.place, words, why)
        # Words that are listed have no effect.
        if words in self.consumed:
            self.consumed.remove(words)

    def _warn(self, column: columns.Column, message: str, way: str) -> None:
        self.rows.warn(self.sheet, self.row.number, self.heads.column(column), message, way)

    def _blocks(self, column: columns.Column) -> tuple[Block, ...]:
        cell = self.cell(column)
        return self._read(cell) if cell else ()

    def _read(self, cell: Cell) -> tuple[Block, ...]:
        if cell.looks and self.format == "plain":
            return (Paragraph(cell.looks, self.place),)
        return self.reading.blocks(cell.text, self.format, self.place)

    def _line(self, cell: Cell) -> tuple[Inline, ...]:
        blocks = self._read(cell)
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
            return blocks[0].inlines
        return self.reading.flat(blocks)


_OTHERS = (columns.TOLERANCE, columns.UNIT, columns.STATEMENTS)
_STEERING = (
    columns.ID,
    columns.CATEGORY,
    columns.TYPE,
    columns.TAGS,
    columns.POINTS,
    columns.PARTIAL,
    columns.SHUFFLE,
    columns.FORGIVE,
    columns.LIMIT,
    columns.KEEP,
    columns.REPORT,
    columns.REVEAL,
    columns.SOURCE,
    columns.FORMAT,
)
"""Columns that control the import and are not shown as text."""
