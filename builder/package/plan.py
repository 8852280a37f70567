"""Chooses the names of the package, of its media and of the manifest's elements, which rendering
needs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from builder.course import targets
from builder.course.model import Course, Refresher
from builder.course.test_out import with_test_pages
from builder.package.artifacts import REFRESHER, Plan, hashed_name, name_of_file
from builder.package.outline import Identifiers


def plan(course: Course, only: bool = False) -> Plan:
    """Choose the names for a course: identifiers in the manifest, names of files and media.
    The plan's course has the generated pages of test-outs.

    ``only`` is whether the package has no other languages; its name then has the language too.
    """
    course = with_test_pages(course)
    media = _media(course, course.media_used())
    styles = course.theme.stylesheet
    text = ""
    if styles:
        # In the package, the stylesheet is in the same folder as all other media.
        beside = {path: PurePosixPath(name).name for path, name in media.items()}
        text = targets.replace_files(styles.text, styles.path, beside)
        media[styles.path] = _media_name(styles.path, hashlib.sha256(text.encode()).hexdigest())
    others = tuple(one.language for one in course.translations)
    languages = (course.language, *others) if others else ()
    accepted = _accepted(course) if others else {}
    source = Plan(
        course=course,
        identifiers=_identifiers(course.activity),
        package_name="",
        key_name="",
        media=media,
        styles=text,
        translations=tuple(
            _translation(one, media, languages, accepted) for one in course.translations
        ),
        languages=languages,
        accepted=accepted,
    )
    name = f"{course.id}-{course.version}"
    if course.refresher:
        name += f"-{refresher_name(course.refresher)}"
    name = name_of_file(name, course.language if only else "")
    name += "-draft" if source.draft else ""
    return replace(source, package_name=f"{name}.zip", key_name=f"{name}-key.csv")


def _translation(
    course: Course,
    shared: Mapping[str, str],
    languages: tuple[str, ...],
    accepted: Mapping[str, Mapping[str, Sequence[str]]],
) -> Plan:
    """The plan of a translation within the package of its source language, whose media is
    ``shared``. Files that a page or the cover shows may be others than those of the source."""
    theme = frozenset(course.theme.media())
    own = _media(course, course.media_used() - theme)
    return Plan(
        course=course,
        identifiers=_identifiers(course.activity),
        package_name="",
        key_name="",
        media={**{path: shared[path] for path in theme}, **own},
        styles="",
        tag=course.language,
        languages=languages,
        accepted=accepted,
    )


def refresher_name(refresher: Refresher) -> str:
    """The part of a package's name that says which version the trainees of a refresher completed.

    Two packages of one version have different digests.
    """
    return f"{REFRESHER}-{refresher.version}-{refresher.digest[:6]}"


def _accepted(course: Course) -> dict[str, dict[str, tuple[str, ...]]]:
    """The accepted answers of each question that is answered in words: see ``Plan.accepted``."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for tag, one in [("", course), *((one.language, one) for one in course.translations)]:
        for question in one.questions:
            if "accepted" in question.answer:
                found.setdefault(question.id, {})[tag] = tuple(question.answer["accepted"])
    return found


def _media(course: Course, paths: Iterable[str]) -> dict[str, str]:
    return {path: _media_name(path, course.media[path].sha256) for path in sorted(paths)}


def _identifiers(course: str) -> Identifiers:
    # SuccessFactors distinguishes courses by the first 15 characters
    # (facts/scorm-1.2.md#identifiers).
    stem = f"{hashlib.sha256(course.encode()).hexdigest()[:10]}-{course}"
    return Identifiers(
        manifest=f"sb-{stem}",
        organization=f"org-{stem}",
        item=f"sco-{stem}",
        resource=f"res-{stem}",
    )


def _media_name(path: str, sha256: str) -> str:
    name = PurePosixPath(path)
    return hashed_name("media", name.stem, sha256, name.suffix)
