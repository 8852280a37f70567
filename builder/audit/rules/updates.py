"""Audit rules about updates: what happens to trainees' progress when a package replaces another one
(facts/packages.md#replacing-a-package)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from builder import updating
from builder.audit.detection import kind_of
from builder.audit.findings import ANYWHERE, Cost, Finding
from builder.audit.manifest import Launch, Manifest, title_of
from builder.audit.package import Package, RefusedError, open_package
from builder.audit.rules.rule import ALL_KINDS, ERROR, WARNING, Fault, Rule, in_moodle, some
from builder.diagnostics.diagnostic import Position
from builder.updating import Comparison


def _update_identifiers(before: Manifest, after: Manifest) -> Iterator[Fault]:
    kept = _items(after)
    gone = {name: one for name, one in _items(before).items() if name not in kept}
    if gone:
        first = next(iter(gone))
        words = {
            "count": f"{len(gone)} of {len(_items(before))}",
            "identifier": first,
            "title": _title(gone[first].item),
        }
        yield Fault(after.at(next(after.all("item"), None)), words, some(gone))


def _update_launch(before: Manifest, after: Manifest) -> Iterator[Fault]:
    for old, new in _kept_items(before, after):
        if new.href != old.href:
            yield Fault(after.at(new.resource), {"old": old.href, "new": new.href})


def _update_mastery(before: Manifest, after: Manifest) -> Iterator[Fault]:
    old, new = (one.text_of("masteryscore") for one in (before, after))
    if old != new:
        words = {"old": old or "none", "new": new or "none"}
        yield Fault(after.at(next(after.all("masteryscore"), None)), words)


def _update_title(before: Manifest, after: Manifest) -> Iterator[Fault]:
    for old, new in _kept_items(before, after):
        if _title(old.item) != _title(new.item):
            words = {"old": _title(old.item), "new": _title(new.item)}
            yield Fault(after.at(new.item), words)


def _items(manifest: Manifest) -> dict[str, Launch]:
    """What the items of a manifest launch, by the identifier under which LMSs keep results."""
    return {
        one.item.get("identifier", ""): one for one in manifest.launches if one.item is not None
    }


def _kept_items(before: Manifest, after: Manifest) -> Iterator[tuple[Launch, Launch]]:
    """What the items that are in both manifests launch: for each item, the launch in the manifest
    ``before`` and that in the manifest ``after``."""
    now = _items(after)
    return ((one, now[name]) for name, one in _items(before).items() if name in now)


def _title(item: etree._Element | None) -> str:
    return "" if item is None else title_of(item)


RULES = (
    Rule(
        "update-unreadable",
        ERROR,
        "The old package cannot be compared: {problem}.",
        "Give the zip that is in the LMS now.",
        "Both packages need a manifest that can be read.",
        summary="The old package cannot be compared.",
        effects={ANYWHERE: "nobody can say what happens to trainees who have started"},
        source="facts/packages.md#replacing-a-package",
        wrong="--against notes.zip",
        right="--against course-1.zip",
        kinds=ALL_KINDS,
    ),
    Rule(
        "update-identifiers",
        ERROR,
        "Identifiers of the old package are not in this one: {count}, such as “{identifier}” "
        "(“{title}”).",
        "Write the old identifiers into the items of the new manifest, or publish it from the same "
        "project in the authoring tool. Otherwise add it as a new activity, and keep the old one "
        "for trainees who have started.",
        "LMSs save results by the identifier of the item. An item with another identifier is a new "
        "item.",
        summary="Identifiers of the old package are not in this one.",
        effects={
            **in_moodle("the update deletes everybody’s results there: status, score and bookmark"),
            ANYWHERE: "everybody starts this part again",
        },
        cost=Cost.RESULT,
        source="facts/packages.md#replacing-a-package",
        wrong='<item identifier="item_1732"> in the place of <item identifier="item_1701">',
        right='<item identifier="item_1701">, as before',
        judge_update=_update_identifiers,
    ),
    Rule(
        "update-launch",
        WARNING,
        "The old package launches “{old}”, this one “{new}”.",
        "Keep the name if you can. Otherwise ask trainees who have the course open to open it "
        "again.",
        "Bookmarks, and pages that are open during the update, use the old address.",
        summary="The launched file is not the same as in the old package.",
        effects={
            ANYWHERE: (
                "trainees who have the course open get an error at the next page; their bookmark "
                "is kept if the identifier is"
            )
        },
        cost=Cost.RESULT,
        source="facts/packages.md#replacing-a-package",
        wrong='<resource href="start.html" …>, was index.html',
        right='<resource href="index.html" …>, as before',
        judge_update=_update_launch,
    ),
    Rule(
        "update-mastery",
        WARNING,
        "The mastery score was {old} and is now {new}.",
        "Check that this is intended. Trainees who have passed stay passed; tell the others.",
        "An LMS that uses the mastery score applies the new one from the next visit.",
        summary="The mastery score is not the same as in the old package.",
        effects={
            **in_moodle(
                "trainees who have started are judged by the new mark at the end of their "
                "next visit"
            ),
            "rustici": "trainees who have started are judged by the new mark at the end of their "
            "next visit",
            "scorm-again": "trainees who have started are judged by the new mark at the end of "
            "their next visit",
        },
        cost=Cost.RESULT,
        source="facts/packages.md#replacing-a-package",
        wrong="<adlcp:masteryscore>90</adlcp:masteryscore>, was 80",
        right="<adlcp:masteryscore>80</adlcp:masteryscore>, as before",
        judge_update=_update_mastery,
    ),
    Rule(
        "update-title",
        WARNING,
        "The item “{old}” is now called “{new}”.",
        "Nothing, if it is the same course with a new title. If it is another course, add it as a "
        "new activity.",
        "Results belong to the identifier, whatever the title: a report shows the old result under "
        "the new title.",
        summary="The title of an item is not the same as in the old package.",
        effects={ANYWHERE: "old results are shown under the new title"},
        source="facts/packages.md#replacing-a-package",
        wrong="<title>Fire safety</title>, was <title>First aid</title>",
        right="<title>First aid 2</title>, was <title>First aid</title>",
        judge_update=_update_title,
    ),
    Rule(
        "update-kind",
        ERROR,
        "The old package is {old}, this one {new}.",
        "If trainees have started, export the new package as {old}, or add it as a new activity.",
        "A course cannot read what an LMS recorded for a course of another standard.",
        summary="The old package follows another standard.",
        effects={ANYWHERE: "bookmarks and answers of trainees who have started are lost"},
        cost=Cost.RESULT,
        source="facts/packages.md#replacing-a-package",
        wrong="SCORM 2004, was SCORM 1.2",
        right="SCORM 1.2, as before",
    ),
)


_BY_CODE = {rule.code: rule for rule in RULES}


def judge(path: Path, new: Package, against: Path) -> tuple[list[Finding], Comparison | None]:
    """The findings of ``new``, the package at ``path``, as an update of the package at ``against``.

    If scorm-builder made both packages, also compares them as ``diff`` does. The comparison is
    ``None`` otherwise, or if someone has changed the identifiers in a manifest after the build: an
    LMS follows the manifest, not ``course.json``.
    """
    try:
        with open_package(against) as old:
            found = list(_find(old, new))
    except RefusedError as refused:
        return [_unreadable(against.name, str(refused))], None
    compared = _compare(against, path)
    rewritten = any(one.code == "update-identifiers" for one in found)
    return found, None if compared and compared.same_course and rewritten else compared


def _compare(old: Path, new: Path) -> Comparison | None:
    if old.is_dir() or new.is_dir():
        return None
    (before, _), (after, _) = updating.read(old), updating.read(new)
    if before is None or after is None:
        return None
    return updating.compare(before, after, updating.same_bytes(old, new))


def _unreadable(name: str, problem: str) -> Finding:
    return _BY_CODE["update-unreadable"].finding(Fault(Position(name), {"problem": problem}))


def _find(old: Package, new: Package) -> Iterator[Finding]:
    before, after = old.manifest, new.manifest
    if before is None or before.root is None:
        yield _unreadable(old.name, "it has no manifest that can be read")
        return
    if after is None or after.root is None:
        return
    was, now = (kind_of(one)[0] for one in (old, new))
    if was is not now:
        place = after.at(next(after.all("schemaversion"), after.root))
        yield _BY_CODE["update-kind"].finding(Fault(place, {"old": was, "new": now}))
    for rule in RULES:
        if rule.judge_update is not None:
            yield from map(rule.finding, rule.judge_update(before, after))
