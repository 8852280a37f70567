"""Diagnostics about course.yaml, pages and locks."""

from __future__ import annotations

from builder.diagnostics.codes.rule import ERROR, WARNING, Rule

RULES = (
    Rule(
        "course-busy",
        ERROR,
        "The course cannot be read or written now: {reason}.",
        "{fix}",
        "Only one command at a time writes the files of a course. If a command is interrupted "
        "while it writes, the next command finishes or undoes its work. If neither is possible, "
        "commands refuse to read or write the course, because its files may be half-written.",
        advice="Wait until the other command has ended, and try again.",
    ),
    Rule(
        "course-undone",
        WARNING,
        "A command was interrupted while it wrote several files. Its changes were undone, because "
        "this file was edited afterwards.",
        "Run the interrupted command again.",
        "“import --into”, “review --apply” and “approve” write all of their files or none. If "
        "one of them is killed half-way, the next command finishes its work. A file that you have "
        "edited meanwhile is never overwritten. Instead, the other files are restored.",
    ),
    Rule(
        "title-repeated",
        WARNING,
        "{other} also has the title “{title}”.",
        "Give one of the two pages another title.",
        "Contents, search, the browser’s history and links show pages by their titles. If two "
        "pages have the same title, trainees cannot tell them apart.",
    ),
    Rule(
        "course-missing",
        ERROR,
        "{problem}.{did_you_mean}",
        "Name the folder that contains course.yaml: scorm-builder build FOLDER. If the file has "
        "another name, rename it; Windows may hide the endings of file names.",
        "A course is a folder with a file course.yaml, which names the course and lists its "
        "pages in order.",
        summary="There is no course here: a folder with a file course.yaml.",
    ),
    Rule(
        "course-empty",
        ERROR,
        "The course has no pages.",
        "Under “pages:” in course.yaml, list at least one file of the folder pages/, such as “- "
        "start.md”.",
        "Only the pages listed under “pages:” are part of the course, in the order of the list.",
    ),
    Rule(
        "text-missing",
        ERROR,
        "The interface has no text “{key}” in {language}.",
        "Add it to templates/i18n/{tag}.po, or write another language in course.yaml.",
        "Every text of the interface needs a translation in every language that a course can "
        "choose; otherwise trainees would see two languages mixed. A text with a number needs a "
        "form for each plural of the language.",
    ),
    Rule(
        "duplicate-id",
        ERROR,
        "The id “{id}” is already used at {first}.",
        "Change one of the two ids. If trainees have started the course, keep the older one, "
        "because their progress is saved under it.",
        "Trainees' progress is saved by id, so two pages, or two questions, cannot have the same "
        "id. Two headings of a page cannot either, because links use their ids.",
    ),
    Rule(
        "was-there",
        ERROR,
        "“was:” lists “{id}”, but the course still has something with that id.",
        "Delete this id. List only ids under “was:” that are no longer used.",
        "“was:” lists the ids under which trainees' progress was saved earlier. If something still "
        "has that id, the progress belongs to it.",
    ),
    Rule(
        "was-repeated",
        ERROR,
        "“{id}” is already listed under “was:” at {first}.",
        "Keep it where trainees' progress belongs, and delete it in the other place.",
        "Progress that was saved under an id can only be carried over to one successor.",
    ),
    Rule(
        "id-collision",
        ERROR,
        "The ids “{id}” and “{other}” ({first}) have the same code in the saved state.",
        "Change the newer of the two ids a little.",
        "The saved state names each page and question by a short code made from its id and "
        "revision. Very rarely two different ids give the same code.",
    ),
    Rule(
        "page-unknown",
        ERROR,
        "There is no page “{page}”{reason}.{did_you_mean}",
        "{fix}",
        "A page is named by its file in “pages:”, and by its id elsewhere.",
        advice="Check the spelling, or add the page to pages/ and to “pages:” in course.yaml.",
    ),
    Rule(
        "page-unlisted",
        WARNING,
        "This page is not part of the course: course.yaml does not list it.",
        "{fix}",
        "Only the pages listed under “pages:” in course.yaml are part of the course.",
        advice="Add its name to “pages:” in course.yaml, or delete the file.",
    ),
    Rule(
        "page-unwritten",
        WARNING,
        "This placeholder is still to be replaced: “{text}”.",
        "Replace it with your own text, or delete it. “✎” marks each placeholder.",
        "“scorm-builder new” writes the first pages of a course. “✎” marks the places where only "
        "the author knows what to write. A page with such a mark is not ready for trainees.",
        draft=True,
    ),
    Rule(
        "todo-left",
        WARNING,
        "“{text}” looks like a note of the author, and trainees will see it.",
        "Write the text that belongs here, or delete the note. If trainees should see it, put "
        "backticks (`) around it.",
        "Authors write TODO, TBC (to be confirmed), TBD (to be decided), FIXME or “lorem ipsum” "
        "where a text is not finished.",
    ),
    Rule(
        "language-region",
        WARNING,
        "“{language}” is not a language that browsers and screen readers know: there is no region "
        "“{region}”.",
        "Write “{near}”.",
        "The part after the hyphen is the code of a country or region (ISO 3166), such as GB for "
        "the United Kingdom.",
    ),
    Rule(
        "text-unwritten",
        WARNING,
        "This placeholder is still to be replaced: “{text}”.",
        "Replace it with your own text, or delete it. “✎” marks each placeholder.",
        "“scorm-builder new” writes the first questions of a course. “✎” marks the places where "
        "only the author knows what to write. While a question or a text in course.yaml has such a "
        "mark, the package is a draft, and a release is refused.",
        draft=True,
    ),
    Rule(
        "page-repeated",
        ERROR,
        "The page “{page}” is listed twice.",
        "Delete one of the two lines.",
        "A course can list each page only once.",
    ),
    Rule(
        "page-unsure",
        WARNING,
        "Something on this page is not decided yet: {problem}",
        "Decide what is right. Then delete “unsure:” and the text below it.",
        "“unsure:” says what an author, or an import, could not decide, such as a question of an "
        "unknown type, whose text is then on the page. Until it is deleted, the package is a "
        "draft, and a release is refused.",
        draft=True,
    ),
    Rule(
        "page-empty",
        WARNING,
        "This page has no content.",
        "Write something below the second line ---, or delete the page's line in course.yaml.",
        "A trainee who opens an empty page thinks that something is broken.",
    ),
    Rule(
        "page-kind",
        ERROR,
        "A page of kind “{kind}” {problem}.",
        "{fix}",
        "A page with “kind: quiz” needs a list “questions:”, or “draw:” under “quiz:”. A page with "
        "“kind: record” needs a list “record:”. An ordinary page has neither.",
        summary="The kind of this page does not fit its other keys.",
        advice=(
            "Write the kind that matches the page's other keys, add the key that is missing, or "
            "delete the key that does not belong to this kind."
        ),
    ),
    Rule(
        "mastery-conflict",
        ERROR,
        "“mastery: manifest” cannot be used: {reason}.",
        "{fix}.",
        "With “mastery: manifest” the package tells the LMS the pass mark. When a trainee leaves, "
        "the LMS may replace the status that the course reported with “passed” or “failed”. That "
        "must agree with what the trainee was shown.",
        advice="Delete “mastery:”, or change the setting that it conflicts with.",
    ),
    Rule(
        "certificate-unused",
        WARNING,
        "“signed_by” names a signatory, but the package has no certificate: {reason}.",
        "To have a certificate, write “show: yes” below “signed_by:”, in the same column. "
        "Otherwise delete “signed_by:”.",
        "A course with a record has no certificate unless it asks for one: trainees print the "
        "record, which a manager signs. A course whose saved progress is near the limit of 4096 "
        "characters has none either, because a certificate also saves the date of completion.",
        summary="“signed_by” names a signatory, but the package has no certificate.",
    ),
    Rule(
        "lock-unknown",
        ERROR,
        "There is no {what} “{name}”.{did_you_mean}",
        "Write the file of a page as it is listed under “pages:”, such as topic.md, or the id of a "
        "module.",
        "A lock names what trainees must do first: pages by their files, modules by their ids or "
        "titles, and under “passed:” quizzes by their files. Prefer the id of a module, because "
        "its title may change.",
    ),
    Rule(
        "lock-empty",
        ERROR,
        "Nothing is listed under “locked:”.",
        "List what trainees must do first: a page or quiz by its file, such as “- start.md”, a "
        "module by its title or id. Or delete “locked:”.",
        "A page or a module opens once trainees have done everything that its lock names. "
        "“locked:” takes one name, a list of names, or “done:” and “passed:” with a list each.",
    ),
    Rule(
        "lock-quiz",
        ERROR,
        "“{page}” is not a quiz, so it cannot be passed.",
        "Write “{page}” under “done:” instead, or name a quiz here.",
        "Only a quiz has a pass mark. A page is done once it has been visited, a record once it is "
        "filled in, a quiz once it has been taken to its end.",
    ),
    Rule(
        "lock-open",
        ERROR,
        "“{page}” cannot be locked: {reason}.",
        "Delete “locked:” and the names that belong to it.",
        "A course opens at its first page. Help must always be open: a person who needs it should "
        "not have to finish anything first.",
    ),
    Rule(
        "lock-circle",
        ERROR,
        "“{page}” would never open: it waits for “{name}”, which {how}.",
        "Delete “{name}” here, and “locked:” if it names nothing else{other}.",
        "If a page waits for something, trainees must be able to do it without opening that page.",
        advice="Delete one of the names that wait for each other under “locked:”.",
    ),
    Rule(
        "lock-untracked",
        ERROR,
        "This lock needs to know whether “{page}” was visited, but “pages: none” under “tracking:” "
        "does not save that.",
        "Write “pages: all” under “tracking:”, or let the lock wait for a quiz or a record.",
        "Without “pages: all”, only the current page is saved between visits, so pages that had "
        "been opened would be locked again.",
    ),
)
