"""Lists the comments and changes of a returned document, each with its place in the course, and the
edits that apply a change if its place is certain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from builder.course.questions.base import comparable
from builder.diagnostics.diagnostic import Position
from builder.exporting.review import visible_lines
from builder.exporting.review.changed_facts import FactChange, Facts
from builder.exporting.review.comparing import Reading
from builder.exporting.review.document_lines import (
    ALL,
    STATEMENT,
    CourseLine,
    ReturnedLine,
    line_code,
    match_paragraphs,
    normalise,
    replace_variants,
)
from builder.exporting.review.returned import Returned
from builder.exporting.review.returned_file import Change, Comment, Paragraph
from builder.exporting.review.source_texts import Edit, SourceTexts
from builder.exporting.review.tree import Document, Line, Origin, Run, bookmark

_SECTION_TAG_PREFIX = "c:"
"""Prefix of the tags of sections other than pages."""
_AUTHOR_TAG_KINDS = "pqr"
"""First letters of tags with an id that the author chose, so that they identify the course; all
other tags are in every review document."""
_MIN_UNIQUE_LENGTH = 40
"""Number of characters from which a paragraph is regarded as unique to its course."""
_MIN_SIMILARITY = 0.6
"""Similarity (0 to 1) from which one line counts as the changed form of another."""
_MAX_LINE_LENGTH = 2_000
"""Maximum number of characters that are compared at the beginning of a line."""
_MAX_COMPARED_LINES = 50
"""Maximum number of lines of the course with which a returned line is compared."""
_CONTEXT = 40
"""Number of characters before and after a change that distinguish its place from similar ones."""
_AMBIGUOUS = "the text has these words in {count} places: change them by hand"
_WORDS_GONE = "the course no longer has these words there"
_ALREADY_APPLIED = "the course already has these words"
_NO_PLACE = "the course no longer has this paragraph"
_NEW_PARAGRAPH = "this paragraph is new: add it by hand"
_PARAGRAPHS_JOINED = "two paragraphs were joined, or one was split: do this by hand"
_ALL_DELETED = "the whole text was deleted: delete it, and what belongs to it, by hand"
_LINE_BREAK = "the new words contain a line break"
_GENERATED = "this text is generated, so it cannot be changed here"
_SEVERAL_TEXTS = "the change covers more than one text of the course"
_LINE_MISSING = "the document no longer has this line: delete it by hand if that is intended"
_LINE_ADDED = "the course does not have this line: add it by hand if that is intended"
_LINE_MOVED = "this line has moved in the document: move it by hand if that is intended"
_DETAIL_CHANGED = (
    "the words are the same, but not what goes with them: change it by hand if that is intended"
)
_LINE_CHANGED = "the course has other words here: change them by hand if that is intended"
_OUTSIDE_BODY = "it is in a header, a footer or a note that somebody added to the document"
_NOTE = "it is not in the text of the course: read it, then close it"
_UNKNOWN_SIDE = (
    "either the document or the course has changed here, and the file does not show which: "
    "check it by hand"
)
_UNSAFE_EDIT = "the edit would change more than these words: change them by hand"


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment or a change of a reviewer; ``number`` counts from 1 in the order of the document.

    ``about`` is the text that a comment is on, or that a change deletes; ``added`` is the new text.
    ``text`` is the text of a comment, or describes a changed fact. ``part`` is the tag of the
    section of the document that contains the remark. ``position`` is its place in the course,
    ``None`` if there is none.

    ``edits`` apply the change to the course; if there are none, ``reason`` says why. ``clashes``
    are the numbers of other changes that edit the same text differently. ``reply`` and ``done`` are
    whether a comment is a reply and whether it is resolved; ``tracked`` is whether a change was
    tracked. ``affects`` are the ids of the parts of the course that it may concern, ``ALL`` if
    these are unknown; empty for a changed fact, which is a difference of its part.
    """

    number: int = 0
    kind: Literal["comment", "change"] = "change"
    author: str = ""
    date: str = ""
    about: str = ""
    added: str = ""
    text: str = ""
    position: Position | None = None
    part: str = ""
    edits: tuple[Edit, ...] = ()
    reason: str = ""
    clashes: tuple[int, ...] = ()
    reply: bool = False
    done: bool = False
    tracked: bool = True
    affects: frozenset[str] = frozenset()

    @property
    def is_already_applied(self) -> bool:
        """Whether the course already contains this change."""
        return self.reason == _ALREADY_APPLIED

    @property
    def is_applicable(self) -> bool:
        """Whether the change can be applied to the course."""
        return bool(self.edits)


