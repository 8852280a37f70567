"""Draws the map of a scenario as SVG: scenes as boxes in layers, choices as lines between them.

A layer has the scenes that are as many choices away from the start. So a line leads to the next
layer, stays in its layer, or leads back; the latter two go round the boxes. Scenes that cannot be
reached are in layers below all others. The colours are CSS variables with defaults.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise
from textwrap import shorten

from builder.base.immutable import immutable
from builder.course.scenarios.model import Scenario, Scene
from builder.course.scenarios.proof import Proof

_WIDTH, _HEIGHT = 184, 62
_GAP, _DROP = 28, 64
"""Horizontal and vertical distance between boxes."""
_BEND = 22
"""Distance between a box and a line that goes round it."""
_LETTERS = 23
"""Maximum number of characters of a line in a box."""
_SWEEPS = 4
_STROKES = {"good": "", "fair": ' stroke-dasharray="7 4"', "poor": ' stroke-dasharray="2 4"'}


@immutable
class Label:
    """The texts of a box: its title, and a note below it, such as the quality of an ending."""

    title: str
    note: str = ""


@immutable
class _Box:
    x: float
    y: float

    @property
    def middle(self) -> float:
        return self.x + _WIDTH / 2


def draw(scenario: Scenario, proof: Proof, labels: Mapping[str, Label], direction: str) -> str:
    """Draw the map of a scenario as an ``svg`` element without a text alternative, which the caller
    has to add.

    ``labels`` are the texts of the scenes by id, ``direction`` is the writing direction of titles.
    Each scene is a group with ``data-scene``.
    """
    layers = _layers(scenario)
    boxes = _place(layers)
    width = max(box.x for box in boxes.values()) + _WIDTH + 2 * _BEND + _GAP
    height = len(layers) * (_HEIGHT + _DROP) - _DROP + 2 * _GAP
    wrong = {*proof.unreachable, *proof.endless}
    parts = (
        *_lines(scenario, layers, boxes),
        *(
            _box(scene, scenario, boxes[scene.id], labels[scene.id], wrong)
            for scene in scenario.scenes
        ),
    )
    return (
        f'<svg class="scenario-map" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} '
        f'{height:g}" width="{width:g}" height="{height:g}" direction="{direction}" '
        'font-family="system-ui,sans-serif" font-size="13" aria-hidden="true">'
        f"{''.join(parts)}</svg>"
    )


def _layers(scenario: Scenario) -> list[list[str]]:
    """The ids of the scenes by their distance from the start, each layer in an order with few
    crossing lines."""
    steps = {one.id: [choice.to for choice in one.choices] for one in scenario.scenes}
    found: set[str] = set()
    layers: list[list[str]] = []
    for root in (scenario.start, *steps):
        layer = [root] if root in steps and root not in found else []
        while layer:
            found.update(layer)
            layers.append(layer)
            wanted = (to for name in layer for to in steps[name])
            layer = [to for to in dict.fromkeys(wanted) if to in steps and to not in found]
    for _ in range(_SWEEPS):
        for above, layer in pairwise(layers):
            _sort(
                layer, above, {name: [one for one in above if name in steps[one]] for name in layer}
            )
        for layer, below in zip(layers[-2::-1], layers[:0:-1], strict=True):
            _sort(layer, below, steps)
    return layers


def _sort(layer: list[str], other: Sequence[str], near: Mapping[str, Sequence[str]]) -> None:
    """Sort a layer by the mean places of each scene's neighbours in the layer beside it."""
    places = {name: at / len(other) for at, name in enumerate(other)}
    means = {}
    for at, name in enumerate(layer):
        found = [places[one] for one in near[name] if one in places]
        means[name] = sum(found) / len(found) if found else at / len(layer)
    layer.sort(key=means.__getitem__)


