"""The arguments of an import, and reading the files that they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.importing import source_files

if TYPE_CHECKING:
    from builder.importing.document.form import Document, Pages
    from builder.importing.document.tally import Counts
    from builder.importing.formats import Format


@dataclass(frozen=True, slots=True)
class Request:
    """What to import: ``source`` and then ``others``, into ``folder``. The folder is new or empty;
    with ``again``, it contains the course made from earlier versions of the files.

    ``pages`` says which headings start pages; ``None`` keeps the earlier choice or leaves it to the
    document. ``dry_run`` writes nothing. ``today`` decides what is overdue. ``named`` is the format
    of all files if their content does not show it. ``later`` treats banks as later versions even if
    they have no question in common with the earlier ones. ``columns`` maps single column headings
    of a sheet to columns.
    """

    source: Path
    folder: Path
    pages: Pages | None
    today: date
    again: bool = False
    dry_run: bool = False
    others: tuple[Path, ...] = ()
    named: str = ""
    later: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def sources(self) -> tuple[Path, ...]:
        """All files in their order."""
        return self.source, *self.others


class RefusedError(Exception):
    """The reason, as a sentence, why this import was refused."""


class AnotherBankError(RefusedError):
    """The bank has no question in common with the bank of which it should be a later version."""


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read. ``counts`` is how much it contains."""

    path: Path
    document: Document
    counts: Counts


def check_unique_names(sources: Sequence[Path]) -> None:
    """Raise ``RefusedError`` if two files have the same name: a repeated import identifies files by
    name."""
    names = Counter(source.name for source in sources)
    if twice := next((name for name, count in names.items() if count > 1), ""):
        raise RefusedError(
            f"Two files are called “{twice}”. Rename one of them: when files are imported again, "
            "they are identified by their names."
        )


def read_file(
    path: Path, form: Format, request: Request
) -> tuple[Read | None, tuple[Diagnostic, ...]]:
    """Read a file; ``None`` and the problems if that fails."""
    renamed = _parse_columns(request.columns) if request.columns else None
    document, found = form.read(path, named=bool(request.named), renamed=renamed)
    problems = source_files.with_folder(path, found)
    if document is None:
        return None, problems
    if not document.blocks:
        return None, (*problems, problem("import-empty", Position(path.as_posix())))
    if request.named and (wrong := _wrong_format(path, form, document)):
        return None, (wrong,)
    return Read(path, form.recognise(document), form.count(path, document)), problems


def _parse_columns(choices: Mapping[str, str]) -> Mapping[str, str]:
    """Map normalized column headings of a sheet to the columns that the author says they are.
    ``RefusedError`` if there is no such column."""
    from difflib import get_close_matches

    from builder.exporting.spreadsheet import columns, head_of

    for name in choices.values():
        if head_of(name) is None:
            known = [column.head for column in (*columns.BEFORE, *columns.BEHIND)]
            known += [columns.option_head(place) for place in range(4)]
            near = get_close_matches(name, known, n=1)
            hint = f" Did you mean “{near[0]}”?" if near else f" Write one of: {', '.join(known)}."
            raise RefusedError(f"“{name}” is not a column of a sheet of questions.{hint}")
    return {columns.plain(head): name for head, name in choices.items()}


def limit_categories(read: Sequence[Read], files: int) -> list[Read]:
    """Join categories of banks so that a course of ``files`` files has room for all of them."""
    from builder.importing.writing import capacity

    most = max(capacity.MOST_QUIZZES // files, 1)
    return [replace(one, document=capacity.join_categories(one.document, most)) for one in read]


def _wrong_format(path: Path, form: Format, document: Document) -> Diagnostic | None:
    """The message for a bank without questions whose format the author named; ``None`` for any
    other file."""
    from builder.importing import formats
    from builder.importing.document.form import Paragraph

    if not document.bank or not all(isinstance(one, Paragraph) for one in document.blocks):
        return None
    detected = formats.bank_of(path)
    advice = "Check its content, and name its format after “--from”"
    if detected is not None and detected is not form:
        advice = f"Leave out “--from”: the content shows that it is {detected.name}"
    kind = f"a file without any question in {form.name}"
    return problem("bank-format", Position(path.as_posix()), kind=kind, way=advice)


def format_of(source: Path, named: str) -> Format:
    """The format called ``named``, else the file's own. ``RefusedError`` if there is none."""
    from builder.importing import formats

    form = formats.format_by_name(named, source) if named else formats.format_of(source)
    if form is None and named:
        known = ", ".join(formats.format_names())
        raise RefusedError(
            f"“{named}” is not a format that can be imported. Write one of: {known}."
        )
    if form is None:
        known = "; ".join(f"{one.name} ({', '.join(one.endings)})" for one in formats.FORMATS)
        raise RefusedError(
            f"The format of “{source.name}” was not recognised. These formats can be imported: "
            f"{known}. If the file has one of them, name it after “--from”."
        )
    return form
