"""Diagnostics about variables, which pages use as {{ name }}."""

from __future__ import annotations

from builder.diagnostics.codes.rule import APPROVE, ERROR, WARNING, Rule

RULES = (
    Rule(
        "variable-syntax",
        ERROR,
        "“{text}” is not a complete variable and would be shown as text.",
        "Write two curly brackets before and two after the name: {{{{ {name} }}}}. If trainees "
        "should see the brackets, put the text between backticks: `{text}`.",
        "A page uses a local value as {{ name }}. If a bracket is missing, the page shows the "
        "brackets instead of the contact or the name.",
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
        "“{use}” cannot be used in a title or in the course's description.",
        "Write the value itself, or move the variable into the text of a page.",
        "Variables are filled in only in the text of pages and questions. Titles also appear in "
        "the contents, in the manifest and in the LMS's records.",
    ),
    Rule(
        "variable-unset",
        WARNING,
        "“{name}” is not set: {label}.",
        "Write its value after “value:”. Trainees now read “{shown}”.",
        "The builder never guesses a contact or an emergency route. While a value is not set, the "
        "package is a draft, and a release is refused.",
        draft=True,
    ),
    Rule(
        "variable-unconfirmed",
        WARNING,
        "“{name}” is not approved: {label}.",
        f"The value is “{{value}}”. {APPROVE}",
        "The value came with the course text and may be out of date. Until somebody has approved "
        "it, the package is a draft, and a release is refused.",
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
