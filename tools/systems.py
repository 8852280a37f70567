"""Puts the table of simulated learning systems into docs/lms.md, from their profiles."""

from __future__ import annotations

import re
from pathlib import Path

from tests.lms.simulated import node, recorded, simulated

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "lms.md"
_TABLE = re.compile(r"(<!-- profiles: .*? -->\n).*?(<!-- /profiles -->\n)", re.DOTALL)
_HEAD = (
    "| Learning system | Made from | Verified by | What is special |\n| --- | --- | --- | --- |\n"
)


def compose(text: str) -> str:
    """The document with the table as the profiles have it now."""
    return _TABLE.sub(lambda found: f"{found[1]}{_HEAD}{''.join(_rows())}{found[2]}", text)


def verified(slug: str) -> bool:
    """Whether a profile, as it is by default, replays recordings of the real system."""
    with simulated(profile=slug) as lms:
        return lms.verified


def _rows() -> list[str]:
    return sorted(_row(slug) for slug in node()("profiles"))


def _row(slug: str) -> str:
    profile = node()("describe", slug)
    number = len(recorded(slug)) if verified(slug) else 0
    proof = f"{number} recordings of the real system" if number else "nothing: simulated only"
    cells = (profile["name"], profile["product"], proof, profile["special"])
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    DOCUMENT.write_text(compose(DOCUMENT.read_text("utf-8")), "utf-8")
