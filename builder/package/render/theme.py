"""Makes the CSS of a course's theme: its colours and fonts as custom properties."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from builder.base.patterns import late
from builder.course import colours
from builder.course.model import Theme

_VARIABLE = late(r"(^|[-_.])(variable|vf|wght)([-_.]|$)")
"""Matches the file name of a variable font, which has every weight."""
_FAMILY = '"course",system-ui,sans-serif'


def theme_styles(theme: Theme, media: Mapping[str, str]) -> str:
    """The CSS of a theme; empty if the theme sets nothing.

    ``media`` maps paths of media files in the course to their paths in the package.
    """
    return _fonts(theme, media) + _colours(theme)


def _colours(theme: Theme) -> str:
    if not theme.accent:
        return ""
    looks = colours.PRESETS.get(theme.preset, (None, None))
    light, dark = (
        ";".join(
            f"--{name}:{value}" for name, value in {**_background_tokens(own), **tokens}.items()
        )
        for own, tokens in (
            (looks[0], colours.tokens(theme.accent, _scheme(looks[0], colours.LIGHT))),
            (looks[1], colours.tokens(theme.accent_dark, _scheme(looks[1], colours.DARK))),
        )
    )
    return f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"


def _scheme(looks: colours.Looks | None, scheme: colours.Scheme) -> colours.Scheme:
    return looks.scheme(scheme) if looks else scheme


def _background_tokens(looks: colours.Looks | None) -> Mapping[str, str]:
    return looks.tokens() if looks else {}


def _fonts(theme: Theme, media: Mapping[str, str]) -> str:
    if not theme.font:
        return ""
    weight = "100 900" if _VARIABLE.search(PurePosixPath(theme.font).stem) else "400"
    faces = _face(media[theme.font], weight)
    if theme.font_bold:
        faces += _face(media[theme.font_bold], "600 900")
    return f"{faces}:root{{--sans:{_FAMILY}}}"


def _face(file: str, weight: str) -> str:
    return (
        f'@font-face{{font-family:"course";font-weight:{weight};font-display:swap;'
        f'src:url("{file}")format("woff2")}}'
    )
