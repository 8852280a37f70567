"""Codes about locks of pages and modules."""

from __future__ import annotations

from builder.diagnostics.codes.rule import ERROR, Rule

RULES = (
    Rule(
        "lock-unknown",
        ERROR,
        "There is no {what} “{name}”.{did_you_mean}",
        "Write the file of a page as it is listed under “pages:”, such as topic.md, or the id of a "
        "module.",
        "A lock names what trainees must do first: pages by their files, modules by their ids or "
        "titles, and under “passed:” quizzes by their files. Prefer the id of a module, because "
        "its title may change.",
    ),
    Rule(
        "lock-empty",
        ERROR,
        "This lock is empty: it names no page, module or quiz.",
        "List pages or modules under “locked:”, or delete “locked:”.",
        "A page or a module opens once trainees have done everything that its lock names. "
        "“locked:” takes one name, a list of names, or “done:” and “passed:” with a list each.",
    ),
    Rule(
        "lock-quiz",
        ERROR,
        "“{page}” is not a quiz, so it cannot be passed.",
        "Write it under “done:”, or name a page with “kind: quiz”.",
        "Only a quiz has a pass mark. A page is done once it has been visited, a record once it is "
        "filled in, a quiz once it has been taken to its end.",
    ),
    Rule(
        "lock-open",
        ERROR,
        "“{page}” cannot be locked: {reason}.",
        "Remove its lock.",
        "A course opens at its first page. Help must always be open: a person who needs it should "
        "not have to finish anything first.",
    ),
    Rule(
        "lock-circle",
        ERROR,
        "“{page}” would never open: it waits for “{name}”, which {how}.",
        "Delete this name, or remove the lock of “{name}”.",
        "If a page waits for something, trainees must be able to do it without opening that page.",
    ),
    Rule(
        "lock-untracked",
        ERROR,
        "This lock needs to know whether “{page}” was visited, but “pages: none” under “tracking:” "
        "does not save that.",
        "Write “pages: all” under “tracking:”, or let the lock wait for a quiz or a record.",
        "Without “pages: all”, only the current page is saved between visits, so pages that had "
        "been opened would be locked again.",
    ),
)
