"""The model of a valid course, the result of ``builder.course.validate``.

Pages, questions and record items have a key: 4 characters that name them in the saved state of a
trainee (``builder.course.keys``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Literal

from builder.base.immutable import immutable, unfolding
from builder.course import interface, targets
from builder.course.keys import NO_FORMER, Former
from builder.course.markdown import Directive, Document, Prose
from builder.course.questions import Question
from builder.course.ranges import NEEDED, Count, Percent
from builder.course.scenarios.model import Scenario, Scene
from builder.course.sources import MediaFile, Place

EMERGENCY = "emergency_route"
"""The name of the variable that says what to do when somebody is in danger."""


@immutable
class Variable:
    """A variable (for authors: a local value), used in prose as ``{{ name }}``.

    ``label`` describes it in words; ``value`` is ``None`` while the author has not set it.
    """

    name: str
    label: str
    value: str | None


@immutable
class Reference:
    """An address outside the course that pages link to.

    ``url`` is the address as pages have it, ``current`` the new address if it has moved, else
    ``None``. ``checked_on`` is the day when somebody last opened it. ``organisation`` is the owner
    of the address, shown in further reading; ``None`` if unknown.
    """

    url: str
    current: str | None
    checked_on: date | None
    organisation: str | None = None


@immutable
class Tracking:
    """What is tracked, and what is reported to the LMS.

    - ``pages``: ``all``: trainees must visit every page; ``none``: only the bookmark is saved.
    - ``report``: the status of a finished course with a quiz that is reported.
    - ``pass_mark``: percent of the score, 0–100.
    - ``attempts``: maximum number of attempts at a quiz, 0 for no limit.
    - ``keep``: which score of several attempts at a quiz counts.
    - ``score``: whether the score is reported.
    - ``mastery``: the mastery score in the manifest, by which an LMS may set the status; ``None``
      for none.
    - ``failed``: whether a failure is reported once a trainee can no longer pass.
    - ``comments``: whether trainees may send comments.
    - ``journal``: whether the browser stores data that the LMS has not confirmed.
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

    ``accent`` is the colour of links and buttons, ``accent_dark`` their colour on dark screens:
    ``#`` and six hexadecimal digits, or empty for the player's default. ``preset`` is a key of
    ``colours.PRESETS``, or empty. ``logo``, ``logo_dark``, ``font`` and ``font_bold`` are paths, or
    empty; ``logo_alt`` is the logo's alternative text.
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
        """Yield the path of every course file that the theme uses."""
        yield from filter(None, (self.logo, self.logo_dark, self.font, self.font_bold))
        if self.stylesheet:
            yield self.stylesheet.path
            yield from self.stylesheet.files


@immutable
class Cover:
    """The first view of a course, which introduces it.

    ``about`` says what the course is, ``audience`` for whom it is, ``outcomes`` what trainees
    learn; each may be empty. ``picture`` is a path, or empty for a pattern in the accent colour;
    ``picture_alt`` is its alternative text, empty if it is decoration.
    """

    about: str = ""
    audience: str = ""
    outcomes: tuple[str, ...] = ()
    picture: str = ""
    picture_alt: str = ""

    def media(self) -> Iterator[str]:
        """Yield the path of every course file that the cover shows."""
        if self.picture:
            yield self.picture


@immutable
class Certificate:
    """A certificate, printable for trainees who have finished and whose result the LMS has
    confirmed.

    ``signed_by`` are the names of the signatories; may be empty. ``shown_by_test``: whether it
    lists the modules of which a test-out has shown pages.
    """

    signed_by: tuple[str, ...] = ()
    shown_by_test: bool = False


@immutable
class RefresherRules:
    """What the author sets for refreshers of the course.

    ``title`` is their title. ``quiz`` and ``record`` say whether they have the quizzes and records
    of the course. ``certificate`` is ``None`` for none.
    """

    title: str
    quiz: bool = True
    record: bool = True
    certificate: Certificate | None = None


NewsKind = Literal["new", "changed"]


