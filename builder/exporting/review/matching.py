"""Matches the paragraphs of a returned file with the lines of the review document.

Matches by tags first, then by words in their order: some programs drop bookmarks, and the course
may have changed since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from builder.course.questions.quoting import comparable
from builder.exporting.review.received import Paragraph
from builder.exporting.review.tree import Document, Line, lines
from builder.exporting.review.word import bookmark

_MIN_SIMILARITY = 0.6
"""Minimum similarity at which one text counts as the changed form of another."""
_MAX_COMPARED_PAIRS = 4_000
"""Maximum number of text pairs compared character by character in one place."""
_MAX_TEXT_LENGTH = 2_000
"""Maximum number of characters of a text that are compared."""
_VARIANTS = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\n": " ", "\t": " ", "\u2010": "-", "\u2011": "-"}
)
"""Characters that some programs substitute for others."""


def replace_variants(text: str) -> str:
    """Normalise a text for comparison; its length stays the same."""
    return text.translate(_VARIANTS)


def match_paragraphs(paragraphs: Sequence[Paragraph], document: Document) -> Mapping[int, Line]:
    """The line that each paragraph shows, by the number of the paragraph."""
    listed = list(lines(document.nodes))
    tagged = {bookmark(line.tag): line.tag for line in listed if line.tag}
    units = _group_by_unit([(line.tag, index) for index, line in enumerate(listed)])
    received = _group_by_unit(
        [(_paragraph_tag(paragraph, tagged), index) for index, paragraph in enumerate(paragraphs)]
    )
    found: dict[int, Line] = {}
    for name, numbers in received.items():
        if name in units:
            ours = [listed[index] for index in units[name]]
            theirs = [(number, paragraphs[number]) for number in numbers]
            found.update(_match_unit(theirs, ours))
    found.update(_match_moved(paragraphs, listed, found))
    return found


def _paragraph_tag(paragraph: Paragraph, tagged: Mapping[str, str]) -> str:
    if paragraph.tag:
        return paragraph.tag
    return next((tagged[name] for name in paragraph.bookmarks if name in tagged), "")


def _group_by_unit(listed: Sequence[tuple[str, int]]) -> dict[str, list[int]]:
    """Group numbers by the page or section that they are in; each group starts with its tag."""
    units: dict[str, list[int]] = {"": []}
    name = ""
    for tag, number in listed:
        if tag.partition(":")[0] in ("p", "m", "c", "f") and "/" not in tag:
            name = tag
        units.setdefault(name, []).append(number)
    return units


def _match_unit(
    theirs: Sequence[tuple[int, Paragraph]], ours: Sequence[Line]
) -> Iterator[tuple[int, Line]]:
    one = [_comparison_key(paragraph.words, paragraph.tag) for _, paragraph in theirs]
    other = [_comparison_key(line.text, line.tag) for line in ours]
    for kind, start, end, first, last in SequenceMatcher(None, one, other, False).get_opcodes():
        if kind == "equal":
            for (number, _), line in zip(theirs[start:end], ours[first:last], strict=True):
                yield number, line
        elif kind == "replace":
            yield from _match_similar(theirs[start:end], ours[first:last])


def _comparison_key(words: str, tag: str) -> tuple[str, str]:
    return replace_variants(words).strip(), tag


def _match_similar(
    theirs: Sequence[tuple[int, Paragraph]], ours: Sequence[Line]
) -> Iterator[tuple[int, Line]]:
    """Pair each paragraph with the most similar line, using each line once."""
    left = dict(enumerate(ours))
    if len(theirs) * len(left) > _MAX_COMPARED_PAIRS:
        return
    for number, paragraph in theirs:
        best = max(
            ((_similarity(paragraph, line), index) for index, line in left.items()),
            default=(0.0, 0),
        )
        if best[0] >= _MIN_SIMILARITY:
            yield number, left.pop(best[1])


def _similarity(paragraph: Paragraph, line: Line) -> float:
    """The similarity of a paragraph and a line, with or without the tracked changes, since the
    course may already have them."""
    if paragraph.tag and paragraph.tag == line.tag:
        return 2.0
    if paragraph.tag and line.tag:
        return 0.0
    changed = _ratio(paragraph.changed, line.text) if paragraph.changes else 0.0
    return max(_ratio(paragraph.words, line.text), changed)


def _ratio(one: str, other: str) -> float:
    one, other = comparable(one), comparable(other)
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    judge = SequenceMatcher(None, one[:_MAX_TEXT_LENGTH], other[:_MAX_TEXT_LENGTH], False)
    return judge.ratio() if judge.quick_ratio() >= _MIN_SIMILARITY else 0.0


def _match_moved(
    paragraphs: Sequence[Paragraph], listed: Sequence[Line], found: Mapping[int, Line]
) -> Iterator[tuple[int, Line]]:
    """Pair paragraphs that moved: those whose tag, or whose words, are now in exactly one other
    place."""
    taken = {id(line) for line in found.values()}
    free = [line for line in listed if id(line) not in taken]
    by_tag = {line.tag: line for line in free if line.tag}
    by_words: dict[str, list[Line]] = {}
    for line in free:
        by_words.setdefault(replace_variants(line.text).strip(), []).append(line)
    for number, paragraph in enumerate(paragraphs):
        if number in found or not paragraph.words.strip():
            continue
        alike = [
            line
            for words in dict.fromkeys((paragraph.words, paragraph.changed))
            for line in by_words.get(replace_variants(words).strip(), ())
        ]
        if paragraph.tag in by_tag:
            yield number, by_tag[paragraph.tag]
        elif len(alike) == 1:
            yield number, alike[0]
