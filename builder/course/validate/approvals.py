"""Reads ``approvals.yaml`` and ``remarks.yaml``, and checks approvals, review dates and remarks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from builder.base.immutable import immutable
from builder.base.printing import quoted
from builder.course import shaping
from builder.course.approvals import (
    KINDS,
    Kind,
    Part,
    describe_changes,
    format_code,
    is_damaged,
    split_language,
    validity,
)
from builder.course.model import Approval, Evidence, Remark, Wording
from builder.course.sources import Place, PoFile, YamlFile
from builder.course.validate import shape
from builder.course.validate.material import Material, PageItem
from builder.course.validate.shapes import ApprovalShape, ApprovalsShape, RemarkShape
from builder.diagnostics.codes import Known, problem
from builder.diagnostics.diagnostic import Diagnostic, Position

S = TypeVar("S", bound=shaping.Shape)


def read(file: YamlFile | None) -> tuple[tuple[Approval, ...], tuple[Diagnostic, ...]]:
    """Read ``approvals.yaml``; return the valid approvals, each part once, and the problems."""
    entries: dict[str, Approval] = {}
    shaped, problems = _read_entries(file, ApprovalShape, "an approval", "part")
    for found, place in shaped:
        if found.part in entries:
            words = {"part": found.part, "first": entries[found.part].place.at.line}
            problems.append(problem("approval-repeated", place.find(["part"]).at, **words))
            continue
        code, text = format_code(found.code), found.words or ""
        evidence = found.evidence
        document = Evidence(evidence.file, evidence.sha256) if evidence else None
        entries[found.part] = Approval(found.part, found.by, found.on, code, text, place, document)
    return tuple(entries.values()), tuple(problems)


def _read_entries(
    file: YamlFile | None, kind: type[S], name: str, first_key: str
) -> tuple[list[tuple[S, Place]], list[Diagnostic]]:
    """Read a file that is a list of entries of the shape ``kind``; return the valid entries with
    their places, and the problems of the others.

    ``name`` is what messages call an entry, such as ``an approval``; ``first_key`` is the key that
    an example of an entry starts with.
    """
    entries: list[tuple[S, Place]] = []
    problems: list[Diagnostic] = []
    if file is None or file.value is None:
        return entries, problems
    noun = name.split()[-1]
    fix = shape.entry_fix(noun, first_key)
    if not isinstance(file.value, list):
        cause = shape.not_a_list(f"{noun}s", file.value)
        return entries, [shape.invalid(file.place, file.path, cause, fix)]
    for index, value in enumerate(file.value):
        place = file.place.parts[index]
        if not isinstance(value, dict):
            cause = shape.not_an_entry(name, value)
            problems.append(shape.invalid(place, noun, cause, fix))
            continue
        try:
            entries.append((shaping.read(kind, value), place))
        except shaping.ShapeError as error:
            problems.extend(shape.explain(kind, error.violations, place, file.path))
    return entries, problems


def review(material: Material) -> Iterator[Diagnostic]:
    """Require a date for the next review of the course, and that it is not past."""
    review_by = material.course.review_by
    place = material.course_place("review_by")
    if review_by is None:
        if material.course_whole:
            yield problem("review-unset", place.key)
    elif review_by < material.today:
        yield problem("review-overdue", place.at, review_by=review_by.isoformat())


def future(material: Material) -> Iterator[Diagnostic]:
    """Reject dates of reviews, checks or approvals that lie in the future."""
    for key, day, place in _days(material):
        if day and day > material.today:
            yield problem("date-future", place.find([key]).at, key=key, day=day.isoformat())


def _days(material: Material) -> Iterator[tuple[str, date | None, Place]]:
    course, at = material.course, material.course_place
    yield "reviewed_on", course.reviewed_on, at()
    for index, reference in enumerate(course.references):
        yield "checked_on", reference.checked_on, at("references", index)
    for approval in material.approvals:
        yield "on", approval.on, approval.place


def by_part(material: Material, parts: Sequence[Part], tag: str = "") -> Mapping[str, Approval]:
    """The approvals of ``parts``, the parts of the course in the language ``tag`` (empty for the
    source), by part id.

    A page or question that was renamed (``was:``) keeps the approval under its former id until it
    is approved under the new id: the code depends on the words, not on ids.
    """
    written = {approval.part: approval for approval in material.approvals}
    names = {part.id for part in parts}
    found: dict[str, Approval] = {}
    for part in parts:
        earlier = _former_ids(part, material)
        former = [f"{name}@{tag}" if tag else name for name in earlier]
        former = [name for name in former if name not in names]
        candidates = [written[name] for name in (part.id, *former) if name in written]
        if candidates and part.id not in written:
            candidates.sort(key=lambda approval: approval.code != part.code)
        if candidates:
            found[part.id] = candidates[0]
    return found


def _former_ids(part: Part, material: Material) -> Iterator[str]:
    """Yield the former ids of a part, such as ``question/old-name``."""
    kind, _, name = split_language(part.id)[0].partition("/")
    if part.kind == "question":
        was = material.by_id[name].shape.was
    else:
        page = material.pages_by_id.get(name) if kind in _OF_PAGES else None
        was = page.shape.was if page else ()
    yield from (f"{kind}/{one}" for one in was)


def judged(
    material: Material, parts: Sequence[Part], given: Mapping[str, Approval]
) -> tuple[tuple[Wording, ...], tuple[Diagnostic, ...]]:
    """The wording of each part that has words, with who approved it, and the problems of the
    approvals.

    ``given`` are the approvals by part id.
    """
    wording = tuple(
        _approved_wording(part, given.get(part.id)) or Wording(part.id, part.code)
        for part in parts
        if part.words
    )
    check = _ApprovalCheck(material, parts, given, frozenset(one.part for one in wording if one.by))
    return wording, tuple(check.problems())


def _approved_wording(part: Part, approval: Approval | None) -> Wording | None:
    if approval is None or validity(part, approval) != "approved":
        return None
    return Wording(part.id, part.code, approval.by, approval.on)


_KINDS: Mapping[str, Kind] = {
    **{kind: kind for kind in KINDS.values()},
    "course": "page",
    "interface": "page",
    "quiz": "pass_mark",
}
"""The kind of a part, by the text before the slash in its id."""


_OF_PAGES = ("page", "scenario", "record", "quiz")
"""The kinds in the ids of parts that are named after a page."""
_NAMES = {
    "course": "Something in course.yaml",
    "interface": "Some text of the interface",
    "page": "The text of the page",
    "question": "The question",
    "scenario": "The scenario",
    "record": "The record of the page",
    "quiz": "The settings of the quiz",
    "value": "The variable",
    "address": "The entry of the address",
}
"""What messages call a part, by the text before the slash in its id."""


def _quiz_rules(part: Part) -> str:
    """The first three lines of the words of a quiz, its main rules, for a message."""
    return "; ".join(part.words.split("\n")[:3])


def is_waived(parts: Sequence[Part], required: Collection[Kind]) -> bool:
    """Whether a course is released without any approval because of its settings.

    It may require none. Or the settings may require only kinds of parts that the course does not
    contain, although it contains kinds that are required by default.
    """
    if not required:
        return True
    kinds = {part.kind for part in parts if part.words}
    usual = {KINDS[name] for name in ApprovalsShape().required}
    return kinds.isdisjoint(required) and not kinds.isdisjoint(usual)


@immutable
class _ApprovalCheck:
    """Checks the approvals of a course's parts: ``given`` are the approvals by part id,
    ``approved`` the ids of the parts whose approval is valid."""

    material: Material
    parts: Sequence[Part]
    given: Mapping[str, Approval]
    approved: frozenset[str]

    def problems(self) -> Iterator[Diagnostic]:
        required = {KINDS[name] for name in self.material.course.approvals.required}
        if not (self.material.approvals_whole and self.material.course_whole):
            required = set()
        for part in self.parts:
            if not part.words or part.id in self.approved or not self._whole(part):
                continue
            if part.id in self.given:
                yield from self._outdated(part, self.given[part.id])
            elif part.kind in required:
                yield self._unapproved(part)
        yield from self._damaged()
        if self.material.whole:
            yield from self._unknown()

    def _damaged(self) -> Iterator[Diagnostic]:
        """Report the approvals whose words do not match their code, also those of unknown parts."""
        for approval in self.material.approvals:
            kind = _KINDS.get(approval.part.partition("/")[0].partition("@")[0])
            if kind and is_damaged(kind, approval):
                at = approval.place.find(["code"]).at
                yield problem("approval-code", at, part=approval.part, written=approval.code)

    def _whole(self, part: Part) -> bool:
        """Whether a part could be read completely; otherwise its words may differ because of an
        error in its file."""
        _, _, name = part.id.partition("/")
        page = self.material.pages_by_id.get(name)
        if part.kind == "question":
            return True
        return page.whole if page and part.kind != "value" else self.material.course_whole

    def _at(self, part: Part) -> Position:
        kind, _, name = part.id.partition("/")
        course = self.material.course_place
        if kind == "question":
            return self.material.by_id[name].place.at
        if kind == "value":
            return course("variables", name).key
        if part.id.startswith("interface@"):
            return Position(f"translations/interface/{part.id.partition('@')[2]}.po")
        if kind == "address":
            urls = [reference.url for reference in self.material.course.references]
            return course("references", urls.index(name) if name in urls else "").key
        if not name:
            return course("title").at
        steps = {"record": ("record",), "quiz": ("quiz",)}.get(kind, ())
        return self.material.pages_by_id[name].front(*steps).at

    def _unapproved(self, part: Part) -> Diagnostic:
        at, (_, _, name) = self._at(part), part.id.partition("/")
        typed = quoted(part.id)
        match part.kind:
            case "question":
                return problem("question-unapproved", at, question=name, typed=typed)
            case "pass_mark":
                words = {"quiz": part.title, "rules": _quiz_rules(part), "typed": typed}
                return problem("tracking-unapproved", at, **words)
            case "value":
                value = self.material.variables[name].value or ""
                words = {"name": name, "label": part.title, "value": value, "typed": typed}
                return problem("variable-unconfirmed", at, **words)
            case _:
                return problem("approval-missing", at, part=part.id, typed=typed)

    def _outdated(self, part: Part, approval: Approval) -> Iterator[Diagnostic]:
        if validity(part, approval) == "stale":
            yield _stale(part, approval, self._at(part))

    def _unknown(self) -> Iterator[Diagnostic]:
        names = {part.id for part in self.parts}
        sources = self.material.sources
        tags = {*sources.translations, *sources.interface, *sources.unread}
        names |= {f"{name}@{tag}" for tag in tags for name in (*names, "interface")}
        if all(approval.part in names for approval in self.material.approvals):
            return
        idle = {
            *(f"question/{name}" for name in self.material.question_ids),
            *(f"value/{name}" for name in self.material.variable_names),
            *(f"address/{reference.url}" for reference in self.material.course.references),
            *(name for part in self.parts for name in _former_ids(part, self.material)),
        }
        idle |= {f"{name}@{tag}" for tag in tags for name in idle}
        # An approval under an unknown id may be of a renamed part: the code of its words tells.
        renamed = {part.code: part.id for part in self.parts if part.id not in self.given}
        known = Known(sorted(names | idle))
        for approval in self.material.approvals:
            if approval.part not in names | idle:
                same = renamed.get(approval.code)
                near = f" Did you mean “{same}”?" if same else known.did_you_mean(approval.part)
                at = approval.place.find(["part"]).at
                yield problem("approval-unknown", at, part=approval.part, did_you_mean=near)


def judged_language(
    material: Material,
    parts: Sequence[Part],
    tag: str,
    at: Callable[[Part], Position | None],
) -> tuple[tuple[Wording, ...], Mapping[str, Approval], tuple[Diagnostic, ...]]:
    """The wording of each part in the language ``tag``, the approvals by part id, and their
    problems.

    ``material`` is that of the source. ``at`` returns the position of a part's translation, or
    ``None`` if some of the part is not translated: that is reported already.
    """
    given = by_part(material, parts, tag)
    required = {KINDS[name] for name in material.course.approvals.required}
    wording, problems = [], []
    for part in parts:
        if not part.words:
            continue
        approval = given.get(part.id)
        approved = _approved_wording(part, approval)
        wording.append(approved or Wording(part.id, part.code))
        position = at(part)
        if approved or position is None:
            continue
        if approval and validity(part, approval) == "stale":
            problems.append(_stale(part, approval, position))
        elif approval is None and part.kind in required and material.approvals_whole:
            typed = quoted(part.id)
            problems.append(problem("approval-missing", position, part=part.id, typed=typed))
    return tuple(wording), given, tuple(problems)


def _stale(part: Part, approval: Approval, at: Position) -> Diagnostic:
    whole, tag = split_language(part.id)
    kind, _, name = whole.partition("/")
    what = f"{_NAMES[kind]} “{name}”" if name else _NAMES[kind]
    summary = "approvals.yaml does not say which text was approved"
    if approval.words:
        summary = describe_changes(approval.words, part.words)
    words = {"by": approval.by, "day": approval.on.isoformat(), "typed": quoted(part.id)}
    where = f"{what} ({tag})" if tag else what
    return problem("approval-stale", at, part=where, changes=summary, **words)


_SEARCHED_LENGTH = 30
"""Number of characters of a remark's words that are searched for in a page to find its line."""


