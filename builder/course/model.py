"""The model of a valid course, the result of ``validate``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date
from functools import cached_property
from typing import Literal

from builder.base.immutable import immutable, unfolding
from builder.course import targets
from builder.course.keys import NO_FORMER, Former
from builder.course.markdown import Directive, Document, Prose
from builder.course.questions import Question
from builder.course.ranges import NEEDED, Count, Percent
from builder.course.sources import MediaFile, Place

EMERGENCY = "emergency_route"
"""The variable that says what to do when somebody is in danger."""


@immutable
class Variable:
    """A variable, used in prose as ``{{ name }}``.

    ``label`` describes it in words; ``value`` is ``None`` while unset.
    """

    name: str
    label: str
    value: str | None


@immutable
class Reference:
    """An address outside the course: as written, its present address, and when it was checked.

    ``current`` is ``None`` if the written address still works. ``organisation`` is its owner, shown
    in further reading; ``None`` if unknown.
    """

    url: str
    current: str | None
    checked_on: date | None
    organisation: str | None = None


@immutable
class Tracking:
    """What is tracked, and what is reported to the LMS.

    - ``pages``: ``all`` must be visited, or ``none`` (only the bookmark is saved).
    - ``report``: the status of a finished course with a quiz.
    - ``pass_mark``: percent of the score, 0–100.
    - ``attempts``: maximum number of attempts at a quiz, 0 for no limit.
    - ``keep``: which of its scores a quiz keeps.
    - ``score``: whether the score is reported.
    - ``mastery``: the mastery score in the manifest, by which an LMS may judge; ``None`` for none.
    - ``failed``: whether it is reported that a trainee can no longer pass, which ends the attempt.
    - ``comments``: whether trainees may send comments.
    - ``journal``: whether the browser stores what the LMS has not confirmed.
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
    """The course's own stylesheet: its path and text.

    ``files`` are the paths of the fonts and pictures that it uses.
    """

    path: str
    text: str
    files: tuple[str, ...]


