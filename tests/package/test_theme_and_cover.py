"""What a theme and a cover become in a package: logos, fonts, the colours of a preset, the picture
or the pattern of the first view."""

import re

import pytest

from builder.course import colours
from builder.course.model import Cover, Theme
from builder.course.sources import MediaFile
from builder.package.artifacts import Member
from builder.package.plan import plan
from builder.package.render import render
from builder.package.render.cover import pattern
from tests.support.courses import course, page, picture

LOGO = picture("media/logo.svg", b"<svg/>")
LOGO_DARK = picture("media/logo-dark.svg", b"<svg><g/></svg>")
FONT = picture("media/brand.woff2", b"regular")
FONT_BOLD = picture("media/brand-bold.woff2", b"bold")
VARIABLE = picture("media/brand-variable.woff2", b"every weight")
PHOTO = picture("media/cover.jpg", b"photo")


def rendered(*media: MediaFile, **fields: object) -> list[Member]:
    return render(plan(course(page("first"), media=media, **fields)))


def index(members: list[Member]) -> str:
    [launch] = [member for member in members if member.name == "index.html"]
    return launch.read().decode()


def packed(file: MediaFile) -> str:
    name, dot, ending = file.path.rpartition(".")
    return f"{name}-{file.sha256[:10]}{dot}{ending}"


def files(members: list[Member]) -> set[str]:
    return {member.name for member in members if member.name.startswith("media/")}


def test_a_dark_screen_has_a_logo_of_its_own() -> None:
    theme = Theme(logo=LOGO.path, logo_alt="Anytown Council", logo_dark=LOGO_DARK.path)
    made = rendered(LOGO, LOGO_DARK, theme=theme)
    assert (
        f'<picture><source srcset="{packed(LOGO_DARK)}"'
        ' media="screen and (prefers-color-scheme: dark)">'
        f'<img class="logo" src="{packed(LOGO)}" alt="Anytown Council"></picture>'
    ) in index(made)
    assert files(made) == {packed(LOGO), packed(LOGO_DARK)}


def face(file: MediaFile, weight: str) -> str:
    return (
        f'@font-face{{font-family:"course";font-weight:{weight};font-display:swap;'
        f'src:url("{packed(file)}")format("woff2")}}'
    )


SANS = ':root{--sans:"course",system-ui,sans-serif}'


@pytest.mark.parametrize(
    ("theme", "used", "styles"),
    [
        (Theme(font=FONT.path), (FONT,), face(FONT, "400")),
        (
            Theme(font=FONT.path, font_bold=FONT_BOLD.path),
            (FONT, FONT_BOLD),
            face(FONT, "400") + face(FONT_BOLD, "600 900"),
        ),
        (Theme(font=VARIABLE.path), (VARIABLE,), face(VARIABLE, "100 900")),
    ],
    ids=["regular", "and bold", "variable"],
)
def test_a_font_comes_with_the_course(
    theme: Theme, used: tuple[MediaFile, ...], styles: str
) -> None:
    made = rendered(*used, theme=theme)
    assert styles + SANS in index(made)
    assert index(made).count("@font-face") == len(used)
    assert files(made) == {packed(file) for file in used}


SCHEMES = re.compile(
    r":root\{(--paper[^}]+--accent:[^}]+)\}"
    r"@media screen and \(prefers-color-scheme:dark\)\{:root\{([^}]+)\}\}</style>"
)


@pytest.mark.parametrize("preset", colours.PRESETS)
def test_a_preset_gives_grounds_lines_and_accent_in_both_schemes(preset: str) -> None:
    light, dark = colours.PRESETS[preset]
    theme = Theme(preset=preset, accent=light.accent, accent_dark=dark.accent)
    [schemes] = SCHEMES.findall(index(rendered(theme=theme)))
    for looks, styles in zip((light, dark), schemes, strict=True):
        assert styles.startswith(
            f"--paper:{looks.paper};--raised:{looks.raised};--line:{looks.line};"
            f"--accent:{looks.accent};"
        )


def test_the_colours_of_a_preset_in_full() -> None:
    output = index(rendered(theme=Theme("forest", "#1d6238", "#93d3a6")))
    assert (
        ":root{--paper:#f5f7f2;--raised:#ffffff;--line:#d9e0d6;--accent:#1d6238;"
        "--accent-ink:#ffffff;--accent-soft:#e8efeb;--link:#1d6238;--focus:#1d6238}"
    ) in output


def first_view(members: list[Member]) -> str:
    """What stands in the first view before its words."""
    _, _, after = index(members).partition('<div class="cover-first">')
    return after.partition('<div class="cover-words">')[0].strip()


def test_cover_picture_replaces_the_cover_pattern() -> None:
    made = rendered(PHOTO, cover=Cover(picture=PHOTO.path))
    # Without an address, so that the browser does not request it before the course can start.
    shown = f'<img class="cover-pattern cover-picture" data-src="{packed(PHOTO)}" alt="'
    assert first_view(made) == f'{shown}">'
    assert files(made) == {packed(PHOTO)}
    made = rendered(PHOTO, cover=Cover(picture=PHOTO.path, picture_alt='A "wet" cat'))
    assert first_view(made) == f'{shown}A &#34;wet&#34; cat">'


def test_cover_pattern_is_the_same_at_each_build() -> None:
    patterns = {first_view(rendered(cover=Cover(), version=version)) for version in ("1.0", "2.0")}
    [drawn] = patterns
    assert drawn.startswith('<svg class="cover-pattern" viewBox="0 0 600 480" aria-hidden="true"')
    assert drawn.endswith("</svg>")
    assert len(re.findall(r"<(?:circle|path) ", drawn)) >= 8


def test_each_course_has_a_pattern_of_its_own() -> None:
    drawn = [pattern(f"course-{number}") for number in range(200)]
    assert len(set(drawn)) == len(drawn)
    # A course at random: no shape is without a place, and none leaves all of the drawing.
    for one in drawn:
        assert "nan" not in one
        assert len(re.findall(r"<(?:circle|path) ", one)) >= 8
