"""Second readers of question banks: each counts what a file holds in another way than the reader in
``builder/importing/banks``, and shares no code with it but what finds the text in the file. Tests
compare the two."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from builder.importing import formats
from builder.importing.document.tally import Counts
from tests.importing.banks.second_readers import (
    aiken,
    backup,
    cloze,
    gift,
    h5p,
    moodle_xml,
    qti,
    sheets,
)

_READERS: Mapping[str, Callable[[Path], Counts]] = {
    "Aiken": aiken.count,
    "Cloze": cloze.count,
    "CSV": sheets.count_text,
    "GIFT": gift.count,
    "H5P": h5p.count,
    "Moodle XML": moodle_xml.count,
    "Moodle backup": backup.count,
    "QTI 1.2": qti.count,
    "QTI 2": qti.count,
    "XLSX": sheets.count_workbook,
}
"""By the name of a format."""


def count(path: Path) -> Counts:
    """What the second reader of a file's format finds in it."""
    form = formats.format_of(path)
    assert form is not None
    return _READERS[form.name](path)
