"""The rules of the audit, one module for each subject. ``scorm-builder explain CODE`` shows one."""

from __future__ import annotations

from builder.audit.findings import Finding
from builder.audit.rules import (
    archive,
    files,
    launch,
    manifest,
    organizations,
    pages,
    resources,
    standards,
    updates,
)
from builder.audit.rules.rule import Fault, Rule
from builder.diagnostics.diagnostic import Position

RULES: tuple[Rule, ...] = (
    *archive.RULES,
    *standards.RULES,
    *manifest.RULES,
    *organizations.RULES,
    *resources.RULES,
    *launch.RULES,
    *files.RULES,
    *pages.RULES,
    *updates.RULES,
)
"""The rules that check the files of a package, in the order in which they run."""

CATALOGUE = {rule.code: rule for rule in RULES}
"""Every rule by its code."""


def refused(name: str, why: object) -> Finding:
    """The finding that the package ``name`` cannot be read at all, for the reason ``why``."""
    return CATALOGUE["zip-refused"].finding(Fault(Position(name), {"problem": why}))
