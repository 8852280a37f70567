"""Checks the translations of a course, and makes the model of the course in each language.

The translated course is checked by the same rules as the source. What the source has too is not
reported again; other problems are reported at the line of the translation in its PO file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property, partial
from typing import Protocol

from builder.base.cache import Cache, Pause, no_pause
from builder.base.immutable import immutable, unfolding
from builder.course import interface
from builder.course.approvals import Part, split_language, translated_parts
from builder.course.model import Approval, Course
from builder.course.sources import PoEntry, PoFile, Sources
from builder.course.translations import checking
from builder.course.translations.applying import translated
from builder.course.translations.catalogue import Catalogue, catalogue
from builder.course.translations.former import former_parts, with_present_parts
from builder.course.translations.media import own_media
from builder.course.translations.messages import Message
from builder.course.validate import approvals, directions
from builder.course.validate.assemble import assemble
from builder.course.validate.gather import gather
from builder.course.validate.material import Material
from builder.diagnostics.codes import did_you_mean, problem
from builder.diagnostics.diagnostic import Diagnostic, Position, Severity, tidy

Run = Callable[[Material, Cache], Iterable[Diagnostic]]
"""A function that yields the problems that all rules find."""


class JudgedSource(Protocol):
    """The result of validating the source: the course, ``None`` if it has errors, and all
    problems."""

    @property
    def course(self) -> Course | None: ...
    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]: ...


@immutable
class Spoken:
    """A course in another language: ``None`` if there is an error. ``diagnostics`` are the problems
    of the translation, ``approvals`` those of its parts by part id. ``incomplete`` are the ids of
    the parts with some text in the source language."""

    course: Course | None
    diagnostics: tuple[Diagnostic, ...]
    approvals: Mapping[str, Approval] = field(default_factory=dict)
    incomplete: frozenset[str] = frozenset()


def judge_all(
    material: Material, judged: JudgedSource, run: Run, cache: Cache, pause: Pause = no_pause
) -> tuple[Spoken, ...]:
    """Check the translations of a course and make the course in each language.

    ``material`` is that of the source, ``judged`` the result of validating the source.
    """
    sources = material.sources
    if not sources.translations:
        return ()
    listed = checking.list_messages(sources, cache)
    former, found = former_parts(sources), []
    for tag, written in sources.translations.items():
        pause()
        own = cache.scope(tag)
        if judged.course:
            own.start_pass()
        file = _with_present_parts(written, former, own)
        found.append(_judge(material, file, listed, judged, run, own))
    return tuple(found)


def course_in(
    material: Material, source: Course, tag: str, run: Run, cache: Cache
) -> Course | None:
    """The course in the language ``tag`` of a translation, apart from its approvals; ``None`` if
    the translation, or what it shows of the source, has an error.

    ``material`` is that of the source, ``source`` a course that was made from the same files, apart
    from the text of pages.
    """
    own, sources = cache.scope(tag), material.sources
    file = _with_present_parts(sources.translations[tag], former_parts(sources), own)
    listed = checking.list_messages(sources, cache)
    found = _read(material, file, listed, source, run, own)
    problems = (*found.checked.diagnostics, *found.problems)
    return None if any(one.severity is Severity.ERROR for one in problems) else found.course


def _with_present_parts(file: PoFile, former: Mapping[str, str], cache: Cache) -> PoFile:
    return cache.get_or_compute(
        "present parts", (file, former), partial(with_present_parts, file, former)
    )


@immutable
class _Read:
    """A translation that was read: the checked PO file; and if this is usable, the translations
    that are shown, the material, its ``problems``, and the course without approvals."""

    checked: checking.Checked
    known: Catalogue | None = None
    material: Material | None = None
    problems: tuple[Diagnostic, ...] = ()
    course: Course | None = None


def _read(
    material: Material,
    file: PoFile,
    listed: checking.Listed,
    source: Course | None,
    run: Run,
    cache: Cache,
) -> _Read:
    """Read a translation; ``cache`` is that of its language."""
    sources = material.sources
    checked = checking.check(file, listed, sources, cache)
    if source is None or not checked.usable:
        return _Read(checked)
    foreign = source.language, interface.spoken(source.language).direction
    known = catalogue(file, foreign, checked.wrong, cache)
    translation, problems = gather(translated(sources, known, cache), material.today, cache)
    problems = (*problems, *run(translation, cache))
    made = _course(translation, source, checked.missing, cache)
    return _Read(checked, known, translation, problems, made)


def _judge(
    material: Material,
    file: PoFile,
    listed: checking.Listed,
    judged: JudgedSource,
    run: Run,
    own: Cache,
) -> Spoken:
    sources, source = material.sources, judged.course
    read = _read(material, file, listed, source, run, own)
    checked, known, translation, made = read.checked, read.known, read.material, read.course
    if source is None:
        # Texts that could not be read from the course are not missing in it.
        found = (one for one in checked.diagnostics if one.code != "translation-unknown")
        return Spoken(None, tuple(found))
    if known is None or translation is None or made is None:
        return Spoken(None, checked.diagnostics)
    places = _Places(sources, file, known, listed)
    parts = translated_parts(made, own)
    positions = _part_positions(file, checked.missing, made, own)
    incomplete = frozenset(one.id for one in parts if one.words and positions(one) is None)
    wording, given, unapproved = approvals.judged_language(material, parts, file.tag, positions)
    problems = [*read.problems]
    if checked.missing:
        # The page with the quoted words can be a mixture of languages.
        problems = [one for one in problems if one.code != "quotation-missing"]
    diagnostics = [
        *checked.diagnostics,
        *own.get_or_compute("directions", (file,), lambda: tuple(directions.translations(file))),
        *_moved(problems, judged.diagnostics, file, places),
        *_unread(translation, Position(file.path)),
        *_incomplete(file, checked),
        *unapproved,
    ]
    remarks = (one for one in judged.diagnostics if one.position.path == file.path)
    draft = source.draft or is_draft((*diagnostics, *remarks))
    has_errors = any(problem.severity is Severity.ERROR for problem in diagnostics)
    course = None if has_errors else replace(made, draft=draft, wording=wording)
    return Spoken(course, tidy(diagnostics), given, incomplete)


def is_draft(problems: Iterable[Diagnostic]) -> bool:
    """Whether one of the problems makes the package a draft. An interface that nobody has read
    stops a release, but its package is not labelled as a draft."""
    return any(one.draft and one.code != _UNREAD for one in problems)


_UNREAD = "interface-unread"


def unread(material: Material) -> Iterator[Diagnostic]:
    """Report that no speaker of the course's language has read the interface's texts."""
    yield from _unread(material, material.course_place("language").at)


def _unread(material: Material, at: Position) -> Iterator[Diagnostic]:
    tag = material.course.language
    known = interface.language(tag)
    if material.course.interface_unread or (known and known.reviewed):
        return
    cause = "No speaker of the language has read"
    name = known.name if known else tag
    if known is None:
        own = len(material.interface)
        total = len(interface.required_keys(interface.spoken(tag)))
        if own >= total:
            return
        cause = f"Only {own:,} of {total:,} texts are there; the others are English. {cause}"
    yield problem(_UNREAD, at, language=name, problem=cause)


def interface_files(material: Material) -> Iterator[Diagnostic]:
    """Require that each file in ``translations/interface/`` is named after a language of the
    course, and that its texts close their direction characters."""
    sources = material.sources
    tags = {material.course.language, *sources.translations}
    for file in sources.interface.values():
        if file.tag not in tags and material.course_whole:
            cause = "is not a language of this course"
            near = did_you_mean(file.tag, tags)
            fix = f"Rename or delete the file.{near}" if near else "Rename or delete the file"
            words = {"name": file.tag, "problem": cause, "fix": fix}
            yield problem("translation-name", Position(file.path), **words)
        yield from directions.translations(file)


def _group_of(part: str) -> str:
    """The id of the part to approve that shows a message of the part ``part``."""
    kind, _, name = part.partition("/")
    if kind in ("page", "question", "record", "value"):
        return f"{kind}/{name.partition('/')[0]}"
    return "course"


@immutable
class _PartPositions:
    """The positions of the parts to approve in a PO file: ``lines`` has the line of the first
    translation of each part, ``missing`` the parts of which some text is not translated. The record
    of a page is one part, whose messages are in a part for each item: ``records`` has those."""

    file: PoFile
    lines: Mapping[str, int]
    missing: frozenset[str]
    records: Mapping[str, tuple[str, ...]]

    def __call__(self, part: Part) -> Position | None:
        """The position of a part's first translation; ``None`` if the part is not complete."""
        name, _ = split_language(part.id)
        if name == "interface":
            return Position(f"translations/interface/{self.file.tag}.po")
        groups = self.records.get(name, (name,))
        if not self.missing.isdisjoint(groups):
            return None
        line = min((self.lines[one] for one in groups if one in self.lines), default=0)
        return Position(self.file.path, line, 1 if line else 0)


