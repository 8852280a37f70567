"""Texts of questions as the HTML of a bank: what Moodle's editor would have made of them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from urllib.parse import quote

from builder.course import markdown, targets
from builder.course.markdown import Directive, Prose, Resolver
from builder.course.model import Course
from builder.exporting.banks.tally import Tally
from builder.package.render.templates import Templates

INSIDE = "@@PLUGINFILE@@/"
"""How Moodle's addresses of files begin that a text brings with it."""
_UNDESCRIBED = "\ue000"
"""Stands for the text of a picture that nobody has described yet: it has none."""
_NO_LINK = re.compile(r"<a>(.*?)</a>", re.DOTALL)
_SCROLLED = re.compile(r'<section class="table-scroll"[^>]*>|</section>')
_WIDTH = re.compile(r'style="width:max\((\d+)%,min\(100%,12rem\)\)"')
_ADDRESS = ' class="address"'
_IMAGE = re.compile(r'<img src="([^"]*)"(?: alt="([^"]*)")?[^>]*>')


@dataclass(frozen=True, slots=True)
class Said:
    """A text as HTML, and the paths of the pictures in it."""

    html: str
    pictures: tuple[str, ...] = ()

    @property
    def plain(self) -> str | None:
        """The same as words of no look, or ``None`` where it has one."""
        words = self.html.replace("&quot;", '"')
        return None if re.search(r"[<>&]", words) else words

    @property
    def words(self) -> str:
        """Its words alone."""
        return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", self.html)).split())

    def unpictured(self) -> Said:
        """The same with what pictures say in their place."""
        return Said(_IMAGE.sub(lambda found: f"[{found[2]}]" if found[2] else "", self.html))


def joined(texts: Iterable[Said]) -> Said:
    """Texts one behind the other."""
    listed = tuple(texts)
    pictures = dict.fromkeys(path for one in listed for path in one.pictures)
    return Said("".join(one.html for one in listed), tuple(pictures))


def plain(words: str) -> Said:
    """Words of no look."""
    return Said(html.escape(words, quote=False))


def paragraph(said: Said) -> Said:
    """A line as a paragraph."""
    return Said(f"<p>{said.html}</p>", said.pictures)


def listing(lines: Iterable[Said]) -> Said:
    """Lines as a list."""
    whole = joined(Said(f"<li>{one.html}</li>", one.pictures) for one in lines)
    return Said(f"<ul>{whole.html}</ul>", whole.pictures)


@dataclass(frozen=True)
class Telling:
    """Tells the texts of a question, by its id, on a page at ``path``; what a bank cannot show of
    them is left to the ``tally``. ``files`` are the names of pictures by path."""

    course: Course
    templates: Templates
    tally: Tally
    files: Mapping[str, str]
    question: str = ""
    path: str = "pages/page.md"

    def of(self, question: str, path: str) -> Telling:
        """The same for another question."""
        return replace(self, question=question, path=path)

    def leave(self, what: str, reason: str, words: str = "") -> None:
        """List what the bank does not say of this question."""
        self.tally.leave(self.question, what, reason, words)

    def text(self, prose: Prose) -> Said:
        """A text of the question."""
        pictures: list[str] = []
        written = markdown.html(prose, self._resolver(pictures))
        written = _SCROLLED.sub("", written.replace(f' alt="{_UNDESCRIBED}"', ""))
        # Between blocks, where it means nothing.
        written = re.sub(r">\n+(?=<|$)", ">", written)
        written = _WIDTH.sub(r'style="width:\1%"', written).replace(_ADDRESS, "")
        return Said(_NO_LINK.sub(r"\1", written).strip(), tuple(dict.fromkeys(pictures)))

    def blocks(self, blocks: Iterable[Prose | Directive]) -> Iterator[Said]:
        """What stands above the question; a block is its title and its texts."""
        for block in blocks:
            if isinstance(block, Prose):
                yield self.text(block)
                continue
            if block.name in ("video", "audio"):
                self.leave(block.name, "a bank has no recordings: its words stand there")
            if block.argument:
                yield Said(f"<p><strong>{html.escape(block.argument)}</strong></p>")
            yield from self.blocks(block.blocks)

    def _resolver(self, pictures: list[str]) -> Resolver:
        def image(target: str) -> Mapping[str, str]:
            path = targets.read(target, self.path).name
            pictures.append(path)
            return {"src": f"{INSIDE}{quote(self.files[path])}"}

        def say(key: str, **words: object) -> str:
            return _UNDESCRIBED if key == "page.undescribed" else self.templates.text(key, **words)

        values = self.templates.values
        return Resolver(
            link=self._link, image=image, variable=self._value, values=values, say=say, marked=False
        )

    def _link(self, target: str) -> Mapping[str, str]:
        place = targets.read(target, self.path)
        if place.kind is not targets.Kind.ADDRESS:
            self.leave("link", "a bank leads to no place of the course: its words stay", target)
            return {}
        reference = self.course.references.get(place.name)
        return {"href": (reference and reference.current) or place.name}

    def _value(self, name: str, linked: bool) -> str:
        self.leave("local value", "its value of today stands there", name)
        return html.escape(self.templates.values[name])


def file_names(course: Course) -> dict[str, str]:
    """A name for each file of the course, in which no folder stands."""
    names: dict[str, str] = {}
    for path in sorted(course.media):
        name, number = PurePosixPath(path).name.replace(" ", "-"), 1
        stem, ending = PurePosixPath(name).stem, PurePosixPath(name).suffix
        while name in names.values():
            number += 1
            name = f"{stem}-{number}{ending}"
        names[path] = name
    return names
