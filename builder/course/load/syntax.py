"""Rewords libyaml's syntax errors for authors who do not know YAML."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from yaml import MarkedYAMLError, YAMLError

from builder.base.immutable import immutable
from builder.base.patterns import late
from builder.course.sources import CURLY

# Possessive quantifiers (*+ and ++) prevent backtracking, which would take minutes on a long line
# of spaces.
_KEY_AND_TEXT = late(r"\s*+(?:- ++)*+(?P<key>[^\s:][^:]*+): ++(?P<text>\S.*)")
_NO_SPACE = late(r"\s*+(?:- ++)*+(?P<key>[\w.-]++):(?P<text>[^\s/:].*)")
TIGHT_ENTRY = late(r"\s*+(?P<mark>-)(?P<text>[^\s\d-].*)")
"""Matches an entry of a list without the space after its hyphen."""
_KEY = late(r"(?:- )?(?P<key>[\w.-]++):(?:\s|$)")
_MARK = late(r"\s*+(?P<mark>[-–—•*·])(?P<text>.*)")
_OTHER_WHITE_SPACE = late(r"[^\S \t]")
_OPENING_QUOTE = late(r"\s*+(?:- ++)*+(?P<key>[\w.-]++): ++(?P<mark>[\"'])")
"""Matches a key and the quotation mark that opens its text."""
_LONGEST_EXAMPLE = 90


@immutable
class Wording:
    """A syntax error in words for authors: line and column from 1, what is wrong, what to do."""

    line: int
    column: int
    problem: str
    fix: str


@immutable
class _Spot:
    """Where libyaml stopped (``row``, ``column``), and where the faulty part started: rows and
    columns from 0 in ``lines``."""

    lines: Sequence[str]
    row: int
    column: int
    start_row: int
    start_column: int

    @property
    def line(self) -> str:
        return self.lines[self.row] if self.row < len(self.lines) else ""

    @property
    def start_character(self) -> str:
        line = self.lines[self.start_row] if self.start_row < len(self.lines) else ""
        return line[self.start_column : self.start_column + 1]

    def here(self, cause: str, fix: str) -> Wording:
        """An error at the position where libyaml stopped."""
        return Wording(self.row + 1, self.column + 1, cause, fix)

    def at_start(self, cause: str, fix: str) -> Wording:
        """An error at the position where the faulty part started."""
        return Wording(self.start_row + 1, self.start_column + 1, cause, fix)


def reword(error: YAMLError, lines: Sequence[str]) -> Wording:
    """Reword an error that libyaml raised for a file with these ``lines``."""
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return Wording(1, 1, "This file cannot be read as YAML.", _LOOK)
    mark, start = error.problem_mark, error.context_mark or error.problem_mark
    spot = _Spot(lines, mark.line, mark.column, start.line, start.column)
    if "\t" in _indent(spot.line):
        return _tab(spot)
    odd = _OTHER_WHITE_SPACE.search(_indent(spot.line))
    if odd:
        return _odd_space(spot, odd)
    complaint = f"{error.context or ''}: {error.problem or ''}"
    for pattern, words in _CASES:
        if re.search(pattern, complaint):
            return _clamp_to_text(words(spot), lines)
    return _clamp_to_text(_invalid(spot), lines)


def _clamp_to_text(wording: Wording, lines: Sequence[str]) -> Wording:
    """Move an error that lies below the last line with text to the end of that line."""
    last = max((row for row, line in enumerate(lines, start=1) if line.strip()), default=1)
    if wording.line <= last:
        return wording
    return replace(wording, line=last, column=len(lines[last - 1].rstrip()) + 1)


def starts_with(start: str, line: int, column: int, lines: Sequence[str]) -> Wording:
    """The error for a text that starts with a character that is special in YAML."""
    match = _key_and_text(lines[line - 1])
    return Wording(
        line, column, f"In YAML, text cannot start with “{start}”.", _advise_quotes(match)
    )


def second_document(line: int) -> Wording:
    """The error for a line ``---`` within a file."""
    return Wording(line, 1, "A line --- is not allowed here.", "Delete the line.")


def key_of_many(line: int, column: int, lines: Sequence[str]) -> Wording:
    """The error for a list or a mapping in the place of a key."""
    start = lines[line - 1][column - 1 : column]
    brackets = {"[": "“[” and “]”", "{": "“{” and “}”"}.get(start, f"“{start}”")
    return Wording(
        line,
        column,
        f"The key starts with “{start}”, so YAML does not read it as text.",
        f"Delete {brackets}, or put quotes around everything before the colon.",
    )


def too_deep(line: int, column: int) -> Wording:
    """The error for lists nested too deeply."""
    return Wording(
        line,
        column,
        "There are too many brackets or levels of indentation here.",
        "Delete what is not needed; if this is text, put quotes around it.",
    )


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _key_and_text(line: str) -> re.Match[str] | None:
    return _KEY_AND_TEXT.match(line.rstrip())


def _advise_quotes(match: re.Match[str] | None) -> str:
    """Advice to put quotes around a text, with the corrected line if the text is short."""
    if match and len(match["text"]) <= _LONGEST_EXAMPLE and match["text"][0] not in "'\"":
        curly = CURLY.fullmatch(match["text"])
        text = curly["text"] if curly else match["text"]
        plain = '"' not in text and "\\" not in text
        quoted = f'"{text}"' if plain else "'" + text.replace("'", "''") + "'"
        return f"Put quotes around it: {match['key']}: {quoted}"
    return "Put quotes around the whole text."


def _tab(spot: _Spot) -> Wording:
    column = _indent(spot.line).find("\t")
    return Wording(
        spot.row + 1,
        (column if column >= 0 else spot.column) + 1,
        "This line is indented with a tab; YAML accepts only spaces.",
        "Replace the tab with spaces.",
    )


def _odd_space(spot: _Spot, match: re.Match[str]) -> Wording:
    return Wording(
        spot.row + 1,
        match.start() + 1,
        "This line is indented with a special space, as Word and web pages use.",
        "Delete everything before the line's first letter, and type the spaces again.",
    )


def _colon(spot: _Spot) -> Wording:
    if re.search(r":\s", spot.line[: spot.column]):
        return spot.here(
            "This text contains a colon, so YAML reads the words before the colon as a key.",
            _advise_quotes(_key_and_text(spot.line)),
        )
    above = spot.row - 1
    while above > 0 and not spot.lines[above].strip():
        above -= 1
    tight = _tight_entry(spot.lines, above)
    if tight:
        return tight
    joined = _NO_SPACE.match(spot.lines[above]) if above >= 0 else None
    if joined:
        return _no_space(joined, above)
    return Wording(
        spot.row + 1,
        len(_indent(spot.line)) + 1,
        "This line is indented too far, or it continues a text that contains a colon.",
        "Start it in the same column as the key above it, or put quotes around the whole text.",
    )


def _no_space(match: re.Match[str], row: int) -> Wording:
    return Wording(
        row + 1,
        match.start("text") + 1,
        "A space is missing after the colon.",
        f"Write “{match['key']}: {match['text'].rstrip()}”.",
    )


def _unclosed_quote(spot: _Spot) -> Wording:
    mark = spot.start_character
    return spot.at_start(
        f"The quotation mark {mark} is opened here but not closed.",
        f"Write {mark} at the end of the text.",
    )


def _backslash(spot: _Spot) -> Wording:
    return spot.here(
        "Between double quotes, a backslash (\\) has a special meaning in YAML.",
        "Put single quotes (') around the text instead, or write two backslashes.",
    )


def _special(spot: _Spot) -> Wording:
    return starts_with(spot.start_character, spot.start_row + 1, spot.start_column + 1, spot.lines)


def _token(spot: _Spot) -> Wording:
    return _tab(spot) if spot.start_character == "\t" else _special(spot)


def _no_key(spot: _Spot) -> Wording:
    match = _NO_SPACE.match(spot.lines[spot.start_row])
    if match:
        return _no_space(match, spot.start_row)
    entry = _MARK.match(spot.lines[spot.start_row])
    if entry and entry["text"].strip():
        return _no_entry(entry, spot.start_row)
    if _in_list(spot.lines, spot.start_row):
        return _no_hyphen(spot.lines, spot.start_row)
    return spot.at_start(
        "This line is neither a key with its value nor part of the text above.",
        "Write “key: value”, or indent the line further than the key whose text it continues.",
    )


def _no_entry(match: re.Match[str], row: int) -> Wording:
    mark, text = match["mark"], match["text"].strip()
    cause = "A space is missing after the hyphen."
    if mark != "-":
        cause = f"An entry of a list starts with a hyphen and a space, not with “{mark}”."
    return Wording(row + 1, match.start("mark") + 1, cause, f"Write “- {text}”.")


def _tight_entry(lines: Sequence[str], row: int) -> Wording | None:
    """The error for an entry without a space after its hyphen, on the line with the index ``row``
    or above it in the same list; ``None`` if there is none."""
    indent = len(_indent(lines[row])) if row >= 0 else 0
    for at in range(row, -1, -1):
        if lines[at].strip() and len(_indent(lines[at])) == indent:
            if match := TIGHT_ENTRY.match(lines[at]):
                return tight_entry(match, at)
            if not lines[at].lstrip().startswith("-"):
                return None
        elif lines[at].strip() and len(_indent(lines[at])) < indent:
            return None
    return None


def tight_entry(match: re.Match[str], row: int) -> Wording:
    """The error for a hyphen without a space after it, which ``TIGHT_ENTRY`` matched in the line
    with the index ``row``."""
    return Wording(
        row + 1,
        match.start("mark") + 1,
        "A space is missing after the hyphen.",
        f"Write “- {match['text'].rstrip()}”.",
    )


def _in_list(lines: Sequence[str], row: int) -> bool:
    """Whether the line with the index ``row``, which has no hyphen, is aligned with the list entry
    above it."""
    indent = len(_indent(lines[row]))
    for above in reversed(lines[:row]):
        column = len(_indent(above))
        if above.strip() and column <= indent:
            return column == indent and above.lstrip().startswith("- ")
    return False


def _no_hyphen(lines: Sequence[str], row: int) -> Wording:
    text = lines[row].strip()
    example = text if len(text) <= _LONGEST_EXAMPLE else "…"
    indent = _indent(lines[row])
    entry = next(line for line in reversed(lines[:row]) if line.startswith(f"{indent}- "))
    first, key = _KEY.match(entry.strip()), _KEY.match(text)
    if first and key and key["key"] != first["key"]:
        return Wording(
            row + 1,
            len(indent) + 1,
            f"“{key['key']}:” is indented too little: it belongs to the entry “{entry.strip()}”.",
            f"Write {len(indent) + 2} spaces in front of it, so that it starts in the same column "
            f"as “{first['key']}:”.",
        )
    if not key and (first or (text[:1].islower() and " " in text)):
        return _runs_on(lines, row, "" if first else f"Write “- {example}”, or")
    return Wording(
        row + 1,
        len(_indent(lines[row])) + 1,
        "A hyphen is missing in front of this entry of the list.",
        f"Write “- {example}”.",
    )


def _runs_on(lines: Sequence[str], row: int, instead: str) -> Wording:
    """The error for a line that continues the text above it but is not indented further than the
    key or the hyphen of the text. ``instead`` is other advice, which comes first."""
    above = next(line for line in reversed(lines[:row]) if line.strip())
    spaces = len(_indent(above)) + 2
    what = "if it continues the text of the line above, write" if instead else "Write"
    return Wording(
        row + 1,
        len(_indent(lines[row])) + 1,
        "This line is not indented, so that it does not continue the text of the line above"
        + (", and it has no hyphen." if instead else "."),
        f"{instead} {what} {spaces} spaces in front of it.".strip(),
    )


def _outdented(lines: Sequence[str], row: int) -> Wording | None:
    """The error for an entry of a list that is indented less than the entries above it; ``None`` if
    the line is no such entry."""
    indent = len(_indent(lines[row]))
    if not lines[row].lstrip().startswith("- "):
        return None
    for at in range(row - 1, -1, -1):
        column = len(_indent(lines[at]))
        if lines[at].strip() and column <= indent:
            return None
        if lines[at].lstrip().startswith("- "):
            return Wording(
                row + 1,
                indent + 1,
                "This entry of the list is indented less than the entries above it.",
                f"Write {column} spaces in front of it, as in line {at + 1}.",
            )
    return None


def _brackets(spot: _Spot) -> Wording:
    opening = spot.start_character
    closing = {"[": "]", "{": "}"}.get(opening, "]")
    return spot.at_start(
        f"The bracket {opening} is opened here but not closed.",
        f"Write {closing} after the last entry; if this is text, put quotes around it.",
    )


def _entry(spot: _Spot) -> Wording:
    return spot.here(
        "An entry is missing here, or a bracket before it is not closed.",
        "Check the brackets and commas; if this is text, put quotes around it.",
    )


def _unclosed_above(spot: _Spot) -> Wording | None:
    """The error for a text above the current line whose closing quotation mark is missing, so that
    the mark that opens a later text closed it; ``None`` if that is not the case."""
    opening = _OPENING_QUOTE.match(spot.line[: spot.column])
    if opening is None:
        return None
    return _unclosed_before(spot, opening["mark"])


def _unclosed_before(spot: _Spot, mark: str) -> Wording | None:
    """The error for the text above the current line that a quotation mark ``mark`` opens, and none
    closes in its line; ``None`` if the last one is closed."""
    for row in range(spot.row - 1, -1, -1):
        found = _OPENING_QUOTE.match(spot.lines[row])
        if found and found["mark"] == mark and spot.lines[row].count(mark) == 1:
            text = re.split(r"\s+#\s", spot.lines[row][found.end() :])[0].rstrip()
            return Wording(
                row + 1,
                found.end(),
                f"The quotation mark {mark} is opened here but not closed.",
                f"Write it at the end of the text: {found['key']}: {mark}{text}{mark}",
            )
        if spot.lines[row].count(mark) % 2:
            return None
    return None


def _misplaced(spot: _Spot) -> Wording:
    if above := _unclosed_above(spot):
        return above
    before = spot.line[: spot.column].rstrip()
    if not before and (above := _unclosed_before(spot, '"') or _unclosed_before(spot, "'")):
        return above
    if before.endswith(("'", '"')):
        other = 'double quotes (")' if before.endswith("'") else "single quotes (')"
        return spot.here(
            "The text ends at the quotation mark, but there is more text after it.",
            f"Put {other} around the whole text.",
        )
    if before.endswith(("]", "}")):
        match = _key_and_text(spot.line)
        column = match.start("text") if match else spot.column
        opening = "{{" if spot.line.startswith("{{", column) else spot.line[column]
        return starts_with(opening, spot.row + 1, column + 1, spot.lines)
    if spot.row < len(spot.lines) and spot.line.strip() and _in_list(spot.lines, spot.row):
        return _no_hyphen(spot.lines, spot.row)
    if spot.row < len(spot.lines) and (outdented := _outdented(spot.lines, spot.row)):
        return outdented
    return spot.here(
        "This line does not start in the same column as any of the lines above that it could "
        "belong to.",
        "Start it in the same column as the lines that it belongs to. Use spaces.",
    )


def _invalid(spot: _Spot) -> Wording:
    return spot.here("From here on, the file cannot be read as YAML.", _LOOK)


_LOOK = (
    "Look for one of these in this line and in the one above: no space after a colon, a quotation "
    "mark without its partner, or more or fewer spaces at the start than the keys around it have."
)
_CASES: tuple[tuple[str, Callable[[_Spot], Wording]], ...] = (
    (r"nesting depth", lambda spot: too_deep(spot.row + 1, spot.column + 1)),
    (r"tab character", _tab),
    (r"mapping values are not allowed", _colon),
    (r"parsing a flow node", _entry),
    (r"scanning a quoted scalar", _unclosed_quote),
    (r"parsing a quoted scalar", _backslash),
    (r"cannot start any token", _token),
    (r"scanning an? (?:alias|anchor|tag|directive)|tag handle", _special),
    (r"scanning a block scalar|expected node content", _special),
    (r"(?:sequence entries|mapping keys) are not allowed", _special),
    (r"could not find expected ':'", _no_key),
    (r"parsing a flow", _brackets),
    (r"did not find expected (?:key|'-' indicator)", _misplaced),
)
"""Patterns for libyaml's error (“context: problem”), each with the function that rewords the error;
the first pattern that matches is used."""
