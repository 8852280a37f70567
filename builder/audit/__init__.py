"""What a package of anybody's will do in the learning systems that people use.

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

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from builder.audit import kinds, replacing, rules
from builder.audit.audited import Audited, Facts, Kind, Tool, Verdict, weight
from builder.audit.finding import ANYWHERE, Effect, Finding
from builder.audit.manifest import Manifest
from builder.audit.package import Package, RefusedError, Text, opened
from builder.audit.rules.rule import some
from builder.audit.systems import SYSTEMS, System
from builder.audit.titles import own_title
from builder.audit.tools import tool_of

__all__ = [
    "ANYWHERE",
    "SYSTEMS",
    "Audited",
    "Effect",
    "Facts",
    "Finding",
    "Kind",
    "System",
    "Tool",
    "Verdict",
    "audit",
]


def audit(
    path: Path, systems: Collection[str] = tuple(SYSTEMS), against: Path | None = None
) -> Audited:
    """Judge the package at ``path``, a zip or a folder, by what can be read off its files.

    ``systems`` are ids of ``SYSTEMS``: what matters in none of them is only counted. ``against`` is
    the package that this one will replace. Whatever the files are, nothing is raised but
    ``OSError`` where ``path`` itself cannot be looked at, and ``KeyError`` for an LMS that is not
    known. Takes at most some seconds and 200 MiB, writes nothing and asks no network.
    """
    chosen = tuple(lms for lms in SYSTEMS if lms in {SYSTEMS[name].id for name in systems})
    try:
        with opened(path) as package:
            facts = _facts(package)
            found = [*_found(package, facts.kind)]
            compared = None
            if against is not None:
                more, compared = replacing.judge(path, package, against)
                found += more
            return _audited(facts, chosen, found, package.not_reached, compared)
    except RefusedError as refused:
        name = path.resolve().name
        facts = Facts(name, Kind.UNREADABLE, packed=0 if path.is_dir() else path.stat().st_size)
        return _audited(facts, chosen, [rules.refused(name, refused)], (_UNREAD,))


_TOLD = 20
"""How many findings of a code are told."""
_UNREAD = "Nothing in the package was read."


def _audited(
    facts: Facts,
    systems: tuple[str, ...],
    found: Iterable[Finding],
    not_reached: Iterable[str],
    comparison: replacing.Comparison | None = None,
) -> Audited:
    every, more = _first(_merged(sorted(set(found), key=weight)))
    kept = tuple(one for one in every if any(map(one.matters_in, systems)))
    return Audited(
        facts=facts,
        systems=systems,
        findings=kept,
        elsewhere=len(every) - len(kept),
        not_reached=(*more, *not_reached),
        comparison=comparison,
    )


def _merged(found: Iterable[Finding]) -> Iterator[Finding]:
    """The same fault in several places told once, with all of these as evidence."""
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for one in found:
        alike.setdefault((one.code, one.message, one.hint, one.effects), []).append(one)
    for group in alike.values():
        if len(group) == 1:
            yield group[0]
        else:
            yield replace(group[0], evidence=some(str(one.position) for one in group))


def _first(found: Iterable[Finding]) -> tuple[list[Finding], list[str]]:
    """The first findings of each code, and how many more there are."""
    kept: list[Finding] = []
    number: Counter[str] = Counter()
    for one in found:
        number[one.code] += 1
        if number[one.code] <= _TOLD:
            kept.append(one)
    more = [
        f"{count - _TOLD:,} more places break {code}; the first {_TOLD} are told."
        for code, count in number.items()
        if count > _TOLD
    ]
    return kept, more


def _found(package: Package, kind: Kind) -> Iterator[Finding]:
    for rule in rules.RULES:
        if kind in rule.kinds:
            yield from rule.findings(package)
    scanning = [rule for rule in rules.RULES if rule.scan and kind in rule.kinds]
    for kept in package.programs():
        # What is found out of a text is forgotten with this one.
        text = Text(kept.name, kept.content)
        lowered = text.content.lower()
        for rule in scanning:
            if rule.scan is None or (rule.of_pages and not text.is_page):
                continue
            if not rule.marks or any(mark in lowered for mark in rule.marks):
                yield from map(rule.finding, rule.scan(package, text))


def _facts(package: Package) -> Facts:
    kind, edition = kinds.kind_of(package)
    facts = Facts(
        name=package.name,
        kind=kind,
        edition=edition,
        tool=tool_of(package),
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
