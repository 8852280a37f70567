"""A built course as an LMS unpacks it, and what walks through it look up."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Package:
    """A built course, as an LMS unpacks it."""

    name: str
    """In the words of the report."""

    folder: Path

    @cached_property
    def outline(self) -> dict[str, Any]:
        """Its course.json."""
        outline: dict[str, Any] = json.loads((self.folder / "course.json").read_text("utf-8"))
        return outline

    @cached_property
    def questions(self) -> dict[str, dict[str, Any]]:
        return {question["id"]: question for question in self.outline["questions"]}

    @property
    def pages(self) -> list[dict[str, Any]]:
        pages: list[dict[str, Any]] = self.outline["pages"]
        return pages

    @property
    def title(self) -> str:
        return str(self.outline["title"])

    @property
    def language(self) -> str:
        return str(self.outline["language"])

    @cached_property
    def direction(self) -> str:
        index = (self.folder / "index.html").read_text("utf-8")
        return "rtl" if re.search(r'<html [^>]*dir="rtl"', index) else "ltr"
