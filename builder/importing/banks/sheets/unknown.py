"""Advises what a column with an unknown heading could be."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from difflib import get_close_matches

from builder.exporting.spreadsheet import columns

_LABEL = re.compile(r"[A-Za-z0-9](?:\s*[,;]\s*[A-Za-z0-9])*")
_LISTS = re.compile(r"[;|\n]")
_COMMON = (columns.EXPLANATION, columns.HINT, columns.ABOVE, columns.TAGS, columns.SOURCE)
_SENTENCE = 4
"""Average number of words from which the cells of a column are sentences."""
_NEAR = 0.75
"""How similar a heading must be to a known one to be a misspelling of it."""


def advice(head: str, texts: Sequence[str], taken: Collection[columns.Column]) -> str:
    """What to do about a column that is not imported, with the option to type: ``head`` is its
    heading, ``texts`` are its cells, and ``taken`` are the columns that the sheet has."""
    name = " ".join(re.sub(r"[\"$`\\=]", " ", head).split())
    if not columns.plain(name) or columns.head_of(name):
        # The option would also change the meaning of another column with this heading.
        return (
            "Write the name of another column above it (scorm-builder new --sheet FILE.csv makes "
            "a sheet that has them all)"
        )
    every = (*columns.BEFORE, *columns.ONLY_READ, *columns.BEHIND)
    free = [one for one in every if one not in taken]
    if columns.OPTION in taken and columns.OPTIONS in free:
        free.remove(columns.OPTIONS)
    meaning = _meaning(name, texts, free)
    if meaning:
        return f'If it is the column “{meaning}”, import the file with --column "{name}={meaning}"'
    known = ", ".join(f"“{one.head}”" for one in _COMMON if one in free)
    return (
        f'If trainees need it, import the file with --column "{name}=COLUMN", with the name of a '
        f"column of a sheet for COLUMN, such as {known}"
    )


def _meaning(name: str, texts: Sequence[str], free: Sequence[columns.Column]) -> str:
    """The heading of the column that this one probably is; empty if nothing shows it."""
    by_name = {columns.plain(one.head): one.head for one in free}
    by_name |= {word: one.head for one in free for word in one.also.split()}
    # People mistype the first letter of a word least.
    by_name = {word: one for word, one in by_name.items() if word[0] == columns.plain(name)[0]}
    if near := get_close_matches(columns.plain(name), by_name, n=1, cutoff=_NEAR):
        return by_name[near[0]]
    is_label = all(_LABEL.fullmatch(text.strip()) for text in texts)
    is_list = sum(bool(_LISTS.search(text.strip())) for text in texts) * 2 >= len(texts)
    is_prose = sum(len(text.split()) for text in texts) >= _SENTENCE * len(texts)
    for fits, column in (
        (is_label and not all(text.isdecimal() for text in texts), columns.RIGHT),
        (is_list, columns.OPTIONS),
        (is_prose, columns.EXPLANATION),
    ):
        if fits and column in free:
            return column.head
    return ""
