"""Sounds, films and pictures that browsers do not play."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.markup import references
from builder.audit.places import place_in
from builder.audit.rules.rule import (
    ANYWHERE,
    WARNING,
    Fault,
    Package,
    Rule,
    Text,
)

_FORMATS = frozenset(
    (
        *(".flv", ".f4v", ".wmv", ".wma", ".avi", ".asf", ".rm", ".ram", ".ra", ".mpg", ".mpeg"),
        *(".tif", ".tiff", ".emf", ".wmf", ".psd"),
    )
)
_PLUGINS = frozenset((".swf", ".xap", ".dcr"))
"""What in a page that is launched is told by another rule."""
_SHOWN = frozenset(("video", "audio", "source", "img", "embed", "object"))


def _judge(package: Package, page: Text) -> Iterator[Fault]:
    manifest = package.manifest
    launched = {one.path for one in manifest.launches} if manifest else set()
    for reference in references(page):
        name = reference.address.partition("?")[0].lower()
        ending = "." + name.rpartition(".")[2]
        dropped = ending in _FORMATS or (ending in _PLUGINS and page.name not in launched)
        if reference.tag in _SHOWN and dropped and not reference.inner:
            yield Fault(place_in(page, reference.offset), {"file": reference.address})


RULE = Rule(
    code="media-dropped",
    severity=WARNING,
    message="The page shows “{file}”, in a format that browsers do not play.",
    hint=(
        "Convert it: films to MP4 (H.264 and AAC), sounds to MP3 or M4A, pictures to PNG or JPEG."
    ),
    explanation=(
        "Browsers play a few formats; those of Windows Media, Real and Flash video were "
        "never among them without a plug-in."
    ),
    effects={
        ANYWHERE: "trainees see an empty area, or the file is downloaded",
    },
    summary="A page shows something in a format that browsers do not play.",
    source="facts/packages.md#pages",
    wrong='<video src="welcome.wmv">',
    right='<video src="welcome.mp4">',
    of_pages=True,
    scan=_judge,
)
