"""Files that a course could be made of: a bank of each format, a sheet and a document, to spoil."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path
from random import Random

from tests.hostile.values import mutated_bytes, mutated_text

_BANKS = Path(__file__).parent.parent / "golden" / "banks"
_TEXTS = ("aiken/bank.txt", "gift/bank.gift", "sheet/bank.csv", "moodle-xml/bank.xml")
_FOLDERS = ("qti-2", "qti-canvas", "qti-blackboard")
FORMATS = ("aiken", "gift", "moodle-xml", "csv", "xlsx", "qti", "twee", "word", "gif", "\x1b[2J")


@cache
def good() -> tuple[tuple[str, bytes], ...]:
    """The names and contents of files that ``import`` reads; zips are whole."""
    texts = [(path.name, path.read_bytes()) for path in map(_BANKS.joinpath, _TEXTS)]
    packages = [(f"{name}.zip", _packed(_BANKS / name / "bank")) for name in _FOLDERS]
    return (*texts, *packages)


def _packed(folder: Path) -> bytes:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return rezipped([(path.relative_to(folder).as_posix(), path.read_bytes()) for path in files])


def rezipped(members: list[tuple[str, bytes]]) -> bytes:
    """A zip of these members, whatever their names."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


def spoiled(random: Random, content: bytes) -> bytes:
    """A file with pieces put in, taken out, doubled or exchanged, a zip in one of its members."""
    if not content.startswith(b"PK"):
        return _spoil(random, content)
    if random.random() < 0.2:
        return mutated_bytes(random, content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    texts = [name for name in members if name.endswith((".xml", ".rels", ".html", ".js"))]
    name = random.choice(texts or [*members])
    members[name] = _spoil(random, members[name])
    if random.random() < 0.2:
        del members[random.choice([*members])]
    return rezipped([*members.items()])


def _spoil(random: Random, content: bytes) -> bytes:
    if random.random() < 0.4:
        return mutated_bytes(random, content)
    text = mutated_text(random, content.decode("utf-8", "replace"))
    encoding = random.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-32", "latin-1"))
    return text.encode(encoding, "replace")
