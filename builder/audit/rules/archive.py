"""The zip itself: whether it can be unpacked, how it is written, and its size."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.findings import Cost
from builder.audit.rules.rule import (
    ALL_KINDS,
    ANYWHERE,
    ERROR,
    WARNING,
    Fault,
    Package,
    Position,
    Rule,
    some,
)


def _zip_encrypted(package: Package) -> Iterator[Fault]:
    locked = [one.name for one in package.entries if one.encrypted]
    if locked:
        more = f", and so can {len(locked) - 1} more" if len(locked) > 1 else ""
        yield Fault(Position(package.name), {"name": locked[0], "more": more}, some(locked))


_METHODS = {9: "Deflate64", 12: "BZip2", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd"}


def _zip_method(package: Package) -> Iterator[Fault]:
    odd = [one for one in package.entries if one.method not in (0, 8) and not one.encrypted]
    if odd:
        method = _METHODS.get(odd[0].method, f"method {odd[0].method}")
        more = f", and so are {len(odd) - 1} more" if len(odd) > 1 else ""
        words = {"name": odd[0].name, "method": method, "more": more}
        yield Fault(Position(package.name), words, some(one.name for one in odd))


def _zip_damaged(package: Package) -> Iterator[Fault]:
    locked = {one.name for one in package.entries if one.encrypted or one.method not in (0, 8)}
    for name, problem in package.damaged.items():
        if name not in locked:
            yield Fault(Position(name), {"problem": problem})


def _zip_duplicate(package: Package) -> Iterator[Fault]:
    seen: set[str] = set()
    for entry in package.entries:
        if entry.name in seen:
            yield Fault(Position(entry.name), {"name": entry.name})
        seen.add(entry.name)


def _zip_backslash(package: Package) -> Iterator[Fault]:
    odd = [one.name for one in package.entries if "\\" in one.name]
    if odd:
        yield Fault(Position(package.name), {"name": odd[0]}, some(odd))


def _zip_64(package: Package) -> Iterator[Fault]:
    if package.zip64:
        yield Fault(Position(package.name))


def _zip_late(package: Package) -> Iterator[Fault]:
    if package.begins_late:
        yield Fault(Position(package.name))


def _zip_inside(package: Package) -> Iterator[Fault]:
    for name in package.files:
        if name.lower().endswith(".zip"):
            yield Fault(Position(name), {"name": name})


_UPLOAD_LIMITS = {"cornerstone": 250, "scormhost": 100}
"""Maximum size of an upload, in megabytes."""
_UPLOAD_LIMITS_IN_WORDS = {
    "cornerstone": "Cornerstone takes 250",
    "scormhost": "scormhost takes 100",
}


def _size_limit(package: Package) -> Iterator[Fault]:
    over = [lms for lms, limit in _UPLOAD_LIMITS.items() if package.packed > limit * 1_000_000]
    if over:
        largest = sorted(package.files, key=lambda name: -package.files[name])[:3]
        words = {
            "size": f"{package.packed / 1_000_000:,.0f}",
            "who": ", ".join(_UPLOAD_LIMITS_IN_WORDS[lms] for lms in over),
            "largest": ", ".join(largest),
        }
        yield Fault(Position(package.name), words, tuple(largest), frozenset(over))


RULES = (
    Rule(
        "zip-refused",
        ERROR,
        "This file cannot be looked into: {problem}.",
        "Download or export the package again, and upload that very file: not one that was "
        "unpacked, zipped again or sent through a service that repacks it.",
        "A package is a plain zip file. What leads out of its folder, holds links, or "
        "unpacks to far more than it is, is refused before anything of it is read.",
        summary="This file cannot be looked into: it is no zip, or one that would do harm.",
        effects={ANYWHERE: "the upload is refused"},
        cost=Cost.ACCESS,
        source="facts/packages.md#zip",
        wrong="course.zip: a web page with an error message, saved as a zip",
        right="course.zip: the file as the authoring tool has written it",
        kinds=ALL_KINDS,
    ),
    Rule(
        "zip-encrypted",
        ERROR,
        "“{name}” can only be opened with a password{more}.",
        "Export the package without a password. Who may open the course is for the LMS to decide.",
        "SCORM 1.2 wants a plain zip (PKZIP 2.04g). No LMS asks for a password when it "
        "unpacks a package.",
        summary="Files in the zip can only be opened with a password.",
        effects={ANYWHERE: "the upload fails, or the file is missing in the course"},
        cost=Cost.ACCESS,
        source="facts/packages.md#zip",
        wrong="zip --encrypt course.zip *",
        right="zip -r course.zip *",
        kinds=ALL_KINDS,
        judge_package=_zip_encrypted,
    ),
    Rule(
        "zip-method",
        WARNING,
        "“{name}” is packed in a way that not every LMS unpacks ({method}){more}.",
        "Zip the folder again with the compression that every program calls “Deflate” or "
        "“normal”: not BZip2, LZMA, Deflate64 or Zstandard.",
        "Packages are zip files of SCORM 1.2’s time: stored or deflated. Windows itself "
        "uses Deflate64 for files over 2 GB, and 7-Zip offers LZMA.",
        summary="Files are packed in a way that not every LMS unpacks.",
        effects={
            ANYWHERE: "where the server does not know it, the upload fails or the file is missing"
        },
        cost=Cost.ACCESS,
        source="facts/packages.md#zip",
        wrong="index.html: method LZMA",
        right="index.html: method Deflate",
        kinds=ALL_KINDS,
        judge_package=_zip_method,
    ),
    Rule(
        "zip-damaged",
        ERROR,
        "The zip is damaged: {problem}.",
        "Get the file again from where it was made: it was cut or changed on its way. If "
        "that does not help, export it again.",
        "Each file in a zip has a checksum. One that does not fit means that the file is "
        "not the one that was packed.",
        summary="The zip is damaged.",
        effects={ANYWHERE: "the upload fails, or the course breaks where this file is needed"},
        cost=Cost.ACCESS,
        source="facts/packages.md#zip",
        wrong="index.html: half of it",
        right="index.html: all of it",
        kinds=ALL_KINDS,
        judge_package=_zip_damaged,
    ),
    Rule(
        "zip-duplicate",
        WARNING,
        "“{name}” is in the zip twice.",
        "Export the package again into an empty folder, or zip it anew: a program has "
        "added to a zip that was there before.",
        "Which of the two an LMS keeps differs: some take the first one, others the last.",
        summary="A file is in the zip twice.",
        effects={ANYWHERE: "which of the two files trainees get is a matter of luck"},
        source="facts/packages.md#zip",
        wrong="index.html\nindex.html",
        right="index.html",
        kinds=ALL_KINDS,
        judge_package=_zip_duplicate,
    ),
    Rule(
        "zip-backslash",
        ERROR,
        "The zip writes paths with backslashes, such as “{name}”.",
        "Zip the folder again, with Windows’ own “Compressed folder” of today, or with 7-Zip.",
        "In a zip, folders end with a forward slash, whatever the system. Older .NET "
        "programs wrote backslashes. On a Linux server they become part of the file’s "
        "name, and no folder is made.",
        summary="The zip writes paths with backslashes.",
        effects={
            "scormhost": "files in folders land beside each other under odd names, and are not "
            "found",
            "strict": "the zip is not as its standard wants",
        },
        cost=Cost.ACCESS,
        source="facts/packages.md#zip",
        wrong="pages\\one.html",
        right="pages/one.html",
        kinds=ALL_KINDS,
        judge_package=_zip_backslash,
    ),
    Rule(
        "zip-64",
        WARNING,
        "The zip is written in the form ZIP64, which SCORM 1.2 does not know.",
        "Zip the folder again with another program. If the package is over 2 GB, take "
        "videos out of it and link to them.",
        "ZIP64 came after SCORM 1.2. Most servers read it today, some importers do not.",
        effects={"strict": "the package is no PKZIP 2.04g file, as SCORM 1.2 wants"},
        cost=Cost.ACCESS,
        source="facts/scorm-1.2.md#files",
        wrong="course.zip: ZIP64",
        right="course.zip: plain",
        kinds=ALL_KINDS,
        judge_package=_zip_64,
    ),
    Rule(
        "zip-late",
        WARNING,
        "Something stands in the file before the zip begins.",
        "Export the package again. If it came by mail or download, get it once more.",
        "A zip is found by its end, so that programs open it although something else "
        "comes first; strict importers look at its first bytes and see no zip.",
        effects={ANYWHERE: "an LMS that looks at the first bytes of an upload takes it for no zip"},
        cost=Cost.ACCESS,
        source="facts/packages.md#zip",
        wrong="course.zip: a program that unpacks itself",
        right="course.zip: the zip alone",
        kinds=ALL_KINDS,
        judge_package=_zip_late,
    ),
    Rule(
        "zip-inside",
        WARNING,
        "“{name}” is a zip inside the package.",
        "If it is the package itself, take it out and upload it. If trainees are to "
        "download it, put it where the LMS keeps documents, and link to it.",
        "LMSs unpack the package only, and none of the zips in it. Some refuse them, as "
        "anything could be in them.",
        summary="There is a zip inside the package.",
        effects={"tovuti": "the upload is refused"},
        source="facts/packages.md#upload",
        wrong="course/handouts.zip",
        right="course/handouts.pdf",
        judge_package=_zip_inside,
    ),
    Rule(
        "size-limit",
        WARNING,
        "The package has {size} MB: {who}.",
        "Make videos and pictures smaller, which is where nearly all of it is: {largest}.",
        "Each LMS has a limit for uploads; many can be raised by whoever runs it. Only "
        "limits that are documented are told.",
        summary="The package is larger than an LMS takes.",
        advice="Make videos and pictures smaller, which is where nearly all of it is.",
        effects={
            "cornerstone": "more than 250 MB are not taken",
            "scormhost": "more than 100 MB are not taken, as it comes",
        },
        cost=Cost.ACCESS,
        source="facts/packages.md#size",
        wrong="video/welcome.mp4: 400 MB",
        right="video/welcome.mp4: 40 MB",
        judge_package=_size_limit,
    ),
)
