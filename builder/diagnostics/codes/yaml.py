"""Codes about YAML, its keys and their values."""

from __future__ import annotations

from builder.diagnostics.codes.rule import ERROR, WARNING, Rule

RULES = (
    Rule(
        "yaml-syntax",
        ERROR,
        "{problem}",
        "{fix}",
        "YAML has a few traps: text that contains “: ” or starts with a special character needs "
        "quotes round it, and lines are indented with spaces, never with tabs.",
        summary="This is not YAML: it cannot be read.",
        advice=(
            "Look for these in the line and in the one above it. A quotation mark without its "
            'partner: title: "Fire. A text with “: ” in it and no quotes: title: Fire: what to '
            "do. No space behind a colon: title:Fire. A tab before a key. A line whose indent "
            "differs from that of the keys beside it. An entry of a list without “- ”."
        ),
    ),
    Rule(
        "yaml-alias",
        ERROR,
        "YAML takes “{alias}” for an alias, which a course may not use.",
        "Put quotes round a text that starts with * or &. A value needed twice is written twice.",
        "Aliases make a file hard to follow, and a small file with aliases can grow without limit.",
    ),
    Rule(
        "yaml-comment",
        WARNING,
        "YAML takes “{comment}” for a comment and leaves it out.",
        "Put quotes round the whole text; or, if this is a comment, write two spaces before the # "
        "and one after it.",
        "In YAML, a # with a space before it starts a comment that goes on to the end of the line.",
    ),
    Rule(
        "yaml-quotes",
        WARNING,
        "Trainees will see the {marks} round this text: curly quotation marks are a part of it.",
        'Write straight ones: "{text}". If trainees are to see the curly ones, put straight ones '
        "round them.",
        "Word and phones make curly quotation marks of straight ones. YAML knows straight ones "
        "only, and takes any other for a letter of the text.",
        summary="Trainees will see the curly quotation marks round this text.",
        advice="Write straight ones. If trainees are to see the curly ones, put straight ones "
        "round them.",
    ),
    Rule(
        "duplicate-key",
        ERROR,
        "“{key}” is written twice; first on line {first}.",
        "{fix}",
        "A key may stand once in a mapping. With two, one of them would be silently ignored.",
        advice="Keep one of the two; where both are entries of a list, start the second with “- ”.",
    ),
    Rule(
        "front-matter",
        ERROR,
        "{problem}",
        "Start the page with a line ---, then its keys (title: …), then another line ---.",
        "Every page starts with its front matter: a few lines of YAML between two lines ---.",
        summary="The page does not start with its front matter, or that is never closed.",
    ),
    Rule(
        "unknown-key",
        ERROR,
        "“{key}” is not a key that can stand here.{did_you_mean}",
        "{fix}",
        "A misspelt key would have no effect, so that it is an error. Between braces, YAML takes "
        "what follows a comma for a key of its own: a text with a comma needs quotes there.",
        advice="Correct its spelling, put it under the key that it belongs to, or delete it.",
    ),
    Rule(
        "missing-key",
        ERROR,
        "“{key}” is missing.",
        "Add a line “{key}: …” here.",
        "Some keys have no sensible default.",
    ),
    Rule(
        "value-invalid",
        ERROR,
        "“{key}”: {problem}.{did_you_mean}",
        "{fix}",
        "Each key takes a certain kind of value: text, a number, yes or no, a date written "
        "2026-01-31, one of a few words, or a list.",
        summary="This key does not take such a value.",
        advice="Write a value of the kind that the key takes, or delete the key.",
    ),
)
