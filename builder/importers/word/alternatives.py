"""Content that stands in a file twice, for newer and for older programs (ISO/IEC 29500-3)."""

from __future__ import annotations

from builder.importers.word.names import UNDERSTOOD, Element, name

ALTERNATIVES = name("mc:AlternateContent")
_CHARTS = "/chartex"
"""How the namespaces of newer charts end; there is one for each year."""
_CHOICE = name("mc:Choice")
_FALLBACK = name("mc:Fallback")


def chosen(alternatives: Element) -> Element | None:
    """The one form to read: the first that asks for nothing unknown, else the fallback."""
    choices = alternatives.findall(_CHOICE)
    for choice in choices:
        spaces = [choice.nsmap.get(prefix) for prefix in choice.get("Requires", "").split()]
        if all(space in UNDERSTOOD or str(space).endswith(_CHARTS) for space in spaces):
            return choice
    fallback = alternatives.find(_FALLBACK)
    return fallback if fallback is not None or not choices else choices[0]
