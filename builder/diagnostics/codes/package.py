"""Diagnostics about writing and verifying the package, and about progress that trainees lose by an
edit."""

from __future__ import annotations

from builder.diagnostics.codes.rule import ERROR, WARNING, Rule

RULES = (
    Rule(
        "since-lost",
        WARNING,
        "Trainees who have started lose something: {problem}",
        "{hint}, unless this is intended.",
        "The course is compared with the package that trainees have started. Their progress is "
        "saved by ids and revisions. “scorm-builder diff” lists all effects of an edit.",
        advice=(
            "Keep the page or question with its id, kind and revision, or list its id under “was:” "
            "of its successor; keep the rule as it was; unless this is intended."
        ),
    ),
    Rule(
        "since-odd",
        WARNING,
        "This edit looks like a mistake. {problem}",
        "{hint}",
        "The course is compared with the package that trainees have started. The edit would change "
        "the meaning of an answer, or lose progress unnecessarily.",
        summary="This edit looks like a mistake.",
        advice=(
            "Restore the previous text, or raise the revision if trainees should answer again; "
            "give something new its own id."
        ),
    ),
    Rule(
        "output-unwritable",
        ERROR,
        "Nothing can be written here: {reason}.",
        "Choose another folder with -o, or free some space in this one.",
        "The builder writes the package to a temporary file and renames it only when it is "
        "complete. A package that was there before stays unchanged.",
    ),
    Rule(
        "output-open",
        ERROR,
        "“{name}” is open in another program, or you do not have permission to replace it. It was "
        "not changed.",
        "Close it there, wait until the folder is synchronised, or choose another folder with -o; "
        "then build again.",
        "Windows does not allow replacing a file that is open in a program: a zip in a viewer or "
        "an upload, a key in a spreadsheet, a file that OneDrive is copying. The builder keeps "
        "trying for a second and a half before it gives up.",
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
        "Give the zip that scorm-builder made and that was uploaded to the LMS.",
        "Packages are compared by the list of pages and questions in their course.json. Packages "
        "of other tools have no course.json.",
    ),
    Rule(
        "package-too-large",
        ERROR,
        "The package would contain {size} GB of files; a zip that every LMS can open has at most "
        "about 2 GB.",
        "Make the largest files smaller, or put them on another site and link to them: {files}.",
        "SCORM 1.2 packages are zip files in an old format (PKZIP 2.04g), which allows at most 2 "
        "GB.",
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
        "The manifest does not match its schema: {problem}.",
        "Build the package again.",
        "The manifest follows IMS Content Packaging 1.1.2 and ADL SCORM 1.2.",
    ),
    Rule(
        "package-reference",
        ERROR,
        "The manifest is inconsistent: {problem}.",
        "Build the package again.",
        "Identifiers must be unique, and every reference must name something that exists. The "
        "schemas cannot check that.",
    ),
    Rule(
        "package-value",
        ERROR,
        "The manifest has a wrong value: {problem}.",
        "Build the package again.",
        "SCORM 1.2 fixes some values although the schemas accept any value.",
    ),
    Rule(
        "package-files",
        ERROR,
        "The manifest and the zip do not agree: {problem}.",
        "Build the package again.",
        "The manifest must list every file in the package, and every listed file must be in the "
        "package.",
    ),
    Rule(
        "package-content",
        ERROR,
        "“{name}” would {problem}.",
        "Delete that part of the file. Drawing programs can save an SVG as “plain SVG”, without "
        "scripts.",
        "Nothing in a package may load files from outside it, and no image may run a script.",
        summary="A file would load something from outside the package, or run a script.",
    ),
    Rule(
        "package-policy",
        ERROR,
        "“{name}” could load files from outside the package: {problem}.",
        "Build the package again.",
        "Every page that the builder writes tells the browser to load and run only files of the "
        "package. So the browser blocks anything that a check has missed.",
    ),
    Rule(
        "package-digest",
        ERROR,
        "The package's digest does not match its content.",
        "Build the package again.",
        "The digest is computed from the names and contents of all files. If it does not match, "
        "the package was changed after it was built.",
    ),
)
