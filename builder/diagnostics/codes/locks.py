"""Codes about locks of pages and modules."""

from __future__ import annotations

from builder.diagnostics.codes.rule import ERROR, Rule

RULES = (
    Rule(
        "lock-unknown",
        ERROR,
        "There is no {what} “{name}”.{did_you_mean}",
        "Write the file of a page as under “pages:”, such as topic.md, or the id of a module.",
        "A lock names what is done first: pages by their files, modules by their ids or titles, "
        "and under “passed:” quizzes by their files. The id of a module stays when it is retitled.",
    ),
    Rule(
        "lock-empty",
        ERROR,
        "This lock names nothing that could be done.",
        "List pages or modules under “locked:”, or delete it.",
        "A page or a module opens once everything that its lock names is done. “locked:” takes one "
        "name, a list of names, or “done:” and “passed:” with a list each.",
    ),
    Rule(
        "lock-quiz",
        ERROR,
        "“{page}” is no quiz, and cannot be passed.",
        "Write it under “done:”, or name a page with “kind: quiz”.",
        "Only a quiz has a pass mark. A page is done once it has been visited, a record once it is "
        "filled in, a quiz once it has been taken to its end.",
    ),
    Rule(
        "lock-open",
        ERROR,
        "“{page}” cannot be locked: {reason}.",
        "Take it out of what is locked.",
        "A course opens at its first page. Help is open at any time: whoever needs it does not "
        "have to finish anything first.",
    ),
    Rule(
        "lock-circle",
        ERROR,
        "“{page}” would never open: it waits for “{name}”, which {how}.",
        "Delete this name, or unlock what it waits for.",
        "What a page waits for must be within reach without that page.",
    ),
    Rule(
        "lock-untracked",
        ERROR,
        "With “pages: none” under “tracking:” nobody knows later whether “{page}” was visited.",
        "Write “pages: all”, or let the lock wait for a quiz or a record.",
        "Without “pages: all” only the place is kept between two visits: what had been open would "
        "be locked again.",
    ),
)
