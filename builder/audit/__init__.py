"""Finds the faults of a third-party package, and the LMSs in which they matter.

From Python::

    from pathlib import Path
    from builder.audit import audit

    audited = audit(Path("course.zip"), systems=("moodle", "docebo"))
    for finding in audited.findings:
        print(finding.severity, finding.code, finding.message)
        for effect in finding.effects:
            print("   ", effect.lms, effect.what)
    print(audited.verdicts["moodle"])
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from builder.audit import launching, rules, texts
from builder.audit.detection import kind_of, library_of, tool_of
from builder.audit.findings import (
    ANYWHERE,
    Audited,
    Effect,
    Facts,
    Finding,
    Kind,
    Tool,
    Verdict,
    weight,
)
from builder.audit.manifest import Manifest, own_title
from builder.audit.package import Package, RefusedError, Text, open_package
from builder.audit.rules import updates
from builder.audit.rules.rule import some
from builder.audit.systems import SYSTEMS, System
from builder.diagnostics.diagnostic import Severity
from builder.updating import Comparison

__all__ = [
    "ANYWHERE",
    "SYSTEMS",
    "Audited",
    "Effect",
    "Facts",
    "Finding",
    "Kind",
    "Launchable",
    "RefusedError",
    "System",
    "Tool",
    "Verdict",
    "audit",
    "describe",
]


def audit(
    path: Path,
    systems: Collection[str] = tuple(SYSTEMS),
    against: Path | None = None,
) -> Audited:
    """Judge the package at ``path``, a zip or a folder, by its files.

    ``systems`` are ids of ``SYSTEMS``; findings that matter in none of them are only counted.
    ``against`` is the package that this one will replace. Raises ``OSError`` if ``path`` cannot be
    read and ``KeyError`` for an unknown LMS, but never because of the content of a file. Takes a
    few seconds and at most 200 MiB, writes nothing and uses no network.
    """
    chosen = tuple(lms for lms in SYSTEMS if lms in {SYSTEMS[name].id for name in systems})
    try:
        with open_package(path) as package:
            facts = _facts(package)
            found = [*_find(package, facts.kind)]
            compared = None
            if against is not None:
                more, compared = updates.judge(path, package, against)
                found += more
            return _result(facts, chosen, found, _limits(package), compared)
    except RefusedError as refused:
        name = path.resolve().name
        facts = Facts(name, Kind.UNREADABLE, packed=0 if path.is_dir() else path.stat().st_size)
        return _result(facts, chosen, [rules.refused(name, refused)], (_UNREAD,))


_UNREAD = "Nothing in the package was read."
_NOT_12 = (
    "A {kind} package has sequencing rules and an API of its own, for which there are few checks."
)


@dataclass(frozen=True, slots=True)
class Launchable:
    """A package that the simulated LMSs can open: its ``facts``, its ``items`` as
    ``launching.items_of`` has them, and ``notices`` for the person who opens it."""

    facts: Facts
    items: tuple[dict[str, str], ...]
    notices: tuple[str, ...]


def describe(path: Path) -> Launchable:
    """Read what is needed to open the package at ``path``.

    Raises ``RefusedError`` with the reason if the simulated LMSs cannot open it, and ``OSError`` if
    ``path`` cannot be read.
    """
    with open_package(path) as package:
        launching.check(package)
        notices = tuple(launching.notices(package))
        return Launchable(_facts(package), launching.items_of(package), notices)


def _limits(package: Package) -> Iterator[str]:
    kind, edition = kind_of(package)
    if kind is Kind.SCORM_2004:
        yield _NOT_12.format(kind=f"{kind.value} {edition}".rstrip())
    yield from package.not_reached


def _result(
    facts: Facts,
    systems: tuple[str, ...],
    found: Iterable[Finding],
    not_reached: Iterable[str],
    comparison: Comparison | None = None,
) -> Audited:
    every = [*_merge_equal(sorted(set(found), key=weight))]
    kept = tuple(one for one in every if any(map(one.matters_in, systems)))
    return Audited(
        facts=facts,
        systems=systems,
        findings=kept,
        elsewhere=len(every) - len(kept),
        not_reached=tuple(not_reached),
        comparison=comparison,
    )


def _merge_equal(found: Iterable[Finding]) -> Iterator[Finding]:
    """Merge findings that differ only in position and message into one, which lists them as
    evidence."""
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for one in found:
        key = (one.code, one.severity, one.hint, one.effects)
        alike.setdefault(key, []).append(one)
    for group in alike.values():
        if len(group) == 1:
            yield group[0]
        else:
            same = len({one.message for one in group}) == 1
            places = (
                f"{one.position}" if same else f"{one.position}: {one.message}" for one in group
            )
            yield replace(group[0], evidence=some(places), count=len(group))


def _find(package: Package, kind: Kind) -> Iterator[Finding]:
    for rule in rules.RULES:
        if kind in rule.kinds:
            yield from rule.findings(package)
    scanning = [rule for rule in rules.RULES if rule.judge_text and kind in rule.kinds]
    reached = frozenset(texts.reached_texts(package))
    for kept in package.programs():
        if kept.name not in reached and texts.is_in_library(kept.name):
            continue
        # A fresh text, so that its cached properties do not stay in memory.
        text = Text(kept.name, kept.content)
        lowered = text.content.lower()
        for rule in scanning:
            if rule.judge_text is None or (rule.of_pages and not text.is_page):
                continue
            if not rule.marks or any(mark in lowered for mark in rule.marks):
                faults = rule.judge_text(package, text)
                # Only a warning if no launched page leads to the text: trainees may never see it.
                least = None if kept.name in reached else Severity.WARNING
                yield from (
                    rule.finding(replace(one, severity=least or one.severity)) for one in faults
                )


def _facts(package: Package) -> Facts:
    kind, edition = kind_of(package)
    tool = tool_of(package)
    facts = Facts(
        name=package.name,
        kind=kind,
        edition=edition,
        tool=tool,
        library="" if tool else library_of(package),
        files=len(package.files),
        size=package.size,
        packed=package.packed,
    )
    manifest = package.manifest
    return facts if manifest is None else _with_manifest(facts, manifest)


def _title(manifest: Manifest) -> str:
    titles = map(own_title, manifest.all("organization", "item"))
    return next(filter(None, titles), "")


def _with_manifest(facts: Facts, manifest: Manifest) -> Facts:
    first = next(iter(manifest.launches), None)
    return replace(
        facts,
        title=_title(manifest),
        identifier="" if manifest.root is None else manifest.root.get("identifier", ""),
        launch=(first.path or first.href) if first else "",
        scos=len(manifest.scos),
    )
