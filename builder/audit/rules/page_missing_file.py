"""Files that a page names and that are not there."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.markup import missing
from builder.audit.places import place_in
from builder.audit.rules.rule import (
    ANYWHERE,
    ERROR,
    WARNING,
    Fault,
    Package,
    Rule,
    Text,
    some,
)
from builder.diagnostics import Severity


def _judge(package: Package, page: Text) -> Iterator[Fault]:
    others: dict[str, int] = {}
    scripts: dict[str, int] = {}
    launched = {one.path for one in package.manifest.launches} if package.manifest else ()
    for reference in missing(package, page):
        # Without its scripts a page that is launched does not start.
        starts = reference.tag == "script" and page.name in launched
        (scripts if starts else others).setdefault(reference.address, reference.offset)
    yield from _fault(page, scripts, ERROR)
    yield from _fault(page, others, None)


def _fault(page: Text, absent: dict[str, int], severity: Severity | None) -> Iterator[Fault]:
    if absent:
        first, offset = next(iter(absent.items()))
        count = "1 file that is" if len(absent) == 1 else f"{len(absent)} files that are"
        words = {"page": page.name, "count": count, "path": first}
        yield Fault(place_in(page, offset), words, some(absent), severity=severity)


RULE = Rule(
    code="page-missing-file",
    severity=WARNING,
    message="“{page}” names {count} not in the package, such as “{path}”.",
    hint="Export again. If the page is not used any more, delete it.",
    explanation="Pictures, scripts and pages are looked for beside the page that names them.",
    effects={
        ANYWHERE: (
            "trainees see a gap or an error page, and a script that is missing may stop the course"
        ),
    },
    summary="A page names files that are not in the package.",
    source="facts/packages.md#pages",
    wrong='<img src="plan.png">, without plan.png',
    right='<img src="plan.png">, with plan.png',
    of_pages=True,
    scan=_judge,
)
