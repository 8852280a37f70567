"""Codes about writing and verifying the package."""

from __future__ import annotations

from builder.diagnostics.codes.rule import ERROR, Rule

RULES = (
    Rule(
        "output-unwritable",
        ERROR,
        "Nothing can be written here: {reason}.",
        "Choose another folder with -o, or make room in this one.",
        "The package is written beside its final place and renamed only when it is complete. "
        "A package that was there before is left as it was.",
    ),
    Rule(
        "output-open",
        ERROR,
        "“{name}” is open in another program, or you may not replace it. It is as it was.",
        "Close it there, wait until the folder is synchronised, or choose another folder with -o; "
        "then build again.",
        "On Windows a file that a program has open cannot be replaced: a zip in a viewer or an "
        "upload, a key in a spreadsheet, a file that OneDrive is just copying. The builder tries "
        "again for a second and a half before it gives up.",
    ),
    Rule(
        "package-zip",
        ERROR,
        "The package is not a zip that every LMS accepts: {problem}.",
        "Build the package again.",
        "SCORM 1.2 packages are plain zip files (PKZIP 2.04g): stored or deflated, not encrypted, "
        "without links, with the manifest at the root.",
    ),
    Rule(
        "package-foreign",
        ERROR,
        "This package cannot be read: {problem}.",
        "Name a zip that scorm-builder has made, as it was uploaded to the LMS.",
        "Packages are compared by the list of pages and questions in their course.json. A package "
        "of another tool has none.",
    ),
    Rule(
        "package-too-large",
        ERROR,
        "The package would hold {size} GB of files; a zip that every LMS can open takes about 2.",
        "Make the largest files smaller, or put them on a site of their own and link to them: "
        "{files}.",
        "Packages are zip files of SCORM 1.2's time (PKZIP 2.04g), which hold at most 2 GB.",
    ),
    Rule(
        "package-name",
        ERROR,
        "An LMS would refuse or rename “{name}”: {problem}.",
        "Build the package again.",
        "File names in a package are lower-case ASCII without spaces (SCORM 1.2).",
    ),
    Rule(
        "package-schema",
        ERROR,
        "The manifest breaks its schema: {problem}.",
        "Build the package again.",
        "The manifest follows IMS Content Packaging 1.1.2 and ADL SCORM 1.2.",
    ),
    Rule(
        "package-reference",
        ERROR,
        "The manifest does not hold together: {problem}.",
        "Build the package again.",
        "Identifiers are unique, and every reference names something that exists. The schemas "
        "cannot say so.",
    ),
    Rule(
        "package-value",
        ERROR,
        "The manifest has a wrong value: {problem}.",
        "Build the package again.",
        "Some values are fixed by SCORM 1.2 although the schemas accept any.",
    ),
    Rule(
        "package-files",
        ERROR,
        "The manifest and the zip do not agree: {problem}.",
        "Build the package again.",
        "Every file of a package is listed in its manifest, and every file listed is there.",
    ),
    Rule(
        "package-content",
        ERROR,
        "“{name}” would {problem}.",
        "Take that out of the file; an SVG can be saved as “plain SVG”, without scripts.",
        "Nothing in a package loads from outside it, and no image runs a script.",
        summary="A file would load something from outside the package, or run a script.",
    ),
    Rule(
        "package-policy",
        ERROR,
        "Nothing would keep “{name}” from loading from elsewhere: {problem}.",
        "Build the package again.",
        "Every page that the builder writes says which files it may load and run: those of the "
        "package. So a browser refuses what a check has missed.",
    ),
    Rule(
        "package-digest",
        ERROR,
        "The package's digest does not match its content.",
        "Build the package again.",
        "The digest is over the names and contents of all files. One that does not match means "
        "that the package was changed after it was built.",
    ),
)
