"""What the trainee's driver takes down of requests, without a browser."""

from typing import Any, cast

import pytest

from builder.audit.visit.driver import Driver


class Server:
    address = "http://127.0.0.1:8000"
    elsewhere = ""


class Asked:
    def __init__(self, url: str, page: bool) -> None:
        self.url, self.page = url, page
        self.resource_type = "document" if page else url.rpartition(".")[2]

    def is_navigation_request(self) -> bool:
        return self.page


@pytest.mark.parametrize(
    ("url", "page", "elsewhere", "away"),
    [
        ("http://127.0.0.1:8000/content/index.html", True, 0, []),
        ("https://cdn.example/icons.css", False, 1, []),
        ("https://content.example/part.html", True, 1, ["content.example"]),
        ("about:blank", True, 0, []),
    ],
)
def test_pages_of_another_site_are_what_no_trainee_reaches(
    url: str, page: bool, elsewhere: int, away: list[str]
) -> None:
    driver = Driver(cast(Any, None), cast(Any, Server()), "strict")
    driver._asked(cast(Any, Asked(url, page)))
    assert (len(driver.elsewhere), driver.away) == (elsewhere, away)
    # Without a style a course only looks plain.
    assert driver.blocked == ([url] if page and elsewhere else [])
