"""Codes about the folder, its files and their characters."""

from __future__ import annotations

from builder.diagnostics.codes.rule import ERROR, WARNING, Rule

RULES = (
    Rule(
        "merge-conflict",
        ERROR,
        "Git has left two versions of this text here, between <<<<<<< and >>>>>>>.",
        "Keep one of the two, and delete the lines that start with <<<<<<<, ======= and >>>>>>>.",
        "Where two people have changed the same lines, Git writes both versions into the file, and "
        "somebody has to choose. Until then the file is not read.",
    ),
    Rule(
        "folder-name",
        ERROR,
        "The folder “{name}” is not read, because its name is not “{folder}”.",
        "Rename it to “{folder}”.",
        "A course has its pages in a folder “pages”, its questions in “questions” and its pictures "
        "in “media”, in small letters. Other problems are not reported until the folder has its "
        "right name, because every page or question in it would be missing.",
    ),
    Rule(
        "file-encoding",
        ERROR,
        "This file is not UTF-8 text{guess}.",
        "{fix}",
        "Course files are UTF-8 text. A file saved by an older Windows program may be in CP1252: "
        "its curly quotes and accents would come out wrong. Save it again as UTF-8.",
        summary="This file is not UTF-8 text.",
        advice=(
            "Save it again as UTF-8, which editors offer under “Save as” or “Encoding”; where "
            "it is a file of another kind, such as a picture, move it into media/."
        ),
    ),
    Rule(
        "character-invisible",
        ERROR,
        "There is an invisible character here ({number}).",
        "Delete it: {how}.",
        "Control characters and unusual line ends cannot be seen, and browsers, YAML and LMSs "
        "each take them for something else.",
    ),
    Rule(
        "direction-open",
        ERROR,
        "{number} turns the direction of writing here, and nothing turns it back.",
        "Delete this invisible character, or put {closing} behind the words that it is for.",
        "Unicode has invisible characters that turn the direction of writing (UAX 9). One that is "
        "not closed also turns what follows in the interface, so that titles, buttons and numbers "
        "read otherwise than they are.",
    ),
    Rule(
        "file-unreadable",
        ERROR,
        "This cannot be read: {reason}.",
        "Put an ordinary file that you may read in its place, or delete it.",
        "The builder reads every file that the course uses.",
    ),
    Rule(
        "file-too-large",
        ERROR,
        "This file has {size} MB; {kind} has at most {limit} MB.",
        "Divide it into several pages or lists of questions, and put pictures into media/; save a "
        "drawing of this size as a PNG.",
        "A page of text has a few thousand characters. A file of millions is hardly one that an "
        "author wrote, and no browser would show it well.",
    ),
    Rule(
        "file-empty",
        ERROR,
        "This file is empty.",
        "Save or copy it again, or take it out of the pages that use it.",
        "An empty file is mostly a copy or a download that broke off. A trainee would see a broken "
        "image.",
    ),
    Rule(
        "file-repeated",
        ERROR,
        "The names of this file and of “{other}” differ only in {difference}.",
        "Rename one of the two, or delete it.",
        "Windows and macOS cannot tell such names apart: one file would take the place of the "
        "other, and the course would not be the same on every machine.",
    ),
    Rule(
        "file-reserved",
        ERROR,
        "Windows keeps the name “{name}” for itself: a colleague there could not open this file.",
        "Rename the file, for example to “{suggestion}”, and change the places that use it.{keep}",
        "On Windows con, prn, aux, nul, com1 and the like are devices, whatever stands behind the "
        "dot. A course is a folder that opens on every machine.",
    ),
    Rule(
        "file-changed",
        ERROR,
        "This file was changed while the package was made.",
        "Build again when no program is still writing it and no folder is being synchronised.",
        "A package holds its files as they were when the course was read: names and the digest are "
        "made from their content.",
    ),
    Rule(
        "file-refused",
        ERROR,
        "{problem}",
        "Take that out of the file, or leave the file out; an SVG can be saved as “plain SVG”, "
        "without scripts.",
        "Every package is opened and checked before it is put in its place. Nothing in it may load "
        "from outside it, and no image may run a script.",
        summary=(
            "A file of the course would load something from outside the package, or run a script."
        ),
    ),
    Rule(
        "file-name",
        ERROR,
        "An LMS would refuse the file name “{name}”: {reason}.",
        "Rename the file to “{suggestion}” and change the places that use it.",
        "LMSs and web servers disagree about capitals, spaces, accents and some endings. Names of "
        "lower-case letters, digits, hyphens, underscores and dots work everywhere.",
    ),
    Rule(
        "outside-course",
        ERROR,
        "“{path}” leads out of the course folder.",
        "Copy the file into the course folder and use its path from there.",
        "A course is complete in its folder, so that it builds the same on every machine. Paths "
        "with “..”, absolute paths, and links to files elsewhere are refused.",
    ),
    Rule(
        "file-ending",
        WARNING,
        "This file is not part of the course: its name ends in .txt.",
        "Rename it to “{name}”. Windows hides how names end: in its Explorer, choose View > Show > "
        "File name extensions.",
        "Some editors add .txt to the names of the files that they save. Pages end in .md, "
        "questions in .yaml.",
    ),
    Rule(
        "file-ignored",
        WARNING,
        "This is not part of the course: {reason}.",
        "{fix}",
        "Beside course.yaml a course has pages in pages/ (.md), questions in questions/ (.yaml) "
        "and other files in media/. Nothing else is read.",
        advice=(
            "Move it to where files of its kind belong, or rename it; else delete it, or move "
            "it out of the course folder."
        ),
    ),
    Rule(
        "file-type",
        ERROR,
        "An LMS would refuse a file that ends in “{ending}”: {reason}.",
        "Use a file of another kind, such as PDF, or leave it out.",
        "LMSs refuse packages with files that could do harm or that they cannot serve.",
    ),
)
