"""Diagnostics about the text and the blocks of a page."""

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
        "The block “::: {name}” is {problem}.",
        "{fix}. A block that contains other blocks needs more colons than they have.",
        "A block ends with a line of as many colons as it starts with.",
        summary="A block is never closed.",
        advice="Add a line ::: after the last line of the block. If it has one, the block above "
        "may lack its own. A block that contains other blocks needs more colons than they have.",
    ),
    Rule(
        "directive-stray",
        ERROR,
        "A line {fence} closes a block, but none is open here.",
        "{fix}",
        "A block starts with ::: and its name, and ends with a line :::.",
        advice="Write ::: and the name of the block above its first line, with at least three "
        "colons. If there is no block, delete the line.",
    ),
    Rule(
        "directive-end",
        ERROR,
        "This line does not close the block “::: {name}” of line {start}: {reason}.",
        "{fix}",
        "A block ends with a line of as many colons as it starts with, and nothing else.",
        summary="This line does not close the block above it.",
        advice="Write as many colons as the block starts with, and nothing else on their line.",
    ),
    Rule(
        "nesting-too-deep",
        ERROR,
        "Too many lists, quotations and blocks are inside one another here: anything deeper would "
        "not be shown.",
        "Move this part out of some of them.",
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
        "{what} is not allowed under “material:” of a question.",
        "Delete it here, or move it to the page that asks the question. “material:” may have "
        "paragraphs, lists, tables, images, and these blocks: {blocks}.",
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
        "course.yaml, such as “- contacts.md”.",
        "Before a page that may be hard to read, trainees learn what it is about, how long it "
        "takes, that they can stop, and where help is.",
    ),
    Rule(
        "html-ignored",
        WARNING,
        "The page will show “{text}” as text: HTML is not used in pages.",
        "{fix}; or, if trainees should see the text like this, put backticks (`) around it.",
        "Pages are written in Markdown. HTML in them is shown as plain text, so that no page can "
        "break the course or run a script.",
        advice="Use Markdown; or, if trainees should see the text like this, put backticks (`) "
        "around it.",
    ),
    Rule(
        "heading-skipped",
        ERROR,
        "A heading of level {level} follows {after}.",
        "Write it with {marks} instead.",
        "Screen readers list the headings of a page as an outline; a skipped level looks like a "
        "missing part (WCAG 1.3.1).",
    ),
    Rule(
        "heading-top",
        ERROR,
        "This heading has level 1, but only the page's title has level 1.",
        "Start the headings of a page with ## instead of #.",
        "Every page shows its title as its one heading of level 1.",
    ),
    Rule(
        "heading-empty",
        ERROR,
        "This heading has no text.",
        "Write the text after the # marks, or delete the line.",
        "Screen readers list the headings of a page; they read an empty one only as “heading” "
        "(WCAG 2.4.6).",
    ),
    Rule(
        "heading-syntax",
        WARNING,
        "The page will show “{text}” as text: a heading needs a space after its # marks.",
        "Write “{mended}”.",
        "Markdown reads # marks as a heading only if a space follows them.",
    ),
    Rule(
        "heading-rule",
        WARNING,
        "This paragraph will be a heading, because a line of hyphens follows directly.",
        "Leave an empty line above the hyphens. For a heading, write ## before its text, and "
        "delete the hyphens.",
        "In Markdown, a line of hyphens directly below a text makes the text a heading. Below an "
        "empty line, it is a line across the page.",
    ),
    Rule(
        "code-indented",
        WARNING,
        "The page will show this paragraph as code, because four spaces are before it.",
        "Delete the spaces. To show code, put a line ``` above and below it.",
        "Markdown reads a paragraph that starts with four spaces or a tab as code: it is shown in "
        "a fixed-width font, and long lines are not broken.",
    ),
    Rule(
        "list-syntax",
        WARNING,
        "The page will show “{text}” as text, and these lines as one paragraph: this is not a list "
        "yet.",
        "{fix}",
        "Text copied from Word or a web page keeps the bullet before each entry of a list. "
        "Markdown recognizes a list by hyphens, or by numbers with a dot. To show the bullet "
        "itself, write &#8226;.",
        advice="Start each entry with a hyphen and a space.",
    ),
    Rule(
        "emphasis-syntax",
        WARNING,
        "The page will show the asterisks of “{text}”: they do not mark emphasis here.",
        "{fix}. To show an asterisk, write a backslash before it: \\*.",
        "Markdown does not end emphasis if there is punctuation right before the asterisks and a "
        "letter right after them. Nor does it begin or end emphasis at asterisks with a space "
        "between them and the text.",
        advice="Delete spaces inside the asterisks: **Note**. Put the closing asterisks before the "
        "punctuation, or add a space after them: **Note**: this. To show an asterisk, write a "
        "backslash before it: \\*.",
    ),
    Rule(
        "attribute-unknown",
        WARNING,
        "The page will show “{text}” as text.",
        "Write {{#id}} only after a heading or a term, and {{width=50%}} (1 to 100) only directly "
        "after an image. Delete other braces.",
        "Some tools use braces for classes and other attributes. Here a heading or a term can have "
        "an id, and an image can have a width. The theme controls the rest of the look.",
    ),
    Rule(
        "task-list",
        WARNING,
        "The page will show “{text}” as text: nobody can tick a box here.",
        "Delete the box. If trainees should tick steps, use a question (type: performance) or a "
        "record (kind: record).",
        "On a page trainees would expect to tick the box, but their tick would not be saved.",
    ),
    Rule(
        "alert-syntax",
        WARNING,
        "The page will show “{text}” as text.",
        "Use a block: ::: callout Note, or ::: warning Title, then the text, then a line :::.",
        "This is GitHub's syntax for alerts. Courses use blocks instead.",
    ),
    Rule(
        "note-unknown",
        WARNING,
        "The page will show “{text}” as text: {reason}.",
        "{fix}",
        "A footnote has two parts on the same page: [^1] in the text, and a line that starts with "
        "“[^1]: ”. Questions, records, and the text of a link cannot have footnotes.",
        summary="The page will show the mark of a footnote as text.",
        advice=(
            "Write the footnote on a separate line of the same page, with a colon: [^1]: What it "
            "says. In a question, a record or the text of a link, delete the mark."
        ),
    ),
    Rule(
        "note-unused",
        WARNING,
        "Nothing on this page refers to the footnote “{name}”, so it is not shown.",
        "Write [^{name}] in the text where the footnote belongs, or delete the footnote.",
        "Footnotes are shown at the end of their page, numbered in the order in which the text "
        "refers to them.",
    ),
    Rule(
        "note-repeated",
        WARNING,
        "This page has two footnotes “{name}”; only the first one is shown.",
        "Give this footnote another name here and where the text refers to it, or delete it. The "
        "text can refer to one footnote several times.",
        "Footnotes on a page are distinguished by their names.",
    ),
    Rule(
        "table-too-large",
        ERROR,
        "This table is too large: a table can have at most {columns} columns, and all tables of a "
        "page together {cells} cells.",
        "Divide it into several tables on several pages, or offer it as a file to download.",
        "Screens cannot show such a wide table, and trainees do not read such a long one.",
    ),
    Rule(
        "table-syntax",
        WARNING,
        "The page will show the “|” here as text: these lines are not a table yet.",
        "Below the table's first line, write a line such as | --- | --- |, with as many cells as "
        "the first line, and leave an empty line above the table.",
        "Markdown reads lines as a table only if the second line has three hyphens for each cell "
        "of the first.",
    ),
    Rule(
        "table-header",
        ERROR,
        "A column of this table has no header.",
        "Write a header for each column in the table's first line. If every cell of the first "
        "column is **bold**, that column has the headers of the rows: then cells of the first line "
        "may be empty.",
        "A screen reader reads the headers with each cell (WCAG 1.3.1). The first line of a table "
        "has the headers of the columns; a first column in bold has the headers of the rows.",
    ),
    Rule(
        "table-cells",
        ERROR,
        "This row has {cells} cells, but the table has {columns}: the last cells would be lost.",
        "Add a column to the first two lines of the table, or write \\| for a | that does not "
        "separate cells.",
        "Markdown drops the cells of a row that have no column.",
    ),
    Rule(
        "table-row-short",
        WARNING,
        "This row has {cells}, but the table has {columns}: the last cells stay empty.",
        "{fix}",
        "Markdown fills the end of a row with empty cells. If a | is missing in the middle of a "
        "row, its cells are under the wrong headers.",
        summary="This row has fewer cells than the table has columns.",
        advice="Add the cells that are missing. Write an empty cell as a space between two |. If "
        "the line is not part of the table, leave an empty line above it.",
    ),
    Rule(
        "definition-stray",
        WARNING,
        "The page will show “: ” as text: there is no term above this definition.",
        "Write the term on the line directly above, and leave an empty line above the term. If "
        "this is not a definition, delete the colon.",
        "A definition list is a line with a term, then a line that starts with “: ” and defines "
        "it.",
    ),
    Rule(
        "term-repeated",
        ERROR,
        "The term “{term}” is already defined at {first}.",
        "Delete one of the two definitions.",
        "A course defines each term only once, so that trainees read the same definition "
        "everywhere.",
    ),
)
