"""Packages for the audit, written as a few lines of text: what is other than in a sound one.

A case begins with the sound package of ``SOUND``. Lines that begin with ``@`` change it:

``@ file PATH [unlisted] [bytes=N]``   the lines below are a file, which the manifest then lists
``@ edit PATH``                        ``-`` lines are taken out, ``+`` lines come in their place
``@ delete PATH``, ``@ rename PATH -> PATH``, ``@ folder NAME`` (round everything)
``@ encoding PATH NAME``               the file's bytes are in this encoding
``@ member PATH encrypted|damaged|twice|bzip2``, ``@ zip64``, ``@ late``
``@ old``                              what follows is the package before, which this one replaces
"""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from tests.support import cases

CONTROL_DOCUMENTS = (
    *("adlcp_rootv1p2.xsd", "ims_xml.xsd", "imscp_rootv1p1p2.xsd", "imsmd_rootv1p2p1.xsd"),
)
MANIFEST = """\
<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" identifier="M" version="1.0">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="O">
    <organization identifier="O">
      <title>Course</title>
      <item identifier="I" identifierref="R" isvisible="true">
        <title>Part</title>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="R" type="webcontent" href="index.html" adlcp:scormtype="sco">
      <file href="index.html"/>
    </resource>
  </resources>
</manifest>
"""
PAGE = """\
<!doctype html>
<title>Course</title>
<h1>Course</h1>
<script>
var api = window.parent.API;
api.LMSInitialize("");
addEventListener("pagehide", function () { api.LMSFinish(""); });
</script>
"""
SOUND = {
    "imsmanifest.xml": MANIFEST.encode(),
    "index.html": PAGE.encode(),
    **dict.fromkeys(CONTROL_DOCUMENTS, b"<xsd/>"),
}
_LISTED = '      <file href="index.html"/>\n'
_METHODS = {"bzip2": zipfile.ZIP_BZIP2}


@dataclass
class Case:
    """Files of a package, and what is special about its zip."""

    files: dict[str, bytes] = field(default_factory=lambda: dict(SOUND))
    special: dict[str, str] = field(default_factory=dict)
    old: Case | None = None
    zip64: bool = False
    late: bool = False

    def zipped(self, path: Path) -> Path:
        """The package as a zip at ``path``."""
        path.write_bytes(self._bytes())
        return path

    def unpacked(self, folder: Path) -> Path:
        """The package as a folder."""
        for name, content in self.files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return folder

    def _bytes(self) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.files.items():
                kind = self.special.get(name, "")
                for _ in range(2 if kind == "twice" else 1):
                    self._write(archive, name, content, kind)
        made = out.getvalue()
        for name, kind in self.special.items():
            made = _spoiled(made, name, kind)
        return b"#!/bin/sh\n" + made if self.late else made

    def _write(self, archive: zipfile.ZipFile, name: str, content: bytes, kind: str) -> None:
        entry = zipfile.ZipInfo(name)
        entry.compress_type = _METHODS.get(kind, zipfile.ZIP_DEFLATED)
        with warnings.catch_warnings():
            # That a name is there twice.
            warnings.simplefilter("ignore")
            if self.zip64:
                with archive.open(entry, "w", force_zip64=True) as member:
                    member.write(content)
            else:
                archive.writestr(entry, content)


def _spoiled(made: bytes, name: str, kind: str) -> bytes:
    found = bytearray(made)
    local = made.index(b"PK\x03\x04")
    while made[local + 30 : local + 30 + len(name)] != name.encode():
        local = made.index(b"PK\x03\x04", local + 4)
    central = made.index(b"PK\x01\x02")
    while made[central + 46 : central + 46 + len(name)] != name.encode():
        central = made.index(b"PK\x01\x02", central + 4)
    if kind == "encrypted":
        for at in (local + 6, central + 8):
            struct.pack_into("<H", found, at, struct.unpack_from("<H", made, at)[0] | 1)
    elif kind == "damaged":
        found[local + 30 + len(name) + 12] ^= 0xFF
    return bytes(found)


def read(text: str) -> Case:
    """The case that a text describes."""
    return _changed(Case(), text)


def _changed(case: Case, text: str) -> Case:
    changes, _, before = text.partition("@ old\n")
    if before or "@ old\n" in text:
        case.old = _changed(Case(), before)
    for part in re.split(r"(?m)^@ ", changes)[1:]:
        head, _, body = part.partition("\n")
        word, _, rest = head.partition(" ")
        _CHANGES[word](case, rest, body)
    return case


def _file(case: Case, rest: str, body: str) -> None:
    options = re.findall(r" (unlisted|bytes=\d+)", rest)
    name = re.sub(r" (?:unlisted|bytes=\d+)", "", rest)
    size = next((int(one[6:]) for one in options if one.startswith("bytes=")), None)
    case.files[name] = body.encode() if size is None else bytes(range(256)) * (size // 256)
    if "unlisted" not in options and name not in SOUND:
        manifest = case.files["imsmanifest.xml"].decode()
        escaped = name.replace("&", "&amp;").replace("\\", "/")
        listed = f'{_LISTED}      <file href="{escaped}"/>\n'
        case.files["imsmanifest.xml"] = manifest.replace(_LISTED, listed).encode()


def _edit(case: Case, name: str, body: str) -> None:
    case.files[name] = cases.edit(case.files[name].decode(), body).encode()


def _delete(case: Case, name: str, body: str) -> None:
    del case.files[name]


def _rename(case: Case, names: str, body: str) -> None:
    old, new = names.split(" -> ")
    case.files = {new if name == old else name: text for name, text in case.files.items()}


def _folder(case: Case, folder: str, body: str) -> None:
    case.files = {f"{folder}/{name}": text for name, text in case.files.items()}


def _encoding(case: Case, rest: str, body: str) -> None:
    name, encoding = rest.rsplit(" ", 1)
    case.files[name] = case.files[name].decode().encode(encoding)


def _member(case: Case, rest: str, body: str) -> None:
    name, kind = rest.rsplit(" ", 1)
    case.special[name] = kind


def _zip64(case: Case, rest: str, body: str) -> None:
    case.zip64 = True


def _late(case: Case, rest: str, body: str) -> None:
    case.late = True


_CHANGES = {
    "file": _file,
    "edit": _edit,
    "delete": _delete,
    "rename": _rename,
    "folder": _folder,
    "encoding": _encoding,
    "member": _member,
    "zip64": _zip64,
    "late": _late,
}
