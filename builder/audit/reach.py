"""Which files a page leads to, and which of them talk to an LMS."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.audit.package import Package, Text

_API_12 = (b"LMSInitialize", b"LMSSetValue", b"LMSCommit", b'"LMS"', b"'LMS'")
"""Names of SCORM 1.2, and the beginning from which a script makes them."""
_API_2004 = b"API_1484_11"
_NAME = re.compile(rb"[A-Za-z0-9_~@!()$.-]{1,120}\.(?:html?|xhtml|m?js|json|xml)\b")


def mentions_api(text: Text) -> bool:
    """Whether a text has a name that only who talks to an LMS uses."""
    return _API_2004 in text.content or mentions_api_12(text)


def mentions_api_12(text: Text) -> bool:
    """Whether a text has a name of SCORM 1.2's API."""
    return any(name in text.content for name in _API_12)


def reached_from(package: Package, *pages: str) -> Iterator[str]:
    """The texts whose names stand in pages, or in a text that these lead to, themselves first.

    Names are compared without their folders: that finds too many rather than too few.
    """
    known = _by_base_name(package)
    reached = set(pages)
    waiting = list(pages)
    while waiting:
        path = waiting.pop()
        yield path
        for name in frozenset(_NAME.findall(package.texts[path].content.lower())):
            for other in known.get(name, ()):
                if other not in reached:
                    reached.add(other)
                    waiting.append(other)


_LIBRARY = re.compile(
    r"(?:^|/)(?:demos?|docs?|documentation|examples?|samples?|tests?|node_modules|"
    r"bower_components|development-bundle)/",
    re.IGNORECASE,
)


def is_of_library(path: str) -> bool:
    """Whether a file lies in a folder that libraries bring along for developers."""
    return _LIBRARY.search(path) is not None


def of_trainees(package: Package) -> frozenset[str]:
    """The texts that the launched pages lead to; all where nothing that is launched is there."""
    manifest = package.manifest
    launches = manifest.launches if manifest else ()
    pages = {one.path for one in launches if one.path and one.path in package.texts}
    return frozenset(reached_from(package, *pages) if pages else package.texts)


def leads_to_api(package: Package, page: str) -> bool:
    """Whether a page, or a text that it leads to, talks to an LMS."""
    return any(mentions_api(package.texts[name]) for name in reached_from(package, page))


def _by_base_name(package: Package) -> dict[bytes, list[str]]:
    known: dict[bytes, list[str]] = {}
    for path in package.texts:
        known.setdefault(path.rpartition("/")[2].lower().encode(), []).append(path)
    return known