def read_remarks(file: YamlFile | None) -> tuple[tuple[Remark, ...], tuple[Diagnostic, ...]]:
    """Read ``remarks.yaml``; return the valid remarks, each id once, and the problems.

    If a merge in Git has left several entries for one remark, an entry with the state ``done`` or
    ``declined`` wins over an open one.
    """
    remarks: dict[str, Remark] = {}
    shaped, problems = _read_entries(file, RemarkShape, "a remark", "id")
    for found, place in shaped:
        if found.id not in remarks or remarks[found.id].state == "open":
            remarks[found.id] = _remark(found, place)
    return tuple(remarks.values()), tuple(problems)


def _remark(found: RemarkShape, place: Place) -> Remark:
    return Remark(
        id=found.id,
        state=found.state,
        kind=found.kind,
        place=place,
        by=found.by or "",
        on=found.on.isoformat() if found.on else "",
        part=found.part or "",
        file=found.file or "",
        line=found.line or 0,
        about=found.about or "",
        added=found.added or "",
        text=found.text or "",
        reason=found.reason or "",
    )


def remark_position(material: Material, remark: Remark) -> Position:
    """The current position in the course of what a remark concerns; if it is not found, the
    position of the remark's entry in ``remarks.yaml``."""
    for file in material.sources.translations.values():
        if file.path == remark.file:
            return _in_translation(file, remark)
    kind, _, name = remark.part.partition(":")
    name = name.partition("/")[0]
    if kind == "q" and name in material.by_id:
        return material.by_id[name].place.at
    page = material.pages_by_id.get(name) if kind == "p" else None
    page = page or material.pages.get(remark.file)
    if page:
        return _in_page(page, remark)
    if remark.file and remark.file in (material.sources.course.path, *material.sources.questions):
        return Position(remark.file, remark.line)
    return remark.place.at