@immutable
class PageNews:
    """What is new on a page of a refresher since the version that its trainees completed.

    - ``kind``: whether the page or its words are new, or only some of its words; ``again`` if the
      author wants it read again although its words are the same.
    - ``marks``: what is new of the page's runs of text, by their position on the page
      (``builder.package.render.news.Run``).
    - ``removed``: whether text was removed.
    - ``answers``: how many questions on the page have another right answer; ``decisions``: whether
      what is a good decision in its scenario has changed.
    """

    kind: Literal["new", "changed", "again"]
    marks: Mapping[int, NewsKind] = field(default_factory=dict)
    removed: bool = False
    answers: int = 0
    decisions: bool = False

    @property
    def asks_again(self) -> bool:
        """Whether what was right on the page has changed."""
        return self.answers > 0 or self.decisions


@immutable
class Refresher:
    """What makes a course a refresher: the version that its trainees completed, and what is new.

    ``digest`` is that of the completed package, ``version`` its version, and ``reviewed_on`` the
    day of its review, or ``None``. ``news`` are the pages that must be read, by id, in the order of
    the course. ``answers`` are the ids of the questions whose right answer has changed.
    ``left_out`` are the ids of the pages that only the course has.
    """

    digest: str
    version: str
    reviewed_on: date | None
    news: Mapping[str, PageNews] = field(default_factory=dict)
    answers: tuple[str, ...] = ()
    left_out: frozenset[str] = frozenset()


@immutable
class Lock:
    """What trainees must all do before a page or module opens
    (facts/accessibility.md#round-the-page).

    ``pages`` are ids of pages that must be done, ``modules`` titles of modules in which every page
    must be done, ``passed`` ids of quiz pages that must be passed.
    """

    pages: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()


@immutable
class RecordItem:
    """One question of a record page, which trainees answer in their own words.

    ``key`` names it in the saved state, ``former`` are its earlier keys. ``reading`` says where to
    read about it, or is ``None``. ``limit`` is the maximum length of an answer in letters of the
    saved state (see ``builder.course.letters``).
    """

    id: str
    key: str
    question: Prose
    reading: Prose | None
    limit: int
    former: Former = NO_FORMER

    def prose(self) -> Iterator[Prose]:
        """Yield the texts that trainees read: the question, and the reading if it exists."""
        yield self.question
        if self.reading:
            yield self.reading


@immutable
class Draw:
    """A draw of a quiz: ``count`` of these questions are asked, different ones for each trainee and
    attempt."""

    count: int
    questions: tuple[Question, ...]


@immutable
class QuizRules:
    """How a quiz asks and scores its questions.

    Questions outside any draw are asked in every attempt. ``feedback`` is given after each answer,
    after the last answer, or never. ``retake``: whether another attempt asks all questions, or only
    those answered wrong. ``attempts``, ``pass_mark`` and ``keep`` are those of this quiz, as in
    ``Tracking``; ``None`` to use those of the course. ``weight`` is the weight of the quiz in the
    score of the course.
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

    - ``key``: 4 characters, a hash of id and revision, that name the page in the saved state;
      ``former``: earlier keys; ``was``: earlier ids.
    - ``minutes``: the duration estimated by the author.
    - ``checks``: the practice questions in the prose.
    - ``quiz``: all questions that a quiz page may ask; ``rules`` decide which. Empty for other
      pages.
    - ``record``: the items of a record page; empty for other pages.
    - ``scenario``: the scenes of a scenario page; ``None`` for other pages.
    - ``signature``: the heading of a record's signature column; empty for the interface's text.
    - ``shown_by_test``: whether the sheet of a record lists the modules of which a test-out has
      shown pages.
    - ``lock``: what trainees must do before the page opens, without its module's lock.
    - ``covers``: the ids of the pages that a test-out replaces. Only generated pages have it (see
      ``builder.course.test_out``).
    - ``shown``: the key that the saved state has instead of ``key`` if the page was shown by a
      test-out and not read; ``shown_was``: this key under earlier ids. Empty for pages that no
      test-out covers.
    - ``minor``: codes of changes of its words that nobody needs to read
      (``builder.updating.refreshing``).
    """

    path: str
    id: str
    key: str
    title: str
    revision: int
    kind: Literal["page", "quiz", "record", "scenario", "test-out"]
    minutes: int
    document: Document
    checks: tuple[Question, ...]
    quiz: tuple[Question, ...]
    record: tuple[RecordItem, ...]
    signature: str = ""
    shown_by_test: bool = False
    lock: Lock | None = None
    rules: QuizRules = _DEFAULT_RULES
    former: Former = NO_FORMER
    was: tuple[str, ...] = ()
    scenario: Scenario | None = None
    covers: tuple[str, ...] = ()
    shown: str = ""
    shown_was: tuple[str, ...] = ()
    minor: tuple[str, ...] = ()

    def fixed(self) -> tuple[Question, ...]:
        """The questions that every attempt at a quiz asks."""
        drawn = {question.id for draw in self.rules.draws for question in draw.questions}
        return tuple(question for question in self.quiz if question.id not in drawn)

    def scenes(self) -> tuple[Scene, ...]:
        """The scenes of the page, if it is a scenario."""
        return self.scenario.scenes if self.scenario else ()

    @property
    def counts(self) -> bool:
        """Whether the page is part of the score: a quiz, or a scenario with a weight."""
        return bool(self.quiz) or (self.scenario is not None and self.scenario.weight is not None)

    def questions(self) -> Iterator[Question]:
        """Yield every question that the page asks, for practice or for a score."""
        yield from self.checks
        yield from self.quiz

    @cached_property
    def _media(self) -> tuple[str, ...]:
        return tuple(name for text in self.prose() for name in targets.media(text, self.path))

    def media(self) -> Iterator[str]:
        """Yield the path of every course file that the page shows or links to."""
        return iter(self._media)

    def has_contacts(self) -> bool:
        """Whether the page has a block of contacts."""
        blocks = self.document.walk()
        return any(isinstance(one, Directive) and one.name == "contacts" for one in blocks)

    def prose(self) -> Iterator[Prose]:
        """Yield every text shown on the page that may contain links, images and variables."""
        yield from (block for block in self.document.walk() if isinstance(block, Prose))
        for question in self.questions():
            yield from question.prose()
        for item in self.record:
            yield from item.prose()


