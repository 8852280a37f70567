"""Programs for a server."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.audit.rules.rule import (
    ERROR,
    Fault,
    Package,
    Position,
    Rule,
)

_ENDINGS = re.compile(
    r".*(?:\.(?:php[0-9]?|phtml|phar|cgi|shtml|sh|aspx?|jspx?|py|rb|pl)|(?:/|^)\.?htaccess)",
    re.IGNORECASE | re.DOTALL,
)


def _judge(package: Package) -> Iterator[Fault]:
    for name in package.files:
        if _ENDINGS.fullmatch(name):
            yield Fault(Position(name), {"name": name})


RULE = Rule(
    code="server-file",
    severity=ERROR,
    message="“{name}” is a program for a web server.",
    hint=(
        "Delete it, and export again: a course runs in the browser only, and nothing in "
        "it may need a server."
    ),
    explanation=(
        "A program that an LMS unpacks into a folder of its web server could be run there "
        "by anybody. So some refuse such a package, and others delete the file."
    ),
    effects={
        "docebo": "the upload is refused",
    },
    summary="A file is a program for a web server.",
    source="facts/packages.md#upload",
    wrong="lib/send.php",
    right="lib/send.js",
    judge=_judge,
)
