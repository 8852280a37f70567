"""The zip: the same bytes from the same files, every field fixed, nothing half-written."""

import errno
import hashlib
import os
import struct
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.base import regular_files
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.package import archive as package
from builder.package.artifacts import DIGEST_PLACEHOLDER, Member

PLACE = DIGEST_PLACEHOLDER.encode()
INDEX = Member("index.html", b"<p>Digest: " + PLACE + b"</p>")
OUTLINE = Member("course.json", b'{"digest": "' + PLACE + b'"}')
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


def test_no_other_digits_become_the_digest() -> None:
    """An author may write about digests, too."""
    for digits in ("0" * 64, "f" * 64, hashlib.sha256(b"").hexdigest()):
        index = Member("index.html", INDEX.read() + f"<p>{digits}</p>".encode())
        members, digest = package.seal([index, OUTLINE])
        text = {one.name: one.read().decode() for one in members}["index.html"]
        assert text == f"<p>Digest: {digest}</p><p>{digits}</p>"


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
    assert found.message == f"Nothing can be written here: {reason}."
    assert untouched(final)


KEY = Member("course-key.csv", b"the new key")


def with_key(folder: Path) -> tuple[Path, Path]:
    (folder / KEY.name).write_bytes(b"the previous key")
    return old(folder), folder / KEY.name


def test_a_key_is_put_beside_the_package(tmp_path: Path) -> None:
    final, beside = with_key(tmp_path)
    assert package.publish(MEMBERS, final, approve, KEY)[1] == ()
    assert zipfile.is_zipfile(final)
    assert beside.read_bytes() == b"the new key"
    assert sorted(path.name for path in tmp_path.iterdir()) == [KEY.name, "course.zip"]


def test_a_refused_package_leaves_the_previous_key(tmp_path: Path) -> None:
    final, beside = with_key(tmp_path)
    assert package.publish(MEMBERS, final, lambda path: BROKEN, KEY)[1] == BROKEN
    assert beside.read_bytes() == b"the previous key"
    assert final.read_bytes() == b"the previous package"


@pytest.mark.parametrize("before", [True, False])
def test_key_is_not_replaced_if_package_cannot_be(tmp_path: Path, before: bool) -> None:
    (tmp_path / "course.zip" / "mine").mkdir(parents=True)
    if before:
        (tmp_path / KEY.name).write_bytes(b"the previous key")
    _, [found] = package.publish(MEMBERS, tmp_path / "course.zip", approve, KEY)
    assert found.code == "output-unwritable"
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"course.zip", KEY.name} if before else {"course.zip"}
    assert not before or (tmp_path / KEY.name).read_bytes() == b"the previous key"


def test_a_key_that_cannot_be_replaced_leaves_the_package(tmp_path: Path) -> None:
    final = old(tmp_path)
    (tmp_path / KEY.name / "mine").mkdir(parents=True)
    _, [found] = package.publish(MEMBERS, final, approve, KEY)
    assert found.code == "output-unwritable"
    assert final.read_bytes() == b"the previous package"


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


MAP = "media/map-0123456789.png"


def test_deleted_member_file_is_reported_as_its_own_problem(tmp_path: Path) -> None:
    final = old(tmp_path)
    gone = Member(MAP, tmp_path / "gone.png")
    for step in (
        lambda: package.judge_size([gone], "course.zip"),
        lambda: package.seal([*MEMBERS, gone]),
        lambda: package.publish([*MEMBERS, gone], final, approve),
    ):
        with pytest.raises(package.SourceError) as caught:
            step()
        assert str(caught.value.problem) == (
            f"{MAP}: error file-unreadable This cannot be read: it has been deleted meanwhile."
        )
    assert untouched(final)


