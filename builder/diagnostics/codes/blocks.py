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
        "Add a line {fence} after its last line. A block in which others stand needs more colons "
        "than they have.",
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
        "Use fewer levels: what is deeper than this would not be shown.",
        "A hundred levels of lists, quotations and blocks are read; three are easy to follow.",
    ),
    Rule(
        "directive-argument",
        ERROR,
        "“::: {name}” {problem}.",
        "Write it like this: {example}",
        "After its name, a block may take a title or the id of a question.",
        summary="This block does not take what stands after its name, or lacks what it takes.",
        advice="A check takes the id of a question as its file has it, not its words: ::: check "
        "fire-exit. A callout, an accordion or a figure may take a title: ::: callout Remember. "
        "Where the message says that a block takes no title, delete it, or write it as a heading "
        "above the block.",
    ),
    Rule(
        "block-body",
        ERROR,
        "“::: {name}” {problem}.",
        "{fix}",
        "Some blocks have to consist of certain things: a figure starts with its image, tabs hold "
        "tabs. What else stood there would not be shown, or not be understood.",
        summary="This block does not consist of what it has to.",
        advice="Give the block what it has to consist of, and move everything else out of it.",
    ),
    Rule(
        "block-misplaced",
        ERROR,
        "“::: {name}” can only stand in “::: {inside}”.",
        "Put it between the line “:::: {inside}”, with four colons, and a line “::::”.",
        "Some blocks are the parts of another. A block in which others stand has more colons than "
        "they have.",
    ),
    Rule(
        "material-misplaced",
        ERROR,
        "{what} cannot stand in the material of a question.",
        "Put it on the page. Material may have paragraphs, lists, tables, pictures, and these "
        "blocks: {blocks}.",
        "Material is what a question is about. It stands above the prompt, on a page or in a quiz, "
        "within their headings.",
    ),
    Rule(
        "block-hidden",
        ERROR,
        "“::: {name}” stands in “::: {inside}”, where trainees may never see it.",
        "Move it out of “::: {inside}”.",
        "What everybody has to read or to answer is never put where a trainee has to open it "
        "first: many never do.",
    ),
    Rule(
        "block-not-first",
        ERROR,
        "“::: {name}” does not stand first on its page.",
        "Move it to the top of the page, above everything else.",
        "A content note tells trainees what a page is about before they read any of it.",
    ),
    Rule(
        "help-missing",
        WARNING,
        "This content note cannot say where help is.",
        "Say who helps: in “::: contacts” on any page, or on a page under “help:” in course.yaml.",
        "Before a page that may be hard to read, trainees learn what it is about, how long it "
        "takes, that they can stop, and where help is.",
    ),
)