def _in_translation(file: PoFile, remark: Remark) -> Position:
    """The position in a PO file of the translation that a remark concerns: the nearest one with the
    words of the remark, or else the line of the remark."""
    words = [*filter(None, map(_searched_words, (remark.about, remark.added)))]
    lines = [entry.line for entry in file.entries if any(one in entry.translation for one in words)]
    line = min(lines, key=lambda line: abs(line - remark.line), default=remark.line)
    return Position(file.path, line, 1)


def _searched_words(text: str) -> str:
    return text.strip().partition("\n")[0][:_SEARCHED_LENGTH]


def _in_page(page: PageItem, remark: Remark) -> Position:
    """The position on a page of the words that a remark concerns, or that its change inserts; if
    neither is found, the position of the page's title."""
    for words in filter(None, map(_searched_words, (remark.about, remark.added))):
        for number, line in enumerate(page.file.body.split("\n"), start=page.file.body_line):
            if words in line:
                return Position(page.path, number, line.index(words) + 1)
    return page.front("title").at


def _report_open(material: Material) -> Iterator[Diagnostic]:
    """Report the remarks of reviewers that are still open."""
    for remark in material.remarks:
        if remark.state == "open":
            words = {"by": remark.author, "problem": remark.words, "id": remark.id}
            yield problem("review-open", remark_position(material, remark), **words)


RULES: tuple[Callable[[Material], Iterator[Diagnostic]], ...] = (
    review,
    future,
    _report_open,
)
