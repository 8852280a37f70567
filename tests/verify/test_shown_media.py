"""What a page shows is in its package."""

import json
from pathlib import Path

import pytest

from tests.verify.packages import messages, pack, with_files

VIDEO = '<video poster="media/a.jpg"><source src="media/a.mp4"><track src="media/a.vtt"></video>'
HAS = {"media/a.jpg": b"", "media/a.mp4": b"", "media/a.vtt": b"WEBVTT\n"}


def chunk(html: str) -> bytes:
    return f"scormBuilder.add({json.dumps('page')},'a',{json.dumps({'html': html})});\n".encode()


def output(path: Path, files: dict[str, bytes]) -> list[str]:
    # Only of our own packages is it known where such a name leads.
    files = {"course.json": b"{}", **files}
    return [words for words in messages(pack(path, with_files(files))) if "show" in words]


@pytest.mark.parametrize("missing", HAS)
@pytest.mark.parametrize(("name", "write"), [("index.html", str.encode), ("pages/a.js", chunk)])
def test_a_page_that_shows_what_is_not_there(tmp_path, missing, name, write) -> None:
    files = {name: write(VIDEO), **HAS}
    assert output(tmp_path / "whole.zip", files) == []
    del files[missing]
    assert output(tmp_path / "less.zip", files) == [
        f"{name}: “{name}” would show “{missing}”, which is not in the package."
    ]
