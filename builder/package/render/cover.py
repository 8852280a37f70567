"""Renders the cover: what the course is, for whom, how long it takes, and what it requires.

A cover without a picture has a background pattern, which the course's id determines.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator, Sequence

from markupsafe import Markup

from builder.course.marks import marks
from builder.course.model import Course, Page
from builder.course.refreshing import effort
from builder.package.artifacts import Plan
from builder.package.render.templates import Templates


def cover(plan: Plan, templates: Templates) -> Markup | None:
    """The HTML of the cover; ``None`` if the course starts with its first page."""
    course_cover = plan.course.cover
    if not course_cover:
        return None
    return templates.render(
        "cover.html.j2",
        cover=course_cover,
        facts=list(facts(plan.course, templates)),
        notes=list(notes(plan.course, templates)),
        since=_since(plan.course, templates),
        news=list(_news(plan.course, templates)),
        because=list(_because(plan.course, templates)),
        tests=_has_tests(plan.course),
        picture=plan.media.get(course_cover.picture),
        pattern=pattern(plan.course.id),
    )


def _since(course: Course, templates: Templates) -> str:
    """The heading of what is new in a refresher; empty for other courses. It has the month of the
    review of the version that trainees completed, else the version."""
    refresher = course.refresher
    if not refresher:
        return ""
    if day := refresher.reviewed_on:
        month = templates.texts["player.months"].split()[day.month - 1]
        return templates.text("page.news-month", month=month, year=day.year)
    return templates.text("page.news-version", version=refresher.version)


def _news(course: Course, templates: Templates) -> Iterator[tuple[Page, str]]:
    """Yield the pages of a refresher that must be read because something is new, each with what to
    call it."""
    news = course.refresher.news if course.refresher else {}
    for page in course.pages:
        if one := news.get(page.id):
            kind = "changed" if one.asks_again else one.kind
            yield page, templates.text(f"page.news-{kind}")


def _because(course: Course, templates: Templates) -> Iterator[str]:
    """Yield why trainees are asked again what they have answered before."""
    if not course.refresher:
        return
    if course.refresher.answers:
        yield templates.count("page.news-answers", len(course.refresher.answers))
    if any(one.decisions for one in course.refresher.news.values()):
        yield templates.text("page.news-decisions")


def _has_tests(course: Course) -> bool:
    return any(page.kind == "test-out" for page in course.pages)


def facts(course: Course, templates: Templates) -> Iterator[str]:
    """Short texts for the cover on what the course requires: its duration, pages and pass mark."""
    asks = effort(course)
    tested = course.refresher and _has_tests(course)
    yield templates.count("page.news-minutes" if tested else "page.cover-minutes", asks.minutes)
    yield templates.count("page.cover-pages", asks.pages)
    yield from _mark(course, templates)


def notes(course: Course, templates: Templates) -> Iterator[str]:
    """Short texts for the cover on what to know before the start: a record, and that trainees may
    stop."""
    if any(page.record for page in course.pages):
        yield templates.text("page.cover-record")
    yield templates.text("page.cover-stop")


def _mark(course: Course, templates: Templates) -> Iterator[str]:
    """The pass mark: in right answers if the course has one part with a mark, else in percent if
    all have the same."""
    found = [mark for mark in marks(course) if mark.page.counts and not mark.page.covers]
    if len(found) == 1 and (need := found[0].need):
        key = "page.cover-pass-points" if need.points else "page.cover-pass-of"
        yield templates.text(key, n=_number(need.enough, templates), of=_number(need.of, templates))
    # Quizzes with different pass marks show them themselves.
    elif len({mark.percent for mark in found}) == 1:
        yield templates.text("page.cover-pass", mark=found[0].percent)


def _number(value: float, templates: Templates) -> str:
    return f"{value:g}".replace(".", templates.text("page.decimal-mark"))


WIDTH, HEIGHT = 600, 480
"""Size of the background pattern in SVG units; styles scale it."""

Numbers = Sequence[int]
"""Numbers from 0 to 255 derived from the course's id, which vary the pattern."""


