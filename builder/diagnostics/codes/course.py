"""Codes about the course as a whole: pages, ids, interface and pass mark."""

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
        "“{title}” is the title of {other}, too.",
        "Give one of the two pages another title.",
        "Contents, search, the browser’s history and links show pages by their titles. If two "
        "pages have the same title, trainees cannot tell them apart.",
    ),
    Rule(
        "course-missing",
        ERROR,
        "{problem}.{did_you_mean}",
        "Name the folder that holds course.yaml: scorm-builder build FOLDER. If the file has "
        "another name, rename it; Windows may hide how names end.",
        "A course is a folder with a file course.yaml, which names the course and lists its "
        "pages in order.",
        summary="There is no course here: a folder with a file course.yaml.",
    ),
    Rule(
        "course-empty",
        ERROR,
        "The course has no page.",
        "List at least one file of pages/ under “pages:” in course.yaml.",
        "Only the pages listed under “pages:” are part of the course, in the order of the list.",
    ),
    Rule(
        "text-missing",
        ERROR,
        "The interface has no text “{key}” in {language}.",
        "Add it to templates/i18n/{tag}.json, or write another language in course.yaml.",
        "Every text of the interface is there in every language that a course can choose, so that "
        "no trainee meets half a sentence in another one. A text that counts has a form for each "
        "plural of the language.",
    ),
    Rule(
        "duplicate-id",
        ERROR,
        "The id “{id}” is already used at {first}.",
        "Give this one an id of its own. Keep the ids of a course that trainees have started.",
        "Trainees' progress is kept by id, so that no two pages, and no two questions, may share "
        "one. Nor may two headings of a page, since links lead to them by their ids.",
    ),
    Rule(
        "was-there",
        ERROR,
        "“was:” names “{id}”, which is still there.",
        "List only ids under “was:” that nothing has any more, or delete this one.",
        "“was:” says under which id trainees' progress was kept before. While something still has "
        "that id, the progress is its own.",
    ),
    Rule(
        "was-repeated",
        ERROR,
        "“{id}” stands under another “was:”, at {first}.",
        "Keep it where trainees' progress belongs, and delete it in the other place.",
        "Progress that was kept under an id can be carried over to one successor.",
    ),
    Rule(
        "id-collision",
        ERROR,
        "The ids “{id}” and “{other}” ({first}) cannot be told apart in the saved state.",
        "Change the newer of the two ids a little.",
        "The saved state names each page and question by a short code made from its id and "
        "revision. Very rarely two different ids give the same code.",
    ),
    Rule(
        "page-unknown",
        ERROR,
        "There is no page “{page}”.{did_you_mean}",
        "Check the spelling, or {fix}.",
        "A page is named by its file in “pages:”, and by its id elsewhere.",
        advice="Check the spelling, or add the page to pages/ and to “pages:” in course.yaml.",
    ),
    Rule(
        "page-unlisted",
        WARNING,
        "This page is not part of the course: course.yaml does not list it.",
        "Add “{name}” to “pages:” in course.yaml, or delete the file.",
        "Only the pages listed under “pages:” in course.yaml are part of the course.",
    ),
    Rule(
        "page-unwritten",
        WARNING,
        "This text is still to be written: “{text}”.",
        "Write your own in its place, or delete it. “✎” stands before each such text.",
        "“scorm-builder new” writes pages to begin with, in which “✎” stands where only the author "
        "knows what to say. A page that still has one is not ready for trainees.",
        draft=True,
    ),
    Rule(
        "text-unwritten",
        WARNING,
        "This text is still to be written: “{text}”.",
        "Write your own in its place, or delete it. “✎” stands before each such text.",
        "“scorm-builder new” writes questions to begin with, in which “✎” stands where only the "
        "author knows what to say. A question that still has one, or a text of course.yaml, is not "
        "ready for trainees: the package is a draft, and a release is refused.",
        draft=True,
    ),
    Rule(
        "page-repeated",
        ERROR,
        "The page “{page}” is listed twice.",
        "Keep one of the two lines.",
        "A page stands once in a course.",
    ),
    Rule(
        "page-unsure",
        WARNING,
        "This page is not decided: {problem}",
        "Decide it, and delete the sentence under “unsure:”.",
        "“unsure:” says what an author, or an import, could not decide: such as a question of a "
        "type that a course does not have, which stands on the page in its words. Until it is "
        "deleted, the package is a draft, and a release is refused.",
        draft=True,
    ),
    Rule(
        "page-empty",
        WARNING,
        "This page has no content.",
        "Write something below the front matter, or take the page out of course.yaml.",
        "A trainee who opens an empty page thinks that something is broken.",
    ),
    Rule(
        "page-kind",
        ERROR,
        "A page of kind “{kind}” {problem}.",
        "{fix}",
        "“kind: quiz” goes with a list “questions:” or with a “draw:” under “quiz:”, “kind: "
        "record” with a list “record:”; an ordinary page has neither.",
        summary="The kind of this page does not fit its other keys.",
        advice=(
            "Write the kind that goes with the page's other keys, add the key that it lacks, or"
            " delete the one that does not belong to it."
        ),
    ),
    Rule(
        "mastery-conflict",
        ERROR,
        "“mastery: manifest” does not fit: {reason}.",
        "{fix}.",
        "With “mastery: manifest” the package names the pass mark, and an LMS may judge by it: "
        "when a trainee leaves, it puts “passed” or “failed” in the place of what the course has "
        "reported. That has to come to the same as what the trainee was shown.",
        advice="Delete “mastery:”, or change what it does not fit.",
    ),
    Rule(
        "certificate-unused",
        WARNING,
        "“signed_by” names a signatory, but the package has no certificate: {reason}.",
        "Write “show: yes” beside “signed_by:” to have a certificate, or delete “signed_by:”.",
        "A course with a record has no certificate unless it asks for one: trainees print the "
        "record, which a manager signs. A course whose saved progress is near the limit of 4096 "
        "characters has none either, because a certificate also saves the date of completion.",
        summary="“signed_by” names a signatory, but the package has no certificate.",
    ),
)
