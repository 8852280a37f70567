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
        "refresher-title",
        ERROR,
        "The refresher has no title.",
        "Write in course.yaml “refresher:”, and below it, two spaces to the right, “title:” with "
        "the title that trainees see and its year.",
        "A refresher is an activity of its own in the LMS. Its title is on its cover and its "
        "certificate. Write the year yourself: the builder never asks the clock, so that the same "
        "folder always gives the same package.",
    ),
    Rule(
        "refresher-builder",
        ERROR,
        "scorm-builder {made} made this package, and this is scorm-builder {here}.",
        "Update scorm-builder, or give a package that an earlier version made.",
        "A newer version of scorm-builder may write packages that this one reads wrongly.",
    ),
    Rule(
        "refresher-other",
        ERROR,
        "This package is of another course: its id is “{old}”, and the id of this course is "
        "“{new}”.",
        "Give the package of this course that people completed. If the id in course.yaml was "
        "changed, restore it.",
        "The builder compares pages and questions that have the same ids. Another course has other "
        "ids.",
    ),
    Rule(
        "refresher-since",
        ERROR,
        "This package is a refresher itself.",
        "Give the package of the whole course in version {version}, such as {whole}. Build and "
        "keep one whenever you build a refresher.",
        "The builder finds what is new by comparing whole courses, and a refresher may leave out "
        "quizzes and records. You can build the whole course in the same version from the same "
        "sources at any time.",
    ),
    Rule(
        "refresher-newer",
        ERROR,
        "This package has version {old}, and this course is older: version {new}.",
        "Give the package that people completed, or raise the version in course.yaml.",
        "A refresher is for people who completed an earlier version of the course.",
    ),
    Rule(
        "refresher-language",
        ERROR,
        "This package is in the language “{language}”, which this course does not have.",
        "Give a package in a language of this course, or restore translations/{language}.po.",
        "The builder compares the texts in the main language of the package that people completed.",
    ),
    Rule(
        "refresher-tracking",
        ERROR,
        "With “tracking.pages: none”, a refresher cannot ask anybody to read a page.",
        "Write “pages: all” below “tracking:” in course.yaml.",
        "With “none”, only the current page is saved, so the package does not know what was read.",
    ),
    Rule(
        "refresher-unchanged",
        ERROR,
        "Nothing that people read has changed since this package (version {version}){because}.",
        "Give an older package. If people should show that they still know the course, write "
        "“test_out:” for its modules, and let them take the course again.",
        "A refresher asks for what is new. Pictures, links, settings and the words of questions "
        "that only a quiz asks do not count; a changed right answer and a raised revision do.",
    ),
    Rule(
        "refresher-guessable",
        WARNING,
        "About {people} who only guess would pass the test of {module} ({questions}, {tries}).",
        "{fix}.",
        "More than 5 of 100 people would pass this test by answers at random, all tries together, "
        "and then need not read the pages. A test asks the scored questions that have one of its "
        "pages as “source:”.",
        summary="A test of the refresher can be passed by guessing.",
        advice="Ask more questions with --outcome-questions, or add questions about the pages.",
    ),
    Rule(
        "refresher-state",
        ERROR,
        "The saved progress of a trainee of the refresher could need {size} characters; SCORM 1.2 "
        "allows {limit}.",
        "Write “record: no” or “certificate: no” below “refresher:” in course.yaml, or ask fewer "
        "questions with --outcome-questions.",
        "What a trainee does is saved in one text of at most 4,096 characters. The tests of a "
        "refresher need room in it, too.",
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