@immutable
class TestOut:
    """A test-out of a module: trainees who pass it need not read the module.

    - ``draws``: the questions that it may ask, and how many of them each attempt asks.
    - ``pass_mark``: percent of the score, 0–100; ``attempts``: maximum number of attempts, 0 for no
      limit.
    - ``always``: ids of the module's pages that must be read whatever the result. A quiz or record
      of the module is always among them.
    """

    draws: tuple[Draw, ...]
    pass_mark: int
    attempts: int
    always: tuple[str, ...] = ()


@immutable
class Module:
    """A named group of pages; ``title`` is empty for pages outside any module.

    ``lock`` is what trainees must do before its pages open. ``id`` is the id of the objective under
    which its progress is reported to the LMS. ``test_out`` is the test by which trainees can show
    that they know the module; its page is generated (``builder.course.test_out``) and is not one of
    ``pages``.
    """

    title: str
    pages: tuple[Page, ...]
    lock: Lock | None = None
    id: str = ""
    test_out: TestOut | None = None


@immutable
class QuickExit:
    """The target of the link “Exit this page”, which trainees use to leave at once: an address, or
    ``None`` for a neutral page in the package."""

    url: str | None


@immutable
class Evidence:
    """The document that an approval rests on: its file name, and the SHA-256 digest of its bytes as
    64 hexadecimal digits."""

    file: str
    sha256: str


@immutable
class Approval:
    """An entry of ``approvals.yaml``: who approved which words of a part, and when.

    ``part`` is the part's id, such as ``question/first-thing``. ``code`` is a short hash of the
    approved words (see ``builder.course.approvals``), which shows whether they have changed since.
    ``words`` are the words themselves, or empty if the entry has only the code. ``place`` is the
    entry's position in the file. ``evidence`` is ``None`` for an approval without a document.
    """

    part: str
    by: str
    on: date
    code: str
    words: str
    place: Place
    evidence: Evidence | None = None


