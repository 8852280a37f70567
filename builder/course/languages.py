"""Tags of languages (BCP 47), such as ``pl``, ``pt-PT`` and ``pa-Guru``."""

from __future__ import annotations

import re

LANGUAGE_PATTERN = r"^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?$"
"""Matches a tag of a language, with an optional script and region."""
_TAG = re.compile(LANGUAGE_PATTERN)
_GETTEXT = re.compile(
    r"(?P<language>[A-Za-z]{2,3})(?:_(?P<region>[A-Za-z]{2}))?(?:@(?P<name>\w+))?"
)
_SCRIPTS = {"latin": "Latn", "cyrillic": "Cyrl", "arabic": "Arab", "devanagari": "Deva"}
"""The scripts of BCP 47 by the names that gettext gives them."""


def is_tag(text: str) -> bool:
    """Whether a text is a tag of a language in its usual capitals, such as ``pt-PT``."""
    return bool(_TAG.match(text)) and text == canonical(text)


def canonical(tag: str) -> str:
    """A tag with its usual capitals: ``pt-PT``, ``pa-Guru``."""
    language, *others = tag.split("-")
    script = len("Guru")
    parts = [one.title() if len(one) == script else one.upper() for one in others]
    return "-".join((language.lower(), *parts))


def tag_of(name: str) -> str:
    """The tag of a language that a name probably means, such as gettext's ``pt_PT`` and
    ``sr@latin``; empty if it means none."""
    if _TAG.match(name):
        return canonical(name)
    found = _GETTEXT.fullmatch(name)
    if not found:
        tag = name.replace("_", "-")
        return canonical(tag) if _TAG.match(tag) else ""
    script = _SCRIPTS.get((found["name"] or "").lower(), "")
    return canonical("-".join(filter(None, (found["language"], script, found["region"]))))


_REGIONS = frozenset(
    re.findall(
        "..",
        "NSADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCH"
        "CICKCLCMCNCOCRCUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGP"
        "GQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLR"
        "LSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPF"
        "PGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJ"
        "TKTLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSXAXBXKYEYTZAZMZW",
    )
)
"""The regions of ISO 3166-1; also XK (Kosovo), and XA and XB (pseudo-languages)."""
_MEANT = {"UK": "GB", "EN": "", "EL": "GR"}
"""What authors write for a region, and the region that they mean, or nothing."""


def unknown_region(tag: str) -> str:
    """The region of a tag if there is no such region; else empty. Numbers are not checked."""
    region = canonical(tag).rpartition("-")[2]
    known = region in _REGIONS or not re.fullmatch("[A-Z]{2}", region)
    return "" if known else region


def near(tag: str) -> str:
    """The tag that an author probably meant by one with an unknown region."""
    region = unknown_region(tag)
    return canonical(tag.rpartition("-")[0] + (f"-{_MEANT[region]}" if _MEANT.get(region) else ""))
