"""Recognises questions in prose. A doubtful candidate, a passage that may or may not be a question,
becomes a question only in a section that has other questions. Elsewhere it stays as it is, and the
author gets a doubt."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container, Iterator, Sequence
from dataclasses import dataclass, replace

from builder.importing.document.form import POSSIBLE, Block, Document, Doubt, Question
from builder.importing.recognise.candidates import (
    Candidate,
    Draft,
    Entry,
    is_complete,
    make_question,
)
from builder.importing.recognise.choosing import choice, find_letters_behind
from builder.importing.recognise.inlines import plain, shorten
from builder.importing.recognise.keys import (
    AdjacentKeys,
    Titles,
    assign,
    groups_of,
    keys_of,
    unrecognised_keys,
)
from builder.importing.recognise.lines import Line, closed_line, lines_of, replace_granules
from builder.importing.recognise.ordering import matching, pairs, sequence
from builder.importing.recognise.reading import Reader
from builder.importing.recognise.steering import (
    FILL,
    MATCH,
    TRUE_OR_FALSE,
    announces_faq,
    announces_quiz,
    asks_in_words,
    asks_to_arrange,
    property_of,
    steer_of,
)
from builder.importing.recognise.typing_in import true_false, typed_in, writes_variants

_KINDS: tuple[Callable[[Candidate], Draft | None], ...] = (
    sequence,
    pairs,
    choice,
    true_false,
    typed_in,
)


_UNKNOWN_KEY = (
    "“{}” begins like an answer key but continues in another form, so it was imported as text "
    "that trainees can read. If it is a key, mark the answers in the questions and delete it."
)
_CONVERTER_MARKERS = ("#section", "/section")
"""Lines that only tell a converter where a part of a quiz begins and ends."""
_MAX_PASSES = 4
_MAX_INSTRUCTION = 160
"""Maximum number of characters of an instruction for the questions below it, such as “True or
false?”."""


def questions(document: Document) -> Document:
    """Recognise questions: replace the passages of a document that are questions by ``Question``
    blocks. The search is repeated, since the lines around an answer key may belong together once
    the key is removed."""
    for _ in range(_MAX_PASSES):
        before, document = document, _recognise_once(document)
        if document is before:
            break
    return document


def _recognise_once(document: Document) -> Document:
    lines = lines_of(document.blocks)
    found = keys_of(lines)
    views = Sections(lines)
    candidates = _candidates(lines, found, views, document.language)
    find_letters_behind(candidates)
    numbered = [each for each in candidates if _may_have_key(each)]
    assign(found, groups_of(numbered), Titles(views.titles))
    drafts = [(each, draft) for each in candidates if (draft := _draft(each))]
    tested = views.tested | {each.section for each, draft in drafts if draft.sure}
    tested |= _ordering_sections(drafts)
    taken: dict[int, Block | None] = {}
    doubts: list[Doubt] = []
    for each, draft in drafts:
        question = make_question(each, draft)
        if not is_complete(question):
            continue
        if draft.sure or each.section in tested:
            _replace_lines(taken, each.lines, question)
            _mark_key_used(each)
        elif draft.kind in ("choice", "sequencing", "matching") and not each.heading:
            doubts.append(Doubt(each.prompt[0].place, _choice_or_list_doubt(each), POSSIBLE))
    _take_open_questions(candidates, taken, doubts)
    numbers = {each.number for each in candidates if each.number}
    consumed = _remove_keys(found, lines, taken, doubts, numbers)
    for line in lines if taken or tested else ():
        if (
            line.text.strip().casefold() in _CONVERTER_MARKERS
            and line.block is None
            and not line.label
        ):
            _replace_lines(taken, [line], None)
            consumed.append(line.text)
    if taken:
        doubts += [
            Doubt(line.place, _UNKNOWN_KEY.format(line.text.strip()))
            for line in unrecognised_keys(lines)
            if line.granule not in taken
        ]
    if not taken and set(doubts) <= set(document.doubts):
        return document
    return replace(
        document,
        blocks=replace_granules(document.blocks, taken),
        doubts=tuple(dict.fromkeys((*document.doubts, *doubts))),
        consumed=(*document.consumed, *consumed),
    )


def _ordering_sections(drafts: Sequence[tuple[Candidate, Draft]]) -> set[int]:
    """The indexes of sections with several numbered instructions to put things into order. A single
    one may be advice, and not a question."""
    ordered = [each for each, draft in drafts if draft.kind == "sequencing"]
    sections = [each.section for each in ordered if each.number]
    return {section for section in sections if sections.count(section) > 1}


def _draft(candidate: Candidate) -> Draft | None:
    if candidate.table is not None:
        return matching(candidate)
    return next((draft for kind in _KINDS if (draft := kind(candidate))), None)


def _may_have_key(candidate: Candidate) -> bool:
    """Whether an answer key may have an entry for a candidate (a passage that may be a question):
    it has options or a table, an answer, or asks something."""
    if candidate.heading:
        return False
    offers = candidate.choices or candidate.table
    true_or_false = candidate.truths or TRUE_OR_FALSE.search(candidate.text)
    tells = asks_to_arrange(candidate.text) or MATCH.search(candidate.text) or candidate.lines_above
    tested = candidate.is_labelled and (candidate.quiz or candidate.for_converter)
    writes = tested and asks_in_words(candidate.text)
    return bool(
        offers or candidate.is_asking or true_or_false or candidate.answers or tells or writes
    )


def _replace_lines(
    taken: dict[int, Block | None], lines: Sequence[Line], block: Block | None
) -> None:
    for line in lines:
        taken.setdefault(line.granule, None)
    if block is not None:
        taken[lines[0].granule] = block


def _take_open_questions(
    candidates: Sequence[Candidate], taken: dict[int, Block | None], doubts: list[Doubt]
) -> None:
    """Recognise open questions by their numbers, which continue those of other questions, and add
    them to ``taken``, the replacements for pieces of the document. Numbered lines that may not be
    questions get a doubt in ``doubts``."""
    known = {each.begin for each in candidates if each.lines[0].granule in taken}
    for each, draft in _open_questions(candidates, known):
        question = make_question(each, draft) if draft else None
        if question is not None and is_complete(question):
            _replace_lines(taken, each.lines, question)
        else:
            doubts.append(Doubt(each.prompt[0].place, _numbered_doubt(each), POSSIBLE))


def _numbered_doubt(candidate: Candidate) -> str:
    return (
        f"“{_beginning(candidate)}” is numbered like the questions around it but has no answers, "
        "so it was imported as text. If it is a question, add its answer."
    )


def _mark_key_used(candidate: Candidate) -> None:
    if candidate.key is not None:
        candidate.key.used = candidate.key.taken = True
    if candidate.uncertain_key is not None:
        candidate.uncertain_key.used = True


def _choice_or_list_doubt(candidate: Candidate) -> str:
    return (
        f"“{_beginning(candidate)}” may be a question with options, or a list; it was imported as "
        "a list. If it is a question, mark the right option."
    )


def _beginning(candidate: Candidate) -> str:
    return shorten(candidate.prompt[0].text)


@dataclass(slots=True)
class _LineSection:
    """The index of the section that contains a line, and whether it is in a quiz or in frequently
    asked questions."""

    section: int
    quiz: bool
    faq: bool


class Sections:
    """The sections of a document, from one heading to the next. `titles` are the headings by
    section index (the first is empty), `by_line` has the section of each line, and `tested` are
    the indexes of sections that already have questions."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.titles = [""]
        self.tested: set[int] = set()
        self.by_line: list[_LineSection] = []
        self._level: int | None = None
        self._faq: int | None = None
        for line in lines:
            if _is_title(line):
                self._open(line)
            if isinstance(line.block, Question):
                self.tested.add(len(self.titles) - 1)
            section = len(self.titles) - 1
            self.by_line.append(
                _LineSection(section, self._level is not None, self._faq is not None)
            )

    def _open(self, line: Line) -> None:
        level = line.paragraph.level if line.paragraph else 0
        if self._level is not None and level <= self._level:
            self._level = None
        if self._level is None and announces_quiz(line.text):
            self._level = level
        if self._faq is not None and level <= self._faq:
            self._faq = None
        if self._faq is None and announces_faq(line.text):
            self._faq = level
        self.titles.append(line.text)


