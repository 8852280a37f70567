"""Finds a browser on this machine, measures what its processes use, and ends them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

_NAMES = (
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "microsoft-edge",
    "microsoft-edge-stable",
    "chrome",
    "msedge",
)
_MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_WINDOWS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
    r"Chromium\Application\chrome.exe",
)
_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")


def find(environment: Mapping[str, str]) -> Path | None:
    """The browser that ``CHROMIUM`` names, or else the first one found.

    ``None`` if there is none, or if ``CHROMIUM`` names no program.
    """
    path = environment.get("PATH", os.defpath)
    if chosen := environment.get("CHROMIUM"):
        found = shutil.which(chosen, path=path)
        return Path(found) if found else None
    for name in _NAMES:
        if found := shutil.which(name, path=path):
            return Path(found)
    places = [Path(place) for place in _MAC]
    for folder in _FOLDERS:
        if base := environment.get(folder):
            places += [Path(base, *place.split("\\")) for place in _WINDOWS]
    return next((place for place in places if place.is_file()), None)


_PROC = Path("/proc")


def process_tree(root: int) -> tuple[int, ...]:
    """A process and its descendants, the youngest last; only the process without ``/proc``."""
    children: dict[int, list[int]] = defaultdict(list)
    for folder in _PROC.glob("[0-9]*") if _PROC.is_dir() else ():
        with suppress(OSError, ValueError, IndexError):
            # The name may have spaces and brackets: the fields begin after the last bracket.
            fields = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            children[int(fields[1])].append(int(folder.name))
    found = [root]
    for one in found:
        found += children[one]
    return tuple(found)


def memory(processes: tuple[int, ...]) -> int:
    """Bytes of memory that processes use, shared memory counted once; 0 if unknown."""
    total = 0
    for one in processes:
        with suppress(OSError, ValueError, IndexError):
            lines = (_PROC / str(one) / "smaps_rollup").read_text("ascii", "replace").splitlines()
            [pss] = [line.split()[1] for line in lines if line.startswith("Pss:")]
            total += int(pss) * 1024
    return total


def cpu_seconds(processes: tuple[int, ...]) -> float:
    """Seconds of CPU time that processes have used so far; 0 if unknown."""
    ticks = 0
    for one in processes:
        with suppress(OSError, ValueError, IndexError):
            fields = (_PROC / str(one) / "stat").read_text("utf-8", "replace").rpartition(")")[2]
            ticks += sum(map(int, fields.split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK") if ticks else 0.0


def end(process: subprocess.Popen[str]) -> None:
    """Kill a process that we started, and its descendants."""
    members = process_tree(process.pid)
    process.kill()
    for one in members[1:]:
        with suppress(OSError):
            os.kill(one, signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    with suppress(OSError, subprocess.TimeoutExpired):
        process.wait(timeout=10)