def _place(layers: Sequence[Sequence[str]]) -> dict[str, _Box]:
    most = max(map(len, layers))
    boxes = {}
    for row, layer in enumerate(layers):
        indent = (most - len(layer)) * (_WIDTH + _GAP) / 2 + _GAP
        for at, name in enumerate(layer):
            y = row * (_HEIGHT + _DROP) + _GAP
            boxes[name] = _Box(indent + at * (_WIDTH + _GAP), y)
    return boxes


def _lines(
    scenario: Scenario, layers: Sequence[Sequence[str]], boxes: Mapping[str, _Box]
) -> Iterator[str]:
    rows = {name: row for row, layer in enumerate(layers) for name in layer}
    for scene in scenario.scenes:
        count = len(scene.choices)
        for at, choice in enumerate(scene.choices, start=1):
            if choice.to not in boxes:
                continue
            here, there = boxes[scene.id], boxes[choice.to]
            x, y = here.x + _WIDTH * at / (count + 1), here.y + _HEIGHT
            if rows[choice.to] == rows[scene.id] + 1:
                path, head = _down(x, y, there), f"M{there.middle:g} {there.y:g}l-4 -8h8z"
            else:
                path = _round(x, y, there)
                head = f"M{there.x + _WIDTH:g} {there.y + _HEIGHT / 2:g}l8 -4v8z"
            yield (
                f'<path d="{path}" fill="none" stroke="var(--map-line,#5a6b73)" stroke-width="1.5"'
                f'{_STROKES[choice.quality]}/><path d="{head}" fill="var(--map-line,#5a6b73)"/>'
                f'<text x="{x + 5:g}" y="{y + 14:g}" fill="var(--map-ink,#15252d)" font-size="12" '
                'stroke="var(--map-ground,#fff)" stroke-width="4" paint-order="stroke">'
                f"{choice.id}</text>"
            )


def _down(x: float, y: float, there: _Box) -> str:
    """The path of a line to a box in the next layer."""
    half, end = y + _DROP / 2, f"{there.middle:g} {there.y:g}"
    return f"M{x:g} {y:g}C{x:g} {half:g} {there.middle:g} {half:g} {end}"


def _round(x: float, y: float, there: _Box) -> str:
    """The path of a line from below a box to the side of another one that is not below it."""
    side, level = there.x + _WIDTH, there.y + _HEIGHT / 2
    out, low = side + _BEND, y + _BEND
    turn = f"M{x:g} {y:g}C{x:g} {low:g} {out:g} {low:g} {out:g} {y:g}"
    return f"{turn}V{level + _BEND:g}Q{out:g} {level:g} {side:g} {level:g}"


def _box(scene: Scene, scenario: Scenario, box: _Box, label: Label, wrong: set[str]) -> str:
    is_wrong = scene.id in wrong
    edge = "var(--map-wrong,#96301f)" if is_wrong else "var(--map-line,#5a6b73)"
    dashes = ' stroke-dasharray="6 4"' if is_wrong else ""
    thick = 2.5 if scene.id == scenario.start or is_wrong else 1.25
    corner = _HEIGHT / 2 if scene.ending else 8
    texts = [f"{scenario.numbers[scene.id]}. {label.title}"]
    texts += [label.note] if label.note else []
    top = box.y + _HEIGHT / 2 - 9 * (len(texts) - 1) + 4
    lines = "".join(
        f'<text x="{box.middle:g}" y="{top + 18 * at:g}" text-anchor="middle" '
        f'fill="var(--map-ink,#15252d)"{"" if at else _BOLD}>'
        f"{escape(shorten(text, _LETTERS, placeholder='…'))}</text>"
        for at, text in enumerate(texts)
    )
    return (
        f'<g data-scene="{scene.id}"><title>{escape(" – ".join(texts))}</title>'
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{_WIDTH}" height="{_HEIGHT}" rx="{corner:g}" '
        f'fill="var(--map-box,#fff)" stroke="{edge}" stroke-width="{thick:g}"{dashes}/>{lines}</g>'
    )


_BOLD = ' font-weight="600"'
