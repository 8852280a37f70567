"""Checks WebVTT captions as strictly as browsers, which drop invalid cues silently.

The rules are those of “WebVTT: The Web Video Text Tracks Format” (W3C), 4.1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from builder.base import css
from builder.base.immutable import immutable
from builder.base.patterns import late
from builder.diagnostics.diagnostic import Lines

_SIGNATURE = late(r"WEBVTT(?:[ \t].*)?")
_ARROW = "-->"
_TIME = late(r"(?:(?P<hours>\d{2,}):)?(?P<minutes>[0-5]\d):(?P<seconds>[0-5]\d\.\d{3})", re.ASCII)
_WRONG_ARROW = late(r"(?<=\d)\s*(?:[-–—]>|[–—→]>?|=+>)\s*(?=\d)")
"""Matches another arrow between two times."""
_MARK = late(r"</?[a-z0-9][^<>]*>")
"""Matches a tag within a caption: of a speaker, of emphasis, or of a time."""
_NON_CUE = late(r"(?:NOTE|STYLE|REGION)(?:[ \t]|$)")


@immutable
class CaptionFault:
    """A fault in captions: its line (from 1), and two sentences: what is wrong, and what to do.

    The sentences have no full stop.
    """

    line: int
    problem: str
    fix: str


def judge(text: str) -> Iterator[CaptionFault]:
    """Yield all faults of ``text``, the content of a WebVTT file, in the order of its lines, which
    must end with ``\\n``."""
    lines = text.removeprefix("\ufeff").split("\n")
    if not _SIGNATURE.fullmatch(lines[0]):
        fix = "Write WEBVTT on the first line, and leave the second one empty"
        yield CaptionFault(1, "The first line of a file of captions must be “WEBVTT”", fix)
        return
    last_start, cues = 0.0, 0
    for number, block in _blocks(lines):
        if number == 1:
            if any(_ARROW in line for line in block):
                fix = "Leave the line below WEBVTT empty"
                yield CaptionFault(
                    2, "There is no empty line between “WEBVTT” and the first caption", fix
                )
            continue
        if _NON_CUE.match(block[0]) and _ARROW not in block[0]:
            yield from _styles(number, block)
            continue
        cues += 1
        faults, start = _cue(number, block, last_start)
        last_start = start if start is not None else last_start
        yield from faults
    if not cues:
        fix = "Write each caption as a line of times and a line of text: 00:01.000 --> 00:04.000"
        yield CaptionFault(len(lines), "There are no captions in this file", fix)


def cues(text: str) -> Iterator[tuple[str, str]]:
    """Yield the start time of each caption as written, and its text in one line."""
    for _, block in _blocks(text.removeprefix("\ufeff").split("\n")[1:]):
        at = next((index for index, line in enumerate(block[:2]) if _ARROW in line), None)
        if at is not None:
            yield (
                block[at].partition(_ARROW)[0].strip(),
                " ".join(_MARK.sub("", line) for line in block[at + 1 :]),
            )


def texts(text: str) -> Iterator[tuple[int, str]]:
    """Yield the text of each caption with its markup and line ends, after the number of its first
    line."""
    for number, block in _blocks(text.removeprefix("\ufeff").split("\n")):
        at = next((index for index, line in enumerate(block[:2]) if _ARROW in line), None)
        if number > 1 and at is not None and len(block) > at + 1:
            yield number + at + 1, "\n".join(block[at + 1 :])


def replace_texts(text: str, replace: Callable[[str], str]) -> str:
    """The captions with the text of each caption replaced by ``replace(text)``; the times stay."""
    lines = text.split("\n")
    for first, found in reversed([*texts(text)]):
        count = found.count("\n") + 1
        lines[first - 1 : first - 1 + count] = replace(found).split("\n")
    return "\n".join(lines)


def words(text: str) -> Iterator[str]:
    """Yield the lines of text of all captions, without times and markup."""
    for number, block in _blocks(text.removeprefix("\ufeff").split("\n")):
        at = next((index for index, line in enumerate(block[:2]) if _ARROW in line), None)
        if number > 1 and at is not None:
            yield from (_MARK.sub("", line) for line in block[at + 1 :])


def _styles(number: int, block: list[str]) -> Iterator[CaptionFault]:
    """Yield a fault for each address outside the course in the lines of a block, if it is a style
    block. ``number`` is the number of its first line."""
    if not block[0].startswith("STYLE"):
        return
    text = "\n".join(("", *block[1:]))
    lines = Lines("", text)
    for address in css.addresses(text):
        if address.outside:
            line = number + lines.at(address.start).line - 1
            problem = f"The lines under STYLE would load {address.outside} from another website"
            fix = "Delete the line with this address: captions need no images"
            yield CaptionFault(line, problem, fix)


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the blocks between empty lines, each after the number of its first line (from 1)."""
    block: list[str] = []
    for number, line in enumerate((*lines, ""), start=1):
        if line:
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _cue(number: int, block: list[str], last: float) -> tuple[list[CaptionFault], float | None]:
    """The faults of one caption, and its start time in seconds (``None`` if it has none).

    ``number`` is the number of its first line, ``last`` the start time of the caption above.
    """
    at = next((index for index, line in enumerate(block[:2]) if _ARROW in line), None)
    wrong = next((line for line in block[:2] if _WRONG_ARROW.search(line)), None)
    if at is None and wrong is not None:
        fix = f"Write two hyphens: {_WRONG_ARROW.sub(f' {_ARROW} ', wrong)}"
        row = number + block.index(wrong)
        return [CaptionFault(row, f"The arrow of “{wrong}” must be {_ARROW}", fix)], None
    if at is None:
        fix = "Write its times above its text: 00:01.000 --> 00:04.000"
        return [CaptionFault(number, f"“{block[0]}” has no times", fix)], None
    timing, words = block[at], block[at + 1 :]
    faults = [
        CaptionFault(
            number + at + 1 + index,
            "The times of a caption follow directly on the text of the caption above",
            _EMPTY_LINE_FIX,
        )
        for index, line in enumerate(words)
        if _ARROW in line
    ]
    if not "".join(words).strip():
        fix = "Write what is said or heard below the times, without an empty line between them"
        faults.append(CaptionFault(number + at, "This caption has no text", fix))
    time_faults, start = _times(number + at, timing, last)
    return [*time_faults, *faults], start


_EMPTY_LINE_FIX = "Leave an empty line above the times, or above the number that the caption has"


def _times(number: int, timing: str, last: float) -> tuple[list[CaptionFault], float | None]:
    before, _, after = timing.partition(_ARROW)
    first, *_ = (*after.split(), "")
    times = []
    for written in (before.strip(), first):
        time = _TIME.fullmatch(written)
        if not time:
            fix = "Write minutes, seconds and thousandths, with a dot: 01:02.500"
            return [CaptionFault(number, f"“{written}” is not a time", fix)], None
        hours, minutes, seconds = (float(part or 0) for part in time.groups())
        times.append(hours * 3600 + minutes * 60 + seconds)
    start, end = times
    if not _has_spaces(before, after):
        fix = f"Write a space on both sides of {_ARROW}"
        return [CaptionFault(number, "There is no space between the arrow and a time", fix)], start
    if end <= start:
        fix = "Correct one of the two times"
        return [CaptionFault(number, "This caption ends before it starts", fix)], start
    if start < last:
        fix = "Sort the captions by their times"
        return [CaptionFault(number, "This caption starts before the one above it", fix)], start
    return [], start


def _has_spaces(before: str, after: str) -> bool:
    return before[-1:] in (" ", "\t") and after[:1] in (" ", "\t")
