"""Word files that are wrong in ways that stay XML, drawn from a seed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from copy import deepcopy
from random import Random

from lxml import etree

from tests.importing.word.files import zipped

_VALUES = (
    *("", "0", "-1", "1", "999999999", "99999999999999999999", "nonsense", "\u202e", "true", "NaN"),
    *("../../../etc/passwd", "http://localhost:1/", "#", "%", "%1%2%3", "\\", "ffffff", "continue"),
)


def spoiled(content: bytes, random: Random) -> bytes:
    """A file with one of its parts changed in one to eight places."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members: dict[str, str | bytes] = {one: archive.read(one) for one in archive.namelist()}
    named = [name for name in members if name.endswith((".xml", ".rels"))]
    name = random.choice([*named, *[one for one in named if "document" in one] * 4])
    root = etree.fromstring(bytes(members[name]))  # type: ignore[arg-type]
    for _ in range(random.choice((1, 2, 8))):
        random.choice(_WAYS)(root, random)
    members[name] = etree.tostring(root)
    if random.random() < 0.1:
        del members[random.choice(list(members))]
    return zipped(members, zipfile.ZIP_STORED)


def _some(root: etree._Element, random: Random) -> etree._Element:
    return random.choice(list(root.iter(etree.Element)))


def _delete(root: etree._Element, random: Random) -> None:
    one = _some(root, random)
    above = one.getparent()
    if above is not None:
        above.remove(one)


def _double(root: etree._Element, random: Random) -> None:
    one = _some(root, random)
    above = one.getparent()
    if above is not None:
        above.extend([deepcopy(one) for _ in range(random.choice((1, 20)))])


def _move(root: etree._Element, random: Random) -> None:
    one, other = _some(root, random), _some(root, random)
    if one is not root and one not in other.iterancestors() and one is not other:
        other.insert(random.randint(0, len(other)), one)


def _wrap(root: etree._Element, random: Random) -> None:
    """An element within itself, as deep as it goes."""
    one = _some(root, random)
    above = one.getparent()
    if above is not None:
        inner = deepcopy(one)
        one.append(inner)
        inner.append(deepcopy(one[0]))


def _value(root: etree._Element, random: Random) -> None:
    with_values = [one for one in root.iter(etree.Element) if one.attrib]
    if with_values:
        one = random.choice(with_values)
        one.set(random.choice(list(one.attrib)), random.choice(_VALUES).replace("\0", ""))


def _name(root: etree._Element, random: Random) -> None:
    one, other = _some(root, random), _some(root, random)
    if one is not root:
        one.tag = other.tag


_WAYS: tuple[Callable[[etree._Element, Random], None], ...] = (
    *(_delete, _double, _move, _wrap, _value, _value, _name),
)
