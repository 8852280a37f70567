"""The browser and the fonts are the project's own, whatever the machine has."""

import platform
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.support import chromium

MACHINES_NAMES = ("chromium", "chromium-browser", "google-chrome")
STACKS = {
    "sans-serif": "DejaVu Sans",
    "system-ui, sans-serif": "DejaVu Sans",
    "Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif": "DejaVu Sans",
    "'Open Sans', Lato, Inter, Ubuntu, Cantarell": "DejaVu Sans",
    "Georgia, serif": "DejaVu Serif",
    "ui-monospace, Menlo, Consolas, monospace": "DejaVu Sans Mono",
}


def executable(path: Path) -> Path:
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_a_browser_of_the_machine_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in MACHINES_NAMES:
        executable(tmp_path / name)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(platform, "system", lambda: "Linux")
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    assert chromium.find().is_relative_to(chromium.UNPACKED)
    assert chromium.named() is None


def test_the_named_browser_is_used_and_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = executable(tmp_path / "chrome of mine")
    monkeypatch.setenv("CHROMIUM", str(chosen))
    assert chromium.find() == chosen
    assert chromium.named() == (
        f"chromium: {chosen}, as CHROMIUM says, not the browser of the tests"
    )


def test_browser_that_does_not_start_is_reported_clearly(tmp_path: Path) -> None:
    broken = executable(tmp_path / "chromium")
    assert chromium.started(broken) == broken
    broken.write_text("#!/bin/sh\necho 'libnss3.so: not found' >&2\nexit 127\n")
    with pytest.raises(SystemExit) as stopped:
        chromium.started(broken)
    assert stopped.value.code == (
        "chromium: chromium does not start on this machine (libnss3.so: not found); set CHROMIUM "
        "to the path of another Chromium or Chrome."
    )


def test_chromium_variable_must_name_an_executable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "missing"))
    with pytest.raises(SystemExit) as stopped:
        chromium.find()
    assert stopped.value.code == (
        f"chromium: $CHROMIUM is set to {tmp_path}/missing, which is not an executable file"
    )


@pytest.mark.parametrize(("system", "machine"), [("Linux", "aarch64"), ("Darwin", "x86_64")])
def test_unsupported_platform_message_says_what_to_set(
    system: str, machine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(platform, "system", lambda: system)
    monkeypatch.setattr(platform, "machine", lambda: machine)
    with pytest.raises(SystemExit) as stopped:
        chromium.find()
    assert stopped.value.code == (
        "chromium: the browser of the tests runs on Linux on x86-64 only; "
        "set CHROMIUM to the path of a Chromium or Chrome of this machine."
    )


def test_the_fonts_are_in_the_folder_of_the_project() -> None:
    text = chromium.fonts().read_text("utf-8")
    assert "<include" not in text
    places = re.findall(r"<(dir|cachedir)>(.*)</\1>", text)
    assert [name for name, _ in places] == ["dir", "cachedir"]
    assert all(Path(place).is_relative_to(chromium.ROOT) for _, place in places)


@pytest.mark.parametrize(("stack", "font"), STACKS.items())
def test_pages_are_written_in_these_fonts(page: Page, stack: str, font: str) -> None:
    """Latin, Welsh and Arabic letters, arrows and ticks, in a face that nothing else brings."""
    # A style that is set afterwards may not be laid out yet when the fonts are asked for.
    page.set_content(f"""<!doctype html><p style="font-family: {stack}">
        Read ŵ ŷ – “so” مرحبا → ✓</p>""")
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    line = session.send("DOM.querySelector", {"nodeId": root, "selector": "p"})["nodeId"]
    used = session.send("CSS.getPlatformFontsForNode", {"nodeId": line})["fonts"]
    families = {one["familyName"] for one in used}
    assert font in families
    assert families <= {"DejaVu Sans", "DejaVu Serif", "DejaVu Sans Mono"}
