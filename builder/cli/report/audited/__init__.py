"""Reports of an audit: text, JSON, SARIF, JUnit XML, and an HTML page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from builder.audit import Audited
from builder.cli.report.audited.machine_readable import as_json, as_junit, as_sarif
from builder.cli.report.audited.page import as_page
from builder.cli.report.audited.text import summary_sentence, text

__all__ = ["FORMATS", "as_json", "as_junit", "as_page", "as_sarif", "summary_sentence", "text"]

FORMATS: Mapping[str, Callable[[Audited], str]] = {
    "text": text,
    "json": as_json,
    "sarif": as_sarif,
    "html": as_page,
    "junit": as_junit,
}
