"""Rules for the theme (colours, logo, fonts, stylesheet), the cover's picture, and large images."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from builder.base import css
from builder.base.patterns import late
from builder.course import colours, targets
from builder.course.sources import STYLES
from builder.course.targets import Kind
from builder.course.validate.links import IMAGES
from builder.course.validate.material import Material
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Lines, Position

_SCHEMES = {
    "accent": (colours.LIGHT, "light", "darker"),
    "accent_dark": (colours.DARK, "dark", "lighter"),
}
_SURFACES = {
    "paper": "of a page",
    "raised": "of a card",
    "note": "of a note",
    "right-soft": "of the feedback for a right answer",
    "partly-soft": "of the feedback for a partly right answer",
    "wrong-soft": "of the feedback for a wrong answer",
    "accent-soft": "of a callout",
}
"""Descriptions of the backgrounds in ``colours.Scheme``, for messages, by their names."""
_FONT = ((".woff2",), "a WOFF2 font")
_KINDS = {
    "logo": (IMAGES, "an image"),
    "logo_dark": (IMAGES, "an image"),
    "font": _FONT,
    "font_bold": _FONT,
    "stylesheet": ((STYLES,), "a style sheet"),
}
"""The allowed extensions of each file of the theme, and what messages call such a file, by key."""
_TEXT_PROPERTY = late(
    r"(?<![\w-])(?:content|list-style(?:-type)?|quotes|--[\w-]+)\s*:", re.IGNORECASE
)
"""Matches the CSS properties whose quoted text a page may show."""
_LARGE_FONT = 100_000
"""Size in bytes above which a font is reported, since on a slow connection it arrives much later
than the text."""


def contrast(material: Material) -> Iterator[Diagnostic]:
    """Require enough contrast of the author's accent colours on every background."""
    for key, (scheme, screen, way) in _SCHEMES.items():
        accent = getattr(material.course.theme, key)
        if not accent:
            continue
        looks = colours.PRESETS.get(material.theme.preset, (None, None))[key == "accent_dark"]
        scheme = looks.scheme(scheme) if looks else scheme
        ratio, surface = colours.lowest_contrast(accent, scheme)
        if ratio < colours.TEXT:
            yield problem(
                "contrast-low",
                material.course_place("theme", key).at,
                colour=accent,
                # Rounded down, so that 4.499 is not reported as 4.5.
                ratio=f"{int(ratio * 100) / 100:.2f}",
                where=f"on the background {_SURFACES[surface]} on a {screen} screen",
                least=colours.TEXT,
                nearest=colours.nearest_readable(accent, scheme),
                way=way,
            )


def logo(material: Material) -> Iterator[Diagnostic]:
    """Require an alternative text for the logo (WCAG 1.1.1)."""
    if material.theme.logo and not material.theme.logo_alt and material.course_whole:
        yield problem("logo-text", material.course_place("theme", "logo").at)


def files(material: Material) -> Iterator[Diagnostic]:
    """Require that the files of a theme exist and have the right type."""
    for key, (endings, kind) in _KINDS.items():
        path = material.theme_file(key)
        position = material.course_place("theme", key).at
        if not path or path in material.sources.failed:
            continue
        if "://" in path or not PurePosixPath(path).suffix:
            words = f"“{path}” is not a file of the course."
            ending = ".png" if endings == IMAGES else endings[0]
            example = f"media/{key.replace('_', '-')}{ending}"
            fix = f"Put {kind} into media/, and write its path here, such as “{example}”."
            yield problem("theme-file", position, problem=words, fix=fix)
        elif path not in material.sources.media:
            yield _missing_file(material, path, position)
        elif PurePosixPath(path).suffix not in endings:
            words = f"“{path}” is not {kind}"
            fix = f"Use a file that ends in {', '.join(endings)}."
            yield problem("theme-file", position, problem=f"{words}.", fix=fix)


