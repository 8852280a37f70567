"""Escapes plain text for Markdown, so that none of its characters acts as markup."""

from __future__ import annotations

import re
import unicodedata

UNWRITABLE = re.compile(
    "[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""Matches characters that course files must not contain: control characters and invisible ones."""
_SPACES = re.compile("[\t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]+")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_MARKUP = re.compile(
    r"(?P<always>[\\`\[\]{}~^|])"
    r"|(?P<star>\*+)"
    r"|(?P<line>_+)"
    r"|(?P<tag><(?![\s\d=]|$))"
    r"|(?P<entity>&(?=#?\w+;))"
    r"|(?P<address>://|(?<![\w./@-])www\.(?=[\w-]))"
)
_BEGINNING = re.compile(
    r"[-+*](?=\s|$)|-(?=[-|:])|=+\s*$|[#>]|:(?=\s|::|-|$)|_(?:\s*_){2,}\s*$"
    r"|\d{1,9}(?=[.)](?:\s|$))"
)
"""Matches what starts a list, a heading, a quotation, a block or a horizontal line at the start of
a line."""
_HASHES = re.compile(r"(?<!\\)(#+)$")


def clean(words: str) -> str:
    """Remove characters that course files must not contain; tabs and line ends become single
    spaces."""
    words = UNWRITABLE.sub("", _SPACES.sub(" ", words))
    return _TURNS.sub("", words) if _TURNS.search(words) else words


def escaped(words: str, before: str = "", after: str = "") -> str:
    """Escape words for the middle of a line of Markdown.

    ``before`` and ``after`` are the characters around the words, empty at the start or end of the
    line.
    """
    return _MARKUP.sub(lambda found: _escape(words, found, before, after), words)


def _escape(words: str, found: re.Match[str], before: str, after: str) -> str:
    kind, text = found.lastgroup, found[0]
    if kind == "address":
        # The backslash says that the address is not meant to be a link.
        return r":\//" if text == "://" else r"www\."
    if kind in ("star", "line"):
        before = words[: found.start()][-1:] or before or " "
        after = words[found.end() :][:1] or after or " "
        # Several asterisks apart from words look like a mistake in bold text.
        alone = before.isspace() and after.isspace() and (kind == "line" or len(text) == 1)
        within = kind == "line" and before.isalnum() and after.isalnum()
        if alone or within:
            return text
    return "".join(f"\\{letter}" for letter in text)


def begun(line: str) -> str:
    """The line with an escaped start if it would begin a list, a heading or another block."""
    found = _BEGINNING.match(line)
    if not found:
        return line
    if found[0][0].isdigit():
        return f"{found[0]}\\{line[found.end() :]}"
    return f"\\{line}"


def headed(line: str) -> str:
    """The line of a heading with # marks at its end escaped, which Markdown would remove."""
    return _HASHES.sub(lambda found: f"\\{found[0]}", line)


def code(words: str) -> str:
    """Format words as inline code, in as many backticks as they need."""
    longest = max((len(run) for run in re.findall("`+", words)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if words.startswith(("`", " ")) or words.endswith(("`", " ")) else ""
    return f"{fence}{pad}{words}{pad}{fence}"


def is_mark(letter: str) -> bool:
    """Whether Markdown treats a character as punctuation (Unicode categories P and S)."""
    return unicodedata.category(letter)[0] in "PS"


def title(words: str) -> str:
    """Clean the words of a title for YAML or a block's argument: no Markdown is escaped, but ``{{``
    is split, since it would start a variable."""
    return " ".join(clean(words).split()).replace("{{", "{ {")
