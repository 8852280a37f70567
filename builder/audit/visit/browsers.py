"""Finds a browser that a visit can be made with: Edge, Chrome or Chromium of this machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
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
    """The browser that ``CHROMIUM`` names, or else the first that this machine has; None where
    there is none, also where ``CHROMIUM`` names no program."""
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
