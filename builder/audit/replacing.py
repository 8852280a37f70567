"""What becomes of those who have begun when one package takes the place of another
(facts/packages.md#replacing-a-package)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from builder import compare
from builder.audit import kinds
from builder.audit.finding import Finding
from builder.audit.manifest import Launch, Manifest
from builder.audit.package import Package, RefusedError, opened
from builder.audit.rules import (
    update_identifiers,
    update_kind,
    update_launch,
    update_mastery,
    update_title,
    update_unreadable,
)
from builder.audit.rules.rule import Fault, some
from builder.audit.titles import title_of
from builder.compare import Comparison
from builder.diagnostics import Position

__all__ = ["Comparison", "judge"]


def judge(path: Path, new: Package, against: Path) -> tuple[list[Finding], Comparison | None]:
    """The findings of ``new``, the package at ``path``, as the successor of the one at ``against``.

    Where both are packages of ours, also what ``diff`` says, unless a manifest was written anew
    since: then what the courses say of themselves is not what an LMS goes by.
    """
    try:
        with opened(against) as old:
            found = list(_judged(old, new))
    except RefusedError as refused:
        return [_unreadable(against.name, str(refused))], None
    compared = _compared(against, path)
    rewritten = any(one.code == update_identifiers.RULE.code for one in found)
    return found, None if compared and compared.same_course and rewritten else compared


def _compared(old: Path, new: Path) -> Comparison | None:
    if old.is_dir() or new.is_dir():
        return None
    (before, _), (after, _) = compare.read(old), compare.read(new)
    if before is None or after is None:
        return None
    return compare.compare(before, after, compare.same_bytes(old, new))


def _unreadable(name: str, problem: str) -> Finding:
    return update_unreadable.RULE.finding(Fault(Position(name), {"problem": problem}))


def _judged(old: Package, new: Package) -> Iterator[Finding]:
    before, after = old.manifest, new.manifest
    if before is None or before.root is None:
        yield _unreadable(old.name, "it has no manifest that can be read")
        return
    if after is None or after.root is None:
        return
    was, now = (kinds.kind_of(one)[0] for one in (old, new))
    if was is not now:
        place = after.at(next(after.all("schemaversion"), after.root))
        yield update_kind.RULE.finding(Fault(place, {"old": was, "new": now}))
    yield from _identifiers(before, after)
    yield from _launches(before, after)
    yield from _titles(before, after)
    yield from _mastery(before, after)


def _items(manifest: Manifest) -> dict[str, Launch]:
    """What is recorded, by the identifier that LMSs keep it by."""
    return {
        one.item.get("identifier", ""): one for one in manifest.launches if one.item is not None
    }


def _identifiers(before: Manifest, after: Manifest) -> Iterator[Finding]:
    kept = _items(after)
    gone = {name: one for name, one in _items(before).items() if name not in kept}
    if gone:
        first = next(iter(gone))
        count = f"{len(gone)} of {len(_items(before))}"
        item = gone[first].item
        words = {
            "count": count,
            "identifier": first,
            "title": "" if item is None else title_of(item),
        }
        place = after.at(next(after.all("item"), None))
        yield update_identifiers.RULE.finding(Fault(place, words, some(gone)))


def _launches(before: Manifest, after: Manifest) -> Iterator[Finding]:
    now = _items(after)
    for name, one in _items(before).items():
        if name in now and now[name].href != one.href:
            words = {"old": one.href, "new": now[name].href}
            yield update_launch.RULE.finding(Fault(after.at(now[name].resource), words))


def _titles(before: Manifest, after: Manifest) -> Iterator[Finding]:
    now = _items(after)
    for name, one in _items(before).items():
        if name not in now:
            continue
        old, new = (_title(item) for item in (one.item, now[name].item))
        if old != new:
            words = {"old": old, "new": new}
            yield update_title.RULE.finding(Fault(after.at(now[name].item), words))


def _title(item: etree._Element | None) -> str:
    return "" if item is None else title_of(item)


def _mastery(before: Manifest, after: Manifest) -> Iterator[Finding]:
    old, new = (one.text_of("masteryscore") for one in (before, after))
    if old != new:
        words = {"old": old or "none", "new": new or "none"}
        place = after.at(next(after.all("masteryscore"), None))
        yield update_mastery.RULE.finding(Fault(place, words))