def test_disk_error_of_member_is_not_blamed_on_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What reading says has no file name."""
    (tmp_path / "map.png").write_bytes(b"map")

    def fail(self: Path, *arguments: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(regular_files, "open_file", fail)
    with pytest.raises(package.SourceError) as caught:
        package.seal([INDEX, OUTLINE, Member(MAP, tmp_path / "map.png")])
    assert caught.value.problem.message == f"This cannot be read: {os.strerror(errno.EIO)}."


@pytest.mark.parametrize("content", [b"", b"mop", b"map of the site"])
def test_a_member_that_was_changed_is_not_packed(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "out").mkdir()
    final = old(tmp_path / "out")
    image = tmp_path / "map.png"
    image.write_bytes(b"map")
    member = Member(MAP, image, stored=True, sha256=hashlib.sha256(b"map").hexdigest())
    assert package.publish([*MEMBERS, member], tmp_path / "good" / "a.zip", approve)[1] == ()
    image.write_bytes(content)
    with pytest.raises(package.SourceError) as caught:
        package.publish([*MEMBERS, member], final, approve)
    assert (caught.value.problem.code, caught.value.problem.position.path) == ("file-changed", MAP)
    assert untouched(final)


@pytest.mark.parametrize("on_disk", [True, False])
def test_highly_compressible_file_is_stored_uncompressed(tmp_path: Path, on_disk: bool) -> None:
    def written(content: bytes) -> zipfile.ZipInfo:
        (tmp_path / "file").write_bytes(content)
        path = tmp_path / "a.zip"
        path.unlink(missing_ok=True)
        package.write([Member("media/a.csv", tmp_path / "file" if on_disk else content)], path)
        with zipfile.ZipFile(path) as archive:
            assert archive.read("media/a.csv") == content
            return archive.getinfo("media/a.csv")

    repeated = written(b"2026-01-31;yes;no\n" * 140_000)
    assert repeated.compress_type == zipfile.ZIP_STORED
    ordinary = "".join(f"{number};yes\n" for number in range(200_000)).encode()
    assert written(ordinary).compress_type == zipfile.ZIP_DEFLATED
    assert written(b"a" * (1 << 19)).compress_type == zipfile.ZIP_DEFLATED


def test_leftovers_of_killed_build_are_deleted_after_a_day(tmp_path: Path) -> None:
    yesterday = time.time() - 25 * 60 * 60
    for name in (
        ".scorm-builder-killed.tmp",
        ".scorm-builder-running.tmp",
        ".scorm-builder-now.tmp",
        ".other-program.tmp",
        "scorm-builder-mine.tmp",
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.zip").touch()
        if "now" not in name:
            if "running" not in name:
                os.utime(tmp_path / name / "a.zip", (yesterday, yesterday))
            os.utime(tmp_path / name, (yesterday, yesterday))
    (tmp_path / ".scorm-builder-file.tmp").touch()
    (tmp_path / ".scorm-builder-link.tmp").symlink_to(tmp_path / ".other-program.tmp")
    assert package.publish(MEMBERS, tmp_path / "course.zip", approve)[1] == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".other-program.tmp",
        ".scorm-builder-file.tmp",
        ".scorm-builder-link.tmp",
        ".scorm-builder-now.tmp",
        ".scorm-builder-running.tmp",
        "course.zip",
        "scorm-builder-mine.tmp",
    ]
    assert (tmp_path / ".other-program.tmp" / "a.zip").exists()


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.EACCES, "there is no such folder, and you may not make it"),
        (errno.ENOENT, "there is no such folder, and it cannot be made"),
        (errno.EROFS, "the disk cannot be written to"),
    ],
)
def test_a_folder_that_cannot_be_made_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    def fail(self: Path, *arguments: object, **options: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", fail)
    _, [found] = package.publish(MEMBERS, tmp_path / "new" / "course.zip", approve)
    assert found.position == Position((tmp_path / "new").as_posix())
    assert found.message == f"Nothing can be written here: {reason}."


def sparse(path: Path, size: int) -> Path:
    """A file of ``size`` bytes that takes no room on the disk."""
    with path.open("wb") as file:
        file.truncate(size)
    return path


def test_a_package_that_is_too_large_names_the_largest_files(tmp_path: Path) -> None:
    films = [
        Member(f"media/film-{size}.mp4", sparse(tmp_path / f"{size}", size << 20))
        for size in (900, 300, 10, 700, 20, 500)
    ]
    [found] = package.judge_size([*MEMBERS, *films], "course.zip")
    assert (found.code, found.position) == ("package-too-large", Position("course.zip"))
    assert found.message == (
        "The package would contain 2.4 GB of files; a zip that every LMS can open has at most "
        "about 2 GB."
    )
    assert found.hint.endswith(
        ": media/film-900.mp4 (900 MB), media/film-700.mp4 (700 MB), media/film-500.mp4 (500 MB), "
        "media/film-300.mp4 (300 MB), media/film-20.mp4 (20 MB)."
    )
    assert package.judge_size([*MEMBERS, *films[:4]], "course.zip") == ()
    # Python takes a file to grow by a twentieth.
    [found] = package.judge_size(
        [Member("media/film.mp4", sparse(tmp_path / "film", 2000 << 20))], "course.zip"
    )
    assert found.code == "package-too-large"


def test_file_too_large_for_zip_is_reported(tmp_path: Path) -> None:
    film = sparse(tmp_path / "film", 3 << 30)
    final = tmp_path / "dist" / "course.zip"
    _, [found] = package.publish(
        [*MEMBERS, Member("media/film.mp4", film, stored=True)], final, approve
    )
    assert (found.code, found.position) == ("package-zip", Position("course.zip"))
    assert "more than 2 GB" in found.message
    assert list(final.parent.iterdir()) == []
