"""The zip: the same bytes from the same files, every field fixed, nothing half-written."""

import errno
import hashlib
import os
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import package
from builder.artifacts import DIGEST_PLACEHOLDER, Member
from builder.codes import problem
from builder.diagnostics import Diagnostic, Position

ZEROS = DIGEST_PLACEHOLDER.encode()
INDEX = Member("index.html", b"<p>Digest: " + ZEROS + b"</p>")
OUTLINE = Member("course.json", b'{"digest": "' + ZEROS + b'"}')
MEMBERS = [
    Member("pages/b.js", b"text " * 1000),
    INDEX,
    OUTLINE,
    Member("imsmanifest.xml", b"<manifest/>"),
    Member("media/a.png", b"picture " * 1000, stored=True),
]
BROKEN = (problem("package-digest", Position("course.json")),)


def approve(path: Path) -> tuple[Diagnostic, ...]:
    return ()


def test_the_digest_is_over_names_lengths_and_contents() -> None:
    members, digest = package.seal(MEMBERS)
    written = b"".join(
        b"%s\n%d\n%s" % (name.encode(), len(content), content)
        for name, content in sorted((one.name, one.read()) for one in MEMBERS)
    )
    assert digest == hashlib.sha256(written).hexdigest()
    assert [one.name for one in members] == sorted(one.name for one in MEMBERS)
    texts = {one.name: one.read().decode() for one in members}
    assert texts["index.html"] == f"<p>Digest: {digest}</p>"
    assert texts["course.json"] == f'{{"digest": "{digest}"}}'


@given(st.permutations(MEMBERS))
def test_the_order_of_files_does_not_change_the_digest(members: list[Member]) -> None:
    assert package.seal(members) == package.seal(MEMBERS)


@pytest.mark.parametrize(
    "changed",
    [
        Member("pages/c.js", b"text " * 1000),
        Member("pages/b.js", b"text " * 999 + b"next "),
        Member("pages/b.js", b"text " * 999),
    ],
)
def test_another_name_or_content_is_another_digest(changed: Member) -> None:
    assert package.seal([changed, *MEMBERS[1:]])[1] != package.seal(MEMBERS)[1]


def test_a_file_on_disk_counts_like_the_same_bytes(tmp_path: Path) -> None:
    content = os.urandom((1 << 20) + 7)
    (tmp_path / "film").write_bytes(content)
    digests = {
        package.seal([INDEX, OUTLINE, Member("media/film.mp4", one)])[1]
        for one in (content, tmp_path / "film")
    }
    assert len(digests) == 1


def test_a_file_without_room_for_the_digest_is_refused() -> None:
    with pytest.raises(ValueError, match=r"index\.html has no place for the digest"):
        package.seal([Member("index.html", b"<p></p>"), OUTLINE])


def test_two_builds_are_byte_for_byte_the_same(tmp_path: Path) -> None:
    sizes = {
        package.write(members, tmp_path / name)
        for name, members in {"a.zip": MEMBERS, "b.zip": MEMBERS[::-1]}.items()
    }
    first, second = ((tmp_path / name).read_bytes() for name in ("a.zip", "b.zip"))
    assert first == second
    assert sizes == {len(first)}


