"""What the preview needs to open a package: its items, or why it cannot be opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from lxml import etree

from builder.audit import manifest as manifests
from builder.audit.detection import kind_of
from builder.audit.findings import SCORM, Kind
from builder.audit.manifest import MANIFEST, Launch, local, title_of
from builder.audit.package import Package, RefusedError
from builder.base.zips import printable_name

_NOTICE_2004 = (
    "This package is SCORM 2004. The simulated learning systems offer only the API of SCORM 1.2: "
    "the one that the package looks for, API_1484_11, is missing. So it records nothing, and may "
    "stay empty."
)


def check(package: Package) -> None:
    """Raise ``RefusedError`` if the simulated LMSs cannot open a package; its text is the
    reason."""
    locked = next((one.name for one in package.entries if one.encrypted), None)
    if locked is not None:
        raise RefusedError(f"“{printable_name(locked)}” in it needs a password")
    manifest, (kind, _) = package.manifest, kind_of(package)
    if kind not in SCORM and kind is not Kind.UNKNOWN:
        raise RefusedError(f"it is made for {kind}, and the simulated LMSs open only SCORM")
    if manifest is None:
        path = manifests.find(package.files)
        unread = f"its {MANIFEST} is too large to be read"
        missing = f"there is no {MANIFEST} in it, so it is not a SCORM package"
        raise RefusedError(missing if path is None else package.damaged.get(path, unread))
    for fault in manifest.faults:
        raise RefusedError(f"its {MANIFEST} is not valid XML: {fault.words}")
    if not manifest.launches:
        raise RefusedError(f"its {MANIFEST} names no file to launch")
    if not items_of(package):
        raise RefusedError(
            f"{_name_missing(package)[0]}, which its {MANIFEST} launches, is not in it"
        )


def items_of(package: Package) -> tuple[dict[str, str], ...]:
    """What an LMS knows of each item whose launch file is in the package, as ``Course`` in
    ``templates/lms/manifest.ts``; unknown texts are empty."""
    launches = package.manifest.launches if package.manifest else ()
    return tuple(_item(one, one.path) for one in launches if one.path in package.files)


def notices(package: Package) -> Iterator[str]:
    """What a person has to know who opens the package, in sentences."""
    if kind_of(package)[0] is Kind.SCORM_2004:
        yield _NOTICE_2004
    if package.manifest and package.manifest.folder:
        folder = package.manifest.folder.rstrip("/")
        yield f"{MANIFEST} is in the folder “{folder}”: most learning systems refuse such a zip."
    if missing := _name_missing(package):
        yield f"Left out, because the zip does not contain them: {', '.join(missing)}."


def _name_missing(package: Package) -> list[str]:
    launches = package.manifest.launches if package.manifest else ()
    missing = (one.path or one.href for one in launches if one.path not in package.files)
    return [f"“{printable_name(name)}”" for name in dict.fromkeys(missing)]


def _item(launch: Launch, path: str | None) -> dict[str, str]:
    item = launch.resource if launch.item is None else launch.item
    extra = re.search("[?#].*", launch.href)
    return {
        "item": item.get("identifier", ""),
        "title": title_of(item),
        "href": quote(path or "")
        + (extra[0] if extra else "")
        + item.get("parameters", "").strip(),
        "mastery": _own_text(item, "masteryscore"),
        "launchData": _own_text(item, "datafromlms"),
    }


def _own_text(item: etree._Element, name: str) -> str:
    """The text of the item's own child with a local name; empty if it has none."""
    for child in item.iterchildren(etree.Element):
        if local(child.tag).lower() == name:
            return "".join(child.itertext()).strip()
    return ""
