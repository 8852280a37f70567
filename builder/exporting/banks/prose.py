"""Converts the texts of questions to HTML as Moodle's editor would write it, and lists what a bank
cannot express."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from urllib.parse import quote

from builder.course import markdown, targets
from builder.course.markdown import Directive, Prose, Resolver
from builder.course.model import Course
from builder.package.render.templates import Templates

FILE_PREFIX = "@@PLUGINFILE@@/"
"""Prefix of Moodle's URLs for files that are part of a text."""
_UNDESCRIBED = "\ue000"
"""Placeholder for the missing text of a picture."""
_NO_LINK = re.compile(r"<a>(.*?)</a>", re.DOTALL)
_TABLE_SECTION = re.compile(r'<section class="table-scroll"[^>]*>|</section>')
_WIDTH = re.compile(r'style="width:max\((\d+)%,min\(100%,12rem\)\)"')
_ADDRESS = ' class="address"'
_IMAGE = re.compile(r'<img src="([^"]*)"(?: alt="([^"]*)")?[^>]*>')


WORDS = "texts in the place of questions"
"""The kind under which texts that ask nothing are counted."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Something that a bank cannot express for the ``question`` with this id: ``what`` it is, its
    ``words``, and what replaces it or why nothing does."""

    question: str
    what: str
    reason: str
    words: str = ""


@dataclass(slots=True)
class Tally:
    """Counts by kind ``inside`` the course and in the file as ``written``; ``listed`` is in the
    order of the bank."""

    inside: Counter[str] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)
    listed: list[Listed] = field(default_factory=list)

    def leave(self, question: str, what: str, reason: str, words: str = "") -> None:
        """List something that the bank cannot express."""
        self.listed.append(Listed(question, what, reason, " ".join(words.split())))


@dataclass(frozen=True, slots=True)
class HtmlText:
    """A text as HTML, and the paths of the pictures in it."""

    html: str
    pictures: tuple[str, ...] = ()

    @property
    def plain(self) -> str | None:
        """The text without markup; ``None`` if it has any."""
        words = self.html.replace("&quot;", '"')
        return None if re.search(r"[<>&]", words) else words

    @property
    def words(self) -> str:
        """Its words, without markup."""
        return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", self.html)).split())

    def without_pictures(self) -> HtmlText:
        """The same text with the alternative texts of pictures in their place."""
        return HtmlText(_IMAGE.sub(lambda found: f"[{found[2]}]" if found[2] else "", self.html))


def concatenate(texts: Iterable[HtmlText]) -> HtmlText:
    """Concatenate texts."""
    listed = tuple(texts)
    pictures = dict.fromkeys(path for one in listed for path in one.pictures)
    return HtmlText("".join(one.html for one in listed), tuple(pictures))


def plain(words: str) -> HtmlText:
    """A text without markup."""
    return HtmlText(html.escape(words, quote=False))


def paragraph(text: HtmlText) -> HtmlText:
    """A text as a paragraph."""
    return HtmlText(f"<p>{text.html}</p>", text.pictures)


def html_list(lines: Iterable[HtmlText]) -> HtmlText:
    """Texts as a list."""
    whole = concatenate(HtmlText(f"<li>{one.html}</li>", one.pictures) for one in lines)
    return HtmlText(f"<ul>{whole.html}</ul>", whole.pictures)


@dataclass(frozen=True)
class BankText:
    """Converts the texts of a question, by its id, on a page at ``path``.

    Lists what a bank cannot show in the ``tally``. ``files`` are the names of pictures by path.
    """

    course: Course
    templates: Templates
    tally: Tally
    files: Mapping[str, str]
    question: str = ""
    path: str = "pages/page.md"

    def of(self, question: str, path: str) -> BankText:
        """The same for another question."""
        return replace(self, question=question, path=path)

    def leave(self, what: str, reason: str, words: str = "") -> None:
        """List something that the bank cannot express for this question."""
        self.tally.leave(self.question, what, reason, words)

    def text(self, prose: Prose) -> HtmlText:
        """Convert a text of the question."""
        pictures: list[str] = []
        written = markdown.html(prose, self._resolver(pictures))
        written = _TABLE_SECTION.sub("", written.replace(f' alt="{_UNDESCRIBED}"', ""))
        # Line breaks between blocks have no meaning.
        written = re.sub(r">\n+(?=<|$)", ">", written)
        written = _WIDTH.sub(r'style="width:\1%"', written).replace(_ADDRESS, "")
        return HtmlText(_NO_LINK.sub(r"\1", written).strip(), tuple(dict.fromkeys(pictures)))

    def blocks(self, blocks: Iterable[Prose | Directive]) -> Iterator[HtmlText]:
        """Convert the material above the question; a block becomes its title and its texts."""
        for block in blocks:
            if isinstance(block, Prose):
                yield self.text(block)
                continue
            if block.name in ("video", "audio"):
                self.leave(block.name, "a bank has no recordings: the file has its text")
            if block.argument:
                yield HtmlText(f"<p><strong>{html.escape(block.argument)}</strong></p>")
            yield from self.blocks(block.blocks)

    def _resolver(self, pictures: list[str]) -> Resolver:
        def image(target: str) -> Mapping[str, str]:
            path = targets.read(target, self.path).name
            pictures.append(path)
            return {"src": f"{FILE_PREFIX}{quote(self.files[path])}"}

        def say(key: str, **words: object) -> str:
            return _UNDESCRIBED if key == "page.undescribed" else self.templates.text(key, **words)

        values = self.templates.values
        return Resolver(
            link=self._link, image=image, variable=self._value, values=values, say=say, marked=False
        )

    def _link(self, target: str) -> Mapping[str, str]:
        place = targets.read(target, self.path)
        if place.kind is not targets.Kind.ADDRESS:
            self.leave(
                "link", "a bank cannot link to a place in the course: the file has its text", target
            )
            return {}
        reference = self.course.references.get(place.name)
        return {"href": (reference and reference.current) or place.name}

    def _value(self, name: str, linked: bool) -> str:
        self.leave("local value", "the file has today's value", name)
        return html.escape(self.templates.values[name])


def file_names(course: Course) -> dict[str, str]:
    """A unique name without folders for each file of the course."""
    names: dict[str, str] = {}
    for path in sorted(course.media):
        name, number = PurePosixPath(path).name.replace(" ", "-"), 1
        stem, ending = PurePosixPath(name).stem, PurePosixPath(name).suffix
        while name in names.values():
            number += 1
            name = f"{stem}-{number}{ending}"
        names[path] = name
    return names
