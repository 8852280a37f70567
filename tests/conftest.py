"""Fixtures for every test: the built course, a local server, a Chromium whose pages are watched.

A test that asks for no browser needs neither Playwright nor a Chromium: both are imported only by
the fixtures that drive one.
"""

from __future__ import annotations

import gc
import os
import signal
from collections import defaultdict
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from hypothesis import settings

from tests.support import patience
from tests.support.chromium import named, running_chromium
from tests.support.golden import TODAY
from tests.support.local_server import Handler, running
from tests.support.packages import built, unpack
from tests.support.sampling import sample
from tests.support.sharing import once

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request

# The same examples in every run, and no clock: a slow machine fails nothing. To search further:
# pytest --hypothesis-profile default.
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate", action="store_true", help="write the golden files of tests/golden anew"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Let Ctrl-C end commands even if the tests run in the background, where it is ignored."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_report_header() -> str | None:
    return named()


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """One process for files and single tests, which are over before a second one has begun, and
    for ``--regenerate``, where later tests read what earlier ones write; else one for each core,
    and twice as many if there are browser tests, which spend time waiting."""
    files = all(Path(name.partition("::")[0]).is_file() for name in config.args)
    if files or config.getoption("--regenerate"):
        return 0
    cores = os.cpu_count() or 1
    return cores if "not browser" in config.getoption("markexpr") else 2 * cores


WHOLE = {"package", "showcase_package", "started", "wheel"}
"""Fixtures that build a course, start a real LMS or pack the project."""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is collected stays until the end: no search for what nobody holds goes through it."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    leave_out_combinations(items)
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if "browser" in fixtures:
            item.add_marker(pytest.mark.browser)
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))
        if fixtures & WHOLE:
            item.add_marker(pytest.mark.whole)
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def leave_out_combinations(items: list[pytest.Item]) -> None:
    """Mark the combinations of a ``sampled`` test as ``thorough``, except for a sample in which
    each value of each parameter appears."""
    tests: dict[Callable[..., object], list[pytest.Function]] = defaultdict(list)
    for item in items:
        sampled = item.get_closest_marker("sampled") and not item.get_closest_marker("thorough")
        if isinstance(item, pytest.Function) and sampled:
            tests[item.function].append(item)
    for combinations in tests.values():
        chosen = sample([item.callspec.params for item in combinations])
        for number, item in enumerate(combinations):
            if number not in chosen:
                item.add_marker(pytest.mark.thorough)


@pytest.fixture(scope="session", autouse=True)
def _today() -> Iterator[None]:
    """Fix the day for all commands: no course of a test becomes overdue as time passes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("builder.cli._today", lambda: TODAY)
        yield


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip of the checkout's own course."""
    return the_zip(once(tmp_path_factory, "dist", lambda to: built(ROOT / "course", to)))


@pytest.fixture(scope="session")
def unpacked(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder an LMS makes of that package. Shared: not to be written to."""
    return once(tmp_path_factory, "unpacked", lambda to: unpack(package, to))


@pytest.fixture(scope="session")
def showcase_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip of ``tests/showcase``, which has at least one of everything, in three languages; its
    key lies beside."""
    return the_zip(
        once(tmp_path_factory, "showcase-dist", lambda to: built(ROOT / "tests/showcase", to))
    )


@pytest.fixture(scope="session")
def showcase(showcase_package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked package of ``tests/showcase``. Shared: not to be written to."""
    return once(tmp_path_factory, "showcase", lambda to: unpack(showcase_package, to))


@pytest.fixture(scope="session")
def arabic_showcase(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked package of the showcase in Arabic alone. Shared: not to be written to."""

    def make(folder: Path) -> None:
        with TemporaryDirectory() as name:
            unpack(built(ROOT / "tests/showcase", Path(name), "--language", "ar"), folder)

    return once(tmp_path_factory, "showcase-ar", make)


def the_zip(folder: Path) -> Path:
    [path] = folder.glob("*.zip")
    return path


@pytest.fixture
def servers() -> Iterator[ExitStack]:
    """The servers of one test; they outlive its pages, which may still send while they close."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def serve(servers: ExitStack) -> Callable[[Path], str]:
    """Serve a folder on 127.0.0.1; gives its address, without a slash at the end."""
    return lambda folder: servers.enter_context(running(Handler, str(folder)))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    from playwright.sync_api import expect

    expect.set_options(timeout=patience.MILLISECONDS)
    with running_chromium() as browser:
        yield browser


@pytest.fixture
def faults() -> list[str]:
    """What pages did wrong so far. A test that provokes a fault asserts it and clears the list."""
    return []


@pytest.fixture
def expected() -> list[str]:
    """Parts of the faults that a test provokes, whenever they come: a page that is closing may
    still try to save, for instance."""
    return []


@pytest.fixture
def new_context(
    browser: Browser, servers: ExitStack, faults: list[str], expected: list[str]
) -> Iterator[Callable[..., BrowserContext]]:
    """Make a browser profile; takes the options of Playwright's ``new_context``.

    The test fails if any page in it, pop-ups included, throws, logs an error or sends a request
    elsewhere than to 127.0.0.1.
    """
    contexts: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        # Where contents stand at the side, what a test opens is open: tests of that ask for it.
        narrow = {"viewport": {"width": 1000, "height": 720}}
        context = browser.new_context(**narrow | options)
        context.set_default_timeout(patience.MILLISECONDS)
        context.on("weberror", lambda error: faults.append(f"page error: {error.error}"))
        context.on("console", lambda message: faults.extend(console_fault(message)))
        context.on("request", lambda request: faults.extend(request_fault(request)))
        context.on("dialog", leave)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    unexpected = [fault for fault in faults if not any(part in fault for part in expected)]
    assert not unexpected, "\n".join(unexpected)


@pytest.fixture
def context(new_context: Callable[..., BrowserContext]) -> BrowserContext:
    """A fresh browser profile, watched."""
    return new_context()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page in a fresh browser profile, watched."""
    return context.new_page()


def leave(dialog: Dialog) -> None:
    """Leave although something is not saved: the player has the browser ask."""
    from playwright.sync_api import Error

    if dialog.type == "beforeunload":
        with suppress(Error):
            dialog.accept()
    else:
        dialog.dismiss()


def console_fault(message: ConsoleMessage) -> list[str]:
    """An error, but that text cannot be fetched ahead while a test has cut the line: whether it
    asks for it just then is chance, and it asks again."""
    place = message.location.get("url", "")
    ahead = "/ahead-" in place and "ERR_INTERNET_DISCONNECTED" in message.text
    return [f"console: {message.text} ({place})"] if message.type == "error" and not ahead else []


def request_fault(request: Request) -> list[str]:
    """A request to any host but this one; file:, data: and blob: addresses have no host."""
    away = urlsplit(request.url).hostname or "127.0.0.1"
    here = away in ("127.0.0.1", "localhost") or away.endswith(".localhost")
    return [] if here else [f"request: {request.url}"]
