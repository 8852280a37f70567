"""Writes a line of a document as Markdown that shows the same words, with links for the web and
email addresses in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal
from urllib.parse import quote

from builder.course import markdown
from builder.course.markdown import escaping
from builder.importing.document.form import (
    Block,
    Break,
    Image,
    Inline,
    Link,
    Mark,
    NoteMark,
    Paragraph,
    Place,
    Text,
    is_example,
    one_line,
)
from builder.importing.writing.context import Context

Kind = Literal["text", "passage", "cell", "field", "option"]
"""Where a line is written: ``text`` is the text of a page, ``passage`` the material of a question,
where notes are not possible, ``cell`` a table cell, ``field`` the value of a YAML key, and
``option`` an option of a question. A link in an option that shows its address becomes text:
trainees choose between such addresses, and some may be false ones."""
_ADDRESS = re.compile(r"(?:https?://[^\s/]|mailto:[^\s]+@|tel:[+\d])", re.IGNORECASE)
_PLAIN = "-._~:/?#@!$&'*+,;=%"
_FILE_NAME = re.compile(
    r"[^\s.]\S*\.(?:avif|bmp|emf|gif|jpe?g|png|svg|tiff?|webp|wmf)"
    r"|(?:dsc|image|img|picture|screenshot|grafik|bild|image)[ _-]?\d+",
    re.IGNORECASE,
)
"""Matches alternative texts that are file names or names given by programs, and do not describe the
image."""
_EMPHASIS: tuple[tuple[Mark, str], ...] = (("emphasis", "*"), ("strong", "**"), ("strike", "~~"))
_REPLACEMENTS: dict[Mark, Mark] = {"underline": "emphasis", "highlight": "strong"}
"""Marks for formatting that pages do not have, with the marks that replace them."""
_STARRED: frozenset[Mark] = frozenset({"emphasis", "strong", "strike"})
_NOT_EMPHASIS: frozenset[Mark] = frozenset({"sub", "super", "code"})
_ALL = _STARRED | _NOT_EMPHASIS
_NONE: frozenset[Mark] = frozenset()


def line(inlines: Sequence[Inline], context: Context, place: Place, kind: Kind = "text") -> str:
    """The Markdown of a line of the document, with several lines if it contains breaks. ``place``
    is its position in the document, for the list of what is not imported. ``kind`` says where in
    the course the line is written (see ``Kind``)."""
    if not inlines:
        return ""
    if len(inlines) == 1 and isinstance(one := inlines[0], Text) and not one.marks:
        # Fast path for most lines of a bank: unformatted text without links.
        words = escaping.clean(one.words)
        if "://" not in words:
            return escaping.begun(escaping.escaped(words).strip())
    inlines = [_without_address(one, kind) for one in inlines]
    runs = list(_runs(inlines))
    if any(isinstance(run, Text) and _has_address(run) for run in runs):
        context.changed["lines with web addresses that are not links, kept as text"] += 1
    notes_before, rest = dict(context.page_notes), len(context.rest)
    for looks in (_ALL, _NOT_EMPHASIS, _NONE):
        # Emphasis marks between letters and punctuation may not work. Then the line is written with
        # fewer marks.
        context.page_notes.clear()
        context.page_notes.update(notes_before)
        del context.rest[rest:]
        written, shown = _Line(context, place, kind, looks).write(runs)
        if not any(isinstance(run, Text | Link) and _has_marks(run) for run in runs):
            break
        if _shows_words(written, shown):
            break
        context.changed["bold or italic where Markdown cannot set it apart"] += 1
    # Markdown also strips no-break spaces at the start of a line.
    lines = [part.strip() for part in written.split("\n")]
    return "\n".join(escaping.begun(part) for part in lines)


def _without_address(inline: Inline, kind: Kind) -> Inline:
    """Text instead of a link that shows its address, in an option or if it is an example."""
    if not isinstance(inline, Link) or not inline.texts:
        return inline
    address = inline.address.strip()
    if kind != "option" and not is_example(address):
        return inline
    words = "".join(text.words for text in inline.texts)
    shown = words.strip().removesuffix("/").lower()
    same = address.removesuffix("/").lower() in (
        shown,
        f"http://{shown}",
        f"https://{shown}",
        f"mailto:{shown}",
    )
    return Text(words, inline.texts[0].marks) if same else inline


def _has_address(text: Text) -> bool:
    return "code" not in text.marks and any(True for _ in markdown.addresses(text.words))


def _has_marks(run: Text | Link) -> bool:
    texts = (run,) if isinstance(run, Text) else run.texts
    return any(text.marks for text in texts)


def field(words: str) -> str:
    """Unformatted text as Markdown for the value of a YAML key."""
    return escaping.begun(escaping.escaped(" ".join(escaping.clean(words).split())))


def _shows_words(written: str, words: str) -> bool:
    shown_words = markdown.plain(markdown.inline(written), {})
    return shown_words.split() == words.split()


def _runs(inlines: Sequence[Inline]) -> Iterator[Inline]:
    """The pieces of a line, with neighbouring texts of the same formatting joined, and without
    formatting that pages do not have."""
    waiting: Text | None = None
    for one in inlines:
        if not isinstance(one, Text):
            if waiting:
                yield waiting
            waiting = None
            yield one
            continue
        text = Text(escaping.clean(one.words), _page_marks(one))
        # A space takes the formatting of the text before it, unless that is code.
        joins = not text.words.strip() and "code" not in (waiting.marks if waiting else ())
        if waiting and (waiting.marks == text.marks or joins):
            waiting = Text(waiting.words + text.words, waiting.marks)
        else:
            if waiting:
                yield waiting
            waiting = text
    if waiting:
        yield waiting


def _page_marks(text: Text) -> frozenset[Mark]:
    marks = {_REPLACEMENTS.get(mark, mark) for mark in text.marks} - {"colour"}
    if "code" in marks:
        return frozenset({"code"})
    return frozenset(marks)


class _Line:
    """Writes one line as Markdown. ``looks`` are the marks to write; all other marks are
    dropped."""

    def __init__(self, context: Context, place: Place, kind: Kind, looks: frozenset[Mark]) -> None:
        self.context, self.place, self.kind, self.looks = context, place, kind, looks
        self.parts: list[str] = []
        self.words: list[str] = []

    def write(self, runs: Sequence[Inline]) -> tuple[str, str]:
        """Convert ``runs``, the pieces of the line, to Markdown. Returns the Markdown, and the
        plain text that it should show."""
        for index, run in enumerate(runs):
            following = runs[index + 1] if index + 1 < len(runs) else None
            if isinstance(run, Text):
                self._text(run, following)
            elif isinstance(run, Link):
                self._link(run)
            elif isinstance(run, NoteMark):
                self._note(run)
            elif isinstance(run, Break):
                self._append("\\\n" if self.kind in ("text", "passage") else " <br> ", " ")
            else:
                self._image(run)
        return "".join(self.parts), "".join(self.words)

    def _append(self, written: str, words: str) -> None:
        if written.startswith("\\\n") and self.parts:
            self.parts[-1] = self.parts[-1].rstrip(" ")
        elif written.startswith("[") and self.parts and self.parts[-1].endswith("!"):
            # “![” would start an image.
            self.parts[-1] = f"{self.parts[-1][:-1]}\\!"
        self.parts.append(written)
        self.words.append(words)

    def _text(self, run: Text, following: Inline | None) -> None:
        self._append(self._with_marks(run, _first_character(following)), run.words)

    def _with_marks(self, run: Text, after: str) -> str:
        words, looks = run.words, run.marks & self.looks
        if "code" in looks and words.strip():
            return self._cell(escaping.code(words))
        if looks & {"sub", "super"} and words.strip():
            sign = "~" if "sub" in looks else "^"
            return re.sub(r"\S+", lambda found: f"{sign}{self._escaped(found[0])}{sign}", words)
        marks = [sign for mark, sign in _EMPHASIS if mark in looks]
        before = next((part[-1] for part in reversed(self.parts) if part), "")
        if not marks:
            return self._escaped(words, before, after)
        start, inner, end = _split_edges(words, before, after)
        if not inner:
            return self._escaped(words)
        around = "".join(marks)
        return (
            f"{self._escaped(start)}{around}{self._escaped(inner)}{_closing_marks(marks)}"
            f"{self._escaped(end)}"
        )

    @staticmethod
    def _escaped(words: str, before: str = "*", after: str = "*") -> str:
        # An asterisk in the text must be escaped if it is next to asterisks for emphasis.
        return escaping.escaped(words, before, after)

    def _cell(self, written: str) -> str:
        return written.replace("|", "\\|") if self.kind == "cell" else written

    def _link(self, link: Link) -> None:
        if _is_autolink(link) and quote(link.address, safe=f"{_PLAIN}()") == link.address:
            self._autolink(link)
            return
        address = self._address(link)
        # Spaces at both ends are moved out of the link, where they are not underlined.
        words = escaping.clean("".join(text.words for text in link.texts))
        if not address:
            for run in _runs(link.texts):
                if isinstance(run, Text):
                    self._append(self._with_marks(run, ""), run.words)
            return
        words = words if words.strip() else escaping.clean(link.address)
        inside = _Line(self.context, self.place, self.kind, self.looks)
        texts = link.texts if any(text.words.strip() for text in link.texts) else (Text(words),)
        written, _ = inside.write([run for run in _runs(texts) if isinstance(run, Text)])
        # An address in a link's text does not become a link, so it needs no escape.
        written = written.replace(":\\//", "://").replace("www\\.", "www.")
        lead = " " if written[:1] == " " else ""
        trail = " " if written[-1:] == " " else ""
        self._append(f"{lead}[{written.strip(' ')}]({address}){trail}", words)

    def _autolink(self, link: Link) -> None:
        text = link.texts[0]
        self.context.addresses.setdefault(link.address)
        marks = [sign for mark, sign in _EMPHASIS if mark in text.marks & self.looks]
        self._append(f"{''.join(marks)}{text.words}{_closing_marks(marks)}", text.words)

    def _address(self, link: Link) -> str:
        """The target of a link as written in Markdown. Empty if a page cannot link to it; the link
        is then listed as not imported."""
        target = link.address.strip()
        words = "".join(text.words for text in link.texts)
        if target.startswith("#"):
            place = self.context.places.get(target[1:], "")
            if not place:
                self.context.add_rest(
                    "link", self.place, words, f"the document has no bookmark “{target[1:]}”"
                )
            return place
        if not _ADDRESS.match(target):
            reason = f"it leads to “{target[:80]}”, which pages cannot link to"
            self.context.add_rest("link", self.place, words, reason)
            return ""
        address = quote(target, safe=_PLAIN, encoding="utf-8", errors="replace")
        if address.lower().startswith("http"):
            self.context.addresses.setdefault(address)
        return self._cell(address)

    def _note(self, mark: NoteMark) -> None:
        if mark.note not in self.context.notes:
            return
        if self.kind in ("field", "option", "passage"):
            # Questions and records have no room for notes, so the note's text goes in brackets.
            words = " ".join(_note_words(self.context.notes[mark.note]))
            self._append(f" ({self._escaped(escaping.clean(words))})", f" ({words})")
            return
        name = self.context.note_name(mark.note)
        self._append(f"[^{name}]", f"[^{name}]")

    def _image(self, image: Image) -> None:
        path, reason_left_out = self.context.pictures.file(image)
        alternative = escaping.clean(image.alternative or "").strip()
        if not path:
            self.context.add_rest("picture", image.place, alternative, reason_left_out)
            return
        if _FILE_NAME.fullmatch(alternative):
            reason = "it is the name of a file, and does not describe the picture"
            self.context.add_rest("alternative text", image.place, alternative, reason)
            alternative = ""
        if alternative:
            description = self._escaped(alternative)
            self._append(f"![{description}]({path})", alternative)
        else:
            title = "undescribed" if image.alternative != "" else "decorative"
            self._append(f'![]({path} "{title}")', "")


def _note_words(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield one_line(block.inlines).strip()


def _first_character(following: Inline | None) -> str:
    """The first character of the Markdown for what follows a text in its line; empty at the end of
    the line."""
    if isinstance(following, Text):
        starred = following.marks & _STARRED and not following.words[:1].isspace()
        return "*" if starred else following.words[:1]
    if following is None or isinstance(following, Break):
        return ""
    return "["


def _split_edges(words: str, before: str, after: str) -> tuple[str, str, str]:
    """Split a text into what goes before, inside and after emphasis marks. ``before`` and ``after``
    are the characters around the text, or empty. Spaces stay outside the marks, and so does
    punctuation next to which the marks would show as asterisks (CommonMark 0.31, 6.2)."""
    inner = words.strip()
    start = words[: len(words) - len(words.lstrip())]
    end = words[len(words.rstrip()) :] if inner else ""
    if not start and before and not (before.isspace() or escaping.is_mark(before)):
        while inner and (escaping.is_mark(inner[0]) or inner[0].isspace()):
            start, inner = start + inner[0], inner[1:]
    if not end and after and not (after.isspace() or escaping.is_mark(after)):
        while inner and (escaping.is_mark(inner[-1]) or inner[-1].isspace()):
            inner, end = inner[:-1], inner[-1] + end
    return start, inner, end


def _closing_marks(marks: Sequence[str]) -> str:
    return "".join(reversed(marks))


def _is_autolink(link: Link) -> bool:
    """Whether the text of a link is its address, so that the text alone becomes this link in
    Markdown."""
    words = "".join(text.words for text in link.texts)
    return link.address == words and list(markdown.addresses(words)) == [(0, len(words))]
