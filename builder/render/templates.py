"""The templates and the interface's texts, in the language of the course."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

import builder
from builder import interface, markdown, resources
from builder.model import Course
from builder.render.compiled import Compiled

Json = dict[str, Any]


def policy(*scripts: str) -> Markup:
    """What a page may load and run, as its content security policy says it: the files of its
    package, from a server or from disk, and these ``scripts`` that stand in the page itself.

    ``data:`` is for pictures and fonts in styles, and for captions from disk.
    """
    hashes = (
        f" 'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts
    )
    return Markup(
        ";".join(
            (
                "default-src 'self' file: data:",
                f"script-src 'self' file:{''.join(hashes)}",
                "style-src 'self' file: 'unsafe-inline'",
                "object-src 'none'",
                "base-uri 'none'",
                "form-action 'none'",
            )
        )
    )


_OPTIONS: dict[str, Any] = {"autoescape": True, "undefined": StrictUndefined, "trim_blocks": True}
_COMPILED = Compiled(resources.path(), str(_OPTIONS))
"""Templates are compiled once, however many courses this process renders."""


_PLAYER = "player."


class Templates:
    """Renders a template by name; ``texts`` are all texts of the interface by key, ``values`` the
    local values by name, as a page shows them.
    ``helps`` is whether there is a view of help and contacts."""

    def __init__(self, course: Course) -> None:
        self.texts = interface.texts(course.language)
        self._player_texts = _by_part(self.texts)
        self._found: dict[str, Template] = {}
        unset = self.text("page.unset")
        self.values = {
            name: unset if variable.value is None else variable.value
            for name, variable in course.variables.items()
        }
        self._environment = Environment(
            loader=FileSystemLoader(resources.path()),
            auto_reload=False,
            bytecode_cache=_COMPILED,
            **_OPTIONS,
        )
        self.helps = course.helps
        self._direction = interface.spoken(course.language).direction
        self._environment.globals.update(
            course=course,
            helps=self.helps,
            direction=self._direction,
            way=self.way,
            isolated=self.isolated,
            builder=builder.__version__,
            policy=policy(),
            t=self.text,
        )

    def text(self, key: str, **words: object) -> str:
        """One text of the interface, its ``{words}`` filled in."""
        return self.texts[key].format(**words) if words else self.texts[key]

    def way(self, text: str) -> Markup:
        """The attribute of an element that holds this text alone, where that is written in the
        other direction than the course (``builder/markdown/directions.py``)."""
        turned = markdown.turned(text, self._direction)
        return Markup(f' dir="{turned}"' if turned else "")

    def isolated(self, text: str) -> str:
        """This text as a part of others, in its own direction."""
        return markdown.isolated(text, self._direction)

    def player_texts(self, part: str = "") -> dict[str, str]:
        """The player's texts by key: those of every page, or those that only a part needs.

        ``part`` is its name without its kind.
        """
        return self._player_texts.get(part, {})

    def size(self, count: int) -> str:
        """The size of a file of ``count`` bytes in words, as exact as anybody wants to know it."""
        kilobytes = max(1, round(count / 1000))
        if kilobytes < 1000:
            return self.text("page.size-kb", n=kilobytes)
        number = f"{kilobytes / 1000:.1f}" if kilobytes < 10_000 else f"{kilobytes / 1000:.0f}"
        return self.text("page.size-mb", n=number.replace(".", self.text("page.decimal-mark")))

    def render(self, template: str, **words: object) -> Markup:
        """The HTML of a template; text among ``words`` is escaped, ``Markup`` is not."""
        found = self._found.get(template)
        if found is None:
            found = self._found[template] = self._environment.get_template(template)
            # Jinja chains two mappings, and goes through both key by key for each page.
            found.globals = self._environment.globals
        return Markup(found.render(words).strip())


def _by_part(texts: Mapping[str, str]) -> Mapping[str, dict[str, str]]:
    """The texts of the player by the name of the part that needs them, and by their keys in it."""
    found: dict[str, dict[str, str]] = {}
    for key, text in texts.items():
        if key.startswith(_PLAYER):
            part, _, name = key.removeprefix(_PLAYER).rpartition(".")
            found.setdefault(part, {})[name] = text
    return found
