"""Packages in memory, served to the page that stands for an LMS."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from io import BufferedReader, BytesIO
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.edits.authoring import Json, Package
from tests.support import patience
from tests.support.local_server import Handler, running

LMS = (
    Path(__file__)
    .with_name("lms.html")
    .read_bytes()
    .replace(b"PATIENCE", str(patience.MILLISECONDS).encode())
)


class Desk:
    """One page of a browser in which trainees take one package after the other."""

    def __init__(self, page: Page, files: dict[str, bytes]) -> None:
        self.page = page
        self._files = files
        self._count = 0

    def sit(self, package: Package, stored: Json, done: list[list[Any]]) -> Json:
        """One sitting of a trainee with a package, through the real player."""
        self._count += 1
        place = f"/{self._count}"
        self._files.update({f"{place}/{one.name}": one.read() for one in package.members})
        types = {one["id"]: one["type"] for one in package.draft["questions"]}
        found: Json = self.page.evaluate(
            "(given) => sit(...given)",
            [f"{place}/index.html", stored, done, types, len(package.draft["pages"])],
        )
        return found


@contextmanager
def desk(page: Page) -> Iterator[Desk]:
    """A desk, until the block ends."""
    files = {"/": LMS}

    class Packages(Handler):
        def send_head(self) -> BytesIO | BufferedReader | None:
            path = self.path.partition("?")[0]
            if path not in files:
                return super().send_head()  # type: ignore[return-value]
            kind = guess_type(path)[0] or "text/html"
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(files[path])))
            self.end_headers()
            return BytesIO(files[path])

    with running(Packages, str(Path(__file__).parent / "nothing")) as address:
        page.goto(f"{address}/")
        yield Desk(page, files)
        page.goto("about:blank")
