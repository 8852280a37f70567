"""Renders Jinja templates, with interface texts in the language of the course.

Compiled templates are cached on disk, where Python caches its own compiled modules. The cached
files are as trustworthy as those modules. A file that is damaged, or was made from another text or
by another compiler, is ignored. Nothing is written if the folder is not writable.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from base64 import b64encode
from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, Template, compiler
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

import builder
from builder.base import resources
from builder.course import interface, markdown
from builder.course.model import Course

_DIGEST = 32
"""Number of bytes of a SHA-256 digest."""


class Compiled(BytecodeCache):
    """Caches the compiled code of the templates in a folder, in memory and on disk. ``options`` are
    the Jinja options on which the code depends."""

    def __init__(self, templates: Path, options: str) -> None:
        self._templates = templates
        self._options = options
        self._codes: dict[str, CodeType] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The key of a template in the cache: its name within the folder."""
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load the code of a template into ``bucket`` if it has been compiled before."""
        known = self._codes.get(bucket.key + bucket.checksum)
        bucket.code = known or self._read(bucket)
        if bucket.code:
            self._codes[bucket.key + bucket.checksum] = bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store the code of a compiled template."""
        if bucket.code:
            self._codes[bucket.key + bucket.checksum] = bucket.code
        # A folder that is full or not writable is no reason to fail.
        with suppress(OSError, NotImplementedError):
            self._write(bucket)

    def _read(self, bucket: Bucket) -> CodeType | None:
        try:
            content = self._file(bucket).read_bytes()
        except (OSError, NotImplementedError):
            return None
        digest, code = content[:_DIGEST], content[_DIGEST:]
        return marshal.loads(code) if digest == self._digest(bucket, code) else None

    def _write(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode:
            return
        file, code = self._file(bucket), marshal.dumps(bucket.code)
        file.parent.mkdir(parents=True, exist_ok=True)
        # Another process may read or write the file at the same time.
        new = file.with_name(f"{file.name}.{os.getpid()}")
        try:
            new.write_bytes(self._digest(bucket, code) + code)
            new.replace(file)
        finally:
            new.unlink(missing_ok=True)

    def _file(self, bucket: Bucket) -> Path:
        return Path(cache_from_source(str(self._templates / bucket.key)))

    def _digest(self, bucket: Bucket, code: bytes) -> bytes:
        """The digest of the code and of everything on which it depends."""
        by = Path(compiler.__file__).stat()
        made = f"{bucket.checksum} {self._options} {by.st_size} {by.st_mtime_ns}".encode()
        return hashlib.sha256(made + MAGIC_NUMBER + code).digest()


Json = dict[str, Any]


def policy(*scripts: str) -> Markup:
    """The content security policy of a page, which allows only files of its package and these
    inline ``scripts``.

    ``data:`` is needed for pictures and fonts in styles, and for captions in a package opened from
    disk.
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
"""The cache of compiled templates, shared by all courses in this process."""


_PLAYER = "player."


class Templates:
    """Renders templates by name for one course.

    ``languages`` are the tags of the package's languages if it has several. ``texts`` are all
    interface texts by key, ``values`` the displayed values of variables by name.
    ``helps`` says whether the course has a view of help and contacts.
    """

    def __init__(self, course: Course, languages: Sequence[str] = ()) -> None:
        self.texts = course.texts
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
        self._language = course.language
        self._direction = interface.spoken(course.language).direction
        self._title = course.title
        self._untranslated = course.untranslated
        self._source = _language_attributes(course.source_language)
        self._environment.globals.update(
            course=course,
            helps=self.helps,
            direction=self._direction,
            way=self.way,
            marked=self.marked,
            inline=self.inline,
            isolated=self.isolated,
            breakable=_breakable,
            languages=languages,
            own_name=interface.own_name,
            builder=builder.__version__,
            policy=policy(),
            t=self.text,
        )

    def text(self, key: str, **words: object) -> str:
        """The interface text ``key``, with its placeholders filled in by ``words``."""
        return self.texts[key].format(**words) if words else self.texts[key]

    def count(self, key: str, n: int) -> str:
        """The form of the interface text ``key`` for the number ``n``, with the number."""
        return self.text(f"{key}_{interface.plural(self._language, n)}", n=n)

    def way(self, text: str) -> Markup:
        """The attributes of an element that contains only ``text``: ``lang`` and ``dir`` if it is
        not translated, or ``dir`` if it is written in the opposite direction to the course.

        See ``builder/course/markdown/typography.py``.
        """
        if text in self._untranslated:
            return self.marked(text)
        turned = markdown.opposite_direction(text, self._direction)
        return Markup(f' dir="{turned}"' if turned else "")

    def source_attributes(self, text: str) -> Mapping[str, str | None]:
        """The ``lang`` and ``dir`` of a plain text that is not translated; ``None`` for both if it
        is, or if the course is no translation."""
        return self._source if text in self._untranslated else _language_attributes("")

    def marked(self, text: str) -> Markup:
        """The attributes of ``source_attributes`` as HTML, for an element whose text the template
        isolates from the text around it; empty for text in the language of the course."""
        found = self.source_attributes(text).items()
        return Markup("").join(
            Markup(' {}="{}"').format(name, value) for name, value in found if value
        )

    def inline(self, text: str, written: str = "") -> str:
        """The text within other text, in an element of its own if it is not translated.

        ``written`` is the text as the author wrote it, if it is shown with another case.
        """
        marks = self.marked(written or text)
        return Markup("<span{}>{}</span>").format(marks, text) if marks else self.isolated(text)

    def isolated(self, text: str) -> str:
        """The text, isolated from the writing direction of the text in which it is put."""
        return markdown.isolate(text, self._direction)

    def player_texts(self, part: str = "") -> dict[str, str]:
        """The interface texts of the player by key: those that it always needs, or only those of a
        part.

        ``part`` is the name of a part without its kind, such as ``search`` for ``shell-search``.
        """
        return self._player_texts.get(part, {})

    def size(self, count: int) -> str:
        """The size of a file of ``count`` bytes in words, rounded."""
        kilobytes = max(1, round(count / 1000))
        if kilobytes < 1000:
            return self.text("page.size-kb", n=kilobytes)
        number = f"{kilobytes / 1000:.1f}" if kilobytes < 10_000 else f"{kilobytes / 1000:.0f}"
        return self.text("page.size-mb", n=number.replace(".", self.text("page.decimal-mark")))

    def duration(self, seconds: int) -> str:
        """A duration in words, in minutes and seconds."""
        minutes, rest = divmod(seconds, 60)
        parts = (("player.minutes", minutes), ("page.seconds", rest))
        return " ".join(self.count(key, n) for key, n in parts if n)

    def render(self, template: str, **words: object) -> Markup:
        """Render a template with the values ``words`` to HTML; texts among them are escaped,
        ``Markup`` is not."""
        found = self._found.get(template)
        if found is None:
            found = self._found[template] = self._environment.get_template(template)
            # Jinja would chain two mappings and iterate over both for each page.
            found.globals = self._environment.globals
        return Markup(found.render(words).strip())


def _breakable(text: str) -> Markup:
    """The text as HTML in which a line may end after a slash between two words."""
    return Markup(markdown.breakable(escape(text)))


def _language_attributes(tag: str) -> Mapping[str, str | None]:
    """The attributes of an element with text in the language ``tag``; none if it is empty."""
    direction = interface.spoken(tag).direction if tag else None
    return {"lang": tag or None, "dir": direction}


def _by_part(texts: Mapping[str, str]) -> Mapping[str, dict[str, str]]:
    """The interface texts of the player by the part that needs them, then by key."""
    found: dict[str, dict[str, str]] = {}
    for key, text in texts.items():
        if key.startswith(_PLAYER):
            part, _, name = key.removeprefix(_PLAYER).rpartition(".")
            found.setdefault(part, {})[name] = text
    return found