def styles(material: Material) -> Iterator[Diagnostic]:
    """Require that a stylesheet loads only files of the course, and no other stylesheet."""
    sheet = material.theme.stylesheet
    if not sheet:
        return
    lines = Lines(sheet.path, sheet.text)
    known = {*material.sources.media, *material.sources.failed}
    for part in css.read(sheet.text):
        if isinstance(part, css.Import):
            fix = "Copy the rules of that style sheet into this one, and delete “@import”."
            words = "“@import” loads another style sheet."
            yield problem("theme-file", lines.at(part.start), problem=words, fix=fix)
    for start, target in targets.in_styles(sheet.text, sheet.path):
        position = lines.at(start)
        if target.kind is Kind.OUTSIDE:
            yield problem("outside-course", position, path=target.name)
        elif target.kind is Kind.ADDRESS:
            name = PurePosixPath(urlsplit(target.name).path).name or "name.png"
            path = posixpath.relpath(f"media/{name}", posixpath.dirname(sheet.path))
            fix = f"Save the file into media/, and write url({path}) here."
            words = f"The style sheet would load {target.name} from another website."
            yield problem("theme-file", position, problem=words, fix=fix)
        elif target.name not in known:
            yield _missing_file(material, target.name, position)


def words(material: Material) -> Iterator[Diagnostic]:
    """Report text that a stylesheet would show on pages, since it is not part of the words that
    people approve."""
    sheet = material.theme.stylesheet
    if not sheet:
        return
    lines = Lines(sheet.path, sheet.text)
    for address in css.addresses(sheet.text):
        begins = max(sheet.text.rfind(sign, 0, address.start) for sign in ";{}")
        shows = _TEXT_PROPERTY.search(css.unescape(sheet.text[begins + 1 : address.start]))
        harmless = address.loads or address.outside or not any(map(str.isalnum, address.value))
        if shows and not harmless:
            found = " ".join(address.value.split())
            yield problem("style-words", lines.at(address.start), words=found)


def cover(material: Material) -> Iterator[Diagnostic]:
    """Require that the cover's picture exists and is an image."""
    path = material.cover.picture if material.cover else ""
    position = material.course_place("cover", "picture").at
    if not path or path in material.sources.failed:
        return
    if path not in material.sources.media:
        yield _missing_file(material, path, position)
    elif PurePosixPath(path).suffix not in IMAGES:
        fix = f"Use a file that ends in {', '.join(IMAGES)}."
        yield problem("theme-file", position, problem=f"“{path}” is not an image.", fix=fix)


_LARGE_PICTURE = 100_000
"""Size in bytes above which the cover's picture is reported."""


def cover_size(material: Material) -> Iterator[Diagnostic]:
    """Report a cover's picture that arrives long after the words of the cover."""
    path = material.cover.picture if material.cover else ""
    file = material.sources.media.get(path)
    if file and file.size > _LARGE_PICTURE:
        position = material.course_place("cover", "picture").at
        yield problem("picture-large", position, file=path, size=round(file.size / 1000))


_LARGE_IMAGE = 5_000_000
"""Size in bytes above which an image is reported as large."""


def images(material: Material) -> Iterator[Diagnostic]:
    """Report images that take minutes to load on a slow connection."""
    for path in sorted(material.media_used):
        file = material.sources.media.get(path)
        is_image = PurePosixPath(path).suffix.lower() in IMAGES
        if file and is_image and file.size > _LARGE_IMAGE:
            megabytes = round(file.size / 1_000_000)
            yield problem("image-large", Position(path), file=path, size=megabytes)


def fonts(material: Material) -> Iterator[Diagnostic]:
    """Report fonts that take longer to load than the text that they are for."""
    for key in ("font", "font_bold"):
        path = material.theme_file(key)
        file = material.sources.media.get(path)
        if file and file.size > _LARGE_FONT:
            position = material.course_place("theme", key).at
            kilobytes = round(file.size / 1000)
            yield problem("font-large", position, file=path, size=kilobytes)


def _missing_file(material: Material, path: str, position: Position) -> Diagnostic:
    near = material.media_near(path)
    return problem("media-missing", position, file=path, did_you_mean=near)


RULES: tuple[Callable[[Material], Iterator[Diagnostic]], ...] = (
    contrast,
    logo,
    files,
    cover,
    cover_size,
    fonts,
    images,
    styles,
    words,
)
