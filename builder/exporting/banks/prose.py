"""Converts the texts of questions to HTML as Moodle's editor would write it, and collects what a
question bank cannot express."""

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
"""Placeholder for the missing alternative text of a picture."""
_NO_LINK = re.compile(r"<a>(.*?)</a>", re.DOTALL)
_TABLE_SECTION = re.compile(r'<section class="table-scroll"[^>]*>|</section>')
_WIDTH = re.compile(r'style="width:max\((\d+)%,min\(100%,12rem\)\)"')
_ADDRESS = ' class="address"'
_IMAGE = re.compile(r'<img src="([^"]*)"(?: alt="([^"]*)")?[^>]*>')


WORDS = "texts in the place of questions"
"""The kind under which questions are counted that a bank contains only as text."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Something that a bank cannot express, for the report of the export.

    ``question`` is the id of the question, ``what`` names the omitted thing, ``words`` quotes it,
    and ``reason`` says what replaces it, or why nothing does.
    """

    question: str
    what: str
    reason: str
    words: str = ""


@dataclass(slots=True)
class Tally:
    """Counts the texts and questions of an export by kind, such as ``choice`` or ``feedback``:
    ``inside`` the course, and ``written`` to the bank.

    ``listed`` is what the bank cannot express, in the order of the bank.
    """

    inside: Counter[str] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)
    listed: list[Listed] = field(default_factory=list)

    def leave(self, question: str, what: str, reason: str, words: str = "") -> None:
        """Add something that the bank cannot express to ``listed``; the parameters are those of
        ``Listed``."""
        self.listed.append(Listed(question, what, reason, " ".join(words.split())))


@dataclass(frozen=True, slots=True)
class HtmlText:
    """A text as HTML, with the paths of the pictures in it."""

    html: str
    pictures: tuple[str, ...] = ()

    @property
    def plain(self) -> str | None:
        """The text as plain text; ``None`` if it has markup."""
        words = self.html.replace("&quot;", '"')
        return None if re.search(r"[<>&]", words) else words

    @property
    def words(self) -> str:
        """The words of the text, without its markup."""
        return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", self.html)).split())

    def without_pictures(self) -> HtmlText:
        """Return the text with each picture replaced by its alternative text in brackets."""
        return HtmlText(_IMAGE.sub(lambda found: f"[{found[2]}]" if found[2] else "", self.html))


def concatenate(texts: Iterable[HtmlText]) -> HtmlText:
    """Join HTML texts into one, with the pictures of all of them."""
    listed = tuple(texts)
    pictures = dict.fromkeys(path for one in listed for path in one.pictures)
    return HtmlText("".join(one.html for one in listed), tuple(pictures))


def plain(words: str) -> HtmlText:
    """Return plain text as an HTML text, escaped."""
    return HtmlText(html.escape(words, quote=False))


def paragraph(text: HtmlText) -> HtmlText:
    """Return an HTML text as a paragraph."""
    return HtmlText(f"<p>{text.html}</p>", text.pictures)


def html_list(lines: Iterable[HtmlText]) -> HtmlText:
    """Return HTML texts as the items of a bulleted list."""
    whole = concatenate(HtmlText(f"<li>{one.html}</li>", one.pictures) for one in lines)
    return HtmlText(f"<ul>{whole.html}</ul>", whole.pictures)


@dataclass(frozen=True)
class BankText:
    """Converts the texts of one question to HTML, and lists in ``tally`` what a bank cannot show.

    ``question`` is the question's id, ``path`` the path of the page that asks it, to which links
    are relative. ``files`` are the names of pictures in the bank by their paths in the course.
    """

    course: Course
    templates: Templates
    tally: Tally
    files: Mapping[str, str]
    question: str = ""
    path: str = "pages/page.md"

    def of(self, question: str, path: str) -> BankText:
        """Return a converter for the texts of another question, which has the id ``question`` and
        is asked by the page at ``path``."""
        return replace(self, question=question, path=path)

    def leave(self, what: str, reason: str, words: str = "") -> None:
        """List something about this question that the bank cannot express: ``what`` it is, the
        ``reason``, and the ``words`` of its text."""
        self.tally.leave(self.question, what, reason, words)

    def text(self, prose: Prose) -> HtmlText:
        """Convert a Markdown text of the question to HTML."""
        pictures: list[str] = []
        written = markdown.html(prose, self._resolver(pictures))
        written = _TABLE_SECTION.sub("", written.replace(f' alt="{_UNDESCRIBED}"', ""))
        # Line breaks between blocks have no meaning.
        written = re.sub(r">\n+(?=<|$)", ">", written)
        written = _WIDTH.sub(r'style="width:\1%"', written).replace(_ADDRESS, "")
        return HtmlText(_NO_LINK.sub(r"\1", written).strip(), tuple(dict.fromkeys(pictures)))

    def blocks(self, blocks: Iterable[Prose | Directive]) -> Iterator[HtmlText]:
        """Convert the material above the question to HTML; each block becomes its title and its
        texts."""
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
    """Give each file of the course a unique name without folders; returns the names by path."""
    names: dict[str, str] = {}
    for path in sorted(course.media):
        name, number = PurePosixPath(path).name.replace(" ", "-"), 1
        stem, ending = PurePosixPath(name).stem, PurePosixPath(name).suffix
        while name in names.values():
            number += 1
            name = f"{stem}-{number}{ending}"
        names[path] = name
    return names
