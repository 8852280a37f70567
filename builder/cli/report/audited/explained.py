"""Explains the rules of the audit."""

from __future__ import annotations

from textwrap import indent

from builder.audit.rules import CATALOGUE
from builder.audit.rules.rule import Rule
from builder.cli.report.audited.text import name_of

_FACTS = "docs/"


def explanation(rule: Rule) -> str:
    """Explain one code of the audit: message, reason, effects, advice, example."""
    effects = [f"{name_of(lms)}: {what}." for lms, what in rule.effects.items()]
    parts = [
        f"{rule.code} ({rule.severity.value}, of audit)",
        _summary(rule),
        rule.explanation,
        f"What happens:\n{_lines(effects)}",
        f"What to do: {rule.advice or rule.hint.format_map(_Placeholders())}",
    ]
    if rule.wrong:
        parts += [f"Wrong:\n{_lines([rule.wrong])}", f"Right:\n{_lines([rule.right])}"]
    return "\n\n".join((*parts, f"Source: {_FACTS}{rule.source}"))


def catalogue() -> str:
    """List every code of the audit with its message, in the order of the rules."""
    width = max(map(len, CATALOGUE))
    return "\n".join(f"{one.code:<{width}}  {_summary(one)}" for one in CATALOGUE.values())


def _summary(rule: Rule) -> str:
    return rule.summary or rule.message.format_map(_Placeholders())


def _lines(texts: list[str]) -> str:
    return indent("\n".join(texts), "    ")


class _Placeholders(dict[str, str]):
    """Replaces placeholders that a finding would fill."""

    def __missing__(self, name: str) -> str:
        return "…"