@dataclass(frozen=True, slots=True)
class Review:
    """All comments and changes of a returned file, in the order of the document.

    ``version`` is the version of the course from which the file was made, empty if unknown.
    ``is_outdated`` is true if the course has changed since. ``of_this_course`` is false if the file
    belongs to another course.
    """

    version: str
    is_outdated: bool
    remarks: tuple[Remark, ...]
    of_this_course: bool


def read(back: Returned, document: Document, source_texts: SourceTexts) -> Review:
    """List the comments and changes of the returned file ``back`` that was made from this course,
    or from an earlier version of it. ``document`` is the review document of the course as it is
    now."""
    return _RemarkReader(back, document, source_texts).review()


class _RemarkReader:
    def __init__(self, back: Returned, document: Document, source_texts: SourceTexts) -> None:
        self.back = back
        self.received = back.received
        self.sent_codes = back.comparison.sent_codes
        self.source_texts = source_texts
        self.lines = match_paragraphs(self.received.paragraphs, document)
        self.is_outdated = self.received.code != document.code
        self.parts = self._tag_paragraphs()
        self.of_this_course = self._is_of_course(document)

    def review(self) -> Review:
        found: list[tuple[int, int, Remark]] = []
        listed_paragraphs: set[int] = {*self.back.signed_paragraphs}
        listed_lines: set[int] = set()
        facts = Facts(self.back, self.source_texts)
        for one in facts.changes():
            listed_paragraphs |= one.numbers
            listed_lines |= one.lines
            place = min(one.numbers, default=0)
            found.append((place, 0, self._fact_remark(one)))
        listed_paragraphs |= facts.unreported_paragraphs
        listed_lines |= facts.unreported_lines
        for number, paragraph in enumerate(self.received.paragraphs):
            if number in listed_paragraphs:
                continue
            changes = [
                (number, start, one) for start, one in self._change_remarks(number, paragraph)
            ]
            if changes:
                found += changes
                listed_paragraphs.add(number)
                listed_lines.add(id(self.lines.get(number)))
        found += self._untracked_differences(listed_paragraphs, listed_lines)
        found += self._other_details()
        for comment in self.received.comments:
            place = comment.paragraph if comment.paragraph is not None else 1 << 30
            found.append((place, comment.start, self._comment_remark(comment)))
        ordered = [remark for *_, remark in sorted(found, key=lambda one: one[:2])]
        remarks = tuple(replace(one, number=at) for at, one in enumerate(ordered, start=1))
        return Review(self.received.version, self.is_outdated, remarks, self.of_this_course)

    def _fact_remark(self, one: FactChange) -> Remark:
        number = min(one.numbers, default=None)
        by = next(
            (
                change
                for at in sorted(one.numbers)
                for change in self.received.paragraphs[at].changes
            ),
            None,
        )
        return Remark(
            author=by.author if by else "",
            date=by.date if by else "",
            about=one.before,
            added=one.after,
            text=one.text,
            position=one.position or self._position_above(number),
            part=one.part,
            edits=one.edits,
            reason=one.reason,
            tracked=by is not None,
        )

    def _untracked_differences(
        self, listed_paragraphs: set[int], listed_lines: set[int]
    ) -> Iterator[tuple[int, int, Remark]]:
        """Yield the differences between the returned document and the current one that are not
        listed yet, such as changes made without tracking. ``listed_paragraphs`` are the numbers of
        the paragraphs, and ``listed_lines`` the ``id()`` of the lines, that were listed.

        Each remark comes after the number of its paragraph and the offset 0. Its paragraphs and
        lines are added to both sets.
        """
        comparison = self.back.comparison
        current_texts = {one.text for one in comparison.current_lines}
        self.removed_texts = {
            line.text for one in comparison.accepted.differences for line in one.before
        }
        self.added_texts = {
            line.text for one in comparison.accepted.differences for line in one.after
        }
        for reading, tracked in ((comparison.rejected, False), (comparison.accepted, True)):
            for one in reading.differences:
                if one.only_course_changed:
                    continue
                before = [line for line in one.before if id(line.line) not in listed_lines]
                after = [
                    line for line in one.after if not listed_paragraphs.intersection(line.numbers)
                ]
                if self.sent_codes is not None:
                    before = [line for line in before if line_code(line.text) in self.sent_codes]
                    after = [
                        line
                        for line in after
                        if line_code(line.text) not in self.sent_codes or line.text in current_texts
                    ]
                listed_lines.update(id(line.line) for line in before)
                listed_paragraphs.update(number for line in after for number in line.numbers)
                near = one.above
                for sent, seen in _pair_lines(before, after):
                    near = sent or near
                    if one.is_note and sent and seen and sent.text == seen.text:
                        continue
                    place = self._paragraph_number(reading, near, seen)
                    remark = self._difference_remark(sent, seen, near, tracked)
                    reason = _NOTE if one.is_note and not sent else remark.reason
                    remark = replace(remark, affects=one.parts, reason=reason)
                    whole = sent and len(before) == len(after) == 1 and self.sent_codes is not None
                    if whole and sent and sent.line and seen and visible_lines.is_plain(seen.text):
                        remark = self._with_edits(remark, sent.line, 0, len(sent.line.text))
                    yield place, 0, remark
        for one in comparison.outside_lines:
            for seen in one.after:
                added = visible_lines.format_line(seen.text)
                remark = Remark(added=added, reason=_OUTSIDE_BODY, tracked=False)
                yield 0, 0, replace(remark, affects=frozenset({ALL}))

    def _other_details(self) -> Iterator[tuple[int, int, Remark]]:
        """Yield a remark for each line that has other details than the current document, such as
        another address behind a link, after the number of its paragraph and the offset 0."""
        listed: set[tuple[str, str]] = set()
        for reading in (self.back.comparison.rejected, self.back.comparison.accepted):
            for one in reading.other_details:
                (sent,), (seen,) = one.before, one.after
                if (sent.text, seen.text) in listed:
                    continue
                listed.add((sent.text, seen.text))
                # A picture has no position of its own.
                above = reversed(reading.current_lines[: self._line_index(one.above) + 1])
                near = next((line for line in above if line.line), None)
                remark = self._difference_remark(one.above, seen, near, tracked=False)
                about = visible_lines.format_line(sent.text)
                remark = replace(remark, about=about, affects=one.parts, reason=_DETAIL_CHANGED)
                yield self._paragraph_number(reading, one.above, seen), 0, remark

    def _difference_remark(
        self,
        sent: CourseLine | None,
        seen: ReturnedLine | None,
        near: CourseLine | None,
        tracked: bool,
    ) -> Remark:
        line = near.line if near else None
        if self.sent_codes is None and not tracked:
            reason = _UNKNOWN_SIDE
        elif sent and seen:
            reason = _LINE_CHANGED
        elif self._is_elsewhere(sent, seen):
            reason = _LINE_MOVED
        else:
            reason = _LINE_MISSING if sent else _LINE_ADDED
        return Remark(
            about=visible_lines.format_line(sent.text) if sent else "",
            added=visible_lines.format_line(seen.text) if seen else "",
            position=self._position(line, 0, 0) if line else None,
            part=self._nearest_tag(sent, seen, near),
            reason=reason,
            tracked=tracked,
        )

    def _is_elsewhere(self, sent: CourseLine | None, seen: ReturnedLine | None) -> bool:
        """Whether a line has moved: ``sent``, a line that is missing here in the returned document,
        was added elsewhere in it; or ``seen``, a line that was added here, is missing elsewhere."""
        return (
            (sent.text in self.added_texts)
            if sent
            else bool(seen and seen.text in self.removed_texts)
        )

    def _paragraph_number(
        self, reading: Reading, near: CourseLine | None, seen: ReturnedLine | None
    ) -> int:
        """The number of the paragraph of the returned document that contains a difference: that of
        the line ``seen``, or else of the nearest paragraph above ``near``, a line of the current
        document."""
        if seen and seen.numbers:
            return seen.numbers[0]
        for index in range(self._line_index(near), -1, -1):
            if index in reading.pairs and reading.returned_lines[reading.pairs[index]].numbers:
                return reading.returned_lines[reading.pairs[index]].numbers[-1]
        return 0

    def _line_index(self, near: CourseLine | None) -> int:
        listed = enumerate(self.back.comparison.current_lines)
        return next((index for index, one in listed if one is near), -1)

    def _nearest_tag(
        self, sent: CourseLine | None, seen: ReturnedLine | None, near: CourseLine | None
    ) -> str:
        if not sent and seen and seen.numbers and seen.numbers[0] in self.parts:
            return self.parts[seen.numbers[0]]
        for index in range(self._line_index(sent or near), -1, -1):
            line = self.back.comparison.current_lines[index].line
            if line and line.tag:
                return line.tag
        return ""

    def _is_of_course(self, document: Document) -> bool:
        """Whether the returned file belongs to this course: judged by the file's properties, else
        by a tag with an id of this course, or by a long paragraph that the course has, too."""
        if self.received.course:
            return self.received.course == document.course
        tags = {tag for tag in document.tags if tag[0] in _AUTHOR_TAG_KINDS}
        marks = {bookmark(tag) for tag in tags}
        for number, paragraph in enumerate(self.received.paragraphs):
            if paragraph.tag in tags or marks & {*paragraph.bookmarks}:
                return True
            line = self.lines.get(number)
            if (
                line
                and len(paragraph.words) >= _MIN_UNIQUE_LENGTH
                and any(run.spot for run in line.runs)
            ):
                return True
        return False

    def _tag_paragraphs(self) -> Mapping[int, str]:
        """The tag of the section of the document that contains each paragraph, by the paragraph's
        number."""
        parts, tag = {}, ""
        for number, paragraph in enumerate(self.received.paragraphs):
            line = self.lines.get(number)
            tag = paragraph.tag or (line.tag if line else "") or tag
            parts[number] = tag
        return parts

    def _comment_remark(self, comment: Comment) -> Remark:
        position, part = None, ""
        if comment.paragraph is not None:
            part = self.parts.get(comment.paragraph, "")
            line = self.lines.get(comment.paragraph)
            if line:
                position = self._position(line, comment.start, comment.end)
        return Remark(
            kind="comment",
            author=comment.author,
            date=comment.date,
            about=comment.about.strip(),
            text=comment.text,
            position=position or self._position_above(comment.paragraph),
            part=part,
            reply=comment.reply,
            done=comment.done,
            affects=self.back.comparison.affected_parts(comment.paragraph),
        )

    def _position_above(self, number: int | None) -> Position | None:
        """The position in the course of the nearest line at or above the paragraph with this
        number."""
        while number is not None and number >= 0:
            line = self.lines.get(number)
            position = self._position(line, 0, 0) if line else None
            if position or (line and line.tag.startswith(_SECTION_TAG_PREFIX)):
                return position
            number -= 1
        return None

    def _position(self, line: Line, start: int, end: int) -> Position | None:
        """The position in the course of the character at ``start`` in a line, or else of the
        nearest text of the course before it. ``end`` is where the marked text ends."""
        at = 0
        fallback: Position | None = None
        for run in line.runs:
            if run.spot:
                known = self.source_texts.words(run.spot.origin)
                inside = _source_offset(run, max(start - at, 0))
                here = run.spot.start + inside
                position: Position | None
                if known and here < len(known.spans):
                    position = self.source_texts.position(known.path, known.spans[here][0])
                else:
                    position = self.source_texts.place(run.spot.origin)
                if at + len(run.text) > start:
                    return position
                fallback = fallback or position
            at += len(run.text)
        return fallback

    def _change_remarks(self, number: int, paragraph: Paragraph) -> Iterator[tuple[int, Remark]]:
        line = self.lines.get(number)
        changes: Sequence[Change] = paragraph.changes
        if line and self._is_overwritten(paragraph, line):
            changes = (*changes, *_untracked_changes(paragraph.words, line.text))
        for change in changes:
            # Only the tag follows the words, and it is not text of the course.
            tag = change.tracked and change.start > len(paragraph.words)
            if not tag:
                yield change.start, self._change_remark(number, paragraph, line, change)

    def _is_overwritten(self, paragraph: Paragraph, line: Line) -> bool:
        """Whether the reviewer has changed a paragraph without tracking, while ``line``, the line
        of the current document that it shows, still has the words that were sent out."""
        if self.sent_codes is None or not paragraph.words.strip():
            return False
        return (
            line_code(normalise(paragraph.words)) not in self.sent_codes
            and line_code(normalise(line.text)) in self.sent_codes
        )

    def _change_remark(
        self, number: int, paragraph: Paragraph, line: Line | None, change: Change
    ) -> Remark:
        sent = paragraph.words if change.tracked or line is None else line.text
        about = sent[change.start : change.end]
        remark = Remark(
            author=change.author,
            date=change.date,
            about=about,
            added=change.added,
            part=self.parts.get(number, ""),
            position=self._position_above(number),
            tracked=change.tracked,
            affects=self.back.comparison.affected_parts(number),
        )
        if line is None:
            new = not paragraph.words.strip()
            note = self.parts.get(number) == f"{_SECTION_TAG_PREFIX}{STATEMENT}"
            reason = _NOTE if note else _NEW_PARAGRAPH if new else _NO_PLACE
            return replace(remark, reason=reason)
        place, reason = _locate_change(paragraph, line, change)
        if place is None:
            return replace(remark, reason=reason)
        start, end = place
        remark = replace(remark, position=self._position(line, start, end) or remark.position)
        if paragraph.joined and paragraph.changes:
            return replace(remark, reason=_PARAGRAPHS_JOINED)
        return self._with_edits(remark, line, start, end)

    def _with_edits(self, remark: Remark, line: Line, start: int, end: int) -> Remark:
        found = _locate_text(line.runs, start, end)
        if isinstance(found, str):
            return replace(remark, reason=found)
        origin, first, last = found
        known = self.source_texts.words(origin)
        if known is None:
            return replace(remark, reason=_GENERATED)
        remark = replace(
            remark,
            position=self.source_texts.position(
                known.path, _offset_at(known.spans, first, known.encloses)
            ),
        )
        if "\n" in remark.added:
            return replace(remark, reason=_LINE_BREAK)
        if not (known.words[:first] + remark.added + known.words[last:]).strip():
            return replace(remark, reason=_ALL_DELETED)
        edits = self.source_texts.edits(origin, first, last, remark.added)
        if not edits:
            return replace(remark, reason=_UNSAFE_EDIT)
        return replace(remark, edits=edits)