def _is_instruction(line: Line, pattern: re.Pattern[str]) -> bool:
    return len(line.text) <= _MAX_INSTRUCTION and pattern.search(line.text) is not None


def _is_title(line: Line) -> bool:
    """Whether a line is a heading or title, and not the start of a question."""
    if line.paragraph is None or line.block is not None:
        return False
    if line.label is not None and line.label.style == "asked":
        return False
    return line.heading or line.paragraph.style in ("title", "subtitle")


def _candidates(
    lines: Sequence[Line], found: Sequence[AdjacentKeys], views: Sections, language: str
) -> list[Candidate]:
    reader = Reader(_close_keys(lines, found))
    out: list[Candidate] = []
    truths = gaps = False
    for_converter = any(map(_is_for_converter, lines))
    at = 0
    while at < len(lines):
        candidate = reader.read(at)
        if candidate is not None:
            view = views.by_line[at]
            candidate.section, candidate.quiz, candidate.faq = view.section, view.quiz, view.faq
            candidate.for_converter = for_converter
            candidate.truths, candidate.gaps = truths, gaps
            candidate.language = language
        if candidate is not None and (not candidate.only_prompt or _may_be_question(candidate)):
            out.append(candidate)
            at = candidate.end
            continue
        line = lines[at]
        if line.block is None and line.label is None and line.text and not property_of(line):
            truths, gaps = _is_instruction(line, TRUE_OR_FALSE), _is_instruction(line, FILL)
        at += 1
    return out


