"""Writes the table of simulated learning systems in docs/lms.md from their profiles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.lms.simulated import node
from tests.lms.verified import missing, recorded_with

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "lms.md"
_TABLE = re.compile(r"(<!-- profiles: .*? -->\n).*?(<!-- /profiles -->\n)", re.DOTALL)
_HEAD = (
    "| Learning system | Made from | Verified by | What is special |\n| --- | --- | --- | --- |\n"
)


def compose(text: str) -> str:
    """The text of the document, with its table made again from the profiles."""
    return _TABLE.sub(lambda match: f"{match[1]}{_HEAD}{''.join(_rows())}{match[2]}", text)


def verified(slug: str) -> bool:
    """Whether recordings of the real system verify the profile ``slug`` with its default
    settings."""
    return not missing(slug, node()("describe", slug)["settings"], {})


def _rows() -> list[str]:
    return sorted(_row(slug) for slug in node()("profiles"))


def _row(slug: str) -> str:
    profile = node()("describe", slug)
    cells = (profile["name"], profile["product"], _proof(slug, profile), profile["special"])
    return f"| {' | '.join(cells)} |\n"


def _proof(slug: str, profile: Mapping[str, Any]) -> str:
    if not verified(slug):
        return "nothing: simulated only"
    number = len(recorded_with(slug, profile["settings"], {}))
    others = [
        label
        for label, settings in profile["variants"].items()
        if missing(slug, profile["settings"], settings)
    ]
    doubt = f"; simulated only: {', '.join(others)}" if others else ""
    return f"{number} recordings of the real system{doubt}"


if __name__ == "__main__":
    DOCUMENT.write_text(compose(DOCUMENT.read_text("utf-8")), "utf-8")
