"""Reads ``approvals.yaml`` and judges what the owner decides: approvals, the dates of reviews."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date

from builder import shaping
from builder.approvals import KINDS, Kind, Part, changes, is_damaged, normal, told, validity
from builder.codes import Known, problem
from builder.diagnostics import Diagnostic, Position
from builder.immutable import immutable
from builder.model import Approval, Wording
from builder.printing import quoted
from builder.sources import Place, YamlFile
from builder.validate import shape
from builder.validate.material import Material
from builder.validate.shapes import ApprovalShape, ApprovalsShape


def read(file: YamlFile | None) -> tuple[tuple[Approval, ...], tuple[Diagnostic, ...]]:
    """Every entry that can be understood, and what is wrong with the others."""
    if file is None or file.value is None:
        return (), ()
    if not isinstance(file.value, list):
        wrong = "a list of approvals is needed here"
        fix = "Start each approval with “- part: …” and indent its other keys by two spaces"
        return (), (shape.invalid(file.place, file.path, wrong, fix),)
    entries: dict[str, Approval] = {}
    problems: list[Diagnostic] = []
    for index, value in enumerate(file.value):
        place = file.place.parts[index]
        entry, wrongs = _entry(value, place, file.path)
        problems.extend(wrongs)
        if entry and entry.part in entries:
            first = entries[entry.part].place.at.line
            words = {"part": entry.part, "first": first}
            problems.append(problem("approval-repeated", place.find(["part"]).at, **words))
        elif entry:
            entries[entry.part] = entry
    return tuple(entries.values()), tuple(problems)


def _entry(
    value: object, place: Place, path: str
) -> tuple[Approval | None, tuple[Diagnostic, ...]]:
    if not isinstance(value, dict):
        wrong = "an approval with its keys is needed here"
        fix = "Start each approval with “- part: …” and indent its other keys by two spaces"
        return None, (shape.invalid(place, "approval", wrong, fix),)
    try:
        found = shaping.read(ApprovalShape, value)
    except shaping.ShapeError as error:
        return None, tuple(shape.explain(ApprovalShape, error.wrongs, place, path))
    code, words = normal(found.code), found.words or ""
    return Approval(found.part, found.by, found.on, code, words, place), ()


def review(material: Material) -> Iterator[Diagnostic]:
    """The course has a date for its next review, which is not past."""
    review_by = material.course.review_by
    place = material.course_place("review_by")
    if review_by is None:
        if material.course_whole:
            yield problem("review-unset", place.key)
    elif review_by < material.today:
        yield problem("review-overdue", place.at, review_by=review_by.isoformat())


def future(material: Material) -> Iterator[Diagnostic]:
    """Nothing was reviewed, checked or approved on a day that is still to come."""
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


RULES: tuple[Callable[[Material], Iterator[Diagnostic]], ...] = (review, future)


def by_part(material: Material, parts: Sequence[Part]) -> Mapping[str, Approval]:
    """The approval of each part that has one, by its id.

    A page or a question that had another id before (``was:``) keeps the approval that it had under
    that one, unless somebody has approved it again since: the code is one of words, not of ids.
    """
    written = {approval.part: approval for approval in material.approvals}
    names = {part.id for part in parts}
    found: dict[str, Approval] = {}
    for part in parts:
        former = [name for name in _former(part, material) if name not in names]
        there = [written[name] for name in (part.id, *former) if name in written]
        if there and part.id not in written:
            there.sort(key=lambda approval: approval.code != part.code)
        if there:
            found[part.id] = there[0]
    return found


def _former(part: Part, material: Material) -> Iterator[str]:
    """How a part was called before."""
    kind, _, name = part.id.partition("/")
    if part.kind == "question":
        was = material.by_id[name].shape.was
    else:
        page = material.pages_by_id.get(name) if kind in ("page", "record", "quiz") else None
        was = page.shape.was if page else ()
    yield from (f"{kind}/{one}" for one in was)


def judged(
    material: Material, parts: Sequence[Part], given: Mapping[str, Approval]
) -> tuple[tuple[Wording, ...], tuple[Diagnostic, ...]]:
    """Each part of the course with who approved it, and what is wrong with the approvals; ``given``
    are those of the parts."""
    wording = tuple(
        _approved(part, given.get(part.id)) or Wording(part.id, part.code)
        for part in parts
        if part.words
    )
    judging = _Judging(material, parts, given, frozenset(one.part for one in wording if one.by))
    return wording, tuple(judging.problems())


def _approved(part: Part, approval: Approval | None) -> Wording | None:
    if approval is None or validity(part, approval) != "approved":
        return None
    return Wording(part.id, part.code, approval.by, approval.on)


_KINDS: Mapping[str, Kind] = {
    **{kind: kind for kind in KINDS.values()},
    "course": "page",
    "quiz": "pass_mark",
}
"""The kind of a part, by how its id begins."""


def _rules(part: Part) -> str:
    """What a message repeats of the rules of a quiz."""
    return "; ".join(part.words.split("\n")[:3])


def waived(parts: Sequence[Part], required: Collection[Kind]) -> bool:
    """Whether a course is released although nobody had to approve anything in it: it asks for
    nothing, or only for kinds of words that it has not."""
    if not required:
        return True
    kinds = {part.kind for part in parts if part.words}
    usual = {KINDS[name] for name in ApprovalsShape().required}
    return kinds.isdisjoint(required) and not kinds.isdisjoint(usual)


@immutable
class _Judging:
    """Approvals ``given``, by part, against the parts that there are."""

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
                yield from self._not_of_these_words(part, self.given[part.id])
            elif part.kind in required:
                yield self._unapproved(part)
        yield from self._damaged()
        if self.material.whole:
            yield from self._unknown()

    def _damaged(self) -> Iterator[Diagnostic]:
        """Entries of approvals.yaml that were edited by hand, whether or not they count."""
        for approval in self.material.approvals:
            kind = _KINDS.get(approval.part.partition("/")[0])
            if kind and is_damaged(kind, approval):
                at = approval.place.find(["code"]).at
                yield problem("approval-code", at, part=approval.part, written=approval.code)

    def _whole(self, part: Part) -> bool:
        """Whether a part is what its files say, and not what is left of it."""
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
                words = {"quiz": part.title, "rules": _rules(part), "typed": typed}
                return problem("tracking-unapproved", at, **words)
            case "value":
                value = self.material.variables[name].value or ""
                words = {"name": name, "label": part.title, "value": value, "typed": typed}
                return problem("variable-unconfirmed", at, **words)
            case _:
                return problem("approval-missing", at, part=part.id, typed=typed)

    def _not_of_these_words(self, part: Part, approval: Approval) -> Iterator[Diagnostic]:
        words = {"part": part.id, "by": approval.by, "day": approval.on.isoformat()}
        words |= {"typed": quoted(part.id)}
        if validity(part, approval) == "stale":
            told_in_words = "it does not say which words they read"
            if approval.words:
                told_in_words = told(changes(approval.words, part.words))
            yield problem("approval-stale", self._at(part), **words, changes=told_in_words)

    def _unknown(self) -> Iterator[Diagnostic]:
        names = {part.id for part in self.parts}
        if all(approval.part in names for approval in self.material.approvals):
            return
        idle = {
            *(f"question/{name}" for name in self.material.question_ids),
            *(f"value/{name}" for name in self.material.variable_names),
            *(f"address/{reference.url}" for reference in self.material.course.references),
            *(name for part in self.parts for name in _former(part, self.material)),
        }
        # What has another id now, and the words that were approved.
        renamed = {part.code: part.id for part in self.parts if part.id not in self.given}
        known = Known(sorted(names | idle))
        for approval in self.material.approvals:
            if approval.part not in names | idle:
                same = renamed.get(approval.code)
                near = f" Did you mean “{same}”?" if same else known.did_you_mean(approval.part)
                at = approval.place.find(["part"]).at
                yield problem("approval-unknown", at, part=approval.part, did_you_mean=near)
