"""Codes about links, and the references listed in course.yaml."""

from __future__ import annotations

from builder.diagnostics.codes.rule import ERROR, WARNING, Rule

RULES = (
    Rule(
        "link-broken",
        ERROR,
        "The link leads nowhere: {problem}.{did_you_mean}",
        "{fix}",
        "Links lead to a page of the course, a heading on it, a file in media/, or a full address.",
        advice=(
            "Correct the name. Link to a page by its file, to a heading by its id (page.md#id),"
            " to a file by its place in media/, and to the web by an address with https://."
        ),
    ),
    Rule(
        "link-active",
        ERROR,
        "“{file}” could run a program: in the browser, with the rights of the LMS, or on a "
        "trainee's computer.",
        "Offer it as a PDF or as a document. If it has to be this file, write its name and the "
        "reason under “linked_files:” in course.yaml.",
        "A web page or a script in a package runs where the LMS does, and could read or change "
        "what the LMS holds of whoever opens it. Only kinds of file that run nothing may be "
        "linked to as they are; for any other, course.yaml says “file:” and “reason:” under "
        "“linked_files:”, so that whoever reviews the course knows of it.",
    ),
    Rule(
        "link-syntax",
        WARNING,
        "The page will show “{text}” as text: this is not a whole link or image.",
        "Write [text](address), without a space in the address and without a variable in it.",
        "A link or an image with a space in its address, or without its last bracket, is shown as "
        "it is written.",
    ),
    Rule(
        "link-text",
        ERROR,
        "The link to “{target}” has no text.",
        "Write what it leads to between the square brackets: [Definition]({target}).",
        "A screen reader reads the text of a link (WCAG 2.4.4).",
    ),
    Rule(
        "link-ambiguous",
        WARNING,
        "“{text}” leads to two places on this page: here to {target}, at {first} to {other}.",
        "Say in the words of each link where it leads.",
        "A screen reader lists the links of a page without the sentences round them. The same "
        "words for two places do not say which is which (WCAG 2.4.4, read strictly).",
    ),
    Rule(
        "link-unchecked",
        WARNING,
        "The address {url} has not been checked.",
        "Open it, then write it under “references:” in course.yaml with “checked_on:”, and with "
        "“current:” if it has moved.",
        "Addresses move. While one is unchecked, the package is a draft, and a release is refused.",
        draft=True,
    ),
    Rule(
        "organisation-missing",
        WARNING,
        "Further reading does not say whose {url} is.",
        "Write “organisation:” under this address in “references:” in course.yaml.",
        "Trainees decide by the name of an organisation whether to trust a page and to open it.",
    ),
)
