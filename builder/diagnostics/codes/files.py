"""Diagnostics about the files of a course: names, encodings, YAML, front matter."""

from __future__ import annotations

from builder.diagnostics.codes.rule import ERROR, WARNING, Rule

RULES = (
    Rule(
        "merge-conflict",
        ERROR,
        "Git has left two versions of this text here, between <<<<<<< and >>>>>>>.",
        "Delete one of the two versions, and the lines that start with <<<<<<<, ======= and "
        ">>>>>>>.",
        "If two people have changed the same lines, Git writes both versions into the file, and "
        "somebody has to choose. Until then the builder does not read the file.",
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
            "Save it again as UTF-8, which editors offer under “Save as” or “Encoding”. If it is "
            "another kind of file, such as an image, move it into media/."
        ),
    ),
    Rule(
        "character-invisible",
        ERROR,
        "{problem}.",
        "{fix}",
        "Control characters and unusual line ends are invisible, and browsers, YAML and LMSs each "
        "interpret them differently.",
        advice=(
            "Delete it: put the cursor after it and press backspace, or type the line again. "
            "Between double quotes, a code such as \\x1b stands for such a character: delete the "
            "code."
        ),
        summary="There is an invisible character here.",
    ),
    Rule(
        "direction-open",
        ERROR,
        "{what} changes the text direction, and no other character ends the change.",
        "{delete}. If the text needs it, put {closing} after the words that it is for.",
        "Unicode has invisible characters that change the text direction (UAX 9). If the change is "
        "not ended, it also affects the interface that follows: titles, buttons and numbers are "
        "shown in the wrong order.",
        summary="A character changes the text direction, and no other character ends the change.",
        advice=(
            "Delete it: put the cursor before the words that follow it and press backspace. If the "
            "text needs it, put the character that ends it after the words that it is for."
        ),
    ),
    Rule(
        "file-unreadable",
        ERROR,
        "This cannot be read: {reason}.",
        "Put a file that you have permission to read in its place, with the same name.",
        "The builder reads every file that the course uses.",
    ),
    Rule(
        "file-too-large",
        ERROR,
        "This file has {size} MB; the limit for {kind} is {limit} MB.",
        "Divide it into several pages or lists of questions, and put images into media/. Save a "
        "drawing of this size as a PNG.",
        "A page of text has a few thousand characters. A file with millions was probably not "
        "written by an author, and browsers could hardly show it.",
    ),
    Rule(
        "file-empty",
        ERROR,
        "This file is empty.",
        "Save or copy it again, or remove it from the pages that use it.",
        "An empty file is usually an interrupted copy or download. A trainee would see a broken "
        "image.",
    ),
    Rule(
        "file-repeated",
        ERROR,
        "The names of this file and of “{other}” differ only in {difference}.",
        "Rename one of the two, or delete it.",
        "Windows and macOS treat such names as equal: one file would replace the other, and the "
        "course would not be the same on every computer.",
    ),
    Rule(
        "file-reserved",
        ERROR,
        "“{name}” is a reserved name on Windows: nobody could open this file there.",
        "Rename the file, for example to “{suggestion}”, and change the places that use it.{keep}",
        "On Windows con, prn, aux, nul, com1 and similar names are devices, whatever the ending "
        "after the dot. A course must open on every computer.",
    ),
    Rule(
        "file-changed",
        ERROR,
        "This file was changed while the package was made.",
        "Wait until no program is writing the file and the folder is synchronised, then build "
        "again.",
        "A package contains its files as they were when the builder read the course: their names "
        "and the digest are computed from their content.",
    ),
    Rule(
        "file-refused",
        ERROR,
        "{problem}",
        "Delete that part of the file, or do not use the file. Drawing programs can save an SVG as "
        "“plain SVG”, without scripts.",
        "The builder checks every finished package before it saves it. Nothing in a package may "
        "load files from outside it, and no image may run a script.",
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
        "“{path}” is outside the course folder.",
        "Copy the file into media/, or a page into pages/, and link to the copy.",
        "A course is complete in its folder, so that it builds the same on every machine. Paths "
        "with “..”, absolute paths, and links to files elsewhere are refused.",
    ),
    Rule(
        "file-ending",
        WARNING,
        "This file is not part of the course: its name ends in .txt.",
        "Rename it to “{name}”. Windows hides the endings of file names: in its Explorer, choose "
        "View > Show > File name extensions.",
        "Some editors add .txt to the names of the files that they save. Pages end in .md, "
        "questions in .yaml.",
    ),
    Rule(
        "file-ignored",
        WARNING,
        "This is not part of the course: {reason}.",
        "{fix}",
        "Besides course.yaml, a course has pages in pages/ (.md), questions in questions/ (.yaml), "
        "translations in translations/ (.po) and other files in media/. Nothing else is read.",
        advice=(
            "Move it to the folder for files of its kind, or rename it. Otherwise delete it, or "
            "move it out of the course folder."
        ),
    ),
    Rule(
        "file-misplaced",
        ERROR,
        "This is {what}, but it is not read, because it is in {where}.",
        "{fix}",
        "A course has its pages in pages/ (.md) and its lists of questions in questions/ (.yaml). "
        "Other problems that may only result from this are not reported until the file is moved.",
        summary="This file is in the wrong folder, so it is not read.",
        advice="Move a list of questions into questions/, with a name that ends in .yaml, and a "
        "page into pages/, with a name that ends in .md.",
    ),
    Rule(
        "file-copied",
        ERROR,
        "This file looks like a copy of “{other}”: {count}.",
        "Keep the one of the two files that has your latest changes as “{other}”, and delete the "
        "other.",
        "If a file is changed on two computers, a cloud folder keeps both versions and names one "
        "of them after the computer or the day. The builder would read every question twice.",
    ),
    Rule(
        "file-beside",
        WARNING,
        "An import wrote “{name}” beside “{own}”, and nobody has decided yet what stays.",
        "Copy what you want from it into “{own}”, and delete it. Or have it instead of your own: "
        "rename it to “{own}”.",
        "If you have changed a file of a course since its import, a later import leaves it as it "
        "is, and writes its new version beside it, as NAME.new. It is not part of the course. As "
        "long as it is there, the package is a draft, and a release is refused.",
        draft=True,
    ),
    Rule(
        "file-type",
        ERROR,
        "An LMS would refuse a file that ends in “{ending}”: {reason}.",
        "Replace it with another type of file, such as PDF, or delete it. Then correct the places "
        "that use it.",
        "LMSs refuse packages with files that could do harm or that their servers cannot send to "
        "browsers.",
    ),
    Rule(
        "yaml-syntax",
        ERROR,
        "{problem}",
        "{fix}",
        "YAML has a few traps: text that contains “: ” or starts with a special character needs "
        "quotes around it, and lines are indented with spaces, never with tabs.",
        summary="This is not valid YAML, so it cannot be read.",
        advice=(
            "Look for one of these in this line and in the line above. A quotation mark without "
            'its partner: title: "Fire. A text with “: ” in it and no quotes: title: Fire: what to '
            "do. No space after a colon: title:Fire. A tab before a key. A line whose indent "
            "differs from that of the keys around it. An entry of a list without “- ”."
        ),
    ),
    Rule(
        "yaml-alias",
        ERROR,
        "In YAML, “{alias}” has a special meaning because of the “{sign}”, and courses cannot use "
        "it.",
        "If it is text, put quotes around the whole text: {quoted}. If you want to use a value "
        "twice, write it twice.",
        "In YAML, & names a value and * repeats it. Such repetitions (aliases) make a file hard to "
        "follow, and a small file with them can grow without limit.",
        advice=(
            "If it is text, put quotes around the whole text. If you want to use a value twice, "
            "write it twice."
        ),
    ),
    Rule(
        "yaml-comment",
        WARNING,
        "YAML reads “{comment}” as a comment and leaves it out.",
        "Put quotes around the whole text; or, if this is a comment, write two spaces before the # "
        "and one after it.",
        "In YAML, a # with a space before it starts a comment that continues to the end of the "
        "line.",
    ),
    Rule(
        "yaml-quotes",
        WARNING,
        "Trainees will see the {marks} around this text: YAML treats only straight ones as "
        "quotation marks.",
        "If trainees should see the {marks}, put straight ones around the whole text. Otherwise "
        'write straight ones instead: "{text}"',
        "Word and phones turn straight quotation marks into curly ones. YAML recognizes only "
        "straight ones and reads others as part of the text.",
        summary="Trainees will see the curly quotation marks around this text.",
        advice="Write straight quotation marks instead. If trainees should see the curly ones, put "
        "straight ones around the whole text.",
    ),
    Rule(
        "duplicate-key",
        ERROR,
        "“{key}” is written twice; first on line {first}.",
        "{fix}",
        "Each key can be written only once in the same place. Otherwise one of the two would be "
        "silently ignored.",
        advice="Delete one of the two. If both are entries of a list, start the second with “- ”.",
    ),
    Rule(
        "front-matter",
        ERROR,
        "{problem}",
        "Start the page with a line ---, then its keys (title: …), then a second line ---.",
        "Every page starts with its front matter: a few lines of YAML between two lines ---.",
        summary="The page does not start with its front matter, or the front matter is not closed.",
    ),
    Rule(
        "unknown-key",
        ERROR,
        "The key “{key}” is not allowed here.{did_you_mean}",
        "{fix}",
        "A misspelt key would have no effect, so it is an error. Between braces, YAML reads the "
        "text after a comma as another key: a text with a comma needs quotes there.",
        advice="Correct its spelling, put it under the key that it belongs to, or delete it.",
    ),
    Rule(
        "missing-key",
        ERROR,
        "{holder} has no “{key}:”.",
        "{fix}",
        "This key is required: it has no sensible default.",
        summary="A required key is missing.",
        advice="Write the key and its value on a new line, in the same column as the other keys.",
    ),
    Rule(
        "value-invalid",
        ERROR,
        "“{key}”: {problem}.{did_you_mean}",
        "{fix}",
        "Each key accepts a certain kind of value: text, a number, yes or no, a date written "
        "2026-01-31, one of a few words, or a list.",
        summary="This key does not accept its value.",
        advice="Write a value of the kind that the key accepts, or delete the key.",
    ),
)