def _part_positions(
    file: PoFile, missing: Iterable[checking.Key], course: Course, cache: Cache
) -> _PartPositions:
    lines = cache.get_or_compute("first lines", (file,), lambda: _first_lines(file))
    incomplete = frozenset(_group_of(part) for part, _ in missing)
    records = {
        f"record/{page.id}": tuple(f"record/{item.id}" for item in page.record)
        for page in course.pages
        if page.record
    }
    records |= {f"scenario/{one.id}": (f"page/{one.id}",) for one in course.pages if one.scenario}
    return _PartPositions(file, lines, incomplete, records)


def _first_lines(file: PoFile) -> Mapping[str, int]:
    lines: dict[str, int] = {}
    for entry in file.entries:
        lines.setdefault(_group_of(entry.part), entry.line)
    return lines


def _course(
    material: Material, source: Course, missing: Iterable[checking.Key], cache: Cache
) -> Course:
    made = assemble(material, cache)
    joined = {
        written.value
        for name, variable in made.variables.items()
        if (written := source.variables[name]).value and variable.value == written.value
    }
    texts = {text for _, text in missing}
    # Several texts of a local value are shown as one.
    shown = {value for value in joined if not texts.isdisjoint(value.split("; "))}
    return replace(
        made,
        certificate=source.certificate and made.certificate,
        source_language=source.language,
        untranslated=frozenset(texts | shown),
        without_approvals=source.without_approvals,
    )


