"""A course that has been judged and found whole: the result of ``validate``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date
from functools import cached_property
from typing import Literal

from builder import targets
from builder.immutable import immutable, unfolding
from builder.keys import NO_FORMER, Former
from builder.markdown import Directive, Document, Prose
from builder.questions import Question
from builder.ranges import NEEDED, Count, Percent
from builder.sources import MediaFile, Place

EMERGENCY = "emergency_route"
"""The name of the local value that says what to do when somebody is in danger."""


@immutable
class Variable:
    """A local value used in prose as ``{{ name }}``.

    ``label`` says in words what it is; ``value`` is ``None`` while unset.
    """

    name: str
    label: str
    value: str | None


@immutable
class Reference:
    """An address outside the course: as the prose has it, where it is now, when that was checked.

    ``current`` is ``None`` where the address in the prose still holds. ``organisation`` is whose
    it is, as trainees read it in further reading; ``None`` where nobody has said so.
    """

    url: str
    current: str | None
    checked_on: date | None
    organisation: str | None = None


@immutable
class Tracking:
    """What counts, and what the LMS is told.

    ``pages``: ``all`` must be visited, or ``none`` (only the bookmark is kept). ``report``: the
    word for a finished course with a quiz. ``pass_mark``: percent of the score, 0–100.
    ``attempts``: how often a quiz may be taken, 0 for no limit. ``keep``: which of its scores a
    quiz keeps. ``score``: whether the LMS is told the score. ``mastery``: the mastery score that
    the manifest names, so that an LMS may judge by itself, or ``None``. ``failed``: whether the
    LMS is told that nobody can pass any more, which ends the attempt there. ``comments``: whether
    trainees may write to those who run the course. ``journal``: whether the browser keeps what the
    LMS has not confirmed.
    """

    pages: Literal["all", "none"]
    report: Literal["passed-failed", "completed"]
    pass_mark: Percent
    attempts: Count
    keep: Literal["best", "last"] = field(default="best", metadata=NEEDED)
    score: bool = True
    mastery: Percent | None = None
    failed: Literal["after-last-attempt", "never"] = "after-last-attempt"
    comments: bool = False
    journal: bool = True


@immutable
class Stylesheet:
    """A course's own styles: the path of the file and its text.

    ``files`` are the paths of the fonts and pictures that it names.
    """

    path: str
    text: str
    files: tuple[str, ...]


@immutable
class Theme:
    """How a course looks where it does not look like every other.

    ``accent`` is the colour of links and buttons, ``accent_dark`` the one on a dark screen: ``#``
    and six hexadecimal digits, or empty for the player's own. ``preset`` names a row of
    ``colours.PRESETS``, and is empty for none. ``logo`` is a path, empty for none, ``logo_alt`` its
    text, ``logo_dark`` the one for a dark screen. ``font`` and ``font_bold`` are paths, too.
    """

    preset: str = ""
    accent: str = ""
    accent_dark: str = ""
    logo: str = ""
    logo_alt: str = ""
    logo_dark: str = ""
    font: str = ""
    font_bold: str = ""
    stylesheet: Stylesheet | None = None

    def media(self) -> Iterator[str]:
        """The path of every file of the course that the theme uses."""
        yield from filter(None, (self.logo, self.logo_dark, self.font, self.font_bold))
        if self.stylesheet:
            yield self.stylesheet.path
            yield from self.stylesheet.files


@immutable
class Cover:
    """The first view of a course, which says what it is before anybody begins.

    ``about`` is what it is, ``audience`` for whom, ``outcomes`` what a trainee can do afterwards;
    each may be empty. ``picture`` is a path, empty for the pattern in the accent.
    """

    about: str = ""
    audience: str = ""
    outcomes: tuple[str, ...] = ()
    picture: str = ""

    def media(self) -> Iterator[str]:
        """The path of every file of the course that the cover shows."""
        if self.picture:
            yield self.picture


@immutable
class Certificate:
    """A sheet that a trainee who has finished can print, once the LMS has confirmed the end.

    ``signed_by`` are those who sign it, each in words; it may be empty.
    """

    signed_by: tuple[str, ...] = ()


@immutable
class Lock:
    """What a trainee does before a page or a module opens; all of it
    (facts/accessibility.md#round-the-page).

    ``pages`` are the ids of pages that must be done, ``modules`` the titles of modules of which
    every page must be, ``passed`` the ids of quiz pages that must be passed.
    """

    pages: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()


@immutable
class RecordItem:
    """One question of a record.

    ``key`` names it in the state, ``former`` are the keys that it had before; ``limit`` is the most
    that an answer may take there, in letters (see ``builder.letters``).
    """

    id: str
    key: str
    question: Prose
    reading: Prose | None
    limit: int
    former: Former = NO_FORMER

    def prose(self) -> Iterator[Prose]:
        """Both texts, as far as they are there."""
        yield self.question
        if self.reading:
            yield self.reading


@immutable
class Draw:
    """``count`` of these questions, others for each trainee and attempt."""

    count: int
    questions: tuple[Question, ...]


@immutable
class QuizRules:
    """How a quiz asks and counts.

    Questions of a quiz that stand in no draw are asked in every attempt. ``feedback``: after each
    answer, after the last, or never. ``retake``: whether a further attempt asks everything or what
    was not right. ``attempts``, ``pass_mark`` and ``keep`` are ``None`` where they are the
    course's. ``weight`` is how much the quiz counts in the score of the course.
    """

    draws: tuple[Draw, ...] = ()
    shuffle_questions: bool = False
    shuffle_options: bool = False
    feedback: Literal["at-once", "at-end", "never"] = "at-once"
    retake: Literal["all", "wrong"] = "all"
    attempts: int | None = None
    pass_mark: int | None = None
    keep: Literal["best", "last"] | None = None
    weight: float = 1


_USUAL_RULES = QuizRules()


@unfolding
class Page:
    """One Markdown file; one view for the trainee.

    ``key`` names it in the state: 4 characters for its id and revision; ``former`` are the keys
    that it had before, ``was`` the ids. ``minutes`` is the time that the author expects it to take.
    ``quiz`` are all questions that a quiz page may ask, by ``rules``; ``record`` are the items of a
    record page; both are empty elsewhere. ``checks`` are the practice questions in the prose.
    ``signature`` heads a record's column for the signature; empty means the interface's own words.
    ``lock`` is what is done before the page opens, that of its module apart.
    """

    path: str
    id: str
    key: str
    title: str
    revision: int
    kind: Literal["page", "quiz", "record"]
    minutes: int
    document: Document
    checks: tuple[Question, ...]
    quiz: tuple[Question, ...]
    record: tuple[RecordItem, ...]
    signature: str = ""
    lock: Lock | None = None
    rules: QuizRules = _USUAL_RULES
    former: Former = NO_FORMER
    was: tuple[str, ...] = ()

    def fixed(self) -> tuple[Question, ...]:
        """The questions that every attempt at a quiz asks."""
        drawn = {question.id for draw in self.rules.draws for question in draw.questions}
        return tuple(question for question in self.quiz if question.id not in drawn)

    def questions(self) -> Iterator[Question]:
        """Every question that the page asks, for practice or for score."""
        yield from self.checks
        yield from self.quiz

    @cached_property
    def _media(self) -> tuple[str, ...]:
        return tuple(name for text in self.prose() for name in targets.media(text, self.path))

    def media(self) -> Iterator[str]:
        """The path of every file of the course that the page shows or links to."""
        return iter(self._media)

    def has_contacts(self) -> bool:
        """Whether the page says whom to turn to."""
        blocks = self.document.walk()
        return any(isinstance(one, Directive) and one.name == "contacts" for one in blocks)

    def prose(self) -> Iterator[Prose]:
        """Every text shown on the page that may hold links, images and variables."""
        yield from (block for block in self.document.walk() if isinstance(block, Prose))
        for question in self.questions():
            yield from question.prose()
        for item in self.record:
            yield from item.prose()


@immutable
class Module:
    """A named group of pages; ``title`` is empty for pages outside any module.

    ``lock`` is what is done before its pages open. ``id`` names it as an objective of the LMS.
    """

    title: str
    pages: tuple[Page, ...]
    lock: Lock | None = None
    id: str = ""


@immutable
class QuickExit:
    """Where “Exit this page” leads: an address, or ``None`` for the package's own neutral page."""

    url: str | None


@immutable
class Approval:
    """An entry of ``approvals.yaml``: who approved which words of a part, and when.

    ``code`` is the code of these words; ``words`` is empty where the entry does not have them.
    ``place`` is that of the entry in its file.
    """

    part: str
    by: str
    on: date
    code: str
    words: str
    place: Place


@immutable
class Remark:
    """An entry of ``remarks.yaml``: what a reviewer remarked, and what became of it.

    ``id`` is derived from what was remarked. ``about`` are the words that it is about, in a change
    those that were struck out; ``added`` those in their place; ``text`` is that of a comment.
    ``part`` is the tag of what it stands in, ``file`` and ``line`` where that was when the document
    was read. ``reason`` is why it was declined. ``place`` is that of the entry in its file.
    """

    id: str
    state: Literal["open", "done", "declined"]
    kind: Literal["comment", "reply", "change"]
    place: Place
    by: str = ""
    on: str = ""
    part: str = ""
    file: str = ""
    line: int = 0
    about: str = ""
    added: str = ""
    text: str = ""
    reason: str = ""

    @property
    def words(self) -> str:
        """What was remarked, in one line."""
        if self.kind != "change":
            return " ".join(self.text.split())
        if not self.about:
            return f"new: “{self.added}”"
        return f"“{self.about}” → “{self.added}”" if self.added else f"struck out: “{self.about}”"

    @property
    def author(self) -> str:
        """Who remarked it, and when."""
        return ", ".join(filter(None, (self.by or "a reviewer", self.on)))


@immutable
class Wording:
    """A part of the course that can be approved, its words code, and who approved these words.

    ``by`` is empty and ``on`` is ``None`` where nobody has.
    """

    part: str
    code: str
    by: str = ""
    on: date | None = None


@immutable
class Course:
    """The whole course.

    ``draft`` is true while something is still to be set or approved. ``captions`` are the texts of
    captions, by path. ``typography`` is whether straight quotation marks, dashes and spaces are
    shown as the language prints them. Without a ``cover`` the course begins with its first page,
    without a ``certificate`` there is none, and the day of the end is not kept. ``trainee_names``
    is in which order names are printed that an LMS sends as “Family, First”.
    ``help`` are the pages that the view of help and contacts, which is the same distance away from
    every page (WCAG 2.2, 3.2.6), leads to.
    ``quick_exit`` is ``None`` where the course offers no way to leave at once. ``worst_state`` is
    the length of the longest state that a trainee can reach, in characters. ``wording`` has every
    part that has words; ``show_names`` is whether the package names those who approved them, and
    ``without_approvals`` whether the course asks for no approval before a release.
    ``reminder`` is a sentence under every field for free text, empty for none.
    """

    id: str
    title: str
    version: str
    language: str
    description: str
    keywords: tuple[str, ...]
    owner: str
    reviewed_on: date | None
    review_by: date | None
    rights: str
    modules: tuple[Module, ...]
    questions: tuple[Question, ...]
    variables: Mapping[str, Variable]
    references: Mapping[str, Reference]
    tracking: Tracking
    media: Mapping[str, MediaFile]
    draft: bool
    captions: Mapping[str, str] = field(default_factory=dict)
    theme: Theme = Theme()
    typography: Literal["as-written", "by-language"] = "as-written"
    trainee_names: Literal["as-sent", "given-name-first"] = "as-sent"
    cover: Cover | None = None
    certificate: Certificate | None = None
    help: tuple[Page, ...] = ()
    quick_exit: QuickExit | None = None
    worst_state: int = 0
    wording: tuple[Wording, ...] = ()
    show_names: bool = False
    reminder: str = ""
    without_approvals: bool = False

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every page, in the order of the course."""
        return tuple(page for module in self.modules for page in module.pages)

    @property
    def helps(self) -> bool:
        """Whether there is anybody to turn to, or a page that helps."""
        return (
            bool(self.help)
            or EMERGENCY in self.variables
            or any(map(Page.has_contacts, self.pages))
        )

    @property
    def objectives(self) -> bool:
        """Whether an LMS can be told how far each module is."""
        return self.tracking.pages == "all" and any(module.title for module in self.modules)

    @property
    def locks(self) -> bool:
        """Whether anything waits for something else to be done."""
        return any(module.lock for module in self.modules) or any(page.lock for page in self.pages)

    def media_used(self) -> frozenset[str]:
        """The path of every file of the course that a page, the cover or the theme uses."""
        shown = (path for page in self.pages for path in page.media())
        cover = self.cover.media() if self.cover else ()
        return frozenset((*shown, *cover, *self.theme.media()))