def _pair_lines(
    before: Sequence[CourseLine], after: Sequence[ReturnedLine]
) -> Iterator[tuple[CourseLine | None, ReturnedLine | None]]:
    """Pair the lines of a difference by similarity: those of the current document (``before``) with
    those of the returned document (``after``); a line without a counterpart is paired with
    ``None``."""
    if len(before) == len(after):
        yield from zip(before, after, strict=True)
        return
    left = list(before)
    for seen in after:
        like = [
            SequenceMatcher(None, one.text[:_MAX_LINE_LENGTH], seen.text[:_MAX_LINE_LENGTH]).ratio()
            for one in left[:_MAX_COMPARED_LINES]
        ]
        best = max(range(len(like)), key=like.__getitem__, default=0)
        if like and like[best] >= _MIN_SIMILARITY:
            for one in left[:best]:
                yield one, None
            yield left[best], seen
            left = left[best + 1 :]
        else:
            yield None, seen
    for one in left:
        yield one, None


def _offset_at(spans: Sequence[tuple[int, int]], index: int, outer: tuple[int, int]) -> int:
    if index < len(spans):
        return spans[index][0]
    return spans[-1][1] if spans else outer[0]


def _locate_change(
    paragraph: Paragraph, line: Line, change: Change
) -> tuple[tuple[int, int] | None, str]:
    """Find the start and end offset of the changed text in ``line``, the line of the current
    document that the paragraph shows; ``None`` and the reason if the offsets are uncertain."""
    words, today = replace_variants(paragraph.words), replace_variants(line.text)
    if not change.tracked or words.rstrip() == today.rstrip():
        return (change.start, change.end), ""
    about = words[change.start : change.end]
    if comparable(paragraph.changed) == comparable(today) or _is_already_applied(
        words, today, change
    ):
        return None, _ALREADY_APPLIED
    places = [at for at in range(len(today) + 1) if today.startswith(about, at)] if about else []
    if about and not places:
        return None, _WORDS_GONE
    if len(places) == 1:
        return (places[0], places[0] + len(about)), ""
    before = words[max(0, change.start - _CONTEXT) : change.start]
    after = words[change.end : change.end + _CONTEXT]
    for left, right in ((before, after), (before, ""), ("", after)):
        found = [
            at
            for at in places or range(len(today) + 1)
            if today.endswith(left, 0, at) and today.startswith(right, at + len(about))
        ]
        if len(found) == 1 and (left or right):
            return (found[0], found[0] + len(about)), ""
    return None, _AMBIGUOUS.format(count=len(places)) if places else _WORDS_GONE


