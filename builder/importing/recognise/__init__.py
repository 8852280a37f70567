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
from builder.importing.recognise.questions import questions
from builder.importing.recognise.records import records
from builder.importing.recognise.tables import moodle_tables, question_tables


def recognise(document: Document) -> Document:
    """Replace each passage of a document that is a question, a record, a list of contacts or a list
    of further reading by a block of this kind."""
    blocks, doubts = moodle_tables(document)
    blocks = question_tables(blocks)
    blocks, checklists = records(blocks)
    blocks = contacts(blocks, document.language)
    blocks = further_reading(blocks)
    all_doubts = tuple(dict.fromkeys((*document.doubts, *doubts, *checklists)))
    return questions(replace(document, blocks=blocks, doubts=all_doubts))


__all__ = ["recognise"]
