"""The templates and the interface's texts, in the language of the course."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

import builder
from builder import interface, resources
from builder.artifacts import DIGEST_PLACEHOLDER
from builder.model import Course

Json = dict[str, Any]


class Templates:
    """Renders a template by name; ``texts`` are all texts of the interface by key."""

    def __init__(self, course: Course) -> None:
        self.texts = interface.texts(course.language)
        self._environment = Environment(
            loader=FileSystemLoader(resources.path()),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            auto_reload=False,
        )
        self._environment.globals.update(
            course=course,
            direction=interface.spoken(course.language).direction,
            digest=DIGEST_PLACEHOLDER,
            builder=builder.__version__,
            t=self.text,
        )

    def text(self, key: str, **words: object) -> str:
        """One text of the interface, its ``{words}`` filled in."""
        return self.texts[key].format(**words) if words else self.texts[key]

    def render(self, template: str, **words: object) -> Markup:
        """The HTML of a template; text among ``words`` is escaped, ``Markup`` is not."""
        return Markup(self._environment.get_template(template).render(words).strip())
