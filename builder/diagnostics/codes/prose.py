"""Codes about headings, tables and definitions of a page."""

from __future__ import annotations

from builder.diagnostics.codes.rule import ERROR, WARNING, Rule

RULES = (
    Rule(
        "html-ignored",
        WARNING,
        "The page will show “{text}” as text: HTML is not used in pages.",
        "Use Markdown, or put the text between backticks if it is meant to be read like this.",
        "Pages are Markdown. HTML in them is shown as it is written, so that no page can break "
        "the course or run a script.",
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
        "The page's own title is its only heading of level 1.",
        "Write ## for the headings in the page.",
        "Every page shows its title as its one heading of level 1.",
    ),
    Rule(
        "heading-empty",
        ERROR,
        "This heading has no text.",
        "Write the text behind the # marks, or delete the line.",
        "Screen readers list the headings of a page; an empty one is read as “heading” and no "
        "more (WCAG 2.4.6).",
    ),
    Rule(
        "heading-syntax",
        WARNING,
        "The page will show “{text}” as text: a heading has a space behind its # marks.",
        "Write “{mended}”.",
        "Markdown takes # marks for a heading only where a space follows them.",
    ),
    Rule(
        "list-syntax",
        WARNING,
        "The page will show “{text}” as text, and all such lines as one paragraph: this is not a "
        "list yet.",
        "Start each entry with a hyphen and a space in place of “{text}”: “{mended}”.",
        "Word and web pages show such a sign before each entry of a list, and it is copied with "
        "its words. Markdown knows a list by its hyphens, or by numbers with a dot. Where the sign "
        "itself is meant, write it as &#8226;.",
        advice="Start each entry with a hyphen and a space.",
    ),
    Rule(
        "emphasis-syntax",
        WARNING,
        "The page will show the stars of “{text}”: the emphasis never ends.",
        "Put the mark at the end before the punctuation, or a space behind it: **Note**: this. A "
        "star that is meant to be seen has a backslash in front: \\*.",
        "Markdown ends emphasis only between a word and what follows it: not where punctuation "
        "stands in front of the stars and a letter right behind them.",
    ),
    Rule(
        "attribute-unknown",
        WARNING,
        "The page will show “{text}” as text.",
        "Write {{#id}} only behind a heading or a term, and {{width=50%}} (1 to 100) only right "
        "behind an image; delete any other.",
        "Some tools take braces for classes and other attributes. Here a heading or a term can "
        "have an id, and an image a share of the width; how things look is the theme's.",
    ),
    Rule(
        "task-list",
        WARNING,
        "The page will show “{text}” as text: nobody can tick a box here.",
        "Delete it; or let trainees tick the steps of a question (type: performance) or fill in a "
        "record (kind: record).",
        "On a page a box would look as if it could be ticked, and nothing would be kept.",
    ),
    Rule(
        "alert-syntax",
        WARNING,
        "The page will show “{text}” as text.",
        "Use a block: ::: callout Note, or ::: warning Title, then the text, then a line :::.",
        "GitHub sets quotations apart that start with such a word. Here blocks do that.",
    ),
    Rule(
        "note-unknown",
        WARNING,
        "The page will show “{text}” as text: no footnote can be shown for it.",
        "Write the footnote on a line of its own on this page, with a colon: [^1]: What it says. "
        "Questions, records, and the words of a link have none.",
        "A footnote has two parts on one page: [^1] in the text, and a line that starts with "
        "“[^1]: ”.",
    ),
    Rule(
        "note-unused",
        WARNING,
        "Nothing on this page leads to the footnote “{name}”, so that it is not shown.",
        "Write [^{name}] where it belongs, or delete it.",
        "Footnotes stand at the end of their page, numbered as the text leads to them.",
    ),
    Rule(
        "note-repeated",
        WARNING,
        "The footnote “{name}” is written twice; only the first one is shown.",
        "Give this one another name, or delete it. The text may lead to one footnote several "
        "times.",
        "A footnote is told from others of its page by its name.",
    ),
    Rule(
        "table-too-large",
        ERROR,
        "This table is too large: one has at most {columns} columns, and all tables of a page have "
        "{cells} cells.",
        "Divide it into several tables on several pages, or offer it as a file to take away.",
        "No screen shows so wide a table, and no trainee reads so long a one.",
    ),
    Rule(
        "table-syntax",
        WARNING,
        "The page will show the “|” here as text: these lines are not a table yet.",
        "Below the table's first line write one such as | --- | --- |, with as many cells as the "
        "first line has, and leave an empty line above the table.",
        "Markdown takes lines for a table only where the second one has three hyphens for each "
        "cell of the first.",
    ),
    Rule(
        "table-header",
        ERROR,
        "A column of this table has no header.",
        "Write in the table's first line what each column holds. Where the first column is "
        "**bold** throughout, it heads the rows: then the first cell may be empty, or all of them.",
        "A screen reader reads the headers with each cell (WCAG 1.3.1). The first line of a table "
        "heads its columns; a first column in bold heads its rows.",
    ),
    Rule(
        "table-cells",
        ERROR,
        "This row has {cells} cells, but the table has {columns}: the last cells would be lost.",
        "Add a column to the first two lines of the table, or write \\| for a | that divides no "
        "cells.",
        "Markdown drops the cells of a row that no column takes.",
    ),
    Rule(
        "definition-stray",
        WARNING,
        "The page will show “: ” as text: no term stands above this definition.",
        "Write the term on a line of its own right above, at the start of a paragraph.",
        "A definition list is a line with a term, then a line that starts with “: ” and defines "
        "it.",
    ),
    Rule(
        "term-repeated",
        ERROR,
        "The term “{term}” is already defined at {first}.",
        "Delete one of the two definitions.",
        "A glossary says once what a word means, so that everybody reads the same wherever it is "
        "used.",
    ),
)
