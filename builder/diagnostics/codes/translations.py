"""Diagnostics about translations: the PO files in translations/, and their messages."""

from __future__ import annotations

from builder.diagnostics.codes.rule import ERROR, Rule

RULES = (
    Rule(
        "translation-syntax",
        ERROR,
        "{problem}.",
        "{fix}",
        "A translation is a PO file, as gettext defines it. Programs such as Poedit, Weblate and "
        "OmegaT write such files. One wrong line makes the rest of the file unreadable.",
        summary="This line is not valid in a PO file.",
        advice="Correct the line, or open the file in Poedit and save it again.",
    ),
    Rule(
        "translation-charset",
        ERROR,
        "The header says that this file is in the charset “{charset}”.",
        "Save it as UTF-8: in Poedit, Translation > Properties > Charset. Then the header has "
        "“charset=UTF-8”.",
        "A translation must be UTF-8, in which every language can be written. In another charset, "
        "letters with accents would become other letters.",
    ),
)