def _is_already_applied(words: str, today: str, change: Change) -> bool:
    """Whether the course already contains this change. ``words`` is the paragraph as it was sent
    out, ``today`` the same line of the current document."""
    before = words[max(0, change.start - _CONTEXT) : change.start]
    after = words[change.end : change.end + _CONTEXT]
    done = comparable(f"{before}{change.added}{after}")
    undone = comparable(f"{before}{words[change.start : change.end]}{after}")
    now = comparable(today)
    return done in now and (undone in done or undone not in now)


def _locate_text(runs: Sequence[Run], start: int, end: int) -> tuple[Origin, int, int] | str:
    """Find the text of the course that a line shows from ``start`` to ``end``.

    Returns the place of the text in the sources, and the start and end offset in the text; or the
    reason why there is no such text.
    """
    at = 0
    inside: list[tuple[Run, int]] = []
    for run in runs:
        after = at + len(run.text)
        touches = at <= start <= after if start == end else at < end and start < after
        if touches and run.text:
            inside.append((run, at))
        at = after
    if start == end:
        # An insertion between two texts of the course belongs to the first.
        inside = [pair for pair in inside if pair[0].spot and not pair[0].spot.fixed][:1] or inside
    for run, _ in inside:
        if run.spot is None:
            return _GENERATED
        if run.spot.fixed:
            return run.spot.fixed
    origins = {run.spot.origin for run, _ in inside if run.spot}
    if len(origins) != 1:
        return _SEVERAL_TEXTS if origins else _GENERATED
    (first, begins), (last, until) = inside[0], inside[-1]
    assert first.spot
    assert last.spot
    one = first.spot.start + _source_offset(first, start - begins)
    other = last.spot.start + _source_offset(last, end - until)
    return first.spot.origin, one, max(one, other)


