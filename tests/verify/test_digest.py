"""A package that was changed after it was built does not match its digest."""

import zipfile
from pathlib import Path

import pytest

from builder.package import archive as package
from builder.package.artifacts import DIGEST_PLACEHOLDER, Member
from builder.package.verify import judge
from tests.verify.packages import faults, messages, pack, policed, with_files

FILES = with_files(
    {
        "index.html": f"{policed()}<p>{DIGEST_PLACEHOLDER}</p>".encode(),
        "course.json": f'{{\n "digest": "{DIGEST_PLACEHOLDER}",\n "pages": []\n}}\n'.encode(),
        "media/a.png": bytes(range(256)) * 10_000,
    }
)


def sealed() -> dict[str, bytes]:
    members, _ = package.seal([Member(name, content) for name, content in FILES.items()])
    contents = {member.name: member.read() for member in members}
    return {name: contents[name] for name in FILES}


def test_what_the_builder_writes_passes(tmp_path: Path) -> None:
    members, digest = package.seal([Member(name, content) for name, content in FILES.items()])
    _, found = package.publish(members, tmp_path / "a.zip", judge)
    assert found == ()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert digest.encode() in archive.read("index.html")
        assert digest.encode() in archive.read("course.json")


def test_the_digest_does_not_depend_on_the_zip(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_STORED) as archive:
        for name, content in sealed().items():
            archive.writestr(name, content)
    assert messages(tmp_path / "a.zip") == []


def other(content: bytes) -> bytes:
    return content[:-3] + b"\n \n"


@pytest.mark.parametrize("name", sorted(FILES))
def test_any_changed_file_shows(tmp_path: Path, name: str) -> None:
    files = sealed()
    files[name] = other(files[name]) if name != "imsmanifest.xml" else files[name] + b"\n"
    assert ("course.json", "package-digest") in faults(pack(tmp_path / "a.zip", files))


def test_digits_in_the_text_of_a_page_are_no_digest(tmp_path: Path) -> None:
    index = FILES["index.html"] + f"<p>{'0' * 64}</p>".encode()
    members, _ = package.seal(
        [Member(name, content) for name, content in (FILES | {"index.html": index}).items()]
    )
    assert package.publish(members, tmp_path / "a.zip", judge)[1] == ()


@pytest.mark.parametrize("name", ["index.html", "course.json"])
def test_a_package_that_was_never_sealed(tmp_path: Path, name: str) -> None:
    files = {**sealed(), name: FILES[name]}
    assert faults(pack(tmp_path / "a.zip", files)) == [("course.json", "package-digest")]


def test_a_package_without_a_digest_is_another_builder_s(tmp_path: Path) -> None:
    for text in (b"{}", b"no JSON", b'{"digest": "short"}'):
        files = {**FILES, "course.json": text}
        assert messages(pack(tmp_path / "a.zip", files)) == []
