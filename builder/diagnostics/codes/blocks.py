"""Codes about blocks, which start with ``:::`` on a page."""

from __future__ import annotations

from builder.diagnostics.codes.rule import ERROR, WARNING, Rule

RULES = (
    Rule(
        "directive-unknown",
        ERROR,
        "“::: {name}” is not a block.{did_you_mean}",
        "Blocks: {known}.",
        "A block starts with ::: and its name, and ends with a line :::.",
    ),
    Rule(
        "directive-unclosed",
        ERROR,
        "The block “::: {name}” is never closed.",
        "Add a line {fence} after its last line. A block that contains other blocks needs more "
        "colons than they have.",
        "A block ends with a line of as many colons as it starts with.",
    ),
    Rule(
        "directive-stray",
        ERROR,
        "A line {fence} closes a block, but none is open here.",
        "Delete the line, or write the block's name after the colons.",
        "A block starts with ::: and its name, and ends with a line :::.",
    ),
    Rule(
        "nesting-too-deep",
        ERROR,
        "Lists, quotations and blocks are nested too deeply here.",
        "Use fewer levels: anything deeper would not be shown.",
        "The builder reads up to a hundred levels of lists, quotations and blocks. Readers can "
        "follow about three.",
    ),
    Rule(
        "directive-argument",
        ERROR,
        "“::: {name}” {problem}.",
        "Write it like this: {example}",
        "Some blocks have a title or the id of a question after their name.",
        summary="The text after this block's name is missing or not allowed.",
        advice="A check needs the id of a question from its file, not its text: ::: check "
        "fire-exit. A callout, an accordion or a figure may have a title: ::: callout Remember. "
        "If the message says that a block takes no title, delete the title, or write it as a "
        "heading above the block.",
    ),
    Rule(
        "block-body",
        ERROR,
        "“::: {name}” {problem}.",
        "{fix}",
        "Some blocks must have certain content: a figure starts with its image, and tabs contain "
        "only tabs. Other content would not be shown or understood.",
        summary="This block does not have the content that it needs.",
        advice="Add the content that the block needs, and move everything else out of it.",
    ),
    Rule(
        "block-misplaced",
        ERROR,
        "“::: {name}” is only allowed in “::: {inside}”.",
        "Put it between the line “:::: {inside}”, with four colons, and a line “::::”.",
        "Some blocks are parts of another block. A block that contains other blocks needs more "
        "colons than they have.",
    ),
    Rule(
        "material-misplaced",
        ERROR,
        "{what} is not allowed in the material of a question.",
        "Move it to the page. Material may have paragraphs, lists, tables, images, and these "
        "blocks: {blocks}.",
        "Material is the text or image that a question is about. It is shown above the prompt, on "
        "a page or in a quiz, under their headings.",
    ),
    Rule(
        "block-hidden",
        ERROR,
        "“::: {name}” is in “::: {inside}”, where trainees may never see it.",
        "Move it out of “::: {inside}”.",
        "Many trainees never open a closed part of a page. So anything that everybody must read or "
        "answer has to be visible at once.",
    ),
    Rule(
        "block-not-first",
        ERROR,
        "“::: {name}” is not the first thing on its page.",
        "Move it to the top of the page, above everything else.",
        "A content note tells trainees what a page is about before they read any of it.",
    ),
    Rule(
        "help-missing",
        WARNING,
        "This content note cannot name anybody who can help: the course lists no contacts.",
        "Add a block “::: contacts” to a page, or list a page with contacts under “help:” in "
        "course.yaml.",
        "Before a page that may be hard to read, trainees learn what it is about, how long it "
        "takes, that they can stop, and where help is.",
    ),
)