@immutable
class Remark:
    """An entry of ``remarks.yaml``: a reviewer's remark from a review document, and its state.

    - ``id``: a code such as ``Q4RD-WQKN``, derived from the content of the remark.
    - ``place``: the position of the entry in ``remarks.yaml``.
    - ``by`` and ``on``: the reviewer, and the day (``YYYY-MM-DD``); may be empty.
    - ``part``: the tag of the part of the course that the remark concerns, as the review document
      shows it; ``file`` and ``line``: the position of that part when the document was read.
    - ``about``: the words that the remark concerns; in a change, the deleted words.
    - ``added``: the words that a change inserts; ``text``: the text of a comment.
    - ``reason``: why the remark was declined.
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
        """The content of the remark in one line, for messages."""
        if self.kind != "change":
            return " ".join(self.text.split())
        if not self.about:
            return f"new: “{self.added}”"
        return f"“{self.about}” → “{self.added}”" if self.added else f"struck out: “{self.about}”"

    @property
    def author(self) -> str:
        """The author and date of the remark, for messages."""
        return ", ".join(filter(None, (self.by or "a reviewer", self.on)))


@immutable
class Wording:
    """A part of the course that can be approved: its id, the code (a short hash) of its words, and
    who approved these words.

    ``by`` is empty and ``on`` is ``None`` if nobody has approved them.
    """

    part: str
    code: str
    by: str = ""
    on: date | None = None


@immutable
class Course:
    """The whole course.

    - ``owner``: who is responsible for the course; ``rights``: who may use it.
    - ``questions``: the questions that pages ask, each once.
    - ``variables`` are by name, ``references`` by address, ``media`` by path.
    - ``draft``: something is unset, undecided or not approved, so the course cannot be released.
    - ``captions``: the contents of caption files, by path.
    - ``typography``: whether straight quotation marks, dashes and spaces are converted to the
      language's.
    - ``trainee_names``: how a name that an LMS sends as “Family, First” is printed.
    - ``cover``: ``None`` to start with the first page.
    - ``certificate``: ``None`` for none; the day of completion is then not saved.
    - ``help``: the pages linked from the view of help and contacts, which every page links to in
      the same place (WCAG 2.2, 3.2.6).
    - ``quick_exit``: ``None`` for no link to leave at once.
    - ``worst_state``: the maximum length of a trainee's saved state, in characters.
    - ``wording``: every part that can be approved; ``show_names``: whether the package names the
      people who approved the parts.
    - ``without_approvals``: the course requires no approval before a release.
    - ``reminder``: a sentence below every field for free text; empty for none.
    - ``translations``: the course in each other language, in the order of tags.
    - ``source_language``: in a translated course, the tag of the source language; else empty.
    - ``interface``: the course's own interface texts in its language by key, in place of those of
      the player.
    - ``untranslated``: in a translated course, the texts that are still in the source language, as
      the source has them.
    - ``refresh_every``: how long a completion counts, such as ``12 months``; may be empty.
    - ``refreshers``: what the author sets for refreshers, or ``None``; ``refresher``: ``None`` for
      the whole course.
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
    trainee_names: Literal["as-sent", "given-name-first"] = "given-name-first"
    cover: Cover | None = None
    certificate: Certificate | None = None
    help: tuple[Page, ...] = ()
    quick_exit: QuickExit | None = None
    worst_state: int = 0
    wording: tuple[Wording, ...] = ()
    show_names: bool = False
    reminder: str = ""
    refresh_every: str = ""
    refreshers: RefresherRules | None = None
    refresher: Refresher | None = None
    without_approvals: bool = False
    translations: tuple[Course, ...] = ()
    source_language: str = ""
    untranslated: frozenset[str] = frozenset()
    interface: Mapping[str, str] = field(default_factory=dict)

    @property
    def activity(self) -> str:
        """The id of what is an activity in an LMS: of the course, or of the refresher, which is
        different for each completed package and the same whenever it is built."""
        return f"{self.id}-refresher-{self.refresher.digest[:10]}" if self.refresher else self.id

    @property
    def texts(self) -> Mapping[str, str]:
        """The interface texts by key: the course's own, and those of the player."""
        usual = interface.texts(self.language)
        return {**usual, **self.interface} if self.interface else usual

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every page, in the order of the course."""
        return tuple(chain.from_iterable(module.pages for module in self.modules))

    @property
    def own_pages(self) -> tuple[Page, ...]:
        """The pages that the author wrote: all but the generated pages of test-outs."""
        return tuple(page for page in self.pages if page.kind != "test-out")

    def in_language(self, tag: str) -> Course | None:
        """The course in the language ``tag``, in any case; the source if the tag is empty, ``None``
        if there is no such language."""
        if not tag or tag.lower() == self.language.lower():
            return self
        return next((one for one in self.translations if one.language.lower() == tag.lower()), None)

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
        """The paths of all course files that a page, the cover or the theme uses."""
        in_pages = (path for page in self.pages for path in page.media())
        cover = self.cover.media() if self.cover else ()
        return frozenset((*in_pages, *cover, *self.theme.media()))
