"""Rules for the content of images, recordings and captions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import PurePosixPath

from builder.course.media import captions
from builder.course.media.formats import FORMATS
from builder.course.validate.material import Material
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position

_MAX_REPORTED = 5
"""Maximum number of faults reported per captions file; more are mostly the same."""


def kinds(material: Material) -> Iterator[Diagnostic]:
    """Require that the content of an image or recording has the type that its name says."""
    for path in sorted(material.media_used & material.sources.media.keys()):
        ending = PurePosixPath(path).suffix.lower()
        file = material.sources.media[path]
        if ending in FORMATS and file.size and not FORMATS[ending].begins.match(file.start):
            words = {"kind": FORMATS[ending].kind, "ending": ending[1:]}
            yield problem("media-kind", Position(path), **words)
        elif file.damage and ending in FORMATS and FORMATS[ending].kind == "image":
            yield problem("image-damaged", Position(path), problem=file.damage)


def times(material: Material) -> Iterator[Diagnostic]:
    """Require captions in WebVTT with valid times in order (WCAG 1.2.2)."""
    for path in sorted(material.media_used & material.sources.captions.keys()):
        if not material.sources.media[path].size:
            continue
        for fault in islice(captions.judge(material.sources.captions[path]), _MAX_REPORTED):
            position = Position(path, fault.line, 1)
            yield problem("captions-invalid", position, problem=fault.problem, fix=fault.fix)


RULES: tuple[Callable[[Material], Iterator[Diagnostic]], ...] = (kinds, times)
