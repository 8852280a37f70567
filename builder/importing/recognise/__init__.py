"""Recognises questions, records, contacts and further reading in a document.

Nothing is guessed: if two readings are possible, the question or the document gets a doubt with
both. Nothing is lost: words that only steer are kept as consumed.
"""

from __future__ import annotations

from dataclasses import replace

from builder.importing.document.form import Document
from builder.importing.recognise.addresses import contacts, further_reading
from builder.importing.recognise.questions import questions
from builder.importing.recognise.records import records
from builder.importing.recognise.tables import moodle_tables, question_tables


def recognise(document: Document) -> Document:
    """Replace the blocks of a document that are questions, records, contacts or further reading by
    what they mean."""
    blocks, doubts = moodle_tables(document)
    blocks = question_tables(blocks)
    blocks, checklists = records(blocks)
    blocks = contacts(blocks, document.language)
    blocks = further_reading(blocks)
    all_doubts = tuple(dict.fromkeys((*document.doubts, *doubts, *checklists)))
    return questions(replace(document, blocks=blocks, doubts=all_doubts))


__all__ = ["recognise"]
