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


@pytest.mark.parametrize(("name", "write"), [("index.html", str.encode), ("pages/a.js", chunk)])
def test_words_of_a_page_may_look_like_a_tag(tmp_path, name, write) -> None:
    words = '<p>Write &lt;img src="media/b.jpg" alt="B"&gt; here.</p>'
    assert output(tmp_path / "a.zip", {name: write(words)}) == []


def test_the_index_of_a_search_refers_to_no_media(tmp_path) -> None:
    parts = json.dumps({"parts": [["", 'Write <img src="media/b.jpg"> here.']]})
    script = f"scormBuilder.add('search','',{parts});\n".replace("'", '"').encode()
    assert output(tmp_path / "a.zip", {"assets/search.js": script}) == []
