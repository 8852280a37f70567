"""What an import is asked for, and why it cannot be done."""

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
    """What to import: ``source``, and behind it ``others``, into ``folder``, which is new or empty,
    or with ``again`` the course that was made of earlier versions of them. ``pages`` says which
    headings begin pages; ``None`` leaves it as it was, or to the document. Nothing is written for
    a ``dry_run``. ``today`` decides what is overdue. ``named`` is the format of all files where
    what stands in them does not tell. ``later`` says of banks that they are later versions, also
    where they have nothing in common with the earlier ones. ``columns`` are what single heads of a
    sheet mean, by these."""

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
    """Why nothing can be imported as it was asked for, as a sentence."""


class AnotherBankError(RefusedError):
    """A bank that has nothing in common with the one that it would be a later version of."""
