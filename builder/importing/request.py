"""The arguments of an import, and the errors that refuse it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from builder.importing.document.form import Pages


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
