"""Caches compiled templates on disk, where Python caches its own compiled modules.

The cached files are as trustworthy as those modules. A file that is damaged, or made from another
text or by another compiler, is ignored. Nothing is written if the folder is not writable.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from contextlib import suppress
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from types import CodeType

from jinja2 import BytecodeCache, compiler
from jinja2.bccache import Bucket

_DIGEST = 32
"""Number of bytes of a SHA-256."""


class Compiled(BytecodeCache):
    """The code cache of the templates in a folder; ``options`` are the ones that affect
    compilation."""

    def __init__(self, templates: Path, options: str) -> None:
        self._templates = templates
        self._options = options
        self._codes: dict[str, CodeType] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The cache key of a template: its name within the folder."""
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a template's code if it has been compiled before."""
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
        """The digest of the code and of everything it depends on."""
        by = Path(compiler.__file__).stat()
        made = f"{bucket.checksum} {self._options} {by.st_size} {by.st_mtime_ns}".encode()
        return hashlib.sha256(made + MAGIC_NUMBER + code).digest()
