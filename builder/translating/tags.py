"""Language tags of translations (BCP 47), and the names that gettext has for the same languages."""

from __future__ import annotations

import re
from difflib import get_close_matches

from builder.base.slugs import kept_by_windows
from builder.course import interface, languages
from builder.course.languages import LANGUAGE_PATTERN

_TAG = re.compile(LANGUAGE_PATTERN)
_GETTEXT_NAMES = {
    **{"az-Latn": "az", "bs-Latn": "bs", "kk-Cyrl": "kk", "mn-Cyrl": "mn", "ms-Latn": "ms"},
    **{"pa-Arab": "pa_PK", "pa-Guru": "pa_IN", "sr-Cyrl": "sr", "tg-Cyrl": "tg"},
    **{"tk-Cyrl": "tk", "tt-Cyrl": "tt", "uz-Latn": "uz", "yue-Hans": "yue"},
    **{"zh-Hans": "zh_CN", "zh-Hant": "zh_TW"},
}
"""Languages with a script for which Unix has a name without it (gettext, localename.c)."""
_GETTEXT_SCRIPTS = {"Arab": "arabic", "Cyrl": "cyrillic", "Latn": "latin", "Mong": "mongolian"}
"""The scripts that gettext writes as a modifier, such as ``sr@latin`` (gettext, localename.c)."""


_SCRIPT = 4
"""Number of letters of the code of a script."""
_SIMILAR = 0.8
"""How similar a word must be to the name of a language to be taken for it."""


class TagError(ValueError):
    """Raised for a text that cannot be the tag of a translation; its text says why, and what to
    write."""


def is_tag(text: str) -> bool:
    """Whether a text has the form of a language tag, in any capitals."""
    return bool(_TAG.match(text))


def canonical(tag: str) -> str:
    """A language tag with its usual capitals, such as ``pt-PT``. Raises ``TagError`` if it is not a
    tag, or if no file can have its name on Windows."""
    if is_tag(tag) and kept_by_windows(tag):
        raise TagError(
            f"“{tag}” is a reserved name on Windows, where no file can be named {tag}.po. Add a "
            "script or a region to the tag."
        )
    if is_tag(tag):
        return languages.canonical(tag)
    found = meant(tag)
    examples = "pl (Polish), pt-PT (Portuguese of Portugal) or pa-Guru (Punjabi in Gurmukhi)"
    advice = f"Did you mean “{found}”?" if found else f"Write one such as {examples}."
    raise TagError(f"“{tag}” is not a language tag. {advice}")


def meant(text: str) -> str:
    """The tag of the language that a text which is not a tag probably means, such as ``polish`` or
    ``pl_PL``; empty if it means none."""
    names = {one.name.lower(): one.tag for one in interface.LANGUAGES}
    near = get_close_matches(text.lower(), names, n=1, cutoff=_SIMILAR)
    return names[near[0]] if near else languages.tag_of(text)


def gettext_name(tag: str) -> str:
    """The name of a language in the header ``Language`` of a PO file: ``pt_PT`` for ``pt-PT``,
    ``sr@latin`` for ``sr-Latn``."""
    language, *others = tag.split("-")
    script = next((one for one in others if len(one) == _SCRIPT), "")
    region = next((one for one in others if len(one) < _SCRIPT), "")
    if script and not region and tag in _GETTEXT_NAMES:
        return _GETTEXT_NAMES[tag]
    if script in _GETTEXT_SCRIPTS:
        place = f"_{region}" if region else ""
        return f"{language}{place}@{_GETTEXT_SCRIPTS[script]}"
    return tag.replace("-", "_")
