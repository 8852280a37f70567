"""The comments on a message for translators: what it is, and in which file."""

from __future__ import annotations

from builder.course.translations import Kind, Message
from builder.translating.update import Wanted

_WHAT: dict[Kind, str] = {
    "paragraph": "A paragraph",
    "heading": "A heading",
    "item": "An item of a list",
    "cell": "A cell of a table",
    "column": "The header of a column",
    "term": "A term that is explained",
    "meaning": "The explanation of a term",
    "title": "The title of a block",
    "course title": "The title of the course",
    "page title": "The title of a page",
    "module title": "The title of a module",
    "prompt": "A question",
    "record question": "A question of a checklist",
    "option": "An option or item of a question",
    "option feedback": "Feedback on an option",
    "answers": "The accepted answers to a question, one in each line: write those that people "
    "type in your language, as many as you like",
    "caption": "A caption of a film",
    "quotation": "Words quoted from a page: use the words of the page’s translation",
    "logo": "The description of the logo",
    "picture": "The description of the picture on the cover",
    "value": "A value that pages show",
}
"""What a message is, where its kind is not enough."""


def describe(message: Message) -> str:
    """The comment on a message: what it is, what else a translator should know, and its
    maximum length."""
    what = _WHAT.get(message.kind, message.kind.capitalize())
    text = f"{what}: {message.note}" if message.note else what
    if message.limit:
        each = " in each line" if message.kind == "answers" else ""
        text += f". At most {message.limit:,} characters{each}"
    return f"{text}."


def wanted(message: Message) -> Wanted:
    """What the PO file must have for a message."""
    return Wanted(message.part, message.text, describe(message), message.position.path)
