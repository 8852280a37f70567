"""Content for a plug-in that browsers have dropped."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.manifest import Launch
from builder.audit.markup import references
from builder.audit.places import place_in
from builder.audit.rules.rule import (
    ANYWHERE,
    ERROR,
    Fault,
    Package,
    Rule,
    Text,
)

_KINDS = {
    ".swf": "Flash",
    ".xap": "Silverlight",
    ".class": "Java",
    ".jar": "Java",
    ".dcr": "Shockwave",
    ".unity3d": "Unity’s plug-in",
}


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    for launch in _launches(package):
        plugin = _KINDS.get(_ending(launch.path or ""))
        if plugin and manifest is not None:
            words = {"plugin": plugin, "file": launch.path}
            yield Fault(manifest.at(launch.resource), words)


def _launches(package: Package) -> tuple[Launch, ...]:
    return () if package.manifest is None else package.manifest.launches


def _in_page(package: Package, page: Text) -> Iterator[Fault]:
    # Other pages may be for browsers of before, beside one for those of today.
    if page.name not in {launch.path for launch in _launches(package)}:
        return
    for reference in references(page):
        # What stands within a video or another object is for browsers of before.
        plugin = _KINDS.get(_ending(reference.address))
        if plugin and reference.tag in ("embed", "object", "applet") and not reference.inner:
            words = {"plugin": plugin, "file": reference.address}
            yield Fault(place_in(page, reference.offset), words)


def _ending(address: str) -> str:
    name = address.partition("?")[0].rpartition("/")[2].lower()
    return "." + name.rpartition(".")[2] if "." in name else ""


RULE = Rule(
    code="plugin-dropped",
    severity=ERROR,
    message="The page needs {plugin} to show “{file}”, and no browser has it any more.",
    hint=(
        "Publish the course again from its source as HTML5. If the source is lost, this "
        "part has to be made anew."
    ),
    explanation=(
        "Flash ended in 2020, Silverlight in 2021; Java applets were dropped from 2015 on."
    ),
    effects={
        ANYWHERE: (
            "trainees see an empty area, or are asked to install what does not exist any more"
        ),
    },
    summary="A page needs a plug-in that no browser has any more.",
    source="facts/packages.md#pages",
    wrong='<embed src="intro.swf">',
    right='<video src="intro.mp4" controls></video>',
    judge=_judge,
    of_pages=True,
    scan=_in_page,
)
