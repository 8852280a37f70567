"""Headings, tables and definitions of a page."""

from __future__ import annotations

from builder.codes.rule import ERROR, WARNING, Rule

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
        "Write in the table's first line what each column holds. Only the first cell may be empty, "
        "and only where the first column is **bold** throughout: then it heads the rows.",
        "A screen reader reads the headers with each cell (WCAG 1.3.1). The first line of a table "
        "heads its columns; a first column in bold heads its rows.",
    ),
    Rule(
        "table-cells",
        ERROR,
        "This row has {cells} cells, but the table has {columns} columns: the last cells would be "
        "lost.",
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
