"""The showcase as a course of one language."""

import re
import shutil
from pathlib import Path

SHOWCASE = Path(__file__).resolve().parent.parent / "showcase"


def in_one_language(folder: Path, language: str = "en-GB") -> Path:
    """Copy the showcase without its translations into a folder that is not there yet.

    ``language`` replaces its source language: with ``ar`` the interface is Arabic, and the course
    is read from right to left, although its pages stay English.
    """
    shutil.copytree(SHOWCASE, folder, ignore=shutil.ignore_patterns("translations"))
    settings = folder / "course.yaml"
    text = settings.read_text("utf-8")
    text = re.sub(r"^language:.*$", f"language: {language}", text, flags=re.M)
    if language.startswith("en"):
        # Its interface has been read by a speaker.
        text = re.sub(r"^interface_unread:.*\n", "", text, flags=re.M)
    settings.write_text(text, "utf-8")
    approvals = folder / "approvals.yaml"
    start, *entries = re.split(r"^(?=- part: )", approvals.read_text("utf-8"), flags=re.M)
    kept = [one for one in entries if "@" not in one.partition("\n")[0]]
    approvals.write_text("".join([start, *kept]), "utf-8")
    return folder