def pattern(course: str) -> Markup:
    """The background pattern for a course's id: SVG in the colour of the surrounding text."""
    kind, *numbers = hashlib.sha256(course.encode()).digest()
    shapes = "".join(_PATTERNS[kind % len(_PATTERNS)](numbers))
    return Markup(
        f'<svg class="cover-pattern" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true"'
        ' preserveAspectRatio="xMidYMid slice" fill="none" stroke="currentColor"'
        f' stroke-width="2">{shapes}</svg>'
    )


def _scale(number: int, least: int, most: int) -> int:
    return least + number * (most - least) // 255


def _circle(x: float, y: float, radius: float, filled: bool = False) -> str:
    fill = ' fill="currentColor" stroke="none"' if filled else ""
    return f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius:.0f}"{fill}/>'


def _rings(numbers: Numbers) -> Iterator[str]:
    """The shapes of a pattern: concentric rings, with small discs on some of them."""
    x, y = _scale(numbers[0], 260, 420), _scale(numbers[1], 180, 300)
    step = _scale(numbers[2], 52, 68)
    yield _circle(x, y, step, filled=True)
    for ring in range(2, 9):
        yield _circle(x, y, ring * step)
    for ring, number in zip((2, 3, 4, 4), numbers[3:], strict=False):
        angle = number / 255 * 2 * math.pi
        across, down = math.cos(angle) * ring * step, math.sin(angle) * ring * step
        yield _circle(x + across, y + down, 14, filled=True)


def _waves(numbers: Numbers) -> Iterator[str]:
    """The shapes of a pattern: waves with decreasing amplitude, and a disc."""
    high, turn = _scale(numbers[0], 60, 110), _scale(numbers[1], 180, 300)
    for line in range(9):
        base = 40 + line * 52
        rise = high - line * high // 12
        yield f'<path d="M0 {base}q{turn // 2}-{rise} {turn} 0t{turn} 0 {turn} 0 {turn} 0"/>'
    yield _circle(_scale(numbers[2], 300, 520), _scale(numbers[3], 60, 160), 44, filled=True)


def _petals(numbers: Numbers) -> Iterator[str]:
    """The shapes of a pattern: circles that pass through one point."""
    count = _scale(numbers[0], 7, 11)
    radius = _scale(numbers[1], 120, 150)
    turned = numbers[2] / 255 * math.pi
    for petal in range(count):
        angle = turned + 2 * math.pi * petal / count
        across, down = math.cos(angle) * radius, math.sin(angle) * radius
        yield _circle(WIDTH * 0.6 + across, HEIGHT / 2 + down, radius)
    yield _circle(WIDTH * 0.6, HEIGHT / 2, 26, filled=True)


def _dots(numbers: Numbers) -> Iterator[str]:
    """The shapes of a pattern: discs in rows, larger towards one point."""
    x, y = _scale(numbers[0], 300, 520), _scale(numbers[1], 120, 360)
    for row in range(8):
        for column in range(9):
            across, down = 60 + column * 66 + row % 2 * 33, 36 + row * 58
            radius = 18 - math.dist((x, y), (across, down)) / 26
            if radius >= 2:
                yield _circle(across, down, radius, filled=True)


def _bends(numbers: Numbers) -> Iterator[str]:
    """The shapes of a pattern: square tiles with two quarter circles each, turned by the
    numbers."""
    side = 120
    for place in range(WIDTH // side * (HEIGHT // side)):
        x, y = place % (WIDTH // side) * side, place // (WIDTH // side) * side
        half = side // 2
        if numbers[place % len(numbers)] % 2:
            yield f'<path d="M{x + half} {y}a{half} {half} 0 0 1-{half} {half}"/>'
            yield f'<path d="M{x + side} {y + half}a{half} {half} 0 0 0-{half} {half}"/>'
        else:
            yield f'<path d="M{x + half} {y}a{half} {half} 0 0 0 {half} {half}"/>'
            yield f'<path d="M{x} {y + half}a{half} {half} 0 0 1 {half} {half}"/>'


_PATTERNS: tuple[Callable[[Numbers], Iterator[str]], ...] = (_rings, _waves, _petals, _dots, _bends)
