"""Diagnostics about links, and the references listed in course.yaml."""

from __future__ import annotations

from builder.diagnostics.codes.rule import ERROR, WARNING, Rule

RULES = (
    Rule(
        "link-broken",
        ERROR,
        "This link is broken: {problem}.{did_you_mean}",
        "{fix}",
        "Links lead to a page of the course, a heading on it, a file in media/, or a full address.",
        advice=(
            "Correct the address. Link to a page by its file (page.md), to a heading by its id "
            "(page.md#id), to a file by its path (media/form.pdf), and to the web by an address "
            "with https://."
        ),
    ),
    Rule(
        "link-active",
        ERROR,
        "“{file}” could run a program on a trainee's computer, or act in the LMS in the trainee's "
        "name.",
        "Save it as a PDF or a Word file in media/, and link to that. If it must be this file, "
        "list it under “linked_files:” in course.yaml, with “file: {file}” and a “reason:”.",
        "A web page or a script in a package runs on the LMS's site. It could read or change the "
        "LMS's data about the person who opens it. Other files can be linked directly. A file that "
        "can run needs “file:” and “reason:” under “linked_files:” in course.yaml, so that "
        "reviewers of the course know about it.",
    ),
    Rule(
        "link-syntax",
        WARNING,
        "The page will show “{text}” as text: {reason}.",
        "{fix}",
        "A link or an image with a space in its address or before it, or without its last bracket, "
        "is shown as it is written.",
        summary="The page will show this link or image as text.",
        advice="Write [text](address), or ![what it shows](media/name.png) for an image, without a "
        "space between the brackets or in the address, and without a variable in it.",
    ),
    Rule(
        "address-plain",
        WARNING,
        "“{text}” is not a link, because https:// is missing.",
        "Write [text](https://{text}), with the words that trainees should read instead of “text”.",
        "Only an address that starts with https:// or http:// becomes a link by itself.",
    ),
    Rule(
        "link-text",
        ERROR,
        "The link to “{target}” has no text.",
        "Write where it leads between the square brackets: [Definition]({target}).",
        "A screen reader reads the text of a link (WCAG 2.4.4).",
    ),
    Rule(
        "link-vague",
        WARNING,
        "The text “{text}” does not say where this link leads.",
        "Name it in the text, such as [The rules for visitors]({target}).",
        "A screen reader lists the links of a page without the sentences around them. There, "
        "“click here” could be any of them (WCAG 2.4.4, read strictly).",
    ),
    Rule(
        "link-disguised",
        WARNING,
        "This link shows the address {text}, but leads to {target}.",
        "Correct the one that is wrong, or show words instead, as in [The rules for visitors]"
        "({target}).",
        "People judge by the address that they see whether a link is safe.",
    ),
    Rule(
        "link-ambiguous",
        WARNING,
        "“{text}” leads to two places on this page: here to {target}, at {first} to {other}.",
        "Give each link a text that says where it leads.",
        "A screen reader lists the links of a page without the sentences around them. If two links "
        "have the same text, nobody can tell which is which (WCAG 2.4.4, read strictly).",
    ),
    Rule(
        "link-unchecked",
        WARNING,
        "The address {url} has not been checked.",
        "Open it. If it is right, {write}, with the day of your check instead of DATE, such as "
        "2026-01-31. If the page has moved, add “current:” and the new address below.",
        "Addresses move. While one is unchecked, the package is a draft, and a release is refused.",
        draft=True,
        advice=(
            "Open it. If it is right, list it under “references:” in course.yaml, with “url:” and "
            "“checked_on:”. If the page has moved, add “current:” and the new address."
        ),
    ),
    Rule(
        "organisation-missing",
        WARNING,
        "The list of further reading does not name the organisation behind {url}.",
        "In course.yaml, under “references:”, write “organisation:” and its name below “url: "
        "{url}”, in the same column as “url:”.",
        "Trainees decide by the name of an organisation whether to trust a page and to open it.",
    ),
)
