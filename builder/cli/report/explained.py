"""Explains codes of the catalogue."""

from __future__ import annotations

import json
from collections.abc import Iterator

from builder.base import resources
from builder.base.printing import escape_controls
from builder.diagnostics.codes import CATALOGUE, Rule

NAMES = "files"
"""The ``file`` of an example whose wrong and right sides are file names."""


def explanation(rule: Rule) -> str:
    """Explain one code: message, reason, advice, example."""
    kind = "makes a draft" if rule.draft else rule.severity.value
    advice = rule.advice or rule.hint.format_map(_Placeholders())
    parts = (f"{rule.code} ({kind})", _summary(rule), rule.explanation, f"What to do: {advice}")
    return "\n\n".join((*parts, *_example(rule.code)))


def _summary(rule: Rule) -> str:
    return rule.summary or rule.message.format_map(_Placeholders())


def _example(code: str) -> Iterator[str]:
    text = resources.path("examples.json").read_text("utf-8")
    example = json.loads(text).get(code)
    if example:
        where = "" if example["file"] == NAMES else f", in {example['file']}"
        yield f"Wrong{where}:\n{_lines(example['wrong'])}"
        yield f"Right:\n{_lines(example['right'])}"


def _lines(text: str) -> str:
    from textwrap import indent

    return indent("\n".join(map(escape_controls, text.split("\n"))), "    ")


def catalogue() -> str:
    """List every code with its message, in the order of the catalogue."""
    width = max(map(len, CATALOGUE))
    return "\n".join(f"{rule.code:<{width}}  {_summary(rule)}" for rule in CATALOGUE.values())


class _Placeholders(dict[str, str]):
    """Replaces placeholders that a diagnostic would fill."""

    def __missing__(self, name: str) -> str:
        return "" if name == "did_you_mean" else "…"
