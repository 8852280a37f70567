"""Audit rules about the zip: whether it can be unpacked, its format and size, and its names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.audit.findings import ANYWHERE, Cost
from builder.audit.package import Package, is_leftover
from builder.audit.rules.rule import ALL_KINDS, ERROR, WARNING, Fault, Rule, in_moodle, some
from builder.diagnostics.diagnostic import Position


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
"""Maximum size of an upload, in megabytes, by LMS."""
_UPLOAD_LIMITS_IN_WORDS = {
    "cornerstone": "Cornerstone accepts 250",
    "scormhost": "scormhost accepts 100",
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


def _name_clash(package: Package) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for name in package.files:
        other = seen.setdefault(name.lower(), name)
        if other != name:
            yield Fault(Position(name), {"name": name, "other": other})


_PLAIN_NAME = re.compile(r"[A-Za-z0-9._~()@+,=!$/-]*")


_WINDOWS_SIGNS = re.compile(r'[:*?"<>|\x00-\x1f]')
_WINDOWS_DEVICES = re.compile(r"(?:.*/)?(?:con|prn|aux|nul|com\d|lpt\d)(?:[./].*)?", re.IGNORECASE)


def _fits_windows(path: str) -> bool:
    """Whether a server with Windows can store a file with this path (facts/packages.md#names)."""
    if _WINDOWS_SIGNS.search(path) or _WINDOWS_DEVICES.fullmatch(path):
        return False
    return not any(part.endswith(".") for part in path.split("/"))


def _name_odd(package: Package) -> Iterator[Fault]:
    odd = [
        name
        for name in package.files
        if not _PLAIN_NAME.fullmatch(name) and _fits_windows(name) and not is_leftover(name)
    ]
    if odd:
        count = "1 file" if len(odd) == 1 else f"{len(odd)} files"
        yield Fault(Position(odd[0]), {"count": count, "name": odd[0]}, some(odd))


def _name_windows(package: Package) -> Iterator[Fault]:
    for name in package.files:
        if not _fits_windows(name):
            yield Fault(Position(name), {"name": name})


_LONGEST_NAME = 200


def _name_long(package: Package) -> Iterator[Fault]:
    for name in package.files:
        if len(name) > _LONGEST_NAME:
            yield Fault(Position(name), {"name": name, "length": len(name)})


_SERVER_PROGRAM = re.compile(
    r".*(?:\.(?:php[0-9]?|phtml|phar|cgi|shtml|sh|aspx?|jspx?|py|rb|pl)|(?:/|^)\.?htaccess)",
    re.IGNORECASE | re.DOTALL,
)


def _server_file(package: Package) -> Iterator[Fault]:
    for name in package.files:
        if _SERVER_PROGRAM.fullmatch(name):
            yield Fault(Position(name), {"name": name})


_REFUSE_ENDING = frozenset(("tovuti",))
_SERVE_AS_TEXT = frozenset(("moodle", "totara"))


def _name_ending(package: Package) -> Iterator[Fault]:
    for name in package.files:
        ending = name.lower().rpartition(".")[2]
        if ending in ("dat", "br"):
            words = {"name": name, "problem": f"some LMSs refuse the ending .{ending}"}
            yield Fault(Position(name), words, only=_REFUSE_ENDING)
        elif ending == "mjs":
            words = {"name": name, "problem": "some LMSs do not serve .mjs as a script"}
            yield Fault(Position(name), words, only=_SERVE_AS_TEXT)


RULES = (
    Rule(
        "zip-refused",
        ERROR,
        "This file cannot be opened: {problem}.",
        "Download or export the package again, and upload exactly that file. Do not unpack it, zip "
        "it again or send it through a service that repacks it.",
        "A package is a plain zip file. A zip with paths outside its folder, with links, or that "
        "unpacks to many times its size is refused before it is read.",
        summary="This file cannot be opened: it is not a zip file, or a harmful one.",
        effects={ANYWHERE: "the upload is refused"},
        cost=Cost.ACCESS,
        source="facts/packages.md#zip",
        wrong="course.zip: a web page with an error message, saved as a zip",
        right="course.zip: the file as the authoring tool wrote it",
        kinds=ALL_KINDS,
    ),
    Rule(
        "zip-encrypted",
        ERROR,
        "“{name}” can only be opened with a password{more}.",
        "Export the package without a password. Control access to the course in the LMS.",
        "SCORM 1.2 requires a plain zip (PKZIP 2.04g). No LMS asks for a password when it unpacks "
        "a package.",
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
        "“{name}” uses a compression method that not every LMS can unpack ({method}){more}.",
        "Zip the folder again with the compression method “Deflate” (often called “normal”), not "
        "BZip2, LZMA, Deflate64 or Zstandard.",
        "SCORM 1.2 packages are zip files in an old format: stored or deflated. Windows itself "
        "uses Deflate64 for files over 2 GB, and 7-Zip offers LZMA.",
        summary="Files use a compression method that not every LMS can unpack.",
        effects={
            ANYWHERE: "if the server does not support it, the upload fails or the file is missing"
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
        "Get the file again from the person who made it: it was cut off or changed in transit. If "
        "that does not help, export it again.",
        "Each file in a zip has a checksum. If it does not match, the file has changed since it "
        "was packed.",
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
        "Export the package again into an empty folder, or zip it again: a program has added files "
        "to an existing zip.",
        "Some LMSs keep the first of the two files, others the last.",
        summary="A file is in the zip twice.",
        effects={ANYWHERE: "trainees may get either of the two files"},
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
        "Zip the folder again, with “Compressed folder” of a current Windows or with 7-Zip.",
        "Paths in a zip use forward slashes on every system. Older .NET programs wrote "
        "backslashes. On a Linux server they become part of the file’s name, and no folder is "
        "created.",
        summary="The zip writes paths with backslashes.",
        effects={
            "scormhost": "files in folders are unpacked to one folder under odd names, and are not "
            "found",
            "strict": "the zip does not follow its standard",
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
        "The zip has the format ZIP64, which SCORM 1.2 does not support.",
        "Zip the folder again with another program. If the package is over 2 GB, take "
        "videos out of it and link to them.",
        "ZIP64 is newer than SCORM 1.2. Most servers can read it today, but some importers cannot.",
        effects={"strict": "the package is not a PKZIP 2.04g file, which SCORM 1.2 requires"},
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
        "The file has other data before the zip begins.",
        "Export the package again. If it came by mail or download, get it once more.",
        "Programs read a zip from its end, so they can open it although other data comes first. "
        "Strict importers look at its first bytes and see no zip.",
        effects={
            ANYWHERE: "an LMS that checks the first bytes of an upload does not recognize it "
            "as a zip"
        },
        cost=Cost.ACCESS,
        source="facts/packages.md#zip",
        wrong="course.zip: a self-extracting program",
        right="course.zip: only the zip",
        kinds=ALL_KINDS,
        judge_package=_zip_late,
    ),
    Rule(
        "zip-inside",
        WARNING,
        "“{name}” is a zip inside the package.",
        "If it is the package itself, take it out and upload it. If trainees should download it, "
        "upload it to the LMS as a document, and link to it.",
        "LMSs unpack only the package, not the zips in it. Some refuse such zips, because they "
        "could contain anything.",
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
        "Make videos and images smaller; the largest files are {largest}.",
        "Each LMS has a limit for uploads; administrators can often raise it. Only documented "
        "limits are reported.",
        summary="The package is larger than an LMS accepts.",
        advice="Make videos and images smaller.",
        effects={
            "cornerstone": "more than 250 MB are refused",
            "scormhost": "more than 100 MB are refused by default",
        },
        cost=Cost.ACCESS,
        source="facts/packages.md#size",
        wrong="video/welcome.mp4: 400 MB",
        right="video/welcome.mp4: 40 MB",
        judge_package=_size_limit,
    ),
    Rule(
        "name-clash",
        WARNING,
        "“{name}” and “{other}” differ only in capitals.",
        "Give one of the two another name, and change it in the pages that use it.",
        "On servers with Windows or macOS, both are the same file: the second replaces the first.",
        summary="Two names differ only in capitals.",
        effects={ANYWHERE: "if the server ignores capitals, one of the two files is lost"},
        cost=Cost.CONTENT,
        source="facts/packages.md#names",
        wrong="images/Logo.png\nimages/logo.png",
        right="images/logo.png\nimages/logo-white.png",
        judge_package=_name_clash,
    ),
    Rule(
        "name-odd",
        WARNING,
        "File names have spaces, accents or special characters: {count}, such as “{name}”.",
        "Use a to z, digits, “-”, “_” and “.” in file names, in the authoring tool’s "
        "media library too, and export again.",
        "LMSs write such names differently in addresses, and zip programs write them differently "
        "in a zip.",
        summary="File names have spaces, accents or special characters.",
        effects={ANYWHERE: "these files may not be found, so images, sounds or pages are missing"},
        cost=Cost.CONTENT,
        source="facts/packages.md#names",
        wrong="images/Überblick 1.png",
        right="images/ueberblick-1.png",
        judge_package=_name_odd,
    ),
    Rule(
        "name-windows",
        WARNING,
        "Windows does not allow a file named “{name}”.",
        'Give the file another name: without : * ? " < > |, without a dot at the end, and not con, '
        "prn, aux, nul, com1 or lpt1.",
        "Some LMSs run on Windows, which reserves these names for devices, or does not allow these "
        "characters in a name.",
        summary="Windows does not allow a file with this name.",
        effects={ANYWHERE: "on a server with Windows, the upload fails or the file is missing"},
        cost=Cost.CONTENT,
        source="facts/packages.md#names",
        wrong="pages/what?.html",
        right="pages/what.html",
        judge_package=_name_windows,
    ),
    Rule(
        "name-long",
        WARNING,
        "The path “{name}” has {length} characters.",
        "Shorten the names of files and folders, or use fewer levels of folders.",
        "An LMS puts its own folder in front of each path. Windows allows 260 characters in all, "
        "and LMS databases often 255.",
        summary="A path is longer than some servers allow.",
        effects={ANYWHERE: "on some servers the file cannot be unpacked"},
        source="facts/packages.md#names",
        wrong="a/very/long/path/of/more/than/200/characters.html",
        right="pages/one.html",
        judge_package=_name_long,
    ),
    Rule(
        "server-file",
        ERROR,
        "“{name}” is a program for a web server.",
        "Delete it, and export again: a course runs only in the browser and must not need a server "
        "program.",
        "If an LMS unpacks a program into a folder of its web server, anybody could run it there. "
        "So some LMSs refuse such a package, and others delete the file.",
        summary="A file is a program for a web server.",
        effects={"docebo": "the upload is refused"},
        cost=Cost.ACCESS,
        source="facts/packages.md#upload",
        wrong="lib/send.php",
        right="lib/send.js",
        judge_package=_server_file,
    ),
    Rule(
        "name-ending",
        WARNING,
        "“{name}”: {problem}.",
        "Use another ending, and change it in the pages that use the file: .js for a script, .bin "
        "or .json for data.",
        "An LMS detects the type of a file from its ending.",
        summary="A file has an ending that an LMS refuses, or serves as something else.",
        effects={
            **in_moodle(
                "a script that ends with .mjs is served as a type that browsers do not run"
            ),
            "tovuti": "files that end with .dat or .br are refused",
        },
        source="facts/packages.md#upload",
        wrong="lib/player.mjs",
        right="lib/player.js",
        judge_package=_name_ending,
    ),
)
