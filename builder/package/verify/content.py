"""Checks that the files of a package load nothing from outside the package, and run nothing where
nothing may run.

A normal link to an outside address (``<a href>``) is allowed, since it loads nothing until a
trainee clicks it. The check finds the effects of a careless template, theme or image; it does not
protect from hostile scripts.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator

from builder.base.patterns import late
from builder.base.zips import printable_name
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, FileName, Lines, Position
from builder.package.verify import addresses
from builder.package.verify.addresses import ADDRESS, OUTSIDE

_Fault = tuple[int, str]
"""A line number, and what the file would do there, as text for the diagnostic
``package-content``."""


def _word_pattern(word: str) -> str:
    """A pattern for a word that starts at a word boundary.

    It matches the same as ``\\b`` and the word. But it starts with a letter, which makes the search
    with ``re`` four times as fast.
    """
    return rf"{word}(?<!\w{word})"


# The inside of a tag up to an attribute, with complete quoted values. It has no “<”, and possessive
# quantifiers (*+) for spaces, so that the time is linear for any text.
_IN_TAG = r"""(?:[^<>"']|"[^"<]*"|'[^'<]*')*?"""
_IS = r"""\s*+=\s*+["']?+\s*+"""
_LOADING_ATTRIBUTES = "src|poster|data|background|action|formaction|ping|manifest|xlink:href"
_TAGS = re.compile(
    rf"""<(?:(?!a\b|area\b)[a-z]{_IN_TAG}[\s/]href{_IS}"""
    rf"""|[a-z]{_IN_TAG}[\s/](?:{_LOADING_ATTRIBUTES}){_IS}"""
    rf"""|[a-z]{_IN_TAG}[\s/](?:image)?srcset\s*+=\s*+["'][^"'<>]*?"""
    rf"""|meta\b{_IN_TAG}\scontent\s*+=\s*+["']\s*+\d*+\s*+;\s*+url\s*+=\s*+'?)"""
    rf"""(?P<address>{ADDRESS})""",
    re.IGNORECASE,
)
_STYLES = re.compile(
    rf"""<style\b[^<>]*>(?P<sheet>[^<]*)"""
    rf"""|<[a-z]{_IN_TAG}\sstyle\s*+=\s*+(?P<rule>"[^"<]*"|'[^'<]*')""",
    re.IGNORECASE,
)
_FUNCTIONS = "fetch importScripts sendBeacon WebSocket EventSource SharedWorker Worker"
_LOADING_CALLS = late(
    rf"""(?:(?:{"|".join(map(_word_pattern, _FUNCTIONS.split()))})\s*+\("""
    rf"""|{_word_pattern("open")}\s*+\(\s*+["'`][A-Z]+["'`]\s*+,"""
    rf"""|{_word_pattern("import")}\b(?:\s*+\()?|{_word_pattern("from")}\b|\.src\s*+=)"""
    rf"""\s*+["'`](?P<address>{ADDRESS})"""
)
_QUOTED = re.compile(rf"""["'`]{OUTSIDE}""")
_CAPTION_STYLES = late(r"^STYLE[ \t]*\n(?P<sheet>(?:.+\n?)*)", re.MULTILINE)
_ADD = re.compile(r"^scormBuilder\.add\(", re.MULTILINE)
"""Matches the start of a call that hands data to the player. Texts in the data may look like
program code."""
_JSON = json.JSONDecoder()
# Escapes of HTML within a JSON or JavaScript string.
_UNESCAPED = {
    r"\u003c": "<",
    r"\u003e": ">",
    r"\u0026": "&",
    r"\u0027": "'",
    r"\u0022": '"',
    r"\/": "/",
    r"\"": '"',
    r"\'": "'",
    r"\n": " ",
    r"\t": " ",
}
_TEXT_KEYS = frozenset({"parts", "prompt", "text", "title"})
"""Keys of a chunk's data that the player shows as text, not HTML."""


def judge(name: str, content: bytes) -> tuple[Diagnostic, ...]:
    """What is wrong with ``content``, that of the file ``name`` of a package; empty for types of
    files that cannot load anything."""
    rule = _RULES.get(_ending(name))
    if rule is None:
        return ()
    return tuple(
        problem(
            "package-content",
            Position(printable_name(name), line),
            name=FileName(printable_name(name)),
            problem=words,
        )
        for line, words in rule(content)
    )


def is_checked(name: str) -> bool:
    """Whether ``judge`` checks a file with this name, by its extension."""
    return _ending(name) in _RULES


def _ending(name: str) -> str:
    _, dot, ending = name.rpartition("/")[2].rpartition(".")
    return dot + ending.lower()


def _html(content: bytes) -> Iterator[_Fault]:
    if addresses.may_contain_outside(content) or b"<style" in content.lower():
        yield from _markup(content.decode("utf-8", "replace"))


def _markup(text: str) -> Iterator[_Fault]:
    lines = Lines("", text)
    for match in _TAGS.finditer(text):
        yield _load_fault(lines, match)
    for style in _STYLES.finditer(text):
        group = style.lastgroup or 0
        start = lines.at(style.start(group)).line - 1
        sheet = style[group] if group == "sheet" else html.unescape(style[group][1:-1])
        yield from ((start + line, words) for line, words in _styles(sheet))


def _css(content: bytes) -> Iterator[_Fault]:
    yield from _styles(content.decode("utf-8", "replace"))


def _styles(text: str) -> Iterator[_Fault]:
    lines = Lines("", text)
    for start, address in addresses.in_styles(text):
        yield lines.at(start).line, f"load {address}"


def _captions(content: bytes) -> Iterator[_Fault]:
    text = content.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    lines = Lines("", text)
    for block in _CAPTION_STYLES.finditer(text):
        start = lines.at(block.start("sheet")).line - 1
        yield from ((start + line, words) for line, words in _styles(block["sheet"]))


def _javascript(content: bytes) -> Iterator[_Fault]:
    # The first check takes the escape “\/” for the start of an address; the second does not.
    if not (
        addresses.may_contain_outside(content)
        and addresses.may_contain_outside(content.replace(rb"\/", b"/"))
    ):
        return
    data, program = split_data(content.decode("utf-8", "replace"))
    for string in html_strings(data):
        if addresses.may_contain_outside(string.encode("utf-8", "surrogatepass")):
            yield from ((1, words) for _, words in _markup(string))
    # Search for any quoted address first: that is many times as fast, and few programs have one.
    if _QUOTED.search(program):
        lines = Lines("", program)
        for match in _LOADING_CALLS.finditer(program):
            yield _load_fault(lines, match)
    for escaped, character in _UNESCAPED.items():
        program = program.replace(escaped, character)
    yield from _markup(program)


def split_data(text: str) -> tuple[list[object], str]:
    """Split a script into the data that it hands to the player, and the rest, the program. Empty
    lines in the program replace the data, so that line numbers stay valid."""
    data: list[object] = []
    program: list[str] = []
    end = 0
    for match in _ADD.finditer(text):
        if arguments := _json_arguments(text, match.end()):
            values, after = arguments
            data += values
            program += [text[end : match.start()], "\n" * text.count("\n", match.start(), after)]
            end = after
    return data, "".join((*program, text[end:]))


def _json_arguments(text: str, at: int) -> tuple[list[object], int] | None:
    """The arguments of the call whose first argument is at the offset ``at``, and the offset of
    the end of the call; ``None`` unless all arguments are JSON."""
    values: list[object] = []
    while True:
        try:
            value, at = _JSON.raw_decode(text, at)
        except (ValueError, RecursionError):
            return None
        values.append(value)
        if text.startswith(");", at):
            return values, at + len(");")
        if not text.startswith(",", at):
            return None
        at += 1


def html_strings(arguments: object) -> Iterator[str]:
    todo = [arguments]
    while todo:
        value = todo.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            todo += reversed(value)
        elif isinstance(value, dict):
            children = (child for key, child in value.items() if key not in _TEXT_KEYS)
            todo += reversed([*children])


def _svg(content: bytes) -> Iterator[_Fault]:
    # Imported here, since not every package has drawings.
    from builder.package.verify import svg

    return svg.judge(content)


def _load_fault(lines: Lines, match: re.Match[str]) -> _Fault:
    return lines.at(match.start("address")).line, f"load {addresses.normalize(match['address'])}"


_RULES: dict[str, Callable[[bytes], Iterator[_Fault]]] = {
    ".html": _html,
    ".htm": _html,
    ".xhtml": _html,
    ".css": _css,
    ".js": _javascript,
    ".svg": _svg,
    ".vtt": _captions,
}
