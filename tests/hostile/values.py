"""What others may have written, and no course has: values for JSON, pieces for texts, ways to break
a file. Everything is drawn from a generator with a seed, so that a run can be made again."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

Json = Any

VALUES: tuple[Json, ...] = (
    *(None, True, False, 0, -1, 1, 2, 0.5, 1e308, -0.0, 10**400, 2**63, float("nan")),
    *(float("inf"), float("-inf"), "", " ", "a", "0", "1", "NaN", "x" * 100_000, "-" * 5_000),
    *("\x1b]0;owned\x07", "\u202eevil", "a\nb\r\n", "\ud800", "\0", "../../etc/passwd", "é" * 300),
    *([], {}, [[]], [None], ["a", "a"], {"a": {}}, {"": ""}, [[[[[[[[[[[[]]]]]]]]]]]], [0] * 2_000),
    *("passed", "quiz", "page", "AAAA", "____", "all", "best", "first", "any-child", "topic"),
)
"""JSON values, with numbers that are none and that no machine's arithmetic holds."""

PIECES: tuple[str, ...] = (
    *(
        "{",
        "}",
        "[",
        "]",
        "]" * 50,
        "[" * 5_000,
        "{a: " * 2_000,
        "&a ",
        "*a",
        "&a *a",
        "!!python/x ",
    ),
    *(
        "!!binary |",
        "? ",
        ": ",
        "- ",
        "-",
        "|",
        ">",
        "'",
        '"',
        "`",
        "```\n",
        "~~~",
        "#",
        "##### ",
        "%",
    ),
    *(
        "\t",
        "\0",
        "\r",
        "\r\n",
        "\x1b[2J",
        "\x85",
        "\u2028",
        "\ufeff",
        "\u202e",
        "\ud7ff",
        "\uffff",
    ),
    *("---\n", "...\n", "<<: ", "<script>alert(1)</script>", "<!--", "-->", "<![CDATA[", "&#0;"),
    *(
        "::: check any-child\n",
        ":::\n",
        "::: callout\n",
        "::: " * 50,
        "{{ ",
        "}}",
        "{{ board.name }}",
    ),
    *("](", "![", "[a](javascript:alert(1))", "[a](//b)", "![](media/../../x)", "|a|b|\n|-|-|\n"),
    *(
        "*" * 300,
        "_" * 300,
        "> " * 200,
        "- " * 200,
        "    " * 100,
        " " * 3_000,
        "a" * 3_000,
        "é" * 99,
    ),
    *(
        "0x10",
        "1e999",
        "-1",
        "99999999999999999999",
        "2026-02-30",
        "yes",
        "null",
        "~",
        ".inf",
        ".nan",
    ),
    *(
        "id: ",
        "title:",
        "pages: ",
        "quiz",
        "revision: 0",
        "was: ",
        "locked: topic.md",
        "type: choice",
    ),
)
"""Pieces of text that mean something to a reader of YAML, Markdown, HTML or CSV."""


def mutated_json(random: Random, text: bytes) -> bytes:
    """A JSON text with one to three of its values changed, taken away, doubled or put elsewhere."""
    value = json.loads(text)
    for _ in range(random.randint(1, 3)):
        _mutate(random, value)
    return json.dumps(value).encode("utf-8", "surrogatepass")


def _mutate(random: Random, value: Json) -> None:
    inner = _inner(random, value)
    at = random.choice(list(inner) if isinstance(inner, dict) else range(len(inner)))
    what = random.random()
    if what < 0.6:
        inner[at] = deepcopy(random.choice(VALUES))
    elif what < 0.75:
        del inner[at]
    elif what < 0.85 and isinstance(inner, list):
        inner.append(deepcopy(inner[at]))
    else:
        other = _inner(random, value)
        parts = list(other.values() if isinstance(other, dict) else other)
        inner[at] = deepcopy(random.choice(parts))


def _inner(random: Random, value: Json) -> Json:
    """A list or mapping somewhere within a value."""
    while True:
        parts = value.values() if isinstance(value, dict) else value
        deeper = [one for one in parts if isinstance(one, dict | list) and one]
        if not deeper or random.random() < 0.2:
            return value
        value = random.choice(deeper)


def mutated_text(random: Random, text: str) -> str:
    """A text with one to four pieces put in, taken out, doubled or exchanged."""
    for _ in range(random.randint(1, 4)):
        text = random.choice(_TEXTS)(random, text)
    return text


def _put_in(random: Random, text: str) -> str:
    at = random.randint(0, len(text))
    return text[:at] + random.choice(PIECES) + text[at:]


def _take_out(random: Random, text: str) -> str:
    start = random.randint(0, len(text))
    return text[:start] + text[start + random.randint(1, 40) :]


def _double_line(random: Random, text: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    at = random.randrange(len(lines))
    return "".join([*lines[:at], lines[at] * random.choice((2, 2, 200)), *lines[at:]])


def _exchange_lines(random: Random, text: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "".join(lines)


def _other_value(random: Random, text: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    at = random.randrange(len(lines))
    name, colon, _ = lines[at].partition(":")
    lines[at] = f"{name}{colon} {random.choice(PIECES)}\n"
    return "".join(lines)


_TEXTS: tuple[Callable[[Random, str], str], ...] = (
    *(_put_in, _put_in, _take_out, _double_line, _exchange_lines, _other_value, _other_value),
)


def mutated_bytes(random: Random, content: bytes) -> bytes:
    """Bytes with some of them changed, taken away or put in."""
    found = bytearray(content)
    for _ in range(random.choice((1, 1, 2, 8, 40))):
        at = random.randrange(len(found) + 1)
        what = random.random()
        if what < 0.6 and at < len(found):
            found[at] = random.choice((0, 0xFF, 0x22, 0x0A, 0x2C, random.randrange(256)))
        elif what < 0.8:
            del found[at : at + random.choice((1, 3, 100, 10_000))]
        else:
            found[at:at] = random.randbytes(random.choice((1, 4, 50)))
    return bytes(found)
