"""What the files of a package would load from outside it, or run where nothing may run.

An ordinary link to an outside address (``<a href>``) is allowed: it loads nothing until a trainee
asks. This finds what a careless template, theme or image would do; it is no sandbox for hostile
scripts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from lxml import etree

from builder.codes import problem
from builder.diagnostics import Diagnostic, Position
from builder.verify.archive import shown
from builder.verify.schema import parse

_Fault = tuple[int, str]
"""The line, and what the file would do, in words for ``package-content``."""

_OUTSIDE = r"(?:(?:https?|ftp|wss?):|//)"
_ADDRESS = rf"{_OUTSIDE}[^\s\"'`<>)\\]*"
_OUTSIDE_MARKS = ("//", "http:", "https:", "ftp:", "ws:", "wss:")
_MAYBE_OUTSIDE = re.compile(_OUTSIDE, re.IGNORECASE)

# A tag as far as its quotes are whole. No “<” within: so scanning is linear whatever the text.
_IN_TAG = r"""(?:[^<>"']|"[^"<]*"|'[^'<]*')*?"""
_LOADING = "src|poster|data|background|action|formaction|ping|manifest|xlink:href"
_TAGS = re.compile(
    rf"""<(?!a\b|area\b)[a-z]{_IN_TAG}[\s/]href\s*=\s*["']?\s*(?P<href>{_ADDRESS})"""
    rf"""|<[a-z]{_IN_TAG}[\s/](?:{_LOADING})\s*=\s*["']?\s*(?P<src>{_ADDRESS})"""
    rf"""|<[a-z]{_IN_TAG}[\s/](?:image)?srcset\s*=\s*["'][^"'<>]*?(?P<set>{_ADDRESS})"""
    rf"""|<meta\b{_IN_TAG}\scontent\s*=\s*["']\s*\d*\s*;\s*url\s*=\s*'?(?P<meta>{_ADDRESS})""",
    re.IGNORECASE,
)
_STYLES = re.compile(
    rf"""<style\b[^<>]*>(?P<sheet>[^<]*)|<[a-z]{_IN_TAG}\sstyle\s*=\s*(?P<rule>"[^"<]*"|'[^'<]*')""",
    re.IGNORECASE,
)
_CSS = re.compile(
    rf"""(?:url\(|image-set\(|@import)\s*["']?\s*(?P<address>{_ADDRESS})""", re.IGNORECASE
)
_CALLS = re.compile(
    r"""(?:\b(?:fetch|importScripts|sendBeacon|WebSocket|EventSource|(?:Shared)?Worker)\s*\("""
    r"""|\bopen\s*\(\s*["'`][A-Z]+["'`]\s*,|\bimport\b\s*\(?|\bfrom\b|\.src\s*=)"""
    rf"""\s*["'`](?P<address>{_ADDRESS})"""
)
_CHUNK = "scormBuilder.add("
# How HTML is written within a string of JSON or JavaScript.
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

_SVG_ADDRESSES = frozenset({"href", "src", "base", "to", "from", "by", "values"})
_SVG_RUNS = frozenset({"script", "handler", "foreignObject", "iframe", "embed", "object"})
_SVG_SCRIPT = re.compile(r"[\s;]*(?:javascript|vbscript|data:(?!image/|font/)).*", re.I | re.S)


def judge(name: str, content: bytes) -> tuple[Diagnostic, ...]:
    """What is wrong with one file of a package; nothing for a kind that cannot load anything."""
    rule = _RULES.get(PurePosixPath(name).suffix.lower())
    if rule is None:
        return ()
    return tuple(
        problem("package-content", Position(shown(name), line), name=shown(name), problem=words)
        for line, words in rule(content)
    )


def judged(name: str) -> bool:
    """Whether files of this name are judged."""
    return PurePosixPath(name).suffix.lower() in _RULES


def _html(content: bytes) -> Iterator[_Fault]:
    text = content.decode("utf-8", "replace")
    if _mentions_outside(text):
        yield from _markup(text)


def _mentions_outside(text: str) -> bool:
    # Ten times as fast as the pattern, and false for nearly every page.
    lowered = text.lower()
    return any(mark in lowered for mark in _OUTSIDE_MARKS)


def _markup(text: str) -> Iterator[_Fault]:
    for match in _TAGS.finditer(text):
        yield _loads(text, match, match.lastgroup or 0)
    for style in _STYLES.finditer(text):
        for match in _CSS.finditer(text, style.start(style.lastgroup or 0), style.end()):
            yield _loads(text, match, "address")


def _css(content: bytes) -> Iterator[_Fault]:
    text = content.decode("utf-8", "replace")
    for match in _CSS.finditer(text):
        yield _loads(text, match, "address")


def _javascript(content: bytes) -> Iterator[_Fault]:
    text = content.decode("utf-8", "replace")
    if not _mentions_outside(text.replace(r"\/", "/")):
        return
    # A chunk is data, where a page may show a line of a program.
    if not text.startswith(_CHUNK):
        for match in _CALLS.finditer(text):
            yield _loads(text, match, "address")
    for escaped, character in _UNESCAPED.items():
        text = text.replace(escaped, character)
    yield from _markup(text)


def _svg(content: bytes) -> Iterator[_Fault]:
    try:
        root = parse(content)
    except etree.XMLSyntaxError as error:
        yield error.position[0] or 0, "not be shown: it is not well-formed SVG"
        return
    for sibling in root.itersiblings(etree.PI, preceding=True):
        address = sibling.get("href") or ""
        if _MAYBE_OUTSIDE.match(address):
            yield sibling.sourceline or 0, f"load {address}"
    for node in root.iter():
        line = node.sourceline or 0
        if isinstance(node, etree._Entity):
            yield line, f"hide content behind “{node.text}”"
        elif isinstance(node.tag, str):
            yield from ((line, words) for words in _svg_element(node))


def _svg_element(element: etree._Element) -> Iterator[str]:
    name = etree.QName(element).localname
    if name in _SVG_RUNS:
        yield f"run a program or show a page: it has a {name} element"
    if name == "style" and (match := _CSS.search("".join(element.itertext()))):
        yield f"load {match['address']}"
    for key, value in element.items():
        attribute = key.rpartition("}")[2]
        if attribute.lower().startswith("on"):
            yield f"run a script: it has the attribute {attribute}"
        elif attribute in _SVG_ADDRESSES and _SVG_SCRIPT.fullmatch(value):
            yield f"run a script or open a page: {attribute} is “{value[:40]}”"
        elif attribute in _SVG_ADDRESSES and name != "a" and _MAYBE_OUTSIDE.match(value.strip()):
            yield f"load {value.strip()}"
        elif match := _CSS.search(value):
            yield f"load {match['address']}"


def _loads(text: str, match: re.Match[str], group: str | int) -> _Fault:
    return text.count("\n", 0, match.start(group)) + 1, f"load {match[group]}"


_RULES: dict[str, Callable[[bytes], Iterator[_Fault]]] = {
    ".html": _html,
    ".htm": _html,
    ".xhtml": _html,
    ".css": _css,
    ".js": _javascript,
    ".svg": _svg,
}
