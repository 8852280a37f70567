"""Recognises questions, records, contacts and further reading in the text of a document.

Nothing is guessed: if a passage can be understood in two ways, the question or the document gets a
doubt, a sentence for the author with both. Nothing is lost: steering words, which only tell the
importer something, such as “Answer: B”, are kept in fields called ``consumed``.

Terms in these modules: a *candidate* is a passage that may be a question; a *draft* is the question
that it would become; a *steering line* has steering words. A *granule* is the smallest piece of a
document that can be replaced by a question.
"""

from __future__ import annotations

from dataclasses import replace

from builder.importing.document.form import Document
from builder.importing.recognise.addresses import contacts, further_reading
from builder.importing.recognise.option_tables import unfold_layouts
from builder.importing.recognise.records import records
from builder.importing.recognise.tables import moodle_tables, question_tables
from builder.importing.recognise.unread import questions_and_rest


def recognise(document: Document) -> Document:
    """Replace each passage of a document that is a question, a record, a list of contacts or a list
    of further reading by a block of this kind."""
    document = replace(document, blocks=unfold_layouts(document.blocks))
    blocks, doubts = moodle_tables(document)
    blocks = question_tables(blocks)
    blocks, checklists = records(blocks)
    blocks = contacts(blocks, document.language)
    blocks = further_reading(blocks)
    all_doubts = tuple(dict.fromkeys((*document.doubts, *doubts, *checklists)))
    read = questions_and_rest(replace(document, blocks=blocks, doubts=all_doubts))
    if read.consumed == document.consumed:
        return read
    # Lines that belong together may be next to each other now.
    blocks = further_reading(contacts(read.blocks, read.language))
    return replace(read, blocks=blocks)


__all__ = ["recognise"]
