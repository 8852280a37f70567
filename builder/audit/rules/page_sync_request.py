"""Requests for which the page stops."""

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

_REQUEST = re.compile(
    rb"""\.open\(\s*["'](?:POST|PUT)["']\s*,\s*(["'][^"'\n]{1,200}["']|[\w.]{1,60})\s*,"""
    rb"""\s*(?:false|!1)\s*[,)]""",
    re.IGNORECASE,
)


_OTHERS = (b"aicc", b"x-experience-api")
"""What a script has that can talk to LMSs of other standards, too: they are sent requests, while
those of SCORM are called."""


def _judge(package: Package, text: Text) -> Iterator[Fault]:
    if any(other in text.content.lower() for other in _OTHERS):
        return
    found = written(_REQUEST, text)
    if found:
        address = found[1].decode("utf-8", "replace").strip("\"'")
        yield Fault(place(text, found.start()), {"address": address})


RULE = Rule(
    code="page-sync-request",
    severity=WARNING,
    message="The course sends a request for which the page stands still, to “{address}”.",
    hint=(
        "Update the authoring tool, or ask its maker: such a request has to be sent in "
        "the background, or with sendBeacon when the page goes away."
    ),
    explanation=(
        "Browsers refuse a synchronous request while a page is closed, and are giving it "
        "up altogether."
    ),
    effects={
        ANYWHERE: "what is sent while the window is closed is lost",
    },
    summary="The course sends a request for which the page stands still.",
    source="facts/packages.md#pages",
    wrong='request.open("POST", "save", false)',
    right='navigator.sendBeacon("save", data)',
    scan=_judge,
    marks=(
        b"false",
        b"!1",
    ),
)
