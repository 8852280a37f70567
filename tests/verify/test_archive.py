"""What LMSs ask of a zip and of the names in it, and that no file can hurt the builder."""

import io
import os
import random
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from tests.verify.packages import SOUND, faults, messages, pack, with_files


def test_a_sound_package_passes(tmp_path: Path) -> None:
    assert messages(pack(tmp_path / "a.zip", SOUND)) == []


def test_folders_in_the_zip_are_no_files(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", with_files({"media/a.png": b"x"}))
    with zipfile.ZipFile(path, "a") as archive:
        archive.mkdir("media")
    assert messages(path) == []


@pytest.mark.parametrize("name", ["missing.zip", "folder.zip", "empty.zip", "text.zip"])
def test_what_is_no_zip(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.zip").mkdir()
    (tmp_path / "empty.zip").touch()
    (tmp_path / "text.zip").write_text("PK is how a zip starts\n" * 100)
    assert faults(tmp_path / name) == [(name, "package-zip")]


def test_a_truncated_zip(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", SOUND)
    path.write_bytes(path.read_bytes()[:-60])
    assert faults(path) == [("a.zip", "package-zip")]


def test_an_empty_zip(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {})
    assert [place for place, code in faults(path)] == sorted(
        ["a.zip", *(name for name in SOUND if name.endswith(".xsd"))]
    )


def test_a_member_that_was_damaged(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", with_files({"media/a.png": bytes(5000)}))
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("media/a.png").header_offset + 30 + len("media/a.png")
    data = bytearray(path.read_bytes())
    data[start + 2] ^= 0xFF
    path.write_bytes(data)
    assert faults(path) == [("media/a.png", "package-zip")]


def test_a_damaged_manifest(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", SOUND)
    data = bytearray(path.read_bytes())
    data[30 + len("imsmanifest.xml") + 40] ^= 0xFF
    path.write_bytes(data)
    assert faults(path) == [("imsmanifest.xml", "package-zip")]


def test_the_manifest_in_a_folder(tmp_path: Path) -> None:
    files = {f"course/{name}": content for name, content in SOUND.items()}
    found = messages(pack(tmp_path / "a.zip", files))
    assert found[0] == (
        "a.zip: The package is not a zip that every LMS accepts: there is no imsmanifest.xml at "
        "its root; it is in the folder “course”."
    )


def test_the_manifest_is_not_first(tmp_path: Path) -> None:
    files = dict(reversed(SOUND.items()))
    assert faults(pack(tmp_path / "a.zip", files)) == [("a.zip", "package-zip")]


def test_something_before_the_first_file(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", SOUND)
    path.write_bytes(b"#!/bin/sh\n" + path.read_bytes())
    assert messages(path) == [
        "a.zip: The package is not a zip that every LMS accepts: there is data before its first "
        "file."
    ]


def rewrite(path: Path, offset: int, form: str, value: int) -> None:
    """Change a field in the directory's entry of index.html."""
    data = bytearray(path.read_bytes())
    start = data.rindex(b"index.html") - 46
    assert data[start : start + 4] == b"PK\x01\x02"
    struct.pack_into(form, data, start + offset, value)
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("offset", "form", "value", "words"),
    [
        (8, "<H", 0x0001, "“index.html” is encrypted"),
        (38, "<I", (stat.S_IFLNK | 0o777) << 16, "“index.html” is a link"),
        (38, "<I", (stat.S_IFIFO | 0o777) << 16, "“index.html” is a special file"),
        (10, "<H", 12, "“index.html” uses a compression method other than stored or deflated"),
        (6, "<H", 45, "it uses ZIP64, which PKZIP 2.04g does not support"),
    ],
)
def test_a_field_of_the_zip(tmp_path: Path, offset: int, form: str, value: int, words: str) -> None:
    path = pack(tmp_path / "a.zip", SOUND)
    rewrite(path, offset, form, value)
    expected = f"a.zip: The package is not a zip that every LMS accepts: {words}."
    assert expected in messages(path)
    assert {code for _, code in faults(path)} == {"package-zip"}


def test_a_zip64_directory(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", SOUND)
    data = path.read_bytes()
    end = data.rindex(b"PK\x05\x06")
    record = struct.pack("<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, *[len(SOUND)] * 2, 0, 0)
    (size, start) = struct.unpack_from("<2I", data, end + 12)
    record = record[:40] + struct.pack("<2Q", size, start)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, end, 1)
    path.write_bytes(data[:end] + record + locator + data[end:])
    assert messages(path) == [
        "a.zip: The package is not a zip that every LMS accepts: it uses ZIP64, which PKZIP 2.04g "
        "does not support."
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("/index2.html", "it is an absolute path"),
        ("c:/a.html", "it is an absolute path"),
        ("../a.html", "it points outside the package"),
        ("pages/../../a.html", "it points outside the package"),
        ("pages/..", "it points outside the package"),
        ("pages\\a.html", "it contains a backslash"),
        ("seite-ä.html", "it contains characters other than ASCII"),
        ("Page.html", "it contains capital letters"),
        ("a page.html", "it contains characters other than a-z 0-9 . _ -"),
        ("a'b.html", "it contains characters other than a-z 0-9 . _ -"),
        ("pages//a.html", "part of the path is empty"),
        ("./a.html", "part of the path is empty"),
        (".htaccess", "LMSs drop or refuse hidden files"),
        ("media/.ds_store", "LMSs drop or refuse hidden files"),
        ("media/aux.png", "Windows does not allow this name"),
        ("media/a.", "Windows does not allow this name"),
        ("a.php", "it could run as a program on the server"),
        ("a.php5", "it could run as a program on the server"),
        ("cgi/a.pl", "it could run as a program on the server"),
        ("a.aspx", "it could run as a program on the server"),
        ("media/more.zip", "LMSs do not unpack a zip inside a package"),
        ("a.dat", "LMSs refuse files with this ending"),
        (
            "player.mjs",
            "Moodle serves files with this ending so that browsers do not run them; use .js",
        ),
        (f"media/{'a' * 145}", "the path is longer than 150 characters"),
    ],
)
def test_a_name(tmp_path: Path, name: str, words: str) -> None:
    # Listed in the manifest too, so that only the name is at fault.
    path = pack(tmp_path / "a.zip", with_files({name: b"x"}))
    assert messages(path) == [f"{name}: An LMS would refuse or rename “{name}”: {words}."]


@pytest.mark.parametrize("name", ["a.html.txt", "php", "media/aux2.png", "a" * 150, "-_.0"])
def test_a_name_that_every_lms_takes(tmp_path: Path, name: str) -> None:
    assert messages(pack(tmp_path / "a.zip", with_files({name: b"x"}))) == []


def test_control_characters_are_not_printed(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", with_files({"a\x1b[31m.html": b""}))
    assert "\x1b" not in "".join(messages(path))
    assert ("a\\x1b[31m.html", "package-name") in faults(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["media/a.png", "media/A.png"])
def test_a_name_that_is_there_twice(tmp_path: Path, second: str) -> None:
    path = pack(tmp_path / "a.zip", with_files({"media/a.png": b"x", second: b"x"}))
    with zipfile.ZipFile(path, "a") as archive:
        if archive.namelist().count(second) == 1 and second == "media/a.png":
            archive.writestr(second, b"x")
    assert messages(path) == [
        f"{second}: An LMS would refuse or rename “{second}”: it is in the zip twice, also as "
        "“media/a.png”."
    ]


@pytest.mark.whole
def test_a_bomb_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in with_files({"media/a.png": bytes(100 << 20)}).items():
            archive.writestr(name, content)
    assert messages(path) == [
        "a.zip: The package is not a zip that every LMS accepts: “media/a.png” unpacks to more "
        "than 250 times its size."
    ]


@pytest.mark.whole
def test_a_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    """It says 16 bytes and packs 100 MB: no more than the 16 are unpacked."""
    path = pack(tmp_path / "a.zip", with_files({"index.html": bytes(100 << 20)}))
    rewrite(path, 24, "<I", 16)
    assert faults(path) == [("index.html", "package-zip")]


def test_overlapping_members_that_add_up(tmp_path: Path) -> None:
    """Many members that are not tight, but say they unpack to more than 2 GiB together."""
    path = tmp_path / "a.zip"
    pack(path, with_files({"media/a.png": os.urandom(1000)}))
    rewrite(path, 24, "<I", (2 << 30) + 1)
    rewrite(path, 20, "<I", 1 << 30)
    [found] = messages(path)
    assert found.endswith(" bytes, more than 2 GiB.")


@pytest.mark.whole
def test_too_many_members(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {f"{number}": b"" for number in range(20_001)})
    assert messages(path) == [
        "a.zip: The package is not a zip that every LMS accepts: it contains 20001 files, more "
        "than 20000."
    ]


def test_a_text_that_is_too_large_to_read(tmp_path: Path) -> None:
    large = random.Random(1).randbytes(33 << 20)
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in with_files({"a.js": large}).items():
            archive.writestr(name, content)
    assert faults(path) == [("a.js", "package-zip")]


@pytest.mark.whole
def test_no_damage_raises(tmp_path: Path) -> None:
    """A thousand ways to damage a package, and never an exception."""
    chance = random.Random(20260101)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in SOUND.items():
            archive.writestr(name, content)
    whole = buffer.getvalue()
    directory = whole.index(b"PK\x01\x02")
    path = tmp_path / "a.zip"
    seen = 0
    for _ in range(1000):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            # Mostly in the directory, where every byte means something.
            start = directory if chance.random() < 0.7 else 0
            data[chance.randrange(start, len(data))] = chance.randrange(256)
        if chance.random() < 0.1:
            del data[chance.randrange(len(data)) :]
        path.write_bytes(data)
        seen += bool(messages(path))
    assert seen > 500
