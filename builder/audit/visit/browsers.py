"""Finds a browser on this machine, measures memory and CPU time of processes, and ends them."""

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
    """Find the browser that the variable ``CHROMIUM`` names, or else any installed one.

    ``None`` if there is none, or if ``CHROMIUM`` names no program. ``environment`` are the
    environment variables.
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
    """The ids of the process ``root`` and its descendants, children after their parents. On systems
    without ``/proc``, only ``root``."""
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
    """Bytes of memory that these processes use, with shared memory counted once; 0 if unknown."""
    total = 0
    for one in processes:
        with suppress(OSError, ValueError, IndexError):
            lines = (_PROC / str(one) / "smaps_rollup").read_text("ascii", "replace").splitlines()
            [pss] = [line.split()[1] for line in lines if line.startswith("Pss:")]
            total += int(pss) * 1024
    return total


def cpu_seconds(processes: tuple[int, ...]) -> float:
    """Seconds of CPU time that these processes have used so far; 0 if unknown."""
    ticks = 0
    for one in processes:
        with suppress(OSError, ValueError, IndexError):
            fields = (_PROC / str(one) / "stat").read_text("utf-8", "replace").rpartition(")")[2]
            ticks += sum(map(int, fields.split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK") if ticks else 0.0


def end(process: subprocess.Popen[str]) -> None:
    """Kill a process that this program started, and its descendants."""
    members = process_tree(process.pid)
    process.kill()
    for one in members[1:]:
        with suppress(OSError):
            os.kill(one, signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    with suppress(OSError, subprocess.TimeoutExpired):
        process.wait(timeout=10)