def _source_offset(run: Run, offset: int) -> int:
    """Convert an offset in the printed text of a run to an offset in the words that its author
    wrote."""
    assert run.spot
    raw = run.spot.raw
    if len(run.text) == len(raw):
        return min(offset, len(raw))
    at = 0
    for letter in run.text[:offset]:
        for printed, typed in (("…", "..."), ("—", "---"), ("–", "--")):
            if letter == printed and raw.startswith(typed, at):
                at += len(typed)
                break
        else:
            # The space inside French quotation marks is not in the source.
            at += not (letter in "\u00a0\u202f" and raw[at : at + 1] not in (" ", letter))
    return min(at, len(raw))


def _untracked_changes(words: str, today: str) -> Iterator[Change]:
    """Yield the changes of a paragraph that were made without tracking, word by word. ``words`` is
    the text of the paragraph, ``today`` the same line of the current document, with which it is
    compared."""
    one, other = (
        _split_words(replace_variants(today).rstrip()),
        _split_words(replace_variants(words).rstrip()),
    )
    if one == other:
        return
    starts = [0]
    for part in one:
        starts.append(starts[-1] + len(part))
    for kind, start, end, first, last in SequenceMatcher(None, one, other, False).get_opcodes():
        if kind != "equal":
            yield Change(starts[start], starts[end], "".join(other[first:last]), tracked=False)


def _split_words(text: str) -> list[str]:
    parts: list[str] = []
    for letter in text:
        if parts and letter.isalnum() and parts[-1][-1].isalnum():
            parts[-1] += letter
        else:
            parts.append(letter)
    return parts
