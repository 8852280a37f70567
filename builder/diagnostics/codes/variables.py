"""Codes about variables, which pages use as {{ name }}."""

from __future__ import annotations

from builder.diagnostics.codes.rule import APPROVE, ERROR, WARNING, Rule

RULES = (
    Rule(
        "variable-syntax",
        ERROR,
        "“{text}” is not a whole variable, and would be shown as it is.",
        "Write two curly brackets before and two after the name: {{{{ name }}}}. Text that is "
        "meant to be read like this goes between backticks.",
        "A page uses a local value as {{ name }}. With a bracket too few it would be shown as "
        "text, and trainees would miss a contact or a name.",
    ),
    Rule(
        "variable-unknown",
        ERROR,
        "There is no variable “{name}”.{did_you_mean}",
        "Correct the name, or add it under “variables:” in course.yaml.",
        "A page uses a local value as {{ name }}; course.yaml gives it under “variables:”.",
    ),
    Rule(
        "variable-misplaced",
        ERROR,
        "“{use}” cannot stand in a title or in the course's description.",
        "Write the words themselves, or move the variable into the text of a page.",
        "Variables are filled in only in the text of pages and questions. Titles also stand in the "
        "contents, in the manifest and in the LMS's records.",
    ),
    Rule(
        "variable-unset",
        WARNING,
        "“{name}” is not set: {label}.",
        "Write its value after “value:”. Trainees now read “{shown}”.",
        "The builder never guesses a contact or an emergency route. While one is unset, the "
        "package is a draft, and a release is refused.",
        draft=True,
    ),
    Rule(
        "variable-unconfirmed",
        WARNING,
        "“{name}” is not approved: {label}.",
        f"Check “{{value}}”. {APPROVE}",
        "The value came with the course text and may be out of date. While nobody has approved it, "
        "the package is a draft, and a release is refused.",
        draft=True,
    ),
    Rule(
        "variable-unused",
        WARNING,
        "No page uses the variable “{name}”.",
        "Use it in a page as {{{{ {name} }}}}, or delete it.",
        "A variable that no page uses is never shown to a trainee.",
    ),
)
