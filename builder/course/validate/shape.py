"""Reads a YAML value into a shape, and explains violations of the shape in words for authors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from string import ascii_lowercase
from typing import Any, Generic, TypeVar, get_args, get_origin
from unicodedata import normalize

from builder.base.immutable import immutable
from builder.course import shaping
from builder.course.approvals import CODE_PATTERN
from builder.course.languages import LANGUAGE_PATTERN
from builder.course.questions.base import (
    ID_PATTERN,
    OPTION_ID_PATTERN,
    VISIBLE_PATTERN,
    QuestionShape,
)
from builder.course.questions.likert import LikertShape
from builder.course.questions.numeric import NUMBER_PATTERN
from builder.course.questions.reflection import ReflectionShape
from builder.course.shaping import Pattern, Shape, ShapeError, Violation
from builder.course.sources import CURLY, Place, Step, YamlFile
from builder.course.validate.shapes import (
    ADDRESS_PATTERN,
    COLOUR_PATTERN,
    DIGEST_PATTERN,
    INTERVAL_PATTERN,
    REMARK_PATTERN,
    VARIABLE_PATTERN,
    VERSION_PATTERN,
    ApprovalShape,
    CourseShape,
    PageShape,
    RemarkShape,
)
from builder.course.validate.synonyms import RIGHT_ANSWER, KnownKeys
from builder.diagnostics.codes import did_you_mean, problem
from builder.diagnostics.diagnostic import Diagnostic, Position

S = TypeVar("S", bound=Shape)
_MAX_SHOWN = 100
"""Maximum number of characters of a value that a message repeats."""
_MAX_REPAIRS = 8
"""Maximum number of attempts to read a value after its malformed parts were left out: the depth to
which shapes nest, plus one."""


@immutable
class Shaped(Generic[S]):
    """A value that was read into a shape; ``whole`` is false if malformed parts of it were left
    out."""

    shape: S
    whole: bool


def read(
    shape: type[S], file: YamlFile, defaults: Mapping[str, object]
) -> tuple[Shaped[S], tuple[Diagnostic, ...]]:
    """Read a whole file into a shape, and report the violations of the shape.

    Leaves out malformed parts and keeps the rest, so that rules can check it. ``defaults`` has a
    value for each key that the shape requires, used if the file has no valid one.
    """
    value: object = {} if file.value is None else file.value
    try:
        return Shaped(shaping.read(shape, value), True), ()
    except ShapeError as error:
        violations = error.violations
    problems = tuple(explain(shape, violations, file.place, file.path))
    repaired: object = deepcopy(value) if isinstance(value, dict) else {}
    for _ in range(_MAX_REPAIRS):
        _leave_out(violations, repaired, defaults)
        try:
            return Shaped(shaping.read(shape, repaired), False), problems
        except ShapeError as error:
            violations = error.violations
    return Shaped(shaping.read(shape, dict(defaults)), False), problems


def explain(
    shape: type[Shape], violations: Sequence[Violation], place: Place, path: str
) -> Iterator[Diagnostic]:
    """Yield the diagnostics for the violations of a shape in the value at ``place`` of the file
    ``path``."""
    keys = _Keys(shape)
    for violation in _causes(keys, violations):
        steps, part_place = _follow(violation.at, place)
        key = next((step for step in reversed(steps) if isinstance(step, str)), path)
        if violation.rule == "missing":
            name = str(violation.at[-1])
            if steps and steps[-1] == name:
                yield invalid(part_place, name, "it is empty", f"Write the value after “{name}:”")
            else:
                yield missing_key(
                    part_place.key,
                    _holder(shape, violation.at[:-1], violation.value),
                    name,
                    _meaning(shape, violation.at),
                    beside=next(iter(violation.value), ""),
                )
        elif violation.rule == "unknown":
            parent = violation.at[:-1]
            names, known = keys.at(parent)
            near = known.did_you_mean(key, [*map(str, _follow(parent, place)[1].parts)])
            fix = ""
            if not near and not known.advice(key):
                fix = keys.elsewhere(parent, key) or _unjudged(shape, key)
            allowed = "Keys that are allowed here:"
            if not near and not known.advice(key):
                allowed = "Delete it, or write one of the keys that are allowed here:"
            fix = fix or f"{known.advice(key)}{allowed} {', '.join(names)}."
            if key != key.strip():
                # French text has a no-break space before a colon.
                where = "after" if key[-1].isspace() else "before"
                meant = known.near(key, [*map(str, part_place.parts)]) or key.strip()
                fix = (
                    f"There is an unusual space {where} this key. Delete the key and the space, "
                    f"and type the key again: {meant}:"
                )
            if violation.value is None and " " in key:
                fix += " Between { and }, a text with a comma needs quotes."
            yield problem("unknown-key", part_place.key, key=key, did_you_mean=near, fix=fix)
        elif violation.rule == "key":
            words = {"key": key, "problem": "this name is not allowed", "did_you_mean": ""}
            fix = f"{_PATTERNS[violation.limits['pattern']]}."
            yield problem("value-invalid", part_place.key, **words, fix=fix)
        elif violation.rule == "keys" and violation.value is not None:
            yield invalid(part_place, key, *_explain_keys(violation, keys.at(violation.at)[0]))
        else:
            yield invalid(part_place, key, *_explain_value(violation))


class _Keys:
    """Finds the keys that a shape allows at each location, and suggestions for wrong keys."""

    def __init__(self, shape: type[Shape]) -> None:
        self.shape = shape
        self._allowed_keys: dict[tuple[str, ...], tuple[tuple[str, ...], KnownKeys]] = {}

    def at(self, location: Sequence[Step]) -> tuple[tuple[str, ...], KnownKeys]:
        """The keys that are allowed at a location, required keys first: as texts, and as a set in
        which similar keys can be found."""
        path = tuple(step for step in location if isinstance(step, str))
        if path not in self._allowed_keys:
            names = tuple(_allowed_keys(self.shape, path))
            self._allowed_keys[path] = names, KnownKeys(names)
        return self._allowed_keys[path]

    def elsewhere(self, location: Sequence[Step], key: str) -> str:
        """A sentence that says where a misplaced key belongs: below another key of this location,
        or further out; empty if it is not known."""
        path = [step for step in location if isinstance(step, str)]
        for name, field in shaping.fields(_shape_at(self.shape, path)).items():
            inner = _own_shape(field.kind)
            if inner and key in shaping.fields(inner):
                return f"“{key}” belongs below “{name}:”, two spaces further in."
        for length in range(len(path) - 1, -1, -1):
            if key in self.at(path[:length])[0]:
                return f"“{key}” belongs in the same column as “{path[length]}:”."
        return ""


def _causes(keys: _Keys, violations: Sequence[Violation]) -> Iterator[Violation]:
    """Yield the violations without missing keys that were only misspelt: the misspelt key is among
    the violations as an unknown key."""
    misspelt = set()
    for violation in violations:
        if violation.rule == "unknown":
            *parents, key = violation.at
            near = keys.at(parents)[1].near(str(key))
            if near:
                misspelt.add((*parents, near))
    for violation in violations:
        if violation.rule != "missing" or violation.at not in misspelt:
            yield violation


def id_of(text: str) -> str:
    """Derive an id from a text; empty if the text has no characters that an id may have."""
    decomposed = normalize("NFKD", text.lower()).encode("ascii", "ignore").decode("ascii")
    return re.sub("[^a-z0-9]+", "-", decomposed).strip("-")[:64]


def invalid(place: Place, key: str, cause: str, fix: str, near: str = "") -> Diagnostic:
    """The diagnostic for an invalid value under ``key``, at ``place``: what is wrong with the value
    (``cause``), and what to do (``fix``).

    ``near`` is a sentence that suggests a similar value, or empty.
    """
    words = {"key": key, "problem": cause, "fix": f"{fix}.", "did_you_mean": near}
    return problem("value-invalid", place.at, **words)


def missing_key(
    position: Position, holder: str, key: str, meaning: str, beside: str = ""
) -> Diagnostic:
    """The diagnostic for a missing key: ``holder`` should have it, such as “The course”.

    ``meaning`` says what to write after the key, ``beside`` is a key in the same column, or empty.
    """
    line = f"On a new line in the same column as “{beside}:”" if beside else "On a new line"
    fix = f"{line}, write “{key}:” and {meaning}."
    return problem("missing-key", position, holder=holder, key=key, fix=fix)


def question_holder(value: Mapping[str, object]) -> str:
    """What messages call a question that may not be valid."""
    name = value.get("id")
    return f"The question “{name}”" if isinstance(name, str) else "This question"


def _holder(shape: type[Shape], location: Sequence[Step], value: Mapping[str, object]) -> str:
    """What messages call the mapping ``value`` at a location."""
    if not location:
        is_question = issubclass(shape, QuestionShape)
        return question_holder(value) if is_question else _FILE_HOLDERS[shape]
    if location[:-1] == ("variables",):
        return f"The variable “{location[-1]}”"
    name = next(step for step in reversed(location) if isinstance(step, str))
    own_id = value.get("id")
    entry = f"The entry “{own_id}”" if isinstance(own_id, str) else "This entry"
    return f"{entry} of “{name}:”"


def _meaning(shape: type[Shape], location: Sequence[Step]) -> str:
    """What to write after the missing key at a location."""
    *parents, key = location
    marks = shaping.fields(_shape_at(shape, parents))[str(key)].marks
    patterns = (mark.pattern for mark in marks if isinstance(mark, Pattern))
    ids = (_ID_MEANINGS[pattern] for pattern in patterns if pattern in _ID_MEANINGS)
    return _MEANINGS.get(str(key)) or next(ids, "its value")


def _unjudged(shape: type[Shape], key: str) -> str:
    """A sentence for a key that marks a right answer in a type of question that has none; empty
    otherwise."""
    if shape not in (LikertShape, ReflectionShape) or key not in RIGHT_ANSWER:
        return ""
    (kind,) = get_args(shaping.fields(shape)["type"].kind)
    return (
        f"A question of the type “{kind}” has no right answer, so delete “{key}:”. If one answer "
        "is right, write a question of another type, such as “type: choice”."
    )


def _follow(location: Sequence[Step], place: Place) -> tuple[list[Step], Place]:
    # A location may have steps that the file lacks, such as a missing key.
    steps: list[Step] = []
    for step in location:
        if step in place.parts:
            steps.append(step)
            place = place.parts[step]
    return steps, place


def _shape_at(shape: type[Shape], location: Sequence[Step]) -> type[Shape]:
    for step in location:
        field = shaping.fields(shape).get(str(step))
        shape = (field and _shape_in(field.kind)) or shape
    return shape


def _allowed_keys(shape: type[Shape], location: Sequence[Step]) -> list[str]:
    named = shaping.fields(_shape_at(shape, location))
    return sorted(named, key=lambda name: not named[name].needed)


def _shape_in(annotation: Any) -> type[Shape] | None:
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return annotation
    return next(filter(None, map(_shape_in, get_args(annotation))), None)


def _own_shape(annotation: Any) -> type[Shape] | None:
    """The shape of a value with fixed keys; ``None`` if the value is a list or a mapping with free
    names, even if its entries have a shape."""
    return None if get_origin(annotation) in (tuple, Mapping) else _shape_in(annotation)


def _leave_out(violations: Sequence[Violation], value: Any, defaults: Mapping[str, object]) -> None:
    for violation in violations:
        if violation.rule != "missing":
            _remove(value, violation.at)
        elif len(violation.at) == 1:
            value[violation.at[0]] = defaults.get(str(violation.at[0]))
        else:
            _remove(value, violation.at[:-1])


def _remove(value: Any, location: Sequence[Step]) -> None:
    """Remove the part of ``value`` at ``location``.

    If the location is inside a list, the whole list is removed: the places of the other entries
    depend on their indexes.
    """
    last = None
    for step in location:
        if not isinstance(value, dict) or step not in value:
            break
        last, value = (value, step), value[step]
    if last:
        del last[0][last[1]]


def _explain_value(violation: Violation) -> tuple[str, ...]:
    """The last arguments of ``invalid`` for a violation: what is wrong with the value, what to
    write, and perhaps a sentence that suggests a similar value."""
    rule, value, limits = violation.rule, violation.value, violation.limits
    quoted = _format_value(value)
    curly = CURLY.fullmatch(value) if isinstance(value, str) else None
    if curly:
        complaint = f"{quoted} has curly quotation marks, which YAML reads as part of the text"
        if rule in ("whole", "number") and curly["text"].isdecimal():
            return complaint, f"Write the number without quotation marks: {curly['text']}"
        return complaint, f'Write straight quotation marks: "{curly["text"]}"'
    if rule == "pattern":
        named = violation.at[-1] if violation.at else ""
        if VISIBLE_PATTERN in limits["pattern"]:
            here = f"everything after “{named}:”" if isinstance(named, str) else "this entry"
            fix = f"Delete {here}, and write a text that people can see"
            return "it has only spaces or invisible characters", fix
        # An id is not a file name: “alarm.md” is the page “alarm”.
        stem = value.rpartition("/")[2].removesuffix(".md") if named in _PAGE_KEYS else value
        plain = id_of(stem) if limits["pattern"] == ID_PATTERN else ""
        near = f" Did you mean “{plain}”?" if plain else ""
        fix = _PATTERNS[limits["pattern"]]
        if plain and plain == value.lower():
            fix = f"Write “{plain}”, here and wherever the id is used"
            return f"{quoted} has capital letters, and an id has none", fix
        if plain and stem != value:
            fix = f"Write the id of the page, without its folder and “.md”: {named}: {plain}"
        if limits["pattern"] == CODE_PATTERN:
            if "minor" in violation.at:
                fix = "Copy the code of the change from what “scorm-builder diff” printed"
                return f"{quoted} is not the code of a change", fix
            return f"{quoted} is not an approval code", fix
        return f"{quoted} is not allowed here", fix, near
    if rule == "word":
        near = did_you_mean(str(value), limits["words"])
        return (
            f"{quoted} is not allowed here",
            f"Write one of these: {', '.join(limits['words'])}",
            near,
        )
    if value is None or rule == "empty":
        return "it is empty", "Write a value here"
    if rule == "yes-or-no" and violation.at[-1] == "answer":
        return f"{quoted} is neither true nor false", "Write true or false"
    if rule == "day" and (last := _last_day(str(value))):
        return f"{quoted} is not a date", f"This month has {last} days: write a day that it has"
    if rule in _RULES:
        complaint, fix = _RULES[rule]
        words = {name: _number(limit) for name, limit in limits.items()}
        words["first"] = _first_name(value)
        return complaint.format(shown=quoted, **words), fix.format(**words)
    return f"{quoted} is not allowed here", "See “Every key” in the documentation (docs/keys.md)"


def _last_day(date: str) -> int:
    """The last day of the month of a date whose day does not exist; 0 for any other text."""
    from calendar import monthrange

    found = re.fullmatch(r"([1-9]\d{3})-(0[1-9]|1[0-2])-\d\d", date)
    return monthrange(int(found[1]), int(found[2]))[1] if found else 0


def _explain_keys(violation: Violation, names: Sequence[str]) -> tuple[str, str]:
    """What is wrong with a value that should have the keys ``names``, and what to write."""
    at, value, quoted = violation.at, violation.value, _format_value(violation.value)
    example = f"{names[0]}: …"
    if not at:
        fix = (
            "Write each setting on a separate line, starting at the left edge, without a hyphen: "
            f"“{example}”"
        )
        return f"it needs lines such as “{example}”, not {quoted}", fix
    written = "the list" if isinstance(value, list) else quoted
    below = f"Delete {written} here, and write on the lines below"
    if at == ("variables",):
        return (
            f"it needs the names of variables, not {quoted}",
            f"{below}, indented by two spaces, the name of each variable, such as “board.name:”",
        )
    if at[0] == "variables" and isinstance(value, str):
        return (
            f"it needs “label:” and “value:”, not only {quoted}",
            f"{below}, indented by two more spaces: “label: what it is”, and “value: "
            f"{value[:_MAX_SHOWN]}”",
        )
    if not isinstance(at[-1], int):
        return (
            f"it needs lines such as “{example}”, not {quoted}",
            f"{below}, indented by two more spaces, one or more of these keys: {', '.join(names)}",
        )
    if at[-2:-1] and at[-2] in _ENTRY_KEYS and isinstance(value, str):
        text = value if len(value) <= _MAX_SHOWN else "…"
        letter = ascii_lowercase[at[-1] % len(ascii_lowercase)]
        return (
            f"an entry needs “id:” and “text:”, not only {quoted}",
            f"Write two lines instead: “- id: {letter}”, and below it, indented by two more "
            f"spaces, “text: {text}”",
        )
    return (
        f"an entry needs lines such as “{example}”, not only {quoted}",
        f"Start the entry with “- {example}”, and write its other keys below, indented by two more "
        f"spaces. Keys that are allowed here: {', '.join(names)}",
    )


def not_a_list(entries: str, value: object) -> str:
    """What is wrong with a file that should be a list of ``entries``, such as “questions”, but has
    this ``value``."""
    return f"this file needs a list of {entries}, not {_format_value(value)}"


def not_an_entry(kind: str, value: object) -> str:
    """What is wrong with an entry of a list that should be ``kind``, such as “a question”, but has
    this ``value``."""
    if value is None:
        return "this entry is empty"
    return f"this entry has only {_format_value(value)}, not the keys of {kind}"


def entry_fix(noun: str, first_key: str) -> str:
    """How to write the entries of a file that is a list, such as an ``approval`` (``noun``), whose
    first key is ``first_key``."""
    return (
        f"Start each {noun} with “- {first_key}: …”, and write its other keys on the lines below, "
        "indented by two spaces"
    )


def _format_value(value: object) -> str:
    if isinstance(value, dict):
        return f"the key “{next(iter(value))}:”" if value else "“{}”"
    if isinstance(value, list | tuple):
        return "a list"
    words = str(value)
    return f"“{words}”" if len(words) <= _MAX_SHOWN else f"“{words[:_MAX_SHOWN]}…”"


def _first_name(value: object) -> str:
    """The first of several file names that the author wrote as one text, for an example of a list;
    “…” for any other value."""
    names = value.replace(",", " ").split() if isinstance(value, str) else []
    return names[0].lstrip("-")[:_MAX_SHOWN] if names and "." in names[0] else "…"


def _number(limit: object) -> object:
    return int(limit) if isinstance(limit, float) and limit.is_integer() else limit


_FILE_HOLDERS: Mapping[type[Shape], str] = {
    CourseShape: "The course",
    PageShape: "This page",
    ApprovalShape: "This approval",
    RemarkShape: "This remark",
}
"""What messages call the mapping that is read into a shape."""
_ID_MEANINGS = {
    ID_PATTERN: "a short name of lower-case letters, digits and hyphens, such as fire-safety",
    OPTION_ID_PATTERN: "one lower-case letter a–z or one digit",
    REMARK_PATTERN: "the code of the remark as scorm-builder wrote it, such as Q4RD-WQKN",
}
"""What to write after a missing “id:”, by the pattern of the id."""
_MEANINGS = {
    "title": "the title that trainees see",
    "version": 'the version in quotes, such as "1.0.0"',
    "label": "a few words that say what the value is",
    "page": "the name of a file in pages/, such as start.md",
    "pages": "below it the names of files in pages/, such as “- start.md”",
    "module": "the title of the module",
    "url": "the full address, with https://",
    "sha256": "the SHA-256 digest of the file, 64 digits 0–9 or letters a–f",
    "file": "the name of a file in media/, such as media/form.html",
    "reason": "the reason why the course needs the file",
    "part": "the name of a part, as “scorm-builder approve” lists it",
    "by": "the name of the person who approved the text",
    "on": "the date of the approval, such as 2026-01-31",
    "code": "the code of the text that was approved, which “scorm-builder approve” prints",
    "question": "the question that trainees are asked",
    "prompt": "the question that trainees are asked",
    "text": "the text that trainees read",
    "match": "the id of the option that it belongs to",
    "options": "below it the answers to choose from",
    "items": "below it the items",
    "steps": "below it the steps",
    "count": "the number of questions to draw",
    "state": "one of these: open, done, declined",
    "kind": "one of these: comment, reply, change",
}
"""What to write after each other required key."""
_PAGE_KEYS = ("source",)
"""Keys whose value is the id of a page."""
_ENTRY_KEYS = ("options", "items", "steps", "scale", "statements")
"""Keys whose entries have an id and a text."""
_PATTERNS = {
    ID_PATTERN: "Use 1 to 64 lower-case letters a–z, digits and hyphens, with no hyphen at the "
    "start",
    OPTION_ID_PATTERN: "Write one lower-case letter a–z or one digit",
    NUMBER_PATTERN: "Write a number such as 18, 0.5 or -3, with up to 9 digits before the point "
    "and up to 6 after it",
    VERSION_PATTERN: "Write a version such as 1.0.0: up to 20 letters, digits, dots and hyphens",
    LANGUAGE_PATTERN: "Write a language, with a region if needed, such as en or en-GB",
    INTERVAL_PATTERN: "Write a number with days, weeks, months or years, such as 12 months",
    VARIABLE_PATTERN: "Write a name such as board.name: lower-case letters, digits, _ and dots",
    COLOUR_PATTERN: 'Write # and six digits 0–9 or letters a–f in quotes, such as "#0b5d6b"',
    REMARK_PATTERN: "Write the code as scorm-builder wrote it, such as Q4RD-WQKN",
    CODE_PATTERN: "Copy the code from what “scorm-builder approve” printed",
    DIGEST_PATTERN: "Write the SHA-256 digest of the file: 64 digits 0–9 or letters a–f",
    ADDRESS_PATTERN: "Write the address in full, with https:// or http:// and without spaces",
}
_RULES = {
    "text": (
        "it needs text, not {shown}",
        "Write text here; if it starts with a bracket, put quotes around it",
    ),
    "whole": ("{shown} is not a whole number", "Write a whole number, such as 80"),
    "number": ("{shown} is not a number", "Write a number, such as 2 or 1.5"),
    "yes-or-no": ("{shown} is neither yes nor no", "Write yes or no"),
    "day": (
        "{shown} is not a date that can be read",
        "Write year, month and day, such as 2026-01-31",
    ),
    "decimals": ("{shown} has too many decimals", "Write at most two, such as 0.25 or 1.5"),
    "too-little": ("{shown} is too small", "Write {ge} or more"),
    "too-much": ("{shown} is too large", "Write {le} or less"),
    "too-few": ("there are too few entries", "Write at least {min_length}"),
    "too-many": ("there are too many entries", "Write at most {max_length}"),
    "list": (
        "it needs a list, not {shown}",
        "Write each entry on a separate line, with a hyphen and a space in front: “- {first}”",
    ),
}
"""Messages for violations of shapes, by rule: what is wrong, and what to do."""