@immutable
class Theme:
    """The theme of a course.

    ``accent`` is the colour of links and buttons, ``accent_dark`` the one for dark screens: ``#``
    and six hexadecimal digits, or empty for the player's default. ``preset`` is a key of
    ``colours.PRESETS``, or empty. ``logo``, ``logo_dark``, ``font`` and ``font_bold`` are paths, or
    empty; ``logo_alt`` is the logo's text.
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
        """The path of every course file that the theme uses."""
        yield from filter(None, (self.logo, self.logo_dark, self.font, self.font_bold))
        if self.stylesheet:
            yield self.stylesheet.path
            yield from self.stylesheet.files


@immutable
class Cover:
    """The first view of a course, which introduces it.

    ``about`` says what it is, ``audience`` for whom, ``outcomes`` what trainees learn; each may be
    empty. ``picture`` is a path, or empty for a pattern in the accent colour.
    """

    about: str = ""
    audience: str = ""
    outcomes: tuple[str, ...] = ()
    picture: str = ""

    def media(self) -> Iterator[str]:
        """The path of every course file that the cover shows."""
        if self.picture:
            yield self.picture


@immutable
class Certificate:
    """A certificate, printable for trainees who have finished and whose result the LMS has
    confirmed.

    ``signed_by`` are the signatories; may be empty.
    """

    signed_by: tuple[str, ...] = ()


@immutable
class Lock:
    """What has to be done before a page or module opens: all of it
    (facts/accessibility.md#round-the-page).

    ``pages`` are ids of pages to be done, ``modules`` titles of modules whose pages all have to be
    done, ``passed`` ids of quiz pages to be passed.
    """

    pages: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()


@immutable
class RecordItem:
    """One question of a record.

    ``key`` is its name in the state, ``former`` are earlier keys. ``limit`` is the maximum length
    of an answer in letters (see ``builder.course.letters``).
    """

    id: str
    key: str
    question: Prose
    reading: Prose | None
    limit: int
    former: Former = NO_FORMER

    def prose(self) -> Iterator[Prose]:
        """Both texts, if they exist."""
        yield self.question
        if self.reading:
            yield self.reading


@immutable
class Draw:
    """Draws ``count`` of these questions, different ones for each trainee and attempt."""

    count: int
    questions: tuple[Question, ...]


@immutable
class QuizRules:
    """How a quiz asks and counts.

    Questions outside any draw are asked in every attempt. ``feedback``: after each answer, after
    the last, or never. ``retake``: whether another attempt asks everything, or only what was wrong.
    ``attempts``, ``pass_mark`` and ``keep`` are ``None`` to use the course's. ``weight``: the share
    of the quiz in the course's score.
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


_DEFAULT_RULES = QuizRules()


@unfolding
class Page:
    """One Markdown file, shown as one view.

    - ``key``: its name in the state, 4 characters for id and revision; ``former``: earlier keys;
      ``was``: earlier ids.
    - ``minutes``: the duration estimated by the author.
    - ``checks``: the practice questions in the prose.
    - ``quiz``: all questions that a quiz page may ask, by ``rules``; empty for other pages.
    - ``record``: the items of a record page; empty for other pages.
    - ``signature``: the heading of a record's signature column; empty for the interface's text.
    - ``lock``: what has to be done before the page opens, without its module's lock.
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
    rules: QuizRules = _DEFAULT_RULES
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
        """The path of every course file that the page shows or links to."""
        return iter(self._media)

    def has_contacts(self) -> bool:
        """Whether the page has a block of contacts."""
        blocks = self.document.walk()
        return any(isinstance(one, Directive) and one.name == "contacts" for one in blocks)

    def prose(self) -> Iterator[Prose]:
        """Every text shown on the page that may contain links, images and variables."""
        yield from (block for block in self.document.walk() if isinstance(block, Prose))
        for question in self.questions():
            yield from question.prose()
        for item in self.record:
            yield from item.prose()


@immutable
class Module:
    """A named group of pages; ``title`` is empty for pages outside any module.

    ``lock`` is what has to be done before its pages open. ``id`` is its name as an objective in the
    LMS.
    """

    title: str
    pages: tuple[Page, ...]
    lock: Lock | None = None
    id: str = ""


@immutable
class QuickExit:
    """The target of “Exit this page”: an address, or ``None`` for the package's neutral page."""

    url: str | None


@immutable
class Approval:
    """An entry of ``approvals.yaml``: who approved which words of a part, and when.

    ``code`` is the code of these words; ``words`` is empty if the entry does not contain them.
    ``place`` is the entry's position.
    """

    part: str
    by: str
    on: date
    code: str
    words: str
    place: Place


@immutable
class Remark:
    """An entry of ``remarks.yaml``: a reviewer's remark, and its state.

    ``id`` is derived from the content. ``about`` are the words that the remark concerns (in a
    change: the deleted words), ``added`` the inserted words, ``text`` the comment. ``part`` is the
    tag of the part concerned; ``file`` and ``line`` are its position when the document was read.
    ``reason`` is why the remark was declined. ``place`` is the entry's position.
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
        """The content of the remark in one line."""
        if self.kind != "change":
            return " ".join(self.text.split())
        if not self.about:
            return f"new: “{self.added}”"
        return f"“{self.about}” → “{self.added}”" if self.added else f"struck out: “{self.about}”"

    @property
    def author(self) -> str:
        """The author and date of the remark."""
        return ", ".join(filter(None, (self.by or "a reviewer", self.on)))


@immutable
class Wording:
    """A part of the course that can be approved: its words code, and who approved these words.

    ``by`` is empty and ``on`` is ``None`` if nobody has.
    """

    part: str
    code: str
    by: str = ""
    on: date | None = None


@immutable
class Course:
    """The whole course.

    - ``draft``: something is still unset or not approved.
    - ``captions``: the texts of captions, by path.
    - ``typography``: whether straight quotation marks, dashes and spaces are converted to the
      language's.
    - ``trainee_names``: the order in which names are printed that an LMS sends as “Family, First”.
    - ``cover``: ``None`` to start with the first page.
    - ``certificate``: ``None`` for none; the day of completion is then not saved.
    - ``help``: the pages linked from the view of help and contacts, which is equally accessible
      from every page (WCAG 2.2, 3.2.6).
    - ``quick_exit``: ``None`` for no way to leave at once.
    - ``worst_state``: the maximum length of a trainee's state, in characters.
    - ``wording``: every part with words; ``show_names``: whether the package names who approved
      them.
    - ``without_approvals``: the course requires no approval before a release.
    - ``reminder``: a sentence below every field for free text; empty for none.
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
        """Whether the course has contacts or help pages."""
        return (
            bool(self.help)
            or EMERGENCY in self.variables
            or any(map(Page.has_contacts, self.pages))
        )

    @property
    def objectives(self) -> bool:
        """Whether module progress can be reported to the LMS as objectives."""
        return self.tracking.pages == "all" and any(module.title for module in self.modules)

    @property
    def locks(self) -> bool:
        """Whether any page or module is locked."""
        return any(module.lock for module in self.modules) or any(page.lock for page in self.pages)

    def media_used(self) -> frozenset[str]:
        """The path of every course file that a page, the cover or the theme uses."""
        in_pages = (path for page in self.pages for path in page.media())
        cover = self.cover.media() if self.cover else ()
        return frozenset((*in_pages, *cover, *self.theme.media()))
