"""Elements that wrap content: content controls (ISO/IEC 29500-1, 17.5.2), and alternatives of the
same content for newer and older programs (29500-3)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from builder.importing.word.names import UNDERSTOOD, Element, child, name, value
from builder.importing.word.story import Story

_CHOICES = (name("w:dropDownList"), name("w:comboBox"))
_ITEM = name("w:listItem")
_TEXT = name("w:t")
_CONTENTS = "Table of Contents"


@contextmanager
def open_control(story: Story, control: Element) -> Iterator[Element | None]:
    """A content control's content, to read inside the ``with``; ``None`` if it shows a placeholder.

    Its list of choices is reported. A table of contents is detected by its gallery.
    """
    properties, content = child(control, "w:sdtPr"), child(control, "w:sdtContent")
    for choices in properties if properties is not None else ():
        if choices.tag in _CHOICES:
            _report_choices(story, choices)
    if child(properties, "w:showingPlcHdr") is not None and content is not None:
        story.report("form field", " ".join(one.text or "" for one in content.iter(_TEXT)))
        yield None
        return
    gallery = value(properties, "w:docPartObj", "w:docPartGallery") == _CONTENTS
    story.in_gallery += gallery
    yield content
    story.in_gallery -= gallery
    story.end_generated()


def _report_choices(story: Story, choices: Element) -> None:
    labels = [
        one.get(name("w:displayText"), "") or one.get(name("w:value"), "")
        for one in choices.iterfind(_ITEM)
    ]
    if any(labels):
        story.report("form field", " · ".join(filter(None, labels)))


ALTERNATIVES = name("mc:AlternateContent")
_CHARTS = "/chartex"
"""Suffix of the namespaces of newer charts, of which there is one for each year."""
_CHOICE = name("mc:Choice")
_FALLBACK = name("mc:Fallback")


def choose_alternative(alternatives: Element) -> Element | None:
    """The alternative to read: the first choice with known requirements, else the fallback."""
    choices = alternatives.findall(_CHOICE)
    for choice in choices:
        spaces = [choice.nsmap.get(prefix) for prefix in choice.get("Requires", "").split()]
        if all(space in UNDERSTOOD or str(space).endswith(_CHARTS) for space in spaces):
            return choice
    fallback = alternatives.find(_FALLBACK)
    return fallback if fallback is not None or not choices else choices[0]
