"""``scorm-builder explain``: explains the code of a diagnostic, from a course or from the audit."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from textwrap import indent
from typing import TYPE_CHECKING

import click

from builder.base.printing import escape_controls
from builder.cli.terminal import Misused, say

if TYPE_CHECKING:
    from builder.audit.rules.rule import Rule as AuditRule
    from builder.diagnostics.codes import Rule

FILE_NAMES = "files"
"""The value of ``file`` in an example that shows wrong and right file names instead of contents."""


@click.command(short_help="Explain the code of a message, or list all codes.")
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Explain a diagnostic's CODE, or list all codes."""
    from builder.audit import rules as audit_rules
    from builder.diagnostics.codes import CATALOGUE, did_you_mean

    if code is None:
        audit_codes = catalogue(audit_rules.CATALOGUE.values())
        say(f"{catalogue(CATALOGUE.values())}\n\nCodes of audit, about packages:\n{audit_codes}")
    elif code in CATALOGUE:
        say(explanation(CATALOGUE[code]))
    elif code in audit_rules.CATALOGUE:
        say(audit_explanation(audit_rules.CATALOGUE[code]))
    else:
        near = did_you_mean(code, (*CATALOGUE, *audit_rules.CATALOGUE))
        raise Misused(f"There is no code “{code}”.{near} “scorm-builder explain” lists all codes.")


def catalogue(rules: Collection[Rule] | Collection[AuditRule]) -> str:
    """List the codes of rules with their messages, one per line, in the order of ``rules``."""
    width = max(len(rule.code) for rule in rules)
    return "\n".join(f"{rule.code:<{width}}  {_summary(rule)}" for rule in rules)


def explanation(rule: Rule) -> str:
    """Explain one diagnostic code of courses: its message, reason, advice and an example."""
    kind = "makes a draft" if rule.draft else rule.severity.value
    parts = (f"{rule.code} ({kind})", _summary(rule), rule.explanation, _advice(rule))
    return "\n\n".join((*parts, *_example(rule.code)))


def audit_explanation(rule: AuditRule) -> str:
    """Explain one code of the audit: its message, reason, effects in each LMS, advice and an
    example."""
    from builder.cli.report.audit_text import name_of

    effects = "\n".join(f"{name_of(lms)}: {what}." for lms, what in rule.effects.items())
    parts = [
        f"{rule.code} ({rule.severity.value}, of audit)",
        _summary(rule),
        rule.explanation,
        f"What happens:\n{_lines(effects)}",
        _advice(rule),
    ]
    if rule.wrong:
        parts += [f"Wrong:\n{_lines(rule.wrong)}", f"Right:\n{_lines(rule.right)}"]
    return "\n\n".join((*parts, f"Source: docs/{rule.source}"))


def _summary(rule: Rule | AuditRule) -> str:
    return rule.summary or rule.message.format_map(_Placeholders())


def _advice(rule: Rule | AuditRule) -> str:
    return f"What to do: {rule.advice or rule.hint.format_map(_Placeholders())}"


def _example(code: str) -> Iterator[str]:
    from builder.base import resources

    text = resources.path("examples.json").read_text("utf-8")
    example = json.loads(text).get(code)
    if example:
        where = "" if example["file"] == FILE_NAMES else f", in {example['file']}"
        yield f"Wrong{where}:\n{_lines(example['wrong'])}"
        yield f"Right:\n{_lines(example['right'])}"


def _lines(text: str) -> str:
    return indent("\n".join(map(escape_controls, text.split("\n"))), "    ")


class _Placeholders(dict[str, str]):
    """Fills the placeholders in a rule's message, which a real diagnostic would fill, with “…”."""

    def __missing__(self, name: str) -> str:
        return "" if name == "did_you_mean" else "…"
