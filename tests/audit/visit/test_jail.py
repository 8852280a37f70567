"""The browser of a visit reaches the simulated learning system and nothing else."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from builder.audit.visit.jail import NoSandboxError, jail
from builder.preview.lms import running
from tests.audit.visit import good_player, hostile
from tests.audit.visit.apart import apart
from tests.support import chromium, patience
from tests.support.packages import ROOT

SANDBOXED = "tests.audit.visit.sandboxed"
FILTERED = 2
"""A process of which the kernel filters the system calls (/proc/PID/status, Seccomp)."""
PYTHONS = (sys.executable, f"/usr/bin/python3.{sys.version_info.minor}")
OUR_CODE = {
    "PATH": os.environ.get("PATH", os.defpath),
    "PYTHONPATH": os.pathsep.join((str(ROOT), sysconfig.get_path("purelib"))),
    "PLAYWRIGHT_NODEJS_PATH": str(Path(sys.executable).with_name("node")),
}


def tried(page: Page, address: str) -> dict[str, str]:
    """Open the hostile package and wait until it has tried everything: what came of each."""
    page.goto(f"{address}/content/index.html", timeout=patience.MILLISECONDS)
    page.wait_for_function("window.finished", timeout=patience.MILLISECONDS * 4)
    outcomes: dict[str, str] = page.evaluate("window.outcomes")
    return outcomes


@pytest.mark.whole
def test_a_hostile_package_reaches_nothing(tmp_path: Path) -> None:
    program, notes = noting(tmp_path)

    def locked(package: Path) -> dict[str, str]:
        with (
            running(package) as lms,
            jail(program, lms.address, sandbox=False) as jailed,
            jailed.trainee() as context,
        ):
            return tried(context.new_page(), lms.address)

    with hostile.listening() as here:
        outcomes = apart(locked, hostile.write(tmp_path / "package", here))
        assert here.heard == []
    assert asked_for(notes) == set()
    assert outcomes["fetch"] == "TypeError: Failed to fetch"
    assert outcomes["file"] == "TypeError: Failed to fetch"
    assert len(outcomes) == 27


def noting(folder: Path) -> tuple[Path, Path]:
    """A program that is the browser, and the file in which it notes what it asks the network."""
    program, notes = folder / "browser", folder / "notes.json"
    arguments = f'"$@" --log-net-log="{notes}"'
    program.write_text(f'#!/bin/sh\nexec "{chromium.find()}" {arguments}\n', "utf-8")
    program.chmod(0o755)
    return program, notes


def asked_for(notes: Path) -> set[str]:
    """The names of the package's that were looked up outside of the browser. That of the tests
    looks none up beforehand, as others do for links."""
    lines = [line for line in notes.read_text("utf-8").splitlines() if "dns_query_types" in line]
    return {name for line in lines for name in re.findall(rf"[a-z.]*{hostile.NAME}", line)}


@pytest.mark.thorough
def test_without_a_jail_the_same_package_reaches_the_listeners(
    tmp_path: Path,
) -> None:
    program, notes = noting(tmp_path)

    def free(package: Path) -> None:
        with running(package) as lms, sync_playwright() as playwright:
            started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
            tried(started.new_page(), lms.address)
            started.close()

    with hostile.listening() as here:
        apart(free, hostile.write(tmp_path / "package", here))
        asked = {line.split(" ")[2].strip("/?") for line in here.heard if line.count(" ") >= 2}
        assert {"fetch", "beacon", "socket", "picture", "worker", "frame", "form", "popup"} <= asked
        assert "udp" in here.heard
    assert f"fetch.{hostile.NAME}" in asked_for(notes)


@pytest.mark.whole
def test_a_trainee_has_no_permission_download_or_service_worker(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><title>x</title><body>", "utf-8")
    (tmp_path / "sw.js").write_text("onfetch = () => {};", "utf-8")
    (tmp_path / "a.bin").write_bytes(b"x")
    workers, asked, failure = apart(allowed, tmp_path)
    assert workers == 0
    assert "granted" not in asked
    assert failure is not None  # What was not taken has a reason.


def allowed(package: Path) -> tuple[int, list[str], str | None]:
    """How many service workers there are, what permissions, and what came of a download."""
    with (
        running(package) as lms,
        jail(chromium.find(), lms.address, sandbox=False) as jailed,
        jailed.trainee() as context,
    ):
        context.set_default_timeout(patience.MILLISECONDS)
        page = context.new_page()
        page.goto(f"{lms.address}/content/index.html")
        page.evaluate("navigator.serviceWorker.register('sw.js').catch(() => {})")
        workers = page.evaluate("navigator.serviceWorker.getRegistrations().then((a) => a.length)")
        asked = page.evaluate(
            "Promise.all(['geolocation', 'notifications', 'camera', 'clipboard-read'].map("
            "(name) => navigator.permissions.query({ name }).then((one) => one.state)))"
        )
        with page.expect_download() as download:
            page.evaluate(
                "() => { const a = Object.assign(document.createElement('a'), "
                "{ href: 'a.bin', download: 'a.bin' }); document.body.append(a); a.click(); }"
            )
        return workers, asked, download.value.failure()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root has no sandbox")
def test_a_browser_that_cannot_keep_its_sandbox_is_not_used(tmp_path: Path) -> None:
    def start() -> None:
        with running(tmp_path) as lms, jail(chromium.find(), lms.address):
            pass

    with pytest.raises(NoSandboxError):
        apart(start)


@pytest.mark.whole
@pytest.mark.skipif(sys.platform != "linux", reason="Linux says what holds a process")
def test_whoever_is_not_root_has_the_package_in_the_sandbox() -> None:
    with tempfile.TemporaryDirectory(prefix="sandboxed-") as folder:
        package = good_player.write(Path(folder, "package"))
        command = (SANDBOXED, str(package), str(chromium.find()))
        as_other = (
            shutil.which("setpriv") or "",
            "--reuid=65534",
            "--regid=65534",
            "--clear-groups",
        )
        before = as_other if os.geteuid() == 0 else ()
        for path in (Path(folder), *Path(folder).rglob("*")):
            path.chmod(0o755)
        python = next((one for one in PYTHONS if may_run(*before, one)), None)
        if python is None:
            pytest.skip("nobody but root may run Python here")
        ran = subprocess.run(
            [*before, python, "-B", "-m", *command],
            env=OUR_CODE | {"HOME": folder},
            capture_output=True,
            text=True,
            timeout=patience.SECONDS,
            check=True,
            cwd="/",
        )
    said = json.loads(ran.stdout)
    if "refused" in said:
        pytest.skip("this system lets nobody make a sandbox")
    assert said["renderers"]
    for seccomp, namespaces in said["renderers"]:
        assert (seccomp, namespaces > 1) == (FILTERED, True)


def may_run(*command: str) -> bool:
    """Whether a Python can be started so, and finds what the builder needs."""
    test = [*command, "-c", "import playwright, builder"]
    try:
        return subprocess.run(test, env=OUR_CODE, capture_output=True, cwd="/").returncode == 0
    except OSError:
        return False
