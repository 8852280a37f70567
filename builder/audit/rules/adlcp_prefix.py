"""Another prefix than adlcp."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.manifest import ADL_12, local
from builder.audit.rules.rule import (
    ERROR,
    Fault,
    Package,
    Rule,
)


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None:
        return
    for element in manifest.all("resource"):
        for key in map(str, element.keys()):
            if local(key).lower() != "scormtype":
                continue
            namespace = key[1:].rpartition("}")[0]
            prefix = next((p for p, uri in element.nsmap.items() if uri == namespace), None)
            if prefix != "adlcp":
                written = f"“{prefix}:”" if prefix else "nothing"
                words = {"prefix": written, "namespace": namespace or ADL_12}
                yield Fault(manifest.at(element), words)
                return


RULE = Rule(
    code="adlcp-prefix",
    severity=ERROR,
    message="The manifest writes {prefix} in front of scormtype; Moodle knows only “adlcp:”.",
    hint=(
        'Write xmlns:adlcp="{namespace}" in the manifest element, and adlcp: in front of '
        "scormtype, masteryscore and the others."
    ),
    explanation="By the rules of XML any prefix would do. Moodle reads the letters.",
    effects={
        "moodle": (
            "the SCO is taken for an asset: it is opened, counts as completed at once, "
            "and nothing is recorded"
        ),
        "totara": (
            "the SCO is taken for an asset: it is opened, counts as completed at once, "
            "and nothing is recorded"
        ),
    },
    summary="The manifest writes another prefix than “adlcp:” in front of scormtype.",
    source="facts/moodle.md#manifest",
    wrong='<resource adl:scormtype="sco" …>',
    right='<resource adlcp:scormtype="sco" …>',
    judge=_judge,
)
