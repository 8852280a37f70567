"""Names of files: characters, capitals, lengths and endings that some servers do not take."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.audit.findings import ANYWHERE, Cost
from builder.audit.package import Package, is_leftover
from builder.audit.rules.rule import ERROR, WARNING, Fault, Rule, in_moodle, some
from builder.diagnostics.diagnostic import Position


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
    """Whether a server with Windows can store a file of this path (facts/packages.md#names)."""
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
