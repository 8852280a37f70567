"""Word files of all kinds, each made by a function; ``tests/golden/word.txt`` holds what is read of
each. Where python-docx can make one, it does; the others are written by hand."""

from __future__ import annotations

from collections.abc import Callable

from tests.importing.word.documents.containers import (
    changes,
    edges,
    empty,
    odd_elements,
    odd_names,
    strict,
    with_macros,
)
from tests.importing.word.documents.lines import (
    arabic,
    broken_fields,
    controls,
    equations,
    hidden,
    links,
    marks,
    notes,
    signs,
)
from tests.importing.word.documents.made_by_others import (
    by_python_docx,
    hand_out,
)
from tests.importing.word.documents.objects import (
    boxes,
    captions,
    embedded,
    pictures,
    tables,
)
from tests.importing.word.documents.structure import (
    contents,
    headings,
    lists,
    numbers_by_links,
    numerals,
    pages,
    quotes_and_titles,
)

DOCUMENTS: tuple[Callable[[], bytes], ...] = (
    *(
        headings,
        by_python_docx,
        marks,
        lists,
        numerals,
        numbers_by_links,
        tables,
        captions,
        pictures,
    ),
    *(links, notes, boxes, signs, controls, changes, edges, equations, hidden, embedded, contents),
    *(pages, arabic, strict, odd_names, broken_fields, odd_elements, quotes_and_titles, hand_out),
    with_macros,
    empty,
)