def test_every_field_of_the_zip_is_fixed(tmp_path: Path) -> None:
    film = tmp_path / "film"
    film.write_bytes(b"film" * 300_000)
    package.write([*MEMBERS, Member("media/film.mp4", film, stored=True)], tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.testzip() is None
        entries = archive.infolist()
        assert archive.read("media/film.mp4") == film.read_bytes()
    assert [(entry.filename, entry.compress_type) for entry in entries] == [
        ("imsmanifest.xml", zipfile.ZIP_DEFLATED),
        ("course.json", zipfile.ZIP_DEFLATED),
        ("index.html", zipfile.ZIP_DEFLATED),
        ("media/a.png", zipfile.ZIP_STORED),
        ("media/film.mp4", zipfile.ZIP_STORED),
        ("pages/b.js", zipfile.ZIP_DEFLATED),
    ]
    assert {
        (
            entry.date_time,
            entry.create_system,
            entry.create_version,
            entry.extract_version,
            entry.flag_bits,
            entry.external_attr,
            entry.internal_attr,
            entry.extra,
            entry.comment,
        )
        for entry in entries
    } == {((1980, 1, 1, 0, 0, 0), 3, 20, 20, 0, 0o100644 << 16, 0, b"", b"")}
    data = (tmp_path / "a.zip").read_bytes()
    for entry in entries:
        header = struct.unpack_from("<4s5H3I2H", data, entry.header_offset)
        assert header == (
            b"PK\x03\x04",
            20,
            0,
            entry.compress_type,
            0,
            (1 << 5) | 1,
            entry.CRC,
            entry.compress_size,
            entry.file_size,
            len(entry.filename),
            0,
        )


def test_a_judged_package_is_put_in_place(tmp_path: Path) -> None:
    final = tmp_path / "new" / "dist" / "course.zip"
    seen: list[tuple[str, list[str]]] = []

    def look(path: Path) -> tuple[Diagnostic, ...]:
        with zipfile.ZipFile(path) as archive:
            seen.append((path.name, archive.namelist()))
        assert not final.exists()
        return ()

    size, found = package.publish(MEMBERS, final, look)
    names = ["imsmanifest.xml", "course.json", "index.html", "media/a.png", "pages/b.js"]
    assert (seen, found) == ([("course.zip", names)], ())
    assert size == final.stat().st_size
    assert [path.name for path in final.parent.iterdir()] == ["course.zip"]
    readable = tmp_path / "readable"
    readable.touch()
    assert final.stat().st_mode == readable.stat().st_mode


def old(folder: Path) -> Path:
    path = folder / "course.zip"
    path.write_bytes(b"the previous package")
    return path


def untouched(path: Path) -> bool:
    alone = [one.name for one in path.parent.iterdir()] == [path.name]
    return alone and path.read_bytes() == b"the previous package"


def test_a_new_package_replaces_the_previous_one(tmp_path: Path) -> None:
    final = old(tmp_path)
    assert package.publish(MEMBERS, final, approve)[1] == ()
    assert zipfile.is_zipfile(final)


def test_a_refused_package_leaves_the_previous_one(tmp_path: Path) -> None:
    final = old(tmp_path)
    assert package.publish(MEMBERS, final, lambda path: BROKEN)[1] == BROKEN
    assert untouched(final)


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "the disk cannot be written to"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_a_disk_that_fails_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    final = old(tmp_path)

    def fail(self: zipfile.ZipFile, *arguments: object, **options: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(zipfile.ZipFile, "open", fail)
    _, [found] = package.publish(MEMBERS, final, approve)
    assert (found.code, found.position) == ("output-unwritable", Position(tmp_path.as_posix()))
    assert found.message == f"The package cannot be written here: {reason}."
    assert untouched(final)


def test_an_interruption_leaves_the_previous_package(tmp_path: Path) -> None:
    final = old(tmp_path)

    def interrupt(path: Path) -> tuple[Diagnostic, ...]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        package.publish(MEMBERS, final, interrupt)
    assert untouched(final)


def test_a_file_where_the_folder_should_be_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "dist").write_text("a file")
    for folder in (tmp_path / "dist", tmp_path / "dist" / "deeper"):
        _, [found] = package.publish(MEMBERS, folder / "course.zip", approve)
        assert (found.code, found.position.path) == ("output-unwritable", folder.as_posix())
    assert (tmp_path / "dist").read_text() == "a file"


def test_a_folder_where_the_package_should_be_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "course.zip" / "mine").mkdir(parents=True)
    _, [found] = package.publish(MEMBERS, tmp_path / "course.zip", approve)
    assert (found.code, found.position.path) == ("output-unwritable", tmp_path.as_posix())
    assert [path.name for path in tmp_path.iterdir()] == ["course.zip"]


def test_a_member_that_is_gone_is_not_blamed_on_the_output(tmp_path: Path) -> None:
    final = old(tmp_path)
    gone = tmp_path / "gone.png"
    with pytest.raises(FileNotFoundError) as caught:
        package.publish([*MEMBERS, Member("media/gone.png", gone)], final, approve)
    assert caught.value.filename == str(gone)
    assert untouched(final)


def test_what_no_zip_can_hold_is_a_problem(tmp_path: Path) -> None:
    film = tmp_path / "film"
    with film.open("wb") as file:
        # A hole: it takes no room on the disk.
        file.truncate(3 << 30)
    final = tmp_path / "dist" / "course.zip"
    _, [found] = package.publish(
        [*MEMBERS, Member("media/film.mp4", film, stored=True)], final, approve
    )
    assert (found.code, found.position) == ("package-zip", Position("course.zip"))
    assert "more than 2 GB" in found.message
    assert list(final.parent.iterdir()) == []
