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
        "quotes around it, and lines are indented with spaces, never with tabs.",
        summary="This is not valid YAML, so it cannot be read.",
        advice=(
            "Look for one of these in this line and in the line above. A quotation mark without "
            'its partner: title: "Fire. A text with “: ” in it and no quotes: title: Fire: what to '
            "do. No space after a colon: title:Fire. A tab before a key. A line whose indent "
            "differs from that of the keys beside it. An entry of a list without “- ”."
        ),
    ),
    Rule(
        "yaml-alias",
        ERROR,
        "YAML reads “{alias}” as an alias, and courses cannot use aliases.",
        "If it is text, put quotes around it. If you need a value twice, write it twice.",
        "Aliases make a file hard to follow, and a small file with aliases can grow without limit.",
    ),
    Rule(
        "yaml-comment",
        WARNING,
        "YAML reads “{comment}” as a comment and leaves it out.",
        "Put quotes around the whole text; or, if this is a comment, write two spaces before the # "
        "and one after it.",
        "In YAML, a # with a space before it starts a comment that continues to the end of the "
        "line.",
    ),
    Rule(
        "yaml-quotes",
        WARNING,
        "Trainees will see the {marks} around this text: YAML treats curly quotation marks as "
        "text.",
        'Write straight quotation marks: "{text}". If trainees should see the curly ones, put '
        "straight ones around them.",
        "Word and phones turn straight quotation marks into curly ones. YAML recognizes only "
        "straight ones and reads others as part of the text.",
        summary="Trainees will see the curly quotation marks around this text.",
        advice="Write straight quotation marks. If trainees should see the curly ones, put "
        "straight ones around them.",
    ),
    Rule(
        "duplicate-key",
        ERROR,
        "“{key}” is written twice; first on line {first}.",
        "{fix}",
        "A mapping can have each key only once. Otherwise one of the two would be silently "
        "ignored.",
        advice="Keep one of the two. If both are entries of a list, start the second with “- ”.",
    ),
    Rule(
        "front-matter",
        ERROR,
        "{problem}",
        "Start the page with a line ---, then its keys (title: …), then a second line ---.",
        "Every page starts with its front matter: a few lines of YAML between two lines ---.",
        summary="The page does not start with its front matter, or the front matter is not closed.",
    ),
    Rule(
        "unknown-key",
        ERROR,
        "The key “{key}” is not allowed here.{did_you_mean}",
        "{fix}",
        "A misspelt key would have no effect, so it is an error. Between braces, YAML reads the "
        "text after a comma as another key: a text with a comma needs quotes there.",
        advice="Correct its spelling, put it under the key that it belongs to, or delete it.",
    ),
    Rule(
        "missing-key",
        ERROR,
        "“{key}” is missing.",
        "Add a line “{key}: …” here.",
        "This key is required: it has no sensible default.",
    ),
    Rule(
        "value-invalid",
        ERROR,
        "“{key}”: {problem}.{did_you_mean}",
        "{fix}",
        "Each key accepts a certain kind of value: text, a number, yes or no, a date written "
        "2026-01-31, one of a few words, or a list.",
        summary="This key does not accept its value.",
        advice="Write a value of the kind that the key accepts, or delete the key.",
    ),
)
