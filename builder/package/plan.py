"""Chooses the names of the package, of its media and of the manifest's elements, which rendering
needs."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath

from builder.course import targets
from builder.course.model import Course
from builder.package.artifacts import Plan, hashed_name
from builder.package.outline import Identifiers


def plan(course: Course) -> Plan:
    """Choose the names for a course: identifiers in the manifest, names of files and media."""
    media = {
        path: _media_name(path, course.media[path].sha256) for path in sorted(course.media_used())
    }
    styles = course.theme.stylesheet
    text = ""
    if styles:
        # In the package, the stylesheet is in the same folder as all other media.
        beside = {path: PurePosixPath(name).name for path, name in media.items()}
        text = targets.replace_files(styles.text, styles.path, beside)
        media[styles.path] = _media_name(styles.path, hashlib.sha256(text.encode()).hexdigest())
    name = f"{course.id}-{course.version}{'-draft' if course.draft else ''}"
    return Plan(
        course=course,
        identifiers=_identifiers(course.id),
        package_name=f"{name}.zip",
        key_name=f"{name}-key.csv",
        media=media,
        styles=text,
    )


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
