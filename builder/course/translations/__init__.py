"""Translations of a course: its messages, and the course in another language.

A message is one text of the source. A PO file has its translation, which replaces the text when the
course is read in that language: the files of the source stay as they are.
"""

from builder.course.translations.applying import sources_in
from builder.course.translations.former import former_parts, present_part
from builder.course.translations.media import own_media, pictures_without_own
from builder.course.translations.messages import Message, messages
from builder.course.translations.values import Kind

__all__ = [
    "Kind",
    "Message",
    "former_parts",
    "messages",
    "own_media",
    "pictures_without_own",
    "present_part",
    "sources_in",
]
