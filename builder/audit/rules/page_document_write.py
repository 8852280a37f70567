"""Scripts that are written into the page from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.audit.places import place, written
from builder.audit.rules.rule import (
    ANYWHERE,
    WARNING,
    Fault,
    Package,
    Rule,
    Text,
)

_WRITTEN = re.compile(
    rb"""document\.write(?:ln)?\(\s*["'][^\n]{0,40}?<script[^>\n]{0,200}?src=\\?["']?\\?["']?"""
    rb"""((?:https?:)?//[^"'\\\s>]{1,200})""",
    re.IGNORECASE,
)


def _judge(package: Package, text: Text) -> Iterator[Fault]:
    found = written(_WRITTEN, text)
    if found:
        address = found[1].decode("utf-8", "replace")
        yield Fault(place(text, found.start()), {"address": address})


RULE = Rule(
    code="page-document-write",
    severity=WARNING,
    message="The page writes a script of another site into itself: “{address}”.",
    hint="Put the script into the package, and name it in a script element.",
    explanation=(
        "Chrome does not run a script of another site that was written with "
        "document.write where the line is slow."
    ),
    effects={
        ANYWHERE: ("on a slow line, Chrome does not load it, and what depends on it does not work"),
    },
    summary="A page writes a script of another site into itself.",
    source="facts/packages.md#pages",
    wrong='document.write("<script src=\'//example.org/lms.js\'></scr" + "ipt>")',
    right='<script src="lms.js"></script>',
    scan=_judge,
    marks=(b"document.write",),
)
