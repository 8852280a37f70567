"""Computes the words of each kind of part, which people approve: one text on each line.

The words come from the files of the course, never from texts of scorm-builder or the player's
interface, so that an update does not change them. Text appears as written, a setting after its
key, such as ``pass_mark: 80``. A few marks are added: ``[x]`` before a right answer, ``→`` before
the feedback on an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from builder.base.immutable import immutable
from builder.base.patterns import late
from builder.course import markdown, model, targets
from builder.course.directives import announced, asks
from builder.course.markdown import Directive, Prose, walk
from builder.course.media import captions
from builder.course.questions import TYPES, Item, Option, Question
from builder.course.scenarios.model import Scenario
from builder.course.targets import Kind

_INVISIBLE = late("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
"""Matches characters that are invisible and not allowed in course files, but that Markdown entities
can produce."""
_BANK = "pages/question.md"
"""The path of a page that the links of a question are resolved from, since a question has no page
of its own."""


def _join_lines(lines: Iterable[str]) -> str:
    written = list(filter(None, lines))
    text = "\n".join(written)
    if _is_clean(text, len(written)):
        return text
    return "\n".join(filter(None, (" ".join(_INVISIBLE.sub("", line).split()) for line in written)))


def _is_clean(text: str, lines: int) -> bool:
    """Whether a text, which should have ``lines`` lines, needs no cleaning: no invisible
    characters, line breaks or superfluous spaces.

    Nearly all texts are clean, and one check of the whole text is much faster than a check of each
    line.
    """
    return (
        text.count("\n") == lines - 1
        and text.replace("\n", "").isprintable()
        and not ("  " in text or " \n" in text or "\n " in text)
        and text == text.strip()
    )


def line(prose: Prose, target: markdown.Target = str) -> str:
    """The words of a run of prose as one line; ``target`` converts the targets of links."""
    text = " ".join(markdown.words(prose, target))
    if not text.isprintable():
        text = _join_lines(markdown.words(prose, target))
    return " ".join(text.split())


def first_id(part: model.Page | Question) -> str:
    """The name of a page or question in the words of other parts: the first id that the page or
    question had.

    So changing an id does not change words that people have approved.
    """
    return part.was[0] if part.was else part.id


@immutable
class Names:
    """The names of pages in the words (see ``first_id``), by path and by current id."""

    by_path: Mapping[str, str]
    by_id: Mapping[str, str]

    def target(self, page: str) -> markdown.Target:
        """Make a function for ``markdown.words`` that replaces the target of a link in the file
        ``page`` by an address that does not depend on paths: for a page, its name."""

        def of(written: str) -> str:
            place = targets.read(written, page)
            if place.kind is not Kind.PAGE:
                return place.name
            name = f"#/{self.by_path.get(place.name, place.name)}"
            return f"{name}/{place.heading}" if place.heading else name

        return of


def names(course: model.Course) -> Names:
    """The names of all pages of a course in the words of parts."""
    return Names(
        {page.path: first_id(page) for page in course.pages},
        {page.id: first_id(page) for page in course.pages},
    )


def course(whole: model.Course, known: Names) -> str:
    """The words of the part ``course`` of the course ``whole``: title, cover, modules, owner,
    signatories and similar texts outside pages; and the tracking rules if no page has a quiz.
    ``known`` are the names of pages in the targets of links."""
    cover = whole.cover or model.Cover()
    signing = whole.certificate.signed_by if whole.certificate else ()
    return _join_lines(
        (
            whole.title,
            *dict.fromkeys((whole.description, cover.about)),
            cover.audience,
            *cover.outcomes,
            *(line for module in whole.modules for line in _module(module, known)),
            *_setting("keywords", ", ".join(whole.keywords)),
            *_setting("owner", whole.owner),
            *_setting("rights", whole.rights),
            *_setting("logo_alt", whole.theme.logo_alt if whole.theme.logo else ""),
            *_setting("picture_alt", cover.picture_alt if cover.picture else ""),
            *(f"signed_by: {name}" for name in signing),
            *_setting("reminder", whole.reminder),
            *_refreshers(whole.refreshers),
            *_setting("help", ", ".join(first_id(page) for page in whole.help)),
            *(() if any(page.quiz for page in whole.pages) else _rules_without_quiz(whole)),
        )
    )


def _rules_without_quiz(whole: model.Course) -> Iterator[str]:
    if any(page.counts for page in whole.pages):
        # Scenarios are judged by it; with a quiz, it is among the rules of the quiz.
        yield f"tracking.pass_mark: {whole.tracking.pass_mark}"
    yield from _tracking_rules(whole.tracking)


def _refreshers(rules: model.RefresherRules | None) -> Iterator[str]:
    """Yield the words of refreshers: their title, and what they leave out."""
    if rules:
        yield from _setting("refresher.title", rules.title)
        yield from _setting("refresher.quiz", "" if rules.quiz else "no")
        yield from _setting("refresher.record", "" if rules.record else "no")


def _module(module: model.Module, known: Names) -> Iterator[str]:
    yield module.title
    yield from _lock(module.lock, known)
    if module.lock:
        # The words list the pages: a page moved to another module would open earlier or later.
        yield from _setting("locked.pages", ", ".join(first_id(page) for page in module.pages))
    if test := module.test_out:
        pages = [first_id(page) for page in module.pages if page.id not in test.always]
        yield f"test_out: {', '.join(pages)}"
        yield f"test_out.pass_mark: {test.pass_mark}"
        yield f"test_out.attempts: {test.attempts}"
        for draw in test.draws:
            ids = ", ".join(sorted(question.id for question in draw.questions))
            yield f"test_out.draw: {draw.count} of {ids}"


def _lock(lock: model.Lock | None, known: Names) -> Iterator[str]:
    if lock:
        pages = (known.by_id.get(name, name) for name in lock.pages)
        yield from _setting("locked.done", ", ".join((*pages, *lock.modules)))
        passed = (known.by_id.get(name, name) for name in lock.passed)
        yield from _setting("locked.passed", ", ".join(passed))


def _setting(key: str, value: str) -> Iterator[str]:
    """Yield the line of a setting, ``key: value``; no line if its value is empty."""
    if value:
        yield f"{key}: {value}"


def page(whole: model.Page, captions: Mapping[str, str], known: Names) -> str:
    """The words of a page, or of a scenario, without its questions.

    ``captions`` are the contents of the caption files of its recordings, by path, and ``known`` are
    the names of pages in the targets of links.
    """
    asked = {question.id: first_id(question) for question in whole.checks}
    return _join_lines(
        (
            whole.title,
            f"minutes: {whole.minutes}",
            *_lock(whole.lock, known),
            *(
                _scenario(whole.scenario, known.target(whole.path), asked)
                if whole.scenario
                else _document(whole.document.walk(), known.target(whole.path), asked)
            ),
            *_caption_words(captions),
        )
    )


def _scenario(
    scenario: Scenario, target: markdown.Target, asked: Mapping[str, str]
) -> Iterator[str]:
    """Yield the lines of a scenario: its rules, then its scenes, each with its choices.

    A scene is named by its first id, so that renaming it does not change the words. A choice has
    its id and its quality.
    """
    names = {one.id: one.heading.was[0] if one.heading.was else one.id for one in scenario.scenes}
    yield f"start: {names.get(scenario.start, scenario.start)}"
    yield f"complete: {scenario.complete}"
    if scenario.weight is not None:
        yield f"weight: {scenario.weight:g}"
        # Without a limit, and with the best walk, the lines are those of older courses.
        yield from _setting("attempts", f"{scenario.attempts or ''}")
        yield from _setting("keep", scenario.keep if scenario.keep != "best" else "")
    yield from _setting("reveal", "always" if scenario.reveal else "")
    yield from _document(walk(scenario.introduction), target, asked)
    for scene in scenario.scenes:
        yield f"scene {names[scene.id]}: {line(scene.words, target)}"
        yield from _document(walk(scene.blocks), target, asked)
        for choice in scene.choices:
            leads = names.get(choice.to, choice.to)
            yield f"{choice.id} {choice.quality}: {line(choice.words, target)} → {leads}"
            if choice.feedback:
                yield from (f"→ {words}" for words in markdown.words(choice.feedback, target))
        if scene.ending:
            yield f"ending {scene.ending.quality}:"
            yield from _document(walk(scene.ending.blocks), target, asked)


def _document(
    blocks: Iterable[Prose | Directive], target: markdown.Target, asked: Mapping[str, str]
) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Prose):
            yield from markdown.words(block, target)
        else:
            yield _block_title(block, asked)


def _block_title(block: Directive, asked: Mapping[str, str]) -> str:
    if asks(block.name):
        return f"::: {block.name} {asked.get(block.argument, block.argument)}"
    title = markdown.escape_words(block.argument)
    return f"::: {block.name} {title}" if announced(block.name) else title


def _caption_words(texts: Mapping[str, str]) -> Iterator[str]:
    for text in texts.values():
        yield from captions.words(text)


def record(whole: model.Page, known: Names) -> str:
    """The words of a record page's items, and the heading of its signature column. ``known`` are
    the names of pages in the targets of links."""
    target = known.target(whole.path)
    texts = (line(prose, target) for item in whole.record for prose in item.prose())
    return _join_lines((*texts, *_setting("signature", whole.signature)))


def quiz(whole: model.Page, tracking: model.Tracking) -> str:
    """The words of the quiz on a page: its own rules, and the rules that it takes from
    ``tracking``, those of the course."""
    rules = whole.rules
    return _join_lines(
        (
            f"tracking.pass_mark: {tracking.pass_mark}"
            if rules.pass_mark is None
            else f"pass_mark: {rules.pass_mark}",
            f"attempts: {tracking.attempts if rules.attempts is None else rules.attempts}",
            f"keep: {rules.keep or tracking.keep}",
            *(
                f"draw: {draw.count} of {len(draw.questions)}: {_list_questions(draw.questions)}"
                for draw in rules.draws
            ),
            *_setting("questions", _list_questions(whole.fixed(), ordered=True)),
            f"feedback: {rules.feedback}",
            f"retake: {rules.retake}",
            f"weight: {rules.weight:g}",
            *_tracking_rules(tracking),
        )
    )


def _list_questions(questions: Iterable[Question], ordered: bool = False) -> str:
    """The names of questions, with weights other than 1, separated by commas; sorted unless
    ``ordered``, since the questions of a draw have no order."""
    listed = [
        first_id(one) if one.weight == 1 else f"{first_id(one)} × {one.weight:g}"
        for one in questions
    ]
    return ", ".join(listed if ordered else sorted(listed))


def _tracking_rules(tracking: model.Tracking) -> Iterator[str]:
    """Yield the lines of the tracking rules of the whole course, including what is reported to the
    LMS."""
    yield f"tracking.pages: {tracking.pages}"
    yield f"tracking.report: {tracking.report}"
    yield f"tracking.score: {'yes' if tracking.score else 'no'}"
    yield f"tracking.failed: {tracking.failed}"
    yield f"tracking.mastery: {'none' if tracking.mastery is None else tracking.mastery}"


def value(whole: model.Variable) -> str:
    """The words of a local value: its label and its text; empty if the value is not set."""
    return _join_lines((whole.label, whole.value)) if whole.value else ""


def question(asked: Question, known: Names) -> str:
    """The words of a question, its correct answers, and its feedback. ``known`` are the names of
    pages in the targets of links.

    Options that may be shuffled are sorted by id, so that reordering them in the file does not
    change the words. Steps, statements and options with a fixed order stay in the order of the
    file; for a sequencing question, the order is the answer. Options that are texts of the
    interface, such as the default scale of agreement, are left out.
    """
    return _join_lines(_QuestionWords(asked, known).lines())


@immutable
class _QuestionWords:
    """Collects the words of one question, which people approve."""

    asked: Question
    known: Names

    def lines(self) -> Iterator[str]:
        asked = self.asked
        if asked.material:
            yield from _document(asked.material.walk(), self._target, {})
        yield self._line(asked.prompt)
        yield f"type: {asked.type}"
        yield from self._rules()
        yield from self._labelled("hint:", asked.hint)
        yield from self._answers()
        yield from self._labelled("right →", asked.feedback.right)
        yield from self._labelled("partly →", asked.feedback.partly)
        yield from self._labelled("wrong →", asked.feedback.wrong)
        yield from self._labelled("explanation:", asked.explanation)
        yield from self._quotation_lines(asked)
        if asked.source:
            yield f"source: #/{self.known.by_id.get(asked.source, asked.source)}"

    def _target(self, written: str) -> str:
        return self.known.target(_BANK)(written)

    def _line(self, prose: Prose) -> str:
        return line(prose, self._target)

    def _labelled(self, label: str, prose: Prose | None) -> Iterator[str]:
        if prose:
            yield f"{label} {self._line(prose)}"

    def _rules(self) -> Iterator[str]:
        """Yield the lines of the question's settings that differ from the defaults."""
        answer = self.asked.answer
        if answer.get("multiple"):
            yield "multiple: yes"
        if answer.get("credit", "all") != "all":
            yield f"credit: {answer['credit']}"
        if "forgive" in answer:
            yield f"forgive: {', '.join(sorted(answer['forgive'])) or 'nothing'}"
        if self.asked.reveal:
            yield f"reveal: {self.asked.reveal}"
        if "kept" in answer:
            yield f"keep: {'text' if answer['kept'] else 'none'}"
            yield f"report: {self.asked.interaction or 'none'}"

    def _answers(self) -> Iterator[str]:
        asked = self.asked
        if asked.undecided and not asked.options and not asked.items:
            return
        for words, part in TYPES[asked.type].answer_lines(asked, self._line):
            yield words
            if part and part.feedback:
                yield f"→ {self._line(part.feedback)}"
            if part:
                yield from self._quotation_lines(part)

    def _quotation_lines(self, part: Question | Option | Item) -> Iterator[str]:
        for words in part.quotation.parts if part.quotation else ():
            page = self.known.by_id.get(part.quotation.page, "") if part.quotation else ""
            yield f"“{words}” <#/{page}>"