def with_translations(source: Course, spoken: Iterable[Spoken]) -> Course | None:
    """The course with its translations; ``None`` if one of them has an error."""
    made = [one.course for one in spoken]
    courses = tuple(course for course in made if course)
    if len(courses) < len(made):
        return None
    return replace(source, translations=courses)


def _incomplete(file: PoFile, checked: checking.Checked) -> Iterator[Diagnostic]:
    """Report how many messages are shown in the source language."""
    if checked.missing:
        missing = len(checked.missing) - checked.stale
        counts = ((missing, "not translated"), (checked.stale, "stale"))
        found = [f"{n:,} {'is' if n == 1 else 'are'} {state}" for n, state in counts if n]
        cause = f"Of {checked.total:,} texts, {' and '.join(found)}"
        yield problem("translation-incomplete", Position(file.path), problem=cause)


def _moved(
    problems: Iterable[Diagnostic],
    found: Sequence[Diagnostic],
    file: PoFile,
    places: _Places,
) -> Iterator[Diagnostic]:
    """Yield the problems that only the translation has, at the lines of the PO file.

    A problem at a place where no translation is shown follows from a mixture of languages; it is
    left out, since the translation is incomplete.
    """
    same = {(one.position, one.code) for one in found}
    own = f"translations/interface/{file.tag}.po"
    for one in problems:
        path = one.position.path
        if path in places.media:
            yield replace(one, position=replace(one.position, path=places.media[path]))
        elif path == own:
            yield one
        elif (one.position, one.code) not in same:
            entries = places.entries(one.position)
            if entry := max(entries, key=partial(_relevance, one), default=None):
                yield replace(one, position=Position(file.path, entry.line, 1))


def _relevance(problem: Diagnostic, entry: PoEntry) -> int:
    """How probably a problem on a line of the source is one of this translation, if the line has
    several texts, such as the cells of a table."""
    quoted = (part.partition("”")[0] for part in problem.message.split("“")[1:])
    return max((len(part) for part in quoted if part in entry.translation), default=0)


@unfolding
class _Places:
    """The places in the source where the translations of a PO file are shown."""

    sources: Sources
    file: PoFile
    known: Catalogue
    listed: checking.Listed

    @cached_property
    def media(self) -> Mapping[str, str]:
        """The files with a file of their own in the language: its path by theirs."""
        return own_media(self.sources.media, self.file.tag)

    @cached_property
    def _units(self) -> Mapping[str, tuple[Message, ...]]:
        return {unit[0].position.path: unit for unit in self.listed.units if unit}

    @cached_property
    def _entries(self) -> Mapping[checking.Key, PoEntry]:
        return checking.by_key(self.file)

    def entries(self, at: Position) -> Iterator[PoEntry]:
        """Yield the translations that are shown for the texts on a line of the source."""
        for message in self._units.get(at.path, ()):
            first = message.position.line
            if first <= at.line < first + message.lines and self.known.shows(message.key):
                yield self._entries[message.key]


RULES: tuple[Callable[[Material], Iterator[Diagnostic]], ...] = (unread,)