def _is_for_converter(line: Line) -> bool:
    """Whether a line shows that the document was typed for a converter of Word quizzes."""
    if line.block is not None:
        return False
    named = property_of(line)
    return (
        (named is not None and named.kind in ("kind", "shuffle"))
        or (line.text.startswith("@") and steer_of(line) is not None)
        or "[*]" in line.text
        or writes_variants(line.text)
    )


def _close_keys(lines: Sequence[Line], found: Sequence[AdjacentKeys]) -> list[Line]:
    """Replace the lines of answer keys by placeholders, so that these lines do not become part of
    candidates."""
    out = list(lines)
    for place in found:
        for at in range(place.begin, place.end):
            out[at] = closed_line(lines[at])
    return out


def _may_be_question(candidate: Candidate) -> bool:
    """Whether a passage without options (the candidate) can be a question: it starts with a number
    or “Question”, has an answer, or can be a question of some type."""
    return candidate.is_labelled or bool(candidate.answer_sources) or _draft(candidate) is not None


def _remove_keys(
    found: Sequence[AdjacentKeys],
    lines: Sequence[Line],
    taken: dict[int, Block | None],
    doubts: list[Doubt],
    numbers: Collection[int],
) -> list[str]:
    """Remove the answer keys ``found`` that questions have used, by adding their lines to
    ``taken``, the replacements for pieces of the document. Their answers that belong to no question
    get a doubt in ``doubts``. Returns the words of the removed keys that the course does not
    contain.

    In a document with questions, a key is also removed if no question has used it but all of its
    numbers are ``numbers`` of candidates, since trainees must not read it.
    """
    consumed: list[str] = []
    for place in found:
        entries = [entry for key in place.keys for entry in key.entries]
        known = bool(taken) and {entry.number for entry in entries} <= set(numbers)
        if not any(entry.used for entry in entries) and not known:
            continue
        _replace_lines(taken, lines[place.begin : place.end], None)
        consumed += [title for title in place.titles if title]
        for entry in entries:
            if not entry.taken:
                consumed += [words for words in (entry.cut, plain(entry.value)) if words]
            if not entry.used:
                doubts.append(Doubt(entry.place, _unused_entry_doubt(entry)))
    return consumed


def _unused_entry_doubt(entry: Entry) -> str:
    return (
        f"The key has “{plain(entry.value).strip()}” for question {entry.number}, but it fits no "
        "question: either the question is missing, or it has another number."
    )


_OPEN_DOUBT = (
    "It is numbered like the questions around it but has no answers: either trainees answer in "
    "their own words and nobody marks it, which is how it was imported, or its answers are "
    "missing."
)


def _open_questions(
    candidates: Sequence[Candidate], taken: Container[int]
) -> Iterator[tuple[Candidate, Draft | None]]:
    """Yield the passages (candidates) without answers whose numbers come right after or before
    those of questions.
    ``taken`` are the indexes of the lines where questions begin. A candidate that asks something
    comes with the draft of a reflection; any other with ``None``, since only the author can decide
    whether it is a question."""
    numbered = [each for each in candidates if each.number]
    known = [each.begin in taken for each in numbered]
    open_ends = [
        not taken_already and _is_open(each)
        for each, taken_already in zip(numbered, known, strict=True)
    ]
    for step, order in ((1, range(len(numbered))), (-1, range(len(numbered) - 1, -1, -1))):
        for at in order:
            near = at - step
            if not open_ends[at] or known[at] or not 0 <= near < len(numbered) or not known[near]:
                continue
            each, other = numbered[at], numbered[near]
            if each.section != other.section or each.number - other.number != step:
                continue
            is_question = each.is_asking or asks_in_words(each.text)
            known[at] = is_question
            if not is_question:
                open_ends[at] = False
            yield (
                each,
                Draft("reflection", sure=True, doubts=[_OPEN_DOUBT]) if is_question else None,
            )


def _is_open(candidate: Candidate) -> bool:
    return candidate.only_prompt and not candidate.heading and not candidate.answer_sources
